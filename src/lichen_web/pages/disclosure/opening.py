"""Each rung by an act of its own, with a page before it that shows to the letter what the other side will see."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from lichen.brief.phrases import label
from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.access.dealings import dealing_view, shown_then
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.actions.disclosure import (
    agree_to_codes,
    answer_relevance,
    disclose_vulnerability,
    judge_trial,
    try_one_item,
)
from lichen_web.alliances.actions.ringing import disclose_in_ring, try_in_ring
from lichen_web.pages.acting import acting
from lichen_web.pages.asking import Question, asked
from lichen_web.pages.disclosure.dealings import dealing_address
from lichen_web.pages.disclosure.forms import AgreeingToCodes, AnsweringRelevance, JudgingTrial, Showing
from lichen_web.pages.disclosure.ring import ring_codes
from lichen_web.pages.disclosure.words import group_names

__all__ = ["answer", "codes", "show", "trial", "try_one", "urls"]


def answer(request: HttpRequest, organisation: UUID, matter: UUID, vulnerability: UUID) -> HttpResponse:
    """Answer the relevance filter for one gap."""
    actor = acting(request, organisation)
    may(actor, "answer_relevance")
    now = timezone.now()
    view = dealing_view(actor, matter=matter, at=now)
    preview = shown_then(actor, matter=matter, vulnerability=vulnerability, at=now)
    question = Question(
        title=_("Does it matter to the two of you?"),
        words=_("You answer for {name} alone, and they are not told. A yes opens nothing yet.").format(
            name=view.other.name
        ),
        button=_("Keep this answer"),
        back=dealing_address(organisation, matter),
        said=_("Your answer is kept."),
    )
    return asked(
        request,
        actor,
        answer_relevance,
        AnsweringRelevance,
        question,
        about={"matter": matter, "vulnerability": vulnerability},
        template="disclosure/relevance.html",
        dealing=view,
        item=preview.item,
    )


def codes(request: HttpRequest, organisation: UUID, matter: UUID) -> HttpResponse:
    """Agree to show which gaps they could ease, by name."""
    actor = acting(request, organisation)
    may(actor, "agree_to_codes")
    view = dealing_view(actor, matter=matter, at=timezone.now())
    if view.ring is not None:
        return ring_codes(request, actor, view, view.ring)
    question = Question(
        title=_("Let {name} see your gaps by name?").format(name=view.other.name),
        words=_(
            "They see the name of a gap and how sensitive you hold it to be; none of your words, and not how bad it is."
            " Nothing opens before they agree, too. Then theirs open to you at the same moment."
        ),
        button=_("Agree"),
        back=dealing_address(organisation, matter),
        said=_("You have agreed."),
    )
    return asked(
        request,
        actor,
        agree_to_codes,
        partial(AgreeingToCodes, view.agreeable),
        question,
        about={"matter": matter},
        template="disclosure/codes.html",
        dealing=view,
        our_fields=group_names(view.our_groups),
    )


def show(request: HttpRequest, organisation: UUID, matter: UUID, vulnerability: UUID) -> HttpResponse:
    """Show one gap in our own words."""
    return _opened(request, organisation, matter, vulnerability, is_trial=False)


def try_one(request: HttpRequest, organisation: UUID, matter: UUID, vulnerability: UUID) -> HttpResponse:
    """Try one gap, and wait how it is received."""
    return _opened(request, organisation, matter, vulnerability, is_trial=True)


def trial(request: HttpRequest, organisation: UUID, matter: UUID) -> HttpResponse:
    """Say how the one gap was received."""
    actor = acting(request, organisation)
    may(actor, "judge_trial")
    view = dealing_view(actor, matter=matter, at=timezone.now())
    question = Question(
        title=_("How did {name} receive it?").format(name=view.other.name),
        words=_("You tried one gap. If it was received well, the next can follow; if not, nothing more opens."),
        button=_("Keep this answer"),
        back=dealing_address(organisation, matter),
        said=_("Your answer is kept."),
    )
    return asked(request, actor, judge_trial, JudgingTrial, question, about={"matter": matter})


def _opened(
    request: HttpRequest, organisation: UUID, matter: UUID, vulnerability: UUID, *, is_trial: bool
) -> HttpResponse:
    actor = acting(request, organisation)
    act = try_one_item if is_trial else disclose_vulnerability
    may(actor, act.__name__)
    now = timezone.now()
    view = dealing_view(actor, matter=matter, at=now)
    if view.ring is not None:
        act = try_in_ring if is_trial else disclose_in_ring
    if not view.other.is_there or view.ended_at:
        raise NotThere
    preview = shown_then(actor, matter=matter, vulnerability=vulnerability, is_trial=is_trial, at=now)
    question = Question(
        title=_("Show {name} this gap?").format(name=view.other.name),
        words=_("Below is to the letter what they will read. You can take it back later, but nobody can unread it."),
        button=_("Try this one with them") if is_trial else _("Show it to them"),
        back=dealing_address(organisation, matter),
        said=_("They can read it now: {gap}.").format(gap=label(preview.item.code)),
    )
    return asked(
        request,
        actor,
        act,
        Showing,
        question,
        about={"matter": matter, "vulnerability": vulnerability},
        initial={"version": preview.item.version},
        template="disclosure/preview.html",
        dealing=view,
        preview=preview,
        item=preview.item,
    )


_ONE = "organisations/<uuid:organisation>/dealings/<uuid:matter>/"
urls = [
    path(f"{_ONE}relevance/<uuid:vulnerability>/", answer, name="answer_relevance"),
    path(f"{_ONE}codes/", codes, name="agree_to_codes"),
    path(f"{_ONE}show/<uuid:vulnerability>/", show, name="disclose_vulnerability"),
    path(f"{_ONE}try/<uuid:vulnerability>/", try_one, name="try_one_item"),
    path(f"{_ONE}trial/", trial, name="judge_trial"),
]
