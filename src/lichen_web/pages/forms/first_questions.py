"""Is this the model for you, now? Six questions, and an answer of which nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django import forms
from django.utils.translation import gettext_lazy as _

__all__ = ["Advice", "FirstQuestions", "Verdict", "advice"]


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


class FirstQuestions(forms.Form):
    """What a director can answer in two minutes."""

    task = forms.ChoiceField(
        label=_("What would you ally for?"),
        choices=[
            ("long", _("Something difficult that will take a year or more")),
            ("short", _("Something short or simple, with a clear result")),
            ("threat", _("To stop one thing: a law, a cut, a plan")),
        ],
        widget=forms.RadioSelect,
    )
    leadership = forms.ChoiceField(
        label=_("Would your leadership tell a partner what you are worst at?"),
        choices=[("yes", _("Yes")), ("some", _("Some of it, carefully")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    time = forms.ChoiceField(
        label=_("Can your leadership give it two hours now, and somebody a little every month?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    refusal = forms.ChoiceField(
        label=_("Could you say no to the partner you have in mind, and be all right?"),
        choices=[("yes", _("Yes, or we have nobody in mind yet")), ("no", _("No: we depend on them"))],
        widget=forms.RadioSelect,
    )
    quarrel = forms.ChoiceField(
        label=_("Is there something between you that nobody could set aside?"),
        choices=[("no", _("No")), ("yes", _("Yes"))],
        widget=forms.RadioSelect,
    )
    exposure = forms.ChoiceField(
        label=_("Would naming your gaps put a person at risk, or break a duty of silence?"),
        choices=[("no", _("No")), ("yes", _("Yes, or I am not sure"))],
        widget=forms.RadioSelect,
    )


_AGAINST: Mapping[tuple[str, str], tuple[Verdict, str]] = {
    ("exposure", "yes"): (
        Verdict.HARMFUL,
        _("What could hurt a person or break a confidence must not be named here. Find out which gaps those are first."),
    ),
    ("refusal", "no"): (
        Verdict.HARMFUL,
        _("To open up to somebody whom you cannot refuse gives them more power over you. Settle that first, or look elsewhere."),
    ),
    ("quarrel", "yes"): (
        Verdict.NOT_NOW,
        _("A quarrel that nobody can set aside does not heal by confessing. It needs a mediator, or another partner."),
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
        _("For something short and clear, join your strengths, write down who does what, and spare yourselves the rest."),
    ),
    ("task", "threat"): (
        Verdict.OTHER_MODEL,
        _("Against one threat a campaign is quicker. If you want to stay together after it, come back then."),
    ),
    ("leadership", "some"): (
        Verdict.ONE_THING,
        _("You need not tell everything. Begin with one gap, one partner, and something that nobody would be ruined by."),
    ),
}
"""What each answer counts for; an answer that is not here counts for going ahead."""


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
    found = [counted for answer, counted in _AGAINST.items() if answers.get(answer[0]) == answer[1]]
    verdict = min((verdict for verdict, _why in found), key=list(Verdict).index, default=Verdict.YES)
    return Advice(verdict, tuple(str(why) for _verdict, why in found))
