from __future__ import annotations

from pathlib import Path

import pytest

from lichen.files.draft import SetAside
from lichen.files.reading import read_audit, read_audit_text, read_organisations
from lichen.files.writing import write_audit, write_organisations
from tests.cast import churches, hospital, hospital_audit
from tests.core.files.given import problems_of, written

ROWS = (
    ("record", "id", "name", "organisation", "code", "severity", "words"),
    ("organisation", "a", "Åse & Co", "", "", "", ""),
    ("gap", "", "", "a", "ops.logistics", "5", "One van, and it is in the garage."),
)


def table(mark: str = ",", end: str = "\n") -> str:
    return end.join(mark.join(f'"{cell}"' if mark in cell else cell for cell in row) for row in ROWS) + end


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_any_usual_kind_of_csv_is_read(mark: str, end: str, encoding: str):
    organisation = read_audit_text(table(mark, end).encode(encoding), "csv").organisation

    assert (organisation.id, organisation.name) == ("a", "Åse & Co")
    gap = organisation.vulnerabilities[0]
    assert (gap.code, gap.severity, gap.words) == ("ops.logistics", 5, "One van, and it is in the garage.")


def test_csv_headings_may_be_words_in_any_case_and_order():
    text = (
        "In Your Own Words,HOW SERIOUS,Record,Capability,Name of the organisation\n"
        ",,Organisation,,X\n"
        "x,4,Gap,Logistics and transport,\n"
    )
    organisation = read_audit_text(text, "csv").organisation

    assert organisation.name == "X"
    assert [(gap.code, gap.severity, gap.words) for gap in organisation.vulnerabilities] == [("ops.logistics", 4, "x")]


def test_a_line_that_names_the_separator_and_a_title_above_the_headings_are_passed_over():
    organisation = read_audit_text("sep=;\nOur audit\n" + table(";"), "csv").organisation

    assert [gap.code for gap in organisation.vulnerabilities] == ["ops.logistics"]


def test_items_of_the_only_organisation_need_not_name_it():
    text = "record,name,code\ngap,,ops.logistics\norganisation,X,\noffer,,assets.venue\n"
    organisation = read_audit_text(text, "csv").organisation

    assert [item.code for item in (*organisation.vulnerabilities, *organisation.offers)] == [
        "ops.logistics",
        "assets.venue",
    ]


def test_rows_of_two_organisations_may_stand_in_any_order(tmp_path: Path):
    path = tmp_path / "two.csv"
    write_organisations((hospital, churches), path)
    heading, *rows = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join([heading, *reversed(rows)]), encoding="utf-8")

    swapped = read_organisations([path])

    assert [one.id for one in swapped] == [churches.id, hospital.id]
    assert swapped[0].vulnerabilities == tuple(reversed(churches.vulnerabilities))


def test_a_written_csv_file_opens_in_a_spreadsheet_as_what_it_is(tmp_path: Path):
    write_audit(hospital_audit, tmp_path / "audit.csv")
    raw = (tmp_path / "audit.csv").read_bytes()

    assert raw.startswith(b'\xef\xbb\xbf"record","organisation","id","name"')
    assert raw.count(b"\r\n") == 1 + 1 + len(hospital.vulnerabilities) + len(hospital.offers)


def test_a_written_csv_file_names_its_format_and_taxonomy(tmp_path: Path):
    write_audit(hospital_audit, tmp_path / "audit.csv")
    rows = (tmp_path / "audit.csv").read_text(encoding="utf-8-sig").splitlines()

    assert rows[0].endswith('"lichen","taxonomy"')
    assert rows[1].endswith('"audit/1","0.2.0"')


def test_csv_of_a_newer_format_is_refused_with_its_row(tmp_path: Path):
    told = problems_of(written(tmp_path, "new.csv", "record,name,lichen\norganisation,X,audit/2\n"))

    assert [(problem.row, problem.column) for problem in told] == [(2, "lichen")]


def test_csv_problems_are_told_by_the_row_that_a_spreadsheet_shows(tmp_path: Path):
    text = (
        'record,name,code,words,severity\norganisation,X\n\ngap,,ops.logistics,"two\nlines",3\ngap,,ops.logistics,,9\n'
    )
    told = problems_of(written(tmp_path, "rows.csv", text))

    assert [(problem.row, problem.column) for problem in told] == [(5, "severity")]


def test_a_row_of_no_kind_is_told(tmp_path: Path):
    told = problems_of(written(tmp_path, "kind.csv", "record,name\norganisation,X\nweakness,Y\n"))

    assert [(problem.row, problem.column, problem.right) for problem in told] == [
        (3, "record", "organisation, vulnerability or offer")
    ]


def test_two_columns_of_one_heading_are_told(tmp_path: Path):
    told = problems_of(written(tmp_path, "twice.csv", "record,name,NAME\norganisation,X,Y\n"))

    assert [(problem.row, problem.column) for problem in told] == [(1, "NAME")]


def test_a_csv_row_that_runs_over_its_headings_is_told(tmp_path: Path):
    told = problems_of(
        written(tmp_path, "over.csv", "record,name,words\norganisation,X,\ngap,,we lack this, and that\n")
    )

    assert told[0].row == 3


def test_an_apostrophe_typed_by_hand_before_a_formula_is_taken_for_what_it_is():
    text = "record,name,code,words\norganisation,X,,\ngap,,ops.logistics,'=1+1\ngap,,ops.logistics,'tis\n"
    organisation = read_audit_text(text, "csv").organisation

    assert [gap.words for gap in organisation.vulnerabilities] == ["=1+1", "'tis"]


def test_a_column_of_ones_own_is_noted(tmp_path: Path):
    path = written(tmp_path, "own.csv", "record,name,Who said so\norganisation,X,Ada\n")
    with pytest.warns(SetAside) as noted:
        read_audit(path)

    assert isinstance(noted[0].message, SetAside)
    assert [(note.file, note.row, note.column) for note in noted[0].message.notes] == [("own.csv", 1, "Who said so")]


def test_a_table_of_too_many_cells_is_refused_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("lichen.files.csv_text._MOST_CELLS", 7)
    path = written(tmp_path, "wide.csv", "record,name,code\norganisation,X,\ngap,,ops.logistics\n")
    assert read_audit(path).organisation.name == "X"

    told = problems_of(written(tmp_path, "wide.csv", path.read_text() + "gap,,\n"))

    assert [(problem.row, problem.what) for problem in told] == [(4, "the table is too large")]


def test_a_row_is_refused_before_it_is_longer_than_any_honest_one(tmp_path: Path):
    row = "organisation,X" + ("," + "a" * 100_000) * 11
    told = problems_of(written(tmp_path, "long.csv", f"record,name\n{row}\n"))

    assert [problem.row for problem in told] == [2]
    assert told[0].what == "a cell does not end where it should, or is far too long"


def test_rows_may_be_longer_together_than_any_one_of_them(tmp_path: Path):
    rows = f"gap,,{'a' * 9_000}\n" * 150
    path = written(tmp_path, "many.csv", f"record,name,words\norganisation,X,\n{rows}")

    assert len(read_audit(path).organisation.vulnerabilities) == 150
