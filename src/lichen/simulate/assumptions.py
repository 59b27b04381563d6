"""Every number that the simulation rests on, each with its unit, its range and what it is based on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from math import isfinite
from typing import Any

from lichen.errors import InputError, Problem, refuse
from lichen.language import _

__all__ = ["Assumption", "Assumptions", "Basis", "Unit", "assumption_table", "with_assumed"]

_MOST_MONTHS = 600
_MOST_TIMES = 12.0


class Unit(StrEnum):
    """What an assumption is counted in."""

    TIMES_A_YEAR = "times a year"
    MONTHS = "months"
    SHARE = "share"
    """Of one."""
    SHARE_A_MONTH = "share a month"
    TIMES = "times"
    """As strongly as a budget cut."""

    @property
    def most(self) -> float:
        """The largest that can be reckoned with."""
        return {Unit.TIMES_A_YEAR: _MOST_TIMES, Unit.MONTHS: _MOST_MONTHS, Unit.TIMES: 10.0}.get(self, 1.0)


class Basis(StrEnum):
    """What an assumption is based on."""

    PUBLISHED = "published"
    """It is reckoned from published figures alone."""
    SET = "set"
    """It is set so that the reference alliance ends as often as published ones did."""
    ASSUMED = "assumed"
    """Nobody has measured it."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """One assumption, as a table tells it."""

    name: str
    """The field of ``Assumptions``."""
    value: float
    """What is reckoned with."""
    low: float
    """The lower end of what is plausible, tried for the sensitivity."""
    high: float
    """The upper end."""
    unit: Unit
    """In what it is counted."""
    basis: Basis
    """What it is based on."""
    source: str
    """Where the published figures are from; empty where nobody has measured it."""


def _between(
    low: float, value: float, high: float, unit: Unit, basis: Basis = Basis.ASSUMED, source: str = ""
) -> Any:  # what ``field`` gives has the type of the field
    return field(default=value, metadata={"low": low, "high": high, "unit": unit, "basis": basis, "source": source})


_ENDED = "Feinberg, Bontempo and Greenberg 2008"
_FULFILLED = f"{_ENDED}; NORC/ASPE 2012 (HCAP)"


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What the simulation assumes. Unvalidated: nobody has measured most of it, and none of it for your alliance.

    Raises:
        InputError: A number is out of its range, or a safeguard would do harm.

    Source:
        docs/discussion/simulation.md has the whole of it on one page.
    """

    budget_cut: float = _between(0.04, 0.1, 0.2, Unit.TIMES_A_YEAR)
    """How often a partner's budget is cut."""
    key_person: float = _between(0.05, 0.15, 0.25, Unit.TIMES_A_YEAR)
    """How often a partner loses the person on whom its part rests."""
    trust_broken: float = _between(0.02, 0.06, 0.15, Unit.TIMES_A_YEAR)
    """How often something happens after which a partner trusts the others less."""
    threat_recedes: float = _between(0.25, 0.5, 1.5, Unit.TIMES_A_YEAR)
    """How often a shared threat recedes, where the alliance rests on one."""
    early_success: float = _between(0.1, 0.25, 0.5, Unit.TIMES_A_YEAR)
    """How often an early success makes the partners complacent."""
    fulfilled: float = _between(0.01, 0.018, 0.026, Unit.TIMES_A_YEAR, Basis.PUBLISHED, _FULFILLED)
    """How often goals are met, or the need passes: a third of the 3 to 8 in a hundred that ended each year."""

    budget_cut_months: int = _between(6, 12, 24, Unit.MONTHS)
    """How long a budget cut is felt."""
    budget_cut_months_with_clause: int = _between(2, 3, 6, Unit.MONTHS)
    """The same where a vulnerability clause lets the partners agree on other terms."""
    key_person_months: int = _between(3, 6, 12, Unit.MONTHS)
    """How long it is felt that a key person has left."""
    key_person_months_with_liaison: int = _between(1, 2, 3, Unit.MONTHS)
    """The same where a liaison knows the others, too."""
    trust_broken_months: int = _between(6, 12, 24, Unit.MONTHS)
    """How long broken trust makes a partner think of leaving."""
    trust_broken_months_with_check_ins: int = _between(3, 4, 6, Unit.MONTHS)
    """The same where it is talked over at a check-in."""
    complacency_months: int = _between(6, 12, 18, Unit.MONTHS)
    """How long complacency lasts."""
    complacency_months_with_check_ins: int = _between(1, 3, 6, Unit.MONTHS)
    """The same where a check-in asks what has been outgrown."""

    pull: float = _between(0.04, 0.055, 0.075, Unit.SHARE_A_MONTH, Basis.SET, _ENDED)
    """How likely a partner leaves in a month in which it feels a budget cut and nothing holds it."""
    key_person_weight: float = _between(0.25, 0.5, 1.0, Unit.TIMES)
    """How strongly the loss of a key person pulls, beside a budget cut."""
    trust_broken_weight: float = _between(0.75, 1.5, 3.0, Unit.TIMES)
    """How strongly broken trust pulls, beside a budget cut."""
    threat_weight: float = _between(0.5, 1.0, 2.0, Unit.TIMES)
    """How strongly it pulls that the threat has gone, beside a budget cut."""
    complacency_weight: float = _between(0.1, 0.25, 0.5, Unit.TIMES)
    """How strongly complacency pulls, beside a budget cut."""
    others_left_weight: float = _between(0.5, 1.0, 2.0, Unit.TIMES)
    """How strongly it would pull if all others had left, beside a budget cut."""
    cover_hold: float = _between(0.5, 0.75, 0.95, Unit.SHARE)
    """How much less a partner is pulled whose needs are met in full."""
    trust_hold: float = _between(0.5, 0.75, 0.95, Unit.SHARE)
    """How much less a partner is pulled that trusts the others entirely."""

    giving_when_struck: float = _between(0.25, 0.5, 0.75, Unit.SHARE)
    """How much of what it gives a partner goes on giving while it feels a budget cut or the loss of a key person."""
    second_cover: float = _between(0.25, 0.5, 0.75, Unit.SHARE)
    """How much of what the first gives an agreed second gives when the first cannot."""
    unknown_cover: float = _between(0.1, 0.25, 0.5, Unit.SHARE)
    """How far the needs of a partner are met of whom nobody knows what it needs."""
    trust_at_start: float = _between(0.33, 0.55, 0.78, Unit.SHARE)
    """How much a partner trusts the others that has not said so at a check-in."""
    trust_lost: float = _between(0.1, 0.25, 0.5, Unit.SHARE)
    """How much trust is lost when it is broken."""
    trust_regained: float = _between(0.01, 0.02, 0.03, Unit.SHARE_A_MONTH)
    """How much of the missing trust comes back in a month."""
    trust_regained_with_check_ins: float = _between(0.03, 0.04, 0.08, Unit.SHARE_A_MONTH)
    """The same where check-ins are held."""
    least_share: float = _between(0.25, 0.5, 0.75, Unit.SHARE)
    """Of the partners at the start, what share must be left for the alliance to live; always two or more."""

    def __post_init__(self) -> None:
        refuse(self._beyond(), self._harmful())

    def _beyond(self) -> Iterator[Problem]:
        for each in fields(self):
            unit, value = each.metadata["unit"], getattr(self, each.name)
            least = 1 if unit is Unit.MONTHS else 0
            if not (isfinite(value) and least <= value <= unit.most):
                right = _("from {least} to {most:g}").format(least=least, most=unit.most)
                yield Problem(_("the number is out of range"), right, column=each.name)
            elif unit is Unit.MONTHS and value != int(value):
                yield Problem(_("this is not a whole number of months"), _("such as 3"), column=each.name)

    def _harmful(self) -> Iterator[Problem]:
        lasting = ("budget_cut_months", "key_person_months", "trust_broken_months", "complacency_months")
        for without, guarded in zip(lasting, _GUARDED, strict=True):
            if getattr(self, guarded) > getattr(self, without):
                right = _("no more than {name}").format(name=without)
                yield Problem(_("with the safeguard it would last longer"), right, column=guarded)
        if self.trust_regained_with_check_ins < self.trust_regained:
            what, right = _("with check-ins trust would come back more slowly"), _("no less than trust_regained")
            yield Problem(what, right, column="trust_regained_with_check_ins")


_GUARDED = (
    "budget_cut_months_with_clause",
    "key_person_months_with_liaison",
    "trust_broken_months_with_check_ins",
    "complacency_months_with_check_ins",
)


def assumption_table(assumptions: Assumptions | None = None) -> tuple[Assumption, ...]:
    """Every assumption with its range, its unit and its basis.

    Args:
        assumptions: What is assumed; None takes the defaults.

    Example:
        >>> first = assumption_table()[0]
        >>> first.name, first.value, first.low, first.high, first.unit.value, first.basis.value
        ('budget_cut', 0.1, 0.04, 0.2, 'times a year', 'assumed')
    """
    held = assumptions or Assumptions()
    return tuple(Assumption(each.name, getattr(held, each.name), **each.metadata) for each in fields(held))


def with_assumed(given: dict[str, float]) -> Assumptions:
    """The default assumptions with some of them changed.

    Args:
        given: The new values by their names.

    Raises:
        InputError: There is no such assumption, or a number is out of its range.

    Example:
        >>> with_assumed({"budget_cut": 0.2}).budget_cut
        0.2
    """
    known = {each.name: each.metadata["unit"] for each in fields(Assumptions)}
    refuse(
        Problem(_("there is no such assumption"), _("one that lichen simulate --assumptions prints"), column=name)
        for name in given
        if name not in known
    )
    whole = {name for name, unit in known.items() if unit is Unit.MONTHS}
    exact: dict[str, Any] = {name: _months(name, value) if name in whole else value for name, value in given.items()}
    return replace(Assumptions(), **exact)


def _months(name: str, value: float) -> int:
    if not isfinite(value) or value != int(value):
        raise InputError(Problem(_("this is not a whole number of months"), _("such as 3"), column=name))
    return int(value)
