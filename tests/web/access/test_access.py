"""Every address × role × relation × method, against the table in access.tsv. An address that is not in it fails."""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from lichen_web.environment import Part
from tests.web.access.asking import Scene, addresses, answer, body_of, path_of, scene_of, signed_in
from tests.web.postgres import Database

TABLE = Path(__file__).with_name("access.tsv")
OTHER_METHODS = ("PUT", "PATCH", "DELETE")
NOT_ALLOWED = {"no", "hidden", "in", "-"}


def table() -> dict[tuple[str, str], dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {(row.pop("address"), row.pop("method")): row for row in csv.DictReader(file, delimiter="\t")}


@pytest.fixture(
    params=[
        pytest.param("sqlite", marks=pytest.mark.django_db(transaction=True)),
        pytest.param("postgresql", marks=pytest.mark.long),
    ]
)
def scene(request: pytest.FixtureRequest) -> Scene:
    """On both databases; the second takes a while, and comes with the long tests."""
    if request.param == "postgresql":
        database: Database = request.getfixturevalue("on_postgres")
        return scene_of(partial(database.signed_in, Part.WORKER))
    return scene_of()


def test_every_address_is_in_the_table():
    assert {name for name, _method in table()} == set(addresses())


def test_everybody_gets_what_the_table_says(scene: Scene):
    found = {(name, method): {} for name in addresses() for method in ("GET", "POST")}
    for role, actor in scene.actors.items():
        client = signed_in(actor)
        for name, takes in addresses().items():
            for method in ("GET", "POST"):
                found[name, method][role] = answer(client, method, path_of(name, takes, scene), body_of(name, scene))[0]
    assert found == table()


def test_no_other_method_does_anything(scene: Scene):
    done = {
        (name, method, role)
        for role in ("nobody", "lead", "host")
        for client in [signed_in(scene.actors[role])]
        for name, takes in addresses().items()
        for method in OTHER_METHODS
        if answer(client, method, path_of(name, takes, scene))[0] not in NOT_ALLOWED
    }
    assert done == set()


def test_ids_of_another_organisation_are_not_there_and_look_as_if_they_never_were(scene: Scene):
    """Whoever may do it to the hospital's cannot do it to the churches', and sees the page of what does not exist."""
    told = {}
    for role in ("observer", "lead", "convener"):
        client = signed_in(scene.actors[role])
        for name, takes in addresses().items():
            for each in set(takes) & set(scene.foreign):
                if name in scene.own and each in scene.own[name]:
                    continue
                for method in ("GET", "POST"):
                    body = body_of(name, scene)
                    theirs = answer(client, method, path_of(name, takes, scene, **{each: scene.foreign[each]}), body)
                    nowhere = answer(client, method, path_of(name, takes, scene, **{each: uuid4()}), body)
                    if theirs != nowhere or theirs[0] not in NOT_ALLOWED:
                        told[name, each, method, role] = (theirs[0], nowhere[0])
    assert told == {}


def test_another_organisation_is_not_there_for_anybody_of_the_hospital(scene: Scene):
    told = {}
    for role in ("newcomer", "stranger", "lead"):
        client = signed_in(scene.actors[role])
        for name, takes in addresses().items():
            if "organisation" not in takes or name in {"suspend_organisation", "lift_suspension", "ask_recovery"}:
                continue
            for method in ("GET", "POST"):
                theirs = answer(client, method, path_of(name, takes, scene, organisation=scene.people.churches.id))
                nowhere = answer(client, method, path_of(name, takes, scene, organisation=uuid4()))
                if theirs != nowhere or theirs[0] not in {"hidden", "-"}:
                    told[name, method, role] = (theirs[0], nowhere[0])
    assert told == {}
