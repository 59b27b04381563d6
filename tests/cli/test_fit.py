from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pytest

from lichen.audit.values import Audit, Offer, Source, Vulnerability
from lichen.capabilities.taxonomy import taxonomy
from lichen.files.writing import write_audit
from lichen.fit.matrix import matrix
from lichen.fit.pairs import best_partners
from lichen.fit.showing import showable
from tests.cast import churches, everyone, hospital, stranger

KEYS = ["id", "name", "fit", "cover_ours", "cover_theirs", "imbalance", "reasons"]
ALL = sorted(f"{one.id.removeprefix('example-')}.yaml" for one in everyone)
CONFESSION = "zq the roof is rotten zq"


def among(lichen, *arguments: str):
    return lichen("match", "hospital.yaml", "--among", *ALL, *arguments)


@pytest.fixture
def asked(tmp_path):
    """A partner who has what the hospital lacks, and of whom nobody knows what it lacks."""
    path = tmp_path / "asked.yaml"
    write_audit(Audit(replace(churches, id="asked", name="Open Doors", vulnerabilities=())), path)
    return path


@pytest.fixture
def guarded(tmp_path):
    """The churches with a gap that is not for early eyes, and that the hospital could ease."""
    path = tmp_path / "guarded.yaml"
    gap = Vulnerability("knowledge.medical", 5, 1, sensitivity="high", words=CONFESSION)
    write_audit(Audit(replace(churches, vulnerabilities=(gap, *churches.vulnerabilities[1:]))), path)
    return path


def test_match_in_json_is_a_list_in_the_order_of_the_library(lichen):
    found = json.loads(among(lichen, "-f", "json").stdout)
    told = best_partners(hospital, map(showable, everyone)).mutual
    assert [list(partner)[:7] for partner in found] == [KEYS] * len(found)
    assert [
        (each["id"], each["fit"], each["cover_ours"], each["cover_theirs"], each["imbalance"]) for each in found
    ] == [(fit.id, fit.score, fit.cover_ours, fit.cover_theirs, fit.imbalance) for fit in told]


def test_reasons_in_json_add_up_to_the_covers(lichen):
    for partner in json.loads(among(lichen, "-f", "json").stdout):
        sums = {"for-us": 0.0, "for-them": 0.0}
        for reason in partner["reasons"]:
            sums[reason["direction"]] += reason["contribution"]
        assert sums == pytest.approx({"for-us": partner["cover_ours"], "for-them": partner["cover_theirs"]})


def test_reasons_for_them_tell_a_code_and_neither_severity_nor_rank(lichen):
    reasons = [reason for partner in json.loads(among(lichen, "-f", "json").stdout) for reason in partner["reasons"]]
    theirs = [reason for reason in reasons if reason["direction"] == "for-them"]
    assert {(reason["severity"], reason["rank"]) for reason in theirs} == {(None, None)}
    assert all(reason["severity"] for reason in reasons if reason["direction"] == "for-us")


def test_match_tells_reasons_as_sentences(lichen):
    told = " ".join(among(lichen, "--top", "1").stdout.split())
    assert "← You lack trust in underserved communities; they have it (5 of 5, an example)." in told
    assert "→ They lack medical and clinical expertise; you have it (5 of 5, vouched for)." in told
    assert "10 others were looked at; what 9 of them offer is known; 4 fit both ways." in told


def test_top_is_the_most_that_is_told(lichen):
    assert len(json.loads(among(lichen, "--top", "2", "-f", "json").stdout)) == 2


def test_fusion_changes_the_score(lichen):
    scores = [
        json.loads(among(lichen, "--fusion", name, "-f", "json").stdout)[0]["fit"] for name in ("minimum", "product")
    ]
    assert scores[0] > scores[1]


def test_those_who_could_help_follow_without_a_score(lichen, asked):
    result = lichen("match", "hospital.yaml", "--among", "meadow.yaml", asked, "-f", "json")
    assert [(each["name"], each["fit"] is None, each["cover_theirs"]) for each in json.loads(result.stdout)][1:] == [
        ("Open Doors", True, None)
    ]
    told = lichen("match", "hospital.yaml", "--among", "meadow.yaml", asked).stdout
    assert told.index("Meadow Action") < told.index("Could help you: ask what they lack") < told.index("Open Doors")


def test_nobody_who_fits_is_an_answer_with_a_reason(lichen):
    result = lichen("match", "hospital.yaml", "--among", "stranger.yaml")
    assert result.exit_code == 0
    assert "Nobody here offers anything near what you lack." in result.stdout
    assert json.loads(lichen("match", "hospital.yaml", "--among", "stranger.yaml", "-f", "json").stdout) == []


def test_match_without_others_says_so(lichen):
    assert "There is nobody to compare with." in lichen("match", "hospital.yaml", "--among", "hospital.yaml").stdout


def test_sentence_of_the_register_stands_under_its_reason_once(lichen, tmp_path):
    source = Source("Charity register, activities", "Our=doors are open to everyone on the estate.", 0.5)
    offers = (Offer("trust.underserved", 4, source=source), Offer("people.volunteers", 3, source=source))
    path = tmp_path / "charity.json"
    write_audit(Audit(replace(stranger, id="GB-CHC-1", name="Estate Trust", offers=offers)), path)
    told = " ".join(lichen("match", "hospital.yaml", "--among", path).stdout.split())
    assert (
        "they seem to have it. “Our=doors are open to everyone on the estate.” (Charity register, activities; 50% sure)"
        in told
    )
    assert told.count("“Our=doors") == 1
    [partner] = json.loads(lichen("match", "hospital.yaml", "--among", path, "-f", "json").stdout)
    assert partner["reasons"][0]["offer_source"]["sentence"] == source.sentence


@pytest.mark.parametrize("layout", ["table", "json", "csv", "md"])
def test_highly_sensitive_gaps_are_left_out_unless_asked_for(lichen, guarded, layout):
    shown = lichen("match", "hospital.yaml", "--among", guarded, "--all", "-f", layout).stdout
    word = "knowledge.medical" if layout == "json" else "They lack medical and clinical expertise"
    assert word in " ".join(shown.split())
    assert word not in " ".join(lichen("match", "hospital.yaml", "--among", guarded, "-f", layout).stdout.split())


@pytest.mark.parametrize("command", ["match", "map", "ring", "matrix"])
def test_answer_is_the_same_whether_or_not_there_is_something_to_hide(lichen, guarded, tmp_path, command):
    path = tmp_path / "open.yaml"
    write_audit(Audit(replace(churches, vulnerabilities=churches.vulnerabilities[1:])), path)
    told = []
    for church in (guarded, path):
        others = [church, "farmers.yaml"] if command == "matrix" else ["--among", church, "farmers.yaml"]
        told.append(lichen(command, "hospital.yaml", *others, "-f", "json").stdout)
    assert told[0] == told[1]


@pytest.mark.parametrize("command", ["match", "map", "ring", "matrix"])
@pytest.mark.parametrize("layout", ["table", "json", "csv", "md"])
def test_nobodys_own_words_are_printed(lichen, guarded, command, layout):
    others = [guarded] if command == "matrix" else ["--among", guarded, "farmers.yaml"]
    told = lichen(command, "hospital.yaml", *others, "--all", "-f", layout).output
    words = [gap.words for gap in hospital.vulnerabilities]
    assert [word for word in (CONFESSION, *words) if word in told] == []


def test_match_in_csv_has_a_line_a_partner(lichen):
    rows = list(csv.DictReader(io.StringIO(among(lichen, "-f", "csv").stdout)))
    assert [row["name"] for row in rows] == [fit.name for fit in best_partners(hospital, everyone).mutual]
    assert rows[0]["reasons"].startswith("You lack trust in underserved communities; they have it")


def test_match_in_markdown_has_a_table_and_a_section_a_partner(lichen):
    lines = among(lichen, "--top", "1", "-f", "md").stdout.splitlines()
    assert lines[:5] == [
        "## Partners for St Brigid's Hospital",
        "",
        "|  # | Partner | Fit | For you | For them |",
        "| ---: | --- | ---: | ---: | ---: |",
        "| 1 | Three Churches of Eastfield  faith, London | 0.65 | 60% | 72% |",
    ]


@pytest.mark.parametrize("command", ["match", "map", "ring"])
@pytest.mark.parametrize("width", [40, 80, 100])
def test_tables_fit_the_terminal(lichen, command, width):
    told = lichen(command, "hospital.yaml", "--among", *ALL, COLUMNS=str(width)).stdout
    assert max(map(len, told.splitlines())) <= width


def test_name_that_would_steer_the_terminal_cannot(lichen, tmp_path):
    path = tmp_path / "evil.json"
    entry = {"id": "evil", "name": "Evil\u202e[bold]Ltd[/]", "offers": [{"code": "trust.underserved"}]}
    path.write_text(json.dumps({"lichen": "organisations/1", "organisations": [entry]}))
    told = lichen("match", "hospital.yaml", "--among", path).stdout
    assert "Evil[bold]Ltd[/]" in told
    assert "\u202e" not in told


def test_matrix_is_a_number_in_every_cell_with_a_swap(lichen):
    told = lichen("matrix", "hospital.yaml", "churches.yaml").stdout
    values = [cell.value for row in matrix(showable(hospital), showable(churches)).cells for cell in row if cell]
    assert re.findall(r"\b\d\.\d\d\b", told.partition("Best swaps")[0]) == [f"{value:.2f}" for value in values]
    assert "Best swaps with Three Churches of Eastfield" in told


def test_matrix_in_json_has_every_cell(lichen):
    cells = json.loads(lichen("matrix", "hospital.yaml", "churches.yaml", "-f", "json").stdout)
    found = matrix(showable(hospital), showable(churches))
    assert len(cells) == len(found.rows) * len(found.columns)
    assert list(cells[0]) == [
        "id",
        "our_gap",
        "their_gap",
        "value",
        "their_offer",
        "our_offer",
        "our_weight",
        "their_weight",
        "suggested",
    ]
    assert cells[0]["value"] == found.cells[0][0].value


def test_matrix_leaves_out_what_is_sensitive_or_does_not_matter(lichen):
    rows = {
        cell["our_gap"] for cell in json.loads(lichen("matrix", "hospital.yaml", "churches.yaml", "-f", "json").stdout)
    }
    every = {
        cell["our_gap"]
        for cell in json.loads(lichen("matrix", "hospital.yaml", "churches.yaml", "--all", "-f", "json").stdout)
    }
    assert every - rows == {"people.wellbeing"}


def test_matrix_with_somebody_unknown_says_whom_to_ask(lichen):
    told = lichen("matrix", "hospital.yaml", "churches.yaml", "stranger.yaml").stdout
    assert told.endswith("What A. Stranger Ltd lacks nobody knows: ask them.\n")


def test_matrix_passes_over_the_one_who_asks(lichen, tmp_path):
    path = tmp_path / "m.html"
    lichen("matrix", "hospital.yaml", "hospital.yaml", "churches.yaml", "--out", path)
    assert "<h2>St Brigid" not in path.read_text()
    assert "There is nobody to compare with." in lichen("matrix", "hospital.yaml", "hospital.yaml").stdout


def test_matrix_of_what_is_not_for_early_eyes_is_as_if_unknown(lichen, tmp_path):
    path = tmp_path / "closed.yaml"
    gap = Vulnerability("knowledge.medical", 5, 1, sensitivity="high")
    write_audit(Audit(replace(churches, name="Closed", vulnerabilities=(gap,))), path)
    assert lichen("matrix", "hospital.yaml", path).stdout == (
        "1 gap of yours is left out: highly sensitive, or not relevant. To see it: --all\n"
        "What Closed lacks nobody knows: ask them.\n"
    )
    assert lichen("matrix", path, "hospital.yaml").stdout.startswith("Your file names no gaps that may be shown yet.")
    assert "clinical" in lichen("matrix", "hospital.yaml", path, "--all").stdout


def test_matrix_wider_than_a_terminal_says_what_it_leaves_out(lichen, tmp_path):
    path = tmp_path / "wide.yaml"
    codes = list(taxonomy().capabilities)[:12]
    write_audit(Audit(replace(churches, vulnerabilities=tuple(map(Vulnerability, codes)))), path)
    told = lichen("matrix", "hospital.yaml", path, "--all").stdout
    assert "4 lighter gaps are left out here" in told
    assert max(map(len, told.splitlines())) <= 80


@pytest.mark.parametrize(("form", "start"), [("html", b"<!doctype html>"), ("svg", b"<svg "), ("png", b"\x89PNG")])
def test_matrix_is_written_as_a_page_or_a_picture(lichen, tmp_path, form, start):
    path = tmp_path / f"matrix.{form}"
    result = lichen("matrix", "hospital.yaml", "churches.yaml", "meadow.yaml", "--out", path)
    assert (result.stdout, result.stderr) == ("", f"Written: {path}\n")
    assert path.read_bytes().startswith(start)


def test_map_names_three_at_most_for_each_of_five_gaps(lichen):
    rows = json.loads(lichen("map", "hospital.yaml", "--among", *ALL, "-f", "json").stdout)
    assert [row["place"] for row in rows] == [1, 2, 3, 4, 5]
    assert max(len(row["excelling"]) for row in rows) == 3
    assert {key for row in rows for one in row["excelling"] for lack in one["lacks"] or () for key in lack} == {
        "code",
        "met",
        "suggested",
    }


def test_map_asks_of_whom_nobody_knows_what_they_lack(lichen, asked):
    assert "nobody knows: ask" in lichen("map", "hospital.yaml", "--among", asked).stdout


def test_map_of_nobody_is_an_answer(lichen):
    assert "Your file names no gaps" in lichen("map", "stranger.yaml", "--among", "hospital.yaml").stdout
    assert "Nobody excels" in lichen("map", "hospital.yaml", "--among", "stranger.yaml").stdout


def test_ring_goes_round_through_the_one_who_asks(lichen):
    links = json.loads(lichen("ring", "startup.yaml", "--among", *ALL, "-f", "json").stdout)
    assert [link["giver"] for link in links] == [links[-1]["taker"], links[0]["taker"], links[1]["taker"]]
    assert links[0]["giver"] == "example-startup"
    assert {(reason["severity"], reason["rank"]) for link in links for reason in link["reasons"]} == {(None, None)}


def test_ring_is_told_beside_the_best_pair(lichen):
    told = " ".join(lichen("ring", "startup.yaml", "--among", *ALL).stdout.split())
    assert "Your best pair, City of Marlow Falls at 0.41, fits as well or better" in told


def test_no_ring_is_an_answer(lichen):
    result = lichen("ring", "hospital.yaml", "--among", "churches.yaml")
    assert result.exit_code == 0
    assert "There is no ring of three here" in result.stdout


@pytest.fixture
def guessed(tmp_path):
    """The hospital before anybody has confirmed what Lichen took its words to mean."""
    path = tmp_path / "guessed.yaml"
    gaps = tuple(replace(gap, confirmed=False) for gap in hospital.vulnerabilities)
    offers = (replace(hospital.offers[0], confirmed=False), *hospital.offers[1:])
    write_audit(Audit(replace(hospital, vulnerabilities=gaps, offers=offers)), path)
    return path


@pytest.mark.parametrize("command", ["match", "map", "ring", "matrix"])
def test_answer_that_rests_on_guesses_says_so_first(lichen, guessed, command):
    others = ["churches.yaml", "city.yaml"]
    told = lichen(command, guessed, *(others if command == "matrix" else ["--among", *others])).stdout
    assert " ".join(told.split()).startswith(
        "All 6 of your gaps are guesses until you confirm them. 1 of your 5 offers is a guess until you confirm it. "
        "To confirm them: lichen audit check "
    )


def test_guess_of_mine_hedges_my_side_and_not_theirs(lichen, guessed):
    told = " ".join(lichen("match", guessed, "--among", "churches.yaml").stdout.split())
    assert "You seem to lack community venue (a guess); they have it (4 of 5, an example)." in told
    assert "They lack medical and clinical expertise; you" in told


def test_others_are_those_of_any_region_and_sector_that_was_asked_for(lichen):
    def ids(*asked: str) -> list[str]:
        return [entry["id"] for entry in json.loads(among(lichen, *asked, "-f", "json").stdout)]

    assert ids("--region", "LONDON") == ["example-churches", *ids("--region", "london")[1:]]
    assert ids("--sector", "faith") == ids("--region", "ondon", "--sector", "faith") == ["example-churches"]
    assert {*ids("--sector", "faith"), *ids("--sector", "nonprofit")} == {
        *ids("--sector", "faith", "--sector", "nonprofit")
    }


def test_nobody_of_a_region_is_an_answer_that_says_so(lichen):
    result = among(lichen, "--region", "Oslo", "--sector", "faith")
    assert result.exit_code == 0
    assert " ".join(result.stdout.split()).startswith("None of the 10 others is in Oslo of the sector faith.")
    assert json.loads(among(lichen, "--region", "Oslo", "-f", "json").stdout) == []


def test_how_many_others_could_do_the_same_is_a_count(lichen):
    told = " ".join(among(lichen, "--top", "2").stdout.split())
    assert "nobody else here could do as much for trust in underserved communities" in told
    assert "% of the others" not in told


def test_map_takes_the_heaviest_of_what_may_be_shown_and_counts_the_rest(lichen, tmp_path):
    path = tmp_path / "hushed.yaml"
    first, *others = hospital.vulnerabilities
    write_audit(Audit(replace(hospital, vulnerabilities=(replace(first, relevance="no"), *others))), path)
    rows = json.loads(lichen("map", path, "--among", *ALL, "--gaps", "4", "-f", "json").stdout)
    assert first.code not in [row["gap"] for row in rows]
    assert len(rows) == 4
    assert "2 gaps of yours are left out" in lichen("map", path, "--among", *ALL).stdout
    assert "left out" not in lichen("map", path, "--among", *ALL, "--all").stdout


def test_matrix_with_many_has_the_best_first_and_no_empty_grid(lichen):
    told = lichen("matrix", "hospital.yaml", *ALL).stdout
    best = [line.removeprefix("Best swaps with ") for line in told.splitlines() if line.startswith("Best swaps")]
    assert best[0] == "Three Churches of Eastfield"
    assert "There is none" not in told
    assert f"With {len(everyone) - 2 - len(best)} of them there is no swap, so no grid is shown." in told


@pytest.mark.parametrize("form", ["html", "svg"])
def test_page_with_many_says_whom_it_leaves_out(lichen, tmp_path, form):
    path = tmp_path / f"all.{form}"
    lichen("matrix", "hospital.yaml", *ALL, "--out", path)
    assert "there is no swap, so no grid is shown." in path.read_text()
    assert "Show it only to those whom their owners would tell." in path.read_text()
