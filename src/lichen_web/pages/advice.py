"""Is this the model for you, now? Worked out from six answers, of which nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

__all__ = ["Advice", "Verdict", "advice"]


class Verdict(StrEnum):
    """What the answers come to, the gravest first."""

    HARMFUL = "harmful"
    """It could hurt them: not now."""
    NOT_NOW = "not-now"
    """Something has to be in place first."""
    OTHER_MODEL = "other-model"
    """A plainer kind of alliance does the job."""
    ONE_THING = "one-thing"
    """Begin with one partner, one gap, and little at stake."""
    YES = "yes"
    """It suits them, now."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What the answers come to, and why."""

    verdict: Verdict
    """In a word."""
    reasons: tuple[str, ...]
    """A sentence for each answer that led there."""


def advice(answers: Mapping[str, str]) -> Advice:
    """What is advised: the gravest answer decides, and every answer that counts against it is named.

    Args:
        answers: As the form has them, by question.

    Source:
        The model's limits as its author states them ("avoid if", and the questions at the end); that a partner has to
        be somebody whom one can refuse, and that nobody may be put at risk, are ours.

    Example:
        >>> advice({"task": "short", "leadership": "no"}).verdict
        <Verdict.NOT_NOW: 'not-now'>
    """
    found = [counted for answer, counted in _against().items() if answers.get(answer[0]) == answer[1]]
    verdict = min((verdict for verdict, _why in found), key=list(Verdict).index, default=Verdict.YES)
    return Advice(verdict, tuple(why for _verdict, why in found))


def _against() -> Mapping[tuple[str, str], tuple[Verdict, str]]:
    """What each answer counts for; an answer that is not here counts for going ahead."""
    return {
        ("exposure", "yes"): (
            Verdict.HARMFUL,
            _("What could hurt a person or break a confidence must not be named here. Sort those gaps out first."),
        ),
        ("refusal", "no"): (
            Verdict.HARMFUL,
            _("Whoever opens up to those they cannot refuse gives them more power. Settle that first."),
        ),
        ("quarrel", "yes"): (
            Verdict.NOT_NOW,
            _("A quarrel that nobody can set aside is not healed by confessing. Find a mediator, or another partner."),
        ),
        ("leadership", "no"): (
            Verdict.NOT_NOW,
            _("Honesty that the leadership does not share puts whoever practises it at risk. Talk with them first."),
        ),
        ("time", "no"): (
            Verdict.NOT_NOW,
            _("This kind of alliance takes longer to begin than others. Without the hours it will only disappoint."),
        ),
        ("task", "short"): (
            Verdict.OTHER_MODEL,
            _("For something short and clear, join your strengths, write down who does what, and stop there."),
        ),
        ("task", "threat"): (
            Verdict.OTHER_MODEL,
            _("Against one threat a campaign is quicker. If you want to stay together after it, come back then."),
        ),
        ("leadership", "some"): (
            Verdict.ONE_THING,
            _("You need not tell everything. Begin with one gap, one partner, and something that would ruin nobody."),
        ),
    }
