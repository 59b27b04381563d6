"""Several people's answers about one organisation: what they say together, and how far they agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles
from types import MappingProxyType
from typing import Literal, get_args

from lichen.audit.rankings import (
    KEMENY_LIMIT,
    borda_points,
    competition_ranks,
    concordance,
    kemeny,
    shared_places,
)
from lichen.errors import InputError, Problem
from lichen.language import _
from lichen.scales import FIVE_STEPS

__all__ = ["TALK_BELOW", "Answer", "RankMethod", "Spread", "TeamAudit", "TeamItem", "combine_answers"]

RankMethod = Literal["borda", "kemeny"]
"""How rankings become one: by points, or by the order that contradicts the fewest pairs."""

TALK_BELOW = 0.3
"""An agreement (Kendall's W) below this asks for a talk, unless the caller has another threshold. Ours."""

_SMALLEST_CROWD = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person says that the organisation lacks."""

    ranks: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Rank by code: 1 needs outside help most; equal ranks are allowed. Codes left out are unranked."""
    severities: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Severity by code, 1 to 5. Codes left out have none from this person."""
    person: str = ""
    """Name, if the person gave it."""
    role: str = ""
    """What the person does there, if given."""

    @property
    def named(self) -> frozenset[str]:
        """The codes that this person spoke of at all."""
        return frozenset(self.ranks) | frozenset(self.severities)


@dataclass(frozen=True, slots=True)
class Spread:
    """How severe people find one gap."""

    answered: int
    """How many gave it a severity."""
    median: float
    """The middle answer, or between the two middle ones."""
    low: int | None
    """The lowest answer; like the next two None where answers are not attributed and too few gave this one."""
    high: int | None
    """The highest answer."""
    interquartile: float | None
    """Third quartile less the first."""


@dataclass(frozen=True, slots=True)
class TeamItem:
    """One capability that at least one person named."""

    code: str
    """Its code."""
    rank: int
    """Combined: 1 needs outside help most; equals share the better rank."""
    kemeny_rank: int | None
    """The same by Kemeny's rule, as a check; None where there are more items than it can order exactly."""
    mean_place: float
    """Mean of its places over all people; see :func:`combine_answers` for who did not rank it."""
    named: int
    """How many people spoke of it."""
    ranked: int
    """How many people ranked it."""
    severity: Spread | None
    """None where nobody gave one."""


@dataclass(frozen=True, slots=True)
class TeamAudit:
    """What a team says together."""

    items: tuple[TeamItem, ...]
    """By rank, then by code."""
    people: int
    """How many answered."""
    method: RankMethod
    """Which rule the ranks come from."""
    agreement: float | None
    """Kendall's W, corrected for ties: 1 is one voice. None for one person, for one item, or where nobody ranked."""
    beyond_chance: float | None
    """The same with chance taken out, (m W − 1) / (m − 1): 0 is chance. Two who rank at random have a W of 0.5."""
    talk_first: bool
    """Whether the agreement is so low that the team should talk before it publishes."""
    kemeny_distance: int | None
    """In how many pairs the Kemeny order nearest to Borda's contradicts it; 0 where the two agree."""
    attributed: bool
    """True: with so few answers there is no anonymity; show names, or let somebody neutral hold the answers."""
    answers: tuple[Answer, ...]
    """The single answers where they are attributed; none where they are not."""


def combine_answers(
    answers: Sequence[Answer],
    *,
    method: RankMethod = "borda",
    attributed_below: int = 5,
    talk_below: float = TALK_BELOW,
) -> TeamAudit:
    """The combined ranking of what a team lacks, the spread of severities, and how far the team agrees.

    Everything that anybody named takes part. What a person did not rank shares the places after what that person
    did rank: silence counts as "less urgent than these".

    Args:
        answers: One a person, at least one.
        method: ``borda``, or ``kemeny`` for 8 items and fewer; whichever it is, the other one is the check.
        attributed_below: With fewer answers than this nothing counts as anonymous; at least 3.
        talk_below: An agreement below this asks for a talk; 0 to 1.

    Raises:
        InputError: There is no answer, an answer names nothing, a rank, severity or argument is out of range, or
            Kemeny's rule is asked for with too many items. Every problem at once.

    Source:
        Borda's count, Kemeny's rule and Kendall's W, each in ``lichen.audit.rankings``.

    Example:
        >>> team = combine_answers([Answer({"ops.logistics": 1, "market.access": 2}), Answer({"ops.logistics": 1})])
        >>> [(item.code, item.rank, item.named) for item in team.items]
        [('ops.logistics', 1, 2), ('market.access', 2, 1)]
        >>> team.agreement, team.attributed
        (1.0, True)
    """
    codes = sorted({code for answer in answers for code in answer.named})
    problems = [*_answer_problems(answers), *_rule_problems(method, len(codes), attributed_below, talk_below)]
    if problems:
        raise InputError(problems)
    rankings = [shared_places([answer.ranks.get(code) for code in codes]) for answer in answers]
    borda = competition_ranks(borda_points(rankings))
    check = kemeny(rankings, borda) if len(codes) <= KEMENY_LIMIT else None
    agreement = concordance(rankings)
    attributed = len(answers) < attributed_below
    items = [
        TeamItem(
            code=code,
            rank=check.ranks[place] if check is not None and method == "kemeny" else borda[place],
            kemeny_rank=None if check is None else check.ranks[place],
            mean_place=sum(ranking[place] for ranking in rankings) / len(answers),
            named=sum(code in answer.named for answer in answers),
            ranked=sum(code in answer.ranks for answer in answers),
            severity=_spread(code, answers, fewest=1 if attributed else attributed_below),
        )
        for place, code in enumerate(codes)
    ]
    return TeamAudit(
        items=tuple(sorted(items, key=lambda item: (item.rank, item.code))),
        people=len(answers),
        method=method,
        agreement=agreement,
        beyond_chance=None if agreement is None else (len(answers) * agreement - 1) / (len(answers) - 1),
        talk_first=agreement is not None and agreement < talk_below,
        kemeny_distance=None if check is None else check.distance,
        attributed=attributed,
        answers=tuple(answers) if attributed else (),
    )


def _spread(code: str, answers: Sequence[Answer], *, fewest: int) -> Spread | None:
    values = [answer.severities[code] for answer in answers if code in answer.severities]
    if not values:
        return None
    if len(values) < fewest:
        return Spread(len(values), median(values), low=None, high=None, interquartile=None)
    quartiles = quantiles(values, n=4, method="inclusive") if len(values) > 1 else [0.0, 0.0, 0.0]
    return Spread(len(values), median(values), min(values), max(values), quartiles[2] - quartiles[0])


def _answer_problems(answers: Sequence[Answer]) -> Iterator[Problem]:
    if not answers:
        yield Problem(_("nobody has answered"), _("the answer of at least one person"))
    for row, answer in enumerate(answers, start=1):
        if not answer.named:
            yield Problem(
                _("the answer names nothing"), _("at least one capability, ranked or with a severity"), row=row
            )
        if any(not _is_whole(rank) or rank < 1 for rank in answer.ranks.values()):
            yield Problem(_("a rank is below 1 or no whole number"), _("1, 2, 3, …"), row=row, column="rank")
        if any(not _is_whole(severity) or severity not in FIVE_STEPS for severity in answer.severities.values()):
            yield Problem(_("severity is out of range"), _("1, 2, 3, 4 or 5"), row=row, column="severity")


def _rule_problems(method: str, items: int, attributed_below: int, talk_below: float) -> Iterator[Problem]:
    if method not in get_args(RankMethod):
        yield Problem(_("the method is not known"), ", ".join(get_args(RankMethod)), column="method")
    if method == "kemeny" and items > KEMENY_LIMIT:
        right = _("{most} capabilities at most, or the method borda; here there are {count}")
        yield Problem(
            _("there are too many capabilities for the exact Kemeny order"),
            right.format(most=KEMENY_LIMIT, count=items),
            column="method",
        )
    if attributed_below < _SMALLEST_CROWD:
        right = _("{least} or more: among fewer, each can work out what the others said")
        yield Problem(_("attributed_below is too low"), right.format(least=_SMALLEST_CROWD), column="attributed_below")
    if not 0 <= talk_below <= 1:
        yield Problem(_("talk_below is out of range"), _("a number from 0 to 1"), column="talk_below")


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
