"""The charter as a document: every section, nothing made up, a blank for what is missing."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from lichen.audit.values import Audit
from lichen.charter.agreement.phrases import blank, blanks_in
from lichen.charter.agreement.terms import AgreementTerms, DataSharing, IntellectualProperty, SectionName, WorkRights
from lichen.charter.threat import Model, SharedThreat
from lichen.charter.values import Charter
from lichen.charter.votes.values import Exposure, VotingMethod, VotingRule
from lichen.errors import InputError
from lichen.exchange.values import Ledger
from lichen.language import speaking
from tests.cast import churches, hospital, meadow, river, youth
from tests.core.charter.drafted import CHARTER, LEDGER, PARTNERS, C, H, drafted, section, texts, with_terms

NO_EVENTS = replace(CHARTER.clause, terms=replace(CHARTER.clause.terms, events=()))
FIVE = tuple(Audit(one) for one in (hospital, churches, meadow, river, youth))


def test_everything_agreed_leaves_no_blank():
    assert drafted().blanks == ()


def test_every_section_and_annex_is_there_once_and_in_order():
    made = drafted()
    names = [each.name for each in (*made.sections, *made.annexes)]
    assert names == [name for name in SectionName if name is not SectionName.VULNERABILITIES_ANNEX]
    assert [len(made.sections), len(made.annexes)] == [29, 5]
    assert made.confided is None


def test_nothing_agreed_is_all_blanks_and_nothing_made_up():
    made = drafted(Charter(), name="", pilots=(), ledger=Ledger())
    open_sections = {each.section for each in made.blanks}
    always_said = {
        SectionName.PARTIES,
        SectionName.NEEDS_AND_OFFERS,
        SectionName.EXCHANGE,
        SectionName.INTELLECTUAL_PROPERTY,
        SectionName.AUTONOMY,
    }
    assert {each.name for each in (*made.sections, *made.annexes)} - open_sections == always_said


@pytest.mark.parametrize(
    ("charter", "where", "what"),
    [
        (replace(CHARTER, model=None), SectionName.BACKGROUND, "what the alliance rests on"),
        (replace(CHARTER, exposures=CHARTER.exposures[:1]), SectionName.RISKS, "what this party risks"),
        (replace(CHARTER, clause=NO_EVENTS), SectionName.VULNERABILITY_CLAUSE, "which events count"),
        (with_terms(duties=CHARTER.terms.duties[:1]), SectionName.ROLES, "what this party does"),
        (with_terms(resources=()), SectionName.RESOURCES, "what this party puts in"),
        (with_terms(contacts=()), SectionName.CONTACTS_ANNEX, "who the liaison is"),
        (with_terms(credits=CHARTER.terms.credits[:1]), SectionName.PUBLICITY, "how this party's contribution is told"),
        (with_terms(amendment_percent=None), SectionName.AMENDMENT, "how many of the parties must agree"),
        (with_terms(leaving_days=None), SectionName.MEMBERSHIP, "how many days"),
        (with_terms(data_sharing=DataSharing()), SectionName.DATA_SHARING_ANNEX, "whether personal data pass"),
        (
            with_terms(data_sharing=DataSharing(shared=True, purpose="recalls")),
            SectionName.DATA_SHARING_ANNEX,
            "who else",
        ),
        (with_terms(budget=()), SectionName.BUDGET_ANNEX, "whether there is a joint budget"),
        (
            with_terms(intellectual_property=IntellectualProperty()),
            SectionName.INTELLECTUAL_PROPERTY_ANNEX,
            "what each party brings",
        ),
        (with_terms(law=""), SectionName.BINDING, "which law applies"),
        (with_terms(scope="[to be agreed: whether the next ward, too]"), SectionName.PURPOSE, "whether the next ward"),
    ],
)
def test_what_is_missing_is_a_blank_in_its_section(charter: Charter, where: SectionName, what: str):
    made = drafted(charter)
    assert {each.section for each in made.blanks} == {where}
    assert made.blanks[0].what.startswith(what)
    assert made.blanks[0].binding is section(made, where).binding


def test_rule_that_is_not_agreed_is_a_blank_and_not_the_default():
    made = drafted(replace(CHARTER, rule=None))
    assert [each.section for each in made.blanks] == [SectionName.DECISIONS, SectionName.VETOES]


def test_charter_of_two_decides_by_consent_whatever_its_rule_says():
    told = texts(drafted(replace(CHARTER, rule=VotingRule(VotingMethod.BY_RISK))), SectionName.DECISIONS)
    assert told[0].startswith("The parties decide by consent.")
    assert told[1:3] == [
        "There are two parties, so votes are not weighed against each other.",
        "Both parties must take part.",
    ]


def test_charter_of_five_shows_what_say_the_votes_by_risk_give():
    exposures = (Exposure(H, 5, 5), *(Exposure(each.organisation.id, 1, 5) for each in FIVE[1:]))
    charter = replace(CHARTER, rule=VotingRule(VotingMethod.BY_RISK, quorum=4), exposures=exposures)
    made = drafted(charter, partners=FIVE)
    table = next(part for part in section(made, SectionName.DECISIONS).parts if hasattr(part, "rows"))
    assert [row.cells for row in table.rows] == [
        ("St Brigid's Hospital", "45.0%", "60.0%"),
        *((one.name, "13.8%", "10.0%") for one in (churches, meadow, river, youth)),
    ]
    assert "At least 4 of the 5 parties must take part. They are counted by heads, not by votes." in texts(
        made, SectionName.DECISIONS
    )


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (
            VotingRule(VotingMethod.ONE_EACH),
            "A motion passes with more than 1/2 of the votes that are cast for or against it.",
        ),
        (
            VotingRule(VotingMethod.ONE_EACH, threshold="2/3", strictly_more=False),
            "A motion passes with at least 2/3 of the votes that are cast for or against it.",
        ),
        (
            VotingRule(VotingMethod.ONE_EACH, threshold="2/3", counted_from="all"),  # type: ignore[arg-type]
            "A motion passes with more than 2/3 of all votes. To stay away counts as being against.",
        ),
    ],
)
def test_threshold_is_told_as_it_counts(rule: VotingRule, told: str):
    assert texts(drafted(replace(CHARTER, rule=rule), partners=FIVE), SectionName.DECISIONS)[:2] == [
        "Each party has one vote.",
        told,
    ]


def test_removal_needs_a_third_party():
    assert "Between two parties nobody is removed; either may leave." in texts(drafted(), SectionName.MEMBERSHIP)
    terms = with_terms(removal="breaking a confidence", removal_percent=60)
    assert "At least 60% of the other parties must be for it. The party is heard first." in texts(
        drafted(terms, partners=FIVE), SectionName.MEMBERSHIP
    )


def test_shared_threat_is_asked_for_and_told_with_its_source_sign_and_aftermath():
    bare = drafted(replace(CHARTER, model=Model.SHARED_THREAT))
    assert [each.what for each in bare.blanks] == ["which threat the parties share"]
    threat = SharedThreat("the clinic closes", date(2026, 6, 1), source="the region", afterwards="joint fairs")
    told = texts(drafted(replace(CHARTER, model=Model.SHARED_THREAT, threats=(threat,))), SectionName.BACKGROUND)
    assert told[1:] == [
        "The parties ally against a threat that all of them face.",
        *("The threat", "The clinic closes."),
        *("It comes from", "The region."),
        *("It has passed when", blank("by what all will see that it has passed")),
        *("After that", "Joint fairs."),
    ]


def test_case_study_three_is_one_choice_of_rights():
    rights = IntellectualProperty(
        WorkRights.MAKER_KEEPS_PARTNER_LICENSED, H, C, "half price for five years", "software"
    )
    assert texts(drafted(with_terms(intellectual_property=rights)), SectionName.INTELLECTUAL_PROPERTY_ANNEX)[-4:] == [
        "Rights",
        "St Brigid's Hospital keeps the rights in what it makes. Three Churches of Eastfield gets a licence on better"
        " terms than others.",
        "Licence",
        "Half price for five years.",
    ]


def test_data_sharing_asks_the_whole_checklist():
    asked = [field.name for field in fields(DataSharing) if field.name != "shared"]
    made = drafted(with_terms(data_sharing=DataSharing(shared=True)))
    assert len([each for each in made.blanks if each.section is SectionName.DATA_SHARING_ANNEX]) == len(asked) == 12
    answered = DataSharing(shared=True, **{name: "said" for name in asked if name != "items"}, items=("names",))
    assert drafted(with_terms(data_sharing=answered)).blanks == ()


def test_schedule_has_offers_and_what_was_promised_under_the_charter_and_no_request():
    told = [row.cells for part in section(drafted(), SectionName.SCHEDULE_ANNEX).parts for row in part.rows]  # type: ignore[union-attr]
    assert told == [
        ("St Brigid's Hospital", "staff time", "one screening team", "2 afternoons in all"),
        (
            "Three Churches of Eastfield",
            "St Brigid's Hospital",
            "space",
            "halls for fairs",
            "3 halls",
            "1 February 2027",
        ),
        (
            "St Brigid's Hospital",
            "Three Churches of Eastfield",
            "staff time",
            "",
            "20 nurse hours",
            "1 March 2027",
        ),
    ]


def test_party_that_only_gives_or_only_receives_is_asked_about():
    one_way = replace(LEDGER, commitments=LEDGER.commitments[:1])
    blanks = [each.what for each in drafted(ledger=one_way).blanks]
    assert blanks == ["what this party receives", "what this party gives"]


def test_promise_that_was_given_up_is_in_the_schedule_no_longer():
    given_up = replace(LEDGER.commitments[0], cancelled_on=date(2026, 11, 22))
    ledger = replace(LEDGER, commitments=(given_up, LEDGER.commitments[1]))
    assert [each.what for each in drafted(ledger=ledger).blanks] == [
        "what this party gives",
        "what this party receives",
    ]


def test_joint_budget_adds_up_and_names_who_pays():
    assert texts(drafted(), SectionName.BUDGET_ANNEX) == [
        *("For", "Sum", "Paid by"),
        *("Leaflets.", "500 GBP", "St Brigid's Hospital"),
        *("Tea.", "250.50 GBP", "Three Churches of Eastfield"),
        *("In all", "750.50 GBP."),
    ]
    assert texts(drafted(with_terms(budget=(), joint_budget=False)), SectionName.BUDGET_ANNEX) == [
        "There is no joint budget. Each party bears its own costs."
    ]


def test_check_ins_stand_in_the_calendar_until_the_end():
    told = texts(drafted(with_terms(ends_on=date(2027, 8, 1))), SectionName.CHECK_INS)
    assert told[-1] == "The first check-ins: 1 February 2027; 1 May 2027; 1 August 2027."


def test_clause_has_every_deadline_and_the_minimum_of_each_party():
    told = " ".join(texts(drafted(), SectionName.VULNERABILITY_CLAUSE))
    for said in (
        "by 2 or more of the 5 steps",
        "by 20% or more",
        "a grant is not renewed",
        "within 14 days",
        "up to 30 days more",
        "within 60 days more",
        "There is no penalty",
        "One screening team a month.",
        "One hall.",
    ):
        assert said in told


def test_each_section_says_whether_it_binds_and_the_parties_can_change_that():
    before = drafted()
    after = drafted(with_terms(binding=(SectionName.ROLES,), not_binding=(SectionName.VETOES,)))
    changed = [
        old.name for old, new in zip(before.sections, after.sections, strict=True) if old.binding is not new.binding
    ]
    assert changed == [SectionName.ROLES, SectionName.VETOES]
    assert texts(after, SectionName.BINDING)[0].startswith("These sections bind the parties in law: 1, 5, 10, 14,")


def test_version_is_known_by_all_that_is_signed_and_by_nothing_else():
    digest = drafted().digest
    others = (
        drafted(with_terms(leaving_days=91)),
        drafted(with_terms(background="Two fairs")),
        drafted(with_terms(not_binding=(SectionName.VETOES,))),
        drafted(name="Well Westfield"),
        drafted(ledger=Ledger()),
        drafted(replace(CHARTER, exposures=CHARTER.exposures[::-1])),
    )
    same = (
        drafted(with_terms(contacts=())),
        drafted(reader=H, granted={H: [(C, "knowledge.medical")]}),
        drafted(replace(CHARTER, motions=(), vetoes=())),
    )
    assert len({digest, *(each.digest for each in others)}) == 1 + len(others)
    assert {each.digest for each in same} == {digest}
    assert len(digest) == 64


def test_version_is_the_same_in_every_language():
    with speaking("fr"):
        assert drafted().digest == drafted().digest
    assert drafted().digest == drafted().digest


def test_cells_cannot_be_moved_about_behind_a_digest():
    """The same letters in other places are another text."""
    moved = (
        with_terms(goals=("one | two",)),
        with_terms(goals=("one", "two")),
        with_terms(goals=("one; two",)),
    )
    assert len({drafted(each).digest for each in moved}) == 3


def test_reader_who_is_no_party_is_refused():
    with pytest.raises(InputError, match="no partner of the alliance has this id"):
        drafted(reader="a-stranger")


@pytest.mark.parametrize("partners", [(), PARTNERS[:1]])
def test_alliance_of_nobody_or_one_is_still_written(partners: tuple[Audit, ...]):
    assert [each.what for each in drafted(partners=partners).blanks if each.section is SectionName.DECISIONS] == [
        "how the parties decide: by consent, one vote each, or votes by risk"
    ]


def test_terms_tell_everything_that_is_wrong_with_them_in_the_agreement():
    with pytest.raises(InputError) as refusal:
        AgreementTerms(
            removal_percent=101,
            amendment_percent=0,
            check_in_months=0,
            first_check_in_on=date(9999, 12, 31),
            leaving_days=-1,
            begins_on=date(2027, 1, 1),
            ends_on=date(2026, 1, 1),
            binding=(SectionName.ROLES,),
            not_binding=(SectionName.ROLES,),
        )
    assert [problem.column for problem in refusal.value.problems] == [
        "removal_percent",
        "amendment_percent",
        "check_in_months",
        "leaving_days",
        "first_check_in_on",
        "ends_on",
        "not_binding",
    ]


def test_blank_is_found_wherever_it_stands():
    assert blanks_in(f"{blank('a')} and {blank('b')}, not [c]") == ["a", "b"]
