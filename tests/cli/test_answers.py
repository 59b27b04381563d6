from __future__ import annotations

import csv
import io
import json

import pytest
from rich.text import Text

from lichen.cli.answers import Block, Column, Layout, percent, say, screen, show, styled, two_places

PLACES = (
    Column("Name", lambda record: record["name"]),
    Column("Share", lambda record: percent(record["share"]), number=True),
)
ROWS = [
    {"name": "One | two", "share": 0.5, "tags": ("a", "b"), "why": [{"code": "x", "sentence": "Because."}]},
    {"name": "=1+1\x1b[2J", "share": None, "tags": (), "why": [], "more": {"low": 1, "high": 2}},
]
BLOCK = Block(PLACES, ROWS, heading="Shares", note="Of one.", empty="Nobody.")


@pytest.fixture
def printed(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("FORCE_COLOR", raising=False)

    def run(layout: Layout, *blocks: Block) -> str:
        show(layout, *blocks)
        return capsys.readouterr().out

    return run


def test_json_is_one_list_of_the_records_of_every_block(printed):
    assert json.loads(printed(Layout.JSON, BLOCK, Block((), [{"name": "Ø"}]))) == [
        *json.loads(json.dumps(ROWS)),
        {"name": "Ø"},
    ]


def test_json_is_written_in_its_own_letters(printed):
    assert "Ø" in printed(Layout.JSON, Block((), [{"name": "Ø"}]))


def test_json_of_nothing_is_an_empty_list(printed):
    assert printed(Layout.JSON, Block(PLACES, [], empty="Nobody.")) == "[]\n"


def test_csv_has_a_column_for_every_key_and_one_line_a_record(printed):
    rows = list(csv.DictReader(io.StringIO(printed(Layout.CSV, BLOCK))))
    assert rows == [
        {"name": "One | two", "share": "0.5", "tags": "a; b", "why": "Because.", "more": ""},
        {"name": "'=1+1\x1b[2J", "share": "", "tags": "", "why": "", "more": "low 1; high 2"},
    ]


def test_markdown_is_a_table_that_its_text_cannot_break(printed):
    assert printed(Layout.MD, BLOCK).splitlines() == [
        "## Shares",
        "",
        "| Name | Share |",
        "| --- | ---: |",
        r"| One \| two | 50% |",
        r"| =1+1\[2J | – |",
        "",
        "Of one.",
    ]


def test_markdown_of_what_has_no_headings_is_a_list_and_its_note_keeps_its_lines(printed):
    bare = Block((Column("", lambda record: "·"), Column("", lambda record: record["name"])), ROWS, note="A\nB")
    assert printed(Layout.MD, bare).splitlines() == [r"- One \| two", r"- =1+1\[2J", "", "A  ", "B"]


def test_list_within_a_cell_of_csv_can_be_taken_apart(printed):
    [row] = csv.DictReader(io.StringIO(printed(Layout.CSV, Block((), [{"figures": {"places": (6, 8), "of": 9}}]))))
    assert row["figures"] == "places 6, 8; of 9"


def test_table_is_plain_text_where_there_is_no_terminal(printed):
    told = printed(Layout.TABLE, BLOCK)
    assert [line.rstrip() for line in told.splitlines()] == [
        "Shares",
        "",
        "Name       Share",
        "One | two    50%",
        "=1+1[2J        –",
        "",
        "Of one.",
    ]


def test_no_rows_say_why(printed):
    assert printed(Layout.TABLE, Block(PLACES, [], heading="Shares", empty="Nobody.")) == "Shares\n\nNobody.\n"
    assert printed(Layout.MD, Block(PLACES, [], heading="Shares", empty="Nobody.")) == "## Shares\n\nNobody.\n"


def test_lines_below_a_row_hang_beside_their_sign(printed):
    block = Block(PLACES, ROWS[:1], below=lambda record: [(Text("←"), Text("so " * 30))])
    lines = printed(Layout.TABLE, block).splitlines()
    assert lines[2].startswith("    ← so so")
    assert lines[3].startswith("      so so")
    assert "- ← so so" in printed(Layout.MD, block)


def test_records_that_repeat_are_for_people_only(printed):
    block = Block(PLACES, ROWS, repeats=True)
    assert printed(Layout.JSON, block) == "[]\n"
    assert "One" in printed(Layout.TABLE, block)


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_table_fits_its_terminal(printed, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    wordy = [{"name": "word " * 60, "share": 0.5}]
    told = printed(Layout.TABLE, Block(PLACES, wordy, note="note " * 60))
    assert max(map(len, told.splitlines())) <= min(width, 100)


def test_terminal_has_colours_unless_it_asks_for_none(monkeypatch, capsys):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    say("said", style="green")
    monkeypatch.setenv("NO_COLOR", "1")
    say("said", style="green")
    assert capsys.readouterr().out == "\x1b[32msaid\x1b[0m\nsaid\n"


def test_screen_prints_square_brackets_as_they_are(capsys):
    screen().print(styled("[bold]x[/] :smile:"))
    assert capsys.readouterr().out == "[bold]x[/] :smile:\n"


def test_shares_are_never_rounded_to_nothing():
    assert [percent(share) for share in (0, 0.001, 0.006, 1)] == ["0%", "<1%", "1%", "100%"]
    assert [two_places(share) for share in (0, 0.125, 1)] == ["0.00", "0.12", "1.00"]
