"""The twenty cases as they ship: whole, marked with who says so, and with nothing of the article's figures in them."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest

from lichen.alliance.as_of import dated_days
from lichen.capabilities.taxonomy import taxonomy
from lichen.cases.collection import CASES, article_case, article_cases, case_text
from lichen.cases.values import CaseBasis, ItemPart, ToldAs
from lichen.errors import InputError
from lichen.files.alliances import alliance_text, read_alliance_text

CASE = pytest.mark.parametrize("id", CASES)


def test_twenty_cases_ship_each_with_an_alliance_and_a_head():
    for part in ("stories", "heads"):
        names = sorted(each.name for each in (files("lichen.cases") / part).iterdir())
        assert names == sorted(f"{id}.yaml" for id in CASES)
    assert len(CASES) == 20


def test_cases_come_in_the_order_of_the_article_with_its_labels():
    told = Counter(case.head.told_as for case in article_cases())
    assert told == {ToldAs.GOOD: 14, ToldAs.POOR: 3, ToldAs.NOT_SAID: 3}
    assert article_cases()[0].id == "water_access"


@CASE
def test_case_is_an_alliance_that_is_written_back_the_same(id: str):
    made = article_case(id).alliance
    assert read_alliance_text(alliance_text(made)) == made


@CASE
def test_case_says_of_each_item_of_its_audits_who_says_so(id: str):
    case = article_case(id)
    organisations = [audit.organisation for audit in case.alliance.partners]
    audited = [(each.id, ItemPart.NEED, gap.code) for each in organisations for gap in each.vulnerabilities]
    audited += [(each.id, ItemPart.STRENGTH, offer.code) for each in organisations for offer in each.offers]
    marked = [(item.owner, item.part, item.code) for item in case.head.items]
    assert sorted(each for each in marked if each[1] is not ItemPart.LATER) == sorted(audited)
    assert len({*marked}) == len(marked)
    assert {owner for owner, _part, _code in marked} <= {each.id for each in organisations}
    assert {code for _owner, _part, code in marked} <= {*taxonomy().capabilities}


@CASE
def test_case_tells_every_day_on_which_its_alliance_changes(id: str):
    case = article_case(id)
    told = {each.on for each in (*case.head.facts, *case.head.troubles)}
    assert {*dated_days(case.alliance)} <= told
    assert max(told) == case.head.until


@CASE
def test_case_tells_in_the_order_of_the_days(id: str):
    head = article_case(id).head
    assert [each.on for each in head.facts] == sorted(each.on for each in head.facts)
    assert [each.on for each in head.troubles] == sorted(each.on for each in head.troubles)


@CASE
def test_case_names_only_partners_that_it_has(id: str):
    case = article_case(id)
    ids = {audit.organisation.id for audit in case.alliance.partners}
    assert {one for trouble in case.head.troubles for one in trouble.concerns} <= ids


@CASE
def test_trouble_says_what_would_have_foretold_it(id: str):
    assert all(each.pitfalls or each.is_changed_need for each in article_case(id).head.troubles)


@CASE
def test_case_says_what_lichen_could_not_know(id: str):
    assert article_case(id).head.unknown


@CASE
def test_alliance_of_a_case_bears_none_of_the_figures_that_the_article_claims(id: str):
    document = case_text(id)
    assert [claim.figure for claim in article_case(id).head.claims if claim.figure in document] == []


@CASE
def test_head_of_a_case_tells_shares_only_as_claims(id: str):
    head = article_case(id).head
    told = (
        head.story,
        head.hangs_on,
        *head.unknown,
        *(each.what for each in (*head.facts, *head.troubles, *head.came_of)),
    )
    assert [sentence for sentence in told if "%" in sentence or "per cent" in sentence] == []


@CASE
def test_alliance_of_a_case_bears_nobodys_own_words(id: str):
    """The article quotes two or three words at most, which are no answers to an audit."""
    audits = article_case(id).alliance.partners
    assert [item.words for one in audits for item in one.organisation.vulnerabilities if item.words] == []


def test_profiles_that_the_article_does_not_give_stay_empty():
    for id in ("regional_health_equity", "climate_resilience", "funding_cut_checkin", "budget_cut_clause"):
        organisations = [audit.organisation for audit in article_case(id).alliance.partners]
        assert [(each.vulnerabilities, each.offers) for each in organisations] == [((), ())] * len(organisations)


def test_file_of_a_case_says_that_its_days_are_ours():
    assert all("All its days, severities and strengths are ours" in case_text(id) for id in CASES)


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("water-access", "water_access"),
        ("Hospital_Faith", "hospital_faith"),
        ("farmers_distributer", "farmers_distributor"),
    ],
)
def test_case_that_is_not_there_is_refused_with_the_nearest(asked: str, nearest: str):
    with pytest.raises(InputError) as refused:
        article_case(asked)
    (problem,) = refused.value.problems
    assert problem.right.split(", ")[0] == nearest


def test_case_of_a_wild_name_is_refused_with_all():
    with pytest.raises(InputError) as refused:
        article_case("../../etc/passwd")
    assert refused.value.problems[0].right == ", ".join(CASES)


def test_what_the_article_does_not_tell_is_never_marked_as_told_by_it():
    facts = [each for case in article_cases() for each in case.head.facts]
    ends = [each for each in facts if each.what == "The story ends here."]
    assert {each.basis for each in ends} == {CaseBasis.OURS}
