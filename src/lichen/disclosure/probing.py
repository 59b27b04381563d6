"""How many codes an organisation has probed: a vocabulary of some hundred codes is soon asked through by a liar.

Whoever changes what it lacks or offers, and looks which matches come and go, asks as surely as whoever asks outright.
So publishing an audit is charged for every code that is matched anew, and each later version for every code that
was added, removed or changed. What is refused is refused before anything is compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from lichen.audit.values import Offer, Organisation, Vulnerability
from lichen.disclosure.refusals import refusal
from lichen.disclosure.values import DisclosureRules

__all__ = ["Probe", "check_probe", "check_publication", "codes_charged", "codes_left"]

_TOP = 5
"""A blind match compares each side's top five gaps and five offers."""

_Entry = Vulnerability | Offer


@dataclass(frozen=True, slots=True)
class Probe:
    """What one organisation asked, or published, on one day."""

    on: date
    """The day."""
    codes: tuple[str, ...]
    """The codes that it was charged for: one stands there twice if it was probed as a gap and as an offer."""


def codes_charged(before: Organisation | None, after: Organisation) -> tuple[str, ...]:
    """The codes that a new version of an audit probes.

    Args:
        before: The version that stood; None where this is the first.
        after: The new one.

    Returns:
        For a first version, what a blind match compares: the top five gaps and five offers. For a later one, what
        was added, removed or changed, and what came among those ten or left them. Own words are never compared.

    Example:
        >>> farm = Organisation("f", "Farm", vulnerabilities=(Vulnerability("ops.logistics", 4),))
        >>> codes_charged(None, farm)
        ('ops.logistics',)
        >>> codes_charged(farm, replace(farm, vulnerabilities=(Vulnerability("ops.logistics", 5),)))
        ('ops.logistics',)
        >>> codes_charged(farm, farm)
        ()
    """
    asked = _asked(after)
    if before is not None:
        asked = asked.symmetric_difference(_asked(before)) | (_entries(after) ^ _entries(before))
    return tuple(sorted(code for _kind, code in {(type(entry), entry.code) for entry in asked}))


def codes_left(probes: Iterable[Probe], on: date, rules: DisclosureRules | None = None) -> int:
    """How many codes may still be probed in the calendar quarter of a day; never below 0.

    Example:
        >>> codes_left([Probe(date(2026, 10, 1), ("ops.logistics",))], date(2026, 12, 31))
        9
    """
    most = (rules or DisclosureRules()).codes_a_quarter
    return max(0, most - sum(len(probe.codes) for probe in probes if _quarter(probe.on) == _quarter(on)))


def check_probe(probes: Iterable[Probe], codes: Iterable[str], on: date, rules: DisclosureRules | None = None) -> Probe:
    """What asking for these codes would be charged; a code that was asked before is charged again.

    Args:
        probes: All that the organisation has probed.
        codes: What it would ask now.
        on: The day.
        rules: How many codes a quarter; ten where nothing was set.

    Returns:
        The probe, to be kept with the others before anything is compared.

    Raises:
        NotAllowed: It would be more than the quarter allows. Nothing is charged then, and nothing may be compared.
    """
    probe = Probe(on, tuple(codes))
    if len(probe.codes) > codes_left(probes, on, rules):
        raise refusal("ten-codes-a-quarter")
    return probe


def check_publication(
    probes: Iterable[Probe],
    before: Organisation | None,
    after: Organisation,
    on: date,
    rules: DisclosureRules | None = None,
) -> Probe:
    """What publishing a version of an audit would be charged.

    Args:
        probes: All that the organisation has probed.
        before: The version that stands; None where this is the first.
        after: The new one.
        on: The day.
        rules: How many codes a quarter; ten where nothing was set.

    Raises:
        NotAllowed: It would be more than the quarter allows. The version that stands goes on standing.
    """
    return check_probe(probes, codes_charged(before, after), on, rules)


def _asked(organisation: Organisation) -> frozenset[_Entry]:
    """What a blind match compares."""
    gaps = sorted(_gaps(organisation), key=lambda gap: (gap.rank is None, gap.rank or 0, -gap.severity, gap.code))
    offers = sorted(_offers(organisation), key=lambda offer: (-offer.effective, offer.code))
    return frozenset((*gaps[:_TOP], *offers[:_TOP]))


def _entries(organisation: Organisation) -> frozenset[_Entry]:
    return frozenset((*_gaps(organisation), *_offers(organisation)))


def _gaps(organisation: Organisation) -> list[Vulnerability]:
    return [replace(gap, words="") for gap in organisation.vulnerabilities if gap.code]


def _offers(organisation: Organisation) -> list[Offer]:
    return [replace(offer, words="", spare="") for offer in organisation.offers if offer.code]


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3
