"""What is asked about circles and about those in them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lichen_web.pages.forms.words import words_field

__all__ = [
    "AnsweringComplaint",
    "AskingToJoin",
    "Complaining",
    "DecidingComplaint",
    "InvitingByLink",
    "NamingConvener",
    "OpeningCircle",
]


class AskingToJoin(forms.Form):
    """What an organisation states of itself, and who signs it."""

    statement = words_field(
        _("What you state of yourselves"),
        _("Who you are, what you do, and why you ask. Whoever vouches reads it; it is signed with your key."),
        longest=4000,
    )
    signed_name = forms.CharField(
        label=_("Your name, as a signature"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )


class InvitingByLink(forms.Form):
    """Who is to come to a circle with an organisation."""

    email = forms.EmailField(label=_("Their e-mail address"), widget=forms.EmailInput({"autocomplete": "off"}))


class NamingConvener(forms.Form):
    """Who is to vouch."""

    email = forms.EmailField(label=_("Their e-mail address"), widget=forms.EmailInput({"autocomplete": "off"}))


class OpeningCircle(forms.Form):
    """A new circle."""

    name = forms.CharField(label=_("Its name"), help_text=_("Such as: the Eastfield table."), max_length=200)
    purpose = words_field(
        _("What it is for"), _("Who may join, and what they have in common."), longest=2000, required=False
    )


class Complaining(forms.Form):
    """What happened."""

    words = words_field(
        _("What happened"),
        _("When, and what it did to you. The other side and this host read it, and nobody else."),
        longest=4000,
    )


class AnsweringComplaint(forms.Form):
    """What the other side says."""

    words = words_field(_("Your answer"), _("The other side and this host read it, and nobody else."), longest=4000)


class DecidingComplaint(forms.Form):
    """How it ends."""

    outcome = forms.ChoiceField(
        label=_("How it ends"),
        choices=[
            ("upheld", _("Upheld: it counts; at three in a circle they are out of it")),
            ("dismissed", _("Dismissed: it counts for nothing")),
        ],
        widget=forms.RadioSelect,
    )
    reason = words_field(_("Why"), _("Both sides read this."), longest=4000)
