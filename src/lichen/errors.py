"""The refusals of Lichen.

::

    LichenError                 anything Lichen refuses to do; its class name is the public code
    ├── NotAllowed              a rule of the alliance stands against it; bears the rule's name
    ├── InputError              what was given cannot be used (also a ValueError); bears every problem at once
    └── ExtraNeeded             an optional part is not installed (also an ImportError); bears its name

"No fit found" is an answer, not an error. No message ever bears the words of a vulnerability: a
:class:`Problem` says where to look and what would be right, and never repeats what stands there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["ExtraNeeded", "InputError", "LichenError", "NotAllowed", "Problem", "refuse"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with what was given, and how to put it right.

    Example:
        >>> print(Problem(what="severity is not a whole number", right="1, 2, 3, 4 or 5", row=4, column="severity"))
        row 4, column severity: severity is not a whole number; right would be: 1, 2, 3, 4 or 5
    """

    what: str
    """What is wrong, in plain words; never the offending text itself."""
    right: str
    """What would be right."""
    file: str = ""
    """Name of the file, empty where there is none."""
    sheet: str = ""
    """Sheet of a workbook, or section of a document."""
    row: int | None = None
    """Row as the person sees it: 1 is the first; in a document, the place in its list."""
    column: str = ""
    """Column heading, or field name."""
    cell: str = ""
    """The cell as a spreadsheet calls it, such as F8, where there is one."""
    document: bool = False
    """Whether the file has neither sheets nor columns: then ``sheet`` is a section, ``row`` the place in it, or a
    line of the file where there is no section, and ``column`` a key."""

    @property
    def place(self) -> str:
        """Where to look, as a person would say it; empty if nowhere in particular.

        Example:
            >>> Problem("", "", sheet="What we lack", row=8, column="Rank", cell="F8").place
            'sheet What we lack, cell F8 (Rank)'
            >>> Problem("", "", sheet="vulnerabilities", row=1, column="severity", document=True).place
            'vulnerabilities, item 1, severity'
        """
        within = self._within_document() if self.document else self._within_table()
        return ", ".join(part for part in (self.file, *within) if part)

    def _within_document(self) -> tuple[str, ...]:
        entry = "" if self.row is None else f"item {self.row}" if self.sheet else f"line {self.row}"
        return (self.sheet, entry, self.column)

    def _within_table(self) -> tuple[str, ...]:
        sheet = f"sheet {self.sheet}" if self.sheet else ""
        if self.cell:
            return (sheet, f"cell {self.cell} ({self.column})" if self.column else f"cell {self.cell}")
        row = f"row {self.row}" if self.row is not None else ""
        return (sheet, row, f"column {self.column}" if self.column else "")

    def __str__(self) -> str:
        """One line: place, what is wrong, what would be right."""
        told = f"{self.what}; right would be: {self.right}" if self.right else self.what
        return f"{self.place}: {told}" if self.place else told


class LichenError(Exception):
    """Anything Lichen refuses to do."""


class NotAllowed(LichenError):
    """A rule of the alliance stands against what was asked; nothing has changed."""

    def __init__(self, rule: str, why: str) -> None:
        """Name the rule, such as ``one-item-ahead``, and say in a sentence why it holds and what would be right."""
        self.rule = rule
        self.why = why
        super().__init__(f"{why} ({rule})")


class InputError(LichenError, ValueError):
    """What was given cannot be used; every problem is told at once."""

    def __init__(self, problems: Sequence[Problem] | Problem) -> None:
        """Bear the problems, of which there must be at least one."""
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ExtraNeeded(LichenError, ImportError):
    """An optional part of Lichen is not installed."""

    def __init__(self, extra: str, purpose: str) -> None:
        """Name the extra and what it is needed for."""
        self.extra = extra
        super().__init__(
            f"{purpose} needs the optional part lichen[{extra}]. "
            f"In the folder that Lichen was installed from: .venv/bin/pip install '.[{extra}]'"
        )


def refuse(*gathered: Iterable[Problem]) -> None:
    """Refuse what was given if anything is wrong with it, with all of it at once.

    Args:
        gathered: The problems that each check found; a check that found none gives an empty one.

    Raises:
        InputError: There is at least one problem.

    Example:
        >>> refuse([], ())
    """
    problems = [problem for each in gathered for problem in each]
    if problems:
        raise InputError(problems)
