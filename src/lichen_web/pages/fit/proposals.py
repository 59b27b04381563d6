"""What was proposed blind, and what we say to it: rung 1, and nothing that the other side would not be shown, too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lichen.disclosure.sight import Band
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.fit import (
    CardView,
    ComparedCircle,
    ProposalView,
    compared_circles,
    own_card,
    own_proposals,
)
from lichen_web.alliances.actions.fit import answer_proposal
from lichen_web.alliances.blind import Answer
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import done
from lichen_web.pages.words import sectors, sizes

__all__ = ["Proposed", "answer", "fit", "urls"]

_ANSWERS: Mapping[str, Answer | None] = MappingProxyType(
    {"interested": Answer.INTERESTED, "later": Answer.LATER, "not-for-us": Answer.NOT_FOR_US, "take-back": None}
)
_ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal, in words."""

    of: ProposalView
    """Which."""
    title: str
    """How good the fit is."""
    about: str
    """What may be told of the other side."""


@require_safe
def fit(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Everything that was proposed, and where we are compared."""
    actor = acting(request, organisation)
    circles, proposals = compared_circles(actor), tuple(map(_in_words, own_proposals(actor)))
    by_answer = {said: [each for each in proposals if each.of.answer is said] for said in (None, *Answer)}
    return page(
        request,
        actor,
        "fit/proposals.html",
        circles=circles,
        is_compared=any(circle.published_at for circle in circles),
        open=by_answer[None],
        interested=by_answer[Answer.INTERESTED],
        later=by_answer[Answer.LATER],
        not_for_us=by_answer[Answer.NOT_FOR_US],
        would_help=() if proposals else _would_help(actor, circles),
    )


@require_POST
def answer(request: HttpRequest, organisation: UUID, proposal: UUID) -> HttpResponse:
    """Say one of three things to a proposal, or take back what was said."""
    actor = acting(request, organisation)
    chosen = request.POST.get("answer", "")
    if chosen not in _ANSWERS:
        raise NotThere
    to = reverse("fit", args=[organisation])
    return done(request, actor, answer_proposal, said=_said(chosen), to=to, proposal=proposal, answer=_ANSWERS[chosen])


def _in_words(proposal: ProposalView) -> Proposed:
    return Proposed(proposal, _title(proposal), _about(proposal))


def _title(proposal: ProposalView) -> str:
    if proposal.is_ring:
        return {
            Band.SLIGHT: _("A slight ring of three"),
            Band.FAIR: _("A fair ring of three"),
            Band.GOOD: _("A good ring of three"),
            Band.STRONG: _("A strong ring of three"),
        }[proposal.band]
    return {
        Band.SLIGHT: _("A slight fit"),
        Band.FAIR: _("A fair fit"),
        Band.GOOD: _("A good fit"),
        Band.STRONG: _("A strong fit"),
    }[proposal.band]


def _about(proposal: ProposalView) -> str:
    if proposal.is_ring:
        return _("You and two others: each of you has what the next one lacks. It needs the yes of all three.")
    told = list(_told(proposal))
    if not told:
        return _("They have what you lack, and lack what you have. Too few look like them to say more.")
    return _("They have what you lack, and lack what you have: {told}.").format(told=", ".join(told))


def _told(proposal: ProposalView) -> Iterator[str]:
    if proposal.sector:
        yield sectors()[proposal.sector]
    if proposal.region:
        yield _("in {region}").format(region=proposal.region)
    if proposal.size:
        yield _("with an income of {size} a year").format(size=sizes()[proposal.size])


def _said(chosen: str) -> str:
    return {
        "interested": _("You are interested. Once everybody else is, too, you all hear of it; until then nobody does."),
        "later": _("It stays here. Nobody hears of it."),
        "not-for-us": _("It is put away. Nobody hears of it, and you can take it back."),
        "take-back": _("You have said nothing to it any more."),
    }[chosen]


def _would_help(actor: Actor, circles: Sequence[ComparedCircle]) -> tuple[str, ...]:
    """What would change that nothing fits: read off our own side, and off nobody else's."""
    compared = next((circle for circle in circles if circle.published_at), None)
    if compared is None:
        return ()
    return tuple(_hints(own_card(actor, circle=compared.id, at=timezone.now())))


def _hints(card: CardView) -> Iterator[str]:
    if len(card.gaps) < _ENOUGH:
        told = _("Name more that you lack: {n} of five are compared.")
        yield told.format(n=len(card.gaps))
    if len(card.offers) < _ENOUGH:
        told = _("Name more that you can give: {n} of five are compared.")
        yield told.format(n=len(card.offers))
    if card.kept_out:
        yield _("See what is kept out of the comparison, and whether it has to be.")
    if card.is_changed and card.cost:
        yield _("Your audit has changed since you were compared. Publish it anew once the seven days are over.")


_HERE = "organisations/<uuid:organisation>/fit/"
urls = [
    path(_HERE, fit, name="fit"),
    path(f"{_HERE}proposals/<uuid:proposal>/answer/", answer, name="answer_proposal"),
]
