"""How satisfied each partner is and how fair each finds it: the lowest and the gap beside the mean, round by round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from math import fsum, sqrt

from lichen.progress.values import ProgressRules, SatisfactionAnswer
from lichen.small_groups import Answerer, Bound, Opened, Reason, Round, opened_rounds

__all__ = [
    "Question",
    "QuestionRound",
    "Recommended",
    "SurveyRound",
    "Voice",
    "Withheld",
    "satisfaction",
    "satisfaction_for",
]

SEVEN_STEPS = range(1, 8)
_PROMOTERS_FROM, _DETRACTORS_TO = 9, 6


class Question(StrEnum):
    """What is asked, each answered from 1 to 7.

    Source:
        The three justices predict how alliances do: Luo (2005, 2007).
    """

    SATISFIED = "satisfied"
    DISTRIBUTIVE = "distributive"
    PROCEDURAL = "procedural"
    INTERACTIONAL = "interactional"

    def answer(self, given: SatisfactionAnswer) -> int | None:
        """What somebody answered to it; None is nothing."""
        answered: int | None = getattr(given, self.value)
        return answered


@dataclass(frozen=True, slots=True)
class Voice:
    """What one partner answers to a question, or the people of one or several who answered without names."""

    partner: str
    """Id of the partner; empty for people of several, who are only told of together."""
    unnamed: bool
    """Whether it is people who answered without names."""
    answers: int
    """How many answers it is the mean of."""
    mean: float
    """From 1 to 7."""
    bound: Bound | None
    """Which way the true mean may lie, where the whole of it would tell what each answered."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """Unnamed answers that may not be shown."""

    partner: str
    """Id of the partner whose people answered."""
    answers: int
    """How many."""
    reason: Reason
    """Why."""


@dataclass(frozen=True, slots=True)
class QuestionRound:
    """The answers to one question in one round."""

    question: Question
    """The question."""
    voices: tuple[Voice, ...]
    """Everybody's answer that may be shown, the lowest first."""
    withheld: tuple[Withheld, ...]
    """What may not be shown."""
    content: tuple[int, int, int] | None
    """How many named answers are 1 to 3, 4, and 5 to 7; None in one partner's copy."""

    @property
    def lowest(self) -> Voice | None:
        """The least content of them: the figure to look at first."""
        return self.voices[0] if self.voices else None

    @property
    def gap(self) -> float | None:
        """How far the most content and the least lie apart; None where only one was heard."""
        return self.voices[-1].mean - self.voices[0].mean if len(self.voices) > 1 else None

    @property
    def mean(self) -> float | None:
        """The mean of the voices, each counting alike; None where there is none."""
        return fsum(voice.mean for voice in self.voices) / len(self.voices) if self.voices else None


@dataclass(frozen=True, slots=True)
class Recommended:
    """Who would recommend an alliance like this: counts, and a net score only where enough answered."""

    answers: int
    """How many answers may be told of."""
    promoters: int
    """Named answers of 9 and 10."""
    passives: int
    """Named answers of 7 and 8."""
    detractors: int
    """Named answers from 0 to 6."""
    withheld: int
    """Unnamed answers that are not told of."""
    net: float | None
    """Promoters less detractors, in per cent of the answers; None where too few answered."""
    standard_error: float | None
    """Of the net score, in percentage points; None where there is none."""
    is_at_most: bool
    """Whether the standard error is the largest that it could be, since unnamed answers are not counted singly."""


@dataclass(frozen=True, slots=True)
class SurveyRound:
    """What was answered at one refresher."""

    begun_on: date
    """The day of the first answer."""
    closes_on: date
    """From this day on no answer belongs to it, and unnamed ones may be told of."""
    questions: tuple[QuestionRound, ...]
    """One for each question."""
    recommended: Recommended | None
    """None where nobody was asked."""


def satisfaction(
    surveys: Sequence[SatisfactionAnswer], on: date, rules: ProgressRules | None = None
) -> tuple[SurveyRound, ...]:
    """How satisfied each partner is and how fair each finds it, at each refresher until a day.

    Answers within so many days of the first belong to one round; of two by one person in a round the later holds.
    Unnamed answers are told of in circles of five and more, which stay the same from round to round, and only once
    the round is closed, so that none can be found by subtracting.

    Args:
        surveys: The answers, in any order.
        on: The day until which they count.
        rules: How long a round is, from how many answers on percentages and circles are told.

    Returns:
        The rounds, the earliest first.

    Source:
        Luo (2005, 2007) for the justices, whose effect shows where both sides find it fair: hence the lowest and the
        gap. The standard error of the net score is √((p + d − (p − d)²) ÷ n).

    Example:
        >>> day = date(2026, 6, 20)
        >>> heard = [SatisfactionAnswer("a", day, satisfied=6), SatisfactionAnswer("b", day, satisfied=3)]
        >>> asked = satisfaction(heard, day)[0].questions[0]
        >>> asked.lowest.partner, asked.lowest.mean, asked.gap, asked.mean
        ('b', 3.0, 3.0, 4.5)
    """
    held = rules or ProgressRules()
    waves = [*_waves([answer for answer in surveys if answer.answered_on <= on], held.round_days, on)]
    asked = {question: _asked(waves, question, held.separate_from) for question in Question}
    recommended = _recommended(waves, held)
    return tuple(
        SurveyRound(
            begun_on=wave.begun_on,
            closes_on=wave.closes_on,
            questions=tuple(_question(question, asked[question][place]) for question in Question),
            recommended=recommended[place],
        )
        for place, wave in enumerate(waves)
    )


def satisfaction_for(rounds: Sequence[SurveyRound], reader: str) -> tuple[SurveyRound, ...]:
    """What one partner may be told of the rounds: its own answers, and nothing that the others' could be found from.

    Args:
        rounds: The answer of ``satisfaction``.
        reader: Id of the partner.

    Example:
        >>> heard = [SatisfactionAnswer(by, date(2026, 6, 20), satisfied=6) for by in ("a", "b")]
        >>> [own] = satisfaction_for(satisfaction(heard, date(2026, 6, 20)), "a")
        >>> [voice.partner for voice in own.questions[0].voices]
        ['a']
    """
    return tuple(
        replace(one, questions=tuple(_own(asked, reader) for asked in one.questions), recommended=None)
        for one in rounds
    )


def _own(asked: QuestionRound, reader: str) -> QuestionRound:
    voices = tuple(voice for voice in asked.voices if voice.partner == reader)
    withheld = tuple(one for one in asked.withheld if one.partner == reader)
    return replace(asked, voices=voices, withheld=withheld, content=None)


@dataclass(frozen=True, slots=True)
class _Heard:
    """One wave's answers to one question: those with names, those without, and what may be shown of the latter."""

    named: Mapping[Answerer, int]
    unnamed: Mapping[Answerer, int]
    opened: Opened
    is_closed: bool


@dataclass(frozen=True, slots=True)
class _Wave:
    begun_on: date
    closes_on: date
    is_closed: bool
    answers: tuple[SatisfactionAnswer, ...]
    """The latest of everybody alone."""


def _waves(surveys: Sequence[SatisfactionAnswer], days: int, on: date) -> Iterator[_Wave]:
    left = sorted(surveys, key=lambda answer: answer.answered_on)
    while left:
        begun_on, closes_on = left[0].answered_on, left[0].answered_on + timedelta(days)
        within = [answer for answer in left if answer.answered_on < closes_on]
        latest = {(answer.by, answer.person): answer for answer in within}
        yield _Wave(begun_on, closes_on, closes_on <= on, (*latest.values(),))
        left = left[len(within) :]


def _asked(waves: Sequence[_Wave], question: Question, fewest: int) -> list[_Heard]:
    answers = [
        [(one, answer) for one in wave.answers if (answer := question.answer(one)) is not None] for wave in waves
    ]
    return _heard(waves, answers, fewest, SEVEN_STEPS)


def _heard(
    waves: Sequence[_Wave], asked: Sequence[Sequence[tuple[SatisfactionAnswer, int]]], fewest: int, steps: range
) -> list[_Heard]:
    named = [{(one.by, one.person): answer for one, answer in answers if not one.unnamed} for answers in asked]
    unnamed = [{(one.by, one.person): answer for one, answer in answers if one.unnamed} for answers in asked]
    rounds = []
    for wave, with_names, without in zip(waves, named, unnamed, strict=True):
        rounds += [Round(with_names, is_attributed=True), Round(without if wave.is_closed else {}, fewest=fewest)]
    opened = opened_rounds(rounds, steps)
    return [
        _Heard(opened[2 * place].named, unnamed[place], opened[2 * place + 1], wave.is_closed)
        for place, wave in enumerate(waves)
    ]


def _question(question: Question, heard: _Heard) -> QuestionRound:
    answers = [*heard.named.values()]
    content = (sum(each < 4 for each in answers), answers.count(4), sum(each > 4 for each in answers))
    voices = sorted((*_named_voices(heard), *_unnamed_voices(heard)), key=lambda voice: (voice.mean, voice.partner))
    return QuestionRound(question, tuple(voices), tuple(_withheld(heard)), content)


def _named_voices(heard: _Heard) -> Iterator[Voice]:
    for partner in dict.fromkeys(partner for partner, person in heard.named):
        own = [answer for (by, person), answer in heard.named.items() if by == partner]
        yield Voice(partner, unnamed=False, answers=len(own), mean=fsum(own) / len(own), bound=None)


def _unnamed_voices(heard: _Heard) -> Iterator[Voice]:
    """The circles of each partner's people, and those of several partners' together."""
    groups = dict.fromkeys(circle.group for circle in heard.opened.circles)
    for group in groups:
        circles = [circle for circle in heard.opened.circles if circle.group == group]
        answers, bounds = sum(circle.size for circle in circles), {circle.bound for circle in circles} - {None}
        mean = fsum(circle.total for circle in circles) / answers
        bound = bounds.pop() if len(bounds) == 1 else Bound.EITHER if bounds else None
        yield Voice(group, unnamed=True, answers=answers, mean=mean, bound=bound)


def _withheld(heard: _Heard) -> Iterator[Withheld]:
    """For each partner, the unnamed answers in no circle; those of a circle of several are not told of by partner."""
    together = sum(circle.size for circle in heard.opened.circles if not circle.group)
    for partner in () if together else dict.fromkeys(partner for partner, person in heard.unnamed):
        answers = sum(by == partner for by, person in heard.unnamed)
        shown = sum(circle.size for circle in heard.opened.circles if circle.group == partner)
        if shown < answers:
            yield Withheld(partner, answers - shown, _why(heard, answers))


def _why(heard: _Heard, answers: int) -> Reason:
    if not heard.is_closed:
        return Reason.SEALED
    return Reason.TOO_FEW if answers < heard.opened.round.fewest else Reason.SUBTRACTABLE


def _recommended(waves: Sequence[_Wave], rules: ProgressRules) -> list[Recommended | None]:
    asked = [[(one, _side(one.recommend)) for one in wave.answers if one.recommend is not None] for wave in waves]
    heard = _heard(waves, asked, rules.separate_from, range(-1, 2))
    return [_net(each, rules.counts_below) if answers else None for answers, each in zip(asked, heard, strict=True)]


def _side(recommend: int) -> int:
    """1 for a promoter, 0 for a passive, -1 for a detractor."""
    return (recommend >= _PROMOTERS_FROM) - (recommend <= _DETRACTORS_TO)


def _net(heard: _Heard, least: int) -> Recommended:
    sides, circles = [*heard.named.values()], heard.opened.circles
    told = len(sides) + sum(circle.size for circle in circles)
    net = error = None
    if told >= least:
        net = (sum(sides) + sum(circle.total for circle in circles)) / told
        taking_sides = sum(map(abs, sides)) + sum(circle.size for circle in circles)
        error = 100 * sqrt(max(0.0, taking_sides / told - net**2) / told)
    return Recommended(
        answers=told,
        promoters=sides.count(1),
        passives=sides.count(0),
        detractors=sides.count(-1),
        withheld=len(heard.unnamed) - (told - len(sides)),
        net=None if net is None else 100 * net,
        standard_error=error,
        is_at_most=bool(circles),
    )
