"""Every sentence a person reads goes through here, so that it can be translated.

The library answers in codes and numbers; the faces, the brief and the problems of a file turn them into
sentences with :func:`_`. Sentences are written in English in the code; a translation is a gettext catalogue
in ``locale/<language>/LC_MESSAGES/lichen.mo``.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib.resources import files

__all__ = ["ngettext", "speaking"]

_CURRENT: ContextVar[gettext.NullTranslations | None] = ContextVar("lichen_language", default=None)


def _(message: str) -> str:
    """The message in the language being spoken; English where there is no translation."""
    current = _CURRENT.get()
    return message if current is None else current.gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """The singular or the plural form, as the language being spoken has it."""
    current = _CURRENT.get()
    if current is None:
        return one if number == 1 else many
    return current.ngettext(one, many, number)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language within this block; English if no catalogue for it is installed.

    Args:
        language: An IETF or POSIX tag, such as ``fr`` or ``pt_BR``.
    """
    catalogue = gettext.translation("lichen", str(files("lichen") / "locale"), languages=[language], fallback=True)
    token = _CURRENT.set(catalogue)
    try:
        yield
    finally:
        _CURRENT.reset(token)
