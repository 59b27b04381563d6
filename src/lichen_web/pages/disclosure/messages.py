"""Messages between the two of a dealing."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lichen_web.alliances.access.messages import MOST_A_DAY, own_messages
from lichen_web.alliances.access.permissions import is_allowed
from lichen_web.alliances.actions.messages import send_message, set_message_mails
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import Question, asked, done
from lichen_web.pages.disclosure.dealings import dealing_address
from lichen_web.pages.disclosure.forms import Writing

__all__ = ["mails", "messages", "urls"]


def messages(request: HttpRequest, organisation: UUID, matter: UUID) -> HttpResponse:
    """Read them, and write one."""
    actor = acting(request, organisation)
    view = own_messages(actor, matter=matter, at=timezone.now())
    question = Question(
        title=_("Messages with {name}").format(name=view.other),
        words="",
        button=_("Send it"),
        back=dealing_address(organisation, matter),
        said=_("Your message is sent."),
    )
    if request.method != "POST" and not is_allowed(actor, "send_message"):
        return page(request, actor, "disclosure/messages.html", question=question, conversation=view, matter=matter)
    return asked(
        request,
        actor,
        send_message,
        Writing,
        question,
        about={"matter": matter},
        onward=lambda sent: f"{reverse('messages', args=[organisation, matter])}#message-{sent}",
        template="disclosure/messages.html",
        conversation=view,
        matter=matter,
        most=MOST_A_DAY,
    )


@require_POST
def mails(request: HttpRequest, organisation: UUID, matter: UUID) -> HttpResponse:
    """Be mailed when a message waits, or not."""
    actor = acting(request, organisation)
    own_messages(actor, matter=matter, at=timezone.now())
    is_mailed = request.POST.get("mailed") == "yes"
    said = _("You get a mail when a message waits.") if is_mailed else _("You get no such mails any more.")
    to = reverse("messages", args=[organisation, matter])
    return done(request, actor, set_message_mails, said=said, to=to, is_mailed=is_mailed)


_ONE = "organisations/<uuid:organisation>/dealings/<uuid:matter>/"
urls = [
    path(f"{_ONE}messages/", messages, name="messages"),
    path(f"{_ONE}messages/mails/", mails, name="message_mails"),
]
