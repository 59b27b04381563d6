"""Filters that say a value in the words of the pages."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django import template

from lichen_web.alliances.access.events import EventView
from lichen_web.pages.happenings import told
from lichen_web.pages.words import roles, sector, sizes

__all__ = ["happening", "of", "register", "role_words", "sector_words", "size_words"]

register = template.Library()


@register.filter
def of(told: Mapping[UUID, object], one: UUID) -> object:
    """What is told of one; none where nothing is."""
    return told.get(one)


@register.filter
def sector_words(one: str) -> str:
    """What an organisation is."""
    return sector(one)


@register.filter
def size_words(size: str) -> str:
    """Its income in a year."""
    return sizes()[size]


@register.filter
def role_words(role: str) -> str:
    """What somebody is in it."""
    return roles()[role]


@register.filter
def happening(event: EventView) -> str:
    """What happened, in a sentence."""
    return told(event)
