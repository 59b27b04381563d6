"""What was promised and what was delivered, as far as an audience may read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lichen.brief.phrases import capitalised
from lichen.brief.step_words import kind_words
from lichen.exchange.ledger.standings import PromiseStanding, PromiseState, promise_standings
from lichen.language import _, ngettext
from lichen.paper import amount_words, written_day
from lichen.report.document import Block, Note, Paragraph, Table
from lichen.report.seeing import Seeing
from lichen.report.sights import Extent, ReportPart

__all__ = ["delivered_words", "exchange_blocks", "standings_of", "state_words", "what_words"]


def exchange_blocks(seen: Seeing) -> Iterator[Block]:
    """How many promises were kept, giver by giver, and which, where the audience is to know.

    Args:
        seen: What the audience may see.
    """
    standings = standings_of(seen)
    if not standings:
        yield Paragraph(_("Nothing is promised yet: write who gives what to whom below exchange, commitments."))
        return
    yield Paragraph(delivered_words(seen))
    if seen.sees(ReportPart.PROMISE_COUNTS) is Extent.TOTALS:
        yield _counts(seen, _("All promises"), [("", standings)])
    else:
        yield _counts(seen, _("Promises of each partner"), [(id, _given(standings, id)) for id in seen.partners])
    told = [standing for standing in standings if _is_known(seen, standing)]
    if told and seen.sees(ReportPart.PROMISES) is not Extent.NOTHING:
        yield _promises(seen, told)
    yield Note(
        _(
            "From the ledger that the partners keep; a delivery counts as accepted unless its receiver disputes it. "
            "Nothing is priced: hours, rooms and trust are unlike things."
        )
    )


def standings_of(seen: Seeing) -> tuple[PromiseStanding, ...]:
    """Where every promise and claim stands on the day."""
    return promise_standings(seen.alliance.exchange, on=seen.on)


def delivered_words(seen: Seeing) -> str:
    """How many of the promises were kept, in a sentence."""
    standings = standings_of(seen)
    if not standings:
        return _("Nothing has been promised yet.")
    kept, late = sum(map(_is_kept, standings)), sum(each.is_late for each in standings)
    if kept == len(standings):
        return ngettext("The one promise is kept.", "All {count} promises are kept.", kept).format(count=kept)
    told = ngettext("Of {count} promise {kept} is kept", "Of {count} promises {kept} are kept", len(standings))
    tail = ngettext(" and {late} is late.", " and {late} are late.", late) if late else _(", and none is late.")
    return (told + tail).format(count=len(standings), kept=kept, late=late)


def what_words(seen: Seeing, standing: PromiseStanding) -> str:
    """What was promised; its kind alone where its words name a capability or repeat a confidence."""
    kind = kind_words().get(standing.promise.kind, _("something else"))
    return capitalised(seen.kept(standing.promise.what) or kind)


def state_words(state: PromiseState) -> str:
    """Where a promise stands."""
    return {
        PromiseState.GIVEN_UP: _("given up"),
        PromiseState.DISPUTED: _("disputed"),
        PromiseState.OVER_DELIVERED: _("kept, and more"),
        PromiseState.DELIVERED: _("kept"),
        PromiseState.LATE: _("late"),
        PromiseState.OPEN: _("open"),
    }[state]


def _is_kept(standing: PromiseStanding) -> bool:
    return standing.state in (PromiseState.DELIVERED, PromiseState.OVER_DELIVERED)


def _given(standings: Sequence[PromiseStanding], giver: str) -> list[PromiseStanding]:
    return [each for each in standings if each.promise.provider == giver]


def _is_known(seen: Seeing, standing: PromiseStanding) -> bool:
    """Whether the audience knows of a promise: its parties do, and the board what all are party to."""
    parties = {standing.promise.provider, standing.promise.receiver}
    return seen.reader in parties if seen.reader else parties >= {*seen.partners}


def _counts(seen: Seeing, caption: str, groups: Sequence[tuple[str, Sequence[PromiseStanding]]]) -> Table:
    rows = []
    for giver, standings in groups:
        states = Counter(each.state for each in standings)
        kept, late = sum(map(_is_kept, standings)), sum(each.is_late for each in standings)
        figures = (len(standings), kept, late, states[PromiseState.OPEN], states[PromiseState.GIVEN_UP])
        rows.append((seen.name(giver) if giver else _("all partners"), *map(str, figures)))
    headings = (_("given by"), _("promises"), _("kept"), _("late"), _("open"), _("given up"))
    return Table(caption, headings, tuple(rows), (1, 2, 3, 4, 5))


def _promises(seen: Seeing, told: Sequence[PromiseStanding]) -> Table:
    headings = (_("what"), _("given by"), _("delivered"), _("due"), _("it is"))
    return Table(
        _("What was promised, one by one"),
        headings,
        tuple(_promise_row(seen, each) for each in told),
        (2,),
        is_detail=True,
    )


def _promise_row(seen: Seeing, each: PromiseStanding) -> tuple[str, ...]:
    promise = each.promise
    promised = amount_words(promise.amount, seen.kept(promise.unit))
    delivered = _("{delivered} of {promised}").format(delivered=amount_words(each.delivered), promised=promised)
    due = "" if promise.due_on is None else written_day(promise.due_on)
    return what_words(seen, each), seen.name(promise.provider), delivered, due, state_words(each.state)
