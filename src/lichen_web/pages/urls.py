"""The addresses of the pages: one list a room."""

from __future__ import annotations

from django.urls import URLPattern

from lichen_web.pages import front, health

urlpatterns: list[URLPattern] = [
    *front.urls,
    *health.urls,
]
