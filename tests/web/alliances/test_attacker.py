"""One who plays with the blind comparison for weeks learns no more than rung 1 and the caps allow.

Two worlds are alike but for one gap of the victim's. The attacker does the same in both: edits, publishes anew,
withdraws, comes back, leaves out one member after another, says yes to everything, and has puppets do it, too; and
writes down all that anybody of theirs is shown: pages, mails, history, refusals, and when. Whatever differs between
the two worlds is what they have learned of that gap.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from lichen.audit.values import Offer, Organisation, Vulnerability
from lichen.errors import LichenError, NotAllowed
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.circles import own_circle
from lichen_web.alliances.access.events import own_events
from lichen_web.alliances.access.fit import own_card, own_exclusions, own_proposals, own_publications
from lichen_web.alliances.actions.audit import change_offer
from lichen_web.alliances.actions.circles import admit, ask_to_join, leave_circle
from lichen_web.alliances.actions.fit import answer_proposal, end_exclusion, exclude, publish_audit, withdraw_audit
from lichen_web.alliances.blind import Answer
from lichen_web.alliances.models import Mail
from lichen_web.alliances.work.matching import match_circle
from lichen_web.alliances.work.meeting import meet_circle
from lichen_web.environment import Part
from tests import cast
from tests.web.alliances.work.circles import AT, DAY, newcomer, published
from tests.web.people import WebCast, address, cast_of, letter_in

NEXT_QUARTER = 60
"""How many days after the beginning it begins."""
GIVES = ("ops.logistics", "assets.vehicles", "reach.media", "knowledge.crop_cycles", "policy.advocacy")
LACKS = ("funding.reserves", "knowledge.legal", "service.housing", "people.hr_systems", "market.sales")
OTHER = "service.arts_culture"


def attacker_card() -> Organisation:
    return replace(cast.stranger, vulnerabilities=_gaps(LACKS), offers=tuple(Offer(code, 5, 5) for code in GIVES))


def victim_card(*gaps: str) -> Organisation:
    return replace(cast.hospital, vulnerabilities=_gaps(gaps), offers=tuple(Offer(code, 4, 4) for code in LACKS[:3]))


def _gaps(codes: tuple[str, ...]) -> tuple[Vulnerability, ...]:
    return tuple(Vulnerability(code, 4, rank) for rank, code in enumerate(codes, 1))


@dataclass
class Seen:
    """What an attacker wrote down: a line for each day, and nothing in it that is random."""

    days: list[tuple[object, ...]] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    @property
    def bands(self) -> list[tuple[str, ...]]:
        return [tuple(told[0] for told in day[0][0]) for day in self.days]  # type: ignore[attr-defined]


@dataclass
class World:
    """A circle of seven, one of them the victim, some the attacker's."""

    people: WebCast
    attackers: list[Actor]
    seen: Seen = field(default_factory=Seen)

    @property
    def me(self) -> Actor:
        return self.attackers[0]

    def night(self, day: int) -> None:
        at = AT + day * DAY
        with override_settings(LICHEN=replace(settings.LICHEN, part=Part.WORKER)):
            match_circle(self.people.circle, at=at)
            meet_circle(self.people.circle, at=at)
        self.seen.days.append(tuple(shown(actor, self.people, at) for actor in self.attackers))

    def tries(self, act: Callable[..., object], actor: Actor, **given: object) -> None:
        try:
            act(actor, **given)
        except NotAllowed as refused:
            self.seen.refusals.append(f"{refused.rule}: {refused.why}")


Play = Callable[[World], None]


def shown(actor: Actor, people: WebCast, at: datetime) -> tuple[object, ...]:
    """Everything that one of the attacker's is shown on a day, without ids."""
    return (
        tuple((each.band, each.sector, each.region, each.size, each.made_at, each.answer) for each in in_order(actor)),
        tuple((each.published_at, each.stands_until) for each in own_publications(actor)),
        tuple((event.what, event.at) for event in own_events(actor)),
        tuple(sorted(letter["text"].split("/organisations/")[0] for letter in mails_to(actor))),
        attempt(lambda: replace(own_card(actor, circle=people.circle, at=at), circle=None)),  # type: ignore[arg-type]
        attempt(lambda: tuple(member.name for member in own_circle(actor, people.circle).members)),
        tuple(each.name for each in own_exclusions(actor).never),
    )


def in_order(actor: Actor) -> list:
    return sorted(own_proposals(actor), key=lambda each: (each.made_at, each.band, each.sector))


def mails_to(actor: Actor) -> list[dict[str, str]]:
    every = map(letter_in, Mail.objects.exclude(sealed=b""))
    return [letter for letter in every if letter["to"] == address(actor)]


def attempt(look: Callable[[], object]) -> object:
    try:
        return look()
    except LichenError as refused:
        return type(refused).__name__


def world(victim: Organisation, puppets: int = 0) -> World:
    people = cast_of(AT)
    published(people.hospital.lead, people.circle, victim)
    published(people.churches.lead, people.circle, cast.churches)
    for name in ("Anna Ash", "Bela Birch", "Cleo Cedar", "Dov Elm"):
        newcomer(people, name)
    mine = [newcomer(people, f"Mal{number} Mask", card=attacker_card()) for number in range(puppets + 1)]
    return World(people, mine)


def in_two_worlds(
    one: Organisation, other: Organisation, play: Callable[[World], None], puppets: int = 0
) -> list[Seen]:
    """What the attacker wrote down in each of two worlds."""
    found = []
    for victim in (one, other):
        with transaction.atomic():
            here = world(victim, puppets)
            play(here)
            found.append(here.seen)
            transaction.set_rollback(True)
    return found


def play_everything(here: World) -> None:
    """All tricks at once, on every day, over ten weeks and the turn of a quarter."""
    members = sorted(own_exclusions(here.me).others, key=lambda each: each.name)
    for day in range(2, NEXT_QUARTER + 10):
        at = AT + day * DAY
        here.tries(publish_audit, here.me, circle=here.people.circle, at=at)
        if day % 5 == 0:
            edit(here.me, at)
        if day % 9 == 0:
            here.tries(withdraw_audit, here.me, circle=here.people.circle, at=at)
        leave_out(here, members[day % len(members)].id, at)
        for proposal in own_proposals(here.me):
            here.tries(answer_proposal, here.me, proposal=proposal.id, answer=Answer.INTERESTED, at=at)
        here.night(day)


def edit(actor: Actor, at: datetime) -> None:
    offer = own_audit(actor).offers[0]
    given = {"code": offer.offer.code, "strength": 1 + at.toordinal() // 5 % 5, "evidence": 5}
    change_offer(actor, offer=offer.id, version=offer.version, words="", kinds=(), spare="", **given, at=at)


def leave_out(here: World, other, at: datetime) -> None:
    for each in own_exclusions(here.me).never:
        end_exclusion(here.me, other=each.id, at=at)
    exclude(here.me, other=other, at=at)


@pytest.mark.django_db
@pytest.mark.long
def test_gap_that_the_attacker_cannot_meet_shows_nowhere():
    """In eight weeks of everything at once; in the quarter the attacker asks about ten codes, and this is none."""

    one, other = in_two_worlds(victim_card(OTHER), victim_card("service.sport_activity"), play_everything)
    assert one == other
    assert {refusal.split(":")[0] for refusal in one.refusals} >= {"stands-seven-days", "ten-codes-a-quarter"}


@pytest.mark.django_db
@pytest.mark.long
def test_gap_that_the_attacker_meets_shows_as_a_band_and_changes_once_a_week_at_most():
    one, other = in_two_worlds(victim_card(GIVES[0], GIVES[1]), victim_card(GIVES[0], OTHER), play_everything)
    assert without_proposals(one) == without_proposals(other)
    for seen in (one, other):
        assert changes_a_week(seen) <= 1


@pytest.mark.django_db
@pytest.mark.long
def test_leaving_members_out_one_after_another_shows_nothing():
    """Not even whom a proposal is about, though the attacker watches it every day."""

    def play(here: World, *, leaves_out: bool) -> None:
        members = sorted(own_exclusions(here.me).others, key=lambda each: each.name)
        for number, day in enumerate(range(2, 16)):
            if leaves_out:
                leave_out(here, members[number % len(members)].id, AT + day * DAY)
            here.night(day)

    victim = victim_card(*GIVES)
    found = []
    for leaves_out in (True, False):
        with transaction.atomic():
            here = world(victim)
            play(here, leaves_out=leaves_out)
            found.append([[shown[0] for shown in day] for day in here.seen.days])
            transaction.set_rollback(True)
    assert found[0] == found[1]
    assert found[0][-1][0] != ()


@pytest.mark.django_db
@pytest.mark.long
def test_yes_to_everything_shows_no_answer_of_anybody():
    """Whatever the victim says or does not say, but for a yes, is the same to whoever asks."""

    def play(here: World, answer: Answer | None) -> None:
        for day in range(2, 9):
            here.night(day)
            for proposal in own_proposals(here.me):
                answer_proposal(here.me, proposal=proposal.id, answer=Answer.INTERESTED, at=AT + day * DAY)
            for proposal in own_proposals(here.people.hospital.lead):
                given = {"proposal": proposal.id, "answer": answer, "at": AT + day * DAY}
                answer_proposal(here.people.hospital.lead, **given)

    found = []
    for answer in (None, Answer.LATER, Answer.NOT_FOR_US):
        with transaction.atomic():
            here = world(victim_card(*GIVES))
            play(here, answer)
            found.append(here.seen)
            transaction.set_rollback(True)
    assert found[0] == found[1] == found[2]
    assert found[0].bands[-1] != ()


@pytest.mark.django_db
@pytest.mark.long
def test_puppets_are_each_as_slow_as_their_master():
    """Each was let in by a person, asks with ten codes a quarter, and hides the others of the attacker's no better."""

    def play(here: World) -> None:
        for day in (2, 3, 8, 9, 10, 15, 16, 17):
            for actor in here.attackers:
                edit(actor, AT + day * DAY)
                here.tries(publish_audit, actor, circle=here.people.circle, at=AT + day * DAY)
            here.night(day)

    one, other = in_two_worlds(victim_card(OTHER), victim_card("service.sport_activity"), play, puppets=1)
    assert one == other
    assert [refusal for refusal in one.refusals if refusal.startswith("ten-codes")]


@pytest.mark.django_db
def test_coming_back_to_the_circle_begins_no_new_seven_days():
    here = world(victim_card(*GIVES))
    circle, me = here.people.circle, here.me
    withdraw_audit(me, circle=circle, at=AT + DAY)
    leave_circle(me, circle=circle, at=AT + DAY)
    asked = ask_to_join(me, circle=circle, statement="Again.", signed_name="Mal", at=AT + 2 * DAY)
    admit(here.people.convener, membership=asked, at=AT + 2 * DAY)
    here.tries(publish_audit, me, circle=circle, at=AT + 3 * DAY)
    assert [refusal.split(":")[0] for refusal in here.seen.refusals] == ["stands-seven-days"]


def without_proposals(seen: Seen) -> list[list[object]]:
    """All but the proposals, and what was said to them."""
    return [[_without(*shown) for shown in day] for day in seen.days]  # type: ignore[misc]


def _without(_proposals, publications, events, *more: object) -> tuple[object, ...]:
    return publications, [event for event in events if event[0] != "proposal_answered"], more


def changes_a_week(seen: Seen) -> int:
    """How often in any seven days bands changed while the attacker was compared, and so could learn by it."""
    told = [bands for bands, day in zip(seen.bands, seen.days, strict=True) if day[0][1]]  # type: ignore[index]
    changed = [sorted(before) != sorted(after) for before, after in pairwise(told)]
    return max((sum(changed[start : start + 7]) for start in range(len(changed))), default=0)
