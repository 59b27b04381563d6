from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.audit.values import Offer, Organisation, Source, Vulnerability
from lichen.errors import InputError
from lichen.fit.index import FitIndex
from lichen.fit.pairs import Fit, NoFit, Partners, best_partners, pair_fit
from tests.cast import churches, city, everyone, farmers, hospital, meadow, startup, stranger, youth
from tests.core.fit.slow import slow_score
from tests.strategies import UNKNOWN_CODE, alliances, modest, organisations


def one(name: str, lacks: str = "", offers: str = "", **more: object) -> Organisation:
    gaps = (Vulnerability(lacks, 4),) if lacks else ()
    given_offers = (Offer(offers, 5, 5),) if offers else ()
    return Organisation(name, name, vulnerabilities=gaps, offers=given_offers, **more)  # type: ignore[arg-type]


def scores(found: Partners) -> dict[str, float | None]:
    return {fit.id: fit.score for fit in found.mutual}


def bare(fits: tuple[Fit, ...]) -> list[Fit]:
    """The fits without what depends on who else is there."""
    return [replace(fit, place=None, place_without_evidence=None, substitutes=()) for fit in fits]


# The story


@pytest.mark.parametrize(
    ("me", "partner"),
    [
        ("example-hospital", "example-churches"),
        ("example-farmers", "example-distributor"),
        ("example-meadow", "example-river"),
        ("example-startup", "example-city"),
        ("example-youth", "example-foundation"),
    ],
)
def test_each_of_the_cast_finds_its_partner_and_is_found(me, partner):
    by_id = {organisation.id: organisation for organisation in everyone}
    assert best_partners(by_id[me], everyone).mutual[0].id == partner
    assert best_partners(by_id[partner], everyone).mutual[0].id == me


@pytest.mark.parametrize("me", everyone, ids=lambda me: me.id)
def test_stranger_never_appears(me):
    found = best_partners(me, everyone, top=100)
    listed = found.mutual + found.mutual_without_evidence + found.could_help + found.we_could_help
    assert [fit.id for fit in listed if fit.id == stranger.id] == []


def test_stranger_sees_nothing():
    found = best_partners(stranger, everyone)
    assert found == Partners((), (), (), (), len(everyone) - 1, len(everyone) - 1, 0, NoFit.OUR_GAPS_UNKNOWN)


def test_fit_of_the_hospital_and_the_churches_says_what_each_gives():
    fit = pair_fit(hospital, churches)
    assert fit.kinds_received == ("credibility", "reach", "expertise", "space", "staff_time", "network_access")
    assert fit.kinds_given == ("expertise", "staff_time", "in_kind", "funding")
    assert (fit.uncovered_ours, fit.uncovered_theirs, fit.shared_gaps) == (
        ("people.wellbeing",), ("governance.succession",), (),
    )  # fmt: skip
    assert (fit.crosses_sectors, fit.suggested) == (True, False)
    assert (fit.total, fit.imbalance) == (
        pytest.approx(fit.cover_ours + fit.cover_theirs),
        pytest.approx(abs(fit.cover_ours - fit.cover_theirs)),
    )


# Against the slow formula


@modest
@given(organisations("Me"), alliances())
def test_mutual_fits_are_those_of_the_slow_formula_in_its_order(me, others):
    found = best_partners(me, others, top=100)
    expected = {other.id: score for other in others if (score := slow_score(me, other))}
    assert scores(found) == pytest.approx(expected, abs=1e-9)
    assert [round(fit.score, 9) for fit in found.mutual] == sorted(
        (round(score, 9) for score in expected.values()), reverse=True
    )
    assert (found.considered, found.fitting) == (len(others), len(expected))


@modest
@given(organisations("Me"), alliances())
def test_scores_without_evidence_are_as_if_every_offer_were_proven(me, others):
    def proven(organisation: Organisation) -> Organisation:
        return replace(organisation, offers=tuple(replace(offer, evidence=5) for offer in organisation.offers))

    found = best_partners(me, others, top=100)
    best = best_partners(proven(me), [proven(other) for other in others], top=100)
    assert [fit.id for fit in found.mutual_without_evidence] == [fit.id for fit in best.mutual]
    assert {fit.id: fit.score_without_evidence for fit in found.mutual} == pytest.approx(scores(best), abs=1e-12)
    assert {fit.id: fit.place_without_evidence for fit in found.mutual} == {fit.id: fit.place for fit in best.mutual}


@modest
@given(organisations("Me"), alliances())
def test_every_list_holds_what_is_known_and_no_more(me, others):
    found = best_partners(me, others, top=100)
    assert [fit for fit in found.mutual if not fit.score or not fit.cover_ours or not fit.cover_theirs] == []
    assert [fit for fit in found.could_help if fit.score is not None or fit.cover_theirs is not None] == []
    assert [fit for fit in found.we_could_help if fit.score is not None or fit.cover_ours is not None] == []
    assert [fit for fit in found.could_help if not fit.cover_ours] == []
    assert [fit for fit in found.we_could_help if not fit.cover_theirs] == []
    assert (found.nothing is None) == bool(found.mutual)


# What holds for any organisations


@modest
@given(organisations("One"), organisations("Other"))
def test_fit_is_the_same_from_either_side(one_side, other_side):
    here, there = pair_fit(one_side, other_side), pair_fit(other_side, one_side)
    assert (here.score, here.total, here.imbalance) == (there.score, there.total, there.imbalance)
    assert (here.cover_ours, here.reasons_ours, here.uncovered_ours) == (
        there.cover_theirs, there.reasons_theirs, there.uncovered_theirs,
    )  # fmt: skip
    assert (set(here.shared_gaps), here.crosses_sectors) == (set(there.shared_gaps), there.crosses_sectors)
    assert here.kinds_received == there.kinds_given


@modest
@given(organisations("Me"), alliances(), st.randoms(use_true_random=False))
def test_order_of_the_others_does_not_matter(me, others, random):
    shuffled = list(others)
    random.shuffle(shuffled)
    assert best_partners(me, shuffled) == best_partners(me, others)


@modest
@given(organisations("Me"), alliances())
def test_organisation_that_fits_nobody_changes_nobody_else(me, others):
    idle = one("Idle", lacks=UNKNOWN_CODE, offers=UNKNOWN_CODE)
    before, after = best_partners(me, others, top=100), best_partners(me, (*others, idle), top=100)
    assert bare(after.mutual) == bare(before.mutual)
    assert bare(after.could_help + after.we_could_help) == bare(before.could_help + before.we_could_help)


@modest
@given(organisations("Me"), alliances())
def test_other_ids_are_the_same_answer_under_other_ids(me, others):
    renamed = [replace(other, id=f"x-{other.id}") for other in others]
    before, after = best_partners(me, others), best_partners(me, renamed)
    assert [replace(fit, id=f"x-{fit.id}") for fit in before.mutual] == list(after.mutual)


@modest
@given(organisations("Me"), alliances())
def test_an_index_gives_what_the_organisations_give(me, others):
    assert best_partners(me, FitIndex(others)) == best_partners(me, others)


@modest
@given(organisations("Me", least=1), alliances())
def test_substitutability_counts_who_else_meets_a_gap_as_well(me, others):
    index = FitIndex(others)
    offering = [row for row, other in enumerate(others) if other.offers]
    for fit in best_partners(me, others, top=100).mutual:
        mine = next(row for row, other in enumerate(others) if other.id == fit.id)
        rivals = [row for row in offering if row != mine]
        for entry in fit.substitutes:
            met = index.met(entry.gap)
            as_well = [row for row in rivals if met[row] >= met[mine]]
            assert entry.share == (len(as_well) / len(rivals) if rivals else 0.0)


# Cases


def test_substitutability_is_the_mean_over_our_gaps_by_weight():
    me = replace(
        one("Me", offers="trust.community"),
        vulnerabilities=(Vulnerability("ops.logistics", 4, 1), Vulnerability("knowledge.medical", 4, 2)),
    )
    both = replace(one("Both", lacks="trust.community"), offers=(Offer("ops.logistics"), Offer("knowledge.medical")))
    vans = one("Vans", lacks="trust.community", offers="ops.logistics")
    others = (both, vans, one("Idle", offers=UNKNOWN_CODE), one("Silent"))
    fit = next(fit for fit in best_partners(me, others).mutual if fit.id == "Both")
    assert [(entry.gap, entry.weight, entry.share) for entry in fit.substitutes] == [
        ("ops.logistics", 0.75, 0.5), ("knowledge.medical", 0.25, 0.0),
    ]  # fmt: skip
    assert fit.substitutability == 0.375
    assert pair_fit(me, both).substitutability is None


def test_gap_of_both_that_neither_covers_is_shared_and_no_match():
    me, other = one("Me", lacks="policy.political_connections"), one("Other", lacks="policy.political_connections")
    me, other = replace(me, offers=(Offer("ops.logistics"),)), replace(other, offers=(Offer("ops.logistics"),))
    fit = pair_fit(me, other)
    assert (fit.score, fit.shared_gaps) == (0.0, ("policy.political_connections",))


def test_gap_that_the_partner_has_not_is_uncovered_though_nobody_says_they_lack_it():
    fit = pair_fit(youth, next(other for other in everyone if other.id == "example-foundation"))
    assert (fit.uncovered_ours, fit.shared_gaps) == (("policy.political_connections", "knowledge.evaluation"), ())


def test_candidate_whose_gaps_nobody_knows_is_listed_apart_without_a_score():
    silent = replace(churches, vulnerabilities=())
    found = best_partners(hospital, [silent])
    assert (found.mutual, found.nothing) == ((), NoFit.THEIR_GAPS_UNKNOWN)
    [fit] = found.could_help
    assert (fit.score, fit.cover_theirs, fit.total, fit.imbalance) == (None, None, None, None)
    assert (fit.cover_ours, fit.reasons_theirs, fit.place) == (pair_fit(hospital, churches).cover_ours, (), 1)


def test_candidate_whose_offers_nobody_knows_is_listed_as_one_we_could_help():
    silent = replace(churches, offers=())
    [fit] = best_partners(hospital, [silent]).we_could_help
    assert (fit.score, fit.cover_ours, fit.uncovered_ours) == (None, None, ())
    assert fit.cover_theirs == pair_fit(hospital, churches).cover_theirs


def test_candidate_known_to_fit_one_way_only_is_in_no_list():
    found = best_partners(one("Me", "ops.logistics", "trust.community"), [one("O", UNKNOWN_CODE, "ops.logistics")])
    assert (found.mutual, found.could_help, found.we_could_help) == ((), (), ())


@pytest.mark.parametrize(
    ("me", "others", "why"),
    [
        (one("Me", "ops.logistics", "trust.community"), [one("Me", "trust.community", "ops.logistics")], "nobody-else"),
        (one("Me", "", "trust.community"), [farmers], "our-gaps-unknown"),
        (one("Me", "trust.community", ""), [farmers], "our-offers-unknown"),
        (one("Me", "ops.logistics", "trust.community"), [one("O", "trust.community")], "nobody-has-what-we-lack"),
        (one("Me", "ops.logistics", "trust.community"), [one("O", "", "ops.logistics")], "their-gaps-unknown"),
        (
            one("Me", "ops.logistics", "trust.community"),
            [one("O", "funding.reserves", "ops.logistics")],
            "nobody-lacks-what-we-have",
        ),
        (
            one("Me", "ops.logistics", "trust.community"),
            [one("O", "funding.reserves", "ops.logistics"), one("P", "trust.community", "funding.reserves")],
            "only-one-way",
        ),
        (one("Me", "ops.logistics", "trust.community"), [one("O", "trust.community", "ops.logistics")], None),
    ],
)
def test_no_fit_is_an_answer_with_its_reason(me, others, why):
    assert best_partners(me, others).nothing == why


def test_anything_of_theirs_that_is_inferred_makes_the_fit_a_suggestion():
    source = Source("Register", "It runs a food bank.", 0.5)
    inferred = replace(churches, offers=tuple(replace(offer, source=source) for offer in churches.offers))
    unconfirmed = replace(churches, offers=tuple(replace(offer, confirmed=False) for offer in churches.offers))
    guessed = replace(churches, vulnerabilities=tuple(replace(g, source=source) for g in churches.vulnerabilities))
    ours = replace(hospital, offers=tuple(replace(offer, source=source) for offer in hospital.offers))
    assert [pair_fit(hospital, other).suggested for other in (inferred, unconfirmed, guessed, churches)] == [
        True, True, True, False,
    ]  # fmt: skip
    assert pair_fit(ours, churches).suggested is False


def test_deep_trust_without_paper_is_not_buried():
    me = one("Me", "trust.underserved", "knowledge.medical")
    deep = replace(one("Deep", "knowledge.medical"), offers=(Offer("trust.underserved", 5, 1),))
    papers = replace(one("Papers", "knowledge.medical"), offers=(Offer("trust.underserved", 4, 4),))
    found = best_partners(me, [deep, papers], top=1)
    assert [fit.id for fit in found.mutual] == ["Papers"]
    assert [(fit.id, fit.place, fit.place_without_evidence) for fit in found.mutual_without_evidence] == [
        ("Deep", 2, 1)
    ]


def test_equal_scores_are_ordered_by_total_then_name_then_id():
    me = one("Me", "ops.logistics", "trust.community")
    twin = one("2", "trust.community", "ops.logistics")
    twins = [replace(twin, id=i, name=name) for i, name in (("2", "Zeta"), ("3", "Alpha"), ("1", "Zeta"))]
    for order in permutations(twins):
        assert [(fit.name, fit.id) for fit in best_partners(me, order).mutual] == [
            ("Alpha", "3"), ("Zeta", "1"), ("Zeta", "2"),
        ]  # fmt: skip
    wide = replace(one("Wide", "trust.community"), offers=(Offer("ops.logistics", 5, 5),))
    even = replace(one("Even", "trust.community"), offers=(Offer("ops.logistics", 5, 1),))
    weak = replace(me, offers=(Offer("trust.community", 5, 1),))
    assert [fit.id for fit in best_partners(weak, [even, wide], fusion="minimum").mutual] == ["Wide", "Even"]


def test_fusion_changes_scores_and_not_covers():
    harmonic, minimum = pair_fit(startup, city), pair_fit(startup, city, fusion="minimum")
    assert minimum.score == min(harmonic.cover_ours, harmonic.cover_theirs)
    assert (minimum.cover_ours, minimum.cover_theirs) == (harmonic.cover_ours, harmonic.cover_theirs)
    assert best_partners(startup, everyone, fusion="minimum").mutual[0].score == minimum.score


def test_top_is_the_most_in_each_list_and_fitting_counts_them_all():
    found = best_partners(meadow, everyone, top=1)
    assert (len(found.mutual), len(found.mutual_without_evidence)) == (1, 1)
    assert found.fitting == len(best_partners(meadow, everyone, top=100).mutual) > 1


@pytest.mark.parametrize("asked", [{"top": 0}, {"fusion": "sum"}])
def test_what_cannot_be_asked_is_refused(asked):
    with pytest.raises(InputError):
        best_partners(hospital, everyone, **asked)
