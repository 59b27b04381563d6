"""Asking the team by link, as the lead sees it: how many have answered, and once it is enough, what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lichen.audit.team import TeamAudit
from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.access.team import RoundView, own_round, own_rounds
from lichen_web.alliances.actions.team import (
    close_round,
    invite_to_round,
    open_round,
    remind_round,
    reopen_round,
    show_round,
    take_from_round,
    withdraw_link,
)
from lichen_web.alliances.rounds import REMIND_AFTER, STEP
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import Question, asked, done
from lichen_web.pages.audit.words import label_of, severities, severity
from lichen_web.pages.forms.confirming import Confirming
from lichen_web.pages.forms.team import AskingMore, AskingTeam

__all__ = ["TeamRow", "urls"]

_LARGELY = 0.7
"""From this agreement (Kendall's W) on a team is told that it largely agrees. Ours."""


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One thing that a team named."""

    code: str
    """Its code."""
    about: str
    """What it is called."""
    rank: int
    """Its place; equals share the better one."""
    named: int
    """How many named it."""
    steps: int | None
    """How bad they find it in the middle, rounded up; none where nobody said."""
    step: str
    """The same in words, with how far they are apart where that can be told."""
    stands: bool
    """Whether it is in the organisation's own audit already."""


@require_safe
def rounds(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """The times that the team was asked."""
    actor = acting(request, organisation)
    return page(request, actor, "audit/team_rounds.html", rounds=own_rounds(actor))


def ask(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Ask the team."""
    question = Question(
        title=_("Ask your team"),
        words=_(
            "Each colleague says where you need help most, by a link of their own, in a few minutes. You see what they"
            " say together and never who said what."
        ),
        button=_("Send the links"),
        back=reverse("team_rounds", args=[organisation]),
        said=_("The links are on their way."),
    )
    return asked(
        request,
        acting(request, organisation),
        open_round,
        AskingTeam,
        question,
        onward=lambda made: reverse("team_round", args=[organisation, made]),
    )


@require_safe
def one(request: HttpRequest, organisation: UUID, round_id: UUID) -> HttpResponse:
    """One round."""
    actor = acting(request, organisation)
    seen = own_round(actor, round_id=round_id)
    return page(
        request,
        actor,
        "audit/team_round.html",
        round=seen,
        step=STEP,
        can_remind=seen.closed_at is None and timezone.now() - seen.reminded_at >= REMIND_AFTER,
        rows=_rows(seen),
        sentences=tuple(_agreement(seen.shown.team)) if seen.shown else (),
        people=_people(seen),
    )


def ask_more(request: HttpRequest, organisation: UUID, round_id: UUID) -> HttpResponse:
    """Ask more colleagues."""
    actor = acting(request, organisation)
    may(actor, invite_to_round.__name__)
    own_round(actor, round_id=round_id)
    question = Question(
        title=_("Ask more colleagues"),
        words=_("Whoever has a link already keeps it and is sent none."),
        button=_("Send the links"),
        back=_round(organisation, round_id),
        said=_("The links are on their way."),
    )
    return asked(request, actor, invite_to_round, AskingMore, question, about={"round_id": round_id})


def withdraw(request: HttpRequest, organisation: UUID, round_id: UUID, link: UUID) -> HttpResponse:
    """Take a link back."""
    actor = acting(request, organisation)
    may(actor, withdraw_link.__name__)
    if link not in {each.id for each in own_round(actor, round_id=round_id).links if not each.is_withdrawn}:
        raise NotThere
    question = Question(
        title=_("Take the link back"),
        words=_("It leads nowhere from then on. If they have answered already, that stays; you are not told whether."),
        button=_("Take it back"),
        back=_round(organisation, round_id),
        said=_("The link is taken back."),
        is_grave=True,
    )
    return asked(request, actor, withdraw_link, Confirming, question, about={"round_id": round_id, "link": link})


@require_POST
def remind(request: HttpRequest, organisation: UUID, round_id: UUID) -> HttpResponse:
    """Write again to those who have not answered."""
    said = _("Whoever has not answered is written to again. You are not told who that is.")
    return _done(request, organisation, round_id, remind_round, said)


@require_POST
def close(request: HttpRequest, organisation: UUID, round_id: UUID) -> HttpResponse:
    """End a round."""
    return _done(request, organisation, round_id, close_round, _("The round is closed."))


@require_POST
def reopen(request: HttpRequest, organisation: UUID, round_id: UUID) -> HttpResponse:
    """Open a round again."""
    return _done(request, organisation, round_id, reopen_round, _("The round is open again; the links work as before."))


@require_POST
def show(request: HttpRequest, organisation: UUID, round_id: UUID) -> HttpResponse:
    """Be shown what the team says."""
    return _done(request, organisation, round_id, show_round, _("This is what your team says."))


@require_POST
def take(request: HttpRequest, organisation: UUID, round_id: UUID) -> HttpResponse:
    """Take what is ticked into the audit."""
    actor = acting(request, organisation)
    may(actor, take_from_round.__name__)
    codes = request.POST.getlist("code")
    own_round(actor, round_id=round_id)
    if not codes:
        messages.warning(request, _("Nothing was ticked, and nothing taken."))
        return redirect(_round(organisation, round_id))
    said = _("They stand in your audit now. Put your own words to them.")
    to = reverse("audit", args=[organisation])
    return done(request, actor, take_from_round, said=said, to=to, round_id=round_id, codes=codes)


# --- Within ----------------------------------------------------------------------------------------------------------


def _done(
    request: HttpRequest, organisation: UUID, round_id: UUID, act: Callable[..., object], said: str
) -> HttpResponse:
    actor = acting(request, organisation)
    return done(request, actor, act, said=said, to=_round(organisation, round_id), round_id=round_id)


def _rows(seen: RoundView) -> tuple[TeamRow, ...]:
    items = seen.shown.team.items if seen.shown else ()
    return tuple(
        TeamRow(
            code=item.code,
            about=label_of(item.code),
            rank=item.rank,
            named=item.named,
            steps=int(item.severity.median + 0.5) if item.severity else None,
            step=_spread(item.severity.low, item.severity.high, item.severity.median) if item.severity else "",
            stands=item.code in seen.own_codes,
        )
        for item in items
    )


def _spread(low: int | None, high: int | None, middle: float) -> str:
    words = severities()
    said = words[int(middle + 0.5)][0]
    if low is None or high is None or low == high:
        return said
    return _("{middle}, from {low} to {high}").format(middle=said, low=words[low][0], high=words[high][0])


def _agreement(team: TeamAudit) -> Iterator[str]:
    """How far the team agrees, in plain sentences; the figure stands at the end for whoever knows it."""
    if team.agreement is None or team.beyond_chance is None:
        return
    if team.beyond_chance <= 0:
        yield _("You agree no more than chance would have it: talk before you go on. The order hides a disagreement.")
    elif team.talk_first:
        yield _("You see it very differently: talk before you go on. The order hides a disagreement.")
    elif team.agreement >= _LARGELY:
        yield _("You largely agree on the order.")
    else:
        yield _("You agree on the order in part.")
    if team.kemeny_distance:
        yield ngettext(
            "Counted another way, {number} pair would stand the other way round: do not lean on single places.",
            "Counted another way, {number} pairs would stand the other way round: do not lean on single places.",
            team.kemeny_distance,
        ).format(number=team.kemeny_distance)
    elif team.kemeny_distance == 0:
        yield _("Counted another way, the order is the same.")
    yield _("The agreement is {w}, from 0 for none to 1 for full (Kendall’s W).").format(w=f"{team.agreement:.2f}")


def _people(seen: RoundView) -> tuple[dict[str, object], ...]:
    """Those who allowed their answer to be read under their name."""
    people = seen.shown.people if seen.shown else ()
    return tuple(
        {
            "name": each.name,
            "said": [
                {
                    "about": label_of(said.code) if said.code else "",
                    "words": said.words,
                    "severity": said.severity,
                    "step": severity(said.severity)[0],
                }
                for said in each.said
            ],
        }
        for each in people
    )


def _round(organisation: UUID, round_id: UUID) -> str:
    return reverse("team_round", args=[organisation, round_id])


_HERE = "organisations/<uuid:organisation>/audit/team/"
_ROUND = f"{_HERE}<uuid:round_id>/"
urls = [
    path(_HERE, rounds, name="team_rounds"),
    path(f"{_HERE}new/", ask, name="open_round"),
    path(_ROUND, one, name="team_round"),
    path(f"{_ROUND}invite/", ask_more, name="invite_to_round"),
    path(f"{_ROUND}remind/", remind, name="remind_round"),
    path(f"{_ROUND}close/", close, name="close_round"),
    path(f"{_ROUND}reopen/", reopen, name="reopen_round"),
    path(f"{_ROUND}show/", show, name="show_round"),
    path(f"{_ROUND}take/", take, name="take_from_round"),
    path(f"{_ROUND}links/<uuid:link>/withdraw/", withdraw, name="withdraw_link"),
]
