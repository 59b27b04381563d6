"""The article's twenty cases, each as an alliance with its dates, and what Lichen would have said, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.cases.collection import CASES as CASES
    from lichen.cases.collection import article_case as article_case
    from lichen.cases.collection import article_cases as article_cases
    from lichen.cases.collection import case_text as case_text
    from lichen.cases.summary import CasesSummary as CasesSummary
    from lichen.cases.summary import cases_summary as cases_summary
    from lichen.cases.telling import Bearing as Bearing
    from lichen.cases.telling import CaseFit as CaseFit
    from lichen.cases.telling import CaseTold as CaseTold
    from lichen.cases.telling import Foresight as Foresight
    from lichen.cases.telling import Foretold as Foretold
    from lichen.cases.telling import Saying as Saying
    from lichen.cases.telling import case_told as case_told
    from lichen.cases.values import CameOf as CameOf
    from lichen.cases.values import Case as Case
    from lichen.cases.values import CaseAnswer as CaseAnswer
    from lichen.cases.values import CaseBasis as CaseBasis
    from lichen.cases.values import CaseClaim as CaseClaim
    from lichen.cases.values import CaseFact as CaseFact
    from lichen.cases.values import CaseHead as CaseHead
    from lichen.cases.values import CaseItem as CaseItem
    from lichen.cases.values import CaseTrouble as CaseTrouble
    from lichen.cases.values import ItemPart as ItemPart
    from lichen.cases.values import ToldAs as ToldAs

__getattr__, __all__ = lazy_face(
    __name__,
    {
        "Bearing": "telling",
        "CASES": "collection",
        "CameOf": "values",
        "Case": "values",
        "CaseAnswer": "values",
        "CaseBasis": "values",
        "CaseClaim": "values",
        "CaseFact": "values",
        "CaseFit": "telling",
        "CaseHead": "values",
        "CaseItem": "values",
        "CaseTold": "telling",
        "CaseTrouble": "values",
        "CasesSummary": "summary",
        "Foresight": "telling",
        "Foretold": "telling",
        "ItemPart": "values",
        "Saying": "telling",
        "ToldAs": "values",
        "article_case": "collection",
        "article_cases": "collection",
        "case_text": "collection",
        "case_told": "telling",
        "cases_summary": "summary",
    },
)
