"""What is wrong with the first trust audit, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lichen.alliance.values import Alliance
from lichen.checkin.schedule import FirstAuditFinding, first_audit_findings
from lichen.cli.answers import Block, Column
from lichen.language import _

__all__ = ["first_block", "pilot_start"]


def pilot_start(alliance: Alliance) -> date | None:
    """The first day of the first pilot; None: none is planned."""
    return min((pilot.terms.starts_on for pilot in alliance.pilots if pilot.terms.starts_on), default=None)


def first_block(alliance: Alliance, on: date) -> Iterator[Block]:
    """What is wrong with the first trust audit; nothing where all is well.

    Args:
        alliance: The alliance.
        on: The day to reckon with.
    """
    findings = first_audit_findings(alliance.checkins, on, pilot_on=pilot_start(alliance))
    if findings:
        yield Block(
            columns=(Column("", lambda record: "▲"), Column("", lambda record: record["sentence"])),
            records=[{"part": "first", "code": each, "sentence": _words(each)} for each in findings],
            heading=_("The first trust audit"),
        )


def _words(finding: FirstAuditFinding) -> str:
    return {
        FirstAuditFinding.NOT_HELD: _(
            "It has not been held. Before the pilot, have each partner rate the others from 1 to 10, unseen, and talk "
            "about the gap. Forms to print: lichen checkin trust --blank form.md"
        ),
        FirstAuditFinding.AFTER_PILOT: _(
            "The pilot began before its answers were open, so they were never talked about beforehand."
        ),
        FirstAuditFinding.NOT_ANNOUNCED: _(
            "Some partner gave fewer than five answers and nobody was told that names are shown, so these stay closed. "
            "Tell all of it beforehand next time, and write that day below announced_on."
        ),
        FirstAuditFinding.ONE_SIDED: _(
            "Somebody has been rated who has not rated in turn. Nothing of either side is shown before both have "
            "answered."
        ),
        FirstAuditFinding.SEALED: _(
            "All have answered. Lay it open to all at once, and write that day below revealed_on."
        ),
    }[finding]
