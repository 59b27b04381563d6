"""The cast before the pages: browsers of whoever asks, and the cast itself."""

from __future__ import annotations

from tests.web.alliances.conftest import cast, entered_cast

__all__ = ["cast", "entered_cast"]
