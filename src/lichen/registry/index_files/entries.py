"""Organisations as they stand in an index: as rows of arrays with their ids, names and places, and as changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from lichen.audit.values import Organisation
from lichen.errors import InputError, Problem
from lichen.fit.scan.register import Array, Rows, code_places, laid_out, register_of, tie_order, unit_points
from lichen.language import _
from lichen.registry.index_files.changes import Change

__all__ = ["Entries", "Point", "change_of", "entries_of", "entries_of_changes", "id_hashes", "joined"]

Point = tuple[float, float]
"""Degrees north and degrees east."""


class Entries(NamedTuple):
    """A register with what its rows are called."""

    register: Rows
    """What they lack and offer."""
    ids: Sequence[str]
    """Their ids, each there once."""
    names: Sequence[str]
    """Their names."""
    places: Sequence[tuple[str, str]]
    """The country and region of each place that the register's rows refer to, in small letters."""


def entries_of(organisations: Iterable[Organisation], points: Mapping[str, Point] | None = None) -> Entries:
    """Organisations as entries.

    Args:
        organisations: Any number, each with an id of its own.
        points: Where those are of whom it is known, by id.

    Raises:
        InputError: An id is there twice.
    """
    every = tuple(organisations)
    known = points or {}
    _check_ids([one.id for one in every])
    places: dict[tuple[str, str], int] = {}
    numbers = [places.setdefault((one.country.casefold(), one.region.casefold()), len(places)) for one in every]
    where = np.array([known.get(one.id, (np.nan, np.nan)) for one in every], dtype=np.float64).reshape(-1, 2)
    register = register_of(every, np.array(numbers, dtype=np.uint32), unit_points(where[:, 0], where[:, 1]))
    return Entries(register, [one.id for one in every], [one.name for one in every], list(places))


def change_of(entries: Entries, row: int) -> Change:
    """One row as a change that puts it in."""
    register = entries.register
    gaps, offers = (slice(*starts[row : row + 2]) for starts in (register.gap_starts, register.offer_starts))
    return {
        "id": entries.ids[row],
        "name": entries.names[row],
        "kind": int(register.kinds[row]),
        "place": entries.places[register.places[row]],
        "point": None if np.isnan(register.points[row, 0]) else register.points[row].tolist(),
        "gaps": _coded(register.gap_codes[gaps], register.gap_weights[gaps]),
        "offers": _coded(register.offer_codes[offers], register.offer_worths[offers]),
    }


def entries_of_changes(changes: Sequence[Change]) -> Entries:
    """Changes that put something in, as entries."""
    places: dict[tuple[str, str], int] = {}
    numbers = [places.setdefault((each["place"][0], each["place"][1]), len(places)) for each in changes]
    names = [(each["name"], each["id"]) for each in changes]
    points = [each["point"] or (np.nan,) * 3 for each in changes]
    register = Rows(
        *laid_out([_placed(each["gaps"]) for each in changes]),
        *laid_out([_placed(each["offers"]) for each in changes]),
        np.array([each["kind"] for each in changes], dtype=np.uint8),
        np.array(numbers, dtype=np.uint32),
        np.array(points, dtype=np.float32).reshape(-1, 3),
        tie_order(names),
    )
    return Entries(register, [id for _name, id in names], [name for name, _id in names], list(places))


def joined(parts: Iterable[Entries]) -> Entries:
    """The rows of all parts, one after the other, ordered by name and id anew.

    Millions are turned into entries some thousands at a time, and joined: no more need be organisations at once.

    Raises:
        InputError: An id is there twice.
    """
    every = list(parts)
    places: dict[tuple[str, str], int] = {}
    moved = [
        np.array([places.setdefault(place, len(places)) for place in part.places], dtype=np.uint32)[
            part.register.places
        ]
        for part in every
    ]
    ids, names = [id for part in every for id in part.ids], [name for part in every for name in part.names]
    _check_ids(ids)
    registers = [part.register._replace(places=numbers) for part, numbers in zip(every, moved, strict=True)]
    arrays = {name: np.concatenate([getattr(each, name) for each in registers]) for name in Rows._fields}
    for starts in ("gap_starts", "offer_starts"):
        counts = np.concatenate([np.diff(getattr(each, starts)) for each in registers])
        arrays[starts] = np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32)
    arrays["ties"] = tie_order(list(zip(names, ids, strict=True)))
    return Entries(Rows(**arrays), ids, names, list(places))


def id_hashes(ids: Iterable[str]) -> Array:
    """A number for each id by which it is looked up; two ids may share one."""
    digests = b"".join(blake2b(id.encode(), digest_size=8).digest() for id in ids)
    return np.frombuffer(digests, dtype="<u8")


def _check_ids(ids: Sequence[str]) -> None:
    if len(set(ids)) < len(ids):
        seen: set[str] = set()
        rows = [row for row, id in enumerate(ids, 1) if id in seen or seen.add(id)]  # type: ignore[func-returns-value]
        raise InputError(
            [Problem(_("the id is there twice"), _("an id of its own"), row=row, column="id") for row in rows]
        )


def _coded(places: Array, values: Array) -> Mapping[str, float]:
    codes = list(code_places())
    return {codes[place]: value for place, value in zip(places.tolist(), values.tolist(), strict=True)}


def _placed(items: Mapping[str, float]) -> Mapping[int, float]:
    return {code_places()[code]: value for code, value in items.items()}
