"""allauth's forms, where a field is added or a word is plainer."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from lichen_web.accounts.passwords import refuse_guessable
from lichen_web.alliances.actions.given import line_problems, tidy
from lichen_web.pages.forms.plain import PlainForm

__all__ = ["AddPasskeyForm", "ChangePasswordForm", "ResetPasswordForm", "SetPasswordForm", "SignUpForm"]

_HELP = _(
    "At least 12 characters, of any kind. A few words that do not belong together are easy to remember and hard to"
    " guess. You never have to change it unless somebody may know it."
)


class _NewPassword:
    """A new password is asked for once in plain words, without a list of rules."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _HELP  # type: ignore[attr-defined]


class SignUpForm(_NewPassword, PlainForm, allauth_forms.SignupForm):
    """An address, a name and a password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As colleagues and partners will see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("email", "name", "password1")
    account_already_exists: bool

    def clean_name(self) -> str:
        """Refuse a name that is no single line: it stands in mails."""
        name = tidy(self.cleaned_data["name"])
        if any(line_problems("name", name, longest=120)):
            raise ValidationError(_("This is more than one line, or has characters that cannot be seen."))
        return name

    def clean(self) -> dict[str, Any]:
        """Refuse, too, a password that is made from the name."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("password1") and cleaned.get("name"):
            try:
                refuse_guessable(cleaned["password1"], cleaned["name"])
            except ValidationError as refused:
                self.add_error("password1", refused)
        return cleaned

    def try_save(self, request: HttpRequest) -> tuple[AbstractBaseUser | None, HttpResponse | None]:
        """Sign up; for an address that is taken do the same work, so that the time does not tell it."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        saved: tuple[AbstractBaseUser | None, HttpResponse | None]
        try:
            with transaction.atomic():
                saved = super().try_save(request)
        except IntegrityError:  # somebody signed up with it at the same moment
            self.account_already_exists = True
            saved = super().try_save(request)
        return saved

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Keep the name."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class ChangePasswordForm(_NewPassword, allauth_forms.ChangePasswordForm):
    """For somebody who is signed in."""


class SetPasswordForm(_NewPassword, allauth_forms.SetPasswordForm):
    """For somebody who has signed in by other means so far."""


class ResetPasswordForm(_NewPassword, allauth_forms.ResetPasswordKeyForm):
    """For somebody who has typed in the code that was mailed."""


class AddPasskeyForm(AddWebAuthnForm):
    """A name for the passkey, and whether it shall do without the password."""

    passwordless = forms.BooleanField(
        label=_("It may sign me in without my password"),
        help_text=_("Your device then asks for your finger, your face or its own code."),
        required=False,
        initial=True,
    )
