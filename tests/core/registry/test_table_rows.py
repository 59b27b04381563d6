"""Hostile tables: each broken row costs itself, and nobody the rest."""

from __future__ import annotations

import gzip
import tracemalloc

import pytest

from lichen.errors import InputError
from lichen.registry.entries import Skip
from lichen.registry.table_rows import table_rows


def read(path, content, **other):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [(item.number, item.broken, item.content) for item in table_rows(path, ["id"], **other)]


def test_good_rows_are_read_with_their_numbers_packed_or_not(tmp_path):
    wanted = [(2, None, {"id": "1", "name": "Anne"}), (3, None, {"id": "2", "name": "B, C"})]
    content = '\ufeffid,name\n1, Anne \n2,"B, C"\n'
    assert read(tmp_path / "a.csv", content) == wanted
    assert read(tmp_path / "a.csv.gz", gzip.compress(content.encode())) == wanted


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (b"2,a\0b", Skip.BROKEN),
        (b"2,caf\xe9", Skip.ENCODING),
        (b"2,a,b", Skip.CELLS),
        (b"2", Skip.CELLS),
        (b"2," + b"x" * 10_000_000, Skip.TOO_LONG),
        (b'2,"' + b"x" * 10_000_000 + b'"', Skip.TOO_LONG),
    ],
    ids=["nul", "latin-1", "more-cells", "fewer-cells", "ten-megabytes", "ten-megabytes-quoted"],
)
def test_broken_row_is_told_and_the_next_is_read(tmp_path, bad, why):
    found = read(tmp_path / "a.csv", b"id,name\n1,before\n" + bad + b"\n3,after\n")
    assert [content.get("name") for _number, _why, content in found if content] == ["before", "after"]
    assert [broken for _number, broken, _content in found if broken] == [why]


def test_quotation_mark_that_is_never_closed_costs_no_more_than_one_long_row(tmp_path):
    rows = b"".join(b"%d,good\n" % number for number in range(200_000))
    found = read(tmp_path / "a.csv", b'id,name\n1,"never closed\n' + rows)
    assert [broken for _number, broken, _content in found if broken] == [Skip.TOO_LONG]
    assert len(found) > 80_000


def test_memory_does_not_grow_with_a_row_of_fifty_megabytes(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,name\n1," + b"x" * 50_000_000 + b"\n2,after\n")
    tracemalloc.start()
    found = [item.broken for item in table_rows(path, ["id"])]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == [Skip.TOO_LONG, None]
    assert peak < 30_000_000


def test_formula_stays_the_text_that_it_is(tmp_path):
    assert read(tmp_path / "a.csv", "id,name\n1,=1+1\n")[0][2]["name"] == "=1+1"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("id,name\n1,ü\n".encode("utf-16"), "the headings are not in this encoding"),
        (b"", "a column is missing"),
        (b"name\n1\n", "a column is missing"),
        (b"\x00" * 100, "the headings are not in this encoding"),
        (gzip.compress(b"id\n" + b"1\n" * 10_000)[:40], "the file cannot be read"),
    ],
    ids=["utf-16", "empty", "no-id", "nul", "cut-gzip"],
)
def test_file_that_is_no_table_is_refused_with_one_clear_error(tmp_path, content, what):
    with pytest.raises(InputError, match=what):
        read(tmp_path / "a.csv", content)


def test_other_encoding_and_delimiter_can_be_given(tmp_path):
    found = read(tmp_path / "a.csv", "id;name\n1;café\n".encode("cp1252"), encoding="cp1252", delimiter=";")
    assert found[0][2] == {"id": "1", "name": "café"}
    with pytest.raises(InputError, match="this encoding is not known"):
        read(tmp_path / "a.csv", b"id\n1\n", encoding="klingon")
