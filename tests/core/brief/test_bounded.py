"""Whatever words stand in a brief, printing them takes a bounded time and memory, and fetches nothing."""

from __future__ import annotations

import http.server
import resource
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import perf_counter

import pytest

from lichen.brief import bounded, pages_pdf
from lichen.brief.pages import Facts, Items, Page, Section, Text
from lichen.errors import NotAllowed
from tests.core.brief.test_as_pdf import opened

MARK = "Quillwort"
BIDI = "\u202e\u2066\u2067\u200b\u200f\ufeff"
CONTROLS = "".join(chr(code) for code in range(32)) + "\x7f\x85\u2028\u2029\ufffe\uffff\ud800"
HOSTILE = {
    "controls": CONTROLS,
    "bidi": BIDI * 500,
    "piled up": "e" + "\u0301" * 4_000,
    "every script": "".join(chr(code) for code in range(0x20, 0x3000) if chr(code).isprintable()),
    "one word": "a" * 16_000,
    "words": "word " * 3_200,
    "lines": "a\n" * 300,
    "markup": "<script>alert(1)</script><style>@import url(http://127.0.0.1)</style><svg onload=x>" * 100,
    "nested": "<div>" * 3_000,
    "entities": "&lt;&#x202e;&nbsp;&#0;" * 500,
}


def page(words: str) -> Page:
    """A page with the words in every place that it has."""
    items = Items(tuple(words.splitlines() or [words]), numbered=True)
    return Page(
        "ours",
        words[:200],
        words[:200],
        (Section(words[:200], (Text(words), Facts(((words[:200], words),)), items)),),
        words[:200],
    )


@pytest.fixture
def heard() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine, and what was asked of it."""
    asked: list[str] = []

    class Ear(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    with http.server.HTTPServer(("127.0.0.1", 0), Ear) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", asked
        server.shutdown()
        thread.join()


@pytest.mark.long
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_print_in_bounds_or_are_refused(name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bounded, "SECONDS", 4)
    before = perf_counter()
    with suppress(NotAllowed):
        assert pages_pdf([page(HOSTILE[name])]).startswith(b"%PDF")
    assert perf_counter() - before < bounded.SECONDS + 4
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1024 * 2**10


def test_nothing_is_fetched_from_file_or_network(tmp_path: Path, heard: tuple[str, list[str]]):
    (tmp_path / "planted.txt").write_text(MARK, encoding="utf-8")
    there, asked = heard
    near = (tmp_path / "planted.txt").as_uri()
    words = "".join(
        f'<img src="{each}"><link rel=stylesheet href="{each}"><a rel=attachment href="{each}">x</a>url({each})'
        for each in (near, there, "data:text/css,@import%20url(" + there + ")")
    )
    assert MARK.encode() not in opened(pages_pdf([page(words)]))
    raw = f"<html lang=en><title>x</title><style>@import url({there});p{{background:url({there}x)}}</style><p>{words}"
    assert MARK.encode() not in opened(bounded.bounded_pdf(raw))
    assert asked == []


def test_ten_thousand_lines_are_refused_in_time(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bounded, "SECONDS", 2)
    before = perf_counter()
    with pytest.raises(NotAllowed) as refused:
        pages_pdf([page("a long line of words\n" * 10_000)])
    assert refused.value.rule == "too-long-to-print"
    assert perf_counter() - before < bounded.SECONDS + 4
