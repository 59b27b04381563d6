"""The charter as one value: who decides, who may say no, what happens when things change, and the text to sign."""

from __future__ import annotations

from dataclasses import dataclass, field

from lichen.charter.agreement.terms import AgreementTerms, Signature, Version
from lichen.charter.clause.values import Clause
from lichen.charter.requests import ChangeRequest
from lichen.charter.threat import Model, SharedThreat
from lichen.charter.veto import Veto
from lichen.charter.votes.values import Exposure, Motion, VotingRule

__all__ = ["Charter"]


@dataclass(frozen=True, slots=True)
class Charter:
    """What the partners have agreed about their alliance, and what was done under it."""

    model: Model | None = None
    """What the alliance rests on; None is not declared."""
    threats: tuple[SharedThreat, ...] = ()
    """The threats that the partners share, if any."""
    rule: VotingRule | None = None
    """How they decide; None is not agreed yet."""
    exposures: tuple[Exposure, ...] = ()
    """What each partner risks."""
    motions: tuple[Motion, ...] = ()
    """What they decided or are deciding."""
    vetoes: tuple[Veto, ...] = ()
    """Who said no to what, and why."""
    requests: tuple[ChangeRequest, ...] = ()
    """What was asked of whom."""
    clause: Clause = field(default_factory=Clause)
    """The vulnerability clause, and what was recorded under it."""
    terms: AgreementTerms = field(default_factory=AgreementTerms)
    """What else they agreed, for the text."""
    signatures: tuple[Signature, ...] = ()
    """Who signed which version."""
    versions: tuple[Version, ...] = ()
    """The versions so far, the earliest first."""
