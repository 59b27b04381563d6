"""The addresses of opening up, gathered from its parts."""

from __future__ import annotations

from django.urls import URLPattern

from lichen_web.pages.disclosure import dealings, messages, opening, shown, taking_back

__all__ = ["urls"]

urls: list[URLPattern] = [
    *dealings.urls,
    *opening.urls,
    *taking_back.urls,
    *messages.urls,
    *shown.urls,
]
