"""The check-in: how much each partner trusts the others, what has changed in its needs, and what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.checkin.checks import checkin_problems as checkin_problems
    from lichen.checkin.culture import CultureGap as CultureGap
    from lichen.checkin.culture import ReplyTimes as ReplyTimes
    from lichen.checkin.culture import SliderGap as SliderGap
    from lichen.checkin.culture import Waited as Waited
    from lichen.checkin.culture import culture_gaps as culture_gaps
    from lichen.checkin.culture import culture_profiles as culture_profiles
    from lichen.checkin.culture import reply_times as reply_times
    from lichen.checkin.form import blank_form as blank_form
    from lichen.checkin.needs import Need as Need
    from lichen.checkin.needs import NeedChange as NeedChange
    from lichen.checkin.needs import NeedMove as NeedMove
    from lichen.checkin.needs import OutgrownNeed as OutgrownNeed
    from lichen.checkin.needs import need_changes as need_changes
    from lichen.checkin.needs import needs_on as needs_on
    from lichen.checkin.needs import outgrown_needs as outgrown_needs
    from lichen.checkin.network import Reciprocity as Reciprocity
    from lichen.checkin.network import TrustNetwork as TrustNetwork
    from lichen.checkin.network import degree_centralisation as degree_centralisation
    from lichen.checkin.network import density as density
    from lichen.checkin.network import reciprocity_of as reciprocity_of
    from lichen.checkin.network import trust_network as trust_network
    from lichen.checkin.picture import trust_svg as trust_svg
    from lichen.checkin.schedule import AgreedCheckIns as AgreedCheckIns
    from lichen.checkin.schedule import CheckInDue as CheckInDue
    from lichen.checkin.schedule import FirstAuditFinding as FirstAuditFinding
    from lichen.checkin.schedule import HeldCheckIn as HeldCheckIn
    from lichen.checkin.schedule import checkin_due as checkin_due
    from lichen.checkin.schedule import first_audit_findings as first_audit_findings
    from lichen.checkin.schedule import held_checkins as held_checkins
    from lichen.checkin.sealing import is_laid_open as is_laid_open
    from lichen.checkin.sealing import opened_checkins as opened_checkins
    from lichen.checkin.sealing import still_to_rate as still_to_rate
    from lichen.checkin.served import ServedPoint as ServedPoint
    from lichen.checkin.served import ServedSeries as ServedSeries
    from lichen.checkin.served import served_series as served_series
    from lichen.checkin.talking import TalkingPoint as TalkingPoint
    from lichen.checkin.talking import talking_points as talking_points
    from lichen.checkin.trust import TrustGap as TrustGap
    from lichen.checkin.trust import TrustMove as TrustMove
    from lichen.checkin.trust import TrustWave as TrustWave
    from lichen.checkin.trust import trust_gaps as trust_gaps
    from lichen.checkin.trust import trust_moves as trust_moves
    from lichen.checkin.trust import trust_waves as trust_waves
    from lichen.checkin.values import SLIDER as SLIDER
    from lichen.checkin.values import TRUST_STEPS as TRUST_STEPS
    from lichen.checkin.values import CheckIn as CheckIn
    from lichen.checkin.values import CheckInRules as CheckInRules
    from lichen.checkin.values import CultureProfile as CultureProfile
    from lichen.checkin.values import Dimension as Dimension
    from lichen.checkin.values import NeedNow as NeedNow
    from lichen.checkin.values import ServedAnswer as ServedAnswer
    from lichen.checkin.values import Slider as Slider
    from lichen.checkin.values import TrustRating as TrustRating
    from lichen.checkin.words import dimension_ends as dimension_ends
    from lichen.checkin.words import dimension_item as dimension_item
    from lichen.checkin.words import dimension_name as dimension_name
    from lichen.checkin.words import reason_words as reason_words
    from lichen.checkin.words import slider_ends as slider_ends
    from lichen.checkin.words import slider_name as slider_name
    from lichen.checkin.words import trust_caution as trust_caution

__getattr__, __all__ = lazy_face(
    __name__,
    {
        "AgreedCheckIns": "schedule",
        "CheckIn": "values",
        "CheckInDue": "schedule",
        "CheckInRules": "values",
        "CultureGap": "culture",
        "CultureProfile": "values",
        "Dimension": "values",
        "FirstAuditFinding": "schedule",
        "HeldCheckIn": "schedule",
        "Need": "needs",
        "NeedChange": "needs",
        "NeedMove": "needs",
        "NeedNow": "values",
        "OutgrownNeed": "needs",
        "Reciprocity": "network",
        "ReplyTimes": "culture",
        "SLIDER": "values",
        "ServedAnswer": "values",
        "ServedPoint": "served",
        "ServedSeries": "served",
        "Slider": "values",
        "SliderGap": "culture",
        "TRUST_STEPS": "values",
        "TalkingPoint": "talking",
        "TrustGap": "trust",
        "TrustMove": "trust",
        "TrustNetwork": "network",
        "TrustRating": "values",
        "TrustWave": "trust",
        "Waited": "culture",
        "blank_form": "form",
        "checkin_due": "schedule",
        "checkin_problems": "checks",
        "culture_gaps": "culture",
        "culture_profiles": "culture",
        "degree_centralisation": "network",
        "density": "network",
        "dimension_ends": "words",
        "dimension_item": "words",
        "dimension_name": "words",
        "first_audit_findings": "schedule",
        "held_checkins": "schedule",
        "is_laid_open": "sealing",
        "need_changes": "needs",
        "needs_on": "needs",
        "opened_checkins": "sealing",
        "outgrown_needs": "needs",
        "reason_words": "words",
        "reciprocity_of": "network",
        "reply_times": "culture",
        "served_series": "served",
        "slider_ends": "words",
        "slider_name": "words",
        "still_to_rate": "sealing",
        "talking_points": "talking",
        "trust_caution": "words",
        "trust_gaps": "trust",
        "trust_moves": "trust",
        "trust_network": "network",
        "trust_svg": "picture",
        "trust_waves": "trust",
    },
)
