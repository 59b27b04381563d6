import json
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.recognise import asked_in, figures
from lichen.capabilities.recognise import recognise
from lichen.capabilities.taxonomy import taxonomy

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
SHIPPED = ROOT / "src/lichen/capabilities"
ASKED = {"top-1": 0.65, "top-3": 0.85, "sense": 0.90, "empty": 0.90}
"""What is promised of sentences that were written without sight of the taxonomy's phrases."""


@pytest.mark.parametrize("half", ["tuning", "untouched"])
def test_sentences_written_by_others_are_recognised_as_promised(half):
    found = figures(recognise, asked_in(HERE / f"sentences_{half}.tsv"))
    assert {name: found[name] for name, least in ASKED.items() if found[name] < least} == {}


def test_half_that_chose_the_settings_and_half_that_was_kept_are_of_one_kind():
    halves = [asked_in(HERE / f"sentences_{half}.tsv") for half in ("tuning", "untouched")]
    single = [{(each.codes, each.senses) for each in half if each.kind == "single"} for half in halves]
    assert single[0] == single[1]
    assert {code for (code,), _ in single[0]} == set(taxonomy().capabilities)
    assert {each.text for each in halves[0]} & {each.text for each in halves[1]} == set()
    assert sum(each.kind == "empty" for half in halves for each in half) >= 60
    assert sum(each.kind == "mixed" for half in halves for each in half) >= 30


@pytest.mark.skipif(find_spec("onnxruntime") is None, reason="the extra `embeddings` is not installed")
def test_sentence_model_recognises_more_than_the_table():
    sentences = asked_in(HERE / "sentences_tuning.tsv")
    table = figures(recognise, sentences)
    model = figures(lambda text: recognise(text, model="minilm"), sentences)
    assert model["top-1"] > table["top-1"]


@pytest.mark.parametrize(
    ("text", "code", "sense"),
    [
        ("we have nobody who can write grant bids", "funding.grant_seeking", "gap"),
        ("our grant writers win most of what they apply for", "funding.grant_seeking", "strength"),
        ("People in the poorest neighbourhoods do not believe us when we say it is safe.", "trust.underserved", "gap"),
        ("TO RELIEVE POVERTY BY THE PROVISION OF FOOD", "service.hardship_relief", "strength"),
        ("Our chief executive is leaving", "governance.executive_leadership", "gap"),
    ],
)
def test_what_people_say_is_recognised_in_its_sense(text, code, sense):
    best = recognise(text)[0]
    assert (best.code, best.sense) == (code, sense)


@pytest.mark.parametrize("sense", ["gap", "strength"])
def test_every_name_of_the_vocabulary_is_recognised_in_the_sense_that_is_asked(sense):
    asked = {}
    for capability in taxonomy().capabilities.values():
        label = capability.label
        for typed in (label, label.upper(), label.lower(), f" {label}. ", label.replace(" and ", " & "), f"{label}\n"):
            asked[typed] = capability.code
    assert len(asked) >= 5 * len(taxonomy().capabilities)
    best = {typed: recognise(typed, named=sense)[:1] for typed in asked}
    told = {
        typed: (found[0].code, found[0].sense, found[0].sense_score) if found else None for typed, found in best.items()
    }
    assert told == {typed: (code, sense, 0.5) for typed, code in asked.items()}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Fundraising", "funding.fundraising"),
        ("Software developments", "tech.software_development"),
        ("vehicle", "assets.vehicles"),
        ("Grassroots organising", "reach.grassroots_organizing"),
        ("culture bridge", "people.boundary_spanning"),
        ("bookkeeping", "funding.financial_management"),
    ],
)
def test_name_may_be_in_the_plural_or_one_of_its_own_words(typed, code):
    assert recognise(typed)[0].code == code


def test_name_tells_nothing_where_it_is_asked_for_no_more_than_the_words_say():
    assert recognise("Fundraising", named=None) == ()
    assert recognise("Fundraising", whose="others") == ()


@pytest.mark.parametrize(
    ("text", "code", "sense"),
    [
        ("we can never keep our volunteer coordinators", "people.volunteer_management", "gap"),
        ("We cannot hold on to our volunteer coordinators", "people.volunteer_management", "gap"),
        ("we keep losing our volunteer coordinators", "people.volunteer_management", "gap"),
        ("We never manage to keep our volunteer coordinators.", "people.volunteer_management", "gap"),
        ("we have kept every volunteer coordinator we ever hired", "people.volunteer_management", "strength"),
        ("we can't keep staff", "people.recruitment_retention", "gap"),
        ("We struggle to keep staff", "people.recruitment_retention", "gap"),
        ("We cannot seem to keep our nurses", "people.recruitment_retention", "gap"),
        ("staff never stay long", "people.recruitment_retention", "gap"),
        ("we hardly keep any volunteers", "people.volunteers", "gap"),
        ("we have kept all our volunteers", "people.volunteers", "strength"),
        ("we rarely manage to keep donors", "funding.donor_retention", "gap"),
        ("we never lose a donor", "funding.donor_retention", "strength"),
        ("we can't hold onto trustees", "governance.board", "gap"),
        ("our trustees keep leaving", "governance.board", "gap"),
        ("we never manage to keep a treasurer", "governance.board", "gap"),
        ("we can hardly keep our minibus running", "assets.vehicles", "gap"),
    ],
)
def test_losing_is_told_from_keeping(text, code, sense):
    best = recognise(text)[0]
    assert (best.code, best.sense) == (code, sense)


@pytest.mark.parametrize("text", ["our IT breaks every week", "our it breaks every week", "Our IT is down again."])
def test_it_is_what_breaks_and_no_software_that_is_written(text):
    best = recognise(text)[0]
    assert (best.code, best.sense) == ("tech.it_infrastructure", "gap")


@pytest.mark.parametrize("stop", ["", ".", "!"])
def test_what_others_lack_is_no_gap_of_the_speaker(stop):
    assert recognise(f"young people here lack mentors{stop}") == ()
    theirs = recognise(f"young people here lack mentors{stop}", whose="others")
    assert [(match.code, match.sense, match.whose) for match in theirs[:1]] == [("service.youth_work", "gap", "others")]


@pytest.mark.parametrize(
    "text", ["", " ", ".", "\x00", "🌱🌱", "???", "日本語のことば", "See you Tuesday.", "a" * 1_000_000]
)
def test_what_names_nothing_gets_an_empty_answer(text):
    assert recognise(text) == ()


def test_one_text_may_name_several_in_different_senses():
    told = recognise("We have a warehouse half empty, but nobody to write grant applications.")
    assert [(match.code, match.sense) for match in told[:2]] == [
        ("funding.grant_seeking", "gap"),
        ("assets.storage", "strength"),
    ]


def test_a_phrase_of_the_taxonomy_is_all_but_certain():
    for capability in taxonomy().capabilities.values():
        best = recognise(capability.as_gap[0])[0]
        assert (best.code, best.sense, best.by) == (capability.code, "gap", best.by)
        assert best.score == 0.99


@given(st.text(max_size=300))
def test_any_text_gets_a_sorted_answer_in_range_and_always_the_same(text):
    found = recognise(text)
    assert found == recognise(text)
    assert len(found) <= 5
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
    assert all(0 < match.score <= 1 and 0.5 <= match.sense_score <= 1 for match in found)
    assert len({match.code for match in found}) == len(found)


@pytest.mark.parametrize("text", ["but " * 250_000, "no, " * 250_000, "we have no " * 90_000, "\n" * 1_000_000])
def test_a_text_made_to_be_slow_is_read_to_its_end(text):
    assert len(recognise(text)) <= 5


def test_table_is_small_and_made_from_the_committed_sentences():
    files = [SHIPPED / "recognise.npz", SHIPPED / "recognise.json"]
    assert sum(file.stat().st_size for file in files) <= 4_000_000
    told = json.loads(files[1].read_text("utf-8"))["made_from"]["inputs"]
    here = ROOT / "tools/recognise"
    now = {name: sha256((here / name).read_bytes()).hexdigest() for name in told if (here / name).is_file()}
    assert {name: told[name] for name in now} == now
    assert set(told) - set(now) == {"taxonomy.json", "model.onnx"}
    assert {f"sentences/{file.name}" for file in (here / "sentences").glob("*.tsv")} <= set(told)
