"""Strengths that are claimed above what stands behind them."""

from __future__ import annotations

from collections.abc import Iterator

from lichen.audit.findings import FindingCode
from lichen.audit.values import Audit
from lichen.pilot.proposals import Change, audit_proposals
from lichen.pilot.sealing import is_reviewed
from lichen.pilot.values import Pilot
from lichen.pitfalls.situation import Situation
from lichen.pitfalls.values import Alert, AlertFigure, AlertMeasure, ConfidedItem, RuleCode

__all__ = ["overclaiming", "untaken_findings"]

_CLAIM = RuleCode.CLAIM_ABOVE_EVIDENCE


def overclaiming(situation: Situation) -> Iterator[Alert]:
    """What each partner says of its own strengths, against its evidence and against its own gaps.

    An audit is its owner's, so nobody else is told.
    """
    for id, audit in situation.audits.items():
        yield from _above_evidence(situation, id, audit)
        for finding in situation.findings[id]:
            if finding.code is FindingCode.OVERCLAIMING:
                places, of = finding.figures["places"], finding.figures["of"]
                if isinstance(places, tuple) and isinstance(of, int):
                    beside = AlertFigure(AlertMeasure.ITEMS, len(places))
                    yield from _own(
                        situation, RuleCode.CLAIMS_UNEVIDENCED, AlertMeasure.SHARE, len(places) / of, id, beside
                    )
        doubled = [each.item for each in situation.findings[id] if each.code is FindingCode.GAP_AND_STRENGTH]
        items = [ConfidedItem(id, code) for code in doubled if code]
        yield from _own(situation, RuleCode.STRENGTH_IS_GAP, AlertMeasure.ITEMS, len(doubled), id, items=items)


def untaken_findings(situation: Situation) -> Iterator[Alert]:
    """What the review of a pilot found, and the audit of its owner does not say: gaps, and offers that proved weaker.

    Its owner alone is told: who saw it knows what it saw, and not what the audit says.
    """
    for pilot in situation.alliance.pilots:
        if is_reviewed(pilot):
            for id in sorted({*pilot.partners} & {*situation.audits}):
                yield from _of_review(situation, pilot, situation.audits[id])


def _above_evidence(situation: Situation, id: str, audit: Audit) -> Iterator[Alert]:
    above = {offer.code: offer.strength - offer.evidence for offer in audit.organisation.offers if offer.source is None}
    claimed = [code for code, steps in above.items() if situation.is_crossed(_CLAIM, steps)]
    beside = AlertFigure(AlertMeasure.ITEMS, len(claimed))
    yield from _own(situation, _CLAIM, AlertMeasure.STEPS, max(above.values(), default=-1), id, beside)


def _own(
    situation: Situation,
    code: RuleCode,
    measure: AlertMeasure,
    value: float,
    id: str,
    *beside: AlertFigure,
    items: list[ConfidedItem] | None = None,
) -> Iterator[Alert]:
    """A warning about what one partner says of itself, for itself alone."""
    since = situation.audits[id].audited_on
    yield from situation.raised(
        code, measure, value, (id,), *beside, since=since, items=items or (), may_see=(id,), confided_by=(id,)
    )


def _of_review(situation: Situation, pilot: Pilot, audit: Audit) -> Iterator[Alert]:
    id, proposed = audit.organisation.id, audit_proposals(audit, pilot)
    gaps = [each for each in proposed if each.change is not Change.OFFER_LOWERED]
    weaker = {
        each: each.before.strength - each.after.strength  # type: ignore[union-attr]
        for each in proposed
        if each.change is Change.OFFER_LOWERED
    }
    lower = [each for each, steps in weaker.items() if situation.is_crossed(RuleCode.OFFER_PROVED_WEAKER, steps)]
    reviewed_on = max((each.reviewed_on for each in pilot.reviews if each.reviewed_on is not None), default=None)
    for code, measure, value, found in (
        (RuleCode.WEAKNESS_UNTAKEN, AlertMeasure.ITEMS, len(gaps), gaps),
        (RuleCode.OFFER_PROVED_WEAKER, AlertMeasure.STEPS, max(weaker.values(), default=-1), lower),
    ):
        yield from situation.raised(
            code,
            measure,
            value,
            (id,),
            since=reviewed_on,
            about=pilot.id,
            items=(ConfidedItem(id, each.after.code) for each in found),
            may_see=(id,),
            confided_by=(id,),
        )
