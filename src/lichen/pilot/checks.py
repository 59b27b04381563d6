"""What a pilot says that cannot be so: a partner who takes no part, an unknown code, two answers, a wrong day."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from lichen.capabilities.taxonomy import nearest_codes, taxonomy
from lichen.errors import Problem
from lichen.language import _
from lichen.pilot.values import Pilot

__all__ = ["pilot_problems"]

_PARTNERS = frozenset({"by", "about", "to", "giver", "receiver", "partner", "serves", "worked_for"})
"""The fields that hold ids of partners who take part."""


def pilot_problems(pilots: Sequence[Pilot], partners: Collection[str]) -> list[Problem]:
    """Everything in the pilots that cannot be so, each with its place in the file.

    Args:
        pilots: The pilots of an alliance.
        partners: Ids of its partners.

    Returns:
        One for each thing that is wrong; none where all is well.

    Example:
        >>> [found] = pilot_problems([Pilot("fairs", ("a", "b"))], ["a"])
        >>> print(found)
        pilots, item 1, partners: no partner of the alliance has this id; right would be: a
    """
    return [
        *_again("pilots", "id", [pilot.id for pilot in pilots]),
        *(problem for row, pilot in enumerate(pilots, start=1) for problem in _of_pilot(pilot, row, partners)),
    ]


@dataclass(frozen=True, slots=True)
class _Text:
    """One text in a pilot, with its place."""

    field: str
    text: str
    place: Problem


def _of_pilot(pilot: Pilot, row: int, partners: Collection[str]) -> Iterator[Problem]:
    place = Problem("", "", sheet="pilots", row=row, document=True)
    if not {*pilot.partners} <= {*partners}:
        what = _("no partner of the alliance has this id")
        yield replace(place, what=what, right="; ".join(partners), column="partners")
    for each in _texts(pilot, place):
        if each.text:
            yield from _of_text(each, pilot)
    yield from _of_days(pilot, place)
    yield from _of_tests(pilot, row)
    yield from _of_doubles(pilot, row)


def _texts(value: Any, place: Problem) -> Iterator[_Text]:
    """Every text in a value and in the values that it holds, with its place."""
    for field in fields(value):
        answer, at = getattr(value, field.name), replace(place, column=_joined(place.column, field.name))
        parts = answer if isinstance(answer, tuple) else (answer,)
        for number, part in enumerate(parts, start=1):
            if is_dataclass(part):
                within = Problem("", "", sheet=at.place, row=number, document=True) if parts is answer else at
                yield from _texts(part, within)
            elif isinstance(part, str):
                yield _Text(field.name, part, at)


def _joined(group: str, field: str) -> str:
    return f"{group}.{field}" if group else field


def _of_text(each: _Text, pilot: Pilot) -> Iterator[Problem]:
    if each.field in _PARTNERS and each.text not in pilot.partners:
        what = _("nobody who takes part in this pilot has this id")
        yield replace(each.place, what=what, right="; ".join(pilot.partners))
    if each.field == "code" and each.text not in taxonomy().capabilities:
        right = "; ".join(nearest_codes(each.text))
        yield replace(each.place, what=_("the code is not in the vocabulary"), right=right)
    if each.field == "kind" and each.text not in taxonomy().kinds:
        right = "; ".join(taxonomy().kinds)
        yield replace(each.place, what=_("this is no exchange kind"), right=right)


def _of_days(pilot: Pilot, place: Problem) -> Iterator[Problem]:
    terms = pilot.terms
    reviewed_on = max((each.reviewed_on for each in pilot.reviews if each.reviewed_on), default=None)
    held_on = min((step.held_on for step in pilot.steps if step.held_on), default=None)
    in_order = (
        ("terms.ends_on", terms.starts_on, terms.ends_on),
        ("terms.review_on", terms.starts_on, terms.review_on),
        ("steps", terms.starts_on, held_on),
        ("adjusted_on", reviewed_on, pilot.adjusted_on),
    )
    for column, earlier, later in in_order:
        if earlier is not None and later is not None and later < earlier:
            right = _("{day} or later").format(day=earlier.isoformat())
            yield replace(place, what=_("the day is too early"), right=right, column=column)


def _of_tests(pilot: Pilot, row: int) -> Iterator[Problem]:
    known = [test.id for test in pilot.terms.tests]
    for number, review in enumerate(pilot.reviews, start=1):
        for place, measured in enumerate(review.measured, start=1):
            if measured.test not in known:
                sheet = f"pilots, item {row}, reviews, item {number}, measured"
                what, right = _("no success test of this pilot has this id"), "; ".join(known)
                yield Problem(what, right, sheet=sheet, row=place, column="test", document=True)


def _of_doubles(pilot: Pilot, row: int) -> Iterator[Problem]:
    at = f"pilots, item {row}"
    yield from _again(f"{at}, partners", "", pilot.partners)
    yield from _again(f"{at}, expectations", "about", [(each.by, each.about) for each in pilot.expectations])
    yield from _again(f"{at}, interests", "by", [each.by for each in pilot.interests])
    yield from _again(f"{at}, terms.hours", "partner", [each.partner for each in pilot.terms.hours])
    yield from _again(f"{at}, terms.tests", "id", [each.id for each in pilot.terms.tests])
    yield from _again(f"{at}, reviews", "by", [each.by for each in pilot.reviews])
    for number, review in enumerate(pilot.reviews, start=1):
        answered = f"{at}, reviews, item {number}"
        yield from _again(
            f"{answered}, exchanges", "receiver", [(each.giver, each.receiver) for each in review.exchanges]
        )
        yield from _again(f"{answered}, measured", "test", [each.test for each in review.measured])


def _again(sheet: str, column: str, names: Iterable[Hashable]) -> Iterator[Problem]:
    """The places of what has stood before in the same list."""
    seen: set[Hashable] = set()
    for row, name in enumerate(names, start=1):
        if name in seen:
            what, right = _("an entry before it is for the same"), _("one entry for each")
            yield Problem(what, right, sheet=sheet, row=row, column=column, document=True)
        seen.add(name)
