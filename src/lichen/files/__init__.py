"""Audits, organisations and alliances in files: in and out without loss, and locked where a passphrase is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.files.alliances import lock_alliance as lock_alliance
    from lichen.files.alliances import read_alliance as read_alliance
    from lichen.files.alliances import read_alliance_text as read_alliance_text
    from lichen.files.alliances import unlock_alliance as unlock_alliance
    from lichen.files.alliances import write_alliance as write_alliance
    from lichen.files.beginning import begin_alliance as begin_alliance
    from lichen.files.draft import SetAside as SetAside
    from lichen.files.games import read_game as read_game
    from lichen.files.games import read_game_text as read_game_text
    from lichen.files.locking import Lock as Lock
    from lichen.files.reading import read_audit as read_audit
    from lichen.files.reading import read_audit_text as read_audit_text
    from lichen.files.reading import read_organisations as read_organisations
    from lichen.files.reading import read_organisations_text as read_organisations_text
    from lichen.files.storage import OpenToOthers as OpenToOthers
    from lichen.files.workbook.template import write_template as write_template
    from lichen.files.writing import write_audit as write_audit
    from lichen.files.writing import write_organisations as write_organisations

__getattr__, __all__ = lazy_face(
    __name__,
    {
        "Lock": "locking",
        "OpenToOthers": "storage",
        "SetAside": "draft",
        "begin_alliance": "beginning",
        "lock_alliance": "alliances",
        "read_alliance": "alliances",
        "read_alliance_text": "alliances",
        "read_audit": "reading",
        "read_audit_text": "reading",
        "read_game": "games",
        "read_game_text": "games",
        "read_organisations": "reading",
        "read_organisations_text": "reading",
        "unlock_alliance": "alliances",
        "write_alliance": "alliances",
        "write_audit": "writing",
        "write_organisations": "writing",
        "write_template": "workbook.template",
    },
)
