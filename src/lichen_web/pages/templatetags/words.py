"""Filters that say a value in the words of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from lichen_web.pages.words import ROLES, SECTORS, SIZES

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["register", "role_words", "sector_words", "size_words"]

register = template.Library()


@register.filter
def sector_words(sector: str) -> StrOrPromise:
    """What an organisation is."""
    return SECTORS[sector]


@register.filter
def size_words(size: str) -> StrOrPromise:
    """Its income in a year."""
    return SIZES[size]


@register.filter
def role_words(role: str) -> StrOrPromise:
    """What somebody is in it."""
    return ROLES[role]
