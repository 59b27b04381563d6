"""The addresses of the pages about organisations that are no members, gathered from their parts."""

from __future__ import annotations

from django.urls import URLPattern

from lichen_web.pages.listed import correcting, organisation, searching

__all__ = ["urls"]

urls: list[URLPattern] = [*searching.urls, *organisation.urls, *correcting.urls]
