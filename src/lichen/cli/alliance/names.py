"""What partners are called, by their ids."""

from __future__ import annotations

from collections.abc import Mapping

from lichen.alliance.values import Alliance

__all__ = ["names_of", "team_name"]


def names_of(alliance: Alliance) -> Mapping[str, str]:
    """The partners' names by their ids."""
    return {audit.organisation.id: audit.organisation.name for audit in alliance.partners}


def team_name(names: Mapping[str, str], id: str) -> str:
    """The name of a partner; its id where it has none.

    Example:
        >>> team_name({"a": "Almond House"}, "a"), team_name({}, "b")
        ('Almond House', 'b')
    """
    return names.get(id) or id
