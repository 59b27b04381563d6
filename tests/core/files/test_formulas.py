from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lichen.audit.values import Audit, Organisation, Vulnerability
from lichen.files.formulas import guarded, unguarded
from lichen.files.writing import write_audit
from tests.core.files.drawn import NASTY
from tests.core.files.given import within

TRIGGERS = "=+-@＝＋－＠"
DANGEROUS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    " =1",
    "\t=1",
    "\r=1",
    "\n=1",
    "\ufeff=1",
    "\u00a0=1",
    "\u200b=1",
    "'=1",
    "''=1",
    '"=1',
    "\tplain",
    "\rplain",
)
awkward = st.text(st.sampled_from("=+-@＝' \t\r\n;,|ab\ufeff\""), max_size=24)


@pytest.mark.parametrize("text", DANGEROUS)
def test_guarded_puts_an_apostrophe_before_what_a_spreadsheet_would_run(text: str):
    assert guarded(text).startswith("'")
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["", "plain", "'tis", "''", "a=b", "5-4", "me@example.org", "a - b", "Åse", "x\ty"])
def test_guarded_leaves_harmless_text_as_it_is(text: str):
    assert guarded(text) == text == unguarded(text)


def test_guarded_guards_what_follows_a_separator_too():
    """A spreadsheet that expects semicolons cuts a file with commas at them."""
    assert guarded("ours; =cmd|' /C calc'!A0") == "ours;' =cmd|' /C calc'!A0"
    assert guarded("one\n- two\n- three") == "one\n'- two\n'- three"


@given(text=awkward | st.text(max_size=30) | st.sampled_from(NASTY))
@example(text="'=")
@example(text="'\t'=")
@example(text=";;'='=")
def test_unguarded_is_the_inverse_of_guarded(text: str):
    assert unguarded(guarded(text)) == text


def test_a_text_made_of_formulas_is_unguarded_in_no_time():
    with within(30):
        assert unguarded(guarded(";=" * 400_000)) == ";=" * 400_000


@given(text=awkward)
def test_no_part_of_a_guarded_text_begins_a_formula_wherever_it_is_cut(text: str):
    parts = [guarded(text)]
    for cut in (";", ",", "|", "\t", "\n", "\r"):
        parts = [piece for part in parts for piece in part.split(cut)]
        assert not [part for part in parts if part.strip(' "\ufeff').startswith(tuple(TRIGGERS))]


def test_a_csv_file_has_no_cell_that_a_spreadsheet_would_run(tmp_path):
    gaps = tuple(Vulnerability("ops.logistics", words=text) for text in (*DANGEROUS, *NASTY))
    write_audit(Audit(Organisation("x", "=cmd()", vulnerabilities=gaps)), tmp_path / "audit.csv")
    text = (tmp_path / "audit.csv").read_bytes().decode("utf-8-sig")

    for delimiter in ",;\t":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            assert not [cell for cell in row if cell.strip(' "\ufeff\u00a0\u200b\t\r\n').startswith(tuple(TRIGGERS))]
