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
from lichen_web.alliances.actions.keys import confirm_key_copy, forget_host_key, rotate_host_key
from lichen_web.alliances.actions.resealing import sealed_under
from lichen_web.alliances.keys import HostKeyUse, host_key_uses
from lichen_web.keyring import add_host_key, key_file, make_matcher_pair, read_copy, write_copy

__all__ = ["app"]

_key = commands()


@_key.command(cls=Described)
def make() -> None:
    """Make the host's key, or one more.

    The first time the matcher's, too. One more waits behind the others until Lichen goes over to it.

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
    """Copy the host's keys to another medium.

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
    """Show a copy, to have it compared and written down.

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
    """Go over to another of the host's keys.

    Every organisation's key is wrapped anew, and whatever is sealed for the host itself is sealed anew.

    It can be interrupted and called again. The key before stays in the file until you have Lichen forget it.

    Example:
        lichen-web key rotate 8d0f3bd1a8d0c6f6
    """
    done, others = rotate_host_key(to=to, at=timezone.now())
    said = ngettext(
        "{number} organisation's key was wrapped anew.", "{number} organisations' keys were wrapped anew.", done
    )
    typer.echo(said.format(number=done))
    said = ngettext(
        "{number} thing of the host's own was sealed anew.",
        "{number} things of the host's own were sealed anew.",
        others,
    )
    typer.echo(said.format(number=others))


@_key.command(cls=Described)
def forget(key: Annotated[str, typer.Argument(help="The id of a key on which nothing hangs any more.")]) -> None:
    """Take a key out, once nothing hangs on it.

    A backup that was made under it opens only with a copy of the file as it is now: keep one for as long as you keep
    such backups.

    Example:
        lichen-web key forget 8d0f3bd1a8d0c6f6
    """
    forget_host_key(key=key, at=timezone.now())
    typer.echo(_("The key {id} is forgotten here. Copies of the file still have it.").format(id=key))


@_key.command(cls=Described)
def status() -> None:
    """Tell which keys there are, and what hangs on each.

    Who keeps copies, too. Ends with 1 if something has to be mended.

    Example:
        lichen-web key status
    """
    with whole():
        uses, sealed = host_key_uses(), sealed_under()
    for use in uses:
        typer.echo(_line(use, sealed[use.id]))
    wanting = [line for use in uses for line in _wanting(use, sealed[use.id])]
    for line in wanting:
        typer.echo(line)
    raise typer.Exit(FINDINGS if wanting else DONE)


def _line(use: HostKeyUse, sealed: int) -> str:
    rank = _("current") if use.is_current else _("not current") if use.is_in_ring else _("missing")
    hanging = ngettext("{number} organisation", "{number} organisations", use.organisations)
    others = ngettext("{number} other thing", "{number} other things", sealed).format(number=sealed)
    copies = _("copies shown by {names}").format(names=", ".join(use.kept_by)) if use.kept_by else _("no copy shown")
    return f"{use.id}  {rank}, {hanging.format(number=use.organisations)}, {others}, {copies}"


def _wanting(use: HostKeyUse, sealed: int) -> Iterator[str]:
    if not use.is_in_ring:
        yield _("{id} is not in the host's key file, and what hangs on it does not open: find a copy of it.").format(
            id=use.id
        )
    elif (use.organisations or sealed) and not use.is_current:
        yield _("Something still hangs on {id}: lichen-web key rotate").format(id=use.id)
    if use.is_current and not use.kept_by and not settings.LICHEN.is_local:
        yield _("Nobody has shown a copy of {id}: no confession is taken until then.").format(id=use.id)


app = commands()
app.add_typer(_key, name="key", help="Make, copy, confirm and rotate the host's key.")
