import json
from importlib.resources import files

from hypothesis import given
from hypothesis import strategies as st

from lichen.capabilities.forward import carry_forward, successors
from lichen.capabilities.taxonomy import taxonomy

RENAMED_THEN_SPLIT_THEN_MERGED = {"a": ("b",), "b": ("c", "d"), "d": ("e",), "x": ("e",)}


def test_walking_the_shipped_map_ends_at_codes_of_today():
    raw = json.loads((files("lichen.capabilities") / "forward.json").read_text("utf-8"))
    old = [code for changes in raw.values() for code in changes]
    assert old != []
    today = set(taxonomy().capabilities)
    assert [code for code in old if code in today] == []
    assert [code for code in old if not successors(code) or set(successors(code)) - today] == []


def test_a_code_of_today_is_its_own_successor():
    assert {code: successors(code) for code in taxonomy().capabilities} == {
        code: (code,) for code in taxonomy().capabilities
    }


def test_chains_of_renames_splits_and_merges_are_followed_to_their_end():
    assert successors("a", RENAMED_THEN_SPLIT_THEN_MERGED) == ("c", "e")
    assert successors("x", RENAMED_THEN_SPLIT_THEN_MERGED) == ("e",)


def test_old_measures_are_continued_under_new_codes():
    old = {"a": 5.0, "x": 2.0, "kept": 1.0}
    assert carry_forward(old, forward=RENAMED_THEN_SPLIT_THEN_MERGED) == {"c": 5.0, "e": 5.0, "kept": 1.0}
    assert carry_forward(old, merge=min, forward=RENAMED_THEN_SPLIT_THEN_MERGED) == {"c": 5.0, "e": 2.0, "kept": 1.0}


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), min_size=1).map(tuple)))
def test_a_map_that_runs_in_circles_still_ends(forward):
    for code in "abcdef":
        assert not set(successors(code, forward)) & set(forward)
