"""Frozen values out of a document and back, by the types that their fields declare.

A stage says what it keeps in dataclasses; here is the one reader and the one writer of them all. What equals its
default is not written, and what is left out is read as the default.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache, partial
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Final, TypeVar, cast, get_args, get_origin, get_type_hints

from lichen.errors import InputError, Problem
from lichen.files.documents import at_key, check_keys
from lichen.files.draft import Reading, shown_name
from lichen.files.shapes import Amount, Choice, Day, Shape, Text, Whole, YesNo
from lichen.files.wording import some_number, yes_no_words
from lichen.language import _

__all__ = ["EntryReader", "EntryWriter", "RecordReader", "entry_of_record"]

_PAGE, _MOST = 10_000, 1e15
_SHAPES: Mapping[type, Shape] = MappingProxyType(
    {str: Text(_PAGE), bool: YesNo(yes_no_words), int: Whole(0), float: Amount(_MOST, right=some_number), date: Day()}
)

Record = TypeVar("Record")
EntryReader = Callable[[Mapping[str, Any], Problem, Reading], Any]
"""Reads the value that a group of answers at a place describes."""
EntryWriter = Callable[[Any], dict[str, Any]]
"""Makes a value into a group of answers."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """What may stand under one key."""

    kind: Any
    """The type of an answer: that of a single one, a tuple's or a dataclass."""
    may_be_none: bool
    default: Any
    """What is not written; ``MISSING`` where there is always an answer."""


class _Wrong:
    """Stands for an answer that cannot be used; the reading was told."""


_WRONG: Final = _Wrong()


class RecordReader:
    """Reads the values in a document, and tells of everything that is wrong there."""

    def __init__(self, reading: Reading, own_ways: Mapping[type, EntryReader] = MappingProxyType({})) -> None:
        """Begin with nothing left out.

        Args:
            reading: Is told what is wrong.
            own_ways: The classes that are read in another way, such as those that have a format of their own.
        """
        self.reading = reading
        self.own_ways = own_ways
        self.incomplete: set[str] = set()
        """The places of the lists of which something had to be left out."""

    def record(self, answer: object, kind: type[Record], place: Problem) -> Record | None:
        """The value that a group of answers describes; where an answer is wrong, its default stands in.

        Args:
            answer: What stands in the document.
            kind: The class of the value.
            place: Where it stands; only its place is used.

        Returns:
            None where something without a default is missing or wrong.
        """
        value = self._group(kind, answer, place)
        return None if value is _WRONG else cast("Record", value)

    def _value(self, kind: Any, answer: object, place: Problem) -> Any:
        if _is_list(kind):
            return self._list(get_args(kind)[0], answer, place)
        return self._group(kind, answer, place) if _is_group(kind) else self._single(kind, answer, place)

    def _single(self, kind: type, answer: Any, place: Problem) -> Any:
        try:
            return _shape(kind).read(answer)
        except InputError as error:
            self._tell_all(error, place)
            return _WRONG

    def _list(self, kind: Any, answer: object, place: Problem) -> Any:
        """The entries that can be made; a single answer that stands alone is a list of one."""
        if not isinstance(answer, list | Mapping) and not (_is_group(kind) or _is_list(kind)):
            answer = [answer]
        sheet = place.place
        if not isinstance(answer, list):
            self.incomplete.add(sheet)
            return self._refuse(place, _("this is not a list"), _("a list, with one entry for each"))
        self.reading.admit(len(answer))
        entries = (
            self._value(kind, entry, Problem("", "", sheet=sheet, row=number, document=True))
            for number, entry in enumerate(answer, 1)
        )
        kept = tuple(value for value in entries if value is not _WRONG)
        if len(kept) < len(answer):
            self.incomplete.add(sheet)
        return kept

    def _group(self, kind: Any, answer: object, place: Problem) -> Any:
        if not isinstance(answer, Mapping):
            return self._refuse(place, _("this is not a group of answers"), _("keys and answers"))
        if kind in self.own_ways:
            return self.own_ways[kind](answer, place, self.reading)
        self._check_keys(answer, kind, place)
        values: dict[str, Any] = {}
        for name, slot in _slots(kind).items():
            if not _is_left_out(answer.get(name), slot):
                values[name] = self._value(slot.kind, answer[name], _below(place, name))
            elif slot.may_be_none and name in answer:
                values[name] = None
            elif slot.default is MISSING:
                values[name] = self._refuse(_below(place, name), _("this is missing"), _right(slot.kind))
        return self._made(kind, {name: value for name, value in values.items() if value is not _WRONG}, place)

    def _check_keys(self, answer: Mapping[str, Any], kind: Any, place: Problem) -> None:
        """Tell of unknown keys, of those that belong into a group beside them, and of the ends of numbers."""
        slots, elsewhere = _slots(kind), _elsewhere(kind)
        strays = [key for key in answer if key not in slots and (key in elsewhere or key.isdigit())]
        for key in strays:
            if key in elsewhere:
                self._refuse(at_key(place, key), _("this stands in the wrong group"), elsewhere[key])
            else:  # {budget: 9,500} is a budget of 9 to whoever reads YAML
                right = _("the whole number in quotation marks, such as '9,500'")
                self._refuse(at_key(place, shown_name(key)), _("a comma has parted a number"), right)
        check_keys(answer, {*slots, *strays}, place, self.reading)

    def _made(self, kind: Any, values: dict[str, Any], place: Problem) -> Any:
        """The value; where its class refuses an answer, the default stands in."""
        needed = {name for name, slot in _slots(kind).items() if slot.default is MISSING}
        if needed <= values.keys():
            try:
                return kind(**values)
            except InputError as error:
                self._tell_all(error, place)
                refused = {problem.column.partition(".")[0] for problem in error.problems}
            kept = {name: value for name, value in values.items() if name not in refused}
            if needed <= kept.keys():
                with suppress(InputError):
                    return kind(**kept)
        return _WRONG

    def _refuse(self, place: Problem, what: str, right: str) -> _Wrong:
        self.reading.tell(replace(place, what=what, right=right))
        return _WRONG

    def _tell_all(self, error: InputError, place: Problem) -> None:
        for problem in error.problems:
            inner = replace(problem, file="", document=True).place
            self.reading.tell(replace(at_key(place, inner), what=problem.what, right=problem.right))


def entry_of_record(value: Any, own_ways: Mapping[type, EntryWriter] = MappingProxyType({})) -> dict[str, Any]:
    """The value as keys and answers, leaving out whatever is the default.

    Args:
        value: A value whose fields are of the types that a document can hold.
        own_ways: The classes that are written in another way.
    """
    kind: type = type(value)
    if kind in own_ways:
        return own_ways[kind](value)
    answers = ((name, getattr(value, name), slot) for name, slot in _slots(kind).items())
    return {
        name: _plain(answer, own_ways)
        for name, answer, slot in answers
        if slot.default is MISSING or answer != slot.default
    }


@cache
def _slots(kind: type) -> Mapping[str, _Slot]:
    hints = get_type_hints(kind)
    return MappingProxyType({field.name: _slot(field, hints[field.name]) for field in fields(kind)})


@cache
def _elsewhere(kind: type) -> Mapping[str, str]:
    """The keys of the groups in a group, each with its way; the first group that has a key keeps it."""
    groups = [(name, _slots(slot.kind)) for name, slot in _slots(kind).items() if _is_group(slot.kind)]
    return MappingProxyType({inner: f"{name}.{inner}" for name, inners in reversed(groups) for inner in inners})


def _slot(field: Field[Any], hint: Any) -> _Slot:
    options = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    kind = next(option for option in options if option is not NoneType)
    default = field.default if field.default_factory is MISSING else field.default_factory()
    return _Slot(kind, NoneType in options, default)


@cache
def _shape(kind: type) -> Shape:
    return Choice(kind, partial(_option_words, kind)) if issubclass(kind, StrEnum) else _SHAPES[kind]


def _option_words(options: type[StrEnum]) -> Mapping[str, str]:
    return {option: option.replace("_", " ").replace("-", " ") for option in options}


def _below(place: Problem, key: str) -> Problem:
    """The place of what stands under a key; a key of the whole document is a section."""
    return at_key(place, key) if place.sheet else replace(place, sheet=key)


def _is_group(kind: Any) -> bool:
    return is_dataclass(kind)


def _is_list(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _is_left_out(answer: object, slot: _Slot) -> bool:
    """Whether a person would say that nothing stands there; in a text, spaces are something."""
    return answer is None or (isinstance(answer, str) and not answer.strip() and slot.kind is not str)


def _right(kind: Any) -> str:
    """What would be right where nothing stands: what the shape says to something that nobody means."""
    if _is_group(kind):
        return _("keys and answers")
    if _is_list(kind):
        return _("a list, with one entry for each")
    try:
        _shape(kind).read("?")
    except InputError as error:
        return error.problems[0].right
    return _("a few words")


def _plain(answer: Any, own_ways: Mapping[type, EntryWriter]) -> Any:
    if is_dataclass(answer):
        return entry_of_record(answer, own_ways)
    if isinstance(answer, tuple):
        return [_plain(part, own_ways) for part in answer]
    if isinstance(answer, date):
        return answer.isoformat()
    return str(answer) if isinstance(answer, StrEnum) else answer
