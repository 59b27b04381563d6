"""How long it takes to open an audit of thirty gaps and as many offers, and to save one gap, on a file of SQLite.

python benchmarks/audit.py
"""

from __future__ import annotations

import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import django

HOME = tempfile.TemporaryDirectory(prefix="lichen-bench-")
os.environ |= {"LICHEN_HOME": HOME.name, "LICHEN_DATABASE_URL": "", "LICHEN_PART": "owner"}
os.environ["DJANGO_SETTINGS_MODULE"] = "lichen_web.settings"
django.setup()

from lichen.audit.values import Audit, Offer, Organisation, Vulnerability  # noqa: E402 - Django has to be awake before any table is known
from lichen.capabilities.taxonomy import taxonomy  # noqa: E402
from lichen.scales import Relevance  # noqa: E402
from lichen_web.accounts.models import Person  # noqa: E402
from lichen_web.alliances.access.actors import Actor, actor_for  # noqa: E402
from lichen_web.alliances.access.audit import own_audit  # noqa: E402
from lichen_web.alliances.actions.audit import change_vulnerability, record_audit  # noqa: E402
from lichen_web.alliances.actions.organisations import found_organisation  # noqa: E402
from lichen_web.alliances.copies.tables import bring_up  # noqa: E402

ITEMS, RUNS = 30, 50
CODES = tuple(taxonomy().capabilities)
WORDS = "People in the poorest neighbourhoods do not believe us when we say it is safe. " * 4
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def lead_of(name: str) -> Actor:
    """Who leads a new organisation."""
    person = Person.objects.create_user(f"{name}@example.org")
    place = {"sector": "nonprofit", "country": "", "region": "", "size": "", "website": "", "is_public_body": False}
    found = found_organisation(actor_for(person.id), name=name, **place, at=NOW)
    return actor_for(person.id, found)


def confess(lead: Actor, items: int) -> None:
    """Write down so many gaps and offers."""
    gaps = tuple(Vulnerability(code, 4, rank, words=WORDS) for rank, code in enumerate(CODES[:items], 1))
    offers = tuple(Offer(code, 4, 3, words=WORDS) for code in CODES[-items:])
    record_audit(lead, audit=Audit(Organisation("x", "X", vulnerabilities=gaps, offers=offers)), at=NOW)


def saver(lead: Actor, gap: UUID) -> Callable[[], None]:
    """Says one gap anew each time."""
    versions = iter(range(1, 10**6))

    def save() -> None:
        version = next(versions)
        said = {"code": CODES[0], "words": f"{WORDS}{version}", "severity": 4, "rank": 1, "core": False}
        more = {"relevance": Relevance.YES, "sensitivity": None}
        change_vulnerability(lead, vulnerability=gap, version=version, **said, **more, at=NOW)

    return save


def milliseconds(act: Callable[[], object]) -> str:
    """The median and the least time of several runs."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - began))
    return f"{statistics.median(times):10.2f}{min(times):10.2f}"


def main() -> None:
    """Print what each takes."""
    bring_up("default")
    print(
        f"Django {django.__version__}, Python {platform.python_version()}, {os.cpu_count()} cores; {RUNS} runs each\n"
    )
    small, large = lead_of("small"), lead_of("large")
    confess(small, 1)
    confess(large, ITEMS)
    ways: dict[str, Callable[[], object]] = {
        "opening an audit of 1 gap and 1 offer": lambda: own_audit(small),
        f"opening an audit of {ITEMS} gaps and {ITEMS} offers": lambda: own_audit(large),
        f"saving a gap of {ITEMS}": saver(large, own_audit(large).gaps[0].id),
    }
    print(f"{'':42}{'median ms':>10}{'least':>10}")
    for name, act in ways.items():
        print(f"{name:42}{milliseconds(act)}")


if __name__ == "__main__":
    main()
