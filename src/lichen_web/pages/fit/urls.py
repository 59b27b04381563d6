"""The addresses of the fit among members, gathered from its parts."""

from __future__ import annotations

from django.urls import URLPattern

from lichen_web.pages.fit import exclusions, proposals, publishing

__all__ = ["urls"]

urls: list[URLPattern] = [
    *proposals.urls,
    *publishing.urls,
    *exclusions.urls,
]
