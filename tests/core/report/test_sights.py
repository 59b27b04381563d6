"""The table of who sees what: whole, frozen, and in the guide as it is in the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from lichen.alliance.values import Alliance
from lichen.audit.values import Audit, Organisation
from lichen.errors import InputError
from lichen.report.audience import Audience, AudienceKind, audience_of
from lichen.report.sights import SIGHTS, Extent, ReportPart, part_words, reason_words, sight_of, sight_words
from lichen.report.vocabulary import names_capability
from lichen.simulate.words import may_be_shown_to

GUIDE = Path(__file__).parents[3] / "docs" / "how-to" / "report-to-others.md"
LETTERS = {Extent.ALL: "a", Extent.OPEN: "o", Extent.TOTALS: "t", Extent.NOTHING: "n"}
TABLE = """
partners aaa
purpose aaa
course aaa
reasons ana
cover ono
promises ono
promise-counts ata
need-names ooo
severities oto
need-words nno
indicators ooo
goals oto
outcomes aaa
fairness oto
trust ana
served aaa
alerts ono
due-days aaa
claims nnn
worths nnn
people nnn
dealings nnn
simulation nnn
"""
"""What the board, a funder and a partner see of each part; whoever changes it changes what people were promised."""


def test_table_stands_as_it_was_decided():
    rows = (f"{row.part} {''.join(LETTERS[row.of(kind)] for kind in AudienceKind)}" for row in SIGHTS)
    assert list(rows) == TABLE.split("\n")[1:-1]


def test_every_part_has_one_row_a_name_and_a_reason():
    assert [row.part for row in SIGHTS] == list(ReportPart)
    assert len({part_words(part) for part in ReportPart}) == len(ReportPart)
    assert all(reason_words(part).endswith(".") for part in ReportPart)


def test_no_audience_sees_more_than_a_partner_and_no_funder_more_than_the_board():
    order = [Extent.NOTHING, Extent.TOTALS, Extent.OPEN, Extent.ALL]
    for row in SIGHTS:
        funder, board, partner = (
            order.index(row.of(kind)) for kind in (AudienceKind.FUNDER, AudienceKind.BOARD, AudienceKind.PARTNER)
        )
        assert funder <= board <= partner


def test_what_the_simulation_keeps_from_funders_the_report_keeps_from_them():
    assert not may_be_shown_to("funder")
    assert sight_of(ReportPart.SIMULATION, AudienceKind.FUNDER) is Extent.NOTHING


def test_guide_shows_the_table():
    text = GUIDE.read_text(encoding="utf-8")
    for row in SIGHTS:
        board, funder, partner = (sight_words(row.of(kind)) for kind in AudienceKind)
        assert f"| {part_words(row.part)} | {board} | {funder} | {partner} | {reason_words(row.part)} |" in text


def test_audience_is_the_board_a_funder_or_a_partner():
    alliance = Alliance("Eastfield", partners=(Audit(Organisation("a", "A")), Audit(Organisation("funder", "F"))))
    assert audience_of(alliance, "board") == Audience(AudienceKind.BOARD)
    assert audience_of(alliance, "a") == Audience(AudienceKind.PARTNER, "a")
    assert audience_of(alliance, "funder") == Audience(AudienceKind.FUNDER)


@pytest.mark.parametrize("asked", ["", "stranger", "BOARD"])
def test_stranger_is_refused_and_told_who_it_can_be(asked: str):
    with pytest.raises(InputError) as refused:
        audience_of(Alliance("Eastfield", partners=(Audit(Organisation("a", "A")),)), asked)
    assert [problem.right for problem in refused.value.problems] == ["board; funder; a"]


def test_names_of_the_vocabulary_are_found_across_lines_and_in_capitals_and_not_within_words():
    assert names_capability("a STAFF and\nvolunteer wellbeing plan")
    assert not names_capability("solvencyx")
