"""What the parts of an alliance say wrongly of one another: all of it, at once, each with its place in the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lichen.alliance.values import Alliance
from lichen.audit.values import Audit, Organisation
from lichen.charter.agreement.checks import agreement_problems
from lichen.charter.clause.checks import clause_problems
from lichen.charter.values import Charter
from lichen.charter.votes.checks import deciding_problems
from lichen.charter.votes.values import VotingRule
from lichen.checkin.checks import checkin_problems
from lichen.disclosure.checks import disclosure_problems
from lichen.errors import Problem
from lichen.exchange.checks import ledger_problems
from lichen.language import _
from lichen.pilot.checks import pilot_problems
from lichen.progress.checks import course_problems, progress_problems

__all__ = ["alliance_problems"]

_MOST_MATTERS = 1_000
"""Each is weighed against each other; among 45 partners, every two could have one."""


def alliance_problems(alliance: Alliance) -> list[Problem]:
    """Everything that stands in an alliance and cannot be so, such as a promise by somebody who is no partner.

    Returns:
        One for each thing that is wrong, with its place in the file; none where all is well.
    """
    ids = [audit.organisation.id for audit in alliance.partners]
    return [
        *_name_problems(alliance),
        *_partner_problems(alliance.partners),
        *_matter_problems(alliance),
        *pilot_problems(alliance.pilots, ids),
        *_charter_problems(alliance.charter, [audit.organisation for audit in alliance.partners]),
        *ledger_problems(alliance.exchange, ids),
        *checkin_problems(alliance.checkins, ids),
        *progress_problems(alliance.progress, alliance.partners),
        *course_problems(alliance.course, ids),
    ]


def _matter_problems(alliance: Alliance) -> Sequence[Problem]:
    if len(alliance.matters) > _MOST_MATTERS:
        what, right = _("there are too many matters to weigh against one another"), _("{most:,} or fewer")
        return [Problem(what, right.format(most=_MOST_MATTERS), column="matters", document=True)]
    return disclosure_problems(alliance.matters, alliance.partners)


def _charter_problems(charter: Charter, partners: Sequence[Organisation]) -> Iterator[Problem]:
    rule = charter.rule or VotingRule()
    decided = (charter.exposures, charter.motions, charter.vetoes, charter.requests)
    ids = [organisation.id for organisation in partners]
    yield from deciding_problems(partners, rule, *decided)
    yield from clause_problems(charter.clause, partners)
    yield from agreement_problems(ids, charter.terms, charter.signatures, charter.versions)


def _name_problems(alliance: Alliance) -> Iterator[Problem]:
    if not alliance.name.strip():
        yield Problem(
            _("the alliance has no name"), _("its name, as the partners know it"), column="name", document=True
        )


def _partner_problems(partners: Sequence[Audit]) -> Iterator[Problem]:
    ids = [audit.organisation.id for audit in partners]
    for row in _again(ids):
        what, right = _("a partner before it has this id, too"), _("an id of its own for each")
        yield Problem(what, right, sheet="partners", row=row, column="organisation.id", document=True)
    for row, audit in enumerate(partners, 1):
        organisation = audit.organisation
        for part, items in (("vulnerabilities", organisation.vulnerabilities), ("offers", organisation.offers)):
            for place in _again([item.code for item in items]):
                what, right = _("an item before it has this capability, too"), _("one item for each capability")
                sheet = f"partners, item {row}, {part}"
                yield Problem(what, right, sheet=sheet, row=place, column="code", document=True)


def _again(names: Sequence[str]) -> Iterator[int]:
    """The places of names that have stood before, 1 being the first; an empty one is no name."""
    seen: Counter[str] = Counter()
    for place, name in enumerate(names, 1):
        if name and seen[name]:
            yield place
        seen[name] += 1
