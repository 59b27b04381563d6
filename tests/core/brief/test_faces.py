"""The brief as Markdown and as HTML: whatever an organisation wrote stays plain text."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from lichen.audit.values import Organisation, Source
from lichen.brief.as_html import brief_html
from lichen.brief.as_markdown import brief_markdown
from lichen.brief.both_pages import brief_pages
from lichen.brief.compose import brief_for
from lichen.brief.pages import Block, Facts, Items, Page, Speech, Text
from lichen.brief.values import Brief
from lichen.paper import one_line
from tests.cast import churches, hospital, startup, stranger
from tests.core.brief.drawn import few

HOSTILE = (
    "<script>alert(1)</script>",
    "</style></title><img src=x onerror=alert(1)>",
    "[a](javascript:alert(1)) ![b](http://example.org/x.png) <http://example.org> http://example.org www.example.org",
    "*bold* _slanted_ `code` ~~struck~~ **",
    "# heading\n## another\n\n---\n\n> quoted\n- item\n1. item\n\n    code\n```\nfence",
    "1) one\n+ two\n=== \n| a | b |\n|---|---|",
    "&lt;b&gt; &amp; &#60; & \\ \\* $x$ {us} {0.__class__} %s",
    "left \u202e to right \x00 \x1b[31m \ufeff \u2028 end",
)
texts = st.sampled_from(HOSTILE) | st.text(
    st.sampled_from("<>&*_`~[]()!#+-=.|\\\"'{}$:/1a \n\t\u202e\x00é中"), max_size=40
)


def hostile(text: str) -> tuple[Organisation, Organisation]:
    """The hospital and the churches with the text wherever an organisation can write one."""
    us = replace(
        hospital,
        name=text,
        vulnerabilities=tuple(replace(gap, words=text) for gap in hospital.vulnerabilities),
        offers=tuple(replace(offer, spare=text, words=text) for offer in hospital.offers),
    )
    source = Source(text, text, 0.9, text)
    offers = tuple(replace(offer, spare=text, source=source) for offer in churches.offers)
    gaps = tuple(replace(gap, words=text, source=source) for gap in churches.vulnerabilities)
    return us, replace(churches, name=text, offers=offers, vulnerabilities=gaps)


def pages(brief: Brief) -> list[Page]:
    return [*brief_pages(brief)]


def said(block: Block) -> list[str]:
    """The texts of a block, in the order of the page."""
    match block:
        case Text(text):
            return [text]
        case Speech(lines):
            return [*lines]
        case Items(items):
            return [*items]
        case Facts(rows):
            return [text for row in rows for text in row]


def all_said(brief: Brief) -> list[str]:
    return [
        text
        for page in pages(brief)
        for text in (
            page.heading,
            page.below,
            *(t for section in page.sections for t in (section.heading, *(s for b in section.blocks for s in said(b)))),
            page.foot,
        )
    ]


def bare(told: list[str]) -> str:
    """The texts without spaces and without the colons that Markdown has after a name."""
    return re.sub(r"[\s:]", "", "".join(told))


class Reader(HTMLParser):
    """What a browser sees: the elements with their attributes, and the text in the body."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: set[str] = set()
        self.texts = [""]
        self.feed(html.partition("<body>")[2])
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(" ".join([tag, *(f"{name}={value}" for name, value in attrs)]))
        self.texts.append("")

    def handle_data(self, data: str) -> None:
        self.texts[-1] += data


@few
@given(texts)
@example(HOSTILE[0])
@example(HOSTILE[1])
def test_html_shows_every_text_as_it_is(text: str):
    brief = brief_for(*hostile(text))
    reader = Reader(brief_html(brief))
    assert [shown.strip("\n") for shown in reader.texts if shown.strip("\n")] == [s for s in all_said(brief) if s]
    allowed = {"article class=ours", "article class=theirs", "header", "h1", "h2", "p", "section", "section class=say"}
    assert reader.elements <= allowed | {"blockquote", "p class=quiet", "ul", "ol", "li", "dl", "dt", "dd", "footer"}


def test_html_fetches_nothing_and_runs_nothing():
    for pair in [(hospital, churches), (hospital, startup), hostile("http://example.org/<script src=x>")]:
        html = brief_html(brief_for(*pair))
        head = re.sub(r"<title>[^<]*</title>", "", html.partition("<body>")[0])
        assert "default-src 'none'; style-src 'unsafe-inline'" in head
        assert re.findall(r"<script|<link|<img|<iframe|url\(|@import|https?://", head) == []
        assert re.findall(r"<(?:script|link|img|iframe|a|form)\b|\bon\w+=(?=[\"'])", html) == []
        assert html.count("<style>") == html.count("</style>") == 1


@few
@given(texts)
@example(HOSTILE[2])
@example(HOSTILE[4])
@example(HOSTILE[5])
def test_markdown_shows_every_text_as_it_is(text: str):
    brief = brief_for(*hostile(text))
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(brief_markdown(brief))
    kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in tokens}
    assert kinds <= {"heading", "paragraph", "inline", "blockquote", "bullet_list", "ordered_list", "list_item", "hr"}
    inner = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inner} <= {
        "text",
        "text_special",
        "em_open",
        "em_close",
        "strong_open",
        "strong_close",
    }
    shown = ["".join(child.content for child in token.children or ()) for token in tokens if token.type == "inline"]
    assert bare(shown) == bare(all_said(brief))


@given(texts)
def test_one_line_is_one_line_without_marks_that_nobody_sees(text: str):
    line = one_line(text)
    assert re.findall(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2028\u2029\ufeff]|  ", line) == []
    assert one_line(line) == line


def test_one_line_cuts_between_words():
    assert one_line("one two, three", 9) == "one two …"
    assert one_line("x" * 300) == "x" * 200 + " …"
    assert one_line("x " * 300, None) == ("x " * 300).strip()


def test_faces_of_no_fit_are_one_page():
    brief = brief_for(hospital, startup)
    assert brief_html(brief).count("<article") == 1
    assert "\n---\n" not in brief_markdown(brief)
    assert brief_html(brief_for(hospital, stranger)).count("<article") == 2


def test_page_for_them_can_stand_alone():
    brief = brief_for(hospital, churches)
    ours, theirs = brief_markdown(brief, whose="ours"), brief_markdown(brief, whose="theirs")
    assert f"{ours}\n---\n\n{theirs}" == brief_markdown(brief)
    html = brief_html(brief, whose="theirs")
    assert "two interpreters" not in theirs + html
    assert html.count("<article") == html.count('<article class="theirs">') == 1
    assert brief_markdown(brief_for(hospital, startup), whose="theirs") == ""


def test_organisation_without_a_name_goes_by_its_id():
    brief = brief_for(replace(hospital, name=" \x00 "), replace(churches, name="\u202e"))
    assert (brief.me.name, brief.partner.name) == ("example-hospital", "example-churches")
