"""How a pilot went: every side's answers, the verdict, and what it would change in the audits."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lichen.alliance.values import Alliance
from lichen.cli.alliance.given import AllianceFile, given_alliance
from lichen.cli.alliance.names import names_of
from lichen.cli.answers import Block, Format, Layout, say, show
from lichen.cli.group import DONE, FINDINGS, Described, commands
from lichen.cli.keeping import Overwrite, check_free
from lichen.cli.pilot.answers_after import answer_blocks, proposal_block, verdict_blocks
from lichen.cli.pilot.chosen import Reader, Which, check_reader, chosen_pilot
from lichen.files.writing import write_audit
from lichen.language import _
from lichen.pilot.proposals import audit_proposals, audit_with_findings
from lichen.pilot.values import Pilot
from lichen.pilot.verdict import Verdict, VerdictOutcome, verdict

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def review(
    file: AllianceFile = "alliance.yaml",
    which: Which = None,
    reader: Reader = None,
    audit: Annotated[
        Path | None,
        typer.Option("--audit", help="With --for: write that partner's audit with what is proposed, to confirm."),
    ] = None,
    overwrite: Overwrite = False,
    layout: Format = Layout.TABLE,
) -> None:
    """Ask whether the exchange worked, each way, and what came to light.

    Each partner answers apart from the others; nobody's answers are shown before all have answered. The verdict comes
    with its arithmetic. Weaknesses that came to light, and offers that proved weaker, are proposed to the audits: the
    owner decides. Ends with 0 for a success, else with 1.

    Example:
        lichen pilot review alliance.yaml
        lichen pilot review alliance.yaml --for example-churches --audit churches.yaml
    """
    if audit is not None and reader is None:
        raise typer.BadParameter(_("say whose audit, with --for"), param_hint="--audit")
    check_free(audit, overwrite)
    alliance = given_alliance(file)
    pilot, names = chosen_pilot(alliance, which), names_of(alliance)
    check_reader(pilot, reader)
    found = verdict(pilot)
    changed = None if reader is None or audit is None else audit_with_findings(alliance.partner(reader), pilot)
    show(
        layout,
        *verdict_blocks(pilot, found, names, reader),
        *answer_blocks(pilot, found, names, reader),
        *_proposals(alliance, pilot, found, reader),
        Block((), (), empty=_advice(found)),
    )
    if audit is not None and changed is not None:
        write_audit(changed, audit)
        say(_("Written: {path}").format(path=audit), error=True)
    raise typer.Exit(DONE if found.is_success else FINDINGS)


def _proposals(alliance: Alliance, pilot: Pilot, found: Verdict, reader: str | None) -> tuple[Block, ...]:
    """What is proposed to the audits of those who take part, or to the reader's alone."""
    if found.outcome is VerdictOutcome.OPEN:
        return ()
    owners = pilot.partners if reader is None else (reader,)
    proposals = {owner: audit_proposals(alliance.partner(owner), pilot) for owner in owners}
    return (proposal_block(proposals, names_of(alliance)),)


def _advice(found: Verdict) -> str:
    """What to do next."""
    if found.is_success:
        return _("Next: lichen pilot gate")
    if found.outcome is VerdictOutcome.OPEN:
        return _("Next: ask each of them apart, and write each one's answers below reviews.")
    if found.outcome is VerdictOutcome.STOP:
        return _("Next: end it in good order, and try another small thing, or other partners.")
    return _("Next: agree on what changes, and write it below adjustment and the day below adjusted_on.")
