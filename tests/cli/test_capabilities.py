from __future__ import annotations

import csv
import io
import json

import pytest

from lichen.capabilities.recognise import recognise
from lichen.capabilities.taxonomy import taxonomy

LACKING = "We have nobody who can write grant bids."
NOTHING = "The meeting is at four o'clock on Tuesday."


def codes(result) -> list[str]:
    return [record["code"] for record in json.loads(result.stdout)]


def test_capabilities_without_words_are_all_of_them(lichen):
    assert codes(lichen("capabilities", "-f", "json")) == list(taxonomy().capabilities)


def test_capabilities_are_found_by_every_word_and_by_name_first(lichen):
    assert codes(lichen("capabilities", "GRANT", "-f", "json"))[:2] == ["funding.grant_seeking", "funding.grantmaking"]
    assert codes(lichen("capabilities", "grant", "winning", "-f", "json")) == ["funding.grant_seeking"]


def test_capability_has_everything_in_json(lichen):
    [record] = json.loads(lichen("capabilities", "trust.underserved", "-f", "json").stdout)
    assert list(record) == [
        "code",
        "label",
        "group",
        "definition",
        "as_gap",
        "as_strength",
        "keywords",
        "kinds",
        "sensitivity",
        "related",
        "public_evidence",
    ]
    assert record["related"]["trust.community"] == 0.75


@pytest.mark.parametrize("layout", ["table", "md"])
def test_capability_alone_is_told_in_full_with_its_related_ones(lichen, layout):
    told = lichen("capabilities", "trust.underserved", "-f", layout).stdout
    for part in ("Trust in underserved communities", "medium", "Related", "0.75", "trust.community"):
        assert part in told


def test_capability_in_csv_is_one_line(lichen):
    rows = list(csv.DictReader(io.StringIO(lichen("capabilities", "trust.underserved", "-f", "csv").stdout)))
    assert [(row["code"], row["sensitivity"]) for row in rows] == [("trust.underserved", "medium")]


def test_words_that_nothing_has_lead_to_the_nearest_codes(lichen):
    result = lichen("capabilities", "trust.comunity")
    assert result.exit_code == 0
    assert "There is no such code. The nearest are: trust.community" in " ".join(result.stdout.split())


@pytest.mark.parametrize("words", ["beds", "parking"])
def test_words_that_are_no_code_lead_to_no_code_by_their_letters(lichen, words):
    told = lichen("capabilities", words).stdout
    assert told.startswith("No capability has all these words.")
    assert "nearest" not in told


def test_capabilities_are_found_by_whole_words_whatever_their_ending(lichen):
    assert codes(lichen("capabilities", "IT", "-f", "json"))[-1] == "tech.it_infrastructure"
    assert "governance.board" not in codes(lichen("capabilities", "trust", "-f", "json"))
    assert codes(lichen("capabilities", "vehicle", "-f", "json"))[0] == "assets.vehicles"


def test_recognised_line_is_exactly_text_and_matches(lichen):
    [answer] = map(json.loads, lichen("recognise", given=f"{LACKING}\n").stdout.splitlines())
    assert list(answer) == ["text", "matches"]
    assert answer["text"] == LACKING
    assert [list(match) for match in answer["matches"]] == [["code", "sense", "score", "by"]] * len(answer["matches"])
    assert (answer["matches"][0]["code"], answer["matches"][0]["sense"]) == ("funding.grant_seeking", "gap")


def test_every_line_gets_one_answer_in_its_place(lichen):
    lines = [LACKING, "", NOTHING, "Ünsere Halle\tsteht leer", '"quoted", {"text": 1}']
    answers = [json.loads(line) for line in lichen("recognise", "-", given="\n".join(lines)).stdout.splitlines()]
    assert [answer["text"] for answer in answers] == lines
    assert answers[1]["matches"] == []


def test_recognised_scores_are_those_of_the_library(lichen):
    [answer] = map(json.loads, lichen("recognise", given=LACKING).stdout.splitlines())
    told = [(match.code, match.sense, round(match.score, 3), match.by) for match in recognise(LACKING)]
    assert [tuple(match.values()) for match in answer["matches"]] == told


def test_lines_of_windows_end_without_their_return(lichen):
    assert json.loads(lichen("recognise", given=f"{NOTHING}\r\n").stdout)["text"] == NOTHING


def test_no_lines_get_no_answers(lichen):
    assert (lichen("recognise", given="").stdout, lichen("recognise", given="").exit_code) == ("", 0)


def test_line_that_is_not_text_is_refused_by_its_number_after_those_before_it(lichen):
    result = lichen("recognise", given=b"we lack money\n\xff\xfe\n")
    assert (len(result.stdout.splitlines()), result.exit_code) == (1, 2)
    assert result.stderr == "-, row 2: the line is not text; right would be: lines in UTF-8\n"


def test_line_without_an_end_is_refused_by_its_number_after_those_before_it(lichen):
    result = lichen("recognise", given=b"we lack money\n" + b"a" * 1_000_001)
    assert (len(result.stdout.splitlines()), result.exit_code) == (1, 2)
    assert result.stderr == "-, row 2: the line is too long; right would be: at most 1 MB a line\n"


def test_text_of_the_command_line_is_told_in_a_table(lichen):
    told = lichen("recognise", *LACKING.split()).stdout
    assert "gap" in told
    assert "funding.grant_seeking" in told
    assert json.loads(lichen("recognise", LACKING, "-f", "json").stdout)["text"] == LACKING


def test_text_that_names_nothing_is_told_so(lichen):
    assert lichen("recognise", NOTHING).stdout.startswith("These words name no capability that Lichen knows.")


def test_recognised_lines_in_csv_are_a_row_a_match(lichen):
    rows = list(csv.DictReader(io.StringIO(lichen("recognise", "-f", "csv", given=LACKING).stdout)))
    assert (rows[0]["text"], rows[0]["code"]) == (LACKING, "funding.grant_seeking")
