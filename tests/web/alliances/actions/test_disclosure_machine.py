"""The keys that stand are what the library says, whatever two organisations do to each other."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lichen.audit.values import Audit
from lichen.disclosure.replay import LAW, audits_by_id
from lichen.disclosure.sight import visible
from lichen.disclosure.state import opening_state
from lichen.disclosure.values import Act, Reception
from lichen.errors import InputError, NotAllowed
from lichen.scales import Relevance, Sensitivity
from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.access.disclosure import own_dealing, visible_items
from lichen_web.alliances.access.transactions import deciding
from lichen_web.alliances.actions import audit as writing
from lichen_web.alliances.actions import disclosure
from lichen_web.alliances.actions.audit import gaps
from lichen_web.alliances.bridge import disclosure as bridge
from lichen_web.alliances.bridge import grants
from lichen_web.alliances.bridge.disclosure import Dealing as Held
from lichen_web.alliances.bridge.grants import due_grants, save_grants
from lichen_web.alliances.models import Grant
from tests.cast import churches_audit, hospital_audit
from tests.web.confiding import NOW, Dealing, audited, change, met, read
from tests.web.people import House, WebCast

MATERIAL, HIGH = "funding.solvency", "tech.cybersecurity"
ACTS = ("agree", "answer", "disclose", "try", "judge", "withdraw", "withdraw all", "yes", "change", "remove", "end")
LOTS = (*ACTS, *("agree", "change") * 2, *("disclose",) * 8, "exploit", "propose")


def seated(audit: Audit, material: bool) -> Audit:
    """An audit with a gap of every kind that the rules tell apart."""
    more = audit.organisation.vulnerabilities[0]
    besides = (
        replace(more, code=HIGH, rank=7, sensitivity=Sensitivity.HIGH, words="passwords", core=False),
        replace(more, code="reach.events", rank=8, relevance=Relevance.UNASKED, words="the fair", core=False),
        *([replace(more, code=MATERIAL, rank=9, severity=4, words="the bank")] if material else ()),
    )
    gaps = (*audit.organisation.vulnerabilities, *besides)
    return replace(audit, organisation=replace(audit.organisation, vulnerabilities=gaps))


class Play:
    """A dealing in which anybody does anything, and a shadow of it.

    The shadow hears of each act as it happens and judges it by the audits of that moment, as the library alone would.
    What the house reads out of its rows later has to be the same.
    """

    def __init__(self, dealing: Dealing, draw) -> None:
        self.cast, self.dealing, self.draw = dealing.cast, dealing, draw
        self.met_rules: set[str] = set()
        self.known: dict[UUID, list[str]] = {}
        self.last = self.held()
        self.shadow = self.last.state
        self.look()
        for house in (self.cast.hospital, self.cast.churches) if draw(st.booleans()) else ():
            disclosure.agree_to_codes(house.lead, matter=dealing.id, at=NOW)
            self.look()

    @property
    def gaps(self) -> dict[UUID, dict[str, UUID]]:
        return {UUID(id): {gap.code: gap.id for gap in side.gaps} for id, side in self.last.sides.items()}

    def held(self) -> Held:
        actor = self.cast.hospital.lead
        with deciding(actor, matter=self.dealing.id):
            return own_dealing(actor, matter=self.dealing.id)

    def follow(self, now: Held) -> None:
        """Let the shadow live through what has happened since."""
        if now.id != self.last.id:
            self.shadow = opening_state(replace(now.matter, events=()), self.shadow)
            events = now.matter.events
        else:
            events = now.matter.events[len(self.last.matter.events) :]
        for event in events[-1:] if events and events[-1].what is Act.AGREED else events:
            self.shadow = LAW.after(self.shadow, event, audits_by_id(self.last.audits), past=False)
        for pair in permutations(now.sides, 2):
            assert {*self.shadow.open_codes(*pair)} == {*now.state.open_codes(*pair)}
            assert self.shadow.told(*pair) == now.state.told(*pair)
        assert (self.shadow.rung(*now.sides), self.shadow.ended) == (now.state.rung(*now.sides), now.state.ended)

    def act(self, name: str) -> None:
        house = self.draw(st.sampled_from((self.cast.hospital, self.cast.churches)))
        try:
            with transaction.atomic():
                self.do(name, house)
        except NotAllowed as refusal:
            self.met_rules.add(refusal.rule)
        except InputError:  # two gaps under one code
            self.met_rules.add("one-code")
        else:
            self.look()

    def do(self, name: str, house: House) -> None:
        matter, by = {"matter": self.dealing.id, "at": NOW}, house.lead
        gap = {"vulnerability": self.gap(house)}
        match name:
            case "yes":
                disclosure.say_yes(by, **matter)
            case "agree":
                disclosure.agree_to_codes(by, **matter)
            case "answer":
                relevance = self.draw(st.sampled_from((Relevance.YES, Relevance.NO)))
                disclosure.answer_relevance(by, **matter, **gap, relevance=relevance)
            case "disclose":
                disclosure.disclose_vulnerability(by, **matter, **gap)
            case "try":
                disclosure.try_one_item(by, **matter, **gap)
            case "judge":
                disclosure.judge_trial(by, **matter, received=self.draw(st.sampled_from(Reception)))
            case "withdraw":
                disclosure.withdraw_disclosure(by, **matter, **gap)
            case "withdraw all":
                disclosure.withdraw_disclosure(by, **matter)
            case "change":
                self.change(house)
            case "remove":
                writing.remove_vulnerability(by, **gap, at=NOW)
            case "exploit":
                disclosure.report_exploitation(by, **matter)
            case "end":
                disclosure.end_matter(by, **matter)
            case "propose":
                other = self.other(house).id
                found = disclosure.propose_matter(by, circle=self.cast.circle, other=other, at=NOW)
                self.dealing = replace(self.dealing, id=found)

    def gap(self, house: House) -> UUID:
        """Any of its gaps; mostly one of which the other side knows already."""
        gaps, known = self.gaps[house.id], self.known[house.id]
        return gaps[self.draw(st.sampled_from(known if known and self.draw(st.integers(0, 3)) else sorted(gaps)))]

    def change(self, house: House) -> None:
        code = self.draw(st.sampled_from(sorted(self.gaps[house.id])))
        said = st.sampled_from(
            (
                {"words": "said anew"},
                {"sensitivity": Sensitivity.HIGH},
                {"relevance": Relevance.NO},
                {"relevance": Relevance.YES, "sensitivity": Sensitivity.LOW},
                {"code": "people.recruitment_retention"},
                {"severity": 2},
            )
        )
        change(house, code, **self.draw(said))

    def look(self) -> None:
        """Whoever holds a key is whom the library lets see it, and the other way round."""
        dealing = self.held()
        self.follow(dealing)
        self.last = dealing
        codes = {id: code for gaps in self.gaps.values() for code, id in gaps.items()}
        standing = Grant.objects.filter(withdrawn_at=None)
        columns = ("owner", "reader", "part__rung", "part__vulnerability")
        granted = {(*found, codes[gap]) for *found, gap in standing.values_list(*columns)}
        assert granted == allowed(dealing)
        for house in (self.cast.hospital, self.cast.churches):
            seen = read(house, self.dealing)
            words = {(4, code) for code, item in seen.items() if item.vulnerability}
            mine = {(rung, code) for _owner, reader, rung, code in granted if reader == house.id}
            assert {(3, code) for code in seen} | words == mine
            self.known[self.other(house).id] = sorted(seen)

    def other(self, house: House) -> House:
        return self.cast.churches if house is self.cast.hospital else self.cast.hospital


def allowed(dealing: Held) -> set[tuple[UUID, UUID, int, str]]:
    """What each may see of the other, says the library."""
    found = set()
    for owner, reader in permutations(dealing.sides):
        sight = visible(dealing.state, dealing.audits, owner, reader)
        found |= {(UUID(owner), UUID(reader), 3, code) for code in sight.codes}
        found |= {(UUID(owner), UUID(reader), 4, gap.code) for gap in sight.items}
    return found


def visible_items_of_strangers(cast: WebCast, dealing: Dealing) -> list[object]:
    found = []
    for stranger in (cast.stranger.lead, cast.host, cast.convener, cast.facilitator):
        with pytest.raises(NotThere):
            found.append(visible_items(stranger, matter=dealing.id))
    for serving in (cast.serving_hospital, cast.serving_churches):
        with pytest.raises(NotAllowed):
            found.append(visible_items(serving, matter=dealing.id))
    return found


def play_histories(cast: WebCast, histories: int, steps: int) -> set[str]:
    met_rules: set[str] = set()
    dealing = met(audited(cast, (seated(hospital_audit, material=True), seated(churches_audit, material=False))))

    @settings(max_examples=histories, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(data=st.data())
    def play(data):
        with transaction.atomic():
            history = Play(dealing, data.draw)
            for name in data.draw(st.lists(st.sampled_from(LOTS), min_size=steps, max_size=steps)):
                history.act(name)
            assert visible_items_of_strangers(cast, history.dealing) == []
            met_rules.update(history.met_rules)
            transaction.set_rollback(True)

    play()
    return met_rules


def test_keys_that_stand_are_what_the_library_says_in_a_hundred_histories(cast: WebCast):
    met_rules = play_histories(cast, 100, 6)
    assert {"one-item-ahead", "codes-before-words", "ended-matter"} <= met_rules


@pytest.mark.long
def test_keys_that_stand_are_what_the_library_says_in_five_hundred_histories(cast: WebCast):
    assert len(play_histories(cast, 500, 8)) > 8


def words_go_with_codes(sides, state):
    """Whoever may see a code holds the key to its words, too."""
    due = due_grants(sides, state)
    return due | {replace(grant, rung=4) for grant in due}


def nothing_is_withdrawn(matter, sides, before, after, *, at):
    """Keys are made, and never taken back."""
    if due_grants(sides, after) >= due_grants(sides, before):
        save_grants(matter, sides, before, after, at=at)


FAULTS = {
    "words go with codes": (grants, "due_grants", words_go_with_codes),
    "nothing is withdrawn": (bridge, "save_grants", nothing_is_withdrawn),
    "a gap under another code stays open": (gaps, "take_back", lambda _author, _code, *, at: None),
}


@pytest.mark.long
@pytest.mark.parametrize("name", FAULTS)
def test_planted_fault_is_found(name: str, cast: WebCast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(*FAULTS[name])
    with pytest.raises((AssertionError, KeyError)):
        play_histories(cast, 500, 8)
