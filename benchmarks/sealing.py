"""What sealing costs: a confession, an organisation's whole audit, the rotation of the host's key.

python benchmarks/sealing.py [ORGANISATIONS]
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import cryptography
import django
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

HOME = tempfile.TemporaryDirectory(prefix="lichen-bench-")
os.environ["LICHEN_HOME"] = HOME.name
os.environ["LICHEN_DATABASE_URL"] = ""
os.environ["DJANGO_SETTINGS_MODULE"] = "lichen_web.settings"
django.setup()

import lichen  # noqa: E402 - Django has to be awake before any table is known
from lichen_web.accounts.models import Organisation  # noqa: E402
from lichen_web.alliances import keys  # noqa: E402
from lichen_web.alliances.actions.keys import rotate_host_key  # noqa: E402
from lichen_web.keyring import add_host_key  # noqa: E402

RUNS, AUDITS, PARTS = 200, 999, 20
DAY = datetime(2026, 11, 22, tzinfo=UTC)
CONFESSED = {"words": "Half of those we miss speak no English at home and we have two interpreters.", "severity": 4}


def microseconds(act: Callable[[], object], runs: int = RUNS) -> tuple[float, float]:
    """The median and the least time of several runs."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        act()
        times.append(1e6 * (time.perf_counter() - began))
    return statistics.median(times), min(times)


def once(act: Callable[[], object]) -> tuple[str, object]:
    """How long something takes, and what comes of it."""
    began, worked = time.perf_counter(), time.process_time()
    answer = act()
    wall, core = time.perf_counter() - began, time.process_time() - worked
    return f"{wall:.3f} s, of which {core:.3f} s were work of this process", answer


def founded(number: int) -> list[UUID]:
    """Organisations with keys."""
    rows = [Organisation(name=f"Organisation {place}", sector="health", founded_at=DAY) for place in range(number)]
    with transaction.atomic():
        Organisation.objects.bulk_create(rows, batch_size=500)
        for row in rows:
            keys.make_organisation_keys(row.id, at=DAY)
    return [row.id for row in rows]


def audit(owner: UUID) -> list[tuple[bytes, bytes, tuple[str, ...]]]:
    """An organisation's sealed parts, as its rows hold them."""
    places = [("lichen_sealed_part", str(uuid4()), "4", "1") for _ in range(PARTS)]
    parts = [(keys.seal(owner, CONFESSED, bound_to=place), place) for place in places]
    return [(part.sealed, part.wrapped_key, place) for part, place in parts]


def one_at_a_time(owner: UUID, reader: UUID) -> None:
    """What each single act costs, keys fetched from the database and all."""
    (sealed, wrapped, place), fernet, text = audit(owner)[0], Fernet(Fernet.generate_key()), json.dumps(CONFESSED)
    granted, token = keys.key_for_reader(owner, wrapped, reader, bound_to=place), fernet.encrypt(text.encode())
    for_host = keys.seal_for_host("mail", CONFESSED, bound_to=place)
    acts: dict[str, Callable[[], object]] = {
        "seal a part under a key of its own": lambda: keys.seal(owner, CONFESSED, bound_to=place),
        "open it, as its owner": lambda: keys.open_own(owner, sealed, wrapped, bound_to=place),
        "grant it to a reader": lambda: keys.key_for_reader(owner, wrapped, reader, bound_to=place),
        "open it, as the reader": lambda: keys.open_granted(owner, reader, sealed, granted, bound_to=place),
        "seal a mail for the host": lambda: keys.seal_for_host("mail", CONFESSED, bound_to=place),
        "open a mail for the host": lambda: keys.open_for_host("mail", for_host, bound_to=place),
        "sign a claim": lambda: keys.sign_for(owner, text),
        "Fernet, one key for all, bound to nothing: seal": lambda: fernet.encrypt(text.encode()),
        "Fernet, one key for all, bound to nothing: open": lambda: fernet.decrypt(token),
    }
    print(f"{'':50}{'median µs':>10}{'least':>10}")
    for name, act in acts.items():
        median, least = microseconds(act)
        print(f"{name:50}{median:10.1f}{least:10.1f}")


def many(owners: list[UUID]) -> None:
    """Every audit opened, every organisation's key wrapped anew."""
    audits = [(owner, audit(owner)) for owner in owners[:AUDITS]]
    took, opened = once(lambda: sum(len(keys.open_all_own(owner, parts)) for owner, parts in audits))
    print(f"\n{opened} confessions of {len(audits)} organisations opened, one query each: {took}")
    key = add_host_key(settings.LICHEN)
    took, done = once(lambda: rotate_host_key(to=key.id, at=DAY))
    assert done == len(owners)
    print(f"the host's key rotated under {done} organisations: {took}")
    assert all(keys.open_all_own(owner, parts)[0] == CONFESSED for owner, parts in audits[:50])
    took, _ = once(lambda: keys.mark_erased(owners[-1], at=DAY))
    print(f"one organisation erased, the line outside the database written to disk: {took}")


def main(organisations: int = 10_000) -> None:
    """Print what each act takes."""
    print(
        f"Lichen {lichen.__version__}, cryptography {cryptography.__version__}, Django {django.__version__}, "
        f"Python {platform.python_version()}, {os.cpu_count()} cores, SQLite"
    )
    call_command("migrate", verbosity=0)
    took, owners = once(lambda: founded(organisations))
    print(f"keys of {organisations} organisations made and kept: {took}\n")
    one_at_a_time(owners[0], owners[1])
    many(owners)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
