"""What an alliance contributes to what is known of several: its lifetime, its partners' stays, its answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from lichen.alliance.values import Alliance
from lichen.charter.requests import RequestStatus, request_state
from lichen.charter.threat import Model
from lichen.charter.votes.values import VotingRule
from lichen.disclosure.values import Act
from lichen.progress.records import AllianceRecord, Felt, ReplyTime, Stay
from lichen.progress.satisfaction import Question, satisfaction
from lichen.progress.survival import Lifetime
from lichen.progress.values import Membership

__all__ = ["agreed_on", "alliance_lifetime", "alliance_record", "begun_on"]


def begun_on(alliance: Alliance) -> date | None:
    """The day on which an alliance began: when it was founded, else when its first partner joined; None is not said.

    Args:
        alliance: The alliance.
    """
    joined = (membership.joined_on for membership in alliance.course.memberships)
    return alliance.formed_on or min(joined, default=None)


def alliance_lifetime(alliance: Alliance, on: date) -> Lifetime | None:
    """How many days an alliance has lived until a day, and whether it has ended by then.

    Args:
        alliance: The alliance.
        on: The day.

    Returns:
        None where nobody said when it began, or where it had not begun.
    """
    begun, course = begun_on(alliance), alliance.course
    if begun is None or begun > on:
        return None
    has_ended = course.ended_on is not None and course.ended_on <= on
    days = (_last_day(alliance, on) - begun).days
    return Lifetime(max(days, 0), has_ended, course.ended_because if has_ended else None)


def alliance_record(alliance: Alliance, on: date) -> AllianceRecord:
    """What is counted of an alliance until a day.

    Where nobody wrote down who joined when, all partners count from the day it was founded. The first contact is the
    one that is written down, else the first talk of two partners.

    Args:
        alliance: The alliance.
        on: The day; what is later does not count.
    """
    model = alliance.charter.model
    agreed = agreed_on(alliance, on)
    return AllianceRecord(
        name=alliance.name,
        is_uncommon=None if model is None else model is Model.UNCOMMON_COMPLEMENT,
        stays=tuple(_stays(alliance, on)),
        agreed_on=agreed,
        agreement=_agreement(alliance, agreed, on),
        replies=tuple(_replies(alliance, on)),
        felt=tuple(_felt(alliance, on)),
    )


def agreed_on(alliance: Alliance, on: date) -> date | None:
    """The first day by which all who were partners then had signed the same version of a charter; None is not yet.

    Args:
        alliance: The alliance.
        on: The last day that counts.
    """
    signatures = [each for each in alliance.charter.signatures if each.signed_on <= on]
    for day in sorted({each.signed_on for each in signatures}):
        signed: dict[str, set[str]] = {}
        for each in signatures:
            if each.signed_on <= day:
                signed.setdefault(each.digest, set()).add(each.party)
        members = _members(alliance, day)
        if len(members) > 1 and any(members <= parties for parties in signed.values()):
            return day
    return None


def _last_day(alliance: Alliance, on: date) -> date:
    return on if alliance.course.ended_on is None else min(on, alliance.course.ended_on)


def _members(alliance: Alliance, day: date) -> set[str]:
    present = {
        each.partner
        for each in alliance.course.memberships
        if each.joined_on <= day and (each.left_on is None or each.left_on > day)
    }
    return present or {audit.organisation.id for audit in alliance.partners}


def _stays(alliance: Alliance, on: date) -> Iterator[Stay]:
    end, begun = _last_day(alliance, on), begun_on(alliance)
    memberships: Sequence[Membership] = alliance.course.memberships
    if not memberships and begun is not None:
        memberships = [Membership(audit.organisation.id, begun) for audit in alliance.partners]
    for each in memberships:
        if each.joined_on > end:
            continue
        # Whoever goes on the day of the end has not left the alliance: it has ended.
        last = alliance.course.ended_on is not None and each.left_on == alliance.course.ended_on
        left = each.left_on is not None and each.left_on <= end and not last
        until = each.left_on if each.left_on is not None and left else end
        yield Stay(each.joined_on, until, left, each.left_because if left else None)


def _agreement(alliance: Alliance, agreed: date | None, on: date) -> Lifetime | None:
    talks = (event.on for matter in alliance.matters for event in matter.events if event.what is Act.TALKED)
    met = alliance.course.first_contact_on or min(talks, default=None)
    last = agreed or _last_day(alliance, on)
    return None if met is None or met > last else Lifetime((last - met).days, agreed is not None)


def _replies(alliance: Alliance, on: date) -> Iterator[ReplyTime]:
    end = _last_day(alliance, on)
    rule = alliance.charter.rule or VotingRule()
    for request in alliance.charter.requests:
        if request.asked_on <= end:
            state = request_state(request, on=end, answer_days=rule.answer_days)
            named = bool(request.liaison_asking.strip() and request.liaison_asked.strip())
            yield ReplyTime(state.days, state.status is RequestStatus.ANSWERED, named)


def _felt(alliance: Alliance, on: date) -> Iterator[Felt]:
    """Each partner's first and last mean; people who answered without names are in none."""
    heard: dict[str, list[float]] = {}
    for held in satisfaction(alliance.progress.surveys, on, alliance.progress.rules):
        asked = next(each for each in held.questions if each.question is Question.SATISFIED)
        for voice in asked.voices:
            if not voice.unnamed:
                heard.setdefault(voice.partner, []).append(voice.mean)
    for means in heard.values():
        yield Felt(means[0], means[-1], len(means))
