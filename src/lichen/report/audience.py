"""For whom a report is written: the joint board, a funder, or one partner."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lichen.alliance.values import Alliance
from lichen.errors import InputError, Problem
from lichen.language import _

__all__ = ["Audience", "AudienceKind", "audience_of"]


class AudienceKind(StrEnum):
    """Who reads a report."""

    BOARD = "board"
    """The delegates of all partners on the alliance's joint board."""
    FUNDER = "funder"
    """Somebody who gave money to what the alliance does."""
    PARTNER = "partner"
    """One partner's own leaders."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Who reads a report; there is none without one."""

    kind: AudienceKind
    """The board, a funder or a partner."""
    reader: str = ""
    """Id of the partner; empty for the other two."""


def audience_of(alliance: Alliance, asked: str) -> Audience:
    """The audience that somebody asked for.

    Args:
        alliance: The alliance.
        asked: ``board``, ``funder``, or the id of a partner. A partner with such an id is read as the other two, which
            see less.

    Raises:
        InputError: It is none of these; the refusal says who it can be.

    Example:
        >>> audience_of(Alliance("Eastfield"), "funder").kind.value
        'funder'
    """
    if asked in (AudienceKind.BOARD, AudienceKind.FUNDER):
        return Audience(AudienceKind(asked))
    partners = [audit.organisation.id for audit in alliance.partners]
    if asked in partners:
        return Audience(AudienceKind.PARTNER, asked)
    right = "; ".join((AudienceKind.BOARD, AudienceKind.FUNDER, *partners))
    raise InputError(Problem(_("nobody whom a report can be for"), right, column="--for"))
