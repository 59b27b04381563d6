"""The wall: of everything that somebody wrote, each report holds what its audience may read, and nothing else."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lichen.alliance.values import Alliance
from lichen.audit.values import Audit, Organisation, Vulnerability
from lichen.brief.phrases import label
from lichen.charter.agreement.openings import opened_pairs
from lichen.disclosure.values import Act
from lichen.exchange.values import Commitment, Ledger
from lichen.progress.comparison import JointOutcome, OutcomeGroup
from lichen.progress.values import FunderPermission, SatisfactionAnswer
from lichen.report.ahead import alerts_shown
from lichen.report.as_html import report_html
from lichen.report.as_markdown import report_markdown
from lichen.report.as_pdf import report_pdf
from lichen.report.audience import Audience, AudienceKind, audience_of
from lichen.report.compose import report_for
from lichen.report.document import Report
from lichen.report.seeing import seeing
from tests.cast import churches_audit, city, hospital_audit
from tests.core.report.planting import pdf_text, planted, rewritten, rows_of, searchable, worked
from tests.strategies import modest

DAY = date(2026, 12, 31)
BOARD, FUNDER = Audience(AudienceKind.BOARD), Audience(AudienceKind.FUNDER)
H, C, Y = "example-hospital", "example-churches", "example-city"
FILES = ("two-years.yaml", "alliance.yaml", "coalition.yaml")

NAMES = {"Alliance.name", "Organisation.name", "Organisation.region"}
KEPT = NAMES | {"OutcomePlace.name"}
"""Each place has a name of its own."""
SIGNED = {"AgreementTerms.goals", "AgreementTerms.purpose"}
PROMISED = {"Claim.unit", "Claim.what", "Commitment.unit", "Commitment.what"}
MEASURED = {"JointOutcome.what", "OutcomeGroup.who", "ServedAnswer.asked_of", "ServedAnswer.question"}
GOALS = {"Goal.expected", "Goal.more", "Goal.much_less", "Goal.what"}
INDICATED = {"Indicator.unit", "Indicator.what"}
OWN = {"Vulnerability.words"}
READ = {
    ("two-years.yaml", "board"): NAMES | SIGNED | PROMISED | MEASURED | GOALS | INDICATED,
    ("two-years.yaml", "funder"): NAMES | SIGNED | MEASURED | GOALS,
    ("two-years.yaml", H): NAMES | SIGNED | PROMISED | MEASURED | GOALS | OWN | INDICATED,
    ("two-years.yaml", C): NAMES | SIGNED | PROMISED | MEASURED | GOALS | OWN | INDICATED,
    ("alliance.yaml", "board"): NAMES | SIGNED | PROMISED,
    ("alliance.yaml", "funder"): NAMES | SIGNED,
    ("alliance.yaml", H): NAMES | SIGNED | PROMISED | OWN,
    ("alliance.yaml", C): NAMES | SIGNED | PROMISED | OWN,
    ("coalition.yaml", "board"): NAMES,
    ("coalition.yaml", "funder"): NAMES,
    ("coalition.yaml", H): NAMES | OWN,
    ("coalition.yaml", C): NAMES | OWN,
    ("coalition.yaml", "example-youth"): NAMES | OWN,
    ("coalition.yaml", "example-foundation"): NAMES | OWN,
}
"""Which texts of a file each audience reads: everything else bears a mark that is found in none of its pages."""

CITY = Audit(city)
TRIO = Alliance(
    "Eastfield",
    formed_on=date(2026, 1, 1),
    partners=(hospital_audit, churches_audit, CITY),
    exchange=Ledger(
        commitments=(Commitment("halls", C, H, "space", DAY, DAY, 3, "halls", what="Quillworthalls and tea"),)
    ),
)


@cache
def made(alliance: Alliance, asked: str, day: date = DAY) -> Report:
    return report_for(alliance, audience_of(alliance, asked), day)


def text_of(report: Report) -> str:
    return searchable(report_markdown(report))


def with_texts(alliance: Alliance, text: str, asked: str) -> Alliance:
    """Every text of it in these words, but for names, and for what the reader says of itself."""
    own = {gap for a in alliance.partners if a.organisation.id == asked for gap in a.organisation.vulnerabilities}
    return rewritten(
        alliance,
        lambda holder, field, held: held if f"{type(holder).__name__}.{field}" in KEPT or holder in own else text,
    )


def needs_of(alliance: Alliance) -> set[tuple[str, str]]:
    named = {(need.owner, need.code) for each in alliance.checkins for need in each.needs}
    return named | {(a.organisation.id, gap.code) for a in alliance.partners for gap in a.organisation.vulnerabilities}


def closed_codes(alliance: Alliance, audience: Audience) -> set[str]:
    """The codes that the audience may not name of anybody."""
    seen = seeing(alliance, audience, DAY)
    needs = needs_of(alliance)
    return {code for _owner, code in needs} - {code for owner, code in needs if seen.may_name(owner, code)}


@pytest.mark.parametrize(("name", "asked"), READ, ids=lambda each: each)
def test_marks_planted_everywhere_are_read_where_they_may_be_and_nowhere_else(name: str, asked: str):
    alliance, marks = planted(name)
    report = made(alliance, asked)
    text = text_of(report)
    found = {each.mark for each in marks if each.mark in text}
    assert {each.field for each in marks if each.mark in found} == READ[name, asked]
    page = report_html(report)
    assert {each.mark for each in marks if each.mark in page} == found
    assert len(marks) > 50


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
@pytest.mark.parametrize("asked", ["board", "funder", C])
def test_pdf_says_what_the_page_says(asked: str):
    alliance, marks = planted("two-years.yaml")
    report = made(alliance, asked)
    told = "".join(pdf_text(report_pdf(report)).split())
    text = text_of(report)
    assert {each.mark for each in marks if each.mark in told} == {each.mark for each in marks if each.mark in text}


@pytest.mark.parametrize(("name", "asked"), READ, ids=lambda each: each)
def test_words_of_closed_needs_of_others_are_never_read(name: str, asked: str):
    alliance, marks = planted(name)
    told = opened_pairs(alliance.matters, alliance.partners)[1].get(asked, set())
    owners = {gap: a.organisation.id for a in worked(name).partners for gap in a.organisation.vulnerabilities}
    text = text_of(made(alliance, asked))
    for each in marks:
        if each.field == "Vulnerability.words":
            owner = owners[each.holder]
            assert (each.mark in text) == (owner == asked or (owner, each.holder.code) in told)


@pytest.mark.parametrize(("name", "asked"), READ, ids=lambda each: each)
def test_no_closed_need_is_named_by_code_or_by_name(name: str, asked: str):
    alliance = worked(name)
    text = report_html(made(alliance, asked)).casefold()
    for code in closed_codes(alliance, audience_of(alliance, asked)):
        assert code not in text
        assert label(code).casefold() not in text


@pytest.mark.parametrize("asked", ["board", "funder", C])
def test_text_that_names_a_closed_need_is_left_out_wherever_it_stands(asked: str):
    alliance = worked("two-years.yaml")
    for text in ("people.wellbeing", "We lack Staff and volunteer wellbeing.", "STAFF AND VOLUNTEER  WELLBEING"):
        told = report_html(made(with_texts(alliance, text, asked), asked)).casefold()
        assert "people.wellbeing" not in told
        assert "staff and volunteer wellbeing" not in " ".join(told.split())


@pytest.mark.parametrize("asked", ["board", "funder", C])
def test_confession_repeated_in_any_text_is_left_out(asked: str):
    alliance = worked("two-years.yaml")
    words = "Our nurses are worn out."

    def repeat(holder: object, field: str, held: str) -> str:
        kept = isinstance(holder, Vulnerability | Organisation) or f"{type(holder).__name__}.{field}" in KEPT
        return held if kept else f"As they say: {words}"

    assert words not in text_of(made(rewritten(alliance, repeat), asked))


def test_funder_reads_no_trust_rating_no_warning_and_no_reason_of_an_end():
    ids = {section.name.value for section in made(worked("two-years.yaml"), "funder").sections}
    assert ids == {"summary", "who", "exchange", "needs", "goals", "outcomes", "fairness", "served", "next", "reading"}


def test_need_is_named_to_a_funder_only_with_its_owner_s_leave_and_where_all_partners_know_it():
    alliance = worked("two-years.yaml")

    def named(*allowed: tuple[str, str], day: date | None = None) -> set[str]:
        permissions = tuple(FunderPermission(*need, day) for need in allowed)
        known = replace(alliance, progress=replace(alliance.progress, shown_to_funder=permissions))
        text = text_of(made(known, "funder")).casefold()
        return {code for _owner, code in needs_of(alliance) if label(code).casefold() in text}

    assert named() == set()
    assert named((H, "people.languages")) == {"people.languages"}
    assert named((H, "people.languages"), day=date(2027, 1, 1)) == set()
    assert named((H, "people.wellbeing"), (H, "trust.underserved")) == set()


def test_promise_is_read_in_words_by_its_parties_and_in_numbers_by_the_others():
    told = {asked: text_of(made(TRIO, asked)) for asked in ("board", "funder", H, C, Y)}
    assert {asked for asked, text in told.items() if "Quillworthalls" in text} == {H, C}
    assert "| Three Churches of Eastfield | 1 | 0 | 0 | 1 | 0 |" in told[Y]


def test_needs_open_to_one_partner_of_three_are_not_the_board_s():
    two = worked("two-years.yaml")
    three = replace(two, partners=(*two.partners, CITY))
    assert seeing(two, BOARD, DAY).open_in_words == {
        *((H, code) for code in ("people.languages", "assets.venue", "knowledge.local")),
        *((C, code) for code in ("service.clinical_delivery", "trust.regulatory_legitimacy")),
        *((C, code) for code in ("funding.fundraising", "knowledge.evaluation")),
    }
    assert seeing(three, BOARD, DAY).open_by_name == frozenset()
    assert (H, "people.languages") in seeing(three, Audience(AudienceKind.PARTNER, C), DAY).open_in_words


def test_alliance_of_one_has_nothing_open_among_all():
    alone = replace(worked("two-years.yaml"), partners=(hospital_audit,), matters=())
    assert seeing(alone, BOARD, DAY).open_by_name == frozenset() == seeing(alone, FUNDER, DAY).common


def test_withdrawn_since_is_not_shown_again():
    alliance = worked("two-years.yaml")
    [matter] = alliance.matters
    took = next(event for event in matter.events if event.what is Act.DISCLOSED and event.code == "people.languages")
    back = replace(took, on=date(2026, 6, 1), what=Act.WITHDREW)
    later = replace(alliance, matters=(replace(matter, events=(*matter.events, back)),))
    before = date(2026, 3, 20)
    assert (H, "people.languages") in seeing(alliance, BOARD, before).open_in_words
    assert (H, "people.languages") not in seeing(later, BOARD, before).open_in_words


@pytest.mark.parametrize("name", FILES)
def test_a_funder_sees_part_of_what_the_board_sees_and_that_is_part_of_what_each_partner_sees(name: str):
    alliance = worked(name)
    needs = needs_of(alliance)

    def names(audience: Audience) -> set[tuple[str, str]]:
        return {need for need in needs if seeing(alliance, audience, DAY).may_name(*need)}

    board = seeing(alliance, BOARD, DAY)
    told = {(alert.rule, alert.concerns, alert.about) for alert in alerts_shown(board)}
    assert names(FUNDER) <= names(BOARD)
    assert alerts_shown(seeing(alliance, FUNDER, DAY)) == ()
    for audit in alliance.partners:
        partner = Audience(AudienceKind.PARTNER, audit.organisation.id)
        assert names(BOARD) <= names(partner)
        assert told <= {(a.rule, a.concerns, a.about) for a in alerts_shown(seeing(alliance, partner, DAY))}


@given(
    events=st.integers(0, 10),
    more=st.integers(0, 10),
    shared=st.booleans(),
    asked=st.sampled_from(["board", "funder", H, C]),
)
@settings(modest, max_examples=8)
def test_granting_more_never_removes_a_line(events: int, more: int, shared: bool, asked: str):
    alliance = worked("two-years.yaml")
    [matter] = alliance.matters

    def granting(count: int, is_shared: bool) -> Alliance:
        surveys = tuple(replace(answer, shared=is_shared) for answer in alliance.progress.surveys)
        allowed = alliance.progress.shown_to_funder if is_shared else ()
        progress = replace(alliance.progress, surveys=surveys, shown_to_funder=allowed)
        return replace(alliance, matters=(replace(matter, events=matter.events[:count]),), progress=progress)

    less, greater = granting(events, False), granting(events + more, shared)
    before, after = (rows_of(made(each, asked, date(2026, 3, 20))) for each in (less, greater))
    assert before - after == set()


def test_shared_answers_alone_are_read_by_the_board():
    alliance = worked("two-years.yaml")
    quiet = tuple(SatisfactionAnswer(by, date(2026, 3, 16), 2, 2, 2, 2) for by in (H, C))
    heard = tuple(replace(answer, shared=answer.by == C) for answer in quiet)
    private, half = (replace(alliance, progress=replace(alliance.progress, surveys=each)) for each in (quiet, heard))
    assert {head for section, head in rows_of(made(private, "board")) if section == "fairness"} == set()
    assert "Satisfied with the alliance" not in text_of(made(private, "board"))
    assert "answers shown here: of 1 of 2 partners" in text_of(made(half, "board"))
    assert "answers shown here: of 2 of 2 partners" in text_of(made(half, H))
    assert "answers shown here: of 1 of 2 partners" in text_of(made(half, C))


def test_claim_without_figures_is_in_no_report():
    claim = JointOutcome(
        "vaccinated", reached=OutcomeGroup(reported_change=28), compared=OutcomeGroup(reported_change=5), claimed_in="x"
    )
    alliance = worked("two-years.yaml")
    only = replace(alliance, progress=replace(alliance.progress, outcomes=(claim, replace(claim, claimed_in=""))))
    for asked in ("board", "funder", H):
        text = text_of(made(only, asked))
        assert "vaccinated" not in text.casefold()
        assert "28" not in text.partition("## What was reached together")[2].partition("\n## ")[0]
