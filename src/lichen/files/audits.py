"""Drafts into values and back: what every format shares once its cells are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum
from functools import cache, reduce
from typing import Any, cast

from lichen.audit.values import Audit, Offer, Opening, Organisation, Readiness, Source, Vulnerability
from lichen.capabilities.forward import successors
from lichen.capabilities.recognise import Sense, recognise
from lichen.capabilities.taxonomy import taxonomy
from lichen.errors import InputError, Problem
from lichen.files.draft import Cell, Draft, Reading, Row, is_blank
from lichen.files.schema import AUDIT, HEAD, OFFER, ORGANISATION, VULNERABILITY, Field, is_empty
from lichen.files.shapes import folded
from lichen.language import _

__all__ = ["audit_of", "draft_of", "id_of"]

_NO_SOURCE: Mapping[str, Any] = {"name": "", "sentence": "", "confidence": 0.0}
_SURE_ENOUGH = 0.33
"""A capability that is recognised with a lower score is left for the organisation to pick."""
_MOST = 500
"""So many gaps, and so many offers, are read of one organisation: what each of them means takes a while to find out."""
_SLIP = 0.85
"""How alike, 0 to 1, what stands as a capability is to one of the list where a finger slipped."""


def audit_of(draft: Draft, reading: Reading) -> Audit:
    """The audit that a draft describes; where a cell is wrong, the reading is told and the default stands in."""
    if max(len(draft.vulnerabilities), len(draft.offers)) > _MOST:
        right = _("at most {most} gaps and as many offers of one organisation").format(most=_MOST)
        raise reading.refusal(_("there are too many rows"), right)
    if is_blank(draft.head.cells.get("name")):
        right = _("its name, as partners know it")
        reading.tell(draft.head.placed(Problem(_("the organisation has no name"), right), "name"))
    values = _values(draft.head, HEAD, reading)
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
            Row(_item_cells(item, VULNERABILITY), "vulnerabilities", place)
            for place, item in enumerate(organisation.vulnerabilities, 1)
        ),
        tuple(Row(_item_cells(item, OFFER), "offers", place) for place, item in enumerate(organisation.offers, 1)),
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
    """What stands in the fields, taken in the order of the file, so that problems are told from left to right."""
    values = {}
    for name, cell in row.cells.items():
        if name not in fields or is_empty(cell, fields[name].shape):
            continue
        try:
            values[name] = fields[name].shape.read(cell)
        except InputError as error:
            reading.tell_all(error, row, name)
    return values


def _coded(row: Row, fields: Mapping[str, Field], sense: Sense, reading: Reading) -> dict[str, Any]:
    """The values of an item, whose code is empty where no capability was given and none was recognised."""
    if is_blank(row.cells.get("code")) and is_blank(row.cells.get("words")):
        problem = Problem(_("no words and no capability"), _("one of the two, or an empty row"))
        reading.tell(row.placed(problem, "words" if "words" in row.cells else "code"))
    values = _values(row, fields, reading)
    written = values.get("code", "").strip()
    codes = _codes(written)
    if not codes:
        codes = _guessed(written, values, sense, reading)
        values["confirmed"] = False
    values["code"] = codes[0]
    values["confirmed"] = len(codes) == 1 and values.get("confirmed", True)
    return values


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


def _guessed(written: str, values: dict[str, Any], sense: Sense, reading: Reading) -> tuple[str]:
    """The likeliest code. What stands as a capability and is none counts as words, so that it is not lost."""
    words = values.get("words", "")
    may_guess = reading.may_guess(written + words)
    slip = get_close_matches(folded(written), _known_names(), 1, _SLIP) if written and may_guess else ()
    if slip:
        return (_known_names()[slip[0]],)
    if written:
        words = values["words"] = f"{written}: {words}" if words.strip() else written
    return (_recognised(words, sense) if may_guess else "",)


def _recognised(words: str, sense: Sense) -> str:
    """The likeliest code; one that is said in the right sense goes before a slightly likelier one that is not."""
    matches = [match for match in recognise(words, named=sense) if match.score >= _SURE_ENOUGH]
    if not matches:
        return ""
    near = (match for match in matches if match.score >= matches[0].score / 2)
    return next((match for match in near if match.sense == sense), matches[0]).code


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


def _item_cells(item: Vulnerability | Offer, fields: Mapping[str, Field]) -> dict[str, Cell]:
    """Without a code there is nothing to confirm, and whoever picks one confirms it."""
    cells = _cells(item, fields)
    return cells if item.code else {name: cell for name, cell in cells.items() if name != "confirmed"}


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
