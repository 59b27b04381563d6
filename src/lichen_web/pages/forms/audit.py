"""What is asked about a gap and about an offer."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lichen.capabilities.taxonomy import taxonomy
from lichen.scales import Relevance, Sensitivity
from lichen_web.pages.forms.words import OwnWords

__all__ = ["RecordingOffer", "RecordingVulnerability"]

_SEVERITIES = [
    (1, _("1 – slight: nearly all of it is there")),
    (2, _("2 – minor")),
    (3, _("3 – real")),
    (4, _("4 – serious")),
    (5, _("5 – total: nothing of it is there")),
]
_STRENGTHS = [(1, _("1 – a little")), (2, "2"), (3, _("3 – solid")), (4, "4"), (5, _("5 – excellent"))]
_EVIDENCE = [
    (1, _("We say so ourselves")),
    (2, _("We can name an example")),
    (3, _("There is a document")),
    (4, _("Somebody else says so")),
    (5, _("It was measured")),
]
_SENSITIVITIES = [
    ("", _("As is usual for this kind of gap")),
    ("low", _("Early: once both sides have said yes")),
    ("medium", _("After both have shown interest")),
    ("high", _("Late: not before a pilot starts")),
]
_RELEVANCES = [
    ("yes", _("Yes: it touches what we could do together")),
    ("no", _("No: it is ours alone")),
    ("unasked", _("We do not know yet")),
]


@cache
def _codes() -> list[tuple[str, Any]]:
    """Every capability under its group, as people call them."""
    known = taxonomy()
    grouped = [
        (group.label, [(each.code, each.label) for each in known.capabilities.values() if each.group == group.id])
        for group in known.groups.values()
    ]
    return [("", _("Choose what it is about")), *grouped]


def _code_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("What it is about"), choices=_codes)


def _kinds() -> list[tuple[str, str]]:
    return [(kind.id, kind.id.replace("_", " ")) for kind in taxonomy().kinds.values()]


class RecordingVulnerability(forms.Form):
    """One gap. It is sealed before it is kept."""

    words = forms.CharField(
        label=_("In your own words: what are you bad at?"),
        help_text=_("One sentence, as you would say it to a friend. No names of people."),
        max_length=4000,
        widget=OwnWords(),
    )
    code = _code_field()
    severity = forms.TypedChoiceField(
        label=_("How bad is it?"), choices=_SEVERITIES, coerce=int, widget=forms.RadioSelect, initial=3
    )
    rank = forms.IntegerField(
        label=_("Its place among your gaps"),
        help_text=_("1 needs outside help most."),
        min_value=1,
        max_value=999,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    relevance = forms.TypedChoiceField(
        label=_("Does it affect what you could do with a partner?"),
        choices=_RELEVANCES,
        coerce=Relevance,
        widget=forms.RadioSelect,
        initial="unasked",
    )
    sensitivity = forms.TypedChoiceField(
        label=_("How early may a partner see it?"),
        help_text=_("You still open each thing yourself, to each partner."),
        choices=_SENSITIVITIES,
        coerce=Sensitivity,
        empty_value=None,
        required=False,
    )
    core = forms.BooleanField(
        label=_("It is core to us"),
        help_text=_("Later on, no decision of the alliance may touch it without your consent."),
        required=False,
    )


class RecordingOffer(forms.Form):
    """One thing that an organisation can give."""

    code = _code_field()
    words = forms.CharField(
        label=_("What you could give, in your own words"),
        max_length=4000,
        widget=OwnWords(),
        required=False,
    )
    spare = forms.CharField(
        label=_("How much of it is free"),
        help_text=_("Such as: two afternoons a month."),
        max_length=200,
        required=False,
    )
    strength = forms.TypedChoiceField(
        label=_("How good are you at it?"), choices=_STRENGTHS, coerce=int, widget=forms.RadioSelect, initial=3
    )
    evidence = forms.TypedChoiceField(
        label=_("What does that rest on?"), choices=_EVIDENCE, coerce=int, widget=forms.RadioSelect, initial=1
    )
    kinds = forms.MultipleChoiceField(
        label=_("How you would give it"),
        help_text=_("Leave all empty, and it is given as is usual for it."),
        choices=_kinds,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
