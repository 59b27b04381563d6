"""Every act of people, circles, complaints and the host: who does it, with what, and who may not.

Whatever is typed bears a mark, which must turn up in no event, no job and no clear column that is not meant for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from lichen_web.accounts.models import CircleMembership, Convener, Facilitation
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.actions import (
    audit,
    circles,
    complaints,
    facilitation,
    host,
    membership,
    organisations,
)
from tests import cast as organisations_of_the_cast
from tests.web.alliances.actions.audit_acts import GIVEN as AUDIT
from tests.web.people import WebCast, entered, membership_of, signed_up, token_for

__all__ = ["ACTS", "MARK", "NOW", "Act", "Who", "upheld"]

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MARK = "zyxquark"
MAIL = f"{MARK}@example.org"
DAY = timedelta(days=1)

Who = Callable[[WebCast], Actor]
PLACE = {
    "name": MARK,
    "sector": "health",
    "country": "GB",
    "region": MARK,
    "size": "small",
    "website": f"https://{MARK}.example.org",
    "is_public_body": True,
}


@dataclass(frozen=True)
class Act:
    """One act, and what stands around it."""

    do: Callable[..., Any]
    by: Who
    """Who may."""
    given: Callable[[WebCast], Mapping[str, Any]]
    """With what; it may do what has to be done before."""
    wrong: tuple[Who, ...] = ()
    """Whom it concerns, and who may not."""
    strangers: tuple[Who, ...] = (lambda cast: cast.stranger.lead,)
    """To whom it is not there, though they name the right ids."""


def _lead(cast: WebCast) -> Actor:
    return cast.hospital.lead


def _member(cast: WebCast) -> Actor:
    return cast.hospital.member


def _observer(cast: WebCast) -> Actor:
    return cast.hospital.observer


def _serving(cast: WebCast) -> Actor:
    return cast.serving_hospital


def _host(cast: WebCast) -> Actor:
    return cast.host


def _convener(cast: WebCast) -> Actor:
    return cast.convener


ORDINARY = (_member, _observer, _serving)
NO_HOST = (lambda cast: cast.stranger.lead, _lead, _convener)
NO_CONVENER = (lambda cast: cast.stranger.lead, _lead, _host)


def _facilitation(cast: WebCast) -> dict[str, UUID]:
    return {"facilitation": Facilitation.objects.get(organisation=cast.hospital.id, ended_at=None).id}


def _colleague(cast: WebCast, email: str = MAIL) -> dict[str, UUID]:
    return {"invitation": membership.invite_colleague(cast.hospital.lead, email=email, role="member", at=NOW - DAY)}


def _link(cast: WebCast) -> dict[str, str]:
    _colleague(cast, email="wanda@example.org")
    return {"token": token_for("wanda@example.org")}


def _asking(cast: WebCast) -> dict[str, UUID]:
    newcomer = entered(organisations_of_the_cast.youth, ("Bea One", "Bob Two", "Bill Three"), NOW - DAY)
    asked = {"circle": cast.circle, "statement": MARK, "signed_name": MARK}
    return {"membership": circles.ask_to_join(newcomer.lead, **asked, at=NOW - DAY)}


def _complaint(cast: WebCast) -> dict[str, UUID]:
    said = {"circle": cast.circle, "about": cast.hospital.id, "words": MARK}
    return {"complaint": complaints.complain(cast.churches.lead, **said, at=NOW - 20 * DAY)}


def upheld(cast: WebCast, times: int, at: datetime = NOW, circle: UUID | None = None) -> None:
    """So many complaints of the churches about the hospital, each upheld."""
    for number in range(times):
        then = at + number * timedelta(minutes=1)
        said = {"circle": circle or cast.circle, "about": cast.hospital.id, "words": MARK}
        made = complaints.complain(cast.churches.lead, **said, at=then)
        complaints.answer_complaint(cast.hospital.lead, complaint=made, words=MARK, at=then)
        complaints.decide_complaint(cast.host, complaint=made, outcome="upheld", reason=MARK, at=then)


def _forgivable(cast: WebCast) -> dict[str, UUID]:
    upheld(cast, 3, NOW - DAY)
    return {"circle": cast.circle, "organisation": cast.hospital.id, "reason": MARK}


def _inside(cast: WebCast) -> dict[str, UUID]:
    return {"membership": CircleMembership.objects.get(organisation=cast.hospital.id, circle=cast.circle).id}


def _put_out(cast: WebCast) -> dict[str, UUID]:
    circles.put_out(cast.convener, **_inside(cast), reason=MARK, at=NOW - DAY)
    return _inside(cast)


def _leaderless(cast: WebCast) -> dict[str, Any]:
    host.suspend_person(cast.host, person=cast.hospital.lead.person, at=NOW - DAY)
    return {"organisation": cast.hospital.id, "email": MAIL, "reason": MARK}


def _recovery(cast: WebCast) -> dict[str, UUID]:
    return {"recovery": host.ask_recovery(cast.host, **_leaderless(cast), at=NOW - DAY)}


def _suspended(cast: WebCast) -> dict[str, UUID]:
    host.suspend_organisation(cast.host, organisation=cast.hospital.id, at=NOW - DAY)
    return {"organisation": cast.hospital.id}


def _suspended_person(cast: WebCast) -> dict[str, UUID]:
    host.suspend_person(cast.host, person=cast.hospital.member.person, at=NOW - DAY)
    return {"person": cast.hospital.member.person}


ACTS: Mapping[str, Act] = {
    "found_organisation": Act(organisations.found_organisation, lambda cast: cast.facilitator, lambda _: PLACE, (), ()),
    "change_organisation": Act(organisations.change_organisation, _lead, lambda _: PLACE, ORDINARY, ()),
    "invite_colleague": Act(
        membership.invite_colleague, _lead, lambda _: {"email": MAIL, "role": "member"}, ORDINARY, ()
    ),
    "withdraw_invitation": Act(
        membership.withdraw_invitation, _lead, _colleague, (), (lambda cast: cast.stranger.lead, _member, _host)
    ),
    "accept_invitation": Act(
        membership.accept_invitation,
        lambda _: signed_up("Wanda Zyxquark"),
        _link,
        (),
        (lambda cast: cast.stranger.lead, _host, _member),
    ),
    "change_role": Act(
        membership.change_role,
        _lead,
        lambda cast: {"membership": membership_of(cast.hospital.member), "role": "lead"},
        ORDINARY,
    ),
    "remove_member": Act(
        membership.remove_member, _lead, lambda cast: {"membership": membership_of(cast.hospital.member)}, ORDINARY
    ),
    "leave_organisation": Act(membership.leave_organisation, _member, lambda _: {}, (_serving,), (_host, _convener)),
    "name_delegate": Act(
        membership.name_delegate,
        _lead,
        lambda cast: {"delegate": membership_of(cast.hospital.member), "stand_in": None},
        ORDINARY,
    ),
    "set_delegate_away": Act(
        membership.set_delegate_away, _lead, lambda _: {"is_away": True}, (_member, _observer, _serving), (_host,)
    ),
    "invite_facilitator": Act(
        facilitation.invite_facilitator, _lead, lambda _: {"email": MAIL, "scopes": ["gaps"]}, ORDINARY, (_host,)
    ),
    "open_to_facilitator": Act(
        facilitation.open_to_facilitator, _lead, lambda cast: {**_facilitation(cast), "scopes": ["gaps"]}, ORDINARY
    ),
    "end_facilitation": Act(facilitation.end_facilitation, _lead, _facilitation, (_member, _observer)),
    "hand_over_facilitation": Act(
        facilitation.hand_over_facilitation,
        _serving,
        lambda cast: {**_facilitation(cast), "email": MAIL},
        (_lead, _member),
        (lambda cast: cast.serving_churches, _host),
    ),
    "open_circle": Act(circles.open_circle, _host, lambda _: {"name": MARK, "purpose": MARK}, (), NO_HOST),
    "ask_to_join": Act(
        circles.ask_to_join,
        lambda cast: cast.stranger.lead,
        lambda cast: {"circle": cast.circle, "statement": MARK, "signed_name": MARK},
        (lambda cast: cast.stranger.member, lambda cast: cast.stranger.observer),
        (_host, _convener),
    ),
    "admit": Act(circles.admit, _convener, _asking, (), NO_CONVENER),
    "refuse": Act(circles.refuse, _convener, _asking, (), NO_CONVENER),
    "put_out": Act(circles.put_out, _convener, lambda cast: {**_inside(cast), "reason": MARK}, (), NO_CONVENER),
    "let_back": Act(circles.let_back, _convener, _put_out, (), NO_CONVENER),
    "leave_circle": Act(circles.leave_circle, _lead, lambda cast: {"circle": cast.circle}, ORDINARY),
    "invite_to_circle": Act(
        circles.invite_to_circle, _lead, lambda cast: {"circle": cast.circle, "email": MAIL}, ORDINARY
    ),
    "name_convener": Act(
        circles.name_convener, _host, lambda cast: {"circle": cast.circle, "email": MAIL}, (), (_lead, _member)
    ),
    "end_convening": Act(
        circles.end_convening,
        _convener,
        lambda cast: {"convener": Convener.objects.get(circle=cast.circle).id},
        (),
        (lambda cast: cast.stranger.lead, _lead),
    ),
    "complain": Act(
        complaints.complain,
        _lead,
        lambda cast: {"circle": cast.circle, "about": cast.churches.id, "words": MARK},
        ORDINARY,
        (lambda cast: cast.stranger.lead, _host),
    ),
    "answer_complaint": Act(
        complaints.answer_complaint,
        _lead,
        lambda cast: {**_complaint(cast), "words": MARK},
        ORDINARY,
        (lambda cast: cast.stranger.lead, lambda cast: cast.churches.lead, _host),
    ),
    "decide_complaint": Act(
        complaints.decide_complaint,
        _host,
        lambda cast: {**_complaint(cast), "outcome": "upheld", "reason": MARK},
        (),
        NO_HOST,
    ),
    "forgive_complaints": Act(complaints.forgive_complaints, _host, _forgivable, (), NO_HOST),
    "invite_another_host": Act(host.invite_another_host, _host, lambda _: {"email": MAIL}, (), NO_HOST),
    "step_down": Act(host.step_down, _host, lambda _: {}, (), NO_HOST),
    "suspend_organisation": Act(
        host.suspend_organisation, _host, lambda cast: {"organisation": cast.hospital.id}, (), NO_HOST
    ),
    "lift_suspension": Act(host.lift_suspension, _host, _suspended, (), NO_HOST),
    "suspend_person": Act(
        host.suspend_person, _host, lambda cast: {"person": cast.hospital.member.person}, (), NO_HOST
    ),
    "lift_suspension_of_person": Act(host.lift_suspension_of_person, _host, _suspended_person, (), NO_HOST),
    "ask_recovery": Act(host.ask_recovery, _host, _leaderless, (), NO_HOST),
    "approve_recovery": Act(host.approve_recovery, lambda cast: cast.second_host, _recovery, (_host,), NO_HOST),
    "refuse_recovery": Act(host.refuse_recovery, _host, _recovery, (), NO_HOST),
    **{
        name: Act(getattr(audit, name), _member, given, (_observer, _serving), (_host, _convener))
        for name, given in AUDIT.items()
    },
}
"""Each by its name in the table of permissions."""
