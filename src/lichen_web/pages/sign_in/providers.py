"""How allauth takes in those whom another house signs in."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse

__all__ = ["SingleSignOn"]


class SingleSignOn(DefaultSocialAccountAdapter):
    """A provider is believed about the addresses in its own domains, and not asked about others."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Turn away whoever brings no address, or one for which this provider does not speak.

        Raises:
            ImmediateHttpResponse: With a page that says so.
        """
        addresses = [each.email for each in sociallogin.email_addresses]
        if not addresses or not all(self.is_email_verified(sociallogin.provider, each) for each in addresses):
            shown = {"provider": sociallogin.provider}
            raise ImmediateHttpResponse(render(request, "socialaccount/wrong_address.html", shown, status=403))

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Any:
        """Take the address and the name; whatever else the provider tells is not kept."""
        user: Any = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        user.name = (data.get("name") or " ".join(part for part in parts if part))[:120]
        sociallogin.account.extra_data = {}
        return user

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: object) -> str:
        """After joining another way to sign in: to all of them."""
        return reverse("mfa_index")
