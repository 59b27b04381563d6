"""How far goals were reached, and what was reached together beside a comparison group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lichen.brief.phrases import capitalised, within_sentence
from lichen.language import _, ngettext
from lichen.paper import written_day
from lichen.progress.attainment import Attainment, GoalStanding, attainment
from lichen.progress.comparison import OutcomeGroup
from lichen.progress.outcome_words import (
    arm_words,
    caution_words,
    cell_words,
    change_words,
    method_words,
    missing_words,
    outcome_answer,
)
from lichen.progress.outcomes import Arm, OutcomeDesign, OutcomeResult, outcome_result
from lichen.progress.values import Goal
from lichen.progress.words import interval_words, signed_words
from lichen.report.charts import Dots, Span, dots_svg, spans_svg
from lichen.report.document import Block, Chart, Note, Paragraph, Table
from lichen.report.seeing import Seeing
from lichen.report.sights import Extent, ReportPart

__all__ = ["goals_blocks", "outcome_words", "outcomes_blocks", "outcomes_of"]


def goals_blocks(seen: Seeing) -> Iterator[Block]:
    """The goals that the audience may read, and for a funder how many of the others were reached.

    Args:
        seen: What the audience may see.
    """
    goals = seen.alliance.progress.goals
    found = _attained(seen, [goal for goal in goals if seen.may_tell(goal.owner, goal.code)])
    counted = _attained(seen, [goal for goal in goals if seen.may_count(goal.owner, goal.code)])
    if not counted:
        if seen.sees(ReportPart.GOALS) is not Extent.TOTALS:
            yield Paragraph(_("No goal is open here yet: agree on five steps for a need, below progress, goals."))
        return
    yield Paragraph(_reached_words(counted))
    for one in found:
        yield from _of_partner(seen, one)
    yield _goals_method(seen, counted)


def outcomes_blocks(seen: Seeing) -> Iterator[Block]:
    """Each joint outcome beside its comparison group, with its interval or with what is missing for one.

    Args:
        seen: What the audience may see.
    """
    results = outcomes_of(seen)
    if not results:
        if seen.sees(ReportPart.GOALS) is not Extent.TOTALS:
            told = _("No joint outcome is measured yet: measure a baseline before you begin, there and elsewhere.")
            yield Paragraph(told)
        return
    for unit in dict.fromkeys(_unit(seen, found) for found in results):
        of_unit = [found for found in results if _unit(seen, found) == unit]
        drawn = [found for found in of_unit if found.difference is not None]
        if drawn:
            told = _("What changed beyond what changed anyway; right of the dots is more; the bar says how surely.")
            svg = spans_svg(told, [_span(seen, found) for found in drawn], unit)
            yield Chart(_("Joint outcomes beside a comparison"), told, svg, _outcomes_table(seen, of_unit))
        else:
            yield _outcomes_table(seen, of_unit)
    for found in results:
        yield Note(" ".join(_outcome_notes(seen, found)))


def outcomes_of(seen: Seeing) -> list[OutcomeResult]:
    """The joint outcomes; what somebody only reported, without figures, is none."""
    results = [outcome_result(one) for one in seen.alliance.progress.outcomes if not one.claimed_in.strip()]
    return [found for found in results if found.design is not OutcomeDesign.CLAIM]


def outcome_words(seen: Seeing) -> str:
    """The first joint outcome in a sentence."""
    results = outcomes_of(seen)
    if not results:
        return _("No joint outcome has been measured beside a comparison group yet.")
    first = results[0]
    told = _("{what}: {answer}").format(what=_what(seen, first), answer=_lowered(outcome_answer(first)))
    if first.interval is not None:
        told = _("{told} The interval runs {interval}.").format(told=told, interval=interval_words(first.interval))
    return told


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _attained(seen: Seeing, goals: Sequence[Goal]) -> tuple[Attainment, ...]:
    return attainment(goals, seen.on, seen.alliance.progress.rules)


def _reached_words(found: Sequence[Attainment]) -> str:
    judged = [standing for one in found for standing in one.goals if standing.now is not None]
    goals = sum(len(one.goals) for one in found)
    reached = sum(standing.now.attained >= 0 for standing in judged if standing.now is not None)
    told = ngettext(
        "Of {goals} goal agreed before work started, {reached} is reached as expected or better.",
        "Of {goals} goals agreed before work started, {reached} are reached as expected or better.",
        goals,
    )
    return told.format(goals=goals, reached=reached)


def _of_partner(seen: Seeing, one: Attainment) -> Iterator[Block]:
    drawn = [standing for standing in one.goals if standing.read]
    rows = tuple(_goal_row(seen, standing) for standing in one.goals)
    name = seen.name(one.owner)
    caption = _("The steps in words: {name}").format(name=name)
    headings = (_("goal"), _("at the start"), _("expected"), _("now"))
    table = Table(caption, headings, rows, is_detail=bool(drawn))
    if not drawn:
        yield table
        return
    told = _("Each goal at the start (hollow) and now (full), from −2 to +2; 0 is as expected.")
    dots = [
        Dots(_goal_what(seen, each.goal), each.read[0].attained, each.read[-1].attained, _steps(each)) for each in drawn
    ]
    score = "" if one.change is None else _(", score {change} since the start").format(change=signed_words(one.change))
    ends = (_("−2 much less"), _("much more +2"))
    yield Chart(
        _("{name}: goals{score}").format(name=name, score=score), told, dots_svg(told, dots, (-2, 2), ends), table
    )


def _goal_row(seen: Seeing, standing: GoalStanding) -> tuple[str, ...]:
    goal = standing.goal

    def step(place: float | None) -> str:
        return (
            _("not judged")
            if place is None
            else seen.kept(goal.steps[round(place) + 2], about=goal.code) or f"{place:+g}"
        )

    start = None if standing.start is None else standing.start.attained
    now = None if standing.now is None else standing.now.attained
    return _goal_what(seen, goal), step(start), step(0), step(now)


def _goal_what(seen: Seeing, goal: Goal) -> str:
    return capitalised(seen.kept(goal.what, about=goal.code) or within_sentence(goal.code))


def _steps(standing: GoalStanding) -> str:
    return " → ".join(signed_words(reading.attained) for reading in (standing.read[0], standing.read[-1]))


def _goals_method(seen: Seeing, found: Sequence[Attainment]) -> Note:
    goals = sum(len(one.goals) for one in found)
    judged = sum(standing.now is not None for one in found for standing in one.goals)
    told = _(
        "Goal attainment scaling: five written steps for each goal, agreed before work starts; judged twice: {judged} "
        "of {goals}. Judges mostly agree on it, and it says little of what it is to measure: read it beside the "
        "outcomes."
    )
    return Note(told.format(judged=judged, goals=goals))


def _what(seen: Seeing, found: OutcomeResult) -> str:
    return capitalised(seen.kept(found.outcome.what) or _("a joint outcome"))


def _unit(seen: Seeing, found: OutcomeResult) -> str:
    return _("points") if found.outcome.is_share else seen.kept(found.outcome.unit)


def _span(seen: Seeing, found: OutcomeResult) -> Span:
    interval, value = found.interval, found.difference or 0.0
    bounded = interval is not None and interval.is_bounded
    return Span(
        _what(seen, found),
        value,
        interval.low if interval is not None and bounded else None,
        interval.high if interval is not None and bounded else None,
        _gap_words(found),
    )


def _gap_words(found: OutcomeResult) -> str:
    if found.difference is None:
        return _("too little is written down")
    gap = change_words(found, found.difference)
    if found.interval is None:
        return _("{gap}; no interval").format(gap=gap)
    return _("{gap}; 95%: {interval}").format(gap=gap, interval=interval_words(found.interval))


def _outcomes_table(seen: Seeing, results: Sequence[OutcomeResult]) -> Table:
    headings = (_("outcome"), _("those reached"), _("those compared"), _("gap"))
    rows = tuple(
        (
            _what(seen, found),
            _group(seen, found, Arm.REACHED, found.outcome.reached),
            _group(seen, found, Arm.COMPARED, found.outcome.compared),
            _gap_words(found),
        )
        for found in results
    )
    return Table(
        _("The same in figures"), headings, rows, is_detail=any(found.difference is not None for found in results)
    )


def _group(seen: Seeing, found: OutcomeResult, arm: Arm, group: OutcomeGroup) -> str:
    name = seen.kept(group.who) or arm_words(arm)
    if group.places:
        mean = sum(place.after - place.before for place in group.places) / len(group.places)
        places = ngettext("{count} place", "{count} places", len(group.places)).format(count=len(group.places))
        return _("{name} ({places}): {change} on average").format(
            name=name, places=places, change=change_words(found, mean)
        )
    if group.before.value is None or group.after.value is None:
        return _("{name}: before or after is not written down").format(name=name)
    before, after = cell_words(found, group.before), cell_words(found, group.after)
    return _("{name}: {before} → {after}").format(name=name, before=before, after=after)


def _outcome_notes(seen: Seeing, found: OutcomeResult) -> Iterator[str]:
    yield _("{what}. {answer}").format(what=_what(seen, found), answer=outcome_answer(found))
    if found.interval is not None:
        yield _("Difference in differences, {method}.").format(method=method_words(found))
    yield from map(caution_words, found.cautions)
    if found.missing:
        yield _("For an interval is missing: {missing}.").format(missing="; ".join(missing_words(found)))
    if found.difference is not None:
        yield _("It assumes that without the alliance both would have moved alike, which no figure can prove.")
    days = [group.after.on for group in (found.outcome.reached, found.outcome.compared) if group.after.on is not None]
    if days:
        yield _("Measured until {day}.").format(day=written_day(max(days)))
