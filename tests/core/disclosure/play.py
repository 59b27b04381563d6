"""Playing out a matter, one random act after another, before the eyes of a watch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from lichen.disclosure.history import history_for
from lichen.disclosure.matched import codes_to_agree
from lichen.disclosure.proposing import Grounds, next_disclosure
from lichen.disclosure.refusals import rule_sentences
from lichen.disclosure.replay import LAW, Law, audits_by_id, state_of
from lichen.disclosure.sight import visible
from lichen.disclosure.values import Act, Conversation, DisclosureEvent, Matter, Reception, Said
from lichen.errors import NotAllowed
from lichen.scales import Relevance
from tests.core.disclosure.seated import (
    AUDITS,
    EVERYBODY,
    FIRST_DAY,
    MATERIAL,
    STRANGER,
    TABLE,
    codes_of,
)  # fmt: skip
from tests.core.disclosure.watch import Recall, See, Watch

BY_ID = audits_by_id(AUDITS)
Choose = Callable[[Any], Any]
"""Takes several and gives one of them."""


class Play:
    """A matter, the day, and the watch; the law and the sight may be faulty ones."""

    def __init__(
        self, parties: tuple[str, ...], law: Law = LAW, see: See = visible, recall: Recall = history_for
    ) -> None:
        self.law, self.see, self.recall = law, see, recall
        self.matter = Matter("talks", parties, FIRST_DAY)
        self.pair = parties[:2]
        self.state = state_of(self.matter, AUDITS, law=law)
        self.watch = Watch(self.matter.parties)
        self.refusals: set[str] = set()
        self.look()

    def look(self) -> None:
        self.watch.check(self.state, self.see, self.recall)

    def finish(self) -> None:
        """What was written down has to lead to the same, read from the beginning."""
        assert state_of(self.matter, AUDITS, law=self.law) == self.state

    @property
    def day(self) -> date:
        return self.state.last_on

    def attempt(self, event: DisclosureEvent) -> None:
        """Let an event happen if the law lets it, and look round."""
        refused = None
        try:
            self.law.check(self.state, event, BY_ID, past=False)
        except NotAllowed as refusal:
            refused = refusal
        if refused is None:
            self.matter = replace(self.matter, events=(*self.matter.events, event))
            self.state = self.law.after(self.state, event, BY_ID, past=True)
            self.watch.accept(event)
            self.look()
        else:
            self.refusals.add(refused.rule)
            assert rule_sentences()[refused.rule] == refused.why

    def act(self, name: str, choose: Choose) -> None:
        """One act by its name, on this day or a later one."""
        event = ACTIONS[name](self, choose)
        if event is not None:
            self.attempt(replace(event, on=self.day + timedelta(days=choose((0, 0, 1, 20)))))

    def warm_up(self, rounds: int) -> None:
        """All say yes to all; in a second round they agree to codes."""
        for act in (Act.SAID_YES, Act.AGREED)[:rounds]:
            for owner in self.matter.parties:
                for reader in self.matter.parties:
                    if owner != reader:
                        codes = self.agreeable(owner, reader) if act is Act.AGREED else ()
                        self.attempt(DisclosureEvent(self.day, act, owner, reader, codes=codes))

    def agreeable(self, owner: str, reader: str) -> tuple[str, ...]:
        return codes_to_agree(self.state, BY_ID[owner], BY_ID[reader])


def _pair(play: Play, choose: Choose) -> tuple[str, str]:
    """The two of before, or two others that sit at the table, and now and then somebody who does not."""
    if choose((True, False)):
        return play.pair
    among = EVERYBODY if choose(range(8)) == 0 else tuple(play.watch.parties)
    owner = choose(among)
    play.pair = (owner, choose([party for party in among if party != owner]))
    return choose((play.pair, play.pair[::-1]))


def _code(play: Play, choose: Choose, owner: str, reader: str) -> str:
    """Any item; half of the time one of which the reader knows already, where there is one."""
    known = sorted(play.watch.codes[owner, reader]) if choose((True, False)) else ()
    return choose(known or codes_of(owner))


def _told(what: Act) -> Callable[[Play, Choose], DisclosureEvent]:
    def event(play: Play, choose: Choose) -> DisclosureEvent:
        owner, reader = _pair(play, choose)
        to = choose((reader, reader, reader, "everyone", ""))
        return DisclosureEvent(play.day, what, owner, to, code=_code(play, choose, owner, reader))

    return event


def _plain(what: Act) -> Callable[[Play, Choose], DisclosureEvent]:
    return lambda play, choose: DisclosureEvent(play.day, what, *_pair(play, choose))


def _agree(play: Play, choose: Choose) -> DisclosureEvent:
    owner, reader = _pair(play, choose)
    codes = {choose(codes_of(owner)) for _ in range(choose((1, 1, 1, 4)))}
    return DisclosureEvent(play.day, Act.AGREED, owner, reader, codes=tuple(sorted(codes)))


def _answer(play: Play, choose: Choose) -> DisclosureEvent:
    owner, reader = _pair(play, choose)
    answer = choose((Relevance.YES, Relevance.NO))
    return DisclosureEvent(play.day, Act.ANSWERED, owner, reader, code=choose(codes_of(owner)), relevance=answer)


def _judge(play: Play, choose: Choose) -> DisclosureEvent:
    """Where a trial is awaited, mostly that one."""
    awaited = sorted(play.watch.awaited.items())
    owner, reader = choose(awaited) if awaited and choose((True, True, False)) else _pair(play, choose)
    return DisclosureEvent(play.day, Act.JUDGED, owner, reader, received=choose(tuple(Reception)))


def _talk(play: Play, choose: Choose) -> DisclosureEvent:
    pair = _pair(play, choose)
    said = Said(pair[0], choose(codes_of(pair[0])))
    return DisclosureEvent(play.day, Act.TALKED, conversation=Conversation(pair, (said,)))


def _withdraw(play: Play, choose: Choose) -> DisclosureEvent:
    owner, reader = _pair(play, choose)
    code = choose(("", *[_code(play, choose, owner, reader)] * 3))
    return DisclosureEvent(play.day, Act.WITHDREW, owner, choose((reader, reader, "")), code=code)


def _pilot(play: Play, choose: Choose) -> DisclosureEvent | None:
    """Said by one side, or by the facilitator for all."""
    return choose(
        (None, None, None, _plain(Act.PILOT_STARTED)(play, choose), DisclosureEvent(play.day, Act.PILOT_STARTED))
    )


def _seldom(what: Act, one_in: int) -> Callable[[Play, Choose], DisclosureEvent | None]:
    return lambda play, choose: _plain(what)(play, choose) if choose(range(one_in)) == 0 else None


def _join(play: Play, choose: Choose) -> DisclosureEvent:
    newcomers = [party for party in TABLE if party not in play.watch.parties]
    return DisclosureEvent(play.day, Act.JOINED, (newcomers or TABLE)[0])


def _consent(play: Play, choose: Choose) -> DisclosureEvent:
    """Mostly to whoever sits next, so that now and then all have consented."""
    newcomers = [party for party in TABLE if party not in play.watch.parties]
    return DisclosureEvent(play.day, Act.CONSENTED, _pair(play, choose)[0], choose((*newcomers[:1] * 12, *TABLE)))


def _follow(play: Play, choose: Choose) -> DisclosureEvent | None:
    """Do what the room itself proposes, after a look at the proposal."""
    owner, reader = _pair(play, choose)
    money = choose((False, False, True))
    try:
        step = next_disclosure(play.matter, AUDITS, owner, reader, on=play.day, money_moves=money, law=play.law)
    except NotAllowed as refusal:
        play.refusals.add(refusal.rule)
        return None
    assert STRANGER not in {owner, reader}
    assert (step.owner, step.reader) == (owner, reader)
    assert not step.swap or step.swap in play.watch.told[reader, owner], "a proposal told what was not opened"
    due = MATERIAL not in play.watch.warned[owner, reader] | play.watch.told[owner, reader]
    assert not (money and due) or step.grounds is Grounds.MATERIAL_FACT, "money would move before a material fact"
    codes = play.agreeable(owner, reader) if step.act is Act.AGREED else ()
    relevance = choose((Relevance.YES, Relevance.NO)) if step.act is Act.ANSWERED else Relevance.UNASKED
    return DisclosureEvent(play.day, step.act, owner, reader, code=step.code, codes=codes, relevance=relevance)


ACTIONS: Mapping[str, Callable[[Play, Choose], DisclosureEvent | None]] = {
    "agree": _agree,
    "answer": _answer,
    "consent": _consent,
    "disclose": _told(Act.DISCLOSED),
    "end": _seldom(Act.ENDED, 15),
    "exploited": _seldom(Act.EXPLOITED, 15),
    "follow": _follow,
    "join": _join,
    "judge": _judge,
    "money": _plain(Act.MONEY),
    "pilot": _pilot,
    "say yes": _plain(Act.SAID_YES),
    "talk": _talk,
    "try": _told(Act.TRIED),
    "withdraw": _withdraw,
}
OFTEN = ("follow", "follow", "follow", "follow", "disclose", "disclose", "try", "judge", "judge", "agree", "withdraw")
LOTS = (*sorted(ACTIONS), *OFTEN)
"""What the next act is drawn from: what leads far into a matter more often than the rest."""


def walk(seed: int, steps: int, **faults: object) -> Play:
    """A whole matter by a seed: who sits there, how far they are at the start, and what they do."""
    chance = Random(seed)
    play = Play(tuple(chance.sample(TABLE, chance.choice((2, 2, 3)))), **faults)  # type: ignore[arg-type]
    play.warm_up(chance.choice((0, 1, 2, 2)))
    for _ in range(steps):
        play.act(chance.choice(LOTS), chance.choice)
    play.finish()
    return play
