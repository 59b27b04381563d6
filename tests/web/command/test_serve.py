"""One command brings everything up, keeps it up, and takes it down."""

from __future__ import annotations

import json
import os
import pty
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.web.homes import home_beside, home_on_postgres
from tests.web.postgres import Database

LICHEN_WEB = [sys.executable, "-m", "lichen_web.command.main"]
START = 90.0
"""Seconds that a slow machine under load may take."""


class Terminal:
    """A terminal in which ``lichen-web serve`` runs, and what it says there."""

    def __init__(self, home: Path, port: int, **variables: str) -> None:
        self.port, self.said = port, ""
        self._read, write = pty.openpty()
        os.set_blocking(self._read, False)
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("LICHEN_", "DJANGO_"))}
        self.process = subprocess.Popen(
            [*LICHEN_WEB, "serve", "--port", str(port)],
            env={**clean, "LICHEN_HOME": str(home), **variables},
            stdout=write,
            stderr=write,
        )
        os.close(write)

    def reads(self, words: str, within: float = START) -> bool:
        """Whether these words come before so many seconds are over, or it ends."""
        return self.comes(lambda: words in self._heard(), within)

    def comes(self, happening: Callable[[], bool], within: float = START) -> bool:
        until = time.monotonic() + within
        while not happening():
            if time.monotonic() > until or self.process.poll() is not None:
                return happening()
            time.sleep(0.1)
        return True

    def health(self) -> dict[str, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=10) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            return json.load(refused)

    def child(self, name: str) -> int | None:
        """The id of the process that runs a part, if one does."""
        tasks = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        words = {int(pid): Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0") for pid in tasks}
        return next((pid for pid, command in words.items() if name.encode() in command), None)

    def stop(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        status = self.process.wait(30)
        self._heard()
        return status

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._read)

    def _heard(self) -> str:
        with suppress(OSError):
            while told := os.read(self._read, 65536):
                self.said += told.decode().replace("\r\n", "\n")
        return self.said


@pytest.fixture
def served(tmp_path: Path, port: int) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path / "home", port)
    yield terminal
    terminal.close()


def is_open(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.long
def test_everything_comes_up_on_postgresql(tmp_path: Path, port: int, postgres: Database):
    home = home_on_postgres(home_beside(tmp_path / "home"), postgres, "lichen_served")
    terminal = Terminal(home.folder, port, LICHEN_DATABASE_URL=home.environment.database)
    try:
        assert terminal.reads("/invitations/"), terminal.said
        assert terminal.health() == {"database": "ok", "migrations": "ok", "worker": "ok"}
        assert terminal.stop(signal.SIGTERM) == 0
    finally:
        terminal.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_everything_comes_up_survives_and_stops(served: Terminal, tmp_path: Path):
    assert served.reads("into it."), served.said
    url, home = f"http://127.0.0.1:{served.port}", tmp_path / "home"
    *lines, link, last = [line.strip() for line in served.said.strip().splitlines()]
    assert lines == [
        "Lichen is being brought up ...",
        "",
        f"Lichen is up:        {url}",
        f"All is kept in:      {home}",
        f"Mails are put into:  {home / 'mails'}",
        "Ctrl-C stops it.",
        "",
        "Nobody runs this host yet. Whoever opens this link first does, so open it now, and sign up:",
    ]
    assert last == "Then open a circle on your console, and invite the first organisations into it."
    assert link.startswith(f"{url}/invitations/")
    assert served.health() == {"database": "ok", "migrations": "ok", "worker": "ok"}
    assert is_kept_open(served.port)
    for part in ("worker", "web"):
        killed = served.child(part)
        os.kill(killed, signal.SIGKILL)
        assert served.comes(lambda part=part, killed=killed: served.child(part) not in {None, killed}), served.said
    assert served.comes(lambda: is_open(served.port))
    assert served.health()["database"] == "ok"
    assert served.stop() == 0
    assert served.said.rstrip().endswith("Lichen has stopped.")
    assert not is_open(served.port)


def is_kept_open(port: int) -> bool:
    """Whether a line that was idle for longer than a busy machine may take is still good for a form."""
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    with closing(line):
        for pause in (3, 0):
            before = line.sock
            line.request("GET", "/healthz")
            line.getresponse().read()
            time.sleep(pause)
        return line.sock is before


def test_taken_port_is_told(tmp_path: Path, port: int):
    with socket.create_server(("127.0.0.1", port)):
        terminal = Terminal(tmp_path / "home", port)
        try:
            assert terminal.process.wait(START) == 2
            assert not terminal.reads("brought up", within=1)
            assert terminal.said == (
                f"something listens on 127.0.0.1:{port} already, perhaps another Lichen;"
                f" right would be: to stop that, or another port: --port {port + 1}\n"
            )
        finally:
            terminal.close()


def test_settings_that_cannot_be_used_are_told_at_once(tmp_path: Path, port: int):
    terminal = Terminal(tmp_path / "home", port, LICHEN_PROXIES="many", LICHEN_MAIL_URL="post://office")
    try:
        assert terminal.process.wait(START) == 2
        assert not terminal.reads("Traceback", within=1)
        assert [name for name in ("LICHEN_PROXIES", "LICHEN_MAIL_URL") if name not in terminal.said] == []
    finally:
        terminal.close()
