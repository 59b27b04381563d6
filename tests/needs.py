"""What some tests need from the machine: they say so when it is missing, and fail where everything must be there."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def missing(package: str) -> NoReturn:
    """Skip the test, or fail it where ``CI=true`` says that nothing may be missing."""
    why = f"{package} is not installed; as root on Debian, tools/prepare_tests.py installs it"
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)
