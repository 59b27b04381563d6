"""Trust across the whole alliance: how much of it there is, who is tied to whom, and on how few it hangs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean

from lichen.checkin.trust import TrustWave
from lichen.checkin.values import CheckInRules, Dimension

__all__ = [
    "Reciprocity",
    "TrustNetwork",
    "degree_centralisation",
    "density",
    "reciprocity_of",
    "trust_network",
]

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TrustNetwork:
    """The quick question across the alliance, from what may be shown of it and from nothing else."""

    partners: int
    """How many partners there are."""
    rated: int
    """Of how many it may be shown how the others rate them."""
    mean: float | None
    """The mean of those ratings, each rated partner counting alike, 1 to 10; None: of nobody."""
    of_top: float | None
    """The mean ÷ 10: never below 0.1, since nobody can answer less than 1."""
    of_scale: float | None
    """(The mean − 1) ÷ 9: 0 where all answer 1, 1 where all answer 10."""
    pairs: int
    """How many pairs there are."""
    known: int
    """Of how many pairs both answers may be shown."""
    ties: tuple[Pair, ...]
    """The pairs who both answer at least what the rules call a tie."""
    density: float | None
    """The share of all pairs that are tied; None while a pair is not known."""
    centralisation: float | None
    """From 0, all have as many ties, to 1, all ties lead to one partner; None while a pair is not known."""


@dataclass(frozen=True, slots=True)
class Reciprocity:
    """How often one kind of trust is returned in a check-in."""

    dimension: Dimension
    """Which kind."""
    given: int
    """How often one partner trusts another by the rules, among the pairs of whom both answers may be shown."""
    returned: int
    """How often of these it is trusted in turn."""

    @property
    def share(self) -> float | None:
        """The returned among the given; None where none is given."""
        return self.returned / self.given if self.given else None


def density(nodes: int, ties: int) -> float | None:
    """The share of all possible ties that there are: 2E ÷ (n (n − 1)).

    Args:
        nodes: How many there are.
        ties: How many pairs of them are tied.

    Returns:
        0 to 1; None for fewer than two.

    Example:
        >>> density(4, 3), density(1, 0)
        (0.5, None)
    """
    return 2 * ties / (nodes * (nodes - 1)) if nodes > 1 else None


def degree_centralisation(nodes: Collection[str], ties: Collection[Pair]) -> float | None:
    """How far all ties lead to one: Σ (the most ties − its ties) ÷ ((n − 1) (n − 2)).

    Args:
        nodes: All there are.
        ties: Pairs of them, each once, whichever way round.

    Returns:
        0 for a ring, 1 for a star; None for fewer than three.

    Source:
        Freeman (1978), degree centralisation.

    Example:
        >>> degree_centralisation("abcd", [("a", "b"), ("a", "c"), ("a", "d")])
        1.0
        >>> degree_centralisation("abcd", [("a", "b"), ("b", "c"), ("c", "d"), ("d", "a")])
        0.0
    """
    n = len(nodes)
    if n <= 2:
        return None
    degrees = Counter(node for tie in ties for node in tie)
    most = max(degrees.values(), default=0)
    return sum(most - degrees[node] for node in nodes) / ((n - 1) * (n - 2))


def trust_network(wave: TrustWave, rules: CheckInRules | None = None) -> TrustNetwork:
    """Trust across the alliance in one check-in.

    Args:
        wave: What may be shown of it.
        rules: From which answer on two are tied; None takes the check-in's own.

    Source:
        Density and centralisation as usual for networks (Freeman 1978). What counts as a tie is ours.
    """
    tie = (rules or wave.checkin.rules).tie
    received = [figure.mean for partner in wave.partners if (figure := wave.received[partner, Dimension.TRUST]).counted]
    means = [mean for mean in received if mean is not None]
    mean, top = (fmean(means) if means else None), Dimension.TRUST.steps[-1]
    pairs = list(combinations(wave.partners, 2))
    known = _known(wave, Dimension.TRUST)
    ties = tuple(pair for pair, answers in known.items() if min(answers) >= tie)
    whole = len(known) == len(pairs)
    return TrustNetwork(
        partners=len(wave.partners),
        rated=len(means),
        mean=mean,
        of_top=None if mean is None else mean / top,
        of_scale=None if mean is None else (mean - 1) / (top - 1),
        pairs=len(pairs),
        known=len(known),
        ties=ties,
        density=density(len(wave.partners), len(ties)) if whole else None,
        centralisation=degree_centralisation(wave.partners, ties) if whole else None,
    )


def reciprocity_of(wave: TrustWave, rules: CheckInRules | None = None) -> tuple[Reciprocity, ...]:
    """How often each kind of trust is returned in one check-in; set beside those of another, how that has changed.

    Args:
        wave: What may be shown of it.
        rules: From which answer on one trusts another; None takes the check-in's own.
    """
    held = rules or wave.checkin.rules
    return tuple(
        _returned(wave, dimension, held.tie if dimension is Dimension.TRUST else held.dimension_tie)
        for dimension in Dimension
    )


def _returned(wave: TrustWave, dimension: Dimension, least: float) -> Reciprocity:
    pairs = _known(wave, dimension).values()
    returned = 2 * sum(min(answers) >= least for answers in pairs)
    return Reciprocity(dimension, sum(answer >= least for answers in pairs for answer in answers), returned)


def _known(wave: TrustWave, dimension: Dimension) -> dict[Pair, tuple[float, float]]:
    """Both answers of each pair of whom both may be shown."""
    both = {
        (one, other): (wave.mean(one, other, dimension), wave.mean(other, one, dimension))
        for one, other in combinations(wave.partners, 2)
    }
    return {pair: (forth, back) for pair, (forth, back) in both.items() if forth is not None and back is not None}
