"""The vulnerability matrix and the vulnerability map of the article, as values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from lichen.audit.values import Organisation, Vulnerability
from lichen.audit.weighing import gap_weights
from lichen.errors import InputError, Problem
from lichen.fit.fusion import Fusion, check_fusion, fused
from lichen.fit.index import FitIndex
from lichen.fit.pairs import ranked_rows
from lichen.fit.reasons import Reason, gap_reason
from lichen.language import _
from lichen.scales import Sector

__all__ = ["Excelling", "Lack", "Line", "MapRow", "Matrix", "Swap", "best_swaps", "matrix", "vulnerability_map"]


@dataclass(frozen=True, slots=True)
class Line:
    """One gap on an axis of the matrix."""

    organisation: str
    """Id of the organisation whose gap it is."""
    code: str
    """Code of the gap."""
    severity: int
    """1 to 5."""
    rank: int | None
    """1 needs outside help most; None is unranked."""
    weight: float
    """Its share of all that its owner lacks, in [0, 1]."""
    suggested: bool
    """Whether it is inferred or not confirmed, rather than stated."""


@dataclass(frozen=True, slots=True)
class Swap:
    """One gap of ours met by them in return for one gap of theirs met by us."""

    organisation: str
    """Id of the candidate."""
    value: float
    """How good the swap would be, above 0 to 1: how far either gap is met, fused."""
    ours: Reason
    """Our gap, and the offer of theirs that meets it."""
    theirs: Reason
    """Their gap, and the offer of ours that meets it."""

    @property
    def weight(self) -> float:
        """How much the two gaps weigh for their owners, together: in [0, 2]."""
        return self.ours.weight + self.theirs.weight


@dataclass(frozen=True, slots=True)
class Matrix:
    """Our gaps by those of the candidates; a cell is the swap of the two, or None where there is none."""

    rows: tuple[Line, ...]
    """Our gaps, heaviest first."""
    columns: tuple[Line, ...]
    """Their gaps, candidate by candidate in the order given, heaviest first."""
    cells: tuple[tuple[Swap | None, ...], ...]
    """One tuple a row, one cell a column."""
    unknown: tuple[str, ...]
    """Ids of the candidates without columns, because nobody knows what they lack."""


@dataclass(frozen=True, slots=True)
class Lack:
    """One gap that somebody who excels is known to have."""

    code: str
    """Code of the gap."""
    met: float
    """How far we could meet it, in [0, 1]."""
    suggested: bool
    """Whether it is inferred or not confirmed, rather than stated by them."""


@dataclass(frozen=True, slots=True)
class Excelling:
    """One organisation that excels where we are weak."""

    id: str
    """The organisation's id."""
    name: str
    """The organisation's name."""
    sector: Sector
    """The organisation's sector."""
    reason: Reason
    """Our gap, and the offer of theirs that meets it."""
    lacks: tuple[Lack, ...] | None
    """What they lack, first what we could meet best; None where nobody knows, so ask."""


@dataclass(frozen=True, slots=True)
class MapRow:
    """One of our heaviest gaps, and who excels at it."""

    gap: Line
    """Which of our gaps."""
    excelling: tuple[Excelling, ...]
    """Best first; empty where nobody's offers ease the gap."""


@dataclass(frozen=True, slots=True)
class _Side:
    """The gaps of one organisation as an axis shows them, each with how the other side meets it."""

    lines: tuple[Line, ...]
    reasons: tuple[Reason | None, ...]


def matrix(
    me: Organisation,
    others: Organisation | Iterable[Organisation],
    *,
    fusion: Fusion = "harmonic",
) -> Matrix:
    """The vulnerability matrix: our gaps on one axis, those of one or many candidates on the other.

    A cell says how good it would be to swap help for the two gaps: how far they meet ours and we meet theirs,
    fused; an inferred gap counts by its confidence. How much the gaps weigh is told beside, not multiplied in. It is
    drawn from all that it is given: for other eyes, give it what ``showable`` leaves of each.

    Args:
        me: We. An organisation among the others with our id is passed over.
        others: One candidate, or many.
        fusion: One of ``FUSIONS``.

    Raises:
        InputError: There is no such fusion.

    Source:
        The "vulnerability matrix" of the article's step 2; the value of a cell is ours: decision 6.

    Example:
        >>> from lichen.audit.values import Offer
        >>> farm = Organisation("f", "Farm", vulnerabilities=(Vulnerability("ops.logistics", 4),),
        ...                     offers=(Offer("trust.community", strength=5, evidence=5),))
        >>> depot = Organisation("d", "Depot", vulnerabilities=(Vulnerability("trust.community", 4),),
        ...                      offers=(Offer("ops.logistics", strength=5, evidence=5),))
        >>> [[cell.value for cell in row] for row in matrix(farm, depot).cells]
        [[1.0]]
    """
    check_fusion(fusion)
    given = [others] if isinstance(others, Organisation) else others
    candidates = [other for other in given if other.id != me.id]
    pairs = [(_side(me, other), _side(other, me)) for other in candidates]
    rows = _lines(me)
    return Matrix(
        rows=tuple(line for line, _ in rows),
        columns=tuple(line for _, theirs in pairs for line in theirs.lines),
        cells=tuple(
            tuple(
                _swap(theirs_line.organisation, ours.reasons[row], reason, fusion)
                for ours, theirs in pairs
                for theirs_line, reason in zip(theirs.lines, theirs.reasons, strict=True)
            )
            for row in range(len(rows))
        ),
        unknown=tuple(other.id for other in candidates if not other.vulnerabilities),
    )


def best_swaps(found: Matrix, top: int = 3) -> tuple[Swap, ...]:
    """The best swaps of a matrix: the highest values; between equals, those whose gaps weigh most.

    Args:
        found: A matrix.
        top: The most to give.

    Example:
        >>> best_swaps(Matrix((), (), (), ()))
        ()
    """
    swaps = [cell for row in found.cells for cell in row if cell is not None]
    swaps.sort(
        key=lambda swap: (-round(swap.value, 12), -swap.weight, swap.organisation, swap.ours.gap, swap.theirs.gap)
    )
    return tuple(swaps[:top])


def vulnerability_map(
    me: Organisation,
    organisations: Iterable[Organisation] | FitIndex,
    *,
    gaps: int = 5,
    each: int = 3,
) -> tuple[MapRow, ...]:
    """Our heaviest gaps, for each the organisations that excel at it, and what those are likely to lack.

    Args:
        me: We. An organisation among the others with our id is passed over.
        organisations: The candidates, or an index of them.
        gaps: How many of our gaps to map, heaviest first; the article has five.
        each: How many organisations to name for each; the article has three.

    Raises:
        InputError: ``gaps`` or ``each`` is below 1.

    Source:
        The "vulnerability map" of the article's question 2.

    Example:
        >>> from lichen.audit.values import Offer
        >>> farm = Organisation("f", "Farm", vulnerabilities=(Vulnerability("ops.logistics", 4),))
        >>> depot = Organisation("d", "Depot", offers=(Offer("ops.logistics", strength=5, evidence=5),))
        >>> [row] = vulnerability_map(farm, [depot])
        >>> row.gap.code, row.excelling[0].name, row.excelling[0].lacks
        ('ops.logistics', 'Depot', None)
    """
    wrong = [name for name, number in (("gaps", gaps), ("each", each)) if number < 1]
    if wrong:
        raise InputError([Problem(_("the number is below 1"), _("1 or more"), column=name) for name in wrong])
    index = organisations if isinstance(organisations, FitIndex) else FitIndex(organisations)
    search = _MapSearch(me, index, each)
    return tuple(MapRow(line, search.excelling(line, gap)) for line, gap in _lines(me)[:gaps])


def _lines(owner: Organisation) -> list[tuple[Line, Vulnerability]]:
    """The gaps of an organisation as an axis shows them, heaviest first; those without a code have no name there."""
    weighed = zip(owner.vulnerabilities, gap_weights(owner), strict=True)
    named = [(_line(owner, gap, weight), gap) for gap, weight in weighed if gap.code]
    return sorted(named, key=lambda pair: (-pair[0].weight, pair[0].code))


def _line(owner: Organisation, gap: Vulnerability, weight: float) -> Line:
    suggested = gap.source is not None or not gap.confirmed
    return Line(owner.id, gap.code, gap.severity, gap.rank, weight, suggested)


def _side(lacking: Organisation, giving: Organisation) -> _Side:
    lines = _lines(lacking)
    return _Side(
        tuple(line for line, _ in lines),
        tuple(gap_reason(gap, line.weight, giving.offers) for line, gap in lines),
    )


def _swap(organisation: str, ours: Reason | None, theirs: Reason | None, fusion: Fusion) -> Swap | None:
    if ours is None or theirs is None:
        return None
    return Swap(organisation, fused(ours.met, theirs.met, fusion), ours, theirs)


@dataclass(frozen=True, slots=True)
class _MapSearch:
    """Who excels where one organisation is weak."""

    me: Organisation
    index: FitIndex
    each: int

    def excelling(self, line: Line, gap: Vulnerability) -> tuple[Excelling, ...]:
        met, index = self.index.met(gap.code), self.index
        chosen = index.others(self.me) & (met > 0)
        rows = ranked_rows(chosen, met, np.zeros(len(index)), index.tie_order)[: self.each]
        others = (index.organisations[row] for row in rows)
        found = ((other, gap_reason(gap, line.weight, other.offers)) for other in others)
        return tuple(
            Excelling(other.id, other.name, other.sector, reason, self._lacks(other))
            for other, reason in found
            if reason is not None
        )

    def _lacks(self, other: Organisation) -> tuple[Lack, ...] | None:
        if not other.vulnerabilities:
            return None
        reasons = ((line, gap_reason(gap, line.weight, self.me.offers)) for line, gap in _lines(other))
        lacks = [
            (line.weight, Lack(line.code, reason.met if reason else 0.0, line.suggested)) for line, reason in reasons
        ]
        return tuple(lack for _, lack in sorted(lacks, key=lambda pair: (-pair[1].met, -pair[0], pair[1].code)))
