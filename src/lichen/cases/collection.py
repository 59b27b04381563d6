"""The article's twenty cases, as they ship with the library."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from lichen.cases.values import Case, CaseHead
from lichen.errors import InputError, Problem
from lichen.files import yaml_text
from lichen.files.alliances import read_alliance_text
from lichen.files.draft import Reading
from lichen.files.records import RecordReader
from lichen.language import _

__all__ = ["CASES", "article_case", "article_cases", "case_text"]

CASES: tuple[str, ...] = (
    "water_access",
    "regional_health_equity",
    "climate_resilience",
    "farmers_distributor",
    "startup_agency",
    "hospital_fbo_fair",
    "funding_cut_checkin",
    "youth_foundation",
    "logistics_company",
    "hospital_school",
    "environment_competitors",
    "hospital_faith",
    "civic_tech_city",
    "near_bankrupt_nonprofit",
    "university_nonprofit",
    "rivals_vs_regulation",
    "small_nonprofit_large_hospital",
    "outgrown_partner",
    "budget_cut_clause",
    "sector_archetypes",
)
"""The id of every case."""


def article_cases() -> tuple[Case, ...]:
    """All twenty cases, the failures included.

    Source:
        The article's stories, examples and archetypes. Days, severities and strengths are ours.
    """
    return tuple(map(article_case, CASES))


@cache
def article_case(id: str) -> Case:
    """One case.

    Args:
        id: Its id, as in ``CASES``.

    Raises:
        InputError: There is no such case; says which come nearest.

    Example:
        >>> article_case("water_access").head.title
        'A water coalition built on strengths'
    """
    return Case(id, _head_in(_text("heads", id), f"{id}.yaml"), read_alliance_text(case_text(id), name=f"{id}.yaml"))


def case_text(id: str) -> str:
    """The alliance of a case as the document that it is, with its comment.

    Args:
        id: Its id, as in ``CASES``.

    Raises:
        InputError: There is no such case; says which come nearest.
    """
    return _text("stories", id)


def _text(part: str, id: str) -> str:
    if id not in CASES:
        near = get_close_matches(id.replace("-", "_").lower(), CASES, 3, 0.4) or CASES
        raise InputError(Problem(_("the article has no such case"), ", ".join(near)))
    return (files(__package__) / part / f"{id}.yaml").read_text(encoding="utf-8")


def _head_in(text: str, name: str) -> CaseHead:
    reading = Reading(name)
    tree = yaml_text.tree_in(text.encode(), reading)
    head = RecordReader(reading).record(tree, CaseHead, Problem("", "", document=True))
    reading.finish()
    if head is None:  # pragma: no cover - the heads ship with the library and are read by a test
        raise InputError(Problem("the head cannot be read", "a head", file=name))
    return head
