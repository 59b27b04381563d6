"""What the pages say of a host: every column and its class, every setting, how long each thing is kept."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from lichen_web import settings
from lichen_web.alliances.actions.complaints import TIME_TO_ANSWER
from lichen_web.alliances.actions.fit import STANDS
from lichen_web.alliances.actions.inviting import OFFERED_FOR
from lichen_web.alliances.bridge.audit import KEPT_REMOVED
from lichen_web.alliances.work.housekeeping import FAILURES_KEPT, MAILS_KEPT, SIGN_INS_KEPT
from lichen_web.alliances.work.mails import PAUSES
from tests.house.source import ROOT, SRC
from tools.tables_of_others import COLUMNS, TABLES
from tools.write_data_dictionary import CLASSES, comments, others_models, own_models
from tools.write_data_dictionary import reference as stored_data
from tools.write_settings_reference import reference as settings_of_a_host

REFERENCE = ROOT / "docs" / "reference"
each_table = pytest.mark.parametrize("model", [*own_models(), *others_models()], ids=lambda model: model._meta.db_table)


def page(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def test_reference_of_stored_data_says_what_the_columns_say():
    assert page("stored-data.md") == stored_data(), "run: make pages"


def test_reference_of_settings_says_what_reads_them():
    assert page("settings.md") == settings_of_a_host(), "run: make pages"


@each_table
def test_every_column_has_a_class_and_a_meaning(model):
    told = {name: comment.partition(": ") for name, comment in comments(model).items()}
    assert [name for name, (kind, _colon, meaning) in told.items() if kind not in CLASSES or not meaning] == []


def test_every_table_of_ours_says_so_itself():
    fields = [(model, field) for model in own_models() for field in model._meta.local_concrete_fields]
    assert [f"{model.__name__}.{field.name}" for model, field in fields if not field.db_comment] == []


def test_nothing_is_described_that_is_not_there():
    there = {model._meta.db_table: {column.column for column in model._meta.fields} for model in others_models()}
    assert {table: set(columns) for table, columns in COLUMNS.items()} == there
    assert TABLES.keys() == there.keys()


def test_every_setting_that_is_read_is_on_the_page():
    read = set(re.findall(r'"(LICHEN_[A-Z_]+)"', (SRC / "lichen_web" / "environment.py").read_text(encoding="utf-8")))
    assert set(re.findall(r"^\| `(LICHEN_[A-Z_]+)`", page("settings.md"), re.MULTILINE)) == read


@pytest.mark.parametrize(
    ("what", "kept"),
    [
        ("Traces of mails", MAILS_KEPT),
        ("Attempts to sign in", SIGN_INS_KEPT),
        ("Failures of jobs", FAILURES_KEPT),
        ("Invitations", OFFERED_FOR),
        ("Removed gaps and offers", KEPT_REMOVED),
        ("Sessions", timedelta(seconds=settings.SESSION_COOKIE_AGE)),
    ],
)
def test_retention_says_how_long_the_code_keeps_it(what: str, kept: timedelta):
    lines = [line for line in page("retention.md").splitlines() if line.startswith(f"| {what} |")]
    assert len(lines) == 1
    assert _words(kept) in lines[0]


@pytest.mark.parametrize(("sentence", "time"), [("publication stands", STANDS), ("answer a complaint", TIME_TO_ANSWER)])
def test_retention_says_how_long_one_waits(sentence: str, time: timedelta):
    (told,) = (line for line in page("retention.md").splitlines() if sentence in line)
    assert _words(time) in told


def test_retention_says_when_a_mail_is_given_up():
    hours = sum(PAUSES, timedelta()).total_seconds() / 3600
    assert f"about {round(hours)} hours" in page("retention.md")


def _words(time: timedelta) -> str:
    return f"{time.days} days" if time.days else f"{time.seconds // 3600} hours"


@pytest.mark.parametrize("name", ["SECURITY.md", "docs/discussion/threat-model.md"])
def test_every_test_that_a_promise_names_is_there(name: str):
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", (ROOT / name).read_text(encoding="utf-8"))
    missing = [
        f"{path}::{test}"
        for path, test in named
        if not (ROOT / path).exists() or f"def {test}" not in (ROOT / path).read_text(encoding="utf-8")
    ]
    assert named
    assert missing == []
