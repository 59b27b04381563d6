"""The points of two parties, from a table or a document; everything wrong with them at once."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from lichen.errors import InputError
from lichen.files.points import read_points

Write = Callable[[str, str], Path]
READ = {
    "Hospital": {"donors": Fraction(60), "credit": Fraction(40)},
    "Churches": {"donors": Fraction(61, 2), "credit": Fraction(0)},
}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str, text: str) -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return written


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("points.csv", "item,Hospital,Churches\ndonors,60,30.5\ncredit,40,\n"),
        ("points.csv", "\ufeffItem;Hospital;Churches\r\ndonors;60;30,5\r\n\r\ncredit;40;0\r\n"),
        ("points.yaml", "Hospital: {donors: 60, credit: 40}\nChurches: {donors: 30.5}\n"),
        ("points.json", '{"Hospital": {"donors": 60, "credit": 40}, "Churches": {"donors": 30.5, "credit": 0}}'),
    ],
    ids=["commas", "semicolons", "yaml", "json"],
)
def test_points_are_read(write: Write, name: str, text: str) -> None:
    assert read_points(write(name, text)) == READ


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("points.txt", "item,Hospital,Churches\ndonors,1,2\n"),
        ("points.csv", "item,Hospital\ndonors,1\n"),
        ("points.csv", "item,Hospital,Hospital\ndonors,1,2\n"),
        ("points.csv", "item,Hospital,Churches\ndonors,1,2\ndonors,1,2\n"),
        ("points.csv", "item,Hospital,Churches\ndonors,1\n"),
        ("points.csv", 'item,Hospital,Churches\n"donors,1,2\n'),
        ("points.yaml", "Hospital: {donors: 60}\n"),
        ("points.yaml", "- 1\n- 2\n"),
        ("points.yaml", "Hospital: {donors: [1]}\nChurches: {donors: 1}\n"),
    ],
)
def test_what_is_no_table_of_points_is_refused(write: Write, name: str, text: str) -> None:
    with pytest.raises(InputError) as refusal:
        read_points(write(name, text))
    assert len(refusal.value.problems) == 1


def test_every_wrong_cell_is_told_with_its_place(write: Write) -> None:
    with pytest.raises(InputError) as refusal:
        read_points(write("points.csv", "item,Hospital,Churches\ndonors,-1,many\ncredit,1e9,2\n"))
    assert [(problem.row, problem.column) for problem in refusal.value.problems] == [
        (1, "Hospital"), (2, "Hospital"), (1, "Churches"),
    ]  # fmt: skip
