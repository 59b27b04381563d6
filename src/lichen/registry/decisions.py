"""What people have decided about likely twins, kept in the store and heeded whenever it is read.

The parts are never changed by it, so that a decision can be taken back, and a register loaded anew stands under
the decisions that were made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from lichen.errors import InputError, Problem
from lichen.language import _
from lichen.registry.arrow import pa
from lichen.registry.columns import entry_of, table_of
from lichen.registry.joining import layered
from lichen.registry.manifest import replaced
from lichen.registry.precedence import place_of

__all__ = ["DECISIONS", "Decided", "Decision", "Ids", "joined_rows", "keep_decisions", "read_decided", "read_decisions"]

DECISIONS = "decisions.json"
"""The name of the file."""
_LARGEST = 512 * 2**20

Ids = tuple[str, str]
"""Two ids, the lesser first; the same twice for entries of one id in several registers."""


class Decision(StrEnum):
    """What a person says of two entries."""

    SAME = "same"
    """They are one organisation."""
    DIFFERENT = "different"
    """They are not."""
    ASK = "ask"
    """Nobody has decided."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided, as a reader heeds it."""

    groups: tuple[tuple[str, ...], ...]
    """Ids that are one organisation, sorted; it goes by the first."""
    ids: pa.Array
    """All ids of all groups."""


def read_decisions(store: Path) -> dict[Ids, Decision]:
    """What people have decided so far, by pair of ids.

    Raises:
        InputError: The file cannot be used.
    """
    path = store / DECISIONS
    if not path.is_file():
        return {}
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError
        found = json.loads(path.read_text(encoding="utf-8"))
        return {(str(first), str(second)): Decision(said) for first, second, said in found}
    except (OSError, ValueError, TypeError, RecursionError):
        what, right = _("this does not say what was decided about twins"), _("lichen registry twins --apply FILE")
        raise InputError(Problem(what, right, file=DECISIONS)) from None


def keep_decisions(store: Path, decisions: Mapping[Ids, Decision]) -> None:
    """Put these decisions in the place of all earlier ones.

    Raises:
        InputError: Some are the same as others that they are said to be different from.
    """
    home = {one: group[0] for group in _groups(decisions) for one in group}
    torn = [
        pair
        for pair, said in decisions.items()
        if said is Decision.DIFFERENT and pair[0] != pair[1] and home.get(pair[0], 0) == home.get(pair[1], 1)
    ]
    if torn:
        right = _("every two of them same, or one of the others different too")
        what = _("these are said to be different, and each the same as a third")
        raise InputError([Problem(f"{what}: {first}, {second}", right) for first, second in sorted(torn)[:50]])
    kept = [[*pair, said.value] for pair, said in sorted(decisions.items()) if said is not Decision.ASK]
    replaced(store / DECISIONS, json.dumps(kept, ensure_ascii=False, indent=0).encode())


def read_decided(store: Path) -> Decided:
    """What was decided to be the same.

    Raises:
        InputError: What was decided cannot be read.
    """
    groups = _groups(read_decisions(store))
    return Decided(groups, pa.array([one for group in groups for one in group], pa.string()))


def joined_rows(groups: Iterable[Sequence[str]], rows: Callable[[Iterable[str]], list[dict[str, Any]]]) -> pa.Table:
    """One row for each group that has entries, with what all its entries suggest.

    Args:
        groups: Ids that are one organisation, sorted.
        rows: Gives every entry under some ids.
    """
    wanted = list(groups)
    by_id: dict[str, list[dict[str, Any]]] = {}
    for row in rows(one for group in wanted for one in group):
        by_id.setdefault(row["id"], []).append(row)
    found = []
    for group in wanted:
        own = [row for one in group for row in sorted(by_id.get(one, []), key=lambda row: place_of(row["source"]))]
        if own:
            own.sort(key=lambda row: row["id"] != group[0])
            named = "+".join(dict.fromkeys(row["source"] for row in own))
            found.append((named, layered([entry_of(row) for row in own])))
    return table_of(found)


def _groups(decisions: Mapping[Ids, Decision]) -> tuple[tuple[str, ...], ...]:
    leader: dict[str, str] = {}

    def led(one: str) -> str:
        while leader.setdefault(one, one) != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for (first, second), said in decisions.items():
        if said is Decision.SAME:
            ahead, behind = sorted((led(first), led(second)))
            leader[behind] = ahead
    groups: dict[str, list[str]] = {}
    for one in sorted(leader):
        groups.setdefault(led(one), []).append(one)
    return tuple(tuple(group) for group in groups.values())
