"""One document on an alliance, for one reader, who sees in it only what they may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.report.as_html import report_html as report_html
    from lichen.report.as_markdown import report_markdown as report_markdown
    from lichen.report.as_pdf import report_pdf as report_pdf
    from lichen.report.audience import Audience as Audience
    from lichen.report.audience import AudienceKind as AudienceKind
    from lichen.report.audience import audience_of as audience_of
    from lichen.report.compose import left_out_words as left_out_words
    from lichen.report.compose import report_for as report_for
    from lichen.report.document import Chart as Chart
    from lichen.report.document import Items as Items
    from lichen.report.document import Note as Note
    from lichen.report.document import Paragraph as Paragraph
    from lichen.report.document import Report as Report
    from lichen.report.document import ReportSection as ReportSection
    from lichen.report.document import Section as Section
    from lichen.report.document import Table as Table
    from lichen.report.sights import SIGHTS as SIGHTS
    from lichen.report.sights import Extent as Extent
    from lichen.report.sights import ReportPart as ReportPart
    from lichen.report.sights import SightRow as SightRow
    from lichen.report.sights import sight_of as sight_of

__getattr__, __all__ = lazy_face(
    __name__,
    {
        "Audience": "audience",
        "AudienceKind": "audience",
        "Chart": "document",
        "Extent": "sights",
        "Items": "document",
        "Note": "document",
        "Paragraph": "document",
        "Report": "document",
        "ReportPart": "sights",
        "ReportSection": "document",
        "SIGHTS": "sights",
        "Section": "document",
        "SightRow": "sights",
        "Table": "document",
        "audience_of": "audience",
        "left_out_words": "compose",
        "report_for": "compose",
        "report_html": "as_html",
        "report_markdown": "as_markdown",
        "report_pdf": "as_pdf",
        "sight_of": "sights",
    },
)
