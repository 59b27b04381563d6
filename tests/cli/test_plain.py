from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from lichen.cli.plain import printable


@given(st.text())
def test_printable_text_cannot_steer_a_terminal(text):
    left = printable(text)
    assert [mark for mark in left if unicodedata.category(mark) == "Cc" and mark not in "\t\n"] == []
    assert "\x1b" not in left


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs"])))
def test_printable_leaves_what_people_write(text):
    assert printable(text) == text


def test_printable_drops_what_turns_the_direction_of_reading():
    assert printable("safe\u202etxt.exe\u2066") == "safetxt.exe"
