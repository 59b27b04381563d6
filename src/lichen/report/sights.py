"""What each audience may see of each part of a report, and why: one table, which the report and its tests read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from lichen.language import _
from lichen.report.audience import AudienceKind

__all__ = ["SIGHTS", "Extent", "ReportPart", "SightRow", "part_words", "reason_words", "sight_of", "sight_words"]


class Extent(StrEnum):
    """How much of something an audience sees."""

    ALL = "all"
    """All of it."""
    OPEN = "what is open"
    """What its owner opened to that audience."""
    TOTALS = "totals"
    """Counts and indices over everybody together, without names."""
    NOTHING = "nothing"
    """Nothing."""


class ReportPart(StrEnum):
    """The parts of what an alliance's file holds, as a report knows them."""

    PARTNERS = "partners"
    PURPOSE = "purpose"
    COURSE = "course"
    REASONS = "reasons"
    COVER = "cover"
    PROMISES = "promises"
    PROMISE_COUNTS = "promise-counts"
    NEED_NAMES = "need-names"
    SEVERITIES = "severities"
    NEED_WORDS = "need-words"
    INDICATORS = "indicators"
    GOALS = "goals"
    OUTCOMES = "outcomes"
    FAIRNESS = "fairness"
    TRUST = "trust"
    SERVED = "served"
    ALERTS = "alerts"
    DUE_DAYS = "due-days"
    CLAIMS = "claims"
    WORTHS = "worths"
    PEOPLE = "people"
    DEALINGS = "dealings"
    SIMULATION = "simulation"


@dataclass(frozen=True, slots=True)
class SightRow:
    """One part, and how much of it each audience sees."""

    part: ReportPart
    """What it is."""
    board: Extent
    """Of it the joint board sees so much."""
    funder: Extent
    """A funder."""
    partner: Extent
    """One partner, beyond what is its own."""

    def of(self, kind: AudienceKind) -> Extent:
        """How much an audience sees."""
        seen: Extent = getattr(self, kind.value)
        return seen


_ALL, _OPEN, _TOTALS, _NOTHING = Extent
_P = ReportPart

SIGHTS: tuple[SightRow, ...] = (
    SightRow(_P.PARTNERS, _ALL, _ALL, _ALL),
    SightRow(_P.PURPOSE, _ALL, _ALL, _ALL),
    SightRow(_P.COURSE, _ALL, _ALL, _ALL),
    SightRow(_P.REASONS, _ALL, _NOTHING, _ALL),
    SightRow(_P.COVER, _OPEN, _NOTHING, _OPEN),
    SightRow(_P.PROMISES, _OPEN, _NOTHING, _OPEN),
    SightRow(_P.PROMISE_COUNTS, _ALL, _TOTALS, _ALL),
    SightRow(_P.NEED_NAMES, _OPEN, _OPEN, _OPEN),
    SightRow(_P.SEVERITIES, _OPEN, _TOTALS, _OPEN),
    SightRow(_P.NEED_WORDS, _NOTHING, _NOTHING, _OPEN),
    SightRow(_P.INDICATORS, _OPEN, _OPEN, _OPEN),
    SightRow(_P.GOALS, _OPEN, _TOTALS, _OPEN),
    SightRow(_P.OUTCOMES, _ALL, _ALL, _ALL),
    SightRow(_P.FAIRNESS, _OPEN, _TOTALS, _OPEN),
    SightRow(_P.TRUST, _ALL, _NOTHING, _ALL),
    SightRow(_P.SERVED, _ALL, _ALL, _ALL),
    SightRow(_P.ALERTS, _OPEN, _NOTHING, _OPEN),
    SightRow(_P.DUE_DAYS, _ALL, _ALL, _ALL),
    SightRow(_P.CLAIMS, _NOTHING, _NOTHING, _NOTHING),
    SightRow(_P.WORTHS, _NOTHING, _NOTHING, _NOTHING),
    SightRow(_P.PEOPLE, _NOTHING, _NOTHING, _NOTHING),
    SightRow(_P.DEALINGS, _NOTHING, _NOTHING, _NOTHING),
    SightRow(_P.SIMULATION, _NOTHING, _NOTHING, _NOTHING),
)
"""What a funder sees is part of what the board sees, and that is part of what each partner sees."""

_BY_PART: Mapping[ReportPart, SightRow] = MappingProxyType({row.part: row for row in SIGHTS})


def sight_of(part: ReportPart, kind: AudienceKind) -> Extent:
    """How much of a part an audience sees.

    Example:
        >>> sight_of(ReportPart.TRUST, AudienceKind.FUNDER).value
        'nothing'
    """
    return _BY_PART[part].of(kind)


def sight_words(sight: Extent) -> str:
    """How much, in words."""
    return {
        Extent.ALL: _("all"),
        Extent.OPEN: _("what is open"),
        Extent.TOTALS: _("totals without names"),
        Extent.NOTHING: _("nothing"),
    }[sight]


def part_words(part: ReportPart) -> str:
    """What a part is called."""
    return {
        _P.PARTNERS: _("who the partners are, and since when"),
        _P.PURPOSE: _("purpose and goals, once the charter is signed"),
        _P.COURSE: _("the days on which things happened"),
        _P.REASONS: _("why a partner left, or the alliance ended"),
        _P.COVER: _("who covers which need"),
        _P.PROMISES: _("what was promised and delivered, in words"),
        _P.PROMISE_COUNTS: _("how many promises were kept"),
        _P.NEED_NAMES: _("the names of needs"),
        _P.SEVERITIES: _("how severe needs were and are"),
        _P.NEED_WORDS: _("needs in their owners' words"),
        _P.INDICATORS: _("what was measured beside a need"),
        _P.GOALS: _("goals set for a need, and how far they were reached"),
        _P.OUTCOMES: _("joint outcomes beside a comparison group"),
        _P.FAIRNESS: _("answers on satisfaction and fairness"),
        _P.TRUST: _("trust ratings"),
        _P.SERVED: _("what the people served say"),
        _P.ALERTS: _("warnings"),
        _P.DUE_DAYS: _("what is due when"),
        _P.CLAIMS: _("changes that somebody reported without figures"),
        _P.WORTHS: _("what each exchange was worth to each"),
        _P.PEOPLE: _("people's names and how to reach them"),
        _P.DEALINGS: _("audit talks, notes, pilots' reviews, votes, vetoes, requests, renegotiations, risks"),
        _P.SIMULATION: _("how long it might live"),
    }[part]


def reason_words(part: ReportPart) -> str:
    """Why each audience sees so much of a part and no more."""
    return {
        _P.PARTNERS: _("They act under their own names."),
        _P.PURPOSE: _("What all signed; nothing is taken from a draft."),
        _P.COURSE: _("A day tells that something happened, not what was said."),
        _P.REASONS: _("A reason such as money can tell a funder what somebody lacks."),
        _P.COVER: _("It names a need, so it goes with the need."),
        _P.PROMISES: _("Whoever is party to a promise knows it; the board those that all partners are party to."),
        _P.PROMISE_COUNTS: _("Partners keep one ledger; a funder needs to know whether it is kept."),
        _P.NEED_NAMES: _(
            "Opened to the partner; for the board, to every other partner; for a funder, that and its owner's leave."
        ),
        _P.SEVERITIES: _("Only of needs that stand open; so no total betrays a need by subtraction."),
        _P.NEED_WORDS: _("Said to one partner in confidence; a paper for a board is passed on."),
        _P.INDICATORS: _("It names a need, so it goes with the need."),
        _P.GOALS: _("Set with the partner for one need, so it goes with the need; a funder is told how many."),
        _P.OUTCOMES: _("Measured by all, of people outside, with what is missing."),
        _P.FAIRNESS: _("Each answer is its giver's; others read it where the giver shares it, a funder only how many."),
        _P.TRUST: _("Announced to all partners before they answered, laid open to all at once, and to nobody else."),
        _P.SERVED: _("They spoke so that it would be told; from five answers on."),
        _P.ALERTS: _(
            "A question among partners: the board is told what every partner may be told, and no figure confided."
        ),
        _P.DUE_DAYS: _("What all agreed."),
        _P.CLAIMS: _("Nobody can say how surely, so nobody is told."),
        _P.WORTHS: _("On each one's own scale, for its own use."),
        _P.PEOPLE: _("They stand in the charter, for those who need them."),
        _P.DEALINGS: _("Said in a room for those in it."),
        _P.SIMULATION: _("Unvalidated assumptions: a what-if for a talk, not for a report."),
    }[part]
