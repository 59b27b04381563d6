"""What ``lichen progress outcomes`` prints of one outcome: the answer, the figures, how surely, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from rich.text import Text

from lichen.cli.answers import Block, Column, Line, Record, styled
from lichen.cli.progress.figures import finite, interval_line, interval_record
from lichen.language import _, ngettext
from lichen.paper import one_line, written_day
from lichen.progress.comparison import OutcomeGroup
from lichen.progress.outcome_words import (
    arm_words,
    caution_words,
    cell_words,
    change_words,
    method_words,
    missing_words,
    outcome_answer,
    permuted_words,
)
from lichen.progress.outcomes import Arm, EarlierGap, OutcomeResult
from lichen.progress.words import interval_words, number_words, signed_words

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
        "sentence": outcome_answer(found),
    }


def _sign(record: Record) -> tuple[str, str]:
    if record["interval"] is None:
        return ("?", "yellow")
    return {True: ("✓", "green"), False: ("▲", "red"), None: ("=", "dim")}[record["is_better"]]


def _lines(found: OutcomeResult) -> Iterator[Line]:
    yield from (_plain(line) for line in _figures(found))
    yield from _interval_lines(found)
    yield from (_plain(line) for line in _claim_lines(found))
    yield from (_plain(_earlier_words(gap, found)) for gap in found.earlier)
    yield from ((styled(("▲", "yellow")), styled(caution_words(each))) for each in found.cautions)
    if found.missing:
        told = _("For an interval write down: {missing}.").format(missing="; ".join(missing_words(found)))
        yield styled(("▲", "yellow")), styled(told)


def _plain(line: str) -> Line:
    return Text(""), styled(line)


def _figures(found: OutcomeResult) -> Iterator[str]:
    for arm, group in ((Arm.REACHED, found.outcome.reached), (Arm.COMPARED, found.outcome.compared)):
        name = one_line(group.who) or arm_words(arm)
        if group.places:
            places = ngettext("{count} place", "{count} places", len(group.places)).format(count=len(group.places))
            mean = sum(place.after - place.before for place in group.places) / len(group.places)
            yield _("{name}: {places}, on average {change}").format(
                name=name, places=places, change=change_words(found, mean)
            )
        elif group.before.value is not None and group.after.value is not None:
            change = change_words(found, group.after.value - group.before.value)
            told = _("{name}: {before} → {after}, {change}")
            yield told.format(
                name=name, before=cell_words(found, group.before), after=cell_words(found, group.after), change=change
            )
        else:
            yield _("{name}: {known}").format(name=name, known=_known(found, group))


def _known(found: OutcomeResult, group: OutcomeGroup) -> str:
    if group.reported_change is not None:
        return _("a change of {percent}%, as somebody reported it").format(percent=signed_words(group.reported_change))
    return _("before or after is not written down")


def _interval_lines(found: OutcomeResult) -> Iterator[Line]:
    if found.interval is not None and found.difference is not None:
        told = _("The gap lies {interval}, at 95% ({method}); the upright stroke is no gap:")
        yield _plain(told.format(interval=interval_words(found.interval), method=method_words(found)))
        yield _plain(interval_line(found.difference, found.interval))
    if found.permutation is not None:
        yield _plain(permuted_words(found.permutation))
    if found.t_interval is not None and found.t_interval is not found.interval:
        told = _("By Student's t on {degrees} degrees, not to be trusted with so few places: {interval}.")
        degrees = number_words(found.degrees or 0)
        yield _plain(told.format(degrees=degrees, interval=interval_words(found.t_interval)))


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
        moved=change_words(found, gap.moved),
        surely=surely,
    )
