"""Searching the vocabulary: every word counts, names before phrases, and the last word may be begun."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.capabilities import search_capabilities, taxonomy


def codes(words: str, **more: bool) -> list[str]:
    return [found.code for found in search_capabilities(words, **more)]


def test_nothing_finds_everything():
    assert codes("") == list(taxonomy().capabilities)


def test_every_word_must_stand_somewhere():
    assert "funding.grant_seeking" in codes("grant writing")
    assert codes("grant writing zebra") == []


@pytest.mark.parametrize("words", ["volun", "grant wri", "bookk"])
def test_only_the_last_word_may_be_begun(words: str):
    assert codes(words, is_typing=True) != []
    assert codes(words) == []


@given(st.sampled_from(sorted(taxonomy().capabilities)), st.integers(1, 30))
def test_a_name_is_found_while_it_is_typed(code: str, letters: int):
    label = taxonomy().capabilities[code].label
    begun = label[:letters].strip()
    if begun and begun.split()[-1].isalnum():
        assert code in codes(begun, is_typing=True)
