"""An alliance as a whole: its partners and everything that they agreed, gave, said and measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.alliance.as_of import alliance_as_of as alliance_as_of
    from lichen.alliance.as_of import dated_days as dated_days
    from lichen.alliance.bridging import CultureBridge as CultureBridge
    from lichen.alliance.bridging import culture_bridge as culture_bridge
    from lichen.alliance.bridging import request_waits as request_waits
    from lichen.alliance.checks import alliance_problems as alliance_problems
    from lichen.alliance.needs import need_courses as need_courses
    from lichen.alliance.recorded import agreed_on as agreed_on
    from lichen.alliance.recorded import alliance_lifetime as alliance_lifetime
    from lichen.alliance.recorded import alliance_record as alliance_record
    from lichen.alliance.recorded import begun_on as begun_on
    from lichen.alliance.rhythm import agreed_checkins as agreed_checkins
    from lichen.alliance.values import Alliance as Alliance

__getattr__, __all__ = lazy_face(
    __name__,
    {
        "Alliance": "values",
        "CultureBridge": "bridging",
        "agreed_checkins": "rhythm",
        "agreed_on": "recorded",
        "alliance_as_of": "as_of",
        "alliance_lifetime": "recorded",
        "alliance_problems": "checks",
        "alliance_record": "recorded",
        "begun_on": "recorded",
        "culture_bridge": "bridging",
        "dated_days": "as_of",
        "need_courses": "needs",
        "request_waits": "bridging",
    },
)
