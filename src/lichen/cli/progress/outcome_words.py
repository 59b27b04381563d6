"""What ``lichen progress outcomes`` prints of one outcome: the answer, the figures, how surely, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from rich.text import Text

from lichen.cli.answers import Block, Column, Line, Record, styled
from lichen.cli.progress.figures import (
    finite,
    interval_line,
    interval_record,
    interval_words,
    number_words,
    signed_words,
)
from lichen.language import _, ngettext
from lichen.paper import one_line, written_day
from lichen.progress.comparison import OutcomeGroup, OutcomeReading
from lichen.progress.intervals import IntervalMethod
from lichen.progress.outcomes import (
    Arm,
    EarlierGap,
    MissingFigure,
    MissingFigureName,
    OutcomeCaution,
    OutcomeDesign,
    OutcomeResult,
)
from lichen.progress.permuting import Permuted

__all__ = ["outcome_blocks"]


def outcome_blocks(results: Sequence[OutcomeResult]) -> Iterator[Block]:
    """Each outcome with its answer above and the reasons below, and at the end what all of it assumes.

    Args:
        results: The answers of ``outcome_result``.
    """
    for found in results:
        yield Block(
            columns=(Column("", lambda record: styled(_sign(record), " ", (record["sentence"], "bold"))),),
            records=[_record(found)],
            heading=one_line(found.outcome.what),
            below=partial(_below, found),
        )
    if any(found.difference is not None for found in results):
        assumed = _(
            "Assumed, and beyond proof: without the alliance both groups would have moved alike. Whatever else began "
            "only where the alliance works is in the gap, too."
        )
        yield Block((), (), empty=assumed)


def _below(found: OutcomeResult, _record: Record) -> Iterator[Line]:
    return _lines(found)


def _record(found: OutcomeResult) -> Record:
    dealt = found.permutation
    return {
        "part": "outcome",
        "what": one_line(found.outcome.what),
        "unit": found.outcome.unit,
        "design": found.design,
        "difference": found.difference,
        "standard_error": found.standard_error,
        "degrees": finite(found.degrees),
        "interval": interval_record(found.interval),
        "t_interval": interval_record(found.t_interval),
        "is_better": found.is_better,
        "p": None if dealt is None else dealt.p,
        "ways": None if dealt is None else dealt.ways,
        "tried": None if dealt is None else dealt.tried,
        "missing": [" ".join(filter(None, (each.arm, each.when, each.name))) for each in found.missing],
        "cautions": list(found.cautions),
        "points": None if found.claim is None else found.claim.points,
        "relative": None if found.claim is None else found.claim.relative,
        "claimed_in": found.outcome.claimed_in,
        "sentence": _answer(found),
    }


def _sign(record: Record) -> tuple[str, str]:
    if record["interval"] is None:
        return ("?", "yellow")
    return {True: ("✓", "green"), False: ("▲", "red"), None: ("=", "dim")}[record["is_better"]]


def _answer(found: OutcomeResult) -> str:
    if found.design is OutcomeDesign.CLAIM:
        return _("Two changes without the figures behind them: no interval is possible.")
    if found.difference is None:
        return _("Too little is written down to compare.")
    size = _amount(found, abs(found.difference))
    if found.interval is None:
        return _("The gap is {size}, and nobody can say how surely.").format(size=size)
    if found.is_better is None:
        return _("The gap is {size}, which cannot be told from chance.").format(size=size)
    better = _("Better by {size} than what changed anyway; chance hardly explains it.")
    worse = _("Worse by {size} than what changed anyway; chance hardly explains it.")
    return (better if found.is_better else worse).format(size=size)


def _amount(found: OutcomeResult, value: float) -> str:
    unit = ngettext("percentage point", "percentage points", round(value)) if found.outcome.is_share else _unit(found)
    return f"{number_words(value)} {unit}".strip()


def _unit(found: OutcomeResult) -> str:
    return one_line(found.outcome.unit)


def _lines(found: OutcomeResult) -> Iterator[Line]:
    yield from (_plain(line) for line in _figures(found))
    yield from _interval_lines(found)
    yield from (_plain(line) for line in _claim_lines(found))
    yield from (_plain(_earlier_words(gap, found)) for gap in found.earlier)
    yield from ((styled(("▲", "yellow")), styled(_caution_words(each))) for each in found.cautions)
    if found.missing:
        told = _("For an interval write down: {missing}.").format(missing="; ".join(_missing_words(found)))
        yield styled(("▲", "yellow")), styled(told)


def _plain(line: str) -> Line:
    return Text(""), styled(line)


def _figures(found: OutcomeResult) -> Iterator[str]:
    for arm, group in ((Arm.REACHED, found.outcome.reached), (Arm.COMPARED, found.outcome.compared)):
        name = one_line(group.who) or _arm_words(arm)
        if group.places:
            places = ngettext("{count} place", "{count} places", len(group.places)).format(count=len(group.places))
            mean = sum(place.after - place.before for place in group.places) / len(group.places)
            yield _("{name}: {places}, on average {change}").format(
                name=name, places=places, change=_change(found, mean)
            )
        elif group.before.value is not None and group.after.value is not None:
            change = _change(found, group.after.value - group.before.value)
            told = _("{name}: {before} → {after}, {change}")
            yield told.format(
                name=name, before=_cell(found, group.before), after=_cell(found, group.after), change=change
            )
        else:
            yield _("{name}: {known}").format(name=name, known=_known(found, group))


def _known(found: OutcomeResult, group: OutcomeGroup) -> str:
    if group.reported_change is not None:
        return _("a change of {percent}%, as somebody reported it").format(percent=signed_words(group.reported_change))
    return _("before or after is not written down")


def _cell(found: OutcomeResult, cell: OutcomeReading) -> str:
    value = number_words(cell.value or 0) + ("%" if found.outcome.is_share else "")
    return value if cell.n is None else _("{value} (of {n:,})").format(value=value, n=cell.n)


def _change(found: OutcomeResult, value: float) -> str:
    return f"{signed_words(value)} {_('points') if found.outcome.is_share else _unit(found)}".strip()


def _interval_lines(found: OutcomeResult) -> Iterator[Line]:
    if found.interval is not None and found.difference is not None:
        told = _("The gap lies {interval}, at 95% ({method}); the upright stroke is no gap:")
        yield _plain(told.format(interval=interval_words(found.interval), method=_method_words(found)))
        yield _plain(interval_line(found.difference, found.interval))
    if found.permutation is not None:
        yield _plain(_permuted_words(found.permutation))
    if found.t_interval is not None and found.t_interval is not found.interval:
        told = _("By Student's t on {degrees} degrees, not to be trusted with so few places: {interval}.")
        degrees = number_words(found.degrees or 0)
        yield _plain(told.format(degrees=degrees, interval=interval_words(found.t_interval)))


def _method_words(found: OutcomeResult) -> str:
    degrees = number_words(found.degrees or 0)
    words = {
        IntervalMethod.NORMAL: _("normal, four groups of different people"),
        IntervalMethod.WELCH: _("Welch's t, {degrees} degrees, four groups of different people"),
        IntervalMethod.STUDENT: _("Student's t, {degrees} degrees"),
        IntervalMethod.PERMUTATION: _("permutation"),
    }
    return "" if found.interval is None else words[found.interval.method].format(degrees=degrees)


def _permuted_words(dealt: Permuted) -> str:
    words = _("Had chance dealt out the places, a gap this large would come in {share} of {tried:,} ways")
    tail = _("; all were tried.") if dealt.is_exact else _(", drawn from {ways:,}.").format(ways=dealt.ways)
    share = f"{dealt.p:.1%}" if dealt.p >= 0.001 else "<0.1%"
    return words.format(share=share, tried=dealt.tried) + tail


def _claim_lines(found: OutcomeResult) -> Iterator[str]:
    claim = found.claim
    if claim is not None:
        yield _("If both are percentage points, the gap is {points} points.").format(points=number_words(claim.points))
        if claim.relative is not None:
            told = _("If both are relative, those reached ended {relative}% higher than they else would have.")
            yield told.format(relative=signed_words(claim.relative))
    if found.outcome.claimed_in.strip():
        yield _("Claimed in {where}; no source found.").format(where=one_line(found.outcome.claimed_in))


def _earlier_words(gap: EarlierGap, found: OutcomeResult) -> str:
    told = _(
        "Before it began: {reached} and {compared} on {day}; from then to the baseline the gap moved {moved}{surely}."
    )
    surely = "" if gap.interval is None else _(" ({interval})").format(interval=interval_words(gap.interval))
    return told.format(
        reached=number_words(gap.reached),
        compared=number_words(gap.compared),
        day=written_day(gap.on),
        moved=_change(found, gap.moved),
        surely=surely,
    )


def _caution_words(caution: OutcomeCaution) -> str:
    words = {
        OutcomeCaution.FEW_CASES: _("In one of the four fewer than 5 did, or did not: take the interval as rough."),
        OutcomeCaution.NO_SPREAD: _("Nothing varies in any of them, so nothing says how surely."),
        OutcomeCaution.FEW_PLACES: _("So few places that nothing is unlikely by chance: measure more places."),
        OutcomeCaution.NO_EARLIER: _(
            "No figures of both from before the baseline: nobody can see whether they moved alike until then."
        ),
    }
    return words[caution]


def _missing_words(found: OutcomeResult) -> Iterator[str]:
    """What is missing, gathered by group, so that it can be read."""
    for arm in Arm:
        own = [each for each in found.missing if each.arm is arm]
        if own:
            figures = dict.fromkeys(_figure_words(each) for each in own)
            yield _("of {group}: {figures}").format(group=_arm_words(arm), figures=", ".join(figures))


def _figure_words(missing: MissingFigure) -> str:
    names = {
        ("before", MissingFigureName.VALUE): _("the baseline"),
        ("after", MissingFigureName.VALUE): _("the figure afterwards"),
        ("before", MissingFigureName.N): _("among how many at the baseline (n)"),
        ("after", MissingFigureName.N): _("among how many afterwards (n)"),
        ("before", MissingFigureName.SD): _("the standard deviation at the baseline (sd)"),
        ("after", MissingFigureName.SD): _("the standard deviation afterwards (sd)"),
        ("", MissingFigureName.VALUE): _("its places"),
        ("", MissingFigureName.PLACES): _("a second place"),
    }
    return names[missing.when, missing.name]


def _arm_words(arm: Arm) -> str:
    return _("those reached") if arm is Arm.REACHED else _("those compared")
