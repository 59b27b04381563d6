"""What one partner may be told of the warnings: nothing that would betray what nobody opened to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from lichen.alliance.as_of import alliance_as_of
from lichen.alliance.values import Alliance
from lichen.disclosure.replay import replay_all
from lichen.pitfalls.situation import Pair, opened_codes
from lichen.pitfalls.values import Alert

__all__ = ["alerts_for"]


def alerts_for(alerts: Iterable[Alert], reader: str, alliance: Alliance, on: date) -> tuple[Alert, ...]:
    """The warnings as one partner may read them.

    A warning that is not for it is left out, and so is one that was worked out from what somebody confided of whom
    nothing stands open to it. Of the others it sees the items that are its own, or open to it both on that day and now;
    and no figure that was worked out from what others confided.

    Args:
        alerts: The answer of ``pitfalls``.
        reader: Id of the partner; a stranger reads nothing.
        alliance: The alliance, as its file has it now: what was withdrawn since that day is not shown again.
        on: The day.

    Source:
        Ours: nobody reads a confession that its owner did not open to it.

    Example:
        >>> from lichen.audit.values import Audit, Organisation
        >>> from lichen.pitfalls.looking import pitfalls
        >>> two = Alliance("Valley", partners=(Audit(Organisation("a", "A")), Audit(Organisation("b", "B"))))
        >>> found = pitfalls(two, date(2026, 5, 1))
        >>> len(found), [alert.concerns for alert in alerts_for(found, "b", two, date(2026, 5, 1))]
        (2, [('b',)])
    """
    then, now = (_open_to(reader, known) for known in (alliance_as_of(alliance, on), alliance))
    opened = then & now
    confiding = {reader, *(owner for owner, _code in opened)}
    told = (alert for alert in alerts if reader in alert.may_see and confiding.issuperset(alert.confided_by))
    return tuple(_shown(alert, reader, opened) for alert in told)


def _open_to(reader: str, alliance: Alliance) -> frozenset[Pair]:
    """The items, by owner and code, that stand open to a reader."""
    opened = opened_codes(each.state for each in replay_all(alliance.matters, alliance.partners))
    return frozenset((owner, code) for (owner, other), codes in opened.items() if other == reader for code in codes)


def _shown(alert: Alert, reader: str, opened: frozenset[Pair]) -> Alert:
    items = tuple(each for each in alert.items if each.owner == reader or (each.owner, each.code) in opened)
    is_own = {*alert.confided_by} <= {reader}
    return replace(alert, items=items, figures=alert.figures if is_own else ())
