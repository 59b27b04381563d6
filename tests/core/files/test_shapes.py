from __future__ import annotations

from datetime import date

import pytest

from lichen.errors import InputError
from lichen.files.draft import Cell
from lichen.files.schema import AUDIT, OFFER, ORGANISATION, VULNERABILITY, Field
from lichen.scales import Relevance, Sector, Sensitivity, Size

FIELDS: dict[str, Field] = {**ORGANISATION, **AUDIT, **VULNERABILITY, **OFFER}


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("severity", 5, 5),
        ("severity", "5", 5),
        ("severity", "5.0", 5),
        ("severity", " 5 - total: we have none of it at all ", 5),
        ("severity", "5 – none at all", 5),
        ("severity", "5 - none at all", 5),
        ("severity", "None  at All", 5),
        ("severity", "a trace", 1),
        ("severity", "Serious", 4),
        ("severity", "we have most of it", 2),
        ("evidence", "a third party says so", 4),
        ("rank", "3", 3),
        ("rank", 3, 3),
        ("rank", "3.0", 3),
        ("people", "0", 0),
        ("people", "6 people", 6),
        ("people", "Six", 6),
        ("hours", "two", 2.0),
        ("hours", "2.5 hours", 2.5),
        ("hours", "1 hr.", 1.0),
        ("hours", "2.5", 2.5),
        ("hours", "2,5", 2.5),
        ("hours", "1e-07", 1e-07),
        ("hours", 2, 2.0),
        ("source_confidence", "0.30000000000000004", 0.30000000000000004),
        ("core", "Yes", True),
        ("core", "x", True),
        ("core", "✓", True),
        ("core", True, True),
        ("core", "no", False),
        ("core", "0", False),
        ("relevance", "yes", Relevance.YES),
        ("relevance", True, Relevance.YES),
        ("relevance", "x", Relevance.YES),
        ("relevance", "False", Relevance.NO),
        ("relevance", "not asked yet", Relevance.UNASKED),
        ("relevance", "maybe", Relevance.UNASKED),
        ("sensitivity", "High", Sensitivity.HIGH),
        ("sensitivity", "high - not before a pilot starts", Sensitivity.HIGH),
        ("sector", "NONPROFIT", Sector.NONPROFIT),
        ("sector", "Charity or other nonprofit", Sector.NONPROFIT),
        ("size", "super-major", Size.SUPER_MAJOR),
        ("size", "small - 10,000 to 100,000", Size.SMALL),
        ("size", "10,000", Size.SMALL),
        ("size", "about 40 million", Size.MAJOR),
        ("size", "£250k", Size.MEDIUM),
        ("country", "gb", "GB"),
        ("country", "UK", "GB"),
        ("country", "United Kingdom", "GB"),
        ("country", "NO", "NO"),
        ("audited_on", "2026-09-14", date(2026, 9, 14)),
        ("audited_on", date(2026, 9, 14), date(2026, 9, 14)),
        ("audited_on", "2026-9-14", date(2026, 9, 14)),
        ("audited_on", "14/09/2026", date(2026, 9, 14)),
        ("audited_on", "9/14/2026", date(2026, 9, 14)),
        ("audited_on", "14.9.2026", date(2026, 9, 14)),
        ("audited_on", "3/3/2026", date(2026, 3, 3)),
        ("audited_on", "14 September 2026", date(2026, 9, 14)),
        ("audited_on", "14th of Sept. 2026", date(2026, 9, 14)),
        ("audited_on", "September 14, 2026", date(2026, 9, 14)),
        ("kinds", "space", ("space",)),
        ("kinds", "Staff time, in_kind; network access", ("staff_time", "in_kind", "network_access")),
        ("kinds", ("reach", "staff time"), ("reach", "staff_time")),
        ("kinds", "in-kind, cash", ("in_kind", "funding")),
        ("kinds", "Money", ("funding",)),
        ("words", "  =1+1 ", "  =1+1 "),
        ("spare", "007", "007"),
    ],
)
def test_a_cell_is_read_as_people_mean_it(name: str, cell: Cell, value: object):
    read = FIELDS[name].shape.read(cell)

    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("severity", "0"),
        ("severity", "6"),
        ("severity", "55"),
        ("severity", "3.5"),
        ("severity", "3-5"),
        ("severity", "3 or 4"),
        ("severity", True),
        ("severity", "very"),
        ("severity", ("5",)),
        ("rank", "0"),
        ("rank", "-1"),
        ("rank", "1.5"),
        ("rank", "first"),
        ("rank", "9" * 400),
        ("rank", "١"),
        ("people", "6 or 7 people"),
        ("people", "Parking"),
        ("hours", "-1"),
        ("hours", "nan"),
        ("hours", "inf"),
        ("hours", "1e999"),
        ("hours", "1_000"),
        ("hours", "."),
        ("hours", "hours"),
        ("hours", "a few"),
        ("source_confidence", "1.1"),
        ("core", "perhaps"),
        ("core", ""),
        ("relevance", "Parking"),
        ("sensitivity", "secret"),
        ("sector", "yes"),
        ("sector", True),
        ("size", "40"),
        ("size", "10.000"),
        ("size", "10,000 to 20,000"),
        ("country", "Norway"),
        ("country", "G"),
        ("country", "ÅÄ"),
        ("audited_on", "04/09/2026"),
        ("audited_on", "14/09-2026"),
        ("audited_on", "14/09/26"),
        ("audited_on", "31 June 2026"),
        ("audited_on", "14 Brumaire 2026"),
        ("audited_on", "2026-02-30"),
        ("audited_on", "2026-W01-1"),
        ("kinds", "love"),
        ("kinds", "Parking"),
        ("kinds", (("space",),)),
        ("id", " GB-CHC-1"),
        ("name", True),
        ("words", "a" * 10_001),
        ("words", "\x1b[2J"),
        ("words", "a\0b"),
        ("words", "\ud800"),
        ("words", ("a",)),
    ],
)
def test_a_cell_that_cannot_be_meant_is_refused_with_what_would_be_right(name: str, cell: Cell):
    with pytest.raises(InputError) as refusal:
        FIELDS[name].shape.read(cell)

    problem = refusal.value.problems[0]
    assert problem.what
    assert problem.right


def test_every_word_of_every_choice_reads_back_as_its_value():
    for field in FIELDS.values():
        for value, words in field.shape.words().items():
            read = field.shape.read(words)
            plain = read[0] if isinstance(read, tuple) else read

            assert (("no", "yes")[plain] if isinstance(plain, bool) else str(plain)) == value
