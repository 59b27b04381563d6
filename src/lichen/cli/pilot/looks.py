"""Findings about a pilot as sentences: what was found, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lichen.audit.findings import Weight
from lichen.cli.alliance.names import team_name
from lichen.cli.answers import Block, Column, styled
from lichen.language import _, ngettext
from lichen.paper import amount_words, one_line
from lichen.pilot.findings import PilotFigure, PilotFinding
from lichen.pilot.findings import PilotFindingCode as Code

__all__ = ["finding_blocks", "pilot_finding_sentence"]

_SIGNS = {Weight.STOP: ("■", "red"), Weight.MEND: ("▲", "yellow"), Weight.LOOK: ("·", "dim")}
_SUMS = frozenset({"budget", "under", "cost"})


def finding_blocks(findings: Sequence[PilotFinding], names: Mapping[str, str], currency: str) -> Iterator[Block]:
    """What was found about a pilot, the heaviest first; nothing where nothing was.

    Args:
        findings: The answer of ``pilot_findings``.
        names: The partners' names by their ids.
        currency: The alliance's currency; empty is not said.
    """
    headings = {
        Weight.STOP: _("Settle this before anything begins"),
        Weight.MEND: _("Mend this"),
        Weight.LOOK: _("Worth another look"),
    }
    for weight, heading in headings.items():
        records = [
            {
                "part": "finding",
                "weight": weight,
                "code": each.code,
                "figures": dict(each.figures),
                "sentence": pilot_finding_sentence(each, names, currency),
            }
            for each in findings
            if each.weight is weight
        ]
        if records:
            columns = (
                Column("", lambda record: styled(_SIGNS[record["weight"]])),
                Column("", lambda record: record["sentence"]),
            )
            yield Block(columns, records, heading=heading)


def pilot_finding_sentence(finding: PilotFinding, names: Mapping[str, str], currency: str) -> str:
    """What was found and what to do next, in a sentence or two.

    Args:
        finding: The finding.
        names: The partners' names by their ids.
        currency: The alliance's currency; empty is not said.

    Example:
        >>> print(pilot_finding_sentence(PilotFinding(Code.TOO_LONG, {"months": 3}), {}, ""))
        It lasts longer than 3 months. Take a smaller step; it can be repeated.
    """
    told = {name: _told(name, value, names, currency) for name, value in finding.figures.items()}
    count = finding.figures.get("count", 0)
    sentences = {**_counted(count if isinstance(count, int) else 0), **_of_expectations(), **_of_terms()}
    return sentences[finding.code].format(**told)


def _told(name: str, value: PilotFigure, names: Mapping[str, str], currency: str) -> str:
    if isinstance(value, tuple):
        return ", ".join(one_line(team_name(names, each)) for each in value) or _("nobody")
    if name in _SUMS and not isinstance(value, str):
        return amount_words(value, currency)
    return one_line(str(value))


def _counted(count: int) -> Mapping[Code, str]:
    return {
        Code.EXPECTATIONS_CONTRADICT: ngettext(
            "In {count} thing, one expects what another expects not to happen. Talk about it and settle it.",
            "In {count} things, one expects what another expects not to happen. Talk about them and settle them.",
            count,
        ),
        Code.EXPECTATIONS_DIFFER: ngettext(
            "{count} expectation differs or is not shared. Settle it, and write down what you agreed.",
            "{count} expectations differ or are not shared. Settle them, and write down what you agreed.",
            count,
        ),
        Code.RED_LINE_CROSSED: ngettext(
            "{count} thing is expected of a partner that is beyond its red line. Settle it first.",
            "{count} things are expected of a partner that are beyond its red line. Settle them first.",
            count,
        ),
        Code.RED_LINE_NEAR: ngettext(
            "{count} thing expected of somebody touches another's red line. Ask whether it is meant.",
            "{count} things expected of somebody touch another's red line. Ask whether they are meant.",
            count,
        ),
        Code.QUESTIONS: ngettext(
            "{count} thing was said in words that nothing can compare. Ask: do you mean the same?",
            "{count} things were said in words that nothing can compare. Ask of each: do you mean the same?",
            count,
        ),
    }


def _of_expectations() -> Mapping[Code, str]:
    return {
        Code.EXPECTATIONS_UNWRITTEN: _(
            "Still to write, unseen, what each partner will give, decide and not do: {partners}."
        ),
        Code.EXPECTATIONS_SEALED: _(
            "All have written. Reveal it together, and write the day below revealed_on; then look at what differs."
        ),
        Code.WRITTEN_LATE: _(
            "Written after the others' were open, so not unseen: {partners}. All is closed until that is undone, or "
            "revealed anew on a later day."
        ),
        Code.INTERESTS_UNSAID: _(
            "Not said yet what each wants for itself, will not have, and would protect under a cut: {partners}."
        ),
        Code.SHARED_GOALS_UNSAID: _("No goal is named that all share. Goals that fit together help an alliance last."),
    }


def _of_terms() -> Mapping[Code, str]:
    return {
        Code.NOTHING_EXCHANGED: _("It is not said what passes hands. Name one thing each way."),
        Code.ONE_WAY_ONLY: _(
            "The exchange is not both ways. Gives nothing: {giving_nothing}. Receives nothing: {receiving_nothing}."
        ),
        Code.START_UNSAID: _("The first day is not said."),
        Code.END_UNSAID: _("The last day is not said."),
        Code.TOO_LONG: _("It lasts longer than {months} months. Take a smaller step; it can be repeated."),
        Code.BUDGET_UNSAID: _("It is not said what it costs; 0 if no money is spent."),
        Code.BUDGET_OVER: _("It costs {budget}, and a pilot stays under {under}. Take a smaller step."),
        Code.STEPS_OVER_BUDGET: _("The small steps cost {cost} together, and the budget is {budget}."),
        Code.HOURS_UNSAID: _("Not said how many hours its team gives: {partners}."),
        Code.DONORS_CLASH: _("{partners} would all approach {donor}. Agree on one of them."),
        Code.TESTS_MISSING: _("No success test shows whether it helped: {partners}. Name a number and a day."),
        Code.TEST_OPEN_ENDED: _("A success test has no day: {tests}."),
        Code.TEST_LATE: _("A success test ends after the review, which could not tell: {tests}."),
        Code.REVIEW_UNSAID: _("There is no day to look back. Agree on one before the end."),
        Code.REVIEW_LATE: _("The day to look back is after the end. Look back before it, while it can be changed."),
        Code.REVIEW_OVERDUE: _("The day to look back has passed. Still to answer: {partners}."),
    }
