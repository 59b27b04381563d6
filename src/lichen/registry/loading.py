"""Loading a register into a store: read in pieces, sorted into parts, put in place all at once.

Reading writes one staged file a piece, each with what was counted up to it, so that whatever interrupts it costs one
piece. Only when all is read are the parts written that it touches, beside those that stand; the manifest names them
in one step. A load that was interrupted goes on when it is asked for again with the same files.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from itertools import islice, pairwise
from pathlib import Path

import numpy as np

import lichen
from lichen.capabilities.taxonomy import taxonomy
from lichen.errors import InputError, Problem
from lichen.language import _
from lichen.registry.arrow import pa, pc, pq
from lichen.registry.columns import SCHEMA, entry_of, table_of
from lichen.registry.entries import Entry, Item, Skipped
from lichen.registry.joining import joined
from lichen.registry.manifest import FORMAT, Given, Load, Manifest, Part, read_manifest, replaced, write_manifest
from lichen.registry.precedence import place_of
from lichen.registry.store import part_of

__all__ = [
    "BUCKETS",
    "PIECE",
    "LoadProgress",
    "Piece",
    "Register",
    "Tally",
    "given_files",
    "load_pieces",
    "load_register",
]

BUCKETS = 32
"""Parts that each jurisdiction is spread over: two million entries of one country make parts of some 60,000."""
PIECE = 20_000
"""Rows that are read before what was read is safe on the disk."""
_EXAMPLES = 5
_LOCK = ".loading.lock"
_STAGED = ".loading-"
_OURS = re.compile(r"\.loading\.lock|\.loading-[0-9a-f]{16}|\.?manifest\.json(?:\.new)?|decisions\.json|[A-Z]{2}")
_PART = re.compile(r"[A-Z]{2}/\d{2,}-[0-9a-f]{12}\.parquet")
_GROUP = 16_384  # rows of a group within a part: what a reader holds at once


@dataclass(frozen=True, slots=True)
class Register:
    """A source of entries: how its files are parted into rows, and what each row says."""

    name: str
    """Its name in the store and on the command line."""
    items: Callable[[Path], Iterator[Item]]
    """The rows of a file, cheaply; those that are skipped when a load goes on are not looked at again."""
    entries: Callable[[Item], Sequence[Entry] | Skipped]
    """What a row says, or why it is left out."""
    variant: str = ""
    """What else the entries depend on, such as a mapping, in a form that can be compared."""


@dataclass(frozen=True, slots=True)
class LoadProgress:
    """How far a load has come."""

    is_written: bool
    """False while files are read, true while parts are written."""
    done: int
    """Bytes that were read, or parts that were written."""
    of: int
    """Of so many."""
    rows: int
    """Rows that were read."""
    entries: int
    """Entries that they gave."""
    skipped: int
    """Rows that were left out."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted so far."""

    read: int = 0
    entries: int = 0
    at: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    examples: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Piece:
    """What some rows gave, and what was counted in them."""

    table: pa.Table
    """In the columns of the store."""
    tally: Tally
    """Of this piece alone, but for ``at``: the bytes read since the beginning."""


Told = Callable[[LoadProgress], None]


def load_register(
    store: str | Path,
    register: Register,
    files: Sequence[str | Path],
    *,
    progress: Told | None = None,
    piece: int = PIECE,
    buckets: int = BUCKETS,
) -> Load:
    """Load the files of a register into a store, beside what is there.

    The order of the files does not matter, nor does loading them again. An entry that the store has under the same
    id from the same register is joined with the new one, or gives way if it is of an earlier edition.

    Args:
        store: The folder; made where there is none.
        register: How the files are read, such as one of :data:`~lichen.registry.sources.REGISTERS`.
        files: All files of the register, or those that are new.
        progress: Called after every piece and every part.
        piece: Rows that are read before what was read is safe.
        buckets: Parts that each jurisdiction is spread over; heeded when the store is new.

    Returns:
        What was read and left out.

    Raises:
        InputError: A file cannot be read or is not of this register, the store cannot be written, or another load
            is going on in it.
    """
    given = given_files(files)
    ours = tuple(one for _path, one in given)
    facts = Load(register.name, _key(register.name, register.variant, piece, ours), ours, 0, 0, {}, {})
    whole = sum(one.bytes for one in ours)

    def pieces(staged: int) -> Iterator[Piece]:
        return _pieces(register, [path for path, _given in given], piece, staged)

    return load_pieces(Path(store), facts, pieces, whole, progress=progress, buckets=buckets)


def given_files(files: Sequence[str | Path]) -> list[tuple[Path, Given]]:
    """The files with their sizes and checksums, in the order of the checksums and each once.

    Raises:
        InputError: Some cannot be read: all are told.
    """
    found: dict[str, tuple[Path, Given]] = {}
    problems = []
    for path in map(Path, files):
        try:
            if not path.is_file():  # a pipe would wait, and a device need never end
                raise OSError
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            found[digest] = path, Given(path.name, path.stat().st_size, digest)
        except OSError:
            right = _("a file that is there and may be read")
            problems.append(Problem(_("the file cannot be read"), right, path.name))
    if problems:
        raise InputError(problems)
    return [found[digest] for digest in sorted(found)]


def load_pieces(
    store: Path,
    facts: Load,
    pieces: Callable[[int], Iterator[Piece]],
    of: int,
    *,
    progress: Told | None = None,
    buckets: int = BUCKETS,
) -> Load:
    """Load what comes in pieces, from the first that is not staged yet.

    Args:
        store: The folder; made where there is none.
        facts: The source, the key and the files of the load.
        pieces: Given how many pieces are staged, those that follow; the same whenever it is asked.
        of: What ``at`` of the last piece will be.
        progress: Called after every piece and every part.
        buckets: As in :func:`load_register`.

    Raises:
        InputError: The store cannot be written, or another load is going on in it.
    """
    told = progress or _untold
    try:
        store.mkdir(parents=True, exist_ok=True)
        with _alone(store):
            base = read_manifest(store) or _begun(store, buckets)
            staging = store / f"{_STAGED}{facts.key}"
            if any(load.key == facts.key for load in base.loads):
                shutil.rmtree(staging, ignore_errors=True)
                return next(load for load in base.loads if load.key == facts.key)
            staging.mkdir(exist_ok=True)
            tally = _stage(staging, pieces, base.buckets, of, told)
            parts = _write_parts(store, staging, base, tally, told)
            load = _counted(facts, tally)
            _put_in_place(store, base, parts, load)
            shutil.rmtree(staging, ignore_errors=True)
            return load
    except OSError as refusal:
        right = _("a folder that may be written, on a disk with room")
        raise InputError(Problem(_("the store cannot be written"), right, file=store.name)) from refusal


def _untold(_progress: LoadProgress) -> None:
    """For callers who do not ask how far it is."""


@contextmanager
def _alone(store: Path) -> Iterator[None]:
    with (store / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            what, right = _("another load is going on in this store"), _("to wait until it is done")
            raise InputError(Problem(what, right, file=store.name)) from None
        yield


def _key(name: str, variant: str, piece: int, files: Sequence[Given]) -> str:
    said = [name, variant, piece, taxonomy().version, lichen.__version__, [one.sha256 for one in files]]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def _begun(store: Path, buckets: int) -> Manifest:
    """What a new store holds; nothing is begun among files that somebody else has put there."""
    if not all(_OURS.fullmatch(path.name) for path in store.iterdir()):
        what, right = _("there are other files in this folder"), _("a new folder, or one that holds a store")
        raise InputError(Problem(what, right, file=store.name))
    return Manifest(FORMAT, lichen.__version__, str(taxonomy().version), buckets)


def _counted(facts: Load, tally: Tally) -> Load:
    examples = {why: tuple(places) for why, places in sorted(tally.examples.items())}
    skipped = dict(sorted(tally.skipped.items()))
    return replace(facts, read=tally.read, entries=tally.entries, skipped=skipped, examples=examples)


# Reading


def _pieces(register: Register, paths: Sequence[Path], size: int, staged: int) -> Iterator[Piece]:
    rows = islice(_rows(register, paths), size * staged, None)
    while some := list(islice(rows, size)):
        yield _piece(register, some)


def _rows(register: Register, paths: Sequence[Path]) -> Iterator[tuple[Path, int, Item]]:
    before = 0
    for path in paths:
        for item in register.items(path):
            yield path, before + item.at, item
        before += path.stat().st_size


def _piece(register: Register, rows: Sequence[tuple[Path, int, Item]]) -> Piece:
    entries: list[tuple[str, Entry]] = []
    skipped: dict[str, int] = {}
    examples: dict[str, list[str]] = {}
    for path, _at, item in rows:
        found = Skipped(item.broken) if item.broken else register.entries(item)
        if isinstance(found, Skipped):
            skipped[found.why] = skipped.get(found.why, 0) + 1
            if len(places := examples.setdefault(found.why, [])) < _EXAMPLES:
                places.append(f"{path.name}, {item.number}")
        else:
            entries += [(register.name, one) for one in found]
    return Piece(table_of(entries), Tally(len(rows), len(entries), rows[-1][1], skipped, examples))


def _stage(staging: Path, pieces: Callable[[int], Iterator[Piece]], buckets: int, of: int, told: Told) -> Tally:
    staged = _staged(staging)
    tally = _facts_of(staged[-1])[1] if staged else Tally()
    for number, piece in enumerate(pieces(len(staged)), len(staged)):
        tally = _sum(tally, piece.tally)
        _write_piece(staging / f"{number:06d}.arrow", piece.table, tally, buckets)
        told(_progress(tally, is_written=False, done=tally.at, of=max(of, tally.at)))
    return tally


def _sum(so_far: Tally, piece: Tally) -> Tally:
    skipped = {
        why: so_far.skipped.get(why, 0) + piece.skipped.get(why, 0) for why in {**so_far.skipped, **piece.skipped}
    }
    examples = {
        why: [*so_far.examples.get(why, ()), *piece.examples.get(why, ())][:_EXAMPLES]
        for why in {**so_far.examples, **piece.examples}
    }
    return Tally(so_far.read + piece.read, so_far.entries + piece.entries, piece.at, skipped, examples)


def _progress(tally: Tally, *, is_written: bool, done: int, of: int) -> LoadProgress:
    return LoadProgress(is_written, done, of, tally.read, tally.entries, sum(tally.skipped.values()))


def _staged(staging: Path) -> list[Path]:
    return sorted(staging.glob("[0-9]*.arrow"))


def _write_piece(path: Path, table: pa.Table, tally: Tally, buckets: int) -> None:
    """One batch a part, so that a part can be gathered without reading the others."""
    homes = np.array([part_of(one, buckets) for one in table.column("id").to_pylist()], dtype=np.str_)
    order = np.argsort(homes, kind="stable")
    names, starts = np.unique(homes[order], return_index=True)
    facts = json.dumps({"parts": names.tolist(), "tally": asdict(tally)}).encode()
    schema = SCHEMA.with_metadata({b"lichen": facts})
    in_order = table.take(pa.array(order)).combine_chunks()
    beside = path.with_suffix(".new")
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.OSFile(str(beside), "wb") as file, pa.ipc.new_file(file, schema, options=options) as writer:
        for start, end in pairwise([*starts.tolist(), len(order)]):
            writer.write_batch(in_order.slice(start, end - start).to_batches()[0])
    beside.replace(path)


def _facts_of(path: Path) -> tuple[list[str], Tally]:
    with pa.memory_map(str(path)) as file:
        facts = json.loads(pa.ipc.open_file(file).schema.metadata[b"lichen"])
    return facts["parts"], Tally(**facts["tally"])


def _batch_of(path: Path, place: int) -> pa.Table:
    with pa.memory_map(str(path)) as file:
        return pa.Table.from_batches([pa.ipc.open_file(file).get_batch(place)]).replace_schema_metadata(None)


# Writing


def _write_parts(store: Path, staging: Path, base: Manifest, tally: Tally, told: Told) -> dict[str, Part]:
    sources: dict[str, list[tuple[Path, int]]] = {}
    for path in _staged(staging):
        for place, name in enumerate(_facts_of(path)[0]):
            sources.setdefault(name, []).append((path, place))
    standing = {part.name: part for part in base.parts}
    written = {}
    for number, name in enumerate(sorted(sources), 1):
        written[name] = _written(store, staging, name, standing.get(name), sources[name])
        told(_progress(tally, is_written=True, done=number, of=len(sources)))
    return standing | written


def _written(store: Path, staging: Path, name: str, standing: Part | None, staged: Iterable[tuple[Path, int]]) -> Part:
    """A part as it will stand; one that was written before the interruption is not written again."""
    note = staging / f"{name.replace('/', '-')}.json"
    before = standing.sha256 if standing else ""
    if note.is_file():
        said = json.loads(note.read_text(encoding="utf-8"))
        if said["before"] == before and (store / said["part"]["file"]).is_file():
            return Part(**said["part"])
    tables = [_batch_of(path, place) for path, place in staged]
    if standing:
        tables.append(pq.read_table(store / standing.file, partitioning=None))
    settled = _settled(pa.concat_tables(tables).combine_chunks())
    # Who has no name even now is nobody that the register calls an organisation.
    part = _write_part(store, name, settled.filter(pc.not_equal(settled.column("name"), "")))
    replaced(note, json.dumps({"before": before, "part": asdict(part)}).encode())
    return part


def _settled(table: pa.Table) -> pa.Table:
    """Sorted by id and precedence, one entry for each id and source."""
    sources = pc.dictionary_encode(table.column("source")).combine_chunks()
    ranks = pa.array([place_of(name) for name in sources.dictionary.to_pylist()], pa.string())
    order = pc.sort_indices(
        pa.table({"id": table.column("id"), "rank": pc.take(ranks, sources.indices)}),
        sort_keys=[("id", "ascending"), ("rank", "ascending")],
    )
    table = table.take(order)
    doubles = _repeated(table)
    if not doubles:
        return table
    once = [place for start, end in doubles for place in range(start, end)]
    alone = np.ones(len(table), dtype=np.bool_)
    alone[once] = False
    single = table.filter(pa.array(alone))
    rows = []
    for start, end in doubles:
        own = table.slice(start, end - start).to_pylist()
        rows.append((own[0]["source"], joined([entry_of(row) for row in own])))
    return _settled(pa.concat_tables([single, table_of(rows)]))


def _repeated(table: pa.Table) -> list[tuple[int, int]]:
    """Runs of rows with the same id and source, as start and end."""
    if len(table) < 2:
        return []
    same = None
    for name in ("id", "source"):
        column = table.column(name).combine_chunks()
        equal = pc.equal(column.slice(1), column.slice(0, len(column) - 1))
        same = equal if same is None else pc.and_(same, equal)
    runs: list[tuple[int, int]] = []
    for place in pc.indices_nonzero(same).to_pylist():
        if runs and runs[-1][1] == place + 1:
            runs[-1] = runs[-1][0], place + 2
        else:
            runs.append((place, place + 2))
    return runs


def _write_part(store: Path, name: str, table: pa.Table) -> Part:
    folder = store / name.partition("/")[0]
    folder.mkdir(exist_ok=True)
    beside = folder / f".{name.partition('/')[2]}.new"
    pq.write_table(table, beside, compression="zstd", compression_level=1, row_group_size=_GROUP)
    with beside.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    # Named by what it holds, so that a part that stands is never written over while somebody reads it.
    place = f"{name}-{digest[:12]}.parquet"
    size = beside.stat().st_size
    beside.replace(store / place)
    return Part(name, place, len(table), size, digest)


def _put_in_place(store: Path, base: Manifest, parts: Mapping[str, Part], load: Load) -> None:
    loads = tuple(sorted((*base.loads, load), key=lambda one: (one.source, one.key)))
    in_order = tuple(parts[name] for name in sorted(parts))
    now = replace(base, lichen=lichen.__version__, taxonomy=str(taxonomy().version), parts=in_order, loads=loads)
    write_manifest(store, now)
    # What the last manifest names stays a while: somebody may be reading by it.
    named = {part.file for part in (*base.parts, *now.parts)}
    for path in store.glob("*/*.parquet"):
        own = path.relative_to(store).as_posix()
        if own not in named and _PART.fullmatch(own):
            path.unlink(missing_ok=True)
