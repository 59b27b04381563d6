"""The best partners: who has what we lack and lacks what we have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from math import fsum

import numpy as np

from lichen.audit.values import Organisation
from lichen.errors import InputError, Problem
from lichen.fit.cover import cover
from lichen.fit.fusion import Floats, Fusion, check_fusion, fused, fused_arrays
from lichen.fit.index import FitIndex, Flags, Places
from lichen.fit.reasons import Reason, reasons, uncovered
from lichen.language import _
from lichen.scales import Sector, Size

__all__ = ["Fit", "NoFit", "Partners", "Substitutes", "best_partners", "pair_fit", "ranked_rows"]

_ORDER_DECIMALS = 12


class NoFit(StrEnum):
    """Why there is no two-way fit. The first that holds is told."""

    NOBODY_ELSE = "nobody-else"
    """There is no other organisation."""
    OUR_GAPS_UNKNOWN = "our-gaps-unknown"
    """We have not said what we lack."""
    OUR_OFFERS_UNKNOWN = "our-offers-unknown"
    """We have not said what we offer."""
    NOBODY_HAS_WHAT_WE_LACK = "nobody-has-what-we-lack"
    """No offer of anyone eases any of our gaps."""
    THEIR_GAPS_UNKNOWN = "their-gaps-unknown"
    """Those who have what we lack have not said what they lack: see ``could_help``."""
    NOBODY_LACKS_WHAT_WE_HAVE = "nobody-lacks-what-we-have"
    """None of our offers eases any gap that is known."""
    ONLY_ONE_WAY = "only-one-way"
    """Some have what we lack, others lack what we have, but no one organisation both: try a ring."""


@dataclass(frozen=True, slots=True)
class Substitutes:
    """How easily a candidate could be replaced for one gap of ours that it meets."""

    gap: str
    """Code of our gap."""
    weight: float
    """Its share of all that we lack."""
    as_well: int
    """How many of the other candidates with known offers meet it as well or better."""
    rivals: int
    """How many other candidates with known offers there are."""

    @property
    def share(self) -> float:
        """Share of the rivals that meet it as well or better, in [0, 1]; 0 where there are none."""
        return self.as_well / max(1, self.rivals)


@dataclass(frozen=True, slots=True)
class Fit:
    """How one organisation and ours fit, seen from our side.

    What nobody knows is None, never 0: without their gaps there is no ``cover_theirs``, and so no ``score``.
    """

    id: str
    """Theirs."""
    name: str
    """Theirs."""
    sector: Sector
    """Theirs."""
    country: str
    """Theirs: an ISO 3166 alpha-2 code, or empty."""
    region: str
    """Theirs, or empty."""
    size: Size
    """Theirs, by yearly income."""
    score: float | None
    """Both directions fused, in [0, 1]; None while one of them is unknown."""
    cover_ours: float | None
    """How far they meet our gaps, in [0, 1]: the sum of the contributions of ``reasons_ours``."""
    cover_theirs: float | None
    """How far we meet theirs, in [0, 1]: the sum of the contributions of ``reasons_theirs``."""
    score_without_evidence: float | None
    """The score if every offer counted by its strength alone, so that deep trust without paper is not buried."""
    reasons_ours: tuple[Reason, ...]
    """Our gaps that they meet, what counts most first."""
    reasons_theirs: tuple[Reason, ...]
    """Their gaps that we meet, what counts most first."""
    uncovered_ours: tuple[str, ...]
    """Our gaps that no offer of theirs eases, heaviest first."""
    uncovered_theirs: tuple[str, ...]
    """Their gaps that no offer of ours eases, heaviest first."""
    crosses_sectors: bool
    """Whether they are of another sector than we."""
    place: int | None = None
    """Place among the candidates of its list; 1 is first. None outside of a search."""
    place_without_evidence: int | None = None
    """Place in the order by strength alone."""
    substitutes: tuple[Substitutes, ...] = ()
    """For each gap of ours that they meet, how many others could do as well."""

    @property
    def total(self) -> float | None:
        """Both covers together, in [0, 2]: joint dependence."""
        if self.cover_ours is None or self.cover_theirs is None:
            return None
        return self.cover_ours + self.cover_theirs

    @property
    def imbalance(self) -> float | None:
        """How far apart the two covers are, in [0, 1]: who would depend more on whom."""
        if self.cover_ours is None or self.cover_theirs is None:
            return None
        return abs(self.cover_ours - self.cover_theirs)

    @property
    def shared_gaps(self) -> tuple[str, ...]:
        """Codes that both lack and neither covers: not a match, and best looked for elsewhere together."""
        return tuple(code for code in self.uncovered_ours if code in self.uncovered_theirs)

    @property
    def kinds_received(self) -> tuple[str, ...]:
        """The exchange kinds by which they would give to us, what counts most first."""
        return tuple(dict.fromkeys(kind for reason in self.reasons_ours for kind in reason.kinds))

    @property
    def kinds_given(self) -> tuple[str, ...]:
        """The exchange kinds by which we would give to them, what counts most first."""
        return tuple(dict.fromkeys(kind for reason in self.reasons_theirs for kind in reason.kinds))

    @property
    def suggested(self) -> bool:
        """Whether anything of theirs that counts here is inferred or not confirmed, rather than stated by them."""
        offers = any(reason.offer_suggested for reason in self.reasons_ours)
        return offers or any(reason.gap_suggested for reason in self.reasons_theirs)

    @property
    def substitutability(self) -> float | None:
        """The weighted mean of ``substitutes``, in [0, 1]; None where they meet nothing or nobody looked."""
        weight = fsum(entry.weight for entry in self.substitutes)
        return fsum(entry.weight * entry.share for entry in self.substitutes) / weight if weight else None


@dataclass(frozen=True, slots=True)
class Partners:
    """The answer to a search for partners. To find nobody is an answer, not an error."""

    mutual: tuple[Fit, ...]
    """They have what we lack and lack what we have; best score first."""
    mutual_without_evidence: tuple[Fit, ...]
    """The same, in the order by strength alone; some may stand here that are not in ``mutual``."""
    could_help: tuple[Fit, ...]
    """They have what we lack; what they lack is unknown, so ask. Best cover first, and no score."""
    we_could_help: tuple[Fit, ...]
    """They lack what we have; what they offer is unknown. Best cover first, and no score."""
    considered: int
    """How many other organisations were looked at."""
    offering: int
    """How many of them are known to offer something; nobody else can be found."""
    fitting: int
    """How many of them fit both ways, of whom ``mutual`` has the best."""
    nothing: NoFit | None
    """Why ``mutual`` is empty; None where it is not."""


def pair_fit(me: Organisation, other: Organisation, *, fusion: Fusion = "harmonic") -> Fit:
    """How one organisation and ours fit.

    Args:
        me: We, from whose side it is seen.
        other: They.
        fusion: How the two directions become one score: one of ``FUSIONS``.

    Raises:
        InputError: There is no such fusion.

    Source:
        The score is that of docs/discussion/fit.md; "complementary vulnerabilities" is the article's step 2.

    Example:
        >>> from lichen.audit.values import Offer, Vulnerability
        >>> farm = Organisation("f", "Farm", vulnerabilities=(Vulnerability("ops.logistics", 4),),
        ...                     offers=(Offer("trust.community", strength=5, evidence=5),))
        >>> depot = Organisation("d", "Depot", vulnerabilities=(Vulnerability("trust.community", 4),),
        ...                      offers=(Offer("ops.logistics", strength=3, evidence=5),))
        >>> found = pair_fit(farm, depot)
        >>> found.cover_ours, found.cover_theirs, round(found.score, 2), found.imbalance
        (0.6, 1.0, 0.75, 0.4)
    """
    cover_ours, cover_theirs = cover(me, other), cover(other, me)
    return Fit(
        id=other.id,
        name=other.name,
        sector=other.sector,
        country=other.country,
        region=other.region,
        size=other.size,
        score=_score(cover_ours, cover_theirs, fusion),
        cover_ours=cover_ours,
        cover_theirs=cover_theirs,
        score_without_evidence=_score(cover(me, other, evidence=False), cover(other, me, evidence=False), fusion),
        reasons_ours=reasons(me, other),
        reasons_theirs=reasons(other, me),
        uncovered_ours=() if cover_ours is None else uncovered(me, other),
        uncovered_theirs=() if cover_theirs is None else uncovered(other, me),
        crosses_sectors=me.sector != other.sector,
    )


def best_partners(
    me: Organisation,
    others: Iterable[Organisation] | FitIndex,
    *,
    top: int = 10,
    fusion: Fusion = "harmonic",
) -> Partners:
    """The organisations that fit ours best, and why.

    Candidates whose gaps or offers nobody knows are listed apart, by the one direction that is known. Equal scores
    are ordered by the larger total, then by name and id, so the order of ``others`` never matters.

    Args:
        me: We. An organisation among the others with our id is passed over.
        others: The candidates, or an index of them, which saves time when many ask.
        top: The most to give in each list, at least 1.
        fusion: How the two directions become one score: one of ``FUSIONS``.

    Raises:
        InputError: ``top`` is below 1, or there is no such fusion.

    Source:
        The article's step 2, as docs/discussion/fit.md reads it.

    Example:
        >>> best_partners(Organisation("me", "Me"), []).nothing.value
        'nobody-else'
    """
    check_fusion(fusion)
    if top < 1:
        raise InputError(Problem(_("the number is below 1"), _("1 or more"), column="top"))
    search = _Search(me, others if isinstance(others, FitIndex) else FitIndex(others), fusion)
    mutual, mutual_without_evidence = search.lists(search.mutual, top)
    return Partners(
        mutual=mutual,
        mutual_without_evidence=mutual_without_evidence,
        could_help=search.lists(search.could_help, top)[0],
        we_could_help=search.lists(search.we_could_help, top)[0],
        considered=int(search.candidates.sum()),
        offering=int(search.rivals.sum()),
        fitting=int(search.mutual.sum()),
        nothing=search.nothing,
    )


def ranked_rows(chosen: Flags, values: Floats, totals: Floats, tie_order: Places) -> Places:
    """The chosen rows, largest value first; equal ones by the larger total, then in ``tie_order``.

    Values are compared to 12 decimals, so that the last bits of a sum decide nothing.
    """
    rows = np.flatnonzero(chosen)
    keys = (tie_order[rows], -totals[rows].round(_ORDER_DECIMALS), -values[rows].round(_ORDER_DECIMALS))
    return rows[np.lexsort(keys)]


class _Search:
    """One organisation's search through an index."""

    def __init__(self, me: Organisation, index: FitIndex, fusion: Fusion) -> None:
        self.me, self.index, self.fusion = me, index, fusion
        self.candidates = index.others(me)
        self.ours, self.theirs = index.covers(me)
        self.keys = self._keys(evidence=True), self._keys(evidence=False)
        self.rivals = self.candidates & index.has_offers
        self.met = cache(index.met)
        helps, helped = self.candidates & (self.ours > 0), self.candidates & (self.theirs > 0)
        self.mutual = helps & helped
        self.could_help = helps & np.isnan(self.theirs)
        self.we_could_help = helped & np.isnan(self.ours)

    def lists(self, chosen: Flags, top: int) -> tuple[tuple[Fit, ...], tuple[Fit, ...]]:
        """The best of the chosen, in the order with evidence and in that without; each has its place in both."""
        order, plain = (ranked_rows(chosen, *keys, self.index.tie_order).tolist() for keys in self.keys)
        places, plain_places = ({row: place for place, row in enumerate(rows, 1)} for rows in (order, plain))
        fits = {
            row: replace(self._fit(row), place=places[row], place_without_evidence=plain_places[row])
            for row in {*order[:top], *plain[:top]}
        }
        return tuple(fits[row] for row in order[:top]), tuple(fits[row] for row in plain[:top])

    @property
    def nothing(self) -> NoFit | None:
        """Why nobody fits both ways."""
        return None if self.mutual.any() else next(reason for reason, holds in self._hindrances() if holds)

    def _hindrances(self) -> Iterator[tuple[NoFit, bool]]:
        helps = self.candidates & (self.ours > 0)
        yield NoFit.NOBODY_ELSE, not self.candidates.any()
        yield NoFit.OUR_GAPS_UNKNOWN, not self.me.vulnerabilities
        yield NoFit.OUR_OFFERS_UNKNOWN, not self.me.offers
        yield NoFit.NOBODY_HAS_WHAT_WE_LACK, not helps.any()
        yield NoFit.THEIR_GAPS_UNKNOWN, not (helps & self.index.has_gaps).any()
        yield NoFit.NOBODY_LACKS_WHAT_WE_HAVE, not (self.candidates & (self.theirs > 0)).any()
        yield NoFit.ONLY_ONE_WAY, True

    def _keys(self, *, evidence: bool) -> tuple[Floats, Floats]:
        """What candidates are ordered by: the score, or the one cover that is known; then both together."""
        ours, theirs = (self.ours, self.theirs) if evidence else self.index.covers(self.me, evidence=False)
        totals = np.nan_to_num(ours) + np.nan_to_num(theirs)
        known = ~np.isnan(ours) & ~np.isnan(theirs)
        return np.where(known, fused_arrays(ours, theirs, self.fusion), totals), totals

    def _fit(self, row: int) -> Fit:
        found = pair_fit(self.me, self.index.organisations[row], fusion=self.fusion)
        return replace(found, substitutes=tuple(self._substitutes(reason, row) for reason in found.reasons_ours))

    def _substitutes(self, reason: Reason, row: int) -> Substitutes:
        met = self.met(reason.gap)
        rivals, as_well = int(self.rivals.sum()), int((self.rivals & (met >= met[row])).sum())
        # The candidate itself is among both numbers.
        return Substitutes(reason.gap, reason.weight, as_well - 1, rivals - 1)


def _score(ours: float | None, theirs: float | None, fusion: Fusion) -> float | None:
    return None if ours is None or theirs is None else fused(ours, theirs, fusion)
