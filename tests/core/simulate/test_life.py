"""What a simulation begins with, by hand: what cannot be so is refused."""

from __future__ import annotations

import pytest

from lichen.errors import InputError
from lichen.simulate.life import MOST_ALLIES, Ally, Life, Reliance


def test_reliance_is_in_shares_and_names_each_once():
    with pytest.raises(InputError, match="share of one"):
        Reliance(1.5)
    with pytest.raises(InputError, match="share of one"):
        Reliance(1, (("a", -0.1),))
    with pytest.raises(InputError, match="twice"):
        Reliance(1, (("a", 0.1), ("a", 0.2)))


def test_ally_trusts_in_shares_and_needs_one_in_all():
    with pytest.raises(InputError, match="share of one"):
        Ally("a", trust=7)
    with pytest.raises(InputError, match="more than one together"):
        Ally("a", (Reliance(0.6), Reliance(0.6)))


@pytest.mark.parametrize(
    ("allies", "told"),
    [
        ((Ally("a"),), "number of partners"),
        (tuple(Ally(str(place)) for place in range(MOST_ALLIES + 1)), "number of partners"),
        ((Ally("a"), Ally("a")), "one id"),
        ((Ally("a", (Reliance(1, (("stranger", 1),)),)), Ally("b")), "no other partner"),
        ((Ally("a", (Reliance(1, (("a", 1),)),)), Ally("b")), "no other partner"),
    ],
)
def test_life_that_cannot_be_is_refused(allies: tuple[Ally, ...], told: str):
    with pytest.raises(InputError, match=told):
        Life(allies)
