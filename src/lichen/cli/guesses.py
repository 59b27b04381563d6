"""What stands on top of an answer that rests on guesses at the reader's own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lichen.audit.values import Offer, Organisation, Vulnerability
from lichen.cli.answers import Block
from lichen.language import _, ngettext

__all__ = ["guess_blocks"]


def guess_blocks(file: str, me: Organisation) -> tuple[Block, ...]:
    """How many of the reader's gaps and offers are guesses, and how to confirm them; nothing where none is.

    Args:
        file: What the reader's audit was read from.
        me: Who asked.
    """
    told = [*_guessed_gaps(me.vulnerabilities), *_guessed_offers(me.offers)]
    if not told:
        return ()
    told.append(_("To confirm them: lichen audit check {file}").format(file=file))
    return (Block((), (), empty=" ".join(told)),)


def _guessed_gaps(gaps: Sequence[Vulnerability]) -> Iterator[str]:
    guesses, every = _guesses(gaps), len(gaps)
    if guesses == every > 1:
        yield _("All {all} of your gaps are guesses until you confirm them.").format(all=every)
    elif guesses:
        yield ngettext(
            "{number} of your {all} gaps is a guess until you confirm it.",
            "{number} of your {all} gaps are guesses until you confirm them.",
            guesses,
        ).format(number=guesses, all=every)


def _guessed_offers(offers: Sequence[Offer]) -> Iterator[str]:
    guesses, every = _guesses(offers), len(offers)
    if guesses == every > 1:
        yield _("All {all} of your offers are guesses until you confirm them.").format(all=every)
    elif guesses:
        yield ngettext(
            "{number} of your {all} offers is a guess until you confirm it.",
            "{number} of your {all} offers are guesses until you confirm them.",
            guesses,
        ).format(number=guesses, all=every)


def _guesses(items: Sequence[Vulnerability | Offer]) -> int:
    """How many were recognised in own words and not confirmed; what a record suggests is not one's own to confirm."""
    return sum(bool(item.code) and item.source is None and not item.confirmed for item in items)
