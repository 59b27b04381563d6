from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from lichen.audit.prompts import offer_prompts, opening_prompts, sector_prompts
from lichen.audit.review import review
from lichen.audit.values import Audit, Opening, Organisation, Vulnerability
from lichen.capabilities.taxonomy import taxonomy
from lichen.errors import InputError
from lichen.files.draft import SetAside
from lichen.files.reading import read_audit, read_organisations
from lichen.files.workbook.template import write_template
from lichen.files.writing import write_audit, write_organisations
from lichen.scales import Relevance, Sector, Sensitivity
from tests.cast import everyone, hospital_audit
from tests.core.files.drawn import NASTY
from tests.core.files.given import problems_of

START, GAPS, OFFERS = "Start here", "What we lack", "What we can offer"
FIRST = 6  # the first row below the example


def filled(folder: Path, change: Callable[[Workbook], None], sector: Sector = Sector.HEALTH) -> Path:
    """The template with a name and whatever else is put in."""
    path = folder / "filled.xlsx"
    write_template(path, sector)
    book = load_workbook(path)
    answer(book, "Name of the organisation", "Meadow Action")
    change(book)
    book.save(path)
    return path


def answer(book: Workbook, question: str, text: object) -> None:
    for row in book[START].iter_rows():
        for cell in row:
            if cell.value == question:
                book[START].cell(cell.row, cell.column + 1, text)
                return
    raise AssertionError(question)


def column_of(book: Workbook, sheet: str, heading: str) -> int:
    return next(cell.column for cell in book[sheet][4] if cell.value == heading)


def tell(book: Workbook, sheet: str, row: int, **cells: object) -> None:
    headings = {
        "words": "In your own words",
        "code": "Capability",
        "severity": "How serious",
        "kinds": "How you could give it",
    }
    for name, value in cells.items():
        heading = headings.get(name, name.capitalize())
        book[sheet].cell(row, column_of(book, sheet, heading), value)


def change(sheet: str, row: int, **cells: object) -> Callable[[Workbook], None]:
    return lambda book: tell(book, sheet, row, **cells)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("template") / "template.xlsx"
    write_template(path, Sector.HEALTH)
    return load_workbook(path)


def test_the_template_has_its_sheets_and_keeps_the_lists_out_of_sight(template: Workbook):
    assert [(sheet.title, sheet.sheet_state) for sheet in template] == [
        (START, "visible"),
        (GAPS, "visible"),
        (OFFERS, "visible"),
        ("Words", "visible"),
        ("Lists", "hidden"),
    ]


def test_the_template_opens_with_the_two_questions_and_ends_with_those_of_the_sector(template: Workbook):
    texts = [str(cell.value) for row in template[START].iter_rows() for cell in row if cell.value]
    questions = [prompt.question for prompt in (*sector_prompts(Sector.HEALTH), *offer_prompts())]

    assert [text for text in texts if text in questions] == questions
    assert len(opening_prompts()) == 2
    assert texts.index("What are we worst at?") < texts.index("What keeps us up at night?") < texts.index(questions[0])


def test_the_sector_of_the_template_is_filled_in_and_no_other_answer_is(template: Workbook):
    answers = [
        row[2].value for row in template[START].iter_rows(min_row=7, max_row=24) if row[2].style == "Lichen answer"
    ]

    assert [text for text in answers if text] == ["Health care"]
    assert len(answers) == 12


@pytest.mark.parametrize(
    ("sheet", "chosen"),
    [
        (START, {"Sector", "Yearly income", "Does the leadership stand behind this audit?"}),
        (GAPS, {"Capability", "How serious", "Core", "Sensitivity", "Bears on a partnership"}),
        (OFFERS, {"Capability", "How strong", "Evidence", "How you could give it"}),
    ],
)
def test_every_choice_of_the_template_has_a_drop_down_with_help(template: Workbook, sheet: str, chosen: set[str]):
    rules = template[sheet].data_validations.dataValidation
    lists = [rule for rule in rules if rule.type == "list"]

    assert {rule.promptTitle for rule in lists} == {title[:32] for title in chosen}
    assert all(rule.prompt and rule.showInputMessage and len(rule.prompt) <= 255 for rule in lists)
    assert all(_choices(template, rule.formula1) for rule in lists)


def _choices(book: Workbook, reference: str) -> list[object]:
    sheet, cells = reference.replace("'", "").replace("$", "").split("!")
    return [row[0].value for row in book[sheet][cells]]


def test_the_drop_down_of_capabilities_has_all_of_them(template: Workbook):
    rule = next(rule for rule in template[GAPS].data_validations.dataValidation if rule.promptTitle == "Capability")

    assert _choices(template, rule.formula1) == [one.label for one in taxonomy().capabilities.values()]


def test_the_words_can_be_filtered_and_stay_under_their_headings(template: Workbook):
    words = template["Words"]

    assert words.auto_filter.ref == f"A4:F{4 + len(taxonomy().capabilities)}"
    assert words.freeze_panes == "A5"
    assert [words.cell(5, column).value for column in (2, 6)] == ["Fundraising capacity", "funding.fundraising"]


@pytest.mark.parametrize("sheet", [GAPS, OFFERS, "Words"])
def test_headings_stay_in_sight_on_the_screen_and_on_paper(template: Workbook, sheet: str):
    assert template[sheet].freeze_panes == "A5"
    assert template[sheet].print_title_rows == "$4:$4"
    assert (template[sheet].page_setup.fitToWidth, template[sheet].page_setup.fitToHeight) == (1, 0)


def test_the_example_is_marked_and_reads_as_no_answer(tmp_path: Path):
    audit = read_audit(filled(tmp_path, lambda book: None))

    assert (audit.organisation.vulnerabilities, audit.organisation.offers) == ((), ())
    assert audit.organisation.sector is Sector.HEALTH


def test_the_empty_template_lacks_a_name_and_says_where(tmp_path: Path):
    write_template(tmp_path / "template.xlsx")
    told = problems_of(tmp_path / "template.xlsx")

    assert [(problem.file, problem.sheet, problem.row, problem.column) for problem in told] == [
        ("template.xlsx", START, 10, "Name of the organisation")
    ]


@pytest.mark.parametrize("sector", Sector)
def test_there_is_a_template_for_every_sector(sector: Sector, tmp_path: Path):
    write_template(tmp_path / "template.xlsx", sector)

    assert load_workbook(tmp_path / "template.xlsx").sheetnames[0] == START


def test_a_template_is_written_as_a_workbook_only(tmp_path: Path):
    with pytest.raises(InputError, match=r"ends in \.xlsx"):
        write_template(tmp_path / "template.yaml")


def test_a_director_may_fill_in_nothing_but_her_own_words(tmp_path: Path):
    audit = read_audit(filled(tmp_path, change(GAPS, FIRST, words="We have nobody who can write grant bids.")))
    gap = audit.organisation.vulnerabilities[0]

    assert (gap.code, gap.confirmed, gap.severity) == ("funding.grant_seeking", False, 3)


def test_a_filled_template_is_read_as_it_is_meant(tmp_path: Path):
    def fill(book: Workbook) -> None:
        answer(book, "What are we worst at?", "Being believed.")
        answer(book, "Hours the leadership spent on it", 2.5)
        answer(book, "How many people took part?", 6)
        answer(book, "Does the leadership stand behind this audit?", "yes")
        tell(
            book,
            GAPS,
            FIRST,
            words="=1+1 of us",
            code="Logistics and transport",
            severity="5 - total: we have none of it at all",
            rank=1,
        )
        tell(book, GAPS, FIRST, core="x", sensitivity="High")
        tell(book, GAPS, FIRST + 4, code="people.languages", severity=4)
        tell(book, OFFERS, FIRST, code="Community venue", kinds="space, staff time")

    audit = read_audit(filled(tmp_path, fill))
    first, second = audit.organisation.vulnerabilities

    assert (audit.opening.worst_at, audit.readiness.hours, audit.readiness.people) == ("Being believed.", 2.5, 6)
    assert audit.readiness.leadership_aligned is True
    assert (first.code, first.severity, first.rank, first.core) == ("ops.logistics", 5, 1, True)
    assert (first.sensitivity, first.relevance, first.confirmed) == (Sensitivity.HIGH, Relevance.UNASKED, True)
    assert (second.code, second.severity) == ("people.languages", 4)
    assert audit.organisation.offers[0].kinds == ("space", "staff_time")


def test_a_real_date_is_read_as_that_day(tmp_path: Path):
    from_excel = filled(tmp_path, lambda book: answer(book, "Date of this audit", hospital_audit.audited_on))

    assert read_audit(from_excel).audited_on == hospital_audit.audited_on


def test_problems_of_a_workbook_name_sheet_row_and_column(tmp_path: Path):
    def fill(book: Workbook) -> None:
        answer(book, "Country", "Norway")
        tell(book, GAPS, FIRST, code="Logistics and transport", severity="rather", rank="high")
        tell(book, OFFERS, FIRST + 2, code="Community venues", kinds="love", evidence="yes")

    told = problems_of(filled(tmp_path, fill))

    assert [(problem.sheet, problem.row, problem.column) for problem in told] == [
        (START, 13, "Country"),
        (GAPS, FIRST, "How serious"),
        (GAPS, FIRST, "Rank"),
        (OFFERS, FIRST + 2, "Evidence"),
        (OFFERS, FIRST + 2, "How you could give it"),
    ]
    assert [problem.cell for problem in told] == ["C13", "D6", "E6", "E8", "F8"]
    assert told[1].place == "filled.xlsx, sheet What we lack, cell D6 (How serious)"


def test_one_row_in_which_nothing_is_recognised_does_not_keep_the_others_from_being_reviewed(tmp_path: Path):
    def fill(book: Workbook) -> None:
        tell(book, GAPS, FIRST, code="Logistics and transport")
        tell(book, GAPS, FIRST + 1, words="Xyzzy plugh.", severity="5 - none at all")

    audit = read_audit(filled(tmp_path, fill))

    assert [(gap.code, gap.severity, gap.confirmed) for gap in audit.organisation.vulnerabilities] == [
        ("ops.logistics", 3, True),
        ("", 5, False),
    ]
    assert [finding.figures["place"] for finding in review(audit) if finding.code == "unrecognised"] == [2]


def test_an_example_that_was_typed_over_is_told_and_not_lost(tmp_path: Path):
    told = problems_of(filled(tmp_path, change(GAPS, FIRST - 1, words="This one is ours.")))

    assert [(problem.sheet, problem.row, problem.column) for problem in told] == [(GAPS, FIRST - 1, "No.")]


def test_an_example_that_was_typed_over_and_unmarked_is_read(tmp_path: Path):
    def fill(book: Workbook) -> None:
        tell(book, GAPS, FIRST - 1, words="This one is ours.")
        book[GAPS].cell(FIRST - 1, 1).value = None

    assert [gap.words for gap in read_audit(filled(tmp_path, fill)).organisation.vulnerabilities] == [
        "This one is ours."
    ]


def test_columns_and_sheets_of_her_own_are_noted_and_the_rest_is_read(tmp_path: Path):
    def fill(book: Workbook) -> None:
        book[GAPS].cell(4, 9, "Who said it")
        book[GAPS].cell(FIRST, 9, "the night shift")
        book[GAPS].cell(FIRST, 11, "ask again in May")
        tell(book, GAPS, FIRST, code="Logistics and transport")
        book.create_sheet("Minutes").append(["not for Lichen"])

    with pytest.warns(SetAside) as noted:
        audit = read_audit(filled(tmp_path, fill))

    assert [gap.code for gap in audit.organisation.vulnerabilities] == ["ops.logistics"]
    assert isinstance(noted[0].message, SetAside)
    assert [(note.sheet, note.row, note.column) for note in noted[0].message.notes] == [
        ("Minutes", None, ""),
        (GAPS, 4, "Who said it"),
        (GAPS, FIRST, "K"),
    ]


def test_a_heading_that_looks_mistyped_is_a_problem_and_its_column_is_not_lost(tmp_path: Path):
    def fill(book: Workbook) -> None:
        book[GAPS].cell(4, column_of(book, GAPS, "How serious"), "How serous")

    told = problems_of(filled(tmp_path, fill))

    assert [(problem.sheet, problem.row, problem.column, problem.right) for problem in told] == [
        (GAPS, 4, "How serous", "how serious")
    ]


def test_headings_may_be_in_any_case_in_any_order_and_lower_down(tmp_path: Path):
    book = Workbook()
    start, gaps = book.active, book.create_sheet("WHAT WE LACK")
    assert start is not None
    start.title = "start HERE"
    start.append(["", "NAME of the organisation ", "X"])
    for row in (["ours"], [], ["HOW SERIOUS", "capability", " in your  own words"], [2, "ops.logistics", "a van"]):
        gaps.append(row)
    book.save(tmp_path / "own.xlsx")

    gap = read_audit(tmp_path / "own.xlsx").organisation.vulnerabilities[0]

    assert (gap.code, gap.severity, gap.words) == ("ops.logistics", 2, "a van")


def test_a_sheet_of_items_without_headings_is_told(tmp_path: Path):
    def fill(book: Workbook) -> None:
        book[GAPS].delete_rows(4)

    assert problems_of(filled(tmp_path, fill))[0].what == "there are no headings that Lichen knows"


def test_a_written_workbook_has_no_cell_that_a_spreadsheet_would_run(tmp_path: Path):
    write_audit(hospital_audit, tmp_path / "audit.xlsx")
    write_organisations(everyone, tmp_path / "many.xlsx")
    write_template(tmp_path / "template.xlsx")

    for path in tmp_path.iterdir():
        cells = [cell for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}


def test_text_that_looks_like_a_formula_stays_text_when_a_person_edits_it(tmp_path: Path):
    gaps = tuple(Vulnerability("ops.logistics", words=text) for text in NASTY)
    write_audit(Audit(Organisation("x", "X", vulnerabilities=gaps)), tmp_path / "nasty.xlsx")
    with zipfile.ZipFile(tmp_path / "nasty.xlsx") as package:
        sheet = package.read("xl/worksheets/sheet2.xml").decode()
    cells = {cell.value: cell for cell in load_workbook(tmp_path / "nasty.xlsx")[GAPS]["B"]}

    assert "<f>" not in sheet
    assert [cells[text].quotePrefix for text in ("=1+1", "@SUM(A1)", "＝1", "007")] == [True, True, True, False]
    assert {cells[text].number_format for text in ("=1+1", "007", "1e5")} == {"@"}


def test_a_workbook_of_many_organisations_keeps_them_in_tables(tmp_path: Path):
    write_organisations(everyone, tmp_path / "many.xlsx")

    book = load_workbook(tmp_path / "many.xlsx")
    assert book.sheetnames == ["Organisations", "What they lack", "What they can offer"]
    assert [sheet.freeze_panes for sheet in book] == ["A2"] * 3
    assert read_organisations([tmp_path / "many.xlsx"]) == everyone


def test_a_workbook_that_was_opened_and_saved_by_another_program_reads_the_same(tmp_path: Path):
    """openpyxl reads and writes it whole here, with shared strings, as spreadsheet programs do."""
    write_audit(hospital_audit, tmp_path / "audit.xlsx")
    load_workbook(tmp_path / "audit.xlsx").save(tmp_path / "again.xlsx")

    assert read_audit(tmp_path / "again.xlsx") == hospital_audit


def test_reading_a_workbook_leaves_no_warning_and_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write_audit(hospital_audit, tmp_path / "audit.xlsx")
    monkeypatch.chdir(tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read_audit("audit.xlsx")

    assert [path.name for path in tmp_path.iterdir()] == ["audit.xlsx"]


def test_the_same_audit_makes_the_same_cells(tmp_path: Path):
    sheets = []
    for name in ("one.xlsx", "two.xlsx"):
        write_audit(hospital_audit, tmp_path / name)
        with zipfile.ZipFile(io.BytesIO((tmp_path / name).read_bytes())) as package:
            sheets.append(package.read("xl/worksheets/sheet2.xml"))

    assert sheets[0] == sheets[1]


def test_an_answer_that_reads_like_a_question_is_still_an_answer(tmp_path: Path):
    confusing = Audit(Organisation("country", "Country", region="Size"), opening=Opening("Region", "country"))
    write_audit(confusing, tmp_path / "confusing.xlsx")

    assert read_audit(tmp_path / "confusing.xlsx") == confusing
