"""How a pilot went, as blocks: the verdict with its arithmetic, every answer side by side, what came to light."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from lichen.audit.values import Offer, Vulnerability
from lichen.brief.phrases import within_sentence
from lichen.cli.alliance.names import team_name
from lichen.cli.answers import Block, Column, Record, percent
from lichen.cli.pilot.agreed import measure_words
from lichen.language import _, ngettext
from lichen.paper import amount_words, one_line
from lichen.pilot.proposals import Proposal
from lichen.pilot.sealing import reviews_shown, still_to_review
from lichen.pilot.values import Pilot, Worked
from lichen.pilot.verdict import (
    DirectionResult,
    MeasuredTest,
    Verdict,
    VerdictOutcome,
    VerdictReason,
    WeaknessSeen,
    weaknesses_seen,
)

__all__ = ["answer_blocks", "proposal_block", "verdict_blocks"]

Names = Mapping[str, str]
AnyProposal = Proposal[Vulnerability] | Proposal[Offer]


def verdict_blocks(pilot: Pilot, found: Verdict, names: Names, reader: str | None) -> Iterator[Block]:
    """What the review comes to, and why.

    Args:
        pilot: The pilot.
        found: The answer of ``verdict``.
        names: The partners' names by their ids.
        reader: Id of the partner who is to read; None is the facilitator. Only the facilitator is told a number of
            weaknesses, since not all of them may be the reader's to know.
    """
    record = {
        "part": "verdict",
        "pilot": pilot.id,
        "outcome": found.outcome,
        "reasons": list(found.reasons),
        "worked": found.worked,
        "directions": len(found.directions),
        "met": found.met,
        "tests": len(found.tests),
        "is_adjusted": found.is_adjusted,
        "is_success": found.is_success,
        "still_to_answer": list(still_to_review(pilot)),
    }
    yield Block(
        columns=(Column("", lambda record: _arithmetic(pilot, found, names, reader)),),
        records=[record],
        heading=_("{title}: {outcome}").format(title=one_line(pilot.title), outcome=_outcome_words(found)),
    )
    if found.outcome is not VerdictOutcome.OPEN and (found.reasons or found.is_adjusted):
        reasons = [{"sentence": sentence} for sentence in _why(pilot, found)]
        yield Block(
            (Column("", lambda record: "–"), Column("", lambda record: record["sentence"])), reasons, repeats=True
        )


def _outcome_words(found: Verdict) -> str:
    if found.outcome is VerdictOutcome.ADJUST and found.is_adjusted:
        return _("fell short, and was adjusted since")
    return {
        VerdictOutcome.OPEN: _("not everybody has answered"),
        VerdictOutcome.WENT_WELL: _("it went well"),
        VerdictOutcome.ADJUST: _("adjust first"),
        VerdictOutcome.STOP: _("stop"),
    }[found.outcome]


def _arithmetic(pilot: Pilot, found: Verdict, names: Names, reader: str | None) -> str:
    if found.outcome is VerdictOutcome.OPEN:
        return _("Still to answer: {names}. Nobody's answers are shown before.").format(
            names=_named(still_to_review(pilot), names)
        )
    told = _("{worked} of {directions} directions worked, {met} of {tests} tests met.").format(
        worked=found.worked, directions=len(found.directions), met=found.met, tests=len(found.tests)
    )
    if not found.serious or reader is not None:
        return told
    more = ngettext(
        "{number} serious weakness came to light.", "{number} serious weaknesses came to light.", found.serious
    )
    return f"{told} {more.format(number=found.serious)}"


def _why(pilot: Pilot, found: Verdict) -> Iterator[str]:
    yield from (_reason_words(reason) for reason in found.reasons)
    if found.is_adjusted:
        yield _("Adjusted since: {what}").format(what=one_line(pilot.adjustment) or "–")


def _reason_words(reason: VerdictReason) -> str:
    told = {
        VerdictReason.UNANSWERED: _("Somebody has not answered yet."),
        VerdictReason.NOTHING_EXCHANGED: _("The terms name nothing that passes hands, so nothing could work."),
        VerdictReason.ONE_WAY: _("Somebody gave nothing or received nothing."),
        VerdictReason.DID_NOT_WORK: _("In one direction everybody says that it did not work."),
        VerdictReason.FELL_SHORT: _("In one direction somebody says that it worked in part or not at all."),
        VerdictReason.DIRECTION_UNANSWERED: _("The giver or the receiver has not said whether a direction worked."),
        VerdictReason.NO_TESTS: _("No success test was agreed, so nobody can tell."),
        VerdictReason.TEST_FAILED: _("A success test was missed."),
        VerdictReason.TEST_UNMEASURED: _("A success test was not measured."),
        VerdictReason.SERIOUS_WEAKNESS: _("Something came to light that must be settled before it grows."),
    }
    return told[reason]


def answer_blocks(pilot: Pilot, found: Verdict, names: Names, reader: str | None) -> Iterator[Block]:
    """Everybody's answers side by side, once all have answered.

    Args:
        pilot: The pilot.
        found: The answer of ``verdict``.
        names: The partners' names by their ids.
        reader: Id of the partner who is to read, who sees only the weaknesses that are its own or that it named;
            None is the facilitator.
    """
    if found.outcome is VerdictOutcome.OPEN:
        return
    yield _directions(pilot, found.directions, names)
    yield _tests(pilot, found.tests, names)
    if reader is not None:
        pilot = replace(pilot, reviews=reviews_shown(pilot, reader))
    yield _weaknesses(pilot, names, reader)


def _directions(pilot: Pilot, directions: Iterable[DirectionResult], names: Names) -> Block:
    records = [
        {
            "part": "direction",
            "giver": each.giver,
            "receiver": each.receiver,
            "answers": {by: {"worked": worked, "words": words} for by, worked, words in each.answers},
            "lowest": each.lowest,
            "is_agreed": each.is_agreed,
        }
        for each in directions
    ]
    sides = (Column(one_line(team_name(names, by)), partial(_direction_cell, by)) for by in pilot.partners)
    return Block(
        columns=(Column("", lambda record: _way(record, names)), *sides),
        records=records,
        heading=_("Did the exchange work, each way?"),
    )


def _way(record: Record, names: Names) -> str:
    way = f"{team_name(names, record['giver'])} → {team_name(names, record['receiver'])}"
    return way if record["is_agreed"] else _("{way} (you differ)").format(way=way)


def _direction_cell(by: str, record: Record) -> str:
    answer = record["answers"].get(by)
    if answer is None:
        return "–"
    said = {Worked.YES: _("yes"), Worked.PARTLY: _("partly"), Worked.NO: _("no")}[answer["worked"]]
    return _("{said}: {words}").format(said=said, words=one_line(answer["words"])) if answer["words"] else said


def _tests(pilot: Pilot, tests: Iterable[MeasuredTest], names: Names) -> Block:
    records = [
        {
            "part": "test",
            "test": each.test.id,
            "what": each.test.what,
            "wanted": each.test.wanted,
            "at_most": each.test.at_most,
            "numbers": dict(each.numbers),
            "is_met": each.is_met,
            "is_agreed": each.is_agreed,
            "told": measure_words(each.test),
        }
        for each in tests
    ]
    sides = (Column(one_line(team_name(names, by)), partial(_number_cell, by)) for by in pilot.partners)
    return Block(
        columns=(
            Column("", lambda record: record["told"]),
            *sides,
            Column("", lambda record: _met_words(record)),
        ),
        records=records,
        heading=_("The success tests"),
        empty=_("None was agreed."),
    )


def _number_cell(by: str, record: Record) -> str:
    return amount_words(record["numbers"][by]) if by in record["numbers"] else "–"


def _met_words(record: Record) -> str:
    met = {True: _("met"), False: _("missed"), None: _("not measured")}[record["is_met"]]
    return met if record["is_agreed"] else _("{met} (you differ)").format(met=met)


def _weaknesses(pilot: Pilot, names: Names, reader: str | None) -> Block:
    """What came to light; the words only for a reader whose own they are, or who wrote them."""
    records = [
        {
            "part": "weakness",
            "partner": each.partner,
            "code": each.code,
            "severity": each.severity,
            "seen_by": list(each.seen_by),
            "is_serious": each.is_serious,
            "words": [] if reader is None else [*_words_about(pilot, each)],
        }
        for each in weaknesses_seen(pilot)
    ]
    return Block(
        columns=(
            Column(_("Whose"), lambda record: one_line(team_name(names, record["partner"]))),
            Column(_("What is lacking"), lambda record: _weakness_cell(record)),
            Column(_("Severity"), lambda record: str(record["severity"]), number=True),
            Column(_("Seen by"), lambda record: _named(record["seen_by"], names)),
        ),
        records=records,
        heading=_("Did a hidden weakness come to light?")
        if reader is not None
        else _("Did a hidden weakness come to light? (for the facilitator's eyes)"),
        note=_("These are their owners' to show. To print what one partner may read: --for ID")
        if reader is None
        else "",
        empty=_("None.") if reader is None else _("None that is yours, or that you named."),
    )


def _words_about(pilot: Pilot, seen: WeaknessSeen) -> Iterator[str]:
    for review in pilot.reviews:
        for each in review.weaknesses:
            if (each.partner, each.code) == (seen.partner, seen.code) and each.words:
                yield each.words


def _weakness_cell(record: Record) -> str:
    quoted = (_("“{words}”").format(words=one_line(words)) for words in record["words"])
    return "\n".join((within_sentence(record["code"]), *quoted))


def _named(ids: Iterable[str], names: Names) -> str:
    return ", ".join(one_line(team_name(names, each)) for each in ids)


def proposal_block(proposals: Mapping[str, Sequence[AnyProposal]], names: Names) -> Block:
    """What the review proposes to the audits; each owner decides.

    Args:
        proposals: For the id of each owner, the answer of ``audit_proposals``.
        names: The partners' names by their ids.
    """
    return Block(
        columns=(
            Column("", lambda record: one_line(team_name(names, record["partner"]))),
            Column("", lambda record: record["sentence"]),
        ),
        records=[_proposal_record(owner, each, names) for owner, found in proposals.items() for each in found],
        heading=_("What this would change in the audits, if its owner says yes"),
        empty=_("Nothing."),
    )


def _proposal_record(owner: str, proposal: AnyProposal, names: Names) -> Record:
    return {
        "part": "proposal",
        "partner": owner,
        "change": proposal.change,
        "code": proposal.after.code,
        "seen_by": list(proposal.seen_by),
        "confidence": proposal.after.confidence,
        "sentence": _proposal_words(proposal, names),
    }


def _proposal_words(proposal: AnyProposal, names: Names) -> str:
    before, after, seen = proposal.before, proposal.after, _named(proposal.seen_by, names)
    name = within_sentence(after.code)
    if isinstance(before, Offer) and isinstance(after, Offer):
        told = _("Lower the offer {name} from strength {before} to {strength}, evidence {evidence} (seen by {seen}).")
        return told.format(
            name=name, before=before.strength, strength=after.strength, evidence=after.evidence, seen=seen
        )
    if isinstance(before, Vulnerability) and isinstance(after, Vulnerability):
        told = _("Raise the gap {name} from severity {before} to {severity} (seen by {seen}).")
        return told.format(name=name, before=before.severity, severity=after.severity, seen=seen)
    told = _("Add the gap {name}, severity {severity} (seen by {seen}; {sure} sure).")
    severity = after.severity if isinstance(after, Vulnerability) else 0
    return told.format(name=name, severity=severity, seen=seen, sure=percent(after.confidence))
