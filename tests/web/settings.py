"""The settings of the house, as the tests have them: a home that is thrown away, and nothing slow."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("LICHEN_HOME", tempfile.mkdtemp(prefix="lichen-test-"))

from lichen_web.settings import *  # noqa: F403 - the home has to be known before
from lichen_web.settings import DATABASES, STATIC_ROOT, STORAGES

DATABASES = {"default": {**DATABASES["default"], "ENGINE": "tests.web.sqlite"}}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STATIC_ROOT.mkdir(exist_ok=True)
