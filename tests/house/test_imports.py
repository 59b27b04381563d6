"""The walls of the house: what may import what, and who may touch the disk, the clock or the terminal."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
from itertools import chain

from tests.house.source import FACES, ROOT, SRC, Module, functions, modules, offenders, parsed, project_files

GROUND = {"days", "errors", "face", "language", "paper", "scales", "small_groups"}
HEART = GROUND | {"capabilities", "audit"}
MEETING = HEART | {"fit", "disclosure", "pilot", "exchange"}
KEEPING = MEETING | {"charter", "checkin", "progress"}
EVERY_STAGE = KEEPING | {"brief", "registry", "alliance"}
WARNED = EVERY_STAGE | {"pitfalls", "advisor", "simulate"}
WHOLE = WARNED | {"report", "files", "cases"}
WALLS: dict[str, set[str]] = {
    "days": set(),
    "face": set(),
    "language": set(),
    "errors": {"language"},
    "paper": {"language"},
    "pdf": set(),
    "scales": {"errors"},
    "small_groups": set(),
    "capabilities": GROUND,
    "audit": GROUND | {"capabilities"},
    "fit": HEART,
    "disclosure": HEART,
    "pilot": HEART,
    "exchange": HEART,
    "charter": MEETING,
    "checkin": MEETING,
    "progress": MEETING,
    "brief": HEART | {"fit", "pdf"},
    "registry": HEART | {"fit"},
    "alliance": KEEPING,
    "pitfalls": EVERY_STAGE,
    "advisor": EVERY_STAGE,
    "simulate": EVERY_STAGE,
    "report": WARNED | {"pdf"},
    "files": EVERY_STAGE,
    "cases": WARNED | {"files"},
    "cli": WHOLE,
    "lichen": WHOLE,
}
"""For each part, the other parts that it may import. Every arrow runs downhill."""

ON_DISK = {"files", "registry", "evidence", "cli"}
"""The parts that may open a file. The others read what ships with them through importlib.resources."""

IN_TERMINAL = {"cli"}
"""The parts that may write in a terminal and look at the clock, for the face of a person."""

TERMINAL = {"typer", "click", "rich"}
DISK = {"pathlib", "os", "shutil", "tempfile", "glob", "fileinput"}
CLOCKS = {"time", "secrets", "uuid"}
NETWORK = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "asyncio", "requests", "httpx", "webbrowser"}
MOMENTS = {"now", "utcnow", "today"}
DRAWS = {"default_rng", "Random", "RandomState"}


PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
HOMES = packages_distributions()
RENAMED = {"faiss": "faiss-cpu"}
"""Of what only the benchmarks install, the modules that are called otherwise than their packages."""


def imports(module: Module) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each imported module with the names taken from it."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, ()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", tuple(alias.name for alias in node.names)


def own_imports(module: Module) -> set[str]:
    """The library's own modules that this one imports, faces left out where a module below them is meant."""
    known = {other.name for other in modules()}
    found = set()
    for name, taken in imports(module):
        if name.partition(".")[0] == "lichen":
            below = {f"{name}.{each}" for each in taken} & known
            found |= below or {name}
    return found


def outside_imports(module: Module) -> set[str]:
    return {name.partition(".")[0] for name, _ in imports(module)} - {"lichen", "lichen_web"}


def wanted_names(listed: Iterable[object]) -> set[str]:
    """The names in a list of requirements; an included group is no name."""
    return {re.split(r"[\[<>=]", entry)[0] for entry in listed if isinstance(entry, str)}


def undeclared(names: set[str], declared: set[str]) -> list[str]:
    """The modules whose package is not declared; of one that is not installed the name is taken for its package's."""
    foreign = names - set(sys.stdlib_module_names) - {"_typeshed"}  # which type checkers alone know
    homes = {name: HOMES.get(name, [RENAMED.get(name, name)]) for name in foreign}
    return [name for name in foreign if not {home.lower().replace("_", "-") for home in homes[name]} & declared]


def of_a_clock(called: ast.expr) -> bool:
    """Whether it is ``datetime.now`` and the like, rather than a part of some given moment."""
    return isinstance(called, ast.Attribute) and ast.unparse(called.value).rpartition(".")[2] in {"date", "datetime"}


def calls(module: Module) -> Iterator[tuple[str, ast.Call]]:
    """Each call with the last word of what is called."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            yield node.func.id if isinstance(node.func, ast.Name) else node.func.attr, node


def test_every_part_stands_on_a_known_floor():
    assert {module.part for module in modules()} == set(WALLS), "a new part: say in WALLS what it may import"


def test_imports_run_downhill_only():
    def uphill(module: Module) -> set[str]:
        parts = {name.split(".")[1] for name in own_imports(module) if "." in name}
        return parts - {module.part} - WALLS[module.part]

    assert offenders(uphill) == {}


def test_imports_are_from_the_defining_module_not_from_a_face():
    known, faces = {module.name for module in modules()}, {face.name for face in FACES}

    def from_faces(module: Module) -> set[str]:
        taken = {f"{name}.{each}" for name, names in imports(module) if name in faces for each in names}
        return taken - known - {"lichen.__version__"}

    assert offenders(from_faces) == {}


def test_imports_run_in_no_circle():
    arrows = {module.name: own_imports(module) - {module.name} for module in modules() if not module.is_face}
    assert len(list(TopologicalSorter(arrows).static_order())) >= len(arrows)


def test_no_function_imports():
    def inside(module: Module) -> list[int]:
        bodies = (node for function in functions(module.tree) for node in ast.walk(function))
        return [node.lineno for node in bodies if isinstance(node, ast.Import | ast.ImportFrom)]

    assert offenders(inside) == {}


def test_terminal_is_written_only_by_the_command_line():
    def written(module: Module) -> set[str]:
        used = outside_imports(module) & TERMINAL | {name for name, _ in calls(module) if name in {"print", "input"}}
        return set() if module.part in IN_TERMINAL else used

    assert offenders(written) == {}


def test_disk_is_touched_only_by_its_parts():
    def touched(module: Module) -> set[str]:
        opened = {"open" for name, call in calls(module) if name == "open" and isinstance(call.func, ast.Name)}
        return set() if module.part in ON_DISK else outside_imports(module) & DISK | opened

    assert offenders(touched) == {}


def test_nothing_reaches_for_the_network():
    assert offenders(lambda module: outside_imports(module) & NETWORK) == {}


def test_library_has_no_clock_and_no_chance():
    def surprising(module: Module) -> list[str]:
        banned = [
            name for name, names in imports(module) if name in CLOCKS or (name == "random" and names != ("Random",))
        ]
        asked = [ast.unparse(call) for name, call in calls(module) if name in MOMENTS and of_a_clock(call.func)]
        drawn = [ast.unparse(call) for name, call in calls(module) if name in DRAWS and not call.args]
        return [] if module.part in IN_TERMINAL else banned + asked + drawn

    assert offenders(surprising) == {}


def test_outside_packages_are_declared():
    names = wanted_names(chain(PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()))
    assert offenders(lambda module: undeclared(outside_imports(module), names)) == {}


def test_what_tests_and_tools_need_is_declared():
    wanted = chain(
        PROJECT["dependencies"], *PROJECT["optional-dependencies"].values(), *PYPROJECT["dependency-groups"].values()
    )
    names = wanted_names(wanted)
    others = [path for path in project_files() if path.suffix == ".py" and not path.is_relative_to(SRC)]
    beside = {path.stem for path in others} | {"benchmarks", "tests", "tools"}
    found = {
        path.relative_to(ROOT).as_posix(): undeclared(outside_imports(parsed(path)) - beside, names) for path in others
    }
    assert {name: each for name, each in found.items() if each} == {}
