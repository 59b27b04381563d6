"""The page on the pitfalls says what the table of rules says."""

from __future__ import annotations

from pathlib import Path

from lichen.pitfalls.rules import RULES
from tools.write_pitfalls_reference import reference

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "pitfalls.md"


def test_page_says_what_the_rules_say():
    assert PAGE.read_text(encoding="utf-8") == reference()


def test_page_has_every_rule_once():
    lines = reference().splitlines()
    assert [sum(line.startswith(f"| `{rule.code}` |") for line in lines) for rule in RULES] == [1] * len(RULES)
