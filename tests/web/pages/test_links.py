"""What leads somewhere is a link, whatever it looks like; what acts is a button."""

from __future__ import annotations

import re
from pathlib import Path

import lichen_web.pages

PAGES = Path(lichen_web.pages.__file__).parent


def test_no_template_calls_a_link_a_button():
    """The space key would have to press it."""
    calling = re.compile(r"<a\b[^>]*role=.button", re.DOTALL)
    found = [path.name for path in PAGES.rglob("*.html") if calling.search(path.read_text(encoding="utf-8"))]
    assert found == []
