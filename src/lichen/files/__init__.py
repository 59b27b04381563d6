"""Audits and organisations in files: workbooks, YAML, JSON and CSV, in and out without loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.files.draft import SetAside as SetAside
    from lichen.files.reading import read_audit as read_audit
    from lichen.files.reading import read_audit_text as read_audit_text
    from lichen.files.reading import read_organisations as read_organisations
    from lichen.files.reading import read_organisations_text as read_organisations_text
    from lichen.files.workbook.template import write_template as write_template
    from lichen.files.writing import write_audit as write_audit
    from lichen.files.writing import write_organisations as write_organisations

__getattr__, __all__ = lazy_face(
    __name__,
    {
        "SetAside": "draft",
        "read_audit": "reading",
        "read_audit_text": "reading",
        "read_organisations": "reading",
        "read_organisations_text": "reading",
        "write_audit": "writing",
        "write_organisations": "writing",
        "write_template": "workbook.template",
    },
)
