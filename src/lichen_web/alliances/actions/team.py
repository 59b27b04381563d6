"""Asking a team by link, and taking what it says into the audit."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from math import floor
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from lichen.audit.team import TeamItem, combine_answers
from lichen.errors import NotAllowed, Problem, refuse
from lichen.scales import Relevance
from lichen_web.accounts.models import Organisation
from lichen_web.alliances.access.actors import Actor, organisation_of
from lichen_web.alliances.access.invitations import link_digest
from lichen_web.alliances.access.team import new_token
from lichen_web.alliances.actions.audit import record_vulnerability
from lichen_web.alliances.actions.beginning import begun, held
from lichen_web.alliances.actions.telling import tell
from lichen_web.alliances.bridge.audit import load_audit
from lichen_web.alliances.bridge.team import (
    Shown,
    address_and_secret,
    load_answers,
    load_links,
    load_shown,
    save_link,
    save_shown,
)
from lichen_web.alliances.keys import require_key_copy
from lichen_web.alliances.mails import post
from lichen_web.alliances.models import TeamLink, TeamRound
from lichen_web.alliances.rounds import FEWEST, REMIND_AFTER, Showing, showing

__all__ = [
    "A_DAY",
    "MOST_LINKS",
    "close_round",
    "invite_to_round",
    "open_round",
    "remind_round",
    "reopen_round",
    "show_round",
    "take_from_round",
    "withdraw_link",
]

MOST_LINKS = 100
"""So many colleagues can be asked in one round."""
A_DAY = 100
"""So many links one organisation can send in a day, reminders and all: nobody mails half the world by this host."""
_DAY = timedelta(days=1)


def open_round(actor: Actor, *, fewest: int, emails: Collection[str], at: datetime) -> UUID:
    """Ask the team: each colleague gets a link of their own, and needs no account.

    Args:
        actor: A lead.
        fewest: How many answers it takes before anything is shown without names; it never changes afterwards.
        emails: Whom to ask.
        at: When.

    Returns:
        The id of the round.

    Raises:
        InputError: The number cannot be used, or there is nobody, or are too many to ask.
        NotAllowed: The actor is no lead, too many were written to today, or the host's key has no second copy yet.
    """
    require_key_copy()
    refuse(_number_problems(fewest), _address_problems(emails, room=MOST_LINKS))
    with begun(actor, "open_round") as lead:
        row = TeamRound.objects.create(organisation_id=organisation_of(lead), fewest=fewest, opened_at=at)
        _send_links(row, emails, at)
        _tell("team_asked", lead, row, at)
    return row.id


def invite_to_round(actor: Actor, *, round_id: UUID, emails: Collection[str], at: datetime) -> None:
    """Ask more colleagues in a round that is open; whoever has a link that stands keeps it, and is sent none.

    Raises:
        InputError: There is nobody, or are too many to ask.
        NotAllowed: The actor is no lead, the round is closed, or too many were written to today.
        NotThere: It is not one of theirs.
    """
    with _within(actor, "invite_to_round", round_id) as (lead, row):
        _refuse_closed(row)
        known = {email for link, email in load_links(row) if link.withdrawn_at is None}
        refuse(_address_problems(emails, room=MOST_LINKS - row.links.count()))
        _send_links(row, {_plain(each) for each in emails} - known, at)
        _tell("team_asked", lead, row, at)


def remind_round(actor: Actor, *, round_id: UUID, at: datetime) -> None:
    """Write again to those who have not answered and did not ask to be left alone. Nobody learns who they are.

    Raises:
        NotAllowed: The actor is no lead, the round is closed, or mail was sent in it within a day.
        NotThere: It is not one of theirs.
    """
    with _within(actor, "remind_round", round_id) as (lead, row):
        _refuse_closed(row)
        links = row.links.filter(withdrawn_at=None)
        if links.filter(sent_at__gt=at - REMIND_AFTER).exists():
            why = _("Mail was sent in this round within a day. Give people the time to answer, and try again tomorrow.")
            raise NotAllowed("reminded-today", why)
        for link in links.filter(answer=None, left_alone_at=None):
            email, secret = address_and_secret(link)
            _write(row, email, secret, at, is_reminder=True)
        links.update(sent_at=at)
        _tell("team_reminded", lead, row, at)


def withdraw_link(actor: Actor, *, round_id: UUID, link: UUID, at: datetime) -> None:
    """Take a link back: it leads nowhere from now on. What came by it stays, so that nobody learns whether any did.

    Raises:
        NotAllowed: The actor is no lead.
        NotThere: It is not one of theirs, or was taken back already.
    """
    with _within(actor, "withdraw_link", round_id) as (lead, row):
        found = held(TeamLink.objects.filter(id=link, round=row, withdrawn_at=None))
        TeamLink.objects.filter(id=found.id).update(withdrawn_at=at)
        _tell("team_link_withdrawn", lead, row, at)


def close_round(actor: Actor, *, round_id: UUID, at: datetime) -> None:
    """End a round: nobody answers any more.

    Raises:
        NotAllowed: The actor is no lead, or it is closed already.
        NotThere: It is not one of theirs.
    """
    with _within(actor, "close_round", round_id) as (lead, row):
        _refuse_closed(row)
        TeamRound.objects.filter(id=row.id).update(closed_at=at)
        _tell("team_round_closed", lead, row, at)


def reopen_round(actor: Actor, *, round_id: UUID, at: datetime) -> None:
    """Let people answer again, by the links they have.

    Raises:
        NotAllowed: The actor is no lead, it is open, or answers were shown by name: what came after them could be
            told apart from those.
        NotThere: It is not one of theirs.
    """
    with _within(actor, "reopen_round", round_id) as (lead, row):
        shown = load_shown(row)
        if row.closed_at is None:
            raise NotAllowed("round-open", _("This round is open already."))
        if shown and shown.people:
            why = _("Answers of this round were shown by name, so it stays as it is. Ask the team anew instead.")
            raise NotAllowed("shown-by-name", why)
        TeamRound.objects.filter(id=row.id).update(closed_at=None)
        _tell("team_round_reopened", lead, row, at)


def show_round(actor: Actor, *, round_id: UUID, at: datetime) -> None:
    """Show the lead what the team says, as far as it can be without giving anybody away, and freeze it.

    Raises:
        NotAllowed: The actor is no lead, or nothing can be shown: the sentence says what would have to happen first.
        NotThere: It is not one of theirs.
    """
    with _within(actor, "show_round", round_id) as (lead, row):
        answers, shown = load_answers(row), load_shown(row)
        standing = {link: version for link, (version, _saying) in answers.items()}
        by_name = {link: saying for link, (_version, saying) in answers.items() if saying.is_by_name}
        can = showing(
            standing,
            shown.counted if shown else {},
            fewest=row.fewest,
            is_closed=row.closed_at is not None,
            by_name=len(by_name),
        )
        if can not in {Showing.CROWD, Showing.NAMES}:
            raise NotAllowed("team-kept-apart", _why_not(can, row.fewest))
        people = tuple(by_name.values()) if can is Showing.NAMES else ()
        counted = {link: standing[link] for link in by_name} if people else standing
        sayings = [answers[link][1] for link in sorted(counted)]
        team = combine_answers([each.answer for each in sayings], attributed_below=row.fewest)
        save_shown(row, Shown(counted, team, people), at=at)
        _tell("team_shown", lead, row, at)


def take_from_round(actor: Actor, *, round_id: UUID, codes: Collection[str], at: datetime) -> int:
    """Take some of what a team says into the audit, after what stands there; each as a gap of its own.

    The severity is the median, a half rounded up. Words are not taken: the organisation writes its own.

    Args:
        actor: A lead.
        round_id: Which round.
        codes: Which of the things that were shown; what stands in the audit already is left as it is.
        at: When.

    Returns:
        How many were taken.

    Raises:
        InputError: There is no room for so many, or something else cannot be used.
        NotAllowed: The actor is no lead, or the host's key has no second copy yet.
        NotThere: The round is not one of theirs.
    """
    with _within(actor, "take_from_round", round_id) as (lead, row):
        shown = load_shown(row)
        gaps = load_audit(row.organisation_id).gaps
        wanted = set(codes) - {item.code for item in gaps}
        items = [item for item in shown.team.items if item.code in wanted] if shown else []
        last = max((item.vulnerability.rank or 0 for item in gaps if item.vulnerability), default=0)
        for place, item in enumerate(items, last + 1):
            record_vulnerability(
                lead,
                code=item.code,
                words="",
                severity=_severity(item),
                rank=place,
                core=False,
                relevance=Relevance.UNASKED,
                sensitivity=None,
                at=at,
            )
        if items:
            _tell("team_taken_over", lead, row, at)
    return len(items)


# --- Within ----------------------------------------------------------------------------------------------------------


@contextmanager
def _within(actor: Actor, action: str, round_id: UUID) -> Iterator[tuple[Actor, TeamRound]]:
    """The actor as they are now, and the round, which nobody else changes or answers meanwhile."""
    with begun(actor, action) as lead:
        yield lead, held(TeamRound.objects.filter(id=round_id, organisation=organisation_of(lead)))


def _refuse_closed(row: TeamRound) -> None:
    if row.closed_at is not None:
        raise NotAllowed("round-closed", _("This round is closed. Open it again, or ask the team anew."))


def _why_not(can: Showing, fewest: int) -> str:
    if can is Showing.TOO_FEW:
        why = _("Nothing is shown before {fewest} have answered. Remind them, or close the round.")
        return why.format(fewest=fewest)
    if can is Showing.NOBODY:
        return _("Fewer answered than it takes, and nobody allowed their answer to be read by name.")
    return _("Too little has changed since you last looked: one could tell who said what by comparing the two.")


def _severity(item: TeamItem) -> int:
    return floor(item.severity.median + 0.5) if item.severity else 3


def _plain(email: str) -> str:
    return email.strip().lower()


def _number_problems(fewest: int) -> Iterator[Problem]:
    if type(fewest) is not int or fewest not in FEWEST:
        right = _("{least} or more, and at most {most}").format(least=FEWEST[0], most=FEWEST[-1])
        yield Problem(_("is out of range"), right, column="fewest")


def _address_problems(emails: Collection[str], *, room: int) -> Iterator[Problem]:
    if not emails:
        yield Problem(_("nobody is named"), _("an e-mail address for each colleague, one a line"), column="emails")
    if len(emails) > room:
        right = _("at most {most} in one round").format(most=MOST_LINKS)
        yield Problem(_("these are too many"), right, column="emails")


def _send_links(row: TeamRound, emails: Collection[str], at: datetime) -> None:
    addresses = sorted({_plain(each) for each in emails})
    today = TeamLink.objects.filter(organisation=row.organisation_id, sent_at__gt=at - _DAY).count()
    if today + len(addresses) > A_DAY:
        why = _("An organisation can send {most} links a day, and {sent} were sent. Ask the others tomorrow.")
        raise NotAllowed("links-a-day", why.format(most=A_DAY, sent=today))
    for email in addresses:
        secret = new_token(row.organisation_id)
        save_link(row, email=email, secret=secret, digest=link_digest(secret), at=at)
        _write(row, email, secret, at)


def _write(row: TeamRound, email: str, secret: str, at: datetime, *, is_reminder: bool = False) -> None:
    """Send somebody their link; a reminder says the same again."""
    organisation = Organisation.objects.get(id=row.organisation_id)
    address = f"{settings.LICHEN.url}/answer/{secret}/"
    opening = (
        _("{organisation} asked you something, and the answer can still come.")
        if is_reminder
        else _("{organisation} would like to know from you where it needs help most.")
    )
    text = _(
        "{opening} It takes a few minutes, on a phone too, and no account:\n\n{address}\n\n"
        "The link is yours alone: please do not pass it on. You can come back to it and change what you said until "
        "the round is closed.\n\nWho sees what: whoever asks chose whom to ask, and sees how many have answered. Once "
        "{fewest} have, they see what all say together: what is lacking, in which order and how badly, never your "
        "words and never a single answer, unless you allow yours by name. Lichen cannot know who the others are: "
        "somebody who wrote the other answers could work out yours. So say what you would say to them.\n\nIf you "
        "do not want to be asked again in this round:\n{address}no-more/"
    )
    post(
        "team_round",
        to=email,
        subject=_("A question from {organisation}").format(organisation=organisation),
        text=text.format(opening=opening.format(organisation=organisation), address=address, fewest=row.fewest),
        at=at,
    )


def _tell(what: str, lead: Actor, row: TeamRound, at: datetime) -> None:
    """What the lead did, in the own chain. What colleagues answer stands in none: it would tell who did, and when."""
    tell(what, by=lead, at=at, about=row.id, organisations=[row.organisation_id])
