"""What is handed to a host: its files agree with the code, and an unsafe start is refused, each for its reason."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from lichen_web.accounts.models import Person
from lichen_web.alliances.hosting import hosting_findings
from lichen_web.alliances.keys import host_key_uses
from lichen_web.alliances.models import KeyCopy
from lichen_web.environment import Environment, environment_from
from tests.house.source import ROOT, SRC
from tests.needs import missing

DEPLOY = ROOT / "deploy"
AT = datetime(2026, 11, 22, tzinfo=UTC)
KNOWN = set(re.findall(r"LICHEN_[A-Z_]+", (SRC / "lichen_web" / "environment.py").read_text(encoding="utf-8")))


def assignments(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


@pytest.fixture
def safe(tmp_path: Path, db: None) -> Environment:
    """A host that may let others in: two people run it, and its key was copied."""
    for name in ("Ada", "Ben"):
        Person.objects.create_user(f"{name}@example.org", hosting_since=AT)
    current = next(use.id for use in host_key_uses() if use.is_current)
    KeyCopy.objects.create(host_key=current, kept_by="Ben", kept_where="a safe", confirmed_at=AT)
    home, key = tmp_path / "home", tmp_path / "host.key"
    home.mkdir(mode=0o700)
    key.write_text("x", encoding="ascii")
    key.chmod(0o600)
    return Environment(
        home=home,
        database="postgresql://127.0.0.1/lichen",
        url="https://lichen.example.org",
        key_file=key,
        mail="smtp://mail.example.org",
        breached=tmp_path / "stolen",
        proxies=1,
        metrics_token="token",  # noqa: S106 - of a test
    )


def found(environment: Environment) -> list[str | None]:
    return [finding.id for finding in hosting_findings(environment)]


def test_safe_host_may_let_others_in(safe: Environment):
    assert found(safe) == []


@pytest.mark.parametrize(
    ("changed", "finding"),
    [
        ({"url": "http://lichen.example.org"}, "lichen.E101"),
        ({"url": "https://localhost"}, "lichen.E102"),
        ({"proxies": 0}, "lichen.E103"),
        ({"demo": True}, "lichen.E104"),
        ({"mail": ""}, "lichen.E105"),
        ({"database": ""}, "lichen.W107"),
        ({"breached": None}, "lichen.W111"),
        ({"metrics_token": ""}, "lichen.W112"),
    ],
)
def test_unsafe_setting_is_found(changed: dict[str, object], finding: str, safe: Environment):
    assert found(replace(safe, **changed)) == [finding]  # type: ignore[arg-type]


def test_home_and_key_that_others_can_read_are_found(safe: Environment):
    assert safe.key_file is not None
    safe.home.chmod(0o755)
    safe.key_file.chmod(0o644)
    assert found(safe) == ["lichen.E109", "lichen.E109"]


def test_key_that_is_not_there_is_found(safe: Environment):
    assert safe.key_file is not None
    safe.key_file.unlink()
    assert found(safe) == ["lichen.E108"]


def test_key_in_the_home_is_advised_against(safe: Environment):
    key = safe.home / "host.key"
    key.touch(mode=0o600)
    assert found(replace(safe, key_file=key)) == ["lichen.W106"]


def test_host_without_a_second_copy_or_a_second_person_is_found(safe: Environment):
    KeyCopy.objects.all().delete()
    Person.objects.filter(email="ada@example.org").update(suspended_at=AT)
    assert found(safe) == ["lichen.E113", "lichen.W114"]


def test_every_finding_says_what_would_be_right(tmp_path: Path, db: None):
    for finding in hosting_findings(Environment(home=tmp_path / "none")):
        assert finding.hint


def test_settings_that_are_handed_out_can_be_read():
    variables = assignments(DEPLOY / "lichen.env.example")
    environment = environment_from(variables)
    assert (environment.is_local, environment.proxies) == (False, 1)


@pytest.mark.parametrize("path", sorted(DEPLOY.iterdir()), ids=lambda path: path.name)
def test_only_settings_that_exist_are_named(path: Path):
    assert set(re.findall(r"LICHEN_[A-Z_]+", path.read_text(encoding="utf-8"))) - KNOWN == set()


def test_service_cannot_gain_what_it_was_not_given():
    unit = (DEPLOY / "lichen.service").read_text(encoding="utf-8")
    section = dict(line.split("=", 1) for line in unit.splitlines() if "=" in line and not line.startswith("#"))
    assert {name: section[name] for name in ("User", "NoNewPrivileges", "ProtectSystem", "CapabilityBoundingSet")} == {
        "User": "lichen",
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "CapabilityBoundingSet": "",
    }
    assert section["ExecStart"].split()[1] == "serve"


@pytest.mark.parametrize("unit", ["lichen.service", "lichen-backup.service", "lichen-backup.timer"])
def test_systemd_understands_the_units_and_finds_little_open(unit: str, tmp_path: Path):
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        missing("systemd")
    for path in DEPLOY.glob("lichen*.*"):
        text = path.read_text(encoding="utf-8").replace("/opt/lichen/.venv/bin/lichen-web", "/usr/bin/true")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    verified = subprocess.run([analyze, "verify", tmp_path / unit], capture_output=True, text=True)
    assert (verified.returncode, verified.stderr) == (0, "")
    if unit.endswith(".service"):
        most = ["--offline=true", "--threshold=20", "--no-pager"]  # of 100; what reaches the network has 12 of them
        seen = subprocess.run([analyze, "security", *most, tmp_path / unit], capture_output=True, text=True)
        assert seen.returncode == 0, seen.stdout


def test_containers_hold_their_secrets_apart_and_only_the_proxy_is_reached():
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert services["lichen"]["secrets"] == ["host_key"]
    assert services["postgres"]["networks"] == ["inside"]
    assert services["lichen"]["read_only"] is True


def test_image_copies_files_that_are_there():
    steps = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = [name for step in steps if step.startswith("COPY") for name in step.split()[1:-1]]
    assert [name for name in copied if not (ROOT / name).exists()] == []
