"""``lichen-web database``: make the roles and the database in PostgreSQL that Lichen keeps everything in."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import psycopg
import typer
from django.conf import settings
from django.utils.translation import gettext as _
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier, Literal

from lichen.cli.group import Described, commands
from lichen.errors import InputError, Problem
from lichen_web.environment import Environment, Part
from lichen_web.home import append_line, made_home

__all__ = ["app", "prepare_database"]

_database = commands()

Address = Mapping[str, str]


@_database.command(cls=Described)
def prepare(
    administrator: Annotated[
        str,
        typer.Option("--as", metavar="URL", help="The address of somebody who may make roles and databases."),
    ] = "postgresql:///postgres",
) -> None:
    """Make the roles and the database that LICHEN_DATABASE_URL names; what is there already stays.

    The web signs in as lichen_app, the worker as lichen_matcher, and whoever migrates as lichen_owner. Passwords that
    stand in no address are made up and kept in the home, in a file for its user alone.

    Example:
        lichen-web database prepare --as postgresql://postgres@127.0.0.1/postgres
    """
    for line in prepare_database(settings.LICHEN, administrator):
        typer.echo(line)


def prepare_database(environment: Environment, administrator: str) -> Iterator[str]:
    """Make what is missing, and tell each step.

    Args:
        environment: What the host set; it names the database.
        administrator: The address of somebody who may make roles and databases.

    Raises:
        InputError: No PostgreSQL is set, or it refuses.
    """
    if not environment.database:
        what = _("is not set, so everything is kept in a file in the home")
        raise InputError(Problem(what, "postgresql://host/name", column="LICHEN_DATABASE_URL", document=True))
    addresses = {part: environment.database_for(part) for part in Part}
    name = addresses[Part.OWNER]["dbname"]
    try:
        with psycopg.connect(administrator, autocommit=True) as connection:
            for part, address in addresses.items():
                _prepare_role(connection, address, environment.password_file)
                yield _("{role} is there, for the {part}.").format(role=address["user"], part=part)
            _prepare_name(connection, name, addresses[Part.OWNER]["user"])
        within: dict[str, Any] = conninfo_to_dict(administrator) | {"dbname": name}
        with psycopg.connect(**within, autocommit=True) as connection:
            _close(connection, name, {part: Identifier(address["user"]) for part, address in addresses.items()})
    except psycopg.Error as error:
        what = _("PostgreSQL refuses: {why}").format(why=str(error).splitlines()[0])
        raise InputError(
            Problem(what, _("somebody who may make roles and databases"), column="--as", document=True)
        ) from None
    yield _("The database {name} is there. Next: lichen-web migrate").format(name=name)


def _prepare_role(connection: psycopg.Connection, address: Address, passwords: Path) -> None:
    """A role that can sign in, and do nothing yet; one that is there gets no password but a known one."""
    role, password = address["user"], address.get("password") or _kept_password(passwords, address)
    if connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchone() is None:
        password = password or _made_password(passwords, address)
        connection.execute(SQL("CREATE ROLE {} LOGIN").format(Identifier(role)))
    if password:
        connection.execute(SQL("ALTER ROLE {} PASSWORD {}").format(Identifier(role), Literal(password)))


def _prepare_name(connection: psycopg.Connection, name: str, owner: str) -> None:
    """The database itself, which belongs to the owner."""
    # Whoever is no superuser has to belong to a role to give it something.
    connection.execute(SQL("GRANT {} TO CURRENT_USER").format(Identifier(owner)))
    if connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
        made = SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0")
        connection.execute(made.format(Identifier(name), Identifier(owner)))


def _close(connection: psycopg.Connection, name: str, roles: Mapping[Part, Identifier]) -> None:
    """Nobody but the three comes in, and only the owner makes anything."""
    others = SQL(", ").join((roles[Part.WEB], roles[Part.WORKER]))
    for act in (
        SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(Identifier(name)),
        SQL("GRANT CONNECT ON DATABASE {} TO {}").format(Identifier(name), others),
        SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC"),
        SQL("GRANT ALL ON SCHEMA public TO {}").format(roles[Part.OWNER]),
        SQL("GRANT USAGE ON SCHEMA public TO {}").format(others),
    ):
        connection.execute(act)


def _kept_password(passwords: Path, address: Address) -> str:
    """The password of a role in the home's file, empty where there is none."""
    lines = passwords.read_text(encoding="ascii").splitlines() if passwords.exists() else []
    start = _line(address)
    return next((line.removeprefix(start) for line in lines if line.startswith(start)), "")


def _made_password(passwords: Path, address: Address) -> str:
    """A new one, written into the home's file."""
    made_home(passwords.parent)
    made = secrets.token_urlsafe(24)
    append_line(passwords, _line(address) + made)
    return made


def _line(address: Address) -> str:
    """How a line of libpq's password file begins: where, whichever database, and who."""
    escaped = {word: value.replace("\\", r"\\").replace(":", r"\:") for word, value in address.items()}
    return f"{escaped.get('host', '*')}:{escaped.get('port', '*')}:*:{escaped['user']}:"


app = commands()
app.add_typer(_database, name="database", help="Prepare the database, where it is PostgreSQL.")
