"""JSON, strictly: no key twice, no number that is none, no depth that nobody meant."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from lichen.files.documents import drafts_in_tree, tree_of
from lichen.files.draft import Draft, Reading
from lichen.files.storage import decoded
from lichen.language import _

__all__ = ["LARGEST", "drafts_in", "text_of", "tree_in", "written"]

LARGEST = 64 * 2**20
"""Bytes; room for some twenty thousand organisations."""
_MOST_PARTS = 3_000_000


def drafts_in(raw: bytes, reading: Reading) -> list[Draft]:
    """The organisations in a JSON document.

    Raises:
        InputError: The document cannot be read, is too large or too deep, or is no audit.
    """
    return drafts_in_tree(tree_in(raw, reading), reading)


def written(drafts: Sequence[Draft], form: str) -> bytes:
    """The drafts as a JSON document, in the letters that they are written in."""
    return text_of(tree_of(drafts, form))


def tree_in(raw: bytes, reading: Reading) -> Any:
    """The groups, lists and single answers in a JSON document; a number is the text that stands there.

    Raises:
        InputError: The document cannot be read, or is too large or too deep.
    """
    reading.is_document = True
    if sum(map(raw.count, (b"{", b"[", b","))) > _MOST_PARTS:
        raise reading.refusal(_("the file has more parts than Lichen reads"), _("fewer entries a file"))
    text = decoded(raw, reading)
    try:
        return json.loads(text, object_pairs_hook=_mapping, parse_int=str, parse_float=str, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        right = _("a comma, bracket or quotation mark put right on or before this line")
        raise reading.refusal(_("this is not JSON"), right, row=error.lineno) from None
    except RecursionError:
        raise reading.refusal(
            _("the file is nested too deeply"), _("fewer lists and groups inside one another")
        ) from None
    except _Refused as error:
        raise reading.refusal(*error.args) from None


def text_of(tree: Mapping[str, Any]) -> bytes:
    """The document that reads back as the tree."""
    return (json.dumps(tree, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


class _Refused(Exception):
    pass


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        raise _Refused(_("a key stands twice in one group"), _("each key once"))
    return mapping


def _refuse(_constant: str) -> NoReturn:
    raise _Refused(_("NaN and Infinity are no numbers"), _("a number, or no such key"))
