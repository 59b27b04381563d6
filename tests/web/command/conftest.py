"""What the commands are tried with."""

from __future__ import annotations

import socket

import pytest


@pytest.fixture
def port() -> int:
    """Where nothing listens on this machine."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
