"""An audit that was made later does not open what had stayed shut."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from lichen.audit.values import Audit, Vulnerability
from lichen.disclosure import acts
from lichen.disclosure.replay import state_of
from lichen.disclosure.sight import visible
from lichen.disclosure.values import Matter
from lichen.scales import Relevance, Sensitivity
from tests.core.disclosure.seated import AUDITS, HIGH
from tests.core.disclosure.told import C1, C2, C3, C4, H1, H2, H3, H4, TODAY, C, H, matter, met

MEANWHILE, THEN, LATER = (TODAY + timedelta(days=days) for days in (1, 2, 30))
"""An item changes; the other side agrees, too; everything is written down anew."""


def said_of(owner: str, item: str, on: date, **change: object) -> tuple[Audit, ...]:
    """The audits, with one gap of one of them said anew on a day."""

    def gaps(all_of_them: Iterable[Vulnerability]) -> tuple[Vulnerability, ...]:
        return tuple(replace(gap, **change) if gap.code == item else gap for gap in all_of_them)

    def said(audit: Audit) -> Audit:
        now = replace(audit.organisation, vulnerabilities=gaps(audit.organisation.vulnerabilities))
        return replace(audit, organisation=now, audited_on=on) if audit.organisation.id == owner else audit

    return tuple(map(said, AUDITS))


AGAIN = said_of(H, H1, LATER)
"""The hospital's audit as it was on the first day, written down anew."""


def agreed_after(changed: tuple[Audit, ...]) -> Matter:
    """The hospital agreed; then an audit changed; then the churches agreed, too."""
    waiting = acts.agree_to_codes(matter(*met()), AUDITS, by=H, on=TODAY)
    return acts.agree_to_codes(waiting, changed, by=C, on=THEN)


@pytest.mark.parametrize(
    "change",
    [{"sensitivity": Sensitivity.HIGH}, {"relevance": Relevance.NO}, {"code": ""}],
    ids=["too sensitive", "not relevant", "no longer said"],
)
def test_later_audit_opens_nothing_that_had_lapsed(change: dict[str, object]):
    changed = said_of(H, H1, MEANWHILE, **change)
    dealt = agreed_after(changed)
    assert dealt.events[-1].shut == (H1,)
    for audits in (changed, AGAIN, ()):
        assert state_of(dealt, audits).open_codes(H, C) == (H2, H3)
    assert visible(state_of(dealt, AGAIN), AGAIN, H, C).codes == (H2, H3)
    unsaid = replace(dealt, events=(*dealt.events[:-1], replace(dealt.events[-1], shut=())))
    assert state_of(unsaid, AGAIN).open_codes(H, C) == (H1, H2, H3), "what this file is about"


def test_what_the_other_side_no_longer_eases_lapses_too():
    helpless = tuple(
        replace(audit, organisation=replace(audit.organisation, offers=()), audited_on=MEANWHILE)
        if audit.organisation.id == C
        else audit
        for audit in AUDITS
    )
    dealt = agreed_after(helpless)
    assert dealt.events[-1].shut == (H1, H2, H3)
    later = tuple(replace(audit, audited_on=LATER) for audit in AUDITS)
    assert state_of(dealt, later).open_codes(H, C) == ()


def test_what_had_opened_stays_open_whatever_is_said_later():
    dealt = agreed_after(AUDITS)
    assert dealt.events[-1].shut == ()
    later = said_of(H, H1, LATER, sensitivity=Sensitivity.HIGH)
    assert state_of(dealt, later).open_codes(H, C) == (H1, H2, H3)


def test_what_lapsed_can_be_agreed_to_again():
    dealt = agreed_after(said_of(H, H1, MEANWHILE, sensitivity=Sensitivity.HIGH))
    again = acts.agree_to_codes(dealt, AGAIN, by=H, on=LATER)
    assert (again.events[-1].codes, again.events[-1].shut) == ((H1,), ())
    assert state_of(again, AGAIN).open_codes(H, C) == (H2, H3, H1)


def test_own_code_that_waits_beyond_the_other_side_lapses_as_well():
    """The churches agreed to more than the hospital; what still waits of it may have lapsed when they agree to more."""
    waiting = acts.agree_to_codes(matter(*met()), AUDITS, by=C, on=TODAY)
    fewer = acts.agree_to_codes(waiting, AUDITS, by=H, but=[H2, H3, H4], on=TODAY)
    assert (state_of(fewer, AUDITS).open_codes(C, H), state_of(fewer, AUDITS).waiting(C, H)) == ((C1, C2), (C3,))
    changed = said_of(C, C3, MEANWHILE, relevance=Relevance.NO)
    more = acts.agree_to_codes(acts.begin_pilot(fewer, changed, on=MEANWHILE), changed, by=C, on=THEN)
    assert (more.events[-1].codes, more.events[-1].shut) == ((C4, HIGH), (C3,))
    later = said_of(C, C3, LATER)
    grown = acts.agree_to_codes(more, later, by=H, on=LATER)
    assert state_of(grown, later).open_codes(C, H) == (C1, C2, C4, HIGH)
