"""The scoped veto: over one's own declared core weaknesses, with a reason, standing until that is resolved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from lichen.audit.values import Organisation
from lichen.charter.votes.values import Motion, MotionKind, VotingRule
from lichen.errors import InputError, NotAllowed, Problem
from lichen.language import _

__all__ = [
    "MediationDue",
    "RefusedVeto",
    "RepeatedVeto",
    "Veto",
    "VetoRule",
    "VetoShown",
    "admissible_vetoes",
    "cast_veto",
    "mediation_due",
    "refused_vetoes",
    "resolve_veto",
    "veto_refusal",
    "veto_rule_words",
    "veto_shown",
]


class VetoRule(StrEnum):
    """The rules that a veto must keep."""

    MOTION = "veto-of-a-known-motion"
    NOT_OPEN = "veto-while-open"
    PARTNER = "veto-of-a-partner"
    EXIT = "no-veto-over-exit"
    LEGAL_DUTY = "no-veto-over-legal-duty"
    RENEGOTIATION = "no-veto-over-renegotiation"
    REASON = "veto-with-reason"
    CODES = "veto-with-codes"
    CORE = "veto-for-a-core-weakness"
    SCOPE = "veto-within-scope"
    ONCE = "veto-stands-already"


class RepeatedVeto(StrEnum):
    """Why vetoes of a partner call for mediation."""

    ON_A_SUBJECT = "on-a-subject"
    """So many on one subject, the last of which still stands."""
    IN_A_YEAR = "in-a-year"
    """So many within a year, whatever they were about."""


@dataclass(frozen=True, slots=True)
class Veto:
    """A partner's no to a motion that touches its own core weaknesses.

    It has no end by time: it stands until ``resolved_on``.

    Raises:
        InputError: Partner or motion are not named, or the resolution lacks its day or its words, or precedes the veto.
    """

    by: str
    """The id of the partner that vetoes."""
    motion: str
    """The id of the motion."""
    vetoed_on: date
    """The day from which it stands."""
    codes: tuple[str, ...] = ()
    """Its own core weaknesses that are touched. Shown to none but those who were granted them."""
    reason: str = ""
    """Why, for all to read; it need not name the weakness."""
    claim: str = ""
    """How the motion touches a weakness that it does not list. Shown like the codes."""
    would_resolve: str = ""
    """What would have to change for the veto to be lifted, for all to read."""
    mediator: str = ""
    """Who mediates, once somebody does."""
    resolved_on: date | None = None
    """The day on which it was resolved, with or without a mediator; None while the veto stands."""
    resolution: str = ""
    """How it was resolved."""

    def __post_init__(self) -> None:
        problems = [
            Problem(_("it is empty"), _("an id"), column=column)
            for column, name in (("by", self.by), ("motion", self.motion))
            if not name.strip()
        ]
        if (self.resolved_on is None) != (not self.resolution.strip()):
            right = _("both, or neither: nobody can wait a veto out")
            problems.append(Problem(_("a resolution and its day go together"), right, column="resolution"))
        if self.resolved_on is not None and self.resolved_on < self.vetoed_on:
            problems.append(Problem(_("it lies before the veto"), _("that day or later"), column="resolved_on"))
        if problems:
            raise InputError(problems)

    def stands_on(self, day: date) -> bool:
        """Whether it has been cast by that day and is not resolved."""
        return self.vetoed_on <= day and (self.resolved_on is None or day < self.resolved_on)


@dataclass(frozen=True, slots=True)
class RefusedVeto:
    """A veto that is kept and stops nothing."""

    by: str
    """The id of the partner that tried."""
    motion: str
    """The id of the motion."""
    rule: VetoRule
    """The rule that it breaks."""


@dataclass(frozen=True, slots=True)
class VetoShown:
    """As much of a veto as one reader may see."""

    by: str
    """The id of the partner that vetoes."""
    motion: str
    """The id of the motion."""
    vetoed_on: date
    """The day from which it stands."""
    reason: str
    """Why, in the words meant for all."""
    would_resolve: str
    """What would have to change."""
    codes: tuple[str, ...]
    """The core weaknesses that this reader may see; for any other it is *a declared core weakness*."""
    has_unnamed: bool
    """Whether there is at least one that this reader may not see."""
    claim: str
    """How the motion touches them; empty for a reader who may not see all of them."""
    mediator: str
    """Who mediates, if anybody."""
    resolved_on: date | None
    """The day on which it was resolved."""
    resolution: str
    """How it was resolved."""


@dataclass(frozen=True, slots=True)
class MediationDue:
    """Repeated vetoes of one partner that a mediator should hear about."""

    by: str
    """The id of the partner that vetoes."""
    why: RepeatedVeto
    """What was repeated."""
    subject: str
    """What was vetoed again; empty for vetoes within a year."""
    vetoes: int
    """How many there were."""
    limit: int
    """How many call for mediation."""


def cast_veto(veto: Veto, motions: Sequence[Motion], partners: Sequence[Organisation], vetoes: Sequence[Veto]) -> Veto:
    """Veto a motion, if every rule allows it.

    Args:
        veto: Which motion, which of the partner's own core weaknesses it touches, and why.
        motions: The alliance's.
        partners: The alliance's, with what each has declared as core.
        vetoes: Those cast before.

    Returns:
        The veto, to be kept among the others. It stands until ``resolve_veto``, however long that takes.

    Raises:
        NotAllowed: A rule stands against it (see ``VetoRule``).

    Source:
        The article's step 5: "veto power over decisions affecting their core vulnerabilities"; the bounds are ours.
    """
    broken = veto_refusal(veto, motions, partners)
    same = (each for each in vetoes if (each.by, each.motion) == (veto.by, veto.motion))
    if broken is None and any(each.stands_on(veto.vetoed_on) for each in same):
        broken = VetoRule.ONCE
    if broken is not None:
        raise NotAllowed(broken, veto_rule_words(broken))
    return veto


def resolve_veto(veto: Veto, resolution: str, *, on: date, mediator: str = "") -> Veto:
    """End a veto by settling what it is about.

    Args:
        veto: One that stands.
        resolution: How it was settled, in words.
        on: The day.
        mediator: Who mediated, if anybody.

    Raises:
        NotAllowed: It has been resolved before, or the resolution has no words: time alone ends no veto.
        InputError: The day lies before the veto.
    """
    if veto.resolved_on is not None:
        raise NotAllowed("veto-resolved-already", _("The veto has been resolved before."))
    if not resolution.strip():
        why = _("Say how it was resolved: time alone ends no veto.")
        raise NotAllowed("veto-not-waited-out", why)
    return replace(veto, resolved_on=on, resolution=resolution, mediator=mediator or veto.mediator)


def veto_refusal(veto: Veto, motions: Sequence[Motion], partners: Sequence[Organisation]) -> VetoRule | None:
    """The first rule that a veto breaks; None where it stops its motion.

    Args:
        veto: The veto.
        motions: The alliance's.
        partners: The alliance's, with what each has declared as core.
    """
    motion = next((each for each in motions if each.id == veto.motion), None)
    if motion is None:
        return VetoRule.MOTION
    return next((rule for rule, is_broken in _breaches(veto, motion, partners) if is_broken), None)


def veto_rule_words(rule: VetoRule) -> str:
    """Why a veto that breaks the rule stops nothing, and what would be right; never what anybody's weakness is."""
    return {
        VetoRule.MOTION: _("There is no such motion."),
        VetoRule.NOT_OPEN: _("A veto is cast while its motion is open; what was decided since needs a new motion."),
        VetoRule.PARTNER: _("Only a partner of the alliance may veto."),
        VetoRule.EXIT: _("Nobody may veto that a partner leaves or that the alliance ends."),
        VetoRule.LEGAL_DUTY: _("Nobody may veto what the law demands of a partner."),
        VetoRule.RENEGOTIATION: _("Nobody may veto another partner's request to renegotiate; say no in the talks."),
        VetoRule.REASON: _("A veto gives its reason in writing; it need not name the weakness."),
        VetoRule.CODES: _(
            "It lacks `codes`: which of its own core weaknesses the motion touches, by their codes; and `claim`, how it"
            " does, where the motion does not list them."
        ),
        VetoRule.CORE: _(
            "A veto rests on a weakness that the partner itself has declared as core in its audit; anything else is an"
            " objection."
        ),
        VetoRule.SCOPE: _(
            "The motion does not list that it touches this weakness: say under `claim` how it does, or object instead."
        ),
        VetoRule.ONCE: _("A veto of this partner on the motion stands already."),
    }[rule]


def admissible_vetoes(
    vetoes: Sequence[Veto], motions: Sequence[Motion], partners: Sequence[Organisation]
) -> tuple[Veto, ...]:
    """The vetoes that break no rule."""
    return tuple(each for each in vetoes if veto_refusal(each, motions, partners) is None)


def refused_vetoes(
    vetoes: Sequence[Veto], motions: Sequence[Motion], partners: Sequence[Organisation]
) -> tuple[RefusedVeto, ...]:
    """The vetoes that are kept and stop nothing, each with the rule it breaks."""
    broken = ((each, veto_refusal(each, motions, partners)) for each in vetoes)
    return tuple(RefusedVeto(veto.by, veto.motion, rule) for veto, rule in broken if rule is not None)


def mediation_due(
    vetoes: Sequence[Veto], motions: Sequence[Motion], rule: VotingRule, *, on: date
) -> tuple[MediationDue, ...]:
    """The repeated vetoes that call for a mediator, as things are on a day.

    So many vetoes of one partner on one subject, as long as the last of them stands; or so many of one partner within
    the year that ends on that day. A mediator named in the last of them is on the way already.

    Args:
        vetoes: Those that break no rule (see ``admissible_vetoes``).
        motions: The alliance's.
        rule: How many call for mediation.
        on: The day.

    Source:
        Ours, the two numbers too.
    """
    about = {motion.id: motion.about for motion in motions}
    cast = sorted((each for each in vetoes if each.vetoed_on <= on), key=lambda each: each.vetoed_on)
    return (*_on_a_subject(cast, about, rule, on), *_in_a_year(cast, rule, on))


def veto_shown(veto: Veto, reader: str, granted_codes: Collection[str]) -> VetoShown:
    """As much of a veto as a reader may see: the weakness only where its owner has granted it before.

    A veto opens nothing that was closed, to a partner or to a mediator.

    Args:
        veto: The veto.
        reader: The id of a partner, or the name of a mediator; the vetoing partner itself sees all of it.
        granted_codes: The codes of the vetoing partner's weaknesses that this reader was granted.

    Example:
        >>> veto = Veto("a", "fair", date(2026, 5, 1), ("trust.community",), reason="Not with our name on it.")
        >>> veto_shown(veto, "b", ()).codes, veto_shown(veto, "b", ()).has_unnamed
        ((), True)
        >>> veto_shown(veto, "b", {"trust.community"}).codes
        ('trust.community',)
    """
    codes = tuple(code for code in veto.codes if reader == veto.by or code in granted_codes)
    has_unnamed = len(codes) < len(veto.codes)
    return VetoShown(
        by=veto.by,
        motion=veto.motion,
        vetoed_on=veto.vetoed_on,
        reason=veto.reason,
        would_resolve=veto.would_resolve,
        codes=codes,
        has_unnamed=has_unnamed,
        claim="" if has_unnamed else veto.claim,
        mediator=veto.mediator,
        resolved_on=veto.resolved_on,
        resolution=veto.resolution,
    )


def _breaches(veto: Veto, motion: Motion, partners: Sequence[Organisation]) -> Iterator[tuple[VetoRule, bool]]:
    core = {gap.code for one in partners if one.id == veto.by for gap in one.vulnerabilities if gap.core}
    others = motion.kind is MotionKind.RENEGOTIATION and motion.by != veto.by
    yield VetoRule.PARTNER, all(one.id != veto.by for one in partners)
    yield VetoRule.EXIT, motion.kind is MotionKind.EXIT
    yield VetoRule.LEGAL_DUTY, motion.kind is MotionKind.LEGAL_DUTY
    yield VetoRule.RENEGOTIATION, others
    yield VetoRule.NOT_OPEN, not motion.takes_stances_on(veto.vetoed_on)
    yield VetoRule.REASON, not veto.reason.strip()
    yield VetoRule.CODES, not veto.codes
    yield VetoRule.CORE, not core.issuperset(veto.codes)
    yield VetoRule.SCOPE, not (veto.claim.strip() or set(motion.touches).issuperset(veto.codes))


def _on_a_subject(cast: Sequence[Veto], about: dict[str, str], rule: VotingRule, on: date) -> Iterator[MediationDue]:
    subjects = [(each.by, about.get(each.motion, each.motion)) for each in cast]
    last = dict(zip(subjects, cast, strict=True))
    for (by, subject), vetoes in Counter(subjects).items():
        stands = last[by, subject].stands_on(on) and not last[by, subject].mediator
        if stands and vetoes >= rule.vetoes_on_a_subject:
            yield MediationDue(by, RepeatedVeto.ON_A_SUBJECT, subject, vetoes, rule.vetoes_on_a_subject)


def _in_a_year(cast: Sequence[Veto], rule: VotingRule, on: date) -> Iterator[MediationDue]:
    recent = [each for each in cast if on - each.vetoed_on < timedelta(days=365)]
    last = {each.by: each for each in recent}
    for by, vetoes in Counter(each.by for each in recent).items():
        if vetoes >= rule.vetoes_in_a_year and not last[by].mediator:
            yield MediationDue(by, RepeatedVeto.IN_A_YEAR, "", vetoes, rule.vetoes_in_a_year)
