"""The addresses of a host one of whose providers speaks SAML."""

from __future__ import annotations

from django.urls import include, path

from lichen_web.pages.sign_in.saml import saml_urls
from lichen_web.pages.sign_in.urls import SINGLE_SIGN_ON
from lichen_web.urls import urlpatterns as house

urlpatterns = [path("account/", include([*SINGLE_SIGN_ON, *saml_urls()])), *house]
