"""The audit on the command line: the questions, the workbook, the review and the team's answer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lichen.audit.findings import Weight
from lichen.audit.merging import combine_audits
from lichen.audit.prompts import evidence_question, offer_prompts, opening_prompts, sector_prompts
from lichen.audit.review import review
from lichen.audit.team import RankMethod
from lichen.cli.answers import Block, Column, Format, Layout, json_text, say, show
from lichen.cli.given import given_audits
from lichen.cli.group import FINDINGS, Described, commands
from lichen.cli.keeping import Overwrite, check_free
from lichen.cli.reviews import review_blocks
from lichen.cli.teams import team_blocks, team_record
from lichen.files.workbook.template import write_template
from lichen.files.writing import write_audit
from lichen.language import _
from lichen.scales import Sector

__all__ = ["app"]

app = commands()
audit = commands()
app.add_typer(audit, name="audit", help="Record honestly what you lack and what you can give.")

_SECTORS = f"Whose typical questions to ask: {', '.join(Sector)}."

Files = Annotated[list[str], typer.Argument(metavar="FILE", help="Audits; - is standard input.", show_default=False)]


@audit.command(cls=Described)
def prompts(
    sector: Annotated[Sector, typer.Option(metavar="SECTOR", help=_SECTORS)] = Sector.OTHER,
    layout: Format = Layout.TABLE,
) -> None:
    """Print the questions that an audit asks.

    The first two open it; then come some that are typical of the sector, and some about what you could give.

    Example:
        lichen audit prompts --sector health
    """
    columns = (Column("", lambda record: "·"), Column("", lambda record: record["question"]))
    groups = (
        (_("To begin with"), opening_prompts(), ""),
        (_("Where others of your kind are weak"), sector_prompts(sector), ""),
        (_("What you could give"), offer_prompts(), evidence_question()),
    )
    show(
        layout,
        *(
            Block(
                columns,
                [{"id": asked.id, "question": asked.question, "codes": asked.codes} for asked in asking],
                heading=heading,
                note=note,
            )
            for heading, asking, note in groups
        ),
    )


@audit.command(cls=Described)
def template(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="Where to write the workbook.")] = Path("my-audit.xlsx"),
    sector: Annotated[Sector, typer.Option(metavar="SECTOR", help=_SECTORS)] = Sector.OTHER,
    overwrite: Overwrite = False,
) -> None:
    """Write the workbook that an audit is filled in with.

    It has drop-downs, help and an example row, and opens in any spreadsheet.

    Example:
        lichen audit template my-audit.xlsx --sector health
    """
    check_free(path, overwrite)
    write_template(path, sector=sector)
    say(_("Written: {path}. Fill it in, in your own words, then: lichen audit check {path}").format(path=path))


@audit.command(cls=Described)
def check(files: Files, layout: Format = Layout.TABLE) -> None:
    """Say what is missing from an audit, and what is in doubt.

    Ends with 1 where something needs mending, with 0 where it is only worth another look.

    Example:
        lichen audit check examples/hospital.yaml
    """
    audits = given_audits(files)
    findings = [review(each) for each in audits]
    show(
        layout,
        *(
            block
            for file, each, found in zip(files, audits, findings, strict=True)
            for block in review_blocks(file, each, found)
        ),
    )
    if any(finding.weight is not Weight.LOOK for found in findings for finding in found):
        raise typer.Exit(FINDINGS)


@audit.command(cls=Described)
def combine(
    files: Files,
    out: Annotated[
        Path | None, typer.Option(help="Write the audit that comes of it: .yaml, .json, .csv, .xlsx.")
    ] = None,
    method: Annotated[RankMethod, typer.Option(help="How rankings become one.")] = "borda",
    overwrite: Overwrite = False,
    layout: Format = Layout.TABLE,
) -> None:
    """Make one audit of several people's, and say how far they agree.

    Ends with 1 where they disagree so much that they should talk first.

    Example:
        lichen audit combine director.xlsx nurse.xlsx porter.xlsx --out hospital.yaml
    """
    check_free(out, overwrite)
    audits = given_audits(files)
    merged, team = combine_audits(audits, method=method, called=[Path(file).name for file in files])
    if out is not None:
        write_audit(merged, out)
        say(_("Written: {path}").format(path=out), error=True)
    if layout is Layout.JSON:
        typer.echo(json_text(team_record(team)), nl=False)
    else:
        show(layout, *team_blocks(merged, team, [audit.readiness for audit in audits]))
    if team.talk_first:
        raise typer.Exit(FINDINGS)
