from __future__ import annotations

from dataclasses import replace

import pytest

from lichen.disclosure.excess import OverDisclosure, over_disclosures
from lichen.disclosure.values import Act
from lichen.scales import Relevance, Sensitivity
from tests.core.disclosure.seated import AUDITS, HIGH, MATERIAL, PRIVATE, UNASKED
from tests.core.disclosure.told import (
    C1,
    H1,
    H2,
    H3,
    H4,
    C,
    H,
    Y,
    after,
    aloud,
    disclosed,
    event,
    met,
    open_codes,
)  # fmt: skip


def found(*events, parties=(H, C), audits=AUDITS):
    return [(each.rule, each.owner, each.codes) for each in over_disclosures(after(*events, parties=parties), audits)]


def test_what_keeps_the_rules_is_no_excess():
    assert found(*open_codes(), disclosed(H, H1)) == []
    assert found(*met(), aloud(H, H1, H, C)) == []


@pytest.mark.parametrize(
    ("rule", "code"), [("relevance-asked", UNASKED), ("relevant-only", PRIVATE), ("high-sensitivity", HIGH)]
)
def test_item_said_aloud_that_should_not_have_been(rule, code):
    assert found(*met(), aloud(H, code, H, C)) == [(rule, H, (code,))]
    assert found(*met(), aloud(H, code, H, C), event(Act.WITHDREW, H, code=code)) == []


def test_four_items_said_aloud_before_a_pilot_are_too_many_and_too_far_ahead():
    said = [aloud(H, code, H, C) for code in (H1, H2, H3, H4)]
    assert found(*met(), *said) == [("top-three", H, (H1, H2, H3, H4)), ("one-item-ahead", H, (H1, H2, H3, H4))]
    pilot = event(Act.PILOT_STARTED)
    assert found(*met(), *said, pilot) == [("one-item-ahead", H, (H1, H2, H3, H4))]


def test_two_ahead_is_mended_when_the_other_side_answers():
    said = [aloud(H, H1, H, C), aloud(H, H2, H, C)]
    assert found(*met(), *said) == [("one-item-ahead", H, (H1, H2))]
    assert found(*met(), *said, aloud(C, C1, H, C)) == []


def test_material_fact_is_no_excess():
    assert found(*met(), disclosed(H, MATERIAL)) == []
    assert found(*met(), aloud(H, MATERIAL, H, C)) == []


def test_unready_who_said_two_things_aloud():
    said = [aloud(Y, "funding.platform", C, Y), aloud(C, C1, C, Y), aloud(Y, "funding.fundraising", C, Y)]
    rules = [each[0] for each in found(*met(C, Y), *said, parties=(C, Y))]
    assert rules == ["one-item-trial"]


def test_changed_audit_shows_what_is_no_longer_right():
    told = (*open_codes(), disclosed(H, H1))
    first = AUDITS[0].organisation.vulnerabilities[0]
    for change, rule in (
        ({"relevance": Relevance.NO}, "relevant-only"),
        ({"sensitivity": Sensitivity.HIGH}, "high-sensitivity"),
    ):
        gaps = (replace(first, **change), *AUDITS[0].organisation.vulnerabilities[1:])
        changed = replace(AUDITS[0], organisation=replace(AUDITS[0].organisation, vulnerabilities=gaps))
        expected = OverDisclosure(rule, H, C, (H1,))
        assert over_disclosures(after(*told), (changed, *AUDITS[1:])) == (expected,)


def test_nothing_is_to_be_mended_in_a_matter_that_is_over():
    assert found(*met(), aloud(H, PRIVATE, H, C), event(Act.ENDED)) == []
