from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lichen.alliance.values import Alliance
from lichen.audit.values import Audit
from lichen.errors import InputError, Problem
from lichen.files import json_text, yaml_text
from lichen.files.draft import Reading
from lichen.files.records import RecordReader, entry_of_record
from tests.core.files.drawn_records import records

CONFESSION = "we are insolvent and the board does not know"
ROOT = Problem("", "", document=True)
FORMATS = {"yaml": yaml_text, "json": json_text}


class Mood(StrEnum):
    WELL_MEANT = "well_meant"
    BY_RISK = "by-risk"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Terms:
    budget: float = 10_000
    starts_on: date | None = date(2026, 11, 22)
    notes: tuple[str, ...] = ("as usual",)

    def __post_init__(self) -> None:
        if self.budget < 0:
            raise InputError(Problem("the budget is below 0", "0 or more", column="budget"))


@dataclass(frozen=True, slots=True)
class Fair:
    id: str
    partners: tuple[str, ...] = ()
    terms: Terms = field(default_factory=Terms)
    other_terms: Terms | None = None
    steps: tuple[Terms, ...] = ()
    mood: Mood | None = None
    people: int = 3
    open: bool = False
    words: str = "said"

    def __post_init__(self) -> None:
        if self.people > 100:
            many = [Problem("too many people", "100 or fewer", column="people")]
            raise InputError(many + ([Problem("no words", "some", column="words")] if not self.words else []))


@dataclass(frozen=True, slots=True)
class Season:
    fairs: tuple[Fair, ...] = ()


def season_in(text: str) -> tuple[Season | None, Reading, RecordReader]:
    reading = Reading("")
    reader = RecordReader(reading)
    return reader.record(yaml_text.tree_in(text.encode(), reading), Season, ROOT), reading, reader


def fair_in(text: str) -> Fair:
    season, reading, _reader = season_in(f"fairs: [{{id: x, {text}}}]")
    assert reading.problems == []
    assert season is not None
    return season.fairs[0]


def problems_in(text: str) -> list[tuple[str, str, str]]:
    _season, reading, _reader = season_in(text)
    return [(problem.place, problem.what, problem.right) for problem in reading.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", Fair("x")),
        ("people: , words: ~, terms: , partners: null", Fair("x")),
        ("people: ' '", Fair("x")),
        ("words: ' '", Fair("x", words=" ")),
        ("partners: a", Fair("x", partners=("a",))),
        ("partners: [a, b]", Fair("x", partners=("a", "b"))),
        ("partners: []", Fair("x")),
        ("terms: {}", Fair("x")),
        ("terms: {notes: []}", Fair("x", terms=Terms(notes=()))),
        ("terms: {starts_on: }", Fair("x", terms=Terms(starts_on=None))),
        ("terms: {starts_on: 1 December 2026}", Fair("x", terms=Terms(starts_on=date(2026, 12, 1)))),
        ("terms: {budget: '£9,500'}", Fair("x", terms=Terms(9_500.0))),
        ("terms: {budget: '9,500'}", Fair("x", terms=Terms(9_500.0))),
        ("terms: {budget: '2,5'}", Fair("x", terms=Terms(2.5))),
        ("terms: {budget: 10k}", Fair("x", terms=Terms(10_000.0))),
        ("terms: {budget: 20%}", Fair("x", terms=Terms(0.2))),
        ("terms: {budget: twelve}", Fair("x", terms=Terms(12.0))),
        ("other_terms: {}", Fair("x", other_terms=Terms())),
        ("mood: Well meant", Fair("x", mood=Mood.WELL_MEANT)),
        ("mood: well_meant", Fair("x", mood=Mood.WELL_MEANT)),
        ("mood: BY RISK", Fair("x", mood=Mood.BY_RISK)),
        ("mood: true", Fair("x", mood=Mood.YES)),
        ("open: x, people: three", Fair("x", open=True)),
        ("words: 2026-01-01", Fair("x", words="2026-01-01")),
    ],
)
def test_an_answer_is_read_as_people_mean_it(text: str, value: Fair):
    assert fair_in(text) == value


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("fairs: {id: x}", "fairs", "this is not a list"),
        ("fairs: x", "fairs", "this is not a list"),
        ("fairs: [x]", "fairs, item 1", "this is not a group of answers"),
        ("fairs: [[]]", "fairs, item 1", "this is not a group of answers"),
        ("fairs: [~]", "fairs, item 1", "this is not a group of answers"),
        ("fairs: [{}]", "fairs, item 1, id", "this is missing"),
        ("fairs: [{id: {a: b}}]", "fairs, item 1, id", "this is not text"),
        ("fairs: [{id: x, terms: [a]}]", "fairs, item 1, terms", "this is not a group of answers"),
        ("fairs: [{id: x, people: [a]}]", "fairs, item 1, people", "this is not a single answer"),
        ("fairs: [{id: x, partners: {a: b}}]", "fairs, item 1, partners", "this is not a list"),
        ("fairs: [{id: x, partners: [[a]]}]", "fairs, item 1, partners, item 1", "this is not text"),
        (
            "fairs: [{id: x, terms: {budget: much}}]",
            "fairs, item 1, terms.budget",
            "this is not a number that fits here",
        ),
        ("fairs: [{id: x, terms: {budget: -1}}]", "fairs, item 1, terms.budget", "the budget is below 0"),
        (
            "fairs: [{id: x, steps: [{}, {budget: -1}]}]",
            "fairs, item 1, steps, item 2, budget",
            "the budget is below 0",
        ),
        ("fairs: [{id: x, termz: {}}]", "fairs, item 1, termz", "there is no such field"),
        ("fairs: [{id: x, terms: {budgt: 1}}]", "fairs, item 1, terms.budgt", "there is no such field"),
        ("fairs: [{id: x, budget: 1}]", "fairs, item 1, budget", "this stands in the wrong group"),
        ("fairs: [{id: x, terms: {budget: 9,500}}]", "fairs, item 1, terms.500", "a comma has parted a number"),
        ("fair: []", "fair", "there is no such field"),
    ],
)
def test_what_is_wrong_is_told_in_its_place(text: str, place: str, what: str):
    told = problems_in(text)

    assert [(place, what)] == [(place, what) for place, what, _right in told]
    assert all(right for _place, _what, right in told)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("fairs: [{id: x, mood: grim}]", "well meant; by risk; yes"),
        ("fairs: [{id: x, budget: 1}]", "terms.budget"),
        ("fairs: [{id: x, termz: {}}]", "terms"),
        ("fairs: [{id: x, terms: {budget: much}}]", "a number, such as 2.5, 9,500 or 20%"),
        ("fairs: [{}]", "a few words"),
    ],
)
def test_what_would_be_right_is_told(text: str, right: str):
    assert [told for _place, _what, told in problems_in(text)] == [right]


def test_a_slip_is_told_wherever_it_stands():
    places = [place for place, _what, _right in problems_in("fairs: [{id: x, termz: {}}, {id: y, termz: {}}]")]

    assert places == ["fairs, item 1, termz", "fairs, item 2, termz"]


def test_a_key_of_ones_own_is_noted_and_no_problem():
    season, reading, _reader = season_in("fairs: [{id: x, weather: fine}]")

    assert season == Season((Fair("x"),))
    assert [note.place for note in reading.notes] == ["fairs, item 1, weather"]
    assert reading.problems == []


def test_where_an_answer_is_wrong_its_default_stands_in_and_the_rest_is_kept():
    text = "fairs: [{id: x, mood: grim, people: 900, words: '', terms: {budget: -1, notes: [a]}, partners: [a, [b]]}]"
    season, reading, reader = season_in(text)

    assert season == Season((Fair("x", ("a",), Terms(notes=("a",))),))
    assert [problem.column for problem in reading.problems] == ["", "terms.budget", "mood", "people", "words"]
    assert reader.incomplete == {"fairs, item 1, partners"}


def test_an_entry_that_cannot_be_made_is_left_out_and_its_list_is_incomplete():
    season, _reading, reader = season_in("fairs: [{id: x}, {people: 4}]")

    assert season == Season((Fair("x"),))
    assert reader.incomplete == {"fairs"}


def test_a_list_whose_every_entry_can_be_made_is_complete():
    assert season_in("fairs: [{id: x, people: many}]")[2].incomplete == set()


def test_no_problem_of_a_record_repeats_what_stands_there():
    text = "fairs: [{id: [c], people: c, mood: c, open: c, terms: {budget: c, starts_on: c}, steps: c, c: c}]"
    _season, reading, _reader = season_in(text.replace("c", f"'{CONFESSION}'").replace(f"'{CONFESSION}':", "c:"))

    assert len(reading.problems) > 5
    assert [problem for problem in reading.problems if CONFESSION in str(problem)] == []


def test_more_entries_than_lichen_reads_are_refused_before_they_are_read():
    reading = Reading("")
    with pytest.raises(InputError, match="more entries than Lichen reads"):
        RecordReader(reading).record({"fairs": [{"id": "x", "partners": ["a"] * 400_000}]}, Season, ROOT)


def test_twenty_thousand_wrong_entries_are_told_as_a_hundred_and_counted():
    reading = Reading("")
    RecordReader(reading).record({"fairs": [{"id": "x", "people": "c"}] * 20_000}, Season, ROOT)

    assert (len(reading.problems), reading.untold) == (100, 19_900)


def test_a_class_with_a_format_of_its_own_is_read_and_written_by_it():
    ways = {Terms: lambda answer, place, _reading: (answer["budget"], place.place)}
    season = RecordReader(Reading(""), ways).record({"fairs": [{"id": "x", "terms": {"budget": "1"}}]}, Season, ROOT)

    assert season is not None
    assert season.fairs[0].terms == ("1", "fairs, item 1, terms")
    assert entry_of_record(Season((Fair("x", other_terms=Terms()),)), {Terms: lambda terms: {"own": terms.budget}}) == {
        "fairs": [{"id": "x", "other_terms": {"own": 10_000}}]
    }


def test_defaults_are_left_out_and_keys_stand_in_the_order_of_the_fields():
    fair = Fair("x", words="", terms=Terms(starts_on=None), mood=Mood.BY_RISK, partners=("a",))

    assert list(entry_of_record(fair).items()) == [
        ("id", "x"),
        ("partners", ["a"]),
        ("terms", {"starts_on": None}),
        ("mood", "by-risk"),
        ("words", ""),
    ]


def kept_classes(kind: Any = Alliance) -> set[Any]:
    """Every dataclass that an alliance's file can hold, audits aside."""
    parts = [part for hint in get_type_hints(kind).values() for part in (hint, *get_args(hint), *inner(hint))]
    below = {part for part in parts if is_dataclass(part) and part is not Audit}
    return below.union(*map(kept_classes, below))


def inner(hint: Any) -> list[Any]:
    return [deep for part in get_args(hint) for deep in get_args(part)]


def test_every_field_that_an_alliance_keeps_is_of_a_type_that_a_file_can_hold():
    for kind in kept_classes():
        assert entry_of_record_reads_back(kind, {field.name: None for field in fields(kind)})


def entry_of_record_reads_back(kind: Any, answers: dict[str, None]) -> bool:
    """Whether every field has a shape: one that had none would raise here, and not say what is missing."""
    reading = Reading("")
    RecordReader(reading).record(answers, kind, ROOT)
    return all(problem.right for problem in reading.problems)


drawn = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


def check_round_trip(value: Any, form: str) -> None:
    reading = Reading("")
    raw = FORMATS[form].text_of(entry_of_record(value))
    assert RecordReader(reading).record(FORMATS[form].tree_in(raw, reading), type(value), ROOT) == value
    assert reading.problems == []


def drawn_values() -> st.SearchStrategy[Any]:
    kinds = sorted(kept_classes(), key=lambda kind: kind.__name__)
    return st.sampled_from(kinds).flatmap(records)


@pytest.mark.parametrize("form", FORMATS)
@drawn
@given(value=drawn_values())
def test_any_value_of_any_stage_survives(form: str, value: Any):
    check_round_trip(value, form)


@pytest.mark.long
@pytest.mark.parametrize("form", FORMATS)
@settings(drawn, max_examples=2_000)
@given(value=drawn_values())
def test_a_great_many_values_of_every_stage_survive(form: str, value: Any):
    check_round_trip(value, form)
