"""The annex for one reader: what others have opened to it; and what keeps such things out of every other text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lichen.audit.values import Audit, Vulnerability
from lichen.capabilities.taxonomy import taxonomy
from lichen.charter.agreement.given import Given
from lichen.charter.agreement.phrases import blank, closed
from lichen.charter.agreement.terms import SectionName
from lichen.charter.agreement.values import Line, Row, Section, Table
from lichen.language import _
from lichen.paper import one_line
from lichen.pilot.values import Pilot

__all__ = ["Confidences", "Pairs", "confided_section", "confidences"]

Pairs = Mapping[str, Collection[tuple[str, str]]]
"""For each reader, by id, the owners and codes of what it may see."""

_LONG_ENOUGH = 12
"""Letters and figures; a shorter sentence may stand in any text by chance."""


@dataclass(frozen=True, slots=True)
class Confidences:
    """What no text for all may say."""

    words: frozenset[str]
    """Sentences in which a party told what it lacks, less all but letters and figures."""
    labels: frozenset[str]
    """The names of what parties lack, in small letters. They are ordinary words, so they may stand there by chance."""

    def has_betrayal(self, text: str) -> bool:
        """Whether a text repeats what a party told of itself, word for word."""
        bare = _bare(text)
        return any(words in bare for words in self.words)

    def may_betray(self, text: str) -> bool:
        """Whether a text bears the name of something that a party lacks."""
        lowered = text.lower()
        return any(re.search(rf"\b{re.escape(label)}\b", lowered) for label in self.labels)

    def kept(self, section: Section) -> Section:
        """The section without the texts that say a code or repeat a confidence; each has a blank in its place."""
        return replace(section, parts=tuple(self._kept_part(part) for part in section.parts))

    def kept_text(self, text: str) -> str:
        """The text, or a blank where it says a code or repeats a confidence.

        Any code of the vocabulary will do, whether or not somebody lacks it: whoever wrote codes into the terms could
        read from the blanks otherwise what the others lack.
        """
        if _has_code(text):
            return blank(_("this in plain words, not by its code"))
        return blank(_("this in other words, since it repeats a confidence")) if self.has_betrayal(text) else text

    def _kept_part(self, part: Line | Table) -> Line | Table:
        if isinstance(part, Line):
            return replace(part, text=self.kept_text(part.text), lead=self.kept_text(part.lead))
        return replace(part, rows=tuple(self._kept_row(row) for row in part.rows))

    def _kept_row(self, row: Row) -> Row:
        return replace(row, cells=tuple(self.kept_text(cell) for cell in row.cells))


def confidences(audits: Iterable[Audit], pilots: Iterable[Pilot] = ()) -> Confidences:
    """What no text for all may say: what parties told of themselves in their audits, and what pilots brought to light.

    Args:
        audits: The partners', and earlier ones if a text is compared with an earlier one.
        pilots: The alliance's.
    """
    confided, labels = [*audits], taxonomy().capabilities
    gaps = [gap for audit in confided for gap in audit.organisation.vulnerabilities]
    seen = [found for pilot in pilots for review in pilot.reviews for found in review.weaknesses]
    codes = {*(gap.code for gap in gaps), *(found.code for found in seen)} - {""}
    told = [
        *(gap.words for gap in gaps),
        *(found.words for found in seen),
        *(text for audit in confided for text in (audit.opening.worst_at, audit.opening.awake_at_night)),
    ]
    return Confidences(
        words=frozenset(bare for text in told for bare in _sentences(text)),
        labels=frozenset(labels[code].label.lower() for code in codes if code in labels),
    )


def confided_section(given: Given, reader: str, granted: Pairs, told: Pairs) -> Section:
    """The annex for one reader: what each other party has opened to it, as far as it has opened it.

    Args:
        given: The alliance.
        reader: Its id.
        granted: What each reader may see by name.
        told: What each reader may see in the owner's words, with the severity.
    """
    by_name, in_words = {*granted.get(reader, ())}, {*told.get(reader, ())}
    parts = [
        part
        for party, one in zip(given.parties, given.partners, strict=True)
        for part in _opened(party.name, one.id, one.vulnerabilities, by_name, in_words)
    ]
    for_whom = _("This copy is for {reader} alone. It was opened in confidence ({mark}).").format(
        reader=given.called(reader), mark=_("section {mark}").format(mark=SectionName.CONFIDENTIALITY.mark)
    )
    nothing = Line(_("Nothing has been opened to this party yet."))
    return Section(
        SectionName.VULNERABILITIES_ANNEX,
        _("Declared vulnerabilities"),
        False,
        (Line(for_whom), *(parts or (nothing,))),
    )


def _opened(
    party: str, owner: str, gaps: Sequence[Vulnerability], by_name: set[tuple[str, str]], in_words: set[tuple[str, str]]
) -> Iterator[Line]:
    for gap in gaps:
        if gap.source is not None or (owner, gap.code) not in by_name | in_words:
            continue
        label = closed(_label(gap.code))
        if (owner, gap.code) in in_words:
            severity = _("Severity {severity} of 5.").format(severity=gap.severity)
            words = one_line(gap.words, None)
            label = " ".join(part for part in (label, severity, closed(words) if words else "") if part)
        yield Line(label, party, (owner,))


def _label(code: str) -> str:
    capability = taxonomy().capabilities.get(code)
    return one_line(code) if capability is None else capability.label


def _has_code(text: str) -> bool:
    lowered = text.lower()
    return any(code in lowered for code in taxonomy().capabilities)


def _sentences(text: str) -> Iterator[str]:
    for sentence in (text, *re.split(r"[.!?;\n]", text)):
        bare = _bare(sentence)
        if len(bare) >= _LONG_ENOUGH:
            yield bare


def _bare(text: str) -> str:
    """A text less all but its letters and figures, so that no dash, space or capital hides a repetition."""
    return "".join(mark for mark in text.casefold() if mark.isalnum())
