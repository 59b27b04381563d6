"""What people typed, made tidy, and everything that is wrong with it at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from lichen.errors import Problem

__all__ = ["address_problems", "choice_problems", "line_problems", "text_problems", "tidy"]


def tidy(text: str) -> str:
    r"""The same text as everybody writes it: one form of each letter, one kind of line end, no blanks around it.

    Example:
        >>> tidy("  Cafe\u0301\r\n")
        'Café'
    """
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


_NOT_IN_A_LINE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""What breaks a line, cannot be seen, or turns the writing round."""


def text_problems(column: str, text: str, *, longest: int, is_needed: bool = True) -> Iterator[Problem]:
    """Whether a text is there, short enough, and nothing but text."""
    if is_needed and not text:
        yield Problem(_("nothing was written"), _("a few words"), column=column)
    if len(text) > longest:
        yield Problem(_("is too long"), _("at most {longest} characters").format(longest=longest), column=column)
    if any(unicodedata.category(each) == "Cc" and each not in "\n\t" for each in text):
        yield Problem(_("has characters that cannot be seen"), _("plain text"), column=column)


def line_problems(column: str, text: str, *, longest: int, is_needed: bool = True) -> Iterator[Problem]:
    """Whether a name is there, short enough, and one line as it reads: it stands in mails and beside other names."""
    if any(unicodedata.category(each) in _NOT_IN_A_LINE for each in text):
        yield Problem(_("is more than one line, or has characters that cannot be seen"), _("one line"), column=column)
    else:
        yield from text_problems(column, text, longest=longest, is_needed=is_needed)


def choice_problems(column: str, chosen: Iterable[str], among: Collection[str]) -> Iterator[Problem]:
    """Whether everything chosen is among what there is."""
    if set(chosen) - set(among):
        yield Problem(_("is none of what there is"), "; ".join(among), column=column)


def address_problems(column: str, email: str, *, is_needed: bool = True) -> Iterator[Problem]:
    """Whether it is an e-mail address."""
    if not email and not is_needed:
        return
    try:
        validate_email(email)
    except ValidationError:
        yield Problem(_("is no e-mail address"), _("such as name@example.org"), column=column)
