"""What to watch and what comes next, as far as the audience may be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lichen.alliance.rhythm import agreed_checkins
from lichen.checkin.schedule import checkin_due
from lichen.language import _, ngettext
from lichen.paper import written_day
from lichen.pitfalls.looking import pitfalls
from lichen.pitfalls.rules import rule_of
from lichen.pitfalls.showing import alerts_for
from lichen.pitfalls.values import Alert
from lichen.pitfalls.words import alert_words, figure_words, item_words, next_step
from lichen.report.document import Block, Items, Note, Paragraph
from lichen.report.exchanged import standings_of
from lichen.report.seeing import Seeing
from lichen.report.sights import Extent, ReportPart

__all__ = ["ahead_words", "alerts_shown", "next_blocks", "watch_blocks"]


def alerts_shown(seen: Seeing) -> tuple[Alert, ...]:
    """The warnings that the audience may be told: a partner its own, the board what every partner may be told.

    Args:
        seen: What the audience may see.
    """
    if seen.sees(ReportPart.ALERTS) is Extent.NOTHING or not seen.partners:
        return ()
    found = pitfalls(seen.whole, seen.on)
    if seen.reader:
        return alerts_for(found, seen.reader, seen.whole, seen.on)
    for_all = [alert for alert in found if {*seen.partners} <= {*alert.may_see}]
    copies = zip(*(alerts_for(for_all, id, seen.whole, seen.on) for id in seen.partners), strict=True)
    return tuple(map(_common, copies))


def watch_blocks(seen: Seeing, alerts: Sequence[Alert]) -> Iterator[Block]:
    """Each warning with its figures and what to do next.

    Args:
        seen: What the audience may see.
        alerts: The answer of ``alerts_shown``.
    """
    if seen.sees(ReportPart.ALERTS) is Extent.NOTHING:
        return
    if alerts:
        yield Items(tuple(_alert_line(seen, alert) for alert in alerts))
    else:
        yield Paragraph(_("Nothing crosses a threshold today. That is no promise: ask one another."))
    yield Note(
        _(
            "A warning is a question, and no threshold has been tested. Only what may be told here without betraying "
            "anybody is on this list."
        )
    )


def next_blocks(seen: Seeing) -> Iterator[Block]:
    """What is due next, and when.

    Args:
        seen: What the audience may see.
    """
    due = tuple(_due(seen))
    yield Items(due) if due else Paragraph(_("Nothing is due: agree on the day of the next check-in."))


def ahead_words(seen: Seeing, alerts: Sequence[Alert]) -> str:
    """The most pressing thing ahead, in a sentence."""
    if alerts:
        told = ngettext(
            "{count} thing to watch; first: {first}", "{count} things to watch; first: {first}", len(alerts)
        )
        return told.format(count=len(alerts), first=_sentence(seen, alerts[0]))
    return next(iter(_due(seen)), _("Nothing is due."))


def _common(copies: Sequence[Alert]) -> Alert:
    """What stands in every partner's copy of one warning."""
    items = tuple(item for item in copies[0].items if all(item in copy.items for copy in copies))
    return replace(copies[0], items=items, figures=copies[0].figures if all(copy.figures for copy in copies) else ())


def _alert_line(seen: Seeing, alert: Alert) -> str:
    rule = rule_of(alert.rule)
    figures = [figure_words(figure, rule) for figure in alert.figures]
    items = [item_words(tuple(dict.fromkeys(item.code for item in alert.items)))]
    since = [] if alert.since is None else [_("since {day}").format(day=written_day(alert.since))]
    beside = "; ".join(filter(None, (*figures, *items, *since)))
    told = _("{sentence} By: {beside}. Next: {step}") if beside else _("{sentence} Next: {step}")
    return told.format(sentence=_sentence(seen, alert), beside=beside, step=next_step(alert.rule))


def _sentence(seen: Seeing, alert: Alert) -> str:
    about = seen.kept(alert.about) or (_("it") if alert.about else "")
    return alert_words(replace(alert, about=about), {id: seen.name(id) for id in seen.partners})


def _due(seen: Seeing) -> Iterator[str]:
    alliance = seen.alliance
    if alliance.course.ended_on is not None:
        return
    due = checkin_due(alliance.checkins, seen.partners, seen.on, agreed=agreed_checkins(alliance))
    if due.next_on is not None:
        late = _("The check-in was due on {day}.") if due.overdue else _("The next check-in is due on {day}.")
        yield late.format(day=written_day(due.next_on))
    ends = alliance.charter.terms.ends_on
    if ends is not None and alliance.charter.signatures:
        words = (
            _("The charter ends on {day}: say before whether it goes on.")
            if ends >= seen.on
            else _("The charter ended on {day}: say whether it goes on.")
        )
        yield words.format(day=written_day(ends))
    days = [each.promise.due_on for each in standings_of(seen) if each.owed and each.promise.due_on is not None]
    ahead = sorted(day for day in days if day >= seen.on)
    if ahead:
        told = ngettext("{count} promise falls due by {day}.", "{count} promises fall due by {day}.", len(ahead))
        yield told.format(count=len(ahead), day=written_day(ahead[-1]))
