"""The brief as a PDF: two sheets, tagged, of what the pages say; and nothing is fetched for it."""

from __future__ import annotations

import re
import socket
import zlib
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from lichen.brief import brief_pdf, pages_pdf
from lichen.brief.both_pages import brief_pages
from lichen.brief.compose import brief_for
from lichen.brief.pages import Facts, Page, Section, Text
from lichen.pdf import html_pdf
from tests.cast import churches, hospital

BRIEF = brief_for(hospital, churches, today=date(2026, 11, 23))


def opened(pdf: bytes) -> bytes:
    """Everything that it says, its packed parts unpacked."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return b"\n".join([pdf, *(zlib.decompress(each) for each in packed if each[:1] == b"x")])


def test_a_brief_is_a_tagged_pdf_of_two_sheets() -> None:
    told = opened(brief_pdf(BRIEF))
    assert told.startswith(b"%PDF-1.7")
    assert re.findall(rb"/Count (\d+)", told)[0] == b"2"
    assert b"/Marked true" in told
    assert b"/Lang (en)" in told
    assert b"pdfuaid" in told


def test_the_page_to_leave_with_them_is_a_sheet_of_its_own() -> None:
    assert re.findall(rb"/Count (\d+)", opened(brief_pdf(BRIEF, whose="theirs")))[0] == b"1"


def test_pages_in_other_words_print_as_well() -> None:
    page = Page("theirs", "<b>Try</b>", "us & you", (Section("What", (Text("<img src='file:///etc/passwd'>"),)),), "")
    assert pages_pdf([page]).startswith(b"%PDF")
    assert len(brief_pages(BRIEF)) == 2


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_named: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    (tmp_path / "planted.txt").write_text("Quillwort", encoding="utf-8")
    local = f'<link rel=attachment href="{(tmp_path / "planted.txt").as_uri()}">'
    far = "<img src='http://127.0.0.1:9/x' alt=x>"
    shown = [opened(html_pdf(f"<html lang=en><title>x</title>{head}<p>One.")) for head in ("", local + far)]
    assert [b"Quillwort" in each for each in shown] == [False, False]


def test_a_long_passage_does_not_take_for_ever() -> None:
    """The columns of a sheet are as wide as they are: to look for how narrow they could be took minutes."""
    page = Page("ours", "A", "b", (Section("c", (Text("word " * 300), Facts((("d", "word " * 300),)))),), "")
    began = perf_counter()
    pages_pdf([page])
    assert perf_counter() - began < 10
