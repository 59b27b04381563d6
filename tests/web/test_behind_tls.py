"""Lichen as a server runs it: on PostgreSQL, with the settings, the check and the proxy that are handed to a host."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email import message_from_bytes
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.needs import missing
from tests.web.postgres import Cluster, programs, running_cluster
from tests.web.test_deploy import DEPLOY, assignments

NAME, START = "lichen.example.org", 120.0
LICHEN_WEB = [sys.executable, "-m", "lichen_web.command.main"]
LOCAL = """{{
	admin off
	http_port {http}
	https_port {https}
	local_certs
	skip_install_trust
	storage file_system {folder}
}}
"""
"""What is other here than on a server: the ports, who signs the certificate, and where it is kept."""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Postbox:
    """The mail server: keeps what it is given."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, str]] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        message = message_from_bytes(bytes(envelope.content or b""))
        payload = message.get_payload(decode=True)
        self.letters.append((envelope.rcpt_tos[0], bytes(payload).decode()))  # type: ignore[arg-type]
        return "250 taken"

    def code_for(self, address: str) -> str:
        """The code in the last mail to somebody, once it has come."""
        until = time.monotonic() + START
        while time.monotonic() < until:
            for to, text in reversed(self.letters):
                if to == address and (found := re.search(r"\b([A-Z0-9]{4}-[A-Z0-9]{4})\b", text)):
                    return found[1]
            time.sleep(0.1)
        raise AssertionError(f"no code came: {self.letters}")


class Line(HTTPSConnection):
    """To this machine, whatever the name says."""

    def connect(self) -> None:
        self.sock = self._context.wrap_socket(  # type: ignore[attr-defined]
            socket.create_connection(("127.0.0.1", self.port)), server_hostname=self.host
        )


@dataclass(frozen=True)
class Site:
    """What listens, and what was said at its start."""

    http: int
    https: int
    trusted: ssl.SSLContext
    postbox: Postbox
    checked: str

    @property
    def url(self) -> str:
        return f"https://{NAME}:{self.https}"


class Browser:
    """Somebody's: keeps cookies as one does, and sends forms."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.cookies: SimpleCookie = SimpleCookie()
        self.page = ""

    def asks(self, path: str, form: Mapping[str, str] | None = None, **headers: str) -> HTTPResponse:
        line = Line(NAME, self.site.https, context=self.site.trusted, timeout=60)
        said = {"Cookie": "; ".join(f"{name}={each.value}" for name, each in self.cookies.items()), **headers}
        if form is not None:
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.page)
            assert token, self.page
            body = urlencode({**form, "csrfmiddlewaretoken": token[1]})
            said |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.site.url}
            line.request("POST", path, body, {"Referer": self.site.url + path, **said})
        else:
            line.request("GET", path, headers=said)
        answer = line.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(cookie)
        self.page = answer.read().decode()
        line.close()
        return answer

    def sends(self, path: str, form: Mapping[str, str], **headers: str) -> str:
        """Fill in a form; where it leads."""
        assert self.asks(path).status == 200, self.page
        answer = self.asks(path, form, **headers)
        assert answer.status == 302, (answer.status, path, re.sub(r"<[^>]+>|\s+", " ", self.page))
        return urlsplit(answer.headers["Location"]).path

    def signs_up(self, name: str) -> None:
        address = f"{name.lower()}@example.org"
        form = {"email": address, "name": name, "password1": "seven-churches-by-the-river"}
        confirming = self.sends("/account/signup/", form)
        assert self.sends(confirming, {"code": self.site.postbox.code_for(address)}) == "/desk/"


def variables(folder: Path, cluster: Cluster, mail: int, url: str) -> dict[str, str]:
    """Those that are handed to a host, with what belongs to this one."""
    own = {
        "LICHEN_URL": url,
        "LICHEN_HOME": str(folder / "home"),
        "LICHEN_KEY_FILE": str(folder / "key" / "host.key"),
        "LICHEN_DATABASE_URL": f"postgresql://127.0.0.1:{cluster.port}/lichen_tls",
        "LICHEN_MAIL_URL": f"smtp://127.0.0.1:{mail}",
    }
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LICHEN_", "DJANGO_"))}
    return clean | assignments(DEPLOY / "lichen.env.example") | own


def prepared(folder: Path, cluster: Cluster, environment: Mapping[str, str]) -> str:
    """Everything that the page about servers asks for before the start; what the check says."""
    said = ""
    copy = folder / "stick"
    for words in (
        ["key", "make"],
        ["key", "copy", "--to", str(copy)],
        ["database", "prepare", "--as", cluster.administrator()],
        ["migrate"],
        ["key", "confirm", str(copy), "--kept-by", "Ada Obi", "--where", "safe at the bank"],
        ["check", "--deploy"],
    ):
        ran = subprocess.run([*LICHEN_WEB, *words], env=environment, capture_output=True, text=True, timeout=300)
        assert ran.returncode == 0, (words, ran.stdout, ran.stderr)
        said = ran.stdout
    return said


def proxy_file(folder: Path, port: int, http: int, https: int) -> Path:
    """The one that is handed out, for these ports."""
    handed = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert handed.count(f"{NAME} {{") == handed.count("127.0.0.1:8000") == 1
    own = LOCAL.format(http=http, https=https, folder=folder / "caddy")
    path = folder / "Caddyfile"
    path.write_text(own + handed.replace("127.0.0.1:8000", f"127.0.0.1:{port}"), encoding="utf-8")
    return path


@contextmanager
def running(command: list[str], environment: Mapping[str, str], log: Path, port: int) -> Iterator[None]:
    with log.open("wb") as written:
        process = subprocess.Popen(command, env=environment, stdout=written, stderr=written)
    try:
        until = time.monotonic() + START
        while time.monotonic() < until and process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.1)
        else:
            raise AssertionError(log.read_text())
        yield
    finally:
        process.terminate()
        process.wait(60)


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    """As a host finds it: nobody has prepared anything in it."""
    if programs() is None:
        missing("postgresql")
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="module")
def site(server: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    caddy, tmp_path = shutil.which("caddy"), tmp_path_factory.mktemp("site")
    if caddy is None:
        missing("caddy")
    port, http, https, mail = (free_port() for _ in range(4))
    postbox = Postbox()
    controller = Controller(postbox, hostname="127.0.0.1", port=mail)
    controller.start()
    (tmp_path / "key").mkdir(mode=0o700)
    environment = variables(tmp_path, server, mail, f"https://{NAME}:{https}")
    try:
        checked = prepared(tmp_path, server, environment)
        lichen = [*LICHEN_WEB, "serve", "--port", str(port)]
        proxy = [caddy, "run", "--adapter", "caddyfile", "--config", str(proxy_file(tmp_path, port, http, https))]
        with (
            running(lichen, environment, tmp_path / "lichen.log", port),
            running(proxy, {**environment, "HOME": str(tmp_path)}, tmp_path / "caddy.log", https),
        ):
            root = tmp_path / "caddy" / "pki" / "authorities" / "local" / "root.crt"
            trusted = ssl.create_default_context(cafile=str(root))
            yield Site(http, https, trusted, postbox, checked)
    finally:
        controller.stop()


def attempts(cluster: Cluster) -> list[str]:
    """From where axes saw somebody try a wrong password."""
    with psycopg.connect(cluster.administrator("lichen_tls")) as everything:
        return [str(row[0]) for row in everything.execute("SELECT ip_address FROM axes_accessattempt")]


@pytest.mark.long
def test_two_organisations_come_in_over_tls(site: Site, server: Cluster):
    assert "It is safe to let others in." in site.checked

    plain = HTTPConnection("127.0.0.1", site.http, timeout=60)
    plain.request("GET", "/desk/", headers={"Host": NAME})
    redirected = plain.getresponse()
    assert (redirected.status, redirected.headers["Location"]) == (308, f"https://{NAME}/desk/")

    for name, organisation in (("Ada", "Eastfield hospital"), ("Ben", "Eastfield churches")):
        browser = Browser(site)
        browser.signs_up(name)
        assert {"sessionid", "csrftoken"} - browser.cookies.keys() == set()
        assert {(each["secure"], each["httponly"]) for each in browser.cookies.values()} == {(True, True)}
        own = browser.sends("/organisations/new/", {"name": organisation, "sector": "nonprofit"})
        answer = browser.asks(own)
        assert (answer.status, organisation in browser.page) == (200, True)
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"

    stranger = Browser(site)
    stranger.asks("/account/login/")
    form = {"login": "ada@example.org", "password": "not this one at all"}
    assert stranger.asks("/account/login/", form, **{"X-Forwarded-For": "203.0.113.9"}).status == 200
    assert attempts(server) == ["127.0.0.1"]


@pytest.mark.long
def test_request_that_did_not_come_by_tls_is_not_taken_for_one(site: Site):
    """What a client claims of the way it came is replaced by the proxy, too."""
    browser = Browser(site)
    assert browser.asks("/", **{"X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil.example"}).status == 200
    assert "Strict-Transport-Security" in browser.asks("/healthz").headers
