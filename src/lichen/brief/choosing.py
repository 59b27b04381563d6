"""Which of our gaps to lead with and which to keep for later, and which offer to make for which gap of theirs."""

from __future__ import annotations

from dataclasses import dataclass

from lichen.audit.values import Organisation, Vulnerability
from lichen.audit.weighing import gap_weights
from lichen.brief.values import Ask, Basis, Return
from lichen.fit.reasons import Reason, gap_reason, reasons
from lichen.scales import Relevance

__all__ = ["Asks", "aimed_returns", "asks", "open_returns", "sector_returns"]

_Place = tuple[bool, float, bool, str]


@dataclass(frozen=True, slots=True)
class Asks:
    """Our gaps that may be named."""

    met: tuple[Ask, ...]
    """Those that they seem able to ease, best to name first."""
    unmet: tuple[Ask, ...]
    """The others, heaviest first."""


def asks(us: Organisation, them: Organisation) -> Asks:
    """Rank what may be named: relevant ones first, then by weight times how well they are met.

    Args:
        us: Our side, as ``our_side`` leaves it.
        them: Their side, as ``their_side`` leaves it.
    """
    met: list[tuple[_Place, Ask]] = []
    unmet: list[tuple[_Place, Ask]] = []
    for gap, weight in zip(us.vulnerabilities, gap_weights(us), strict=True):
        reason = gap_reason(gap, weight, them.offers)
        if reason is None:
            unmet.append((_place(gap, weight), Ask(gap.code, gap.words, gap.relevance)))
        else:
            met.append((_place(gap, reason.contribution), _met(gap, reason)))
    return Asks(_in_order(met), _in_order(unmet))


def aimed_returns(us: Organisation, them: Organisation) -> tuple[Return, ...]:
    """Our best offer for each gap of theirs that we seem able to ease, what would ease most first."""
    return tuple(
        _aimed(us, reason, Basis.SUGGESTED if reason.gap_suggested else Basis.STATED) for reason in _reasons(them, us)
    )


def sector_returns(us: Organisation, often_lacks: tuple[str, ...]) -> tuple[Return, ...]:
    """Our best offer for each gap that their kind is often said to have.

    Args:
        us: Our side, as ``our_side`` leaves it.
        often_lacks: Codes of such gaps.
    """
    typical = Organisation(id="", name="", vulnerabilities=tuple(Vulnerability(code) for code in often_lacks))
    return tuple(_aimed(us, reason, Basis.SECTOR) for reason in _reasons(typical, us))


def open_returns(us: Organisation) -> tuple[Return, ...]:
    """Our offers, strongest first, aimed at nothing: we ask what they lack."""
    strongest = sorted(us.offers, key=lambda offer: (-offer.effective, offer.code))
    return tuple(Return(offer.code, offer.given_as, Basis.OPEN, spare=offer.spare) for offer in strongest)


def _reasons(lacking: Organisation, giving: Organisation) -> tuple[Reason, ...]:
    first: dict[str, Reason] = {}
    for reason in reasons(lacking, giving):
        first.setdefault(reason.gap, reason)
    return tuple(first.values())


def _aimed(us: Organisation, reason: Reason, basis: Basis) -> Return:
    return Return(
        offer=reason.offer,
        kinds=reason.kinds,
        basis=basis,
        aim=reason.gap,
        share=reason.met,
        spare=next((offer.spare for offer in us.offers if offer.code == reason.offer), ""),
        source=reason.gap_source.name if reason.gap_source is not None else "",
    )


def _met(gap: Vulnerability, reason: Reason) -> Ask:
    return Ask(
        code=gap.code,
        words=gap.words,
        relevance=gap.relevance,
        share=reason.met,
        offer=reason.offer,
        kinds=reason.kinds,
        evidence=reason.evidence,
        source=reason.offer_source,
        stated=not reason.offer_suggested,
    )


def _place(gap: Vulnerability, worth: float) -> _Place:
    """Where a gap stands in the queue; between equals, one with its owner's words goes first."""
    return (gap.relevance is not Relevance.YES, -worth, not gap.words, gap.code)


def _in_order(placed: list[tuple[_Place, Ask]]) -> tuple[Ask, ...]:
    return tuple(ask for _, ask in sorted(placed, key=lambda entry: entry[0]))
