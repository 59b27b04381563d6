"""The rungs, one after another: what may be seen on each, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lichen.disclosure.sight import Band, Sight, score_band, visible
from lichen.disclosure.state import Rung
from lichen.disclosure.values import Act
from lichen.errors import InputError
from lichen.scales import Relevance, Sector, Size
from tests.core.disclosure.seated import AUDITS, HIGH, MATERIAL, PLAIN, STRANGER, UNASKED, UNMATCHED
from tests.core.disclosure.told import (
    C1,
    H1,
    H2,
    H3,
    C,
    F,
    H,
    after,
    agreed,
    aloud,
    disclosed,
    event,
    matter,
    met,
    open_codes,
    yes,
)  # fmt: skip

BLIND = Sight(Rung.BLIND, Band.FAIR, Sector.HEALTH, "London", Size.SUPER_MAJOR)


def see(state, owner=H, reader=C, **more):
    return visible(state, AUDITS, owner, reader, **more)


def test_stranger_sees_nothing_and_is_not_seen():
    state = after(*open_codes(), disclosed(H, H1))
    assert see(state, reader=STRANGER) == see(state, owner=STRANGER) == see(state, reader=F) == Sight()


def test_blind_match_tells_no_name_and_no_group():
    assert see(after(), score=0.4) == BLIND
    assert see(after(yes(H)), score=0.4) == BLIND
    assert see(after(yes(C)), score=0.4) == BLIND


def test_both_learn_the_same_band():
    state = after()
    assert see(state, H, C, score=0.8).band is see(state, C, H, score=0.8).band is Band.STRONG


def test_mutual_yes_opens_the_name_and_the_matched_groups():
    seen = see(after(*met()))
    assert (seen.rung, seen.owner, seen.name) == (Rung.IDENTITY, H, "St Brigid's Hospital")
    assert seen.groups == ("trust", "people", "assets")
    assert (seen.codes, seen.items) == ((), ())


def test_groups_wait_for_the_answer_and_for_the_pilot():
    asked = event(Act.ANSWERED, H, code=UNASKED, relevance=Relevance.YES)
    assert see(after(*met(), asked)).groups == ("trust", "people", "assets", "reach")
    assert see(after(*met(), event(Act.PILOT_STARTED))).groups == ("trust", "people", "assets", "tech")


def test_codes_open_when_both_have_agreed_and_to_both_at_once():
    half = after(*met(), agreed(H, H1, H2))
    assert see(half).codes == see(half, C, H).codes == ()
    whole = after(*met(), agreed(H, H1, H2), agreed(C, C1))
    assert (see(whole).codes, see(whole, C, H).codes) == ((H1, H2), (C1,))
    assert see(whole).rung is Rung.CODES


def test_words_open_one_item_and_no_other():
    seen = see(after(*open_codes(), disclosed(H, H1)))
    assert [(gap.code, gap.words, gap.severity) for gap in seen.items] == [(H1, f"The confession about {H1}.", 4)]
    assert seen.codes == (H1, H2, H3)


def test_said_aloud_opens_the_code_and_not_the_written_words():
    seen = see(after(*met(), aloud(H, UNMATCHED, H, C)))
    assert (seen.codes, seen.items) == ((UNMATCHED,), ())


def test_said_aloud_is_known_to_those_who_were_there():
    state = after(*met(), aloud(H, H1, H, C), parties=(H, C, F))
    assert (see(state).codes, see(state, reader=F).codes) == ((H1,), ())


def test_each_disclosure_has_its_readers():
    state = after(*open_codes(H, C), *open_codes(H, F), disclosed(H, H1, to=C), parties=(H, C, F))
    assert [bool(see(state, reader=reader).items) for reader in (C, F)] == [True, False]


def test_everyone_means_those_of_that_day():
    newcomer = [event(Act.CONSENTED, H, F), event(Act.CONSENTED, C, F), event(Act.JOINED, F)]
    state = after(*open_codes(), disclosed(H, H1, to="everyone"), *newcomer)
    assert see(state, reader=F) == replace(BLIND, band=None)
    assert [gap.code for gap in see(state).items] == [H1]


def test_material_fact_is_seen_on_any_rung():
    seen = see(after(disclosed(H, MATERIAL)))
    assert (seen.rung, seen.owner, [gap.code for gap in seen.items]) == (Rung.BLIND, "", [MATERIAL])


def test_withdrawn_item_is_gone_with_its_code():
    state = after(*open_codes(), disclosed(H, H1), event(Act.WITHDREW, H, code=H1))
    assert (see(state).codes, see(state).items) == ((H2, H3), ())


def test_who_withdraws_everything_reads_nothing_either():
    told = (*open_codes(), disclosed(H, H1), disclosed(C, C1))
    state = after(*told, event(Act.WITHDREW, H))
    assert see(state) == see(after())
    assert see(state, C, H) == see(after(), C, H)


def test_withdrawing_from_one_leaves_the_other():
    told = (*open_codes(H, C), *open_codes(H, F), disclosed(H, H1, to="everyone"))
    state = after(*told, event(Act.WITHDREW, H, F), parties=(H, C, F))
    assert [bool(see(state, reader=reader).items) for reader in (C, F)] == [True, False]


@pytest.mark.parametrize("over", [event(Act.ENDED), event(Act.EXPLOITED, H, C), event(Act.EXPLOITED, C, H)])
def test_nothing_is_seen_when_the_matter_is_over(over):
    state = after(*open_codes(), disclosed(H, H1), disclosed(C, C1), over)
    assert see(state) == see(state, C, H) == Sight()


def test_inferred_gap_is_not_shown_with_the_stated_one():
    assert HIGH not in PLAIN[H]
    gaps = AUDITS[0].organisation.vulnerabilities
    doubled = (*gaps, replace(gaps[0], words="A guess.", source=object()))
    audits = (replace(AUDITS[0], organisation=replace(AUDITS[0].organisation, vulnerabilities=doubled)), *AUDITS[1:])
    seen = visible(after(*open_codes(), disclosed(H, H1)), audits, H, C)
    assert [gap.words for gap in seen.items] == [f"The confession about {H1}."]


def test_owner_without_an_audit_shows_nothing():
    assert visible(after(*met()), (), H, C) == Sight()
    assert matter().parties == (H, C)


@pytest.mark.parametrize(
    ("score", "band"), [(0, "slight"), (0.25, "fair"), (0.5, "good"), (0.75, "strong"), (1, "strong")]
)
def test_band_of_a_score(score, band):
    assert str(score_band(score)) == band


@pytest.mark.parametrize("score", [-0.1, 1.1])
def test_band_of_no_score_is_refused(score):
    with pytest.raises(InputError) as refusal:
        score_band(score)
    assert refusal.value.problems[0].column == "score"
