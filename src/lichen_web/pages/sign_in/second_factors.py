"""How allauth keeps second factors here."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext_lazy as _

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
