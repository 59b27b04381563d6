"""The pages of a brief as plain entries, to be kept and read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from lichen.brief.pages import Block, Facts, Items, Page, Section, Speech, Text

__all__ = ["page_entries", "pages_from"]

_KINDS: Mapping[str, type[Block]] = {"text": Text, "speech": Speech, "items": Items, "facts": Facts}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def page_entries(pages: Sequence[Page]) -> list[dict[str, Any]]:
    """The pages as mappings, lists and texts.

    Example:
        >>> page = Page("theirs", "Try", "us and you", (Section("What", (Text("A room."),)),), "")
        >>> pages_from(page_entries([page])) == (page,)
        True
    """
    return [
        {
            **asdict(page),
            "sections": [
                {"heading": section.heading, "blocks": [_entry(block) for block in section.blocks]}
                for section in page.sections
            ],
        }
        for page in pages
    ]


def pages_from(entries: Sequence[Mapping[str, Any]]) -> tuple[Page, ...]:
    """The pages that :func:`page_entries` made entries of."""
    return tuple(Page(**{**entry, "sections": tuple(map(_section, entry["sections"]))}) for entry in entries)


def _entry(block: Block) -> dict[str, Any]:
    return {"kind": _NAMES[type(block)], **asdict(block)}


def _section(entry: Mapping[str, Any]) -> Section:
    return Section(entry["heading"], tuple(map(_block, entry["blocks"])))


def _block(entry: Mapping[str, Any]) -> Block:
    said = {name: _tuples(value) for name, value in entry.items() if name != "kind"}
    return _KINDS[entry["kind"]](**said)


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list | tuple) else value
