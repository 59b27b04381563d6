"""The one next step that a page offers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.audit import OwnAudit, own_audit
from lichen_web.alliances.access.circles import (
    CircleInvitation,
    ConvenedCircle,
    Standing,
    invited_circles,
    open_circles,
)
from lichen_web.alliances.access.dealings import DealingCard, Stands, own_dealings
from lichen_web.alliances.access.fit import own_proposals
from lichen_web.alliances.access.organisations import OrganisationView, OwnOrganisation
from lichen_web.alliances.access.permissions import is_allowed

__all__ = ["ENOUGH", "NextStep", "desk_step", "next_step"]

ENOUGH = 5
"""How many gaps an audit asks for; the article's procedure."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What would help most now."""

    words: str
    """Why."""
    label: str
    """On the button."""
    address: str
    """Where it goes."""


def desk_step(
    organisations: Sequence[OwnOrganisation],
    circles: Sequence[ConvenedCircle],
    *,
    waiting: Mapping[UUID, int],
    invited: Sequence[CircleInvitation],
    is_invited: bool,
    is_host: bool,
) -> NextStep | None:
    """What waits for a person; none where it is theirs to choose."""
    if is_invited:
        words = _("You came here by a link, and have not answered it yet.")
        return NextStep(words, _("See what it offers"), reverse("invitation_asked"))
    for organisation in organisations:
        if count := waiting.get(organisation.id):
            return _answer_step(organisation.id, organisation.name, count)
    for circle in circles:
        if circle.asking:
            words = _("Somebody asks to be let in to {circle}.").format(circle=circle.name)
            return NextStep(words, _("See who asks"), reverse("circle_table", args=[circle.id]))
    if invited:
        return _invited_step(organisations, invited[0].name)
    if is_host and not organisations:
        return NextStep(_("You run this host."), _("See what waits"), reverse("host"))
    if not organisations and not circles:
        words = _("Everything here is done for an organisation. Enter yours, or ask a colleague who has for a link.")
        return NextStep(words, _("Enter my organisation"), reverse("found_organisation"))
    if len(organisations) == 1:
        (only,) = organisations
        words = _("Go on where {organisation} stands.").format(organisation=only.name)
        return NextStep(words, _("Go on"), reverse("organisation", args=[only.id]))
    return None


def next_step(actor: Actor, organisation: OrganisationView, *, waiting: int) -> NextStep | None:
    """The first step that is not taken yet and that the actor may take; none for those who only look on."""
    return next(_steps(actor, organisation, waiting), None)


def _steps(actor: Actor, organisation: OrganisationView, waiting: int) -> Iterator[NextStep]:
    """The steps that are open, in their order; nothing is read for a step before it is its turn."""
    here = [organisation.id]
    if is_allowed(actor, "name_delegate") and organisation.delegation is None:
        words = _("Nobody speaks for you yet. Others need to hear it from one person.")
        yield NextStep(words, _("Name who speaks"), reverse("name_delegate", args=here))
    if waiting and (is_allowed(actor, "answer_complaint") or is_allowed(actor, "name_delegate")):
        yield _answer_step(organisation.id, organisation.name, waiting)
    if is_allowed(actor, "ask_to_join"):
        for circle in invited_circles(actor):
            words = _("You were invited to {circle}: ask to join.").format(circle=circle.name)
            yield NextStep(words, _("Ask to join"), reverse("ask_to_join", args=[organisation.id, circle.id]))
    if is_allowed(actor, "record_vulnerability"):
        yield from _audit_steps(own_audit(actor), here)
    if is_allowed(actor, "own_dealings"):
        yield from _partner_steps(actor, here)
    if is_allowed(actor, "ask_to_join"):
        yield _circle_step(actor, reverse("circles", args=here))


def _audit_steps(own: OwnAudit, here: list[UUID]) -> Iterator[NextStep]:
    """An honest audit has five gaps, something to give in return, and a leadership that stands behind it."""
    if (named := len(own.gaps)) < ENOUGH:
        yield NextStep(_gap_words(named), _("Name a gap"), reverse("record_vulnerability", args=here))
    if not own.offers:
        words = _("Your gaps are named. A partner has gaps too: what could you give?")
        yield NextStep(words, _("Name something you can give"), reverse("record_offer", args=here))
    if own.readiness.leadership_aligned is None:
        words = _("Does your leadership stand behind your audit? Ask before anybody outside hears of it.")
        yield NextStep(words, _("Say so"), reverse("record_sitting", args=here))


def _partner_steps(actor: Actor, here: list[UUID]) -> Iterator[NextStep]:
    """What waits for a word of ours comes before what is under way."""
    dealings = own_dealings(actor)
    yield from _dealing_steps(
        [each for each in dealings if each.stands is Stands.ASKED],
        _("{name} proposes to deal with you. You owe no answer."),
        here,
    )
    if is_allowed(actor, "answer_proposal") and any(each.answer is None for each in own_proposals(actor)):
        words = _("Somebody who may fit was proposed to you. Nobody hears what you answer unless everybody says yes.")
        yield NextStep(words, _("See what is proposed"), reverse("fit", args=here))
    yield from _dealing_steps(
        [each for each in dealings if each.stands is Stands.UNDER_WAY],
        _("You and {name} both said yes. See what comes next between you."),
        here,
    )


def _dealing_steps(dealings: Sequence[DealingCard], words: str, here: list[UUID]) -> Iterator[NextStep]:
    """To the dealing itself, or where there are several to all of them."""
    if len(dealings) > 1:
        several = _("You deal with {n} others. See what comes next with each.").format(n=len(dealings))
        yield NextStep(several, _("See whom you deal with"), reverse("dealings", args=here))
    for dealing in dealings:
        yield NextStep(words.format(name=dealing.other), _("Go on"), reverse("dealing", args=[*here, dealing.id]))


def _answer_step(organisation: UUID, name: str, waiting: int) -> NextStep:
    words = ngettext(
        "{n} complaint about {organisation} waits for an answer.",
        "{n} complaints about {organisation} wait for an answer.",
        waiting,
    )
    told = words.format(n=waiting, organisation=name)
    return NextStep(told, _("Read what was said"), reverse("complaints", args=[organisation]))


def _invited_step(organisations: Sequence[OwnOrganisation], circle: str) -> NextStep:
    """On to the organisation that asks; its page says who may."""
    own = next((each for each in organisations if not each.is_facilitated), None)
    if own is None:
        words = _("You were invited to {circle}: enter your organisation, then ask to join.").format(circle=circle)
        return NextStep(words, _("Enter my organisation"), reverse("found_organisation"))
    words = _("You were invited to {circle}: ask to join.").format(circle=circle)
    return NextStep(words, _("Go on"), reverse("organisation", args=[own.id]))


def _gap_words(named: int) -> str:
    if not named:
        return _("Begin with one thing that you are bad at. It is sealed; nobody outside reads it until you open it.")
    told = ngettext(
        "You have named {n} gap. Five make an honest audit.",
        "You have named {n} gaps. Five make an honest audit.",
        named,
    )
    return told.format(n=named)


def _circle_step(actor: Actor, circles: str) -> NextStep:
    standings = {circle.standing for circle in open_circles(actor)}
    if Standing.ADMITTED in standings:
        words = _("Your audit stands and you are in a circle. See whether somebody there fits, blind at first.")
        return NextStep(words, _("Find partners"), reverse("fit", args=[actor.organisation]))
    if Standing.ASKED in standings:
        return NextStep(
            _("You have asked to join a circle. Whoever vouches there decides."), _("See the circles"), circles
        )
    return NextStep(_("A fit is sought only inside a circle that you have joined."), _("Find a circle"), circles)
