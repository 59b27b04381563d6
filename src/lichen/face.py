"""A package's public face, whose parts load on first use (PEP 562), so that importing Lichen is quick."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

__all__ = ["lazy_face"]


def lazy_face(package: str, homes: Mapping[str, str]) -> tuple[Callable[[str], Any], list[str]]:
    """The ``__getattr__`` and the sorted ``__all__`` of a package whose names live in its modules.

    Args:
        package: The package's ``__name__``.
        homes: For each public name, the module below the package that holds it.

    Example:
        >>> load, names = lazy_face("collections", {"Mapping": "abc"})
        >>> names, load("Mapping").__name__
        (['Mapping'], 'Mapping')
    """

    def load(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{homes[name]}"), name)

    return load, sorted(homes)
