"""``lichen-web events``: whether the chains of events are as they were written, and marks to keep elsewhere."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer
from django.utils import timezone
from django.utils.translation import gettext as _

from lichen.cli.group import FINDINGS, Described, commands
from lichen.errors import InputError, Problem
from lichen.files.storage import write_atomically
from lichen_web.alliances.access.chains import Fault, VerifiedChain, newest_marks, verified_chains
from lichen_web.alliances.actions.events import mark_chains
from lichen_web.alliances.events import Mark

__all__ = ["app", "read_marks", "write_marks"]

_events = commands()

_FORMAT = "lichen checkpoints/1"


@_events.command(cls=Described)
def verify(
    against: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Marks that were kept elsewhere, from events checkpoint --to.")
    ] = None,
) -> None:
    """Work out every hash again, and tell what was changed, taken out, put in or cut off.

    Whoever may write to the database can write a whole chain anew, and only marks kept elsewhere show that.

    Example:
        lichen-web events verify
        lichen-web events verify --against /media/stick/lichen-marks.jsonl
    """
    chains = events = erased = 0
    is_whole = True
    for chain in verified_chains(read_marks(against) if against else ()):
        chains, events, erased = chains + 1, events + chain.events, erased + chain.erased
        for line in _faults(chain):
            typer.echo(line)
            is_whole = False
    typer.echo(_("{chains} chains with {events} events were read.").format(chains=chains, events=events))
    if erased:
        typer.echo(_("What {erased} of them said beyond ids was erased, as it may be.").format(erased=erased))
    if not is_whole:
        raise typer.Exit(FINDINGS)
    typer.echo(_("Nothing was changed."))


@_events.command(cls=Described)
def checkpoint(
    to: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the newest mark of each chain into this file, too.")
    ] = None,
) -> None:
    """Sign where each chain of events stands now. Keep the file on another machine: it shows what was written anew.

    Example:
        lichen-web events checkpoint --to /media/stick/lichen-marks.jsonl
    """
    typer.echo(_("{count} chains were marked.").format(count=mark_chains(at=timezone.now())))
    if to:
        write_marks(newest_marks(), to)


def write_marks(marks: Iterable[Mark], path: Path) -> None:
    """Write marks into a file: its format, then a line each.

    Raises:
        InputError: It cannot be written there.
    """
    lines = (json.dumps(each) for each in (_FORMAT, *map(_told, marks)))
    write_atomically("".join(f"{line}\n" for line in lines).encode("ascii"), path)


def read_marks(path: Path) -> tuple[Mark, ...]:
    """The marks in a file.

    Raises:
        InputError: It cannot be read, or is not such a file.
    """
    try:
        first, *lines = path.read_text(encoding="ascii").splitlines() or [""]
    except (OSError, ValueError):
        what, right = _("this file cannot be read"), _("a file that you may read")
        raise InputError(Problem(what, right, file=path.name)) from None
    if first != json.dumps(_FORMAT):
        right = _("a file that lichen-web events checkpoint wrote")
        raise InputError(Problem(_("this is no file of marks"), right, file=path.name))
    return tuple(_mark(line, row, path) for row, line in enumerate(lines, start=2))


def _mark(line: str, row: int, path: Path) -> Mark:
    try:
        told = json.loads(line)
        return Mark(
            chain=UUID(told["chain"]),
            of=str(told["of"]),
            number=int(told["number"]),
            hash=str(told["hash"]),
            signed_at=datetime.fromisoformat(told["signed_at"]),
            signature=b64decode(told["signature"], validate=True),
            verify_key=b64decode(told["verify_key"], validate=True),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        what, right = _("this line is no mark"), _("a line as it was written")
        raise InputError(Problem(what, right, file=path.name, row=row)) from None


def _told(mark: Mark) -> dict[str, Any]:
    return {
        "chain": str(mark.chain),
        "of": mark.of,
        "number": mark.number,
        "hash": mark.hash,
        "signed_at": mark.signed_at.isoformat(),
        "signature": b64encode(mark.signature).decode("ascii"),
        "verify_key": b64encode(mark.verify_key).decode("ascii"),
    }


def _faults(chain: VerifiedChain) -> Iterator[str]:
    said = {
        Fault.NUMBER: _("event {number} does not follow the one before it: some were taken out, put in or swapped"),
        Fault.LINK: _("event {number} does not bear the hash of the one before it"),
        Fault.CONTENT: _("event {number} was changed"),
        Fault.PAYLOAD: _("the payload of event {number} was changed"),
        Fault.HEAD: _("the head does not point to the last event, {number}"),
        Fault.MARK: _("it is not as it was when event {number} was marked: it was written anew, or cut off"),
        Fault.SIGNATURE: _("the mark of event {number} was not signed by this host"),
    }
    for each in chain.faults:
        yield f"{chain.of or '?'} {chain.id}: " + said[each.fault].format(number=each.number)


app = commands()
app.add_typer(_events, name="events", help="Verify that no event was changed, and mark where the chains stand.")
