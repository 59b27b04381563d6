"""What one party may see of another now. Everything that shows anything asks here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from lichen.audit.values import Audit, Organisation, Vulnerability
from lichen.capabilities.taxonomy import taxonomy
from lichen.disclosure.matched import agreeable_codes
from lichen.disclosure.state import MatterState, Rung
from lichen.errors import InputError, Problem
from lichen.language import _
from lichen.scales import Sector, Size

__all__ = ["Band", "Sight", "score_band", "visible"]


class Band(StrEnum):
    """How good a two-way fit is, so coarsely that no number can be worked back from it."""

    SLIGHT = "slight"
    """Below a quarter."""
    FAIR = "fair"
    """From a quarter to below a half."""
    GOOD = "good"
    """From a half to below three quarters."""
    STRONG = "strong"
    """Three quarters and more."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What a reader may see of an owner; whatever is not open is as if it were not there."""

    rung: Rung = Rung.NOTHING
    """The rung on which the two stand to each other."""
    band: Band | None = None
    """From rung 1: how good the fit is, the same to both; None where nobody gave the score."""
    sector: Sector | None = None
    """From rung 1."""
    region: str = ""
    """From rung 1."""
    size: Size | None = None
    """From rung 1."""
    owner: str = ""
    """From rung 2: the id."""
    name: str = ""
    """From rung 2."""
    groups: tuple[str, ...] = ()
    """From rung 2: ids of the groups in which the reader could ease a gap of the owner."""
    codes: tuple[str, ...] = ()
    """The codes that are open: matched ones from rung 3, and those of items that were said aloud or opened singly."""
    items: tuple[Vulnerability, ...] = ()
    """Rung 4: the items that were opened, with words and severity, as the owner's audit has them now."""


def score_band(score: float) -> Band:
    """The band of a two-way score.

    Args:
        score: That of the fit, in [0, 1], the same seen from both sides.

    Raises:
        InputError: The score is not from 0 to 1.

    Source:
        Ours: four equal bands.

    Example:
        >>> str(score_band(0.62))
        'good'
    """
    if not 0 <= score <= 1:
        raise InputError(Problem(_("the score of a fit is out of range"), _("a number from 0 to 1"), column="score"))
    return tuple(Band)[min(3, int(score * 4))]


def visible(
    state: MatterState, audits: Iterable[Audit], owner: str, reader: str, *, score: float | None = None
) -> Sight:
    """What a reader may see of an owner now: nothing that was not granted, and nothing that was closed.

    Args:
        state: Where the matter stands.
        audits: Those of its parties.
        owner: Id of the party whose it is.
        reader: Id of the party that looks. A stranger sees nothing.
        score: That of the fit of the two, for the band.

    Raises:
        InputError: The score is not from 0 to 1.

    Source:
        The rungs of docs/discussion/disclosure.md.

    Example:
        >>> from datetime import date
        >>> from lichen.disclosure.replay import state_of
        >>> from lichen.disclosure.values import Matter
        >>> state = state_of(Matter("talks", ("farm", "depot"), date(2026, 10, 1)), ())
        >>> visible(state, (), "farm", "stranger") == Sight()
        True
    """
    by_id = {audit.organisation.id: audit for audit in audits}
    rung = state.rung(owner, reader)
    if rung is Rung.NOTHING or owner not in by_id:
        return Sight()
    seen = _blind(by_id[owner].organisation, score)
    if rung >= Rung.IDENTITY:
        seen = _named(seen, state, by_id[owner], by_id.get(reader))
    words = {grant.code for grant in state.between(owner, reader) if grant.rung is Rung.WORDS and grant.until is None}
    return replace(
        seen,
        rung=rung,
        codes=state.open_codes(owner, reader),
        items=tuple(
            gap for gap in by_id[owner].organisation.vulnerabilities if gap.code in words and gap.source is None
        ),
    )


def _blind(owner: Organisation, score: float | None) -> Sight:
    band = None if score is None else score_band(score)
    return Sight(band=band, sector=owner.sector, region=owner.region, size=owner.size)


def _named(seen: Sight, state: MatterState, owner: Audit, reader: Audit | None) -> Sight:
    codes = () if reader is None else agreeable_codes(state, owner, reader)
    groups = tuple(dict.fromkeys(taxonomy().capabilities[code].group for code in codes))
    return replace(seen, owner=owner.organisation.id, name=owner.organisation.name, groups=groups)
