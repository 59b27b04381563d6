"""A ring of three on the web: a step is taken by all three or by nobody, and what two show each other is theirs."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from lichen.disclosure.refusals import rule_sentences
from lichen.disclosure.state import Rung
from lichen.errors import NotAllowed
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.dealings import dealing_view, shown_then
from lichen_web.alliances.access.disclosure import own_dealing, visible_items
from lichen_web.alliances.access.transactions import deciding, reading
from lichen_web.alliances.actions import disclosure, ringing
from lichen_web.alliances.actions.audit import change_vulnerability
from lichen_web.alliances.actions.circles import leave_circle
from lichen_web.alliances.actions.keys import erase_organisation
from lichen_web.alliances.bridge.grants import due_grants
from lichen_web.alliances.models import Grant, Matter, MatterEvent
from tests.web.people import WebCast, cast_of
from tests.web.ringing import AROUND, NOW, Ring, agree, among, gaps_of, of, read, ringed, tell, two_of

THREE = (0, 1, 2)


pytestmark = pytest.mark.parametrize(
    "any_database",
    [
        pytest.param("sqlite", marks=pytest.mark.django_db(transaction=True)),
        pytest.param("postgresql", marks=pytest.mark.long),
    ],
    indirect=True,
)


@pytest.fixture
def people(any_database: str) -> WebCast:
    return cast_of(NOW)


@pytest.fixture
def ring(people: WebCast) -> Ring:
    return ringed(people)


def opened(ring: Ring) -> dict[tuple[int, int], list[str]]:
    """What each reads of each, in their words or by name; what nobody opened is left out."""
    found = {(reader, owner): sorted(read(ring, reader, owner)) for reader, owner in permutations(THREE, 2)}
    return {pair: codes for pair, codes in found.items() if codes}


ALL_OPEN = {((owner + 1) % 3, owner): sorted(AROUND[owner]) for owner in THREE}
"""Who helps reads, and nobody else."""


def view(ring: Ring, who: int, other: int):
    return dealing_view(ring.three[who], matter=ring.matter(who, other), at=NOW)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(NotAllowed) as found:
        act()
    assert found.value.why == rule_sentences()[found.value.rule]
    return found.value.rule


def keys_are_as_the_library_says(ring: Ring) -> bool:
    """In each of the three: every grant that is due stands, and no other."""
    for one, other in ((0, 1), (1, 2), (2, 0)):
        actor, matter = ring.three[one], ring.matter(one, other)
        with reading(actor), deciding(actor, matter=matter):
            dealing = own_dealing(actor, matter=matter)
            grants = Grant.objects.filter(matter=matter, withdrawn_at=None).select_related("part")
            granted = {
                (str(g.owner_id), str(g.reader_id), g.part.vulnerability_id, g.part.rung) for g in grants if g.part
            }
            due = {(g.owner, g.reader, g.item, g.rung) for g in due_grants(dealing.sides, dealing.state)}
            if granted != due or len(grants) != len(due):
                return False
    return True


# --- All three, or nobody --------------------------------------------------------------------------------------------


def test_names_open_once_all_three_have_agreed_and_each_reads_only_what_they_can_ease(ring: Ring):
    for number, who in enumerate((1, 2, 0), 1):
        agree(ring, who)
        assert opened(ring) == (ALL_OPEN if number == 3 else {})
    assert keys_are_as_the_library_says(ring)
    assert [view(ring, who, (who + 1) % 3).ring.rung for who in THREE] == [Rung.CODES] * 3


def test_each_is_told_who_is_awaited_and_nothing_else_of_the_other_two(ring: Ring):
    agree(ring, 0)
    names = [f"{name} Ring's" for name in ("Rhea", "Sol", "Tia")]
    told = {(who, other): view(ring, who, other).ring for who, other in permutations(THREE, 2)}
    assert {pair: (each.third, each.has_agreed, each.awaited) for pair, each in told.items()} == {
        (who, other): (
            names[3 - who - other],
            who == 0,
            tuple(name for number, name in enumerate(names) if number not in {0, who}),
        )
        for who, other in told
    }
    assert {each.beside for (who, _other), each in told.items() if who == 1} == set(two_of(ring, 1))
    assert [view(ring, 0, other).rule for other in (1, 2)] == ["third-of-the-ring"] * 2


def test_words_keep_level_over_the_ring_and_the_preview_says_so_beforehand(ring: Ring):
    agree(ring, *THREE)
    tell(ring, 0)
    matter, _other = two_of(ring, 0)
    second, _version = gaps_of(ring.three[0])[AROUND[0][1]]
    ahead = shown_then(ring.three[0], matter=matter, vulnerability=second, at=NOW)
    assert ahead.why_not == rule_sentences()["abreast-in-the-ring"]
    assert view(ring, 0, 1).ring.behind == ("Sol Ring's", "Tia Ring's")
    assert refused(lambda: tell(ring, 0, 1)) == "abreast-in-the-ring"
    tell(ring, 1)
    assert refused(lambda: tell(ring, 0, 1)) == "abreast-in-the-ring"
    tell(ring, 2)
    then = shown_then(ring.three[0], matter=matter, vulnerability=second, at=NOW)
    tell(ring, 0, 1)
    assert (then.why_not, then.item.vulnerability) == ("", read(ring, 1, 0)[AROUND[0][1]].vulnerability)
    assert keys_are_as_the_library_says(ring)


def test_what_two_show_each_other_is_never_read_by_the_third(ring: Ring):
    """A asks with its own hands for the dealing of B and C, for each of their gaps, and for their keys."""
    agree(ring, *THREE)
    tell(ring, 1)
    between = ring.matter(1, 2)
    a = ring.three[0]
    for act in (visible_items, lambda actor, matter: dealing_view(actor, matter=matter, at=NOW)):
        with pytest.raises(NotThere):
            act(a, matter=between)
    with reading(a):
        keys = set(Grant.objects.filter(reader=of(a)).values_list("owner", flat=True))
    assert keys == {of(ring.three[2])}
    assert read(ring, 0, 1) == {}


# --- One who races ahead, refuses, or goes back ----------------------------------------------------------------------


@pytest.mark.parametrize("early", [(), (0,), (0, 1)])
def test_who_races_ahead_is_held_at_each_step(ring: Ring, early: tuple[int, ...]):
    """Through the acts of a ring, and through those of two."""
    agree(ring, *early)
    a, (matter, _other) = ring.three[0], two_of(ring, 0)
    gap, _version = gaps_of(a)[AROUND[0][0]]
    racing = {
        "words": lambda: tell(ring, 0),
        "trial": lambda: ringing.try_in_ring(a, matter=matter, vulnerability=gap, at=NOW),
        "of two": lambda: disclosure.disclose_vulnerability(a, matter=matter, vulnerability=gap, at=NOW),
        "trial of two": lambda: disclosure.try_one_item(a, matter=matter, vulnerability=gap, at=NOW),
        "codes of two": lambda: disclosure.agree_to_codes(a, matter=matter, at=NOW),
    }
    waits = "third-of-the-ring" if early else "step-of-three"
    assert {name: refused(act) for name, act in racing.items()} == {
        "words": waits,
        "trial": waits,
        "of two": "step-of-three",
        "trial of two": "step-of-three",
        "codes of two": "step-of-three",
    }
    if early:
        assert refused(lambda: agree(ring, 0)) == "third-of-the-ring"
    assert opened(ring) == {}


GOING_BACK = {
    "withdraws": lambda actor, matter: disclosure.withdraw_disclosure(actor, matter=matter, at=NOW),
    "ends it": lambda actor, matter: disclosure.end_matter(actor, matter=matter, at=NOW),
    "reports": lambda actor, matter: disclosure.report_exploitation(actor, matter=matter, at=NOW),
}


@pytest.mark.parametrize("how", GOING_BACK)
@pytest.mark.parametrize("before", [(), (0, 1), (0, 1, 2)])
def test_who_goes_back_holds_all_three_quietly_and_takes_nothing_from_the_other_two(
    ring: Ring, how: str, before: tuple[int, ...]
):
    agree(ring, *before)
    GOING_BACK[how](ring.three[2], ring.matter(2, 1))
    kept = {pair: codes for pair, codes in ALL_OPEN.items() if 0 in pair} if len(before) == 3 else {}
    with_other = {(reader, owner): sorted(read(ring, reader, owner)) for reader, owner in ((1, 0), (0, 2))}
    assert {pair: codes for pair, codes in with_other.items() if codes} == kept
    ours = view(ring, 0, 2)
    assert (ours.ring.is_at_rest, ours.ring.awaited, ours.ring.behind, ours.rule) == (True, (), (), "ring-at-rest")
    assert refused(lambda: agree(ring, 0)) == "ring-at-rest"
    assert refused(lambda: tell(ring, 0)) == "ring-at-rest"


def test_who_goes_back_reads_alike_to_the_third_whichever_way_it_was(people: WebCast):
    pages = []
    for number, how in enumerate(GOING_BACK):
        names = tuple(f"{name}{number} Ring" for name in ("Una", "Vic", "Wyn"))
        ring = ringed(people, names)
        agree(ring, *THREE)
        GOING_BACK[how](ring.three[2], ring.matter(2, 1))
        seen = view(ring, 0, 2)
        pages.append((seen.ring.rung, seen.ring.awaited, seen.rule, seen.why_not, sorted(read(ring, 0, 2))))
    assert len({str(page) for page in pages}) == 1


def test_who_leaves_the_circle_or_is_erased_lets_the_ring_rest(ring: Ring):
    agree(ring, *THREE)
    leave_circle(ring.three[2], circle=ring.people.circle, at=NOW)
    assert (view(ring, 0, 1).ring.is_at_rest, refused(lambda: tell(ring, 0))) == (True, "ring-at-rest")
    erase_organisation(ring.three[2], name_typed="Tia Ring's", at=NOW)
    after = view(ring, 0, 1)
    assert (after.ring.is_at_rest, after.ring.awaited, after.rule) == (True, (), "ring-at-rest")
    assert sorted(read(ring, 1, 0)) == sorted(AROUND[0])
    assert refused(lambda: agree(ring, 0)) == "ring-at-rest"


def test_withdrawn_once_it_opens_again_when_all_have_agreed_again(ring: Ring):
    agree(ring, *THREE)
    between = ring.matter(0, 1)
    disclosure.withdraw_disclosure(ring.three[1], matter=between, at=NOW)
    for who in (0, 1):
        disclosure.say_yes(ring.three[who], matter=between, at=NOW)
    assert refused(lambda: tell(ring, 2)) == "third-of-the-ring"
    agree(ring, 0)
    assert read(ring, 1, 0) == {}
    agree(ring, 1)
    assert opened(ring) == ALL_OPEN
    assert keys_are_as_the_library_says(ring)


def test_what_was_agreed_to_can_be_taken_back_while_the_third_hesitates(ring: Ring):
    agree(ring, 0, 1)
    matter, _other = two_of(ring, 0)
    disclosure.withdraw_disclosure(
        ring.three[0], matter=matter, vulnerability=gaps_of(ring.three[0])[AROUND[0][0]][0], at=NOW
    )
    agree(ring, 2)
    assert sorted(read(ring, 1, 0)) == [AROUND[0][1]]


# --- To the letter, and by nobody else -------------------------------------------------------------------------------


def test_gap_that_was_changed_since_it_was_looked_at_is_not_agreed_to(ring: Ring):
    a, looked_at = ring.three[0], among(ring, 0)
    gap, version = gaps_of(a)[AROUND[0][0]]
    change_vulnerability(
        a, vulnerability=gap, version=version, code=AROUND[0][0], words="Other words.", severity=2, rank=1, core=False,
        relevance="yes", sensitivity="low", at=NOW,
    )  # fmt: skip
    with pytest.raises(NotAllowed) as found:
        ringing.agree_to_ring_codes(a, matter=two_of(ring, 0)[0], among=looked_at, at=NOW)
    assert found.value.rule == "changed-meanwhile"


def test_what_is_not_ticked_for_one_stays_shut(ring: Ring):
    matter, other = two_of(ring, 0)
    gap, version = gaps_of(ring.three[0])[AROUND[0][1]]
    ringing.agree_to_ring_codes(ring.three[0], matter=other, among={matter: {gap: version}}, at=NOW)
    agree(ring, 1, 2)
    assert sorted(read(ring, 1, 0)) == [AROUND[0][1]]


def test_ids_of_another_ring_and_of_two_open_nothing(people: WebCast, ring: Ring):
    other = ringed(people, ("Una Round", "Vic Round", "Wyn Round"))
    a, (matter, _beside) = ring.three[0], two_of(ring, 0)
    gap, version = gaps_of(a)[AROUND[0][0]]
    foreign_gap, _version = gaps_of(other.three[0])[AROUND[0][0]]
    pair = disclosure.propose_matter(a, circle=people.circle, other=of(other.three[0]), at=NOW)
    strange = (ring.matter(1, 2), other.matter(0, 1), pair, uuid4())
    attempts: list[Callable[[UUID], object]] = [
        lambda id: ringing.agree_to_ring_codes(a, matter=id, among={}, at=NOW),
        lambda id: ringing.agree_to_ring_codes(a, matter=matter, among={id: {gap: version}}, at=NOW),
        lambda id: ringing.disclose_in_ring(a, matter=id, vulnerability=gap, at=NOW),
        lambda id: ringing.try_in_ring(a, matter=id, vulnerability=gap, at=NOW),
    ]
    before = MatterEvent.objects.count()
    for attempt in attempts:
        for id in strange:
            with pytest.raises(NotThere):
                attempt(id)
    for act in (ringing.disclose_in_ring, ringing.try_in_ring):
        with pytest.raises((NotThere, NotAllowed)):
            act(a, matter=matter, vulnerability=foreign_gap, at=NOW)
    with pytest.raises(NotThere):
        ringing.agree_to_ring_codes(a, matter=matter, among={matter: {foreign_gap: 1}}, at=NOW)
    assert MatterEvent.objects.count() == before
    assert (opened(ring), opened(other)) == ({}, {})


def test_stranger_and_who_only_looks_on_take_no_step(people: WebCast, ring: Ring):
    matter, _other = two_of(ring, 0)
    for actor in (people.stranger.lead, people.hospital.lead):
        with pytest.raises(NotThere):
            ringing.agree_to_ring_codes(actor, matter=matter, among={}, at=NOW)
    with pytest.raises(NotThere):
        ringing.agree_to_ring_codes(Actor(ring.three[0].person), matter=matter, among={}, at=NOW)


def test_third_of_a_dealing_is_never_changed_again(ring: Ring):
    """Neither by a slip nor by whoever holds the database as one of us."""
    with pytest.raises(IntegrityError), transaction.atomic(), reading(ring.three[0]):
        Matter.objects.filter(id=ring.matter(0, 1)).update(third=ring.people.hospital.id)


def test_what_two_have_begun_by_themselves_becomes_no_ring(people: WebCast, ring: Ring):
    """A dealing that is under way by the rules of two keeps them."""
    u = ringed(people, ("Una Round", "Vic Round", "Wyn Round")).three[0]
    pair = disclosure.propose_matter(u, circle=people.circle, other=of(ring.three[0]), at=NOW)
    disclosure.say_yes(ring.three[0], matter=pair, at=NOW)
    with pytest.raises(NotAllowed) as found:
        disclosure.introduce(u, ring.three[0], circle=people.circle, third=of(ring.three[1]), at=NOW)
    assert found.value.rule == "one-matter-at-a-time"
