"""Organisations for hypothesis to draw: few codes, near to each other, so that gaps and offers often meet."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

from lichen.audit.values import Offer, Organisation, Source, Vulnerability
from lichen.scales import Sector, Sensitivity

CODES = (
    "trust.underserved",
    "trust.community",
    "people.volunteers",
    "people.languages",
    "funding.fundraising",
    "funding.digital_fundraising",
    "ops.logistics",
    "knowledge.medical",
)
UNKNOWN_CODE = "trust.of-my-cat"

modest = settings(max_examples=25, deadline=None)
"""For properties that many tests share out among them, on machines that others use too."""

steps = st.integers(1, 5)
sources = st.builds(Source, st.just("a register"), st.just("A sentence in it."), st.sampled_from((0.0, 0.3, 0.5, 1.0)))
codes = st.sampled_from((*CODES, UNKNOWN_CODE, ""))

vulnerabilities = st.builds(
    Vulnerability,
    code=codes,
    severity=steps,
    rank=st.none() | st.integers(1, 6),
    sensitivity=st.none() | st.sampled_from(Sensitivity),
    source=st.none() | sources,
)
offers = st.builds(Offer, code=codes, strength=steps, evidence=steps, source=st.none() | sources)


@st.composite
def organisations(draw: st.DrawFn, name: str = "One", least: int = 0) -> Organisation:
    """One organisation with ``least`` gaps and offers or more; the name is the id."""
    return Organisation(
        id=name,
        name=name,
        sector=draw(st.sampled_from(Sector)),
        vulnerabilities=tuple(draw(st.lists(vulnerabilities, min_size=least, max_size=5))),
        offers=tuple(draw(st.lists(offers, min_size=least, max_size=5))),
    )


@st.composite
def alliances(draw: st.DrawFn, least: int = 1, most: int = 6) -> tuple[Organisation, ...]:
    """Several organisations with different names and ids."""
    names = [f"Organisation {letter}" for letter in "ABCDEFGH"[: draw(st.integers(least, most))]]
    return tuple(draw(organisations(name)) for name in names)
