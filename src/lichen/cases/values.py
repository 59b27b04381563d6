"""One of the article's cases: an alliance with its days, and beside it what the article says and what is ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lichen.advisor.values import Asked, Situation
from lichen.alliance.values import Alliance
from lichen.pitfalls.values import Pitfall, RuleCode

__all__ = [
    "CameOf",
    "Case",
    "CaseAnswer",
    "CaseBasis",
    "CaseClaim",
    "CaseFact",
    "CaseHead",
    "CaseItem",
    "CaseTrouble",
    "ItemPart",
    "ToldAs",
]


class CaseBasis(StrEnum):
    """Who says so."""

    STATED = "stated"
    """The article."""
    INFERRED = "inferred"
    """Nobody; what the article tells makes no sense without it."""
    OURS = "ours"
    """Whoever made the case into a file."""


class ToldAs(StrEnum):
    """How the article tells of an alliance."""

    GOOD = "good"
    POOR = "poor"
    NOT_SAID = "not said"


class ItemPart(StrEnum):
    """What an item of a partner is."""

    NEED = "need"
    """A weakness that it knew of."""
    STRENGTH = "strength"
    """What it said that it had."""
    LATER = "later"
    """A weakness that came out later."""


@dataclass(frozen=True, slots=True)
class CaseItem:
    """One weakness or strength in a case; how severe and how strong is always ours."""

    owner: str
    """Id of the partner whose it is."""
    part: ItemPart
    """What it is."""
    code: str
    """Its code."""
    basis: CaseBasis
    """Who says so."""


@dataclass(frozen=True, slots=True)
class CaseFact:
    """Something that happened. The day is always ours, since the article gives none."""

    on: date
    """The day."""
    what: str
    """What happened."""
    basis: CaseBasis
    """Who says so."""


@dataclass(frozen=True, slots=True)
class CaseTrouble:
    """What went wrong, or would have."""

    on: date
    """The day: ours."""
    what: str
    """What went wrong."""
    basis: CaseBasis
    """Who says that it did."""
    pitfalls: tuple[Pitfall, ...] = ()
    """What a warning must be about to have foretold it."""
    is_changed_need: bool = False
    """Whether a changed need foretells it, too."""
    concerns: tuple[str, ...] = ()
    """Ids of the partners of whom the warning must speak; empty is anybody."""
    is_averted: bool = False
    """Whether it did not come, and the day is one on which it would have."""


@dataclass(frozen=True, slots=True)
class CameOf:
    """What came of a warning, by the article."""

    rule: RuleCode
    """The rule that warned."""
    what: str
    """What came of it."""
    basis: CaseBasis
    """Who says so."""


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """How a question of the advisor would have been answered when it began."""

    asked: Asked
    """The question."""
    answer: str
    """The answer, as the advisor has it."""
    basis: CaseBasis
    """Who says so."""


@dataclass(frozen=True, slots=True)
class CaseClaim:
    """A figure that the article claims and for which no source was found; nothing is ever reckoned from it."""

    figure: str
    """As the article gives it."""
    what: str
    """Of what."""


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What stands beside the alliance of a case."""

    title: str
    """In our words."""
    section: str
    """Where it stands in the article."""
    model: str
    """What the alliance rests on, by the article."""
    told_as: ToldAs
    """How the article tells of it."""
    story: str
    """What it is about, in our words."""
    until: date
    """The last day of the story: ours."""
    facts: tuple[CaseFact, ...] = ()
    """What happened, the earliest first; troubles stand apart."""
    items: tuple[CaseItem, ...] = ()
    """Every weakness and strength, with who says so."""
    troubles: tuple[CaseTrouble, ...] = ()
    """What went wrong or would have, the earliest first."""
    came_of: tuple[CameOf, ...] = ()
    """What came of warnings."""
    told_absent: tuple[RuleCode, ...] = ()
    """The rules that warn of something missing which, by the article, was missing; else only the article is silent."""
    on_ours: tuple[RuleCode, ...] = ()
    """The rules whose warnings rest on answers or days that the article does not give: we wrote them ourselves."""
    answers: tuple[CaseAnswer, ...] = ()
    """What the advisor would have been told."""
    claims: tuple[CaseClaim, ...] = ()
    """What the article claims in figures."""
    unknown: tuple[str, ...] = ()
    """What Lichen could not have known."""
    hangs_on: str = ""
    """On what the answer hangs."""
    year: int | None = None
    """The year that the article gives; None gives none."""

    @property
    def situation(self) -> Situation:
        """What the advisor would have been told."""
        return Situation({each.asked: each.answer for each in self.answers})


@dataclass(frozen=True, slots=True)
class Case:
    """One of the article's cases."""

    id: str
    """Its name on the command line."""
    head: CaseHead
    """What the article says of it, and what is ours."""
    alliance: Alliance
    """The same as an alliance, with days."""
