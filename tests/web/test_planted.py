"""Words and a code are planted in every place where somebody can confess, and looked for in all that a host keeps.

Whoever adds a place where something is kept adds it to the scene, or to what is searched.
"""

from __future__ import annotations

import base64
import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from lichen.audit.values import Audit, Offer, Opening, Readiness, Source, Vulnerability
from lichen.disclosure.values import Reception
from lichen.errors import LichenError
from lichen.scales import Relevance, Sensitivity
from lichen_web.alliances.actions import audit as writing
from lichen_web.alliances.actions import disclosure
from lichen_web.alliances.copies.tables import bring_up
from lichen_web.alliances.models import Mail
from lichen_web.alliances.work.running import run_job
from tests.cast import churches_audit, hospital_audit
from tests.web.confiding import C1, H2, H3, NOW, Dealing, change, disclose, gap_of, ids_of, read
from tests.web.homes import Home, home_beside, living_in
from tests.web.pages.reading import browser
from tests.web.people import WebCast, cast_of

WORD, CODE, OTHER_CODE = "zyxquark", "governance.ethics_controls", "tech.rapid_prototyping"
OFFERED = "quoxwing"
"""What is offered, in words; the hospital has opened its offers to its facilitator."""
PLANTED = (WORD, OFFERED, CODE, OTHER_CODE, "trust.underserved", hospital_audit.organisation.vulnerabilities[0].words)
KNOWN = "St Brigid's Hospital"
"""Stands in the clear where it may, so that whoever finds nothing else is known to have looked."""


@dataclass(frozen=True)
class Told:
    """All that there is of a host after a day on which everything happened."""

    home: Home
    spoken: str
    """What was logged and printed."""
    shown: dict[str, str]
    """What pages told whom, by page: addresses, headers, and the pages of those who may not see."""


def planted(audit: Audit) -> Audit:
    """The audit with the words and the codes in every place that it has."""
    source = Source(WORD, f"A sentence of {WORD}.", 0.5, f"https://{WORD}.example.org")
    more = (
        Vulnerability(CODE, 4, 7, words=f"Our {WORD}.", relevance=Relevance.YES, sensitivity=Sensitivity.LOW),
        Vulnerability("", 2, 8, words=f"No code for {WORD}.", source=source, confirmed=False),
    )
    offers = (Offer(OTHER_CODE, 4, 2, words=OFFERED, spare=f"{OFFERED} a week"), Offer(CODE, 2))
    said = audit.organisation
    said = replace(said, vulnerabilities=(*said.vulnerabilities, *more), offers=(*said.offers, *offers))
    return Audit(said, Readiness(True, 3.0, 4), Opening(f"At {WORD}.", WORD), NOW.date())


def everything_happens(cast: WebCast) -> Dealing:
    """Every act that has to do with a confession, those that are refused among them."""
    for house, audit in ((cast.hospital, hospital_audit), (cast.churches, churches_audit)):
        writing.record_audit(house.lead, audit=planted(audit), at=NOW)
    change(cast.hospital, H2, words=f"{WORD} again")
    writing.remove_vulnerability(cast.hospital.member, vulnerability=gap_of(cast.hospital, H3), at=NOW)
    order = list(ids_of(cast.hospital).values())
    writing.rank_vulnerabilities(cast.hospital.lead, order=order, seen=order, at=NOW)
    matter = disclosure.propose_matter(cast.hospital.lead, circle=cast.circle, other=cast.churches.id, at=NOW)
    dealing = Dealing(cast, matter)
    disclosure.say_yes(cast.churches.lead, matter=matter, at=NOW)
    own = {"matter": matter, "vulnerability": gap_of(cast.hospital, CODE), "at": NOW}
    disclosure.answer_relevance(cast.hospital.lead, **own, relevance=Relevance.YES)
    for house in (cast.hospital, cast.churches):
        disclosure.agree_to_codes(house.lead, matter=matter, at=NOW)
    disclose(cast.churches, dealing, C1)
    for code in ids_of(cast.hospital):
        refused_or_not(disclosure.disclose_vulnerability, cast.hospital, dealing, code)
    refused_or_not(disclosure.try_one_item, cast.churches, dealing, CODE)
    with pytest.raises(LichenError):
        disclosure.judge_trial(cast.churches.lead, matter=matter, received=Reception.WELL_RECEIVED, at=NOW)
    change(cast.hospital, CODE, words=f"{WORD} once more")
    assert {*read(cast.churches, dealing), *read(cast.hospital, dealing)} >= {"trust.underserved", C1}
    return dealing


def refused_or_not(act, house, dealing: Dealing, code: str) -> None:
    with suppress(LichenError):
        act(house.lead, matter=dealing.id, vulnerability=gap_of(house, code), at=NOW)


def pages_are_asked(cast: WebCast) -> dict[str, str]:
    """The hospital confesses on a page, well and badly; those who may not see ask for the same page."""
    audit = reverse("audit", args=[cast.hospital.id])
    new = reverse("record_vulnerability", args=[cast.hospital.id])
    lead = browser(cast.hospital.lead, raise_request_exception=False)
    own = lead.get(audit).content.decode()
    assert WORD in own
    said = {"code": "reach.events", "words": WORD, "severity": "4", "rank": "", "relevance": "yes", "sensitivity": ""}
    answers = [lead.post(new, said), lead.post(new, {**said, "severity": "9"}), lead.post(new, said)]
    assert {answer.status_code for answer in answers} <= {200, 302, 303, 422}
    told = {f"answer {number}": f"{answer.headers} {answer.cookies}" for number, answer in enumerate(answers)}
    names = ("churches", "stranger", "host", "convener", "facilitator")
    others = (cast.churches.lead, cast.stranger.lead, cast.host, cast.convener, cast.facilitator)
    for name, other in zip(names, others, strict=True):
        answer = browser(other, raise_request_exception=False).get(audit)
        told[name] = f"{answer.headers} {answer.content.decode()}"
    return told


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Iterator[Told]:
    home, spoken = home_beside(tmp_path_factory.mktemp("planted") / "home"), Spoken()
    logging.getLogger().addHandler(spoken)
    with django_db_blocker.unblock(), living_in(home):
        bring_up("default")
        dealing = everything_happens(cast_of(NOW))
        shown = pages_are_asked(dealing.cast)
        disclosure.report_exploitation(dealing.cast.churches.lead, matter=dealing.id, at=NOW)
        for mail in Mail.objects.values_list("id", flat=True):
            run_job("send_mail", str(mail))
        logging.getLogger().removeHandler(spoken)
        yield Told(home, "\n".join(spoken.lines), shown)


class Spoken(logging.Handler):
    """Everything that is logged, with all that hangs on it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.getMessage()} {record.__dict__}")


def forms_of(text: str) -> set[bytes]:
    """A text as it may stand in a file: plain, in two bytes a letter, in hexadecimal digits, in base64 wherever."""
    plain = text.encode()
    base64s = {base64.b64encode(b"x" * shift + plain)[4 * bool(shift) :].rstrip(b"=")[:-1] for shift in range(3)}
    digits = plain.hex()
    return {plain, plain.lower(), text.encode("utf-16-le"), digits.encode(), digits.upper().encode(), *base64s}


def found_in(folder: Path, text: str) -> list[str]:
    """The files of a folder in which a text stands, in whatever form."""
    forms = forms_of(text)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if any(form in path.read_bytes() for form in forms)]


@pytest.mark.parametrize("text", PLANTED)
def test_nothing_that_was_confessed_stands_in_any_file(told: Told, text: str):
    assert (told.home.folder / "lichen.sqlite3-wal").stat().st_size > 0
    assert found_in(told.home.folder, text) == []


@pytest.mark.parametrize("text", PLANTED)
def test_nor_does_it_once_the_log_of_writes_is_taken_over(told: Told, text: str):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone() == (1,)
    assert found_in(told.home.folder, text) == []


@pytest.mark.parametrize("text", PLANTED)
def test_nothing_of_it_is_logged_or_told_to_those_who_may_not_see(told: Told, text: str):
    assert text not in told.spoken
    assert [page for page, said in told.shown.items() if text in said] == ["facilitator"] * (text == OFFERED)


def test_what_may_stand_there_is_found(told: Told):
    assert found_in(told.home.folder, KNOWN) != []


@pytest.mark.parametrize("form", sorted(forms_of(WORD)))
def test_every_form_of_a_planted_word_is_found(tmp_path: Path, form: bytes):
    (tmp_path / "file").write_bytes(b"..." + form + b"...")
    assert found_in(tmp_path, WORD) == ["file"]
