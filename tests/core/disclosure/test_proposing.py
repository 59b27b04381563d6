from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from lichen.audit.values import Audit, Offer, Vulnerability
from lichen.disclosure.acts import agree_to_codes
from lichen.disclosure.proposing import Grounds, NextDisclosure, next_disclosure
from lichen.disclosure.sight import visible
from lichen.disclosure.state import Rung
from lichen.disclosure.values import Act, Reception
from lichen.errors import NotAllowed
from lichen.scales import Relevance
from tests.cast import churches_audit, hospital_audit
from tests.core.disclosure.play import BY_ID, walk
from tests.core.disclosure.seated import AUDITS, HIGH, MATERIAL, STRANGER, UNASKED, UNMATCHED, codes_of
from tests.core.disclosure.told import (
    C1,
    C2,
    H1,
    H2,
    H3,
    H4,
    TODAY,
    C,
    H,
    Y,
    agreed,
    aloud,
    disclosed,
    event,
    matter,
    met,
    open_codes,
    yes,
)  # fmt: skip

ASKED = event(Act.ANSWERED, H, code=UNASKED, relevance=Relevance.NO)
PILOT = event(Act.PILOT_STARTED)


def step(*events, owner=H, reader=C, parties=(H, C), audits=AUDITS, money=False) -> NextDisclosure:
    then = matter(*events, parties=parties)
    return next_disclosure(then, audits, owner, reader, on=TODAY, money_moves=money)


def refusal(*events, **more) -> str:
    with pytest.raises(NotAllowed) as refused:
        step(*events, **more)
    return refused.value.rule


def test_hospital_and_churches_go_up_the_rungs_step_by_step():
    hospital, churches = hospital_audit.organisation.id, churches_audit.organisation.id
    done, told = matter(parties=(hospital, churches)), []
    for after in (
        [yes(H), yes(C)],
        [agreed(H, H1, H2, H3), agreed(C, C1, C2)],
        [disclosed(H, H1), disclosed(C, C1)],
        [],
    ):
        found = next_disclosure(done, (hospital_audit, churches_audit), hospital, churches, on=TODAY)
        told.append((str(found.act), found.code, int(found.rung), str(found.grounds)))
        done = replace(done, events=(*done.events, *after))
    assert told == [
        ("said yes", "", 2, "consent"),
        ("agreed to codes", "", 3, "consent"),
        ("disclosed", H1, 4, "first"),
        ("disclosed", H2, 4, "first"),
    ]


def test_answer_names_what_it_answers():
    found = step(*open_codes(), disclosed(H, H1), owner=C, reader=H)
    assert found == NextDisclosure(Act.DISCLOSED, C, H, Rung.WORDS, Grounds.ANSWER, C1, 1, H1)


def test_answer_does_not_name_what_was_withdrawn():
    found = step(*open_codes(), disclosed(H, H1), event(Act.WITHDREW, H, code=H1), owner=C, reader=H)
    assert (found.grounds, found.swap) == (Grounds.ANSWER, "")


def test_own_yes_waits_for_theirs_and_tells_nothing_of_it():
    assert refusal(yes(H)) == "consent-of-both"
    assert step(yes(C)) == step()
    assert refusal(*met(), ASKED, agreed(H, H1)) == "consent-of-both"
    assert step(*met(), ASKED, agreed(C, C1)) == step(*met(), ASKED)


def test_codes_that_wait_are_not_proposed_again():
    waiting = (*met(), ASKED, agreed(H, H1, H2, H3), agreed(C, C1))
    swaps = (disclosed(H, H1), disclosed(C, C1), disclosed(H, H2))
    assert refusal(*waiting, *swaps) == "consent-of-both"
    own = event(Act.ANSWERED, C, code=UNASKED, relevance=Relevance.NO)
    assert step(*waiting, *swaps, own, owner=C, reader=H).act is Act.AGREED


def test_relevance_is_asked_before_codes_are_agreed_to():
    assert step(*met()) == NextDisclosure(Act.ANSWERED, H, C, Rung.IDENTITY, Grounds.FILTER, UNASKED, 7)
    assert step(*met(), ASKED).act is Act.AGREED


def test_next_item_is_the_one_that_needs_help_most_and_was_not_told():
    told = (*open_codes(), aloud(H, H1, H, C), disclosed(C, C1))
    assert (step(*told).code, step(*told).rank) == (H2, 2)


def test_who_is_ahead_waits():
    assert refusal(*open_codes(), disclosed(H, H1)) == "one-item-ahead"


def test_nothing_left_until_a_pilot_and_then_the_next_in_rank():
    told = [disclosed(*pair) for pair in ((H, H1), (C, C1), (H, H2), (C, C2), (H, H3))]
    assert refusal(*open_codes(), *told) == "nothing-left"
    more = [*open_codes(), *told, disclosed(C, "service.clinical_delivery"), PILOT]
    assert (step(*more).code, step(*more).act) == (H4, Act.DISCLOSED)
    later = [*more, disclosed(H, H4), disclosed(C, "knowledge.evaluation")]
    assert (step(*later).code, step(*later).rank) == (HIGH, 5)


def test_pilot_lets_an_unmatched_but_relevant_item_be_told():
    told = [disclosed(H, code) for code in (H1, H2, H3, H4, HIGH)]
    answers = [disclosed(C, code) for code in (*(C1, C2, "service.clinical_delivery", "knowledge.evaluation"), HIGH)]
    swaps = [each for pair in zip(told, answers, strict=True) for each in pair]
    assert step(*open_codes(), PILOT, ASKED, *swaps).code == UNMATCHED


def test_unready_tries_one_item_and_then_waits():
    parties = (C, Y)
    opened = (*met(C, Y), agreed(C, C1, to=Y), agreed(Y, "funding.platform", to=C))
    found = step(*opened, owner=Y, reader=C, parties=parties)
    assert (found.act, found.code, found.grounds) == (Act.TRIED, "funding.platform", Grounds.TRIAL)
    tried = (*opened, event(Act.TRIED, Y, C, "funding.platform"))
    assert refusal(*tried, owner=Y, reader=C, parties=parties) == "one-item-trial"
    cold = event(Act.JUDGED, Y, C, received=Reception.COLDLY_RECEIVED)
    assert refusal(*tried, cold, owner=Y, reader=C, parties=parties) == "one-item-trial"


def test_trial_that_was_well_received_leads_on():
    parties = (C, Y)
    opened = (*met(C, Y), agreed(C, C1, to=Y), agreed(Y, "funding.platform", to=C))
    well = event(Act.JUDGED, Y, C, received=Reception.WELL_RECEIVED)
    done = (*opened, event(Act.TRIED, Y, C, "funding.platform"), well)
    assert step(*done, owner=Y, reader=C, parties=parties).code == UNASKED
    asked = (*done, event(Act.ANSWERED, Y, C, UNASKED, relevance=Relevance.NO))
    assert step(*asked, owner=Y, reader=C, parties=parties).act is Act.AGREED
    more = (*asked, agreed(Y, "funding.fundraising", to=C), aloud(C, C1, C, Y), aloud(C, C2, C, Y))
    found = step(*more, owner=Y, reader=C, parties=parties)
    assert (found.act, found.code, found.grounds) == (Act.DISCLOSED, "funding.fundraising", Grounds.ANSWER)


@pytest.mark.parametrize("before", [(), met(), (*open_codes(), disclosed(H, H1)), (*open_codes(), PILOT)])
def test_material_fact_is_the_next_step_when_money_moves(before):
    found = step(*before, money=True)
    assert (found.act, found.code, found.grounds) == (Act.DISCLOSED, MATERIAL, Grounds.MATERIAL_FACT)


def test_material_fact_told_once_is_not_due_again():
    assert step(*met(), disclosed(H, MATERIAL), money=True).grounds is not Grounds.MATERIAL_FACT
    withdrawn = (*met(), disclosed(H, MATERIAL), event(Act.WITHDREW, H, code=MATERIAL))
    assert step(*withdrawn, money=True).grounds is not Grounds.MATERIAL_FACT


def test_fact_that_arises_after_money_was_announced_is_due():
    facts = (disclosed(H, MATERIAL), disclosed(C, MATERIAL))
    late = Vulnerability("trust.regulatory_legitimacy", 5, 1, words="The regulator wrote.")
    worse = replace(AUDITS[0], organisation=replace(AUDITS[0].organisation, vulnerabilities=(late,)), audited_on=None)
    audits = (replace(worse, audited_on=date(2026, 11, 1)), *AUDITS[1:])
    found = step(*met(), *facts, event(Act.MONEY, C, H), audits=audits)
    assert (found.code, found.grounds) == (late.code, Grounds.MATERIAL_FACT)


def test_what_was_withdrawn_is_not_proposed_again():
    left = (*met(), ASKED, agreed(H, H1), agreed(C, C1), event(Act.WITHDREW, H, code=H1))
    assert step(*left).act is Act.AGREED
    dealing = agree_to_codes(matter(*left), AUDITS, by=H, on=TODAY)
    assert dealing.events[-1].codes == (H2, H3)


def test_high_sensitivity_and_private_gaps_are_never_proposed_before_a_pilot():
    proposed = {step(*open_codes(), *told).code for told in ([], [aloud(H, H1, H, C), disclosed(C, C1)])}
    assert proposed == {H1, H2}


@pytest.mark.parametrize("over", [Act.ENDED, Act.EXPLOITED])
def test_nothing_is_due_and_nothing_proposed_when_it_is_over(over):
    rule = "exploited" if over is Act.EXPLOITED else "ended-matter"
    assert refusal(*met(), event(over, C, H), money=True) == rule


@pytest.mark.parametrize(("owner", "reader"), [(STRANGER, H), (H, STRANGER), (H, H)])
def test_only_parties_are_proposed_anything(owner, reader):
    assert refusal(owner=owner, reader=reader) == "parties-only"


def test_party_without_an_audit_is_sent_to_write_one():
    assert refusal(audits=(AUDITS[1],)) == "stated-in-the-audit"


def without_what_is_hidden(play, owner: str, reader: str) -> tuple[Audit, ...]:
    """The audits as they would be if the reader had none of what it has not opened to the owner, but other things."""
    seen = visible(play.state, AUDITS, reader, owner)
    theirs = BY_ID[reader].organisation
    kept = tuple(gap for gap in theirs.vulnerabilities if gap.code in seen.codes)
    hidden = (Vulnerability("ops.throughput", 5, 1), Vulnerability("funding.reserves", 5, 2))
    opened = [offer for offer in theirs.offers if seen.rung < Rung.CODES or offer.code in codes_of(owner)]
    offers = (*opened, Offer("ops.throughput", 5, 5))
    other = replace(theirs, vulnerabilities=(*kept, *hidden), offers=offers)
    # It was made after everything, so that it judges nothing of what was done.
    return tuple(
        replace(each, organisation=other, audited_on=date.max) if each == BY_ID[reader] else each for each in AUDITS
    )


@pytest.mark.parametrize("seed", range(30))
def test_proposal_rests_on_what_the_reader_has_opened_and_on_nothing_else(seed):
    play, chance = walk(seed, 25), Random(seed)
    owner, reader = chance.sample(play.watch.parties, 2)

    def told(audits):
        try:
            return next_disclosure(play.matter, audits, owner, reader, on=play.day, money_moves=chance.random() < 0.3)
        except NotAllowed as refused:
            return refused.rule

    chance.seed(seed)
    first = told(AUDITS)
    chance.seed(seed)
    assert told(without_what_is_hidden(play, owner, reader)) == first
