"""Every address of the house."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("lichen_web.pages.sign_in.urls")),
    path("", include("lichen_web.pages.urls")),
]

handler400 = "lichen_web.pages.errors.unreadable"
handler403 = "lichen_web.pages.errors.not_allowed"
handler404 = "lichen_web.pages.errors.not_there"
handler500 = "lichen_web.pages.errors.broken"
