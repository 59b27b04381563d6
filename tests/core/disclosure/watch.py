"""A second, slow and plain account of a matter, which shares no code with the room and must always agree with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import permutations

from lichen.capabilities.taxonomy import taxonomy
from lichen.disclosure.history import history, history_for
from lichen.disclosure.sight import Sight
from lichen.disclosure.state import Grant, MatterState, Rung
from lichen.disclosure.values import Act, DisclosureEvent, Reception
from lichen.scales import Relevance
from tests.core.disclosure.seated import (
    AUDITS,
    EVERYBODY,
    HIGH,
    MATERIAL,
    PLAIN,
    PRIVATE,
    UNASKED,
    UNMATCHED,
    UNREADY,
)  # fmt: skip

Pair = tuple[str, str]
See = Callable[[MatterState, object, str, str], Sight]
Recall = Callable[[MatterState, str], tuple[Grant, ...]]


class Watch:
    """What somebody at the table would have noted on paper."""

    def __init__(self, parties: tuple[str, ...]) -> None:
        self.parties = [*parties]
        self.yes: set[Pair] = set()
        self.met: set[Pair] = set()
        self.agreed: dict[Pair, list[str]] = {}
        self.answers: dict[tuple[str, str, str], Relevance] = {}
        self.codes: dict[Pair, set[str]] = defaultdict(set)
        self.words: dict[Pair, set[str]] = defaultdict(set)
        self.told: dict[Pair, set[str]] = defaultdict(set)
        self.warned: dict[Pair, set[str]] = defaultdict(set)
        self.ever: dict[Pair, set[str]] = defaultdict(set)
        self.unowed: dict[Pair, set[str]] = defaultdict(set)
        self.awaited: dict[str, str] = {}
        self.proven: set[Pair] = set()
        self.pilots: set[Pair] = set()
        self.consents: set[Pair] = set()
        self.over = False
        self.remembered: Counter[object] = Counter()

    # What is accepted has to be right

    def accept(self, event: DisclosureEvent) -> None:
        """Note an event that the room let pass, and complain if it ought not to have."""
        assert not self.over, "something happened in a matter that was over"
        assert not event.by or event.by in self.parties or event.what is Act.JOINED, "a stranger acted"
        everybody = [party for party in self.parties if party != event.by]
        readers = everybody if event.to in {"", "everyone"} else [event.to]
        assert event.what in {Act.CONSENTED, Act.ENDED} or {*readers} <= {*self.parties}, (
            "something was done towards a stranger"
        )
        named = event.to or len(self.parties) < 3 or event.what not in {Act.DISCLOSED, Act.TRIED, Act.AGREED}
        assert named, "something was opened to nobody in particular"
        getattr(self, f"_{event.what.name.lower()}")(event, readers)

    def _said_yes(self, event: DisclosureEvent, readers: list[str]) -> None:
        self.yes |= {(event.by, reader) for reader in readers}
        self.met |= {(one, two) for one, two in self.yes if (two, one) in self.yes}

    def _agreed(self, event: DisclosureEvent, readers: list[str]) -> None:
        for reader in readers:
            pair, back = (event.by, reader), (reader, event.by)
            assert {pair, back} <= self.yes, "codes were agreed to before both said yes"
            assert UNMATCHED not in event.codes, "an unmatched gap was shown"
            for code in event.codes:
                self._check_item(*pair, code)
            self._check_number(pair, {*event.codes})
            assert not self._is_tender(pair) or len(self._seen(pair) | {*event.codes}) <= 1, "more than one was tried"
            noted = self.agreed.setdefault(pair, [])
            noted += [code for code in event.codes if code not in noted]
            if back in self.agreed:
                self._open_codes(pair, back)

    def _open_codes(self, *pairs: Pair) -> None:
        """Both at once, in turns: whoever shows less opens the next, and nobody goes two ahead."""
        left = {pair: [code for code in self.agreed[pair] if code not in self._open(pair)] for pair in pairs}
        while True:
            shown = {pair: len(self._open(pair) - (self.warned[pair] - self.unowed[pair])) for pair in pairs}
            may = [pair for pair in pairs if left[pair] and shown[pair] <= shown[pair[::-1]]]
            if not may:
                return
            code = left[may[0]].pop(0)
            for kept in (self.codes, self.ever, self.unowed):
                kept[may[0]].add(code)

    def _open(self, pair: Pair) -> set[str]:
        return self.codes[pair] | self.words[pair]

    def _take_back(self, pair: Pair, code: str) -> None:
        """An agreement that waits for the other side's falls with its last code."""
        if code in self.agreed.get(pair, ()):
            self.agreed[pair].remove(code)
            if not self.agreed[pair] and pair[::-1] not in self.agreed:
                del self.agreed[pair]

    def _answered(self, event: DisclosureEvent, readers: list[str]) -> None:
        self.answers |= {(event.by, reader, event.code): event.relevance for reader in readers}
        for reader in readers if event.relevance is Relevance.NO else ():
            self._take_back((event.by, reader), event.code)

    def _disclosed(self, event: DisclosureEvent, readers: list[str]) -> None:
        for reader in readers:
            pair = (event.by, reader)
            if event.code == MATERIAL:
                self.warned[pair].add(event.code)
            else:
                assert event.by not in self.awaited, "a second item was opened while one was on trial"
                assert event.what is Act.TRIED or not self._is_tender(pair), "the unready opened without a trial"
                self._tell(pair, event.code)
            self.words[pair].add(event.code)
            self.ever[pair].add(event.code)

    def _tried(self, event: DisclosureEvent, readers: list[str]) -> None:
        [reader] = readers
        assert event.by not in self.awaited, "two items were on trial at once"
        assert not self._is_tender((event.by, reader)) or self.told[event.by, reader] <= {event.code}
        self._tell((event.by, reader), event.code)
        self.words[event.by, reader].add(event.code)
        self.ever[event.by, reader].add(event.code)
        self.awaited[event.by] = reader

    def _judged(self, event: DisclosureEvent, readers: list[str]) -> None:
        assert self.awaited.pop(event.by) in readers
        if event.received is Reception.WELL_RECEIVED:
            self.proven |= {(event.by, reader) for reader in readers}

    def _pilot_started(self, event: DisclosureEvent, readers: list[str]) -> None:
        pairs = [(event.by, reader) for reader in readers] if event.by else [*permutations(self.parties, 2)]
        assert all((two, one) in self.yes and (one, two) in self.yes for one, two in pairs)
        self.pilots |= {*pairs}

    def _talked(self, event: DisclosureEvent, _readers: list[str]) -> None:
        assert event.conversation is not None
        assert {*event.conversation.present} <= {*self.parties}
        for said in event.conversation.said:
            for reader in {*event.conversation.present} - {said.owner}:
                self.met.add((said.owner, reader))
                for kept in (self.codes, self.told, self.ever, self.unowed):
                    kept[said.owner, reader].add(said.code)

    def _withdrew(self, event: DisclosureEvent, readers: list[str]) -> None:
        for reader in readers:
            pair, back = (event.by, reader), (reader, event.by)
            if event.code:
                self.codes[pair].discard(event.code)
                self.words[pair].discard(event.code)
                self._take_back(pair, event.code)
                continue
            self.yes -= {pair, back}
            for each in (pair, back):
                self.agreed.pop(each, None)
                self.codes[each], self.words[each] = set(), set()

    def _reported_exploitation(self, _event: DisclosureEvent, _readers: list[str]) -> None:
        self.over = True

    _exploited = _ended = _reported_exploitation

    def _consented(self, event: DisclosureEvent, _readers: list[str]) -> None:
        self.consents.add((event.by, event.to))

    def _joined(self, event: DisclosureEvent, _readers: list[str]) -> None:
        assert event.by not in self.parties
        assert all((party, event.by) in self.consents for party in self.parties), "a newcomer joined uninvited"
        self.parties.append(event.by)

    def _money(self, event: DisclosureEvent, readers: list[str]) -> None:
        for reader in readers:
            for pair in ((event.by, reader), (reader, event.by)):
                assert MATERIAL in self.warned[pair] | self.told[pair], "money moved before a material fact was told"

    def _tell(self, pair: Pair, code: str) -> None:
        """One ordinary item in words."""
        owner, reader = pair
        assert {pair, (reader, owner)} <= self.agreed.keys(), "words were opened before both had agreed to codes"
        assert code in self.codes[pair] | self.words[pair] or self._has_pilot(pair), "words were opened before the code"
        self._check_item(owner, reader, code)
        self._check_number(pair, {code})
        self.told[pair].add(code)
        assert len(self.told[pair]) - len(self.told[reader, owner]) <= 1, "one side is two items ahead"

    def _check_item(self, owner: str, reader: str, code: str) -> None:
        assert self._relevance(owner, reader, code) is Relevance.YES, "not asked, or answered no"
        assert code not in {HIGH, MATERIAL} or self._has_pilot((owner, reader)), "too sensitive before a pilot"

    def _check_number(self, pair: Pair, more: set[str]) -> None:
        assert len(self._seen(pair) | more) <= 3 or self._has_pilot(pair), "more than three before a pilot"

    def _seen(self, pair: Pair) -> set[str]:
        """What was seen or is about to be, but for what was owed."""
        return (self.ever[pair] - self.warned[pair]) | self.told[pair] | {*self.agreed.get(pair, ())}

    def _relevance(self, owner: str, reader: str, code: str) -> Relevance:
        said = {PRIVATE: Relevance.NO, MATERIAL: Relevance.NO, UNASKED: Relevance.UNASKED}
        return self.answers.get((owner, reader, code), said.get(code, Relevance.YES))

    def _has_pilot(self, pair: Pair) -> bool:
        return {pair, pair[::-1]} <= self.pilots

    def _is_tender(self, pair: Pair) -> bool:
        return pair[0] == UNREADY and pair not in self.proven

    # What is shown has to be what was granted

    def check(self, state: MatterState, see: See, recall: Recall = history_for) -> None:
        """Compare all that anybody may see or is told of with the notes."""
        for pair in permutations(EVERYBODY, 2):
            self._check_sight(pair, see(state, AUDITS, *pair))
        self._check_history(state)
        for reader in EVERYBODY:
            for grant in recall(state, reader):
                owners = [grant.owner] if grant.owner else self.parties
                named = {code for owner in owners for code in self.codes[owner, reader] | self.words[owner, reader]}
                assert grant.reader == reader, "somebody was told of what another has seen"
                assert not grant.code or (grant.code in named and not self.over), "what was closed is named again"
                assert not grant.owner or (grant.owner, reader) in self.met, "somebody is named before both said yes"

    def _check_sight(self, pair: Pair, sight: Sight) -> None:
        owner, reader = pair
        if self.over or not {*pair} <= {*self.parties}:
            assert sight == Sight(), "somebody sees something who must see nothing"
            return
        both = {pair, (reader, owner)}
        rung = Rung.CODES if both <= self.agreed.keys() else Rung.IDENTITY if both <= self.yes else Rung.BLIND
        assert sight.rung is rung, "they stand on another rung"
        assert (sight.owner, bool(sight.name)) == ((owner, True) if rung >= Rung.IDENTITY else ("", False))
        assert {gap.code for gap in sight.items} == self.words[pair], "words are seen that were not granted"
        assert {*sight.codes} == self.codes[pair] | self.words[pair], "codes are seen that were not granted"
        shown = {taxonomy().capabilities[code].group for code in self._matched(pair)}
        assert {*sight.groups} == (shown if rung >= Rung.IDENTITY else set()), "groups are seen of what is private"

    def _matched(self, pair: Pair) -> list[str]:
        codes = (*PLAIN[pair[0]], HIGH, PRIVATE, UNASKED)
        relevant = [code for code in codes if self._relevance(*pair, code) is Relevance.YES]
        return [code for code in relevant if code != HIGH or self._has_pilot(pair)]

    def _check_history(self, state: MatterState) -> None:
        told = history(state)
        kept = Counter((one.owner, one.reader, one.rung, one.opened, one.since, one.code) for one in told)
        assert self.remembered <= kept, "something was erased from the record"
        self.remembered = Counter(kept)
        for pair, codes in self.ever.items():
            assert codes <= {one.code for one in told if (one.owner, one.reader) == pair}, "something seen is missing"
