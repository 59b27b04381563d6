"""What is asked where an audit goes out as a file, or a file comes in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from lichen.files.foreign import Table, fields_of
from lichen.files.wording import headings
from lichen_web.alliances.actions.workbooks import FORMATS, MOST_BYTES
from lichen_web.pages.forms.plain import PlainForm

__all__ = ["BringingFile", "NamingColumns", "TakingOut"]

_LEFT_OUT = "-"
_LONG = 60
_SUFFIXES = {".yml": "yaml", **{f".{each}": each for each in FORMATS}}


def _formats() -> list[tuple[str, str]]:
    return [
        ("xlsx", say("A workbook (.xlsx), for Excel, LibreOffice or Numbers")),
        ("csv", say("A plain table (.csv)")),
        ("yaml", say("A text that people can read (.yaml)")),
        ("json", say("For other programs (.json)")),
    ]


class TakingOut(PlainForm):
    """In which format."""

    format = forms.ChoiceField(label=_("As what?"), choices=_formats, initial="xlsx", widget=forms.RadioSelect)


class BringingFile(PlainForm):
    """Which file."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("A workbook or table, yours or ours: .xlsx, .csv, .yaml or .json, at most 1.5 MB."),
        widget=forms.FileInput({"accept": ",".join(_SUFFIXES)}),
    )

    def clean(self) -> dict[str, Any]:
        """What it holds, and its format by its name; the name itself is kept nowhere."""
        brought: UploadedFile[Any] | None = (super().clean() or {}).pop("file", None)
        if brought is None:
            return {}
        suffix = PurePath(brought.name or "").suffix.lower()
        if suffix not in _SUFFIXES:
            raise ValidationError({"file": say("Lichen reads .xlsx, .csv, .yaml and .json.")})
        if (brought.size or 0) > MOST_BYTES:
            raise ValidationError({"file": say("This is too large for an audit: at most 1.5 MB.")})
        return {"raw": brought.read(), "format": _SUFFIXES[suffix]}


class NamingColumns(PlainForm):
    """What each column of a table means."""

    def __init__(self, data: Mapping[str, Any] | None, *, table: Table, kind: str) -> None:
        """One question for each column, with what was guessed."""
        super().__init__(data)
        self._table = table
        guessed = table.guess("offers" if kind == "offers" else "gaps")
        for column in table.columns:
            heading = column.heading if len(column.heading) <= _LONG else f"{column.heading[:_LONG]}…"
            self.fields[f"column-{column.index}"] = forms.ChoiceField(
                label=say("{letter}: {heading}").format(letter=column.letter, heading=heading),
                help_text=" · ".join(column.examples),
                choices=_meanings(kind),
                initial=guessed.get(column.index, _LEFT_OUT),
            )

    def clean(self) -> dict[str, Any]:
        """Which field each column means; the others are left out."""
        said = super().clean() or {}
        answers = {column.index: said.get(f"column-{column.index}", _LEFT_OUT) for column in self._table.columns}
        return {"columns": {index: name for index, name in answers.items() if name != _LEFT_OUT}}


def _meanings(kind: str) -> Callable[[], list[tuple[str, str]]]:
    words = headings()
    fields = fields_of("offers" if kind == "offers" else "gaps")
    return lambda: [(_LEFT_OUT, say("Leave it out")), *((name, words[name]) for name in fields)]
