"""Say what a store holds."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from lichen.cli.answers import Block, Column, Format, Layout, say, show
from lichen.cli.group import Described, commands
from lichen.cli.registry.loading import Folder
from lichen.errors import InputError, Problem
from lichen.language import _
from lichen.registry.decisions import Decision, read_decisions
from lichen.registry.store import Store

__all__ = ["app"]

app = commands()


@app.command("show", cls=Described)
def show_store(
    store: Folder,
    identifier: Annotated[str, typer.Argument(metavar="[ID]", help="An organisation.", show_default=False)] = "",
    verify: Annotated[bool, typer.Option("--verify", help="Compare every part with its checksum.")] = False,
    layout: Format = Layout.TABLE,
) -> None:
    """Say what a store holds, or what it has on one organisation.

    Example:
        lichen registry show --store registers
        lichen registry show US-EIN-562210510 --store registers
    """
    opened = Store(store)
    if verify and (damaged := opened.verify()):
        right = _("the registers loaded anew into a new folder")
        raise InputError([Problem(_("this part is missing or damaged"), right, name) for name in damaged])
    show(layout, _entry(opened, identifier) if identifier else _loads(opened))
    if not identifier and layout is Layout.TABLE:
        say(_summary(opened))


def _loads(store: Store) -> Block:
    rows: list[dict[str, Any]] = [
        {
            "source": load.source,
            "read": load.read,
            "entries": load.entries,
            "skipped": sum(load.skipped.values()),
            "files": [given.name for given in load.files],
        }
        for load in store.manifest.loads
    ]
    columns = (
        Column(_("register"), lambda row: row["source"]),
        Column(_("rows read"), lambda row: f"{row['read']:,}", number=True),
        Column(_("entries"), lambda row: f"{row['entries']:,}", number=True),
        Column(_("left out"), lambda row: f"{row['skipped']:,}", number=True),
        Column(_("files"), lambda row: ", ".join(row["files"])),
    )
    return Block(columns, rows)


def _entry(store: Store, identifier: str) -> Block:
    found = store.rows([identifier])
    if not found:
        raise InputError(Problem(_("the store has no such id"), _("such as GB-CHC-1000340")))
    rows = [row for entry in found for row in _items(entry)]
    columns = (
        Column(_("register"), lambda row: row["source"]),
        Column(_("name"), lambda row: row["name"]),
        Column(_("what"), lambda row: row["what"]),
        Column(_("sure"), lambda row: "" if row["confidence"] is None else f"{row['confidence']:.2f}", number=True),
        Column(_("because"), lambda row: row["sentence"]),
    )
    return Block(columns, rows)


def _items(entry: dict[str, Any]) -> list[dict[str, Any]]:
    known = {"source": entry["source"], "name": entry["name"]}
    rows = [
        {**known, "what": f"{word} {item['code']}", "confidence": why["confidence"], "sentence": why["sentence"]}
        for word, items, reasons in (
            (_("lacks?"), entry["gaps"], entry["gap_evidence"]),
            (_("offers?"), entry["offers"], entry["offer_evidence"]),
        )
        for item, why in zip(items, reasons, strict=True)
    ]
    return rows or [{**known, "what": _("nothing suggested"), "confidence": None, "sentence": ""}]


def _summary(store: Store) -> str:
    said = list(read_decisions(store.path).values())
    manifest = store.manifest
    lines = (
        _("Entries: {rows}, in parts: {parts}.").format(rows=f"{manifest.rows:,}", parts=len(manifest.parts)),
        _("Decided about twins: {same} the same, {different} different.").format(
            same=said.count(Decision.SAME), different=said.count(Decision.DIFFERENT)
        ),
    )
    return "\n".join(lines)
