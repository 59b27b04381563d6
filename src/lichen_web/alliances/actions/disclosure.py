"""Opening up to another organisation, a step at a time.

Each act reads the same way: who acts may do it and nobody else does meanwhile (access), both sides are laid open in
memory (load), the library decides or refuses (decide), what happened and the keys that follow from it are written down
(save), and the chains hear that something happened, but not what (event).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from itertools import permutations
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lichen.disclosure import acts
from lichen.disclosure.matched import is_openable
from lichen.disclosure.refusals import refusal
from lichen.disclosure.replay import audits_by_id
from lichen.disclosure.state import Rung
from lichen.disclosure.values import Conversation, Matter, Reception, Said
from lichen.errors import NotAllowed, Problem, refuse
from lichen.scales import Relevance
from lichen_web.accounts.models import Organisation, Person
from lichen_web.alliances import mails
from lichen_web.alliances import models as rows
from lichen_web.alliances.access.actors import Actor, NotThere, organisation_of
from lichen_web.alliances.access.circles import standing_members
from lichen_web.alliances.access.disclosure import open_matters, own_dealing
from lichen_web.alliances.access.transactions import deciding, working
from lichen_web.alliances.actions.beginning import begun, held, hold
from lichen_web.alliances.actions.complaining import state_complaint
from lichen_web.alliances.actions.given import text_problems, tidy
from lichen_web.alliances.actions.letters import tell_of_proposal
from lichen_web.alliances.actions.stated import LONGEST
from lichen_web.alliances.actions.telling import tell
from lichen_web.alliances.bridge.brief import Held, save_held
from lichen_web.alliances.bridge.disclosure import Dealing, pair_of, save_step
from lichen_web.alliances.events import record
from lichen_web.alliances.jobs import enqueue
from lichen_web.alliances.models.event import ChainOf

__all__ = [
    "agree_to_codes",
    "answer_relevance",
    "disclose_vulnerability",
    "end_matter",
    "hold_conversation",
    "hold_matters",
    "introduce",
    "judge_trial",
    "make_claim",
    "own_code",
    "propose_matter",
    "report_exploitation",
    "say_yes",
    "take_back",
    "try_one_item",
    "withdraw_disclosure",
    "write_down",
]


# --- Beginning -------------------------------------------------------------------------------------------------------


def propose_matter(actor: Actor, *, circle: UUID, other: UUID, at: datetime) -> UUID:
    """Propose to another organisation of the same circle to deal with each other. It begins when it says yes, too.

    Args:
        actor: Who speaks for an organisation of the circle.
        circle: In which.
        other: To whom.
        at: When.

    Returns:
        The id of the dealing.

    Raises:
        NotThere: One of the two is not in that circle.
        NotAllowed: They have a dealing with each other already, or exploitation was reported between them.
    """
    with begun(actor, "propose_matter") as speaker:
        own = organisation_of(speaker)
        if own == other or not {own, other} <= standing_members(circle):
            raise NotThere
        matter = _opened_row(circle, own, other, at)
        with deciding(speaker, matter=matter):
            rows.MatterParty.objects.create(matter_id=matter, organisation_id=other)
            _say_yes(speaker, own_dealing(speaker, matter=matter), "matter_proposed", at)
        if not rows.Matter.objects.filter(pair=pair_of(own, other)).exclude(id=matter).exists():
            tell_of_proposal(Organisation.objects.get(id=other), matter, at=at)
    return matter


def introduce(one: Actor, other: Actor, *, circle: UUID, third: UUID | None = None, at: datetime) -> None:
    """Write down the yes of two who both said it to a blind proposal; the worker does it, and holds both meanwhile.

    Where one of them has proposed a dealing to the other by name, that is the one in which they meet.

    Args:
        one: Who said it for the one.
        other: Who said it for the other.
        circle: In which both are.
        third: With whom the two are a ring; none where they are a pair.
        at: When.

    Raises:
        NotAllowed: A rule stands against it, such as exploitation that was reported between them; or the two of a ring
            deal with each other already, by themselves or with another third.
    """
    own, to = organisation_of(one), organisation_of(other)
    with working(own):
        standing = rows.Matter.objects.filter(pair=pair_of(own, to), ended_at=None).first()
        matter = standing.id if standing else _opened_row(circle, own, to, at)
        if third is not None and not _is_of_ring(matter, third):
            raise _dealing_already()
        if standing is None:
            with deciding(one, matter=matter):
                rows.MatterParty.objects.create(matter_id=matter, organisation_id=to)
    for actor in (one, other):
        with working(actor.organisation), deciding(actor, matter=matter):
            dealing = own_dealing(actor, matter=matter)
            if (dealing.me, dealing.other) not in dealing.state.said_yes:
                _say_yes(actor, dealing, "yes_said", at)


def say_yes(actor: Actor, *, matter: UUID, at: datetime) -> None:
    """Say yes to a dealing. When both have, each learns in which groups it could ease a gap of the other.

    Raises:
        NotThere: It is not the actor's.
        NotAllowed: A rule stands against it.
    """
    with _dealing(actor, "say_yes", matter) as (speaker, dealing):
        _require_common_circle(dealing)
        _say_yes(speaker, dealing, "yes_said", at)


# --- A step at a time ------------------------------------------------------------------------------------------------


def answer_relevance(actor: Actor, *, matter: UUID, vulnerability: UUID, relevance: Relevance, at: datetime) -> None:
    """Answer for one gap whether it affects what the two could do together. A no takes back what was agreed to.

    Raises:
        NotThere: The dealing or the gap is not the actor's.
        NotAllowed: A rule stands against it.
    """
    with _dealing(actor, "answer_relevance", matter) as (speaker, dealing):
        code = own_code(dealing, vulnerability)
        after = dealing.after(acts.answer_relevance, code=code, relevance=relevance, on=at.date())
        write_down(speaker, dealing, after, "relevance_answered", at)


def agree_to_codes(
    actor: Actor,
    *,
    matter: UUID,
    but: Iterable[UUID] = (),
    among: Mapping[UUID, int] | None = None,
    at: datetime,
) -> None:
    """Agree that the other side may see, as codes, which gaps it could ease. They open when both have agreed.

    Args:
        actor: Who speaks for one of the two.
        matter: The dealing.
        but: Own gaps that are kept back all the same.
        among: Own gaps in the versions that were looked at; every other is kept back, too. None looks at all of them.
        at: When.

    Raises:
        NotThere: The dealing, or a gap that is named, is not the actor's.
        NotAllowed: A rule stands against it, nothing can be shown, or a gap was changed since it was looked at.
    """
    make_claim(actor, matter, at)
    with _dealing(actor, "agree_to_codes", matter) as (speaker, dealing):
        _require_common_circle(dealing)
        kept_back = [*dealing.unclaimed, *(own_code(dealing, each) for each in but)]
        if among is not None:
            looked_at = {own_code(dealing, each, version=version) for each, version in among.items()}
            kept_back += [item.code for item in dealing.sides[dealing.me].gaps if item.code not in looked_at]
        try:
            after = _without_shut(dealing, at.date()).after(acts.agree_to_codes, but=kept_back, on=at.date())
        except NotAllowed as refused:
            is_kept_back = refused.rule == "nothing-left" and bool(dealing.unclaimed)
            raise refusal("claim-stands") if is_kept_back else refused from None
        write_down(speaker, dealing, after, "codes_agreed", at)


def disclose_vulnerability(
    actor: Actor, *, matter: UUID, vulnerability: UUID, version: int | None = None, at: datetime
) -> None:
    """Show one gap, in its own words, to the other side.

    Args:
        actor: Who speaks for its owner.
        matter: The dealing in which it is shown.
        vulnerability: The gap.
        version: That of the gap which was looked at beforehand; None takes it as it is now.
        at: When.

    Raises:
        NotThere: The dealing or the gap is not the actor's.
        NotAllowed: A rule stands against it, such as being more than one item ahead of the other side, or the gap was
            changed since it was looked at.
    """
    with _dealing(actor, "disclose_vulnerability", matter) as (speaker, dealing):
        _require_common_circle(dealing)
        code = own_code(dealing, vulnerability, version=version)
        after = dealing.after(acts.disclose_vulnerability, code=code, on=at.date())
        write_down(speaker, dealing, after, "vulnerability_disclosed", at)


def try_one_item(actor: Actor, *, matter: UUID, vulnerability: UUID, version: int | None = None, at: datetime) -> None:
    """Show one gap as a trial, and no other until it was said how it was received.

    Raises:
        NotThere: The dealing or the gap is not the actor's.
        NotAllowed: A rule stands against it.
    """
    with _dealing(actor, "try_one_item", matter) as (speaker, dealing):
        _require_common_circle(dealing)
        code = own_code(dealing, vulnerability, version=version)
        after = dealing.after(acts.try_one_item, code=code, on=at.date())
        write_down(speaker, dealing, after, "item_tried", at)


def judge_trial(actor: Actor, *, matter: UUID, received: Reception, at: datetime) -> None:
    """Say how the one item was received, as its owner saw it.

    Raises:
        NotThere: The dealing is not the actor's.
        NotAllowed: Nothing was tried.
    """
    with _dealing(actor, "judge_trial", matter) as (speaker, dealing):
        after = dealing.after(acts.judge_trial, received=received, on=at.date())
        write_down(speaker, dealing, after, "trial_judged", at)


def hold_conversation(
    actor: Actor,
    *,
    matter: UUID,
    held_on: date,
    said: Collection[UUID] = (),
    came_back: str = "",
    next_step: str = "",
    at: datetime,
) -> None:
    """Write down what came of a conversation. What we said aloud counts as shown; the rest is for our own eyes.

    Nobody writes down what the other side said of itself in a way that counts: it could claim anything, and would be
    told by what opens whether it guessed right. Once a side has left the circle nothing more opens: what was said then
    is noted in our own words alone.

    Args:
        actor: Who speaks for one of the two.
        matter: The dealing.
        held_on: The day on which it was held.
        said: Our own gaps that were named aloud.
        came_back: What they answered, up to 4,000 characters.
        next_step: What was agreed to do next, the same.
        at: When it is written down.

    Raises:
        InputError: A text is too long, or the day is yet to come.
        NotThere: The dealing, or a gap, is not the actor's.
        NotAllowed: A rule stands against it.
    """
    came_back, next_step = tidy(came_back), tidy(next_step)
    refuse(
        text_problems("came_back", came_back, longest=LONGEST, is_needed=False),
        text_problems("next_step", next_step, longest=LONGEST, is_needed=False),
        _day_problems(held_on, at.date()),
        () if said or came_back or next_step else _nothing_noted(),
    )
    with _dealing(actor, "hold_conversation", matter) as (speaker, dealing):
        if dealing.state.rung(dealing.me, dealing.other) < Rung.IDENTITY:
            raise refusal("consent-of-both")
        if said:
            _require_common_circle(dealing)
        codes = tuple(own_code(dealing, each) for each in said)
        write_down(speaker, dealing, _talked(dealing, codes, at.date()), "conversation_held", at)
        save_held(dealing.own, dealing.id, Held(held_on, codes, came_back, next_step, at))


# --- Taking back -----------------------------------------------------------------------------------------------------


def withdraw_disclosure(actor: Actor, *, matter: UUID, vulnerability: UUID | None = None, at: datetime) -> None:
    """Let a gap be read no longer; without one, everything, and then neither side reads anything of the other.

    Raises:
        NotThere: The dealing or the gap is not the actor's.
        NotAllowed: There is nothing to withdraw.
    """
    with _dealing(actor, "withdraw_disclosure", matter) as (speaker, dealing):
        code = own_code(dealing, vulnerability) if vulnerability else ""
        _withdraw(speaker, dealing, code, at)


def report_exploitation(actor: Actor, *, matter: UUID, words: str = "", at: datetime) -> None:
    """Report that the other side used against us what we confided. Every grant is shut at once, and the matter is over.

    The host hears that it happened: not to whom, by whom, or with what. Only what is stated is a complaint, which the
    host and the other side read, and which is answered and decided as any other.

    Args:
        actor: Who speaks for the organisation that was exploited.
        matter: The dealing.
        words: What happened, for the host and the other side; empty states nothing.
        at: When.

    Raises:
        InputError: What is stated is too long.
        NotThere: The dealing is not the actor's.
        NotAllowed: It is over already, or something is stated while an earlier complaint of the two is undecided.
    """
    words = tidy(words)
    refuse(text_problems("words", words, longest=4000, is_needed=False))
    with _dealing(actor, "report_exploitation", matter) as (speaker, dealing):
        after = dealing.after(acts.report_exploitation, to=dealing.other, on=at.date())
        write_down(speaker, dealing, after, "exploitation_reported", at)
        _drop_briefs(dealing)
        _tell_hosts(at)
        if words:
            complaint = state_complaint(speaker, circle=dealing.circle, about=UUID(dealing.other), words=words, at=at)
            rows.Matter.objects.filter(id=dealing.id).update(complaint=complaint)


def end_matter(actor: Actor, *, matter: UUID, at: datetime) -> None:
    """End a dealing: nothing in it may be read any longer, and the record stays.

    Raises:
        NotThere: It is not the actor's.
        NotAllowed: It is over already.
    """
    with _dealing(actor, "end_matter", matter) as (speaker, dealing):
        after = dealing.after(acts.end_matter, on=at.date())
        write_down(speaker, dealing, after, "matter_ended", at)
        _drop_briefs(dealing)


def take_back(actor: Actor, code: str, *, at: datetime) -> None:
    """Withdraw a code from everybody, because its owner says it no longer; within an act upon the audit."""
    for matter in open_matters(actor):
        with deciding(actor, matter=matter):
            dealing = own_dealing(actor, matter=matter)
            state, pair = dealing.state, (dealing.me, dealing.other)
            if code in (*state.open_codes(*pair), *state.waiting(*pair)):
                _withdraw(actor, dealing, code, at)


def hold_matters(actor: Actor) -> None:
    """Nobody acts in a dealing of the organisation until the transaction is over: its audit is about to change."""
    own = rows.MatterParty.objects.filter(organisation=actor.organisation)
    hold(rows.Matter.objects.filter(id__in=own.values("matter"), ended_at=None))


# --- Within ----------------------------------------------------------------------------------------------------------


@contextmanager
def _dealing(actor: Actor, action: str, matter: UUID) -> Iterator[tuple[Actor, Dealing]]:
    """The actor as they are now, and a dealing of theirs in which nobody else acts meanwhile."""
    with begun(actor, action) as speaker, deciding(speaker, matter=matter):
        held(rows.Matter.objects.filter(id=matter))
        yield speaker, own_dealing(speaker, matter=matter)


def _opened_row(circle: UUID, own: UUID, other: UUID, at: datetime) -> UUID:
    """The row of a new dealing, with its first party; two have one at a time, and the table itself sees to it."""
    row = rows.Matter(id=uuid4(), circle_id=circle, pair=pair_of(own, other), opened_at=at)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise _dealing_already() from None
    rows.MatterParty.objects.create(matter=row, organisation_id=own)
    return row.id


def _is_of_ring(matter: UUID, third: UUID) -> bool:
    """Make a dealing in which nobody has met yet one of a ring; what two have begun by themselves stays theirs."""
    free = rows.Matter.objects.filter(id=matter, third=None, met_at=None).update(third=third)
    return bool(free) or rows.Matter.objects.filter(id=matter, third=third).exists()


def _dealing_already() -> NotAllowed:
    return NotAllowed("one-matter-at-a-time", _("You deal with each other already. Go on there, or end it first."))


def _say_yes(actor: Actor, dealing: Dealing, what: str, at: datetime) -> None:
    write_down(actor, dealing, dealing.after(acts.say_yes, on=at.date()), what, at)


def _withdraw(actor: Actor, dealing: Dealing, code: str, at: datetime) -> None:
    after = dealing.after(acts.withdraw_disclosure, code=code, on=at.date())
    write_down(actor, dealing, after, "disclosure_withdrawn", at)
    _drop_briefs(dealing)


def make_claim(actor: Actor, matter: UUID, at: datetime) -> None:
    """Claim what we lack and offer now, if our last claim no longer stands.

    It is written down before anything is asked of it, and stays so if what is asked is refused: else whoever asks in
    vain could change a word and ask again.
    """
    with _dealing(actor, "agree_to_codes", matter) as (speaker, dealing):
        is_open = dealing.state.ended is None and dealing.state.rung(dealing.me, dealing.other) >= Rung.IDENTITY
        if is_open and dealing.claim_due(at) is not None:
            save_step(dealing, dealing.matter, at=at)
            tell("claim_made", by=speaker, at=at, about=dealing.id, organisations=[dealing.own])


def _without_shut(dealing: Dealing, on: date) -> Dealing:
    """The dealing without what was agreed to, still waits, and may no longer be opened as the audits are now.

    It is written down as taken back, so that it stays shut whatever the audits say later.
    """
    left, state, audits = dealing, dealing.state, audits_by_id(dealing.audits)
    for owner, reader in permutations(audits, 2):
        for code in state.waiting(owner, reader):
            if not is_openable(state, (owner, reader), code, audits[owner], audits[reader]):
                shut = replace(left, own=UUID(owner)).after(acts.withdraw_disclosure, code=code, on=on)
                left = replace(left, matter=shut)
    return left


def write_down(actor: Actor, dealing: Dealing, after: Matter, what: str, at: datetime) -> None:
    """What happened, in its place; and that something happened, in both chains."""
    save_step(dealing, after, at=at)
    tell(what, by=actor, at=at, about=dealing.id, organisations=[dealing.own])
    record(
        what,
        of=ChainOf.ALLIANCE,
        chain=dealing.id,
        at=at,
        person=actor.person,
        organisation=dealing.own,
        about=dealing.id,
    )


def _drop_briefs(dealing: Dealing) -> None:
    """What was taken back goes from the briefs that were made of it, too; the worker alone reaches those of others."""
    for party in dealing.matter.parties:
        enqueue("drop_briefs", UUID(party))


def _tell_hosts(at: datetime) -> None:
    record("exploitation_reported", of=ChainOf.HOST, at=at)
    text = _(
        "An organisation on this host has reported that what it confided was used against it. Everything that was open"
        " between the two is shut. You are not told who they are, or what it is about; they can complain to you."
    )
    for address in Person.objects.filter(hosting_since__isnull=False, suspended_at=None).values_list(
        "email", flat=True
    ):
        mails.post("exploitation_reported", to=address, subject=_("Exploitation was reported"), text=text, at=at)


def _talked(dealing: Dealing, codes: tuple[str, ...], on: date) -> Matter:
    """That they met, and what we said of ourselves."""
    talk = Conversation(dealing.matter.parties, tuple(Said(dealing.me, code) for code in codes))
    return acts.hold_conversation(dealing.matter, dealing.audits, talk, on=on, earlier=dealing.earlier)


def _day_problems(held_on: date, today: date) -> Iterator[Problem]:
    if held_on > today:
        yield Problem(_("that day is yet to come"), _("the day on which you talked"), column="held_on")


def _nothing_noted() -> Iterator[Problem]:
    yield Problem(_("nothing was written down"), _("a gap you named, what they answered, or the next step"))


def _require_common_circle(dealing: Dealing) -> None:
    if not {UUID(party) for party in dealing.matter.parties} <= standing_members(dealing.circle):
        why = _("One of the two is no longer in the circle in which you met, so nothing more opens there.")
        raise NotAllowed("same-circle", why)


def own_code(dealing: Dealing, vulnerability: UUID, *, version: int | None = None) -> str:
    """The code of one of the own gaps, if it is still as it was looked at.

    Raises:
        NotThere: It is not the own organisation's.
        NotAllowed: It was changed since.
    """
    item = dealing.own_item(vulnerability)
    if item is None:
        raise NotThere
    if version not in {None, item.version}:
        why = _("A colleague has changed this gap since you looked. Read what it says now, and decide again.")
        raise NotAllowed("changed-meanwhile", why)
    return item.code
