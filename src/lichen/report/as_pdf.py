"""A report as a tagged PDF, which a screen reader can read; it needs the extra ``pdf``."""

from __future__ import annotations

from lichen.pdf import html_pdf
from lichen.report.as_html import report_html
from lichen.report.document import Report

__all__ = ["report_pdf"]


def report_pdf(report: Report) -> bytes:
    """The report as a PDF that prints as ``report_html`` does.

    Args:
        report: From ``report_for``; send it to nobody but its audience.
    """
    return html_pdf(report_html(report))
