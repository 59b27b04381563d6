"""Single sign-on: what the host wrote into ``LICHEN_SIGN_IN_FILE``, checked and turned into allauth's settings.

How to write the file is told in ``docs/how-to/single-sign-on.md``.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.x509 import load_der_x509_certificate

from lichen.errors import InputError, Problem, refuse
from lichen.files.storage import is_owners_alone
from lichen_web.environment import is_loopback

__all__ = ["SAML_APP", "sign_in_providers"]

Entry = Mapping[str, Any]

SAML_APP = "allauth.socialaccount.providers.saml"
"""The app that speaks SAML; there only with the extra ``saml``."""

_NEEDED = {
    "openid_connect": ("id", "name", "domains", "server", "client_id", "secret"),
    "saml": ("id", "name", "domains", "entity_id", "sign_in_url", "certificate"),
}
_OPTIONAL = {"openid_connect": (), "saml": ("attributes",)}
_ATTRIBUTES = {"uid", "email", "first_name", "last_name"}
_RIGHT = {
    "id": "small letters, digits and hyphens, and no other with the same",
    "name": "the name on the button, such as City of Example",
    "domains": 'the domains of its people\'s addresses, such as ["example.org"]',
    "server": "an address that begins with https://",
    "client_id": "a text",
    "secret": "a text",
    "entity_id": "a text",
    "sign_in_url": "an address that begins with https://",
    "certificate": "a certificate as PEM or base64",
    "attributes": "names of attributes for uid, email, first_name and last_name",
}


def sign_in_providers(path: Path | None) -> dict[str, Any]:
    """The providers for single sign-on, as allauth wants them.

    Args:
        path: The file; none means that people sign in with passwords and passkeys alone.

    Raises:
        InputError: The file cannot be used; every problem at once, and never what stands in it.
    """
    if path is None:
        return {}
    content = _read(path)
    refuse(_problems(content, path.name))
    return {
        kind: made
        for kind, made in (
            ("openid_connect", _openid_connect(content.get("openid_connect", []))),
            ("saml", _saml(content.get("saml", []))),
        )
        if made["APPS"]
    }


def _read(path: Path) -> dict[str, Any]:
    try:
        if is_owners_alone(path) is False:
            raise InputError(
                Problem("others on this machine may read its secrets", f"chmod 600 {path}", file=path.name)
            )
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as refused:
        if isinstance(refused, InputError):
            raise
        raise InputError(Problem("cannot be read", "a JSON file that you may read", file=path.name)) from None
    if not isinstance(content, dict):
        raise InputError(Problem("is no object", 'such as {"openid_connect": []}', file=path.name))
    return content


def _problems(content: dict[str, Any], file: str) -> Iterator[Problem]:
    for kind in content.keys() - _NEEDED.keys():
        yield Problem(
            "this is no way of single sign-on", "openid_connect or saml", file=file, sheet=kind, document=True
        )
    ids = Counter(entry["id"] for _, _, entry in _entries(content) if isinstance(entry.get("id"), str))
    for kind in _NEEDED.keys() & content.keys():
        if not isinstance(content[kind], list):
            yield Problem("is no list", 'such as "saml": []', file=file, sheet=kind, document=True)
        elif kind == "saml" and content[kind] and find_spec("onelogin") is None:
            what, right = "needs the optional part lichen[saml]", "pip install 'lichen[web,saml]'"
            yield Problem(what, right, file=file, sheet=kind, document=True)
    for kind, row, entry in _entries(content):
        for column in _wrong(kind, entry, ids):
            right = _RIGHT.get(column, "one of " + ", ".join((*_NEEDED[kind], *_OPTIONAL[kind])))
            what = "is missing or cannot be used" if column in _RIGHT else "is not known"
            yield Problem(what, right, file=file, sheet=kind, row=row, column=column, document=True)


def _entries(content: dict[str, Any]) -> Iterator[tuple[str, int, Entry]]:
    for kind in _NEEDED:
        listed = content.get(kind, [])
        for row, entry in enumerate(listed if isinstance(listed, list) else [], 1):
            yield kind, row, entry if isinstance(entry, dict) else {}


def _wrong(kind: str, entry: Entry, ids: Counter[str]) -> Iterator[str]:
    """The keys of an entry that are missing, cannot be used, or are not known."""
    yield from (key for key in _NEEDED[kind] if not _is_right(key, entry.get(key)))
    yield from (key for key in _OPTIONAL[kind] if key in entry and not _is_right(key, entry[key]))
    yield from sorted(entry.keys() - {*_NEEDED[kind], *_OPTIONAL[kind]})
    if isinstance(entry.get("id"), str) and ids[entry["id"]] > 1:
        yield "id"


def _is_right(key: str, value: object) -> bool:
    if key == "domains":
        return isinstance(value, list) and bool(value) and all(_is_domain(each) for each in value)
    if key == "attributes":
        return (
            isinstance(value, dict) and value.keys() <= _ATTRIBUTES and all(isinstance(v, str) for v in value.values())
        )
    if not isinstance(value, str) or not value.strip():
        return False
    check = {"id": _is_id, "server": _is_safe_url, "sign_in_url": _is_safe_url, "certificate": _is_certificate}
    return check[key](value) if key in check else True


def _is_id(value: str) -> bool:
    return re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", value) is not None


def _is_domain(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", value) is not None


def _is_safe_url(value: str) -> bool:
    """Whether nobody on the way can read or change what goes there; on this machine there is nobody."""
    split = urlsplit(value)
    return bool(split.hostname) and (
        split.scheme == "https" or (split.scheme == "http" and is_loopback(split.hostname or ""))
    )


def _is_certificate(value: str) -> bool:
    body = re.sub(r"-----[A-Z ]+-----|\s", "", value)
    try:
        load_der_x509_certificate(b64decode(body, validate=True))
    except (NotBase64, ValueError):
        return False
    return True


def _openid_connect(entries: list[Entry]) -> dict[str, Any]:
    def app(entry: Entry) -> dict[str, Any]:
        settings = {"server_url": entry["server"], **_trust(entry)}
        named = {"provider_id": entry["id"], "name": entry["name"]}
        return {**named, "client_id": entry["client_id"], "secret": entry["secret"], "settings": settings}

    return {"OAUTH_PKCE_ENABLED": True, "APPS": [app(entry) for entry in entries]}


def _saml(entries: list[Entry]) -> dict[str, Any]:
    """An assertion has to be signed itself, and to answer a question that this very browser was sent with."""

    def app(entry: Entry) -> dict[str, Any]:
        settings = {
            "idp": {"entity_id": entry["entity_id"], "sso_url": entry["sign_in_url"], "x509cert": entry["certificate"]},
            "advanced": {
                "strict": True,
                "want_assertion_signed": True,
                "want_attribute_statement": False,
                "reject_idp_initiated_sso": True,
            },
            **_trust(entry),
        }
        if "attributes" in entry:
            settings["attribute_mapping"] = entry["attributes"]
        return {"provider_id": entry["id"], "client_id": entry["id"], "name": entry["name"], "settings": settings}

    return {"APPS": [app(entry) for entry in entries]}


def _trust(entry: Entry) -> dict[str, Any]:
    """Within its domains, and nowhere else, a provider is believed about an address."""
    return {"verified_email": entry["domains"], "email_authentication": True}
