"""When check-ins are held, as the charter says."""

from __future__ import annotations

from lichen.alliance.values import Alliance
from lichen.checkin.schedule import AgreedCheckIns

__all__ = ["agreed_checkins"]


def agreed_checkins(alliance: Alliance) -> AgreedCheckIns | None:
    """What the charter's terms say of the days of check-ins; None where they name no first one.

    The terms hold from the day on which they begin, else from the day the alliance was founded, else from the first
    check-in that they name.

    Args:
        alliance: The alliance.

    Source:
        Ours: what the partners signed comes before what is usual.

    Example:
        >>> from datetime import date
        >>> from lichen.charter.agreement.terms import AgreementTerms
        >>> from lichen.charter.values import Charter
        >>> terms = AgreementTerms(begins_on=date(2026, 3, 20), first_check_in_on=date(2026, 6, 22))
        >>> str(agreed_checkins(Alliance(charter=Charter(terms=terms))).first_on)
        '2026-06-22'
    """
    terms = alliance.charter.terms
    if terms.first_check_in_on is None:
        return None
    since = terms.begins_on or alliance.formed_on or terms.first_check_in_on
    return AgreedCheckIns(since, terms.first_check_in_on, terms.check_in_months)
