"""Writing down gaps and offers: what is refused, what is kept, what is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from lichen.audit.values import Audit, Opening, Readiness, Source
from lichen.errors import InputError, NotAllowed
from lichen.scales import Relevance, Sensitivity
from lichen_web.alliances import keys
from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.access.audit import own_audit, own_removed
from lichen_web.alliances.actions import audit as writing
from lichen_web.alliances.actions.stated import LONGEST, MOST
from lichen_web.alliances.models import Event, SealedPart, Vulnerability
from tests.cast import churches_audit, hospital, hospital_audit
from tests.web.confiding import H1, H2, NOW, audited, change, gap_of, ids_of
from tests.web.people import House, WebCast

GAP = {
    "code": H1,
    "words": "They do not believe us.",
    "severity": 4,
    "rank": 1,
    "core": True,
    "relevance": Relevance.YES,
    "sensitivity": None,
}
OFFER = {
    "code": "assets.venue",
    "words": "Three halls.",
    "strength": 4,
    "evidence": 2,
    "kinds": ("space",),
    "spare": "most weekdays",
}
ORDINARY_CODES = [gap.code for gap in hospital.vulnerabilities]


def gaps(house: House):
    return own_audit(house.lead).gaps


def problems(refusal: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [problem.column for problem in refusal.value.problems]


# --- Gaps ------------------------------------------------------------------------------------------------------------


def test_gap_is_read_as_it_was_written(cast: WebCast):
    made = writing.record_vulnerability(cast.hospital.member, **GAP, at=NOW)
    [item] = gaps(cast.hospital)
    assert (item.id, item.version, item.made_at, item.code) == (made, 1, NOW, H1)
    assert {name: getattr(item.vulnerability, name) for name in GAP} == GAP


def test_every_problem_is_told_at_once(cast: WebCast):
    wrong = {"code": "trust.of-my-cat", "words": "x" * (LONGEST + 1), "severity": 6, "rank": 0, "relevance": "perhaps"}
    with pytest.raises(InputError) as refusal:
        writing.record_vulnerability(cast.hospital.lead, **{**GAP, **wrong, "sensitivity": "very"}, at=NOW)
    assert problems(refusal) == ["code", "words", "severity", "rank", "relevance", "sensitivity"]
    assert gaps(cast.hospital) == ()


@pytest.mark.parametrize(
    ("said", "column"),
    [
        ({"code": "", "words": " "}, "code"),
        ({"words": "a\x00b"}, "words"),
        ({"severity": True}, "severity"),
        ({"severity": None}, "severity"),
        ({"rank": MOST + 1}, "rank"),
    ],
)
def test_what_says_nothing_or_too_much_is_refused(cast: WebCast, said, column: str):
    with pytest.raises(InputError) as refusal:
        writing.record_vulnerability(cast.hospital.lead, **{**GAP, **said}, at=NOW)
    assert problems(refusal) == [column]


def test_words_may_be_as_long_as_is_said(cast: WebCast):
    writing.record_vulnerability(cast.hospital.lead, **{**GAP, "words": "é" * LONGEST}, at=NOW)
    assert gaps(cast.hospital)[0].vulnerability.words == "é" * LONGEST


def test_code_stands_once_and_no_code_often(cast: WebCast):
    writing.record_vulnerability(cast.hospital.lead, **GAP, at=NOW)
    with pytest.raises(InputError) as refusal:
        writing.record_vulnerability(cast.hospital.member, **GAP, at=NOW)
    assert problems(refusal) == ["code"]
    for words in ("We do not know what we lack.", "Nor what that is called."):
        writing.record_vulnerability(cast.hospital.lead, **{**GAP, "code": "", "words": words}, at=NOW)
    writing.record_vulnerability(cast.churches.lead, **GAP, at=NOW)
    assert [item.code for item in gaps(cast.hospital)] == ["", "", H1]


def test_sixty_gaps_are_enough(cast: WebCast):
    many = tuple(replace(hospital.vulnerabilities[0], code="", words=f"Gap {number}.") for number in range(MOST))
    writing.record_audit(cast.hospital.lead, audit=Audit(replace(hospital, vulnerabilities=many)), at=NOW)
    with pytest.raises(InputError) as refusal:
        writing.record_vulnerability(cast.hospital.lead, **GAP, at=NOW)
    assert problems(refusal) == ["code"]
    [removed, *_] = gaps(cast.hospital)
    writing.remove_vulnerability(cast.hospital.lead, vulnerability=removed.id, at=NOW)
    writing.record_vulnerability(cast.hospital.lead, **GAP, at=NOW)
    with pytest.raises(InputError):
        writing.restore_vulnerability(cast.hospital.lead, vulnerability=removed.id, at=NOW)


def test_change_makes_a_version_and_keeps_no_other(cast: WebCast):
    gap = writing.record_vulnerability(cast.hospital.lead, **GAP, at=NOW)
    later = NOW + timedelta(hours=1)
    said = {**GAP, "words": "Less than we thought.", "sensitivity": Sensitivity.HIGH}
    writing.change_vulnerability(cast.hospital.member, vulnerability=gap, version=1, **said, at=later)
    [item] = gaps(cast.hospital)
    assert (item.id, item.version, item.made_at, item.changed_at) == (gap, 2, NOW, later)
    assert {name: getattr(item.vulnerability, name) for name in said} == said
    assert [*SealedPart.objects.values_list("version", "rung").order_by("rung")] == [(2, 3), (2, 4)]


def test_change_of_what_changed_meanwhile_loses_nothing(cast: WebCast):
    gap = writing.record_vulnerability(cast.hospital.lead, **GAP, at=NOW)
    seen = {"vulnerability": gap, "version": 1, "at": NOW}
    writing.change_vulnerability(cast.hospital.lead, **seen, **{**GAP, "words": "First."})
    with pytest.raises(NotAllowed, match="changed-meanwhile"):
        writing.change_vulnerability(cast.hospital.member, **seen, **{**GAP, "words": "Second."})
    assert gaps(cast.hospital)[0].vulnerability.words == "First."


def test_change_to_the_same_is_none(cast: WebCast):
    gap = writing.record_vulnerability(cast.hospital.lead, **GAP, at=NOW)
    told = Event.objects.count()
    writing.change_vulnerability(cast.hospital.lead, vulnerability=gap, version=1, **GAP, at=NOW)
    assert (gaps(cast.hospital)[0].version, Event.objects.count()) == (1, told)


def test_change_to_a_code_that_stands_is_refused(cast: WebCast):
    audited(cast)
    with pytest.raises(InputError) as refusal:
        change(cast.hospital, H1, code=H2)
    assert problems(refusal) == ["code"]


def test_what_an_organisation_says_itself_has_no_other_source(cast: WebCast):
    inferred = replace(hospital.vulnerabilities[0], source=Source("A register", "A sentence.", 0.4), confirmed=False)
    writing.record_audit(cast.hospital.lead, audit=Audit(replace(hospital, vulnerabilities=(inferred,))), at=NOW)
    assert gaps(cast.hospital)[0].vulnerability == inferred
    change(cast.hospital, H1, severity=2)
    found = gaps(cast.hospital)[0].vulnerability
    assert (found.source, found.confirmed) == (None, True)


def test_gap_that_was_removed_can_be_put_back_for_thirty_days(cast: WebCast):
    gap = writing.record_vulnerability(cast.hospital.lead, **GAP, at=NOW)
    given = {"vulnerability": gap, "at": NOW}
    writing.remove_vulnerability(cast.hospital.member, **given)
    assert gaps(cast.hospital) == ()
    for act in (writing.remove_vulnerability, writing.change_vulnerability):
        with pytest.raises(NotThere):
            act(cast.hospital.lead, **given, **({"version": 1, **GAP} if act is writing.change_vulnerability else {}))
    writing.restore_vulnerability(cast.hospital.member, **given)
    assert [item.id for item in gaps(cast.hospital)] == [gap]
    with pytest.raises(NotThere):
        writing.restore_vulnerability(cast.hospital.member, **given)


def test_gap_that_was_removed_long_ago_is_gone(cast: WebCast):
    gap = writing.record_vulnerability(cast.hospital.lead, **GAP, at=NOW)
    writing.remove_vulnerability(cast.hospital.lead, vulnerability=gap, at=NOW)
    then = NOW + timedelta(days=30)
    writing.record_vulnerability(cast.hospital.lead, **{**GAP, "code": H2}, at=then)
    with pytest.raises(NotThere):
        writing.restore_vulnerability(cast.hospital.lead, vulnerability=gap, at=then)
    assert own_removed(cast.hospital.lead, at=then) == ()
    assert SealedPart.objects.filter(vulnerability=gap).count() == 0


def test_gap_is_not_put_back_beside_another_of_its_code(cast: WebCast):
    gap = writing.record_vulnerability(cast.hospital.lead, **GAP, at=NOW)
    writing.remove_vulnerability(cast.hospital.lead, vulnerability=gap, at=NOW)
    writing.record_vulnerability(cast.hospital.lead, **GAP, at=NOW)
    with pytest.raises(InputError) as refusal:
        writing.restore_vulnerability(cast.hospital.lead, vulnerability=gap, at=NOW)
    assert problems(refusal) == ["code"]


def test_order_gives_ranks(cast: WebCast):
    audited(cast)
    items = ids_of(cast.hospital)
    order = [items[code] for code in reversed(ORDINARY_CODES)]
    writing.rank_vulnerabilities(cast.hospital.member, order=order, seen=list(items.values()), at=NOW)
    found = gaps(cast.hospital)
    assert [item.code for item in found] == ORDINARY_CODES[::-1]
    assert [item.vulnerability.rank for item in found] == [1, 2, 3, 4, 5, 6]
    for wrong in (order[:-1], [*order, order[0]], [*order[:-1], uuid4()]):
        with pytest.raises(NotAllowed, match="changed-meanwhile"):
            writing.rank_vulnerabilities(cast.hospital.member, order=wrong, seen=order, at=NOW)


def test_order_that_was_changed_meanwhile_is_not_overwritten(cast: WebCast):
    audited(cast)
    seen = list(ids_of(cast.hospital).values())
    theirs = [seen[-1], *seen[:-1]]
    writing.rank_vulnerabilities(cast.hospital.lead, order=theirs, seen=seen, at=NOW)
    with pytest.raises(NotAllowed, match="changed-meanwhile"):
        writing.rank_vulnerabilities(cast.hospital.member, order=seen[::-1], seen=seen, at=NOW)
    assert list(ids_of(cast.hospital).values()) == theirs


# --- Offers ----------------------------------------------------------------------------------------------------------


def test_offer_is_kept_changed_opened_removed_and_put_back(cast: WebCast):
    lead = cast.hospital.lead
    made = writing.record_offer(lead, **OFFER, at=NOW)
    writing.open_offer(lead, offer=made, is_public=True, at=NOW)
    writing.change_offer(lead, offer=made, version=1, **{**OFFER, "strength": 5}, at=NOW)
    [own] = own_audit(lead).offers
    assert (own.id, own.version, own.is_public, own.offer.strength) == (made, 2, True, 5)
    with pytest.raises(NotAllowed, match="changed-meanwhile"):
        writing.change_offer(lead, offer=made, version=1, **OFFER, at=NOW)
    writing.remove_offer(lead, offer=made, at=NOW)
    assert own_audit(lead).offers == ()
    writing.restore_offer(lead, offer=made, at=NOW)
    assert own_audit(lead).offers == (own,)
    writing.open_offer(lead, offer=made, is_public=False, at=NOW)
    assert own_audit(lead).offers == (replace(own, is_public=False),)


def test_every_problem_of_an_offer_is_told_at_once(cast: WebCast):
    wrong = {"code": "x", "words": "\x07", "strength": 0, "evidence": 9, "kinds": ("gold",), "spare": "x" * 4001}
    with pytest.raises(InputError) as refusal:
        writing.record_offer(cast.hospital.lead, **wrong, at=NOW)
    assert problems(refusal) == ["code", "words", "strength", "evidence", "kinds", "spare"]


def test_offer_stands_once(cast: WebCast):
    made = writing.record_offer(cast.hospital.lead, **OFFER, at=NOW)
    other = writing.record_offer(cast.hospital.lead, **{**OFFER, "code": H1}, at=NOW)
    with pytest.raises(InputError):
        writing.change_offer(cast.hospital.lead, offer=other, version=1, **OFFER, at=NOW)
    writing.remove_offer(cast.hospital.lead, offer=made, at=NOW)
    writing.change_offer(cast.hospital.lead, offer=other, version=1, **OFFER, at=NOW)
    with pytest.raises(InputError):
        writing.restore_offer(cast.hospital.lead, offer=made, at=NOW)


# --- The whole -------------------------------------------------------------------------------------------------------


def test_whole_audit_is_taken_over(cast: WebCast):
    audited(cast)
    found = own_audit(cast.hospital.lead).audit
    said = hospital_audit.organisation
    assert found.organisation.vulnerabilities == said.vulnerabilities
    assert sorted(found.organisation.offers, key=repr) == sorted(said.offers, key=repr)
    assert (found.readiness, found.opening, found.audited_on) == (
        hospital_audit.readiness,
        hospital_audit.opening,
        hospital_audit.audited_on,
    )
    assert (found.organisation.id, found.organisation.name) == (str(cast.hospital.id), said.name)


def test_next_audit_keeps_what_is_the_same_and_removes_what_it_does_not_name(cast: WebCast):
    audited(cast)
    before = ids_of(cast.hospital)
    first, second, *rest = hospital.vulnerabilities
    again = replace(hospital, vulnerabilities=(replace(first, severity=1), *rest), offers=hospital.offers[1:])
    writing.record_audit(cast.hospital.lead, audit=replace(hospital_audit, organisation=again), at=NOW)
    found = {item.code: (item.id, item.version) for item in gaps(cast.hospital)}
    assert found == {
        first.code: (before[first.code], 2),
        **{gap.code: (before[gap.code], 1) for gap in rest},
    }
    writing.restore_vulnerability(cast.hospital.lead, vulnerability=before[second.code], at=NOW)
    assert len(own_audit(cast.hospital.lead).offers) == len(hospital.offers) - 1


def test_problems_of_a_whole_audit_bear_their_places(cast: WebCast):
    first, *rest = hospital.vulnerabilities
    bad = replace(
        hospital,
        vulnerabilities=(first, *rest, first, replace(first, code="x", words="\x00")),
        offers=(replace(hospital.offers[0], source=Source("\x00", "", 0.5)), *[hospital.offers[1]] * 61),
    )
    with pytest.raises(InputError) as refusal:
        writing.record_audit(cast.hospital.lead, audit=Audit(bad, opening=Opening("x" * 5000)), at=NOW)
    places = [problem.place for problem in refusal.value.problems]
    assert places[:4] == [
        "vulnerabilities, item 8, code",
        "vulnerabilities, item 8, words",
        "vulnerabilities, item 7, code",
        "offers, item 1, name",
    ]
    assert places[-2:] == ["offers", "opening, worst_at"]
    assert gaps(cast.hospital) == ()


def test_sitting_is_kept(cast: WebCast):
    said = {"readiness": Readiness(True, 2.5, 4), "opening": Opening("At rest.", "All of it."), "audited_on": None}
    for version in range(2):
        writing.record_sitting(cast.hospital.member, version=version, **said, at=NOW)
    found = own_audit(cast.hospital.lead)
    assert {name: getattr(found, name) for name in said} == said
    with pytest.raises(InputError):
        writing.record_sitting(cast.hospital.member, version=2, **{**said, "opening": Opening("x" * 4001)}, at=NOW)
    with pytest.raises(NotAllowed, match="changed-meanwhile"):
        writing.record_sitting(cast.hospital.member, version=1, **{**said, "opening": Opening("At work.")}, at=NOW)
    assert own_audit(cast.hospital.lead).opening == said["opening"]


# --- Who, and what is told -------------------------------------------------------------------------------------------


def every_act(house: House):
    """Each act upon an audit, with what it needs."""
    gap, offer = ids_of(house)[H1], own_audit(house.lead).offers[0].id
    sitting = {"version": 1, "readiness": Readiness(), "opening": Opening(), "audited_on": None}
    order = list(ids_of(house).values())
    return [
        (writing.rank_vulnerabilities, {"order": order, "seen": order}),
        (writing.record_vulnerability, {**GAP, "code": "reach.events"}),
        (writing.change_vulnerability, {**GAP, "vulnerability": gap, "version": 1}),
        (writing.remove_vulnerability, {"vulnerability": gap}),
        (writing.restore_vulnerability, {"vulnerability": gap}),
        (writing.record_offer, {**OFFER, "code": "reach.events"}),
        (writing.change_offer, {**OFFER, "offer": offer, "version": 1}),
        (writing.open_offer, {"offer": offer, "is_public": True}),
        (writing.remove_offer, {"offer": offer}),
        (writing.restore_offer, {"offer": offer}),
        (writing.record_sitting, sitting),
        (writing.record_audit, {"audit": hospital_audit}),
    ]


def test_only_leads_and_members_write(cast: WebCast):
    audited(cast)
    for act, given in every_act(cast.hospital):
        for actor in (cast.hospital.observer, cast.serving_hospital):
            with pytest.raises(NotAllowed):
                act(actor, **given, at=NOW)
        for actor in (cast.host, cast.convener, cast.facilitator):
            with pytest.raises(NotThere):
                act(actor, **given, at=NOW)


def test_ids_of_another_organisation_are_not_there(cast: WebCast):
    audited(cast)
    own = {"vulnerability", "offer"}
    for act, given in every_act(cast.hospital):
        if own & given.keys():
            for stranger in (cast.stranger.lead, cast.churches.lead):
                with pytest.raises(NotThere):
                    act(stranger, **given, at=NOW)


def test_events_say_that_something_was_written_and_not_what(cast: WebCast):
    audited(cast)
    told = Event.objects.count()
    for act, given in every_act(cast.hospital):
        act(cast.hospital.member, **given, at=NOW)
    events = Event.objects.order_by("id")[told:]
    assert {(event.chain_id, event.person) for event in events} == {(cast.hospital.id, cast.hospital.member.person)}
    assert [event.what for event in events] == [
        "vulnerabilities_ranked",
        "vulnerability_recorded",
        "vulnerability_changed",
        "vulnerability_removed",
        "vulnerability_restored",
        "offer_recorded",
        "offer_changed",
        "offer_opened",
        "offer_removed",
        "offer_restored",
        "sitting_recorded",
        "audit_recorded",
    ]
    assert {event.payload_hash for event in events} == {""}


def test_nothing_is_sealed_before_the_hosts_key_has_a_second_copy(cast: WebCast, settings):
    settings.LICHEN = replace(settings.LICHEN, url="https://lichen.example.org")
    with pytest.raises(NotAllowed, match="key-copied"):
        writing.record_vulnerability(cast.hospital.lead, **GAP, at=NOW)
    with pytest.raises(NotAllowed, match="key-copied"):
        writing.record_audit(cast.hospital.lead, audit=churches_audit, at=NOW)
    assert (Vulnerability.objects.count(), SealedPart.objects.count()) == (0, 0)
    with pytest.raises(keys.Unopened):
        keys.open_own(cast.hospital.id, b"", b"", bound_to=())


def test_what_was_confessed_can_be_taken_back_without_a_second_copy(cast: WebCast, settings):
    gap = writing.record_vulnerability(cast.hospital.lead, **GAP, at=NOW)
    settings.LICHEN = replace(settings.LICHEN, url="https://lichen.example.org")
    writing.remove_vulnerability(cast.hospital.lead, vulnerability=gap, at=NOW)
    assert gaps(cast.hospital) == ()


def test_gap_of_the_same_name_is_another(cast: WebCast):
    audited(cast)
    assert gap_of(cast.hospital, H1) not in ids_of(cast.churches).values()
