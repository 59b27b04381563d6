"""Drafts into values and back: what every format shares once its cells are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, reduce
from typing import Any, cast

from lichen.audit.values import Audit, Offer, Opening, Organisation, Readiness, Source, Vulnerability
from lichen.capabilities.forward import successors
from lichen.capabilities.recognise import recognise
from lichen.capabilities.taxonomy import nearest_codes, taxonomy
from lichen.errors import InputError, Problem
from lichen.files.draft import Cell, Draft, Reading, Row, is_blank
from lichen.files.schema import AUDIT, HEAD, OFFER, ORGANISATION, VULNERABILITY, Field, is_empty
from lichen.files.shapes import folded
from lichen.language import _

__all__ = ["audit_of", "draft_of", "id_of"]

_NO_SOURCE: Mapping[str, Any] = {"name": "", "sentence": "", "confidence": 0.0}


def audit_of(draft: Draft, reading: Reading) -> Audit:
    """The audit that a draft describes; where a cell is wrong, the reading is told and the default stands in."""
    values = _values(draft.head, HEAD, reading)
    if is_blank(draft.head.cells.get("name")):
        right = _("its name, as partners know it")
        reading.tell(draft.head.placed(Problem(_("the organisation has no name"), right), "name"))
    values.setdefault("name", "")
    values["id"] = id_of(values)
    organisation = Organisation(
        **_kept(values, ORGANISATION),
        vulnerabilities=tuple(_vulnerability(row, reading) for row in draft.vulnerabilities),
        offers=tuple(_offer(row, reading) for row in draft.offers),
    )
    nested = _nested(values, HEAD)
    return Audit(
        organisation,
        Readiness(**nested.get("readiness", {})),
        Opening(**nested.get("opening", {})),
        values.get("audited_on"),
    )


def draft_of(audit: Audit) -> Draft:
    """The audit as cells, leaving out whatever is the default."""
    organisation = audit.organisation
    return Draft(
        Row(_cells(organisation, ORGANISATION) | _cells(audit, AUDIT)),
        tuple(
            Row(_cells(item, VULNERABILITY), "vulnerabilities", place)
            for place, item in enumerate(organisation.vulnerabilities, 1)
        ),
        tuple(Row(_cells(item, OFFER), "offers", place) for place, item in enumerate(organisation.offers, 1)),
    )


def id_of(cells: Mapping[str, Any]) -> str:
    """The id of an organisation: its own, or one made from its name where it has none.

    Example:
        >>> id_of({"name": "St Brigid's Hospital"})
        'st-brigid-s-hospital'
    """
    name = str(cells.get("name", "")).strip()
    return str(cells.get("id") or re.sub(r"[\W_]+", "-", name.casefold()).strip("-") or name)


def _vulnerability(row: Row, reading: Reading) -> Vulnerability:
    values = _coded(row, VULNERABILITY, "gap", reading)
    return Vulnerability(**_kept(values, VULNERABILITY), source=_source(row, values, reading))


def _offer(row: Row, reading: Reading) -> Offer:
    values = _coded(row, OFFER, "strength", reading)
    return Offer(**_kept(values, OFFER), source=_source(row, values, reading))


def _values(row: Row, fields: Mapping[str, Field], reading: Reading) -> dict[str, Any]:
    values = {}
    for name, field in fields.items():
        cell = row.cells.get(name)
        if is_empty(cell, field.shape):
            continue
        try:
            values[name] = field.shape.read(cell)
        except InputError as error:
            reading.tell_all(error, row, name)
    return values


def _coded(row: Row, fields: Mapping[str, Field], sense: str, reading: Reading) -> dict[str, Any]:
    values = _values(row, fields, reading)
    written = values.get("code", "").strip()
    codes = _codes(written) if written else _recognised(row, values.get("words", ""), sense, reading)
    if written and not codes and not reading.is_full:
        reading.tell(row.placed(_unlisted(written), "code"))
    values["code"] = codes[0] if codes else ""
    values["confirmed"] = bool(written) and len(codes) == 1 and values.get("confirmed", True)
    return values


def _unlisted(written: str) -> Problem:
    labels = "; ".join(taxonomy().capabilities[code].label for code in nearest_codes(written))
    return Problem(
        _("this is no capability of the list"), _("one of the list, such as: {labels}").format(labels=labels)
    )


def _codes(written: str) -> tuple[str, ...]:
    """Today's codes for a code or label; a code that nobody knows is kept, so that a review can tell of it."""
    known = _known_names().get(folded(written))
    if known:
        return (known,)
    return successors(written) if re.fullmatch(r"[a-z][\w-]*\.[\w.-]+", written) else ()


@cache
def _known_names() -> Mapping[str, str]:
    capabilities = taxonomy().capabilities.values()
    return {folded(name): entry.code for entry in capabilities for name in (entry.label, entry.code)}


def _recognised(row: Row, words: str, sense: str, reading: Reading) -> tuple[str, ...]:
    """The likeliest code; one that is said in the right sense goes before a slightly likelier one that is not."""
    if not words.strip():
        reading.tell(row.placed(Problem(_("no words and no capability"), _("one of the two, or an empty row")), "code"))
        return ()
    matches = recognise(words) if reading.may_guess(words) else ()
    if not matches:
        problem = Problem(_("no capability was recognised in the words"), _("the nearest one, picked from the list"))
        reading.tell(row.placed(problem, "code"))
        return ()
    near = (match for match in matches if match.score >= matches[0].score / 2)
    return (next((match for match in near if match.sense == sense), matches[0]).code,)


def _source(row: Row, values: Mapping[str, Any], reading: Reading) -> Source | None:
    given = _nested(values, VULNERABILITY).get("source")
    if given is None:
        return None
    if "confidence" not in given:
        problem = Problem(_("a source without a confidence"), _("a number from 0 to 1"))
        reading.tell(row.placed(problem, "source_confidence"))
    return Source(**{**_NO_SOURCE, **given})


def _kept(values: Mapping[str, Any], fields: Mapping[str, Field]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in fields and len(fields[name].steps) == 1}


def _nested(values: Mapping[str, Any], fields: Mapping[str, Field]) -> dict[str, dict[str, Any]]:
    groups: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        if name in fields and len(fields[name].steps) == 2:
            group, key = fields[name].steps
            groups.setdefault(group, {})[key] = value
    return groups


def _cells(item: object, fields: Mapping[str, Field]) -> dict[str, Cell]:
    values = ((field, reduce(_inside, field.steps, item)) for field in fields.values())
    return {
        field.name: _plain(value)
        for field, value in values
        if value is not None and (field.always or value != field.default)
    }


def _inside(item: Any, step: str) -> Any:
    return None if item is None else getattr(item, step)


def _plain(value: Any) -> Cell:
    return str(value) if isinstance(value, StrEnum) else cast("Cell", value)
