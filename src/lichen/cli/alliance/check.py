"""The command that checks an alliance's file."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

from lichen.alliance.values import Alliance
from lichen.audit.values import Audit
from lichen.cli.alliance.given import AllianceFile, opened_alliance
from lichen.cli.alliance.holdings import held_numbers, held_words, stage_words
from lichen.cli.alliance.protection import protection
from lichen.cli.answers import Block, Column, Format, Layout, Record, json_text, show
from lichen.cli.given import noting
from lichen.cli.group import FINDINGS, UNUSABLE, Described, commands
from lichen.cli.plain import printable
from lichen.errors import InputError
from lichen.files.alliances import is_locked_file
from lichen.files.storage import OpenToOthers, is_owners_alone
from lichen.language import _, ngettext

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def check(file: AllianceFile = "alliance.yaml", layout: Format = Layout.TABLE) -> None:
    """Check the file: everything that is wrong with it, at once.

    Then it tells who is in it, what each stage holds, who can read it, and whether it is encrypted.

    Ends with 1 where other users of the machine can read the file and it is not encrypted.

    Example:
        lichen alliance check alliance.yaml
    """
    is_locked = is_locked_file(file)
    told = protection(file)
    try:
        with noting(), warnings.catch_warnings():
            warnings.simplefilter("ignore", OpenToOthers)  # it is told below
            alliance = opened_alliance(file)
    except InputError as refusal:
        for sentence in (*map(str, refusal.problems), *told):
            typer.echo(printable(sentence), err=True)
        raise typer.Exit(UNUSABLE) from None
    is_alone = is_owners_alone(Path(file))
    if layout is Layout.JSON:
        record = {**_record(alliance), "owner_alone": is_alone, "locked": is_locked}
        typer.echo(json_text(record), nl=False)
    else:
        show(layout, *_blocks(alliance, told))
    if is_alone is False and not is_locked:
        raise typer.Exit(FINDINGS)


def _record(alliance: Alliance) -> Mapping[str, Any]:
    return {
        "name": alliance.name,
        "currency": alliance.currency,
        "formed_on": None if alliance.formed_on is None else alliance.formed_on.isoformat(),
        "partners": [_partner(audit) for audit in alliance.partners],
        "holds": held_numbers(alliance),
    }


def _partner(audit: Audit) -> Record:
    organisation = audit.organisation
    return {
        "id": organisation.id,
        "name": organisation.name,
        "gaps": len(organisation.vulnerabilities),
        "offers": len(organisation.offers),
        "audited_on": None if audit.audited_on is None else audit.audited_on.isoformat(),
    }


def _blocks(alliance: Alliance, told: tuple[str, ...]) -> Iterator[Block]:
    yield Block((), (), heading=alliance.name, empty=_("Nothing is wrong with the file."))
    yield Block(
        (Column("", lambda record: record["name"]), Column("", _within), Column("", lambda record: record["id"])),
        [_partner(audit) for audit in alliance.partners],
        heading=_("Partners"),
        empty=_("Nobody yet. An audit stands below partners as it stands in its own file."),
    )
    yield Block(
        (Column("", lambda record: stage_words(record["section"])), Column("", lambda record: record["holds"])),
        [{"section": name, "holds": held_words(numbers)} for name, numbers in held_numbers(alliance).items()],
        heading=_("What it holds"),
    )
    yield Block(
        (Column("", lambda record: record["sentence"]),),
        [{"sentence": sentence} for sentence in told],
        heading=_("Who can read it"),
    )


def _within(record: Record) -> str:
    gaps = ngettext("{number} gap", "{number} gaps", record["gaps"]).format(number=record["gaps"])
    offers = ngettext("{number} offer", "{number} offers", record["offers"]).format(number=record["offers"])
    return f"{gaps}, {offers}"
