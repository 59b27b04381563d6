from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lichen.disclosure.checks import disclosure_problems
from lichen.disclosure.values import Act, Conversation, DisclosureEvent, DisclosureRules, Matter, Reception, Said
from lichen.errors import InputError
from tests.core.disclosure.seated import AUDITS, FIRST_DAY, HIGH, MATERIAL, STRANGER
from tests.core.disclosure.told import (
    H1,
    H2,
    TODAY,
    C,
    F,
    H,
    agreed,
    aloud,
    disclosed,
    event,
    matter,
    met,
    open_codes,
    yes,
)  # fmt: skip


def told(*matters, audits=AUDITS):
    return [(problem.place, problem.what) for problem in disclosure_problems(matters, audits)]


def test_matter_that_keeps_the_rules_has_no_problem():
    assert told(matter(*open_codes(), disclosed(H, H1)), replace(matter(), id="others", parties=(F, STRANGER))) == []


def test_every_broken_rule_is_told_at_once_with_its_place():
    wrong = matter(yes(H), disclosed(H, H1), yes(C), agreed(H, HIGH), event(Act.MONEY, H))
    assert told(wrong) == [
        ("matters, item 1, events, item 2", "the rule consent-of-both stands against this"),
        ("matters, item 1, events, item 4", "the rule high-sensitivity stands against this"),
        ("matters, item 1, events, item 5", "the rule material-facts-first stands against this"),
    ]


def test_problem_that_rests_on_an_audit_says_what_to_do_if_the_audit_changed():
    rights = [problem.right for problem in disclosure_problems([matter(*met(), agreed(H, HIGH), agreed(H))], AUDITS)]
    assert ["audited_on" in right for right in rights] == [True, False]


def test_what_breaks_a_rule_changes_nothing_for_what_follows():
    wrong = matter(*open_codes(), disclosed(H, H2), disclosed(H, H1))
    assert [place for place, _what in told(wrong)] == ["matters, item 1, events, item 6"]


def test_unknown_parties_and_codes_are_told():
    lost = matter(aloud(H, "trust.of-my-cat", H, C), parties=(H, C, "nobody"))
    assert told(lost) == [
        ("matters, item 1, parties", "a party is no partner of the alliance"),
        ("matters, item 1, events, item 1", "an item has an unknown code"),
    ]


def test_newcomer_has_to_be_a_partner():
    joined = [event(Act.CONSENTED, H, "nobody"), event(Act.CONSENTED, C, "nobody"), event(Act.JOINED, "nobody")]
    assert told(matter(*joined)) == [("matters, item 1, parties", "a party is no partner of the alliance")]


def test_two_matters_of_the_same_two_at_the_same_time_are_told():
    second = replace(matter(parties=(C, H, F)), id="again", opened_on=TODAY)
    assert told(matter(), second) == [
        ("matters, item 2, parties", "two of its parties have another matter open at the same time")
    ]
    assert told(matter(*met(), event(Act.ENDED)), second) == []
    assert told(matter(), replace(second, parties=(C, F))) == []


def test_ids_of_matters_differ():
    assert told(matter(), replace(matter(), parties=(F, STRANGER)))[0] == (
        "matters, item 2, id", "a matter before it has this id, too",
    )  # fmt: skip


def test_no_problem_bears_a_confession():
    wrong = matter(*met(), disclosed(H, MATERIAL), agreed(H, HIGH), disclosed(H, H1))
    said = " ".join(str(problem) for problem in disclosure_problems([wrong], AUDITS))
    assert [word for word in ("confession", HIGH, H1, MATERIAL, "Brigid") if word in said] == []


# The values refuse what cannot be meant


@pytest.mark.parametrize(
    ("what", "given", "columns"),
    [
        (Act.SAID_YES, {}, ["by"]),
        (Act.SAID_YES, {"to": C}, ["by"]),
        (Act.DISCLOSED, {"by": H}, ["code"]),
        (Act.DISCLOSED, {}, ["by", "code"]),
        (Act.ANSWERED, {"by": H, "code": H1}, ["relevance"]),
        (Act.JUDGED, {"by": H}, ["received"]),
        (Act.EXPLOITED, {"by": H}, ["to"]),
        (Act.TALKED, {}, ["conversation"]),
    ],
)
def test_event_tells_all_that_is_missing(what, given, columns):
    with pytest.raises(InputError) as refusal:
        DisclosureEvent(TODAY, what, **given)
    assert [problem.column for problem in refusal.value.problems] == columns


def test_conversation_needs_two_and_those_who_spoke():
    with pytest.raises(InputError) as refusal:
        Conversation((H,), (Said(C, H1),))
    assert [problem.column for problem in refusal.value.problems] == ["present", "said"]


@pytest.mark.parametrize("parties", [(H,), (H, H), (H, ""), (H, "everyone")])
def test_matter_needs_two_parties_with_ids(parties):
    with pytest.raises(InputError) as refusal:
        Matter("talks", parties, FIRST_DAY)
    assert {problem.column for problem in refusal.value.problems} == {"parties"}


def test_limits_are_not_too_small():
    with pytest.raises(InputError) as refusal:
        DisclosureRules(before_pilot=0, codes_a_quarter=0, gaps=-1, hours=float("nan"))
    columns = ["before_pilot", "codes_a_quarter", "gaps", "hours"]
    assert [problem.column for problem in refusal.value.problems] == columns


def test_conversations_of_a_matter_are_those_among_its_events():
    talk = aloud(H, H1, H, C)
    assert matter(*met(), talk).conversations == (talk.conversation,)
    assert date(2026, 10, 2) == TODAY
    assert str(Reception.WELL_RECEIVED) == "well received"
