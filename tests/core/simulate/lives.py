"""Lives to simulate in tests: small ones by hand, and drawn ones with one thing made better."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from lichen.simulate.life import Ally, Life, Reliance, ThreatNow

SHARES = st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.7, 0.8, 1.0])

pair = Life((Ally("a", (Reliance(1.0, (("b", 0.5),)),)), Ally("b", (Reliance(1.0, (("a", 0.5),)),))))
"""Two partners of one need each, which the other meets by half; no safeguards."""


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """Two to five partners, of whom some say what they need and how much they trust."""
    ids = [f"p{place}" for place in range(draw(st.integers(2, 5)))]
    return Life(
        tuple(draw(_allies(id, [other for other in ids if other != id])) for id in ids),
        has_check_ins=draw(st.booleans()),
        has_clause=draw(st.booleans()),
        has_second_cover=draw(st.booleans()),
        threat=draw(st.sampled_from(ThreatNow)),
    )


@st.composite
def _allies(draw: st.DrawFn, id: str, others: list[str]) -> Ally:
    weights = draw(st.sampled_from([None, (), (1.0,), (0.75, 0.25), (0.5, 0.25, 0.25)]))
    needs = None if weights is None else tuple(Reliance(weight, draw(_meeting(others))) for weight in weights)
    return Ally(id, needs, draw(st.none() | SHARES), has_liaison=draw(st.booleans()))


def _meeting(others: list[str]) -> st.SearchStrategy[tuple[tuple[str, float], ...]]:
    who = st.lists(st.sampled_from(others), unique=True)
    return who.flatmap(lambda ids: st.tuples(*(st.tuples(st.just(id), SHARES) for id in ids)))


@st.composite
def more_covered(draw: st.DrawFn, life: Life) -> Life:
    """The same alliance, in which somebody meets one need further than before."""
    place = draw(st.integers(0, len(life.allies) - 1))
    ally = life.allies[place]
    if not ally.needs:
        return life
    which = draw(st.integers(0, len(ally.needs) - 1))
    giver = draw(st.sampled_from([other.id for other in life.allies if other is not ally]))
    met_by = dict(ally.needs[which].met_by)
    more = tuple((met_by | {giver: max(met_by.get(giver, 0.0), draw(SHARES))}).items())
    needs = tuple(replace(need, met_by=more) if at == which else need for at, need in enumerate(ally.needs))
    allies = tuple(replace(each, needs=needs) if each is ally else each for each in life.allies)
    return replace(life, allies=allies)
