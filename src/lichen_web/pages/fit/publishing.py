"""Being compared in a circle: what exactly, what is kept out, who could learn what, and taking it out again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lichen.capabilities.taxonomy import taxonomy
from lichen_web.alliances.access.fit import CardItem, own_card
from lichen_web.alliances.actions.fit import publish_audit, withdraw_audit
from lichen_web.alliances.blind import Why
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import Question, asked
from lichen_web.pages.forms.confirming import Confirming

__all__ = ["Item", "comparing", "publish", "urls", "withdraw"]


@dataclass(frozen=True, slots=True)
class Item:
    """One gap or offer, in words."""

    label: str
    """What it is about."""
    why: str = ""
    """Why it is not compared; empty where it is."""


@require_safe
def comparing(request: HttpRequest, organisation: UUID, circle: UUID) -> HttpResponse:
    """What would be compared, before anything is."""
    actor = acting(request, organisation)
    card = own_card(actor, circle=circle, at=timezone.now())
    return page(
        request,
        actor,
        "fit/comparing.html",
        card=card,
        gaps=_items(card.gaps),
        offers=_items(card.offers),
        kept_out=_items(card.kept_out),
        left=card.most - card.used,
    )


def publish(request: HttpRequest, organisation: UUID, circle: UUID) -> HttpResponse:
    """Let it be compared."""
    actor = acting(request, organisation)
    card = own_card(actor, circle=circle, at=timezone.now())
    question = Question(
        title=_("Be compared in {circle}").format(circle=card.circle.name),
        words=_("It stands for seven days, and is compared once a day, by the machine alone."),
        button=_("Be compared"),
        back=reverse("comparing", args=[organisation, circle]),
        said=_("You are compared from the next daily comparison on."),
    )
    onward = reverse("fit", args=[organisation])
    about = {"circle": circle}
    return asked(request, actor, publish_audit, Confirming, question, about=about, onward=lambda _published: onward)


def withdraw(request: HttpRequest, organisation: UUID, circle: UUID) -> HttpResponse:
    """Take it out again."""
    actor = acting(request, organisation)
    card = own_card(actor, circle=circle, at=timezone.now())
    question = Question(
        title=_("Be compared in {circle} no longer").format(circle=card.circle.name),
        words=_(
            "With the next daily comparison everything that was proposed there ends, for you and for the others."
            " You can be compared again once the seven days are over."
        ),
        button=_("Be compared no longer"),
        back=reverse("comparing", args=[organisation, circle]),
        said=_("You are not compared there any more."),
        is_grave=True,
    )
    return asked(request, actor, withdraw_audit, Confirming, question, about={"circle": circle})


def _items(items: Iterable[CardItem]) -> list[Item]:
    return [Item(_label(item), _why(item.why) if item.why else "") for item in items]


def _label(item: CardItem) -> str:
    known = taxonomy().capabilities.get(item.code)
    return known.label if known else item.words


def _why(why: Why) -> str:
    return {
        Why.SENSITIVE: _("highly sensitive"),
        Why.IRRELEVANT: _("you said that it has nothing to do with a partner"),
        Why.UNRECOGNISED: _("stands under no word of the shared vocabulary"),
        Why.BEYOND: _("five others come before it"),
    }[why]


_ONE = "organisations/<uuid:organisation>/fit/circles/<uuid:circle>/"
urls = [
    path(_ONE, comparing, name="comparing"),
    path(f"{_ONE}publish/", publish, name="publish_audit"),
    path(f"{_ONE}withdraw/", withdraw, name="withdraw_audit"),
]
