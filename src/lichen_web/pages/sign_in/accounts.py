"""How allauth signs people up and in here."""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lichen_web.accounts.sessions import end_sessions, write_sign_in
from lichen_web.alliances import mails
from lichen_web.alliances.access.invitations import invitation_behind
from lichen_web.environment import SignUp
from lichen_web.pages.invitations import kept_token
from lichen_web.pages.sign_in.browsers import is_below_cap, known_browser, remember_browser
from lichen_web.pages.sign_in.lockout import account_tried, address_of

__all__ = ["AccountAdapter"]

_ONE_PLACE = 64
"""So many bits of an address of IPv6 say which network it is in; the rest is whoever asks free to choose."""


class AccountAdapter(DefaultAccountAdapter):
    """Mails are sealed and sent by the worker; a waiting invitation comes first; a new password ends old sessions."""

    error_messages = {  # noqa: RUF012 - allauth reads it so
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This address and this password do not belong together."),
        "enter_current_password": _("This is not your password of today."),
        "incorrect_code": _("This is not the code."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("This was tried too often. Please wait a while, then try again."),
        "rate_limited": _("This was asked too often. Please wait a minute, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether whoever asks may sign up: anybody, or only somebody with an invitation that still stands."""
        return settings.LICHEN.sign_up == SignUp.OPEN or _is_invited(request)

    def get_client_ip(self, request: HttpRequest) -> str:
        """From where on the network they ask.

        Whoever has one address of IPv6 has a whole network of them, and would be somebody else with each: so all of
        them count as one.
        """
        told = str(super().get_client_ip(request))
        try:
            address = ip_address(told)
        except ValueError:
            return told
        if not isinstance(address, IPv6Address):
            return str(address)
        return str(address.ipv4_mapped or IPv6Network((int(address), _ONE_PLACE), strict=False).network_address)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where one comes to after signing in: to the invitation that waits, or to the desk."""
        return reverse("invitation_asked") if _is_invited(request) else str(super().get_login_redirect_url(request))

    get_signup_redirect_url = get_login_redirect_url

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """After a new password: to all the ways in which one signs in."""
        return reverse("mfa_index")

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in, and remember from where, so that the person can find the session again and end it."""
        super().login(request, user)
        browser = self.get_http_user_agent(request)
        write_sign_in(request.session, at=timezone.now(), address=self.get_client_ip(request), browser=browser)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **more: Any) -> HttpResponse:
        """Go on, and know this browser again."""
        response: HttpResponse = super().post_login(request, user, **more)
        remember_browser(response, user)
        return response

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count, too, what is tried at an account from browsers that have never entered it, wherever they are."""
        if not known_browser(request, credentials) and not is_below_cap(request, credentials):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Tries at an account count for the browser that has entered it before, or for the place where they come from.

        Not by the account alone: a stranger's ten tries would shut its owner out.
        """
        place = known_browser(request, credentials) or address_of(request) or ""
        return f"{account_tried(request, credentials)}:{place}"

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Set it, and sign the person out everywhere else."""
        with transaction.atomic():
            super().set_password(user, password)
            end_sessions(user.pk, but=self.request.session.session_key)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the mail; the worker sends it."""
        shown = {**context, "email": email, "host": settings.LICHEN.host, "url": settings.LICHEN.url}
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", shown).split())
        text = render_to_string(f"{template_prefix}_message.txt", shown).strip() + "\n"
        kind = template_prefix.rpartition("/")[2]
        with transaction.atomic():
            mails.post(kind, to=email, subject=subject, text=text, at=timezone.now())


def _is_invited(request: HttpRequest) -> bool:
    token = kept_token(request)
    return bool(token) and invitation_behind(token, at=timezone.now()) is not None
