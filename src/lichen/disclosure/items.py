"""What an audit says of one item, and whether its owner is ready to show any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lichen.audit.material import is_material_fact
from lichen.audit.values import Audit, Organisation, Vulnerability
from lichen.capabilities.taxonomy import taxonomy
from lichen.disclosure.values import DisclosureRules
from lichen.scales import Relevance, Sensitivity

__all__ = ["Item", "Unready", "item_of", "items_of", "material_codes", "unreadiness"]

_LAST = 10**9
_MORE_SENSITIVE = tuple(Sensitivity)
_LESS_OPEN = (Relevance.NO, Relevance.UNASKED, Relevance.YES)


class Unready(StrEnum):
    """Why an organisation had better try one item first."""

    LEADERSHIP = "leadership not aligned"
    """Its audit says that the leadership does not stand behind it."""
    FEW_GAPS = "few gaps"
    """Its audit names fewer gaps than an honest one would."""
    LITTLE_TIME = "little time"
    """The leadership team gave it too little time."""


@dataclass(frozen=True, slots=True)
class Item:
    """What an audit says under one code. Where that stands there more than once, the most guarded answer holds."""

    code: str
    rank: int | None
    sensitivity: Sensitivity
    relevance: Relevance
    material: bool

    @property
    def is_high(self) -> bool:
        """Whether it has to wait for a pilot."""
        return self.sensitivity is Sensitivity.HIGH


def item_of(organisation: Organisation, code: str) -> Item | None:
    """What an organisation itself says under a code; None where it says nothing, or where only a source does."""
    entries = [gap for gap in organisation.vulnerabilities if gap.code == code and gap.source is None]
    return _item(code, entries) if code and entries else None


def items_of(organisation: Organisation) -> tuple[Item, ...]:
    """What an organisation has said and confirmed of itself, what needs outside help most first."""
    entries: dict[str, list[Vulnerability]] = {}
    for gap in organisation.vulnerabilities:
        if gap.source is None and gap.code in taxonomy().capabilities:
            entries.setdefault(gap.code, []).append(gap)
    confirmed = (_item(code, found) for code, found in entries.items() if all(gap.confirmed for gap in found))
    return tuple(sorted(confirmed, key=lambda item: (_LAST if item.rank is None else item.rank, item.code)))


def material_codes(organisation: Organisation) -> tuple[str, ...]:
    """The material facts among what an organisation has said and confirmed of itself."""
    return tuple(item.code for item in items_of(organisation) if item.material)


def unreadiness(audit: Audit, rules: DisclosureRules) -> tuple[Unready, ...]:
    """Why an organisation is not ready to be open; none if it is. What its audit does not say counts for it.

    Source:
        The article, step 1 (five vulnerabilities, two hours) and question 1 (leadership).

    Example:
        >>> [str(reason) for reason in unreadiness(Audit(Organisation("f", "Farm")), DisclosureRules())]
        ['few gaps']
    """
    return tuple(_unready(audit, rules))


def _unready(audit: Audit, rules: DisclosureRules) -> Iterator[Unready]:
    codes = [gap.code for gap in audit.organisation.vulnerabilities]
    if audit.readiness.leadership_aligned is False:
        yield Unready.LEADERSHIP
    if len({*codes} - {""}) + codes.count("") < rules.gaps:
        yield Unready.FEW_GAPS
    if audit.readiness.hours is not None and audit.readiness.hours < rules.hours:
        yield Unready.LITTLE_TIME


def _item(code: str, entries: Sequence[Vulnerability]) -> Item:
    return Item(
        code=code,
        rank=min((gap.rank for gap in entries if gap.rank is not None), default=None),
        sensitivity=max((gap.guarded for gap in entries), key=_MORE_SENSITIVE.index),
        relevance=min((gap.relevance for gap in entries), key=_LESS_OPEN.index),
        material=any(map(is_material_fact, entries)),
    )
