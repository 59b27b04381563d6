"""Opening up in a ring of three: no step is anybody's before it is everybody's.

A helps B, B helps C, and C helps A, so that what one opens is answered by somebody else. Each two of them have a matter
of their own, which is read as any other; but a step up is decided over all three. The codes open once all three have
agreed, each to both of the others. Of words nobody tells more than one item beyond whoever told least, nor beyond what
the others told it: two who know each other could tell one another, and the third nothing. Whoever says no, withdraws
everything, ends a matter or reports exploitation holds the onward steps of all three, and takes from the other two
nothing that they may read of each other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, combinations, permutations, zip_longest
from types import MappingProxyType

from lichen.audit.values import Audit
from lichen.disclosure.items import item_of
from lichen.disclosure.matched import codes_to_agree, is_openable, lapsed_codes
from lichen.disclosure.proposing import Grounds, NextDisclosure, next_disclosure
from lichen.disclosure.refusals import refusal
from lichen.disclosure.replay import audits_by_id, recorded, state_of
from lichen.disclosure.scene import scenes
from lichen.disclosure.state import MatterState, Pair, Rung
from lichen.disclosure.values import AHEAD, Act, DisclosureEvent, Matter
from lichen.errors import InputError, NotAllowed, Problem
from lichen.language import _

__all__ = ["Audits", "RingMatters", "RingState", "agree_in_ring", "next_in_ring", "ring_state", "tell_in_ring"]

Audits = Iterable[Audit] | Mapping[str, Iterable[Audit]]
"""Those of all three; or, where what counts is not the same in each, by the id of the matter those of its two."""

_Given = Mapping[str, tuple[Audit, ...]]


@dataclass(frozen=True, slots=True)
class RingMatters:
    """The three matters of a ring.

    Raises:
        InputError: They are not those of each two of the same three, each of which names the third.
    """

    matters: tuple[Matter, ...]
    """One of each two."""
    earlier: tuple[Matter, ...] = ()
    """The matters before them. What any two saw of each other counts over all of them."""

    def __post_init__(self) -> None:
        members = {party for matter in self.matters for party in matter.parties}
        wanted = {frozenset(pair) for pair in combinations(members, 2)}
        pairs = [frozenset(matter.parties) for matter in self.matters]
        named = all({*matter.parties, matter.third} == members for matter in self.matters)
        if len(members) != 3 or len(pairs) != 3 or {*pairs} != wanted or not named:
            what, right = _("these are not the matters of a ring"), _("one of each two of three, that names the third")
            raise InputError(Problem(what, right, column="matters"))

    @property
    def members(self) -> tuple[str, ...]:
        """Ids of the three."""
        return tuple(sorted({party for matter in self.matters for party in matter.parties}))

    def between(self, one: str, other: str) -> Matter:
        """The matter of two of them.

        Raises:
            NotAllowed: One of them is not in the ring, or both are the same.
        """
        found = next((matter for matter in self.matters if {*matter.parties} == {one, other}), None)
        if found is None:
            raise refusal("parties-only")
        return found

    def having(self, matter: Matter) -> RingMatters:
        """The same, with one of the three as it is now."""
        same = {*matter.parties}
        return replace(self, matters=tuple(matter if {*each.parties} == same else each for each in self.matters))


@dataclass(frozen=True, slots=True)
class RingState:
    """Where a ring stands: as far as all three have come, and no further."""

    states: tuple[MatterState, ...]
    """Where each of the three matters stands."""

    @property
    def rung(self) -> Rung:
        """The rung on which all three stand to each other: that of the two who are least far."""
        return min(state.rung(*state.parties) for state in self.states)

    @property
    def is_at_rest(self) -> bool:
        """Whether one of the three has gone back on the mutual yes, ended a matter, or reported exploitation."""
        return self.rung < Rung.IDENTITY

    @property
    def awaited(self) -> tuple[str, ...]:
        """Ids of those who have not agreed to codes yet, while the ring waits for that; none otherwise."""
        if self.rung is not Rung.IDENTITY:
            return ()
        return tuple(sorted(member for member in self.members if not self.has_agreed(member)))

    @property
    def members(self) -> frozenset[str]:
        """Ids of the three."""
        return frozenset(party for state in self.states for party in state.parties)

    def between(self, one: str, other: str) -> MatterState:
        """Where the matter of two of them stands."""
        return next(state for state in self.states if {*state.parties} == {one, other})

    def has_agreed(self, member: str) -> bool:
        """Whether somebody has agreed to show codes, to both of the others."""
        return all((member, other) in self.between(member, other).agreed for other in self.members - {member})

    def told(self, member: str) -> int:
        """How many items somebody has told: one that was told to both counts twice, and what was owed not at all."""
        return sum(len(self.between(member, other).told(member, other)) for other in self.members - {member})

    def heard(self, member: str) -> int:
        """How many items somebody was told by the others, counted in the same way."""
        return sum(len(self.between(member, other).told(other, member)) for other in self.members - {member})

    def behind(self, member: str) -> tuple[str, ...]:
        """Ids of those who have to tell something before somebody may tell one more.

        It is both of the others where they have told somebody too little: what they tell each other does not answer it.
        """
        ahead, others = self.told(member) + 1 - AHEAD, self.members - {member}
        is_unheard = self.heard(member) < ahead
        return tuple(sorted(other for other in others if is_unheard or self.told(other) < ahead))


def ring_state(ring: RingMatters, audits: Audits = ()) -> RingState:
    """Where a ring stands after all that is written down of its three matters.

    Args:
        ring: The matters.
        audits: Those of the three; where one is missing, its owner's events are judged by themselves.

    Raises:
        NotAllowed: Something in them breaks a rule.

    Example:
        >>> from itertools import permutations
        >>> day = date(2026, 10, 1)
        >>> three = [Matter(f"{a} {b}", (a, b), day, third=c) for a, b, c in permutations("abc") if a < b]
        >>> ring_state(RingMatters(tuple(three))).rung.name
        'BLIND'
    """
    given = _each(ring, audits)
    return RingState(tuple(state_of(matter, given[matter.id], earlier=ring.earlier) for matter in ring.matters))


def agree_in_ring(
    ring: RingMatters,
    audits: Audits,
    *,
    by: str,
    on: date,
    but: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> RingMatters:
    """Agree to show codes to both of the others at once. They open when all three have.

    To each is shown what it could ease, by the rules of any two; who has nothing for the one agrees all the same, and
    has to have something for the other. What opens is level over the ring: of nobody more than one code more than of
    whoever shows least, nor than it is shown. What is beyond that waits until that one agrees to more.

    Args:
        ring: The matters so far.
        audits: Those of all three, as they are now.
        by: Id of the owner.
        on: The day.
        but: Codes that the owner keeps back all the same, by the id of the one who would see them.

    Returns:
        The matters, with the agreement in two of them; if it was the last of the three, with what opened in all.

    Raises:
        NotAllowed: A rule stands against it, nothing of the owner's can be shown, or only the others are awaited.

    Source:
        Rings are the cycles of kidney exchange, which are carried out all at once so that nobody gives in vain (Roth,
        Sönmez and Ünver 2007); that each step of opening up is taken so is ours.
    """
    given = _each(ring, audits)
    before = ring_state(ring, given)
    _require_under_way(before, by)
    after = ring
    for reader in sorted(before.members - {by}):
        after = _agreed(after, given, by, reader, on, frozenset(but.get(reader, ())))
    state = ring_state(after, given)
    if not any(state.between(by, other).agreed[by, other] for other in state.members - {by}):
        raise refusal("nothing-left")
    if after == ring:
        raise refusal("third-of-the-ring" if before.awaited else "nothing-left")
    return _opened(after, given, state, on)


def tell_in_ring(
    ring: RingMatters, audits: Audits, *, by: str, to: str, code: str, on: date, is_trial: bool = False
) -> RingMatters:
    """Open the words and the severity of one item to one of the others.

    Args:
        ring: The matters so far.
        audits: Those of all three.
        by: Id of the owner.
        to: Id of the reader.
        code: The item, in the owner's audit.
        on: The day.
        is_trial: Whether it is tried as the one item of somebody who is not ready to be open.

    Raises:
        NotAllowed: A rule stands against it: the codes are not open all round, or the owner would be more than one item
            ahead of somebody. A material fact comes before both.
    """
    matter, given = ring.between(by, to), _each(ring, audits)
    state = ring_state(ring, given)
    ours, by_id = state.between(by, to), audits_by_id(given[matter.id])
    item = item_of(by_id[by].organisation, code) if by in by_id else None
    what, material = (Act.TRIED, None) if is_trial else (Act.DISCLOSED, item is not None and item.material)
    event = DisclosureEvent(on, what, by, to, code=code, material=material)
    (scene,) = scenes(ours, event, by_id, past=False)
    if not ours.ended and not scene.is_owed:
        _require_step(state, by, Rung.CODES)
        if code not in ours.told(by, to) and state.behind(by):
            raise refusal("abreast-in-the-ring")
    return ring.having(recorded(matter, given[matter.id], event, earlier=ring.earlier))


def next_in_ring(
    ring: RingMatters, audits: Audits, owner: str, reader: str, *, on: date, but: Iterable[str] = ()
) -> NextDisclosure:
    """The next step of an owner towards one of the others, or the rule that stands against any.

    Args:
        ring: The matters so far.
        audits: Those of all three.
        owner: Id of the side that would open something.
        reader: Id of the one that would see it.
        on: The day.
        but: Codes of the owner that do not count as a match with this reader.

    Raises:
        NotAllowed: A rule stands against it. It tells nothing of what the others keep back; at the most, who has not
            agreed yet, and who has told less.
    """
    matter, given, but = ring.between(owner, reader), _each(ring, audits), tuple(but)
    state = ring_state(ring, given)
    ours = state.between(owner, reader)
    if ours.rung(owner, reader) >= Rung.IDENTITY:
        _require_under_way(state, owner)
        if state.rung is Rung.IDENTITY:
            return _towards_codes(ring, given, state, owner, reader, on, but)
    step = next_disclosure(matter, given[matter.id], owner, reader, on=on, but=but, earlier=ring.earlier)
    if step.act in {Act.TRIED, Act.DISCLOSED} and step.grounds is not Grounds.MATERIAL_FACT and state.behind(owner):
        raise refusal("abreast-in-the-ring")
    return step


def _towards_codes(
    ring: RingMatters,
    given: _Given,
    state: RingState,
    owner: str,
    reader: str,
    on: date,
    but: tuple[str, ...],
) -> NextDisclosure:
    """Ask what has not been asked yet, then agree for the whole ring, though there be nothing to show this reader."""
    if state.has_agreed(owner):
        raise refusal("third-of-the-ring")
    agreeing = NextDisclosure(Act.AGREED, owner, reader, Rung.CODES, Grounds.CONSENT)
    matter = ring.between(owner, reader)
    try:
        step = next_disclosure(matter, given[matter.id], owner, reader, on=on, but=but, earlier=ring.earlier)
    except NotAllowed as refused:
        if refused.rule not in {"nothing-left", "claim-stands", "consent-of-both"}:
            raise
        agree_in_ring(ring, given, by=owner, on=on, but={reader: but})
        return agreeing
    return step if step.act is Act.ANSWERED else agreeing


def _each(ring: RingMatters, audits: Audits) -> _Given:
    """The audits of each matter, by its id."""
    if isinstance(audits, Mapping):
        return {id: tuple(of_two) for id, of_two in audits.items()}
    return dict.fromkeys((matter.id for matter in ring.matters), tuple(audits))


def _agreed(ring: RingMatters, given: _Given, by: str, reader: str, on: date, kept_back: frozenset[str]) -> RingMatters:
    """With the agreement towards one of the others, if it is not there with all that can be agreed to."""
    matter = ring.between(by, reader)
    audits = given[matter.id]
    by_id, state = audits_by_id(audits), state_of(matter, audits, earlier=ring.earlier)
    codes, shut = tuple[str, ...](), tuple[str, ...]()
    if {by, reader} <= by_id.keys():
        codes = codes_to_agree(state, by_id[by], by_id[reader], kept_back)
        shut = lapsed_codes(state, by_id[by], by_id[reader])
    if (by, reader) in state.agreed and not codes:
        return ring
    event = DisclosureEvent(on, Act.AGREED, by, reader, codes=codes, shut=shut)
    return ring.having(recorded(matter, audits, event, earlier=ring.earlier))


def _opened(ring: RingMatters, given: _Given, state: RingState, on: date) -> RingMatters:
    """With what opens in all three, if all have agreed. What may no longer be opened is taken back for good."""
    if not all(map(state.has_agreed, state.members)):
        return ring
    after, pairs = ring, tuple(permutations(sorted(state.members), 2))
    able = {pair: tuple(_openable(state, audits_by_id(given[ring.between(*pair).id]), pair)) for pair in pairs}
    opening = _evened(state, able)
    for (owner, reader), codes in able.items():
        ours = state.between(owner, reader)
        shut = tuple(code for code in ours.waiting(owner, reader) if code not in codes)
        now = opening[owner, reader]
        if now or shut or ours.is_held:
            event = DisclosureEvent(on, Act.RING_AGREED, owner, reader, codes=now, shut=shut)
            matter = after.between(owner, reader)
            after = after.having(recorded(matter, given[matter.id], event, earlier=ring.earlier))
    return after


def _openable(state: RingState, audits: Mapping[str, Audit], pair: Pair) -> Iterator[str]:
    ours = state.between(*pair)
    owner, reader = (audits.get(each) for each in pair)
    return (code for code in ours.waiting(*pair) if is_openable(ours, pair, code, owner, reader))


def _evened(state: RingState, able: Mapping[Pair, tuple[str, ...]]) -> dict[Pair, tuple[str, ...]]:
    """Of what could open, as much as leaves nobody more than one code beyond whoever shows least, or what it is shown.

    What is left out of one's codes is missing from what another is shown; so it is looked at again until nothing is.
    """
    opening = dict(able)
    while True:
        shows = {member: _shown(state, member) + _number(opening, member, 0) for member in state.members}
        sees = {member: _seen(state, member) + _number(opening, member, 1) for member in state.members}
        most = {member: min(sees[member], *shows.values()) + AHEAD for member in state.members}
        evened: dict[Pair, tuple[str, ...]] = {}
        for member in state.members:
            evened |= _first_codes(opening, member, most[member] - _shown(state, member))
        if evened == opening:
            return opening
        opening = evened


def _first_codes(opening: Mapping[Pair, tuple[str, ...]], owner: str, number: int) -> dict[Pair, tuple[str, ...]]:
    """So many of an owner's codes, of those for the one and for the other in turn."""
    own = {pair: codes for pair, codes in opening.items() if pair[0] == owner}
    lines = [[(pair, code) for code in codes] for pair, codes in own.items()]
    in_turn = [each for each in chain.from_iterable(zip_longest(*lines)) if each is not None][: max(0, number)]
    return {pair: tuple(code for to, code in in_turn if to == pair) for pair in own}


def _number(opening: Mapping[Pair, tuple[str, ...]], member: str, side: int) -> int:
    """How many codes would open of somebody, who is the owner (0) or the reader (1)."""
    return sum(len(codes) for pair, codes in opening.items() if pair[side] == member)


def _shown(state: RingState, member: str) -> int:
    """How many codes of somebody are open to the others, but for what was owed."""
    return sum(_number_open(state, (member, other)) for other in state.members - {member})


def _seen(state: RingState, member: str) -> int:
    """How many codes of the others are open to somebody, counted in the same way."""
    return sum(_number_open(state, (other, member)) for other in state.members - {member})


def _number_open(state: RingState, pair: Pair) -> int:
    ours = state.between(*pair)
    return len(ours.seen(*pair).intersection(ours.open_codes(*pair)))


def _require_under_way(state: RingState, by: str) -> None:
    if by not in state.members:
        raise refusal("parties-only")
    if state.is_at_rest:
        raise refusal("ring-at-rest")


def _require_step(state: RingState, by: str, rung: Rung) -> None:
    _require_under_way(state, by)
    if state.rung < rung:
        raise refusal("third-of-the-ring" if state.has_agreed(by) else "step-of-three")
