"""What is asked about circles and about those in them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lichen_web.pages.forms.plain import PlainForm
from lichen_web.pages.forms.words import OwnWords

__all__ = [
    "AnsweringComplaint",
    "AskingToJoin",
    "Complaining",
    "DecidingComplaint",
    "InvitingByLink",
    "NamingConvener",
    "OpeningCircle",
    "PuttingOut",
]


class AskingToJoin(PlainForm):
    """What an organisation states of itself, and who signs it."""

    statement = forms.CharField(
        label=_("What you state of yourselves"),
        help_text=_(
            "Who you are, what you do, and why you ask. Whoever vouches reads it. It is signed, so that nobody can "
            "change it unseen."
        ),
        max_length=4000,
        widget=OwnWords(),
    )
    signed_name = forms.CharField(
        label=_("Your name, as a signature"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )


class InvitingByLink(PlainForm):
    """Who is to come to a circle with an organisation."""

    email = forms.EmailField(label=_("Their e-mail address"), widget=forms.EmailInput({"autocomplete": "off"}))


class NamingConvener(PlainForm):
    """Who is to vouch."""

    email = forms.EmailField(label=_("Their e-mail address"), widget=forms.EmailInput({"autocomplete": "off"}))


class OpeningCircle(PlainForm):
    """A new circle."""

    name = forms.CharField(label=_("Its name"), help_text=_("Such as: the Eastfield table."), max_length=200)
    purpose = forms.CharField(
        label=_("What it is for"),
        help_text=_("Who may join, and what they have in common."),
        max_length=2000,
        widget=OwnWords(),
        required=False,
    )


class PuttingOut(PlainForm):
    """Why an organisation is put out of a circle."""

    reason = forms.CharField(
        label=_("Why"),
        help_text=_("They read it on their page, and so does whoever vouches here. It is sealed, and in no mail."),
        max_length=2000,
        widget=OwnWords(),
    )


class Complaining(PlainForm):
    """What happened."""

    words = forms.CharField(
        label=_("What happened"),
        help_text=_("When, and what it did to you. The other side and this host read it, and nobody else."),
        max_length=4000,
        widget=OwnWords(),
    )


class AnsweringComplaint(PlainForm):
    """What the other side says."""

    words = forms.CharField(
        label=_("Your answer"),
        help_text=_("The other side and this host read it, and nobody else."),
        max_length=4000,
        widget=OwnWords(),
    )


class DecidingComplaint(PlainForm):
    """How it ends."""

    outcome = forms.ChoiceField(
        label=_("How it ends"),
        choices=[
            ("upheld", _("Upheld: it counts; at three in a circle they are out of it")),
            ("dismissed", _("Dismissed: it counts for nothing")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("Both sides read this."),
        max_length=4000,
        widget=OwnWords(),
    )
