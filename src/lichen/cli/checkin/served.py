"""What the people served say, question by question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from lichen.checkin.served import ServedPoint, ServedSeries, served_series
from lichen.checkin.values import CheckIn
from lichen.cli.answers import Block, Column, Record
from lichen.cli.checkin.both_ways import figure_words
from lichen.language import _
from lichen.paper import one_line, written_day
from lichen.small_groups import Reason

__all__ = ["served_block"]


def served_block(checkins: Sequence[CheckIn], on: date) -> Iterator[Block]:
    """What the people served say, each question as a series over time; nothing where nobody was asked.

    Args:
        checkins: The check-ins of an alliance.
        on: The day to reckon with.
    """
    for series in served_series(checkins, on):
        asked = _(" (asked of {whom})").format(whom=one_line(series.asked_of)) if series.asked_of else ""
        yield Block(
            columns=(
                Column("", lambda record: written_day(date.fromisoformat(record["on"]))),
                Column("", lambda record: "█" * round(2 * (record["mean"] or 0))),
                Column("", _told),
            ),
            records=[_record(series, point) for point in series.points],
            heading=_("The people served: {question}").format(question=one_line(series.question)) + asked,
            gutter=1,
        )


def _told(record: Record) -> str:
    if record["reason"] is Reason.SUBTRACTABLE:
        return _("not shown: too near the number of answers of before")
    if record["mean"] is None:
        return _("not shown: too few answers")
    told = _("{mean} of 5, {number} answers")
    return told.format(mean=figure_words(record["mean"], record["bound"]), number=record["answered"])


def _record(series: ServedSeries, point: ServedPoint) -> Record:
    return {
        "part": "served",
        "question": series.question,
        "asked_of": series.asked_of,
        "on": point.on.isoformat(),
        "showing": point.showing,
        "reason": point.reason,
        "answered": point.answered,
        "mean": point.mean,
        "bound": point.bound,
    }
