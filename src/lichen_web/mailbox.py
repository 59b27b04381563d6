"""Where mails go on a machine without a mail server: into a folder, one file a mail, for its user alone."""

from __future__ import annotations

import os
from collections.abc import Sequence
from email.utils import unquote
from pathlib import Path

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from lichen_web.home import made_home

__all__ = ["MailFolder"]

_LOG = structlog.stdlib.get_logger("lichen.mail")


class MailFolder(BaseEmailBackend):
    """Writes each mail into the folder ``EMAIL_FILE_PATH``; the same mail sent twice is one file."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write them, and say where."""
        folder = made_home(Path(settings.EMAIL_FILE_PATH))
        for mail in email_messages:
            _LOG.info("a mail waits to be read", file=str(_written(mail, folder)))
        return len(email_messages)


def _written(mail: EmailMessage, folder: Path) -> Path:
    """The file of a mail, whole or not there."""
    message = mail.message()
    path = folder / f"{unquote(message['Message-ID']).partition('@')[0]}.eml"
    half = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(message.as_bytes())
    return half.replace(path)
