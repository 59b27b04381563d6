"""What every format reads into and is written from: cells by field name, each with its place in the file."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches

from lichen.errors import InputError, Problem
from lichen.language import _, ngettext

__all__ = ["Cell", "Draft", "Reading", "Row", "SetAside", "is_blank", "shown_name", "told"]

Cell = str | int | float | bool | date | tuple[str, ...] | None
"""What stands in one field of a file, before anyone asked whether it may."""

_TOLD = 100
"""So many problems are told, the rest are counted."""
_MOST_RECORDS = 300_000
"""So many organisations and items a file may have."""
_SHOWN = 5
"""So many places are named of what was set aside."""
_COMPARED = 2_000
"""So many unknown names are compared with those that were free beside them, which takes seconds."""
_GUESSED = 200_000
"""In so many characters of a file a capability may be left to be recognised, which takes seconds."""


class SetAside(UserWarning):
    """Something in a file was left out that Lichen has no place for, such as a column of the reader's own.

    What was read is right without it; a face shows its words as a note, once for a file.
    """

    def __init__(self, notes: tuple[Problem, ...]) -> None:
        """Bear the notes, each with its place."""
        self.notes = notes
        places = [*dict.fromkeys(replace(note, file="").place or note.what for note in notes)]
        shown = "; ".join(places[:_SHOWN])
        if places[_SHOWN:]:
            shown = _("{places}; and {number} more").format(places=shown, number=len(places) - _SHOWN)
        told = _("Your own additions stay in the file, and Lichen does not read them: {places}").format(places=shown)
        super().__init__(f"{notes[0].file}: {told}" if notes[0].file else told)


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a file: what stands in its fields, and where."""

    cells: Mapping[str, Cell]
    """By field name; a field that the file does not have is absent."""
    sheet: str = ""
    row: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    """What the file calls a field, where that is not its name."""
    rows: Mapping[str, int] = field(default_factory=dict)
    """The row of each field, where they stand below each other."""
    letters: Mapping[str, str] = field(default_factory=dict)
    """The letters above the column of each field, where a spreadsheet shows them."""

    def placed(self, problem: Problem, name: str = "") -> Problem:
        """The problem with the place of a field, or of the whole record."""
        row = self.rows.get(name, self.row)
        cell = f"{self.letters[name]}{row}" if name in self.letters else ""
        return replace(problem, sheet=self.sheet, row=row, column=self.columns.get(name, name), cell=cell)


@dataclass(frozen=True, slots=True)
class Draft:
    """One organisation as a file has it."""

    head: Row
    """The organisation itself, with its opening questions, readiness and date."""
    vulnerabilities: tuple[Row, ...] = ()
    offers: tuple[Row, ...] = ()


class Reading:
    """The reading of one file: gathers what is wrong with it, so that all is told at once."""

    def __init__(self, file: str) -> None:
        """Begin with nothing wrong."""
        self.file = file
        self.is_document = False
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self.untold = 0
        self._unguessed = _GUESSED
        self._records = 0
        self._unknown: set[str] = set()
        self._nearest: dict[tuple[str, ...], str] = {}

    @property
    def is_full(self) -> bool:
        """Whether further problems will only be counted, so that nobody need spell them out."""
        return len(self.problems) >= _TOLD

    def tell(self, problem: Problem) -> None:
        """Add a problem, in this file."""
        if self.is_full:
            self.untold += 1
        else:
            self.problems.append(self._here(problem))

    def tell_all(self, error: InputError, row: Row, name: str = "") -> None:
        """Add every problem of a refusal, at one field of a record."""
        for problem in error.problems:
            self.tell(row.placed(problem, name))

    def note(self, problem: Problem) -> None:
        """Add a note: something was left out, and nothing is wrong."""
        if len(self.notes) < _TOLD:
            self.notes.append(self._here(problem))

    def meet_unknown(self, name: str, free: Iterable[str], place: Problem) -> None:
        """Tell of a key or heading that looks mistyped; note, once, any other that Lichen has no place for.

        Args:
            name: The key or heading.
            free: The names that the record could have and has not.
            place: Where it stands; only its place is used.
        """
        likely = self._likely(name, free)
        if likely:
            self.tell(replace(place, what=_("there is no such field"), right=likely))
        elif name not in self._unknown and len(self._unknown) <= _TOLD:
            self._unknown.add(name)
            if len(self._unknown) > _TOLD:
                self.tell(replace(place, what=_("there is no such field"), right=_("far fewer names of your own")))
            else:
                self.note(replace(place, what=_("this was set aside"), right=""))

    def refusal(self, what: str, right: str, **place: str | int | None) -> InputError:
        """What to raise when there is no point in reading on; bears what was found before, too."""
        self.tell(Problem(what, right, **place))  # type: ignore[arg-type]
        return InputError(told(self.problems, self.untold))

    def finish(self) -> None:
        """Refuse the file if anything is wrong with it; else say what was set aside.

        Raises:
            InputError: Something was told; bears all of it.

        Warns:
            SetAside: Something was noted.
        """
        self.refuse()
        if self.notes:
            warnings.warn(SetAside(tuple(self.notes)), stacklevel=5)

    def refuse(self) -> None:
        """Refuse the file if anything is wrong with it.

        Raises:
            InputError: Something was told; bears all of it.
        """
        if self.problems:
            raise InputError(told(self.problems, self.untold))

    def admit(self, records: int) -> None:
        """Refuse the file once it has more records than can be kept in memory with ease.

        Raises:
            InputError: It has.
        """
        self._records += records
        if self._records > _MOST_RECORDS:
            raise self.refusal(_("the file has more entries than Lichen reads"), _("fewer entries a file"))

    def may_guess(self, words: str) -> bool:
        """Whether a capability may be recognised in these words, too."""
        self._unguessed -= len(words)
        return self._unguessed >= 0

    def _likely(self, name: str, free: Iterable[str]) -> str:
        """The field that is meant, as far as a slip can be told from a name of the reader's own."""
        asked = (name[:40].casefold(), *(other.casefold() for other in free))
        if asked not in self._nearest and len(self._nearest) <= _COMPARED:
            self._nearest[asked] = next(iter(get_close_matches(asked[0], asked[1:], 1, 0.8)), "")
        return self._nearest.get(asked, "")

    def _here(self, problem: Problem) -> Problem:
        return replace(problem, file=self.file, document=self.is_document)


def is_blank(cell: Cell) -> bool:
    """Whether a person would call the cell empty."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def told(problems: Sequence[Problem], untold: int = 0) -> tuple[Problem, ...]:
    """The first hundred problems, and a last one that counts the others."""
    untold += len(problems[_TOLD:])
    if not untold:
        return tuple(problems)
    what = ngettext("and {number} more problem", "and {number} more problems", untold)
    return (*problems[:_TOLD], Problem(what.format(number=untold), _("these put right first")))


def shown_name(name: str) -> str:
    """A key or heading of the file as a message may repeat it: nothing where it could be a sentence.

    Example:
        >>> shown_name("Severity (1-5)"), shown_name("we are broke and nobody knows that yet, not even the board")
        ('Severity (1-5)', '')
    """
    return name if re.fullmatch(r"[\w ()?/.-]{1,32}", name) else ""
