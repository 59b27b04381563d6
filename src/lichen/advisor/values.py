"""What is asked before choosing a kind of alliance, what was answered, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from lichen.charter.threat import Model
from lichen.errors import Problem, refuse
from lichen.language import _

__all__ = [
    "ANSWERS",
    "AdviceChange",
    "AdviceEffect",
    "AdviceRule",
    "AdviceRules",
    "AdviceVerdict",
    "Asked",
    "ModelAdvice",
    "ModelReasons",
    "RuleOrigin",
    "Situation",
]


class Asked(StrEnum):
    """What is asked, in the order in which it is asked."""

    HORIZON = "horizon"
    WORK = "work"
    RELIANCE = "reliance"
    THREAT = "threat"
    FIT = "fit"
    SHOWING = "showing"
    SHOWN = "shown"
    HISTORY = "history"
    LEADERSHIP = "leadership"
    HOURS = "hours"
    BALANCE = "balance"
    FACTS = "facts"
    PAPERS = "papers"


ANSWERS: Mapping[Asked, tuple[str, ...]] = MappingProxyType(
    {
        Asked.HORIZON: ("short", "medium", "long"),
        Asked.WORK: ("simple", "complex"),
        Asked.RELIANCE: ("little", "deep"),
        Asked.THREAT: ("none", "passing", "lasting"),
        Asked.FIT: ("both-ways", "one-way", "neither"),
        Asked.SHOWING: ("yes", "one", "no"),
        Asked.SHOWN: ("yes", "no"),
        Asked.HISTORY: ("none", "can-be-mended", "cannot"),
        Asked.LEADERSHIP: ("aligned", "not-aligned"),
        Asked.HOURS: ("yes", "no"),
        Asked.BALANCE: ("level", "unequal", "too-unequal"),
        Asked.FACTS: ("none", "shown", "hidden"),
        Asked.PAPERS: ("no", "settled", "unsettled"),
    }
)
"""What can be answered to each; leaving it open is always possible."""


class AdviceEffect(StrEnum):
    """What an answer does to a model."""

    FOR = "for"
    AGAINST = "against"
    VETO = "veto"
    """It rules the model out, whatever else speaks for it."""
    CONDITION = "condition"
    """It neither speaks for nor against, and asks for something first."""


class RuleOrigin(StrEnum):
    """Where a rule is from."""

    ARTICLE = "article"
    STUDY = "study"
    PROPOSAL = "proposal"


class AdviceVerdict(StrEnum):
    """What the advice is."""

    MODEL = "model"
    """One model suits."""
    NONE_NOW = "none of these now"
    """None suits as things stand: do not ally in any of these ways yet."""
    OPEN = "open"
    """Too little has been answered."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What somebody answered; a question that is not there is open.

    Raises:
        InputError: An answer is not among those that can be given.
    """

    answers: Mapping[Asked, str] = field(default_factory=dict)
    """The answer to each question, as in :data:`ANSWERS`."""

    def __post_init__(self) -> None:
        refuse(_no_answers(self.answers))

    @property
    def open(self) -> tuple[Asked, ...]:
        """The questions that are not answered, in their order."""
        return tuple(asked for asked in Asked if asked not in self.answers)

    def but(self, asked: Asked, answer: str) -> Situation:
        """The same with another answer to one question.

        Args:
            asked: The question.
            answer: The answer it would have.
        """
        return Situation({**self.answers, asked: answer})


@dataclass(frozen=True, slots=True)
class AdviceRule:
    """What one answer does to one model, or to all."""

    asked: Asked
    """The question."""
    answer: str
    """The answer that fires it."""
    model: Model | None
    """The model; None is all of them."""
    effect: AdviceEffect
    """What it does."""
    weight: int
    """How much it counts for or against: 1 a little to 3 much; 0 where it does not weigh."""
    sentence: str
    """Why, in a sentence, and what to do first where it asks for something."""
    origin: RuleOrigin
    """Where it is from."""
    source: str
    """The part of the article, the study, or the thought behind a proposal."""


@dataclass(frozen=True, slots=True)
class AdviceRules:
    """What can be set differently.

    Raises:
        InputError: The number is below 1.
    """

    enough: int = 3
    """A model suits from so much more for it than against it on (proposal)."""

    def __post_init__(self) -> None:
        refuse([] if self.enough >= 1 else [Problem(_("the number is below 1"), _("1 or more"), column="enough")])


@dataclass(frozen=True, slots=True)
class ModelReasons:
    """What speaks for a model and against it."""

    model: Model
    """Which."""
    fired: tuple[AdviceRule, ...]
    """Every rule that the answers fired, in the order of the questions."""

    @property
    def weight(self) -> int:
        """What speaks for it less what speaks against it."""
        signs = {AdviceEffect.FOR: 1, AdviceEffect.AGAINST: -1}
        return sum(signs.get(rule.effect, 0) * rule.weight for rule in self.fired)

    @property
    def is_ruled_out(self) -> bool:
        """Whether some answer rules it out."""
        return any(rule.effect is AdviceEffect.VETO for rule in self.fired)


@dataclass(frozen=True, slots=True)
class AdviceChange:
    """Another answer to one question, by which the advice would be another."""

    asked: Asked
    """The question."""
    answer: str
    """The other answer."""
    was_open: bool
    """Whether the question is open as yet."""
    verdict: AdviceVerdict
    """What the advice would be."""
    model: Model | None
    """Which model, where one would suit."""


@dataclass(frozen=True, slots=True)
class ModelAdvice:
    """Which model suits, or that none does now; with every reason, and what would change it."""

    verdict: AdviceVerdict
    """A model, none, or too little answered."""
    model: Model | None
    """The model that suits; None where none does."""
    reasons: tuple[ModelReasons, ...]
    """For each model, what speaks for and against it, the best first."""
    open: tuple[Asked, ...]
    """What has not been answered."""
    changes: tuple[AdviceChange, ...]
    """Single answers that would change the advice, those to open questions first."""

    @property
    def is_provisional(self) -> bool:
        """Whether an answer that is still open could change it."""
        return any(change.was_open for change in self.changes)


def _no_answers(answers: Mapping[Asked, str]) -> Iterator[Problem]:
    for asked, answer in answers.items():
        if answer not in ANSWERS[asked]:
            yield Problem(_("this is none of the answers"), ", ".join(ANSWERS[asked]), column=asked)
