"""``lichen progress attainment``: how far the goals that were agreed beforehand were reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import typer

from lichen.cli.alliance.given import AllianceFile, given_alliance
from lichen.cli.alliance.names import names_of, team_name
from lichen.cli.answers import Block, Column, Format, Layout, Line, Record, show, styled
from lichen.cli.days import On, day_given
from lichen.cli.drawing import Svg, check_picture, draw
from lichen.cli.group import DONE, FINDINGS, Described, commands
from lichen.cli.keeping import Overwrite
from lichen.cli.progress.reader import Reader, sight_of
from lichen.language import _
from lichen.paper import one_line, written_day
from lichen.progress.attainment import Attainment, GoalFinding, GoalStanding
from lichen.progress.attainment import attainment as attainment_of
from lichen.progress.picture import Bar, BarGroup, bars_svg
from lichen.progress.values import GoalReading, ProgressRules

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def attainment(
    file: AllianceFile = "alliance.yaml",
    reader: Reader = "",
    on: On = None,
    svg: Svg = None,
    overwrite: Overwrite = False,
    layout: Format = Layout.TABLE,
) -> None:
    """Show how far the goals agreed beforehand were reached.

    Each goal has five written steps, from much less than expected to much more, agreed before work starts. The score
    puts unlike goals on one scale: 50 is as expected. What counts is the change since the start. Ends with 1 where a
    goal does not count as it stands, such as one that was judged before its steps were agreed.

    With --for the copy may be given to that partner: of the others' goals it holds those for needs opened to it.

    Example:
        lichen progress attainment alliance.yaml
        lichen progress attainment alliance.yaml --for example-hospital --svg goals.svg
    """
    check_picture(svg, overwrite)
    alliance, day = given_alliance(file), day_given(on)
    names, sees, rules = names_of(alliance), sight_of(alliance, reader), alliance.progress.rules
    found = attainment_of([goal for goal in alliance.progress.goals if sees(goal.owner, goal.code)], day, rules)
    show(layout, *_blocks(found, names, reader, rules))
    if svg is not None:
        draw(_picture(found, names, reader, rules), svg)
    findings = {finding for one in found for standing in one.goals for finding in standing.findings}
    raise typer.Exit(FINDINGS if findings - {GoalFinding.NOT_READ} else DONE)


def _blocks(
    found: Sequence[Attainment], names: Mapping[str, str], reader: str, rules: ProgressRules
) -> Iterator[Block]:
    for one in found:
        yield Block(
            columns=(Column("", lambda record: record["sentence"]),),
            records=[_score_record(one, reader)],
            heading=team_name(names, one.owner),
        )
        yield Block(
            columns=(Column("", lambda record: styled(record["picture"], "  ", (record["what"], "bold"))),),
            records=[_record(standing) for standing in one.goals],
            below=_lines,
        )
    if found:
        yield Block((), (), empty=_method(found, rules))
    else:
        told = _("No goal is written down. Agree with each partner on five steps for a need, below progress, goals.")
        yield Block((), (), empty=told)


def _is_whole(one: Attainment, reader: str) -> bool:
    """Whether all its goals are here: a score over all of them would betray those that were not opened."""
    return reader in ("", one.owner)


def _score_record(one: Attainment, reader: str) -> Record:
    shown = {"part": "score", "owner": one.owner}
    if not _is_whole(one, reader):
        return {**shown, "sentence": _("The goals for what it opened to you:")}
    scores = [{"on": score.on.isoformat(), "score": score.score} for score in one.scores]
    figures = {"start": one.start, "now": one.now, "change": one.change, "scores": scores}
    return {**shown, **figures, "sentence": _score_words(one)}


def _score_words(one: Attainment) -> str:
    if one.change is None:
        return _("No score yet: it needs a goal that was judged twice.")
    told = _("{change:+.1f} since the start, from {start:.1f} to {now:.1f}; 50 is as expected.")
    return told.format(change=one.change, start=one.start, now=one.now)


def _record(standing: GoalStanding) -> Record:
    goal = standing.goal
    return {
        "part": "goal",
        "owner": goal.owner,
        "code": goal.code,
        "what": one_line(goal.what),
        "weight": goal.weight,
        "agreed_on": None if goal.agreed_on is None else goal.agreed_on.isoformat(),
        "start": None if standing.start is None else standing.start.attained,
        "now": None if standing.now is None else standing.now.attained,
        "findings": list(standing.findings),
        "picture": _steps_picture(standing),
        "told": [*_told(standing)],
        "mending": [_finding_words(finding) for finding in standing.findings],
    }


def _steps_picture(standing: GoalStanding) -> str:
    """The five steps from left to right: an empty square where it stood at the start, a full one where it is now."""
    squares = ["·"] * 5
    for reading, square in ((standing.start, "□"), (standing.now, "■")):
        if reading is not None:
            squares[round(reading.attained) + 2] = square
    return "".join(squares)


def _told(standing: GoalStanding) -> Iterator[str]:
    for reading, words in ((standing.now, _("Now {step}: {text}")), (standing.start, _("At the start {step}: {text}"))):
        if reading is not None:
            yield words.format(step=_step_words(reading), text=_text(standing, reading))


def _step_words(reading: GoalReading) -> str:
    steps = (
        _("much less than expected"),
        _("less than expected"),
        _("as expected"),
        _("more than expected"),
        _("much more than expected"),
    )
    step = steps[round(reading.attained) + 2]
    return _("({attained}, {step}, {day})").format(
        attained=_signed(reading.attained), step=step, day=written_day(reading.on)
    )


def _signed(attained: float) -> str:
    return f"{attained:+.0f}".replace("-", "−") if attained else "0"


def _text(standing: GoalStanding, reading: GoalReading) -> str:
    return one_line(standing.goal.steps[round(reading.attained) + 2], None)


def _lines(record: Record) -> Iterator[Line]:
    yield from ((styled(""), styled(line)) for line in record["told"])
    yield from ((styled(("□", "yellow")), styled(line)) for line in record["mending"])


def _finding_words(finding: GoalFinding) -> str:
    return {
        GoalFinding.STEPS_MISSING: _(
            "Not all five steps are written, so it does not count: write them with the partner, before work starts."
        ),
        GoalFinding.NOT_AGREED: _("No day says when its steps were agreed, so it does not count: write agreed_on."),
        GoalFinding.READ_TOO_EARLY: _(
            "It was judged before its steps were agreed; that judgement does not count, since steps may have been set "
            "by it."
        ),
        GoalFinding.NOT_READ: _("Nobody has judged it since its steps were agreed: ask at the next check-in."),
    }[finding]


def _method(found: Sequence[Attainment], rules: ProgressRules) -> str:
    goals = sum(len(one.goals) for one in found)
    counted = sum(standing.now is not None for one in found for standing in one.goals)
    first = _(
        "Goal attainment scaling; goals judged twice: {counted} of {goals}; taken to go together by {correlation:g}."
    )
    limits = _(
        "Two judges mostly agree on it (reliability acceptable), but it says little of what it is to measure (validity "
        "not satisfactory): read it beside something measured alike for everybody, such as lichen progress reduction."
    )
    return f"{first.format(counted=counted, goals=goals, correlation=rules.correlation)}\n{limits}"


def _picture(found: Sequence[Attainment], names: Mapping[str, str], reader: str, rules: ProgressRules) -> str:
    groups = [
        BarGroup(
            _("{name}: {score}").format(name=team_name(names, one.owner), score=_score_record(one, reader)["sentence"]),
            tuple(_bar(standing) for standing in one.goals if standing.read),
        )
        for one in found
    ]
    key = _("Pale at the start, dark now, hatched where it slipped; the middle of the five steps is as expected.")
    return bars_svg(_("How far the goals were reached"), groups, f"{key} {_method(found, rules)}")


def _bar(standing: GoalStanding) -> Bar:
    """The lowest step is a fifth of the scale long, so that nothing is ever without a bar."""
    start, now = standing.read[0].attained, standing.read[-1].attained
    told = f"{_signed(start)} → {_signed(now)}"
    return Bar(one_line(standing.goal.what), (start + 3) / 5, (now + 3) / 5, told, now < start)
