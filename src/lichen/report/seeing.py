"""What one audience may see of one alliance on one day: every section of a report asks here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from lichen.alliance.as_of import alliance_as_of
from lichen.alliance.values import Alliance
from lichen.charter.agreement.confided import Confidences, Pairs, confidences
from lichen.charter.agreement.openings import opened_pairs
from lichen.paper import one_line
from lichen.progress.values import Progress
from lichen.report.audience import Audience, AudienceKind
from lichen.report.sights import Extent, ReportPart, sight_of
from lichen.report.vocabulary import names_capability

__all__ = ["Need", "Seeing", "seeing"]

Need = tuple[str, str]
"""The id of the partner whose it is, and its code."""


@dataclass(frozen=True, slots=True)
class Seeing:
    """An alliance through the eyes of one audience."""

    alliance: Alliance
    """As it stood on the day."""
    whole: Alliance
    """As its file has it now; only who may see what is asked of it."""
    audience: Audience
    """Who looks."""
    on: date
    """The day."""
    common: frozenset[Need]
    """The needs whose severity every partner may know, then and now."""
    open_by_name: frozenset[Need]
    """The needs of others that the audience may know by name."""
    open_in_words: frozenset[Need]
    """Those of them of which it may know how severe they are."""
    confided: Confidences
    """What no text for this audience may repeat."""

    @property
    def partners(self) -> tuple[str, ...]:
        """The ids of the partners."""
        return tuple(audit.organisation.id for audit in self.alliance.partners)

    @property
    def reader(self) -> str:
        """The id of the partner who reads; empty for the board and a funder."""
        return self.audience.reader

    def sees(self, part: ReportPart) -> Extent:
        """How much of a part the audience sees."""
        return sight_of(part, self.audience.kind)

    def name(self, id: str) -> str:
        """What a partner is called."""
        found = (audit.organisation.name for audit in self.alliance.partners if audit.organisation.id == id)
        return one_line(next(found, "") or id)

    def may_name(self, owner: str, code: str) -> bool:
        """Whether the audience may know that a partner has a need."""
        return owner == self.reader or (owner, code) in self.open_by_name

    def may_tell(self, owner: str, code: str) -> bool:
        """Whether it may also know how severe the need is."""
        return owner == self.reader or (owner, code) in self.open_in_words

    def may_count(self, owner: str, code: str) -> bool:
        """Whether a need may stand in a total: only if nobody could find a closed one by subtracting."""
        return (owner, code) in self.common if self.audience.kind is AudienceKind.FUNDER else self.may_tell(owner, code)

    def kept(self, text: str, about: str = "") -> str:
        """Somebody's text as one line; empty where it names a capability or repeats what somebody confided.

        Any capability of the vocabulary counts, lacked or not: otherwise whoever writes names into texts could read
        from the gaps in a report what the others lack.

        Args:
            text: As somebody wrote it.
            about: Code of the need that it is about, which the audience may know: that one it may name.
        """
        line = one_line(text)
        betrays = names_capability(line, but=about) or self.confided.has_betrayal(line)
        return "" if betrays else line


def seeing(alliance: Alliance, audience: Audience, on: date) -> Seeing:
    """What an audience may see of an alliance.

    What was opened counts where it was open on that day and is open still.

    Args:
        alliance: As its file has it now.
        audience: Who looks.
        on: The day; what is dated later does not count.
    """
    then = alliance_as_of(alliance, on)
    views = [opened_pairs(each.matters, each.partners) for each in (then, alliance)]
    by_name, in_words = (_together([view[place] for view in views], then) for place in (0, 1))
    common, allowed = _common(in_words, then), _allowed(then.progress)
    if audience.kind is AudienceKind.PARTNER:
        names, words = by_name[audience.reader], in_words[audience.reader]
    elif audience.kind is AudienceKind.BOARD:
        names, words = _common(by_name, then), common
    else:
        names = words = common & allowed
    return Seeing(then, alliance, audience, on, common, names, words, _confided(alliance, audience.reader, words))


def _together(views: Iterable[Pairs], alliance: Alliance) -> dict[str, frozenset[Need]]:
    """For each partner what is in every view."""
    ids = [audit.organisation.id for audit in alliance.partners]
    held = [*views]
    return {id: frozenset.intersection(*(frozenset(view.get(id, ())) for view in held)) for id in ids}


def _common(opened: dict[str, frozenset[Need]], alliance: Alliance) -> frozenset[Need]:
    """The needs that every other partner may see; of an alliance of one, none."""
    ids = [audit.organisation.id for audit in alliance.partners]
    every = frozenset[Need]().union(*opened.values())
    return frozenset(need for need in every if all(id == need[0] or need in opened[id] for id in ids))


def _allowed(progress: Progress) -> frozenset[Need]:
    return frozenset((one.owner, one.code) for one in progress.shown_to_funder)


def _confided(alliance: Alliance, reader: str, told: frozenset[Need]) -> Confidences:
    """What partners said of themselves and did not open to the audience, and what pilots brought to light."""
    others = [audit for audit in alliance.partners if audit.organisation.id != reader]
    closed = [
        replace(
            audit,
            organisation=replace(
                audit.organisation,
                vulnerabilities=tuple(
                    gap for gap in audit.organisation.vulnerabilities if (audit.organisation.id, gap.code) not in told
                ),
            ),
        )
        for audit in others
    ]
    return confidences(closed, [pilot for pilot in alliance.pilots if not reader or reader not in pilot.partners])
