"""The walls of the web house: what may import what, who may read rows, who may write, who may ask the time."""

from __future__ import annotations

import ast
from collections.abc import Collection
from functools import cache
from graphlib import TopologicalSorter
from itertools import chain

from tests.house.source import SRC, Module, functions, parsed
from tests.house.test_imports import PROJECT, calls, imports, of_a_clock, outside_imports, undeclared, wanted_names

FLOORS: list[set[str]] = [
    {"environment", "home", "logs", "prepared", "sealing"},
    {"door", "keyring", "sign_in", "mailbox"},
    {"settings"},
    {"accounts"},
    {"alliances.models"},
    {"alliances.events", "alliances.jobs", "alliances.keys"},
    {
        "alliances.queue",
        "alliances.mails",
        "alliances.copies",
        "alliances.blind",
        "alliances.hosting",
        "alliances.rounds",
        "alliances.team",
    },
    {"alliances.standing"},
    {"alliances.bridge"},
    {"alliances.access"},
    {"alliances.actions"},
    {"alliances.work"},
    {"pages"},
    {"urls", "wsgi"},
    {"command"},
]
"""From the ground up; a part imports from its own room and from the floors below."""

FREE = {"alliances", "alliances.apps", "alliances.migrations", "alliances.checks", ""}
"""What Django loads by itself and nobody imports."""

HEIGHT = {part: number for number, floor in enumerate(FLOORS) for part in floor}
FACES = {"pages"}
WRITERS = {"alliances.actions", "alliances.bridge", "alliances.events", "alliances.keys", "alliances.mails"}
BY_THE_CLOCK = {"lichen_web.accounts.counting", "lichen_web.alliances.queue"}
"""What stands in for a part of a package, which asks it nothing but what it asked that part."""

MOMENTS = {"now", "today", "utcnow"}
WRITES = {"save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create"}


@cache
def modules() -> tuple[Module, ...]:
    return tuple(parsed(path) for path in sorted((SRC / "lichen_web").rglob("*.py")))


def part_of(name: str) -> str:
    """The room of a module: two words deep in ``alliances``, one elsewhere."""
    words = name.split(".")[1:]
    return ".".join(words[:2]) if words[:1] == ["alliances"] else ".".join(words[:1])


def own_imports(module: Module) -> set[str]:
    known = {other.name for other in modules()}
    found = set()
    for name, taken in imports(module):
        if name.partition(".")[0] == "lichen_web":
            found |= {f"{name}.{each}" for each in taken} & known or {name}
    return found


def offenders(look) -> dict[str, Collection[object]]:
    return {module.name: found for module in modules() if (found := look(module))}


def test_every_room_stands_on_a_known_floor():
    assert {part_of(module.name) for module in modules()} - FREE - set(HEIGHT) == set()


def test_imports_run_downhill():
    def uphill(module: Module) -> set[str]:
        here = part_of(module.name)
        if here in FREE:
            return set()
        there = {part_of(name) for name in own_imports(module)} - {here} - FREE
        return {part for part in there if HEIGHT[part] >= HEIGHT[here]}

    assert offenders(uphill) == {}


def test_imports_run_in_no_circle():
    arrows = {module.name: own_imports(module) - {module.name} for module in modules()}
    assert len(list(TopologicalSorter(arrows).static_order())) >= len(arrows)


def test_accounts_know_nothing_of_alliances():
    def known(module: Module) -> set[str]:
        there = {name for name in own_imports(module) if name.startswith("lichen_web.alliances")}
        return there if part_of(module.name) == "accounts" else set()

    assert offenders(known) == {}


def test_faces_meet_no_rows():
    """A page that knew a model could show what nobody granted."""

    def met(module: Module) -> set[str]:
        rows = {
            name
            for name in own_imports(module)
            if ".models" in name or ".bridge" in name or name.endswith("alliances.keys")
        }
        return rows if part_of(module.name) in FACES else set()

    assert offenders(met) == {}


def test_only_actions_and_what_they_stand_on_write():
    def written(module: Module) -> set[str]:
        if part_of(module.name) not in {"alliances.access", "pages"}:
            return set()
        through_objects = (ast.unparse(call.func) for name, call in calls(module) if name in WRITES)
        return {name for name in through_objects if ".objects" in name}

    assert offenders(written) == {}


def test_no_function_imports():
    def inside(module: Module) -> list[int]:
        bodies = (node for function in functions(module.tree) for node in ast.walk(function))
        return [node.lineno for node in bodies if isinstance(node, ast.Import | ast.ImportFrom)]

    assert offenders(inside) == {}


def test_acts_are_told_the_time():
    """``at`` is an argument everywhere below the faces and the worker, so that a test can say what day it is."""

    def looked(module: Module) -> list[str]:
        asked = [
            ast.unparse(call)
            for name, call in calls(module)
            if name in MOMENTS and (of_a_clock(call.func) or ast.unparse(call.func) in {"now", "timezone.now"})
        ]
        is_told = part_of(module.name).startswith(("alliances", "accounts")) and "work" not in module.name
        return asked if is_told and module.name not in BY_THE_CLOCK else []

    assert offenders(looked) == {}


def test_our_own_parts_send_no_signals():
    taken = offenders(lambda module: [name for name, _ in imports(module) if name.startswith("django.dispatch")])
    assert taken == {}


def test_library_knows_nothing_of_the_house():
    reached = [
        path.name
        for path in (SRC / "lichen").rglob("*.py")
        if any(name.partition(".")[0] in {"lichen_web", "django"} for name, _ in imports(parsed(path)))
    ]
    assert reached == []


def test_outside_packages_are_declared_for_the_web():
    extras = PROJECT["optional-dependencies"]
    names = wanted_names(chain(PROJECT["dependencies"], extras["web"], extras["saml"]))
    assert offenders(lambda module: undeclared(outside_imports(module), names)) == {}
