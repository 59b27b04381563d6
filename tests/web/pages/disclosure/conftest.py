"""The cast before the pages of a dealing."""

from __future__ import annotations

from tests.web.alliances.conftest import cast, entered_cast

__all__ = ["cast", "entered_cast"]
