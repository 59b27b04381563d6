"""What the same two saw of each other counts over all their matters, and a freeze binds them in every later one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lichen.charter.agreement.openings import opened_pairs
from lichen.disclosure import acts
from lichen.disclosure.checks import disclosure_problems
from lichen.disclosure.excess import over_disclosures
from lichen.disclosure.history import history
from lichen.disclosure.proposing import next_disclosure
from lichen.disclosure.replay import record_event, replay_all, state_of
from lichen.disclosure.sight import Sight, visible
from lichen.disclosure.state import MatterState, Rung
from lichen.disclosure.values import Act, DisclosureEvent, Matter, Reception
from lichen.errors import NotAllowed
from lichen.scales import Relevance
from tests.core.disclosure.seated import AUDITS, MATERIAL, PLAIN, UNASKED
from tests.core.disclosure.told import (
    C1,
    H1,
    H2,
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
)  # fmt: skip

Y1, Y2 = PLAIN[Y][:2]
ENDED = event(Act.ENDED)
EXPLOITED = event(Act.EXPLOITED, H, C)


def again(*events: DisclosureEvent, parties: tuple[str, ...] = (H, C), on: date = TODAY) -> Matter:
    """The next matter, begun on the day on which the one before it ended."""
    return replace(matter(*events, parties=parties), id="again", opened_on=on)


def places(*matters: Matter) -> list[tuple[str, str]]:
    return [(problem.place, problem.what.split()[2]) for problem in disclosure_problems(matters, AUDITS)]


def last(*matters: Matter) -> MatterState:
    return replay_all(matters, AUDITS)[-1].state


def refused(event: DisclosureEvent, latest: Matter, *earlier: Matter) -> str:
    with pytest.raises(NotAllowed) as refusal:
        record_event(latest, AUDITS, event, earlier=earlier)
    return refusal.value.rule


# What was seen counts on


def test_fourth_code_before_a_pilot_is_refused_in_the_next_matter_too():
    first, second = matter(*open_codes(), ENDED), again(*met())
    assert refused(agreed(H, H4), second, first) == "top-three"
    assert places(first, replace(second, events=(*met(), agreed(H, H4)))) == [
        ("matters, item 2, events, item 3", "top-three")
    ]


def test_known_codes_may_be_agreed_to_again_and_open_nothing_before_that():
    first, second = matter(*open_codes(), ENDED), again(*met())
    assert last(first, second).open_codes(H, C) == ()
    assert places(first, again(*open_codes())) == []
    assert last(first, again(*open_codes())).seen(H, C) == {*PLAIN[H][:3]}


def test_place_in_the_file_does_not_make_a_matter_the_first():
    first, second = matter(*open_codes(), ENDED), again(*met(), agreed(H, H4))
    assert places(second, first) == [("matters, item 1, events, item 3", "top-three")]


def test_tally_of_what_was_told_goes_on():
    first, second = matter(*open_codes(), disclosed(H, H1), ENDED), again(*open_codes())
    assert refused(disclosed(H, H2), second, first) == "one-item-ahead"
    answered = again(*open_codes(), disclosed(C, C1))
    assert record_event(answered, AUDITS, disclosed(H, H2), earlier=[first]).events[-1] == disclosed(H, H2)


def test_acts_count_what_came_before():
    told, frozen = matter(*open_codes(), disclosed(H, H1), ENDED), matter(*open_codes(), EXPLOITED)
    agreed_again = acts.agree_to_codes(again(*met()), AUDITS, by=H, on=TODAY, earlier=[told])
    assert agreed_again.events[-1].codes == PLAIN[H][:3]
    with pytest.raises(NotAllowed, match="ahead"):
        acts.disclose_vulnerability(again(*open_codes()), AUDITS, by=H, code=H2, on=TODAY, earlier=[told])
    with pytest.raises(NotAllowed, match="Exploitation"):
        acts.say_yes(again(), AUDITS, by=C, on=TODAY, earlier=[frozen])


def test_cold_trial_is_not_forgotten():
    tried = (*met(Y, C), agreed(Y, Y1), agreed(C, C1), event(Act.TRIED, Y, C, Y1))
    cold = event(Act.JUDGED, Y, C, received=Reception.COLDLY_RECEIVED)
    first, second = matter(*tried, cold, ENDED, parties=(Y, C)), again(*met(Y, C), parties=(Y, C))
    assert refused(agreed(Y, Y1), second, first) == "one-item-trial"
    with pytest.raises(NotAllowed, match="tries one item"):
        next_disclosure(second, AUDITS, Y, C, on=TODAY, earlier=[first])
    waiting = matter(*tried, ENDED, parties=(Y, C))
    assert refused(agreed(Y, Y2), second, waiting) == "one-item-trial"
    assert record_event(second, AUDITS, cold, earlier=[waiting]).events[-1] == cold


def test_trial_with_somebody_who_is_not_there_stops_nothing():
    tried = (*met(Y, C), agreed(Y, Y1), agreed(C, C1), event(Act.TRIED, Y, C, Y1), ENDED)
    first, second = matter(*tried, parties=(Y, C)), again(*met(Y, H), parties=(Y, H))
    assert places(first, replace(second, events=(*met(Y, H), agreed(Y, Y2)))) == []


def test_answer_holds_in_the_next_matter_until_another_is_given():
    no = event(Act.ANSWERED, H, C, H1, relevance=Relevance.NO)
    first, second = matter(no, ENDED), again(*met())
    assert refused(agreed(H, H1), second, first) == "relevant-only"
    changed = again(*met(), replace(no, relevance=Relevance.YES))
    assert record_event(changed, AUDITS, agreed(H, H1), earlier=[first]).events[-1] == agreed(H, H1)


def test_material_fact_told_once_is_not_due_again():
    facts = (disclosed(H, MATERIAL), disclosed(C, MATERIAL), ENDED)
    second = again(*met(), event(Act.MONEY, H))
    assert places(matter(*met(), *facts), second) == []
    assert places(matter(*met(), ENDED), second) == [("matters, item 2, events, item 3", "material-facts-first")]


def test_said_aloud_counts_with_what_was_seen_before():
    first = matter(*open_codes(), ENDED)
    found = over_disclosures(last(first, again(*met(), aloud(H, H4, H, C))), AUDITS)
    assert [(each.rule, each.codes) for each in found] == [("top-three", (H4,))]


def test_history_of_a_matter_holds_only_its_own():
    first, second = matter(*open_codes(), ENDED), again(*met())
    assert history(last(first, second)) == history(state_of(second, AUDITS))


def test_what_was_seen_counts_between_the_same_two_alone():
    first = matter(*open_codes(), ENDED)
    second = again(*met(H, F), agreed(H, H4, to=F), parties=(H, C, F))
    assert places(first, second) == []
    assert refused(agreed(H, H4, to=C), again(*met(), parties=(H, C, F)), first) == "top-three"


def test_what_a_newcomer_saw_before_counts():
    first = matter(*open_codes(), ENDED)
    let_in = (event(Act.CONSENTED, H, C), event(Act.CONSENTED, F, C), event(Act.JOINED, C), *met())
    assert refused(agreed(H, H4, to=C), again(*let_in, parties=(H, F)), first) == "top-three"


# A freeze binds


def test_new_matter_of_an_exploited_pair_is_told_with_its_place():
    assert places(matter(*open_codes(), EXPLOITED), again(*met(), aloud(H, UNASKED, H, C))) == [
        ("matters, item 2, parties", "exploited"),
        *((f"matters, item 2, events, item {place}", "exploited") for place in (1, 2, 3)),
    ]


def test_exploited_pair_is_told_even_if_its_new_matter_stands_first_in_the_file():
    ended = matter(*open_codes(), EXPLOITED)
    assert places(again(), ended) == [("matters, item 1, parties", "exploited")]
    same_day = replace(ended, opened_on=TODAY)
    assert places(again(), same_day) == [("matters, item 1, parties", "exploited")]


@pytest.mark.parametrize(("owner", "reader"), [(H, C), (C, H)])
def test_nothing_opens_between_an_exploited_pair_again(owner, reader):
    first, second = matter(*open_codes(), EXPLOITED), again(*open_codes(), disclosed(H, H1))
    state = last(first, second)
    assert (state.rung(owner, reader), visible(state, AUDITS, owner, reader)) == (Rung.NOTHING, Sight())
    assert history(state) == ()
    with pytest.raises(NotAllowed) as refusal:
        next_disclosure(second, AUDITS, owner, reader, on=TODAY, money_moves=True, earlier=[first])
    assert refusal.value.rule == "exploited"
    assert refused(disclosed(owner, MATERIAL), again(), first) == "exploited"


def test_agreement_and_matter_say_the_same_of_an_exploited_pair():
    second = again(*open_codes(), disclosed(H, H1))
    by_name, in_words = opened_pairs([matter(*open_codes(), EXPLOITED), second], AUDITS)
    assert [pair for reader in (H, C) for told in (by_name, in_words) for pair in told.get(reader, ())] == []
    by_name, in_words = opened_pairs([matter(*open_codes(), ENDED), second], AUDITS)
    assert (len(by_name[C]), set(in_words[C])) == (3, {(H, H1)})


def test_freeze_binds_the_two_and_nobody_else_at_a_table_of_three():
    first = matter(*open_codes(), EXPLOITED)
    second = again(*open_codes(H, F), *open_codes(C, F), parties=(H, C, F))
    assert places(first, second) == []
    assert {(grant.owner, grant.reader) for grant in history(last(first, second))} == {(H, F), (F, H), (C, F), (F, C)}
    assert refused(yes(H, C), second, first) == "exploited"
    assert refused(disclosed(H, H1, to="everyone"), second, first) == "exploited"
    assert refused(aloud(H, H1, *second.parties), second, first) == "exploited"
    assert record_event(second, AUDITS, aloud(F, UNASKED, *second.parties), earlier=[first]).events[-1].conversation


def test_freeze_binds_a_newcomer():
    first = matter(*open_codes(), EXPLOITED)
    let_in = (event(Act.CONSENTED, H, C), event(Act.CONSENTED, F, C), event(Act.JOINED, C))
    state = last(first, again(*let_in, parties=(H, F)))
    assert (state.rung(H, C), state.rung(F, C)) == (Rung.NOTHING, Rung.BLIND)
    assert (H, C) not in {(grant.owner, grant.reader) for grant in history(state)}
