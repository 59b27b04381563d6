"""Processes that are watched: started, started again when they die, and stopped together.

Each child leads a process group of its own, so that what it leaves behind can be cleared away by that group and nothing
else is ever touched. A child tells through a pipe that it is at work, and has the system stop it should its supervisor
be killed.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from select import select
from threading import Event
from time import monotonic
from types import FrameType

import structlog

__all__ = ["Child", "begin_as_child", "supervise", "tell_at_work"]

SUPERVISOR, PIPE = "LICHEN_SUPERVISOR", "LICHEN_SUPERVISOR_PIPE"
"""The variables that tell a child who watches it, and where that listens."""
GRACE = 10.0
"""Seconds that children have to stop by themselves."""
STEADY = 30.0
"""A child that lived for so many seconds was well; its next death is its first."""
LONGEST_PAUSE = 30.0
"""The most seconds to wait before a child is started again."""
_TICK = 0.2
_AT_WORK = b"."
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG in linux/prctl.h
_LOG = structlog.stdlib.get_logger("lichen.serve")


class Child:
    """One process, or the one that took its place."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Nothing runs yet.

        Args:
            name: As the log calls it.
            command: What to run.
            environment: Beside what this process has.
        """
        self.name = name
        self._command = command
        self._environment = {**os.environ, **environment, SUPERVISOR: str(os.getpid())}
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: int | None = None
        self._has_told = False
        self._began = self._due = 0.0
        self._deaths = 0

    @property
    def pid(self) -> int | None:
        """Of the process that runs now."""
        return self._process.pid if self._process else None

    @property
    def is_running(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def is_at_work(self) -> bool:
        """Whether it told so since it was started."""
        if self._pipe is not None and select([self._pipe], [], [], 0)[0]:
            self._has_told = os.read(self._pipe, 1) == _AT_WORK
            self._hang_up()
        return self._has_told

    def start(self) -> None:
        """Run it."""
        self._hang_up()
        self._has_told = False
        self._began = monotonic()
        self._pipe, told = os.pipe()
        environment = {**self._environment, PIPE: str(told)}
        self._process = subprocess.Popen(  # noqa: S603
            self._command, env=environment, pass_fds=[told], start_new_session=True
        )
        os.close(told)

    def watch(self) -> None:
        """If it died, clear up after it, and start it again once its pause is over."""
        if self._process is not None and self._process.poll() is not None:
            self._bury(self._process)
        if self._process is None and monotonic() >= self._due:
            self.start()

    def ask_to_stop(self) -> None:
        """Have it finish what it does and end."""
        if self.is_running:
            os.kill(self._process.pid, signal.SIGTERM)  # type: ignore[union-attr]

    def end(self, *, by: float) -> None:
        """Wait until then for it to end; whatever is left of it afterwards is killed."""
        if self._process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(max(0.0, by - monotonic()))
        self._clear(self._process)
        self._process.wait()
        self._hang_up()

    def _bury(self, process: subprocess.Popen[bytes]) -> None:
        self._clear(process)
        self._process = None
        now = monotonic()
        self._deaths = 1 if now - self._began > STEADY else self._deaths + 1
        pause = min(LONGEST_PAUSE, 2.0 ** (self._deaths - 1))
        self._due = now + pause
        _LOG.warning("died; will be started again", child=self.name, status=process.returncode, seconds=pause)

    def _hang_up(self) -> None:
        if self._pipe is not None:
            os.close(self._pipe)
            self._pipe = None

    @staticmethod
    def _clear(process: subprocess.Popen[bytes]) -> None:
        """Kill what is left of its group; its own children may outlive it."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def supervise(children: Sequence[Child], *, ready: Callable[[], None]) -> bool:
    """Run these processes until this one is told to stop, by Ctrl-C or SIGTERM.

    Args:
        children: What to run. One that dies before all are at work is not started again.
        ready: Called once all are at work.

    Returns:
        Whether they could be started.
    """
    stop = Event()

    def told(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, told) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        for child in children:
            child.start()
        has_started = _has_started(children, stop)
        if has_started and not stop.is_set():
            ready()
            while not stop.wait(_TICK):
                for child in children:
                    child.watch()
        return has_started
    finally:
        _stop(children)
        for number, handler in before.items():
            signal.signal(number, handler)


def begin_as_child() -> None:
    """In a child: end when the supervisor is killed, where the system can arrange it; else it is left behind."""
    supervisor = os.environ.get(SUPERVISOR)
    if supervisor is None or not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGTERM)
    if os.getppid() != int(supervisor):  # it died before it could be arranged
        sys.exit(1)


def tell_at_work() -> None:
    """In a child: the supervisor need wait no longer."""
    if told := os.environ.get(PIPE):
        os.write(int(told), _AT_WORK)
        os.close(int(told))


def _has_started(children: Sequence[Child], stop: Event) -> bool:
    while not all(child.is_at_work for child in children):
        if not all(child.is_running for child in children):
            return False
        if stop.wait(_TICK):
            break
    return True


def _stop(children: Sequence[Child]) -> None:
    by = monotonic() + GRACE
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.end(by=by)
