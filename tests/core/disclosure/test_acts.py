"""The story of a dealing, told with the acts themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lichen.audit.values import Audit, Readiness
from lichen.disclosure import acts
from lichen.disclosure.items import Unready, unreadiness
from lichen.disclosure.matched import matched_codes
from lichen.disclosure.owed import material_facts_due
from lichen.disclosure.replay import record_event, state_of
from lichen.disclosure.values import Act, Conversation, DisclosureRules, Reception, Said
from lichen.errors import NotAllowed
from lichen.scales import Relevance
from tests.cast import churches, farmers, hospital
from tests.core.disclosure.seated import AUDITS, HIGH, MATERIAL, UNASKED
from tests.core.disclosure.told import (
    C1,
    H1,
    H2,
    H3,
    TODAY,
    C,
    F,
    H,
    Y,
    after,
    agreed,
    disclosed,
    event,
    matter,
    met,
    open_codes,
)


def test_every_act_appends_its_event():
    talk = Conversation((H, C), (Said(H, H1),), "They nodded.", "One fair in May.")
    done = acts.say_yes(matter(), AUDITS, by=H, on=TODAY)
    done = acts.say_yes(done, AUDITS, by=C, on=TODAY)
    done = acts.hold_conversation(done, AUDITS, talk, on=TODAY)
    done = acts.answer_relevance(done, AUDITS, by=H, code=UNASKED, relevance=Relevance.NO, on=TODAY)
    done = acts.agree_to_codes(done, AUDITS, by=H, on=TODAY)
    done = acts.agree_to_codes(done, AUDITS, by=C, to=H, on=TODAY)
    done = acts.try_one_item(done, AUDITS, by=C, code=C1, on=TODAY)
    done = acts.judge_trial(done, AUDITS, by=C, received=Reception.WELL_RECEIVED, on=TODAY)
    done = acts.disclose_vulnerability(done, AUDITS, by=H, code=H1, on=TODAY)
    done = acts.disclose_vulnerability(done, AUDITS, by=H, code=MATERIAL, on=TODAY)
    done = acts.disclose_vulnerability(done, AUDITS, by=C, code=MATERIAL, on=TODAY)
    done = acts.announce_money(done, AUDITS, by=H, on=TODAY)
    done = acts.begin_pilot(done, AUDITS, on=TODAY)
    done = acts.withdraw_disclosure(done, AUDITS, by=H, code=H1, on=TODAY)
    for party in (H, C):
        done = acts.agree_to_newcomer(done, AUDITS, by=party, newcomer=F, on=TODAY)
    done = acts.join_matter(done, AUDITS, newcomer=F, on=TODAY)
    done = acts.report_exploitation(done, AUDITS, by=H, to=C, on=TODAY)
    assert {each.what for each in done.events} == {*Act} - {Act.ENDED, Act.RING_AGREED}
    assert [each.material for each in done.events if each.what is Act.DISCLOSED] == [False, True, True]
    assert acts.end_matter(matter(), AUDITS, note="They moved away.", on=TODAY).events[0].note == "They moved away."


def test_first_agreement_names_the_top_three_that_match():
    done = acts.agree_to_codes(matter(*met()), AUDITS, by=H, on=TODAY)
    assert done.events[-1].codes == (H1, H2, H3)
    kept = acts.agree_to_codes(matter(*met()), AUDITS, by=H, but=[H1, H2], on=TODAY)
    assert kept.events[-1].codes == (H3, "people.volunteers")


def test_agreement_after_a_pilot_names_all_the_rest():
    done = acts.begin_pilot(matter(*open_codes()), AUDITS, on=TODAY)
    assert acts.agree_to_codes(done, AUDITS, by=H, on=TODAY).events[-1].codes == ("people.volunteers", HIGH)


def test_agreement_of_the_unready_names_one():
    done = acts.agree_to_codes(matter(*met(C, Y), parties=(C, Y)), AUDITS, by=Y, on=TODAY)
    assert done.events[-1].codes == ("funding.fundraising",)


def test_agreement_leaves_out_what_was_withdrawn_one_by_one():
    done = acts.withdraw_disclosure(matter(*open_codes()), AUDITS, by=H, code=H2, on=TODAY)
    with pytest.raises(NotAllowed, match="nothing-left"):
        acts.agree_to_codes(done, AUDITS, by=H, on=TODAY)
    again = record_event(done, AUDITS, agreed(H, H2))
    assert state_of(again, AUDITS).open_codes(H, C) == (H1, H3, H2)


def test_agreement_after_everything_was_withdrawn_begins_anew():
    done = acts.withdraw_disclosure(matter(*open_codes()), AUDITS, by=H, on=TODAY)
    for each in met():
        done = record_event(done, AUDITS, each)
    assert acts.agree_to_codes(done, AUDITS, by=H, on=TODAY).events[-1].codes == (H1, H2, H3)


@pytest.mark.parametrize(
    ("by", "rule"), [(H, "nothing-left"), ("example-stranger", "parties-only"), ("nobody", "parties-only")]
)
def test_agreement_without_anything_to_show_is_refused(by, rule):
    with pytest.raises(NotAllowed) as refusal:
        acts.agree_to_codes(matter(*open_codes()), AUDITS, by=by, on=TODAY)
    assert refusal.value.rule == rule


def test_three_have_to_say_with_whom_they_agree():
    then = matter(*met(H, C), *met(H, F), parties=(H, C, F))
    with pytest.raises(NotAllowed) as refusal:
        acts.agree_to_codes(then, AUDITS, by=H, on=TODAY)
    assert refusal.value.rule == "name-the-readers"


def test_acts_leave_what_they_were_given_as_it_was():
    then = matter(*open_codes())
    acts.disclose_vulnerability(then, AUDITS, by=H, code=H1, on=TODAY)
    assert then == matter(*open_codes())
    assert state_of(then, AUDITS).told(H, C) == ()


def test_who_is_not_ready_says_why_and_silence_is_no_reason():
    few = Audit(replace(hospital, vulnerabilities=()), Readiness(leadership_aligned=False, hours=1.5))
    assert [str(why) for why in unreadiness(few, DisclosureRules())] == [
        "leadership not aligned", "few gaps", "little time",
    ]  # fmt: skip
    assert unreadiness(few, DisclosureRules(gaps=0, hours=1.5)) == (Unready.LEADERSHIP,)
    assert unreadiness(Audit(hospital), DisclosureRules()) == ()


def test_material_facts_are_due_until_told_and_only_while_something_may_move():
    due = [
        material_facts_due(after(*events), AUDITS[0], reader)
        for events, reader in (
            ((), C), (met(), C), ((disclosed(H, MATERIAL),), C), ((event(Act.ENDED),), C), (met(), F),
        )
    ]  # fmt: skip
    assert due == [(MATERIAL,), (MATERIAL,), (), (), ()]


def test_only_gaps_that_the_other_could_ease_are_matched():
    assert matched_codes(churches, hospital) == (
        "knowledge.medical", "funding.fundraising", "service.clinical_delivery", "knowledge.evaluation",
    )  # fmt: skip
    assert matched_codes(farmers, hospital) == ("tech.data_systems",)
