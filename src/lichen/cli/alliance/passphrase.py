"""Passphrases: asked for at the terminal without showing them, or from the environment; never in the command line."""

from __future__ import annotations

import os
import sys
from getpass import getpass

from lichen.cli.plain import printable
from lichen.errors import InputError, Problem
from lichen.language import _

__all__ = ["asked_passphrase", "chosen_passphrase"]

VARIABLE = "LICHEN_PASSPHRASE"


def asked_passphrase(file: str) -> str:
    """The passphrase of a locked file.

    Raises:
        InputError: There is nobody to ask.
    """
    return _given(_("Passphrase of {file}: ").format(file=file))


def chosen_passphrase(file: str) -> str:
    """A new passphrase, which a person types twice.

    Raises:
        InputError: There is nobody to ask, or the two are not the same.
    """
    first = _given(_("New passphrase for {file}: ").format(file=file))
    if VARIABLE not in os.environ and _given(_("The same again: ")) != first:
        what, right = _("the two passphrases are not the same"), _("the same twice; nothing has changed")
        raise InputError(Problem(what, right))
    return first


def _given(question: str) -> str:
    """What the environment has, else what is typed; others on the machine could see an argument."""
    if VARIABLE in os.environ:
        return os.environ[VARIABLE]
    if not sys.stdin.isatty():
        right = _("one typed at a terminal, or in the environment variable {variable}").format(variable=VARIABLE)
        raise InputError(Problem(_("a passphrase is needed, and there is nobody to ask"), right))
    try:
        return getpass(printable(question))
    except EOFError:
        return ""
