"""What of an organisation may be shown before a pilot, so that nothing kept back can be worked out from an answer."""

from __future__ import annotations

from dataclasses import replace

from lichen.audit.values import Organisation, Vulnerability
from lichen.scales import Relevance, Sensitivity

__all__ = ["showable"]


def showable(organisation: Organisation) -> Organisation:
    """The organisation without the gaps that are not for early eyes, as if it had never named them.

    Gaps of high sensitivity and those whose answer to the relevance filter was no are gone, with every other entry
    of the same code. Whatever is computed from what is left is the same whether or not there was something to hide.

    Example:
        >>> gaps = (Vulnerability("ops.logistics"), Vulnerability("funding.solvency"))
        >>> [gap.code for gap in showable(Organisation("f", "Farm", vulnerabilities=gaps)).vulnerabilities]
        ['ops.logistics']
    """
    hushed = {gap.code for gap in organisation.vulnerabilities if not _may_be_shown(gap)}
    if not hushed:
        return organisation
    shown = tuple(gap for gap in organisation.vulnerabilities if gap.code not in hushed)
    return replace(organisation, vulnerabilities=shown)


def _may_be_shown(gap: Vulnerability) -> bool:
    return gap.guarded is not Sensitivity.HIGH and gap.relevance is not Relevance.NO
