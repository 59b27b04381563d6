"""Putting a brief in one's own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from lichen.brief.pages import Page
from lichen.brief.rewriting import passages, rewritten
from lichen.errors import NotAllowed, Problem, refuse
from lichen_web.alliances.access.actors import Actor, organisation_of
from lichen_web.alliances.access.brief import own_brief
from lichen_web.alliances.actions.beginning import begun
from lichen_web.alliances.actions.telling import tell
from lichen_web.alliances.bridge.brief import drop_brief, load_brief, save_brief

__all__ = ["LONGEST", "MOST_LINES", "renew_brief", "rewrite_brief"]

LONGEST = 16_000
"""So many characters may both pages have together; each is meant for one sheet, and printing takes its time."""
MOST_LINES = 300
"""So many lines, the same."""


def rewrite_brief(actor: Actor, *, conversation: UUID, version: int, words: Mapping[str, str], at: datetime) -> None:
    """Put passages of a brief in other words.

    Args:
        actor: A lead or a member.
        conversation: The dealing, or the listed organisation, before which it is read.
        version: The version that the actor saw; 0 for one that was just composed.
        words: By the place of the passage, as :func:`lichen.brief.rewriting.passages` names them.
        at: When.

    Raises:
        InputError: It is longer than what is to be printed can be.
        NotThere: The dealing is not the actor's.
        NotAllowed: Somebody else changed it meanwhile, or the actor is neither lead nor member.
    """
    with begun(actor, "rewrite_brief") as author:
        brief = own_brief(author, conversation=conversation, at=at)
        if brief.version != version:
            why = _("Somebody else has changed this brief meanwhile. Nothing was overwritten: look at it as it is now.")
            raise NotAllowed("changed-meanwhile", why)
        own, pages = organisation_of(author), rewritten(brief.pages, words)
        refuse(_length_problems(pages))
        if pages != brief.pages:
            before = load_brief(own, conversation)
            save_brief(own, conversation, pages, made_of=brief.made_of, before=before, at=at)
            tell("brief_rewritten", by=author, at=at, about=conversation, organisations=[own])


def renew_brief(actor: Actor, *, conversation: UUID, at: datetime) -> None:
    """Throw away what was rewritten: the brief is composed anew, of what is known now.

    Raises:
        NotThere: The dealing is not the actor's.
        NotAllowed: The actor is neither lead nor member.
    """
    with begun(actor, "renew_brief") as author:
        own_brief(author, conversation=conversation, at=at)
        drop_brief(organisation_of(author), conversation)
        tell("brief_renewed", by=author, at=at, about=conversation, organisations=[organisation_of(author)])


def _length_problems(pages: Sequence[Page]) -> Iterator[Problem]:
    texts = [passage.text for passage in passages(pages)]
    if sum(map(len, texts)) > LONGEST or sum(text.count("\n") + 1 for text in texts) > MOST_LINES:
        right = _("at most {longest:,} characters and {lines} lines on both pages together")
        yield Problem(_("it is too long to be printed on two sheets"), right.format(longest=LONGEST, lines=MOST_LINES))
