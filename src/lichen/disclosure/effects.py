"""What each act does to a matter once no rule stands against it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import permutations, product
from types import MappingProxyType

from lichen.disclosure.scene import Scene
from lichen.disclosure.state import Closed, Grant, MatterState, Opened, Pair, Rung, Trial, blind_grant
from lichen.disclosure.values import Act

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
    """Both at once: until the other side has agreed too, nothing opens."""
    ours, theirs = _both_ways(scene)
    codes = tuple(dict.fromkeys((*state.agreed.get(ours, ()), *scene.codes)))
    back = tuple(code for code in state.withdrawn.get(ours, ()) if code not in scene.codes)
    after = replace(state, agreed=_set(state.agreed, ours, codes), withdrawn=_set(state.withdrawn, ours, back))
    for pair in (ours, theirs) if theirs in after.agreed else ():
        new = [code for code in after.agreed[pair] if code not in after.open_codes(*pair)]
        after = _with(after, (Grant(*pair, Rung.CODES, Opened.AGREED, scene.event.on, code) for code in new))
    return after


def _answer(state: MatterState, scene: Scene) -> MatterState:
    answers = {**state.answers, (scene.owner, scene.reader, scene.event.code): scene.event.relevance}
    return replace(state, answers=MappingProxyType(answers))


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
    pairs = _both_ways(scene) if scene.owner else permutations(state.parties, 2)
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
        kept = tuple(each for each in state.agreed.get(ours, ()) if each != code)
        agreed = _set(state.agreed, ours, kept) if ours in state.agreed else state.agreed
        withdrawn = _set(state.withdrawn, ours, (*state.withdrawn.get(ours, ()), code))
        after = replace(state, agreed=agreed, withdrawn=withdrawn)
        return _closed(after, scene, Closed.WITHDRAWN, lambda grant: _pair(grant) == ours and grant.code == code)
    left = {pair: codes for pair, codes in state.agreed.items() if pair not in {ours, theirs}}
    after = replace(state, said_yes=state.said_yes - {ours, theirs}, agreed=MappingProxyType(left))
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
    """A newcomer begins on the first rung with each; nothing earlier opens to it."""
    blind = (blind_grant(*pair, scene.event.on) for party in state.parties for pair in _swapped(party, scene.owner))
    return _with(replace(state, parties=(*state.parties, scene.owner)), blind)


def _plan_money(state: MatterState, scene: Scene) -> MatterState:
    return replace(state, money=state.money | {(scene.owner, scene.reader)})


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
