import os
from importlib.resources import files
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from lichen import language


def planted(folder: Path) -> str:
    """A catalogue outside the package, and the "language" that would lead a path to it."""
    catalogue = Catalog(locale="en", charset="utf-8")
    catalogue.add("Words", "Owned {path.__class__}")
    messages = folder / "LC_MESSAGES"
    messages.mkdir()
    with (messages / "lichen.mo").open("wb") as file:
        write_mo(file, catalogue)
    return os.path.relpath(folder, str(files("lichen") / "locale"))


def test_what_is_no_language_tag_never_becomes_part_of_a_path(tmp_path):
    with language.speaking(planted(tmp_path)):
        assert language._("Words") == "Words"


def test_english_needs_no_translation_and_an_unknown_language_has_none():
    assert language.has_translation("en_GB")
    assert not language.has_translation("tlh")
