"""The command that encrypts an alliance's file."""

from __future__ import annotations

import secrets

from lichen.cli.alliance.given import AllianceFile
from lichen.cli.alliance.passphrase import chosen_passphrase
from lichen.cli.alliance.protection import protection
from lichen.cli.answers import say
from lichen.cli.group import Described, commands
from lichen.files.alliances import check_lockable, lock_alliance
from lichen.files.locking import Lock
from lichen.language import _

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def lock(file: AllianceFile = "alliance.yaml") -> None:
    """Encrypt the file with a passphrase.

    It is asked for twice and not shown; a script can set LICHEN_PASSPHRASE. Every command that reads the file asks for
    it from then on. Whoever forgets it has lost the file: nobody can get it back, and there is no second key.

    Example:
        lichen alliance lock alliance.yaml
    """
    check_lockable(file)
    lock_alliance(file, Lock(chosen_passphrase(file), secrets.token_bytes))
    say(_("Locked: {file}").format(file=file))
    for sentence in protection(file):
        say(sentence)
    say(_("Older copies of it, in backups, mails or on the disk itself, are as they were."))
