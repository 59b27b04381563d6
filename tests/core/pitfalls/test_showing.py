"""A warning betrays nothing: planted codes and words reach nobody to whom their owner did not open them."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from lichen.alliance.values import Alliance
from lichen.audit.values import Organisation, Vulnerability
from lichen.brief.phrases import label
from lichen.charter.agreement.openings import opened_pairs
from lichen.disclosure.replay import replay_all
from lichen.disclosure.values import Act, DisclosureEvent, Matter
from lichen.files.alliances import read_alliance_text
from lichen.pilot.values import HiddenWeakness, Pilot, PilotReview
from lichen.pitfalls.looking import pitfalls
from lichen.pitfalls.rules import RULES
from lichen.pitfalls.showing import alerts_for
from lichen.pitfalls.situation import opened_codes
from lichen.pitfalls.values import Alert, RuleCode
from lichen.pitfalls.words import alert_words, figure_words, item_words, next_step
from tests.cast import hospital
from tests.core.pitfalls.situations import (
    CHURCHES,
    DAY,
    RIVER,
    STORIES,
    C,
    H,
    alliance,
    audit_of,
    before,
    hospital_said,
    proven,
    warned,
)

EXAMPLES = Path(__file__).parents[3] / "examples" / "alliances"
PLANTED = "governance.ethics_controls"
WORDS = "zq what nobody may read zq"


@cache
def worked(name: str) -> Alliance:
    return read_alliance_text((EXAMPLES / name).read_bytes(), "yaml", name)


def told(alerts: tuple[Alert, ...]) -> str:
    """Everything that a warning holds and says."""
    words = (
        f"{asdict(each)} {alert_words(each, {})} {[figure_words(figure) for figure in each.figures]}"
        f" {item_words(tuple(item.code for item in each.items))} {next_step(each.rule)}"
        for each in alerts
    )
    return " ".join(words)


def with_planted(made: Alliance) -> Alliance:
    """The same, in which every partner confesses one more thing, which it also offers, and opens to nobody."""
    gap = Vulnerability(PLANTED, 5, words=WORDS)
    planted = tuple(
        replace(
            audit,
            organisation=replace(audit.organisation, vulnerabilities=(*audit.organisation.vulnerabilities, gap)),
        )
        for audit in made.partners
    )
    return replace(made, partners=planted)


@pytest.mark.parametrize("code", STORIES, ids=str)
def test_no_warning_betrays_what_nobody_opened(code: RuleCode):
    made = with_planted(STORIES[code].fires)
    found = pitfalls(made, DAY)
    for reader in (audit.organisation.id for audit in made.partners):
        others = tuple(alert for alert in found if reader not in alert.concerns[:1])
        shown = told(alerts_for(others, reader, made, DAY))
        assert WORDS not in told(found)
        assert PLANTED not in "".join(
            f"{item.owner}{item.code}"
            for alert in alerts_for(found, reader, made, DAY)
            for item in alert.items
            if item.owner != reader
        )
        assert label(PLANTED).lower() not in shown.lower()


@pytest.mark.parametrize("name", ["alliance.yaml", "coalition.yaml"])
def test_items_shown_are_one_s_own_or_opened(name: str):
    made = worked(name)
    found = pitfalls(made, DAY + timedelta(days=53))
    granted, _in_words = opened_pairs(made.matters, made.partners)
    for reader in (audit.organisation.id for audit in made.partners):
        for alert in alerts_for(found, reader, made, DAY + timedelta(days=53)):
            assert reader in alert.may_see
            seen = {(item.owner, item.code) for item in alert.items if item.owner != reader}
            assert seen <= granted.get(reader, set())
            assert not alert.figures or {*alert.confided_by} <= {reader}


def test_opened_codes_are_those_that_the_charter_finds_open():
    made = worked("alliance.yaml")
    states = [each.state for each in replay_all(made.matters, made.partners)]
    granted, _in_words = opened_pairs(made.matters, made.partners)
    found = opened_codes(states)
    assert {
        reader: {(o, code) for (o, r), codes in found.items() if r == reader for code in codes} for reader in granted
    } == granted


def test_nothing_is_open_after_exploitation_was_reported():
    made = hospital_said("assets.venue")
    [matter] = made.matters
    ended = replace(matter, events=(*matter.events, DisclosureEvent(DAY, Act.EXPLOITED, H, C)))
    states = [each.state for each in replay_all((ended,), made.partners)]
    assert dict(opened_codes(states)) == {} == {k: v for k, v in opened_pairs((ended,), made.partners)[0].items() if v}


def test_stranger_reads_nothing():
    for code in STORIES:
        made = replace(STORIES[code].fires, partners=(*STORIES[code].fires.partners, RIVER))
        private = tuple(alert for alert in warned(STORIES[code].fires) if alert.confided_by)
        assert alerts_for(private, RIVER.organisation.id, made, DAY) == ()
        assert alerts_for(warned(STORIES[code].fires), "nobody", made, DAY) == ()


def test_material_fact_is_told_to_its_owner_alone():
    made = STORIES[RuleCode.MATERIAL_FACT_DUE].fires
    [due] = [alert for alert in pitfalls(made, DAY) if alert.rule is RuleCode.MATERIAL_FACT_DUE]
    assert due.may_see == ("nonprofit",)
    assert alerts_for((due,), "sponsor", made, DAY) == ()
    [shown] = alerts_for((due,), "nonprofit", made, DAY)
    assert [item.code for item in shown.items] == ["funding.solvency"]


def test_reader_of_many_items_sees_those_that_are_open_still():
    made = hospital_said("trust.underserved", "people.volunteers", "people.languages", "assets.venue")
    found = tuple(alert for alert in pitfalls(made, DAY) if alert.rule is RuleCode.OPENED_MANY)
    [shown] = alerts_for(found, C, made, DAY)
    assert [item.code for item in shown.items] == [
        "trust.underserved",
        "people.volunteers",
        "people.languages",
        "assets.venue",
    ]
    [matter] = made.matters
    later = DAY + timedelta(days=1)
    withdrawn = replace(matter, events=(*matter.events, DisclosureEvent(later, Act.WITHDREW, H, C, "assets.venue")))
    [after] = alerts_for(found, C, replace(made, matters=(withdrawn,)), DAY)
    assert [item.code for item in after.items] == ["trust.underserved", "people.volunteers", "people.languages"]


def test_what_a_review_found_beside_an_audit_is_told_to_its_owner_alone():
    seen = PilotReview(C, DAY, weaknesses=(HiddenWeakness(H, PLANTED, 4),))
    pilot = Pilot("fairs", (H, C), reviews=(seen, PilotReview(H, DAY)))
    made = alliance(audit_of(proven(hospital)), CHURCHES, pilots=(pilot,))
    found = tuple(alert for alert in pitfalls(made, DAY) if alert.rule is RuleCode.WEAKNESS_UNTAKEN)
    assert [len(alerts_for(found, reader, made, DAY)) for reader in (H, C)] == [1, 0]
    [told_to_it] = alerts_for(found, H, made, DAY)
    assert [item.code for item in told_to_it.items] == [PLANTED]
    assert [figure.value for figure in told_to_it.figures] == [1]


def dealt(made: Alliance, codes: dict[str, str], *more: DisclosureEvent) -> Alliance:
    """The same, in which two have shown each other a code each, and then something happened."""
    one, other = codes
    yes = (DisclosureEvent(before(40), Act.SAID_YES, id) for id in codes)
    agreed = (
        DisclosureEvent(before(30), Act.AGREED, id, to, codes=(codes[id],)) for id, to in ((one, other), (other, one))
    )
    return replace(made, matters=(Matter("talks", (one, other), before(60), (*yes, *agreed, *more)),))


def of_rule(code: RuleCode, made: Alliance, reader: str, days: int = 0) -> tuple[Alert, ...]:
    """What a reader is told of a rule, so many days ago."""
    day = before(days)
    return alerts_for((each for each in pitfalls(made, day) if each.rule is code), reader, made, day)


def test_needs_that_hang_on_one_partner_are_told_to_each_of_its_own_alone():
    made, code = STORIES[RuleCode.SINGLE_POINT].fires, RuleCode.SINGLE_POINT
    assert [alert.concerns for alert in warned(made) if alert.rule is code] == [("b", "a"), ("b", "c")]
    shown = dealt(made, {"a": "ops.logistics", "b": "assets.venue"})
    [told_to_a] = of_rule(code, shown, "a")
    assert (told_to_a.concerns, [each.code for each in told_to_a.items]) == (("b", "a"), ["ops.logistics"])
    assert [of_rule(code, shown, other) for other in "bc"] == [(), ()]


def test_what_a_partner_offers_is_told_to_nobody_to_whom_it_has_shown_no_codes():
    made, code = STORIES[RuleCode.SINGLE_POINT].fires, RuleCode.SINGLE_POINT
    assert [of_rule(code, made, reader) for reader in "abc"] == [(), (), ()]


def test_what_was_taken_back_is_not_told_of_an_earlier_day_either():
    code, codes = RuleCode.SINGLE_POINT, {"a": "ops.logistics", "b": "assets.venue"}
    (reader, other), made = codes, STORIES[code].fires
    assert of_rule(code, dealt(made, codes), reader, days=5)
    taken_back = dealt(made, codes, DisclosureEvent(before(2), Act.WITHDREW, other, reader))
    assert of_rule(code, taken_back, reader, days=5) == of_rule(code, taken_back, reader) == ()


def test_whether_others_improve_is_told_to_those_to_whom_they_opened_something():
    made, code = STORIES[RuleCode.NO_NEW_NEEDS].fires, RuleCode.NO_NEW_NEEDS
    assert [of_rule(code, made, reader) for reader in (H, C)] == [(), ()]
    [told_to_churches] = of_rule(code, replace(made, matters=hospital_said("assets.venue").matters), C)
    assert told_to_churches.figures == ()


@pytest.mark.parametrize("code", [RuleCode.COVER_GAP, RuleCode.NOT_TO_ALLY])
def test_cover_is_told_to_no_partner_whatever_they_have_opened(code: RuleCode):
    opened = dealt(STORIES[code].fires, {"small": "ops.logistics", "large": "trust.community"})
    for made in (STORIES[code].fires, opened):
        assert code in [alert.rule for alert in pitfalls(made, DAY)]
        assert [of_rule(code, made, reader) for reader in ("small", "large")] == [(), ()]


def test_every_rule_has_its_words():
    names = {"a": "Almond House", "b": "Birch Farm"}
    for rule in RULES:
        sentence = alert_words(Alert(rule.code, ("a", "b"), (), about="fairs"), names)
        assert sentence.endswith(".")
        assert "{" not in sentence
        assert next_step(rule.code)[-1] in ".?"


def test_names_are_told_on_one_line():
    made = Organisation("a", "Almond\nHouse")
    assert alert_words(Alert(RuleCode.FEW_NEEDS, ("a",), ()), {"a": made.name}) == "Almond House has named few needs."
