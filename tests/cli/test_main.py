from __future__ import annotations

import os

import pytest

import lichen as library
from lichen.cli.alliance.group import COMMANDS as ALLIANCE
from lichen.cli.charter.group import COMMANDS as CHARTER
from lichen.cli.checkin.group import COMMANDS as CHECKIN
from lichen.cli.disclosure.group import COMMANDS as DISCLOSURE
from lichen.cli.exchange.group import COMMANDS as EXCHANGE
from lichen.cli.group import loaded
from lichen.cli.main import COMMANDS, app
from lichen.cli.pilot.group import COMMANDS as PILOT
from lichen.cli.progress.group import COMMANDS as PROGRESS
from lichen.cli.registry.group import COMMANDS as REGISTRY
from lichen.cli.rings.group import COMMANDS as RINGS

START = "from lichen.cli.main import run; run()"
STAGES = {
    "alliance": ALLIANCE,
    "disclosure": DISCLOSURE,
    "pilot": PILOT,
    "charter": CHARTER,
    "exchange": EXCHANGE,
    "checkin": CHECKIN,
    "progress": PROGRESS,
    "registry": REGISTRY,
    "rings": RINGS,
}
SOURCES = ("uk-charities", "irs-bmf", "form-990", "360giving", "ror", "valueflows", "table")
BELOW = {"audit": ("prompts", "template", "check", "combine"), "import": SOURCES, **STAGES}
EVERY = [
    (name, *below) for name in COMMANDS for below in ([(each,) for each in BELOW[name]] if name in BELOW else [()])
]


def test_help_lists_every_command_in_full(lichen):
    told = lichen("--help").stdout
    assert [line.split()[0] for line in told.partition("Commands:\n")[2].splitlines()] == list(COMMANDS)
    assert "..." not in told.partition("Commands:\n")[2]


def test_lichen_alone_prints_its_help(lichen):
    assert lichen().stdout == lichen("--help").stdout
    assert lichen().exit_code == 0


@pytest.mark.parametrize("name", BELOW)
def test_group_alone_prints_its_help(lichen, name):
    assert (lichen(name).stdout, lichen(name).exit_code) == (lichen(name, "--help").stdout, 0)


@pytest.mark.parametrize(("name", "listed"), COMMANDS.items())
def test_help_in_the_table_is_the_first_line_of_the_commands_own(name, listed):
    module, told = listed
    assert loaded(module, name).help.splitlines()[0] == told


@pytest.mark.parametrize("stage", STAGES)
def test_help_of_a_stage_lists_its_commands_in_full(lichen, stage):
    told = lichen(stage, "--help").stdout.partition("Commands:\n")[2]
    assert [line.split()[0] for line in told.splitlines()] == list(STAGES[stage])
    assert "..." not in told
    for name, (module, first) in STAGES[stage].items():
        assert loaded(module, name).help.splitlines()[0] == first


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_command_has_help_with_an_example_that_calls_it(lichen, command):
    told = lichen(*command, "--help").stdout
    examples = told.partition("\nExample:\n")[2].partition("\n\n")[0].splitlines()
    assert examples
    assert any(line.startswith(f"  lichen {' '.join(command)}") for line in examples)
    assert lichen(*command, "-h").stdout == told


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_help_fits_eighty_columns(lichen, command):
    prose = lichen(*command, "--help").stdout
    assert [line for line in prose.splitlines() if len(line) > 80 and not line.startswith("  lichen ")] == []


def test_version_is_that_of_the_library(lichen):
    assert lichen("--version").stdout == f"lichen {library.__version__}\n"


def test_help_imports_no_command_and_neither_numpy_nor_openpyxl(shell):
    watched = (
        "import sys; sys.argv = ['lichen', '--help']",
        "from lichen.cli.main import run",
        "try: run()",
        "except SystemExit: print(*{m.partition('.')[0] for m in sys.modules} & {'numpy', 'openpyxl', 'yaml', 'rich'})",
        "print(*sorted(m for m in sys.modules if m.startswith('lichen.')))",
    )
    told = shell("-c", "\n".join(watched)).stdout.splitlines()
    grounds = "lichen.cli lichen.cli.group lichen.cli.main lichen.cli.plain lichen.errors lichen.face lichen.language"
    assert told[-2:] == ["", grounds]


@pytest.mark.parametrize("name", ["LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"])
def test_language_without_a_catalogue_stays_english(lichen, name):
    assert lichen("capabilities", "trust.underserved", **{name: "tlh_QO.UTF-8"}).stdout.startswith("Trust in")


def test_language_option_goes_before_the_shells(lichen):
    assert lichen("--language", "tlh", "capabilities", "trust.underserved").exit_code == 0


def test_language_that_was_asked_for_and_has_no_catalogue_is_told(lichen):
    told = lichen("--language", "tlh", "capabilities", "trust.underserved").stderr
    assert told == "There is no translation for tlh, so the answers are in English.\n"
    assert lichen("--language", "en_GB", "capabilities", "trust.underserved").stderr == ""


def test_shell_completion_knows_commands_options_and_codes(shell):
    def offered(line: str) -> list[str]:
        environment = {"_LICHEN_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
        run = "import sys; sys.argv = ['lichen']; " + START
        return shell("-c", run, env=environment).stdout.split()

    assert offered("lichen mat") == ["match", "matrix"]
    assert offered("lichen capabilities trust.u") == ["trust.underserved"]
    assert offered("lichen audit prompts --sector heal") == ["health"]


def test_pipe_that_gets_no_other_encoding_gets_utf8(shell):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "COLUMNS": "80"}
    told = shell("-c", START, "matrix", "hospital.yaml", "churches.yaml", env=environment)
    assert (told.returncode, told.stderr) == (0, "")
    assert "·" in told.stdout


def test_file_name_that_is_no_text_is_no_crash(shell):
    told = shell("-c", START, "audit", "check", b"\xff.yaml")
    assert told.returncode == 2
    assert "Traceback" not in told.stderr


def test_every_command_is_in_a_module_of_the_command_line():
    assert all(
        module.startswith("lichen.cli.") for listed in (COMMANDS, *STAGES.values()) for module, _told in listed.values()
    )
    assert app.pretty_exceptions_enable is False, "a traceback with local variables would print confessions"
