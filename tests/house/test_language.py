"""Every sentence goes through gettext: collected, whole, and really translated."""

from __future__ import annotations

import ast
import gettext
import io
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from lichen import language
from lichen.brief.as_markdown import brief_markdown
from lichen.brief.compose import brief_for
from tests.cast import churches, hospital
from tests.house.source import SRC, Module, functions, offenders

POT = SRC / "lichen" / "locale" / "lichen.pot"


SENTENCES = {"_": 1, "ngettext": 2}
"""What translates, and how many sentences it takes."""


def collected() -> set[object]:
    """The sentences in the code, a singular with its plural."""
    return {message for _file, _line, message, _comments, _context in extract_from_dir(SRC / "lichen")}


def pseudo(sentence: str) -> str:
    """The sentence as in a language that nobody speaks, its placeholders kept."""
    return f"⟦{sentence}⟧"


@pytest.fixture
def pseudo_language() -> Iterator[None]:
    """Speak the pseudo-language: every collected sentence in brackets."""
    catalogue = Catalog(locale="en")
    for message in collected():
        told = tuple(map(pseudo, message)) if isinstance(message, tuple) else pseudo(str(message))
        catalogue.add(message, told)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    token = language._CURRENT.set(gettext.GNUTranslations(compiled))
    yield
    language._CURRENT.reset(token)


def marked(tree: ast.AST) -> list[ast.Call]:
    """The calls that translate."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) in SENTENCES]


def test_template_has_the_sentences_of_the_code():
    with POT.open(encoding="utf-8") as file:
        template = {message.id for message in read_po(file) if message.id}
    assert template == collected(), "run: make pages"


def test_sentences_are_whole_when_they_are_collected():
    """A sentence that is put together before ``_`` sees it has no translation."""

    def composed(module: Module) -> list[str]:
        parts = [part for call in marked(module.tree) for part in call.args[: SENTENCES[ast.unparse(call.func)]]]
        return [ast.unparse(part) for part in parts if not isinstance(part, ast.Constant)]

    assert offenders(composed) == {}


def test_sentences_are_translated_when_they_are_said():
    """One that is translated while its module loads stays in the language of that moment."""

    def early(module: Module) -> list[str]:
        inside = {id(call) for function in functions(module.tree) for call in marked(function)}
        return [ast.unparse(call) for call in marked(module.tree) if id(call) not in inside]

    assert offenders(early) == {}


def test_brief_is_written_in_the_language_that_is_spoken(pseudo_language: None):
    told = brief_markdown(brief_for(hospital, churches))
    headings = [line for line in told.splitlines() if line.startswith("#")]
    assert [line for line in headings if "⟦" not in line] == []


def test_speaking_a_language_without_a_catalogue_stays_english():
    with language.speaking("tlh"):
        assert language._("What are you worst at?") == "What are you worst at?"
