"""Everything that is wrong with the matters of an alliance, at once, each thing with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from lichen.audit.values import Audit
from lichen.capabilities.taxonomy import taxonomy
from lichen.disclosure.replay import Replayed, audits_by_id, replay_all
from lichen.disclosure.state import MatterState
from lichen.disclosure.values import Act, DisclosureEvent, Matter
from lichen.errors import NotAllowed, Problem
from lichen.language import _

__all__ = ["disclosure_problems"]

_JUDGED_BY_AUDITS = frozenset(
    {
        "stated-in-the-audit",
        "matched-codes-only",
        "relevance-asked",
        "relevant-only",
        "high-sensitivity",
        "one-item-trial",
        "material-facts-first",
    }
)


def disclosure_problems(matters: Sequence[Matter], audits: Sequence[Audit]) -> list[Problem]:
    """Everything that stands in matters and cannot be so: unknown parties and items, and all that breaks a rule.

    Args:
        matters: Those of one alliance.
        audits: Those of its partners.

    Returns:
        One for each thing that is wrong; none where all is well.
    """
    found = replay_all(matters, audits)
    return [
        *_doubled(matters),
        *(problem for row, replayed in enumerate(found, 1) for problem in _of_matter(row, replayed, audits)),
        *_at_the_same_time(matters, [replayed.state for replayed in found]),
    ]


def _of_matter(row: int, replayed: Replayed, audits: Sequence[Audit]) -> Iterator[Problem]:
    matter, by_id = replayed.matter, audits_by_id(audits)
    joined = (event.by for event in matter.events if event.what is Act.JOINED)
    unknown = [party for party in dict.fromkeys((*matter.parties, *joined)) if party not in by_id]
    if unknown:
        what, right = _("a party is no partner of the alliance"), _("the ids of partners: {ids}")
        yield _problem(what, right.format(ids="; ".join(by_id)), row, "parties")
    if len(matter.parties) == 2 and replayed.state.is_frozen(*matter.parties):
        what, right = _against("exploited"), _("no matter of these two after exploitation was reported between them")
        yield _problem(what, right, row, "parties")
    for place, event in enumerate(matter.events, 1):
        if any(not _is_known(code, by_id.get(owner)) for owner, code in _named(event)):
            what, right = _("an item has an unknown code"), _("a code of its owner's audit")
            yield _problem_of_event(what, right, row, place)
    for refused in replayed.refused:
        yield _problem_of_event(_against(refused.refusal.rule), _right(refused.refusal), row, refused.place)


def _against(rule: str) -> str:
    return _("the rule {rule} stands against this").format(rule=rule)


def _right(refusal: NotAllowed) -> str:
    if refusal.rule not in _JUDGED_BY_AUDITS:
        return refusal.why
    since = _(
        "If it was right that day and an audit has changed since, write the day of the change into it: audited_on."
    )
    return f"{refusal.why} {since}"


def _named(event: DisclosureEvent) -> list[tuple[str, str]]:
    """The items that an event is about, each with its owner."""
    said = event.conversation.said if event.conversation is not None else ()
    codes = (*event.codes, event.code)
    return [*((event.by, code) for code in codes if code), *((each.owner, each.code) for each in said)]


def _is_known(code: str, audit: Audit | None) -> bool:
    gaps = () if audit is None else audit.organisation.vulnerabilities
    return code in taxonomy().capabilities or any(gap.code == code for gap in gaps)


def _doubled(matters: Sequence[Matter]) -> Iterator[Problem]:
    ids = [matter.id for matter in matters]
    for row, id in enumerate(ids, 1):
        if id in ids[: row - 1]:
            yield _problem(_("a matter before it has this id, too"), _("an id of its own for each"), row, "id")


def _at_the_same_time(matters: Sequence[Matter], states: Sequence[MatterState]) -> Iterator[Problem]:
    """Two parties deal with each other in one matter at a time, so that one freeze is a freeze of everything."""
    spans = [_span(matter, state) for matter, state in zip(matters, states, strict=True)]
    for (one, first), (other, second) in combinations(enumerate(states), 2):
        together = len({*first.parties} & {*second.parties}) > 1
        if together and spans[one][0] < spans[other][1] and spans[other][0] < spans[one][1]:
            what = _("two of its parties have another matter open at the same time")
            yield _problem(what, _("one matter at a time between the same two"), other + 1, "parties")


def _span(matter: Matter, state: MatterState) -> tuple[date, date]:
    return matter.opened_on, state.last_on if state.ended else date.max


def _problem(what: str, right: str, row: int, column: str) -> Problem:
    return Problem(what, right, sheet="matters", row=row, column=column, document=True)


def _problem_of_event(what: str, right: str, row: int, place: int) -> Problem:
    return Problem(what, right, sheet=f"matters, item {row}, events", row=place, document=True)
