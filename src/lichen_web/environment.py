"""What the host sets: read once from ``LICHEN_*`` variables, everything wrong told at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from lichen.errors import Problem, refuse

__all__ = ["Environment", "Part", "SecondFactor", "SignUp", "environment_from", "is_loopback"]


class Part(StrEnum):
    """Which part of Lichen a process is; each signs in to PostgreSQL as a role of its own."""

    WEB = "web"
    WORKER = "worker"
    OWNER = "owner"

    @property
    def role(self) -> str:
        """Its role in PostgreSQL."""
        return {Part.WEB: "lichen_app", Part.WORKER: "lichen_matcher", Part.OWNER: "lichen_owner"}[self]


class SignUp(StrEnum):
    """Who may sign up."""

    OPEN = "open"
    INVITED = "invited"


class SecondFactor(StrEnum):
    """Of whom a second factor is demanded."""

    HOSTS = "hosts"
    EVERYBODY = "everybody"
    NOBODY = "nobody"


_HOME = Path("lichen-home")
_LEAST_IDLE, _MOST_IDLE = 5, 12 * 60
_DATABASES = {
    "LICHEN_DATABASE_URL": Part.WEB,
    "LICHEN_DATABASE_MATCHER_URL": Part.WORKER,
    "LICHEN_DATABASE_OWNER_URL": Part.OWNER,
}
"""Where each part's address in PostgreSQL stands."""
_PLANNED_ONCE = {"server_side_binding": True, "prepare_threshold": 5}
"""What is asked often on one connection is planned once: with row-level security, planning costs most of the time."""


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings of one host."""

    home: Path = _HOME
    """The folder of everything that this host keeps; made readable for its user alone. ``LICHEN_HOME``."""
    database: str = ""
    """``postgresql://host/name``, where the web signs in; empty is an SQLite file in the home.
    ``LICHEN_DATABASE_URL``."""
    matcher_database: str = ""
    """Where the worker signs in, if that is elsewhere or with another password. ``LICHEN_DATABASE_MATCHER_URL``."""
    owner_database: str = ""
    """The same for the owner of the tables, who alone may change them. ``LICHEN_DATABASE_OWNER_URL``."""
    part: Part = Part.WEB
    """Which part this process is; set by ``lichen-web`` itself. ``LICHEN_PART``."""
    url: str = "http://127.0.0.1:8000"
    """Where people reach it. ``LICHEN_URL``."""
    key_file: Path | None = None
    """The file with the host's key; without it and a command, ``host.key`` in the home. ``LICHEN_KEY_FILE``."""
    key_command: str = ""
    """A command that prints what that file would hold. ``LICHEN_KEY_COMMAND``."""
    matcher_key_file: Path | None = None
    """Where the worker's own key lies; without it, ``matcher.key`` in the home. ``LICHEN_MATCHER_KEY_FILE``."""
    mail: str = ""
    """``smtp://user:password@host:587`` (or ``smtps://``); empty writes mails into the home. ``LICHEN_MAIL_URL``."""
    mail_from: str = "lichen@localhost"
    """From whom mails come. ``LICHEN_MAIL_FROM``."""
    sign_up: SignUp = SignUp.OPEN
    """Who may sign up. ``LICHEN_SIGN_UP``."""
    second_factor: SecondFactor = SecondFactor.HOSTS
    """Of whom a second factor is demanded; in the demo of nobody. ``LICHEN_SECOND_FACTOR``."""
    idle_minutes: int = _MOST_IDLE
    """After so long without a click somebody is signed out; after twelve hours they are in any case.
    ``LICHEN_IDLE_MINUTES``."""
    sign_in: Path | None = None
    """A JSON file with providers for single sign-on. ``LICHEN_SIGN_IN_FILE``."""
    breached: Path | None = None
    """A sorted file of SHA-1 hashes of passwords known to be stolen. ``LICHEN_BREACHED_PASSWORDS``."""
    proxies: int = 0
    """How many proxies stand before it. ``LICHEN_PROXIES``."""
    metrics_token: str = ""
    """What ``/metrics`` asks for; empty answers nobody but this machine, where no other reaches Lichen.
    ``LICHEN_METRICS_TOKEN``."""
    demo: bool = False
    """Whether the demo's sign-ins exist; on loopback only. ``LICHEN_DEMO``."""

    @property
    def host(self) -> str:
        """The name or address in the URL."""
        return urlsplit(self.url).hostname or ""

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        return is_loopback(self.host)

    @property
    def is_demo(self) -> bool:
        """Whether the demo's sign-ins exist."""
        return self.demo and self.is_local

    @property
    def password_file(self) -> Path:
        """What ``lichen-web database prepare`` keeps the passwords of the database's roles in, as libpq reads it."""
        return self.home / "database.passwords"

    def database_for(self, part: Part) -> dict[str, str]:
        """How a part signs in to PostgreSQL, in the words of libpq.

        A part without an address of its own takes the web's, with its own role and without the web's password. A
        password that stands in no address comes from the home's password file, or from libpq's own where there is none.

        Example:
            >>> here = Environment(database="postgresql://lichen_app:secret@db.example.org/lichen")
            >>> here.database_for(Part.OWNER)
            {'user': 'lichen_owner', 'dbname': 'lichen', 'host': 'db.example.org'}
        """
        own = {Part.WEB: self.database, Part.WORKER: self.matcher_database, Part.OWNER: self.owner_database}[part]
        address = {"user": part.role} | conninfo_to_dict(own or self.database)
        if not own:
            address |= {"user": part.role}
            address.pop("password", None)
        if "password" not in address and self.password_file.exists():
            address["passfile"] = str(self.password_file)
        return {word: str(value) for word, value in address.items()}

    @property
    def database_parts(self) -> dict[str, object]:
        """How this process signs in to PostgreSQL, in the words of Django."""
        address = self.database_for(self.part)
        words = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
        named = {word: address.pop(libpq, "") for word, libpq in words.items()}
        return {**named, "OPTIONS": {**address, **_PLANNED_ONCE, "application_name": f"lichen-{self.part}"}}


def is_loopback(host: str) -> bool:
    """Whether a name or address is this machine's own.

    Example:
        >>> is_loopback("127.0.0.1"), is_loopback("lichen.example.org")
        (True, False)
    """
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def environment_from(variables: Mapping[str, str]) -> Environment:
    """Read the settings.

    Args:
        variables: As ``os.environ`` has them.

    Raises:
        InputError: Something set cannot be used; every problem at once.

    Example:
        >>> environment_from({"LICHEN_URL": "https://lichen.example.org"}).is_local
        False
    """
    refuse(replace(problem, document=True) for problem in _problems(variables))

    def path(name: str) -> Path | None:
        return Path(variables[name]).expanduser() if variables.get(name) else None

    return Environment(
        home=(path("LICHEN_HOME") or _HOME).absolute(),
        database=variables.get("LICHEN_DATABASE_URL", ""),
        matcher_database=variables.get("LICHEN_DATABASE_MATCHER_URL", ""),
        owner_database=variables.get("LICHEN_DATABASE_OWNER_URL", ""),
        part=Part(variables.get("LICHEN_PART") or Part.WEB),
        url=(variables.get("LICHEN_URL") or "http://127.0.0.1:8000").rstrip("/"),
        key_file=path("LICHEN_KEY_FILE"),
        key_command=variables.get("LICHEN_KEY_COMMAND", ""),
        matcher_key_file=path("LICHEN_MATCHER_KEY_FILE"),
        mail=variables.get("LICHEN_MAIL_URL", ""),
        mail_from=variables.get("LICHEN_MAIL_FROM") or "lichen@localhost",
        sign_up=SignUp(variables.get("LICHEN_SIGN_UP") or SignUp.OPEN),
        second_factor=SecondFactor(variables.get("LICHEN_SECOND_FACTOR") or SecondFactor.HOSTS),
        idle_minutes=int(variables.get("LICHEN_IDLE_MINUTES") or _MOST_IDLE),
        sign_in=path("LICHEN_SIGN_IN_FILE"),
        breached=path("LICHEN_BREACHED_PASSWORDS"),
        proxies=int(variables.get("LICHEN_PROXIES") or 0),
        metrics_token=variables.get("LICHEN_METRICS_TOKEN", ""),
        demo=variables.get("LICHEN_DEMO", "") in {"1", "true", "yes"},
    )


def _problems(variables: Mapping[str, str]) -> Iterator[Problem]:
    if (variables.get("LICHEN_PART") or Part.WEB) not in tuple(Part):
        yield Problem("is no part of Lichen", "web, worker or owner", column="LICHEN_PART")
    if urlsplit(variables.get("LICHEN_URL") or "http://x").scheme not in {"http", "https"}:
        yield Problem("is no web address", "such as https://lichen.example.org", column="LICHEN_URL")
    for name, part in _DATABASES.items():
        if variables.get(name) and not _is_database(variables[name], part):
            right = f"postgresql://host/name, or postgresql://{part.role}:password@host/name"
            yield Problem(f"is no PostgreSQL address at which {part.role} signs in", right, column=name)
    if not variables.get("LICHEN_DATABASE_URL") and any(variables.get(name) for name in _DATABASES):
        yield Problem(
            "is not set, but other addresses of it are", "postgresql://host/name", column="LICHEN_DATABASE_URL"
        )
    if urlsplit(variables.get("LICHEN_MAIL_URL") or "smtp:").scheme not in {"smtp", "smtps"}:
        yield Problem("is no mail server", "smtp://user:password@host:587", column="LICHEN_MAIL_URL")
    if (variables.get("LICHEN_SIGN_UP") or SignUp.OPEN) not in tuple(SignUp):
        yield Problem("is no way of signing up", "open or invited", column="LICHEN_SIGN_UP")
    if (variables.get("LICHEN_SECOND_FACTOR") or SecondFactor.HOSTS) not in tuple(SecondFactor):
        yield Problem("says of nobody we know", "hosts, everybody or nobody", column="LICHEN_SECOND_FACTOR")
    if not _is_idle_time(variables.get("LICHEN_IDLE_MINUTES") or str(_MOST_IDLE)):
        yield Problem("is no number of minutes", f"5 to {_MOST_IDLE}", column="LICHEN_IDLE_MINUTES")
    if not (variables.get("LICHEN_PROXIES") or "0").isdecimal():
        yield Problem("is no number", "0, 1 or 2", column="LICHEN_PROXIES")
    if variables.get("LICHEN_DEMO", "") not in {"", "0", "1", "true", "false", "yes", "no"}:
        yield Problem("is neither yes nor no", "1 or 0", column="LICHEN_DEMO")
    if variables.get("LICHEN_KEY_FILE") and variables.get("LICHEN_KEY_COMMAND"):
        yield Problem("is set beside LICHEN_KEY_FILE", "one of the two", column="LICHEN_KEY_COMMAND")


def _is_idle_time(minutes: str) -> bool:
    return minutes.isdecimal() and _LEAST_IDLE <= int(minutes) <= _MOST_IDLE


def _is_database(url: str, part: Part) -> bool:
    try:
        address = conninfo_to_dict(url)
        is_postgresql = urlsplit(url).scheme in {"postgresql", "postgres"}
    except (ProgrammingError, ValueError):
        return False
    return is_postgresql and "dbname" in address and address.get("user", part.role) == part.role
