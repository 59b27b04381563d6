"""Other ways to look for partners, in the same shape as ours, so that anyone can compare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from math import fsum, sqrt
from random import Random
from types import MappingProxyType

from lichen.audit.values import Organisation
from lichen.audit.weighing import eased_by, gap_weights
from lichen.errors import InputError, Problem
from lichen.fit.cover import best_offer, cover, offer_worth
from lichen.fit.fusion import fused
from lichen.language import _
from lichen.scales import Size

__all__ = ["BASELINES", "Ranked", "rank_by"]

Baseline = Callable[[Organisation, Organisation], float]


@dataclass(frozen=True, slots=True)
class Ranked:
    """One candidate in the order of a baseline."""

    id: str
    """The candidate's id."""
    name: str
    """The candidate's name."""
    score: float
    """What the baseline orders by, larger first; comparable within one order only."""
    place: int
    """1 is first."""


def _two_way(me: Organisation, other: Organisation) -> float:
    """Ours: both covers, fused harmonically."""
    return fused(cover(me, other) or 0.0, cover(other, me) or 0.0)


def _one_way(me: Organisation, other: Organisation) -> float:
    """How far they meet our gaps, whatever they lack."""
    return cover(me, other) or 0.0


def _strengths(me: Organisation, other: Organisation) -> float:
    """The article's Method A: how much strength they would add to ours, whatever anybody lacks."""
    added = (offer_worth(offer) - _own_worth(me, offer.code) for offer in other.offers)
    return fsum(worth for worth in added if worth > 0)


def _common_ground(me: Organisation, other: Organisation) -> float:
    """How alike the two are in what they offer and what they lack: the cosine of their profiles."""
    ours, theirs = _profile(me), _profile(other)
    lengths = sqrt(_dot(ours, ours) * _dot(theirs, theirs))
    return _dot(ours, theirs) / lengths if lengths else 0.0


def _size(me: Organisation, other: Organisation) -> float:
    """The larger, the better; unknown sizes last."""
    return float(_SIZES[other.size])


def _chance(seed: int, me: Organisation, other: Organisation) -> float:
    """A number drawn for the two, whoever else is there."""
    return Random(f"{seed}/{me.id}/{other.id}").random()  # noqa: S311 - a comparison, not a secret


BASELINES: Mapping[str, Baseline] = MappingProxyType(
    {
        "two_way": _two_way,
        "one_way": _one_way,
        "strengths": _strengths,
        "common_ground": _common_ground,
        "size": _size,
        "random": partial(_chance, 0),
    }
)
"""The ways to order candidates: ours, and those it is to be compared with."""

_SIZES = {size: place for place, size in enumerate((Size.UNKNOWN, *(size for size in Size if size != Size.UNKNOWN)))}


def rank_by(baseline: str, me: Organisation, others: Iterable[Organisation], *, seed: int = 0) -> tuple[Ranked, ...]:
    """All candidates in the order of a baseline, equal ones by name and id.

    Args:
        baseline: One of :data:`BASELINES`. ``two_way`` is our own score, ``one_way`` how far they meet our gaps,
            ``strengths`` the article's Method A, ``common_ground`` likeness, ``size`` income, ``random`` chance.
        me: We. An organisation among the others with our id is passed over.
        others: The candidates. What is unknown counts as nothing here: a baseline is not careful.
        seed: Any whole number, for ``random``.

    Returns:
        Every candidate, also those that score 0.

    Raises:
        InputError: There is no such baseline.

    Source:
        The list of docs/discussion/fit.md; Method A is the article's "The Weakness of Strength-Based Alliances".

    Example:
        >>> small, large = Organisation("s", "Small", size=Size.SMALL), Organisation("l", "Large", size=Size.LARGE)
        >>> [ranked.name for ranked in rank_by("size", Organisation("me", "Me"), [small, large])]
        ['Large', 'Small']
    """
    if baseline not in BASELINES:
        raise InputError(Problem(_("there is no such baseline"), ", ".join(BASELINES), column="baseline"))
    score = partial(_chance, seed) if baseline == "random" else BASELINES[baseline]
    scored = [(score(me, other), other) for other in others if other.id != me.id]
    scored.sort(key=lambda pair: (-round(pair[0], 12), pair[1].name, pair[1].id))
    return tuple(Ranked(other.id, other.name, value, place) for place, (value, other) in enumerate(scored, 1))


def _own_worth(me: Organisation, code: str) -> float:
    """How far our own offers would already do for a code."""
    offer = best_offer(code, me.offers)
    return 0.0 if offer is None else eased_by(code)[offer.code] * offer_worth(offer)


def _profile(organisation: Organisation) -> dict[tuple[str, str], float]:
    offers = {("offer", offer.code): offer_worth(offer) for offer in organisation.offers if offer.code}
    gaps = zip(organisation.vulnerabilities, gap_weights(organisation), strict=True)
    return offers | {("gap", gap.code): weight for gap, weight in gaps if gap.code}


def _dot(one: Mapping[tuple[str, str], float], other: Mapping[tuple[str, str], float]) -> float:
    return fsum(value * other[key] for key, value in one.items() if key in other)
