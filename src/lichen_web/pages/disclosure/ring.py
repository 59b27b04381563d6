"""Agreeing to gaps by name in a ring: to both of the others on one page, because it is one step."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from lichen_web.alliances.access.actors import Actor, organisation_of
from lichen_web.alliances.access.dealings import DealingView, dealing_view
from lichen_web.alliances.access.rings import RingView
from lichen_web.alliances.actions.ringing import agree_to_ring_codes
from lichen_web.pages.asking import Question, asked
from lichen_web.pages.disclosure.dealings import dealing_address
from lichen_web.pages.disclosure.forms import AgreeingInRing
from lichen_web.pages.disclosure.words import group_names

__all__ = ["ring_codes"]


def ring_codes(request: HttpRequest, actor: Actor, view: DealingView, ring: RingView) -> HttpResponse:
    """Agree to show each of the others which gaps it could ease, by name.

    Args:
        request: What is asked.
        actor: Who speaks for one of the three.
        view: The dealing from which they came.
        ring: How its ring stands.
    """
    both = (view, dealing_view(actor, matter=ring.beside, at=timezone.now()))
    names = {"name": view.other.name, "third": ring.third}
    question = Question(
        title=_("Let {name} and {third} see your gaps by name?").format(**names),
        words=_(
            "Each sees the names of those gaps alone that you tick for it, and how sensitive you hold them to be; none"
            " of your words, and not how bad it is. Nothing opens before all three have agreed. Then all of it opens at"
            " once: yours to them, and theirs to you."
        ),
        button=_("Agree"),
        back=dealing_address(organisation_of(actor), view.id),
        said=_("You have agreed. Gaps by name open once all three have."),
    )
    return asked(
        request,
        actor,
        agree_to_ring_codes,
        partial(AgreeingInRing, both),
        question,
        about={"matter": view.id},
        template="disclosure/ring_codes.html",
        dealing=view,
        shown=[(each, group_names(each.our_groups)) for each in both],
        is_any=any(each.agreeable and each.room for each in both),
    )
