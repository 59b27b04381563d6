"""What is asked about a gap, about an offer, and about how the audit was made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from lichen.audit.prompts import opening_prompts
from lichen.audit.values import Opening, Readiness
from lichen.scales import Relevance, Sensitivity
from lichen_web.pages.audit.words import (
    evidences,
    exchange_kinds,
    relevances,
    sensitivities,
    severities,
    strengths,
)
from lichen_web.pages.forms.plain import PlainForm
from lichen_web.pages.forms.words import OwnWords

__all__ = ["RecordingItem", "RecordingOffer", "RecordingSitting", "RecordingVulnerability"]

Choices = list[tuple[Any, Any]]


def _told(steps: Callable[[], Mapping[Any, tuple[str, str]]]) -> Callable[[], Choices]:
    """The choices of a field: each with its word, and what it means."""
    return lambda: [
        (step, say("{word}: {meaning}").format(word=word[:1].upper() + word[1:], meaning=meaning))
        for step, (word, meaning) in steps().items()
    ]


def _sensitivities() -> Choices:
    return [("", say("As is usual for this kind of gap")), *_told(sensitivities)()]


class RecordingItem(PlainForm):
    """What a gap and an offer have in common. What it is about is chosen beside the words, from what was understood."""

    code = forms.CharField(label=_("What it is about"), required=False, widget=forms.HiddenInput)

    def clean_code(self) -> str:
        """Nothing is taken to be about something by leaving the question out."""
        is_empty = self.fields["words"].required and not str(self.data.get(self.add_prefix("words"), "")).strip()
        if self.add_prefix("code") not in self.data and not is_empty:
            raise ValidationError(say("Choose what it is about, or that none of these fits."))
        return str(self.cleaned_data["code"])


class RecordingVulnerability(RecordingItem):
    """One gap. It is sealed before it is kept."""

    words = forms.CharField(
        label=_("In your own words: what are you bad at?"),
        help_text=_("One sentence, as you would say it to a friend. No names of people."),
        max_length=4000,
        widget=OwnWords(3),
    )
    severity = forms.TypedChoiceField(
        label=_("How bad is it?"),
        help_text=_("The worse it is, the more a partner who could help with it counts."),
        choices=_told(severities),
        coerce=int,
        widget=forms.RadioSelect,
        initial=3,
    )
    relevance = forms.TypedChoiceField(
        label=_("Does it affect what you could do with a partner?"),
        help_text=_("Only what does is ever offered to be shown."),
        choices=lambda: list(relevances().items()),
        coerce=Relevance,
        widget=forms.RadioSelect,
        initial="unasked",
    )
    sensitivity = forms.TypedChoiceField(
        label=_("How early may a partner see it?"),
        help_text=_(
            "You still open each thing yourself, to each partner. What a partner must know before money moves cannot"
            " wait longer than that, whatever stands here."
        ),
        choices=_sensitivities,
        coerce=Sensitivity,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )
    core = forms.BooleanField(
        label=_("It is core to who we are"),
        help_text=_("Later on, no decision of an alliance that touches it stands against your veto."),
        required=False,
    )


class RecordingOffer(RecordingItem):
    """One thing that an organisation can give."""

    words = forms.CharField(
        label=_("In your own words: what could you give?"),
        help_text=_("Such as what others ring you for. No names of people."),
        max_length=4000,
        widget=OwnWords(3),
    )
    strength = forms.TypedChoiceField(
        label=_("How good are you at it?"),
        choices=_told(strengths),
        coerce=int,
        widget=forms.RadioSelect,
        initial=3,
    )
    evidence = forms.TypedChoiceField(
        label=_("What does that rest on?"),
        help_text=_("How would somebody know who has never met you? Weaker evidence makes an offer count for less."),
        choices=_told(evidences),
        coerce=int,
        widget=forms.RadioSelect,
        initial=1,
    )
    spare = forms.CharField(
        label=_("How much of it is free?"),
        help_text=_("Such as: two afternoons a month."),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    kinds = forms.MultipleChoiceField(
        label=_("How would you give it?"),
        help_text=_("Leave all empty, and it is given as is usual for it."),
        choices=_told(exchange_kinds),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


_ALIGNED = {"yes": True, "no": False, "": None}


class RecordingSitting(PlainForm):
    """How the audit was made, and the two questions that open it."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    worst_at = forms.CharField(max_length=4000, required=False, widget=OwnWords(4))
    awake_at_night = forms.CharField(max_length=4000, required=False, widget=OwnWords(4))
    leadership = forms.ChoiceField(
        label=_("Does your leadership stand behind this audit?"),
        help_text=_("If not, begin with a small pilot that needs only one gap to be told."),
        choices=[("yes", _("Yes")), ("no", _("Not yet")), ("", _("Not asked yet"))],
        required=False,
        widget=forms.RadioSelect,
    )
    hours = forms.FloatField(
        label=_("How many hours did the leadership give to it?"),
        help_text=_("Two are a good minimum: the first answers are the easy ones."),
        min_value=0,
        max_value=1000,
        required=False,
        widget=forms.NumberInput({"inputmode": "decimal"}),
    )
    people = forms.IntegerField(
        label=_("How many people took part?"),
        min_value=0,
        max_value=10_000,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    audited_on = forms.DateField(
        label=_("When was it finished?"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        """The two questions are asked in the words of the library."""
        super().__init__(*given, **named)
        for prompt in opening_prompts():
            self.fields[prompt.id].label = prompt.question

    def clean(self) -> dict[str, Any]:
        """The answers, as they are written down."""
        said = self.cleaned_data
        if self.errors:
            return said
        return {
            "version": said["version"],
            "readiness": Readiness(_ALIGNED[said["leadership"]], said["hours"], said["people"]),
            "opening": Opening(said["worst_at"], said["awake_at_night"]),
            "audited_on": said["audited_on"],
        }
