"""The headings of the charter."""

from __future__ import annotations

from lichen.charter.agreement.terms import SectionName
from lichen.charter.agreement.values import Section
from lichen.language import _

__all__ = ["full_heading", "heading"]


def heading(name: SectionName) -> str:
    """What stands above a section or an annex, without its number."""
    return {
        SectionName.PARTIES: _("The parties"),
        SectionName.NAME: _("Name"),
        SectionName.BACKGROUND: _("Background"),
        SectionName.PURPOSE: _("Purpose, scope and goals"),
        SectionName.ROLES: _("Roles and responsibilities"),
        SectionName.RESOURCES: _("Resources"),
        SectionName.NEEDS_AND_OFFERS: _("Needs and offers"),
        SectionName.EXCHANGE: _("The exchange"),
        SectionName.PILOT: _("Pilots and the gate"),
        SectionName.DECISIONS: _("Decisions"),
        SectionName.RISKS: _("Risk register"),
        SectionName.VETOES: _("Vetoes"),
        SectionName.OFFICERS: _("Officers"),
        SectionName.MEMBERSHIP: _("Joining, leaving, removal"),
        SectionName.CONFLICTS_OF_INTEREST: _("Conflicts of interest"),
        SectionName.REPORTING: _("Reporting and data"),
        SectionName.MONITORING: _("Monitoring"),
        SectionName.TIME_FRAME: _("Time frame"),
        SectionName.CONFIDENTIALITY: _("Confidentiality"),
        SectionName.INTELLECTUAL_PROPERTY: _("Intellectual property and licence"),
        SectionName.VULNERABILITY_CLAUSE: _("The vulnerability clause"),
        SectionName.CHECK_INS: _("Check-ins"),
        SectionName.DISPUTES: _("Disputes"),
        SectionName.EXIT: _("Exit and winding up"),
        SectionName.PUBLICITY: _("Publicity and credit"),
        SectionName.AUTONOMY: _("Independence, and no debts"),
        SectionName.AMENDMENT: _("Changes to this text"),
        SectionName.TERM: _("Term"),
        SectionName.BINDING: _("What binds"),
        SectionName.DATA_SHARING_ANNEX: _("Data sharing"),
        SectionName.INTELLECTUAL_PROPERTY_ANNEX: _("Intellectual property and licence"),
        SectionName.BUDGET_ANNEX: _("Joint budget"),
        SectionName.SCHEDULE_ANNEX: _("Exchange schedule"),
        SectionName.CONTACTS_ANNEX: _("Contacts and liaisons"),
        SectionName.VULNERABILITIES_ANNEX: _("Declared vulnerabilities"),
    }[name]


def full_heading(section: Section) -> str:
    """The heading of a section with its number, or of an annex with its letter."""
    told = _("Annex {mark}: {heading}") if section.name.is_annex else _("{mark} {heading}")
    return told.format(mark=section.name.mark, heading=section.heading)
