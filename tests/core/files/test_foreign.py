"""Tables that were made for something else."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from lichen.audit.values import Organisation
from lichen.errors import InputError
from lichen.files.foreign import Table, foreign_tables, read_table
from lichen.files.writing import audit_bytes
from tests.cast import hospital_audit

OURS = Organisation("us", "Us")
RISKS = (
    b"Area;Problem;How bad (1-5);Priority;Owner\n"
    + b"assets.venue;We have no hall.;4;1;Ann\n;Nobody speaks Polish.;2;2;Bob\n"
)


def table(raw: bytes = RISKS, format: str = "csv") -> Table:
    [only] = foreign_tables(raw, format)
    return only


def workbook(*rows: tuple[object, ...], title: str = "Risks") -> bytes:
    book, held = Workbook(), io.BytesIO()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(held)
    return held.getvalue()


@pytest.mark.parametrize("format", ["csv", "xlsx", "yaml", "json"])
def test_own_files_are_not_foreign(format: str):
    assert foreign_tables(audit_bytes(hospital_audit, format), format) == ()


def test_columns_are_guessed_from_what_people_write_above_them():
    assert table().guess("gaps") == {0: "code", 1: "words", 2: "severity", 3: "rank"}


def test_each_field_is_guessed_for_one_column():
    guessed = table(b"Problem;Need;Issue\na;b;c\n").guess("gaps")
    assert sorted(guessed.values()) == ["words"]


def test_longest_column_is_taken_for_the_words_where_nothing_says_so():
    assert table(b"Foo;Bar\nx;We have no hall at all and nobody to ask.\n").guess("gaps") == {1: "words"}


def test_rows_become_gaps_and_what_has_no_code_is_recognised():
    audit = read_table(table(), table().guess("gaps"), "gaps", of=OURS)
    first, second = audit.organisation.vulnerabilities
    assert (first.code, first.words, first.severity, first.rank, first.confirmed) == (
        "assets.venue",
        "We have no hall.",
        4,
        1,
        True,
    )
    assert (second.words, second.severity, second.confirmed) == ("Nobody speaks Polish.", 2, False)
    assert audit.organisation.name == "Us"


def test_rows_become_offers():
    raw = b"What;How good;How much\nThree halls;4;weekdays\n"
    offers = read_table(table(raw), {0: "words", 1: "strength", 2: "spare"}, "offers", of=OURS).organisation.offers
    assert [(each.words, each.strength, each.spare) for each in offers] == [("Three halls", 4, "weekdays")]


def test_workbook_of_ones_own_is_a_table():
    raw = workbook(("Our list", None), (), ("Problem", "Impact"), ("We have no hall.", 4))
    found = table(raw, "xlsx")
    assert (found.sheet, [column.heading for column in found.columns]) == ("Risks", ["Problem", "Impact"])
    assert [
        gap.severity for gap in read_table(found, found.guess("gaps"), "gaps", of=OURS).organisation.vulnerabilities
    ] == [4]


def test_every_wrong_cell_is_told_with_its_place():
    raw = b"Problem,Severity,Rank\nNo hall,9,1\nNo money,3,first\n"
    with pytest.raises(InputError) as refusal:
        read_table(table(raw), {0: "words", 1: "severity", 2: "rank"}, "gaps", of=OURS)
    assert [(problem.row, problem.column) for problem in refusal.value.problems] == [(2, "Severity"), (3, "Rank")]


@pytest.mark.parametrize("columns", [{}, {1: "severity"}, {0: "words", 1: "words"}, {9: "words"}, {0: "nonsense"}])
def test_columns_that_make_no_sense_are_refused(columns: dict[int, str]):
    with pytest.raises(InputError):
        read_table(table(), columns, "gaps", of=OURS)


def test_table_beyond_an_audit_is_refused():
    with pytest.raises(InputError):
        foreign_tables(b"Problem,Severity\n" + b"x,1\n" * 1_001, "csv")
    with pytest.raises(InputError):
        foreign_tables(b",".join([b"Problem"] * 41) + b"\n" + b",".join([b"x"] * 41), "csv")


def test_file_without_a_table_is_refused():
    with pytest.raises(InputError):
        foreign_tables(b"Problem\n", "csv")
