"""What people install: the wheel has everything, and works alone on every Python that is promised."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.source import ROOT, SRC, project_files

pytestmark = pytest.mark.long

PYTHONS = ["3.11", "3.12", "3.13"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(target)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = target.glob("*.whl")
    return built


def interpreter(version: str) -> str:
    """An interpreter of that version: on the path, or where pyenv keeps them."""
    kept = sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python"))
    for found in [shutil.which(f"python{version}"), *map(str, kept)]:
        asked = [found or sys.executable, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
        if subprocess.run(asked, capture_output=True, text=True).stdout.strip() == version:
            return asked[0]
    pytest.skip(f"this machine has no Python {version}")


def test_wheel_has_every_file_of_the_package(wheel: Path):
    wanted = {path.relative_to(SRC).as_posix() for path in project_files() if path.is_relative_to(SRC)}
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert packed == wanted


def test_wheel_bears_its_licence_and_notice(wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        assert {Path(name).name for name in archive.namelist() if "/licenses/" in name} == {"LICENSE", "NOTICE"}


@pytest.mark.parametrize("version", PYTHONS)
def test_wheel_and_what_it_needs_work_in_an_empty_environment(version: str, wheel: Path, tmp_path: Path):
    subprocess.run([interpreter(version), "-m", "venv", str(tmp_path / "venv")], check=True)
    here = tmp_path / "venv" / "bin"
    pip = [str(here / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements" / "run.txt")], check=True)
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True)

    def said(*command: str) -> str:
        return subprocess.run([str(here / command[0]), *command[1:]], check=True, capture_output=True, text=True).stdout

    assert said("lichen", "--help").startswith("Usage: lichen")
    recognised = json.loads(said("lichen", "recognise", "--format", "json", "We have nobody who can write grant bids."))
    assert [match["code"] for match in recognised["matches"]] == ["funding.grant_seeking"]
    subprocess.run([*pip[:3], "check"], check=True)
