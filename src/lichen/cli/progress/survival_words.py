"""What ``lichen progress survival`` prints: the answer, the curve, the reasons, and what others have counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lichen.cli.answers import Block, Column, Record, percent, styled
from lichen.cli.progress.figures import finite, interval_record
from lichen.language import _, ngettext
from lichen.progress.published import published_rates
from lichen.progress.survival import SurvivalCurve, SurvivalStep
from lichen.progress.values import EndReason
from lichen.progress.words import number_words

__all__ = ["end_reason_words", "survival_blocks", "survival_words"]

_DAYS = 365.25
_BAR = 30


def survival_blocks(curve: SurvivalCurve, undated: Sequence[str], enough: int) -> Iterator[Block]:
    """The answer, the curve as bars, the reasons, and the published figures.

    Args:
        curve: The answer of ``survival_curve`` for lifetimes in days.
        undated: Names of alliances of which nobody said when they began.
        enough: Below so many alliances, no share is told.
    """
    yield Block(
        columns=(Column("", lambda record: record["sentence"]),),
        records=[_answer_record(curve, enough)],
        heading=_("How long your alliances last"),
    )
    if curve.alliances >= enough and any(curve.endings.values()):
        yield _curve_block(curve)
    yield _endings_block(curve, enough)
    if undated:
        yield Block((), (), empty=_undated_words(undated))
    yield _published_block()


def survival_words(curve: SurvivalCurve, enough: int) -> str:
    """The answer in a sentence or two.

    Args:
        curve: The curve.
        enough: Below so many alliances, no share is told.
    """
    ended = sum(curve.endings.values())
    count = ngettext("{n} alliance", "{n} alliances", curve.alliances).format(n=curve.alliances)
    told = _("{count}: {alive} alive, {ended} ended.").format(count=count, alive=curve.alliances - ended, ended=ended)
    return f"{told} {_median_words(curve, enough)}"


def end_reason_words(reason: EndReason) -> str:
    """A reason for an ending, as people say it.

    Args:
        reason: Which.
    """
    words = {
        EndReason.GOAL_MET: _("the goal was met"),
        EndReason.NEED_PASSED: _("the need had passed"),
        EndReason.MONEY: _("money"),
        EndReason.CONFLICT: _("conflict"),
        EndReason.MERGED: _("the partners merged"),
        EndReason.UNKNOWN: _("nobody wrote down why"),
    }
    return words[reason]


def _median_words(curve: SurvivalCurve, enough: int) -> str:
    if curve.alliances < enough:
        return _("Too few to say how long they last.")
    if curve.median is None:
        return _("More than half would still live at the longest time seen: how long half of them last is not known.")
    told = _("Half last {years} years or more{surely}.")
    surely = "" if curve.median_interval is None else _(" ({interval})").format(interval=_years_between(curve))
    return told.format(years=_years(curve.median), surely=surely)


def _years_between(curve: SurvivalCurve) -> str:
    low, high = (curve.median_interval.low, curve.median_interval.high) if curve.median_interval else (0, 0)
    if finite(high) is None:
        return _("at 95%: {low} or more").format(low=_years(low))
    return _("at 95%: from {low} to {high}").format(low=_years(low), high=_years(high))


def _years(days: float) -> str:
    return number_words(days / _DAYS)


def _answer_record(curve: SurvivalCurve, enough: int) -> Record:
    return {
        "part": "survival",
        "alliances": curve.alliances,
        "ended": sum(curve.endings.values()),
        "median_days": curve.median,
        "median_interval": interval_record(curve.median_interval),
        "sentence": survival_words(curve, enough),
    }


def _curve_block(curve: SurvivalCurve) -> Block:
    return Block(
        columns=(
            Column(_("after"), lambda record: _("{years} years").format(years=_years(record["days"])), number=True),
            Column(_("still alive"), lambda record: styled(_bar(record["survival"]))),
            Column("", lambda record: percent(record["survival"]), number=True),
            Column(_("at 95%"), _between, number=True),
            Column(_("of"), lambda record: str(record["at_risk"]), number=True),
        ),
        records=[_step_record(step) for step in curve.steps if step.ended],
        note=_(
            "Kaplan and Meier's estimate, a row for each time at which one ended; those that live count for as long as "
            "they were seen. The last column is how many lived until then: the fewer, the less sure."
        ),
    )


def _step_record(step: SurvivalStep) -> Record:
    return {
        "part": "step",
        "days": step.at,
        "at_risk": step.at_risk,
        "ended": step.ended,
        "censored": step.censored,
        "survival": step.survival,
        "standard_error": step.standard_error,
        "interval": interval_record(step.interval),
        "incidence": {reason.value: share for reason, share in step.incidence.items()},
    }


def _bar(share: float) -> str:
    filled = round(share * _BAR)
    return "█" * filled + "·" * (_BAR - filled)


def _between(record: Record) -> str:
    ends = record["interval"]
    return "–" if ends is None else f"{percent(ends['low'])}–{percent(ends['high'])}"


def _endings_block(curve: SurvivalCurve, enough: int) -> Block:
    last: Mapping[EndReason, float] = curve.steps[-1].incidence if curve.steps else {}
    shares = Column(_("of all, in the end"), lambda record: percent(record["incidence"]), number=True)
    told = [reason for reason, count in curve.endings.items() if count]
    return Block(
        columns=(
            Column("", lambda record: end_reason_words(record["because"])),
            Column(_("ended"), lambda record: str(record["endings"]), number=True),
            *((shares,) if curve.alliances >= enough else ()),
        ),
        records=[
            {"part": "ending", "because": reason, "endings": curve.endings[reason], "incidence": last[reason]}
            for reason in told
        ],
        heading=_("Why they ended: an ending is not a failure") if told else "",
        note=_("By the longest time seen, with the other reasons at work (Aalen and Johansen).") if told else "",
        empty=_("None of them has ended."),
    )


def _undated_words(undated: Sequence[str]) -> str:
    told = _("Left out, since nobody wrote down when it began (formed_on): {names}.")
    return told.format(names=", ".join(undated))


def _published_block() -> Block:
    return Block(
        columns=(
            Column("", lambda record: f"{record['of']}{record['among']}"),
            Column("", lambda record: f"{record['found']} {record['source']}."),
        ),
        records=[
            {
                "part": "published",
                "of": rate.of,
                "counted": rate.counted,
                "among": "" if rate.counted is None else f" ({rate.counted})",
                "found": rate.found,
                "source": rate.source,
            }
            for rate in published_rates()
        ],
        heading=_("What others have counted, as published: of other kinds, elsewhere"),
        note=_("They stand beside yours and are not mixed with them; none is what an alliance should reach."),
    )
