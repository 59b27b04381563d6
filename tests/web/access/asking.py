"""Every address of the house, asked by everybody: what the table of access is compared with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from lichen.scales import Relevance
from lichen_web.accounts.models import Convener, Facilitation, Person
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.actions.audit import (
    record_offer,
    record_vulnerability,
    remove_offer,
    remove_vulnerability,
)
from lichen_web.alliances.actions.circles import admit, ask_to_join, open_circle
from lichen_web.alliances.actions.complaints import complain
from lichen_web.alliances.actions.host import ask_recovery, suspend_person
from lichen_web.alliances.actions.membership import invite_colleague
from lichen_web.alliances.mails import post
from tests import cast
from tests.web.between import audited_at, between
from tests.web.convening import found_in_a_circle
from tests.web.listing import a_correction, added_to_the_list, kept_about_listed, removed_about_listed
from tests.web.people import House, WebCast, cast_of, entered, membership_of, signed_up

__all__ = ["ROLES", "Scene", "addresses", "answer", "body_of", "path_of", "scene_of", "signed_in"]

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
_FIXED = {"pk": 1, "token": "x" * 32}
"""What is in no table."""
ROLES = "nobody newcomer suspended stranger partner observer member lead facilitator convener host".split()
"""Who asks: not signed in, signed in without an organisation, kept out by the host, with an organisation outside the
circle, with one in it, in the hospital in each role, serving it, vouching in the circle, running the host."""


@dataclass(frozen=True)
class Scene:
    """Everybody, and one of everything that an address can name."""

    people: WebCast
    actors: Mapping[str, Actor | None]
    """Who asks, by role."""
    own: Mapping[str, Mapping[str, object]]
    """The ids in an address, by its name; under ``""`` those that most addresses take. They are the hospital's."""
    foreign: Mapping[str, UUID] = field(default_factory=dict)
    """The same of the churches, who are in the circle too, and of a circle where the hospital is not."""


def addresses() -> dict[str, tuple[str, ...]]:
    """The name of each address, with what it takes."""
    return dict(sorted(_walk(get_resolver())))


def _walk(resolver: URLResolver) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield str(pattern.name), tuple(pattern.pattern.converters)
        else:
            yield from _walk(pattern)


def scene_of(as_worker: Callable[[], AbstractContextManager[None]] = nullcontext) -> Scene:
    """The cast, with something of each kind waiting; some of it comes from the worker."""
    people = cast_of(AT)
    audited_at(people, AT)
    newcomer, suspended = signed_up("Nadia New"), signed_up("Sven Suspended")
    suspend_person(people.host, person=suspended.person, at=AT + DAY)
    other_circle = open_circle(people.host, name="Harbour table", purpose="", at=AT + DAY)
    farmers = _let_in(entered(cast.farmers, ("Finn Field", "Gail Grow", "Hal Hay"), AT + DAY), people)
    city = _let_in(entered(cast.city, ("Cleo Clerk", "Carl Court", "Cid Curb"), AT + DAY), people)
    asking = _asking(entered(cast.distributor, ("Dora Deal", "Eli East", "Fay Far"), AT + DAY), people)
    own = {
        "organisation": people.hospital.id,
        "membership": membership_of(people.hospital.observer),
        "invitation": invite_colleague(people.hospital.lead, email="new@example.org", role="member", at=AT + DAY),
        "facilitation": Facilitation.objects.get(organisation=people.hospital.id).id,
        "circle": people.circle,
        "about": people.churches.id,
        "complaint": _complaint(people, people.churches, people.hospital),
        "convener": Convener.objects.get(circle=people.circle).id,
        "person": newcomer.person,
        "mail": post("test", to="nobody@example.org", subject="-", text="-", at=AT),
        "task": uuid4(),
        **kept_about_listed(people.hospital.lead, AT + DAY),
        "correction_request": a_correction(AT + DAY),
        **_FIXED,
        "item": _item(people.hospital, "vulnerability"),
    }
    foreign = {
        "membership": membership_of(people.churches.observer),
        "invitation": invite_colleague(people.churches.lead, email="else@example.org", role="member", at=AT + DAY),
        "facilitation": Facilitation.objects.get(organisation=people.churches.id).id,
        "circle": other_circle,
        "about": people.stranger.id,
        "complaint": _complaint(people, people.churches, farmers),
        "convener": uuid4(),
        "item": _item(people.churches, "vulnerability"),
    }
    between_own, between_foreign, between_special = between(people, farmers, city, AT + DAY, as_worker)
    special = {
        **between_special,
        **_items_of_acts(people.hospital),
        "admit": {"membership": asking},
        "refuse": {"membership": asking},
        "ask_to_join": {"circle": other_circle},
        **_recoveries(people, farmers),
        **found_in_a_circle(people, AT + DAY),
        **removed_about_listed(people.hospital.lead, AT + DAY),
        **added_to_the_list(people.hospital.lead, AT + DAY),
    }
    actors = _actors(people, newcomer, suspended)
    return Scene(people, actors, {"": {**own, **between_own}, **special}, {**foreign, **between_foreign})


def _actors(people: WebCast, newcomer: Actor, suspended: Actor) -> dict[str, Actor | None]:
    return {
        "nobody": None,
        "newcomer": newcomer,
        "suspended": suspended,
        "stranger": people.stranger.lead,
        "partner": people.churches.lead,
        "observer": people.hospital.observer,
        "member": people.hospital.member,
        "lead": people.hospital.lead,
        "facilitator": people.facilitator,
        "convener": people.convener,
        "host": people.second_host,
    }


def signed_in(actor: Actor | None) -> Client:
    """The browser of somebody."""
    client = Client(REMOTE_ADDR="192.0.2.7")
    if actor is not None:
        client.force_login(Person.objects.get(id=actor.person))
    return client


def path_of(name: str, takes: tuple[str, ...], scene: Scene, **other: object) -> str:
    """An address with the hospital's ids in it, but for those that are given."""
    ids = {**scene.own[""], **scene.own.get(name, {}), **other}
    return reverse(name, kwargs={each: ids[each] for each in takes})


def body_of(name: str, scene: Scene) -> str:
    """What a button says whose page is no form; it stands in no address."""
    said = {
        "answer_proposal": {"answer": "interested"},
        "exclude": {"other": scene.people.churches.id},
        "end_exclusion": {"other": scene.own[""]["other"]},
    }
    return urlencode(said.get(name, {}))


def answer(client: Client, method: str, path: str, body: str = "") -> tuple[str, bytes]:
    """What somebody gets, in the word of the table, and the page; whatever it did is undone.

    ``yes`` is a page, a form that was not filled in or is out of date, or what a button does; ``no`` tells that
    somebody else has to do it; ``hidden`` is not there for them; ``in`` asks to sign in; ``-`` means that nobody
    asks so.
    """
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        response = client.generic(method, path, body, "application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    client.cookies = cookies
    asked_in = response.status_code == 302 and response["Location"].startswith(reverse("account_login"))
    words = {403: "no", 404: "hidden", 405: "-", 200: "yes", 302: "yes", 303: "yes", 409: "yes", 422: "yes"}
    return "in" if asked_in else words.get(response.status_code, str(response.status_code)), response.content


def _item(house: House, kind: str) -> UUID:
    """A gap or an offer; one without a code can stand there often."""
    said = {"code": "", "words": "Something.", "at": AT + DAY}
    if kind == "offer":
        return record_offer(house.lead, **said, strength=3, evidence=1, kinds=(), spare="")
    relevance = Relevance.UNASKED
    return record_vulnerability(
        house.lead, **said, severity=3, rank=None, core=False, relevance=relevance, sensitivity=None
    )


def _items_of_acts(house: House) -> dict[str, dict[str, UUID]]:
    """For those that take an offer, or what was removed."""
    of_offers = {name: {"item": _item(house, "offer")} for name in ("change_offer", "remove_offer", "open_offer")}
    removed = {f"restore_{kind}": {"item": _removed(house, kind)} for kind in ("offer", "vulnerability")}
    return {**of_offers, **removed}


def _removed(house: House, kind: str) -> UUID:
    """One that was taken out, and can be put back today."""
    item, remove = _item(house, kind), remove_offer if kind == "offer" else remove_vulnerability
    remove(house.lead, **{kind: item}, at=timezone.now())
    return item


def _asking(house: House, people: WebCast) -> UUID:
    return ask_to_join(house.lead, circle=people.circle, statement="We are.", signed_name="the lead", at=AT + DAY)


def _let_in(house: House, people: WebCast) -> House:
    admit(people.convener, membership=_asking(house, people), at=AT + DAY)
    return house


def _complaint(people: WebCast, by: House, about: House) -> UUID:
    return complain(by.lead, circle=people.circle, about=about.id, words="They did not come.", at=AT + DAY)


def _recoveries(people: WebCast, house: House) -> dict[str, dict[str, UUID]]:
    suspend_person(people.host, person=house.lead.person, at=AT + 2 * DAY)
    asked = ask_recovery(
        people.host, organisation=house.id, email="new@example.org", reason="Seen in the register.", at=AT + 2 * DAY
    )
    return {"decide_recovery": {"recovery": asked}, "ask_recovery": {"organisation": house.id}}
