"""What ``lichen progress reduction`` prints of each partner's needs, and how it is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rich.text import Text

from lichen.brief.phrases import capitalised, label, within_sentence
from lichen.cli.alliance.names import team_name
from lichen.cli.answers import Block, Column, Record, styled
from lichen.cli.progress.bars import bar
from lichen.language import _
from lichen.paper import written_day
from lichen.progress.needs import NeedCourse
from lichen.progress.picture import Bar, BarGroup, bars_svg
from lichen.progress.reduction import NeedReduction, Reduction
from lichen.progress.words import percent_words

__all__ = ["Told", "method_block", "reduction_blocks", "reduction_picture"]

_STEPS = 5


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be told, and to whom."""

    found: tuple[Reduction, ...]
    """One for each partner, then all together; of what the reader may see."""
    names: Mapping[str, str]
    """The partners' names by their ids."""
    reader: str
    """Id of the partner whose copy it is; empty is the facilitator, who is told everything."""

    def is_whole(self, one: Reduction) -> bool:
        """Whether every need of it is here: figures over all of them would betray those that were not opened."""
        return self.reader in ("", one.owner)


def reduction_blocks(told: Told) -> Iterator[Block]:
    """A picture in text for each partner, what came up since, the waves, and how to read it.

    Args:
        told: What may be told.
    """
    *partners, whole = told.found
    if not any(one.changes or one.new for one in partners):
        yield Block((), (), empty=_("No partner has rated its needs yet. Begin with its audit: lichen audit"))
        return
    for one in partners:
        yield _partner_block(one, told)
        if told.is_whole(one):
            yield from _figures(one)
    if told.is_whole(whole) and len(partners) > 1:
        yield _whole_block(whole)


def method_block(told: Told) -> Block:
    """How the figures were reckoned, of how many needs, and what they are not."""
    return Block((), (), empty=_method(told))


def reduction_picture(told: Told) -> str:
    """The needs of all partners as bars: pale at the baseline, dark now, hatched where worse."""
    groups = [
        BarGroup(_heading(one, told), tuple(_bar(change) for change in one.changes))
        for one in told.found[:-1]
        if one.changes
    ]
    key = _("Pale at the start, dark now, hatched where it got worse.")
    return bars_svg(_("How far the needs have fallen"), groups, f"{key} {_method(told)}")


def _bar(change: NeedReduction) -> Bar:
    before, now = change.need.before.severity, change.need.now.severity
    steps = _("{before} → {now}: {change}").format(before=before, now=now, change=_change_words(change))
    return Bar(label(change.need.code), before / _STEPS, now / _STEPS, steps, change.need.fall < 0)


def _partner_block(one: Reduction, told: Told) -> Block:
    whole = told.is_whole(one)
    return Block(
        columns=(
            Column("", lambda record: capitalised(within_sentence(record["code"]))),
            Column("", lambda record: f"{bar(record['before'], _STEPS)} → {bar(record['now'], _STEPS)}", number=True),
            Column("", _change),
        ),
        records=[_need_record(change, whole) for change in one.changes],
        heading=_heading(one, told),
        empty=_("None of its needs at the start was rated."),
    )


def _need_record(change: NeedReduction, whole: bool) -> Record:
    need = change.need
    shown = {
        "part": "need",
        "owner": need.owner,
        "code": need.code,
        "since": need.before.on.isoformat(),
        "before": need.before.severity,
        "on": need.now.on.isoformat(),
        "now": need.now.severity,
        "percent": change.percent,
        "change": _change_words(change),
    }
    return {**shown, "weight": need.weight, "points": change.points} if whole else shown


def _change_words(change: NeedReduction) -> str:
    if len(change.need.readings) == 1:
        return _("not rated again yet")
    return _("gone") if change.need.now.severity == 0 else percent_words(change.percent)


def _change(record: Record) -> Text:
    if record["now"] > record["before"]:
        return styled((_("▲ {change}").format(change=record["change"]), "bold red"))
    return styled((record["change"], "green" if record["now"] < record["before"] else "dim"))


def _heading(one: Reduction, told: Told) -> str:
    name = team_name(told.names, one.owner)
    if not told.is_whole(one):
        return _("{name}: what it opened to you").format(name=name)
    if one.index is None:
        return _("{name}: not rated again since its audit").format(name=name)
    since = min(change.need.before.on for change in one.changes)
    words = _("{name}: {change} than on {day}") if round(one.index) else _("{name}: {change} since {day}")
    return words.format(name=name, change=percent_words(one.index), day=written_day(since))


def _figures(one: Reduction) -> Iterator[Block]:
    """How far the needs lie apart, what came up since, and the figure at each check-in."""
    records: list[Record] = []
    if one.spread is not None:
        spread = one.spread
        between = _("The needs lie between {lowest} and {highest}; the middle one: {median}.")
        sentence = between.format(
            lowest=percent_words(spread.lowest),
            highest=percent_words(spread.highest),
            median=percent_words(spread.median),
        )
        quartiles = {"lower_quartile": spread.lower_quartile, "upper_quartile": spread.upper_quartile}
        ends = {"lowest": spread.lowest, "median": spread.median, "highest": spread.highest}
        records.append(_said("index", one, sentence, index=one.index, **ends, **quartiles))
    records += [_said("new", one, _new_words(need), code=need.code, now=need.now.severity) for need in one.new]
    if records:
        yield Block(columns=(Column("", lambda record: record["sentence"]),), records=records)
    if len(one.waves) > 1:
        yield _waves_block(one)


def _said(part: str, one: Reduction, sentence: str, **figures: object) -> Record:
    return {"part": part, "owner": one.owner, **figures, "sentence": sentence}


def _new_words(need: NeedCourse) -> str:
    now = _("now {severity} of 5").format(severity=need.now.severity) if need.now.severity else _("gone by now")
    words = _("New since {day}, and not in the figure: {need}, {now}.")
    return words.format(day=written_day(need.before.on), need=within_sentence(need.code), now=now)


def _waves_block(one: Reduction) -> Block:
    return Block(
        columns=(
            Column(_("At the check-in of"), lambda record: written_day(date.fromisoformat(record["on"]))),
            Column("", lambda record: percent_words(record["index"])),
            Column("", lambda record: "" if record["answered"] else _("not all answered")),
        ),
        records=[
            {
                "part": "wave",
                "owner": one.owner,
                "on": wave.on.isoformat(),
                "index": wave.index,
                "answered": wave.answered,
            }
            for wave in one.waves
        ],
    )


def _whole_block(whole: Reduction) -> Block:
    sentence = _("All partners together, each counting alike: {change}. Read it after each partner's own.")
    told = (
        _("Nothing has been rated again yet. Hold a check-in, and write it below checkins.")
        if whole.index is None
        else sentence.format(change=percent_words(whole.index))
    )
    record = {"part": "index", "owner": "", "index": whole.index, "sentence": told}
    return Block(columns=(Column("", lambda shown: shown["sentence"]),), records=[record])


def _method(told: Told) -> str:
    """How it was reckoned, of how many needs, and what it is not."""
    own = [change for one in told.found[:-1] if told.is_whole(one) for change in one.changes]
    reckoned = _("Weighted by severity and rank at the audit, or as stated; needs: {needs}, partners: {partners}.")
    first = reckoned.format(needs=len(own), partners=len({change.need.owner for change in own}))
    if told.reader:
        first = _("{reckoned} Of the others only what they opened to you in words is here.").format(reckoned=first)
    return f"{first}\n{_limits()}"


def _limits() -> str:
    return _(
        "A percentage of self-rated severity: what the partners say of themselves, not what was measured. It does not "
        "show that the alliance is the cause."
    )
