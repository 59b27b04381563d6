"""The brief for the first conversation: to read, to put in one's own words, to print."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lichen import brief as library
from lichen.brief.phrases import label
from lichen_web.accounts.taking import is_taken
from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.brief import OwnBrief, own_brief
from lichen_web.alliances.access.dealings import dealing_view
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.actions.brief import renew_brief, rewrite_brief
from lichen_web.alliances.actions.disclosure import hold_conversation
from lichen_web.alliances.actions.looking import look_at_brief
from lichen_web.pages import errors
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import Question, asked
from lichen_web.pages.forms.brief import HoldingConversation, RewritingBrief, rewriting, sheets
from lichen_web.pages.forms.confirming import Confirming

__all__ = ["PRINTED_AN_HOUR", "anew", "brief", "held", "pdf", "rewrite", "urls"]

PRINTED_AN_HOUR = 30
"""So many PDFs may one organisation have made in an hour: each takes a second of the server's time."""
_PLACE = re.compile(r"(?:ours|theirs)(?:\.\d{1,3}){2,3}")


@require_safe
def brief(request: HttpRequest, organisation: UUID, conversation: UUID) -> HttpResponse:
    """Both pages."""
    actor = acting(request, organisation)
    seen = look_at_brief(actor, conversation=conversation, at=timezone.now())
    return page(request, actor, "brief/brief.html", brief=seen, pages=sheets(seen.pages), conversation=conversation)


def rewrite(request: HttpRequest, organisation: UUID, conversation: UUID) -> HttpResponse:
    """Put it in one's own words, a passage at a time; whoever keeps one stays there, since there is mostly another."""
    actor = acting(request, organisation)
    seen = look_at_brief(actor, conversation=conversation, at=timezone.now())
    question = Question(
        title=_("Put it in your own words"),
        words=_(
            "This is how it will be printed. Rewrite what you would say otherwise. What you leave empty is left out; a"
            " dotted line stays to be filled in with a pen."
        ),
        button=_("Keep it"),
        back=_brief(organisation, conversation),
        said=_("It is kept, sealed."),
    )
    return asked(
        request,
        actor,
        rewrite_brief,
        _form_of(seen),
        question,
        about={"conversation": conversation},
        onward=lambda _done: _after(request, organisation, conversation),
        template="brief/rewrite.html",
    )


def anew(request: HttpRequest, organisation: UUID, conversation: UUID) -> HttpResponse:
    """Begin it anew."""
    question = Question(
        title=_("Compose it anew"),
        words=_("What you put in your own words is thrown away. The brief is then made of what is known now."),
        button=_("Throw my words away"),
        back=_brief(organisation, conversation),
        said=_("It was composed anew."),
        is_grave=True,
    )
    actor = acting(request, organisation)
    own_brief(actor, conversation=conversation, at=timezone.now())
    about = {"conversation": conversation}
    return asked(request, actor, renew_brief, Confirming, question, about=about)


@require_safe
def pdf(request: HttpRequest, organisation: UUID, conversation: UUID, whose: str) -> HttpResponse:
    """One of the two pages as a PDF, so that what is handed over is never the wrong one."""
    seen = look_at_brief(acting(request, organisation), conversation=conversation, at=timezone.now())
    chosen = [each for each in seen.pages if each.whose == whose]
    if not chosen:
        raise NotThere
    hour = timedelta(hours=1)
    if not is_taken("print_brief", str(organisation), most=PRINTED_AN_HOUR, within=hour, at=timezone.now()):
        why = _("Your organisation has printed {most} briefs within an hour. Try again in an hour, or print the page.")
        return errors.too_often(request, why=why.format(most=PRINTED_AN_HOUR))
    named = {"ours": _("to-keep.pdf"), "theirs": _("to-leave-with-them.pdf")}[whose]
    return HttpResponse(
        library.pages_pdf(chosen),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{named}"'},
    )


def held(request: HttpRequest, organisation: UUID, matter: UUID) -> HttpResponse:
    """Write down what came of a conversation with the other side of a dealing."""
    actor = acting(request, organisation)
    may(actor, "hold_conversation")
    view = dealing_view(actor, matter=matter, at=timezone.now())
    gaps = [(each.id, label(each.code)) for each in own_audit(actor).gaps if each.code]
    question = Question(
        title=_("You have talked with {name}").format(name=view.other.name),
        words=_("Write down while it is fresh what was said aloud, what came back, and what comes next."),
        button=_("Write it down"),
        back=f"{_brief(organisation, matter)}#noted",
        said=_("It is written down."),
    )
    form = partial(HoldingConversation, gaps=gaps, today=timezone.localdate())
    return asked(request, actor, hold_conversation, form, question, about={"matter": matter})


def _form_of(seen: OwnBrief) -> Callable[..., RewritingBrief]:
    return rewriting(seen.pages, seen.version)


def _after(request: HttpRequest, organisation: UUID, conversation: UUID) -> str:
    """Back to the passage whose button was pressed, or to the brief."""
    part = request.POST.get("part", "")
    if not _PLACE.fullmatch(part):
        return _brief(organisation, conversation)
    return f"{reverse('rewrite_brief', args=[organisation, conversation])}#id_{part}_field"


def _brief(organisation: UUID, conversation: UUID) -> str:
    return reverse("brief", args=[organisation, conversation])


_ONE = "organisations/<uuid:organisation>/briefs/<uuid:conversation>/"
urls = [
    path(_ONE, brief, name="brief"),
    path(f"{_ONE}words/", rewrite, name="rewrite_brief"),
    path(f"{_ONE}anew/", anew, name="renew_brief"),
    path(f"{_ONE}<str:whose>.pdf", pdf, name="brief_pdf"),
    path("organisations/<uuid:organisation>/dealings/<uuid:matter>/talked/", held, name="hold_conversation"),
]
