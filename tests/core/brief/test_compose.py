"""What a brief chooses: the one gap to lead with, what follows, what is offered, what is left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from lichen.audit.values import Offer, Organisation, Source, Vulnerability
from lichen.audit.weighing import gap_weights
from lichen.brief.as_html import brief_html
from lichen.brief.as_markdown import brief_markdown
from lichen.brief.compose import brief_for
from lichen.brief.values import Basis, Because, LeftOut, Way
from lichen.errors import InputError
from lichen.fit.reasons import gap_reason
from lichen.scales import Relevance, Sector, Sensitivity
from tests.cast import churches, city, everyone, farmers, foundation, hospital, meadow, startup, stranger, youth
from tests.core.brief.drawn import few, pairs

YES = Relevance.YES
REGISTER = Source("a register", "We visit the sick.", 0.5)


def us(*gaps: Vulnerability, offers: tuple[Offer, ...] = (Offer("ops.logistics", 4, 4),)) -> Organisation:
    return Organisation("us", "Us", vulnerabilities=gaps, offers=offers)


def them(*offers: Offer, gaps: tuple[Vulnerability, ...] = (), sector: Sector = Sector.OTHER) -> Organisation:
    return Organisation("them", "Them", sector=sector, vulnerabilities=gaps, offers=offers)


def test_brief_of_the_hospital_leads_with_what_the_churches_meet_best():
    made = brief_for(hospital, churches)
    assert made.lead is not None
    assert (made.lead.code, made.lead.offer, made.lead.share) == (
        "trust.underserved",
        "trust.underserved",
        pytest.approx(0.7),
    )
    assert [ask.code for ask in made.later] == ["people.languages", "assets.venue"]
    assert [(back.offer, back.aim, back.basis) for back in made.returns] == [
        ("knowledge.medical", "knowledge.medical", Basis.STATED),
        ("service.clinical_delivery", "service.clinical_delivery", Basis.STATED),
        ("funding.grantmaking", "funding.fundraising", Basis.STATED),
    ]
    assert made.left_out == (
        LeftOut("people.wellbeing", Because.SENSITIVE),
        LeftOut("people.volunteers", Because.LATER),
        LeftOut("knowledge.local", Because.LATER),
    )
    assert made.fits
    assert not made.material_fact


@pytest.mark.parametrize(
    ("one", "other", "lead", "offer", "activity"),
    [
        (churches, hospital, "knowledge.medical", "trust.underserved", "one joint health fair"),
        (youth, foundation, "funding.fundraising", "trust.community", "one joint campaign with one goal"),
        (startup, city, "market.public_contracts", "tech.software_development", "one tool in one department"),
        (farmers, everyone[3], "ops.logistics", "trust.community", "one delivery round a week"),
    ],
    ids=lambda given: given.name if isinstance(given, Organisation) else given,
)
def test_brief_of_the_articles_pairs(one: Organisation, other: Organisation, lead: str, offer: str, activity: str):
    made = brief_for(one, other)
    assert made.lead is not None
    assert made.step is not None
    assert (made.lead.code, made.returns[0].offer, made.step.activity) == (lead, offer, activity)


def test_relevant_gap_goes_before_a_heavier_one_that_nobody_asked_about():
    unasked = Vulnerability("trust.community", 5, 1)
    relevant = Vulnerability("assets.venue", 2, 2, relevance=YES)
    made = brief_for(us(unasked, relevant), them(Offer("trust.community", 5, 5), Offer("assets.venue", 2, 1)))
    assert made.lead is not None
    assert (made.lead.code, made.later[0].code, made.later[0].relevance) == (
        "assets.venue",
        "trust.community",
        Relevance.UNASKED,
    )


def test_lead_is_weight_times_how_well_they_meet_it():
    heavy = Vulnerability("trust.community", 5, 1, relevance=YES)
    light = Vulnerability("assets.venue", 4, 2, relevance=YES)
    weak, strong = Offer("trust.community", 1, 1), Offer("assets.venue", 5, 5)
    made = brief_for(us(heavy, light), them(weak, strong))
    assert made.lead is not None
    assert made.lead.code == "assets.venue"  # 0.21 × 1.0 against 0.79 × 0.12


def test_own_words_decide_between_equals():
    plain = Vulnerability("assets.equipment", 3, relevance=YES)
    told = Vulnerability("assets.vehicles", 3, relevance=YES, words="The van is dead.")
    made = brief_for(us(plain, told), them(Offer("assets.equipment", 3), Offer("assets.vehicles", 3)))
    assert made.lead is not None
    assert made.lead.words == "The van is dead."


@pytest.mark.parametrize(
    ("gap", "because"),
    [
        (Vulnerability("assets.venue", sensitivity=Sensitivity.HIGH, relevance=YES), Because.SENSITIVE),
        (Vulnerability("assets.venue", sensitivity=Sensitivity.HIGH, relevance=Relevance.NO), Because.SENSITIVE),
        (Vulnerability("governance.board", relevance=YES), Because.SENSITIVE),
        (Vulnerability("no.such_code", relevance=YES), Because.SENSITIVE),
        (Vulnerability("no.such_code", sensitivity=Sensitivity.LOW, relevance=YES), Because.UNCONFIRMED),
        (Vulnerability("assets.venue", relevance=Relevance.NO), Because.IRRELEVANT),
        (Vulnerability("assets.venue", relevance=YES, source=REGISTER), Because.SUGGESTED),
        (Vulnerability("assets.venue", relevance=YES, confirmed=False), Because.UNCONFIRMED),
        (Vulnerability("people.languages", relevance=YES), Because.UNMET),
    ],
)
def test_gap_is_left_out_with_its_reason(gap: Vulnerability, because: Because):
    made = brief_for(us(gap), them(Offer("assets.venue", 5, 5), Offer("governance.board", 5, 5)))
    assert made.lead is None
    assert made.left_out == (LeftOut(gap.code, because),)
    assert made.left_out_counts == {because: 1}


def test_one_hushed_entry_hushes_its_code():
    gaps = (
        Vulnerability("assets.venue", relevance=YES, words="open"),
        Vulnerability("assets.venue", relevance=Relevance.NO, words="closed"),
    )
    made = brief_for(us(*gaps), them(Offer("assets.venue", 5, 5)))
    assert made.lead is None
    assert [item.because for item in made.left_out] == [Because.HUSHED, Because.IRRELEVANT]


def test_offer_with_the_name_of_a_hushed_gap_is_not_offered():
    gap = Vulnerability("assets.venue", relevance=YES)
    hidden = Vulnerability("ops.logistics", relevance=Relevance.NO)
    made = brief_for(us(gap, hidden), them(Offer("assets.venue")))
    assert (made.theirs, made.returns) == (Way.SILENT, ())


@pytest.mark.parametrize("offer", [Offer("ops.logistics", source=REGISTER), Offer("ops.logistics", confirmed=False)])
def test_offer_that_we_have_not_stated_is_not_promised(offer: Offer):
    lacking = Vulnerability("ops.logistics", 5, 1)
    assert brief_for(us(offers=(offer,)), them(gaps=(lacking,))).returns == ()


def test_gap_of_theirs_that_a_source_suggests_is_a_question():
    suggested = Vulnerability("ops.logistics", source=REGISTER)
    [back] = brief_for(us(), them(gaps=(suggested,))).returns
    assert (back.basis, back.source, back.aim) == (Basis.SUGGESTED, "a register", "ops.logistics")


def test_high_sensitivity_of_theirs_leaves_them_as_if_unknown():
    secret = Vulnerability("ops.logistics", 5, 1, sensitivity=Sensitivity.HIGH)
    gap = Vulnerability("assets.venue", relevance=YES)
    known = them(Offer("assets.venue"), gaps=(secret,))
    offers = (Offer("ops.logistics", 4, 4), Offer("knowledge.legal", 3, 3))
    made = brief_for(us(gap, offers=offers), known)
    without = brief_for(us(gap, offers=offers[1:]), replace(known, vulnerabilities=()))
    assert made == without
    assert made.theirs is Way.UNKNOWN


def test_unknown_partner_is_asked_about_what_is_often_said_of_its_kind():
    made = brief_for(youth, stranger)
    assert (made.ours, made.theirs) == (Way.UNKNOWN, Way.UNKNOWN)
    assert [(back.aim, back.basis) for back in made.returns] == [("trust.community", Basis.SECTOR)]
    assert made.lead is not None
    assert (made.lead.code, made.lead.offer, made.later) == ("funding.fundraising", None, ())
    assert made.step is not None
    assert (made.step.theirs, made.step.activity) == (None, "one working day together on one real problem")


def test_unknown_partner_is_asked_openly_where_we_have_nothing_for_its_kind():
    made = brief_for(hospital, stranger)
    assert [(back.offer, back.aim, back.basis) for back in made.returns] == [
        ("service.clinical_delivery", None, Basis.OPEN),
        ("knowledge.medical", None, Basis.OPEN),
        ("funding.grantmaking", None, Basis.OPEN),
    ]


def test_partner_that_could_help_but_needs_nothing_of_ours_is_one_way():
    made = brief_for(youth, replace(foundation, vulnerabilities=(Vulnerability("ops.logistics", 5, 1),)))
    assert (made.ours, made.theirs, made.fits) == (Way.MET, Way.UNMET, False)
    assert [(back.offer, back.basis) for back in made.returns] == [
        ("knowledge.curriculum", Basis.OPEN),
        ("service.education_delivery", Basis.OPEN),
        ("trust.community", Basis.OPEN),
    ]


def test_no_fit_is_an_answer_and_says_what_would_make_one():
    made = brief_for(hospital, startup)
    assert (made.ours, made.theirs, made.fits) == (Way.UNMET, Way.MET, False)
    assert (made.lead, made.later, made.step) == (None, (), None)
    assert made.missing == ("trust.underserved", "people.languages", "assets.venue")


def test_organisation_without_an_audit_has_nothing_to_say():
    made = brief_for(stranger, hospital)
    assert (made.ours, made.theirs, made.lead, made.returns, made.missing) == (Way.SILENT, Way.SILENT, None, (), ())


def test_material_fact_is_noticed_and_not_named():
    made = brief_for(meadow, everyone[5])
    assert made.material_fact  # six weeks of money
    assert made.left_out[0] == LeftOut("funding.reserves", Because.SENSITIVE)


def test_step_is_limited_by_what_is_asked_for():
    step = brief_for(hospital, churches, months=2, budget=500, today=date(2026, 12, 31)).step
    assert step is not None
    assert (step.months, step.budget, step.currency, step.look_back_on) == (2, 500, "£", date(2027, 2, 28))
    assert step.ours is not None
    assert step.theirs is not None
    assert (step.ours.code, step.theirs.code) == ("knowledge.medical", "trust.underserved")
    assert (step.ours.kinds, step.theirs.kinds) == (("expertise", "staff_time"), ("credibility", "reach"))


def test_brief_refuses_all_that_is_wrong_at_once():
    with pytest.raises(InputError) as refusal:
        brief_for(hospital, hospital, months=0, budget=-1)
    assert [problem.column for problem in refusal.value.problems] == ["", "months", "budget"]


@few
@given(pairs)
def test_brief_leads_with_the_best_that_may_be_named(pair: tuple[Organisation, Organisation]):
    """Every other choice, tried one by one, is no better."""
    me, partner = pair
    made = brief_for(me, partner)
    silent = {g.code for o in pair for g in o.vulnerabilities if g.guarded is Sensitivity.HIGH or g.relevance == "no"}
    own = {g.code for g in me.vulnerabilities if g.guarded is Sensitivity.HIGH or g.relevance == "no"}
    open_gaps = tuple(g for g in me.vulnerabilities if g.code not in own and g.source is None and g.confirmed)
    offers = [offer for offer in partner.offers if offer.code not in silent]
    worths = [
        (gap.relevance is YES, reason.contribution, gap.words)
        for gap, weight in zip(open_gaps, gap_weights(replace(me, vulnerabilities=open_gaps)), strict=True)
        if (reason := gap_reason(gap, weight, offers)) is not None
    ]
    if made.ours is Way.MET and made.lead is not None:
        asked, best, _ = max(worths)
        assert any(made.lead.words == words for *value, words in worths if value == [asked, pytest.approx(best)])
    else:
        assert worths == []


@few
@given(pairs)
def test_every_gap_of_ours_is_named_or_left_out(pair: tuple[Organisation, Organisation]):
    made = brief_for(*pair)
    named = [ask.code for ask in ((made.lead, *made.later) if made.lead else ())]
    assert Counter(named) + Counter(item.code for item in made.left_out) == Counter(
        gap.code for gap in pair[0].vulnerabilities
    )
    assert len(named) <= 3


def test_offer_of_theirs_with_the_name_of_a_hushed_gap_is_passed_over():
    gaps = (
        Vulnerability("trust.underserved", 5, 1, relevance=YES),
        Vulnerability("trust.community", relevance=Relevance.NO),
    )
    assert brief_for(us(*gaps), them(Offer("trust.community", 5, 5))).ours is Way.UNMET
    assert brief_for(us(*gaps[:1]), them(Offer("trust.community", 5, 5))).ours is Way.MET


def test_what_is_often_said_of_their_kind_is_not_asked_where_either_side_hushes_it():
    offers = (Offer("trust.underserved", 4, 4),)
    hidden = (Vulnerability("trust.community", relevance=Relevance.NO),)
    for ours, theirs, basis in [((), (), Basis.SECTOR), (hidden, (), Basis.OPEN), ((), hidden, Basis.OPEN)]:
        [back] = brief_for(us(*ours, offers=offers), them(gaps=theirs, sector=Sector.BUSINESS)).returns
        assert back.basis is basis


def test_gap_that_they_have_recorded_twice_is_answered_once_by_the_surer_entry():
    gaps = (Vulnerability("ops.logistics", 3, source=REGISTER), Vulnerability("ops.logistics", 3))
    [back] = brief_for(us(), them(gaps=gaps)).returns
    assert (back.aim, back.basis) == ("ops.logistics", Basis.STATED)


def test_spare_capacity_that_says_whom_to_ask_is_on_no_page():
    told = replace(hospital.offers[0], spare="ask Dr Amina Yusuf on 020 7946 0000")
    brief = brief_for(replace(hospital, offers=(told, *hospital.offers[1:])), churches)

    assert [page for page in (brief_markdown(brief), brief_html(brief)) if "Yusuf" in page or "7946" in page] == []


def test_gap_without_a_code_is_left_out_as_unconfirmed():
    unnamed = Vulnerability("", words="the thing with the thing", confirmed=False)
    brief = brief_for(replace(hospital, vulnerabilities=(*hospital.vulnerabilities, unnamed)), churches)

    assert [each.because for each in brief.left_out if not each.code] == [Because.UNCONFIRMED]
