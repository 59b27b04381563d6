"""How many pages a second ``lichen-web serve`` gives, and how long each takes, on SQLite and on PostgreSQL.

python benchmarks/web.py [ORGANISATIONS [SECONDS]]

Sixteen connections ask at once, each signed in and on a connection of its own that it keeps; the load runs beside the
server on the same cores. As many organisations that are no members are listed as there are members; of those every
other one is only there to make the tables long.
"""

from __future__ import annotations

import os
import platform
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from itertools import count, repeat
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import django

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # the PostgreSQL of the tests
HOME = tempfile.TemporaryDirectory(prefix="lichen-bench-")
os.environ |= {"LICHEN_HOME": HOME.name, "LICHEN_DATABASE_URL": "", "LICHEN_PART": "web"}
os.environ["DJANGO_SETTINGS_MODULE"] = "lichen_web.settings"
django.setup()

from allauth.account.models import EmailAddress  # noqa: E402 - Django has to be awake before any table is known
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.db import connection, connections, transaction  # noqa: E402

import lichen  # noqa: E402
from lichen.audit.values import Audit, Organisation, Vulnerability  # noqa: E402
from lichen.capabilities.taxonomy import taxonomy  # noqa: E402
from lichen_web.accounts.models import Organisation as OrganisationRow  # noqa: E402
from lichen_web.accounts.models import Person  # noqa: E402
from lichen_web.accounts.sessions import SessionStore  # noqa: E402
from lichen_web.alliances.access.actors import Actor, actor_for  # noqa: E402
from lichen_web.alliances.access.audit import own_audit  # noqa: E402
from lichen_web.alliances.access.circles import convened_circle  # noqa: E402
from lichen_web.alliances.actions.audit import record_audit  # noqa: E402
from lichen_web.alliances.actions.circles import admit, ask_to_join, name_convener, open_circle  # noqa: E402
from lichen_web.alliances.actions.host import invite_host  # noqa: E402
from lichen_web.alliances.actions.listed import list_organisations  # noqa: E402
from lichen_web.alliances.actions.membership import accept_invitation  # noqa: E402
from lichen_web.alliances.actions.organisations import found_organisation  # noqa: E402
from lichen_web.alliances.actions.stated import MOST  # noqa: E402
from lichen_web.alliances.copies.tables import bring_up  # noqa: E402
from lichen_web.alliances.models.event import Event  # noqa: E402
from tests.web.listing import many  # noqa: E402
from tests.web.people import token_for  # noqa: E402
from tests.web.postgres import programs, running_cluster  # noqa: E402

CONNECTIONS, GUESTS, ITEMS = 16, 16, 20
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
CODES = tuple(taxonomy().capabilities)
WORDS = "People in the poorest neighbourhoods do not believe us when we say it is safe."
ASKED = {"words": WORDS, "severity": 4, "relevance": "yes", "sensitivity": "", "rank": ""}


@dataclass(frozen=True)
class Guest:
    """Who asks: with an organisation of their own, all in one circle."""

    cookie: str
    organisation: str
    circle: str
    gap: str


def signed_up(name: str) -> Actor:
    person = Person.objects.create_user(f"{name}@example.org", name=name)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return actor_for(person.id)


def accepted(actor: Actor, token: str) -> Actor:
    accept_invitation(actor, token=token, at=AT)
    return actor_for(actor.person)


def guests() -> list[Guest]:
    """Sixteen leads with twenty sealed gaps each, in one circle."""
    host, convener = signed_up("host"), signed_up("convener")
    host = accepted(host, invite_host(email="host@example.org", at=AT))
    circle = open_circle(host, name="Eastfield table", purpose="", at=AT)
    name_convener(host, circle=circle, email="convener@example.org", at=AT)
    convener = accepted(convener, token_for("convener@example.org"))
    return [guest(number, convener, circle) for number in range(GUESTS)]


def guest(number: int, convener: Actor, circle: object) -> Guest:
    person = signed_up(f"guest{number}")
    place = {"sector": "nonprofit", "country": "", "region": "", "size": "", "website": "", "is_public_body": False}
    found = found_organisation(person, name=f"Guest {number}", **place, at=AT)
    lead = actor_for(person.person, found)
    gaps = tuple(Vulnerability(code, 4, rank, words=WORDS) for rank, code in enumerate(CODES[:ITEMS], 1))
    record_audit(lead, audit=Audit(Organisation("x", "X", vulnerabilities=gaps, offers=())), at=AT)
    ask_to_join(lead, circle=circle, statement="We are.", signed_name="the lead", at=AT)
    for asking in convened_circle(convener, circle).asking:
        admit(convener, membership=asking.membership, at=AT)
    gap = own_audit(lead).gaps[0].id
    return Guest(session_of(Person.objects.get(id=person.person)), str(found), str(circle), str(gap))


def session_of(person: Person) -> str:
    """The cookie of somebody who has signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def crowd(organisations: int) -> None:
    """Others, in bulk."""
    rows = [OrganisationRow(name=f"Crowd {number}", founded_at=AT) for number in range(organisations)]
    OrganisationRow.objects.bulk_create(rows, batch_size=500)


@dataclass(frozen=True)
class Scene:
    """A page that is asked for, or a form that is sent."""

    path: str
    """Below the guest's organisation."""
    said: Callable[[], Iterator[dict[str, object]]] | None = None
    """What each connection sends, one thing after the other; none reads the page."""


def new_gaps() -> Iterator[dict[str, object]]:
    """Another gap each time, until there is no room for more."""
    return ({**ASKED, "code": code} for code in CODES[ITEMS:MOST])


def one_gap_anew() -> Iterator[dict[str, object]]:
    """The same gap in other words each time, in the version in which it was left."""
    return ({**ASKED, "code": CODES[0], "words": f"{WORDS} {each}", "version": each} for each in count(1))


SCENES = {
    "the desk": Scene("/desk/"),
    f"the audit, {ITEMS} sealed gaps": Scene("/organisations/{guest.organisation}/audit/"),
    f"the circle, {GUESTS} members": Scene("/organisations/{guest.organisation}/circles/{guest.circle}/"),
    "the list of partners": Scene("/organisations/{guest.organisation}/fit/listed/"),
    "its second page, narrowed": Scene("/organisations/{guest.organisation}/fit/listed/?place=Wales&page=2"),
    "a gap said anew": Scene("/organisations/{guest.organisation}/audit/gaps/{guest.gap}/", one_gap_anew),
    "a gap saved": Scene("/organisations/{guest.organisation}/audit/gaps/new/", new_gaps),
}


class Asking(threading.Thread):
    """One connection, asking until the time is over, or all is said."""

    def __init__(self, port: int, guest: Guest, scene: Scene, *, until: float) -> None:
        super().__init__(daemon=True)
        self.port, self.scene, self.until = port, scene, until
        self.path = scene.path.format(guest=guest)
        self.cookies = f"sessionid={guest.cookie}"
        self.times: list[float] = []
        self.errors: list[str] = []

    def run(self) -> None:
        line = HTTPConnection("127.0.0.1", self.port, timeout=60)
        token = self._token(line) if self.scene.said else ""
        for said in self.scene.said() if self.scene.said else repeat({}):
            if time.monotonic() > self.until:
                break
            body = urlencode({**said, "csrfmiddlewaretoken": token}) if said else None
            began = time.perf_counter()
            try:
                status, page, _ = self._ask(line, body)
                wrong = "" if status == (302 if body else 200) else f"{status} {plain(page)}"
            except (OSError, HTTPException) as error:
                line.close()
                wrong = repr(error)
            self.times.append(1000 * (time.perf_counter() - began))
            if wrong:
                self.errors.append(wrong)

    def _token(self, line: HTTPConnection) -> str:
        """What the form is sent with, so that no other page can send it."""
        status, page, given = self._ask(line, None)
        assert status == 200, (status, self.path)
        self.cookies += "; " + given.split(";")[0]
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token, page
        return token[1]

    def _ask(self, line: HTTPConnection, body: str | None) -> tuple[int, str, str]:
        headers = {"Cookie": self.cookies, "Origin": f"http://127.0.0.1:{self.port}"}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line.request("POST" if body else "GET", self.path, body, headers)
        answer = line.getresponse()
        return answer.status, answer.read().decode(), answer.getheader("Set-Cookie", "")


@contextmanager
def serving(home: Path, database: str, workers: int) -> Iterator[int]:
    """``lichen-web serve`` in this home, once it answers; the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LICHEN_", "DJANGO_"))}
    command = [sys.executable, "-m", "lichen_web.command.main", "serve", "--port", str(port), "--workers", str(workers)]
    with (home / "serve.log").open("wb") as log:
        server = subprocess.Popen(
            command,
            env=kept | {"LICHEN_HOME": str(home), "LICHEN_DATABASE_URL": database},
            stdout=log,
            stderr=log,
        )
        try:
            for _ in range(600):
                with socket.socket() as asked:
                    if not asked.connect_ex(("127.0.0.1", port)):
                        break
                assert server.poll() is None, (home / "serve.log").read_text()
                time.sleep(0.1)
            yield port
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)


def measure(where: str, database: str, known: list[Guest], seconds: float, workers: int = 2) -> None:
    """Ask each page for so long, and print what came."""
    with serving(Path(HOME.name), database, workers) as port:
        for name, scene in SCENES.items():
            until = time.monotonic() + seconds
            asking = [Asking(port, guest, scene, until=until) for guest in known[:CONNECTIONS]]
            began = time.monotonic()
            for each in asking:
                each.start()
            for each in asking:
                each.join()
            told(where, name, asking, time.monotonic() - began)


def told(where: str, name: str, asking: list[Asking], seconds: float) -> None:
    times = sorted(each for one in asking for each in one.times)
    part = [times[min(int(len(times) * share), len(times) - 1)] if times else 0 for share in (0.5, 0.95, 0.99)]
    errors = Counter(error for one in asking for error in one.errors)
    print(
        f"{where:12}{name:28}{len(times) / seconds:10.1f}"
        + "".join(f"{each:9.0f}" for each in part)
        + f"{errors.total():9}{os.getloadavg()[0]:9.1f}",
        flush=True,
    )
    for error, number in errors.most_common(3):
        print(f"{'':14}{number} x {error}", flush=True)


def plain(page: str) -> str:
    """The words of a page, to be printed."""
    return re.sub(r"<[^>]+>|\s+", " ", page)[:600]


def version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        return f"{connection.display_name} {cursor.fetchone()[0].split()[0]}"


def filled(organisations: int) -> list[Guest]:
    with transaction.atomic():
        crowd(organisations)
    list_organisations(many(organisations), source="A register, 2026", at=AT)
    known = guests()
    print(f"{version()}, {organisations:,} organisations, {Event.objects.count():,} events", flush=True)
    connections.close_all()
    return known


def main(organisations: int = 10_000, seconds: float = 10) -> None:
    """Print the table, first for SQLite."""
    print(
        f"Lichen {lichen.__version__}, Django {django.__version__}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, {CONNECTIONS} connections, 2 workers"
    )
    bring_up("default")
    known = filled(organisations)
    print(f"{'':12}{'':28}{'a second':>10}{'p50 ms':>9}{'p95':>9}{'p99':>9}{'errors':>9}{'load':>9}")
    measure("SQLite", "", known, seconds)
    if programs() is None:
        print("PostgreSQL is not installed here")
        return
    with running_cluster() as cluster:
        database = cluster.migrated(f"bench_{uuid4().hex[:8]}")
        with database.signed_in():
            known = filled(organisations)
        measure("PostgreSQL", database.environment.database, known, seconds)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
