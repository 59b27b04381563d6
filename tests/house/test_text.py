"""What the project must not say: figures of the article as its own, machines, servers, the place where it was made."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import ROOT, Module, functions, offenders, project_files

CLAIMED = {0.73, 0.90, 0.60, 0.40, 0.35, 0.30, 0.28}
"""The article's outcomes, as shares: never a default, a prior, a target or a benchmark. A half is too ordinary."""

COINCIDENCES = {
    "lichen.capabilities.taxonomy: RELATED_FLOOR = 0.4": "where a similarity judged by hand stops to count",
    "lichen.audit.findings: unevidenced = 0.3": "how many offers may be without evidence before a review says so",
    "lichen.audit.team: TALK_BELOW = 0.3": "how little agreement of a team asks for a talk",
    "lichen.pitfalls.rules: cover_gap = 0.35": "how far apart two covers may be before one side needs the other more",
    "lichen.pitfalls.rules: power = 0.6": "how much of all say one partner may hold before it decides for the others",
    "lichen.progress.attainment: attainment_score(correlation) = 0.3": "Kiresuk and Sherman's (1968) own assumption",
    "lichen.progress.values: correlation = 0.3": "the same",
    "lichen.registry.ntee: CLASS_CONFIDENCE = 0.6": "how sure a class of activity says what its organisation can do",
    "lichen.registry.ror: CONFIDENCE = 0.6": "how sure a kind of research organisation says what it can do",
    "lichen.registry.synthetic: _SPREAD = 0.35": "how far invented organisations lie from the middle of a region",
    "lichen.registry.synthetic: with_gaps = 0.6": "the share of invented organisations that have gaps",
    "lichen.registry.three_sixty_giving: GIVING_CONFIDENCE = 0.9": "how sure somebody who gave a grant can give grants",
    "lichen.registry.twins: postcode = 0.9": "how sure one name at one postcode is one organisation",
    "lichen.registry.suggestions: LEAST_CONFIDENCE = 0.3": "how likely a suggestion must be to be made",
    "lichen.registry.suggestions: _LEAST_OF_A_GAP = 0.6": "the same for a gap, which is a claim about somebody else",
    "lichen.scales: EVIDENCE_WEIGHTS = 0.6": "the lowest step of the evidence ladder",
    "lichen.scales: EVIDENCE_WEIGHTS = 0.9": "the fourth step of the evidence ladder",
}
"""Constants and defaults that have such a value for a reason of their own."""

FRAMEWORK = ROOT / "docs" / "discussion" / "framework.md"
TOLD = {
    ROOT / "src" / "lichen" / place
    for place in ("advisor/comparison.py", "locale/lichen.pot", "progress/claims.py", "progress/published.py")
} | {*(ROOT / "src" / "lichen" / "cases" / "heads").iterdir()}
"""Where figures stand as somebody's: the article's claims, each told as one, and what others have published."""
TEXT = [path for path in project_files() if path.suffix not in {".npz", ".xlsx", ".png", ".mo", ".svg"}]

OUTCOMES = re.compile("fail|succe|satisf|dropout|turnover|negotiat|friction|retention|asymmetr|vaccin|spoilage")
PERCENTAGE = re.compile(r"\b(73|90|60|50|40|35|30|28|25|15|10|5)\s?(%|per\s?cent\b)")
MACHINES = re.compile(
    r"(?<![\w.])/(?:work|root|tmp|opt(?!/lichen\b))/[a-z]|\.\./shared/|\bshared/(?:design|stack|style|domain)"
)
"""Where somebody happened to work on this; a host's own server has Lichen under /opt/lichen, and that may be said."""
SERVERS = re.compile(r"--(?:extra-)?index-url|--find-links|pypi\.(?:org|python)|pythonhosted|registry\.npmjs", re.I)
PLACE = re.compile(r"\b(?:LLMs?|chatbots?|Anthropic|OpenAI|ChatGPT|Copilot|sub-?agents?|this session|the CEO)\b", re.I)


def hits(*patterns: re.Pattern[str], among: list[Path] = TEXT) -> list[str]:
    """The lines in which every pattern is found, this file's own left out."""
    return [
        f"{path.relative_to(ROOT).as_posix()}:{number}"
        for path in among
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if all(pattern.search(line) for pattern in patterns)
    ]


def settled(module: Module) -> Iterator[tuple[str, ast.expr]]:
    """What a module fixes: its constants, its fields' defaults, its functions' defaults."""
    scopes = [module.tree, *(node for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef))]
    for scope in scopes:
        for node in scope.body:
            if isinstance(node, ast.Assign):
                yield ast.unparse(node.targets[0]), node.value
            elif isinstance(node, ast.AnnAssign) and node.value is not None:
                yield ast.unparse(node.target), node.value
    for function in functions(module.tree):
        given = function.args
        named = [*(given.posonlyargs + given.args)[-len(given.defaults) :]] if given.defaults else []
        yield from zip([f"{function.name}({arg.arg})" for arg in named], given.defaults, strict=True)
        for arg, default in zip(given.kwonlyargs, given.kw_defaults, strict=True):
            if default is not None:
                yield f"{function.name}({arg.arg})", default


def test_no_default_is_a_figure_of_the_article():
    def claimed(module: Module) -> set[str]:
        found = {
            f"{module}: {name} = {part.value}"
            for name, value in settled(module)
            for part in ast.walk(value)
            if isinstance(part, ast.Constant) and isinstance(part.value, float) and part.value in CLAIMED
        }
        return found - set(COINCIDENCES)

    assert offenders(claimed) == {}, "a figure with a source of its own needs a line in COINCIDENCES"


def test_figures_of_the_article_stand_only_where_they_are_told_as_claims():
    sentences = {path for path in TEXT if path.suffix == ".tsv"}  # invented, for measuring recognition
    assert hits(PERCENTAGE, OUTCOMES, among=sorted({*TEXT} - sentences - TOLD - {FRAMEWORK})) == []


def test_every_row_of_claims_says_that_no_source_was_found():
    rows = re.findall(r"^\| .*\|$", FRAMEWORK.read_text(encoding="utf-8").partition("## Every figure")[2], re.MULTILINE)
    claims = [row for row in rows[1:] if not row.startswith("| figure")]
    assert len(claims) > 10
    assert [row for row in claims if "claimed in the article; no source found" not in row] == []


@pytest.mark.parametrize("pattern", [MACHINES, SERVERS, PLACE], ids=["machines", "servers", "place"])
def test_no_file_names(pattern: re.Pattern[str]):
    assert hits(pattern) == []


def test_every_file_ends_with_one_line_end():
    written_by_tools = {"lichen.pot", "wordpieces.txt"}
    kept = [path for path in TEXT if path.stat().st_size and path.name not in written_by_tools]
    ends = {path.relative_to(ROOT).as_posix(): path.read_bytes()[-2:] for path in kept}
    assert [name for name, end in ends.items() if end[-1:] != b"\n" or end == b"\n\n"] == []
