"""Prints a page in a process of its own, which may not grow or run for long, whatever words stand on the page.

By hand: ``python -m lichen.brief.bounded < page.html > page.pdf``.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress

from lichen.errors import NotAllowed
from lichen.language import _
from lichen.pdf import html_pdf

try:
    import resource
except ImportError:  # not on Windows, where the time limit of the parent must do
    resource = None  # type: ignore[assignment]

__all__ = ["SECONDS", "bounded_pdf", "main"]

SECONDS = 30
"""So long may printing take, on a machine that has other things to do as well."""
_WORKING_SECONDS = 10  # of one processor; two sheets take one
_MEMORY = 1024 * 2**20
_COMMAND = (sys.executable, "-P", "-W", "ignore", "-m", "lichen.brief.bounded")


def bounded_pdf(html: str) -> bytes:
    """As :func:`lichen.pdf.html_pdf`, of words that anybody may have written.

    Args:
        html: Self-contained, as :func:`lichen.paper.html_page` makes it.

    Raises:
        NotAllowed: It takes longer, or more memory, than two sheets do.
    """
    try:
        child = subprocess.run(  # noqa: S603
            _COMMAND, input=html.encode("utf-8", "replace"), capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise _refusal() from None
    if child.returncode:
        raise _refusal()
    return child.stdout


def main() -> None:
    """Print the page that stands on standard input."""
    if resource is not None:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
            resource.setrlimit(resource.RLIMIT_CPU, (_WORKING_SECONDS, _WORKING_SECONDS))
    sys.stdout.buffer.write(html_pdf(sys.stdin.buffer.read().decode()))


def _refusal() -> NotAllowed:
    why = _("These pages take too long to print. Shorten them: each is meant for one sheet.")
    return NotAllowed("too-long-to-print", why)


if __name__ == "__main__":
    main()
