from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.alliance.bridging import culture_bridge
from lichen.charter.agreement.terms import AgreementTerms, Contact
from lichen.charter.values import Charter
from lichen.checkin.culture import Waited, culture_gaps, culture_profiles, reply_times
from lichen.checkin.form import blank_form
from lichen.checkin.picture import trust_svg
from lichen.checkin.trust import trust_gaps, trust_waves
from lichen.checkin.values import CheckInRules, CultureProfile, Dimension, Slider
from lichen.checkin.words import dimension_item, dimension_name, reason_words, slider_name
from lichen.small_groups import Reason
from tests.core.checkin.quarters import C, H, alliance, first, quarters

LATER = date(2027, 4, 10)


def test_each_slider_and_the_whole_distance():
    [gap] = culture_gaps(culture_profiles(quarters, LATER))

    assert [(each.slider, each.size, each.is_far) for each in gap.sliders] == [
        (Slider.PACE, 55, True),
        (Slider.DECIDING, 50, True),
        (Slider.PLANNING, 65, True),
        (Slider.OPENNESS, 60, True),
    ]
    assert (gap.distance, gap.is_far) == (57.5, True)


def test_one_slider_far_apart_is_enough_and_near_ones_are_not():
    near = [CultureProfile("a", 10, 20, 30, 40), CultureProfile("b", 15, 25, 35, 45)]
    far = [near[0], replace(near[1], pace=40)]

    assert [culture_gaps(each)[0].is_far for each in (near, far)] == [False, True]
    assert not culture_gaps(far, CheckInRules(slider=50))[0].is_far


def test_sealed_profiles_are_not_shown():
    assert culture_profiles([replace(first, revealed_on=None)], LATER) == ()


profiles = st.builds(CultureProfile, st.sampled_from("ab"), *([st.none() | st.integers(0, 100)] * 4))


@given(profiles, profiles)
def test_distance_is_the_same_both_ways_and_none_to_itself(one, other):
    forth, back = culture_gaps([one, other]), culture_gaps([other, one])

    assert [each.distance for each in forth] == [each.distance for each in back]
    assert [each.distance for each in culture_gaps([one, one])] in ([], [0])


@given(st.lists(st.integers(1, 60), min_size=1), st.integers(1, 20))
def test_the_ratio_does_not_depend_on_whether_time_is_counted_in_days_or_weeks(days, times):
    waits = [Waited("a", each, True) for each in days] + [Waited("b", 2 * each, True) for each in days]
    slower = [replace(each, days=each.days * times) for each in waits]

    assert [each.ratio for each in reply_times(waits, "ab")] == pytest.approx(
        [each.ratio for each in reply_times(slower, "ab")]
    )


def test_the_alliance_says_who_bridges_and_who_is_slow():
    bridge = culture_bridge(alliance, LATER)
    hospital, churches = bridge.replies

    assert (bridge.liaisons, bridge.missing) == ({H: (), C: ("Ama Mensah",)}, (H,))
    assert (hospital.median_days, hospital.ratio, hospital.is_slow) == (12, 6, True)
    assert (hospital.open_late, hospital.longest_open, churches.late) == (1, 40, 0)


def test_a_request_waits_fourteen_days_before_it_is_late():
    asked_on = date(2027, 3, 1)

    assert [culture_bridge(alliance, asked_on.replace(day=day)).replies[0].open_late for day in (15, 16)] == [0, 1]
    assert culture_bridge(alliance, date(2026, 10, 1)).replies[0].answered == 0


def test_a_liaison_on_each_side_leaves_none_missing():
    contacts = (Contact(C, "Ama", is_liaison=True), Contact(H, "Dr Shah", is_liaison=True))
    whole = replace(alliance, charter=Charter(terms=AgreementTerms(contacts=contacts)))

    assert culture_bridge(whole, LATER).missing == ()


def test_four_times_as_slow_is_much_slower():
    waits = [Waited("a", 0, True), Waited("b", 3, True), Waited("c", 4, True)]

    assert [each.is_slow for each in reply_times(waits, "abcd")] == [False, False, True, False]


def test_each_question_is_one_sentence_of_our_own():
    items = [dimension_item(each, "Almond House") for each in Dimension]

    assert len({*items}) == 8
    assert all(item.count(".") + item.count("?") == 1 and "Almond House" in item for item in items)
    assert len({dimension_name(each) for each in Dimension} | {slider_name(each) for each in Slider}) == 12


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_said(reason):
    assert reason_words(reason, 5).endswith(".")


@pytest.mark.parametrize("is_attributed", [True, False])
def test_the_form_asks_everything_and_says_whether_names_are_shown(is_attributed):
    form = blank_form("Almond House", ["Birch", "*Cedar*"], is_attributed=is_attributed)

    assert form.count("☐ 1 ") == 16
    assert form.count("├") == 4
    assert ("under your name" in form) is is_attributed
    assert "## \\*Cedar\\*" in form


def test_the_picture_has_two_bars_a_pair_and_tells_them_aloud():
    gaps = trust_gaps(trust_waves(quarters, [H, C], LATER)[0])
    picture = trust_svg(gaps, {H: "<St Brigid's>", C: "Churches"})

    assert picture.count("<rect") == 3
    assert "&lt;St Brigid&#x27;s&gt; answers 8 of Churches, Churches answers 4 of &lt;St Brigid&#x27;s&gt;." in picture
