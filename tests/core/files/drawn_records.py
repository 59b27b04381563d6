"""Any value that an alliance's file can hold, drawn from the types of its fields."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import reject
from hypothesis import strategies as st

from lichen.errors import InputError
from tests.core.files.drawn import words

SINGLE: dict[type, st.SearchStrategy[Any]] = {
    str: words | st.sampled_from(("a", "b", "1/2", "0" * 64)),
    bool: st.booleans(),
    int: st.integers(1, 5) | st.integers(0, 10**9 - 1),
    float: st.floats(0, 1e15).map(abs) | st.floats(-1e6, 0).map(lambda number: number + 0.0),
    date: st.dates(date(1900, 1, 1)),
}
LIKELY: dict[type, st.SearchStrategy[Any]] = {
    str: st.sampled_from(("a", "b", "1/2", "0" * 64)),
    int: st.integers(1, 5),
    float: st.floats(1, 100),
    date: st.just(date(2026, 11, 22)),
}
"""What most classes accept, for where they refuse what was drawn."""


def answers(kind: Any) -> st.SearchStrategy[Any]:
    if isinstance(kind, UnionType):
        return st.none() | st.one_of(*(answers(part) for part in get_args(kind) if part is not NoneType))
    if get_origin(kind) is tuple:
        return st.lists(answers(get_args(kind)[0]), max_size=2).map(tuple)
    if is_dataclass(kind):
        return records(kind)
    return st.sampled_from(kind) if issubclass(kind, StrEnum) else SINGLE[kind]


@st.composite
def records(draw: st.DrawFn, kind: Any) -> Any:
    """A value of a class, which has defaults where the class refuses what was drawn."""
    hints = get_type_hints(kind)
    has_default = {field.name: (field.default, field.default_factory) != (MISSING, MISSING) for field in fields(kind)}
    drawn = {
        name: draw(answers(hint))
        for name, hint in hints.items()
        if not has_default[name] or draw(st.integers(0, 2)) == 0
    }
    for _turn in range(8):
        try:
            return kind(**drawn)
        except InputError as error:
            refused = {problem.column.partition(".")[0] for problem in error.problems}
            drawn = {name: value for name, value in drawn.items() if name not in refused or not has_default[name]}
            drawn |= {name: draw(likely(hints[name])) for name in refused if not has_default.get(name, True)}
    return reject()


def likely(kind: Any) -> st.SearchStrategy[Any]:
    if get_origin(kind) is tuple:
        return st.just(("a", "b")) if get_args(kind)[0] is str else answers(kind)
    return LIKELY.get(kind, answers(kind))
