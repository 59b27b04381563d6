"""What ``lichen audit check`` prints: findings as sentences, grouped by what they ask for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lichen.audit.findings import Finding, Weight
from lichen.audit.values import Audit, Offer, Organisation, Vulnerability
from lichen.brief.phrases import within_sentence
from lichen.cli.answers import Block, Column, Record, styled
from lichen.cli.findings import finding_sentence
from lichen.language import _, ngettext

__all__ = ["review_blocks"]

_SIGNS = {Weight.STOP: ("■", "red"), Weight.MEND: ("▲", "yellow"), Weight.LOOK: ("·", "dim")}


def review_blocks(file: str, audit: Audit, findings: Sequence[Finding]) -> Iterator[Block]:
    """What was found in one audit, the heaviest first, or that nothing was.

    Args:
        file: What it was read from.
        audit: The audit.
        findings: The answer of ``review``.
    """
    headings = {
        Weight.STOP: _("Before you share anything"),
        Weight.MEND: _("Would make it stronger"),
        Weight.LOOK: _("Worth another look"),
    }
    yield Block((), (), heading=_title(audit), empty=_verdict(file, findings))
    for weight, heading in headings.items():
        found = [finding for finding in findings if finding.weight is weight]
        if found:
            yield Block(_columns(weight), [_record(file, finding) for finding in found], heading=heading)
    yield from _recognised(audit.organisation)


def _columns(weight: Weight) -> tuple[Column, ...]:
    return (
        Column("", lambda record: styled(_SIGNS[weight])),
        Column("", lambda record: record["sentence"]),
    )


def _record(file: str, finding: Finding) -> Record:
    return {
        "file": file,
        "weight": finding.weight,
        "code": finding.code,
        "item": finding.item,
        "figures": dict(finding.figures),
        "sentence": finding_sentence(finding),
    }


def _recognised(organisation: Organisation) -> Iterator[Block]:
    """What was recognised in words that came without a capability, or is not confirmed for another reason."""
    lists: tuple[tuple[str, Sequence[Vulnerability | Offer]], ...] = (
        (_("gap {place}"), organisation.vulnerabilities),
        (_("offer {place}"), organisation.offers),
    )
    records = [
        {"item": item.format(place=place), "code": entry.code}
        for item, entries in lists
        for place, entry in enumerate(entries, start=1)
        if entry.code and not entry.confirmed
    ]
    if records:
        yield Block(
            columns=(
                Column("", lambda record: record["item"]),
                Column("", lambda record: within_sentence(record["code"])),
                Column("", lambda record: styled((record["code"], "cyan"))),
            ),
            records=records,
            heading=_("What Lichen took your words to mean"),
            note=_("Put the right code in the file, and it is confirmed. Search for one: lichen capabilities WORDS"),
            repeats=True,
        )


def _title(audit: Audit) -> str:
    organisation = audit.organisation
    gaps, offers = len(organisation.vulnerabilities), len(organisation.offers)
    return _("{name}: {gaps}, {offers}").format(
        name=organisation.name,
        gaps=ngettext("{number} gap", "{number} gaps", gaps).format(number=gaps),
        offers=ngettext("{number} offer", "{number} offers", offers).format(number=offers),
    )


def _verdict(file: str, findings: Sequence[Finding]) -> str:
    if not findings:
        return _("Nothing is missing and nothing is in doubt. Next: lichen match {file} --among FILE…").format(
            file=file
        )
    if all(finding.weight is Weight.LOOK for finding in findings):
        return _("Nothing needs mending. Next: lichen match {file} --among FILE…").format(file=file)
    return ""
