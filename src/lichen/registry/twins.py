"""Likely twins: entries of several registers that may be one organisation, with why, for a person to decide.

Nothing is joined here. What is found is written to a table; a person writes ``same`` or ``different`` beside each
pair; and only what that table says is applied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lichen.errors import InputError, Problem
from lichen.language import _
from lichen.registry.arrow import pa, pc
from lichen.registry.decisions import Decision, Ids, keep_decisions, read_decisions
from lichen.registry.ids import list_of
from lichen.registry.precedence import place_of
from lichen.registry.store import Store
from lichen.registry.table_rows import table_rows

__all__ = ["HEADINGS", "TwinReport", "TwinRules", "Twins", "Why", "apply_decisions", "likely_twins", "twin_rows"]

HEADINGS = (
    "decision", "confidence", "why", "first_id", "first_source", "first_name", "first_place", "second_id",
    "second_source", "second_name", "second_place",
)  # fmt: skip
"""The columns of the table that a person edits; ``decision``, ``first_id`` and ``second_id`` are heeded."""
Hashes = NDArray[np.uint64]

_NOT_SPOKEN = r"\b(the|and|limited|ltd|inc|incorporated|gmbh|e\.v|cic|cio|corp|corporation|llc)\b|[^\p{L}\p{N}]"
_COMPARED = ("source", "name", "country", "region", "locality", "postcode", "latitude", "longitude")
_DEGREE = 111.2  # km


class Why(StrEnum):
    """Why two entries are thought to be one organisation. All but the first also bear the same name."""

    ID = "same id"
    """The same id in two registers."""
    POSTCODE = "same name and postcode"
    NEARBY = "same name and point"
    LOCALITY = "same name and town"
    REGION = "same name and region"


@dataclass(frozen=True, slots=True)
class TwinRules:
    """How likely each reason makes it (proposals), and how much is looked at."""

    same_id: float = 0.99
    """A number is written wrongly once in a while."""
    postcode: float = 0.9
    """Two of one name in one postcode are hardly ever two."""
    nearby: float = 0.85
    """The same, by coordinates."""
    locality: float = 0.7
    """Branches, and churches named for one saint, are two."""
    region: float = 0.45
    """Less likely than not where the region is large."""
    kilometres: float = 1.0
    """How far apart two points may lie and still be one."""
    least: float = 0.45
    """What is less likely is not told."""
    most_alike: int = 20
    """Entries of one name and country beyond which a name is too common to tell by the region alone."""


@dataclass(frozen=True, slots=True)
class Twins:
    """Two entries that may be one organisation."""

    first: dict[str, Any]
    """The entry of the lesser id, or of the source that is believed first."""
    second: dict[str, Any]
    """The other."""
    why: Why
    """The strongest reason."""
    confidence: float
    """How likely they are one."""

    @property
    def ids(self) -> Ids:
        """Both ids, the lesser first."""
        return self.first["id"], self.second["id"]


@dataclass(frozen=True, slots=True)
class TwinReport:
    """The likely twins of a store."""

    twins: tuple[Twins, ...]
    """By reason, then the likeliest first."""
    too_common: int
    """Names that so many entries bear that only those of one postcode or point were compared."""


def likely_twins(store: Store, rules: TwinRules | None = None) -> TwinReport:
    """The entries of different registers, or of different lists of ids, that may be one organisation.

    Names are compared without case, signs and words such as ``Ltd``; then the places are. Two entries with different
    postcodes are told only where another reason holds. Within one register and one list of ids nothing is
    compared: who keeps a register knows whom it has twice.

    Args:
        store: Whose entries to compare; 16 bytes an entry are held in memory, and those alone that share a name.
        rules: How likely each reason makes it.
    """
    rules = rules or TwinRules()
    keys = [_keys(table) for _part, table in store.entries(["id", "name", "country"])]
    names, ids = (np.concatenate([pair[place] for pair in keys] or [np.zeros(0, np.uint64)]) for place in (0, 1))
    wanted_names, wanted_ids = _repeated(names), _repeated(ids)
    del names, ids
    blocks: dict[int, list[dict[str, Any]]] = {}
    doubles: dict[int, list[dict[str, Any]]] = {}
    for (_part, table), (own_names, own_ids) in zip(store.entries(["id", *_COMPARED]), keys, strict=True):
        _gather(table, own_names, wanted_names, blocks)
        _gather(table, own_ids, wanted_ids, doubles)
    found = [*_of_one_id(doubles.values(), rules), *_of_one_name(blocks.values(), rules)]
    found = list({(twins.ids, twins.second["source"]): twins for twins in sorted(found, key=_likelihood)}.values())
    found.sort(key=lambda twins: (list(Why).index(twins.why), -twins.confidence, twins.ids, twins.second["source"]))
    return TwinReport(tuple(found), sum(len(block) > rules.most_alike for block in blocks.values()))


def twin_rows(report: TwinReport, decisions: dict[Ids, Decision]) -> Iterator[dict[str, str]]:
    """The rows of the table that a person edits, with what was decided before.

    Args:
        report: The likely twins.
        decisions: From :func:`~lichen.registry.decisions.read_decisions`.
    """
    for twins in report.twins:
        yield {
            "decision": decisions.get(twins.ids, Decision.ASK).value,
            "confidence": f"{twins.confidence:.2f}",
            "why": twins.why.value,
            **_told("first", twins.first),
            **_told("second", twins.second),
        }


def apply_decisions(store: Store, path: str | Path) -> dict[Decision, int]:
    """Heed what a person has decided in a table of twins, beside what was decided before.

    ``ask`` takes an earlier decision back. A pair that the table does not have keeps its decision.

    Args:
        store: Whose entries they are.
        path: The table, as CSV.

    Returns:
        How many pairs of the table have each decision.

    Raises:
        InputError: The table cannot be used, or its decisions contradict each other: all problems are told, and
            nothing is applied.
    """
    path = Path(path)
    decided: dict[Ids, Decision] = {}
    problems = []
    for item in table_rows(path, ("decision", "first_id", "second_id")):
        cells = {name: str(cell) for name, cell in item.content.items()}
        said = cells.get("decision", "").lower()
        if item.broken or said not in set(Decision):
            right = ", ".join(Decision)
            problems.append(Problem(_("this is no decision"), right, path.name, row=item.number, column="decision"))
            continue
        first, second = sorted((_unguarded(cells["first_id"]), _unguarded(cells["second_id"])))
        decided[first, second] = Decision(said)
    problems += _unknown(store, decided, path.name)
    if problems:
        raise InputError(problems[:50])
    keep_decisions(store.path, read_decisions(store.path) | decided)
    return {said: sum(each is said for each in decided.values()) for said in Decision}


def _likelihood(twins: Twins) -> float:
    return twins.confidence


def _keys(table: pa.Table) -> tuple[Hashes, Hashes]:
    """Of each entry a hash of its name and country, and one of its id."""
    names = pc.utf8_lower(table.column("name"))
    bare = pc.replace_substring_regex(names, _NOT_SPOKEN, "")
    bare = pc.if_else(pc.equal(bare, ""), names, bare)
    spoken = pc.binary_join_element_wise(bare, pc.utf8_lower(table.column("country")), "|")
    return _hashes(spoken), _hashes(table.column("id"))


def _hashes(column: pa.ChunkedArray) -> Hashes:
    return np.array([hash(word) for word in column.to_pylist()], dtype=np.int64).view(np.uint64)


def _repeated(hashes: Hashes) -> Hashes:
    in_order = np.sort(hashes)
    return np.unique(in_order[1:][in_order[1:] == in_order[:-1]])


def _gather(table: pa.Table, keys: Hashes, wanted: Hashes, into: dict[int, list[dict[str, Any]]]) -> None:
    """Put the rows whose key several have beside each other."""
    several = np.isin(keys, wanted)
    rows = table.filter(pa.array(several)).to_pylist()
    for key, row in zip(keys[several].tolist(), rows, strict=True):
        into.setdefault(key, []).append(row)


def _of_one_id(doubles: Iterable[Sequence[dict[str, Any]]], rules: TwinRules) -> Iterator[Twins]:
    for rows in doubles:
        in_order = sorted(rows, key=lambda row: place_of(row["source"]))
        for other in in_order[1:]:
            yield Twins(in_order[0], other, Why.ID, rules.same_id)


def _of_one_name(blocks: Iterable[Sequence[dict[str, Any]]], rules: TwinRules) -> Iterator[Twins]:
    for block in blocks:
        rows = sorted(block, key=lambda row: (row["id"], place_of(row["source"])))
        if len(rows) <= rules.most_alike:
            yield from _alike(combinations(rows, 2), rules)
            continue
        # A common name is told by a place that few share.
        for place in (lambda row: _postcode(row), lambda row: _cell(row)):
            yield from _alike(_sharing(rows, place, rules.most_alike), rules)


def _sharing(
    rows: Sequence[dict[str, Any]], place: Callable[[dict[str, Any]], object], most: int
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    shared: dict[object, list[dict[str, Any]]] = {}
    for row in rows:
        if where := place(row):
            shared.setdefault(where, []).append(row)
    for some in shared.values():
        yield from combinations(some[:most], 2)


def _alike(pairs: Iterable[tuple[dict[str, Any], dict[str, Any]]], rules: TwinRules) -> Iterator[Twins]:
    for first, second in pairs:
        of_one_list = first["source"] == second["source"] and list_of(first["id"]) == list_of(second["id"])
        if of_one_list or first["id"] == second["id"]:
            continue
        why = _why(first, second, rules)
        if why and why[1] >= rules.least:
            yield Twins(first, second, *why)


def _why(first: dict[str, Any], second: dict[str, Any], rules: TwinRules) -> tuple[Why, float] | None:
    ours, theirs = _postcode(first), _postcode(second)
    if ours and ours == theirs:
        return Why.POSTCODE, rules.postcode
    apart = _kilometres(first, second)
    if apart is not None:
        return (Why.NEARBY, rules.nearby) if apart <= rules.kilometres else None
    if ours and theirs and first["locality"].casefold() != second["locality"].casefold():
        return None
    if first["locality"] and first["locality"].casefold() == second["locality"].casefold():
        return Why.LOCALITY, rules.locality
    if first["locality"] and second["locality"]:
        return None
    if first["region"] and first["region"].casefold() == second["region"].casefold():
        return Why.REGION, rules.region
    return None


def _postcode(row: dict[str, Any]) -> str:
    bare = "".join(letter for letter in row["postcode"].upper() if letter.isalnum())
    return bare[:5] if row["country"] == "US" else bare


def _cell(row: dict[str, Any]) -> object:
    point = row["latitude"], row["longitude"]
    return None if None in point else tuple(round(degrees, 2) for degrees in point)


def _kilometres(first: dict[str, Any], second: dict[str, Any]) -> float | None:
    points = [(row["latitude"], row["longitude"]) for row in (first, second)]
    if None in (*points[0], *points[1]):
        return None
    (north, east), (south, west) = points
    return _DEGREE * hypot(north - south, (east - west) * cos(radians(north)))


def _told(which: str, row: dict[str, Any]) -> dict[str, str]:
    place = ", ".join(filter(None, (row["postcode"], row["locality"], row["region"], row["country"])))
    return {
        f"{which}_id": row["id"],
        f"{which}_source": row["source"],
        f"{which}_name": row["name"],
        f"{which}_place": place,
    }


def _unguarded(cell: str) -> str:
    """An id as it was before a sign was put before it, so that no spreadsheet takes it for a formula."""
    return cell[1:] if cell[:1] == "'" else cell


def _unknown(store: Store, decided: Iterable[Ids], file: str) -> list[Problem]:
    named = {one for pair in decided for one in pair}
    known = {row["id"] for row in store.rows(named)} if named else set()
    right = _("an id as the table of twins had it")
    return [Problem(_("the store has no such id"), right, file) for _one in sorted(named - known)[:50]]
