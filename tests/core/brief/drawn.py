"""Organisations for the brief to be made for: marked words in every text, so that a leak is seen."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

from lichen.audit.values import Offer, Organisation, Source, Vulnerability
from lichen.scales import Relevance, Sector, Sensitivity
from tests.strategies import CODES, steps

MARK = "Quillwort"
"""Stands in the words of every gap; with a number, so that each can be told from the others."""

few = settings(max_examples=40)
"""A brief is quick, but drawing two organisations is not."""

codes = st.sampled_from((*CODES, "governance.board", "funding.solvency", "people.wellbeing", "ops.scaling"))
sources = st.builds(Source, st.just("a register"), st.just("A sentence in it."), st.sampled_from((0.3, 1.0)))


@st.composite
def drawn_organisations(draw: st.DrawFn, name: str) -> Organisation:
    """One organisation of any sector, with any mixture of gaps and offers, or none."""
    gaps = [
        Vulnerability(
            code=draw(codes),
            severity=draw(steps),
            rank=draw(st.none() | st.integers(1, 6)),
            sensitivity=draw(st.none() | st.sampled_from(Sensitivity)),
            relevance=draw(st.sampled_from(Relevance)),
            words=draw(st.sampled_from(("", f"{MARK}{name}{number}."))),
            source=draw(st.none() | sources),
            confirmed=draw(st.sampled_from((True, True, False))),
        )
        for number in range(draw(st.integers(0, 5)))
    ]
    offers = st.builds(
        Offer, code=codes, strength=steps, evidence=steps, source=st.none() | sources, spare=st.just("Two of them.")
    )
    return Organisation(
        id=name,
        name=name,
        sector=draw(st.sampled_from(Sector)),
        country=draw(st.sampled_from(("", "GB", "US", "XX"))),
        vulnerabilities=tuple(gaps),
        offers=tuple(draw(st.lists(offers, max_size=5))),
    )


pairs = st.tuples(drawn_organisations("Us"), drawn_organisations("Them"))
