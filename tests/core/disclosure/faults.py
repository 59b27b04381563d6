"""Faults planted in the room, one at a time: what somebody might get wrong while changing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import permutations
from types import MappingProxyType
from typing import Any

from lichen.audit.values import Audit
from lichen.disclosure.effects import EFFECTS
from lichen.disclosure.history import history
from lichen.disclosure.replay import LAW, Law
from lichen.disclosure.scene import Scene
from lichen.disclosure.sight import Sight, visible
from lichen.disclosure.state import Closed, Grant, MatterState, Opened, Rung
from lichen.disclosure.values import AHEAD, Act, Reception

Faulty = Mapping[str, Any]
"""The law, the sight or the recall of a play, with one fault in it."""


def without(*names: str) -> Faulty:
    """Rules that nobody asks."""
    kept = tuple(rule for rule in LAW.rules if rule.name not in names)
    assert len(kept) == len(LAW.rules) - len(names)
    return {"law": replace(LAW, rules=kept)}


def asking(name: str, is_broken: Callable[[Scene], bool]) -> Faulty:
    """A rule that asks something else."""
    rules = tuple(replace(rule, is_broken=is_broken) if rule.name == name else rule for rule in LAW.rules)
    assert rules != LAW.rules
    return {"law": replace(LAW, rules=rules)}


def yielding(*names: str) -> Faulty:
    """Rules that step back before a material fact and should not."""
    rules = tuple(replace(rule, yields=rule.yields or rule.name in names) for rule in LAW.rules)
    assert rules != LAW.rules
    return {"law": replace(LAW, rules=rules)}


def doing(act: Act, effect: Callable[[MatterState, Scene], MatterState]) -> Faulty:
    """An act that does something else."""
    return {"law": Law(LAW.rules, MappingProxyType({**EFFECTS, act: effect}))}


def _two_ahead(scene: Scene) -> bool:
    answered = scene.state.told(scene.reader, scene.owner)
    return len(scene.told) - len(answered) > AHEAD + 1


def _counts_words_alone(scene: Scene) -> bool:
    return not scene.has_pilot and len(scene.told) > scene.state.rules.before_pilot


def _one_consent_will_do(scene: Scene) -> bool:
    welcome = any(newcomer == scene.owner for _party, newcomer in scene.state.consents)
    return scene.owner in scene.state.parties or not welcome


def _own_consent_will_do(scene: Scene) -> bool:
    if scene.event.what in {Act.DISCLOSED, Act.TRIED}:
        return (scene.owner, scene.reader) not in scene.state.agreed
    return bool(scene.owner) and scene.state.rung(scene.owner, scene.reader) < Rung.IDENTITY


def _receiver_owes_nothing(scene: Scene) -> bool:
    return not scene.state.has_told(scene.owner, scene.reader, "funding.solvency")


def _closes_codes_alone(state: MatterState, scene: Scene) -> MatterState:
    after = EFFECTS[Act.WITHDREW](state, scene)
    words = (was if was.rung is Rung.WORDS else now for was, now in zip(state.grants, after.grants, strict=True))
    return replace(after, grants=tuple(words))


def _closes_one_way(state: MatterState, scene: Scene) -> MatterState:
    after = EFFECTS[Act.WITHDREW](state, scene)
    back = (was if was.reader == scene.owner else now for was, now in zip(state.grants, after.grants, strict=True))
    return replace(after, grants=tuple(back))


def _erases(state: MatterState, scene: Scene) -> MatterState:
    after = EFFECTS[Act.WITHDREW](state, scene)
    return replace(after, grants=tuple(grant for grant in after.grants if grant.closed is not Closed.WITHDRAWN))


def _remembers_the_agreement(state: MatterState, scene: Scene) -> MatterState:
    return replace(EFFECTS[Act.WITHDREW](state, scene), agreed=state.agreed)


def _opens_at_the_first_word(state: MatterState, scene: Scene) -> MatterState:
    """Codes open before the other side has agreed too."""
    after = EFFECTS[Act.AGREED](state, scene)
    early = (
        Grant(scene.owner, scene.reader, Rung.CODES, Opened.AGREED, scene.event.on, code)
        for code in scene.codes
        if code not in after.open_codes(scene.owner, scene.reader)
    )
    return replace(after, grants=(*after.grants, *early))


def _shows_a_newcomer_everything(state: MatterState, scene: Scene) -> MatterState:
    after = EFFECTS[Act.JOINED](state, scene)
    copies = [replace(grant, reader=scene.owner) for grant in state.grants if grant.code]
    return replace(after, grants=(*after.grants, *copies))


def _goes_on_after_exploitation(state: MatterState, scene: Scene) -> MatterState:
    return replace(EFFECTS[Act.EXPLOITED](state, scene), ended=None)


def _forgets_that_it_froze(state: MatterState, scene: Scene) -> MatterState:
    return replace(state, ended=Closed.FROZEN)


def _is_not_counted(state: MatterState, scene: Scene) -> MatterState:
    """What was said aloud counts as a code that was agreed to, and not as told."""
    after = EFFECTS[Act.TALKED](state, scene)
    new = (replace(grant, opened=Opened.AGREED) for grant in after.grants[len(state.grants) :])
    return replace(after, grants=(*state.grants, *new))


def _starts_everywhere(state: MatterState, _scene: Scene) -> MatterState:
    return replace(state, pilots=frozenset(permutations(state.parties, 2)))


def _starts_by_one_word(state: MatterState, scene: Scene) -> MatterState:
    both = {(scene.owner, scene.reader), (scene.reader, scene.owner)} if scene.owner else permutations(state.parties, 2)
    return replace(state, pilots=state.pilots.union(both))


def _opens_without_measure(state: MatterState, scene: Scene) -> MatterState:
    after = EFFECTS[Act.AGREED](state, scene)
    pairs = (scene.owner, scene.reader), (scene.reader, scene.owner)
    rest = [(*pair, code) for pair in pairs for code in after.waiting(*pair) if {*pairs} <= after.agreed.keys()]
    more = (Grant(by, to, Rung.CODES, Opened.AGREED, scene.event.on, code) for by, to, code in rest)
    return replace(after, grants=(*after.grants, *more))


def _answers_alone(state: MatterState, scene: Scene) -> MatterState:
    return replace(EFFECTS[Act.ANSWERED](state, scene), agreed=state.agreed)


def _opens_all_that_was_agreed(state: MatterState, scene: Scene) -> MatterState:
    return EFFECTS[Act.AGREED](state, replace(scene, ours=None, theirs=None))


_LATE_NO = Law(
    LAW.rules,
    MappingProxyType({**EFFECTS, Act.ANSWERED: _answers_alone, Act.AGREED: _opens_all_that_was_agreed}),
)


def _forgets_the_trial(state: MatterState, scene: Scene) -> MatterState:
    return replace(EFFECTS[Act.TRIED](state, scene), trials=state.trials)


def _hears_only_good(state: MatterState, scene: Scene) -> MatterState:
    event = replace(scene.event, received=Reception.WELL_RECEIVED)
    return EFFECTS[Act.JUDGED](state, replace(scene, event=event))


def _sees_what_was_closed(state: MatterState, audits: tuple[Audit, ...], owner: str, reader: str) -> Sight:
    opened = replace(state, grants=tuple(replace(grant, until=None) for grant in state.grants))
    return visible(opened, audits, owner, reader)


def _sees_words_for_codes(state: MatterState, audits: tuple[Audit, ...], owner: str, reader: str) -> Sight:
    seen = visible(state, audits, owner, reader)
    gaps = next(audit.organisation.vulnerabilities for audit in audits if audit.organisation.id == owner)
    return replace(seen, items=tuple(gap for gap in gaps if gap.code in seen.codes))


def _sees_through_another(state: MatterState, audits: tuple[Audit, ...], owner: str, reader: str) -> Sight:
    """A reader sees whatever anybody sees of the owner."""
    opened = replace(state, grants=tuple(replace(g, reader=reader) if g.owner == owner else g for g in state.grants))
    return visible(opened, audits, owner, reader)


def _sees_the_stranger_in(state: MatterState, audits: tuple[Audit, ...], owner: str, reader: str) -> Sight:
    return visible(replace(state, parties=(*state.parties, reader)), audits, owner, reader)


def _recalls_everybody(state: MatterState, _reader: str) -> tuple[Grant, ...]:
    return history(state)


FAULTS: Mapping[str, Faulty] = {
    "two items ahead are let pass": asking("one-item-ahead", _two_ahead),
    "only words count among the top three": asking("top-three", _counts_words_alone),
    "a pilot of two counts for all": doing(Act.PILOT_STARTED, _starts_everywhere),
    "what is highly sensitive is shown at once": without("high-sensitivity"),
    "relevance need not be asked": without("relevance-asked"),
    "a no is not heard": without("relevant-only"),
    "unmatched gaps are shown as codes": without("matched-codes-only"),
    "words come before codes": without("codes-before-words"),
    "the owner's own consent is enough": asking("consent-of-both", _own_consent_will_do),
    "strangers may act": without("parties-only"),
    "a coalition need not name its readers": without("name-the-readers"),
    "one consent lets a newcomer in": asking("all-consent-to-a-newcomer", _one_consent_will_do),
    "an ended matter goes on": without("ended-matter"),
    "material facts are shown after the end": yielding("ended-matter", "exploited"),
    "money moves without the facts": without("material-facts-first"),
    "who receives money owes no facts": asking("material-facts-first", _receiver_owes_nothing),
    "the unready open what they like": without("one-item-trial"),
    "a trial is forgotten": doing(Act.TRIED, _forgets_the_trial),
    "a cold reception is taken for a good one": doing(Act.JUDGED, _hears_only_good),
    "withdrawing leaves the words": doing(Act.WITHDREW, _closes_codes_alone),
    "who withdraws everything goes on reading": doing(Act.WITHDREW, _closes_one_way),
    "withdrawing erases the record": doing(Act.WITHDREW, _erases),
    "withdrawing leaves the agreement": doing(Act.WITHDREW, _remembers_the_agreement),
    "codes open one side at a time": doing(Act.AGREED, _opens_at_the_first_word),
    "one side opens far more codes than the other": doing(Act.AGREED, _opens_without_measure),
    "a no does not take an agreement back": {"law": _LATE_NO},
    "one side alone starts a pilot": doing(Act.PILOT_STARTED, _starts_by_one_word),
    "a newcomer sees what was opened before": doing(Act.JOINED, _shows_a_newcomer_everything),
    "exploitation ends nothing": doing(Act.EXPLOITED, _goes_on_after_exploitation),
    "exploitation freezes nothing": doing(Act.EXPLOITED, _forgets_that_it_froze),
    "what was said aloud does not count": doing(Act.TALKED, _is_not_counted),
    "what was closed is still seen": {"see": _sees_what_was_closed},
    "words are seen where codes were granted": {"see": _sees_words_for_codes},
    "one reader sees through another": {"see": _sees_through_another},
    "strangers see": {"see": _sees_the_stranger_in},
    "one reader is told what another has seen": {"recall": _recalls_everybody},
}
"""Each must be found."""
