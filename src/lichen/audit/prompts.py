"""What an audit asks: the article's two questions first, then what is typical of the sector, then offers.

Prompts are questions. They come without answers, because a pre-filled weakness is somebody else's opinion.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lichen.audit.sector_prompts import sector_questions
from lichen.language import _
from lichen.scales import Sector

__all__ = ["Prompt", "evidence_question", "offer_prompts", "opening_prompts", "sector_prompts"]


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question of an audit, in the language being spoken."""

    id: str
    """Stable, such as ``worst_at`` or ``health.2``. That of an opening question is its field of ``Opening``."""
    question: str
    """As it is asked."""
    codes: tuple[str, ...] = ()
    """Capabilities it is likely to be about, so that a face can show the vocabulary beside it. Never an answer."""


def opening_prompts() -> tuple[Prompt, ...]:
    """The two questions that open an audit.

    Source:
        The article, pillar 1, vulnerability mapping.

    Example:
        >>> [prompt.id for prompt in opening_prompts()]
        ['worst_at', 'awake_at_night']
    """
    return (
        Prompt("worst_at", _("What are you worst at?")),
        Prompt("awake_at_night", _("What keeps you up at night?")),
    )


def sector_prompts(sector: Sector) -> tuple[Prompt, ...]:
    """Eight questions about gaps that are typical of a sector.

    Args:
        sector: Of the organisation that is being audited.

    Source:
        What sectors tend to lack: the article's question 5. The questions are ours.

    Example:
        >>> len(sector_prompts(Sector.FAITH)), sector_prompts(Sector.FAITH)[0].id
        (8, 'faith.1')
    """
    return _numbered(sector.value, sector_questions(sector))


def offer_prompts() -> tuple[Prompt, ...]:
    """Questions that help to see what an organisation could give; ask :func:`evidence_question` after each.

    Example:
        >>> all(prompt.question.endswith("?") for prompt in offer_prompts())
        True
    """
    return _numbered(
        "offer",
        (
            (_("What do others ring you for?"), ()),
            (
                _("Who opens the door to you and to hardly anybody else?"),
                ("trust.underserved", "reach.community_access"),
            ),
            (_("What do you know, from long practice, that outsiders keep getting wrong?"), ("knowledge.local",)),
            (_("What stands empty, idle or unused for part of the week?"), ("assets.venue", "assets.vehicles")),
            (_("Which of your people would enjoy teaching what they do?"), ("people.skills_training",)),
            (
                _("Whose good word do people take because it comes from you?"),
                ("trust.endorsement", "trust.moral_authority"),
            ),
            (
                _("What have you already built or written that somebody else could use tomorrow?"),
                ("tech.software_product",),
            ),
            (
                _("Which doors could you open with one telephone call?"),
                ("policy.policy_access", "reach.business_networks"),
            ),
        ),
    )


def evidence_question() -> str:
    """What to ask after every offer, so that a strength stands on more than a feeling."""
    return _("How would somebody who has never met you know? An example, a document, a third party, a measured result?")


def _numbered(kind: str, questions: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[Prompt, ...]:
    return tuple(Prompt(f"{kind}.{place}", *asked) for place, asked in enumerate(questions, start=1))
