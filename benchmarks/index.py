"""The best partners among millions: the index on disk beside six other ways, in one run and on one thread.

python -m benchmarks.index [ORGANISATIONS] [QUESTIONS] [--only-index] [--sizes 10000,100000,1000000] [--svg FILE]

One thread: set OMP_NUM_THREADS, OPENBLAS_NUM_THREADS and POLARS_MAX_THREADS to 1.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import faiss
import numpy as np
import polars as pl
from scipy.sparse import csr_matrix
from usearch.index import MetricKind, search

from benchmarks.registers import PLACES, asker, drawn_register
from lichen.audit.values import Organisation
from lichen.fit.fusion import Floats, fused_arrays
from lichen.fit.listing import Wanted, World
from lichen.fit.scan.register import Array, Rows, similarities
from lichen.fit.scan.search import Best, best_rows, question_of, sieve
from lichen.registry.index_files.entries import Entries
from lichen.registry.index_files.index import RegisterIndex, write_index
from lichen.scales import Sector, Size

Answer = Callable[[Organisation, int], Array]
"""The rows of the best for a question, in the register's order."""
OVERFETCH = 10


def entries(count: int) -> Entries:
    """A register with names, as ``write_index`` wants it."""
    register = drawn_register(count)
    ids = [f"XX-{row:08}" for row in range(count)]
    names = [f"Organisation {place}" for place in range(count)]
    order = np.array(sorted(range(count), key=names.__getitem__))
    ties = np.empty(count, dtype=np.uint32)
    ties[order] = np.arange(count, dtype=np.uint32)
    places = [(f"c{place // 20}", f"region {place}") for place in range(PLACES)]
    return Entries(register._replace(ties=ties), ids, names, places)


def matrices(register: Rows) -> tuple[csr_matrix, csr_matrix]:
    """How far each organisation meets a gap in each code, and what its gaps weigh."""
    shape = (register.total, len(similarities()))
    offers = csr_matrix((register.offer_worths, register.offer_codes, register.offer_starts), shape)
    weights = csr_matrix((register.gap_weights, register.gap_codes, register.gap_starts), shape)
    met = None
    # The best of several offers, not their sum: one offer of each organisation at a time.
    counts = np.diff(register.offer_starts.astype(np.int64))
    for nth in range(int(counts.max())):
        rows = np.flatnonzero(counts > nth)
        at = register.offer_starts[rows].astype(np.int64) + nth
        one = csr_matrix((offers.data[at], (rows, offers.indices[at])), shape) @ csr_matrix(similarities().T)
        met = one if met is None else met.maximum(one)
    return csr_matrix(met), weights


def vectors(me: Organisation) -> tuple[Floats, Floats]:
    """What we lack and what we can give, one number a code."""
    question, lacking = question_of(me), np.zeros(len(similarities()))
    np.add.at(lacking, question.codes, question.weights)
    return lacking, question.worths[: len(lacking)]


def ranked(ours: Floats, theirs: Floats, top: int) -> Array:
    scores = fused_arrays(np.minimum(ours, 1), np.minimum(theirs, 1))
    rows = np.argpartition(-scores, min(top, len(scores) - 1))[:top]
    return rows[np.argsort(-scores[rows])]


def numpy_dense(met: csr_matrix, weights: csr_matrix) -> Answer:
    full_met, full_weights = (np.asarray(each.todense(), dtype=np.float32) for each in (met, weights))

    def answer(me: Organisation, top: int) -> Array:
        lacking, given = (each.astype(np.float32) for each in vectors(me))
        return ranked(full_met @ lacking, full_weights @ given, top)

    return answer


def scipy_sparse(met: csr_matrix, weights: csr_matrix) -> Answer:
    def answer(me: Organisation, top: int) -> Array:
        lacking, given = vectors(me)
        return ranked(met @ lacking, weights @ given, top)

    return answer


def wide(met: csr_matrix, weights: csr_matrix) -> dict[str, Array]:
    columns = {f"m{code}": met[:, [code]].toarray()[:, 0].astype(np.float32) for code in range(met.shape[1])}
    return columns | {f"w{code}": weights[:, [code]].toarray()[:, 0].astype(np.float32) for code in range(met.shape[1])}


def terms(me: Organisation) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
    lacking, given = vectors(me)
    return (
        [(f"m{code}", float(lacking[code])) for code in np.flatnonzero(lacking)],
        [(f"w{code}", float(given[code])) for code in np.flatnonzero(given)],
    )


def polars_wide(columns: dict[str, Array]) -> Answer:
    frame = pl.DataFrame(columns).with_row_index("row")

    def answer(me: Organisation, top: int) -> Array:
        ours, theirs = (pl.sum_horizontal(pl.col(name) * value for name, value in each) for each in terms(me))
        covers = (
            frame.lazy().select("row", ours.alias("x"), theirs.alias("y")).filter((pl.col("x") > 0) & (pl.col("y") > 0))
        )
        scored = covers.with_columns((2 * pl.col("x") * pl.col("y") / (pl.col("x") + pl.col("y"))).alias("s"))
        return scored.top_k(top, by="s").collect()["row"].to_numpy()

    return answer


def duckdb_wide(columns: dict[str, Array]) -> Answer:
    frame = pl.DataFrame(columns).with_row_index("row").to_arrow()
    database = duckdb.connect(config={"threads": 1})
    database.register("frame", frame)
    database.execute("create table everyone as select * from frame")

    def answer(me: Organisation, top: int) -> Array:
        x, y = (" + ".join(f"{name} * {value}::float" for name, value in each) for each in terms(me))
        asked = (
            f"select row from (select row, {x} as x, {y} as y from everyone) where x > 0 and y > 0 "  # noqa: S608
            f"order by 2 * x * y / (x + y) desc limit {top}"
        )
        return database.execute(asked).fetchnumpy()["row"]

    return answer


def reranked(register: Rows, me: Organisation, rows: Array, top: int) -> Array:
    best = best_rows(question_of(me), register.taken(rows), sieve(), top)
    return rows[best.rows]


def faiss_reranked(register: Rows, both: Array) -> Answer:
    index = faiss.IndexScalarQuantizer(both.shape[1], faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
    index.train(both[:100_000])
    index.add(both)

    def answer(me: Organisation, top: int) -> Array:
        asked = np.concatenate(vectors(me)).astype(np.float32)[None]
        return reranked(register, me, index.search(asked, top * OVERFETCH)[1][0], top)

    return answer


def usearch_reranked(register: Rows, both: Array) -> Answer:
    small = (both * 127).astype(np.int8)

    def answer(me: Organisation, top: int) -> Array:
        asked = (np.concatenate(vectors(me)) * 127).astype(np.int8)
        found = search(small, asked, top * OVERFETCH, MetricKind.IP, exact=True, threads=1)
        return reranked(register, me, found.keys.astype(np.int64), top)

    return answer


def peers(register: Rows) -> Iterator[tuple[str, Answer]]:
    met, weights = matrices(register)
    yield "scipy, sparse", scipy_sparse(met, weights)
    yield "numpy, dense float32", numpy_dense(met, weights)
    columns = wide(met, weights)
    yield "Polars, wide", polars_wide(columns)
    yield "DuckDB, wide", duckdb_wide(columns)
    both = np.hstack([met.toarray().astype(np.float32), weights.toarray().astype(np.float32)])
    yield "faiss SQ8, reranked", faiss_reranked(register, both)
    yield "usearch int8, reranked", usearch_reranked(register, both)


def timed(answer: Answer, askers: list[Organisation], top: int) -> tuple[list[tuple[float, float]], list[Array]]:
    """What each question takes by the clock and of the processor, in milliseconds, and the answers."""
    answer(askers[0], top)
    times, found = [], []
    for me in askers:
        began, worked = time.perf_counter(), time.process_time()
        found.append(answer(me, top))
        times.append((1000 * (time.perf_counter() - began), 1000 * (time.process_time() - worked)))
    return times, found


def recall(register: Rows, me: Organisation, rows: Array, exact: Best, top: int) -> float:
    """The share of what was returned that scores at least as the exact last one does."""
    if not len(exact.rows):
        return 1.0
    best = best_rows(question_of(me), register.taken(np.asarray(rows, dtype=np.int64)), sieve(), top)
    return float(np.sum(best.keys[:, 0] >= exact.keys[-1, 0]) / len(exact.rows))


def row(name: str, times: list[tuple[float, float]], recalls: list[float]) -> None:
    figures = [value for spent in zip(*times, strict=True) for value in (np.median(spent), np.percentile(spent, 95))]
    shown = "".join(f"{value:10.2f}" for value in figures)
    print(f"{name:44}{shown}{statistics.fmean(recalls):10.4f}", flush=True)


def bandwidth() -> float:
    """Bytes a second that one thread reads, by the largest of 256 MB again and again."""
    room = np.ones(1 << 25, dtype=np.int64)
    times = []
    for _ in range(5):
        began = time.perf_counter()
        room.max()
        times.append(time.perf_counter() - began)
    return room.nbytes / min(times)


FILTERS: dict[str, dict[str, object]] = {
    "one sector": {"wanted": Wanted(sectors=frozenset({Sector.HEALTH}))},
    "other sectors only": {"wanted": Wanted(world=World.OTHER)},
    "far from our world": {"wanted": Wanted(world=World.FAR)},
    "two sizes": {"wanted": Wanted(sizes=frozenset({Size.SMALL, Size.MEDIUM}))},
    "a country": {"wanted": Wanted(place="c2")},
    "a region": {"wanted": Wanted(place="region 311")},
    "50 km": {"near": ((50.0, 0.0), 50.0)},
    "1000 km": {"near": ((50.0, 0.0), 1000.0)},
    "without 100": {"without": tuple(f"XX-{row:08}" for row in range(100))},
}


def measure_index(path: Path, given: Entries, askers: list[Organisation]) -> None:
    """The index by itself: writing, opening, asking, filters and changes."""
    register = given.register
    began = time.perf_counter()
    write_index(path, given)
    built = time.perf_counter() - began
    began = time.perf_counter()
    index = RegisterIndex(path)
    opened = time.perf_counter() - began
    print(f"build {built:.1f} s, {path.stat().st_size / 2**20:.0f} MiB, opens in {1000 * opened:.1f} ms\n")
    print(f"{'':44}{'median ms':>10}{'p95':>10}{'of CPU':>10}{'p95':>10}{'recall':>10}")
    for top in (50, 500):
        times, found = timed(lambda me, k: np.array([int(hit.id[3:]) for hit in index.best(me, top=k)]), askers, top)
        exact = [best_rows(question_of(me), register, sieve(), top) for me in askers]
        same = [float(rows.tolist() == best.rows.tolist()) for rows, best in zip(found, exact, strict=True)]
        row(f"Lichen, index on disk, k = {top}, same rows", times, same)
    for name, asked in FILTERS.items():
        times, _found = timed(lambda me, k, asked=asked: index.best(me, top=k, **asked), askers, 50)  # type: ignore[misc]
        row(f"  k = 50, {name}", times, [1.0])
    lately = [asker(10_000 + each) for each in range(1000)]
    began = time.perf_counter()
    index.put(lately)
    print(f"\n1000 organisations put in at once: {1000 / (time.perf_counter() - began):.0f} a second")
    row("  k = 50 with 1000 changes", timed(lambda me, k: index.best(me, top=k), askers, 50)[0], [1.0])
    began = time.perf_counter()
    index.verify()
    print(f"verified in {time.perf_counter() - began:.1f} s")


def against_size(sizes: list[int], askers: list[Organisation], svg: Path | None) -> None:
    """The median by the number of organisations, drawn."""
    medians = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            write_index(Path(folder) / "r.index", entries(size))
            index = RegisterIndex(Path(folder) / "r.index")
            medians.append(float(np.median(timed(lambda me, k: index.best(me, top=k), askers, 50)[0], axis=0)[1]))  # noqa: B023
    for size, median in zip(sizes, medians, strict=True):
        print(f"{size:12,} {median:8.2f} ms  {'█' * max(1, round(10 * np.log10(median / min(medians)) + 3))}")
    if svg:
        svg.write_text(drawn(sizes, medians), encoding="utf-8")


def drawn(sizes: list[int], medians: list[float]) -> str:
    """A chart of the medians, both axes logarithmic."""
    x, y = np.log10(sizes), np.log10(medians)
    across = 60 + 480 * (x - x.min()) / max(float(np.ptp(x)), 1e-9)
    down = 260 - 200 * (y - y.min()) / max(float(np.ptp(y)), 1e-9)
    points = list(zip(across.tolist(), down.tolist(), sizes, medians, strict=True))
    dots = "".join(
        f'<circle cx="{a:.1f}" cy="{d:.1f}" r="4"/><text x="{a:.1f}" y="{d - 10:.1f}">{median:.2f} ms</text>'
        f'<text x="{a:.1f}" y="290">{size:,}</text>'
        for a, d, size, median in points
    )
    line = " ".join(f"{a:.1f},{d:.1f}" for a, d, _size, _median in points)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 310" font-family="sans-serif" font-size="12" '
        f'text-anchor="middle"><title>Milliseconds a question by number of organisations</title>'
        f'<polyline points="{line}" fill="none" stroke="currentColor"/>{dots}</svg>\n'
    )


def main() -> None:
    """Print what each way takes and how much of the truth it finds."""
    reader = argparse.ArgumentParser()
    reader.add_argument("organisations", type=int, nargs="?", default=2_000_000)
    reader.add_argument("questions", type=int, nargs="?", default=200)
    reader.add_argument("--only-index", action="store_true")
    reader.add_argument("--sizes", default="")
    reader.add_argument("--svg", type=Path)
    asked = reader.parse_args()
    if any(os.environ.get(f"{name}_THREADS") != "1" for name in ("OMP_NUM", "OPENBLAS_NUM", "POLARS_MAX")):
        reader.error(
            "set OMP_NUM_THREADS, OPENBLAS_NUM_THREADS and POLARS_MAX_THREADS to 1: it is one thread we compare"
        )
    askers = [asker(seed) for seed in range(100, 100 + asked.questions)]
    speed, gaps = bandwidth(), statistics.fmean(len(question_of(me).bound_codes) for me in askers)
    print(f"{asked.organisations:,} organisations, {len(askers)} questions, one thread; load {os.getloadavg()[0]:.1f}")
    print(f"one thread reads {speed / 1e9:.1f} GB/s: the {gaps:.1f} columns of a question would take "
          f"{1000 * gaps * asked.organisations / speed:.2f} ms\n")  # fmt: skip
    if asked.sizes:
        against_size([int(size) for size in asked.sizes.split(",")], askers, asked.svg)
        return
    given = entries(asked.organisations)
    with tempfile.TemporaryDirectory() as folder:
        measure_index(Path(folder) / "r.index", given, askers)
    if asked.only_index:
        return
    print()
    few = askers[: max(5, len(askers) // 5)]
    exact = [best_rows(question_of(me), given.register, sieve(), 50) for me in few]
    for name, answer in peers(given.register):
        times, found = timed(answer, few, 50)
        row(
            name,
            times,
            [recall(given.register, me, rows, best, 50) for me, rows, best in zip(few, found, exact, strict=True)],
        )


if __name__ == "__main__":
    sys.exit(main())
