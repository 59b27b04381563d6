"""The project's Markdown as blocks and links, for the tests of what it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.house.source import project_files

MARKDOWN = [path for path in project_files() if path.suffix == ".md"]
"""Every page, the README among them."""


def tokens(path: Path) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(path.read_text(encoding="utf-8"))


def blocks(path: Path, language: str) -> Iterator[Token]:
    """The fenced blocks in a language."""
    return (token for token in tokens(path) if token.type == "fence" and token.info.split()[:1] == [language])


def links(path: Path) -> Iterator[str]:
    """Where the links and pictures of a page lead."""
    for token in tokens(path):
        for child in token.children or ():
            target = child.attrs.get("href") or child.attrs.get("src")
            if target:
                yield str(target)


def prose(path: Path) -> Iterator[str]:
    """The text of each paragraph and table cell, without what stands in a fenced block."""
    return (token.content for token in tokens(path) if token.type == "inline")
