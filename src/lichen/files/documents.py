"""The tree that JSON and YAML have in common: keys, lists and single answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from lichen.capabilities.taxonomy import taxonomy
from lichen.errors import Problem
from lichen.files.draft import Cell, Draft, Reading, Row, shown_name
from lichen.files.schema import AUDIT, OFFER, ORGANISATION, VULNERABILITY, Field
from lichen.language import _

__all__ = ["MANY", "ONE", "at_key", "check_keys", "draft_in_entry", "drafts_in_tree", "entry_of", "tree_of"]

ONE, MANY = "audit/1", "organisations/1"
"""What a file is, and by which version of the format."""

_ALLIANCE = "alliance/"
"""How the form of an alliance begins, which is read elsewhere."""
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
    if str(form).startswith(_ALLIANCE):
        right = _("the audits of its partners; lichen alliance check looks at an alliance")
        raise reading.refusal(_("this is an alliance, not an audit"), right, column="lichen")
    if form == MANY:
        check_keys(tree, (*_TOP, "organisations"), Problem("", ""), reading)
        entries = _mappings(tree.get("organisations"), "organisations", reading)
        return [_listed(entry, place, reading) for place, entry in entries]
    if form != ONE:
        raise reading.refusal(
            _("this file has another format, perhaps of a newer Lichen"), f"{ONE}, {MANY}", column="lichen"
        )
    return [draft_in_entry(tree, "", reading)]


def draft_in_entry(tree: Mapping[str, Any], place: str, reading: Reading) -> Draft:
    """The organisation that the keys of an audit describe.

    Args:
        tree: The keys; those that name the format may stand among them.
        place: Where they stand, such as ``partners, item 2``; empty for a file of their own.
        reading: Is told what is wrong.
    """
    below = f"{place}, " if place else ""
    check_keys(tree, (*_TOP, "organisation", *_AROUND, *_ITEMS), Problem("", "", sheet=place), reading)
    organisation = _group(tree, "organisation", place, reading)
    inner = _row(_own(organisation), _ORGANISATION, f"{below}organisation", None, reading)
    outer = _row({key: tree[key] for key in _AROUND if key in tree}, _AUDIT, place, None, reading)
    columns = {name: f"organisation.{key}" for name, key in inner.columns.items()} | dict(outer.columns)
    head = Row({**inner.cells, **outer.cells}, place, columns=columns)
    for key in _ITEMS:
        if key in tree and key in organisation:
            what = _("this stands inside the organisation, too")
            reading.tell(Problem(what, _("one of the two"), sheet=place, column=key))
    return _draft(head, {**organisation, **tree}, below, reading)


def tree_of(drafts: Sequence[Draft], form: str) -> dict[str, Any]:
    """The drafts as a document; ``form`` is :data:`ONE` for a single audit, else :data:`MANY`."""
    top: dict[str, Any] = {"lichen": form, "taxonomy": taxonomy().version}
    if form == MANY:
        return top | {"organisations": [_nested(draft.head, ORGANISATION) | _items_of(draft) for draft in drafts]}
    return top | entry_of(drafts[0])


def entry_of(draft: Draft) -> dict[str, Any]:
    """The draft as the keys of an audit, without those that name the format."""
    return {"organisation": _nested(draft.head, ORGANISATION)} | _nested(draft.head, AUDIT) | _items_of(draft)


def check_keys(given: Mapping[str, Any], known: Iterable[str], place: Problem, reading: Reading) -> None:
    """Tell of keys that look mistyped, and note any other that is not known.

    Args:
        given: The keys of one group.
        known: Those that it may have.
        place: Where the group stands; only its place is used.
        reading: Is told.
    """
    free = [name for name in known if name not in given]
    unknown = given.keys() - known
    for key in islice((key for key in given if key in unknown), _MOST_UNKNOWN):
        reading.meet_unknown(key, free, at_key(place, shown_name(key)))


def at_key(place: Problem, key: str) -> Problem:
    """The place of what stands under a key of the group at a place.

    Example:
        >>> at_key(Problem("", "", sheet="pilots", row=2, column="terms", document=True), "budget").place
        'pilots, item 2, terms.budget'
    """
    return replace(place, column=".".join(filter(None, (place.column, key))))


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
    check_keys(flat, section.names, Problem("", "", sheet=sheet, row=place), reading)
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
