"""A ring of three: nothing of a rung is open to anybody before all three have taken the step that leads to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lichen.audit.values import Audit, Offer, Organisation, Readiness, Vulnerability
from lichen.disclosure import acts
from lichen.disclosure.refusals import rule_sentences
from lichen.disclosure.replay import record_event, state_of
from lichen.disclosure.rings import RingMatters, RingState, agree_in_ring, next_in_ring, ring_state, tell_in_ring
from lichen.disclosure.sight import visible
from lichen.disclosure.state import Grant, Opened, Rung
from lichen.disclosure.values import AHEAD, Act, Conversation, DisclosureEvent, Matter, Said
from lichen.errors import InputError, NotAllowed
from lichen.scales import Relevance, Sensitivity

DAY = date(2026, 11, 23)
A, B, C = THREE = ("alder", "birch", "cedar")
CODES = {
    A: ("reach.media", "reach.young_people"),
    B: ("assets.vehicles", "ops.logistics"),
    C: ("knowledge.medical", "assets.venue"),
}
HELPS = {A: C, B: A, C: B}
"""By whom the gaps of each are eased, and by nobody else."""
SOLVENCY = "funding.solvency"


def gap(code: str, rank: int, **more: object) -> Vulnerability:
    said = {"relevance": Relevance.YES, "sensitivity": Sensitivity.LOW, **more}
    return Vulnerability(code, 4, rank, words=f"The confession about {code}.", **said)  # type: ignore[arg-type]


def audit(owner: str, *, gaps: int = 2) -> Audit:
    eased = next(one for one, helper in HELPS.items() if helper == owner)
    lacks = tuple(gap(code, rank) for rank, code in enumerate(CODES[owner][:gaps], 1))
    owed = gap(SOLVENCY, 9, sensitivity=Sensitivity.HIGH, relevance=Relevance.NO)
    offers = tuple(Offer(code, 5, 5) for code in CODES[eased])
    ours = Organisation(owner, owner.title(), vulnerabilities=(*lacks, owed), offers=offers)
    return Audit(ours, Readiness(leadership_aligned=True, hours=3.0))


RULES = replace(Matter("x", ("a", "b"), DAY).rules, gaps=0)
AUDITS = tuple(map(audit, THREE))


def begun() -> RingMatters:
    """All three have just been told that there is a fit."""
    pairs = ((pair, next(each for each in THREE if each not in pair)) for pair in combinations(THREE, 2))
    return RingMatters(tuple(Matter(" ".join(pair), pair, DAY, rules=RULES, third=third) for pair, third in pairs))


def done(ring: RingMatters, event: DisclosureEvent) -> RingMatters:
    """With an act of two that the ring leaves to them."""
    return ring.having(record_event(ring.between(event.by, event.to), AUDITS, event))


def met() -> RingMatters:
    """All three have said yes to both others, as the worker writes it down."""
    ring = begun()
    for by, to in permutations(THREE, 2):
        ring = done(ring, DisclosureEvent(DAY, Act.SAID_YES, by, to))
    return ring


def agreed(*members: str, ring: RingMatters | None = None) -> RingMatters:
    ring = ring or met()
    for member in members:
        ring = agree_in_ring(ring, AUDITS, by=member, on=DAY)
    return ring


def told(ring: RingMatters, by: str, place: int = 0) -> RingMatters:
    return tell_in_ring(ring, AUDITS, by=by, to=HELPS[by], code=CODES[by][place], on=DAY)


def grants(ring: RingMatters, rung: Rung) -> list[Grant]:
    return _open(ring_state(ring, AUDITS), rung)


def _open(state: RingState, rung: Rung) -> list[Grant]:
    return [each for one in state.states for each in one.grants if each.rung is rung and each.until is None]


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(NotAllowed) as found:
        act()
    assert found.value.why == rule_sentences()[found.value.rule]
    return found.value.rule


def in_league() -> tuple[RingMatters, tuple[Audit, ...]]:
    """Two who tell each other everything and the third nothing: whatever it could ease, they keep back from it."""
    lacks = {
        A: ("reach.media", "reach.young_people", "ops.logistics"),
        B: ("assets.vehicles", "knowledge.medical", "people.languages", "funding.reserves"),
        C: ("assets.venue", "tech.data_systems", "people.volunteers", "market.brand"),
    }
    offers = {A: ("funding.reserves", "market.brand"), B: lacks[C], C: (*lacks[B], *lacks[A])}
    audits = tuple(
        Audit(
            Organisation(
                one,
                one.title(),
                vulnerabilities=tuple(gap(code, rank) for rank, code in enumerate(lacks[one], 1)),
                offers=tuple(Offer(code, 5, 5) for code in offers[one]),
            ),
            Readiness(leadership_aligned=True, hours=3.0),
        )
        for one in THREE
    )
    ring = met()
    for liar in (B, C):
        ring = agree_in_ring(ring, audits, by=liar, on=DAY, but={A: lacks[liar]})
    return agree_in_ring(ring, audits, by=A, on=DAY), audits


def test_what_two_in_league_tell_each_other_does_not_answer_the_third():
    ring, audits = in_league()

    def opened(owner: str, reader: str) -> tuple[str, ...]:
        return ring_state(ring, audits).between(owner, reader).open_codes(owner, reader)

    assert [len(opened(*pair)) for pair in ((A, C), (B, A), (C, A), (B, C), (C, B))] == [AHEAD, 0, 0, 2, 2]
    for by, to in ((B, C), (C, B), (A, C)):
        ring = tell_in_ring(ring, audits, by=by, to=to, code=opened(by, to)[0], on=DAY)
    state = ring_state(ring, audits)
    assert ([state.told(one) for one in THREE], state.heard(A)) == ([1, 1, 1], 0)
    assert (state.behind(A), state.behind(B)) == ((B, C), ())


# --- A step is everybody's or nobody's -------------------------------------------------------------------------------


@pytest.mark.parametrize("order", list(permutations(THREE)))
def test_codes_open_with_the_third_agreement_whoever_comes_last(order):
    for number in range(3):
        ring = agreed(*order[:number])
        assert grants(ring, Rung.CODES) == []
        assert (ring_state(ring).rung, ring_state(ring).awaited) == (Rung.IDENTITY, tuple(sorted(order[number:])))
    ring = agreed(*order)
    assert {(each.owner, each.reader, each.code) for each in grants(ring, Rung.CODES)} == {
        (owner, helper, code) for owner, helper in HELPS.items() for code in CODES[owner]
    }
    assert (ring_state(ring).rung, ring_state(ring).awaited) == (Rung.CODES, ())


def test_each_of_two_sees_in_their_own_matter_alone_what_opened():
    """A matter is read without the other two, so that nobody has to open what is not theirs."""
    ring = agreed(*THREE)
    for owner, helper in HELPS.items():
        state = state_of(ring.between(owner, helper), ())
        seen = visible(state, AUDITS, owner, helper)
        assert (seen.rung, seen.codes, seen.items) == (Rung.CODES, CODES[owner], ())
        (third,) = {*THREE} - {owner, helper}
        assert visible(state_of(ring.between(owner, third), ()), AUDITS, owner, third).codes == ()


@pytest.mark.parametrize("late", THREE)
def test_who_has_agreed_waits_and_who_has_not_is_asked(late):
    early = [each for each in THREE if each != late]
    ring = agreed(*early)
    for member in early:
        for reader in {*THREE} - {member}:
            assert refused(lambda member=member, reader=reader: step(ring, member, reader)) == "third-of-the-ring"
        assert refused(lambda member=member: agreed(member, ring=ring)) == "third-of-the-ring"
        assert refused(lambda member=member: told(ring, member)) == "third-of-the-ring"
    assert [step(ring, late, reader).act for reader in early] == [Act.AGREED, Act.AGREED]
    assert refused(lambda: told(ring, late)) == "step-of-three"


def step(ring: RingMatters, owner: str, reader: str):
    return next_in_ring(ring, AUDITS, owner, reader, on=DAY)


def test_two_alone_take_no_step_of_three():
    ring, by = agreed(*THREE), {"by": A, "on": DAY}
    matter = ring.between(A, C)
    assert refused(lambda: acts.agree_to_codes(matter, AUDITS, **by)) == "step-of-three"
    assert refused(lambda: acts.disclose_vulnerability(matter, AUDITS, code=CODES[A][0], **by)) == "step-of-three"
    assert refused(lambda: acts.try_one_item(matter, AUDITS, code=CODES[A][0], **by)) == "step-of-three"
    claimed = DisclosureEvent(DAY, Act.RING_AGREED, A, codes=CODES[A])
    assert refused(lambda: record_event(met().between(A, C), AUDITS, claimed)) == "step-of-three"
    forged = replace(met().between(A, C), events=(*met().between(A, C).events, claimed))
    assert refused(lambda: state_of(forged, ())) == "all-of-a-ring"


def test_who_shows_nothing_at_all_does_not_agree():
    every = dict.fromkeys((B, C), CODES[A])
    assert refused(lambda: agree_in_ring(met(), AUDITS, by=A, on=DAY, but=every)) == "nothing-left"


def test_what_is_kept_back_from_one_stays_shut():
    ring = agree_in_ring(agreed(A, B), AUDITS, by=C, on=DAY, but={B: CODES[C][:1]})
    assert [each.code for each in grants(ring, Rung.CODES) if each.owner == C] == [CODES[C][1]]


def test_nobodys_codes_open_more_than_one_beyond_whoever_shows_least():
    audits = (AUDITS[0], AUDITS[1], replace(AUDITS[2], organisation=audit(C, gaps=1).organisation))
    ring = agree_in_ring(met(), audits, by=A, on=DAY)
    ring = agree_in_ring(agree_in_ring(ring, audits, by=B, on=DAY), audits, by=C, on=DAY, but={})
    opened = [each.owner for each in grants(ring, Rung.CODES)]
    assert [opened.count(member) for member in THREE] == [2, 2, 1]


def test_what_may_no_longer_be_opened_stays_shut_whatever_an_audit_says_later():
    """While the third hesitates, an owner answers that one gap has nothing to do with them."""
    ring = agreed(A, B)
    hidden = replace(AUDITS[0].organisation.vulnerabilities[0], relevance=Relevance.NO)
    changed = replace(AUDITS[0].organisation, vulnerabilities=(hidden, *AUDITS[0].organisation.vulnerabilities[1:]))
    later = replace(AUDITS[0], organisation=changed, audited_on=date(2026, 11, 24))
    ring = agree_in_ring(ring, (later, *AUDITS[1:]), by=C, on=DAY)
    assert [each.code for each in grants(ring, Rung.CODES) if each.owner == A] == [CODES[A][1]]
    assert ring_state(ring).between(A, C).waiting(A, C) == ()


# --- Level -----------------------------------------------------------------------------------------------------------


def test_words_keep_level_over_the_whole_ring():
    ring = told(agreed(*THREE), A)
    assert refused(lambda: told(ring, A, 1)) == "abreast-in-the-ring"
    assert refused(lambda: step(ring, A, C)) == "abreast-in-the-ring"
    ring = told(ring, B)
    assert refused(lambda: told(ring, A, 1)) == "abreast-in-the-ring"
    assert ring_state(ring).behind(A) == (C,)
    ring = told(ring, C)
    assert ring_state(ring).behind(A) == ()
    assert [ring_state(told(ring, A, 1)).told(member) for member in THREE] == [2, 1, 1]


def test_material_fact_comes_before_the_level_and_before_the_codes():
    for ring in (met(), told(agreed(*THREE), A)):
        owed = tell_in_ring(ring, AUDITS, by=A, to=B, code=SOLVENCY, on=DAY)
        assert [each.opened for each in grants(owed, Rung.WORDS) if each.code == SOLVENCY] == [Opened.MATERIAL]
        assert ring_state(owed).told(A) == ring_state(ring).told(A)


def test_what_is_said_aloud_is_left_to_two_and_counts_as_told():
    talk = Conversation((A, C), (Said(A, CODES[A][0]),))
    ring = met()
    ring = ring.having(acts.hold_conversation(ring.between(A, C), AUDITS, talk, on=DAY))
    assert (ring_state(ring).told(A), ring_state(ring).rung) == (1, Rung.IDENTITY)
    assert ring_state(ring).behind(A) == (B, C)


def test_pilot_is_left_to_two():
    ring = met()
    for by, to in ((A, C), (C, A)):
        ring = done(ring, DisclosureEvent(DAY, Act.PILOT_STARTED, by, to))
    state = ring_state(ring)
    assert [state.between(*pair).has_pilot(*pair) for pair in combinations(THREE, 2)] == [False, True, False]


# --- No, withdrawal, leaving, exploitation ---------------------------------------------------------------------------


def goes_back(ring: RingMatters, what: Act, by: str, to: str) -> RingMatters:
    return done(ring, DisclosureEvent(DAY, what, by, to))


@pytest.mark.parametrize("what", [Act.WITHDREW, Act.ENDED, Act.EXPLOITED])
@pytest.mark.parametrize(("by", "to"), list(permutations(THREE, 2)))
@pytest.mark.parametrize("ring", [met(), agreed(A, B), agreed(*THREE)], ids=["met", "two agreed", "open"])
def test_one_who_goes_back_holds_all_three_and_shuts_no_more_than_a_pair_would(what, by, to, ring):
    before = {(each.owner, each.reader, each.code) for each in grants(ring, Rung.CODES)}
    after = goes_back(ring, what, by, to)
    (third,) = {*THREE} - {by, to}
    kept = {each for each in before if third in each}
    assert {(each.owner, each.reader, each.code) for each in grants(after, Rung.CODES)} == kept
    assert (ring_state(after).is_at_rest, ring_state(after).awaited) == (True, ())
    for member in THREE:
        assert refused(lambda member=member: agreed(member, ring=after)) == "ring-at-rest"
    for other in (by, to):
        assert refused(lambda other=other: step(after, third, other)) == "ring-at-rest"
        assert refused(
            lambda other=other: tell_in_ring(after, AUDITS, by=third, to=other, code=CODES[third][0], on=DAY)
        )


def test_all_of_those_who_go_back_read_alike_to_the_third():
    """Whether somebody withdrew, ended it or reported exploitation, the third is told the same."""
    told_of = {
        refused(lambda what=what: step(goes_back(agreed(*THREE), what, A, B), C, A))
        for what in (Act.WITHDREW, Act.ENDED, Act.EXPLOITED)
    }
    assert told_of == {"ring-at-rest"}


def test_after_a_withdrawal_all_have_to_agree_again_before_anything_opens_between_those_two():
    ring = goes_back(agreed(*THREE), Act.WITHDREW, A, C)
    for by, to in ((A, C), (C, A)):
        ring = done(ring, DisclosureEvent(DAY, Act.SAID_YES, by, to))
    assert (ring_state(ring).rung, ring_state(ring).awaited) == (Rung.IDENTITY, (A, C))
    assert refused(lambda: told(ring, B)) == "third-of-the-ring"
    half = agreed(A, ring=ring)
    assert [each for each in grants(half, Rung.CODES) if {each.owner, each.reader} == {A, C}] == []
    assert ring_state(agreed(C, ring=half)).rung is Rung.CODES


def test_exploitation_binds_the_two_in_every_later_ring():
    ring = goes_back(agreed(*THREE), Act.EXPLOITED, A, B)
    later = RingMatters(begun().matters, earlier=ring.matters)
    assert ring_state(later).rung is Rung.NOTHING
    assert refused(lambda: agree_in_ring(later, AUDITS, by=C, on=DAY)) == "ring-at-rest"


def test_what_was_told_before_counts_in_a_later_ring():
    """Else whoever ended a ring and began it anew would be told one item ahead each time."""
    ring = told(agreed(*THREE), A)
    over = tuple(
        record_event(matter, AUDITS, DisclosureEvent(DAY, Act.ENDED, matter.parties[0])) for matter in ring.matters
    )
    anew = RingMatters(begun().matters, earlier=over)
    for by, to in permutations(THREE, 2):
        said = record_event(anew.between(by, to), AUDITS, DisclosureEvent(DAY, Act.SAID_YES, by, to), earlier=over)
        anew = anew.having(said)
    anew = agreed(*THREE, ring=anew)
    assert refused(lambda: told(anew, A, 1)) == "abreast-in-the-ring"


# --- What is a ring --------------------------------------------------------------------------------------------------


def test_three_matters_of_the_same_three_are_a_ring_and_nothing_else_is():
    ab, ac, bc = begun().matters
    for wrong in (
        (ab, ac),
        (ab, ac, ac),
        (ab, ac, replace(bc, third="")),
        (ab, ac, replace(bc, third="dogwood")),
        (ab, ac, replace(bc, parties=(B, "dogwood"), third=A)),
    ):
        with pytest.raises(InputError):
            RingMatters(wrong)
    for wrong in ({"third": A}, {"parties": (*THREE,), "third": "dogwood"}):
        with pytest.raises(InputError):
            replace(ab, **wrong)


def test_stranger_takes_no_part():
    ring = agreed(*THREE)
    assert refused(lambda: agree_in_ring(ring, AUDITS, by="dogwood", on=DAY)) == "parties-only"
    assert refused(lambda: tell_in_ring(ring, AUDITS, by=A, to="dogwood", code=CODES[A][0], on=DAY)) == "parties-only"
    assert refused(lambda: next_in_ring(ring, AUDITS, A, "dogwood", on=DAY)) == "parties-only"


# --- All short histories, and many long ones -------------------------------------------------------------------------

Move = tuple[str, str, str]
AGREE, TELL, BACK, SHUT, YES = "agree", "tell", "take everything back", "take one back", "say yes"
MOVES: tuple[Move, ...] = (
    *((AGREE, member, "") for member in THREE),
    *((TELL, member, HELPS[member]) for member in THREE),
    *((BACK, member, HELPS[member]) for member in THREE),
)


def moved(ring: RingMatters, move: Move) -> RingMatters:
    """The ring after a move; as it was if a rule stands against it."""
    what, by, to = move
    try:
        if what == AGREE:
            return agree_in_ring(ring, AUDITS, by=by, on=DAY)
        if what == TELL:
            known = ring_state(ring).between(by, to).told(by, to)
            untold = [code for code in CODES[by] if code not in known]
            return tell_in_ring(ring, AUDITS, by=by, to=to, code=(untold or CODES[by])[0], on=DAY)
        if what == YES:
            return done(ring, DisclosureEvent(DAY, Act.SAID_YES, by, to))
        return done(ring, DisclosureEvent(DAY, Act.WITHDREW, by, to, code=CODES[by][0] if what == SHUT else ""))
    except NotAllowed:
        return ring


class Ledger:
    """Kept beside, from the moves alone: who has agreed to whom since they last said yes, and what was told to whom."""

    def __init__(self) -> None:
        self.agreed: set[tuple[str, str]] = set()
        self.met = {frozenset(pair) for pair in combinations(THREE, 2)}

    def note(self, before: RingMatters, after: RingMatters, move: Move) -> None:
        what, by, to = move
        if before == after:
            return
        if what == AGREE:
            self.agreed |= {(by, other) for other in THREE if other != by}
        if what == BACK:
            self.agreed -= {(by, to), (to, by)}

    @property
    def may_open(self) -> bool:
        return self.agreed == {*permutations(THREE, 2)}


def check(before: RingMatters, after: RingMatters, ledger: Ledger) -> None:
    """Nothing new of a rung before all three have taken its step, and nobody more than one ahead by telling."""
    was, now = (ring_state(ring) for ring in (before, after))
    for rung in (Rung.CODES, Rung.WORDS):
        old, new = ({(each.owner, each.reader, each.code) for each in _open(state, rung)} for state in (was, now))
        assert new <= old or ledger.may_open
    for member in THREE:
        others = [now.told(other) for other in THREE if other != member]
        assert now.told(member) - min(others) <= AHEAD or now.told(member) == was.told(member)


def walk(moves: list[Move], ring: RingMatters | None = None, ledger: Ledger | None = None) -> RingMatters:
    ring, ledger = ring or met(), ledger or Ledger()
    for move in moves:
        after = moved(ring, move)
        ledger.note(ring, after, move)
        check(ring, after, ledger)
        ring = after
    return ring


def histories(depth: int, ring: RingMatters, ledger: Ledger) -> Iterator[RingMatters]:
    """Every history of so many moves more; each move is made once for all that begin alike."""
    if not depth:
        yield ring
        return
    for move in MOVES:
        on = deepcopy(ledger)
        yield from histories(depth - 1, walk([move], ring, on), on)


def every_history(depth: int) -> None:
    """The first to agree is one of three who are alike, so it is always the same."""
    ledger = Ledger()
    ends = list(histories(depth - 1, walk([(AGREE, A, "")], met(), ledger), ledger))
    opened = [ring for ring in ends if grants(ring, Rung.CODES)]
    assert (len(ends), 0 < len(opened) < len(ends)) == (len(MOVES) ** (depth - 1), True)


def test_every_history_of_four_moves_keeps_the_rule():
    every_history(4)


@pytest.mark.long
def test_every_history_of_six_moves_keeps_the_rule():
    every_history(6)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([AGREE, TELL, TELL, BACK, SHUT, YES]), st.sampled_from(THREE)).map(
            lambda drawn: (*drawn, HELPS[drawn[1]])
        ),
        max_size=10,
    )
)
def test_any_order_of_events_keeps_the_rule(moves):
    walk([*((AGREE, member, "") for member in THREE), *moves])
    walk(moves)


@settings(max_examples=25, deadline=None)
@given(st.permutations(THREE), st.permutations(THREE))
def test_in_whatever_order_the_same_is_open_in_the_end(agreeing, telling):
    ring = agreed(*agreeing)
    for member in telling:
        ring = told(ring, member)
    opened = {(each.owner, each.reader, each.rung, each.code) for rung in (3, 4) for each in grants(ring, Rung(rung))}
    assert opened == {
        *((owner, HELPS[owner], Rung.CODES, code) for owner in THREE for code in CODES[owner]),
        *((owner, HELPS[owner], Rung.WORDS, CODES[owner][0]) for owner in THREE),
    }
