"""No text for all says what anybody lacks, and a reader's annex says what was opened to that reader, and no more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.audit.values import Audit, Opening, Organisation, Vulnerability
from lichen.capabilities.taxonomy import taxonomy
from lichen.charter.agreement.as_html import agreement_html
from lichen.charter.agreement.as_markdown import agreement_markdown
from lichen.charter.agreement.changes import agreement_changes
from lichen.charter.agreement.confided import Pairs, confidences
from lichen.charter.agreement.openings import material_facts_owed, opened_pairs
from lichen.charter.agreement.readiness import ready_to_sign
from lichen.charter.agreement.terms import Duty, Officer, SectionName, Signature
from lichen.charter.agreement.values import Agreement
from lichen.charter.clause.values import Clause, ClauseTerms, Ground, Happening, Renegotiation
from lichen.charter.values import Charter
from lichen.charter.veto import Veto
from lichen.charter.votes.values import Motion, VotingRule
from lichen.disclosure.values import Act, Conversation, DisclosureEvent, Matter, Said
from lichen.pilot.values import HiddenWeakness, Pilot, PilotReview
from lichen.scales import Relevance
from tests.cast import hospital_audit
from tests.core.charter.drafted import CHARTER, ON, PARTNERS, C, H, drafted, with_terms
from tests.strategies import modest

BLAND = [code for code, entry in taxonomy().capabilities.items() if len(entry.label.split()) > 1]
"""Codes whose names are of two words or more, so that none stands in our own sentences by chance."""


def marked(id: str, place: int) -> Audit:
    """A partner whose every confession bears a mark of its own."""
    codes = BLAND[place * 6 : place * 6 + 6]
    gaps = tuple(
        Vulnerability(
            code, severity=number % 5 + 1, rank=number + 1, core=number < 2, words=f"Quillwort{id}{number}xyz."
        )
        for number, code in enumerate(codes)
    )
    opening = Opening(f"Quillwort{id}worstxyz", f"Quillwort{id}nightxyz")
    return Audit(Organisation(id, f"Partner {id}", vulnerabilities=gaps), opening=opening)


TRIO = tuple(marked(id, place) for place, id in enumerate(("one", "two", "three")))
SEEN = Pilot(
    "trial",
    ("one", "two"),
    reviews=(PilotReview("two", weaknesses=(HiddenWeakness("one", BLAND[-1], 5, words="Quillwortseenbytwoxyz"),)),),
)
CODES = [gap.code for audit in TRIO for gap in audit.organisation.vulnerabilities] + [BLAND[-1]]
LABELS = [taxonomy().capabilities[code].label for code in CODES]
BUSY = Charter(
    rule=VotingRule(),
    motions=(Motion("m", "A motion", touches=tuple(CODES[:2])),),
    vetoes=(Veto("one", "m", date(2026, 11, 1), codes=tuple(CODES[:1]), reason="no", claim="Quillwortclaimxyz"),),
    clause=Clause(
        ClauseTerms(events=("a flood",)),
        happenings=(Happening("one", "a flood", ON),),
        renegotiations=(Renegotiation("one", Ground.NEED_WORSE, ON, gap=CODES[0]),),
    ),
)
"""A charter whose records bear codes in every place that has one."""


def written(made: Agreement) -> Iterator[str]:
    yield agreement_markdown(made)
    yield agreement_html(made)
    yield json.dumps(asdict(made), default=str)
    yield repr(made)


def betrayed(text: str) -> list[str]:
    """What a text bears of anybody's confessions."""
    return [mark for mark in ("Quillwort", *CODES, *LABELS) if mark in text]


def test_text_for_all_bears_no_word_no_code_and_no_name_of_a_weakness():
    made = drafted(BUSY, partners=TRIO, pilots=(SEEN,), granted=all_of_it(), told=all_of_it())
    assert [betrayed(text) for text in written(made)] == [[]] * 4


def test_comparison_bears_none_either():
    before = drafted(BUSY, partners=TRIO[:2], pilots=())
    after = drafted(replace(BUSY, terms=CHARTER.terms), partners=TRIO, pilots=(SEEN,))
    changes = agreement_changes(before, after)
    assert changes != ()
    assert betrayed(repr(changes)) == []


def all_of_it() -> Pairs:
    pairs = [(audit.organisation.id, gap.code) for audit in TRIO for gap in audit.organisation.vulnerabilities]
    return {audit.organisation.id: pairs for audit in TRIO}


pairs = st.sets(st.tuples(st.sampled_from(["one", "two", "three"]), st.sampled_from(CODES)), max_size=8)
grants = st.dictionaries(st.sampled_from(["one", "two", "three"]), pairs)


@modest
@given(granted=grants, told=grants, reader=st.sampled_from(["one", "two", "three"]))
def test_annex_of_a_reader_has_what_was_opened_to_it_and_nothing_else(granted: Pairs, told: Pairs, reader: str):
    made = drafted(BUSY, partners=TRIO, pilots=(SEEN,), reader=reader, granted=granted, told=told)
    pages = (agreement_markdown(made), agreement_html(made))
    told_now, named_now = set(told.get(reader, ())), set(granted.get(reader, ())) | set(told.get(reader, ()))
    for audit in TRIO:
        for number, gap in enumerate(audit.organisation.vulnerabilities):
            pair = (audit.organisation.id, gap.code)
            for text in pages:
                assert (f"Quillwort{audit.organisation.id}{number}xyz" in text) is (pair in told_now)
                assert (taxonomy().capabilities[gap.code].label in text) is (pair in named_now)
                assert gap.code not in text
    assert made.digest == drafted(BUSY, partners=TRIO, pilots=(SEEN,)).digest


def test_severity_is_told_with_the_words_and_not_before():
    named = drafted(partners=TRIO, reader="two", granted={"two": [("one", CODES[0])]})
    told = drafted(partners=TRIO, reader="two", told={"two": [("one", CODES[0])]})
    assert ["Severity" in agreement_markdown(each) for each in (named, told)] == [False, True]


def test_annex_of_a_reader_to_whom_nothing_was_opened_says_so():
    made = drafted(reader=H)
    assert made.confided is not None
    assert [line.text for line in made.confided.parts][1:] == ["Nothing has been opened to this party yet."]  # type: ignore[union-attr]


GAP = hospital_audit.organisation.vulnerabilities[2]


@pytest.mark.parametrize(
    "text",
    [
        GAP.words,
        f"opens the halls, since {GAP.words.upper()}",
        "We own – nothing   out there: people would have to come to us, and they do not",
    ],
)
def test_text_of_the_terms_that_repeats_a_confession_is_left_out_and_told(text: str):
    made = drafted(with_terms(duties=(Duty(C, text, "the wardens"), CHARTER.terms.duties[0])))
    assert made.withheld == (SectionName.ROLES,)
    assert [each.what for each in made.blanks] == ["this in other words, since it repeats a confidence"]
    assert "out there" not in agreement_markdown(made).lower()


EVERY_CODE = [*taxonomy().capabilities]
PROBES = with_terms(
    goals=tuple(f"Probe {number} {code.upper()}" for number, code in enumerate(EVERY_CODE)),
    duties=tuple(Duty(C, "helps", code) for code in EVERY_CODE),
)


def without_gaps(audit: Audit) -> Audit:
    return replace(audit, organisation=replace(audit.organisation, vulnerabilities=()))


def test_code_in_the_terms_is_left_out_whether_or_not_anybody_lacks_it():
    lacking, lacking_nothing = (
        drafted(PROBES, partners=partners, name="Probe market.ip")
        for partners in (PARTNERS, [*map(without_gaps, PARTNERS)])
    )
    assert [*written(lacking)] == [*written(lacking_nothing)]
    assert lacking.digest == lacking_nothing.digest
    assert ready_to_sign(lacking) == ready_to_sign(lacking_nothing)
    assert [code for text in written(lacking) for code in EVERY_CODE if code in text.lower()] == []
    codes_left_out = [each for each in lacking.blanks if each.what == "this in plain words, not by its code"]
    assert len(codes_left_out) == 2 * len(EVERY_CODE) + 1
    assert lacking.withheld == ()


def test_confession_is_left_out_of_the_title_and_the_signatures_too():
    signed = Signature(H, drafted(name=GAP.words).digest, ON, GAP.words, GAP.words)
    made = drafted(replace(CHARTER, signatures=(signed,)), name=GAP.words)
    assert made.signatures[0].is_signed
    assert [face(made).lower().count("out there") for face in (agreement_markdown, agreement_html, repr)] == [0, 0, 0]


def test_opening_answers_and_what_a_pilot_brought_to_light_are_confidences_too():
    terms = replace(
        CHARTER.terms,
        officers=(Officer("chair", "quillwort one NIGHT xyz"), Officer("minutes", "Quillwort-seen-by-two-xyz")),
    )
    made = drafted(replace(BUSY, terms=terms), partners=TRIO, pilots=(SEEN,))
    assert made.withheld == (SectionName.OFFICERS,)


def test_one_telling_sentence_of_several_is_enough():
    kept = confidences(
        [
            Audit(
                Organisation(
                    "a",
                    "A",
                    vulnerabilities=(Vulnerability("ops.logistics", words="One van. It is in the garage again."),),
                )
            )
        ]
    )
    assert kept.has_betrayal("Note: it is in the garage again, so no round this week.")
    assert not kept.has_betrayal("One van.")


def test_earlier_confessions_stay_confessions_where_two_versions_are_compared():
    eased = replace(hospital_audit, organisation=replace(hospital_audit.organisation, vulnerabilities=()))
    telling = with_terms(scope=GAP.words)
    assert drafted(telling, partners=(eased, PARTNERS[1])).withheld == ()
    assert drafted(telling, partners=(eased, PARTNERS[1]), earlier=PARTNERS).withheld == (SectionName.PURPOSE,)


def test_name_of_a_weakness_in_the_terms_is_only_looked_at():
    label = taxonomy().capabilities[GAP.code].label
    made = drafted(with_terms(scope=f"A {label} for the ward"))
    assert (made.suspect, made.withheld) == ((SectionName.PURPOSE,), ())
    assert drafted().suspect == ()


def matter(*events: DisclosureEvent) -> Matter:
    return Matter("talks", (H, C), date(2026, 9, 21), events)


def happened(what: Act, by: str, day: int, **more: object) -> DisclosureEvent:
    return DisclosureEvent(date(2026, 10, day), what, by, **more)  # type: ignore[arg-type]


COURSE = (
    happened(Act.SAID_YES, H, 1),
    happened(Act.SAID_YES, C, 1),
    happened(Act.ANSWERED, H, 2, code="trust.underserved", relevance=Relevance.YES),
    happened(Act.ANSWERED, C, 2, code="knowledge.medical", relevance=Relevance.YES),
    happened(Act.AGREED, H, 3, codes=("trust.underserved",)),
    happened(Act.AGREED, C, 3, codes=("knowledge.medical",)),
    happened(Act.DISCLOSED, H, 4, code="trust.underserved"),
)


def test_what_the_disclosure_room_opened_is_what_the_annex_has():
    by_name, in_words = opened_pairs([matter(*COURSE)], PARTNERS)
    assert {reader: set(pairs) for reader, pairs in by_name.items()} == {
        H: {(C, "knowledge.medical")},
        C: {(H, "trust.underserved")},
    }
    assert {reader: set(pairs) for reader, pairs in in_words.items()} == {H: set(), C: {(H, "trust.underserved")}}


def test_what_was_withdrawn_or_frozen_or_never_opened_is_not_in_it():
    withdrawn = matter(*COURSE, happened(Act.WITHDREW, H, 5, code="trust.underserved"))
    exploited = matter(*COURSE, happened(Act.EXPLOITED, H, 5, to=C))
    aloud = Conversation((H, C), (Said(H, "assets.venue"),))
    elsewhere = replace(matter(*COURSE[:6], happened(Act.TALKED, "", 9, conversation=aloud)), id="more")
    for matters in ([matter()], [withdrawn], [exploited], [exploited, elsewhere]):
        by_name, in_words = opened_pairs(matters, PARTNERS)
        assert (H, "trust.underserved") not in set(by_name.get(C, ())) | set(in_words.get(C, ()))
    assert (H, "assets.venue") in opened_pairs([elsewhere], PARTNERS)[0][C]
    assert opened_pairs([exploited, elsewhere], PARTNERS)[0].get(C, ()) == ()


def test_material_fact_is_owed_until_it_is_told_and_never_named():
    broke = Vulnerability("funding.solvency", 4, words="Three weeks of money.", relevance=Relevance.YES)
    owing = replace(hospital_audit, organisation=replace(hospital_audit.organisation, vulnerabilities=(broke,)))
    assert material_facts_owed([], (owing, PARTNERS[1])) == ((H, C),)
    assert material_facts_owed([matter()], PARTNERS) == ()
    paid = matter(
        happened(Act.SAID_YES, H, 1),
        happened(Act.SAID_YES, C, 1),
        happened(Act.DISCLOSED, H, 2, code="funding.solvency", material=True),
    )
    assert material_facts_owed([paid], (owing, PARTNERS[1])) == ()
