"""What each act does to a matter once no rule stands against it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import permutations, product
from types import MappingProxyType

from lichen.audit.values import Audit
from lichen.disclosure.matched import is_openable, opening_codes
from lichen.disclosure.scene import Scene
from lichen.disclosure.state import Closed, Grant, MatterState, Opened, Pair, Rung, Trial, blind_grant
from lichen.disclosure.values import Act
from lichen.scales import Relevance

__all__ = ["EFFECTS", "Effect"]

Effect = Callable[[MatterState, Scene], MatterState]
"""Where a matter stands after an event, as far as it concerns the reader of the scene."""


def _say_yes(state: MatterState, scene: Scene) -> MatterState:
    ours, theirs = _both_ways(scene)
    after = replace(state, said_yes=state.said_yes | {ours})
    if ours in state.said_yes or theirs not in after.said_yes:
        return after
    return _with(after, (Grant(*pair, Rung.IDENTITY, Opened.SAID_YES, scene.event.on) for pair in (ours, theirs)))


def _agree(state: MatterState, scene: Scene) -> MatterState:
    """Both at once, and alike: until the other side has agreed too nothing opens, and then what may still be opened."""
    ours, theirs = _both_ways(scene)
    before = _without_shut(state, scene, theirs, scene.theirs, scene.ours)
    before = _without_shut(before, scene, ours, scene.ours, scene.theirs)
    codes = tuple(dict.fromkeys((*before.agreed.get(ours, ()), *scene.codes)))
    back = tuple(code for code in state.withdrawn.get(ours, ()) if code not in scene.codes)
    after = replace(before, agreed=_set(before.agreed, ours, codes), withdrawn=_set(state.withdrawn, ours, back))
    opening = [(pair, code) for pair in (ours, theirs) for code in opening_codes(after, *pair)]
    return _with(after, (Grant(*pair, Rung.CODES, Opened.AGREED, scene.event.on, code) for pair, code in opening))


def _without_shut(
    state: MatterState, scene: Scene, pair: Pair, ours: Audit | None, theirs: Audit | None
) -> MatterState:
    """Without what has been agreed to and waits, but may no longer be opened, or could not on that day."""
    after = state
    for code in state.waiting(*pair):
        is_shut = code in scene.event.shut or not is_openable(state, pair, code, ours, theirs)
        after = _taken_back(after, pair, code) if is_shut else after
    return after


def _agree_as_ring(state: MatterState, scene: Scene) -> MatterState:
    """What opens was worked out over the whole ring, and written into the event."""
    ours = (scene.owner, scene.reader)
    after = replace(state, is_held=False)
    for code in scene.event.shut:
        after = _taken_back(after, ours, code)
    opening = [code for code in after.waiting(*ours) if code in scene.codes]
    return _with(after, (Grant(*ours, Rung.CODES, Opened.AGREED, scene.event.on, code) for code in opening))


def _answer(state: MatterState, scene: Scene) -> MatterState:
    """A no takes back an agreement to show it, so that a later yes brings nothing to light by itself."""
    pair, code = (scene.owner, scene.reader), scene.event.code
    after = replace(state, answers=MappingProxyType({**state.answers, (*pair, code): scene.event.relevance}))
    return _taken_back(after, pair, code) if scene.event.relevance is Relevance.NO else after


def _disclose(state: MatterState, scene: Scene) -> MatterState:
    return _told(state, scene, Opened.MATERIAL if scene.is_owed else Opened.DISCLOSED)


def _try(state: MatterState, scene: Scene) -> MatterState:
    after = _told(state, scene, Opened.TRIED)
    return replace(after, trials=(*after.trials, Trial(scene.owner, scene.reader)))


def _judge(state: MatterState, scene: Scene) -> MatterState:
    awaited = Trial(scene.owner, scene.reader)
    judged = replace(awaited, outcome=scene.event.received)
    return replace(state, trials=tuple(judged if trial == awaited else trial for trial in state.trials))


def _start_pilot(state: MatterState, scene: Scene) -> MatterState:
    """Said by one side it counts when the other has said it too; the facilitator says it for all."""
    pairs = [(scene.owner, scene.reader)] if scene.owner else permutations(state.parties, 2)
    return replace(state, pilots=state.pilots.union(pairs))


def _talk(state: MatterState, scene: Scene) -> MatterState:
    """What was said aloud is known to all who were there, and counts as told.

    It opens the code, not the words that stand in the audit: its owner chose other ones.
    """
    talk, on = scene.event.conversation, scene.event.on
    heard = product(talk.said, dict.fromkeys(talk.present)) if talk else ()
    return _with(
        state,
        (
            Grant(said.owner, reader, Rung.CODES, Opened.SAID_ALOUD, on, said.code)
            for said, reader in heard
            if reader != said.owner
        ),
    )


def _withdraw(state: MatterState, scene: Scene) -> MatterState:
    """Of one item: its words and its code. Of everything: both go back to the first rung, and read nothing."""
    ours, theirs = _both_ways(scene)
    code = scene.event.code
    if code:
        withdrawn = _set(state.withdrawn, ours, (*state.withdrawn.get(ours, ()), code))
        after = replace(_taken_back(state, ours, code), withdrawn=withdrawn)
        return _closed(after, scene, Closed.WITHDRAWN, lambda grant: _pair(grant) == ours and grant.code == code)
    left = {pair: codes for pair, codes in state.agreed.items() if pair not in {ours, theirs}}
    after = replace(
        state, said_yes=state.said_yes - {ours, theirs}, agreed=MappingProxyType(left), is_held=bool(state.third)
    )
    return _closed(
        after, scene, Closed.WITHDRAWN, lambda grant: _pair(grant) in {ours, theirs} and grant.rung > Rung.BLIND
    )


def _freeze(state: MatterState, scene: Scene) -> MatterState:
    frozen = _closed(state, scene, Closed.FROZEN, lambda grant: grant.reader == scene.reader)
    return replace(_end(frozen, scene), ended=Closed.FROZEN)


def _end(state: MatterState, scene: Scene) -> MatterState:
    return replace(_closed(state, scene, Closed.ENDED, lambda _grant: True), ended=Closed.ENDED)


def _consent(state: MatterState, scene: Scene) -> MatterState:
    return replace(state, consents=state.consents | {(scene.owner, scene.event.to)})


def _join(state: MatterState, scene: Scene) -> MatterState:
    """A newcomer begins on the first rung with each but those of an earlier freeze; nothing earlier opens to it."""
    meeting = [party for party in state.parties if not state.is_frozen(party, scene.owner)]
    blind = (blind_grant(*pair, scene.event.on) for party in meeting for pair in _swapped(party, scene.owner))
    return _with(replace(state, parties=(*state.parties, scene.owner)), blind)


def _plan_money(state: MatterState, scene: Scene) -> MatterState:
    return replace(state, money=state.money | {(scene.owner, scene.reader)})


def _taken_back(state: MatterState, pair: Pair, code: str) -> MatterState:
    """Without an owner's agreement to show a code. One that still waits for the other side falls with its last code."""
    if pair not in state.agreed:
        return state
    kept = tuple(each for each in state.agreed[pair] if each != code)
    if kept or pair[::-1] in state.agreed:
        return replace(state, agreed=_set(state.agreed, pair, kept))
    return replace(state, agreed=MappingProxyType({each: of for each, of in state.agreed.items() if each != pair}))


def _set(codes: Mapping[Pair, tuple[str, ...]], pair: Pair, now: tuple[str, ...]) -> Mapping[Pair, tuple[str, ...]]:
    return MappingProxyType({**codes, pair: now})


def _both_ways(scene: Scene) -> tuple[Pair, Pair]:
    return _swapped(scene.owner, scene.reader)


def _swapped(one: str, other: str) -> tuple[Pair, Pair]:
    return (one, other), (other, one)


def _pair(grant: Grant) -> Pair:
    return grant.owner, grant.reader


def _told(state: MatterState, scene: Scene, opened: Opened) -> MatterState:
    grant = Grant(scene.owner, scene.reader, Rung.WORDS, opened, scene.event.on, scene.event.code)
    return _with(state, [grant])


def _with(state: MatterState, grants: Iterable[Grant]) -> MatterState:
    return replace(state, grants=(*state.grants, *grants))


def _closed(state: MatterState, scene: Scene, why: Closed, chosen: Callable[[Grant], bool]) -> MatterState:
    def now(grant: Grant) -> Grant:
        shuts = grant.until is None and chosen(grant)
        return replace(grant, until=scene.event.on, closed=why) if shuts else grant

    return replace(state, grants=tuple(map(now, state.grants)))


EFFECTS: Mapping[Act, Effect] = MappingProxyType(
    {
        Act.SAID_YES: _say_yes,
        Act.AGREED: _agree,
        Act.RING_AGREED: _agree_as_ring,
        Act.ANSWERED: _answer,
        Act.DISCLOSED: _disclose,
        Act.TRIED: _try,
        Act.JUDGED: _judge,
        Act.PILOT_STARTED: _start_pilot,
        Act.TALKED: _talk,
        Act.WITHDREW: _withdraw,
        Act.EXPLOITED: _freeze,
        Act.CONSENTED: _consent,
        Act.JOINED: _join,
        Act.MONEY: _plan_money,
        Act.ENDED: _end,
    }
)
"""What each act does."""
