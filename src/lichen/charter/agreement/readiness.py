"""What stands between the charter and its signatures."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType

from lichen.audit.findings import Weight
from lichen.charter.agreement.terms import SectionName
from lichen.charter.agreement.values import Agreement
from lichen.charter.clause.renegotiation import RenegotiationState
from lichen.charter.threat import ThreatState

__all__ = ["ReadinessCode", "ReadinessFinding", "is_ready_to_sign", "ready_to_sign"]

_LEAST_PARTIES = 2


class ReadinessCode(StrEnum):
    """Everything that may stand between the charter and its signatures."""

    FEW_PARTIES = "few-parties"
    """An agreement needs two."""
    MATERIAL_FACT_DUE = "material-fact-due"
    """A party owes another a fact that must be told before money moves. Which is not said."""
    CONFIDENCE_REPEATED = "confidence-repeated"
    """A text repeats what a party told of itself in confidence, and was left out."""
    BLANK_IN_BINDING = "blank-in-binding"
    """Places in a section that binds are still to be agreed."""
    BLANK = "blank"
    """Places in another section are still to be agreed."""
    GATE_CLOSED = "gate-closed"
    """Not enough small steps have worked yet."""
    THREAT_FADED = "threat-faded"
    """A shared threat is ageing, old or passed, and nothing else passes both ways between the parties."""
    RENEGOTIATION_OPEN = "renegotiation-open"
    """A party has asked for other terms, and that is not settled."""
    WEAKNESS_NAMED = "weakness-named"
    """A text bears the name of something that some party lacks; it may be chance."""
    SIGNATURE_OUTDATED = "signature-outdated"
    """A party has signed another version, which counts no longer."""


_WEIGHTS: Mapping[ReadinessCode, Weight] = MappingProxyType(
    {
        ReadinessCode.FEW_PARTIES: Weight.STOP,
        ReadinessCode.MATERIAL_FACT_DUE: Weight.STOP,
        ReadinessCode.CONFIDENCE_REPEATED: Weight.STOP,
        ReadinessCode.BLANK_IN_BINDING: Weight.STOP,
        ReadinessCode.BLANK: Weight.MEND,
        ReadinessCode.GATE_CLOSED: Weight.MEND,
        ReadinessCode.THREAT_FADED: Weight.MEND,
        ReadinessCode.RENEGOTIATION_OPEN: Weight.LOOK,
        ReadinessCode.WEAKNESS_NAMED: Weight.LOOK,
        ReadinessCode.SIGNATURE_OUTDATED: Weight.LOOK,
    }
)


@dataclass(frozen=True, slots=True)
class ReadinessFinding:
    """One thing between the charter and its signatures."""

    code: ReadinessCode
    """What."""
    section: SectionName | None = None
    """Where in the text, if there."""
    party: str = ""
    """The id of the party concerned, where there is one."""
    other: str = ""
    """The id of the party to which it owes a fact."""
    missing: int = 0
    """How many successes, or parties, are missing."""
    blanks: tuple[str, ...] = ()
    """What is to be agreed there."""

    @property
    def weight(self) -> Weight:
        """What it asks for."""
        return _WEIGHTS[self.code]


def ready_to_sign(
    agreement: Agreement,
    *,
    material_due: Collection[tuple[str, str]] = (),
    successes_missing: int = 0,
    threats: Sequence[ThreatState] = (),
    requests: Sequence[RenegotiationState] = (),
) -> tuple[ReadinessFinding, ...]:
    """What stands between the charter and its signatures, the worst first.

    Args:
        agreement: From ``agreement_for``.
        material_due: The owner and the reader of each fact that must be told before money moves, as the disclosure
            stage finds it. No finding says which fact.
        successes_missing: How many more successes the gate of the pilots asks for.
        threats: How things stand with the shared threats.
        requests: Where the requests for other terms stand.

    Source:
        Ours; that material facts come first is against the article's pitfall 1.
    """
    found = [
        *_parties_and_facts(agreement, material_due),
        *_texts(agreement),
        *(_around(successes_missing, threats, requests)),
        *(ReadinessFinding(ReadinessCode.SIGNATURE_OUTDATED, party=party) for party in agreement.outdated),
    ]
    return tuple(sorted(found, key=lambda each: [*Weight].index(each.weight)))


def is_ready_to_sign(findings: Collection[ReadinessFinding]) -> bool:
    """Whether nothing stops the parties from signing; what is only worth mending or a look does not."""
    return all(finding.weight is not Weight.STOP for finding in findings)


def _parties_and_facts(agreement: Agreement, due: Collection[tuple[str, str]]) -> Iterator[ReadinessFinding]:
    if len(agreement.parties) < _LEAST_PARTIES:
        yield ReadinessFinding(ReadinessCode.FEW_PARTIES, missing=_LEAST_PARTIES - len(agreement.parties))
    for owner, reader in dict.fromkeys(due):
        yield ReadinessFinding(ReadinessCode.MATERIAL_FACT_DUE, party=owner, other=reader)


def _texts(agreement: Agreement) -> Iterator[ReadinessFinding]:
    for section in agreement.withheld:
        yield ReadinessFinding(ReadinessCode.CONFIDENCE_REPEATED, section)
    for (section, binding), blanks in groupby(agreement.blanks, key=lambda blank: (blank.section, blank.binding)):
        code = ReadinessCode.BLANK_IN_BINDING if binding else ReadinessCode.BLANK
        yield ReadinessFinding(code, section, blanks=tuple(blank.what for blank in blanks))
    for section in agreement.suspect:
        yield ReadinessFinding(ReadinessCode.WEAKNESS_NAMED, section)


def _around(
    missing: int, threats: Sequence[ThreatState], requests: Sequence[RenegotiationState]
) -> Iterator[ReadinessFinding]:
    if missing:
        yield ReadinessFinding(ReadinessCode.GATE_CLOSED, SectionName.PILOT, missing=missing)
    if any(state.faded for state in threats):
        yield ReadinessFinding(ReadinessCode.THREAT_FADED, SectionName.BACKGROUND)
    for state in requests:
        if not state.is_over:
            party = state.renegotiation.partner
            yield ReadinessFinding(ReadinessCode.RENEGOTIATION_OPEN, SectionName.VULNERABILITY_CLAUSE, party)
