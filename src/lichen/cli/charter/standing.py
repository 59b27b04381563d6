"""What ``lichen charter votes`` prints below the motions: the vetoes that stand, and what waits for somebody."""

from __future__ import annotations

from collections.abc import Iterator

from lichen.charter.requests import ChangeRequest, RequestFinding, RequestState, RequestStatus
from lichen.charter.values import Charter
from lichen.charter.veto import MediationDue, RepeatedVeto, VetoShown
from lichen.charter.votes.record import DecisionRecord
from lichen.cli.answers import Block, Column, Record, styled
from lichen.cli.charter.outcomes import Names, sentence_lines
from lichen.language import _, ngettext
from lichen.paper import one_line, written_day

__all__ = ["standing_blocks"]


def standing_blocks(record: DecisionRecord, charter: Charter, names: Names) -> Iterator[Block]:
    """The vetoes that stand, the mediation that is due, and the requests that wait; each only where there is one.

    Args:
        record: The answer of ``decision_record``.
        charter: The charter that it is about.
        names: The partners.
    """
    if record.vetoes:
        yield _block(_("Vetoes that stand"), [_veto_record(each, record, names) for each in record.vetoes])
    if record.mediation:
        yield _block(_("Mediation is due"), [_mediation_record(each, names) for each in record.mediation])
    if record.requests:
        yield _block(_("Changes asked for"), [_request_record(each, charter, names) for each in record.requests])


def _block(heading: str, records: list[Record]) -> Block:
    headline = Column("", lambda record: styled((record["sentence"], "yellow" if record["needs_mending"] else "")))
    return Block(heading=heading, columns=(headline,), records=records, below=sentence_lines)


def _veto_record(veto: VetoShown, record: DecisionRecord, names: Names) -> Record:
    name, days = names.get(veto.by, veto.by), (record.on - veto.vetoed_on).days
    told = ngettext(
        "{name} vetoes {motion}, for {days} day now: it touches a declared core weakness of theirs.",
        "{name} vetoes {motion}, for {days} days now: it touches a declared core weakness of theirs.",
        days,
    )
    return {
        "kind": "veto",
        "by": veto.by,
        "motion": veto.motion,
        "vetoed_on": veto.vetoed_on.isoformat(),
        "would_resolve": veto.would_resolve,
        "mediator": veto.mediator,
        "needs_mending": True,
        "sentence": told.format(name=name, motion=veto.motion, days=days),
        "reasons": list(_veto_reasons(veto)),
    }


def _veto_reasons(veto: VetoShown) -> Iterator[str]:
    yield _("Why: {words}").format(words=one_line(veto.reason, None))
    if veto.would_resolve:
        yield _("What would resolve it: {words}").format(words=one_line(veto.would_resolve, None))
    else:
        yield _("What would resolve it is not said yet: ask.")
    if veto.mediator:
        yield _("{mediator} mediates.").format(mediator=veto.mediator)


def _mediation_record(due: MediationDue, names: Names) -> Record:
    told = {
        RepeatedVeto.ON_A_SUBJECT: _("{name} has vetoed the same subject ({subject}) {vetoes} times."),
        RepeatedVeto.IN_A_YEAR: _("{name} has vetoed {vetoes} times within a year."),
    }[due.why]
    advice = _("From {limit} on it goes to mediation: agree on a mediator, and name them in the last of the vetoes.")
    return {
        "kind": "mediation",
        "by": due.by,
        "why": due.why,
        "subject": due.subject,
        "vetoes": due.vetoes,
        "limit": due.limit,
        "needs_mending": True,
        "sentence": told.format(name=names.get(due.by, due.by), subject=due.subject, vetoes=due.vetoes),
        "reasons": [advice.format(limit=due.limit)],
    }


def _request_record(state: RequestState, charter: Charter, names: Names) -> Record:
    request = next(each for each in charter.requests if each.id == state.request)
    by, to = names.get(request.by, request.by), names.get(request.to, request.to)
    asked = _("{by} asked {to} on {day}: {what}").format(
        by=by, to=to, day=written_day(request.asked_on), what=one_line(request.what, None)
    )
    return {
        "kind": "request",
        "id": request.id,
        "by": request.by,
        "to": request.to,
        "asked_on": request.asked_on.isoformat(),
        "due_on": state.due_on.isoformat(),
        "status": state.status,
        "days": state.days,
        "late": state.late,
        "findings": list(state.findings),
        "needs_mending": state.needs_mending,
        "sentence": f"{_status_words(state)} {asked}",
        "reasons": list(_request_reasons(state, request, by, to)),
    }


def _request_reasons(state: RequestState, request: ChangeRequest, by: str, to: str) -> Iterator[str]:
    if state.status is RequestStatus.OVERDUE and request.liaison_asked:
        yield _("Ask {person}, the liaison of {to}, for an answer.").format(person=request.liaison_asked, to=to)
    yield from (_finding_words(finding, by, to) for finding in state.findings)


def _status_words(state: RequestState) -> str:
    waiting = ngettext("Waiting for {days} day, due on {due}.", "Waiting for {days} days, due on {due}.", state.days)
    overdue = ngettext("Overdue by {late} day, since {due}.", "Overdue by {late} days, since {due}.", state.late)
    answered = ngettext("Answered after {days} day.", "Answered after {days} days.", state.days)
    told = {RequestStatus.WAITING: waiting, RequestStatus.OVERDUE: overdue, RequestStatus.ANSWERED: answered}
    return told[state.status].format(days=state.days, late=state.late, due=written_day(state.due_on))


def _finding_words(finding: RequestFinding, by: str, to: str) -> str:
    return {
        RequestFinding.NO_LIAISON_ASKING: _("{by} has named no liaison: one on each side keeps it from going cold."),
        RequestFinding.NO_LIAISON_ASKED: _("{to} has named no liaison: one on each side keeps it from going cold."),
        RequestFinding.NO_WORDS: _("The answer has no words: say why not, or what instead."),
    }[finding].format(by=by, to=to)
