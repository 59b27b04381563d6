"""What stands between the charter and its signatures, and what changed in it, as sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from lichen.charter.agreement.headings import heading
from lichen.charter.agreement.phrases import reference
from lichen.charter.agreement.readiness import ReadinessCode, ReadinessFinding
from lichen.charter.agreement.terms import SectionName
from lichen.language import _, ngettext

__all__ = ["readiness_sentence", "section_words"]

Names = Mapping[str, str]


def readiness_sentence(finding: ReadinessFinding, names: Names) -> str:
    """What was found and what to do next. It never says what a party lacks.

    Args:
        finding: From ``ready_to_sign``.
        names: The partners' names by their ids.

    Example:
        >>> found = ReadinessFinding(ReadinessCode.BLANK_IN_BINDING, SectionName.TERM, blanks=("the last day",))
        >>> readiness_sentence(found, {})
        'Section 28 (Term) binds. To be agreed: the last day.'
    """
    return _SENTENCES[finding.code](finding, names)


def section_words(name: SectionName) -> str:
    """A section or an annex as people look for it.

    Example:
        >>> section_words(SectionName.BUDGET_ANNEX)
        'Annex C (Joint budget)'
    """
    where = reference(name)
    return f"{where[:1].upper()}{where[1:]} ({heading(name)})"


def _few_parties(_finding: ReadinessFinding, _names: Names) -> str:
    return _("An agreement needs two parties or more.")


def _material_fact_due(finding: ReadinessFinding, names: Names) -> str:
    told = _(
        "{owner} owes {reader} a fact that must be told before money moves. It is not named here. Let {owner} tell it"
        " first: lichen disclosure next"
    )
    return told.format(owner=_name(finding.party, names), reader=_name(finding.other, names))


def _confidence_repeated(finding: ReadinessFinding, _names: Names) -> str:
    told = _(
        "{section}: a text repeats what a party told of itself in confidence, so it was left out. Say it in other"
        " words."
    )
    return told.format(section=_where(finding))


def _blank_in_binding(finding: ReadinessFinding, _names: Names) -> str:
    return _("{section} binds. To be agreed: {blanks}.").format(section=_where(finding), blanks=_blanks(finding))


def _blank(finding: ReadinessFinding, _names: Names) -> str:
    return _("{section}. To be agreed: {blanks}.").format(section=_where(finding), blanks=_blanks(finding))


def _blanks(finding: ReadinessFinding) -> str:
    """What is to be agreed, each thing once."""
    return "; ".join(dict.fromkeys(finding.blanks))


def _gate_closed(finding: ReadinessFinding, _names: Names) -> str:
    told = ngettext(
        "The pilots need {count} more success before you do more: lichen pilot gate",
        "The pilots need {count} more successes before you do more: lichen pilot gate",
        finding.missing,
    )
    return told.format(count=finding.missing)


def _threat_faded(_finding: ReadinessFinding, _names: Names) -> str:
    return _(
        "The threat that you share is passing or has passed, and nothing else goes both ways between you. Agree what"
        " each gives the other, or when to part."
    )


def _renegotiation_open(finding: ReadinessFinding, names: Names) -> str:
    told = _("{party} has asked for other terms, and that is not settled: lichen charter clause")
    return told.format(party=_name(finding.party, names))


def _weakness_named(finding: ReadinessFinding, _names: Names) -> str:
    told = _(
        "{section}: a text has words that are also the name of something a party lacks. Look whether that is meant."
    )
    return told.format(section=_where(finding))


def _signature_outdated(finding: ReadinessFinding, names: Names) -> str:
    told = _("{party} has signed another version. That signature does not count for this one.")
    return told.format(party=_name(finding.party, names))


_SENTENCES: Mapping[ReadinessCode, Callable[[ReadinessFinding, Names], str]] = MappingProxyType(
    {
        ReadinessCode.FEW_PARTIES: _few_parties,
        ReadinessCode.MATERIAL_FACT_DUE: _material_fact_due,
        ReadinessCode.CONFIDENCE_REPEATED: _confidence_repeated,
        ReadinessCode.BLANK_IN_BINDING: _blank_in_binding,
        ReadinessCode.BLANK: _blank,
        ReadinessCode.GATE_CLOSED: _gate_closed,
        ReadinessCode.THREAT_FADED: _threat_faded,
        ReadinessCode.RENEGOTIATION_OPEN: _renegotiation_open,
        ReadinessCode.WEAKNESS_NAMED: _weakness_named,
        ReadinessCode.SIGNATURE_OUTDATED: _signature_outdated,
    }
)


def _where(finding: ReadinessFinding) -> str:
    return "" if finding.section is None else section_words(finding.section)


def _name(id: str, names: Names) -> str:
    return names.get(id) or id
