"""Asking a team: what a colleague says, and when the lead may be shown what all of them say together.

Nothing is shown of single people but what they allow by name. What is shown of the many is shown again only when so
many have come or changed their minds since that nobody can be worked out by subtracting one look from the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from lichen.audit.team import Answer
from lichen.capabilities.taxonomy import taxonomy
from lichen.errors import Problem
from lichen.scales import FIVE_STEPS

__all__ = [
    "FEWEST",
    "LONGEST",
    "MOST_SAID",
    "REMIND_AFTER",
    "STEP",
    "Said",
    "Showing",
    "TeamSaying",
    "changed_since",
    "is_order",
    "saying_problems",
    "showing",
]

FEWEST = range(3, 51)
"""How many answers a lead can ask for before anything is shown: among fewer than three each knows the others'."""
STEP = 3
"""So many answers must be new or changed before more is shown."""
MOST_SAID = 15
"""So many things one person can name: it is to take minutes."""
REMIND_AFTER = timedelta(days=1)
"""So long people are left in peace between two mails of one round."""
LONGEST = 1_000
"""So many characters may each of them have."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a colleague finds lacking."""

    words: str
    """In their own words."""
    code: str
    """What Lichen understood, or they chose; empty where nothing fits."""
    severity: int
    """1 slight to 5 total."""


@dataclass(frozen=True, slots=True)
class TeamSaying:
    """All that one colleague says."""

    said: tuple[Said, ...] = ()
    """What needs outside help most first."""
    name: str = ""
    """As they want to be called, if at all."""
    is_by_name: bool = False
    """Whether the lead may read it under that name, should too few answer for it to be shown without."""

    @property
    def counts(self) -> bool:
        """Whether there is something in it that can be counted with what others say."""
        return any(each.code for each in self.said)

    @property
    def answer(self) -> Answer:
        """What is counted of it: no words, no name."""
        coded = [each for each in self.said if each.code]
        return Answer(
            ranks={each.code: place for place, each in enumerate(coded, 1)},
            severities={each.code: each.severity for each in coded},
        )

    def having(self, said: Said, place: int | None = None) -> TeamSaying:
        """With one more thing, or another in the place of one."""
        if place is None:
            return replace(self, said=(*self.said, said))
        return replace(self, said=(*self.said[:place], said, *self.said[place + 1 :]))

    def without(self, place: int) -> TeamSaying:
        """With one thing less."""
        return replace(self, said=(*self.said[:place], *self.said[place + 1 :]))

    def moved(self, place: int, to: int) -> TeamSaying:
        """With one thing at another place; the others close up."""
        rest = self.without(place).said
        to = max(0, min(to, len(rest)))
        return replace(self, said=(*rest[:to], self.said[place], *rest[to:]))


class Showing(StrEnum):
    """What the lead can be shown next."""

    TOO_FEW = "too-few"
    """Nothing: fewer have answered than it takes, and more still can."""
    CROWD = "crowd"
    """What all say together, without names."""
    NOTHING_NEW = "nothing-new"
    """What was shown before: nothing has changed since, or not by enough people."""
    NAMES = "names"
    """Too few answered, and the round is closed: what those say who allowed it by name."""
    NOBODY = "nobody"
    """Too few answered, the round is closed, and nobody allowed it by name."""


def changed_since(standing: Mapping[UUID, int], counted: Mapping[UUID, int]) -> int:
    """How many have answered, changed their answer or taken it back since something was shown.

    Args:
        standing: The version of each answer that stands, by its link.
        counted: The same as it was counted.

    Example:
        >>> one, two = UUID(int=1), UUID(int=2)
        >>> changed_since({one: 1, two: 1}, {one: 1}), changed_since({one: 2}, {one: 1}), changed_since({}, {one: 1})
        (1, 1, 1)
    """
    return sum(standing.get(link) != counted.get(link) for link in standing.keys() | counted.keys())


def showing(
    standing: Mapping[UUID, int], counted: Mapping[UUID, int], *, fewest: int, is_closed: bool, by_name: int
) -> Showing:
    """What the lead can be shown next.

    Args:
        standing: The version of each answer that stands, by its link.
        counted: The same as it was counted when something was last shown; empty if nothing was.
        fewest: How many answers it takes.
        is_closed: Whether nobody can answer any more.
        by_name: How many allow their answer to be read under their name.
    """
    if counted:
        enough = len(standing) >= fewest and changed_since(standing, counted) >= STEP
        return Showing.CROWD if enough else Showing.NOTHING_NEW
    if len(standing) >= fewest:
        return Showing.CROWD
    if not is_closed:
        return Showing.TOO_FEW
    return Showing.NAMES if by_name else Showing.NOBODY


def is_order(place: int, saying: TeamSaying) -> bool:
    """Whether something stands at a place."""
    return 0 <= place < len(saying.said)


def saying_problems(saying: TeamSaying) -> Iterator[Problem]:
    """Everything that is wrong with what somebody says."""
    if len(saying.said) > MOST_SAID:
        right = _("at most {most}: take out what matters least").format(most=MOST_SAID)
        yield Problem(_("there are too many already"), right, column="words")
    for each in saying.said:
        yield from _said_problems(each)
    codes = [each.code for each in saying.said if each.code]
    if len(set(codes)) < len(codes):
        what = _("you have named that already, in other words")
        yield Problem(what, _("each thing once; change the one that stands there"), column="words")
    if len(saying.name) > 100:
        yield Problem(_("is too long"), _("at most 100 characters"), column="name")
    if saying.is_by_name and not saying.name:
        yield Problem(_("nothing was said"), _("the name under which it may be read"), column="name")


def _said_problems(said: Said) -> Iterator[Problem]:
    if not said.words:
        yield Problem(_("nothing was said"), _("a few words of your own"), column="words")
    if len(said.words) > LONGEST:
        yield Problem(_("is too long"), _("at most {most} characters").format(most=LONGEST), column="words")
    if said.code and said.code not in taxonomy().capabilities:
        yield Problem(_("is no capability of the vocabulary"), _("one from the list"), column="code")
    if type(said.severity) is not int or said.severity not in FIVE_STEPS:
        yield Problem(_("is out of range"), _("1, 2, 3, 4 or 5"), column="severity")
