"""Any table as a register: a mapping file says which column holds what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

from lichen.errors import InputError, Problem
from lichen.language import _
from lichen.scales import Sector

__all__ = ["FIELDS", "TableMapping", "read_mapping"]

FIELDS = (
    "id", "name", "sector", "country", "region", "locality", "postcode", "latitude", "longitude", "income", "url",
    "edition", "activities", "gaps", "offers",
)  # fmt: skip
"""What a column may hold. ``activities`` are the organisation's own words; ``gaps`` and ``offers`` are codes of the
vocabulary with semicolons between them."""
_LARGEST = 2**18
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How a table is read.

    Raises:
        InputError: Bears everything that is wrong with it.
    """

    source: str
    """Name of the register, by which its entries are known in the store."""
    columns: Mapping[str, str]
    """For each of ``FIELDS`` that the table has, the heading of its column; ``id`` and ``name`` must be there."""
    id_prefix: str = ""
    """What stands before the number of the id, such as ``FR-SIRENE-``; empty where the column has whole ids."""
    country: str = ""
    """Of all, where no column has it: two letters."""
    sector: Sector = Sector.OTHER
    """Of all, where no column has it or a word in the column is not known."""
    sectors: Mapping[str, Sector] = field(default_factory=dict)
    """For words of the column, the sector that they mean."""
    confidence: float = 0.5
    """How likely a code in the columns for gaps and offers is meant (a proposal)."""
    encoding: str = "utf-8"
    """Of a file in CSV."""
    delimiter: str = ","
    """Between two cells of a file in CSV."""
    sheet: str = ""
    """Of a workbook; empty for the first."""

    def __post_init__(self) -> None:
        problems = [
            Problem(_("there is no column for this"), _("a heading of the table"), sheet="columns", column=name)
            for name in ("id", "name")
            if name not in self.columns
        ]
        problems += [
            Problem(_("there is no such field"), ", ".join(FIELDS), sheet="columns", column=name)
            for name in self.columns
            if name not in FIELDS
        ]
        if not self.source or len(self.source) > 40 or not self.source.replace("-", "").isalnum():
            problems.append(Problem(_("this is no name of a register"), _("letters and hyphens"), column="source"))
        if not 0 < self.confidence <= 1:
            problems.append(Problem(_("this is out of range"), _("above 0 and up to 1"), column="confidence"))
        if len(self.delimiter) != 1:
            problems.append(Problem(_("this is not one sign"), _('"," or ";" or "\\t"'), column="delimiter"))
        if problems:
            raise InputError(problems)

    @property
    def variant(self) -> str:
        """All of it in a form that can be compared."""
        return json.dumps(asdict(self), sort_keys=True)


def read_mapping(path: str | Path) -> TableMapping:
    """A mapping file, in YAML.

    Args:
        path: The file; its keys are the fields of :class:`TableMapping`.

    Raises:
        InputError: Bears everything that is wrong with it.
    """
    path = Path(path)
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            raise OSError
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        right = _("a small file in YAML that is there and may be read")
        raise InputError(Problem(_("the mapping cannot be read"), right, path.name)) from None
    except (yaml.YAMLError, RecursionError, ValueError):
        raise InputError(Problem(_("this is no YAML"), _("lines such as “source: our-list”"), path.name)) from None
    try:
        return TableMapping(**_checked(found))
    except InputError as refusal:
        raise InputError([_in(problem, path.name) for problem in refusal.problems]) from None


def _in(problem: Problem, file: str) -> Problem:
    return Problem(problem.what, problem.right, file, problem.sheet, column=problem.column, document=True)


def _checked(found: object) -> dict[str, Any]:
    known = {each.name: each for each in fields(TableMapping)}
    if not isinstance(found, dict) or not {"source", "columns"} <= found.keys():
        raise InputError(Problem(_("this is no mapping"), _("at least source and columns")))
    problems = [
        Problem(_("there is no such key"), ", ".join(known), column=str(key)[:_LONGEST])
        for key in found
        if key not in known
    ]
    said = {str(key): value for key, value in found.items()}
    for name in ("columns", "sectors"):
        if name in said and not _is_of_words(said[name]):
            problems.append(Problem(_("this is no list of “word: word”"), _("one a line"), column=name))
    try:
        said["sector"] = Sector(said.get("sector", Sector.OTHER))
        if _is_of_words(said.get("sectors", {})):
            said["sectors"] = {word: Sector(sector) for word, sector in said.get("sectors", {}).items()}
    except ValueError:
        problems.append(Problem(_("there is no such sector"), ", ".join(Sector), column="sectors"))
    if isinstance(said.get("confidence", 0.5), bool) or not isinstance(said.get("confidence", 0.5), int | float):
        problems.append(Problem(_("this is no number"), _("above 0 and up to 1"), column="confidence"))
    for name in ("source", "id_prefix", "country", "encoding", "delimiter", "sheet"):
        if not isinstance(said.get(name, ""), str):
            problems.append(Problem(_("this is no word"), _("a word, in quotation marks if need be"), column=name))
    if problems:
        raise InputError(problems)
    return said


def _is_of_words(found: object) -> bool:
    return isinstance(found, dict) and all(
        isinstance(word, str) and len(word) <= _LONGEST for pair in found.items() for word in pair
    )
