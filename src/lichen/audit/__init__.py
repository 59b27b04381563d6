"""The audit: what an organisation lacks and what it can give, and whether that is complete and honest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.audit.findings import Finding as Finding
    from lichen.audit.findings import FindingCode as FindingCode
    from lichen.audit.findings import ReviewRules as ReviewRules
    from lichen.audit.findings import Weight as Weight
    from lichen.audit.merging import combine_audits as combine_audits
    from lichen.audit.names import people_named as people_named
    from lichen.audit.prompts import Prompt as Prompt
    from lichen.audit.prompts import evidence_question as evidence_question
    from lichen.audit.prompts import offer_prompts as offer_prompts
    from lichen.audit.prompts import opening_prompts as opening_prompts
    from lichen.audit.prompts import sector_prompts as sector_prompts
    from lichen.audit.review import review as review
    from lichen.audit.team import Answer as Answer
    from lichen.audit.team import TeamAudit as TeamAudit
    from lichen.audit.team import TeamItem as TeamItem
    from lichen.audit.team import combine_answers as combine_answers
    from lichen.audit.values import Audit as Audit
    from lichen.audit.values import Offer as Offer
    from lichen.audit.values import Opening as Opening
    from lichen.audit.values import Organisation as Organisation
    from lichen.audit.values import Readiness as Readiness
    from lichen.audit.values import Source as Source
    from lichen.audit.values import Vulnerability as Vulnerability
    from lichen.audit.weighing import gap_weights as gap_weights

__getattr__, __all__ = lazy_face(
    __name__,
    {
        "Answer": "team",
        "Audit": "values",
        "Finding": "findings",
        "FindingCode": "findings",
        "Offer": "values",
        "Opening": "values",
        "Organisation": "values",
        "Prompt": "prompts",
        "Readiness": "values",
        "ReviewRules": "findings",
        "Source": "values",
        "TeamAudit": "team",
        "TeamItem": "team",
        "Vulnerability": "values",
        "Weight": "findings",
        "combine_answers": "team",
        "combine_audits": "merging",
        "evidence_question": "prompts",
        "gap_weights": "weighing",
        "offer_prompts": "prompts",
        "opening_prompts": "prompts",
        "people_named": "names",
        "review": "review",
        "sector_prompts": "prompts",
    },
)
