"""The answer of a simulation as blocks: the sentence and its caution, then the curve, the endings and the doubts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lichen.cli.alliance.names import team_name
from lichen.cli.answers import Block, Column, Record, percent, styled
from lichen.language import _
from lichen.paper import written_day
from lichen.simulate.assumptions import Assumption, Assumptions, assumption_table
from lichen.simulate.changes import Advice, Effect
from lichen.simulate.deriving import Derived, DerivedLife, Origin, Part
from lichen.simulate.outlook import EndingShare, Moment, Outlook
from lichen.simulate.sensitivity import Sensitivity, Steadiness, Swing
from lichen.simulate.words import (
    amount_assumed,
    answer_words,
    assumption_words,
    basis_words,
    caution_words,
    ending_words,
    remedy_words,
    time_words,
)

__all__ = ["answer_blocks", "assumption_block"]

_BAR, _SHORT_BAR = 40, 24
_LINES, _SWINGS = 10, 8
Names = Mapping[str, str]


def answer_blocks(
    found: Outlook,
    advice: Advice,
    leaning: Sensitivity,
    steady: Steadiness,
    derived: DerivedLife,
    names: Names,
    assumed: Assumptions,
    *,
    every: bool,
) -> Iterator[Block]:
    """Everything that a simulation has to say, the answer first.

    Args:
        found: The answer of ``outlook``.
        advice: The answer of ``most_helpful_change``.
        leaning: The answer of ``sensitivity``.
        steady: The answer of ``steadiness``.
        derived: The answer of ``life_of``.
        names: The partners' names by their ids.
        assumed: What is assumed.
        every: Whether all changes are shown to people, not only the best.
    """
    yield _answer_block(found, leaning)
    yield _curve_block(found)
    yield _ending_block(found)
    yield from _advice_blocks(advice, steady, names, every=every)
    yield _swing_block(leaning, assumed)
    yield _derived_block(derived)


def assumption_block(rows: Sequence[Assumption]) -> Block:
    """The table of assumptions.

    Args:
        rows: The answer of ``assumption_table``.
    """
    return Block(
        columns=(
            Column(_("Name"), lambda record: f"{record['name']}\n  {record['about']}; {record['basis_told']}"),
            Column(_("Assumed"), lambda record: record["told"], number=True),
            Column(_("Low–high"), lambda record: f"{record['low']:g}–{record['high']:g}", number=True),
        ),
        records=[
            {
                "part": "assumption",
                "name": each.name,
                "about": assumption_words(each.name),
                "value": each.value,
                "low": each.low,
                "high": each.high,
                "unit": each.unit,
                "basis": each.basis,
                "source": each.source,
                "told": amount_assumed(each.value, each.unit),
                "basis_told": basis_words(each),
            }
            for each in rows
        ],
        heading=_("What the simulation assumes"),
        note=_("Unvalidated. To assume otherwise: lichen simulate alliance.yaml --assume budget_cut=0.2"),
    )


def _answer_block(found: Outlook, leaning: Sensitivity) -> Block:
    last, ends = found.last, [end for swing in leaning.swings for end in (swing.at_low, swing.at_high)]
    leans = _("With one assumption at an end of its range, {low} to {high} of 100 would not have broken up.").format(
        low=f"{100 * min(ends):.0f}", high=f"{100 * max(ends):.0f}"
    )
    record = {
        "part": "answer",
        "months": last.month,
        "runs": found.runs,
        "seed": found.seed,
        "alive": last.alive,
        "alive_low": last.alive_between.low,
        "alive_high": last.alive_between.high,
        "failed": last.failed,
        "failed_low": last.failed_between.low,
        "failed_high": last.failed_between.high,
        "fulfilled": last.fulfilled,
        "median_month": found.median,
        "validated": False,
        "caution": caution_words(),
    }
    return Block(
        columns=(Column("", lambda record: answer_words(found)),),
        records=[record],
        heading=_("How long might this alliance live?"),
        note=f"{caution_words()} {leans}",
    )


def _curve_block(found: Outlook) -> Block:
    step = max(1, -(-found.last.month // _LINES))
    chosen = [*found.moments[step::step]]
    if chosen[-1] is not found.last:
        chosen.append(found.last)
    note = _("Of {runs:,} simulated lives. Between: how far chance in the simulation moves it, 19 times of 20.")
    return Block(
        columns=(
            Column(_("After"), lambda record: time_words(record["month"])),
            Column(_("Going on"), lambda record: percent(record["alive"]), number=True),
            Column(_("Between"), lambda record: _between(record["alive_low"], record["alive_high"]), number=True),
            Column("", lambda record: styled((_bar(record["alive"], 1, _BAR), "green"))),
        ),
        records=[_moment_record(moment) for moment in chosen],
        heading=_("Still going"),
        note=note.format(runs=found.runs),
    )


def _moment_record(moment: Moment) -> Record:
    return {
        "part": "moment",
        "month": moment.month,
        "alive": moment.alive,
        "alive_low": moment.alive_between.low,
        "alive_high": moment.alive_between.high,
        "failed": moment.failed,
        "failed_low": moment.failed_between.low,
        "failed_high": moment.failed_between.high,
        "fulfilled": moment.fulfilled,
    }


def _ending_block(found: Outlook) -> Block:
    most = max((each.share for each in found.endings), default=1.0)
    return Block(
        columns=(
            Column("", lambda record: record["told"]),
            Column("", lambda record: percent(record["share"]), number=True),
            Column("", lambda record: styled((_bar(record["share"], most, _SHORT_BAR), _ink(record)))),
        ),
        records=[_ending_record(each) for each in found.endings],
        heading=_("How the others ended"),
        empty=_("None ended."),
    )


def _ending_record(each: EndingShare) -> Record:
    return {
        "part": "ending",
        "ending": each.ending,
        "is_failure": each.ending.is_failure,
        "share": each.share,
        "low": each.between.low,
        "high": each.between.high,
        "told": ending_words(each.ending),
    }


def _ink(record: Record) -> str:
    return "yellow" if record["is_failure"] else "green"


def _advice_blocks(advice: Advice, steady: Steadiness, names: Names, *, every: bool) -> Iterator[Block]:
    told = _advice_words(advice, names)
    record = {
        "part": "advice",
        "best": None if advice.best is None else advice.best.remedy,
        "as_good": [each.remedy for each in advice.as_good],
        "in_place_or_impossible": list(advice.in_place),
        "same_advice": steady.same,
        "tried": steady.tried,
        "sentence": told,
    }
    yield Block(
        columns=(Column("", lambda record: record["sentence"]),),
        records=[record],
        heading=_("Which single change would help most?"),
        note=_steady_words(steady) if advice.effects else "",
    )
    note = _(
        "Saved: lives of 100 that break up without the change and not with it, under the same shocks. What a change"
        " costs the simulation does not know."
    )
    yield Block(
        columns=(
            Column(_("If you were to"), lambda record: record["told"]),
            Column(_("Saved"), lambda record: f"{100 * record['saved']:.1f}", number=True),
            Column(_("Between"), lambda record: _tenths(record["low"], record["high"]), number=True),
        )
        if every
        else (),
        records=[_effect_record(each, names) for each in advice.effects] if every else [],
        note=note,
        empty="" if every or not advice.effects else _("What each change would do: lichen simulate --what-if"),
    )


def _advice_words(advice: Advice, names: Names) -> str:
    if not advice.effects:
        return _("Everything that the simulation knows of is in place.")
    best = advice.best
    if best is None:
        return _("No single change stands out.")
    change = remedy_words(best.remedy, team_name(names, best.partner))
    told = _("To {change}: it would save about {saved} of 100 lives ({between}).").format(
        change=change, saved=f"{100 * best.saved:.0f}", between=_tenths(best.between.low, best.between.high)
    )
    others = [remedy_words(each.remedy, team_name(names, each.partner)) for each in advice.as_good]
    if not others:
        return told
    return f"{told} " + _("As good, as far as can be told: to {others}.").format(others="; ".join(others))


def _steady_words(steady: Steadiness) -> str:
    told = _("The advice is the same in {same} of {tried} tries with another assumption low or high.")
    return told.format(same=steady.same, tried=steady.tried)


def _effect_record(each: Effect, names: Names) -> Record:
    return {
        "part": "change",
        "change": each.remedy,
        "partner": each.partner or None,
        "saved": each.saved,
        "low": each.between.low,
        "high": each.between.high,
        "months_gained": each.months,
        "told": remedy_words(each.remedy, team_name(names, each.partner)),
    }


def _swing_block(leaning: Sensitivity, assumed: Assumptions) -> Block:
    units = {each.name: each.unit for each in assumption_table(assumed)}
    shown = [swing for swing in leaning.swings if swing.width > 0][:_SWINGS]
    ends = [end for swing in shown for end in (swing.at_low, swing.at_high)] + [leaning.not_failed]
    least, most = min(ends), max(ends)
    note = _(
        "Lives of 100 that have not broken up at the end, if one assumption is low or high and all else stays:"
        " {number} as assumed (┃), from {runs:,} lives each. All of them: lichen simulate --assumptions"
    )
    return Block(
        columns=(
            Column(_("If this is …"), lambda record: record["told"]),
            Column(_("low"), lambda record: f"{100 * record['at_low']:.0f}", number=True),
            Column(_("high"), lambda record: f"{100 * record['at_high']:.0f}", number=True),
            Column("", lambda record: _tornado(record, leaning.not_failed, least, most)),
        ),
        records=[_swing_record(swing, amount_assumed(swing.high, units[swing.name]), swing.low) for swing in shown],
        heading=_("What the answer hangs on"),
        note=note.format(number=f"{100 * leaning.not_failed:.0f}", runs=leaning.runs),
        empty=_("Nothing that is assumed moves the answer."),
    )


def _swing_record(swing: Swing, high: str, low: float) -> Record:
    return {
        "part": "swing",
        "assumption": swing.name,
        "low": swing.low,
        "high": swing.high,
        "at_low": swing.at_low,
        "at_high": swing.at_high,
        "told": f"{assumption_words(swing.name)} ({low:g} – {high})",
    }


def _tornado(record: Record, middle: float, least: float, most: float) -> str:
    """A bar from the one answer to the other, with a mark where the answer is as assumed."""
    scale = (_SHORT_BAR - 1) / max(most - least, 1e-9)
    low, high = sorted(round((record[end] - least) * scale) for end in ("at_low", "at_high"))
    centre = round((middle - least) * scale)
    return "".join(
        "┃" if place == centre else "█" if low <= place <= high else " " for place in range(_SHORT_BAR)
    ).rstrip()


def _derived_block(derived: DerivedLife) -> Block:
    return Block(
        columns=(Column("", lambda record: record["part_told"]), Column("", lambda record: record["told"])),
        records=[
            {
                "part": "begins with",
                "what": each.part,
                "origin": each.origin,
                "known": each.known,
                "of": each.of,
                "on": None if each.on is None else each.on.isoformat(),
                "part_told": _part_words(each.part),
                "told": _derived_words(each),
            }
            for each in derived.parts
        ],
        heading=_("What it begins with, and where that is from"),
    )


def _part_words(part: Part) -> str:
    return {
        Part.COVER: _("Who covers what"),
        Part.TRUST: _("Trust"),
        Part.CHECK_INS: _("Check-ins"),
        Part.CLAUSE: _("Clause"),
        Part.LIAISONS: _("Liaisons"),
        Part.SECOND_COVER: _("Second cover"),
        Part.THREAT: _("Shared threat"),
    }[part]


def _derived_words(each: Derived) -> str:
    """Where one part is from; no rating and no need is told."""
    day = "" if each.on is None else written_day(each.on)
    if each.part is Part.COVER:
        told = _("from the audits of {known} of {of} partners")
    elif each.part is Part.TRUST:
        if each.origin is Origin.ASSUMED:
            return _("assumed: no ratings of a check-in may be shown")
        told = _("as {known} of {of} partners rated it on {day}")
        told = told if each.known == each.of else f"{told}; {_('assumed for the others')}"
    elif each.part is Part.CHECK_INS:
        return _check_in_words(each, day)
    elif each.part is Part.LIAISONS:
        told = _("named by {known} of {of} partners in the charter")
    else:
        return _whole_words(each)
    return told.format(known=each.known, of=each.of, day=day)


def _check_in_words(each: Derived, day: str) -> str:
    if each.on is None:
        return _("none held and none agreed")
    told = {
        (Origin.CHECK_IN, 1): _("the last was held on {day}"),
        (Origin.CHECK_IN, 0): _("lapsed: none since {day}, so none is counted"),
        (Origin.CHARTER, 1): _("agreed from {day} on; counted, though none is written down yet"),
        (Origin.CHARTER, 0): _("agreed from {day} on, but none is written down, so none is counted"),
    }
    return told[each.origin, each.known].format(day=day)


def _whole_words(each: Derived) -> str:
    return {
        (Part.CLAUSE, 1): _("in the charter, or used"),
        (Part.CLAUSE, 0): _("none: the charter is not signed, and nothing was recorded under a clause"),
        (Part.SECOND_COVER, 0): _("none assumed: the file does not say who would stand in"),
        (Part.THREAT, 1): _("the alliance rests on one, as the charter says"),
        (Part.THREAT, 0): _("the charter rests on none"),
    }[each.part, each.known]


def _between(low: float, high: float) -> str:
    return f"{100 * low:.0f}–{100 * high:.0f}%"


def _tenths(low: float, high: float) -> str:
    return _("{low} to {high}").format(low=f"{100 * low:.1f}", high=f"{100 * high:.1f}")


def _bar(share: float, most: float, width: int) -> str:
    return "█" * round(width * share / most)
