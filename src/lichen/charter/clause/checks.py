"""What is wrong between the vulnerability clause and the partners: all of it, at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lichen.audit.values import Organisation
from lichen.capabilities.taxonomy import taxonomy
from lichen.charter.clause.values import Clause, Ground, Renegotiation
from lichen.errors import Problem
from lichen.language import _

__all__ = ["clause_problems"]

_NEEDS = (Ground.NEED_WORSE, Ground.NEED_EASED)
_CAPACITIES = (Ground.CAPACITY_DOWN, Ground.CAPACITY_UP)


def clause_problems(clause: Clause, partners: Sequence[Organisation]) -> list[Problem]:
    """Everything in the clause and what was recorded under it that does not agree with itself or with the partners.

    Args:
        clause: As the file has it.
        partners: The alliance's.

    Returns:
        One for each thing that is wrong, with its place in the file; none where all is well.
    """
    named = {
        "terms, minimum_duties": [each.partner for each in clause.terms.minimum_duties],
        "capacities": [each.partner for each in clause.capacities],
        "happenings": [each.partner for each in clause.happenings],
        "renegotiations": [each.partner for each in clause.renegotiations],
    }
    ids = [one.id for one in partners]
    return [
        *(problem for part, found in named.items() for problem in _strangers(part, found, ids)),
        *_unlisted_events(clause),
        *(problem for row, each in enumerate(clause.renegotiations, 1) for problem in _request(row, each, clause)),
    ]


def _strangers(part: str, named: Iterable[str], ids: Sequence[str]) -> Iterator[Problem]:
    for row, partner in enumerate(named, 1):
        if partner not in ids:
            yield _problem(part, row, "partner", _("no partner of the alliance has this id"), "; ".join(ids))


def _unlisted_events(clause: Clause) -> Iterator[Problem]:
    for row, each in enumerate(clause.happenings, 1):
        if each.event not in clause.terms.events:
            right = _("one of the events of the terms, in the same words")
            yield _problem("happenings", row, "event", _("the terms do not list this event"), right)


def _request(row: int, request: Renegotiation, clause: Clause) -> Iterator[Problem]:
    series = {each.what for each in clause.capacities if each.partner == request.partner}
    known: dict[str, bool] = {
        "gap": request.gap in taxonomy().capabilities and request.ground in _NEEDS,
        "what": request.what in (series if request.ground in _CAPACITIES else clause.terms.events)
        and request.ground not in _NEEDS,
    }
    right = {
        "gap": _("a code of the vocabulary (lichen capabilities), and only where a need changed"),
        "what": _("the capacity or the event of the ground, in the words that it is listed by"),
    }
    for column, is_known in known.items():
        if getattr(request, column) and not is_known:
            what = _("this does not go with the ground of the request")
            yield _problem("renegotiations", row, column, what, right[column])


def _problem(part: str, row: int, column: str, what: str, right: str) -> Problem:
    return Problem(what, right, sheet=f"charter, clause, {part}", row=row, column=column, document=True)
