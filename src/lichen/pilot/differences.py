"""Where the partners' expectations differ, found by code where there is one and by the words themselves else."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from lichen.capabilities.taxonomy import taxonomy
from lichen.pilot.sealing import check_revealed
from lichen.pilot.values import Expected, Pilot, Settled

__all__ = ["Compared", "Concord", "Heading", "Held", "compared_expectations", "plain_words"]


class Heading(StrEnum):
    """What an expectation says that a partner will do."""

    GIVES = "gives"
    DECIDES = "decides"
    DOES_NOT = "does_not"


class Concord(StrEnum):
    """How far the partners expect the same. The first that holds is told."""

    CONTRADICTED = "contradicted"
    """Some expect it of a partner, and others expect that partner not to do it."""
    DIFFERENT = "different"
    """All who expect it do not expect the same of it: another amount, kind, receiver, or another who decides."""
    PERHAPS = "perhaps"
    """Not all wrote it in these words; those who did not wrote something that may mean the same: a question."""
    ONLY_SOME = "only-some"
    """Only some expect it, and nothing that the others wrote can mean it."""
    AGREED = "agreed"
    """All expect the same."""


@dataclass(frozen=True, slots=True)
class Held:
    """One item that one partner expects of one partner."""

    by: str
    """Id of the partner who wrote it."""
    about: str
    """Id of the partner of whom it is expected."""
    item: Expected
    """What is expected."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The items of all partners that name the same thing, and how far they agree.

    Every item that anybody wrote stands in the ``held`` of exactly one.
    """

    heading: Heading
    """Whether it is to be given, decided, or not done."""
    held: tuple[Held, ...]
    """The items, in the order of the pilot's partners."""
    concord: Concord
    """How far the partners expect the same."""
    code: str = ""
    """The code by which they were found to be the same thing; empty where it was by the words."""
    missing: tuple[str, ...] = ()
    """Ids of the partners who wrote nothing of it."""
    fields: tuple[str, ...] = ()
    """In what the items differ: ``about`` (who decides), ``kind``, ``to`` or ``amount``."""
    against: tuple[Held, ...] = ()
    """The items that contradict it."""
    near: tuple[Held, ...] = ()
    """What the missing partners wrote that may mean the same."""
    settled: Settled | None = None
    """What the partners agreed about it since."""

    @property
    def writers(self) -> frozenset[str]:
        """Ids of the partners who wrote it."""
        return frozenset(each.by for each in self.held)

    @property
    def abouts(self) -> tuple[str, ...]:
        """Ids of the partners of whom it is expected."""
        return tuple(dict.fromkeys(each.about for each in self.held))

    @property
    def is_mirrored(self) -> bool:
        """Whether it is what some expect not to happen, and what others expect in spite of it tells the same."""
        return self.heading is Heading.DOES_NOT and self.concord is Concord.CONTRADICTED

    @property
    def is_open(self) -> bool:
        """Whether it still has to be talked about."""
        return self.concord is not Concord.AGREED and self.settled is None


def compared_expectations(pilot: Pilot, on: date) -> tuple[Compared, ...]:
    """What the partners expect of one another, side by side, with every difference.

    Items are the same thing if they bear the same code; where one bears none, if it is in the very words of another.
    Nothing is guessed beyond that: free text that finds no counterpart is told as a question, or as expected by
    some only. What is given or not done is compared for each partner, what is decided by who decides it.

    Args:
        pilot: The pilot.
        on: The day to reckon with.

    Returns:
        What is contradicted first, then what differs, what is a question, what only some expect and what is agreed;
        the order in which it was written never matters.

    Raises:
        NotAllowed: The expectations are not revealed: ``revealed-together``.

    Source:
        The article's "strengths-based fallacy": misaligned expectations about contributions. The method is ours.

    Example:
        >>> from lichen.pilot.values import Expectation
        >>> day = date(2026, 10, 5)
        >>> def wrote(by, about, *gives):
        ...     return Expectation(by, about, gives, written_on=day)
        >>> thirty, twenty = (Expected("helpers", "people.volunteers", amount=count) for count in (30, 20))
        >>> sides = wrote("a", "a"), wrote("a", "b", thirty), wrote("b", "a"), wrote("b", "b", twenty)
        >>> [found] = compared_expectations(Pilot("p", ("a", "b"), expectations=sides, revealed_on=day), day)
        >>> found.concord.value, found.fields
        ('different', ('amount',))
    """
    check_revealed(pilot, on)
    groups = [*_groups(pilot)]
    judged = (_judged(group, groups, pilot) for group in groups)
    return tuple(sorted(judged, key=lambda each: tuple(Concord).index(each.concord)))


def plain_words(text: str) -> str:
    """A text as it is compared: letters and digits only, in small letters, single spaces.

    Example:
        >>> plain_words(" Thirty  volunteers. ")
        'thirty volunteers'
    """
    return " ".join(re.findall(r"[^\W_]+", text.casefold())) or text.strip()


_Key = tuple[str, str, str]
"""Of whom it is expected (of nobody for a decision), whether by code or by words, and the code or the words."""


@dataclass(frozen=True, slots=True)
class _Group:
    heading: Heading
    key: _Key
    held: tuple[Held, ...]

    @property
    def writers(self) -> frozenset[str]:
        return frozenset(each.by for each in self.held)


def _groups(pilot: Pilot) -> Iterator[_Group]:
    """The items that name the same thing, in an order that does not depend on who wrote first."""
    items = [
        (heading, Held(each.by, each.about, item))
        for heading in Heading
        for each in pilot.expectations
        for item in getattr(each, heading.value)
    ]
    codes = _codes_of_words(held.item for _heading, held in items)
    found: dict[tuple[Heading, _Key], list[Held]] = defaultdict(list)
    for heading, held in items:
        found[heading, _key(heading, held, codes)].append(held)
    for heading in Heading:
        for key in sorted(key for under, key in found if under is heading):
            yield _Group(heading, key, tuple(sorted(found[heading, key], key=lambda held: _order(held, pilot))))


def _order(held: Held, pilot: Pilot) -> tuple[object, ...]:
    place = pilot.partners.index(held.by) if held.by in pilot.partners else len(pilot.partners)
    item = held.item
    return place, held.by, held.about, item.what, item.code, item.kind, item.to, _amount(item)


def _codes_of_words(items: Iterable[Expected]) -> Mapping[str, set[str]]:
    """The codes that anybody gave to the very same words."""
    found: dict[str, set[str]] = defaultdict(set)
    for item in items:
        if item.code:
            found[plain_words(item.what)].add(item.code)
    return found


def _key(heading: Heading, held: Held, codes: Mapping[str, set[str]]) -> _Key:
    subject, words = "" if heading is Heading.DECIDES else held.about, plain_words(held.item.what)
    meant = {held.item.code} if held.item.code else codes.get(words, set())
    # Words to which two codes were given could mean either, so they stay words.
    return (subject, "code", min(meant)) if len(meant) == 1 else (subject, "words", words)


def _judged(group: _Group, groups: Sequence[_Group], pilot: Pilot) -> Compared:
    missing = tuple(partner for partner in pilot.partners if partner not in group.writers)
    code = group.key[2] if group.key[1] == "code" else ""
    found = Compared(group.heading, group.held, Concord.AGREED, code, missing)
    found = replace(
        found,
        fields=tuple(_differing_fields(group)),
        against=tuple(held for other in groups for held in _against(group, other)),
        near=tuple(held for other in groups for held in _near(group, other)),
    )
    return replace(found, concord=_concord(found), settled=_settlement(found, group.key, pilot.settled))


def _concord(found: Compared) -> Concord:
    holds = {
        Concord.CONTRADICTED: bool(found.against),
        Concord.DIFFERENT: bool(found.fields),
        Concord.PERHAPS: bool(found.missing and found.near),
        Concord.ONLY_SOME: bool(found.missing),
        Concord.AGREED: True,
    }
    return next(concord for concord in Concord if holds[concord])


def _differing_fields(group: _Group) -> Iterator[str]:
    """What differs between the writers. A kind or a receiver left open fits any; an amount left open does not."""
    sides = [[each for each in group.held if each.by == by] for by in group.writers]
    deciders = [side for side in sides if group.heading is Heading.DECIDES]
    answers: Mapping[str, Set[object]] = {
        "about": {frozenset(each.about for each in side) for side in deciders},
        "kind": {frozenset(each.item.kind for each in side) - {""} for side in sides} - {frozenset()},
        "to": {frozenset(each.item.to for each in side) - {""} for side in sides} - {frozenset()},
        "amount": {tuple(sorted(_amount(each.item) for each in side)) for side in sides},
    }
    return (field for field, different in answers.items() if len(different) > 1)


def _amount(item: Expected) -> str:
    return "" if item.amount is None else f"{float(item.amount)} {plain_words(item.unit)}"


def _against(group: _Group, other: _Group) -> tuple[Held, ...]:
    """What the other group holds against this one: some expect only the one, others only the other.

    Who expects both of a partner, such as help on Sundays but none on weekdays, contradicts nobody.
    """
    if (group.heading is Heading.DOES_NOT) is (other.heading is Heading.DOES_NOT) or group.key[1:] != other.key[1:]:
        return ()
    subjects = {each.about for each in group.held} & {each.about for each in other.held}
    ours, theirs = (frozenset(each.by for each in one.held if each.about in subjects) for one in (group, other))
    if not (ours - theirs and theirs - ours):
        return ()
    return tuple(each for each in other.held if each.about in subjects and each.by not in ours)


def _near(group: _Group, other: _Group) -> tuple[Held, ...]:
    """What the other group holds that may mean the same: nobody can tell from free text, or the codes are related."""
    if group is other or group.heading is not other.heading or group.key[0] != other.key[0]:
        return ()
    if not (group.writers - other.writers and _may_mean(group.key, other.key)):
        return ()
    return tuple(each for each in other.held if each.by not in group.writers)


def _may_mean(one: _Key, other: _Key) -> bool:
    if "words" in (one[1], other[1]):
        return True
    capability = taxonomy().capabilities.get(one[2])
    return capability is not None and taxonomy().similarity(one[2], other[2]) > 0


def _settlement(found: Compared, key: _Key, settled: Iterable[Settled]) -> Settled | None:
    names = {key[2], *(plain_words(each.item.what) for each in (*found.held, *found.against))}
    fitting = (
        each
        for each in settled
        if each.about in ("", *found.abouts) and {each.what.strip(), plain_words(each.what)} & names
    )
    return next(fitting, None)
