"""What progress and course say that cannot be so: an unknown partner, a need nobody named, a day out of order."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from lichen.audit.values import Audit
from lichen.capabilities.taxonomy import nearest_codes, taxonomy
from lichen.errors import Problem
from lichen.language import _
from lichen.progress.values import Course, FunderPermission, Goal, Indicator, NeedWeight, Progress

__all__ = ["course_problems", "progress_problems"]

_OfNeed = Indicator | Goal | NeedWeight | FunderPermission


def progress_problems(progress: Progress, partners: Sequence[Audit]) -> list[Problem]:
    """Everything in the measurements that cannot be so, each with its place in the file.

    A need need not stand in the audit, since a check-in may have added it; its code must be one of the vocabulary.

    Args:
        progress: Any.
        partners: The audits of the partners of the alliance.

    Returns:
        One for each thing that is wrong; none where all is well.

    Example:
        >>> progress = Progress(indicators=(Indicator("a", "trust.community", "Neighbours who trust us"),))
        >>> [found] = progress_problems(progress, [])
        >>> found.place, found.what
        ('progress, indicators, item 1, owner', 'no partner of the alliance has this id')
    """
    ids = [audit.organisation.id for audit in partners]
    of_needs: Mapping[str, Sequence[_OfNeed]] = {
        "indicators": progress.indicators,
        "goals": progress.goals,
        "weights": progress.weights,
        "shown_to_funder": progress.shown_to_funder,
    }
    return [
        *_unknown_partners("progress, surveys", "by", [answer.by for answer in progress.surveys], ids),
        *_again(
            "progress, surveys", "answered_on", [(one.by, one.person, one.answered_on) for one in progress.surveys]
        ),
        *(problem for section, needs in of_needs.items() for problem in _of_needs(f"progress, {section}", needs, ids)),
        *_again("progress, indicators", "what", [(one.owner, one.code, one.what) for one in progress.indicators]),
        *_again("progress, goals", "what", [(one.owner, one.code, one.what) for one in progress.goals]),
        *_again("progress, weights", "code", [(one.owner, one.code) for one in progress.weights]),
        *_again("progress, shown_to_funder", "code", [(one.owner, one.code) for one in progress.shown_to_funder]),
        *_readings(progress),
        *_half_weighed(progress.weights, partners),
    ]


def course_problems(course: Course, partners: Collection[str]) -> list[Problem]:
    """Everything in the course of an alliance that cannot be so, each with its place in the file.

    A partner that has left may stand in it without an audit; whoever has not left is a partner of today.

    Args:
        course: Any.
        partners: Ids of the partners of today.

    Returns:
        One for each thing that is wrong; none where all is well.

    Example:
        >>> from lichen.progress.values import EndReason
        >>> [found] = course_problems(Course(ended_because=EndReason.GOAL_MET), [])
        >>> found.place, found.right
        ('course, ended_on', 'the day it ended')
    """
    return list(_of_course(course, partners))


def _of_course(course: Course, partners: Collection[str]) -> Iterator[Problem]:
    if course.ended_because is not None and course.ended_on is None:
        yield _at("course", "ended_on", _("an end has a reason and no day"), _("the day it ended"))
    latest: dict[str, date | None] = {}
    for row, stay in enumerate(course.memberships, start=1):
        sheet = "course, memberships"
        if stay.left_on is None and course.ended_on is None and stay.partner not in partners:
            what = _("no partner of the alliance has this id, and it has not left")
            yield _at(sheet, "partner", what, "; ".join(partners), row)
        if stay.left_because is not None and stay.left_on is None:
            yield _at(sheet, "left_on", _("a leaving has a reason and no day"), _("the day it left"), row)
        if stay.partner in latest and ((left := latest[stay.partner]) is None or stay.joined_on < left):
            what, right = _("it joined before it had left"), _("one entry for each stay, the earliest first")
            yield _at(sheet, "joined_on", what, right, row)
        latest[stay.partner] = stay.left_on
        if course.ended_on is not None and stay.joined_on > course.ended_on:
            right = _("{day} or earlier").format(day=course.ended_on.isoformat())
            yield _at(sheet, "joined_on", _("it joined after the end"), right, row)


def _of_needs(sheet: str, needs: Sequence[_OfNeed], partners: Collection[str]) -> Iterator[Problem]:
    yield from _unknown_partners(sheet, "owner", [need.owner for need in needs], partners)
    for row, need in enumerate(needs, start=1):
        if need.code not in taxonomy().capabilities:
            yield _at(sheet, "code", _("the code is not in the vocabulary"), "; ".join(nearest_codes(need.code)), row)


def _unknown_partners(sheet: str, column: str, ids: Iterable[str], partners: Collection[str]) -> Iterator[Problem]:
    for row, id in enumerate(ids, start=1):
        if id not in partners:
            yield _at(sheet, column, _("no partner of the alliance has this id"), "; ".join(partners), row)


def _readings(progress: Progress) -> Iterator[Problem]:
    days: Mapping[str, Sequence[Sequence[date]]] = {
        "indicators": [[reading.on for reading in one.readings] for one in progress.indicators],
        "goals": [[reading.on for reading in one.readings] for one in progress.goals],
    }
    for section, of_each in days.items():
        for row, own in enumerate(of_each, start=1):
            yield from _again(f"progress, {section}, item {row}, readings", "on", own)


def _half_weighed(weights: Sequence[NeedWeight], partners: Sequence[Audit]) -> Iterator[Problem]:
    """A partner that states weights states all of them, and at least one above nought."""
    for audit in partners:
        owner = audit.organisation
        stated = {one.code: one.weight for one in weights if one.owner == owner.id}
        if stated and not {gap.code for gap in owner.vulnerabilities} <= stated.keys():
            what = _("a partner states a weight for some of its needs only")
            yield _at("progress, weights", "", what, _("one for each need of {id}").format(id=owner.id))
        elif stated and not any(stated.values()):
            yield _at("progress, weights", "", _("no need counts"), _("a weight above 0 for one of them"))


def _again(sheet: str, column: str, names: Iterable[Hashable]) -> Iterator[Problem]:
    seen: set[Hashable] = set()
    for row, name in enumerate(names, start=1):
        if name in seen:
            yield _at(sheet, column, _("this stands here, too, further up"), _("each one once"), row)
        seen.add(name)


def _at(sheet: str, column: str, what: str, right: str, row: int | None = None) -> Problem:
    return Problem(what, right, sheet=sheet, row=row, column=column, document=True)
