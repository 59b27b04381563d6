from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from lichen.cli.group import DONE, FINDINGS
from lichen.errors import InputError
from lichen_web.alliances.models.key import KeyCopy
from lichen_web.command.key import app
from lichen_web.environment import Environment
from lichen_web.keyring import host_keyring

pytestmark = pytest.mark.django_db

Said = Callable[..., tuple[int, list[str]]]


@pytest.fixture(autouse=True)
def host(settings: Any, tmp_path: Path) -> Environment:
    settings.LICHEN = Environment(home=tmp_path / "home", url="https://lichen.example.org")
    return settings.LICHEN


@pytest.fixture
def said() -> Said:
    """What the command ends with, and the lines that it says."""

    def run(*arguments: str, given: str = "") -> tuple[int, list[str]]:
        ran = CliRunner().invoke(app, ["key", *arguments], input=given)
        if ran.exception and not isinstance(ran.exception, SystemExit):
            raise ran.exception
        return ran.exit_code, ran.output.splitlines()

    return run


def confirming(path: str) -> tuple[str, ...]:
    return "confirm", path, "--kept-by", "Ben Okri", "--where", "safe at the bank"


def test_host_goes_from_no_key_to_one_with_a_second_copy(said: Said, host: Environment, tmp_path: Path):
    assert said("make")[0] == DONE
    current = host_keyring(host).current.id
    missing = f"Nobody has shown a copy of {current}: no confession is taken until then."
    status = f"{current}  current, 0 organisations, 0 other things"
    assert said("status") == (FINDINGS, [f"{status}, no copy shown", missing])
    assert said("copy", "--to", str(tmp_path / "stick"))[1][0] == f"Copied one key to {tmp_path / 'stick'}."
    assert said(*confirming(str(tmp_path / "stick"))) == (DONE, [f"The copy is the same: {current}."])
    assert said("status") == (DONE, [f"{status}, copies shown by Ben Okri"])


def test_copy_is_read_from_the_standard_input(said: Said, host: Environment):
    said("make")
    assert said(*confirming("-"), given=host_keyring(host).text)[0] == DONE
    assert list(KeyCopy.objects.values_list("kept_by", "kept_where")) == [("Ben Okri", "safe at the bank")]


def test_no_command_shows_a_key(said: Said, host: Environment, tmp_path: Path):
    told = [line for _ in range(2) for line in said("make")[1]]
    told += said("copy", "--to", str(tmp_path / "stick"))[1] + said(*confirming(str(tmp_path / "stick")))[1]
    told += said("rotate", host_keyring(host).keys[1].id)[1] + said("status")[1]
    secrets = [line.split()[1] for line in host_keyring(host).text.splitlines()[1:]]
    assert [line for line in told if any(secret in line for secret in secrets)] == []


def test_host_goes_over_to_another_key(said: Said, host: Environment, tmp_path: Path):
    said("make")
    said("make")
    old, new = (key.id for key in host_keyring(host).keys)
    said("copy", "--to", str(tmp_path / "stick"))
    said(*confirming(str(tmp_path / "stick")))
    nothing = ["0 organisations' keys were wrapped anew.", "0 things of the host's own were sealed anew."]
    assert said("rotate", new) == (DONE, nothing)
    assert said("status")[1] == [
        f"{new}  current, 0 organisations, 0 other things, copies shown by Ben Okri",
        f"{old}  not current, 0 organisations, 0 other things, copies shown by Ben Okri",
    ]
    assert said("forget", old) == (DONE, [f"The key {old} is forgotten here. Copies of the file still have it."])
    assert [key.id for key in host_keyring(host).keys] == [new]


def test_status_without_a_key_says_what_to_do(said: Said):
    with pytest.raises(InputError, match="on a new host: lichen-web key make"):
        said("status")
