"""Mail: written sealed in the transaction of what it tells of, sent by the worker afterwards."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from lichen_web.alliances.jobs import enqueue
from lichen_web.alliances.keys import seal_for_host
from lichen_web.alliances.models import Mail

__all__ = ["PURPOSE", "bound_to", "post"]

PURPOSE = "mail"
"""Which of the host's keys mails are sealed with."""


def post(kind: str, *, to: str, subject: str, text: str, at: datetime) -> UUID:
    """Write a mail that is sent once the transaction that is open has come about, and only then.

    Args:
        kind: Which mail it is, such as ``invitation``; the host sees it where sending fails.
        to: The address.
        subject: The subject; never anything secret, it crosses the world in clear.
        text: The text; the link that the mail is for may stand in it.
        at: When it is written.

    Returns:
        The mail's id, which is also its Message-ID.
    """
    mail = uuid4()
    content = {"to": to, "subject": subject, "text": text}
    sealed = seal_for_host(PURPOSE, content, bound_to=bound_to(mail))
    Mail.objects.create(id=mail, kind=kind, sealed=sealed, written_at=at)
    enqueue("send_mail", mail)
    return mail


def bound_to(mail: UUID) -> tuple[str, ...]:
    """To what the sealed text is bound: it does not open as another mail's."""
    return ("lichen_mail", str(mail))
