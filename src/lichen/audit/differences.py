"""What would change if one audit took the place of another, and adding to one without taking anything away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, TypeVar

from lichen.audit.values import Audit, Offer, Opening, Readiness, Vulnerability

__all__ = ["Difference", "added_to", "differences", "known_by"]

Item = TypeVar("Item", Vulnerability, Offer)
Answers = TypeVar("Answers", Readiness, Opening)


@dataclass(frozen=True, slots=True)
class Difference:
    """One gap or offer as it was and as it would be."""

    of: Literal["gap", "offer"]
    """Which of the two it is."""
    before: Vulnerability | Offer | None
    """As it is; None if it would be new."""
    after: Vulnerability | Offer | None
    """As it would be; None if it would be gone."""

    @property
    def kind(self) -> Literal["added", "changed", "removed", "same"]:
        """What would happen to it."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "same" if self.before == self.after else "changed"

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of the fields that would be different; none but for a change."""
        if self.before is None or self.after is None:
            return ()
        names = (each.name for each in fields(self.before))
        return tuple(name for name in names if getattr(self.before, name) != getattr(self.after, name))


def known_by(item: Vulnerability | Offer) -> tuple[str, str]:
    """By what an item is known again: its code, or where it has none its words."""
    return (item.code, "" if item.code else item.words)


def differences(before: Audit, after: Audit) -> tuple[Difference, ...]:
    """Every gap and offer of two audits of one organisation, paired by what it is known by.

    Args:
        before: As it is.
        after: As it would be.

    Returns:
        The gaps and then the offers: as they would stand, then those that would be gone.

    Example:
        >>> from lichen.audit.values import Organisation
        >>> venue, logistics = Vulnerability("assets.venue", 4), Vulnerability("ops.logistics", 2)
        >>> one = Audit(Organisation("x", "X", vulnerabilities=(venue, logistics)))
        >>> two = Audit(Organisation("x", "X", vulnerabilities=(Vulnerability("assets.venue", 5),)))
        >>> [(each.kind, each.changed) for each in differences(one, two)]
        [('changed', ('severity',)), ('removed', ())]
    """
    one, other = before.organisation, after.organisation
    gaps = (Difference("gap", *pair) for pair in _pairs(one.vulnerabilities, other.vulnerabilities))
    offers = (Difference("offer", *pair) for pair in _pairs(one.offers, other.offers))
    return (*gaps, *offers)


def added_to(own: Audit, other: Audit, *, only: Collection[str] | None = None) -> Audit:
    """An audit with what another one adds or says anew; nothing is taken away.

    Args:
        own: What stands.
        other: What is added: its gaps and offers, its date and its answers, where it has any.
        only: The fields that the other one speaks of at all, as where a table has few columns; what it has in the
            others is taken for a new item alone. None is all of them.

    Returns:
        The audit of the organisation of ``own``.
    """
    mine, theirs = own.organisation, other.organisation
    organisation = replace(
        mine,
        vulnerabilities=_with(mine.vulnerabilities, theirs.vulnerabilities, only),
        offers=_with(mine.offers, theirs.offers, only),
    )
    return Audit(
        organisation,
        _answered(own.readiness, other.readiness),
        _answered(own.opening, other.opening),
        other.audited_on or own.audited_on,
    )


def _pairs(before: Iterable[Item], after: Iterable[Item]) -> Iterator[tuple[Item | None, Item | None]]:
    """What has no code may stand there often in the same words: each is paired with one."""
    left: dict[tuple[str, str], list[Item]] = {}
    for item in before:
        left.setdefault(known_by(item), []).append(item)
    for item in after:
        known = left.get(known_by(item))
        yield known.pop(0) if known else None, item
    yield from ((item, None) for items in left.values() for item in items)


def _with(own: Iterable[Item], other: Iterable[Item], only: Collection[str] | None) -> tuple[Item, ...]:
    said: dict[tuple[str, str], Item] = {known_by(item): item for item in other}
    kept: list[Item] = [_said_anew(item, said.pop(known_by(item), item), only) for item in own]
    kept.extend(said.values())
    return tuple(kept)


def _said_anew(item: Item, anew: Item, only: Collection[str] | None) -> Item:
    if only is None:
        return anew
    taken: dict[str, Any] = {each.name: getattr(anew, each.name) for each in fields(anew) if each.name in only}
    return replace(item, **taken)


def _answered(own: Answers, other: Answers) -> Answers:
    """The answers of the other where it has any."""
    answers: dict[str, Any] = {each.name: getattr(other, each.name) for each in fields(other)}
    return replace(own, **{name: answer for name, answer in answers.items() if answer not in (None, "")})
