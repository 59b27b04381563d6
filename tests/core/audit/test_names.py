from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lichen.audit.names import MentionKind, people_named
from tests.cast import everyone

SENTENCES = Path(__file__).with_name("sentences_naming.tsv")


def sentences(part: str) -> list[tuple[bool, str]]:
    with SENTENCES.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["names"] == "yes", row["sentence"]) for row in rows if row["part"] == part]


@pytest.mark.parametrize(("part", "with_person", "without"), [("tuning", 40, 60), ("held", 20, 30)])
def test_people_named_is_precise_and_complete_enough(part: str, with_person: int, without: int) -> None:
    answers = [(is_named, bool(people_named(sentence))) for is_named, sentence in sentences(part)]
    found = sum(is_named and was_found for is_named, was_found in answers)

    assert sum(is_named for is_named, _ in answers) == with_person
    assert sum(not is_named for is_named, _ in answers) == without
    assert found / sum(was_found for _, was_found in answers) >= 0.85
    assert found / with_person >= 0.85


@pytest.mark.parametrize(
    ("text", "kind", "where"),
    [
        ("Only Margaret knows.", MentionKind.GIVEN_NAME, "Margaret"),
        ("It is on Sharon's laptop.", MentionKind.GIVEN_NAME, "Sharon's"),
        ("Mark runs the shop.", MentionKind.GIVEN_NAME, "Mark"),
        ("We lost Grace Okafor to a bank.", MentionKind.FULL_NAME, "Grace Okafor"),
        ("We trusted Zebulon Quist with it.", MentionKind.FULL_NAME, "Zebulon Quist"),
        ("James Park left.", MentionKind.FULL_NAME, "James Park"),
        ("We rely on Rev. S. Boateng.", MentionKind.TITLE, "Rev. S. Boateng"),
        ("Our treasurer Xanthe has gone.", MentionKind.ROLE, "Xanthe"),
        ("Write to a.smith@tern.example now.", MentionKind.EMAIL, "a.smith@tern.example"),
        ("Ring 07700 900123.", MentionKind.PHONE, "07700 900123"),
        ("Ring +1 (503) 555-0142 at night.", MentionKind.PHONE, "+1 (503) 555-0142"),
    ],
)
def test_people_named_tells_where_and_how(text: str, kind: MentionKind, where: str) -> None:
    assert [(mention.kind, text[mention.start : mention.end]) for mention in people_named(text)] == [(kind, where)]


@pytest.mark.parametrize(
    "text",
    [
        "Mark your own work.",
        "The walk starts in Victoria Park.",
        "Mary's Meals feeds more children than we do.",
        "Henry VIII took the abbey.",
        "Write to info@tern.example.",
        "We owe 1,200,450 and raised 300 400.",
        "In May we close.",
        "",
    ],
)
def test_people_named_leaves_alone(text: str) -> None:
    assert people_named(text) == ()


def test_people_named_finds_nobody_in_the_words_of_the_cast() -> None:
    items = [item for one in everyone for item in (*one.vulnerabilities, *one.offers)]

    assert [item.code for item in items if people_named(item.words)] == []


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_people_named_takes_any_text_and_keeps_within_it(text: str) -> None:
    assert all(0 <= mention.start < mention.end <= len(text) for mention in people_named(text))
