"""Workbooks: the template that a director fills in, and the door through which a filled one comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.files.workbook.reading import drafts_in as drafts_in
    from lichen.files.workbook.template import write_template as write_template
    from lichen.files.workbook.vetting import LARGEST as LARGEST
    from lichen.files.workbook.writing import written as written

__getattr__, __all__ = lazy_face(
    __name__,
    {"LARGEST": "vetting", "drafts_in": "reading", "write_template": "template", "written": "writing"},
)
