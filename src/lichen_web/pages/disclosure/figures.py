"""How two organisations fit, worked out from what is open between them and from nothing else.

What goes in is what each may read of the other, what we offer, and what the other side lets everybody see that it
offers. A gap that is open by name alone counts like any other such gap. So nothing that is kept back moves a figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lichen.audit.values import Organisation, Vulnerability
from lichen.brief.phrases import label, within_sentence
from lichen.disclosure.sight import Band, score_band
from lichen.fit.cover import cover
from lichen.fit.matrix import Matrix, Swap, best_swaps, matrix
from lichen.fit.reasons import Reason, reasons
from lichen_web.alliances.access.dealings import DealingView
from lichen_web.alliances.access.disclosure import VisibleItem

__all__ = ["Cell", "Direction", "Figures", "Row", "figures"]


@dataclass(frozen=True, slots=True)
class Direction:
    """How far one side could ease the gaps of the other."""

    title: str
    """Who helps whom."""
    hundredths: int | None
    """How far, of 100; none where nobody knows."""
    told: str
    """The same in words."""
    sentences: tuple[str, ...]
    """Why, gap by gap."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What could be swapped for one of our gaps and one of theirs."""

    words: str
    """How good that would be, in words; empty where nothing is known of it."""
    number: str
    """And as a number; empty where there is none."""
    shade: int
    """From 0, nothing known, to 4."""


@dataclass(frozen=True, slots=True)
class Row:
    """One of our gaps, and what could be swapped for it."""

    name: str
    """What it is called."""
    cells: tuple[Cell, ...]
    """One for each of theirs."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All that the page of the two shows."""

    directions: tuple[Direction, Direction]
    """They for us, and we for them."""
    swaps: tuple[str, ...]
    """What one gives for what the other gives, the best first."""
    columns: tuple[str, ...]
    """Their gaps that are open and could be swapped for one of ours."""
    rows: tuple[Row, ...]
    """Ours for which there is such a swap, with the cells."""


def figures(view: DealingView, theirs: Iterable[VisibleItem]) -> Figures:
    """Everything that can be said of the fit of two who have opened something to each other.

    Args:
        view: The dealing as we see it.
        theirs: What they have opened to us.
    """
    us = Organisation("us", "", vulnerabilities=_gaps(gap.shown for gap in view.given), offers=view.own_offers)
    them = Organisation("them", "", vulnerabilities=_gaps(theirs), offers=view.their_offers)
    to_us, to_them = reasons(us, them), reasons(them, us)
    found = matrix(us, them)
    return Figures(
        directions=(
            _to_us(view, us, them, to_us),
            _to_them(view, us, them, to_them),
        ),
        swaps=tuple(_swap_told(swap) for swap in best_swaps(found)),
        columns=tuple(label(found.columns[place].code) for place in _counted(zip(*found.cells, strict=True))),
        rows=tuple(_rows(found)),
    )


def _gaps(items: Iterable[VisibleItem]) -> tuple[Vulnerability, ...]:
    """What one side may read of the other; of a gap that is open by name nothing else is known."""
    return tuple(item.vulnerability or Vulnerability(item.code) for item in items)


def _to_us(view: DealingView, us: Organisation, them: Organisation, found: tuple[Reason, ...]) -> Direction:
    told = [_theirs_told(reason) for reason in found]
    unsaid = view.matched - {reason.gap for reason in found}
    left = [gap.code for gap in us.vulnerabilities if gap.code in unsaid]
    told += [_("You lack {gap}; they can ease it.").format(gap=within_sentence(code)) for code in left]
    share = None if left else cover(us, them)
    return _direction(_("What {name} could do for you").format(name=view.other.name), share, told, is_ours=True)


def _to_them(view: DealingView, us: Organisation, them: Organisation, found: tuple[Reason, ...]) -> Direction:
    told = [_ours_told(reason) for reason in found]
    title = _("What you could do for {name}").format(name=view.other.name)
    return _direction(title, cover(them, us), told, is_ours=False)


def _direction(title: str, share: float | None, sentences: Iterable[str], *, is_ours: bool) -> Direction:
    if share is None:
        told = _("How far, nobody can say yet: they have not made public how well they do it all. Ask them.")
        told = told if is_ours else ""
        return Direction(title, None, told or _("Nothing is open yet that could be counted."), tuple(sentences))
    hundredths = round(share * 100)
    words = _("Of what is open, about {hundredths} of 100 could be eased.").format(hundredths=hundredths)
    return Direction(title, hundredths, words, tuple(sentences))


def _theirs_told(reason: Reason) -> str:
    if reason.gap == reason.offer:
        told = _("You lack {gap}; they have it ({strength} of 5).")
    else:
        told = _("You lack {gap}; they have {offer}, which is near it ({strength} of 5).")
    return _filled(told, reason)


def _ours_told(reason: Reason) -> str:
    if reason.gap == reason.offer:
        told = _("They lack {gap}; you have it ({strength} of 5).")
    else:
        told = _("They lack {gap}; you have {offer}, which is near it ({strength} of 5).")
    return _filled(told, reason)


def _filled(told: str, reason: Reason) -> str:
    return told.format(gap=within_sentence(reason.gap), offer=within_sentence(reason.offer), strength=reason.strength)


def _swap_told(swap: Swap) -> str:
    told = _("They help you with {ours}; you help them with {theirs}.")
    return told.format(ours=within_sentence(swap.ours.gap), theirs=within_sentence(swap.theirs.gap))


def _counted(lines: Iterable[Iterable[Swap | None]]) -> list[int]:
    """The places of those lines of the matrix in which there is a swap."""
    return [place for place, line in enumerate(lines) if any(line)]


def _rows(found: Matrix) -> Iterator[Row]:
    columns = _counted(zip(*found.cells, strict=True))
    for place in _counted(found.cells):
        yield Row(label(found.rows[place].code), tuple(_cell(found.cells[place][column]) for column in columns))


def _cell(swap: Swap | None) -> Cell:
    if swap is None:
        return Cell("", "", 0)
    bands = {Band.SLIGHT: _("slight"), Band.FAIR: _("fair"), Band.GOOD: _("good"), Band.STRONG: _("strong")}
    band = score_band(swap.value)
    return Cell(bands[band], f"{swap.value:.2f}", list(bands).index(band) + 1)
