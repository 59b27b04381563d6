"""The settings of the house, as the tests have them: a home that is thrown away, and nothing slow."""

from __future__ import annotations

import os
import tempfile

if "PYTEST_XDIST_WORKER" in os.environ or "LICHEN_HOME" not in os.environ:
    os.environ["LICHEN_HOME"] = tempfile.mkdtemp(prefix="lichen-test-")  # one a process: they run side by side

os.environ.setdefault("LICHEN_SECOND_FACTOR", "nobody")  # a test of its own turns it on

from lichen_web.settings import *  # noqa: F403 - the home has to be known before
from lichen_web.settings import DATABASES, STATIC_ROOT, STORAGES

DATABASES = {"default": {**DATABASES["default"], "ENGINE": "tests.web.sqlite"}}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STATIC_ROOT.mkdir(exist_ok=True)
