"""How long a backup and its restoring take, how large the file is, and that memory does not grow with the rows.

python benchmarks/backup.py [ROWS]

Each is done by ``lichen-web`` itself, in a process of its own, on SQLite: half the rows are events, half sealed parts.
"""

from __future__ import annotations

import os
import platform
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import django

HOME = tempfile.TemporaryDirectory(prefix="lichen-bench-")
os.environ |= {"LICHEN_HOME": HOME.name, "LICHEN_DATABASE_URL": "", "LICHEN_PART": "owner"}
os.environ["DJANGO_SETTINGS_MODULE"] = "lichen_web.settings"
django.setup()

from django.db import connections, transaction  # noqa: E402 - Django has to be awake before any table is known

import lichen  # noqa: E402
from lichen_web.accounts.models import Organisation  # noqa: E402
from lichen_web.alliances.copies.tables import bring_up  # noqa: E402
from lichen_web.alliances.models import Chain, Event, SealedPart, Vulnerability  # noqa: E402
from lichen_web.alliances.models.event import ChainOf  # noqa: E402

SEALED, WRAPPED, HASH = 285, 41, "0" * 64
"""The lengths of a sealed part and its key, and how long a hash is."""
AT = datetime(2026, 11, 22, 9, 30, 0, 123456, tzinfo=UTC)
AT_ONCE = 5_000


@dataclass(frozen=True)
class Used:
    """What a command needed."""

    seconds: float
    worked: float
    """Seconds of a processor."""
    peak: float
    """Megabytes at most."""


def main(rows: int = 200_000) -> None:
    """Print time, size and memory, first for a tenth of the rows."""
    print(f"Lichen {lichen.__version__}, Python {platform.python_version()}, {os.cpu_count()} cores")
    print(f"{'':12}{'rows':>12}{'seconds':>10}{'CPU s':>10}{'file MB':>10}{'peak MB':>10}")
    bring_up("default")
    empty = Path(HOME.name) / "empty.sqlite3"
    connections.close_all()
    shutil.copy(Path(HOME.name) / "lichen.sqlite3", empty)
    done = 0
    for total in (rows // 10, rows):
        fill(total - done)
        done = total
        connections.close_all()
        measure(total, empty)


def measure(rows: int, empty: Path) -> None:
    """A backup, and its restoring in another home."""
    with tempfile.TemporaryDirectory(prefix="lichen-bench-") as folder:
        file, other = Path(folder) / "lichen.backup", Path(folder) / "home"
        other.mkdir(mode=0o700)
        told("backup", rows, file, lichen_web(Path(HOME.name), "backup", "--to", str(file)))
        shutil.copy(empty, other / "lichen.sqlite3")
        shutil.copy(Path(HOME.name) / "host.key", other)
        told("restore", rows, file, lichen_web(other, "restore", str(file), "--no-erasures-known"))


def told(what: str, rows: int, file: Path, used: Used) -> None:
    size = file.stat().st_size / 1e6
    print(f"{what:12}{rows:12,}{used.seconds:10.1f}{used.worked:10.1f}{size:10.1f}{used.peak:10.0f}")


def lichen_web(home: Path, *words: str) -> Used:
    """Run a command."""
    command = [sys.executable, "-m", "lichen_web.command.main", *words]
    began = time.perf_counter()
    child = subprocess.Popen(command, env={**os.environ, "LICHEN_HOME": str(home)}, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    assert status == 0, words
    return Used(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6)


@transaction.atomic
def fill(rows: int) -> None:
    """Add so many rows, as an organisation with one chain and two sealed parts a gap would."""
    organisation = Organisation.objects.create(name="Example", founded_at=AT)
    chain = Chain.objects.create(id=organisation.id, of=ChainOf.ORGANISATION, last_hash=HASH)
    for first in range(0, rows, AT_ONCE):
        some = range(first, min(first + AT_ONCE, rows))
        Event.objects.bulk_create(event(chain, number) for number in some[::2])
        gaps = [Vulnerability(organisation=organisation, made_at=AT, changed_at=AT) for _ in some[::6]]
        Vulnerability.objects.bulk_create(gaps)
        SealedPart.objects.bulk_create(part(gap, rung) for gap in gaps for rung in (3, 4))


def event(chain: Chain, number: int) -> Event:
    return Event(
        chain=chain,
        number=number,
        what="vulnerability_recorded",
        happened_at=AT,
        organisation=chain.id,
        previous_hash=HASH,
        hash=secrets.token_hex(32),
    )


def part(gap: Vulnerability, rung: int) -> SealedPart:
    return SealedPart(
        organisation=gap.organisation,
        vulnerability=gap,
        rung=rung,
        version=1,
        sealed=secrets.token_bytes(SEALED),
        wrapped_key=secrets.token_bytes(WRAPPED),
        sealed_at=AT,
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
