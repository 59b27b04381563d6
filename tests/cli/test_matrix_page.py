from __future__ import annotations

from html.parser import HTMLParser

import pytest

from lichen.audit.values import Offer, Organisation, Vulnerability
from lichen.cli.matrix_page import matrix_html
from lichen.fit.matrix import matrix
from lichen.fit.showing import showable
from tests.cast import churches, hospital, meadow, stranger

OTHERS = (churches, meadow, stranger)
PAGE = matrix_html(hospital, OTHERS, matrix(showable(hospital), [showable(one) for one in OTHERS]))
EMPTY = {"meta", "link", "img", "br"}


class Read(HTMLParser):
    """What stands in a page: its tags with their attributes, its text, and whether every tag is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.cells: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data.strip())
        if self.open and self.open[-1] == "td":
            self.cells.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


READ = Read(PAGE)


def test_page_is_whole_and_stands_alone():
    assert READ.open == []
    assert [
        tag for tag, attributes in READ.tags if "src" in attributes or "href" in attributes or tag == "script"
    ] == []
    assert "url(" not in PAGE
    assert "@import" not in PAGE


def test_page_forbids_itself_everything_but_its_own_style():
    [policy] = [each["content"] for each in READ.named("meta") if each.get("http-equiv") == "Content-Security-Policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_page_is_a_table_that_can_be_heard():
    assert READ.named("html") == [{"lang": "en"}]
    assert len(READ.named("table")) == len(READ.named("caption")) == 2
    scopes = [attributes["scope"] for attributes in READ.named("th")]
    assert scopes.count("col") == 8
    assert scopes.count("row") == 10
    assert READ.words.count("no swap") == sum(
        cell is None for row in matrix(showable(hospital), [showable(one) for one in OTHERS]).cells for cell in row
    )


def test_every_cell_has_its_number():
    values = [
        cell.value
        for row in matrix(showable(hospital), [showable(one) for one in OTHERS]).cells
        for cell in row
        if cell
    ]
    assert sorted(READ.cells) == sorted(f"{value:.2f}" for value in values)


def test_page_says_whom_to_ask_and_to_take_care():
    assert "What A. Stranger Ltd lacks nobody knows: ask them." in READ.words
    assert any(word.startswith("This page names weaknesses.") for word in READ.words)


@pytest.mark.parametrize("media", ["print", "screen and (prefers-color-scheme: dark)"])
def test_page_is_made_for_paper_and_for_the_dark(media):
    assert f"@media {media} {{" in PAGE


def test_names_cannot_break_out_of_the_page():
    evil = "</table><script>alert(1)</script>\"'"
    me = Organisation("me", evil, vulnerabilities=(Vulnerability("ops.logistics"),), offers=(Offer("ops.logistics"),))
    other = Organisation("x", evil, vulnerabilities=(Vulnerability("x<b>"),), offers=(Offer("ops.logistics"),))
    read = Read(matrix_html(me, [other], matrix(me, other)))
    assert read.named("script") == read.named("b") == []
    assert read.open == []
