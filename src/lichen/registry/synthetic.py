"""Registers that are made up but look like real ones, of any size, for tests and benchmarks.

What is common is very common and what is rare is rare (Zipf), the sectors offer different things, places are towns
around which organisations lie, sizes are lognormal, and some organisations stand on two registers. Nobody in them
exists. A piece depends on the seed and its number alone, so that any piece can be made by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lichen.audit.values import Offer, Source
from lichen.capabilities.taxonomy import taxonomy
from lichen.errors import InputError, Problem
from lichen.fit.cover import offer_worth
from lichen.language import _
from lichen.registry.arrow import pa
from lichen.registry.columns import SCHEMA
from lichen.registry.loading import BUCKETS, LoadProgress, Piece, Tally, load_pieces
from lichen.registry.manifest import Load
from lichen.scales import Sector, Sensitivity, Size

__all__ = ["Made", "load_synthetic", "synthetic_tables"]

Ints = NDArray[np.int64]

_ROWS = 20_000
_SECOND = "synthetic-second"
_TOWNS: dict[str, tuple[tuple[str, float, float, int], ...]] = {
    "GB": (
        ("London", 51.5, -0.1, 9), ("North West", 53.5, -2.3, 7), ("Scotland", 55.9, -3.9, 5), ("Wales", 51.6, -3.4, 3),
    ),
    "US": (("CA", 34.1, -118.2, 12), ("NY", 40.7, -74.0, 9), ("TX", 29.8, -95.4, 9), ("IL", 41.9, -87.6, 5)),
    "DE": (("Berlin", 52.5, 13.4, 4), ("Bayern", 48.1, 11.6, 5), ("Sachsen", 51.3, 12.4, 2)),
    "FR": (("Île-de-France", 48.9, 2.4, 6), ("Occitanie", 43.6, 1.4, 3)),
    "IN": (("Kerala", 9.9, 76.3, 4), ("Maharashtra", 19.1, 72.9, 6)),
    "KE": (("Nairobi", -1.3, 36.8, 3),),
    "BR": (("São Paulo", -23.6, -46.6, 5), ("Bahia", -13.0, -38.5, 2)),
}  # fmt: skip
"""Regions with the middle of their largest town and how many organisations there are (general knowledge, rounded)."""
_SECTORS = {
    Sector.NONPROFIT: 60, Sector.EDUCATION: 12, Sector.FAITH: 12, Sector.HEALTH: 6, Sector.FUNDER: 5,
    Sector.COOPERATIVE: 2, Sector.BUSINESS: 2, Sector.GOVERNMENT: 1,
}  # fmt: skip
_FAVOURED = {
    Sector.EDUCATION: ("knowledge.", "service.education"), Sector.FAITH: ("trust.", "assets.venue"),
    Sector.HEALTH: ("service.", "knowledge.medical"), Sector.FUNDER: ("funding.",),
    Sector.BUSINESS: ("tech.", "market."),
    Sector.GOVERNMENT: ("policy.",), Sector.COOPERATIVE: ("ops.", "market."), Sector.NONPROFIT: ("service.", "reach."),
}  # fmt: skip
_FAVOUR = 6.0
_FIRST = "Riverside Harbour Northfield Oak Lantern Bridge Meadow Unity Phoenix Cedar Westgate Hope Summit Mill".split()
_MIDDLE = "Community Youth Housing Arts Family Health Food Learning Green Sports Heritage Women's Refugee City".split()
_LAST = "Trust Foundation Association Project Centre Network Alliance Partnership Society Fund Club Initiative".split()
_SPREAD = 0.35  # degrees around the middle of a region


@dataclass(frozen=True, slots=True)
class Made:
    """How a made-up register looks. Every default is a proposal: what registers that were looked at roughly have.

    Raises:
        InputError: No register can look so.
    """

    organisations: int = 10_000
    """How many there are, those that stand twice counted once."""
    seed: int = 0
    """The same seed makes the same register."""
    zipf: float = 0.8
    """How much commoner common capabilities are: the k-th has weight 1/k to this power."""
    offers: float = 4.0
    """The mean number of offers of those that have any."""
    gaps: float = 3.0
    """The mean number of gaps of those that have any."""
    with_offers: float = 0.8
    """Share of organisations of which any offer is known."""
    with_gaps: float = 0.6
    """Share of organisations of which any gap is known."""
    twice: float = 0.01
    """Share of organisations that stand on a second register too, under another id and in capitals."""

    def __post_init__(self) -> None:
        shares = (self.with_offers, self.with_gaps, self.twice)
        if self.organisations < 1 or not all(0 <= share <= 1 for share in shares) or min(self.offers, self.gaps) < 1:
            right = _("one organisation or more, shares from 0 to 1, means of 1 or more")
            raise InputError(Problem(_("no register can be made so"), right))


def synthetic_tables(made: Made) -> Iterator[pa.Table]:
    """The made-up register as tables in the columns of the store, 20,000 organisations at a time.

    Args:
        made: How it looks.
    """
    for piece in _pieces(made)(0):
        yield piece.table


def load_synthetic(
    store: str | Path, made: Made, *, progress: Callable[[LoadProgress], None] | None = None, buckets: int = BUCKETS
) -> Load:
    """Load a made-up register into a store, as a real one is loaded.

    Args:
        store: The folder.
        made: How the register looks.
        progress: As in :func:`~lichen.registry.loading.load_register`; counts organisations instead of bytes.
        buckets: As there.

    Raises:
        InputError: The store cannot be written, or another load is going on in it.
    """
    key = sha256(repr((asdict(made), taxonomy().version)).encode()).hexdigest()[:16]
    facts = Load("synthetic", key, (), 0, 0, {}, {})
    return load_pieces(Path(store), facts, _pieces(made), made.organisations, progress=progress, buckets=buckets)


def _pieces(made: Made) -> Callable[[int], Iterator[Piece]]:
    def pieces(staged: int) -> Iterator[Piece]:
        for start in range(staged * _ROWS, made.organisations, _ROWS):
            rows = min(_ROWS, made.organisations - start)
            table = _table(made, start, rows)
            yield Piece(table, Tally(rows, len(table), start + rows))

    return pieces


def _table(made: Made, start: int, rows: int) -> pa.Table:
    draw = np.random.default_rng((made.seed, start))
    places = _places()
    where = draw.choice(len(places), rows, p=_shares([place[-1] for place in places]))
    sectors = draw.choice(len(_SECTORS), rows, p=_shares(list(_SECTORS.values())))
    middle = np.array([place[2:4] for place in places])[where]
    points = middle + draw.normal(0, _SPREAD, (rows, 2))
    numbers = np.arange(start, start + rows)
    ids = [f"{places[place][0]}-SYN-{number:09d}" for place, number in zip(where, numbers, strict=True)]
    words = [draw.choice(list(each), rows) for each in (_FIRST, _MIDDLE, _LAST)]
    outer, inner = draw.integers(1, 90, rows), draw.integers(1, 60, rows)
    columns = {
        "id": ids,
        "source": ["synthetic"] * rows,
        "name": [" ".join(parts) for parts in zip(*words, strict=True)],
        "sector": _named([sector.value for sector in _SECTORS], sectors),
        "country": _named([place[0] for place in places], where),
        "region": _named([place[1] for place in places], where),
        "locality": [f"{places[place][1]} {area}" for place, area in zip(where, outer, strict=True)],
        "postcode": [f"{one[:2]}{a:02d} {b:02d}{int(one[-2:])}" for one, a, b in zip(ids, outer, inner, strict=True)],
        "latitude": points[:, 0].clip(-90, 90),
        "longitude": points[:, 1],
        "size": _sizes(draw, rows),
        "url": [""] * rows,
        "edition": [""] * rows,
        **_items(draw, made, sectors, "gap"),
        **_items(draw, made, sectors, "offer"),
    }  # fmt: skip
    table = pa.table({name: pa.array(columns[name], SCHEMA.field(name).type) for name in SCHEMA.names}, schema=SCHEMA)
    return pa.concat_tables([table, _second(table, round(rows * made.twice))])


def _second(table: pa.Table, rows: int) -> pa.Table:
    """The same organisations as another register has them."""
    own = table.slice(0, rows)
    changed = {
        "id": [one.replace("-SYN-", "-SYNB-") for one in own.column("id").to_pylist()],
        "source": [_SECOND] * rows,
        "name": [f"THE {name.upper()} LTD" for name in own.column("name").to_pylist()],
    }
    for name, values in changed.items():
        own = own.set_column(SCHEMA.get_field_index(name), SCHEMA.field(name), pa.array(values, pa.string()))
    return own


def _items(draw: np.random.Generator, made: Made, sectors: Ints, kind: str) -> dict[str, pa.Array]:
    is_gap = kind == "gap"
    codes, chances = _chances(is_gap, made.zipf)
    mean, share = (made.gaps, made.with_gaps) if is_gap else (made.offers, made.with_offers)
    rows = len(sectors)
    counts = np.where(draw.random(rows) < share, 1 + draw.poisson(mean - 1, rows), 0).clip(0, 20)
    # The places of the largest of log(chance) + Gumbel noise are a draw without putting back.
    noisy = chances[sectors] + draw.gumbel(size=(rows, len(codes))).astype(np.float32)
    most = int(counts.max(initial=1))
    best = np.argpartition(-noisy, most - 1, axis=1)[:, :most]
    taken = np.arange(most) < counts[:, None]
    chosen = best[taken]
    confidences = draw.choice([0.45, 0.5, 0.6, 0.7, 0.8], len(chosen))
    offsets = pa.array(np.concatenate([[0], np.cumsum(counts)]), pa.int32())
    named, column = _named(codes, chosen), "gaps" if is_gap else "offers"
    ended = {"confidence": confidences, "document": _same("Made up", chosen), "sentence": _sentences(codes, chosen)}
    ended["url"] = _same("", chosen)
    steps: dict[str, object]
    if is_gap:
        severity = draw.integers(1, 6, len(chosen))
        whole = np.bincount(np.repeat(np.arange(rows), counts), severity, rows)
        numbers = {"weight": severity / np.repeat(whole, counts) * confidences}
        steps = {"severity": severity}
    else:
        strength, evidence = draw.integers(1, 6, len(chosen)), draw.choice([1, 2, 3], len(chosen), p=[0.7, 0.2, 0.1])
        numbers = {"worth": _worths()[strength, evidence] * confidences}
        steps = {"strength": strength, "evidence": evidence}
    return {
        column: _listed(column, offsets, {"code": named, **numbers}),
        f"{kind}_evidence": _listed(f"{kind}_evidence", offsets, {**steps, **ended}),
    }


def _listed(column: str, offsets: pa.Array, fields: dict[str, object]) -> pa.Array:
    kind = SCHEMA.field(column).type.value_type
    values = [pa.array(fields[kind.field(place).name], kind.field(place).type) for place in range(kind.num_fields)]
    return pa.ListArray.from_arrays(offsets, pa.StructArray.from_arrays(values, fields=list(kind)))


@cache
def _chances(is_gap: bool, zipf: float) -> tuple[list[str], NDArray[np.float32]]:
    """The codes that may be drawn, and for each sector the logarithm of the chance of each."""
    known = taxonomy().capabilities
    codes = [code for code in known if not (is_gap and known[code].sensitivity is Sensitivity.HIGH)]
    order = np.random.default_rng(len(codes)).permutation(len(codes))
    weights = 1 / (1 + order) ** zipf
    rows = []
    for sector in _SECTORS:
        favoured = np.array([code.startswith(_FAVOURED[sector]) != is_gap for code in codes])
        rows.append(np.log(weights * np.where(favoured, _FAVOUR, 1)))
    return codes, np.array(rows, dtype=np.float32)


@cache
def _worths() -> NDArray[np.float64]:
    """What an offer of each strength and evidence is worth at full confidence."""
    sure = Source("", "", 1.0)
    return np.array([[offer_worth(Offer("", max(s, 1), max(e, 1), source=sure)) for e in range(6)] for s in range(6)])


@cache
def _places() -> tuple[tuple[str, str, float, float, int], ...]:
    return tuple((country, *place) for country, places in _TOWNS.items() for place in places)


def _sizes(draw: np.random.Generator, rows: int) -> pa.Array:
    """Lognormal incomes, as bands."""
    limits = np.log([1e4, 1e5, 1e6, 1e7, 1e8])
    return _named([size.value for size in Size], np.searchsorted(limits, draw.normal(11.5, 2.2, rows)))


def _named(words: Sequence[str], places: Ints) -> pa.Array:
    return pa.array(list(words), pa.string()).take(pa.array(places))


def _same(word: str, places: Ints) -> pa.Array:
    return _named([word], np.zeros(len(places), np.int64))


def _sentences(codes: Sequence[str], places: Ints) -> pa.Array:
    known = taxonomy().capabilities
    return _named([f"This made-up entry speaks of {known[code].label.lower()}." for code in codes], places)


def _shares(weights: Sequence[int]) -> NDArray[np.float64]:
    return np.array(weights) / sum(weights)
