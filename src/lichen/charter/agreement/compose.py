"""Composing the charter as a document: every section from the alliance's own data, and a blank where there are none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from types import MappingProxyType

from lichen.audit.values import Audit
from lichen.charter.agreement import annexes, beginnings, deciding, endings, working
from lichen.charter.agreement.as_lines import canonical_text
from lichen.charter.agreement.confided import Pairs, confided_section, confidences
from lichen.charter.agreement.given import Given
from lichen.charter.agreement.headings import heading
from lichen.charter.agreement.phrases import blanks_in
from lichen.charter.agreement.signing import outdated_signatures, signature_places
from lichen.charter.agreement.terms import AgreementTerms, SectionName
from lichen.charter.agreement.values import Agreement, Blank, Line, Section, Table
from lichen.charter.values import Charter
from lichen.errors import InputError, Problem
from lichen.exchange.values import Ledger
from lichen.language import _, speaking
from lichen.pilot.values import Pilot

__all__ = ["agreement_for"]

_Part = Callable[[Given], Iterable[Line | Table]]
_NOTHING: Pairs = MappingProxyType({})

_COMPOSED: Mapping[SectionName, _Part] = MappingProxyType(
    {
        SectionName.PARTIES: beginnings.parties,
        SectionName.NAME: beginnings.name,
        SectionName.BACKGROUND: beginnings.background,
        SectionName.PURPOSE: beginnings.purpose,
        SectionName.ROLES: beginnings.roles,
        SectionName.RESOURCES: beginnings.resources,
        SectionName.NEEDS_AND_OFFERS: beginnings.needs_and_offers,
        SectionName.EXCHANGE: beginnings.exchange,
        SectionName.PILOT: beginnings.pilot,
        SectionName.DECISIONS: deciding.decisions,
        SectionName.RISKS: deciding.risks,
        SectionName.VETOES: deciding.vetoes,
        SectionName.OFFICERS: deciding.officers,
        SectionName.MEMBERSHIP: deciding.membership,
        SectionName.CONFLICTS_OF_INTEREST: deciding.conflicts_of_interest,
        SectionName.REPORTING: working.reporting,
        SectionName.MONITORING: working.monitoring,
        SectionName.TIME_FRAME: working.time_frame,
        SectionName.CONFIDENTIALITY: working.confidentiality,
        SectionName.INTELLECTUAL_PROPERTY: working.intellectual_property,
        SectionName.VULNERABILITY_CLAUSE: working.vulnerability_clause,
        SectionName.CHECK_INS: working.check_ins,
        SectionName.DISPUTES: working.disputes,
        SectionName.EXIT: endings.exit_and_winding_up,
        SectionName.PUBLICITY: endings.publicity,
        SectionName.AUTONOMY: endings.autonomy,
        SectionName.AMENDMENT: endings.amendment,
        SectionName.TERM: endings.term,
        SectionName.BINDING: lambda given: endings.binding(given, lambda name: _is_binding(name, given.terms)),
        SectionName.DATA_SHARING_ANNEX: annexes.data_sharing,
        SectionName.INTELLECTUAL_PROPERTY_ANNEX: annexes.rights_and_licence,
        SectionName.BUDGET_ANNEX: annexes.budget,
        SectionName.SCHEDULE_ANNEX: annexes.schedule,
        SectionName.CONTACTS_ANNEX: annexes.contacts,
    }
)

_BINDING = frozenset(
    {
        SectionName.PARTIES,
        SectionName.DECISIONS,
        SectionName.VETOES,
        SectionName.MEMBERSHIP,
        SectionName.CONFIDENTIALITY,
        SectionName.INTELLECTUAL_PROPERTY,
        SectionName.VULNERABILITY_CLAUSE,
        SectionName.DISPUTES,
        SectionName.EXIT,
        SectionName.AUTONOMY,
        SectionName.AMENDMENT,
        SectionName.TERM,
        SectionName.BINDING,
        SectionName.DATA_SHARING_ANNEX,
        SectionName.INTELLECTUAL_PROPERTY_ANNEX,
        SectionName.BUDGET_ANNEX,
    }
)
"""The sections that bind unless the terms say otherwise: rights, money, and how one gets out. Intentions do not."""


def agreement_for(
    name: str,
    partners: Sequence[Audit],
    charter: Charter,
    *,
    on: date,
    currency: str = "",
    pilots: Sequence[Pilot] = (),
    ledger: Ledger | None = None,
    reader: str = "",
    granted: Pairs = _NOTHING,
    told: Pairs = _NOTHING,
    earlier: Sequence[Audit] = (),
) -> Agreement:
    """The charter as a document, from what the alliance has agreed.

    Nothing is made up: what is missing is a marked blank. No section and no annex for all takes a text from what a
    partner lacks, and a text of the terms that repeats such words is left out and told. So is a text with a code of
    the vocabulary, whether or not anybody lacks that capability. The annex of a reader holds
    what others have opened to it, as far as they have, and is part of no other text and of no digest.

    Args:
        name: What the alliance is called.
        partners: The partners' audits: those who sign.
        charter: What they agreed.
        on: The day, for which exposures and promises count.
        currency: ISO 4217 letters, a label before sums.
        pilots: What was tried.
        ledger: What was offered and promised; a promise under the agreement ``charter`` stands in the schedule.
        reader: The id of the party whose own copy it is; empty makes the text for all.
        granted: For each reader the owners and codes of what it may see by name. None by default.
        told: The same for what it may see in the owner's words, with the severity.
        earlier: Earlier audits whose words must not stand in the text either, where it is compared with an old one.

    Raises:
        InputError: The reader is no partner, or the voting rule cannot be kept by so many partners.

    Source:
        The sections are those of common charters and memoranda, and the article's step 5, case study 3, pitfalls 2
        and 3 and question 3; the wording is ours.

    Example:
        >>> from lichen.audit.values import Organisation
        >>> partners = [Audit(Organisation("us", "Clinic")), Audit(Organisation("them", "Chapel"))]
        >>> made = agreement_for("Side by Side", partners, Charter(), on=date(2026, 9, 1))
        >>> made.sections[1].parts[0].text, made.blanks[0].what
        ('The alliance is called Side by Side.', 'how the parties came together')
    """
    if reader and all(audit.organisation.id != reader for audit in partners):
        right = "; ".join(audit.organisation.id for audit in partners)
        raise InputError(Problem(_("no partner of the alliance has this id"), right, column="reader"))
    organisations = [audit.organisation for audit in partners]
    given = Given(name, currency, organisations, charter, pilots, ledger or Ledger(), on)
    kept = confidences([*partners, *earlier], pilots)
    with speaking("en"):  # one and the same version in every language
        signed = canonical_text(kept.kept(section) for section in _drafts(given))
    digest = sha256(signed.encode()).hexdigest()
    drafts = _drafts(given)
    sections = [kept.kept(section) for section in drafts]
    ours = {text for section in _drafts(_unwritten(given)) for text in section.texts}
    return Agreement(
        name=kept.kept_text(given.name),
        parties=given.parties,
        sections=tuple(section for section in sections if not section.name.is_annex),
        annexes=tuple(section for section in sections if section.name.is_annex),
        confided=confided_section(given, reader, granted, told) if reader else None,
        reader=reader,
        digest=digest,
        signatures=tuple(
            replace(place, person=kept.kept_text(place.person), office=kept.kept_text(place.office))
            for place in signature_places(given.parties, charter, digest, on)
        ),
        outdated=outdated_signatures(given.parties, charter, digest, on),
        blanks=tuple(
            Blank(section.name, section.binding, what)
            for section in sections
            for text in section.texts
            for what in blanks_in(text)
        ),
        withheld=_where(drafts, lambda text: text not in ours and kept.has_betrayal(text)),
        suspect=_where(sections, lambda text: text not in ours and kept.may_betray(text)),
    )


def _drafts(given: Given) -> list[Section]:
    return [
        Section(name, heading(name), _is_binding(name, given.terms), tuple(part(given)))
        for name, part in _COMPOSED.items()
    ]


def _unwritten(given: Given) -> Given:
    """The same without anything that somebody wrote, so that what is left is ours."""
    return replace(given, name="", charter=Charter(), pilots=(), ledger=Ledger())


def _where(sections: Iterable[Section], holds: Callable[[str], bool]) -> tuple[SectionName, ...]:
    return tuple(section.name for section in sections if any(map(holds, section.texts)))


def _is_binding(name: SectionName, terms: AgreementTerms) -> bool:
    return (name in _BINDING or name in terms.binding) and name not in terms.not_binding
