"""What may be shown of people's answers, so that nobody's single answer can be worked out: the rule, once.

Whoever answers one question about one partner stands, for good, in one of three ways:

- **named**: answered in a check-in that was announced as attributed, so that the answer is shown under its name;
- **in a circle** of five or more who first answered together without names;
- **not yet in either**, where fewer than five stand together: then the answer waits.

A figure without names is the total of whole circles, and of nothing else. So in every figure that was ever shown, in
whatever check-in, each answer stands together with the same four or more others: exchange two of them, and no figure
changes. Nothing can be subtracted that would leave fewer than a circle. A total near the least or the most that it
could be is shown only as "so much or less", "or more": whoever knows one's own answer could else tell that all others
gave the lowest, or the highest.

A circle of which somebody is missing is left out, and so is who came too late for it. Who once answered without
a name is not shown with one later, and who was named is not counted into a circle. What is held back follows from who
answered and never from what, so that holding back tells nothing.

The rule keeps the answers from whoever reads all figures of all check-ins. It cannot keep them from four people of
a circle of five who put their own answers together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum

__all__ = [
    "Answerer",
    "Bound",
    "Circle",
    "Figure",
    "Opened",
    "Reason",
    "Round",
    "Showing",
    "figure_of",
    "opened_rounds",
    "within_bounds",
]

Answerer = tuple[str, str]
"""The partner who answers, and the person; an empty person is the partner as a whole."""


class Showing(StrEnum):
    """How a figure is shown."""

    SHOWN = "shown"
    """Without names."""
    ATTRIBUTED = "attributed"
    """Each answer under its name, as was announced."""
    WITHHELD = "withheld"


class Reason(StrEnum):
    """Why a figure is shown as it is."""

    ENOUGH = "enough"
    """Shown: five or more stand together in it, and always stood together."""
    ANNOUNCED = "announced"
    """Attributed: all were told before they answered."""
    SEALED = "sealed"
    """Withheld: the answers have not been laid open."""
    NOBODY = "nobody"
    """Withheld: there is no answer."""
    TOO_FEW = "too-few"
    """Withheld: fewer answered than may be shown without names."""
    SUBTRACTABLE = "subtractable"
    """Withheld: others answered than before, so that an answer could be found by subtracting."""
    PROMISED = "promised"
    """Withheld: those who answered did so without names before, and that holds."""


class Bound(StrEnum):
    """Which way the true mean may lie from the one that is shown."""

    MORE = "or-more"
    LESS = "or-less"
    EITHER = "about"


@dataclass(frozen=True, slots=True)
class Round:
    """All answers to one question about one partner in one check-in."""

    answers: Mapping[Answerer, int]
    """What each answered."""
    is_attributed: bool = False
    """Whether all were told beforehand that their answers are shown under their names."""
    fewest: int = 5
    """From so many on, answers may be shown without names."""


@dataclass(frozen=True, slots=True)
class Circle:
    """Answers that are only ever shown together."""

    group: str
    """Id of the partner to which all of them belong; empty where they belong to several."""
    size: int
    """How many."""
    total: int
    """Their sum, as many steps within the least and the most that it could be as the scale has."""
    bound: Bound | None
    """Whether the true sum may lie further out."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What may be shown of a round."""

    round: Round
    """The round."""
    circles: tuple[Circle, ...]
    """The circles of which nobody is missing."""
    named: Mapping[Answerer, int]
    """The answers that are shown under their names."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what is shown of it, and why no more."""

    showing: Showing
    """Without names, with them, or not at all."""
    reason: Reason
    """Why."""
    answered: int = 0
    """How many answers there are."""
    counted: int = 0
    """How many of them the mean is over."""
    mean: float | None = None
    """The mean; None is withheld."""
    bound: Bound | None = None
    """Which way the true mean may lie; None: it is the one shown."""
    named: tuple[tuple[Answerer, int], ...] = ()
    """The answers one by one, where they are attributed."""


def opened_rounds(rounds: Iterable[Round], steps: range) -> tuple[Opened, ...]:
    """What may be shown of each round of one question about one partner.

    Args:
        rounds: In the order in which they were laid open; what is shown of one never depends on a later one.
        steps: The scale.

    Source:
        Ours. Below five, answers are known to be guessable, as an audit by a small team is (``attributed``).

    Example:
        >>> five = {("a", name): 3 for name in "klmno"}
        >>> opened = opened_rounds([Round(five), Round({**five, ("a", "p"): 5})], range(1, 6))
        >>> [[(circle.size, circle.total) for circle in each.circles] for each in opened]
        [[(5, 15)], [(5, 15)]]
    """
    circles: list[frozenset[Answerer]] = []
    named: set[Answerer] = set()
    opened = []
    for each in rounds:
        promised = {who for circle in circles for who in circle}
        if each.is_attributed:
            shown = {who: answer for who, answer in each.answers.items() if who not in promised}
            named |= shown.keys()
            opened.append(Opened(each, (), shown))
        else:
            circles += _new_circles(each.answers.keys() - promised - named, each.fewest)
            whole = (circle for circle in circles if circle <= each.answers.keys())
            opened.append(Opened(each, tuple(_circle(circle, each.answers, steps) for circle in whole), {}))
    return tuple(opened)


def figure_of(opened: Opened, groups: Collection[str]) -> Figure:
    """The figure for the answers of some partners' people, from what may be shown of the round.

    Args:
        opened: What may be shown of the round.
        groups: Ids of the partners; a circle of people of several is counted where all partners are asked for.

    Example:
        >>> [alone] = opened_rounds([Round({("a", ""): 4}, is_attributed=True)], range(1, 6))
        >>> figure = figure_of(alone, ["a"])
        >>> figure.showing.value, figure.reason.value, figure.mean
        ('attributed', 'announced', 4.0)
    """
    everybody = {group for group, person in opened.round.answers} <= {*groups}
    answered = sum(group in groups for group, person in opened.round.answers)
    named = tuple((who, answer) for who, answer in opened.named.items() if who[0] in groups)
    circles = [each for each in opened.circles if each.group in groups or (everybody and not each.group)]
    counted = len(named) + sum(each.size for each in circles)
    if not counted:
        return Figure(Showing.WITHHELD, _why_withheld(opened.round, answered), answered)
    mean = fsum((*(answer for who, answer in named), *(each.total for each in circles))) / counted
    if named:
        return Figure(Showing.ATTRIBUTED, Reason.ANNOUNCED, answered, counted, mean, None, named)
    return Figure(Showing.SHOWN, Reason.ENOUGH, answered, counted, mean, _bound(circles))


def within_bounds(total: int, answers: int, steps: range) -> tuple[int, Bound | None]:
    """A total, as far within its least and most as the scale has steps, and whether the true one may lie further out.

    Whoever knows one's own answer knows the sum of the others'. Were it shown any nearer to an end, that sum could be
    one which only everybody's lowest or highest answer makes.

    Args:
        total: The sum of the answers.
        answers: How many there are.
        steps: The scale.

    Example:
        >>> within_bounds(24, 5, range(1, 6)), within_bounds(17, 5, range(1, 6))
        ((20, <Bound.MORE: 'or-more'>), (17, None))
    """
    least, most = answers * steps[0] + len(steps), answers * steps[-1] - len(steps)
    shown = min(max(total, least), most)
    return shown, Bound.LESS if shown == least else Bound.MORE if shown == most else None


def _new_circles(free: Collection[Answerer], fewest: int) -> Iterator[frozenset[Answerer]]:
    """Circles of one partner's people where it has enough of them; the others' people together, if they are enough."""
    left: list[Answerer] = []
    for group in sorted({group for group, person in free}):
        people = sorted(who for who in free if who[0] == group)
        if len(people) < fewest:
            left += people
        else:
            yield from _parted(people, fewest)
    yield from _parted(left, fewest)


def _parted(people: Sequence[Answerer], fewest: int) -> Iterator[frozenset[Answerer]]:
    """As many circles as there can be: the smaller they are, the fewer are spoilt when somebody is missing."""
    number = len(people) // fewest
    return (frozenset(people[place::number]) for place in range(number))


def _circle(members: frozenset[Answerer], answers: Mapping[Answerer, int], steps: range) -> Circle:
    groups = {group for group, person in members}
    total, bound = within_bounds(sum(answers[who] for who in members), len(members), steps)
    return Circle(groups.pop() if len(groups) == 1 else "", len(members), total, bound)


def _bound(circles: Iterable[Circle]) -> Bound | None:
    bounds = {each.bound for each in circles} - {None}
    return bounds.pop() if len(bounds) == 1 else Bound.EITHER if bounds else None


def _why_withheld(round: Round, answered: int) -> Reason:
    if not answered:
        return Reason.NOBODY
    if round.is_attributed:
        return Reason.PROMISED
    return Reason.TOO_FEW if answered < round.fewest else Reason.SUBTRACTABLE
