"""Killed while it opens, brings together and takes in: what was acknowledged stands, and everything is whole or not."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import cycle
from pathlib import Path

import pytest

from lichen.audit.values import Audit, Vulnerability
from lichen.files.writing import audit_bytes
from lichen_web.alliances import models as rows
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.chains import verified_chains
from lichen_web.alliances.access.disclosure import open_matters
from lichen_web.alliances.access.fit import own_proposals
from lichen_web.alliances.access.transactions import reading, whole
from lichen_web.alliances.access.workbooks import own_upload
from lichen_web.alliances.actions.audit import rank_vulnerabilities
from lichen_web.alliances.actions.disclosure import (
    agree_to_codes,
    disclose_vulnerability,
    end_matter,
    propose_matter,
    say_yes,
    withdraw_disclosure,
)
from lichen_web.alliances.actions.fit import answer_proposal
from lichen_web.alliances.actions.workbooks import apply_workbook, upload_workbook
from lichen_web.alliances.blind import Answer
from lichen_web.alliances.work.matching import match_circle
from lichen_web.alliances.work.meeting import meet_circle
from lichen_web.environment import Part
from tests import cast as organisations
from tests.web.alliances.work.circles import newcomer, published
from tests.web.confiding import C1, H1, H2, Dealing, audited, gap_of, grants_not_due
from tests.web.homes import Home, home_beside, home_on_postgres, living_in
from tests.web.kills.conftest import AT, Inhabited
from tests.web.kills.killing import killed, moments
from tests.web.people import House, WebCast

pytestmark = pytest.mark.long

SHORT = 0.5
"""Within so many seconds of the first acknowledged act it is killed."""

Told = Callable[[bytes], object]


def broken_chains(home: Home) -> Iterator[str]:
    with living_in(home):
        yield from (f"chain {chain.id}: {chain.faults}" for chain in verified_chains() if chain.faults)


# --- Opening up, and taking back -------------------------------------------------------------------------------------


def open_on_and_on(home: Home, cast: WebCast, told: Told) -> None:
    """Deal with each other from the first yes to the end, over and over; each step is acknowledged once it is done."""
    hospital, churches = cast.hospital, cast.churches
    with living_in(home, Part.WEB):
        for matter in open_matters_of(hospital):
            end_matter(hospital.lead, matter=matter, at=AT)
            told(b".")
        shown = [(hospital, gap_of(hospital, H1)), (churches, gap_of(churches, C1)), (hospital, gap_of(hospital, H2))]
        while True:
            matter = propose_matter(hospital.lead, circle=cast.circle, other=churches.id, at=AT)
            told(b".")
            steps = [
                partial(say_yes, churches.lead),
                *(partial(agree_to_codes, house.lead) for house in (hospital, churches)),
                *(partial(disclose_vulnerability, house.lead, vulnerability=gap) for house, gap in shown),
                partial(withdraw_disclosure, churches.lead),
                partial(end_matter, hospital.lead),
            ]
            for step in steps:
                step(matter=matter, at=AT)
                told(b".")


def open_matters_of(house: House) -> list:
    with reading(house.lead):
        return list(open_matters(house.lead))


def faults_of_dealings(home: Home, cast: WebCast, acknowledged: int) -> Iterator[str]:
    """Everything that is not as it should be."""
    with living_in(home), whole():
        matters = list(rows.Matter.objects.all())
        steps = [*rows.MatterEvent.objects.order_by("matter", "number").values_list("matter", "number")]
        told = Counter(
            rows.Event.objects.filter(chain__in=[each.id for each in matters]).values_list("chain", flat=True)
        )
        parties = Counter(rows.MatterParty.objects.values_list("matter", flat=True))
        left = Counter(rows.Grant.objects.filter(withdrawn_at=None).values_list("matter", flat=True))
        if len(steps) < acknowledged:
            yield f"lost: {acknowledged - len(steps)} steps"
        for each in matters:
            numbers = [number for matter, number in steps if matter == each.id]
            if parties[each.id] != 2:
                yield f"one party: {each.id}"
            if numbers != [*range(1, each.last_number + 1)] or told[each.id] != each.last_number:
                yield f"half a step: {each.id}"
            if each.ended_at and left[each.id]:
                yield f"open after its end: {each.id}"
    yield from broken_chains(home)
    with living_in(home, Part.WEB):
        for matter in open_matters_of(cast.hospital):
            yield from (f"not due: {grant}" for grant in grants_not_due(Dealing(cast, matter)))


def test_killed_while_it_opens_every_grant_is_due(inhabited: Inhabited):
    home, cast, acknowledged = inhabited.home, inhabited.cast, 0
    with living_in(home, Part.WEB):
        audited(cast)
    for moment in moments(SHORT):
        acknowledged += len(killed(partial(open_on_and_on, home, cast), moment, first=1))
        assert list(faults_of_dealings(home, cast, acknowledged)) == []
    assert acknowledged > len(moments(SHORT))


# --- Bringing together -----------------------------------------------------------------------------------------------


def both_say_yes(home: Home, cast: WebCast) -> None:
    """A circle of six, in which two have said yes to each other and have not met yet."""
    with living_in(home, Part.WEB):
        published(cast.hospital.lead, cast.circle, organisations.hospital)
        published(cast.churches.lead, cast.circle, organisations.churches)
        for name in ("Anna Ash", "Bela Birch", "Cleo Cedar", "Dov Elm"):
            newcomer(cast, name)
    with living_in(home, Part.WORKER):
        match_circle(cast.circle, at=AT)
    with living_in(home, Part.WEB):
        for house in (cast.hospital, cast.churches):
            (proposal,) = own_proposals(house.lead)
            answer_proposal(house.lead, proposal=proposal.id, answer=Answer.INTERESTED, at=AT)


def bring_together(home: Home, cast: WebCast, told: Told) -> None:
    with living_in(home, Part.WORKER):
        meet_circle(cast.circle, at=AT)
        told(b".")


def meeting(home: Home) -> tuple[int, ...]:
    """How much there is of a meeting: dealings, parties, yeses, their events, proposals ended, and letters."""
    assert list(broken_chains(home)) == []
    with living_in(home), whole():
        events = rows.Event.objects.filter(what="yes_said", chain__in=rows.Matter.objects.values("id"))
        return (
            rows.Matter.objects.filter(met_at__isnull=False).count(),
            rows.MatterParty.objects.count(),
            rows.MatterEvent.objects.count(),
            events.count(),
            rows.Proposal.objects.exclude(ended_at=None).count(),
            rows.Mail.objects.filter(kind="met").count(),
        )


NEVER, ONCE = (0, 0, 0, 0, 0, 0), (1, 2, 2, 2, 2, 4)


@pytest.fixture
def again(request: pytest.FixtureRequest, inhabited: Inhabited, tmp_path: Path) -> Callable[[], Home]:
    """Another copy of the home each time, as it is when this is asked."""

    def copied() -> Home:
        folder = tmp_path / "again"
        shutil.rmtree(folder, ignore_errors=True)
        home = home_beside(folder, inhabited.home)
        if inhabited.home.environment.database:
            return home_on_postgres(home, request.getfixturevalue("postgres"), "again", template="kills")
        shutil.copy(inhabited.home.folder / "lichen.sqlite3", folder)
        return home

    return copied


def test_killed_while_it_brings_together_two_have_met_or_not(inhabited: Inhabited, again: Callable[[], Home]):
    both_say_yes(inhabited.home, inhabited.cast)
    home, began = again(), time.monotonic()
    assert killed(partial(bring_together, home, inhabited.cast), 0, first=1) == b"."
    takes = time.monotonic() - began
    assert meeting(home) == ONCE
    for moment in moments(takes):
        home = again()
        acknowledged = killed(partial(bring_together, home, inhabited.cast), moment)
        assert meeting(home) in ({ONCE} if acknowledged else {ONCE, NEVER})
        bring_together(home, inhabited.cast, lambda _told: None)
        assert meeting(home) == ONCE


# --- Taking a file in, and putting it in order -----------------------------------------------------------------------

GAPS = organisations.hospital.vulnerabilities


def a_file(word: str, gaps: Sequence[Vulnerability]) -> Audit:
    ranked = tuple(replace(gap, words=f"{word} {gap.code}.", rank=rank) for rank, gap in enumerate(gaps, 1))
    return Audit(replace(organisations.hospital, vulnerabilities=ranked))


FILES = (a_file("First", GAPS[:5]), a_file("Second", GAPS[1:]))
"""Two audits, each with a gap that the other does not have, and the four others in other words."""
WORDS = [{gap.words for gap in each.organisation.vulnerabilities} for each in FILES]


def take_in_on_and_on(home: Home, house: House, take_in: Callable[[House, Audit], None], told: Told) -> None:
    """Take one file in after the other, and put the gaps in another order; each acknowledged with its number."""
    with living_in(home, Part.WEB):
        for number, audit in cycle(enumerate(FILES)):
            take_in(house, audit)
            told(bytes([number]))
            seen = [item.id for item in own_audit(house.lead).gaps]
            rank_vulnerabilities(house.lead, order=seen[::-1], seen=seen, at=AT)
            told(bytes([number]))


def by_a_file(house: House, audit: Audit) -> None:
    upload = upload_workbook(house.lead, raw=audit_bytes(audit, "json"), format="json", at=AT)
    seen = own_upload(house.lead, upload=upload, at=AT)
    apply_workbook(house.lead, upload=upload, is_whole=True, state=seen.state, at=AT)


def naively(house: House, audit: Audit) -> None:
    """One gap after the other, each in a transaction of its own: what somebody writes who forgets."""
    for gap in audit.organisation.vulnerabilities:
        said = replace(audit, organisation=replace(audit.organisation, vulnerabilities=(gap,)))
        upload = upload_workbook(house.lead, raw=audit_bytes(said, "json"), format="json", at=AT)
        seen = own_upload(house.lead, upload=upload, at=AT)
        apply_workbook(house.lead, upload=upload, is_whole=False, state=seen.state, at=AT)


def faults_of_audit(home: Home, house: House) -> Iterator[str]:
    with living_in(home), whole():
        parts = Counter(rows.SealedPart.objects.exclude(vulnerability=None).values_list("vulnerability", flat=True))
    yield from broken_chains(home)
    with living_in(home, Part.WEB):
        gaps = own_audit(house.lead).gaps
        if {item.vulnerability.words for item in gaps if item.vulnerability} not in WORDS:
            yield "half a file"
        if sorted(item.vulnerability.rank or 0 for item in gaps if item.vulnerability) != [1, 2, 3, 4, 5]:
            yield "half an order"
        yield from (f"half: {item.id}" for item in gaps if parts[item.id] < 2)


def test_killed_while_it_takes_in_a_file_stands_whole(inhabited: Inhabited):
    home, house = inhabited.home, inhabited.cast.hospital
    for moment in moments(SHORT):
        acknowledged = killed(partial(take_in_on_and_on, home, house, by_a_file), moment, first=1)
        assert list(faults_of_audit(home, house)) == []
        with living_in(home, Part.WEB):
            words = {item.vulnerability.words for item in own_audit(house.lead).gaps if item.vulnerability}
        last, now = acknowledged[-1], WORDS.index(words)
        is_twice = acknowledged[-2:] == bytes([last, last])
        assert now == last or (is_twice and now == 1 - last)


def test_file_taken_in_gap_by_gap_is_found_out(inhabited: Inhabited):
    home, house, found = inhabited.home, inhabited.cast.hospital, set[str]()
    with living_in(home, Part.WEB):
        by_a_file(house, FILES[0])
    for moment in moments(SHORT, kills=10):
        killed(partial(take_in_on_and_on, home, house, naively), moment, first=1)
        found |= set(faults_of_audit(home, house))
    assert "half a file" in found
