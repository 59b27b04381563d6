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
    from lichen.errors import InputError as InputError
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

__version__ = "0.1.0"

__getattr__, __all__ = lazy_face(
    __name__,
    {
        "Audit": "audit.values",
        "Brief": "brief.values",
        "Fit": "fit.pairs",
        "FitIndex": "fit.index",
        "InputError": "errors",
        "Offer": "audit.values",
        "Organisation": "audit.values",
        "Partners": "fit.pairs",
        "Vulnerability": "audit.values",
        "best_partners": "fit.pairs",
        "best_ring": "fit.rings",
        "best_swaps": "fit.matrix",
        "brief_for": "brief.compose",
        "brief_html": "brief.as_html",
        "brief_markdown": "brief.as_markdown",
        "combine_audits": "audit.merging",
        "matrix": "fit.matrix",
        "pair_fit": "fit.pairs",
        "rank_by": "fit.baselines",
        "read_audit": "files.reading",
        "read_organisations": "files.reading",
        "recognise": "capabilities.recognise",
        "review": "audit.review",
        "showable": "fit.showing",
        "vulnerability_map": "fit.matrix",
        "write_audit": "files.writing",
        "write_organisations": "files.writing",
        "write_template": "files.workbook.template",
    },
)
