"""What the host is asked."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lichen_web.pages.forms.plain import PlainForm
from lichen_web.pages.forms.words import OwnWords

__all__ = ["AskingRecovery", "ForgivingComplaints", "InvitingHost"]


class AskingRecovery(PlainForm):
    """Who is to lead an organisation whose last lead has gone."""

    email = forms.EmailField(label=_("The new lead’s e-mail address"), widget=forms.EmailInput({"autocomplete": "off"}))
    reason = forms.CharField(
        label=_("How you know that it is theirs to lead"),
        help_text=_("Whom you asked, and what you saw. The second person of this host reads it before they agree."),
        max_length=2000,
        widget=OwnWords(),
    )


class ForgivingComplaints(PlainForm):
    """Why what was upheld shall count no longer."""

    reason = forms.CharField(
        label=_("Why it shall count no longer"),
        help_text=_("What has changed. They read it, and those who complained."),
        max_length=2000,
        widget=OwnWords(),
    )


class InvitingHost(PlainForm):
    """Who is to run this host, too."""

    email = forms.EmailField(label=_("Their e-mail address"), widget=forms.EmailInput({"autocomplete": "off"}))
