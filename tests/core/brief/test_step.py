"""The first step: small, limited, and with a day to look back."""

from __future__ import annotations

import pytest

from lichen.brief.editing import words_from
from lichen.brief.step import first_step
from lichen.brief.values import Ask, Basis, Return
from lichen.capabilities.taxonomy import taxonomy
from lichen.scales import Relevance

WORDS = words_from()


def activity(offer: str, theirs: str | None = None, kinds: tuple[str, ...] = ()) -> str:
    """The step for our offer against theirs."""
    lead = Ask("trust.community", "", Relevance.YES, offer=theirs, kinds=kinds)
    back = Return(offer, (), Basis.OPEN)
    return first_step(lead, back, WORDS, months=3, budget=1, country="", today=None).activity


@pytest.mark.parametrize(
    ("ours", "theirs", "step"),
    [
        ("knowledge.medical", "trust.underserved", "one joint health fair"),
        ("trust.underserved", "knowledge.medical", "one joint health fair"),
        ("tech.software_development", "policy.procurement", "one tool in one department"),
        ("trust.community", "funding.platform", "one joint campaign with one goal"),
        ("trust.community", "ops.logistics", "one delivery round a week"),
        ("trust.community", "trust.underserved", "one open afternoon, held together in one neighbourhood"),
        ("governance.strategy", "assets.venue", "one month in which two of your people and two of ours fix one thing"),
    ],
)
def test_step_follows_from_the_swap(ours: str, theirs: str, step: str):
    assert activity(ours, theirs) == step


def test_step_with_somebody_unknown_is_to_get_to_know_each_other():
    assert activity("knowledge.medical") == "one working day together on one real problem"


@pytest.mark.parametrize("code", taxonomy().capabilities)
def test_every_capability_has_a_step_of_its_own_kind(code: str):
    assert activity(code, code) != "one working day together on one real problem"
