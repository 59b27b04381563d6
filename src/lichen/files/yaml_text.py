"""YAML without its surprises: every answer is the text that stands there, so that Norway may be ``NO``.

Aliases, tags and second documents are refused: an audit has no use for them, and each has been somebody's trap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from lichen.files.documents import drafts_in_tree, tree_of
from lichen.files.draft import Draft, Reading
from lichen.files.storage import decoded
from lichen.language import _

__all__ = ["LARGEST", "drafts_in", "text_of", "tree_in", "written"]

LARGEST = 5 * 10**6
"""Bytes."""
_DEEPEST = 12
_MOST_EVENTS = 750_000
_NOTHING = ("", "~", "null", "Null", "NULL")

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def drafts_in(raw: bytes, reading: Reading) -> list[Draft]:
    """The organisations in a YAML document.

    Raises:
        InputError: The document cannot be read, is too large or too deep, or is no audit.
    """
    return drafts_in_tree(tree_in(raw, reading), reading)


def written(drafts: Sequence[Draft], form: str) -> bytes:
    """The drafts as a YAML document, in the letters that they are written in."""
    return text_of(tree_of(drafts, form))


def tree_in(raw: bytes, reading: Reading) -> Any:
    """The groups, lists and single answers in a YAML document; every single answer is text.

    Raises:
        InputError: The document cannot be read, or is too large or too deep.
    """
    reading.is_document = True
    text = decoded(raw, reading)
    events = yaml.parse(text, Loader=_Loader)
    try:
        return _Tree(events, reading).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        right = _("the indentation, colon or quotation mark put right on or before this line")
        if mark and any("\t" in line for line in text.splitlines()[max(0, mark.line - 1) : mark.line + 1]):
            right = _("spaces in place of the tab on or before this line")
        raise reading.refusal(_("this is not YAML"), right, row=mark.line + 1 if mark else None) from None
    except yaml.YAMLError:
        right = _("the file saved anew by a text editor")
        raise reading.refusal(_("the file has a character that YAML does not know"), right) from None


def text_of(tree: Mapping[str, Any]) -> bytes:
    """The document that reads back as the tree."""
    text = yaml.dump(dict(tree), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9)
    return text.encode()


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines, or with letters that nobody sees, in quotation marks that lose nothing."""

    def represent_text(self, text: str) -> yaml.ScalarNode:
        """A text as a scalar that reads back to the letter."""
        style = None if text.isprintable() else '"'
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists below their key, as people do."""
        super().increase_indent(flow, False)


_Dumper.add_representer(str, _Dumper.represent_text)


class _Tree:
    """Builds the document from the parser's events, so that what is refused is never built."""

    def __init__(self, events: Iterator[Any], reading: Reading) -> None:
        self.events = events
        self.reading = reading
        self.seen = 0

    def document(self) -> Any:
        """What the only document holds; None where there is none."""
        tree, documents = None, 0
        while not isinstance(event := self.following(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self.refusal(event, _("the file has a second document"), _("one document a file"))
                tree = self.node(self.following(), 0)
        return tree

    def following(self) -> Any:
        self.seen += 1
        event = next(self.events)
        if self.seen > _MOST_EVENTS:
            raise self.refusal(event, _("the file has more parts than Lichen reads"), _("fewer entries a file"))
        return event

    def node(self, event: Any, depth: int) -> Any:
        """A scalar, list or mapping, beginning with its first event."""
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise self.refusal(event, _("anchors and aliases (& and *) are not read"), _("the text itself"))
        if event.tag is not None:
            raise self.refusal(event, _("tags (!) are not read"), _("the text itself, in quotation marks"))
        if depth > _DEEPEST:
            raise self.refusal(
                event, _("the file is nested too deeply"), _("fewer lists and groups inside one another")
            )
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(depth)
        is_plain = event.implicit[0]
        return None if is_plain and event.value in _NOTHING else event.value

    def sequence(self, depth: int) -> list[Any]:
        entries = []
        while not isinstance(event := self.following(), yaml.SequenceEndEvent):
            entries.append(self.node(event, depth + 1))
        return entries

    def mapping(self, depth: int) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        while not isinstance(event := self.following(), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            if not isinstance(key, str):
                raise self.refusal(event, _("a key is not a word"), _("a word and a colon"))
            if key in answers:
                raise self.refusal(event, _("a key stands twice in one group"), _("each key once"))
            answers[key] = self.node(self.following(), depth + 1)
        return answers

    def refusal(self, event: Any, what: str, right: str) -> Exception:
        return self.reading.refusal(what, right, row=event.start_mark.line + 1)
