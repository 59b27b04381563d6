"""A document as a tagged PDF, which a screen reader can read; it needs the extra ``pdf``."""

from __future__ import annotations

from weasyprint import HTML
from weasyprint.urls import URLFetcher

__all__ = ["html_pdf"]


def html_pdf(html: str) -> bytes:
    """A page of HTML as it prints, with its structure. Nothing is fetched, whatever stands in it.

    Args:
        html: Self-contained, as :func:`lichen.paper.html_page` makes it.
    """
    document: bytes = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=())).write_pdf(pdf_variant="pdf/ua-1")
    return document
