"""Answers to a list of questions in a file: one for each, by the name of its question."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lichen.errors import InputError
from lichen.files import json_text, yaml_text
from lichen.files.draft import Reading
from lichen.files.storage import checked_size, read_bounded
from lichen.language import _

__all__ = ["read_answers", "read_answers_text"]

_LARGEST = 100_000
"""Bytes."""


def read_answers(path: Path) -> Mapping[str, str]:
    """The answers in a YAML or JSON file, by their questions.

    Args:
        path: The file.

    Raises:
        InputError: It cannot be used.
    """
    return read_answers_text(read_bounded(path, _LARGEST, Reading(path.name)), path.name)


def read_answers_text(raw: bytes, name: str) -> Mapping[str, str]:
    """The answers in a document, by their questions.

    Args:
        raw: YAML or JSON.
        name: What to call it where it cannot be used.

    Raises:
        InputError: It cannot be read, or is no list of questions with one answer each.
    """
    reading = Reading(name)
    reader = json_text if raw.lstrip()[:1] == b"{" else yaml_text
    tree = reader.tree_in(checked_size(raw, _LARGEST, reading), reading)
    if not isinstance(tree, Mapping) or not all(isinstance(each, str) for each in tree.values()):
        raise _not_answers(reading)
    return {str(question): answer for question, answer in tree.items() if answer.strip()}


def _not_answers(reading: Reading) -> InputError:
    return reading.refusal(_("this is no list of answers"), _("lines such as “horizon: long”"))
