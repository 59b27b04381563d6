"""What ``lichen audit check`` prints: findings as sentences, grouped by what they ask for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lichen.audit.findings import Finding, FindingCode, Weight
from lichen.audit.values import Audit
from lichen.brief.phrases import within_sentence
from lichen.cli.answers import Block, Column, Record, styled
from lichen.cli.findings import finding_sentence, ordinal
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
    guesses = [finding for finding in findings if finding.code is FindingCode.UNCONFIRMED]
    others = [finding for finding in findings if finding.code is not FindingCode.UNCONFIRMED]
    yield Block((), (), heading=_title(audit), empty=_verdict(file, findings))
    for weight, heading in headings.items():
        found = [finding for finding in others if finding.weight is weight]
        if found:
            yield Block(_columns(weight), [_record(file, finding) for finding in found], heading=heading)
        if guesses and guesses[0].weight is weight:
            yield _guesses(file, guesses)
    if any({"place", "places"} & finding.figures.keys() for finding in findings):
        yield Block((), (), empty=_counting(file))


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


def _guesses(file: str, findings: Sequence[Finding]) -> Block:
    """What Lichen took words to mean that nobody has confirmed, a row for each."""
    return Block(
        columns=(
            Column("", _where),
            Column("", lambda record: styled(*_named(record["item"]))),
            Column("", lambda record: _alternatives(record["figures"]["alternatives"])),
        ),
        records=[_record(file, finding) for finding in findings],
        heading=_("What Lichen took your words to mean: confirm each, or choose another"),
        note=_(
            "To confirm: pick the capability, even if it is the same, in the column Capability of the workbook; in a "
            "text file write its code. To look for another: lichen capabilities WORDS"
        ),
    )


def _where(record: Record) -> str:
    told = _("{ordinal} gap") if record["figures"]["sense"] == "gap" else _("{ordinal} offer")
    return told.format(ordinal=ordinal(record["figures"]["place"]))


def _named(code: str) -> tuple[str | tuple[str, str], ...]:
    return (within_sentence(code), (f"\n{code}", "cyan")) if code else (_("not recognised: choose one"),)


def _alternatives(codes: Sequence[str]) -> str:
    return _("or: {others}").format(others="; ".join(map(within_sentence, codes))) if codes else ""


def _counting(file: str) -> str:
    if Path(file).suffix.lower() in (".xlsx", ".csv"):
        return _("Gaps and offers are counted from the top of their sheet, filled rows only.")
    return _("Gaps and offers are counted from the top of their list.")


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
