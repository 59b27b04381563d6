"""Reading a store of registers: a folder of Parquet files that ``load_register`` wrote.

A store is parted by the jurisdiction of the list that gave an id and by a hash of the id. Both follow from the id
alone, so that one id has one home whatever else is known of it; a country's entries can be kept or removed by
themselves; and the parts of a country are even, so that each fits into memory and is one piece of work.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from zlib import crc32

from lichen.audit.values import Organisation
from lichen.errors import InputError, Problem
from lichen.language import _
from lichen.registry.arrow import pa, pc, pq
from lichen.registry.columns import SCHEMA, SEARCHED, entry_of
from lichen.registry.decisions import Decided, joined_rows, read_decided
from lichen.registry.ids import jurisdiction
from lichen.registry.manifest import Manifest, Part, read_manifest

__all__ = ["Store", "part_of", "read_store"]

BATCH = 65_536
"""Rows of a table that ``read_store`` gives."""


def part_of(identifier: str, buckets: int) -> str:
    """The name of the part that an id belongs to.

    Example:
        >>> part_of("GB-CHC-1000340", 32)
        'GB/01'
    """
    return f"{jurisdiction(identifier)}/{crc32(identifier.encode()) % buckets:02d}"


def read_store(
    path: str | PathLike[str],
    *,
    columns: Sequence[str] = SEARCHED,
    parts: Iterable[str] | None = None,
    batch: int = BATCH,
) -> Iterator[pa.Table]:
    """The organisations of a store as tables, a batch at a time, each id once.

    Where several registers have an entry under one id, the one whose source is first in
    :data:`~lichen.registry.precedence.PRECEDENCE` is given until somebody has decided that they are the same; then
    one is given with what all of them suggest. Organisations that were decided to be the same under several ids come
    last, in tables of their own. Nothing is joined that nobody decided on.

    Args:
        path: The store's folder.
        columns: Those wanted, of :data:`~lichen.registry.columns.SCHEMA`; as they are named, ``id`` always first.
        parts: Names of the parts wanted, such as ``GB/07``; None for all. What was decided to be the same and stands in
            several parts belongs to the part of the id that it goes by.
        batch: The most rows of a table.

    Returns:
        An iterator of Arrow tables, in the order of the parts, and of the ids within each.

    Raises:
        InputError: There is no store here, a part is damaged or missing, or a part or column is not known.
    """
    return Store(path).tables(columns=columns, parts=parts, batch=batch)


@dataclass(frozen=True, slots=True)
class _Cut:
    """What is wanted of each part."""

    columns: list[str]
    batch: int


class Store:
    """A store as it stands when it is opened; what is loaded meanwhile does not disturb it.

    Args:
        path: The folder.

    Raises:
        InputError: There is no store here.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        """Read what the store holds."""
        self.path = Path(path)
        found = read_manifest(self.path)
        if found is None:
            raise InputError(Problem(_("there is no store here"), _("lichen import SOURCE FILE --store FOLDER")))
        self.manifest: Manifest = found
        self.parts = {part.name: part for part in found.parts}

    def tables(
        self, *, columns: Sequence[str] = SEARCHED, parts: Iterable[str] | None = None, batch: int = BATCH
    ) -> Iterator[pa.Table]:
        """See :func:`read_store`.

        Raises:
            InputError: A part is damaged or missing, or a part or column is not known.
        """
        unknown = [name for name in columns if name not in SCHEMA.names]
        wanted = list(self.parts) if parts is None else list(dict.fromkeys(parts))
        unknown += [name for name in wanted if name not in self.parts]
        if unknown:
            right = _("one of these: {names}").format(names=", ".join([*SCHEMA.names, *self.parts][:60]))
            raise InputError(Problem(_("the store has no such column or part"), right))
        return self._given(_Cut(["id", *(name for name in columns if name != "id")], batch), wanted)

    def rows(self, identifiers: Iterable[str]) -> list[dict[str, object]]:
        """Every entry under each of these ids, in all registers, with the evidence."""
        homes: dict[str, list[str]] = {}
        for one in dict.fromkeys(identifiers):
            homes.setdefault(part_of(one, self.manifest.buckets), []).append(one)
        found: list[dict[str, object]] = []
        for name in sorted(homes.keys() & self.parts.keys()):
            wanted = pc.field("id").isin(homes[name])
            found += self._table(self.parts[name], None, wanted).to_pylist()
        return found

    def organisations(self, identifiers: Iterable[str]) -> tuple[Organisation, ...]:
        """Every entry under each of these ids as an organisation, in all registers, with the evidence."""
        return tuple(entry_of(row).organisation for row in self.rows(identifiers))

    def verify(self) -> tuple[str, ...]:
        """The names of the parts that are missing or are not what was written."""
        return tuple(part.name for part in self.manifest.parts if not _is_whole(self.path, part))

    def entries(self, columns: Sequence[str]) -> Iterator[tuple[Part, pa.Table]]:
        """Part by part, every entry of every register, in the order of ids and sources."""
        for part in self.manifest.parts:
            yield part, self._table(part, list(columns), None)

    def _given(self, cut: _Cut, wanted: Sequence[str]) -> Iterator[pa.Table]:
        decided = read_decided(self.path)
        for name in wanted:
            yield from self._of_part(self.parts[name], cut, decided)
        homes = set(wanted)
        groups = [group for group in decided.groups if part_of(group[0], self.manifest.buckets) in homes]
        for start in range(0, len(groups), 1_000):
            table = joined_rows(groups[start : start + 1_000], self.rows)
            if len(table):
                yield table.select(cut.columns)

    def _of_part(self, part: Part, cut: _Cut, decided: Decided) -> Iterator[pa.Table]:
        last = None
        with self._opened(part) as file:
            for raw in _batches(file, cut, part.name):
                ids = raw.column("id")
                before = pa.concat_arrays([pa.array([last], pa.string()), ids.slice(0, max(len(ids) - 1, 0))])
                last = ids[-1].as_py() if len(ids) else last
                first = pc.fill_null(pc.not_equal(ids, before), True)
                kept = pc.and_(first, pc.invert(pc.is_in(ids, value_set=decided.ids))) if len(decided.ids) else first
                table = pa.Table.from_batches([raw]).filter(kept)
                if len(table):
                    yield table

    def _opened(self, part: Part) -> pq.ParquetFile:
        path = self.path / part.file
        try:
            if path.stat().st_size != part.bytes:
                raise OSError
            return pq.ParquetFile(path)
        except (OSError, pa.ArrowException):
            raise _damaged(part.name) from None

    def _table(self, part: Part, columns: list[str] | None, wanted: pc.Expression | None) -> pa.Table:
        with self._opened(part) as file:
            try:
                table = file.read(columns=columns)
            except (OSError, pa.ArrowException):
                raise _damaged(part.name) from None
        return table if wanted is None else table.filter(wanted)


def _batches(file: pq.ParquetFile, cut: _Cut, name: str) -> Iterator[pa.RecordBatch]:
    try:
        for batch in file.iter_batches(batch_size=cut.batch, columns=cut.columns, use_threads=False):
            yield batch.select(cut.columns)
    except (OSError, pa.ArrowException):
        raise _damaged(name) from None


def _is_whole(store: Path, part: Part) -> bool:
    try:
        with (store / part.file).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == part.sha256
    except OSError:
        return False


def _damaged(name: str) -> InputError:
    what = _("part {name} of the store is missing or damaged").format(name=name)
    return InputError(Problem(what, _("the registers loaded anew into a new folder")))
