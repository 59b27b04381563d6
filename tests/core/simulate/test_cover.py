"""Cover among whoever gives: by the table, without it, and by the page's words one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lichen.simulate.assumptions import Assumptions
from lichen.simulate.cover import Coverage
from lichen.simulate.life import Ally, Life, Reliance
from tests.core.simulate.lives import lives

ASSUMED = Assumptions()


def by_the_page(ally: Ally, allies: tuple[Ally, ...], givers: set[str], second: bool) -> float:
    """How far a partner is covered, worked out as the page says it."""
    whole = Reliance(1.0, tuple((each.id, ASSUMED.unknown_cover) for each in allies if each is not ally))
    total = 0.0
    for need in (whole,) if ally.needs is None else ally.needs:
        best = max((met for id, met in need.met_by if id in givers), default=0.0)
        if second and need.met_by:
            most = max(met for _id, met in need.met_by)
            first = min(id for id, met in need.met_by if met == most)
            best = max(best, ASSUMED.second_cover * most * bool(givers - {first, ally.id}))
        total += need.weight * best
    return total


@settings(max_examples=25)
@given(lives(), st.data())
def test_cover_is_as_the_page_says(life: Life, data: st.DataObject):
    coverage = Coverage.of(life.allies, ASSUMED, second=life.has_second_cover)
    giving = np.array([[data.draw(st.booleans())] for _ally in life.allies])
    givers = {ally.id for ally, gives in zip(life.allies, giving[:, 0], strict=True) if gives}
    found = coverage.met(coverage.bits(giving))[:, 0]
    by_hand = [by_the_page(ally, life.allies, givers, life.has_second_cover) for ally in life.allies]
    assert found.tolist() == pytest.approx(by_hand, abs=1e-6)


@settings(max_examples=10)
@given(lives())
def test_cover_without_a_table_is_the_same(life: Life):
    """More than twelve partners have none."""
    coverage = Coverage.of(life.allies, ASSUMED, second=life.has_second_cover)
    everybody = np.arange(2 ** len(life.allies))
    assert np.array_equal(replace(coverage, table=None).met(everybody), coverage.met(everybody))


def test_thirteen_partners_have_no_table():
    allies = [Ally(f"p{place:02}") for place in range(13)]
    assert Coverage.of(allies, ASSUMED, second=False).table is None
    assert Coverage.of(allies[:12], ASSUMED, second=False).table is not None
