"""``lichen report``: who reads it is required, and each format holds what that reader may see."""

from __future__ import annotations

import sys

import pytest

WORKED = "alliances/two-years.yaml"
ON = ("--on", "2026-03-20")


@pytest.mark.parametrize(
    ("suffix", "start"), [(".html", b"<!DOCTYPE html>"), (".md", b"# Eastfield"), (".pdf", b"%PDF")]
)
def test_name_of_the_file_decides_the_form(lichen, tmp_path, suffix, start):
    out = tmp_path / f"report{suffix}"
    result = lichen("report", WORKED, "--for", "funder", "--out", out, *ON)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert out.read_bytes().startswith(start)
    assert f"Written: {out}" in result.stderr.replace("\n", "").replace("  ", " ") or str(out.name) in result.stderr
    assert "Left out: 12 needs" in " ".join(result.stderr.split())


def test_without_a_reader_it_refuses_and_says_who_it_can_be(lichen, tmp_path):
    for asked in ((), ("--for", "stranger")):
        result = lichen("report", WORKED, *asked, "--out", tmp_path / "report.md")
        assert result.exit_code == 2
        assert "board; funder; example-hospital; example-churches" in " ".join(result.stderr.split())
    assert [*tmp_path.iterdir()] == []


def test_form_that_it_cannot_write_is_refused_before_the_file_is_read(lichen, tmp_path):
    result = lichen("report", "nowhere.yaml", "--for", "board", "--out", tmp_path / "report.docx")
    assert result.exit_code == 2
    assert "it must end in .html, .md or .pdf" in " ".join(result.stderr.split())


def test_nothing_is_written_over_unless_asked(lichen, tmp_path):
    out = tmp_path / "report.md"
    out.write_text("mine", encoding="utf-8")
    asked = ("report", WORKED, "--for", "board", "--out", out, *ON)
    assert lichen(*asked).exit_code == 2
    assert out.read_text(encoding="utf-8") == "mine"
    assert lichen(*asked, "--overwrite").exit_code == 0
    assert out.read_text(encoding="utf-8").startswith("# Eastfield Health Alliance: a report for its board")


def test_partner_s_copy_says_that_it_is_for_it_alone(lichen, tmp_path):
    out = tmp_path / "report.md"
    lichen("report", WORKED, "--for", "example-churches", "--out", out, *ON)
    assert "For Three Churches of Eastfield alone" in out.read_text(encoding="utf-8")


def test_day_decides_what_is_told(lichen, tmp_path):
    out = tmp_path / "report.md"
    lichen("report", WORKED, "--for", "board", "--out", out, "--on", "2024-10-01")
    text = out.read_text(encoding="utf-8")
    assert "As of 1 October 2024" in text
    assert "2025" not in text


def test_without_the_extra_a_pdf_is_refused_and_nothing_is_written(lichen, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    for name in ("lichen.pdf", "lichen.report.as_pdf"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    out = tmp_path / "report.pdf"
    result = lichen("report", WORKED, "--for", "funder", "--out", out, *ON)
    assert result.exit_code == 2
    assert "lichen[pdf]" in " ".join(result.stderr.split())
    assert not out.exists()
