"""Browsers in which somebody has signed in before: a stranger who guesses elsewhere does not shut them out.

Source:
    OWASP, "Slow Down Online Guessing Attacks with Device Cookies".
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from lichen_web.pages.sign_in.lockout import account_tried

__all__ = ["COOKIE", "is_below_cap", "known_browser", "remember_browser"]

COOKIE = "lichen_known"
"""A random name for the browser with a digest of the account that it entered, signed; it opens nothing."""
_KEPT_FOR = 90 * 24 * 60 * 60
_SALT = "lichen_web.known_browser"


def remember_browser(response: HttpResponse, person: AbstractBaseUser) -> None:
    """Give a browser in which somebody has just signed in a name of its own."""
    account = account_tried(HttpRequest(), {"email": person.get_username()})
    response.set_signed_cookie(
        COOKIE,
        f"{account}.{secrets.token_hex(16)}",
        salt=_SALT,
        max_age=_KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def known_browser(request: HttpRequest, credentials: Mapping[str, Any]) -> str:
    """The name of a browser that has entered this very account before; empty for all others."""
    said = request.get_signed_cookie(COOKIE, default="", salt=_SALT, max_age=_KEPT_FOR) or ""
    account, _, name = said.partition(".")
    return name if constant_time_compare(account, account_tried(request, credentials)) else ""


def is_below_cap(request: HttpRequest, credentials: Mapping[str, Any]) -> bool:
    """Whether a browser that is not known may try this account once more; the try is counted."""
    account = account_tried(request, credentials)
    return bool(ratelimit.consume(request, app="allauth.account", action="strangers", key=account))
