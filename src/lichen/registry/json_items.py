"""The items of a list in a JSON file that may be larger than memory, one at a time."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from lichen.errors import InputError, Problem
from lichen.language import _
from lichen.registry.entries import Item, Skip
from lichen.registry.table_rows import opened

__all__ = ["LARGEST_ITEM", "json_items"]

LARGEST_ITEM = 4 * 2**20
"""Characters of one item: an honest one has some thousands."""
_CHUNK = 2**18
_BLANK = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def json_items(path: Path, lists: Collection[str] = ()) -> Iterator[Item]:
    """The objects of a list in a JSON file, packed by gzip or not: the whole file's, or those of lists that it names.

    Args:
        path: The file: a list, or an object that has some of ``lists``.
        lists: Keys under which lists may stand, such as ``grants``. What stands under another key is left alone.

    Raises:
        InputError: The file cannot be read, is no JSON, or has no such list.
    """
    with opened(path) as (file, raw):
        text = _Text(file, raw, path.name)
        first = text.peek()
        if first == "[":
            yield from _members(text, 0)
        elif first == "{":
            yield from _of_lists(text, lists)
        else:
            raise text.refusal()


class _Text:
    """The text of a file from where it has been read to, a chunk at a time."""

    def __init__(self, file: BinaryIO, raw: BinaryIO, name: str) -> None:
        self.file, self.raw, self.name = file, raw, name
        self.decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self.buffer, self.at, self.ended = "", 0, False

    def more(self) -> bool:
        """Read another chunk; at least as much as there is, so that a long item is not tried again and again."""
        if self.ended:
            return False
        data = self.file.read(max(_CHUNK, len(self.buffer) - self.at))
        self.ended = not data
        try:
            self.buffer = self.buffer[self.at :] + self.decoder.decode(data, final=self.ended)
        except UnicodeDecodeError:
            raise self.refusal(_("the text is not in UTF-8")) from None
        self.at = 0
        return True

    def peek(self) -> str:
        """The next sign that is not blank; empty at the end."""
        while True:
            self.at = _BLANK.match(self.buffer, self.at).end()  # type: ignore[union-attr]
            if self.at < len(self.buffer):
                return self.buffer[self.at]
            if not self.more():
                return ""

    def take(self, sign: str) -> None:
        """Pass a sign that must come."""
        if self.peek() != sign:
            raise self.refusal()
        self.at += 1

    def value(self) -> Any:
        """The value that comes next."""
        self.peek()
        while True:
            try:
                found, end = _DECODER.raw_decode(self.buffer, self.at)
                if end - self.at > LARGEST_ITEM:
                    raise self.refusal(_("an item is larger than any honest one"))
                if end < len(self.buffer) or self.ended:
                    self.at = end
                    return found
            except InputError:
                raise
            except ValueError:
                if self.ended:
                    raise self.refusal() from None
            except RecursionError:
                raise self.refusal(_("lists stand within lists without end")) from None
            if len(self.buffer) - self.at > LARGEST_ITEM:
                raise self.refusal(_("an item is larger than any honest one"))
            self.more()

    def refusal(self, what: str = "") -> InputError:
        right = _("the file as its register gives it")
        return InputError(Problem(what or _("this is no list in JSON"), right, self.name))


def _members(text: _Text, before: int) -> Iterator[Item]:
    text.take("[")
    number = before
    while text.peek() != "]":
        if number > before:
            text.take(",")
        number += 1
        found = text.value()
        at = text.raw.tell()
        yield Item(number, at, found) if isinstance(found, dict) else Item(number, at, broken=Skip.BROKEN)
    text.take("]")


def _of_lists(text: _Text, lists: Collection[str]) -> Iterator[Item]:
    text.take("{")
    number, found, first = 0, False, True
    while text.peek() != "}":
        if not first:
            text.take(",")
        first = False
        key = text.value()
        text.take(":")
        if key in lists and text.peek() == "[":
            found = True
            for item in _members(text, number):
                number = item.number
                yield item
        else:
            text.value()
    if not found:
        what = _("the file has none of the lists {names}").format(names=", ".join(sorted(lists)))
        raise text.refusal(what)
