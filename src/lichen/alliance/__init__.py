"""An alliance as a whole: its partners and everything that they agreed, gave, said and measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.alliance.checks import alliance_problems as alliance_problems
    from lichen.alliance.values import Alliance as Alliance

__getattr__, __all__ = lazy_face(
    __name__,
    {
        "Alliance": "values",
        "alliance_problems": "checks",
    },
)
