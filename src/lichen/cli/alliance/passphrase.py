"""Passphrases: asked for at the terminal without showing them, or from the environment; never in the command line."""

from __future__ import annotations

import os
import sys
from getpass import getpass

import typer

from lichen.cli.answers import say
from lichen.cli.plain import printable
from lichen.errors import InputError, Problem
from lichen.language import _

__all__ = ["asked_passphrase", "chosen_passphrase"]

VARIABLE = "LICHEN_PASSPHRASE"
"""Where it is set and empty, it counts as not set."""
_LONG_ENOUGH = 12
"""Letters; fewer are warned of."""


def asked_passphrase(file: str) -> str:
    """The passphrase of a locked file.

    Raises:
        InputError: There is nobody to ask.
    """
    return _given(_("Passphrase of {file}: ").format(file=file))


def chosen_passphrase(file: str) -> str:
    """A new passphrase, which a person types twice.

    Raises:
        InputError: There is nobody to ask, the two are not the same, or a short one is not meant.
    """
    first = _given(_("New passphrase for {file}: ").format(file=file))
    if 0 < len(first) < _LONG_ENOUGH:
        _warn_of_short()
    if not os.environ.get(VARIABLE) and _given(_("The same again: ")) != first:
        what, right = _("the two passphrases are not the same"), _("the same twice; nothing has changed")
        raise InputError(Problem(what, right))
    return first


def _warn_of_short() -> None:
    """Ask whoever typed a short passphrase whether it is meant; a script is told."""
    told = _("This passphrase is short: whoever gets a copy of the file may guess it.")
    say(told, error=True)
    if os.environ.get(VARIABLE):
        return
    if not typer.confirm(_("Lock the file with it: are you sure?"), err=True):
        right = _("four words or more that nobody can guess; nothing has changed")
        raise InputError(Problem(_("the passphrase is not meant"), right))


def _given(question: str) -> str:
    """What the environment has, else what is typed; others on the machine could see an argument."""
    if given := os.environ.get(VARIABLE):
        return given
    if not sys.stdin.isatty():
        right = _("one typed at a terminal, or in the environment variable {variable}").format(variable=VARIABLE)
        raise InputError(Problem(_("a passphrase is needed, and there is nobody to ask"), right))
    try:
        return getpass(printable(question))
    except EOFError:
        return ""
