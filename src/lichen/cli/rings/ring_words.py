"""What ``lichen ring`` prints: who helps whom around the ring, beside the best pair."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from lichen.cli.answers import Block, Column, Line, Record, percent, styled, two_places
from lichen.cli.reasons import link_sentence, reason_lines, reason_record
from lichen.fit.rings import Ring, RingSearch
from lichen.language import _

__all__ = ["ring_blocks"]

_REASONS_SHOWN = 2


def ring_blocks(found: RingSearch) -> tuple[Block, ...]:
    """The best ring, a row for each organisation that helps the next; where a pair is better, that comes first.

    Args:
        found: The answer of ``best_ring``.
    """
    ring = Block(
        heading=_("The best ring of three"),
        columns=(
            Column(" #", lambda record: str(record["place"]), number=True),
            Column(_("Who helps whom"), _headline),
            Column(_("Of the second's gaps"), lambda record: percent(record["cover"]), number=True),
        ),
        records=[] if found.ring is None else list(_records(found.ring)),
        note=_note(found),
        empty=_(
            "There is no ring of three here: nobody whom you could help helps anybody who could help you. Give more "
            "files, or look for a pair: lichen match"
        ),
        below=_lines,
    )
    better = _better_pair(found)
    return (Block((), (), empty=better), ring) if better else (ring,)


def _records(ring: Ring) -> Iterator[Record]:
    names = {member.id: member.name for member in ring.members}
    for place, link in enumerate(ring.links, start=1):
        reasons = [reason_record(reason, link_sentence(reason), shows_severity=False) for reason in link.reasons]
        yield {
            "place": place,
            "giver": link.giver,
            "giver_name": names[link.giver],
            "taker": link.taker,
            "taker_name": names[link.taker],
            "cover": link.cover,
            "ring_fit": ring.score,
            "reasons": reasons,
        }


def _headline(record: Record) -> Text:
    return styled((record["giver_name"], "bold"), (" → ", "green"), (record["taker_name"], "bold"))


def _lines(record: Record) -> Iterator[Line]:
    yield from reason_lines(record["reasons"], ("→", "green"), _REASONS_SHOWN)


def _note(found: RingSearch) -> str:
    if found.ring is None:
        return ""
    told = _(
        "On the right: how much of what the second lacks the first could meet. "
        "Fit of the ring: {fit}, from 0 to 1, high only when all three are helped. {beside}"
    )
    return told.format(fit=two_places(found.ring.score), beside=_beside(found)).rstrip()


def _better_pair(found: RingSearch) -> str:
    """What comes before a ring that is not worth it; empty where it is."""
    if found.ring is None or found.pair is None or not found.pair_is_better:
        return ""
    better = _("Your best pair, {name} at {fit}, fits as well or better, and two are easier to keep together.")
    return better.format(name=found.pair.name, fit=two_places(found.pair.score))


def _beside(found: RingSearch) -> str:
    """How the best pair compares with the ring, where that does not stand on top."""
    if found.pair is None:
        return _("No pair fits both ways, so a ring is the way to try.")
    if found.pair_is_better:
        return ""
    return _("Your best pair, {name}, fits less well: {fit}.").format(
        name=found.pair.name, fit=two_places(found.pair.score)
    )
