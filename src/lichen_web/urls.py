"""Every address of the house."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("lichen_web.pages.sign_in.urls")),
    path("", include("lichen_web.pages.urls")),
]
