"""Sealing short texts of sign-in for this host alone."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NotBase64

from django.conf import settings

from lichen_web.keyring import host_keyring
from lichen_web.sealing import Place, Unopened

__all__ = ["open_text", "seal_text"]


def seal_text(purpose: str, text: str, *, bound_to: Place) -> str:
    """The text, sealed under the host's key and bound to a place."""
    return b64encode(host_keyring(settings.LICHEN).sealed(purpose, text.encode(), bound_to)).decode()


def open_text(purpose: str, sealed: str, *, bound_to: Place) -> str:
    """What :func:`seal_text` was given.

    Raises:
        Unopened: It was not sealed for this purpose and place, or by a key that is not in the ring.
    """
    try:
        envelope = b64decode(sealed, validate=True)
    except (NotBase64, ValueError):
        raise Unopened from None
    return host_keyring(settings.LICHEN).opened(purpose, envelope, bound_to).decode()
