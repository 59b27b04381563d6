"""An organisation in the hands of chance, beside a small model that says what has to come of every act.

The model knows names alone: who is what, who speaks, which links are out. It shares no line with what it watches.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

from lichen.errors import NotAllowed
from lichen_web.accounts.models import Membership
from lichen_web.alliances.access.actors import Actor, NotThere, actor_for
from lichen_web.alliances.access.invitations import invitation_behind
from lichen_web.alliances.actions import host, membership
from lichen_web.alliances.actions.organisations import found_organisation
from lichen_web.alliances.models import Mail
from tests.web.alliances.actions.acts import NOW, PLACE
from tests.web.people import letter_in, token_in

__all__ = ["ACTS", "DONE", "LOTS", "NAMES", "NOT_THERE", "ROLES", "Household", "Link", "Play", "walk", "warm_up"]

DONE, NOT_THERE = "done", "not there"
NAMES = ("Ada", "Ben", "Cy", "Dot")
ROLES = ("lead", "member", "observer")
Option = TypeVar("Option")
Choose = Callable[[Sequence[Any]], Any]


@dataclass
class Link:
    """A link that is out, or was."""

    role: str
    to: str
    by: str
    until: datetime
    is_open: bool = True

    @property
    def sent(self) -> datetime:
        return self.until - timedelta(days=14)


@dataclass
class Household:
    """The model."""

    now: datetime
    roles: dict[str, str] = field(default_factory=lambda: {"Ada": "lead"})
    delegate: str = "Ada"
    stand_in: str = ""
    is_away: bool = False
    links: list[Link] = field(default_factory=list)
    suspended: set[str] = field(default_factory=set)
    is_closed: bool = False
    gone: dict[str, datetime] = field(default_factory=dict)

    @property
    def speaker(self) -> str:
        return self.stand_in if self.is_away else self.delegate

    def is_there(self, name: str) -> bool:
        return name in self.roles and name not in self.suspended and not self.is_closed

    def works(self, link: Link) -> bool:
        return link.is_open and self.now < link.until and link.by not in self.suspended and not self.is_closed

    def would_be_led_without(self, name: str) -> bool:
        return any(role == "lead" and who not in {name, *self.suspended} for who, role in self.roles.items())

    def invite(self, by: str, role: str, to: str) -> str:
        if refusal := self._unless_lead(by):
            return refusal
        today = [link for link in self.links if link.sent > self.now - timedelta(days=1)]
        if sum(link.by == by for link in today) >= 30:
            return "invitations-a-day"
        if to and sum(link.to == to and link.is_open for link in today) >= 3:
            return "invitations-to-one"
        self.links.append(Link(role, to, by, self.now + timedelta(days=14)))
        return DONE

    def withdraw(self, by: str, link: Link) -> str:
        leads = self.is_there(by) and self.roles[by] == "lead"
        if by in self.suspended or not link.is_open or not (leads or link.by == by):
            return NOT_THERE
        link.is_open = False
        return DONE

    def accept(self, by: str, link: Link) -> str:
        if by in self.suspended or not self.works(link) or link.to not in {"", by}:
            return NOT_THERE
        if by in self.gone and self.gone[by] > link.sent:
            return "older-than-the-end"
        if by in self.roles:
            return "already-in-it"
        link.is_open = False
        self._close_links_to(by)
        self.roles[by] = link.role
        return DONE

    def change_role(self, by: str, whose: str, role: str) -> str:
        if refusal := self._unless_lead(by) or self._unless_inside(whose):
            return refusal
        if self.roles[whose] == role:
            return DONE
        if self.roles[whose] == "lead" and not self.would_be_led_without(whose):
            return "last-lead"
        self.roles[whose] = role
        if role == "observer":
            self._silence(whose)
        self._close_links_of(whose)
        self._close_links_to(whose)
        return DONE

    def remove(self, by: str, whom: str) -> str:
        return self._unless_lead(by) or self._unless_inside(whom) or self._go(whom)

    def leave(self, by: str) -> str:
        return self._go(by) if self.is_there(by) else NOT_THERE

    def name(self, by: str, delegate: str, stand_in: str) -> str:
        if refusal := self._unless_lead(by) or self._unless_inside(delegate):
            return refusal
        if stand_in and stand_in not in self.roles:
            return NOT_THERE
        if "observer" in {self.roles[delegate], self.roles.get(stand_in)}:
            return "observers-do-not-speak"
        if delegate == stand_in:
            return "two-people"
        self.delegate, self.stand_in, self.is_away = delegate, stand_in, False
        return DONE

    def say_away(self, by: str, is_away: bool) -> str:
        if not self.is_there(by):
            return NOT_THERE
        if self.roles[by] == "observer":
            return "lead-or-member"
        if not self.delegate or not self.stand_in:
            return "stand-in-needed"
        if self.roles[by] != "lead" and by != self.delegate:
            return "lead-or-delegate"
        self.is_away = is_away
        return DONE

    def _unless_lead(self, by: str) -> str:
        if not self.is_there(by):
            return NOT_THERE
        return "" if self.roles[by] == "lead" else "lead-only"

    def _unless_inside(self, name: str) -> str:
        return "" if name in self.roles else NOT_THERE

    def _go(self, name: str) -> str:
        if self.roles[name] == "lead" and name not in self.suspended and not self.would_be_led_without(name):
            return "last-lead"
        del self.roles[name]
        self.gone[name] = self.now
        self._silence(name)
        self._close_links_of(name)
        self._close_links_to(name)
        return DONE

    def _silence(self, name: str) -> None:
        if name == self.delegate:
            self.delegate, self.stand_in, self.is_away = self.stand_in, "", False
        elif name == self.stand_in:
            self.stand_in, self.is_away = "", False

    def _close_links_of(self, name: str) -> None:
        for link in self.links:
            link.is_open = link.is_open and link.by != name

    def _close_links_to(self, name: str) -> None:
        for link in self.links:
            link.is_open = link.is_open and link.to != name


@dataclass
class Play:
    """The house itself, and its model; every act is done in both."""

    people: dict[str, Actor]
    host: Actor
    organisation: UUID = field(init=False)
    model: Household = field(init=False)
    tokens: list[str] = field(default_factory=list)
    seen: list[tuple[str, Actor]] = field(default_factory=list)
    """As whom everybody acted before: pages that were drawn then may be sent now."""
    mails: set[UUID] = field(default_factory=lambda: set(Mail.objects.values_list("id", flat=True)))
    """Those that were written before."""

    def __post_init__(self) -> None:
        self.organisation = found_organisation(self.people["Ada"], **PLACE, at=NOW)
        self.model = Household(NOW)

    def act(self, name: str, choose: Choose) -> None:
        """Do one act as chance has it; if anything came of it, compare everything."""
        expected, happened = ACTS[name](self, choose)
        assert happened == expected, f"{name}: {happened} and not {expected}"
        if happened == DONE:
            self.compare()

    def tried(self, act: Callable[..., object], by: Actor, **given: object) -> str:
        """What became of an act."""
        try:
            act(by, **given, at=self.model.now)
        except NotAllowed as refused:
            return refused.rule
        except NotThere:
            return NOT_THERE
        return DONE

    def actor(self, name: str, choose: Choose) -> Actor:
        """Somebody as they are now, or as a page of theirs still has them."""
        try:
            now = actor_for(self.people[name].person, self.organisation)
        except NotThere:
            now = Actor(self.people[name].person)
        before = [actor for who, actor in self.seen if who == name]
        if now.organisation:
            self.seen.append((name, now))
        return choose([now, now, *before[-2:]])

    def new_token(self) -> str:
        """The secret in the link that was sent just now."""
        (mail,) = Mail.objects.filter(kind="invitation").exclude(id__in=self.mails)
        self.mails.add(mail.id)
        return token_in(letter_in(mail))

    def line(self, name: str) -> UUID:
        """The id of somebody's line; one that is nowhere if they are not in it."""
        rows = Membership.objects.filter(organisation=self.organisation, person=self.people[name].person, left_at=None)
        return rows.values_list("id", flat=True).first() or uuid4()

    def compare(self) -> None:
        """What anybody can do and see is what the model says."""
        for name, person in self.people.items():
            expected = self._expected(name)
            assert self._found(person.person) == expected, f"{name} is not {expected}"
        for token, link in zip(self.tokens, self.model.links, strict=True):
            offer = invitation_behind(token, at=self.model.now)
            assert (offer.role if offer else "") == (link.role if self.model.works(link) else ""), f"the link of {link}"

    def _expected(self, name: str) -> tuple[str, bool] | None:
        there = self.model.is_there(name)
        return (self.model.roles[name], name == self.model.speaker) if there else None

    def _found(self, person: UUID) -> tuple[str, bool] | None:
        try:
            actor = actor_for(person, self.organisation)
        except NotThere:
            return None
        return str(actor.role), actor.speaks


def _invite(play: Play, choose: Choose) -> tuple[str, str]:
    by, role, to = choose(NAMES), choose(ROLES), choose((*NAMES, ""))
    email = f"{to.lower()}@example.org" if to else ""
    happened = play.tried(membership.invite_colleague, play.actor(by, choose), email=email, role=role)
    expected = play.model.invite(by, role, to)
    if happened == DONE:
        play.tokens.append(play.new_token())
    return expected, happened


def _withdraw(play: Play, choose: Choose) -> tuple[str, str]:
    if not play.model.links:
        return DONE, DONE
    by, number = choose(NAMES), choose(range(len(play.tokens)))
    actor = play.actor(by, lambda now: now[0])  # as themselves they may, where their organisation may not
    row = membership.Invitation.objects.get(digest=membership.link_digest(play.tokens[number]))
    happened = play.tried(membership.withdraw_invitation, actor, invitation=row.id)
    return play.model.withdraw(by, play.model.links[number]), happened


def _accept(play: Play, choose: Choose) -> tuple[str, str]:
    if not play.model.links:
        return DONE, DONE
    number = choose(range(len(play.tokens)))
    to = play.model.links[number].to
    by = choose((*NAMES, *((to,) * 5 if to else ())))
    happened = play.tried(membership.accept_invitation, play.people[by], token=play.tokens[number])
    return play.model.accept(by, play.model.links[number]), happened


def _change_role(play: Play, choose: Choose) -> tuple[str, str]:
    by, whose, role = choose(NAMES), choose(NAMES), choose(ROLES)
    given = {"membership": play.line(whose), "role": role}
    happened = play.tried(membership.change_role, play.actor(by, choose), **given)
    return play.model.change_role(by, whose, role), happened


def _remove(play: Play, choose: Choose) -> tuple[str, str]:
    by, whom = choose(NAMES), choose(NAMES)
    happened = play.tried(membership.remove_member, play.actor(by, choose), membership=play.line(whom))
    return play.model.remove(by, whom), happened


def _leave(play: Play, choose: Choose) -> tuple[str, str]:
    by = choose(NAMES)
    happened = play.tried(membership.leave_organisation, play.actor(by, choose))
    return play.model.leave(by), happened


def _name(play: Play, choose: Choose) -> tuple[str, str]:
    by, delegate, stand_in = choose(NAMES), choose(NAMES), choose((*NAMES, ""))
    given = {"delegate": play.line(delegate), "stand_in": play.line(stand_in) if stand_in else None}
    happened = play.tried(membership.name_delegate, play.actor(by, choose), **given)
    return play.model.name(by, delegate, stand_in), happened


def _say_away(play: Play, choose: Choose) -> tuple[str, str]:
    by, is_away = choose(NAMES), choose((True, True, False))
    happened = play.tried(membership.set_delegate_away, play.actor(by, choose), is_away=is_away)
    return play.model.say_away(by, is_away), happened


def _suspend(play: Play, choose: Choose) -> tuple[str, str]:
    name = choose((*NAMES, *sorted(play.model.suspended) * 3))
    act = host.lift_suspension_of_person if name in play.model.suspended else host.suspend_person
    play.model.suspended ^= {name}
    return DONE, play.tried(act, play.host, person=play.people[name].person)


def _close(play: Play, _choose: Choose) -> tuple[str, str]:
    act = host.lift_suspension if play.model.is_closed else host.suspend_organisation
    play.model.is_closed = not play.model.is_closed
    return DONE, play.tried(act, play.host, organisation=play.organisation)


def _wait(play: Play, choose: Choose) -> tuple[str, str]:
    play.model.now += timedelta(days=choose((1, 7, 14)))
    return DONE, DONE


ACTS: dict[str, Callable[[Play, Choose], tuple[str, str]]] = {
    "invite": _invite,
    "withdraw": _withdraw,
    "accept": _accept,
    "change_role": _change_role,
    "remove": _remove,
    "leave": _leave,
    "name": _name,
    "say_away": _say_away,
    "suspend": _suspend,
    "close": _close,
    "wait": _wait,
}
LOTS = (*ACTS, *["invite", "accept", "name", "say_away", "change_role"] * 2, "accept", "leave", "remove")
"""What chance draws from."""


def warm_up(play: Play, roles: Sequence[str]) -> None:
    """Let the others in by links from the first, and have the second stand in: more can go wrong where more are."""
    for name, role in zip(NAMES[1:], roles, strict=True):
        play.act("invite", _told("Ada", role, name))
        play.act("accept", _told(len(play.tokens) - 1, name))
    if play.model.roles["Ben"] != "observer":
        play.act("name", _told("Ada", "Ada", "Ben"))


def walk(play: Play, seed: int, steps: int) -> None:
    """So many acts, drawn by a number; those of the first lead more often, so that something comes of it."""
    chance = random.Random(seed)

    def choose(options: Sequence[Any]) -> Any:
        return "Ada" if options is NAMES and chance.random() < 0.4 else chance.choice(options)

    warm_up(play, chance.choices(ROLES, k=len(NAMES) - 1))
    for _ in range(steps):
        opening = ("close",) * 20 if play.model.is_closed else ()
        lifting = ("suspend",) * 3 * len(play.model.suspended)
        play.act(chance.choice((*LOTS, *opening, *lifting)), choose)


def _told(*answers: object) -> Choose:
    """Choose what is told, as long as it is there to choose; then whatever comes first."""
    left = list(answers)
    return lambda options: left.pop(0) if left and left[0] in options else options[0]
