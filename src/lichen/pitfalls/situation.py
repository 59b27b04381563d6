"""What all rules look at: an alliance on a day, what its partners have opened to each other, and the thresholds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from math import floor

from lichen.alliance.as_of import alliance_as_of
from lichen.alliance.values import Alliance
from lichen.audit.findings import Finding, ReviewRules
from lichen.audit.review import review
from lichen.audit.values import Audit
from lichen.disclosure.replay import replay_all
from lichen.disclosure.state import Closed, MatterState, Rung
from lichen.pitfalls.rules import PitfallRules, rule_of
from lichen.pitfalls.values import Alert, AlertFigure, AlertMeasure, ConfidedItem, RuleCode

__all__ = ["Pair", "Situation", "opened_codes", "reviewed", "situation_on"]

Pair = tuple[str, str]
"""The ids of two partners; of an owner and a reader, the owner first."""

Reviewed = Callable[[Audit], tuple[Finding, ...]]
"""What a review finds in an audit."""


@dataclass(frozen=True, slots=True)
class Situation:
    """An alliance as it stood on a day, with what several rules need."""

    alliance: Alliance
    """As of the day."""
    on: date
    """The day."""
    rules: PitfallRules
    """The thresholds."""
    audits: Mapping[str, Audit]
    """The partners' audits, by id and in its order, so that the order of the file does not matter."""
    states: tuple[MatterState, ...]
    """Where each matter stands."""
    findings: Mapping[str, tuple[Finding, ...]]
    """What a review finds in each partner's audit, by its id; nothing while the audit is not finished."""

    @property
    def everybody(self) -> tuple[str, ...]:
        """The ids of all partners."""
        return tuple(self.audits)

    @property
    def dealing(self) -> tuple[Pair, ...]:
        """Every two partners who have something to do with each other; where there are only two, those."""
        promised = (frozenset((one.provider, one.receiver)) for one in self.alliance.exchange.commitments)
        met = (frozenset(two) for state in self.states for two in combinations(state.parties, 2))
        tried = (frozenset(two) for pilot in self.alliance.pilots for two in combinations(pilot.partners, 2))
        known = {*promised, *met, *tried}
        return tuple(two for two in combinations(self.everybody, 2) if len(self.audits) == 2 or frozenset(two) in known)

    def has_shown_codes(self, one: str, other: str) -> bool:
        """Whether two partners have agreed, both, to show each other the codes that match."""
        return any(state.rung(one, other) >= Rung.CODES for state in self.states if (one, other) in state.agreed)

    def is_crossed(self, code: RuleCode, value: float) -> bool:
        """Whether a figure fires a rule."""
        return rule_of(code).is_crossed(value, self.rules)

    def raised(
        self,
        code: RuleCode,
        measure: AlertMeasure,
        value: float,
        concerns: tuple[str, ...],
        *beside: AlertFigure,
        since: date | None = None,
        about: str = "",
        items: Iterable[ConfidedItem] = (),
        may_see: Iterable[str] = (),
        confided_by: tuple[str, ...] = (),
    ) -> Iterator[Alert]:
        """The warning of a rule where its figure crosses the threshold; that is decided nowhere else."""
        if self.is_crossed(code, value):
            figure = AlertFigure(measure, value, rule_of(code).threshold(self.rules))
            readers = tuple(sorted({*may_see}))
            yield Alert(code, concerns, (figure, *beside), since, about, tuple(items), readers, confided_by)

    def crossed_on(self, code: RuleCode, days: Iterable[date]) -> date | None:
        """The day on which a count of things, one each of these days, first fired a rule."""
        return next((day for count, day in enumerate(sorted(days), 1) if self.is_crossed(code, count)), None)

    def waited(self, code: RuleCode, start: date) -> date:
        """The first day on which a wait that began on a day fires a rule."""
        return start + timedelta(days=floor(rule_of(code).threshold(self.rules)) + 1)


def situation_on(alliance: Alliance, on: date, rules: PitfallRules, review_of: Reviewed) -> Situation:
    """What the rules look at.

    Args:
        alliance: The alliance; what is dated later than the day does not count.
        on: The day.
        rules: The thresholds.
        review_of: What a review finds in an audit.
    """
    known = alliance_as_of(alliance, on)
    audits = {each.organisation.id: each for each in sorted(known.partners, key=lambda one: one.organisation.id)}
    return Situation(
        alliance=known,
        on=on,
        rules=rules,
        audits=audits,
        states=tuple(each.state for each in replay_all(known.matters, known.partners)),
        findings={id: _finished(each, on, review_of) for id, each in audits.items()},
    )


def reviewed(rules: PitfallRules) -> Reviewed:
    """How an audit is reviewed with these thresholds."""
    asked = ReviewRules(vulnerabilities=rules.needs, hours=rules.hours, unevidenced=rules.unevidenced)
    return lambda audit: review(audit, asked=asked)


def _finished(audit: Audit, on: date, review_of: Reviewed) -> tuple[Finding, ...]:
    return () if audit.audited_on is not None and audit.audited_on > on else review_of(audit)


def opened_codes(states: Iterable[MatterState]) -> Mapping[Pair, frozenset[str]]:
    """The codes that stand open, by owner and reader; none between two where one reported exploitation.

    Args:
        states: Where each matter of the alliance stands.
    """
    known = [*states]
    grants = [(grant.owner, grant.reader, grant) for state in known for grant in state.grants]
    frozen = {pair for owner, reader, grant in grants if grant.closed is Closed.FROZEN for pair in [(owner, reader)]}
    found: dict[Pair, set[str]] = {}
    for owner, reader, grant in grants:
        if grant.code and grant.until is None and (owner, reader) not in frozen:
            found.setdefault((owner, reader), set()).add(grant.code)
    return {pair: frozenset(codes) for pair, codes in found.items()}
