"""The pages: their links lead somewhere, their Python runs, their figures are printed by a command."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from importlib import import_module
from itertools import chain
from pathlib import Path

import pytest

from lichen.alliance.values import Alliance
from lichen.audit.values import Audit, Offer, Opening, Organisation, Readiness, Source, Vulnerability
from lichen.cli.main import COMMANDS
from tests.house.documents import MARKDOWN, blocks, links, prose
from tests.house.source import FACES, ROOT, homes
from tests.house.test_imports import wanted_names
from tools.draw_terminal import main as draw_terminal
from tools.write_alliance_reference import reference as alliance_reference
from tools.write_cli_reference import reference

DOCS = ROOT / "docs"
each_page = pytest.mark.parametrize("page", MARKDOWN, ids=lambda page: page.relative_to(ROOT).as_posix())


@each_page
def test_links_lead_to_files_that_exist(page: Path):
    near = [link.partition("#")[0] for link in links(page) if not re.match(r"[a-z]+:|#", link)]
    assert [link for link in near if not (page.parent / link).exists()] == []


@each_page
def test_python_on_a_page_prints_what_the_page_says(page: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)
    parser, names = doctest.DocTestParser(), dict[str, object]()
    for block in blocks(page, "python"):
        line = (block.map or [0])[0]
        test = parser.get_doctest(block.content, names, f"{page.name}, line {line}", str(page), line)
        told: list[str] = []
        runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
        runner.run(test, out=told.append, clear_globs=False)
        names |= test.globs
        assert runner.failures == 0, "".join(told)


def test_readme_names_the_command_that_prints_each_figure():
    """A figure in a paragraph needs a command beside it; a version or a licence is no figure."""
    told = [re.sub(r"Python 3\.\d+|Apache-2\.0", "", text) for text in prose(ROOT / "README.md")]
    bare = [text for text in told if re.search(r"\d", re.sub(r"`[^`]*`", "", text))]
    assert [text for text in bare if not re.search(r"`(make|lichen|python) [^`]+`", text)] == []


def test_every_dependency_has_a_licence_and_a_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = chain(
        project["project"]["dependencies"],
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    )
    names = wanted_names(listed)
    told = "".join(path.read_text(encoding="utf-8") for path in (DOCS / "decisions").glob("*.md"))
    assert [name for name in names if f"`{name}`" not in told] == []


def test_every_public_class_and_command_is_among_the_words():
    told = (DOCS / "reference" / "words.md").read_text(encoding="utf-8")
    public = [getattr(import_module(face.name), name) for face in FACES for name, _ in homes(face)]
    wanted = [each.__name__ for each in public if isinstance(each, type)] + [f"lichen {name}" for name in COMMANDS]
    assert sorted(name for name in set(wanted) if f"`{name}`" not in told) == []


@pytest.mark.parametrize("kind", [Alliance, Audit, Organisation, Vulnerability, Offer, Source, Readiness, Opening])
def test_data_dictionary_has_every_field(kind: type):
    told = (DOCS / "reference" / "data-dictionary.md").read_text(encoding="utf-8")
    section = told.partition(f"\n## {kind.__name__}\n")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, flags=re.MULTILINE) == [field.name for field in fields(kind)]


def test_library_reference_has_every_package():
    told = (DOCS / "reference" / "library.md").read_text(encoding="utf-8")
    wanted = [face.name for face in FACES if homes(face) and face.name.count(".") == 1]
    assert [name for name in wanted if f".. automodule:: {name}\n" not in told] == []


def test_picture_shows_what_the_story_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)
    draw_terminal(
        tmp_path / "hospital.svg", [str(Path(sys.executable).with_name("python")), "examples/hospital_story.py"]
    )
    drawn = (tmp_path / "hospital.svg").read_text(encoding="utf-8")
    assert (DOCS / "images" / "hospital.svg").read_text(encoding="utf-8") == drawn, "run: make picture"


def test_command_reference_says_what_help_says():
    written = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    assert written == reference(), "run: make pages"


def test_alliance_reference_says_what_the_values_say():
    written = (DOCS / "reference" / "alliance-file.md").read_text(encoding="utf-8")
    assert written == alliance_reference(), "run: make pages"


@pytest.mark.long
def test_built_pages_fetch_nothing(tmp_path: Path):
    build = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--quiet", str(DOCS), str(tmp_path)]
    subprocess.run(build, check=True)
    remote = re.compile(
        r"""<(?:script|img|iframe|source)[^>]+src=["']?https?:|<link[^>]+href=["']?https?:|url\(["']?https?:"""
    )
    built = [path for path in tmp_path.rglob("*") if path.suffix in {".html", ".css", ".svg"}]
    assert [path.name for path in built if remote.search(path.read_text(encoding="utf-8"))] == []
