"""Nobody's single answer can be worked out, by whoever reads all figures of all check-ins."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lichen.scales import FIVE_STEPS
from lichen.small_groups import Bound, Reason, Round, Showing, figure_of, opened_rounds
from tests.core.attack import by_the_rule, only_five, solved, to_whole_steps, worked_out

BINARY = range(1, 3)
"""The fewer answers there are, the easier they are to work out."""


def of(group: str, names: str) -> frozenset[tuple[str, str]]:
    return frozenset((group, name) for name in names)


def round_of(people, answer=3, **more) -> Round:
    return Round(dict.fromkeys(sorted(people), answer), **more)


def figures(*rounds: Round, groups=("a",)):
    return [figure_of(each, groups) for each in opened_rounds(rounds, FIVE_STEPS)]


FIVE, SIX = of("a", "12345"), of("a", "123456")
ATTACKS = {
    "a newcomer": [(FIVE, False), (SIX, False)],
    "a leaver": [(SIX, False), (FIVE, False)],
    "everybody less one partner's people": [(FIVE | of("b", "1"), False)],
    "one for another": [(FIVE, False), (of("a", "12346"), False)],
    "all alike": [(FIVE, False)],
    "four of the five under their names later": [(FIVE, False), (of("a", "1234"), True)],
    "three figures": [(FIVE, False), (of("a", "6789x"), False), (of("a", "123456789xy"), False)],
}


@pytest.mark.parametrize("took", ATTACKS.values(), ids=ATTACKS)
def test_no_answer_is_worked_out_from_all_figures(took):
    assert worked_out(took, by_the_rule, BINARY, 5) == set()


@pytest.mark.parametrize("name", sorted({*ATTACKS} - {"four of the five under their names later"}))
@pytest.mark.parametrize("rule", [only_five, to_whole_steps])
def test_five_answers_alone_protect_nobody(name, rule):
    """The same attack, so that the test above can fail; rounding to a tenth does not help either."""
    assert worked_out(ATTACKS[name], rule, BINARY, 5) != set()


def test_no_answer_on_a_scale_of_three_is_worked_out():
    assert worked_out(ATTACKS["a newcomer"], by_the_rule, range(1, 4), 5) == set()
    assert worked_out(ATTACKS["a newcomer"], only_five, range(1, 4), 5) != set()


people = st.frozensets(st.tuples(st.sampled_from("ab"), st.sampled_from("1234")), max_size=8)
took_part = st.lists(st.tuples(people, st.booleans()), min_size=1, max_size=4)


@given(took_part)
@settings(max_examples=60, deadline=None)
def test_whoever_takes_part_when_no_answer_is_worked_out(took):
    """All answers of all people are tried; circles of three take the place of those of five."""
    assert worked_out(took, by_the_rule, BINARY, 3) == set()


@pytest.mark.long
@given(took_part)
@settings(max_examples=1_000, deadline=None)
def test_no_answer_is_worked_out_from_thousands_of_alliances(took):
    assert worked_out(took, by_the_rule, BINARY, 3) == set()


@given(st.lists(st.tuples(st.frozensets(st.tuples(st.sampled_from("abc"), st.sampled_from("123456"))), st.just(False))))
@settings(max_examples=60, deadline=None)
def test_no_sum_of_figures_is_one_answer(took):
    assert solved(took[:6], 5) == set()


@given(took_part, took_part)
@settings(max_examples=40, deadline=None)
def test_what_was_shown_never_depends_on_what_comes_later(before, later):
    rounds = [round_of(members, is_attributed=attributed, fewest=3) for members, attributed in (*before, *later)]

    assert opened_rounds(rounds, FIVE_STEPS)[: len(before)] == opened_rounds(rounds[: len(before)], FIVE_STEPS)


@given(st.lists(st.integers(1, 5), min_size=5, max_size=5), st.lists(st.integers(1, 5), min_size=5, max_size=5))
def test_what_is_held_back_never_depends_on_the_answers(one, other):
    names = sorted(SIX)
    held_back = [
        [
            (each.showing, each.reason, each.counted)
            for each in figures(
                Round(dict(zip(names, said, strict=False))), Round(dict(zip(names[1:], said, strict=False)))
            )
        ]
        for said in (one, other)
    ]

    assert held_back[0] == held_back[1]


@pytest.mark.parametrize(
    ("rounds", "showing", "reason"),
    [
        ([round_of(FIVE)], Showing.SHOWN, Reason.ENOUGH),
        ([round_of(of("a", "1234"))], Showing.WITHHELD, Reason.TOO_FEW),
        ([round_of(of("b", "12345"))], Showing.WITHHELD, Reason.NOBODY),
        ([round_of(of("a", "1"), is_attributed=True)], Showing.ATTRIBUTED, Reason.ANNOUNCED),
        ([round_of(SIX), round_of(FIVE)], Showing.WITHHELD, Reason.SUBTRACTABLE),
        ([round_of(FIVE), round_of(of("a", "12"), is_attributed=True)], Showing.WITHHELD, Reason.PROMISED),
        ([round_of(of("a", "1"), is_attributed=True), round_of(FIVE)], Showing.WITHHELD, Reason.SUBTRACTABLE),
    ],
)
def test_each_figure_says_why_it_is_shown_or_not(rounds, showing, reason):
    last = figures(*rounds)[-1]

    assert (last.showing, last.reason) == (showing, reason)


def test_a_newcomer_waits_until_five_stand_together():
    ten = [round_of(FIVE), round_of(SIX), round_of(of("a", "1234567890"))]

    assert [(each.answered, each.counted) for each in figures(*ten)] == [(5, 5), (6, 5), (10, 10)]


def test_ten_people_stand_in_two_circles_so_that_one_who_is_ill_spoils_only_one():
    ten, nine = of("a", "1234567890"), of("a", "123456789")

    assert [each.counted for each in figures(round_of(ten), round_of(nine))] == [10, 5]


def test_people_of_small_partners_are_only_shown_together():
    [opened] = opened_rounds([round_of(of("a", "123") | of("b", "12"), 4)], FIVE_STEPS)

    assert figure_of(opened, ("a",)).showing is Showing.WITHHELD
    assert figure_of(opened, ("a", "b")).mean == 4


@pytest.mark.parametrize(("answer", "mean", "bound"), [(5, 4.0, Bound.MORE), (1, 2.0, Bound.LESS), (3, 3.0, None)])
def test_a_mean_near_the_end_of_the_scale_is_shown_as_a_bound(answer, mean, bound):
    [figure] = figures(round_of(FIVE, answer))

    assert (figure.mean, figure.bound) == (mean, bound)


@pytest.mark.parametrize("steps", [BINARY, range(1, 4), FIVE_STEPS], ids=["two steps", "three", "five"])
def test_who_knows_their_own_answer_knows_no_others(steps):
    first, *others = sorted(FIVE)
    seen: dict[tuple[object, ...], set[tuple[int, ...]]] = {}
    for own, *said in product(steps, repeat=5):
        [opened] = opened_rounds([Round({first: own} | dict(zip(others, said, strict=True)))], steps)
        figure = figure_of(opened, ("a",))
        seen.setdefault((own, figure.mean, figure.bound), set()).add(tuple(said))

    assert [each for each, possible in seen.items() for place in zip(*possible, strict=True) if len({*place}) < 2] == []
