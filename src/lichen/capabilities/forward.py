"""The forward map: codes renamed, split or merged since an audit was written stay readable."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files

__all__ = ["carry_forward", "successors"]

ForwardMap = Mapping[str, tuple[str, ...]]


@cache
def _shipped() -> ForwardMap:
    raw = json.loads((files("lichen.capabilities") / "forward.json").read_text(encoding="utf-8"))
    return {old: tuple(new) for changes in raw.values() for old, new in changes.items()}


def successors(code: str, forward: ForwardMap | None = None) -> tuple[str, ...]:
    """The codes that a code has become, likeliest first: itself if it never changed.

    Renamed and merged codes have one successor, split ones several. Chains are followed to their end.

    Args:
        code: A code of any version of the taxonomy.
        forward: Another map than the one that ships: old code to new codes.

    Example:
        >>> successors("service.basic_needs")
        ('service.hardship_relief', 'service.housing')
        >>> successors("trust.community")
        ('trust.community',)
    """
    steps = _shipped() if forward is None else forward
    found: dict[str, None] = {}
    waiting, seen = [code], set[str]()
    while waiting:
        current = waiting.pop(0)
        if current in seen:
            continue
        seen.add(current)
        if current in steps:
            waiting = [*steps[current], *waiting]
        else:
            found[current] = None
    return tuple(found)


def carry_forward(
    measures: Mapping[str, float],
    merge: Callable[[Iterable[float]], float] = max,
    forward: ForwardMap | None = None,
) -> dict[str, float]:
    """Old measures under today's codes, so that a series can be continued.

    A split code gives its value to each successor; where several old codes became one, ``merge`` decides
    (the largest by default, since a gap is not smaller for being described together with others).

    Example:
        >>> carry_forward({"service.basic_needs": 4.0, "trust.community": 2.0})
        {'service.hardship_relief': 4.0, 'service.housing': 4.0, 'trust.community': 2.0}
    """
    gathered: dict[str, list[float]] = {}
    for code, value in measures.items():
        for new in successors(code, forward):
            gathered.setdefault(new, []).append(value)
    return {code: merge(values) for code, values in gathered.items()}
