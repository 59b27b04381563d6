"""Writes the reference of the pitfalls from the table of rules, so that the two cannot differ.

python tools/write_pitfalls_reference.py docs/reference/pitfalls.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from lichen.pitfalls.rules import RULES, PitfallRules, Rule
from lichen.pitfalls.values import Pitfall, RuleBasis
from lichen.pitfalls.words import basis_words, next_step, threshold_words

HEAD = """# Pitfalls

Every rule of `lichen pitfalls`, generated from the table in `lichen.pitfalls.rules` by `make pages`. {article} of the
{all} thresholds are the article's own practice, the others our proposals; nobody has tested any of them. Each with
a name is a field of `PitfallRules` and can be changed. What asks for a look may be right as it is.
"""


def reference() -> str:
    """The whole page."""
    article = sum(rule.basis is RuleBasis.ARTICLE for rule in RULES)
    parts = [HEAD.format(article=article, all=len(RULES)), *(part for pitfall in Pitfall for part in _section(pitfall))]
    return "\n".join(parts)


def _section(pitfall: Pitfall) -> Iterator[str]:
    rows = [_row(rule) for rule in RULES if rule.pitfall is pitfall]
    yield f"## {str(pitfall).capitalize()}\n"
    yield "| rule | asks to | looks at | threshold | from | what to do next |"
    yield "|---|---|---|---|---|---|"
    yield "\n".join(rows) + "\n"


def _row(rule: Rule) -> str:
    limit = f"`{rule.limit}`: {threshold_words(rule, PitfallRules())}" if rule.limit else threshold_words(rule)
    cells = (f"`{rule.code}`", rule.weight, rule.looks_at, limit, basis_words(rule), next_step(rule.code))
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), encoding="utf-8")
