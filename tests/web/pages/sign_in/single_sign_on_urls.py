"""The addresses of a host that has named providers for single sign-on."""

from __future__ import annotations

from django.urls import include, path

from lichen_web.pages.sign_in.urls import SINGLE_SIGN_ON
from lichen_web.urls import urlpatterns as house

urlpatterns = [path("account/", include(SINGLE_SIGN_ON)), *house]
