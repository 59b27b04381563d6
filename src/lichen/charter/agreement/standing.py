"""What every copy of the charter says beside its sections: its title, its version, and who signs."""

from __future__ import annotations

from lichen.charter.agreement.phrases import listed
from lichen.charter.agreement.values import Agreement, Section, SignedBy
from lichen.language import _, ngettext
from lichen.paper import one_line, written_day

__all__ = [
    "below_title",
    "bindingness",
    "foot",
    "signature_cells",
    "signature_headings",
    "title",
]


def title(agreement: Agreement) -> str:
    """What stands on top."""
    name = one_line(agreement.name)
    return _("Charter of {name}").format(name=name) if name else _("Charter of the alliance")


def below_title(agreement: Agreement) -> tuple[str, ...]:
    """Between whom it is, for whom this copy is, and how far it has got."""
    between = _("Between {parties}.").format(parties=listed(party.name for party in agreement.parties))
    lines = [between] if agreement.parties else []
    if agreement.confided is not None:
        reader = next(party.name for party in agreement.parties if party.id == agreement.reader)
        lines.append(
            _("This is the copy of {reader} alone: its last annex was opened to it in confidence.").format(
                reader=reader
            )
        )
    if agreement.blanks:
        count = len(agreement.blanks)
        draft = ngettext(
            "A draft: {count} place is still to be agreed.", "A draft: {count} places are still to be agreed.", count
        )
        lines.append(draft.format(count=count))
    return tuple(lines)


def bindingness(section: Section) -> str:
    """Whether a section binds, as it stands below its heading."""
    return _("Binding.") if section.binding else _("Not binding: said in good faith.")


def signature_headings() -> tuple[str, ...]:
    """What stands above the signatures."""
    return (_("Party"), _("Name"), _("Office"), _("Day"), _("Signature"))


def signature_cells(place: SignedBy) -> tuple[str, ...]:
    """One party's place among the signatures."""
    if place.signed_on is None:
        return (place.party.name, "", "", "", "")
    return (place.party.name, place.person, place.office, written_day(place.signed_on), _("signed"))


def foot(agreement: Agreement) -> str:
    """By which this version is known, and what this text is not."""
    return _("Version {digest}. A signature counts for this version alone. This text is not legal advice.").format(
        digest=agreement.digest
    )
