"""Whatever stands in an alliance's file, it is read or refused, and what is told repeats nothing of it."""

from __future__ import annotations

import json
import random
import warnings
from contextlib import suppress
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lichen.alliance.values import Alliance
from lichen.errors import InputError
from lichen.files.alliances import alliance_text, read_alliance_text
from lichen.files.locking import is_locked, unlocked
from tests.core.files.drawn import NASTY
from tests.core.files.given import within
from tests.core.files.hostile import DOCUMENTS, SLOW
from tests.core.files.test_fuzz import bent
from tests.core.files.test_records import kept_classes
from tests.core.files.whole_alliance import alliance

KINDS = kept_classes()
NAMES = sorted({"lichen", "organisation", *(field.name for kind in (Alliance, *KINDS) for field in fields(kind))})
HONEST = {form: alliance_text(alliance, form) for form in ("yaml", "json")}
PLAUSIBLE = ("example-hospital", "2026-11-22", "yes", "3", "£9,500", "talked", "consent", "2/3", "staff_time")

scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.sampled_from((*NASTY, *PLAUSIBLE))
trees: st.SearchStrategy[Any] = st.recursive(
    scalars,
    lambda below: (
        st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=6), below, max_size=6)
    ),
    max_leaves=40,
)
alliances = st.fixed_dictionaries(
    {"name": scalars}, optional={field.name: trees for field in fields(Alliance) if field.name != "name"}
)
few = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def check_refused_or_read(raw: bytes | str, form: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with suppress(InputError):
            assert isinstance(read_alliance_text(raw, form), Alliance)


def check_tree(tree: object) -> None:
    text = json.dumps(tree)
    for form in HONEST:
        check_refused_or_read(text, form)


@few
@given(tree=trees | alliances)
def test_any_tree_is_read_as_an_alliance_or_refused(tree: object):
    check_tree(tree)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.long if name in SLOW else ())
        for name, (form, _made) in DOCUMENTS.items()
        if form in HONEST
    ],
)
def test_a_document_that_is_hostile_to_audits_is_no_worse_as_an_alliance(name: str):
    form, made = DOCUMENTS[name]

    with within(60):
        check_refused_or_read(made(), form)


def test_bent_locked_files_are_refused_and_never_opened():
    header = b"lichen: locked/1\ncipher: AES-256-GCM\nkey: Argon2id, memory 65535 KiB, passes 3, lanes 4\n"
    drawn = random.Random(4)
    for _turn in range(300):
        raw = bent(header + b"salt: AAAAAAAAAAAAAAAAAAAAAA==\nnonce: AAAAAAAAAAAAAAAA\n\nAAAA\n", drawn)
        if is_locked(raw):
            with pytest.raises(InputError):
                unlocked(raw, "a")


@pytest.mark.long
@settings(few, max_examples=2_500)
@given(tree=trees | alliances)
def test_thousands_of_trees_are_read_as_an_alliance_or_refused(tree: object):
    check_tree(tree)


@pytest.mark.long
def test_thousands_of_bent_alliances_are_read_or_refused():
    drawn = random.Random(5)
    for _turn in range(2_500):
        form, raw = drawn.choice(list(HONEST.items()))
        check_refused_or_read(bent(raw, drawn), form)
