"""Shapley–Shubik's and Banzhaf's indices of voting power."""

from __future__ import annotations

from fractions import Fraction

from lichen.charter.power.figures import Figures, banzhaf_figures, counted_swings, shapley_figures
from lichen.charter.power.games import Rule, VotingGame, leaves
from lichen.charter.power.reduction import Reduced, reduced
from lichen.charter.power.values import Method, PlayerPower, Power, PowerIndex, Standing

__all__ = ["banzhaf", "banzhaf_absolute", "shapley_shubik", "voting_power"]


def voting_power(game: VotingGame | Rule, *, seed: int = 0) -> Power:
    """What say each player has, by both indices, and what that amounts to.

    Exact in whole numbers of any size wherever the coalitions can be counted within seconds: weighted games of hundreds
    of players whose weights add up to a hundred thousand and more, any weights where players are few or alike, and
    conjunctions and disjunctions of such games. Elsewhere coalitions are drawn at random.

    Args:
        game: The game; a bare rule is that of players called 1, 2, 3 and so on.
        seed: What random draws come from; the same seed gives the same answer.

    Returns:
        The figures of each player as exact fractions; of a sample, as the fractions that were drawn.

    Source:
        Shapley and Shubik (1954); Penrose (1946) and Banzhaf (1965).

    Example:
        >>> from lichen.charter.power.games import WeightedGame
        >>> found = voting_power(WeightedGame(51, (50, 49, 1)))
        >>> [str(player.shapley_shubik) for player in found.players], [str(player.banzhaf) for player in found.players]
        (['2/3', '1/6', '1/6'], ['3/5', '1/5', '1/5'])
        >>> found.named(Standing.UNINTENDED_VETO), found.method.value
        (('1',), 'exact')
    """
    whole = _named(game)
    small = reduced(whole)
    counted = counted_swings(small, is_sized=True)
    shapley = shapley_figures(small, counted, seed)
    figures = (shapley, *banzhaf_figures(small, counted or counted_swings(small, is_sized=False), seed))
    errors = [each.error for each in figures if each.error is not None]
    columns = (_spread(small, whole.players, each) for each in figures)
    weights = zip(*(leaf.weights for leaf in leaves(whole.rule)), strict=True)
    players = zip(whole.names, weights, *columns, _standings(whole, small, shapley), strict=True)
    return Power(
        tuple(PlayerPower(*each) for each in players),
        Method.SAMPLED if errors else Method.EXACT,
        max(errors, default=None),
    )


def shapley_shubik(game: VotingGame | Rule, *, seed: int = 0) -> PowerIndex:
    """Shapley–Shubik's index: in what share of all orders each is the one that makes those before it win.

    Args:
        game: The game.
        seed: What random draws come from, where it is out of reach to count.

    Returns:
        One value a player, from 0 to 1; together they are one.

    Source:
        Shapley and Shubik (1954), A method for evaluating the distribution of power in a committee system.

    Example:
        >>> from lichen.charter.power.games import WeightedGame
        >>> [str(value) for value in shapley_shubik(WeightedGame(4, (3, 2, 1, 1))).values]
        ['1/2', '1/6', '1/6', '1/6']
    """
    whole = _named(game)
    small = reduced(whole)
    return _index(whole, small, shapley_figures(small, counted_swings(small, is_sized=True), seed))


def banzhaf(game: VotingGame | Rule, *, seed: int = 0) -> PowerIndex:
    """Banzhaf's normalised index: each one's share of all swings.

    Args:
        game: The game.
        seed: What random draws come from, where it is out of reach to count.

    Returns:
        One value a player, from 0 to 1; together they are one.

    Source:
        Banzhaf (1965), Weighted voting doesn't work.

    Example:
        >>> from lichen.charter.power.games import WeightedGame
        >>> [str(value) for value in banzhaf(WeightedGame(12, (4, 4, 4, 2, 2, 1))).values]
        ['5/21', '5/21', '5/21', '1/7', '1/7', '0']
    """
    whole = _named(game)
    small = reduced(whole)
    return _index(whole, small, banzhaf_figures(small, counted_swings(small, is_sized=False), seed)[0])


def banzhaf_absolute(game: VotingGame | Rule, *, seed: int = 0) -> PowerIndex:
    """Banzhaf's absolute index: in what share of the coalitions of the others each decides.

    Args:
        game: The game.
        seed: What random draws come from, where it is out of reach to count.

    Returns:
        One value a player, from 0 to 1.

    Source:
        Penrose (1946), The elementary statistics of majority voting; Dubey and Shapley (1979).

    Example:
        >>> from lichen.charter.power.games import WeightedGame
        >>> [str(value) for value in banzhaf_absolute(WeightedGame(51, (50, 49, 1))).values]
        ['3/4', '1/4', '1/4']
    """
    whole = _named(game)
    small = reduced(whole)
    return _index(whole, small, banzhaf_figures(small, counted_swings(small, is_sized=False), seed)[1])


def _named(game: VotingGame | Rule) -> VotingGame:
    return game if isinstance(game, VotingGame) else VotingGame(game)


def _index(whole: VotingGame, game: Reduced, figures: Figures) -> PowerIndex:
    method = Method.EXACT if figures.error is None else Method.SAMPLED
    return PowerIndex(_spread(game, whole.players, figures), method, figures.error)


def _spread(game: Reduced, players: int, figures: Figures) -> tuple[Fraction, ...]:
    """Each player's value, in the order of the whole game."""
    found = dict.fromkeys(range(players), Fraction(0)) | dict.fromkeys(game.vetoes, figures.values[-1])
    for kind, value in zip(game.kinds, figures.values, strict=False):
        found |= dict.fromkeys(kind.places, value)
    return tuple(found.values())


def _standings(whole: VotingGame, game: Reduced, shapley: Figures) -> tuple[Standing, ...]:
    """What each player amounts to; a sample that never saw a player decide does not prove it powerless."""
    found = dict.fromkeys(range(whole.players), Standing.POWERLESS)
    for kind, value in zip(game.kinds, shapley.values, strict=False):
        if value or shapley.error is not None:
            found |= dict.fromkeys(kind.places, Standing.ORDINARY)
    found |= dict.fromkeys(game.vetoes, Standing.UNINTENDED_VETO) | dict.fromkeys(whole.veto_places, Standing.VETO)
    if not game.kinds and len(game.vetoes) == 1:
        found |= dict.fromkeys(game.vetoes, Standing.DICTATOR)
    return tuple(found.values())
