"""How allauth keeps second factors here."""

from __future__ import annotations

import qrcode
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from lichen_web.accounts.sealed import open_text, seal_text

__all__ = ["SecondFactors"]

_PURPOSE = "second factor"
_PLACE = ("mfa_authenticator",)


class SecondFactors(DefaultMFAAdapter):
    """The secrets of authenticator apps and of recovery codes are sealed for the host."""

    error_messages = {  # noqa: RUF012 - allauth reads it so
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This is not the code, or it has been used."),
        "unverified_email": _("Please confirm your address first."),
    }

    def encrypt(self, text: str) -> str:
        """The secret, sealed. allauth does not say whose it is, so it is bound to the table alone."""
        return seal_text(_PURPOSE, text, bound_to=_PLACE)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret."""
        return open_text(_PURPOSE, encrypted_text, bound_to=_PLACE)

    def build_totp_svg(self, url: str) -> str:
        """The square for the app, black on white whatever the colours of the page."""
        return str(qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode"))

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """What a passkey is called unless the person finds a better name."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("My passkey {number}").format(number=number)
