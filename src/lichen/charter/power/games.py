"""Voting games: who, joined together, carries a decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import islice
from math import ceil, floor
from operator import and_, or_
from typing import TypeVar

from lichen.errors import InputError, Problem
from lichen.language import _

__all__ = [
    "MOST_PLAYERS",
    "AllOf",
    "AnyOf",
    "Rule",
    "VotingGame",
    "WeightedGame",
    "decided",
    "head_count",
    "leaves",
    "quota_of",
]

Verdict = TypeVar("Verdict")
"""What is known of a game: whether it is won, or in how many cases, as an array."""

MOST_PLAYERS = 10_000
"""So many may vote in a game."""
_MOST_GAMES = 1_000
_MOST_DIGITS = 1_000
_TOLD = 100
_LARGEST = 10**_MOST_DIGITS


@dataclass(frozen=True, slots=True)
class WeightedGame:
    """Those win together whose weights add up to the quota or more.

    Raises:
        InputError: There is nobody, a weight is not a whole number of 0 or more, or the quota is not from 1 to the sum
            of the weights; bears all of it.

    Example:
        >>> WeightedGame(51, (50, 49, 1)).total
        100
    """

    quota: int
    """From 1 to the sum of the weights."""
    weights: tuple[int, ...]
    """One a player, in order: whole numbers of 0 or more, of any size."""

    def __post_init__(self) -> None:
        problems = [*_quota_problems(self.quota), *islice(_weight_problems(self.weights), _TOLD)]
        problems = problems or list(_reach_problems(self))
        if problems:
            raise InputError(problems)

    @property
    def players(self) -> int:
        """How many players there are."""
        return len(self.weights)

    @property
    def total(self) -> int:
        """The sum of the weights."""
        return sum(self.weights)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Those win together who win in every one of several games: a conjunction.

    Raises:
        InputError: There is no game, or they have not the same number of players.
    """

    games: tuple[Rule, ...]
    """The games, of the same players."""

    def __post_init__(self) -> None:
        _check_parts(self.games)

    @property
    def players(self) -> int:
        """How many players there are."""
        return self.games[0].players


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Those win together who win in at least one of several games: a disjunction.

    Raises:
        InputError: There is no game, or they have not the same number of players.
    """

    games: tuple[Rule, ...]
    """The games, of the same players."""

    def __post_init__(self) -> None:
        _check_parts(self.games)

    @property
    def players(self) -> int:
        """How many players there are."""
        return self.games[0].players


Rule = WeightedGame | AllOf | AnyOf
"""A weighted game, or conjunctions and disjunctions of them in any depth."""


@dataclass(frozen=True, slots=True)
class VotingGame:
    """A rule, the names of those who vote by it, and who must agree besides.

    Raises:
        InputError: The names are not one for each player, a name stands twice, or a veto is of nobody among them;
            bears all of it.

    Example:
        >>> VotingGame(WeightedGame(51, (50, 49, 1)), vetoes=("3",)).names
        ('1', '2', '3')
    """

    rule: Rule
    """What carries a decision."""
    names: tuple[str, ...] = ()
    """One a player, in order; without any they are called 1, 2, 3 and so on."""
    vetoes: tuple[str, ...] = ()
    """Names of players without whom nothing is carried, whatever the rule says."""

    def __post_init__(self) -> None:
        if not self.names:
            object.__setattr__(self, "names", tuple(map(str, range(1, self.rule.players + 1))))
        problems = list(islice(self._problems(), _TOLD))
        if problems:
            raise InputError(problems)

    @property
    def players(self) -> int:
        """How many players there are."""
        return self.rule.players

    @property
    def veto_places(self) -> frozenset[int]:
        """The places of those who have a declared veto; 0 is the first player."""
        named = set(self.vetoes)
        return frozenset(place for place, name in enumerate(self.names) if name in named)

    def _problems(self) -> Iterator[Problem]:
        if len(self.names) != self.players:
            right = _("{number} names").format(number=self.players)
            yield Problem(_("the names are not one for each player"), right, column="names")
        for name, times in Counter(self.names).items():
            if times > 1 or not name.strip():
                yield Problem(_("a name is empty or stands twice"), _("a name of its own for each"), column="names")
        known = set(self.names)
        for place, name in enumerate(self.vetoes, 1):
            if name not in known:
                right = _("the name of a player")
                yield Problem(_("nobody among the players has this name"), right, row=place, column="vetoes")


def head_count(needed: int, players: int) -> WeightedGame:
    """So many of the players, whoever they are.

    Args:
        needed: How many must agree.
        players: How many there are.

    Raises:
        InputError: ``needed`` is not from 1 to ``players``.

    Example:
        >>> head_count(2, 3)
        WeightedGame(quota=2, weights=(1, 1, 1))
    """
    return WeightedGame(needed, (1,) * players)


def quota_of(threshold: Fraction, total: int, *, strictly_more: bool) -> int:
    """The least weight that carries a decision under a threshold.

    Args:
        threshold: The share of all weight that is needed, from 0 to 1.
        total: All weight.
        strictly_more: Whether more than that share is needed; False: the share itself is enough.

    Example:
        >>> quota_of(Fraction(1, 2), 9, strictly_more=True), quota_of(Fraction(2, 3), 9, strictly_more=False)
        (5, 6)
    """
    return floor(threshold * total) + 1 if strictly_more else ceil(threshold * total)


def leaves(rule: Rule) -> tuple[WeightedGame, ...]:
    """The weighted games that a rule is made of, each once, in order."""
    if isinstance(rule, WeightedGame):
        return (rule,)
    return tuple(dict.fromkeys(leaf for game in rule.games for leaf in leaves(game)))


def decided(
    rule: Rule,
    verdict: Callable[[WeightedGame], Verdict],
    all_of: Callable[[Verdict, Verdict], Verdict] = and_,
    any_of: Callable[[Verdict, Verdict], Verdict] = or_,
) -> Verdict:
    """What holds of the whole, from what holds of each weighted game in it.

    Args:
        rule: The rule.
        verdict: What holds of a weighted game: whether it is won, or an array of such answers.
        all_of: What holds of a conjunction of two; for truth values, that both are won.
        any_of: What holds of a disjunction of two.

    Example:
        >>> game = WeightedGame(2, (2, 1))
        >>> decided(AnyOf((game, head_count(2, 2))), lambda leaf: leaf.weights[0] >= leaf.quota)
        True
    """
    if isinstance(rule, WeightedGame):
        return verdict(rule)
    parts = (decided(game, verdict, all_of, any_of) for game in rule.games)
    return reduce(all_of if isinstance(rule, AllOf) else any_of, parts)


def _weight_problems(weights: Sequence[int]) -> Iterator[Problem]:
    if not 1 <= len(weights) <= MOST_PLAYERS:
        right = _("from 1 to {most:,} weights").format(most=MOST_PLAYERS)
        yield Problem(_("there are no players, or too many"), right, column="weights")
        return
    for place, weight in enumerate(weights, 1):
        if not _is_whole(weight) or not 0 <= weight < _LARGEST:
            right = _("a whole number of 0 or more, of at most {digits:,} digits").format(digits=_MOST_DIGITS)
            yield Problem(_("this is not a weight"), right, row=place, column="weights")


def _quota_problems(quota: int) -> Iterator[Problem]:
    if not _is_whole(quota):
        yield Problem(_("this is not a whole number"), _("a whole number of 1 or more"), column="quota")
    elif quota < 1:
        yield Problem(_("with this quota everything would pass"), _("1 or more"), column="quota")


def _reach_problems(game: WeightedGame) -> Iterator[Problem]:
    if game.quota > game.total:
        right = _("no more than the sum of the weights")
        yield Problem(_("with this quota nothing could ever pass"), right, column="quota")


def _is_whole(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool)


def _check_parts(games: Sequence[Rule]) -> None:
    if not 1 <= len(games) <= _MOST_GAMES:
        raise InputError(Problem(_("there are no games to join, or too many"), _("one or more"), column="games"))
    if len({game.players for game in games}) > 1:
        what = _("the games have not the same number of players")
        raise InputError(Problem(what, _("one weight a player in each"), column="games"))
