"""What ``lichen progress satisfaction`` prints of the rounds, and how the last one is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from rich.text import Text

from lichen.cli.alliance.names import team_name
from lichen.cli.answers import Block, Column, Record, styled
from lichen.cli.progress.bars import bar
from lichen.language import _
from lichen.paper import written_day
from lichen.progress.picture import Bar, BarGroup, bars_svg
from lichen.progress.satisfaction import Question, QuestionRound, Recommended, SurveyRound, Voice, Withheld
from lichen.progress.values import ProgressRules
from lichen.progress.words import question_words
from lichen.small_groups import Bound, Reason

__all__ = ["satisfaction_blocks", "satisfaction_picture"]

_STEPS = 7
_LOW = 4
"""Below the middle of the scale somebody is unhappy."""
_COUNTED_FROM = 3
"""From so many named answers on, counts say more than the voices do."""


def satisfaction_blocks(
    found: Sequence[SurveyRound], names: Mapping[str, str], reader: str, rules: ProgressRules
) -> Iterator[Block]:
    """The lowest and the gap from round to round, then the last round question by question.

    Args:
        found: The rounds, as the reader may be told of them.
        names: The partners' names by their ids.
        reader: Id of the partner whose copy it is; empty is the facilitator.
        rules: By what they were reckoned.
    """
    if not found:
        told = _("Nobody was asked yet. Ask each partner at the next refresher, below progress, surveys.")
        yield Block((), (), empty=told)
        return
    last = found[-1]
    yield _trend_block(found)
    for asked in last.questions:
        yield _question_block(asked, last, names)
    if last.recommended is not None:
        yield _line(_recommended_record(last.recommended, rules))
    yield Block((), (), empty=_method(last, reader, rules))


def satisfaction_picture(found: Sequence[SurveyRound], names: Mapping[str, str]) -> str:
    """The last round as bars, with the round before it pale above them."""
    before = {} if len(found) < 2 else {asked.question: asked.voices for asked in found[-2].questions}
    groups = [
        BarGroup(
            _heading(asked),
            tuple(_bar(voice, before.get(asked.question, ()), names) for voice in asked.voices),
        )
        for asked in (found[-1].questions if found else ())
    ]
    note = _("From 1 not at all to 7 entirely, as each sees it; pale the round before, hatched below the middle.")
    return bars_svg(_("How satisfied each is, and how fair each finds it"), groups, note)


def _bar(voice: Voice, before: Sequence[Voice], names: Mapping[str, str]) -> Bar:
    key = (voice.partner, voice.unnamed)
    earlier = next((one.mean for one in before if (one.partner, one.unnamed) == key), None)
    told = f"{voice.mean:.1f}" if earlier is None else f"{earlier:.1f} → {voice.mean:.1f}"
    share = None if earlier is None else earlier / _STEPS
    return Bar(_who(voice, names), share, voice.mean / _STEPS, told, voice.mean < _LOW)


def _heading(asked: QuestionRound) -> str:
    words = question_words(asked.question)
    if asked.lowest is None or asked.gap is None or asked.mean is None:
        return words
    told = _("{question}: lowest {lowest:.1f}, gap {gap:.1f}, mean {mean:.1f}")
    return told.format(question=words, lowest=asked.lowest.mean, gap=asked.gap, mean=asked.mean)


def _question_block(asked: QuestionRound, one: SurveyRound, names: Mapping[str, str]) -> Block:
    return Block(
        columns=(
            Column("", _bar_cell, number=True),
            Column("", _about, number=True),
            Column("", lambda record: record["who"]),
        ),
        records=[_voice_record(voice, asked, one, names) for voice in asked.voices],
        heading=_heading(asked),
        note="\n".join(_notes(asked, one, names)),
        empty="\n".join(_notes(asked, one, names)) or _("Nobody has answered."),
    )


def _voice_record(voice: Voice, asked: QuestionRound, one: SurveyRound, names: Mapping[str, str]) -> Record:
    return {
        "part": "voice",
        "begun_on": one.begun_on.isoformat(),
        "question": asked.question,
        "partner": voice.partner,
        "unnamed": voice.unnamed,
        "answers": voice.answers,
        "mean": voice.mean,
        "bound": voice.bound,
        "who": _who(voice, names),
    }


def _bar_cell(record: Record) -> Text:
    return styled((bar(record["mean"], _STEPS), "red" if record["mean"] < _LOW else "green"))


def _about(record: Record) -> str:
    words = {
        Bound.MORE: _("{mean:.1f} or more"),
        Bound.LESS: _("{mean:.1f} or less"),
        Bound.EITHER: _("about {mean:.1f}"),
    }
    return words.get(record["bound"], "{mean:.1f}").format(mean=record["mean"])


def _who(voice: Voice, names: Mapping[str, str]) -> str:
    name = team_name(names, voice.partner)
    if not voice.unnamed:
        return name if voice.answers == 1 else _("{name} ({n} answers)").format(name=name, n=voice.answers)
    words = _("people of {name}, unnamed ({n})") if voice.partner else _("people of several partners, unnamed ({n})")
    return words.format(name=name, n=voice.answers)


def _notes(asked: QuestionRound, one: SurveyRound, names: Mapping[str, str]) -> Iterator[str]:
    if asked.content is not None and sum(asked.content) >= _COUNTED_FROM:
        low, middle, high = asked.content
        told = _("Named answers: {low} from 1 to 3, {middle} of 4, {high} from 5 to 7.")
        yield told.format(low=low, middle=middle, high=high)
    yield from (_withheld_words(each, one, names) for each in asked.withheld)


def _withheld_words(each: Withheld, one: SurveyRound, names: Mapping[str, str]) -> str:
    words = {
        Reason.SEALED: _("{name}: {n} unnamed, told of from {day} on, when the round is closed."),
        Reason.TOO_FEW: _("{name}: {n} unnamed, not told of: fewer than five."),
        Reason.SUBTRACTABLE: _("{name}: {n} unnamed, not told of: one could be found by subtracting."),
    }
    told = words.get(each.reason, words[Reason.SUBTRACTABLE])
    return told.format(name=team_name(names, each.partner), n=each.answers, day=written_day(one.closes_on))


def _recommended_record(told: Recommended, rules: ProgressRules) -> Record:
    return {
        "part": "recommended",
        "answers": told.answers,
        "promoters": told.promoters,
        "passives": told.passives,
        "detractors": told.detractors,
        "withheld": told.withheld,
        "net": told.net,
        "standard_error": told.standard_error,
        "sentence": _recommended_words(told, rules),
    }


def _recommended_words(told: Recommended, rules: ProgressRules) -> str:
    if told.net is None:
        words = _(
            "Would recommend an alliance like this: {promoters} very likely (9 or 10), {passives} likely (7 or 8), "
            "{detractors} less (0 to 6). Counts, since fewer than {least} answered."
        )
    else:
        words = _("Would recommend an alliance like this: net score {net:+.0f}, standard error {error:.0f}, n {n}.")
    return words.format(
        promoters=told.promoters,
        passives=told.passives,
        detractors=told.detractors,
        least=rules.counts_below,
        net=told.net,
        error=told.standard_error,
        n=told.answers,
    )


def _line(record: Record) -> Block:
    return Block(columns=(Column("", lambda shown: shown["sentence"]),), records=[record])


def _trend_block(found: Sequence[SurveyRound]) -> Block:
    short = {
        Question.SATISFIED: _("Satisfied"),
        Question.DISTRIBUTIVE: _("Fair share"),
        Question.PROCEDURAL: _("Heard"),
        Question.INTERACTIONAL: _("Respected"),
    }
    return Block(
        columns=(
            Column(_("Round of"), lambda record: record["day"]),
            *(Column(heading, _trend_cell(question), number=True) for question, heading in short.items()),
        ),
        records=[_trend_record(one) for one in found],
        heading=_headline(found[-1]),
        note=_("Of each question the lowest answer, and how far the highest lies above it."),
    )


def _headline(last: SurveyRound) -> str:
    """Where to look first: the question with the lowest answer."""
    heard = [(asked.lowest.mean, asked.question) for asked in last.questions if asked.lowest is not None]
    if not heard:
        return _("Nothing may be told of the last round yet")
    mean, question = min(heard, key=lambda each: each[0])
    told = _("Look first at: {question} ({mean:.1f} of 7)")
    words = question_words(question)
    return told.format(question=words[:1].lower() + words[1:], mean=mean)


def _trend_cell(question: Question) -> Callable[[Record], str]:
    def cell(record: Record) -> str:
        lowest, gap = record[question]["lowest"], record[question]["gap"]
        if lowest is None:
            return "–"
        return f"{lowest:.1f}" if gap is None else _("{lowest:.1f}, {gap:.1f}").format(lowest=lowest, gap=gap)

    return cell


def _trend_record(one: SurveyRound) -> Record:
    figures = {
        asked.question.value: {
            "lowest": None if asked.lowest is None else asked.lowest.mean,
            "gap": asked.gap,
            "mean": asked.mean,
            "withheld": [
                {"partner": each.partner, "answers": each.answers, "reason": each.reason} for each in asked.withheld
            ],
        }
        for asked in one.questions
    }
    return {"part": "round", "begun_on": one.begun_on.isoformat(), "day": written_day(one.begun_on), **figures}


def _method(last: SurveyRound, reader: str, rules: ProgressRules) -> str:
    asked = _("Round of {day}; from 1 not at all to 7 entirely, as each sees it.").format(
        day=written_day(last.begun_on)
    )
    if reader:
        own = _("Your own answers alone are here; what the others answered they tell you themselves.")
        return f"{asked} {own}"
    limits = _(
        "Few answers: read who is lowest and ask why, rather than compare means. Percentages begin at {least} answers."
    )
    return f"{asked} {limits.format(least=rules.counts_below)}"
