"""Where each part signs in, from one address or three."""

from __future__ import annotations

from pathlib import Path

import pytest

from lichen.errors import InputError
from lichen_web.environment import Environment, Part, environment_from

PLACE = {"dbname": "lichen", "host": "db.example.org"}


def test_one_address_is_enough_and_its_password_is_the_webs_alone(tmp_path: Path):
    here = Environment(home=tmp_path, database="postgresql://lichen_app:secret@db.example.org/lichen")
    assert here.database_for(Part.WEB) == {**PLACE, "user": "lichen_app", "password": "secret"}
    assert here.database_for(Part.WORKER) == {**PLACE, "user": "lichen_matcher"}
    assert here.database_for(Part.OWNER) == {**PLACE, "user": "lichen_owner"}


def test_address_without_a_user_is_the_parts_own(tmp_path: Path):
    here = Environment(home=tmp_path, database="postgresql://db.example.org/lichen")
    assert [here.database_for(part)["user"] for part in Part] == ["lichen_app", "lichen_matcher", "lichen_owner"]


def test_each_part_can_have_an_address_of_its_own(tmp_path: Path):
    here = Environment(
        home=tmp_path,
        database="postgresql://db.example.org/lichen",
        matcher_database="postgresql://lichen_matcher:m@db.example.org/lichen",
        owner_database="postgresql://lichen_owner:o@db.example.org/lichen",
    )
    assert here.database_for(Part.WORKER) == {**PLACE, "user": "lichen_matcher", "password": "m"}
    assert here.database_for(Part.OWNER) == {**PLACE, "user": "lichen_owner", "password": "o"}


def test_passwords_of_the_home_are_used_where_an_address_has_none(tmp_path: Path):
    here = Environment(home=tmp_path, database="postgresql://lichen_app:secret@db.example.org/lichen")
    here.password_file.write_text("")
    assert "passfile" not in here.database_for(Part.WEB)
    assert here.database_for(Part.OWNER)["passfile"] == str(here.password_file)


def test_what_libpq_understands_reaches_django(tmp_path: Path):
    here = Environment(
        home=tmp_path, database="postgresql://%2Frun%2Fpostgresql/lichen?sslmode=verify-full", part=Part.WORKER
    )
    assert here.database_parts == {
        "NAME": "lichen",
        "USER": "lichen_matcher",
        "PASSWORD": "",
        "HOST": "/run/postgresql",
        "PORT": "",
        "OPTIONS": {
            "sslmode": "verify-full",
            "server_side_binding": True,
            "prepare_threshold": 5,
            "application_name": "lichen-worker",
        },
    }


@pytest.mark.parametrize(
    "variables",
    [
        {"LICHEN_DATABASE_URL": "mysql://db.example.org/lichen"},
        {"LICHEN_DATABASE_URL": "postgresql://db.example.org"},
        {"LICHEN_DATABASE_URL": "postgresql://db.example.org/lichen?colour=red"},
        {"LICHEN_DATABASE_URL": "postgresql://postgres@db.example.org/lichen"},
        {"LICHEN_DATABASE_OWNER_URL": "postgresql://db.example.org/lichen"},
    ],
)
def test_address_that_is_none_is_refused_without_repeating_it(variables: dict[str, str]):
    with pytest.raises(InputError) as refused:
        environment_from(variables)
    assert len(refused.value.problems) == 1
    assert "db.example.org" not in str(refused.value)
