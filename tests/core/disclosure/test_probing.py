from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.audit.values import Offer, Organisation, Vulnerability
from lichen.disclosure.probing import Probe, check_probe, check_publication, codes_charged, codes_left
from lichen.disclosure.values import DisclosureRules
from lichen.errors import NotAllowed
from tests.cast import churches, hospital
from tests.strategies import modest, organisations

DAY = date(2026, 11, 22)


def test_first_version_is_charged_for_what_a_blind_match_compares():
    assert len(codes_charged(None, hospital)) == 10
    assert "people.wellbeing" not in codes_charged(None, hospital)
    assert codes_charged(None, Organisation("s", "S")) == ()


@pytest.mark.parametrize(
    ("change", "charged"),
    [
        ({"vulnerabilities": churches.vulnerabilities[:-1]}, ("governance.succession",)),
        ({"vulnerabilities": (*churches.vulnerabilities, Vulnerability("ops.logistics", 1, 9))}, ("ops.logistics",)),
        ({"offers": churches.offers[1:]}, ("trust.underserved",)),
        ({"offers": (replace(churches.offers[0], evidence=5), *churches.offers[1:])}, ("trust.underserved",)),
        ({"offers": (replace(churches.offers[0], words="Said otherwise."), *churches.offers[1:])}, ()),
        ({"name": "Four Churches"}, ()),
    ],
    ids=["removed", "added", "offer removed", "changed", "words", "name"],
)
def test_edit_is_a_probe_of_every_code_it_touches(change, charged):
    assert codes_charged(churches, replace(churches, **change)) == charged


def test_code_that_comes_among_the_top_five_is_probed_too():
    gaps = tuple(Vulnerability(code, 3) for code in ("a.a", "a.b", "a.c", "a.d", "a.e", "a.f"))
    six = Organisation("x", "X", vulnerabilities=gaps)
    assert codes_charged(None, six) == ("a.a", "a.b", "a.c", "a.d", "a.e")
    assert codes_charged(six, replace(six, vulnerabilities=gaps[1:])) == ("a.a", "a.f")


def test_gap_and_offer_of_one_code_are_two_probes():
    both = Organisation("x", "X", vulnerabilities=(Vulnerability("a.a"),), offers=(Offer("a.a"),))
    assert codes_charged(None, both) == ("a.a", "a.a")


def test_ten_codes_a_quarter_and_no_more():
    spent = [check_publication([], None, churches, DAY)]
    assert codes_left(spent, DAY) == 0
    with pytest.raises(NotAllowed) as refusal:
        check_publication(spent, churches, replace(churches, offers=()), date(2026, 12, 31))
    assert refusal.value.rule == "ten-codes-a-quarter"
    assert check_publication(spent, churches, replace(churches, offers=()), date(2027, 1, 1)).codes == tuple(
        sorted(offer.code for offer in churches.offers)
    )


def test_unchanged_version_is_free_even_when_nothing_is_left():
    spent = [Probe(DAY, ("a.a",) * 10)]
    assert check_publication(spent, churches, replace(churches, name="Else"), DAY).codes == ()


def test_asking_again_is_charged_again():
    probes: list[Probe] = []
    for _ in range(10):
        probes.append(check_probe(probes, ["ops.logistics"], DAY))
    with pytest.raises(NotAllowed):
        check_probe(probes, ["ops.logistics"], DAY)


def test_going_back_and_forth_is_charged_both_ways():
    other = replace(churches, vulnerabilities=churches.vulnerabilities[1:])
    there, back = codes_charged(churches, other), codes_charged(other, churches)
    assert there == back == ("knowledge.medical",)


def test_more_may_be_allowed():
    assert codes_left([Probe(DAY, ("a.a",))], DAY, DisclosureRules(codes_a_quarter=30)) == 29


@modest
@given(st.lists(st.builds(Probe, st.dates(), st.lists(st.just("a.a"), max_size=4).map(tuple))), st.dates())
def test_what_is_left_is_counted_by_calendar_quarters(probes, day):
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    last = (first + timedelta(days=95)).replace(day=1) if first.year < 9999 else date.max
    inside = sum(len(probe.codes) for probe in probes if first <= probe.on < last or probe.on == day)
    assert codes_left(probes, day) == max(0, 10 - inside)


@modest
@given(organisations("One"), organisations("One"))
def test_no_difference_goes_uncharged(before, after):
    seen = {gap.code for gap in before.vulnerabilities} ^ {gap.code for gap in after.vulnerabilities}
    assert seen - {""} <= {*codes_charged(before, after)}
    assert codes_charged(before, after) == codes_charged(after, before)
    assert codes_charged(after, after) == ()
