"""A second, slow and plain way to count a vote, which shares no line with the first; and votes to count."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from random import Random

from lichen.audit.values import Organisation, Vulnerability
from lichen.charter.veto import Veto
from lichen.charter.votes.values import (
    CountedFrom,
    Delegate,
    Exposure,
    Motion,
    MotionKind,
    Position,
    Stance,
    VotingMethod,
    VotingRule,
)

FIRST = date(2026, 3, 2)
"""The day on which every motion here opens."""
LETTERS = "abcde"
CORE, OTHER = "trust.community", "ops.logistics"
HARM = "Nobody is worse off"


def day(number: int) -> date:
    """So many days after the opening."""
    return FIRST + timedelta(days=number)


def organisation(letter: str, *core: str) -> Organisation:
    gaps = tuple(Vulnerability(code, core=code in core) for code in (CORE, OTHER))
    return Organisation(letter, letter.upper(), vulnerabilities=gaps)


class Vote:
    """All that goes into one outcome."""

    def __init__(
        self,
        partners: tuple[Organisation, ...],
        rule: VotingRule,
        exposures: tuple[Exposure, ...],
        motion: Motion,
        vetoes: tuple[Veto, ...],
        on: date,
    ) -> None:
        self.partners, self.rule, self.exposures = partners, rule, exposures
        self.motion, self.vetoes, self.on = motion, vetoes, on

    def __repr__(self) -> str:
        return f"Vote({self.partners}, {self.rule}, {self.exposures}, {self.motion}, {self.vetoes}, {self.on})"


def random_vote(random: Random) -> Vote:
    """A vote in which most things are as they should be, and any may be wrong."""
    letters = LETTERS[: random.randint(2, 5)]
    motion = Motion(
        "fair",
        by="a",
        kind=random.choice((*MotionKind, *[MotionKind.ORDINARY] * 4)),
        touches=random.choice(((), (CORE,), (CORE, OTHER))),
        opened_on=FIRST,
        closes_on=random.choice((day(4), day(4), day(4), day(4), None)),
        stances=tuple(_random_stance(random, letters) for _ in range(random.randint(0, 9))),
    )
    return Vote(
        partners=tuple(organisation(letter, *random.choice(((CORE,), (CORE,), ()))) for letter in letters),
        rule=_random_rule(random),
        exposures=tuple(_random_exposure(random, letters) for _ in range(random.randint(0, 9))),
        motion=motion,
        vetoes=tuple(_random_veto(random, letters) for _ in range(random.choice((0, 0, 1, 2)))),
        on=day(random.choice((1, 4, 4, 5, 60, 400))),
    )


def _random_rule(random: Random) -> VotingRule:
    return VotingRule(
        method=random.choice((*VotingMethod, VotingMethod.BY_RISK, VotingMethod.BY_RISK)),
        threshold=random.choice(("1/2", "2/3", "60%", "3/4")),
        strictly_more=random.random() < 0.5,
        counted_from=random.choice((*CountedFrom,)),
        quorum=random.choice((None, None, 2, 3)),
        floor=random.choice((None, "0", "1/10")),
        delegates=random.choice(((), (Delegate("a", "Ada"), Delegate("b", "Ada", "Bo")))),
        on_behalf=random.random() < 0.5,
    )


def _random_stance(random: Random, letters: str) -> Stance:
    return Stance(
        by=random.choice(letters * 4 + "z"),
        position=random.choice((*Position, Position.FOR, Position.FOR, Position.FOR)),
        taken_on=day(random.choice((-1, 0, 1, 2, 3, 3, 4, 5))),
        person=random.choice(("Ada", "Ada", "Ada", "Bo", "")),
        on_behalf_by=random.choice((*[""] * 4, random.choice(letters))),
        asked_by=random.choice(("Cy", "Cy", "")),
        reason=random.choice(("It would harm us.", "It would harm us.", "")),
        harms=random.choice((HARM, HARM, " ")),
    )


def _random_exposure(random: Random, letters: str) -> Exposure:
    return Exposure(
        partner=random.choice(letters),
        likelihood=random.randint(1, 5),
        harm=random.randint(1, 5),
        declared_on=random.choice((None, None, day(-9), day(3))),
        ended_on=random.choice((None, None, day(4))),
    )


def _random_veto(random: Random, letters: str) -> Veto:
    resolved_on = random.choice((None, day(5), day(90)))
    return Veto(
        by=random.choice(letters * 4 + "z"),
        motion=random.choice(("fair", "fair", "fair", "other")),
        vetoed_on=day(random.choice((-1, 0, 1, 2, 3, 4, 4, 5))),
        codes=random.choice((*[(CORE,)] * 6, (OTHER,), (CORE, OTHER), ())),
        reason=random.choice((*["Not with our name on it."] * 4, "")),
        claim=random.choice(("", "It names us.")),
        resolved_on=resolved_on,
        resolution="" if resolved_on is None else "Our name is left out.",
    )


def bounds_by_trial(sizes: list[int], least: Fraction, most: Fraction) -> list[Fraction]:
    """Proportional shares between bounds: every way to say who is at the floor, who at the cap and who between."""
    weights = [Fraction(size) or Fraction(1, 10**12) for size in sizes]
    for ways in product(("floor", "free", "cap"), repeat=len(sizes)):
        who = list(zip(ways, weights, strict=True))
        free = sum(weight for way, weight in who if way == "free")
        held = sum(least if way == "floor" else most for way, _ in who if way != "free")
        lowest = max([most / weight for way, weight in who if way == "cap"], default=Fraction(0))
        scale = (1 - held) / free if free else lowest
        shares = [{"floor": least, "cap": most, "free": scale * weight}[way] for way, weight in who]
        fair = scale >= lowest and all(scale * weight <= least for way, weight in who if way == "floor")
        if fair and sum(shares) == 1 and all(least <= share <= most for share in shares):
            return shares
    raise AssertionError("nothing fits")


def decided_by_hand(vote: Vote) -> str:
    """What becomes of a motion, counted as a careful secretary would."""
    rule, motion, ids = vote.rule, vote.motion, [one.id for one in vote.partners]
    for veto in vote.vetoes:
        if _stops(veto, vote) and veto.vetoed_on <= vote.on and not (veto.resolved_on and veto.resolved_on <= vote.on):
            return "blocked"
    if motion.closes_on is None or vote.on < motion.closes_on:
        return "undecided"
    last: dict[str, Stance] = {}
    for stance in motion.stances:
        known = last.get(stance.by)
        if _counts(stance, vote, ids) and (known is None or stance.taken_on >= known.taken_on):
            last[stance.by] = stance
    silent = {veto.by for veto in vote.vetoes if _stops(veto, vote) and veto.by not in last}
    present = len(silent) + sum(1 for stance in last.values() if not stance.on_behalf_by)
    if present < (len(ids) // 2 + 1 if rule.quorum is None else rule.quorum):
        return "undecided"
    if rule.method == "consent" or len(ids) == 2:
        objecting = [s for s in last.values() if s.position == "objection" and s.reason.strip() and s.harms.strip()]
        vetoing = {veto.by for veto in vote.vetoes if _stops(veto, vote) and veto.vetoed_on <= vote.on}
        still_no = silent or any(last[by].position == "veto" for by in vetoing if by in last)
        return "failed" if objecting or still_no else "passed"
    return "passed" if _carried(vote, ids, last, silent) else "failed"


def _carried(vote: Vote, ids: list[str], last: dict[str, Stance], silent: set[str]) -> bool:
    weights = _weights(vote, ids)
    in_favour = sum(weights[each] for each, stance in last.items() if stance.position == "for")
    on_neither = sum(weights[each] for each, stance in last.items() if stance.position == "abstain")
    absent = sum(weights[each] for each in ids if each not in last and each not in silent)
    whole = Fraction(1) if vote.rule.counted_from == "all" else 1 - on_neither - absent
    bar = {"1/2": Fraction(1, 2), "2/3": Fraction(2, 3), "60%": Fraction(3, 5), "3/4": Fraction(3, 4)}
    needed = bar[vote.rule.threshold] * whole
    return in_favour > 0 and (in_favour > needed if vote.rule.strictly_more else in_favour >= needed)


def _weights(vote: Vote, ids: list[str]) -> dict[str, Fraction]:
    if vote.rule.method == "one-each":
        return dict.fromkeys(ids, Fraction(1, len(ids)))
    risks = dict.fromkeys(ids, 0)
    for each in vote.exposures:
        declared = each.declared_on is None or each.declared_on <= FIRST
        if declared and (each.ended_on is None or each.ended_on > FIRST):
            risks[each.partner] += each.likelihood * each.harm
    least = Fraction(vote.rule.floor) if vote.rule.floor else Fraction(1, 2 * len(ids))
    shares = bounds_by_trial([risks[each] for each in ids], least, Fraction(45, 100))
    return {each: share.limit_denominator(10**6) for each, share in zip(ids, shares, strict=True)}


def _counts(stance: Stance, vote: Vote, ids: list[str]) -> bool:
    closes_on = vote.motion.closes_on or date.max
    in_time = FIRST <= stance.taken_on <= closes_on and stance.taken_on <= vote.on
    if stance.on_behalf_by:
        asked = stance.on_behalf_by in ids and stance.on_behalf_by != stance.by and stance.asked_by
        if not (vote.rule.on_behalf and asked):
            return False
    speaker = stance.on_behalf_by or stance.by
    named = {one.partner: (one.person, one.stand_in) for one in vote.rule.delegates}
    known = bool(stance.person) and (speaker not in named or stance.person in named[speaker])
    return in_time and known and stance.by in ids


def _stops(veto: Veto, vote: Vote) -> bool:
    motion = vote.motion
    core = {one.id: {gap.code for gap in one.vulnerabilities if gap.core} for one in vote.partners}
    allowed = motion.kind == "ordinary" or (motion.kind == "renegotiation" and veto.by == motion.by)
    in_time = FIRST <= veto.vetoed_on <= (motion.closes_on or date.max)
    own_core = bool(veto.codes) and all(code in core.get(veto.by, ()) for code in veto.codes)
    touched = bool(veto.claim) or all(code in motion.touches for code in veto.codes)
    return veto.motion == "fair" and allowed and in_time and own_core and touched and bool(veto.reason)
