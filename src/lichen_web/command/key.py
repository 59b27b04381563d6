"""``lichen-web key``: the host's key, on which everything sealed hangs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lichen.cli.group import DONE, FINDINGS, Described, commands
from lichen_web.alliances.access.transactions import whole
from lichen_web.alliances.actions.keys import confirm_key_copy, rotate_host_key
from lichen_web.alliances.keys import HostKeyUse, host_key_uses
from lichen_web.keyring import add_host_key, key_file, make_matcher_pair, read_copy, write_copy

__all__ = ["app"]

_key = commands()


@_key.command(cls=Described)
def make() -> None:
    """Make the host's key, and the matcher's; where there is one, make another that waits until it is rotated to.

    Nothing is sealed under a key that waits: there is time to copy it first.

    Example:
        lichen-web key make
    """
    make_matcher_pair(settings.LICHEN)
    key = add_host_key(settings.LICHEN)
    typer.echo(_("The key {id} was made, in {file}.").format(id=key.id, file=key_file(settings.LICHEN)))
    typer.echo(
        _("Whoever has this file and the database reads everything; whoever loses every copy, nothing ever again.")
    )
    typer.echo(_("Next: lichen-web key copy --to a file on another medium, which another person keeps."))


@_key.command(cls=Described)
def copy(to: Annotated[Path, typer.Option(help="The file to write; there must be none of that name yet.")]) -> None:
    """Copy the host's keys, all of them, to another medium.

    Example:
        lichen-web key copy --to /media/stick/lichen.key
    """
    ring = write_copy(settings.LICHEN, to)
    number = len(ring.keys)
    typer.echo(
        ngettext("Copied one key to {file}.", "Copied {number} keys to {file}.", number).format(number=number, file=to)
    )
    typer.echo(_("Next, once it is where it will be kept, so that it is known to be readable:"))
    typer.echo(f"  lichen-web key confirm {to} --kept-by {_('NAME')} --where {_('PLACE')}")


@_key.command(cls=Described)
def confirm(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The copy; - reads it from the standard input.")],
    kept_by: Annotated[str, typer.Option(help="Who keeps it: another person than the one who keeps the first.")],
    where: Annotated[str, typer.Option(help="Where it is kept, so that it is found when it is needed.")],
) -> None:
    """Read a copy of the host's keys, compare it, and write down that it is the same.

    Without a copy shown of its current key, a host that others can reach takes no confession.

    Example:
        lichen-web key confirm /media/stick/lichen.key --kept-by "Anna Kovacs" --where "the bank's safe"
        gpg --decrypt lichen.key.gpg | lichen-web key confirm - --kept-by "Ben Okri" --where "his password store"
    """
    text = sys.stdin.read() if path == Path("-") else read_copy(settings.LICHEN, path)
    confirmed = confirm_key_copy(None, copy=text, kept_by=kept_by, kept_where=where, at=timezone.now())
    typer.echo(_("The copy is the same: {keys}.").format(keys=", ".join(confirmed)))


@_key.command(cls=Described)
def rotate(
    to: Annotated[
        str, typer.Argument(help="The id of the key to go over to; without it, go on with the current.")
    ] = "",
) -> None:
    """Wrap every organisation's key with another of the host's keys, and seal what is new under it.

    It can be interrupted and called again. Whatever was sealed before still opens, and the key before stays in the
    file: never take it out.

    Example:
        lichen-web key rotate 8d0f3bd1a8d0c6f6
    """
    done = rotate_host_key(to=to, at=timezone.now())
    said = ngettext(
        "{number} organisation's key was wrapped anew.", "{number} organisations' keys were wrapped anew.", done
    )
    typer.echo(said.format(number=done))


@_key.command(cls=Described)
def status() -> None:
    """Tell which keys there are, what hangs on them, and who keeps copies; end with 1 if something has to be mended.

    Example:
        lichen-web key status
    """
    with whole():
        uses = host_key_uses()
    for use in uses:
        typer.echo(_line(use))
    wanting = [line for use in uses for line in _wanting(use)]
    for line in wanting:
        typer.echo(line)
    raise typer.Exit(FINDINGS if wanting else DONE)


def _line(use: HostKeyUse) -> str:
    rank = _("current") if use.is_current else _("not current") if use.is_in_ring else _("missing")
    hanging = ngettext("{number} organisation", "{number} organisations", use.organisations)
    copies = _("copies shown by {names}").format(names=", ".join(use.kept_by)) if use.kept_by else _("no copy shown")
    return f"{use.id}  {rank}, {hanging.format(number=use.organisations)}, {copies}"


def _wanting(use: HostKeyUse) -> Iterator[str]:
    if not use.is_in_ring:
        yield _("{id} is not in the host's key file, and what hangs on it does not open: find a copy of it.").format(
            id=use.id
        )
    elif use.organisations and not use.is_current:
        yield _("Some organisations' keys are still wrapped by {id}: lichen-web key rotate").format(id=use.id)
    if use.is_current and not use.kept_by and not settings.LICHEN.is_local:
        yield _("Nobody has shown a copy of {id}: no confession is taken until then.").format(id=use.id)


app = commands()
app.add_typer(_key, name="key", help="Make, copy, confirm and rotate the host's key.")
