"""The vocabulary on the command line: search it, and recognise it in people's own words."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any

import typer

from lichen.capabilities.recognise import recognise as recognise_text
from lichen.capabilities.search import search_capabilities
from lichen.capabilities.taxonomy import RELATED_FLOOR, Capability, nearest_codes, taxonomy
from lichen.cli.answers import Block, Column, Format, Layout, Record, say, show, styled, two_places
from lichen.cli.group import Described, commands
from lichen.errors import InputError, Problem
from lichen.language import _

__all__ = ["app"]

app = commands()

_CODE = re.compile(r"[a-z]+[._][a-z._]*", re.IGNORECASE)
_LONGEST_LINE = 10**6
"""Bytes."""


def _complete_codes(incomplete: str) -> list[tuple[str, str]]:
    """The codes that begin like this, with their labels, for a shell to offer."""
    every = taxonomy().capabilities.values()
    return [(entry.code, entry.label) for entry in every if entry.code.startswith(incomplete)]


@app.command(cls=Described)
def capabilities(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS", help="Words to look for, or one code.", autocompletion=_complete_codes),
    ] = None,
    layout: Format = Layout.TABLE,
) -> None:
    """Search the vocabulary that gaps and offers are named in.

    Without words, all of it is listed. A code alone shows what it means, how people say it, and what it is related to.

    Example:
        lichen capabilities
        lichen capabilities grant writing
        lichen capabilities trust.underserved
    """
    wanted = " ".join(words or ()).strip()
    one = taxonomy().capabilities.get(wanted)
    if one is not None and layout in (Layout.TABLE, Layout.MD):
        show(layout, *_blocks_of_one(one))
    else:
        show(layout, _listing(wanted, [one] if one else search_capabilities(wanted)))


@app.command(cls=Described)
def recognise(
    text: Annotated[
        list[str] | None, typer.Argument(metavar="TEXT", help="What somebody said; - or nothing reads lines.")
    ] = None,
    layout: Annotated[
        Layout | None, typer.Option("--format", "-f", help="How to print.", show_default="table; json for lines")
    ] = None,
) -> None:
    """Say which capabilities people's own words name.

    Lines of standard input are answered one by one, each with a JSON object: a line that names nothing has no matches.

    Example:
        lichen recognise "We have nobody who can write grant bids."
        lichen recognise < what-people-said.txt
    """
    given = text if text and text != ["-"] else None
    answers = (_recognised(line) for line in ([" ".join(given)] if given else _lines()))
    if (layout or (Layout.TABLE if given else Layout.JSON)) is Layout.JSON:
        for answer in answers:
            sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
            sys.stdout.flush()
    else:
        show(layout or Layout.TABLE, _matches(answers))


def _listing(words: str, found: Sequence[Capability]) -> Block:
    return Block(
        columns=(
            Column(_("Code"), lambda record: styled((record["code"], "cyan"))),
            Column(_("What it is"), lambda record: styled((record["label"], "bold"), "\n" + record["definition"])),
        ),
        records=[_record(entry) for entry in found],
        note=_("{count} of the {all} capabilities of version {version}. One in full: lichen capabilities CODE").format(
            count=len(found), all=len(taxonomy().capabilities), version=taxonomy().version
        ),
        empty=_nothing_found(words),
    )


def _nothing_found(words: str) -> str:
    if _CODE.fullmatch(words):
        return _("There is no such code. The nearest are: {codes}.").format(codes=", ".join(nearest_codes(words)))
    return _('No capability has all these words. Try fewer of them, or say it in a sentence: lichen recognise "…".')


def _record(entry: Capability) -> Record:
    return {
        "code": entry.code,
        "label": entry.label,
        "group": taxonomy().groups[entry.group].label,
        "definition": entry.definition,
        "as_gap": entry.as_gap,
        "as_strength": entry.as_strength,
        "keywords": entry.keywords,
        "kinds": entry.kinds,
        "sensitivity": entry.sensitivity,
        "related": dict(entry.related),
        "public_evidence": entry.public_evidence,
    }


def _blocks_of_one(entry: Capability) -> tuple[Block, Block]:
    facts = (
        (_("Means"), entry.definition),
        (_("Code"), entry.code),
        (_("Group"), taxonomy().groups[entry.group].label),
        (_("As a gap"), "\n".join(entry.as_gap)),
        (_("As a strength"), "\n".join(entry.as_strength)),
        (_("Also said"), ", ".join(entry.keywords)),
        (_("Given as"), ", ".join(kind.replace("_", " ") for kind in entry.kinds)),
        (_("Sensitivity"), entry.sensitivity),
        (_("In filings"), "\n".join(entry.public_evidence)),
    )
    plain = Block(
        heading=entry.label,
        columns=(
            Column("", lambda record: styled((record["name"], "dim"))),
            Column("", lambda record: record["value"]),
        ),
        records=[{"name": name, "value": value} for name, value in facts if value],
    )
    return plain, _related(entry)


def _related(entry: Capability) -> Block:
    labels = taxonomy().capabilities
    return Block(
        heading=_("Related"),
        columns=(
            Column(_("How near"), lambda record: two_places(record["similarity"]), number=True),
            Column(_("What it is"), lambda record: record["label"]),
            Column(_("Code"), lambda record: styled((record["code"], "cyan"))),
        ),
        records=[
            {"code": code, "label": labels[code].label, "similarity": similarity}
            for code, similarity in sorted(entry.related.items(), key=lambda pair: -pair[1])
        ],
        note=_("A strength in a related code eases a gap here by so much; below {floor:.2f} it does not count.").format(
            floor=RELATED_FLOOR
        ),
        empty=_("Nothing is related to it."),
    )


def _lines() -> Iterator[str]:
    if sys.stdin.isatty():
        say(_("Say what people said, a line each; Ctrl-D ends."), error=True)
    for number, raw in enumerate(iter(lambda: sys.stdin.buffer.readline(_LONGEST_LINE + 1), b""), start=1):
        if len(raw) > _LONGEST_LINE:
            right = _("at most {megabytes} MB a line").format(megabytes=_LONGEST_LINE // 10**6)
            raise InputError(Problem(_("the line is too long"), right, file="-", row=number))
        try:
            yield raw.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            raise InputError(Problem(_("the line is not text"), _("lines in UTF-8"), file="-", row=number)) from None


def _recognised(text: str) -> dict[str, Any]:
    matches = recognise_text(text)
    return {
        "text": text,
        "matches": [
            {"code": match.code, "sense": match.sense, "score": round(match.score, 3), "by": match.by}
            for match in matches
        ],
    }


def _matches(answers: Iterable[dict[str, Any]]) -> Block:
    labels = taxonomy().capabilities
    records = [{"text": answer["text"], **match} for answer in answers for match in answer["matches"]]
    return Block(
        columns=(
            Column(_("Score"), lambda record: two_places(record["score"]), number=True),
            Column(_("Sense"), lambda record: record["sense"]),
            Column(
                _("Capability"), lambda record: styled(labels[record["code"]].label, (f"\n{record['code']}", "cyan"))
            ),
            Column(_("Recognised by"), lambda record: record["by"]),
        ),
        records=records,
        note=_("{count} recognised. The sense is whether the words say that it is lacked or had.").format(
            count=len(records)
        ),
        empty=_(
            "These words name no capability that Lichen knows. Say what is lacking or strong, in a plain sentence "
            "about your own organisation, or search: lichen capabilities WORDS"
        ),
    )
