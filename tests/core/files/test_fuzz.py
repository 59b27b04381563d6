from __future__ import annotations

import io
import json
import random
import warnings
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lichen.audit.values import Audit
from lichen.errors import InputError
from lichen.files.audits import draft_of
from lichen.files.documents import ONE
from lichen.files.formats import format_named
from lichen.files.reading import read_audit_text
from lichen.files.schema import AUDIT, OFFER, ORGANISATION, VULNERABILITY
from tests.cast import hospital_audit
from tests.core.files.drawn import NASTY
from tests.core.files.hostile import DOCUMENTS, SHEET, SLOW, WORKBOOKS, repacked, workbook

FORMATS = ("yaml", "json", "csv", "xlsx")
KEYS = ("lichen", "organisation", "organisations", "vulnerabilities", "offers", "readiness", "opening", "source")
NAMES = tuple(dict.fromkeys((*KEYS, *ORGANISATION, *AUDIT, *VULNERABILITY, *OFFER, "confidence", "record", "gap")))
HONEST = {name: format_named(name).written([draft_of(hospital_audit)], ONE) for name in ("yaml", "json", "csv")}
PLAIN = workbook()

keys = st.sampled_from(NAMES) | st.text(max_size=8)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(NASTY)
trees = st.recursive(
    scalars, lambda below: st.lists(below, max_size=4) | st.dictionaries(keys, below, max_size=6), max_leaves=30
)
tables = st.lists(st.lists(keys | st.sampled_from(NASTY), max_size=6), max_size=6)
few = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def check_refused_or_read(raw: bytes | str, form: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with suppress(InputError):
            assert isinstance(read_audit_text(raw, form), Audit)


def check_table(rows: list[list[str]]) -> None:
    text = "\n".join(",".join(cells) for cells in [["record", "name", *NAMES[:3]], *rows])
    check_refused_or_read(text, "csv")


def bent(raw: bytes, drawn: random.Random) -> bytes:
    """The bytes with a few of them changed, cut or doubled."""
    bytes_now = bytearray(raw)
    for _change in range(drawn.randint(1, 8)):
        place = drawn.randrange(len(bytes_now) or 1)
        if drawn.random() < 0.7 and bytes_now:
            bytes_now[place] = drawn.randrange(256 if drawn.random() < 0.05 else 127)
        else:
            length = drawn.randint(1, 20)
            bytes_now[place : place + length] = bytes_now[place : place + length] * drawn.randint(0, 3)
    return bytes(bytes_now)


@pytest.mark.parametrize("form", FORMATS)
@few
@given(raw=st.binary(max_size=200))
@example(raw=b"")
@example(raw=b"\xef\xbb\xbf")
def test_any_bytes_are_read_or_refused(form: str, raw: bytes):
    check_refused_or_read(raw, form)


@few
@given(raw=st.binary(max_size=200))
def test_any_bytes_that_look_like_a_workbook_are_refused(raw: bytes):
    check_refused_or_read(b"PK\x03\x04" + raw, "xlsx")


@pytest.mark.parametrize("form", ["yaml", "csv"])
@few
@given(text=st.text(st.sampled_from("abc:-[]{}&*!|>'\"%@#,;\t\n 0"), max_size=60))
def test_any_punctuation_is_read_or_refused(form: str, text: str):
    check_refused_or_read(text, form)


@few
@given(tree=trees)
def test_any_tree_is_read_or_refused(tree: object):
    text = json.dumps(tree)
    for form in ("json", "yaml"):
        check_refused_or_read(text, form)


@few
@given(rows=tables)
def test_any_table_is_read_or_refused(rows: list[list[str]]):
    check_table(rows)


@pytest.mark.long
@settings(few, max_examples=2_500)
@given(tree=trees)
def test_thousands_of_trees_are_read_or_refused(tree: object):
    text = json.dumps(tree)
    for form in ("json", "yaml"):
        check_refused_or_read(text, form)


@pytest.mark.long
@settings(few, max_examples=2_000)
@given(rows=tables)
def test_thousands_of_tables_are_read_or_refused(rows: list[list[str]]):
    check_table(rows)


@pytest.mark.long
def test_thousands_of_bent_documents_are_read_or_refused():
    drawn = random.Random(2)
    made = [(form, make()) for name, (form, make) in DOCUMENTS.items() if name not in SLOW]
    seeds = [(form, raw) for form, raw in made if len(raw) < 2_000]
    for _turn in range(3_000):
        form, raw = drawn.choice(seeds if drawn.random() < 0.3 else list(HONEST.items()))
        check_refused_or_read(bent(raw, drawn), form)


@pytest.mark.long
def test_thousands_of_bent_workbooks_are_read_or_refused():
    """Most are stopped before a child is started, which is what keeps this bearable."""
    drawn = random.Random(2)
    seeds = [PLAIN, *(WORKBOOKS[name]() for name in ("a string that is not there", "rows that run backwards"))]
    for _turn in range(2_500):
        check_refused_or_read(bent(drawn.choice(seeds), drawn), "xlsx")


@pytest.mark.long
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"])
def test_workbooks_with_bent_parts_are_read_or_refused(part: str):
    drawn = random.Random(3)
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as package:
        content = package.read(part)
    for _turn in range(20):
        check_refused_or_read(repacked({part: bent(content, drawn)}), "xlsx")
