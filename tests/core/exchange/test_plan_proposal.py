"""The fairest plan beside the best that trying everything finds, its certificate, and who goes without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lichen.audit.values import Offer, Organisation, Vulnerability
from lichen.errors import InputError
from lichen.exchange.plan.proposal import fairest_plan
from lichen.exchange.plan.values import Gift, Plan, PlanRules, WhyUnserved
from lichen.fit.cover import cover
from tests.cast import churches, distributor, everyone, farmers, hospital, stranger
from tests.core.exchange.by_trying import MOST, best_plan, possible
from tests.strategies import CODES, alliances, modest

EXACT = 3e-6
"""How far the solver may be off, in net gains."""

amounts = st.sampled_from((0.5, 1.0, 2.0, 3.0))


@st.composite
def rules_for(draw: st.DrawFn, partners: Sequence[Organisation]) -> PlanRules:
    """Rules with capacities of their own for some partners, and efforts for some offers."""
    offers = [(one.id, offer.code) for one in partners for offer in one.offers]
    return PlanRules(
        capacity=draw(amounts),
        capacities=draw(st.dictionaries(st.sampled_from([one.id for one in partners]), st.just(0.0) | amounts)),
        effort=draw(amounts),
        efforts=draw(st.dictionaries(st.sampled_from(offers), amounts)) if offers else {},
        burden=draw(st.sampled_from((0.0, 0.05, 0.1, 0.4))),
    )


@st.composite
def markets(draw: st.DrawFn, most: int = 5) -> tuple[tuple[Organisation, ...], PlanRules]:
    partners = draw(alliances(2, most))
    return partners, draw(rules_for(partners))


def one(name: str, lacks: str | Sequence[Vulnerability], offers: str | Sequence[Offer]) -> Organisation:
    gaps = (Vulnerability(lacks, 4),) if isinstance(lacks, str) else tuple(lacks)
    given = (Offer(offers, 5, 5),) if isinstance(offers, str) else tuple(offers)
    return Organisation(name, name.capitalize(), vulnerabilities=gaps, offers=given)


def passed(plan: Plan) -> list[tuple[str, str, str]]:
    return [(gift.giver, gift.receiver, gift.code) for gift in plan.gifts]


def nets(plan: Plan) -> list[float]:
    return [gain.net for gain in plan.gains]


FARM = one("farm", "ops.logistics", "trust.underserved")
BANK = one("bank", "trust.underserved", "funding.reserves")
DEPOT = one("depot", "funding.reserves", "ops.logistics")


def test_hospital_and_churches_give_what_the_other_lacks():
    plan = fairest_plan([hospital, churches])
    assert passed(plan) == [
        ("example-hospital", "example-churches", "knowledge.medical"),
        ("example-hospital", "example-churches", "funding.grantmaking"),
        ("example-churches", "example-hospital", "trust.underserved"),
        ("example-churches", "example-hospital", "people.languages"),
        ("example-churches", "example-hospital", "assets.venue"),
    ]
    assert [gap.code for gap in plan.uncovered] == ["governance.succession", "people.wellbeing"]
    assert (plan.unserved, plan.certificate.is_optimal) == ((), True)


def test_ring_of_three_is_planned_where_no_pair_can_swap():
    plan = fairest_plan([FARM, BANK, DEPOT], rules=PlanRules(capacity=1))
    assert passed(plan) == [
        ("farm", "bank", "trust.underserved"),
        ("bank", "depot", "funding.reserves"),
        ("depot", "farm", "ops.logistics"),
    ]
    assert nets(plan) == pytest.approx([0.9, 0.9, 0.9])


def test_smallest_gain_comes_before_the_product():
    """One gift would be worth more to whoever has plenty already; it goes to the one who has least."""
    rich = one(
        "rich", [Vulnerability("people.volunteers", 5, 1), Vulnerability("ops.logistics", 5, 2)], "trust.community"
    )
    poor = one(
        "poor", [Vulnerability("ops.logistics", 1, 2), Vulnerability("funding.solvency", 5, 1)], "people.volunteers"
    )
    depot = one("depot", "trust.community", "ops.logistics")
    plan = fairest_plan([rich, poor, depot], rules=PlanRules(capacity=1, burden=0.0))
    assert ("depot", "poor", "ops.logistics") in passed(plan)
    assert [gain.partner for gain in plan.lowest] == ["poor"]


def test_second_gift_to_a_gap_adds_only_what_is_not_covered():
    strong, weak = (
        one("strong", "trust.community", "ops.logistics"),
        one("weak", "trust.community", [Offer("ops.logistics", 2, 5)]),
    )
    farm = one("farm", "ops.logistics", "trust.community")
    plan = fairest_plan([farm, strong, weak], rules=PlanRules(burden=0.0))
    assert plan.gains[0].received == 1.0
    assert [gift.giver for gift in plan.gifts if gift.receiver == "farm"] == ["strong"]


def test_everything_given_by_one_partner_is_the_cover_of_the_fit():
    plan = fairest_plan([hospital, churches], rules=PlanRules(capacity=20, burden=0.0))
    assert [gain.received for gain in plan.gains] == pytest.approx(
        [cover(hospital, churches), cover(churches, hospital)]
    )


def test_hours_limit_what_is_given():
    """Four hours are enough for the two small gifts and not for the large one beside either."""
    gaps = [
        Vulnerability("ops.logistics", 5),
        Vulnerability("people.volunteers", 3),
        Vulnerability("people.languages", 3),
    ]
    offers = [Offer(gap.code, 5, 5) for gap in gaps]
    farm, depot = one("farm", gaps, "trust.community"), one("depot", "trust.community", offers)
    hours = {("depot", "ops.logistics"): 4.0, ("depot", "people.volunteers"): 2.0, ("depot", "people.languages"): 2.0}
    plan = fairest_plan([farm, depot], rules=PlanRules(capacities={"depot": 4.0}, efforts=hours))
    assert [gift.code for gift in plan.gifts if gift.giver == "depot"] == ["people.languages", "people.volunteers"]
    assert (plan.gains[1].effort, plan.gains[1].cost) == (4.0, pytest.approx(0.1))


def test_nobody_stands_in_the_way_of_the_others():
    """Each of those who cannot gain is named with the reason, and the rest is planned as if they were not there."""
    lonely = one("lonely", "policy.procurement", "ops.logistics")
    needy = one("needy", "people.volunteers", "trust.community")
    silent = Organisation("silent", "Silent", offers=(Offer("people.volunteers", 5, 5),))
    tired = one("tired", "knowledge.crop_cycles", [])
    able = one("able", "trust.underserved", "knowledge.crop_cycles")
    plan = fairest_plan(
        [FARM, BANK, DEPOT, lonely, needy, silent, tired, able], rules=PlanRules(capacities={"able": 0.0})
    )
    assert {each.partner: each.why for each in plan.unserved} == {
        "lonely": WhyUnserved.NOBODY_OFFERS,
        "needy": WhyUnserved.GIVERS_UNSERVED,
        "silent": WhyUnserved.GAPS_UNKNOWN,
        "tired": WhyUnserved.NO_CAPACITY,
    }
    assert [gain.partner for gain in plan.gains if gain.net > 0.9] == ["farm", "bank", "depot", "able"]


def test_where_there_is_not_enough_most_are_served():
    """One lorry and two farms: one goes without, the other two gain, and it is said that others came first."""
    farms = [one(name, "ops.logistics", "trust.community") for name in ("east", "west")]
    plan = fairest_plan(
        [*farms, one("depot", "trust.community", "ops.logistics")], rules=PlanRules(capacities={"depot": 1.0})
    )
    assert (plan.certificate.served, plan.certificate.served_bound) == (2, 2)
    assert [each.why for each in plan.unserved] == [WhyUnserved.OTHERS_FIRST]


def test_gift_that_costs_more_than_comes_back_is_not_asked_for():
    small = one(
        "small", [Vulnerability("ops.logistics", 1, 2), Vulnerability("funding.solvency", 5, 1)], "trust.community"
    )
    plan = fairest_plan(
        [small, one("depot", "trust.community", "ops.logistics")], rules=PlanRules(capacity=1, burden=0.5)
    )
    assert (plan.gifts, [each.why for each in plan.unserved]) == ((), [WhyUnserved.GIVERS_UNSERVED] * 2)


@pytest.mark.parametrize("partners", [(), (hospital,), (stranger,), (hospital, stranger)], ids=len)
def test_nothing_to_give_is_an_answer(partners: Sequence[Organisation]):
    plan = fairest_plan(partners)
    assert (plan.gifts, plan.possible, len(plan.unserved)) == ((), 0, len(partners))
    assert plan.certificate.is_optimal


@given(markets())
@settings(modest, max_examples=40)
def test_plan_is_as_good_as_the_best_of_all(market: tuple[tuple[Organisation, ...], PlanRules]):
    partners, rules = market
    assume(len(possible(partners, rules)) <= MOST)
    check_against_all(partners, rules)


@pytest.mark.long
@given(markets())
@settings(modest, max_examples=1500)
def test_plan_is_as_good_as_the_best_of_all_at_length(market: tuple[tuple[Organisation, ...], PlanRules]):
    partners, rules = market
    assume(len(possible(partners, rules)) <= MOST)
    check_against_all(partners, rules)


def check_against_all(partners: Sequence[Organisation], rules: PlanRules) -> None:
    found, tried = fairest_plan(partners, rules=rules).certificate, best_plan(partners, rules)
    assert (found.served, found.served_bound, found.is_optimal) == (tried.served, tried.served, True)
    assert (found.smallest, found.mean) == pytest.approx((tried.smallest, tried.mean), abs=EXACT)


@given(markets(6))
@modest
def test_plan_keeps_to_capacities_and_real_offers(market: tuple[tuple[Organisation, ...], PlanRules]):
    partners, rules = market
    plan, by_id = fairest_plan(partners, rules=rules), {each.id: each for each in partners}
    for gift in plan.gifts:
        giver, receiver = by_id[gift.giver], by_id[gift.receiver]
        assert gift.code in {offer.code for offer in giver.offers}
        assert {met.gap for met in gift.meets} <= {gap.code for gap in receiver.vulnerabilities}
        assert gift.worth > 0
    for gain in plan.gains:
        assert gain.effort <= gain.capacity + 1e-9
        assert gain.net >= -EXACT
        assert gain.received == pytest.approx(sum(gift.worth for gift in plan.gifts if gift.receiver == gain.partner))
        assert gain.cost == pytest.approx(sum(gift.cost for gift in plan.gifts if gift.giver == gain.partner))


@given(markets(), st.data())
@modest
def test_more_capacity_never_serves_fewer_nor_lowers_the_smallest_gain(
    market: tuple[tuple[Organisation, ...], PlanRules], data: st.DataObject
):
    partners, rules = market
    lucky = data.draw(st.sampled_from(partners)).id
    more = {**rules.capacities, lucky: rules.capacities.get(lucky, rules.capacity) + 1}
    before, after = (
        fairest_plan(partners, rules=each).certificate for each in (rules, replace(rules, capacities=more))
    )
    assert (after.served, after.smallest + EXACT) >= (before.served, before.smallest)


@given(markets(), st.randoms(use_true_random=False))
@modest
def test_order_of_the_partners_does_not_matter(market: tuple[tuple[Organisation, ...], PlanRules], random: Random):
    partners, rules = market
    turned = random.sample(partners, len(partners))
    one_way, other = fairest_plan(partners, rules=rules), fairest_plan(turned, rules=rules)
    assert one_way.certificate == other.certificate
    assert {*passed(one_way)} == {*passed(other)}


@given(alliances(2, 4))
@modest
def test_names_do_not_matter(partners: tuple[Organisation, ...]):
    """With other ids the solver sees another order; the plan may be another of the same worth, and no worse."""
    renamed = [replace(each, id=f"{len(partners) - place}") for place, each in enumerate(partners)]
    found, other = (fairest_plan(each).certificate for each in (partners, renamed))
    assert found.served == other.served
    assert (found.smallest, found.mean) == pytest.approx((other.smallest, other.mean), abs=EXACT)


def test_whole_cast_is_planned_and_proven():
    plan = fairest_plan(everyone)
    assert (plan.possible, plan.certificate.served, plan.certificate.is_optimal) == (83, 10, True)
    assert [(each.partner, each.why) for each in plan.unserved] == [("example-stranger", WhyUnserved.GAPS_UNKNOWN)]
    assert plan.certificate.smallest == pytest.approx(min(gain.net for gain in plan.gains[:-1]))
    assert plan.uncovered[0].partners == ("example-distributor", "example-foundation")


def drawn(random: Random, place: int) -> Organisation:
    gaps, offers = random.sample(CODES, 4), random.sample(CODES, 3)
    return Organisation(
        f"id-{place}",
        f"Organisation {place}",
        vulnerabilities=tuple(Vulnerability(code, random.randint(2, 5), rank) for rank, code in enumerate(gaps, 1)),
        offers=tuple(Offer(code, random.randint(2, 5), random.randint(1, 5)) for code in offers),
    )


def test_search_cut_short_says_how_far_off_it_may_be():
    random = Random(3)
    partners = [drawn(random, place) for place in range(6)]
    hasty, whole = (fairest_plan(partners, rules=PlanRules(nodes=nodes)).certificate for nodes in (1, 2_000))
    assert (whole.is_optimal, hasty.is_optimal) == (True, False)
    assert hasty.served_bound >= whole.served >= hasty.served
    assert hasty.smallest <= whole.smallest <= hasty.smallest_bound + EXACT
    assert hasty.smallest_gap > hasty.tolerance


def test_same_question_has_the_same_answer():
    few = hospital, churches, farmers, distributor
    assert fairest_plan(few) == fairest_plan(few)


def test_rules_about_nobody_are_refused_all_at_once():
    rules = PlanRules(capacities={"nobody": 1}, efforts={("example-farmers", "ops.logistics"): 1})
    with pytest.raises(InputError) as refusal:
        fairest_plan([farmers, distributor, farmers], rules=rules)
    assert [problem.column for problem in refusal.value.problems] == ["id", "capacities", "efforts"]


def test_numbers_out_of_range_are_refused_all_at_once():
    with pytest.raises(InputError) as refusal:
        PlanRules(
            capacity=-1, capacities={"a": float("nan")}, effort=0, efforts={("a", "b"): -2}, burden=-0.1, seconds=0
        )
    wrong = ["capacity", "burden", "capacities", "effort", "efforts", "seconds"]
    assert [problem.column for problem in refusal.value.problems] == wrong


def test_gift_is_worth_what_the_gaps_add_up_to():
    [gift] = [each for each in fairest_plan([FARM, BANK, DEPOT]).gifts if each.giver == "farm"]
    assert isinstance(gift, Gift)
    assert (gift.worth, gift.cost, gift.kinds[0]) == (1.0, pytest.approx(0.1 / 3), "credibility")
