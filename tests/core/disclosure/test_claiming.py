"""What counts as a match in a dealing is what was claimed in it: edits tell nothing, and claims are few."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from lichen.audit.values import Audit, Offer, Organisation, Vulnerability
from lichen.capabilities.taxonomy import taxonomy
from lichen.disclosure import acts
from lichen.disclosure.claiming import (
    CLAIM_STANDS,
    Claim,
    as_claimed,
    claim_due,
    offering_as_claimed,
    unclaimed_gaps,
)
from lichen.disclosure.proposing import next_disclosure
from lichen.disclosure.replay import state_of
from lichen.disclosure.sight import visible
from lichen.disclosure.values import DisclosureRules, Matter
from lichen.errors import NotAllowed
from lichen.scales import Relevance

NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)
CODES = tuple(taxonomy().capabilities)
LACKED = CODES[::9][:6]
"""What the victim lacks; and offers besides two things."""


def lacking(*codes: str) -> tuple[Vulnerability, ...]:
    return tuple(Vulnerability(code, 3, rank, relevance=Relevance.YES) for rank, code in enumerate(codes, 1))


def farm(gaps: tuple[str, ...] = (), offers: tuple[str, ...] = ()) -> Organisation:
    return Organisation("farm", "Farm", vulnerabilities=lacking(*gaps), offers=tuple(map(Offer, offers)))


# --- One claim after another -----------------------------------------------------------------------------------------


def test_first_claim_is_what_needs_help_most_and_what_is_strongest():
    offers = tuple(Offer(code, 5 if code in CODES[5:15] else 1) for code in CODES[:20])
    claim = claim_due([], replace(farm(CODES[:20]), offers=offers), NOON)
    assert claim == Claim("farm", NOON, CODES[:10], tuple(sorted(CODES[5:15])))


def test_nothing_is_claimed_by_whoever_states_nothing():
    assert claim_due([], farm(), NOON) is None
    unconfirmed = replace(farm(), offers=(Offer(CODES[0], confirmed=False),))
    assert claim_due([], unconfirmed, NOON) is None


@pytest.mark.parametrize(("later", "gaps"), [(CLAIM_STANDS - timedelta(seconds=1), None), (CLAIM_STANDS, CODES[1:3])])
def test_claim_stands_for_seven_days(later, gaps):
    claim = claim_due([Claim("farm", NOON, CODES[:2])], farm(CODES[1:3]), NOON + later)
    assert (claim and {*claim.gaps}) == (gaps and {*gaps})


def test_claim_of_the_other_side_counts_for_nothing():
    assert claim_due([Claim("depot", NOON, CODES[:2])], farm(CODES[:2]), NOON) == Claim("farm", NOON, CODES[:2])


def test_nothing_changed_is_no_claim():
    later = NOON + 2 * CLAIM_STANDS
    assert claim_due([Claim("farm", NOON, CODES[:2], CODES[2:4])], farm(CODES[:2], CODES[2:4]), later) is None


def test_ten_changes_a_quarter_and_what_goes_comes_first():
    claims = [Claim("farm", NOON, CODES[:6])]
    now = farm(CODES[20:26])
    second = claim_due(claims, now, NOON + CLAIM_STANDS)
    assert second == Claim("farm", NOON + CLAIM_STANDS, CODES[20:24])
    assert claim_due([*claims, second], now, NOON + 2 * CLAIM_STANDS) is None
    assert claim_due([*claims, second], now, datetime(2027, 1, 1, tzinfo=UTC)).gaps == CODES[20:26]


def test_more_may_be_allowed():
    rules = DisclosureRules(codes_a_quarter=12)
    assert (
        claim_due([Claim("farm", NOON, CODES[:6])], farm(CODES[20:26]), NOON + CLAIM_STANDS, rules).gaps == CODES[20:26]
    )


def test_what_was_not_claimed_counts_for_nothing():
    claim, audit = Claim("farm", NOON, CODES[:2], CODES[4:6]), Audit(farm(CODES[1:3], CODES[5:7]))
    claimed, judged = as_claimed(audit, claim).organisation, offering_as_claimed(audit, claim).organisation
    assert unclaimed_gaps(audit.organisation, claim) == (CODES[2],)
    assert ([gap.code for gap in claimed.vulnerabilities], [offer.code for offer in claimed.offers]) == (
        [CODES[1]],
        [*CODES[4:6]],
    )
    assert ([gap.code for gap in judged.vulnerabilities], [offer.code for offer in judged.offers]) == (
        [*CODES[1:3]],
        [CODES[5]],
    )
    assert unclaimed_gaps(audit.organisation, None) == CODES[1:3]
    assert as_claimed(audit, None).organisation.offers == offering_as_claimed(audit, None).organisation.offers == ()


# --- Ten thousand edits ----------------------------------------------------------------------------------------------


@dataclass
class Table:
    """A dealing in which one side edits and looks, and the other lacks and offers what it did on the first day."""

    victim: Audit
    is_naive: bool = False
    """Whether whatever stands in an audit counts at once, as if nobody had to claim anything."""
    claims: list[Claim] = field(default_factory=list)
    matter: Matter = field(default_factory=lambda: Matter("talks", ("farm", "depot"), NOON.date()))
    told: list[object] = field(default_factory=list)
    """All that the one who edits is told, and of what they do what is let pass."""

    def begin(self, audit: Audit) -> None:
        self.claims += [claim_due([], each.organisation, NOON) for each in (audit, self.victim)]
        for by in ("farm", "depot"):
            self.matter = acts.say_yes(self.matter, (), by=by, on=NOON.date())

    def claim_of(self, party: str) -> Claim:
        return next(claim for claim in reversed(self.claims) if claim.by == party)

    def look(self, audit: Audit, on: date) -> None:
        audits, but = self.judged(audit)
        state = state_of(self.matter, ())
        try:
            said = next_disclosure(self.matter, audits, "farm", "depot", on=on, but=but).act
        except NotAllowed as refused:
            said = refused.rule
        claimed = [as_claimed(each, self.claim_of(each.organisation.id)) for each in (audit, self.victim)]
        groups = [visible(state, claimed, *pair).groups for pair in (("farm", "depot"), ("depot", "farm"))]
        self.told.append((said, groups, state.open_codes("depot", "farm"), state.waiting("farm", "depot")))

    def agree(self, audit: Audit, at: datetime, *, but: list[str]) -> None:
        """Agree to codes, as if for the first time: whatever was agreed to before is forgotten."""
        claim = claim_due(self.claims, audit.organisation, at)
        self.claims += [claim] if claim else []
        audits, unclaimed = self.judged(audit)
        try:
            after = acts.agree_to_codes(self.matter, audits, by="farm", on=at.date(), but=[*unclaimed, *but])
            self.told.append([event.codes for event in after.events[len(self.matter.events) :]])
        except NotAllowed as refused:
            self.told.append(refused.rule)

    def judged(self, audit: Audit) -> tuple[list[Audit], tuple[str, ...]]:
        if self.is_naive:
            return [audit, self.victim], ()
        both = [offering_as_claimed(each, self.claim_of(each.organisation.id)) for each in (audit, self.victim)]
        return both, unclaimed_gaps(audit.organisation, self.claim_of("farm"))


def edits(count: int) -> Iterator[tuple[datetime, Audit, list[str]]]:
    """Half a year of gaps and offers at random."""
    random = Random(20261123)
    for number in range(count):
        gaps, offers = (tuple(random.sample(CODES, random.randint(1, 8))) for _ in range(2))
        yield NOON + number * timedelta(days=180) / count, Audit(farm(gaps, offers)), random.sample(CODES, 3)


def told(count: int, *offers: str, is_naive: bool = False) -> Table:
    """What the one who edits is told by a victim that offers this."""
    victim = Organisation("depot", "Depot", vulnerabilities=lacking(*LACKED), offers=tuple(map(Offer, offers)))
    table = Table(Audit(victim), is_naive)
    for number, (at, audit, but) in enumerate(edits(count)):
        if number == 0:
            table.begin(audit)
        table.look(audit, at.date())
        table.agree(audit, at, but=but)
    return table


def near(code: str) -> frozenset[str]:
    """What could ease a gap."""
    return frozenset((code, *taxonomy().capabilities[code].related))


@pytest.mark.parametrize("count", [300, pytest.param(10_000, marks=pytest.mark.long)])
def test_edits_tell_of_no_offer_but_those_that_claims_asked_for(count):
    plain = told(count, LACKED[0])
    claims = [claim for claim in plain.claims if claim.by == "farm"]
    asked = {code for claim in claims for code in claim.gaps}
    assert all(after.at - before.at >= CLAIM_STANDS for before, after in pairwise(claims))
    # Ten with the first claim at most, and ten in each of the two quarters through which they edit.
    assert len(asked) <= 10 + 2 * 10
    unasked = [code for code in CODES if not any(code in near(gap) for gap in asked)]
    assert len(unasked) > len(CODES) / 4
    for code in Random(1).sample(unasked, 3):
        assert told(count, LACKED[0], code).told == plain.told
    first = next(code for code in claims[0].gaps if LACKED[0] not in near(code))
    assert told(count, LACKED[0], first).told != plain.told


def test_edits_would_tell_of_every_offer_if_nobody_had_to_claim_anything():
    plain = told(300, LACKED[0], is_naive=True)
    code = next(code for code in reversed(CODES) if LACKED[0] not in near(code))
    assert told(300, LACKED[0], code, is_naive=True).told != plain.told
