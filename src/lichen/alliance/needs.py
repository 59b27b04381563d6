"""How severe each partner's needs were, from its audit through every check-in: what progress is reckoned from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lichen.alliance.values import Alliance
from lichen.audit.values import Audit, Organisation, Vulnerability
from lichen.audit.weighing import gap_weights
from lichen.checkin.values import CheckIn
from lichen.progress.needs import NeedCourse, SeverityReading

__all__ = ["need_courses"]


def need_courses(alliance: Alliance, on: date) -> tuple[NeedCourse, ...]:
    """Every need of every partner: how severe it was at the baseline and at each check-in until a day.

    A partner's baseline is its audit; where that names no need, the first check-in at which the partner names some.
    Weights are those the partner states, else severity times rank at the baseline, as the fit has them. What was not
    written down at a check-in is unchanged; where the partner did not go through its needs there, the reading says so.
    What others suppose of a partner is no rating of its own and is left out.

    Args:
        alliance: The alliance.
        on: The day until which audits and check-ins count.

    Returns:
        The needs of the first partner first, those of the baseline before new ones, in the order of the audit.

    Source:
        Ours: the article's question 4 has no formula.

    Example:
        >>> need_courses(Alliance("Eastfield"), date(2026, 6, 20))
        ()
    """
    held = sorted((each for each in alliance.checkins if each.held_on <= on), key=lambda each: each.held_on)
    stated = {(one.owner, one.code): one.weight for one in alliance.progress.weights}
    return tuple(
        course
        for audit in alliance.partners
        if (baseline := _baseline(audit, alliance, held, on)) is not None
        for course in _courses(baseline, stated, held)
    )


@dataclass(frozen=True, slots=True)
class _Baseline:
    on: date
    organisation: Organisation
    """With the needs of the baseline alone."""


def _baseline(audit: Audit, alliance: Alliance, held: Sequence[CheckIn], on: date) -> _Baseline | None:
    organisation = audit.organisation
    own = tuple(gap for gap in organisation.vulnerabilities if gap.code and gap.source is None)
    if own:
        audited_on = audit.audited_on or alliance.formed_on or (held[0].held_on if held else on)
        return _Baseline(audited_on, replace(organisation, vulnerabilities=own)) if audited_on <= on else None
    for checkin in held:
        named = _named(checkin, organisation.id)
        gaps = tuple(Vulnerability(code, severity) for code, severity in named.items() if severity)
        if gaps:
            return _Baseline(checkin.held_on, replace(organisation, vulnerabilities=gaps))
    return None


def _courses(
    baseline: _Baseline, stated: Mapping[tuple[str, str], float], held: Sequence[CheckIn]
) -> Iterator[NeedCourse]:
    owner = baseline.organisation.id
    later = [checkin for checkin in held if checkin.held_on > baseline.on]
    weighed = zip(baseline.organisation.vulnerabilities, gap_weights(baseline.organisation), strict=True)
    started = {gap.code: (gap.severity, stated.get((owner, gap.code), weight)) for gap, weight in weighed}
    for code, (severity, weight) in started.items():
        readings = _readings(SeverityReading(baseline.on, severity), owner, code, later)
        yield NeedCourse(owner, code, weight, readings)
    named = [code for checkin in later for code, severity in _named(checkin, owner).items() if severity]
    for code in dict.fromkeys(code for code in named if code not in started):
        first = next(place for place, checkin in enumerate(later) if _named(checkin, owner).get(code))
        begun = SeverityReading(later[first].held_on, _named(later[first], owner)[code])
        yield NeedCourse(owner, code, 0.0, _readings(begun, owner, code, later[first + 1 :]), is_new=True)


def _readings(first: SeverityReading, owner: str, code: str, later: Sequence[CheckIn]) -> tuple[SeverityReading, ...]:
    readings = [first]
    for checkin in later:
        named = _named(checkin, owner)
        answered = bool(named) or owner in checkin.answered_by
        readings.append(SeverityReading(checkin.held_on, named.get(code, readings[-1].severity), answered))
    return tuple(readings)


def _named(checkin: CheckIn, owner: str) -> Mapping[str, int]:
    return {need.code: need.severity for need in checkin.needs if need.owner == owner}
