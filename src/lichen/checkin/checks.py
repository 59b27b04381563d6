"""What check-ins say that cannot be so: an unknown partner or code, two answers for the same, days out of order."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from itertools import pairwise

from lichen.capabilities.taxonomy import nearest_codes, taxonomy
from lichen.checkin.values import CheckIn
from lichen.errors import Problem
from lichen.language import _

__all__ = ["checkin_problems"]


def checkin_problems(checkins: Sequence[CheckIn], partners: Collection[str]) -> list[Problem]:
    """Everything in the check-ins that cannot be so, each with its place in the file.

    Args:
        checkins: The check-ins of an alliance, the earliest first.
        partners: Ids of its partners.

    Returns:
        One for each thing that is wrong; none where all is well.

    Example:
        >>> from datetime import date
        >>> [found] = checkin_problems([CheckIn(date(2026, 9, 1), answered_by=("b",))], ["a"])
        >>> print(found)
        checkins, item 1, answered_by, item 1: no partner of the alliance has this id; right would be: a
    """
    return [
        *_of_days(checkins),
        *_named_before(checkins),
        *(problem for row, each in enumerate(checkins, start=1) for problem in _of_checkin(each, row, partners)),
    ]


def _of_days(checkins: Sequence[CheckIn]) -> Iterator[Problem]:
    for row, (before, after) in enumerate(pairwise(checkins), start=2):
        if after.held_on <= before.held_on:
            right = _("the earliest first, each on a day of its own")
            yield _problem(_("the check-in before it is not earlier"), right, "checkins", row, "held_on")


def _named_before(checkins: Sequence[CheckIn]) -> Iterator[Problem]:
    """The needs that are said to be new although an earlier check-in names them."""
    named: set[tuple[str, str]] = set()
    for row, checkin in enumerate(checkins, start=1):
        for place, each in enumerate(checkin.needs, start=1):
            if each.is_new and (each.owner, each.code) in named:
                what, right = _("an earlier check-in names this need"), _("no, since it is not new")
                yield _problem(what, right, f"checkins, item {row}, needs", place, "is_new")
        named |= {(each.owner, each.code) for each in checkin.needs}


def _of_checkin(checkin: CheckIn, row: int, partners: Collection[str]) -> Iterator[Problem]:
    at = f"checkins, item {row}"
    for part, column, ids in (
        ("answered_by", "", checkin.answered_by),
        ("trust", "by", [each.by for each in checkin.trust]),
        ("trust", "about", [each.about for each in checkin.trust]),
        ("needs", "owner", [each.owner for each in checkin.needs]),
        ("culture", "partner", [each.partner for each in checkin.culture]),
    ):
        yield from _strangers(f"{at}, {part}", column, ids, partners)
    yield from _unknown_codes(f"{at}, needs", [each.code for each in checkin.needs])
    yield from _again(f"{at}, trust", "about", [(each.by, each.about, each.person) for each in checkin.trust])
    yield from _again(f"{at}, needs", "code", [(each.owner, each.code) for each in checkin.needs])
    yield from _again(f"{at}, culture", "partner", [each.partner for each in checkin.culture])
    yield from _again(f"{at}, served", "question", [(each.on, each.question, each.asked_of) for each in checkin.served])


def _strangers(sheet: str, column: str, ids: Iterable[str], partners: Collection[str]) -> Iterator[Problem]:
    for row, id in enumerate(ids, start=1):
        if id not in partners:
            yield _problem(_("no partner of the alliance has this id"), "; ".join(partners), sheet, row, column)


def _unknown_codes(sheet: str, codes: Iterable[str]) -> Iterator[Problem]:
    for row, code in enumerate(codes, start=1):
        if code not in taxonomy().capabilities:
            right = "; ".join(nearest_codes(code))
            yield _problem(_("the code is not in the vocabulary"), right, sheet, row, "code")


def _again(sheet: str, column: str, names: Iterable[Hashable]) -> Iterator[Problem]:
    """The places of what has stood before in the same list."""
    seen: set[Hashable] = set()
    for row, name in enumerate(names, start=1):
        if name in seen:
            what, right = _("an entry before it is for the same"), _("one entry for each")
            yield _problem(what, right, sheet, row, column)
        seen.add(name)


def _problem(what: str, right: str, sheet: str, row: int, column: str) -> Problem:
    return Problem(what, right, sheet=sheet, row=row, column=column, document=True)
