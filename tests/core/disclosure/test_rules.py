"""Each rule once: what it refuses, and what lifts it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from lichen.disclosure.refusals import rule_sentences
from lichen.disclosure.replay import record_event, state_of
from lichen.disclosure.rules import RULES
from lichen.disclosure.state import Rung
from lichen.disclosure.values import Act, DisclosureRules, Matter, Reception
from lichen.errors import NotAllowed
from lichen.scales import Relevance, Sensitivity
from tests.core.disclosure.seated import AUDITS, FIRST_DAY, HIGH, MATERIAL, PRIVATE, STRANGER, UNASKED, UNMATCHED
from tests.core.disclosure.told import (
    C1,
    C2,
    C4,
    H1,
    H2,
    H3,
    H4,
    TODAY,
    C,
    F,
    H,
    Y,
    agreed,
    aloud,
    disclosed,
    event,
    matter,
    met,
    open_codes,
    yes,
)

PILOT = event(Act.PILOT_STARTED)
TRIED = event(Act.TRIED, Y, C, "funding.platform")
TENDER = (*met(C, Y), agreed(C, C1, to=Y), agreed(Y, "funding.platform", to=C))
ANSWERED = event(Act.ANSWERED, H, code=UNASKED, relevance=Relevance.YES)
WELL = event(Act.JUDGED, Y, C, received=Reception.WELL_RECEIVED)
COLD = event(Act.JUDGED, Y, C, received=Reception.COLDLY_RECEIVED)
TOLD = tuple(disclosed(by, MATERIAL) for by in (H, C))
THREE, NOT_READY = (H, C, F), (C, Y)

BROKEN = {
    # rule: parties, what happened, what is refused
    "ended-matter": ((H, C), [event(Act.ENDED)], yes(H)),
    "exploited": ((H, C), [event(Act.EXPLOITED, C, H)], disclosed(H, MATERIAL)),
    "days-in-order": ((H, C), [yes(H)], replace(yes(C), on=FIRST_DAY)),
    "parties-only": ((H, C), [], yes(H, STRANGER)),
    "all-consent-to-a-newcomer": ((H, C), [event(Act.CONSENTED, H, F)], event(Act.JOINED, F)),
    "newcomers-only": ((H, C), [], event(Act.CONSENTED, H, C)),
    "name-the-readers": (THREE, [*open_codes()], disclosed(H, H1)),
    "one-item-at-a-time": ((H, C), [*open_codes()], event(Act.DISCLOSED, H, code=H1, codes=(H1, H2))),
    "one-reader-for-a-trial": (THREE, [*open_codes()], event(Act.TRIED, H, "everyone", H1)),
    "stated-in-the-audit": ((H, C), [*open_codes()], disclosed(H, C1)),
    "consent-of-both": ((H, C), [*met(), agreed(H, H1)], disclosed(H, H1)),
    "nothing-left": ((H, C), [*met()], agreed(H)),
    "all-of-a-ring": ((H, C), [*met()], event(Act.RING_AGREED, H, codes=(H1,))),
    "matched-codes-only": ((H, C), [*met()], agreed(H, H1, UNMATCHED)),
    "codes-before-words": ((H, C), [*open_codes()], disclosed(H, H4)),
    "relevance-asked": ((H, C), [*met()], agreed(H, UNASKED)),
    "relevant-only": ((H, C), [*met()], agreed(H, PRIVATE)),
    "high-sensitivity": ((H, C), [*met()], agreed(H, HIGH)),
    "one-item-trial": (NOT_READY, [*TENDER], disclosed(Y, "funding.platform")),
    "top-three": ((H, C), [*met()], agreed(H, H1, H2, H3, H4)),
    "one-item-ahead": ((H, C), [*open_codes(), disclosed(H, H1)], disclosed(H, H2)),
    "material-facts-first": ((H, C), [*met()], event(Act.MONEY, H)),
    "nothing-tried": ((H, C), [*open_codes()], event(Act.JUDGED, H, received=Reception.WELL_RECEIVED)),
    "nothing-to-withdraw": ((H, C), [*open_codes()], event(Act.WITHDREW, H, code=H4)),
}

OF_RINGS = {"step-of-three", "third-of-the-ring", "ring-at-rest", "abreast-in-the-ring"}

LIFTED = {
    "parties-only": [event(Act.CONSENTED, H, F), event(Act.CONSENTED, C, F), event(Act.JOINED, F), yes(H, F)],
    "all-consent-to-a-newcomer": [event(Act.CONSENTED, C, F), event(Act.JOINED, F)],
    "name-the-readers": [disclosed(H, H1, to=C)],
    "one-item-at-a-time": [disclosed(H, H1)],
    "one-reader-for-a-trial": [event(Act.TRIED, H, C, H1)],
    "consent-of-both": [agreed(C, C1), disclosed(H, H1)],
    "nothing-left": [agreed(H, H1)],
    "matched-codes-only": [agreed(H, H1)],
    "codes-before-words": [PILOT, disclosed(H, H4)],
    "relevance-asked": [ANSWERED, agreed(H, UNASKED)],
    "relevant-only": [replace(ANSWERED, code=PRIVATE), agreed(H, PRIVATE)],
    "high-sensitivity": [PILOT, agreed(H, HIGH)],
    "one-item-trial": [TRIED, WELL],
    "top-three": [PILOT, agreed(H, H1, H2, H3, H4)],
    "one-item-ahead": [disclosed(C, C1), disclosed(H, H2)],
    "material-facts-first": [*TOLD, event(Act.MONEY, H)],
    "nothing-tried": [event(Act.TRIED, H, C, H1), event(Act.JUDGED, H, received=Reception.WELL_RECEIVED)],
    "nothing-to-withdraw": [event(Act.WITHDREW, H, code=H1)],
}


def refused(what, then: Matter, audits=AUDITS) -> str:
    """The name of the rule that stands against it."""
    with pytest.raises(NotAllowed) as refusal:
        record_event(then, audits, what)
    return refusal.value.rule


@pytest.mark.parametrize("rule", BROKEN)
def test_rule_refuses_and_changes_nothing(rule):
    parties, before, asked = BROKEN[rule]
    then = matter(*before, parties=parties)
    assert refused(asked, then) == rule
    assert then == matter(*before, parties=parties)


@pytest.mark.parametrize("rule", BROKEN)
def test_broken_rule_in_a_file_is_found_when_it_is_read(rule):
    parties, before, asked = BROKEN[rule]
    with pytest.raises(NotAllowed) as refusal:
        state_of(matter(*before, asked, parties=parties), AUDITS)
    assert refusal.value.rule == rule


@pytest.mark.parametrize("rule", LIFTED)
def test_what_lifts_a_rule_lifts_it(rule):
    parties, then, _asked = BROKEN[rule]
    dealing = matter(*then, parties=parties)
    for each in LIFTED[rule]:
        dealing = record_event(dealing, AUDITS, each)
    assert dealing.events == (*then, *LIFTED[rule])


def test_every_rule_has_its_case_and_its_sentence():
    assert [*BROKEN] == [rule.name for rule in RULES]
    assert {*rule_sentences()} - {*BROKEN} == {"claim-stands", "ten-codes-a-quarter", *OF_RINGS}


def test_every_rule_stands_on_the_page_with_its_reason():
    page = (Path(__file__).parents[3] / "docs" / "discussion" / "disclosure.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[a-z-]+`(?:, `[a-z-]+`)*) \|", page, flags=re.MULTILINE)
    named = [name.strip("`") for row in rows for name in row.split(", ")]
    assert named == [*BROKEN, "claim-stands", "ten-codes-a-quarter"]


def test_no_sentence_tells_a_code_or_a_party():
    told = " ".join(rule_sentences().values())
    assert [code for code in (H1, C1, HIGH, MATERIAL) if code in told] == []


# One ahead, and three


def test_three_items_each_one_after_the_other_and_then_a_pilot():
    swaps = [disclosed(H, H1), disclosed(C, C1), disclosed(C, C2), disclosed(H, H2), disclosed(H, H3)]
    then = matter(*open_codes(), *swaps)
    assert state_of(then, AUDITS).told(H, C) == (H1, H2, H3)
    assert refused(agreed(H, H4), then) == "top-three"
    going_on = record_event(record_event(then, AUDITS, PILOT), AUDITS, disclosed(C, PLAIN_C3))
    assert record_event(going_on, AUDITS, disclosed(H, H4)).events[-1].code == H4


PLAIN_C3 = "service.clinical_delivery"


def test_item_that_was_withdrawn_still_counts_as_told():
    then = matter(*open_codes(), disclosed(H, H1), event(Act.WITHDREW, H, code=H1))
    assert refused(agreed(H, H4), then) == "top-three"
    assert refused(disclosed(H, H2), then) == "one-item-ahead"
    again = record_event(then, AUDITS, agreed(H, H1))
    assert state_of(record_event(again, AUDITS, disclosed(H, H1)), AUDITS).told(H, C) == (H1,)


def test_one_side_ahead_of_one_partner_is_not_ahead_of_another():
    then = matter(*open_codes(H, C), *open_codes(H, F), disclosed(H, H1, to=C), parties=THREE)
    assert refused(disclosed(H, H2, to=C), then) == "one-item-ahead"
    assert record_event(then, AUDITS, disclosed(H, H1, to=F)).events[-1].to == F
    assert refused(disclosed(H, H2, to="everyone"), then) == "one-item-ahead"


def test_said_aloud_is_never_refused_and_counts_as_told():
    then = matter(*met(), aloud(H, PRIVATE, H, C), aloud(H, H1, H, C), aloud(H, H2, H, C), agreed(C, C1))
    assert state_of(then, AUDITS).told(H, C) == (PRIVATE, H1, H2)
    assert refused(agreed(H, H3), then) == "top-three"
    ready = record_event(then, AUDITS, agreed(H, H1))
    assert refused(disclosed(H, H1), ready) == "one-item-ahead"


def test_limits_can_be_set_for_a_matter():
    dealing = replace(matter(*open_codes(), disclosed(H, H1)), rules=DisclosureRules(before_pilot=4))
    dealing = record_event(dealing, AUDITS, agreed(H, H4))
    assert state_of(dealing, AUDITS).open_codes(H, C) == (H1, H2, H3, H4)


# Codes that wait for the other side's agreement


@pytest.mark.parametrize(
    "taken_back", [event(Act.ANSWERED, H, code=H2, relevance=Relevance.NO), event(Act.WITHDREW, H, code=H2)]
)
def test_agreement_taken_back_in_time_opens_nothing(taken_back):
    dealing = record_event(matter(*met(), agreed(H, H1, H2)), AUDITS, taken_back)
    state = state_of(record_event(dealing, AUDITS, agreed(C, C1)), AUDITS)
    assert (state.open_codes(H, C), state.open_codes(C, H)) == ((H1,), (C1,))
    again = record_event(matter(*met(), agreed(H, H2)), AUDITS, taken_back)
    assert state_of(record_event(again, AUDITS, agreed(C, C1)), AUDITS).rung(H, C) == Rung.IDENTITY


def test_item_made_highly_sensitive_meanwhile_does_not_open():
    own = AUDITS[0].organisation
    guarded = tuple(
        replace(gap, sensitivity=Sensitivity.HIGH) if gap.code == H1 else gap for gap in own.vulnerabilities
    )
    later = TODAY + timedelta(days=3)
    audit = replace(AUDITS[0], organisation=replace(own, vulnerabilities=guarded), audited_on=later)
    then = matter(*met(), agreed(H, H1, H2), replace(agreed(C, C1), on=later))
    assert state_of(then, (audit, *AUDITS[1:])).open_codes(H, C) == (H2,)


def test_codes_open_alike_and_the_rest_waits():
    then = matter(*met(), agreed(H, H1, H2, H3), agreed(C, C1))
    assert [len(state_of(then, AUDITS).open_codes(*pair)) for pair in ((H, C), (C, H))] == [2, 1]
    more = record_event(then, AUDITS, agreed(C, C2))
    assert state_of(more, AUDITS).open_codes(H, C) == (H1, H2, H3)
    grown = matter(*open_codes(), PILOT, agreed(H, H4, HIGH))
    assert state_of(grown, AUDITS).open_codes(H, C) == (H1, H2, H3, H4)
    assert state_of(record_event(grown, AUDITS, agreed(C, C4)), AUDITS).open_codes(H, C)[-1] == HIGH


@pytest.mark.parametrize(
    ("rule", "asked"), [("high-sensitivity", agreed(H, HIGH)), ("codes-before-words", disclosed(H, H4))]
)
def test_pilot_counts_when_both_have_said_it(rule, asked):
    one = record_event(matter(*open_codes()), AUDITS, event(Act.PILOT_STARTED, H, C))
    assert refused(asked, one) == rule
    both = record_event(one, AUDITS, event(Act.PILOT_STARTED, C, H))
    assert record_event(both, AUDITS, asked).events[-1] == asked


# Material facts


@pytest.mark.parametrize("before", [(), met(), (*open_codes(), disclosed(H, H1))], ids=["blind", "met", "ahead"])
def test_material_fact_may_be_told_before_anything_else(before):
    then = record_event(matter(*before), AUDITS, disclosed(H, MATERIAL))
    state = state_of(then, AUDITS)
    assert (state.has_told(H, C, MATERIAL), MATERIAL in state.told(H, C)) == (True, False)


def test_material_fact_counts_for_nobody():
    then = matter(*open_codes(), disclosed(C, MATERIAL), disclosed(H, H1))
    assert refused(disclosed(H, H2), then) == "one-item-ahead"
    ahead = matter(*open_codes(), disclosed(H, MATERIAL), disclosed(H, H1))
    assert state_of(ahead, AUDITS).told(H, C) == (H1,)


def test_unready_may_tell_a_material_fact_without_a_trial():
    dealing = record_event(matter(*TENDER, TRIED, parties=NOT_READY), AUDITS, disclosed(Y, MATERIAL))
    assert state_of(dealing, AUDITS).has_told(Y, C, MATERIAL)


def test_calling_it_material_does_not_make_it_so():
    then = matter(*met())
    assert refused(event(Act.DISCLOSED, H, code=HIGH, material=True), then) == "consent-of-both"
    mild = tuple(
        replace(
            audit,
            organisation=replace(
                audit.organisation,
                vulnerabilities=tuple(
                    replace(gap, code="funding.reserves", severity=3) if gap.code == MATERIAL else gap
                    for gap in audit.organisation.vulnerabilities
                ),
            ),
        )
        for audit in AUDITS
    )
    asked = event(Act.DISCLOSED, H, code="funding.reserves", material=True)
    assert refused(asked, then, mild) == "consent-of-both"


@pytest.mark.parametrize(("by", "to"), [(H, C), (C, H), (H, "")])
def test_both_sides_tell_their_material_facts_before_money(by, to):
    money = event(Act.MONEY, by, to)
    assert refused(money, matter(*met(), disclosed(H, MATERIAL))) == "material-facts-first"
    assert refused(money, matter(*met(), disclosed(C, MATERIAL))) == "material-facts-first"
    assert record_event(matter(*met(), *TOLD), AUDITS, money).events[-1] == money


def test_material_fact_said_aloud_is_told():
    then = matter(*met(), aloud(H, MATERIAL, H, C), disclosed(C, MATERIAL))
    assert record_event(then, AUDITS, event(Act.MONEY, H)).events[-1].what is Act.MONEY


def test_material_fact_is_told_to_each_who_deals_in_money():
    then = matter(*met(H, F), *met(H, C), disclosed(H, MATERIAL, to=C), disclosed(F, MATERIAL, to=H), parties=THREE)
    assert refused(event(Act.MONEY, H, F), then) == "material-facts-first"


# The trial of one item


def test_unready_agrees_to_one_code_and_no_more():
    then = matter(*met(C, Y), agreed(C, C1, to=Y), parties=NOT_READY)
    assert refused(agreed(Y, "funding.platform", "funding.fundraising", to=C), then) == "one-item-trial"
    one = record_event(then, AUDITS, agreed(Y, "funding.platform", to=C))
    assert refused(agreed(Y, "funding.fundraising", to=C), one) == "one-item-trial"


def test_trial_that_is_awaited_lets_nothing_else_open():
    then = matter(*TENDER, TRIED, disclosed(C, C1), parties=NOT_READY)
    for what in (replace(TRIED, code="funding.fundraising"), disclosed(Y, "funding.platform")):
        assert refused(what, then) in {"one-item-trial", "codes-before-words"}


def test_trial_that_was_well_received_lets_the_rest_follow():
    then = matter(*TENDER, TRIED, WELL, disclosed(C, C1), parties=NOT_READY)
    more = record_event(then, AUDITS, agreed(Y, "funding.fundraising", to=C))
    assert record_event(more, AUDITS, disclosed(Y, "funding.fundraising")).events[-1].what is Act.DISCLOSED


def test_trial_that_was_coldly_received_was_the_only_one():
    then = matter(*TENDER, TRIED, COLD, disclosed(C, C1), parties=NOT_READY)
    for what in (TRIED, disclosed(Y, "funding.platform"), agreed(Y, "funding.fundraising", to=C)):
        assert refused(what, then) == "one-item-trial"


def test_trial_well_received_by_one_opens_nothing_to_another():
    parties = (C, Y, F)
    then = matter(*TENDER, TRIED, WELL, *met(Y, F), agreed(F, "trust.community", to=Y), parties=parties)
    asked = agreed(Y, "funding.platform", "funding.fundraising", to=F)
    assert refused(asked, then) == "one-item-trial"


def test_ready_may_try_one_item_too_and_then_waits():
    then = matter(*open_codes(), event(Act.TRIED, H, C, H1), disclosed(C, C1))
    assert refused(disclosed(H, H2), then) == "one-item-trial"
    judged = record_event(then, AUDITS, event(Act.JUDGED, H, received=Reception.COLDLY_RECEIVED))
    assert record_event(judged, AUDITS, disclosed(H, H2)).events[-1].code == H2


# An audit judges what was done from its day on


def test_later_audit_does_not_judge_what_was_done_before():
    told = matter(*open_codes(), disclosed(H, H1))
    stricter = tuple(
        replace(
            audit,
            audited_on=TODAY + timedelta(days=30),
            readiness=replace(audit.readiness, leadership_aligned=False),
            organisation=replace(audit.organisation, vulnerabilities=(), offers=()),
        )
        for audit in AUDITS
    )
    assert state_of(told, stricter) == state_of(told, AUDITS)
    assert refused(disclosed(C, C1), told, stricter) == "stated-in-the-audit"


def test_material_fact_stays_one_after_it_has_been_mended():
    told = matter(*met(), event(Act.DISCLOSED, H, code=MATERIAL))
    mended = replace(
        AUDITS[0],
        audited_on=date(2027, 3, 1),
        organisation=replace(AUDITS[0].organisation, vulnerabilities=()),
    )
    later = (mended, *AUDITS[1:])
    assert state_of(told, later) == state_of(told, AUDITS)
    ordinary = matter(*met(), event(Act.DISCLOSED, H, code=MATERIAL, material=False))
    with pytest.raises(NotAllowed, match="consent-of-both"):
        state_of(ordinary, later)
