"""What is asked of a colleague who answers by a link."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from lichen_web.alliances.rounds import LONGEST
from lichen_web.pages.audit.words import severities
from lichen_web.pages.forms.plain import PlainForm
from lichen_web.pages.forms.words import OwnWords

__all__ = ["AllowingName", "SayingOne"]


def _severities() -> list[tuple[int, str]]:
    return [
        (step, say("{word}: {meaning}").format(word=word[:1].upper() + word[1:], meaning=meaning))
        for step, (word, meaning) in severities().items()
    ]


class SayingOne(PlainForm):
    """One thing that somebody finds lacking. What it is about is chosen beside the words, or taken as understood."""

    words = forms.CharField(
        label=_("What is lacking, in your own words?"),
        help_text=_("One thing, as you would say it to a friend. No names of people."),
        max_length=LONGEST,
        widget=OwnWords(rows=3),
    )
    severity = forms.TypedChoiceField(
        label=_("How bad is it?"), choices=_severities, coerce=int, widget=forms.RadioSelect, initial=3
    )


class AllowingName(PlainForm):
    """Whether the answer may be read by name, should too few answer."""

    is_by_name = forms.BooleanField(
        label=_("If too few answer, my answer may be read under my name, words and all"), required=False
    )
    name = forms.CharField(
        label=_("Your name"), max_length=100, required=False, widget=forms.TextInput({"autocomplete": "name"})
    )
