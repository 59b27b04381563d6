"""A register of millions on disk: built whole, searched at once, changed a little at a time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lichen.audit.values import Organisation
from lichen.capabilities.taxonomy import taxonomy
from lichen.fit.listing import Wanted
from lichen.fit.scan.columns import Columns, columns_of
from lichen.fit.scan.register import Array, Rows, unit_points
from lichen.fit.scan.search import Best, best_rows, frozen, question_of, sieve
from lichen.fit.scan.wanted import place_boxes, places_near, wanted_kinds, wanted_places
from lichen.language import _
from lichen.registry.index_files.changes import Change, append_changes, read_changes
from lichen.registry.index_files.entries import (
    Entries,
    Point,
    change_of,
    entries_of,
    entries_of_changes,
    id_hashes,
    joined,
)
from lichen.registry.index_files.sections import Sections, refused_file, write_sections
from lichen.registry.index_files.strings import Strings

__all__ = ["Hit", "RegisterIndex", "write_index"]

_NOBODY = Wanted()


@dataclass(frozen=True, slots=True)
class Hit:
    """One organisation of a register that fits both ways."""

    id: str
    """Its id."""
    name: str
    """Its name."""
    score: float
    """The harmonic mean of both covers, as ``lichen.fit.pair_fit`` gives it."""
    cover_ours: float
    """How far it meets our gaps."""
    cover_theirs: float
    """How far we meet its."""


def write_index(path: Path, entries: Entries) -> None:
    """Write an index in the place of the one that is there, whole or not at all.

    Whoever has the old one open goes on with it until it calls ``refresh``.

    Args:
        path: The file.
        entries: The organisations: see ``entries_of``.
    """
    columns, order = columns_of(entries.register)
    register = entries.register.taken(order)
    ids = [entries.ids[row] for row in order.tolist()]
    hashes = id_hashes(ids)
    by_hash = np.argsort(hashes, kind="stable").astype(np.uint32)
    arrays = {
        **{f"register.{name}": array for name, array in register._asdict().items()},
        **{f"columns.{name}": array for name, array in columns._asdict().items()},
        **Strings.of(ids).sections("ids"),
        **Strings.of([entries.names[row] for row in order.tolist()]).sections("names"),
        **Strings.of([part for place in entries.places for part in place]).sections("places"),
        "boxes": place_boxes(register, len(entries.places)),
        "hashes": hashes[by_hash],
        "hash_rows": by_hash,
    }
    write_sections(path, arrays, {"taxonomy": taxonomy().version, "count": register.total})


class RegisterIndex:
    """A register on disk, open for searching. Opening it takes no longer for millions than for ten.

    A search sees the register as it was when the index was opened or last refreshed.

    Args:
        path: The file that ``write_index`` wrote.

    Raises:
        InputError: The file is no index, damaged, or of another version of Lichen or of its taxonomy.
    """

    def __init__(self, path: Path) -> None:
        """Map the file and read what has changed since it was written."""
        self.path = path
        self._open()

    def __len__(self) -> int:
        """How many organisations there are."""
        return self._register.total - len(self._superseded) + self._added.register.total

    def best(
        self,
        me: Organisation,
        wanted: Wanted = _NOBODY,
        *,
        near: tuple[Point, float] | None = None,
        without: Iterable[str] = (),
        top: int = 50,
    ) -> tuple[Hit, ...]:
        """The organisations that fit ours best both ways: exactly those, in the order, of ``lichen.fit``.

        Args:
            me: We; whoever has our id is passed over.
            wanted: Whom to look among.
            near: Degrees north and east of a point, and how many kilometres from it may be; who is nowhere known is
                then not found.
            without: Ids of those to pass over.
            top: The most to give, 1 to 500.

        Raises:
            InputError: ``top`` is out of range.
        """
        passed_over = {me.id, *without}
        question, kinds, places = question_of(me), wanted_kinds(me, wanted), wanted_places(me, wanted, self._places)
        point = None if near is None else (unit_points(*np.array(near[0]).reshape(2, 1))[0], near[1])
        allowed = sieve(kinds=kinds, places=places, near=point, gone=self._gone, without=self._rows(passed_over))
        if near is not None:
            # Whoever is near is at a place some of whom are near, and places are quicker to look at than points.
            close = places_near(self._sections.arrays["boxes"], allowed.centre, allowed.chord)
            named = allowed.places[: len(close)] if len(allowed.places) else True
            allowed = allowed._replace(places=frozen(close & named))
        there = best_rows(question, self._register, allowed, top, self._columns)
        known = np.array([row for row, id in enumerate(self._added.ids) if id in passed_over], dtype=np.int64)
        lately_allowed = sieve(kinds=kinds, places=places, near=point, without=known)
        lately = best_rows(question, self._added.register, lately_allowed, top)
        return self._hits(there, lately, top)

    def put(self, organisations: Iterable[Organisation], points: Mapping[str, Point] | None = None) -> None:
        """Add organisations, or put them in the place of those of their ids; on the disk when this returns.

        Args:
            organisations: Those that are new or have changed.
            points: Where those are of whom it is known, by id.

        Raises:
            InputError: An id is there twice, or the index is damaged.
        """
        entries = entries_of(organisations, points)
        self._append([change_of(entries, row) for row in range(entries.register.total)])

    def remove(self, ids: Iterable[str]) -> None:
        """Take organisations out; ids that are not there are passed over.

        Raises:
            InputError: The index is damaged.
        """
        self._append([{"id": id} for id in ids])

    def fold(self) -> None:
        """Write the index anew with all that has changed, and begin an empty log.

        Raises:
            InputError: The index is damaged.
        """
        with self._writing():
            self._open()
            write_index(self.path, joined([self._standing(), self._added]))
            self._log.unlink(missing_ok=True)
            self._open()

    def refresh(self) -> None:
        """See what others have changed since.

        Raises:
            InputError: The index is damaged.
        """
        self._open()

    def verify(self) -> None:
        """Read the whole file and the log, and compare them with their checksums.

        Raises:
            InputError: Something is damaged; it is named.
        """
        self._sections.verify()
        read_changes(self._log, self._sections.digest)

    @property
    def changed(self) -> int:
        """How many organisations were put in or taken out since it was written; at tens of thousands, fold them in."""
        return len(self._changes)

    @property
    def _log(self) -> Path:
        return self.path.with_name(f"{self.path.name}.changes")

    def _open(self) -> None:
        while True:
            sections = Sections(self.path)
            changes = read_changes(self._log, sections.digest)
            # If another process has folded the log meanwhile, what was read of it may not belong to this base.
            if self.path.stat().st_ino == sections.inode:
                break
        if sections.said["taxonomy"] != taxonomy().version:
            raise refused_file(self.path, _("it was built with another version of the taxonomy"))
        self._sections = sections
        arrays = sections.arrays
        self._register = Rows(*(arrays[f"register.{name}"] for name in Rows._fields))
        self._columns = Columns(*(arrays[f"columns.{name}"] for name in Columns._fields))
        self._ids, self._names = Strings.from_sections(arrays, "ids"), Strings.from_sections(arrays, "names")
        parts = Strings.from_sections(arrays, "places")
        self._base_places = [(parts[at], parts[at + 1]) for at in range(0, len(parts), 2)]
        self._changes: dict[str, Change] = {}
        self._take_in(changes)

    def _take_in(self, changes: Sequence[Change]) -> None:
        self._changes |= {change["id"]: change for change in changes}
        added = entries_of_changes([change for change in self._changes.values() if len(change) > 1])
        numbers = {place: number for number, place in enumerate(self._base_places)}
        moved = np.array([numbers.setdefault(place, len(numbers)) for place in added.places], dtype=np.uint32)
        register = added.register._replace(places=moved[added.register.places])
        self._places = list(numbers)
        self._added = added._replace(register=frozen(register), places=self._places)
        self._superseded = self._rows(self._changes)
        gone = np.zeros(-(-self._register.total // 8) * 8, dtype=np.bool_)
        gone[self._superseded] = True
        self._gone = np.packbits(gone, bitorder="little") if len(self._superseded) else None

    def _append(self, changes: Sequence[Change]) -> None:
        with self._writing():
            self._open()
            append_changes(self._log, self._sections.digest, changes)
            self._take_in(changes)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self.path.with_name(f".{self.path.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _rows(self, ids: Iterable[str]) -> Array:
        """The rows of those ids that are in the base."""
        sought = tuple(ids)
        hashes, rows = self._sections.arrays["hashes"], self._sections.arrays["hash_rows"]
        wanted = id_hashes(sought)
        first, last = np.searchsorted(hashes, wanted, "left"), np.searchsorted(hashes, wanted, "right")
        found = [
            int(rows[at])
            for id, begin, end in zip(sought, first.tolist(), last.tolist(), strict=True)
            for at in range(begin, end)
            if self._ids[int(rows[at])] == id
        ]
        return np.array(found, dtype=np.int64)

    def _standing(self) -> Entries:
        """The rows of the base that still hold."""
        kept = np.setdiff1d(np.arange(self._register.total), self._superseded)
        ids, names = ([strings[row] for row in kept.tolist()] for strings in (self._ids, self._names))
        return Entries(self._register.taken(kept), ids, names, self._base_places)

    def _hits(self, there: Best, lately: Best, top: int) -> tuple[Hit, ...]:
        hits = _told(there, self._ids.chosen(there.rows), self._names.chosen(there.rows))
        if len(lately.rows):
            rows = lately.rows.tolist()
            added = _told(lately, [self._added.ids[row] for row in rows], [self._added.names[row] for row in rows])
            keys = np.concatenate([there.keys, lately.keys]).tolist()
            both = zip(keys, hits + added, strict=True)
            ranked = sorted(both, key=lambda each: (-each[0][0], -each[0][1], each[1].name, each[1].id))
            hits = [hit for _key, hit in ranked]
        return tuple(hits[:top])


def _told(best: Best, ids: Sequence[str], names: Sequence[str]) -> list[Hit]:
    return list(map(Hit, ids, names, best.scores.tolist(), best.ours.tolist(), best.theirs.tolist()))
