"""What somebody does who holds a link: they answer, take it back, or ask to be left alone. They need no account."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from lichen.errors import NotAllowed, refuse
from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.access.team import standing_link
from lichen_web.alliances.actions.beginning import held
from lichen_web.alliances.actions.given import tidy
from lichen_web.alliances.bridge.team import save_answer
from lichen_web.alliances.models import TeamAnswer, TeamLink, TeamRound
from lichen_web.alliances.rounds import TeamSaying, saying_problems

__all__ = ["answer_round", "be_left_alone", "take_answer_back"]


def answer_round(token: str, *, link: UUID, version: int, saying: TeamSaying, at: datetime) -> None:
    """Keep what somebody says, sealed, in the place of what they said before.

    Args:
        token: The secret of their link.
        link: The link that the page was made for: another may have been followed in the same browser since.
        version: The version that they saw; 0 before the first.
        saying: All that they say now.
        at: When.

    Raises:
        InputError: Something cannot be used.
        NotAllowed: It was changed meanwhile, in another window or on another device.
        NotThere: The link leads nowhere, or is not the one the page was made for.
    """
    said = tuple(replace(each, words=tidy(each.words)) for each in saying.said)
    saying = replace(saying, said=said, name=tidy(saying.name))
    refuse(saying_problems(saying))
    with _answering(token, link) as (found, before):
        if (before.version if before else 0) != version:
            why = _("You changed this meanwhile, in another window. Nothing was overwritten: look at it as it is now.")
            raise NotAllowed("changed-meanwhile", why)
        save_answer(found, saying, before=before, at=at)


def take_answer_back(token: str, *, link: UUID) -> None:
    """Destroy what somebody said. The link goes on leading to an empty page until the round is closed.

    Raises:
        NotThere: The link leads nowhere, or is not the one the page was made for.
    """
    with _answering(token, link) as (_found, before):
        if before is not None:
            before.delete()


def be_left_alone(token: str, *, link: UUID, at: datetime) -> None:
    """Write no more to somebody in this round; they can still answer.

    Raises:
        NotThere: The link leads nowhere, or is not the one the page was made for.
    """
    with _answering(token, link) as (found, _before):
        TeamLink.objects.filter(id=found.id, left_alone_at=None).update(left_alone_at=at)


@contextmanager
def _answering(token: str, link: UUID) -> Iterator[tuple[TeamLink, TeamAnswer | None]]:
    """The link and what came by it; the round is held, so that nobody closes, counts or answers beside.

    The link is looked at once more under it: it may have been taken back in the moment before.
    """
    with standing_link(token) as found:
        held(TeamRound.objects.filter(id=found.round_id, closed_at=None))
        if found.id != link or not TeamLink.objects.filter(id=link, withdrawn_at=None).exists():
            raise NotThere
        yield found, TeamAnswer.objects.filter(link=found).first()
