"""The next step of one side towards another, and why this one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lichen.audit.values import Audit
from lichen.disclosure.items import Item, items_of
from lichen.disclosure.matched import codes_to_agree, room_before_pilot
from lichen.disclosure.owed import material_facts_due
from lichen.disclosure.refusals import refusal
from lichen.disclosure.replay import LAW, Law, audits_by_id, state_of
from lichen.disclosure.state import MatterState, Pair, Rung
from lichen.disclosure.trying import is_tender, is_waiting, receptions
from lichen.disclosure.values import Act, DisclosureEvent, Matter
from lichen.scales import Relevance

__all__ = ["Grounds", "NextDisclosure", "next_disclosure"]


class Grounds(StrEnum):
    """Why a step is the next one."""

    MATERIAL_FACT = "material fact"
    """Money is about to move, and this comes before it."""
    CONSENT = "consent"
    """The next rung needs the consent of both, and this side has not given its own."""
    FILTER = "relevance filter"
    """Nobody has asked yet whether the item affects what the two could do together."""
    ANSWER = "answer"
    """The other side has opened an item, and this answers it: of what may be opened, it needs outside help most."""
    FIRST = "first"
    """This side goes first: of what may be opened, it needs outside help most."""
    TRIAL = "trial"
    """This side is not ready to be open, so it tries one item and waits how that is received."""


@dataclass(frozen=True, slots=True)
class NextDisclosure:
    """What one side could do next. It is a proposal: nothing is ever shown without its owner's act."""

    act: Act
    """What to do."""
    owner: str
    """Id of the side that does it."""
    reader: str
    """Id of the side that would see more."""
    rung: Rung
    """The rung that it leads to, as far as it lies with this side."""
    grounds: Grounds
    """Why this step."""
    code: str = ""
    """The item; empty where it is not about one."""
    rank: int | None = None
    """The item's rank in its owner's audit: 1 needs outside help most."""
    swap: str = ""
    """The item of the other side that it answers; empty where there is none that may still be read."""


def next_disclosure(
    matter: Matter,
    audits: Iterable[Audit],
    owner: str,
    reader: str,
    *,
    on: date,
    money_moves: bool = False,
    but: Iterable[str] = (),
    earlier: Iterable[Matter] = (),
    law: Law = LAW,
) -> NextDisclosure:
    """The next step of an owner towards a reader, or the rule that stands against any.

    It is chosen from the owner's audit and from what the reader has opened so far, and from nothing else, so that no
    proposal tells of what the reader keeps back. Which gaps of the owner the reader could ease is open from the rung of
    identity on, group by group, and from that of codes on, code by code.

    Args:
        matter: The dealing so far.
        audits: Those of its parties, as they are now.
        owner: Id of the side that would open something.
        reader: Id of the side that would see it.
        on: The day.
        money_moves: Whether money is about to move between the two. If it was written down that it is, this is so.
        but: Codes of the owner that do not count as a match, such as those that it has not claimed.
        earlier: The matters before it. What the same two saw of each other counts over all of them.
        law: Another set of rules and effects, for those who try them out.

    Raises:
        NotAllowed: A rule stands against it; the refusal bears its name and says what would be right.

    Source:
        The rungs of docs/discussion/disclosure.md; the article's step 3, pitfall 1 and question 1.
    """
    audits = tuple(audits)
    by_id, state = audits_by_id(audits), state_of(matter, audits, earlier=earlier, law=law)
    law.check(state, DisclosureEvent(on, Act.SAID_YES, owner, reader), by_id, past=False)
    if owner not in by_id:
        raise refusal("stated-in-the-audit")
    side = _Side(state, by_id[owner], by_id.get(reader), reader, frozenset(but))
    step = side.owed_step(money_moves) or side.step()
    codes = side.codes if step.act is Act.AGREED else ()
    relevance = Relevance.YES if step.act is Act.ANSWERED else Relevance.UNASKED
    event = DisclosureEvent(on, step.act, owner, reader, code=step.code, codes=codes, relevance=relevance)
    law.check(state, event, by_id, past=False)
    return step


@dataclass(frozen=True, slots=True)
class _Side:
    """One side that looks for its next step towards a reader."""

    state: MatterState
    ours: Audit
    theirs: Audit | None
    reader: str
    kept_back: frozenset[str]

    @property
    def pair(self) -> Pair:
        return self.ours.organisation.id, self.reader

    @property
    def has_pilot(self) -> bool:
        return self.state.has_pilot(*self.pair)

    @property
    def codes(self) -> tuple[str, ...]:
        """What would be agreed to. It is never part of a proposal: it opens to both when both have agreed."""
        return () if self.theirs is None else codes_to_agree(self.state, self.ours, self.theirs, self.kept_back)

    def owed_step(self, money_moves: bool) -> NextDisclosure | None:
        """The material fact that comes before everything else, where money moves and one is due."""
        moves = money_moves or {self.pair, self.pair[::-1]} & self.state.money
        due = material_facts_due(self.state, self.ours, self.reader) if moves else ()
        if not due:
            return None
        item = next(item for item in items_of(self.ours.organisation) if item.code == due[0])
        return self._about(item, Act.DISCLOSED, Rung.WORDS, Grounds.MATERIAL_FACT)

    def step(self) -> NextDisclosure:
        """The step that the rung asks for."""
        rung = self.state.rung(*self.pair)
        if (rung is Rung.BLIND and self.pair in self.state.said_yes) or (
            rung is Rung.IDENTITY and self.pair in self.state.agreed
        ):
            raise refusal("consent-of-both")
        if rung is Rung.BLIND:
            return NextDisclosure(Act.SAID_YES, *self.pair, Rung.IDENTITY, Grounds.CONSENT)
        if rung is Rung.IDENTITY:
            return self._towards_codes()
        known = self.state.open_codes(*self.pair)
        openable = [item for item in self._untold() if self.has_pilot or item.code in known]
        return self._towards_words(openable[0]) if openable else self._towards_codes()

    def _towards_codes(self) -> NextDisclosure:
        """Ask what has not been asked yet, then agree to show what matches."""
        is_tried = is_tender(self.state, self.ours, self.reader) and receptions(self.state, *self.pair)
        if is_tried or is_waiting(self.state, self.pair[0]):
            raise refusal("one-item-trial")
        unasked = [item for item in self._untold() if self._is_unasked(item)]
        if unasked and self._has_room:
            return self._about(unasked[0], Act.ANSWERED, self.state.rung(*self.pair), Grounds.FILTER)
        if not self.codes:
            raise refusal("consent-of-both" if self.state.waiting(*self.pair) else self._why_nothing)
        return NextDisclosure(Act.AGREED, *self.pair, Rung.CODES, Grounds.CONSENT)

    def _towards_words(self, item: Item) -> NextDisclosure:
        if self._is_unasked(item):
            return self._about(item, Act.ANSWERED, Rung.CODES, Grounds.FILTER)
        if is_tender(self.state, self.ours, self.reader):
            return self._about(item, Act.TRIED, Rung.WORDS, Grounds.TRIAL)
        unanswered = self.state.told(*self.pair[::-1])[len(self.state.told(*self.pair)) :]
        readable = (code for code in unanswered if code in self.state.open_codes(*self.pair[::-1]))
        grounds = Grounds.ANSWER if unanswered else Grounds.FIRST
        return self._about(item, Act.DISCLOSED, Rung.WORDS, grounds, next(readable, ""))

    def _about(self, item: Item, act: Act, rung: Rung, grounds: Grounds, swap: str = "") -> NextDisclosure:
        return NextDisclosure(act, *self.pair, rung, grounds, item.code, item.rank, swap)

    def _untold(self) -> list[Item]:
        """What is left to open one day soon, in the order of its rank."""
        told = self.state.told(*self.pair)
        return [
            item
            for item in items_of(self.ours.organisation)
            if item.code not in told
            and self.state.relevance(*self.pair, item) is not Relevance.NO
            and (self.has_pilot or not item.is_high)
        ]

    def _is_unasked(self, item: Item) -> bool:
        return self.state.relevance(*self.pair, item) is Relevance.UNASKED

    @property
    def _why_nothing(self) -> str:
        """The rule that stands against showing a match, by what the owner itself has kept back, and by nothing else."""
        return "claim-stands" if any(item.code in self.kept_back for item in self._untold()) else "nothing-left"

    @property
    def _has_room(self) -> bool:
        """Whether another item could be shown at all."""
        return self.has_pilot or room_before_pilot(self.state, self.ours, self.reader) > 0
