"""The rules of opening up, as one table: what each is called, which acts it watches, and when it is broken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import permutations
from types import MappingProxyType

from lichen.disclosure.matched import matched_codes
from lichen.disclosure.owed import material_facts_due
from lichen.disclosure.scene import Scene
from lichen.disclosure.state import Closed, Rung
from lichen.disclosure.trying import is_waiting, receptions
from lichen.disclosure.values import AHEAD, EVERYONE, Act, Reception
from lichen.scales import Relevance

__all__ = ["RULES", "Rule"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of opening up."""

    name: str
    """What it is called in a refusal and in the documentation."""
    acts: frozenset[Act]
    """The acts that it watches."""
    is_broken: Callable[[Scene], bool]
    """Whether one of them would break it."""
    yields: bool = False
    """Whether it steps back before a material fact."""

    def stands_against(self, scene: Scene) -> bool:
        """Whether it forbids what is to happen, if that is one of its acts."""
        return not (self.yields and scene.is_owed) and self.is_broken(scene)


_RUNG_NEEDED: Mapping[Act, Rung] = MappingProxyType(
    {
        Act.AGREED: Rung.IDENTITY,
        Act.PILOT_STARTED: Rung.IDENTITY,
        Act.MONEY: Rung.IDENTITY,
        Act.TRIED: Rung.CODES,
        Act.DISCLOSED: Rung.CODES,
    }
)


_OPENING = frozenset({Act.SAID_YES, Act.TALKED, Act.RING_AGREED, *_RUNG_NEEDED})


def _is_early(scene: Scene) -> bool:
    return scene.event.on < scene.state.last_on


def _is_ended(scene: Scene) -> bool:
    return scene.state.ended is Closed.ENDED


def _is_frozen(scene: Scene) -> bool:
    """In the matter itself nothing happens any more; in a later one, nothing that opens something between the two."""
    if scene.state.ended is Closed.FROZEN:
        return True
    talk = scene.event.conversation
    heard = [(said.owner, present) for said in talk.said for present in talk.present] if talk else []
    between = ((scene.owner, scene.reader), *heard)
    return scene.event.what in _OPENING and any(scene.state.is_frozen(*pair) for pair in between)


def _is_outside(scene: Scene) -> bool:
    talk = scene.event.conversation
    concerned = {scene.owner, scene.reader, *(talk.present if talk else ())} - {""}
    return not concerned <= {*scene.state.parties} or scene.owner == scene.reader != ""


def _is_for_nobody(scene: Scene) -> bool:
    return not scene.event.to and scene.is_shared_out


def _is_several(scene: Scene) -> bool:
    return bool(scene.event.codes)


def _is_unstated(scene: Scene) -> bool:
    return scene.ours is not None and len(scene.items) < len(scene.codes)


def _lacks_consent(scene: Scene) -> bool:
    pairs = [(scene.owner, scene.reader)] if scene.owner else permutations(scene.state.parties, 2)
    return any(scene.state.rung(*pair) < _RUNG_NEEDED[scene.event.what] for pair in pairs)


def _names_nothing(scene: Scene) -> bool:
    """In a ring one may have nothing for the one and something for the other; that asks whoever sees all three."""
    return not scene.codes and not scene.state.third


def _is_not_of_a_ring(scene: Scene) -> bool:
    ours, theirs = (scene.owner, scene.reader), (scene.reader, scene.owner)
    return not scene.state.third or not {ours, theirs} <= scene.state.agreed.keys()


def _is_unmatched(scene: Scene) -> bool:
    if scene.ours is None or scene.theirs is None:
        return False
    return not {*scene.codes} <= {*matched_codes(scene.ours.organisation, scene.theirs.organisation)}


def _skips_a_rung(scene: Scene) -> bool:
    return not scene.has_pilot and scene.event.code not in scene.state.open_codes(scene.owner, scene.reader)


def _is_unasked(scene: Scene) -> bool:
    return any(scene.relevance(item) is Relevance.UNASKED for item in scene.items)


def _is_irrelevant(scene: Scene) -> bool:
    answered = {scene.state.answers.get((scene.owner, scene.reader, code)) for code in scene.codes}
    return Relevance.NO in answered | {scene.relevance(item) for item in scene.items}


def _is_too_sensitive(scene: Scene) -> bool:
    return not scene.has_pilot and any(item.is_high for item in scene.items)


def _is_beyond_the_top(scene: Scene) -> bool:
    return not scene.has_pilot and len(scene.seen) > scene.state.rules.before_pilot


def _is_too_far_ahead(scene: Scene) -> bool:
    """Of two who deal by themselves; a ring keeps level as a whole."""
    if scene.state.third:
        return False
    answered = scene.state.told(scene.reader, scene.owner)
    return len(scene.told) - len(answered) > AHEAD


def _exceeds_a_trial(scene: Scene) -> bool:
    waiting = scene.event.what is not Act.AGREED and is_waiting(scene.state, scene.owner)
    if not scene.is_tender or scene.event.what is Act.DISCLOSED:
        return waiting or scene.is_tender
    cold = Reception.COLDLY_RECEIVED in receptions(scene.state, scene.owner, scene.reader)
    return waiting or cold or len(scene.seen) > 1


def _is_tried_on_many(scene: Scene) -> bool:
    return scene.is_shared_out


def _was_not_tried(scene: Scene) -> bool:
    return None not in receptions(scene.state, scene.owner, scene.reader)


def _is_not_open(scene: Scene) -> bool:
    """What was agreed to and still waits for the other side counts as open: it can be withdrawn in time."""
    state, code = scene.state, scene.event.code
    readers = [party for party in state.parties if scene.is_shared_out or party == scene.reader]
    pairs = [(scene.owner, reader) for reader in readers]
    return bool(code) and not any(code in (*state.open_codes(*pair), *state.waiting(*pair)) for pair in pairs)


def _is_in_already(scene: Scene) -> bool:
    return scene.event.to in {*scene.state.parties, EVERYONE}


def _is_unwelcome(scene: Scene) -> bool:
    parties = scene.state.parties
    return scene.owner in parties or not {(party, scene.owner) for party in parties} <= scene.state.consents


def _owes_a_fact(scene: Scene) -> bool:
    ways = ((scene.ours, scene.reader), (scene.theirs, scene.owner))
    return any(audit is not None and material_facts_due(scene.state, audit, reader) for audit, reader in ways)


_EVERY = frozenset(Act)
_BETWEEN = _EVERY - {Act.JOINED}
_WORDS = frozenset({Act.DISCLOSED, Act.TRIED})
_CODES = _WORDS | {Act.AGREED}
_ITEM = _CODES | {Act.ANSWERED}

RULES: tuple[Rule, ...] = (
    Rule("ended-matter", _EVERY, _is_ended),
    Rule("exploited", _EVERY, _is_frozen),
    Rule("days-in-order", _EVERY, _is_early),
    Rule("parties-only", _BETWEEN, _is_outside),
    Rule("all-consent-to-a-newcomer", frozenset({Act.JOINED}), _is_unwelcome),
    Rule("newcomers-only", frozenset({Act.CONSENTED}), _is_in_already),
    Rule("name-the-readers", _CODES, _is_for_nobody),
    Rule("one-item-at-a-time", _WORDS, _is_several),
    Rule("one-reader-for-a-trial", frozenset({Act.TRIED}), _is_tried_on_many),
    Rule("stated-in-the-audit", _ITEM, _is_unstated),
    Rule("consent-of-both", frozenset(_RUNG_NEEDED), _lacks_consent, yields=True),
    Rule("nothing-left", frozenset({Act.AGREED}), _names_nothing),
    Rule("all-of-a-ring", frozenset({Act.RING_AGREED}), _is_not_of_a_ring),
    Rule("matched-codes-only", frozenset({Act.AGREED}), _is_unmatched),
    Rule("codes-before-words", _WORDS, _skips_a_rung, yields=True),
    Rule("relevance-asked", _CODES, _is_unasked, yields=True),
    Rule("relevant-only", _CODES, _is_irrelevant, yields=True),
    Rule("high-sensitivity", _CODES, _is_too_sensitive, yields=True),
    Rule("one-item-trial", _CODES, _exceeds_a_trial, yields=True),
    Rule("top-three", _CODES, _is_beyond_the_top, yields=True),
    Rule("one-item-ahead", _WORDS, _is_too_far_ahead, yields=True),
    Rule("material-facts-first", frozenset({Act.MONEY}), _owes_a_fact),
    Rule("nothing-tried", frozenset({Act.JUDGED}), _was_not_tried),
    Rule("nothing-to-withdraw", frozenset({Act.WITHDREW}), _is_not_open),
)
"""In the order in which they are asked: the first that stands against an act is named."""
