"""Lichen: organisations that ally because each has what the other lacks.

An honest audit, the partners whose gaps fit, and the brief for a first conversation::

    import lichen

    hospital = lichen.read_audit("examples/hospital.yaml").organisation
    others = lichen.read_organisations(["examples/churches.yaml", "examples/distributor.yaml"])
    for fit in lichen.best_partners(hospital, others).mutual:
        print(fit.name, round(fit.score, 2))
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.alliance.values import Alliance as Alliance
    from lichen.audit.merging import combine_audits as combine_audits
    from lichen.audit.review import review as review
    from lichen.audit.values import Audit as Audit
    from lichen.audit.values import Offer as Offer
    from lichen.audit.values import Organisation as Organisation
    from lichen.audit.values import Vulnerability as Vulnerability
    from lichen.brief.as_html import brief_html as brief_html
    from lichen.brief.as_markdown import brief_markdown as brief_markdown
    from lichen.brief.compose import brief_for as brief_for
    from lichen.brief.values import Brief as Brief
    from lichen.capabilities.recognise import recognise as recognise
    from lichen.charter.agreement.as_html import agreement_html as agreement_html
    from lichen.charter.agreement.as_markdown import agreement_markdown as agreement_markdown
    from lichen.charter.agreement.compose import agreement_for as agreement_for
    from lichen.charter.clause.watch import clause_watch as clause_watch
    from lichen.charter.power.indices import voting_power as voting_power
    from lichen.charter.values import Charter as Charter
    from lichen.charter.votes.outcome import vote_outcome as vote_outcome
    from lichen.charter.weights.nearest import fair_weights as fair_weights
    from lichen.disclosure.acts import disclose_vulnerability as disclose_vulnerability
    from lichen.disclosure.proposing import next_disclosure as next_disclosure
    from lichen.disclosure.replay import state_of as state_of
    from lichen.disclosure.sight import visible as visible
    from lichen.disclosure.values import Matter as Matter
    from lichen.errors import InputError as InputError
    from lichen.errors import NotAllowed as NotAllowed
    from lichen.exchange.fairness.balances import received_over_given as received_over_given
    from lichen.exchange.ledger.standings import promise_standings as promise_standings
    from lichen.exchange.plan.proposal import fairest_plan as fairest_plan
    from lichen.exchange.values import Ledger as Ledger
    from lichen.files.alliances import read_alliance as read_alliance
    from lichen.files.alliances import write_alliance as write_alliance
    from lichen.files.reading import read_audit as read_audit
    from lichen.files.reading import read_organisations as read_organisations
    from lichen.files.workbook.template import write_template as write_template
    from lichen.files.writing import write_audit as write_audit
    from lichen.files.writing import write_organisations as write_organisations
    from lichen.fit.baselines import rank_by as rank_by
    from lichen.fit.index import FitIndex as FitIndex
    from lichen.fit.matrix import best_swaps as best_swaps
    from lichen.fit.matrix import matrix as matrix
    from lichen.fit.matrix import vulnerability_map as vulnerability_map
    from lichen.fit.pairs import Fit as Fit
    from lichen.fit.pairs import Partners as Partners
    from lichen.fit.pairs import best_partners as best_partners
    from lichen.fit.pairs import pair_fit as pair_fit
    from lichen.fit.rings import best_ring as best_ring
    from lichen.fit.showing import showable as showable
    from lichen.pilot.differences import compared_expectations as compared_expectations
    from lichen.pilot.gate import gate as gate
    from lichen.pilot.values import Pilot as Pilot
    from lichen.pilot.verdict import verdict as verdict

__version__ = "0.1.0"

__getattr__, __all__ = lazy_face(
    __name__,
    {
        "Alliance": "alliance.values",
        "Audit": "audit.values",
        "Brief": "brief.values",
        "Charter": "charter.values",
        "Fit": "fit.pairs",
        "FitIndex": "fit.index",
        "InputError": "errors",
        "Ledger": "exchange.values",
        "Matter": "disclosure.values",
        "NotAllowed": "errors",
        "Offer": "audit.values",
        "Organisation": "audit.values",
        "Partners": "fit.pairs",
        "Pilot": "pilot.values",
        "Vulnerability": "audit.values",
        "agreement_for": "charter.agreement.compose",
        "agreement_html": "charter.agreement.as_html",
        "agreement_markdown": "charter.agreement.as_markdown",
        "best_partners": "fit.pairs",
        "best_ring": "fit.rings",
        "best_swaps": "fit.matrix",
        "brief_for": "brief.compose",
        "brief_html": "brief.as_html",
        "brief_markdown": "brief.as_markdown",
        "clause_watch": "charter.clause.watch",
        "combine_audits": "audit.merging",
        "compared_expectations": "pilot.differences",
        "disclose_vulnerability": "disclosure.acts",
        "fair_weights": "charter.weights.nearest",
        "fairest_plan": "exchange.plan.proposal",
        "gate": "pilot.gate",
        "matrix": "fit.matrix",
        "next_disclosure": "disclosure.proposing",
        "pair_fit": "fit.pairs",
        "promise_standings": "exchange.ledger.standings",
        "rank_by": "fit.baselines",
        "read_alliance": "files.alliances",
        "read_audit": "files.reading",
        "read_organisations": "files.reading",
        "received_over_given": "exchange.fairness.balances",
        "recognise": "capabilities.recognise",
        "review": "audit.review",
        "showable": "fit.showing",
        "state_of": "disclosure.replay",
        "verdict": "pilot.verdict",
        "visible": "disclosure.sight",
        "vote_outcome": "charter.votes.outcome",
        "voting_power": "charter.power.indices",
        "vulnerability_map": "fit.matrix",
        "write_alliance": "files.alliances",
        "write_audit": "files.writing",
        "write_organisations": "files.writing",
        "write_template": "files.workbook.template",
    },
)
