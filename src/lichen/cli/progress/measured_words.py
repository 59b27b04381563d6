"""What ``lichen progress reduction`` prints of what was measured beside the partners' own ratings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lichen.brief.phrases import within_sentence
from lichen.cli.alliance.names import team_name
from lichen.cli.answers import Block, Column, Line, Record, styled
from lichen.language import _
from lichen.paper import one_line, written_day
from lichen.progress.indicators import MeasuredNeed, MovedAlike, NoInterval, ReadingShown

__all__ = ["measured_blocks"]

_SIGNS = {
    MovedAlike.SAME_WAY: ("✓", "green"),
    MovedAlike.UNMOVED: ("=", "dim"),
    MovedAlike.RATING_AHEAD: ("▲", "yellow"),
    MovedAlike.MEASURE_AHEAD: ("▼", "yellow"),
    MovedAlike.UNKNOWN: ("?", "dim"),
}


def measured_blocks(measured: Sequence[MeasuredNeed], names: Mapping[str, str]) -> Iterator[Block]:
    """One entry for each indicator: what was measured, how surely, and whether the rating moved with it.

    Args:
        measured: The answer of ``measured_needs``.
        names: The partners' names by their ids.
    """
    if not measured:
        told = _("Nothing was measured beside what they say. Add a survey or a count below progress, indicators.")
        yield Block((), (), empty=told)
    else:
        yield Block(
            columns=(
                Column("", lambda record: styled(_SIGNS[record["agreement"]]), True),
                Column("", lambda record: styled((record["what"], "bold"))),
            ),
            records=[_record(each, names) for each in measured],
            heading=_("What was measured, beside what they say"),
            below=_lines,
            gutter=1,
        )


def _record(each: MeasuredNeed, names: Mapping[str, str]) -> Record:
    interval = each.change_interval
    return {
        "part": "measured",
        "owner": each.indicator.owner,
        "code": each.indicator.code,
        "what": one_line(each.indicator.what),
        "first": None if each.first is None else _reading(each.first),
        "last": None if each.last is None else _reading(each.last),
        "change": each.change,
        "low": None if interval is None else interval.low,
        "high": None if interval is None else interval.high,
        "agreement": each.agreement,
        "sentence": _agreement_words(each, team_name(names, each.indicator.owner)),
        "figures": _figures(each),
    }


def _reading(shown: ReadingShown) -> Record:
    interval = shown.interval
    return {
        "on": shown.reading.on.isoformat(),
        "value": shown.reading.value,
        "n": shown.reading.n,
        "low": None if interval is None else interval.low,
        "high": None if interval is None else interval.high,
    }


def _lines(record: Record) -> Iterator[Line]:
    yield styled(""), styled(record["figures"])
    yield styled(""), styled(record["sentence"])


def _figures(each: MeasuredNeed) -> str:
    if each.first is None:
        return _("Not measured by then.")
    if each.last is None:
        return _("{reading}; measure it again to compare.").format(reading=_reading_words(each, each.first))
    told = _("{first}; {last}; {surely}.")
    return told.format(
        first=_reading_words(each, each.first), last=_reading_words(each, each.last), surely=_surely(each)
    )


def _reading_words(each: MeasuredNeed, shown: ReadingShown) -> str:
    unit = one_line(each.indicator.unit)
    is_share, number = each.indicator.is_share, f"{shown.reading.value:,.10g}"
    value = f"{number}%" if is_share else f"{number} {unit}".strip()
    among = _("{value} of {n:,} on {day}") if is_share else _("{value}, among {n:,}, on {day}")
    words = _("{value} on {day}") if shown.reading.n is None else among
    return words.format(value=value, n=shown.reading.n, day=written_day(shown.reading.on))


def _surely(each: MeasuredNeed) -> str:
    interval = each.change_interval
    if interval is not None:
        told = _("the change lies between {low:+.0f} and {high:+.0f} points")
        return told.format(low=interval.low, high=interval.high)
    return {
        NoInterval.NO_N: _("no interval: n not given"),
        NoInterval.NO_SPREAD: _("no interval: it is no percentage of those asked"),
        None: _("no interval"),
    }[each.no_interval]


def _agreement_words(each: MeasuredNeed, name: str) -> str:
    need = within_sentence(each.indicator.code)
    if each.agreement is MovedAlike.UNKNOWN or each.need is None:
        told = _("Nothing to compare yet: the need ({need}) and the measure each have to be seen twice.")
        return told.format(need=need)
    rated = {1: _("less severe"), 0: _("unchanged"), -1: _("more severe")}[_sign_of(each.need.fall)]
    unmoved = _("moved by no more than chance") if each.change else _("did not move")
    went = {1: _("got better"), 0: unmoved, -1: _("got worse")}[each.measure_went]
    told = _("{name} rates its need ({need}) {rated}; the measure {went}. {advice}")
    return told.format(name=name, need=need, rated=rated, went=went, advice=_advice(each.agreement))


def _sign_of(number: int) -> int:
    return (number > 0) - (number < 0)


def _advice(agreement: MovedAlike) -> str:
    return {
        MovedAlike.SAME_WAY: _("Both moved the same way."),
        MovedAlike.UNMOVED: _("Neither has moved."),
        MovedAlike.RATING_AHEAD: _("Ask what it sees that was not measured, or whether it hopes more than it knows."),
        MovedAlike.MEASURE_AHEAD: _("Ask what is still missing that the measure does not show."),
    }[agreement]
