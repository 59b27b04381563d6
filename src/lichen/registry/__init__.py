"""Public registers of organisations, read into values that can be matched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.registry.uk_charities import RegisterProgress as RegisterProgress
    from lichen.registry.uk_charities import read_uk_charities as read_uk_charities

__getattr__, __all__ = lazy_face(__name__, {"RegisterProgress": "uk_charities", "read_uk_charities": "uk_charities"})
