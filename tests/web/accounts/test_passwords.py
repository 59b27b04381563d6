"""Which passwords are refused, and that nothing of a long list is read but a few lines."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from lichen_web.accounts import passwords
from lichen_web.accounts.models import Membership, Organisation, Person
from lichen_web.accounts.models.organisation import Role
from lichen_web.accounts.passwords import is_listed
from lichen_web.environment import Environment

GOOD = "lanterns over wet slate"


def sha1(password: str) -> str:
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


def listed(stolen: list[str], path: Path, end: str = "\n") -> Path:
    lines = sorted(f"{sha1(password)}:{count}" for count, password in enumerate(stolen, 1))
    path.write_bytes("".join(f"{line}{end}" for line in lines).encode())
    return path


def refusals(password: str, person: Person | None = None) -> list[str]:
    try:
        validate_password(password, person)
    except ValidationError as refused:
        return sorted({each.code for each in refused.error_list})
    return []


@pytest.mark.parametrize(
    "password", [GOOD, "ein Zug nach Lübeck im März", "ξύλο και πέτρα στη βροχή", "z" * 6 + GOOD * 40]
)
def test_a_long_unguessable_password_of_any_characters_is_taken(password: str):
    assert refusals(password) == []


@pytest.mark.parametrize(
    ("password", "codes"),
    [
        ("Tr0ub4dor&3", ["password_too_short"]),
        ("unbelievable", ["password_guessable"]),
        ("passwordpassword", ["password_guessable"]),
        ("123456789012", ["password_guessable"]),
        ("1234567890123", ["password_guessable"]),
        ("qwertyuiop123", ["password_guessable"]),
        ("lichenlichen1", ["password_guessable"]),
        ("Password1", ["password_guessable", "password_too_common", "password_too_short"]),
    ],
)
def test_short_common_and_guessable_passwords_are_refused(password: str, codes: list[str]):
    assert set(codes) <= set(refusals(password))


@pytest.mark.django_db
def test_words_of_the_person_and_the_organisation_are_guessed():
    person = Person.objects.create_user("wilhelmina@hospital.example", None, name="Wilhelmina Featherstonehaugh")
    assert refusals("Featherstonehaugh!", Person(email="bo@parish.example")) == []
    assert refusals("Featherstonehaugh!", person) == ["password_guessable"]
    now = timezone.now()
    house = Organisation.objects.create(name="Zwickenberger Krankenhaus", sector="health", founded_at=now)
    Membership.objects.create(person=person, organisation=house, role=Role.LEAD, joined_at=now)
    assert refusals("Zwickenberger!") == []
    assert refusals("Zwickenberger!", person) == ["password_guessable"]


def test_stolen_passwords_are_refused_where_the_host_keeps_a_list(settings, tmp_path: Path):
    assert refusals(GOOD) == []
    settings.LICHEN = Environment(breached=listed([GOOD, "other"], tmp_path / "stolen.txt"))
    assert (refusals(GOOD), refusals(GOOD + "!")) == (["password_breached"], [])


@given(st.sets(st.text(max_size=5), max_size=40), st.text(max_size=5), st.sampled_from(["\n", "\r\n"]))
def test_the_search_finds_what_is_there_and_nothing_else(tmp_path_factory, stolen: set[str], other: str, end: str):
    path = listed(sorted(stolen), tmp_path_factory.mktemp("stolen") / "list", end)
    assert all(is_listed(password, path) for password in stolen)
    assert is_listed(other, path) == (other in stolen)


def test_the_search_reads_a_few_dozen_lines_of_a_long_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = listed([str(number) for number in range(50_000)], tmp_path / "list")
    reads = []

    class Counting(type(path)):
        def open(self, *args, **kwargs):
            file = super().open(*args, **kwargs)
            readline = file.readline
            return type(
                "File",
                (),
                {
                    "__enter__": lambda me: me,
                    "__exit__": lambda me, *_: file.close(),
                    "seek": lambda me, where: file.seek(where),
                    "tell": lambda me: file.tell(),
                    "readline": lambda me, size: reads.append(size) or readline(size),
                },
            )()

    assert is_listed("31415", Counting(path))
    assert not is_listed("not there", Counting(path))
    assert len(reads) < 100
    assert max(reads) <= passwords._LONGEST_LINE
