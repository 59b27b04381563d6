"""The brief for a first conversation: one weakness to lead with, what we offer in return, a small first step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.brief.as_html import brief_html as brief_html
    from lichen.brief.as_markdown import brief_markdown as brief_markdown
    from lichen.brief.as_pdf import brief_pdf as brief_pdf
    from lichen.brief.as_pdf import pages_pdf as pages_pdf
    from lichen.brief.compose import brief_for as brief_for
    from lichen.brief.editing import words_toml as words_toml
    from lichen.brief.values import Brief as Brief

__getattr__, __all__ = lazy_face(
    __name__,
    {
        "Brief": "values",
        "brief_for": "compose",
        "brief_html": "as_html",
        "brief_markdown": "as_markdown",
        "brief_pdf": "as_pdf",
        "pages_pdf": "as_pdf",
        "words_toml": "editing",
    },
)
