"""Two versions of the charter compared, and who signs again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from types import MappingProxyType

from lichen.audit.values import Audit
from lichen.charter.agreement.as_lines import plain_lines
from lichen.charter.agreement.terms import SectionName
from lichen.charter.agreement.values import Agreement, Section

__all__ = ["LineChange", "SectionChange", "SigningAgain", "agreement_changes", "signing_again", "veto_scopes_changed"]

_Plain = tuple[str, tuple[str, ...]]
"""A line, and the ids of the parties that it concerns."""

_NOBODY_SIGNS = frozenset({SectionName.CONTACTS_ANNEX})


@dataclass(frozen=True, slots=True)
class LineChange:
    """One line that was added, taken out or changed."""

    before: str
    """As it stood; empty where it is new."""
    after: str
    """As it stands; empty where it is gone."""


@dataclass(frozen=True, slots=True)
class SectionChange:
    """What changed in one section."""

    name: SectionName
    """Which section."""
    heading: str
    """Its heading now."""
    binding: bool
    """Whether it bound before, or binds now."""
    lines: tuple[LineChange, ...]
    """What changed in it, from top to bottom; empty where only its binding did."""
    concerns: tuple[str, ...]
    """The ids of the parties that sign again because of it."""


@dataclass(frozen=True, slots=True)
class SigningAgain:
    """Who signs the later version, and whose signature goes on counting."""

    sections: Mapping[str, tuple[SectionName, ...]]
    """For each party that signs again, by id, the sections because of which; none where only its vetoes changed."""
    unaffected: tuple[str, ...]
    """The ids of the other parties: put them down as ``unaffected`` in the new version."""


def agreement_changes(before: Agreement, after: Agreement) -> tuple[SectionChange, ...]:
    """What changed between two versions, section by section; renumbering is no change.

    Who signs again because of a changed section: the parties that its changed lines concern. Where a changed line
    concerns all of them alike, or the section begins or ceases to bind, all sign if it binds and nobody if it does not.
    Nobody signs because of contacts. The annexes of readers are not compared.

    Args:
        before: The earlier version, composed in the same language.
        after: The later one.

    Source:
        Ours.
    """
    earlier = {section.name: section for section in (*before.sections, *before.annexes)}
    parties = [party.id for party in after.parties]
    found = (_changed(earlier[section.name], section, parties) for section in (*after.sections, *after.annexes))
    return tuple(change for change in found if change is not None)


def signing_again(before: Agreement, after: Agreement, *, vetoes_changed: Collection[str] = ()) -> SigningAgain:
    """Who signs the later of two versions again.

    Args:
        before: The earlier version.
        after: The later one. A party that is new in it signs.
        vetoes_changed: The ids of the parties whose core weaknesses have changed; see ``veto_scopes_changed``.
    """
    changes = agreement_changes(before, after)
    known = {party.id for party in before.parties}
    because = {
        party.id: tuple(change.name for change in changes if party.id in change.concerns) for party in after.parties
    }
    again = {id: names for id, names in because.items() if names or id in vetoes_changed or id not in known}
    return SigningAgain(MappingProxyType(again), tuple(id for id in because if id not in again))


def veto_scopes_changed(before: Sequence[Audit], after: Sequence[Audit]) -> tuple[str, ...]:
    """The ids of the partners whose declared core weaknesses have changed, and with them what they may veto.

    The text never names those weaknesses, so no comparison of texts shows it.

    Args:
        before: The partners' audits when the earlier version was made.
        after: The partners' audits now; one that was no partner before has changed nothing.
    """
    earlier = {audit.organisation.id: _core(audit) for audit in before}
    now = {audit.organisation.id: _core(audit) for audit in after}
    return tuple(id for id, core in now.items() if id in earlier and core != earlier[id])


def _core(audit: Audit) -> frozenset[str]:
    return frozenset(gap.code for gap in audit.organisation.vulnerabilities if gap.core)


def _changed(before: Section, after: Section, parties: Sequence[str]) -> SectionChange | None:
    pairs = [*_pairs(plain_lines(before), plain_lines(after))]
    binding_changed = before.binding is not after.binding
    if not pairs and not binding_changed:
        return None
    touched = [line for pair in pairs for line in pair if line is not None]
    for_all = binding_changed or any(not concerns for _text, concerns in touched)
    concerned = {id for _text, concerns in touched for id in concerns}
    binding = before.binding or after.binding
    signs = (for_all and binding, after.name not in _NOBODY_SIGNS)
    return SectionChange(
        name=after.name,
        heading=after.heading,
        binding=binding,
        lines=tuple(LineChange(*(line[0] if line else "" for line in pair)) for pair in pairs),
        concerns=tuple(id for id in parties if signs[1] and (signs[0] or id in concerned)),
    )


def _pairs(before: Sequence[_Plain], after: Sequence[_Plain]) -> Iterator[tuple[_Plain | None, _Plain | None]]:
    """The lines that differ, each with what stands in its place."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind != "equal":
            yield from zip_longest(before[start:end], after[new_start:new_end])
