"""Going over to another of the host's keys: what is sealed for the host itself is sealed anew.

The key of the host is named in the first bytes of each envelope, so the tables can say what hangs on which, and nothing
has to be opened for that. Every column is listed here; a test sees to it that none is forgotten.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import BinaryField, Count, F, Model
from django.db.models.functions import Substr

from lichen_web.accounts.models import CircleMembership, Complaint
from lichen_web.accounts.models.session import Session
from lichen_web.accounts.sessions import PURPOSE as SESSION
from lichen_web.alliances import mails
from lichen_web.alliances.access.complaints import sealed_place
from lichen_web.alliances.access.listed import CORRECTION, place_of_correction
from lichen_web.alliances.access.transactions import whole
from lichen_web.alliances.bridge.circles import removal_place
from lichen_web.alliances.bridge.fit import card_place
from lichen_web.alliances.keys import CARD
from lichen_web.alliances.models import CorrectionRequest, Mail, MatchCard
from lichen_web.keyring import ENVELOPE_START, envelope_start, host_keyring, key_of
from lichen_web.sealing import Place, Unopened

__all__ = ["COLUMNS", "reseal", "sealed_under"]

_AT_ONCE = 500
_TEXT_START = 12
"""How many letters of base64 the first nine bytes of an envelope are."""
SECOND_FACTOR, _FACTORS = "second factor", ("mfa_authenticator",)
"""As pages.sign_in.second_factors seals them, which stands further up in the house."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table that holds what is sealed for the host."""

    table: type[Model]
    """Which table."""
    name: str
    """Which of its fields."""
    purpose: str
    """For what it is sealed."""
    place: Callable[[Any], Place]
    """To what it is bound, by the row's id."""
    stays: bool = False
    """Whether the database refuses to change it, so that the row is put in its own place again."""
    is_text: bool = False
    """Whether it is base64 in a column of text."""


COLUMNS = (
    Column(Session, "session_data", SESSION, lambda row: (row,), is_text=True),
    Column(Mail, "sealed", mails.PURPOSE, mails.bound_to),
    Column(CircleMembership, "removed_because", "removal", removal_place, stays=True),
    Column(CorrectionRequest, "sealed", CORRECTION, lambda row: place_of_correction(row, "words")),
    Column(CorrectionRequest, "reason", CORRECTION, lambda row: place_of_correction(row, "reason")),
    *(
        Column(Complaint, name, "complaint", partial(sealed_place, part=name), stays=True)
        for name in ("words", "answer", "reason", "forgiven_because")
    ),
    Column(MatchCard, "sealed", CARD, card_place, stays=True),
)
"""Every one but the second factors, whose secrets stand within a JSON text."""


def sealed_under() -> Counter[str]:
    """How many sealed things of the host's own hang on each of its keys, by the key's id."""
    found: Counter[str] = Counter()
    for column in COLUMNS:
        starts = _starting(column).values_list("start").annotate(Count("pk")).order_by()
        found.update({key_of(_raw_start(start)): number for start, number in starts})
    found.update(key_of(b64decode(text)) for row in Authenticator.objects.all() for text in _secrets(row))
    return found


def reseal() -> int:
    """Seal everything of the host's own anew that is not yet under its current key.

    It is done in small transactions. What does not open, since its key is lost, stays as it is.

    Returns:
        How many were sealed anew.
    """
    return sum(_resealed(column) for column in COLUMNS) + _resealed_factors()


def _resealed(column: Column) -> int:
    done, last = 0, None
    while rows := _batch(column, last):
        with whole():
            pks = [row.pk for row in rows]
            held = list(column.table._default_manager.select_for_update().filter(pk__in=pks).order_by("pk"))
            changed = [row for row in held if _reseal_row(column, row)]
            _put_back(column, changed)
        done, last = done + len(changed), rows[-1].pk
    return done


def _batch(column: Column, after: object) -> list[Any]:
    with whole():
        stale = _starting(column).exclude(start=_start(column)).order_by("pk")
        return list((stale if after is None else stale.filter(pk__gt=after)).only("pk")[:_AT_ONCE])


def _starting(column: Column) -> Any:
    """The rows that hold something, each with how its envelope starts."""
    kind = {} if column.is_text else {"output_field": BinaryField()}
    length = _TEXT_START if column.is_text else ENVELOPE_START
    filled = column.table._default_manager.exclude(**{column.name: "" if column.is_text else b""})
    return filled.filter(**{f"{column.name}__isnull": False}).annotate(start=Substr(F(column.name), 1, length, **kind))


def _start(column: Column) -> str | bytes:
    start = envelope_start(host_keyring(settings.LICHEN).current)
    return b64encode(start).decode() if column.is_text else start


def _raw_start(start: str | bytes | memoryview) -> bytes:
    return b64decode(start) if isinstance(start, str) else bytes(start)


def _reseal_row(column: Column, row: Any) -> bool:
    before = getattr(row, column.name)
    raw = b64decode(before) if column.is_text else bytes(before)
    with suppress(Unopened):
        after = _anew(column.purpose, raw, column.place(row.pk))
        setattr(row, column.name, b64encode(after).decode() if column.is_text else after)
        return True
    return False


def _put_back(column: Column, rows: list[Any]) -> None:
    manager = column.table._default_manager
    if column.stays:
        manager.filter(pk__in=[row.pk for row in rows])._raw_delete(manager.db)
        manager.bulk_create(rows)
    else:
        manager.bulk_update(rows, [column.name])


def _resealed_factors() -> int:
    done = 0
    with whole():
        for row in Authenticator.objects.select_for_update().order_by("pk"):
            fresh = {text: _fresh_text(text) for text in _secrets(row)}
            changed = {text: new for text, new in fresh.items() if new != text}
            if changed:
                row.data = _replaced(row.data, changed)
                row.save(update_fields=["data"])
                done += len(changed)
    return done


def _secrets(row: Authenticator) -> Iterator[str]:
    """The sealed texts within an authenticator: the secret of an app, the seed or the codes for recovery."""
    for each in row.data.values() if isinstance(row.data, dict) else ():
        for text in each if isinstance(each, list) else [each]:
            if isinstance(text, str) and _is_sealed(text):
                yield text


def _is_sealed(text: str) -> bool:
    try:
        return key_of(b64decode(text, validate=True)) != ""
    except ValueError:
        return False


def _fresh_text(text: str) -> str:
    raw = b64decode(text)
    if key_of(raw) == host_keyring(settings.LICHEN).current.id:
        return text
    try:
        return b64encode(_anew(SECOND_FACTOR, raw, _FACTORS)).decode()
    except Unopened:
        return text


def _replaced(data: Any, changed: dict[str, str]) -> Any:
    if isinstance(data, dict):
        return {name: _replaced(each, changed) for name, each in data.items()}
    if isinstance(data, list):
        return [_replaced(each, changed) for each in data]
    return changed.get(data, data) if isinstance(data, str) else data


def _anew(purpose: str, envelope: bytes, place: Place) -> bytes:
    ring = host_keyring(settings.LICHEN)
    return ring.sealed(purpose, ring.opened(purpose, envelope, place), place)
