"""What a command is given: audits and organisations, from files or from standard input."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from lichen.audit.values import Audit, Organisation
from lichen.cli.answers import say, screen
from lichen.errors import InputError, Problem
from lichen.files.draft import SetAside
from lichen.files.formats import FORMATS, format_named
from lichen.files.reading import (
    read_audit,
    read_audit_text,
    read_organisations,
    read_organisations_text,
    same_ids,
)
from lichen.files.storage import OpenToOthers
from lichen.language import _

__all__ = ["Among", "given_audit", "given_audits", "given_organisation", "given_organisations", "noting", "waiting"]

STANDARD_INPUT = "-"

Among = Annotated[
    list[str], typer.Option("--among", metavar="FILE…", help="Files of one or many organisations; - is standard input.")
]
"""The option of every command that looks among organisations."""


def given_audit(place: str) -> Audit:
    """The audit in a file, or in what comes through standard input."""
    with noting():
        if place == STANDARD_INPUT:
            return read_audit_text(*_standard_input())
        return read_audit(place)


def given_audits(places: Sequence[str]) -> list[Audit]:
    """The audits in several files; what is wrong with any of them is told at once."""
    audits: list[Audit] = []
    problems: list[Problem] = []
    for place in places:
        try:
            audits.append(given_audit(place))
        except InputError as refusal:
            problems += refusal.problems
    if problems:
        raise InputError(problems)
    return audits


def given_organisation(place: str, among: Sequence[Organisation] = ()) -> Organisation:
    """The organisation of an audit, or the one among the others whose id or name it is.

    Args:
        place: What ends like a file of audits is one; anything else is an id or a name, if there are others.
        among: The others.

    Raises:
        InputError: The file cannot be used, or there is not exactly one such organisation.
    """
    if not among or place == STANDARD_INPUT or Path(place).suffix[1:].lower() in FORMATS:
        return given_audit(place).organisation
    named = [one for one in among if place in (one.id, one.name)]
    if len(named) != 1:
        what = _("there is neither such a file nor one organisation of that id or name among the others")
        raise InputError(Problem(what, _("the path of an audit, or an id from the files after --among")))
    return named[0]


def given_organisations(places: Sequence[str]) -> tuple[Organisation, ...]:
    """The organisations in files, of which one may be standard input."""
    paths = [place for place in places if place != STANDARD_INPUT]
    with waiting(_("Reading …")), noting():
        found = read_organisations(paths)
        if len(paths) < len(places):
            found += read_organisations_text(*_standard_input())
    twice = same_ids([("", one) for one in found])
    if twice:
        raise InputError(twice)
    return found


@contextmanager
def waiting(doing: str) -> Iterator[None]:
    """Show that something is being done, on a terminal and nowhere else."""
    if not sys.stderr.isatty():
        yield
        return
    with screen(error=True).status(doing):
        yield


@contextmanager
def noting() -> Iterator[None]:
    """Tell what a reader set aside, or who else may read a file, as notes beside the answer."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    for warning in caught:
        if isinstance(warning.message, SetAside | OpenToOthers):
            say(_("Note: {note}").format(note=warning.message), style="dim", error=True)
        else:
            warnings.warn_explicit(warning.message, warning.category, warning.filename, warning.lineno)


def _standard_input() -> tuple[bytes, str, str]:
    """What came, the format it seems to have, and what to call it."""
    raw = sys.stdin.buffer.read(format_named("json").LARGEST + 1)
    return raw, "json" if raw.lstrip()[:1] in (b"{", b"[") else "yaml", STANDARD_INPUT
