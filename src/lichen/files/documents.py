"""The tree that JSON and YAML have in common: keys, lists and single answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from lichen.capabilities.taxonomy import taxonomy
from lichen.errors import Problem
from lichen.files.draft import Cell, Draft, Reading, Row, shown_name
from lichen.files.schema import AUDIT, OFFER, ORGANISATION, VULNERABILITY, Field
from lichen.language import _

__all__ = ["MANY", "ONE", "drafts_in_tree", "tree_of"]

ONE, MANY = "audit/1", "organisations/1"
"""What a file is, and by which version of the format."""

_TOP = ("lichen", "taxonomy")
_ITEMS = ("vulnerabilities", "offers")
_AROUND = tuple(dict.fromkeys(field.steps[0] for field in AUDIT.values()))
_MOST_UNKNOWN = 200  # of one record; long before, the file is refused for having so many


class _Section:
    """A table of fields as a document spells it: ``source.name`` is the key ``name`` in the group ``source``."""

    def __init__(self, fields: Mapping[str, Field]) -> None:
        self.keys = {name: ".".join(field.steps) for name, field in fields.items()}
        self.names = {key: name for name, key in self.keys.items()}
        self.groups = tuple({field.steps[0]: None for field in fields.values() if len(field.steps) > 1})


_ORGANISATION, _AUDIT = _Section(ORGANISATION), _Section(AUDIT)
_VULNERABILITY, _OFFER = _Section(VULNERABILITY), _Section(OFFER)


def drafts_in_tree(tree: object, reading: Reading) -> list[Draft]:
    """One draft an organisation in the document.

    Raises:
        InputError: The document is no audit, is of another version of the format, or has too many records.
    """
    if not isinstance(tree, Mapping):
        raise reading.refusal(
            _("this is not an audit"), _("keys and answers, beginning with lichen: {form}").format(form=ONE)
        )
    form = tree.get("lichen", MANY if "organisations" in tree else ONE)
    if form == MANY:
        _check_keys(tree, (*_TOP, "organisations"), "", None, reading)
        entries = _mappings(tree.get("organisations"), "organisations", reading)
        return [_listed(entry, place, reading) for place, entry in entries]
    if form != ONE:
        raise reading.refusal(
            _("this file has another format, perhaps of a newer Lichen"), f"{ONE}, {MANY}", column="lichen"
        )
    return [_single(tree, reading)]


def tree_of(drafts: Sequence[Draft], form: str) -> dict[str, Any]:
    """The drafts as a document; ``form`` is :data:`ONE` for a single audit, else :data:`MANY`."""
    top: dict[str, Any] = {"lichen": form, "taxonomy": taxonomy().version}
    if form == MANY:
        return top | {"organisations": [_nested(draft.head, ORGANISATION) | _items_of(draft) for draft in drafts]}
    head = drafts[0].head
    return top | {"organisation": _nested(head, ORGANISATION)} | _nested(head, AUDIT) | _items_of(drafts[0])


def _items_of(draft: Draft) -> dict[str, Any]:
    vulnerabilities = [_nested(row, VULNERABILITY) for row in draft.vulnerabilities]
    return {"vulnerabilities": vulnerabilities, "offers": [_nested(row, OFFER) for row in draft.offers]}


def _nested(row: Row, fields: Mapping[str, Field]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for name, field in fields.items():
        if name in row.cells:
            *groups, key = field.steps
            inner = tree
            for group in groups:
                inner = inner.setdefault(group, {})
            inner[key] = _written(row.cells[name])
    return tree


def _written(cell: Cell) -> Any:
    if isinstance(cell, date):
        return cell.isoformat()
    return list(cell) if isinstance(cell, tuple) else cell


def _single(tree: Mapping[str, Any], reading: Reading) -> Draft:
    _check_keys(tree, (*_TOP, "organisation", *_AROUND, *_ITEMS), "", None, reading)
    organisation = _group(tree, "organisation", "", reading)
    inner = _row(_own(organisation), _ORGANISATION, "organisation", None, reading)
    outer = _row({key: tree[key] for key in _AROUND if key in tree}, _AUDIT, "", None, reading)
    columns = {name: f"organisation.{key}" for name, key in inner.columns.items()} | dict(outer.columns)
    head = Row({**inner.cells, **outer.cells}, columns=columns)
    for key in _ITEMS:
        if key in tree and key in organisation:
            reading.tell(Problem(_("this stands inside the organisation, too"), _("one of the two"), column=key))
    return _draft(head, {**organisation, **tree}, "", reading)


def _listed(entry: Mapping[str, Any], place: int, reading: Reading) -> Draft:
    head = _row(_own(entry), _ORGANISATION, "organisations", place, reading)
    return _draft(head, entry, _("organisations, item {place}, ").format(place=place), reading)


def _own(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: answer for key, answer in entry.items() if key not in _ITEMS}


def _draft(head: Row, tree: Mapping[str, Any], prefix: str, reading: Reading) -> Draft:
    vulnerabilities, offers = (
        tuple(
            _row(entry, section, prefix + key, place, reading)
            for place, entry in _mappings(tree.get(key), prefix + key, reading)
        )
        for key, section in zip(_ITEMS, (_VULNERABILITY, _OFFER), strict=True)
    )
    return Draft(head, vulnerabilities, offers)


def _row(entry: Mapping[str, Any], section: _Section, sheet: str, place: int | None, reading: Reading) -> Row:
    flat = {key: answer for key, answer in entry.items() if key not in section.groups}
    for group in section.groups:
        flat |= {f"{group}.{key}": answer for key, answer in _group(entry, group, sheet, reading).items()}
    _check_keys(flat, section.names, sheet, place, reading)
    cells = {section.names[key]: _cell(answer) for key, answer in flat.items() if key in section.names}
    return Row(cells, sheet, place, section.keys)


def _group(entry: Mapping[str, Any], key: str, section: str, reading: Reading) -> Mapping[str, Any]:
    group = entry.get(key)
    if isinstance(group, Mapping):
        return group
    if group not in (None, ""):
        reading.tell(Problem(_("this is not a group of answers"), _("keys and answers"), sheet=section, column=key))
    return {}


def _cell(answer: Any) -> Cell:
    """The answer as a cell; a list becomes a tuple, and what is deeper becomes one that no shape accepts."""
    if isinstance(answer, list):
        return tuple(part if isinstance(part, str) else "?" for part in answer)
    return ("?",) if isinstance(answer, Mapping) else answer


def _mappings(given: object, section: str, reading: Reading) -> list[tuple[int, Mapping[str, Any]]]:
    if given is not None and not isinstance(given, list):
        reading.tell(Problem(_("this is not a list"), _("a list, with one entry for each"), sheet=section))
        return []
    reading.admit(len(given or ()))
    entries = list(enumerate(given or (), 1))
    for place, entry in entries:
        if not isinstance(entry, Mapping):
            reading.tell(Problem(_("this is not a group of answers"), _("keys and answers"), sheet=section, row=place))
    return [(place, entry) for place, entry in entries if isinstance(entry, Mapping)]


def _check_keys(
    given: Mapping[str, Any], known: Iterable[str], sheet: str, place: int | None, reading: Reading
) -> None:
    free = [name for name in known if name not in given]
    unknown = given.keys() - known
    for key in islice((key for key in given if key in unknown), _MOST_UNKNOWN):
        reading.meet_unknown(key, free, Problem("", "", sheet=sheet, row=place, column=shown_name(key)))
