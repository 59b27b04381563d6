"""The six questions before signing up."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lichen_web.pages.forms.plain import PlainForm

__all__ = ["FirstQuestions"]


class FirstQuestions(PlainForm):
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
