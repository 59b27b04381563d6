"""The charter as Markdown and HTML: plain text stays plain text, and the page stands alone and prints."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from lichen.charter.agreement.as_html import agreement_html
from lichen.charter.agreement.as_markdown import agreement_markdown
from lichen.charter.agreement.terms import Officer
from lichen.charter.agreement.values import Agreement
from lichen.charter.votes.values import Exposure
from tests.core.charter.drafted import C, H, drafted, with_terms

HOSTILE = (
    "<script>alert(1)</script>",
    "a | b\n| c |",
    "[click](https://example.org) ![x](//example.org/y.png)",
    "# heading",
    "1. item\n\n---",
    "</p></section><img src=x onerror=alert(1)>",
    "`code` **bold** &lt;b&gt; \x1b[2J \u202e",
)


class Tree(HTMLParser):
    """What elements a page has, what they say, and whether each is closed."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in {"meta"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.said.append(data)


def hostile(text: str) -> Agreement:
    charter = with_terms(
        purpose=text, goals=(text,), officers=(Officer(text, text, C),), law=text, joining=text, winding_up=text
    )
    return drafted(replace(charter, exposures=(Exposure(H, 1, 1, text), Exposure(C, 2, 2, text))), name=text)


@pytest.mark.parametrize("text", HOSTILE)
def test_html_says_what_was_written_and_does_nothing_with_it(text: str):
    plain, tree = Tree(agreement_html(drafted())), Tree(agreement_html(hostile(text)))
    assert tree.open == []
    assert {tag for tag, _attributes in tree.elements} == {tag for tag, _attributes in plain.elements}
    assert len(tree.elements) < len(plain.elements)  # one goal and one officer less, nothing more
    assert " ".join(re.sub(r"[\x1b\u202e]", " ", text).split()) in " ".join("".join(tree.said).split())


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_says_what_was_written_and_does_nothing_with_it(text: str):
    tokens = MarkdownIt("commonmark").enable("table").parse(agreement_markdown(hostile(text)))
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inline} <= {"text", "strong_open", "strong_close", "em_open", "em_close"}
    assert not {token.type for token in tokens} & {"html_block", "fence", "code_block", "bullet_list_open"}
    assert len([token for token in tokens if token.type == "heading_open"]) == 1 + 29 + 1 + 5
    assert len([token for token in tokens if token.type == "table_open"]) == 6


def test_page_stands_alone():
    page = agreement_html(drafted())
    tags = {tag for tag, _attributes in Tree(page).elements}
    assert not tags & {"script", "link", "img", "iframe", "form", "input"}
    assert page.count("<style>") == 1
    assert re.findall(r"https?://|url\(|@import", page) == []
    assert "default-src 'none'" in page


def test_page_can_be_read_aloud_and_prints_each_annex_on_its_own_sheet():
    page = agreement_html(drafted(reader=H))
    tree = Tree(page)
    headings = [tag for tag, _attributes in tree.elements if re.fullmatch("h[1-6]", tag)]
    assert headings == ["h1", *["h2"] * (29 + 1 + 5 + 1)]
    assert {attributes.get("scope") for tag, attributes in tree.elements if tag == "th"} == {"col"}
    assert [tag for tag, _attributes in tree.elements].count("article") == 1 + 5 + 1
    assert "article + article { break-before: page; }" in page


def test_blank_stands_out_on_both_faces():
    made = drafted(with_terms(scope=""))
    blank = "[to be agreed: where and for whom it works, and what it leaves out]"
    assert f"<mark>{blank}</mark>" in agreement_html(made)
    assert f"**\\[{blank[1:-1]}\\]**" in agreement_markdown(made)
    assert "*A draft: 1 place is still to be agreed.*" in agreement_markdown(made)


def test_faces_say_the_same():
    title, page = "Charter of Well Eastfield", Tree(agreement_html(drafted())).said
    rendered = Tree(MarkdownIt("commonmark").enable("table").render(agreement_markdown(drafted()))).said
    html, markdown = (sorted(re.findall(r"\w+", " ".join(said))) for said in (page, (title, *rendered)))
    assert html == markdown


def test_opening_lines_name_the_parties_and_what_copy_it_is():
    assert agreement_markdown(drafted(reader=H)).splitlines()[:5] == [
        "# Charter of Well Eastfield",
        "",
        "*Between St Brigid's Hospital and Three Churches of Eastfield.*",
        "",
        "*This is the copy of St Brigid's Hospital alone: its last annex was opened to it in confidence.*",
    ]
