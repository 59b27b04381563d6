"""Every sentence a person reads goes through here, so that it can be translated.

The library answers in codes and numbers; the faces, the brief and the problems of a file turn them into
sentences with :func:`_`. Sentences are written in English in the code; a translation is a gettext catalogue
in ``locale/<language>/LC_MESSAGES/lichen.mo``.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib.resources import files

__all__ = ["has_translation", "ngettext", "speaking"]

_TAG = re.compile(r"[A-Za-z]{2,8}([-_.@][A-Za-z0-9]{1,8})*")
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


def has_translation(language: str) -> bool:
    """Whether a catalogue is installed for a language; English needs none.

    Args:
        language: An IETF or POSIX tag, such as ``fr`` or ``pt_BR``.
    """
    return language[:2].lower() == "en" or gettext.find("lichen", _locale(), languages=_tags(language)) is not None


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language within this block; English if no catalogue for it is installed.

    Args:
        language: An IETF or POSIX tag, such as ``fr`` or ``pt_BR``. What is no tag is spoken as English: it never
            becomes part of a path.
    """
    catalogue = gettext.translation("lichen", _locale(), languages=_tags(language), fallback=True)
    token = _CURRENT.set(catalogue)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def _locale() -> str:
    return str(files("lichen") / "locale")


def _tags(language: str) -> list[str]:
    return [language] if _TAG.fullmatch(language) else []
