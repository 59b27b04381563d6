"""What may be named at all: a brief is chosen from what passes here, and from nothing else."""

from __future__ import annotations

from dataclasses import replace

from lichen.audit.names import people_named
from lichen.audit.values import Offer, Organisation, Vulnerability
from lichen.brief.values import Because, LeftOut
from lichen.capabilities.taxonomy import taxonomy
from lichen.scales import Relevance, Sensitivity

__all__ = ["hushed_codes", "kept_back", "our_side", "their_side"]


def hushed_codes(organisation: Organisation) -> frozenset[str]:
    """The codes of the gaps that no page may name: high sensitivity, or not relevant to this.

    One hushed entry hushes its code, even if another entry with the same code is open.
    """
    return frozenset(gap.code for gap in organisation.vulnerabilities if _hush(gap) is not None)


def our_side(me: Organisation, partner: Organisation) -> Organisation:
    """Us with what we may name: the gaps that we state ourselves, and the offers that we can promise.

    Nothing else is left in it, so that what is kept back cannot weigh in any choice.
    """
    hushed = hushed_codes(me)
    silent = hushed | hushed_codes(partner)
    return replace(
        me,
        vulnerabilities=tuple(gap for gap in me.vulnerabilities if _because(gap, hushed) is None),
        offers=tuple(_impersonal(offer) for offer in me.offers if _is_promised(offer) and offer.code not in silent),
    )


def their_side(me: Organisation, partner: Organisation) -> Organisation:
    """Them with what we may name. If none of their gaps is left, they are as if unknown."""
    silent = hushed_codes(me) | hushed_codes(partner)
    return replace(
        partner,
        vulnerabilities=tuple(gap for gap in partner.vulnerabilities if gap.code not in silent),
        offers=tuple(offer for offer in partner.offers if offer.code not in silent),
    )


def kept_back(me: Organisation) -> tuple[LeftOut, ...]:
    """Our gaps that we may not name, each with the reason."""
    hushed = hushed_codes(me)
    found = ((gap.code, _because(gap, hushed)) for gap in me.vulnerabilities)
    return tuple(LeftOut(code, because) for code, because in found if because is not None)


def _is_promised(offer: Offer) -> bool:
    return offer.source is None and offer.confirmed and offer.code in taxonomy().capabilities


def _impersonal(offer: Offer) -> Offer:
    """The offer without its spare capacity if that seems to say whom to ask: the page is left on a table."""
    return replace(offer, spare="") if people_named(offer.spare) else offer


def _hush(gap: Vulnerability) -> Because | None:
    if gap.guarded is Sensitivity.HIGH and gap.code:  # without a code it is not known what it is, nor named by any
        return Because.SENSITIVE
    return Because.IRRELEVANT if gap.relevance is Relevance.NO else None


def _because(gap: Vulnerability, hushed: frozenset[str]) -> Because | None:
    if (hush := _hush(gap)) is not None:
        return hush
    if gap.code in hushed:
        return Because.HUSHED
    if gap.source is not None:
        return Because.SUGGESTED
    known = gap.confirmed and gap.code in taxonomy().capabilities
    return None if known else Because.UNCONFIRMED
