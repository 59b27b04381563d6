"""Whose word goes first where several registers speak of the same organisation."""

from __future__ import annotations

__all__ = ["PRECEDENCE", "place_of"]

PRECEDENCE = ("uk-charities", "irs-bmf", "ror", "form-990", "360giving", "valueflows")
"""Sources in the order in which they are believed on name and place: those that register come before those that
report (ours). Any other comes after them, by name."""


def place_of(source: str) -> str:
    """A key that sorts sources by precedence.

    Example:
        >>> sorted(["our-list", "form-990", "irs-bmf"], key=place_of)
        ['irs-bmf', 'form-990', 'our-list']
    """
    return f"{PRECEDENCE.index(source):02d}" if source in PRECEDENCE else f"99 {source}"
