"""``lichen-web worker``: the work in the background."""

from __future__ import annotations

import sys

from django.conf import settings
from django.db import connections
from django.utils import timezone
from django_q.cluster import Cluster

from lichen.cli.group import Described, commands
from lichen_web.alliances.standing import refuse_unsafe
from lichen_web.alliances.work.schedules import make_schedules
from lichen_web.command.supervision import begin_as_child, tell_at_work

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def worker() -> None:
    """Send mails, match, tidy up. Usually lichen-web serve does this for you.

    Example:
        lichen-web worker
    """
    begin_as_child()
    refuse_unsafe(settings.LICHEN.part)
    make_schedules(at=timezone.now())
    connections.close_all()  # the processes that are forked from here each open their own
    cluster = Cluster()
    cluster.start()
    tell_at_work()
    cluster.sentinel.join()
    sys.exit(cluster.sentinel.exitcode)
