"""Taking back what was opened, saying that it was exploited, and ending a dealing."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lichen.brief.phrases import label
from lichen.errors import NotAllowed
from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.access.complaints import own_complaints
from lichen_web.alliances.access.dealings import Stands, dealing_view
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.actions.disclosure import end_matter, report_exploitation, withdraw_disclosure
from lichen_web.pages.acting import acting
from lichen_web.pages.asking import Question, asked
from lichen_web.pages.disclosure.dealings import dealing_address
from lichen_web.pages.disclosure.forms import ReportingExploitation
from lichen_web.pages.disclosure.words import ring_rests
from lichen_web.pages.forms.confirming import Confirming

__all__ = ["end", "exploited", "urls", "withdraw_all", "withdraw_item"]


def withdraw_item(request: HttpRequest, organisation: UUID, matter: UUID, vulnerability: UUID) -> HttpResponse:
    """Take back one gap."""
    actor = acting(request, organisation)
    may(actor, "withdraw_disclosure")
    view = dealing_view(actor, matter=matter, at=timezone.now())
    gap = next((each.shown for each in view.given if each.shown.item == vulnerability), None)
    if gap is None:
        raise NotThere
    question = Question(
        title=_("Take back “{gap}”?").format(gap=label(gap.code)),
        words=_(
            "From now on {name} cannot read it here, neither your words nor what it is called. What they have read or"
            " copied they still know: that nobody can take back. They are not told; it is simply not there any more."
        ).format(name=view.other.name),
        button=_("Take it back"),
        back=dealing_address(organisation, matter),
        said=_("They cannot read it any longer."),
        is_grave=True,
    )
    about = {"matter": matter, "vulnerability": vulnerability}
    return asked(request, actor, withdraw_disclosure, Confirming, question, about=about)


def withdraw_all(request: HttpRequest, organisation: UUID, matter: UUID) -> HttpResponse:
    """Take back everything."""
    actor = acting(request, organisation)
    may(actor, "withdraw_disclosure")
    view = dealing_view(actor, matter=matter, at=timezone.now())
    if view.stands is not Stands.UNDER_WAY:
        raise NotThere
    question = Question(
        title=_("Take back everything?"),
        words=_(
            "From now on neither of you reads anything of the other here, messages included; to go on, both say yes"
            " anew. What {name} has read or copied they still know: that nobody can take back. No mail is sent."
        ).format(name=view.other.name)
        + ring_rests(view),
        button=_("Take everything back"),
        back=dealing_address(organisation, matter),
        said=_("Nothing of yours can be read there any longer."),
        is_grave=True,
    )
    return asked(request, actor, withdraw_disclosure, Confirming, question, about={"matter": matter})


def exploited(request: HttpRequest, organisation: UUID, matter: UUID) -> HttpResponse:
    """Say that what we confided was used against us."""
    actor = acting(request, organisation)
    may(actor, "report_exploitation")
    view = dealing_view(actor, matter=matter, at=timezone.now())
    if view.stands is not Stands.UNDER_WAY:
        raise NotThere
    between = (view.circle, organisation, view.other.id)
    undecided = (each for each in own_complaints(actor) if each.decided_at is None)
    has_complained = between in {(each.circle, each.by, each.about) for each in undecided}
    question = Question(
        title=_("Has {name} used what you confided against you?").format(name=view.other.name),
        words=_(
            "Everything that is open between the two is shut at once and for good, and the dealing is over. A person of"
            " this host is told that it happened, not to whom."
        )
        + ring_rests(view),
        button=_("Shut everything now"),
        back=dealing_address(organisation, matter),
        said=_("Everything is shut."),
        is_grave=True,
    )
    return asked(
        request,
        actor,
        report_exploitation,
        Confirming if has_complained else ReportingExploitation,
        question,
        about={"matter": matter},
        template="disclosure/exploited.html",
        dealing=view,
        has_complained=has_complained,
    )


def end(request: HttpRequest, organisation: UUID, matter: UUID) -> HttpResponse:
    """End a dealing, or take back our proposal. Whoever was asked need not do anything, so that no refusal is told."""
    actor = acting(request, organisation)
    may(actor, "end_matter")
    view = dealing_view(actor, matter=matter, at=timezone.now())
    if view.stands is Stands.OVER:
        raise NotThere
    if view.stands is not Stands.UNDER_WAY and not view.is_ours:
        raise NotAllowed("unanswered-is-enough", _("There is nothing to end: just leave the proposal unanswered."))
    is_met = view.stands is Stands.UNDER_WAY
    question = Question(
        title=_("End the dealing with {name}?").format(name=view.other.name) if is_met else _("Take it back?"),
        words=_(
            "Nothing in it can be read any longer, by either of you. What was shown stays on record. You can propose a"
            " new dealing one day."
        )
        + ring_rests(view)
        if is_met
        else _("Your proposal is taken back, as if it had not been made."),
        button=_("End it") if is_met else _("Take it back"),
        back=dealing_address(organisation, matter),
        said=_("It is over.") if is_met else _("Your proposal is taken back."),
        is_grave=True,
    )
    onward = reverse("dealings", args=[organisation])
    about = {"matter": matter}
    return asked(request, actor, end_matter, Confirming, question, about=about, onward=lambda _done: onward)


_ONE = "organisations/<uuid:organisation>/dealings/<uuid:matter>/"
urls = [
    path(f"{_ONE}withdraw/", withdraw_all, name="withdraw_everything"),
    path(f"{_ONE}withdraw/<uuid:vulnerability>/", withdraw_item, name="withdraw_item"),
    path(f"{_ONE}exploited/", exploited, name="report_exploitation"),
    path(f"{_ONE}end/", end, name="end_matter"),
]
