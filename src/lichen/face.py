"""A package's public face, whose parts load on first use (PEP 562), so that importing Lichen is quick."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

__all__ = ["lazy_face"]


class _Face(ModuleType):
    """A package that lists its public names, and on which none is hidden by the module of the same name.

    Importing ``package.review`` sets the attribute ``review`` of the package to that module. Where the face
    has a function ``review``, the function must stay, whatever was imported before.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (isinstance(value, ModuleType) and name in self.__all__):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.__all__})


def lazy_face(package: str, homes: Mapping[str, str]) -> tuple[Callable[[str], Any], list[str]]:
    """The ``__getattr__`` and the sorted ``__all__`` of a package whose names live in its modules.

    Args:
        package: The package's ``__name__``.
        homes: For each public name, the module below the package that holds it.

    Example:
        >>> load, names = lazy_face("lichen", {"InputError": "errors"})
        >>> names, load("InputError").__name__
        (['InputError'], 'InputError')
    """

    def load(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{homes[name]}"), name)

    sys.modules[package].__class__ = _Face
    return load, sorted(homes)
