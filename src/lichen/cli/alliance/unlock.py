"""The command that decrypts an alliance's file."""

from __future__ import annotations

from lichen.cli.alliance.given import AllianceFile
from lichen.cli.alliance.passphrase import asked_passphrase
from lichen.cli.alliance.protection import protection
from lichen.cli.answers import say
from lichen.cli.group import Described, commands
from lichen.files.alliances import unlock_alliance
from lichen.language import _

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def unlock(file: AllianceFile = "alliance.yaml") -> None:
    """Decrypt the file.

    Needed only to edit it by hand: the other commands read a locked file as it is.

    Example:
        lichen alliance unlock alliance.yaml
    """
    unlock_alliance(file, asked_passphrase(file))
    say(_("Unlocked: {file}").format(file=file))
    for sentence in protection(file):
        say(sentence)
