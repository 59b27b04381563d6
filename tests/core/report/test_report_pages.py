"""The pages of a report: accessible, self-contained, drawn without need of colour, and never without its figures."""

from __future__ import annotations

import re
import zlib
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from lichen.alliance.values import Alliance
from lichen.report.as_html import report_html
from lichen.report.as_markdown import report_markdown
from lichen.report.as_pdf import report_pdf
from lichen.report.audience import Audience, AudienceKind, audience_of
from lichen.report.charts import Dots, Line, Span, dots_svg, lines_svg, spans_svg
from lichen.report.compose import left_out_words, report_for
from lichen.report.document import Chart, Items, Paragraph, Report, ReportSection, Section, Table
from tests.core.report.planting import worked

DAY = date(2026, 3, 20)
SPACE = "{http://www.w3.org/2000/svg}"


def told(asked: str, day: date = DAY) -> Report:
    alliance = worked("two-years.yaml")
    return report_for(alliance, audience_of(alliance, asked), day)


def section(report: Report, name: ReportSection) -> Section:
    return next(each for each in report.sections if each.name is name)


def test_summary_is_five_sentences_that_the_sections_bear_out():
    [items] = section(told("board"), ReportSection.SUMMARY).blocks
    assert isinstance(items, Items)
    assert items.items == (
        "St Brigid's Hospital and Three Churches of Eastfield have been allied since 20 March 2024.",
        "All 14 promises are kept.",
        "Since the start the needs that partners opened to one another, by their own rating: 61% less severe.",
        "Adults over fifty whose blood pressure was measured within a year: better by 8.5 percentage points than what "
        "changed anyway; chance hardly explains it. The interval runs from 1 to 14.",
        "5 things to watch; first: St Brigid's Hospital trusts Three Churches of Eastfield more than it is trusted in "
        "one thing: doing what was promised.",
    )


def test_index_over_open_needs_is_reckoned_from_their_severities_alone():
    # The hospital's three, a third each: 4 to 1, 3 to 1, 3 to 2. The churches' four, a quarter each: 3 to 2, 4 to 0,
    # 4 to 2, 2 to 1. Together 6/3 + 8/4 of 10/3 + 13/4.
    chart = next(each for each in section(told("funder"), ReportSection.NEEDS).blocks if isinstance(each, Chart))
    assert chart.table.rows[-1] == ("16 March 2026", "60.8")


@pytest.mark.parametrize("asked", ["board", "funder", "example-churches"])
def test_every_chart_has_a_title_words_and_its_figures_as_a_table(asked: str):
    charts = [each for part in told(asked).sections for each in part.blocks if isinstance(each, Chart)]
    assert len(charts) >= 4
    for chart in charts:
        picture = ElementTree.fromstring(chart.svg)  # noqa: S314 -- our own
        assert picture.get("role") == "img"
        assert picture.findtext(f"{SPACE}title") == chart.told
        assert chart.table.rows
        assert all(len(row) == len(chart.table.headings) for row in chart.table.rows)


def test_page_fetches_nothing_runs_nothing_and_repeats_no_id():
    page = report_html(told("board"))
    assert re.findall(r"<script|src=|url\(|href=|@import", page) == []
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len({*ids})
    assert page.count("<h1>") == 1
    assert page.count("<table>") == page.count("<thead>") == page.count('role="region"')


def test_what_somebody_wrote_is_shown_as_text():
    bad = "<b>*x*</b>|"
    made = Report(bad, (bad,), (Section(ReportSection.WHO, bad, (Table(bad, (bad,), ((bad,),)), Items((bad,)))),), bad)
    assert "<b>" not in report_html(made)
    assert report_html(made).count("&lt;b&gt;*x*&lt;/b&gt;|") == 10
    assert r"| \<b\>\*x\*\</b\>\| |" in report_markdown(made)


def test_pdf_is_tagged_and_says_its_language():
    pdf = report_pdf(told("funder"))
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    whole = b"\n".join([pdf, *(zlib.decompress(each) for each in packed if each[:1] == b"x")])
    assert whole.startswith(b"%PDF-1.7")
    assert (b"/Marked true" in whole, b"/Lang (en)" in whole, b"pdfuaid" in whole) == (True, True, True)
    figures, texts = whole.count(b"/S /Figure"), len(re.findall(rb"/Alt [(<]", whole))
    assert figures == texts == 4


def test_lines_are_told_apart_by_mark_and_dash():
    points = ((date(2026, 1, 1), 3.0), (date(2026, 4, 1), 4.0))
    svg = lines_svg("Trust", [Line(name, points) for name in "abcd"], (1, 10), (1, 10))
    assert len({*re.findall(r'stroke-dasharray="([^"]+)"', svg)}) == 3
    assert svg.count("<polyline") == 4
    assert {svg.count("<circle"), svg.count("<polygon")} == {3, 9}


def test_last_figures_of_lines_never_lie_on_one_another():
    lines = [
        Line(name, ((date(2026, 1, 1), 1.0), (date(2026, 4, 1), value)))
        for name, value in zip("abc", (5, 5, 5), strict=True)
    ]
    heights = [
        float(y) for y in re.findall(r'font-weight="bold" x="[\d.]+" y="([\d.]+)"', lines_svg("x", lines, (1, 10), ()))
    ]
    assert len(heights) == 3
    assert all(later - earlier >= 17 for earlier, later in pairwise(heights))


def test_dots_show_one_where_nothing_moved_and_two_where_it_did():
    both = [Dots("moved", 5, 2, "5 → 2"), Dots("stayed", 3, 3, "3 → 3"), Dots("new", None, 4, "4")]
    assert dots_svg("Needs", both, (0, 5), ("gone", "total")).count("<circle") == 4


def test_span_without_an_interval_is_a_dot_alone():
    sure, unsure = Span("a", 3, 1, 5, "3"), Span("b", 3, None, None, "3; no interval")
    assert spans_svg("x", [sure], "points").count('stroke-width="3"') == 3
    assert spans_svg("x", [unsure], "points").count('stroke-width="3"') == 0


def test_nothing_written_yet_says_what_to_do_and_leaves_it_out_for_a_funder():
    empty = Alliance("Eastfield", partners=worked("coalition.yaml").partners[:1])
    board, funder = (report_for(empty, Audience(kind), DAY) for kind in (AudienceKind.BOARD, AudienceKind.FUNDER))
    advice = [each.text for part in board.sections for each in part.blocks if isinstance(each, Paragraph)]
    assert "Nobody was asked yet: ask each partner at the next refresher, below progress, surveys." in advice
    assert {part.name for part in board.sections} - {part.name for part in funder.sections} == {
        ReportSection.GOALS,
        ReportSection.OUTCOMES,
        ReportSection.FAIRNESS,
        ReportSection.TRUST,
        ReportSection.SERVED,
        ReportSection.WATCH,
    }


def test_alliance_without_partners_has_a_report():
    assert (
        report_for(Alliance("Eastfield"), Audience(AudienceKind.BOARD), DAY).title
        == "Eastfield: a report for its board"
    )


def test_what_is_left_out_is_told_in_one_line_beside_the_report():
    alliance = worked("two-years.yaml")
    line = left_out_words(alliance, audience_of(alliance, "board"), DAY)
    assert line == (
        "Left out: 6 needs, 7 warnings (not open to every partner); notes, reviews, votes and people's names always."
    )
    assert line not in report_markdown(told("board"))
