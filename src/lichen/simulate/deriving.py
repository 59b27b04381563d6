"""What an alliance's file says of its life, each thing with where it is from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import fsum

from lichen.alliance.values import Alliance
from lichen.audit.values import Organisation, Vulnerability
from lichen.audit.weighing import eased_by, gap_weights
from lichen.charter.clause.values import Clause
from lichen.charter.threat import Model
from lichen.charter.values import Charter
from lichen.checkin.trust import TrustWave, trust_waves
from lichen.checkin.values import TRUST_STEPS, Dimension
from lichen.days import months_after
from lichen.fit.cover import best_offer, offer_worth
from lichen.simulate.life import Ally, Life, Reliance, ThreatNow

__all__ = ["Derived", "DerivedLife", "Origin", "Part", "life_of"]


class Part(StrEnum):
    """A part of what a simulation begins with."""

    COVER = "who covers whose needs"
    TRUST = "trust"
    CHECK_INS = "check-ins"
    CLAUSE = "vulnerability clause"
    LIAISONS = "liaisons"
    SECOND_COVER = "second cover"
    THREAT = "shared threat"


class Origin(StrEnum):
    """Where a part is from."""

    AUDITS = "audits"
    CHECK_IN = "check-in"
    """The latest; for trust, the latest whose answers were laid open."""
    CHARTER = "charter"
    ASSUMED = "assumed"
    """The file does not say."""


@dataclass(frozen=True, slots=True)
class Derived:
    """One part of what a simulation begins with, and where it is from."""

    part: Part
    """Which."""
    origin: Origin
    """Where it is from."""
    known: int
    """Of how many partners the file says it; for what belongs to all together, 1 where it is in place and else 0."""
    of: int
    """Of how many it could say it."""
    on: date | None = None
    """The day from which it is, or from which it would have been; None is not dated."""


@dataclass(frozen=True, slots=True)
class DerivedLife:
    """What a simulation of an alliance begins with."""

    life: Life
    """The alliance as the simulation knows it."""
    parts: tuple[Derived, ...]
    """Where each part of it is from."""


def life_of(alliance: Alliance, on: date) -> DerivedLife:
    """What a simulation of an alliance begins with on a day.

    Cover is from the audits, as ``cover`` reckons it, need by need. Trust is from the latest check-in that was laid
    open; each partner's is the mean of those of its answers to the quick question that may be shown, since from what a
    simulation answers one could work out what went into it. Check-ins count as held where the last one
    is, or the first one agreed would have been, less than two of their intervals ago; the clause, where the agreement
    with it was signed, or something was recorded under it. Nothing in the file speaks of a second cover.

    Args:
        alliance: The alliance.
        on: The day; what was held or laid open later is left out.

    Raises:
        InputError: There are fewer than two partners, or too many.

    Source:
        Ours.
    """
    organisations = [audit.organisation for audit in alliance.partners]
    waves = trust_waves(alliance.checkins, [one.id for one in organisations], on)
    latest = max((wave for wave in waves if wave.is_revealed), key=lambda wave: wave.checkin.held_on, default=None)
    trust = {} if latest is None else dict(_trust(latest))
    liaisons = {contact.party for contact in alliance.charter.terms.contacts if contact.is_liaison}
    allies = tuple(
        Ally(one.id, _needs(one, organisations), trust.get(one.id), has_liaison=one.id in liaisons)
        for one in organisations
    )
    check_ins = _check_ins(alliance, on)
    life = Life(
        allies,
        has_check_ins=bool(check_ins.known),
        has_clause=_has_clause(alliance.charter),
        threat=_threat(alliance.charter, on),
    )
    return DerivedLife(life, tuple(_parts(life, check_ins, latest)))


def _parts(life: Life, check_ins: Derived, latest: TrustWave | None) -> Iterator[Derived]:
    allies, many = life.allies, len(life.allies)
    rated = sum(ally.trust is not None for ally in allies)
    yield Derived(Part.COVER, Origin.AUDITS, sum(ally.needs is not None for ally in allies), many)
    yield (
        Derived(Part.TRUST, Origin.CHECK_IN, rated, many, latest.checkin.held_on)
        if latest is not None and rated
        else Derived(Part.TRUST, Origin.ASSUMED, 0, many)
    )
    yield check_ins
    yield Derived(Part.CLAUSE, Origin.CHARTER, int(life.has_clause), 1)
    yield Derived(Part.LIAISONS, Origin.CHARTER, sum(ally.has_liaison for ally in allies), many)
    yield Derived(Part.SECOND_COVER, Origin.ASSUMED, 0, 1)
    yield Derived(Part.THREAT, Origin.CHARTER, int(life.threat is not ThreatNow.NONE), 1)


def _needs(one: Organisation, organisations: Sequence[Organisation]) -> tuple[Reliance, ...] | None:
    if not one.vulnerabilities:
        return None
    others = [each for each in organisations if each.id != one.id]
    pairs = zip(one.vulnerabilities, gap_weights(one), strict=True)
    return tuple(Reliance(weight, tuple(_met_by(gap, others))) for gap, weight in pairs)


def _met_by(gap: Vulnerability, others: Sequence[Organisation]) -> Iterator[tuple[str, float]]:
    for other in others:
        offer = best_offer(gap.code, other.offers)
        if offer is not None:
            yield other.id, min(1.0, gap.confidence * eased_by(gap.code)[offer.code] * offer_worth(offer))


def _trust(wave: TrustWave) -> Iterator[tuple[str, float]]:
    """Each partner's mean answer to the quick question, from 0 to 1, over those answers that may be shown."""
    span = TRUST_STEPS[-1] - TRUST_STEPS[0]
    for by in wave.partners:
        given = [wave.rated[by, about, Dimension.TRUST] for about in wave.partners if about != by]
        shown = [(figure.mean, figure.counted) for figure in given if figure.mean is not None]
        if shown:
            mean = fsum(mean * counted for mean, counted in shown) / sum(counted for _mean, counted in shown)
            yield by, (mean - TRUST_STEPS[0]) / span


def _check_ins(alliance: Alliance, on: date) -> Derived:
    terms = alliance.charter.terms
    held = [each.held_on for each in alliance.checkins if each.held_on <= on]
    origin, last = (Origin.CHECK_IN, max(held)) if held else (Origin.CHARTER, terms.first_check_in_on)
    if last is None:
        return Derived(Part.CHECK_INS, Origin.ASSUMED, 0, 1)
    lapsed_on = months_after(last, 2 * terms.check_in_months)
    return Derived(Part.CHECK_INS, origin, int(on < lapsed_on), 1, last)


def _has_clause(charter: Charter) -> bool:
    return bool(charter.signatures or charter.versions) or charter.clause != Clause()


def _threat(charter: Charter, on: date) -> ThreatNow:
    if charter.model is not Model.SHARED_THREAT:
        return ThreatNow.NONE
    passed = [threat.passed_on is not None and threat.passed_on <= on for threat in charter.threats]
    return ThreatNow.RECEDED if passed and all(passed) else ThreatNow.STANDS
