"""The brief on the pages: composed of what is open, put in one's own words, printed; and what came of the talk."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from lichen.brief.phrases import label
from lichen.brief.rewriting import passages
from lichen.errors import InputError, NotAllowed
from lichen_web.accounts.taking import is_taken
from lichen_web.alliances.access.brief import own_brief
from lichen_web.alliances.actions import disclosure
from lichen_web.alliances.actions.brief import rewrite_brief
from lichen_web.alliances.bridge.brief import load_held
from lichen_web.alliances.models import BriefPages, ConversationNote, Grant, Look
from lichen_web.pages.brief import PRINTED_AN_HOUR
from tests.web.confiding import C1, H1, NOW, Dealing, audited, gap_of, met, opened, read
from tests.web.listing import kept_about_listed
from tests.web.pages.reading import browser, said
from tests.web.people import House, WebCast

MARK = "Quillwort"
PAGES = ("brief", "rewrite_brief", "renew_brief")


def at(name: str, house: House, *takes: object) -> str:
    return reverse(name, args=[house.id, *takes])


def get(house: House, dealing: Dealing, name: str = "brief") -> HttpResponse:
    return browser(house.lead).get(at(name, house, dealing.id))


@pytest.fixture
def dealing(cast: WebCast) -> Dealing:
    return opened(audited(cast))


def test_brief_leads_with_what_they_can_ease(dealing: Dealing):
    page = get(dealing.hospital, dealing).content.decode()
    assert page.count("<article class=") == 2
    assert label(C1) in page
    assert "They have said so." in page


def test_brief_knows_only_what_was_opened(cast: WebCast):
    dealing = met(audited(cast))
    assert label(C1).lower() not in get(dealing.hospital, dealing).content.decode().lower()


def test_brief_in_own_words_is_sealed_kept_and_composed_anew(dealing: Dealing):
    lead = browser(dealing.hospital.lead)
    form = lead.get(at("rewrite_brief", dealing.hospital, dealing.id))
    first = next(name for name in form.context["form"].fields if name.startswith("ours."))
    answer = lead.post(at("rewrite_brief", dealing.hospital, dealing.id), {"version": 0, first: MARK}, follow=True)
    assert said(answer) == ["It is kept, sealed."]
    assert MARK in answer.content.decode()
    row = BriefPages.objects.get()
    assert MARK.encode() not in bytes(row.sealed)
    assert MARK not in get(dealing.churches, dealing).content.decode()
    lead.post(at("renew_brief", dealing.hospital, dealing.id))
    assert MARK not in get(dealing.hospital, dealing).content.decode()


def test_passage_is_rewritten_where_it_stands_and_leaves_the_others(dealing: Dealing):
    lead, place = browser(dealing.hospital.lead), at("rewrite_brief", dealing.hospital, dealing.id)
    before = lead.get(place).context["form"]
    answer = lead.post(place, {"version": 0, "ours.0.0": MARK, "part": "ours.0.0"})
    assert answer["Location"] == f"{place}#id_ours.0.0_field"
    after = lead.get(place).context["form"]
    changed = {name for name in after.fields if after.fields[name].initial != before.fields[name].initial}
    assert changed == {"ours.0.0"}
    assert after.fields["ours.0.0"].initial == MARK


def test_every_passage_has_a_label_of_its_own_and_none_is_called_optional(dealing: Dealing):
    page = browser(dealing.hospital.lead).get(at("rewrite_brief", dealing.hospital, dealing.id))
    labels = [str(field.label) for field in page.context["form"] if field.name != "version"]
    text = page.content.decode()
    assert len(labels) == len(set(labels)) == text.count('<details name="passage"') == text.count("Rewrite this<")
    assert "optional" not in text


@pytest.mark.parametrize("part", ["ours", "//evil.example", "ours.0.0.0.0", "version"])
def test_what_is_no_passage_leads_back_to_the_brief(dealing: Dealing, part: str):
    place = at("rewrite_brief", dealing.hospital, dealing.id)
    answer = browser(dealing.hospital.lead).post(place, {"version": 0, "ours.0.0": MARK, "part": part})
    assert answer["Location"] == at("brief", dealing.hospital, dealing.id)


def test_two_who_rewrite_it_do_not_overwrite_each_other(dealing: Dealing):
    place = at("rewrite_brief", dealing.hospital, dealing.id)
    lead, member = browser(dealing.hospital.lead), browser(dealing.hospital.member)
    assert lead.post(place, {"version": 0, "ours.0.0": "One."}).status_code == 302
    answer = member.post(place, {"version": 0, "ours.0.0": MARK})
    assert answer.status_code == 403
    assert MARK in answer.content.decode()
    assert own_brief(dealing.hospital.lead, conversation=dealing.id, at=NOW).version == 1


@pytest.mark.parametrize("whose", ["ours", "theirs"])
def test_each_page_is_a_pdf_of_its_own(dealing: Dealing, whose: str):
    answer = browser(dealing.hospital.lead).get(at("brief_pdf", dealing.hospital, dealing.id, whose))
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]


def test_there_is_no_third_page(dealing: Dealing):
    answer = browser(dealing.hospital.lead).get(at("brief_pdf", dealing.hospital, dealing.id, "both"))
    assert answer.status_code == 404


def test_stranger_observer_and_third_organisation(dealing: Dealing):
    for name in (*PAGES, "hold_conversation"):
        assert get(dealing.cast.stranger, dealing, name).status_code == 404
        foreign = browser(dealing.cast.stranger.lead).get(at(name, dealing.hospital, dealing.id))
        assert foreign.status_code == 404
        nowhere = browser(dealing.hospital.lead).get(at(name, dealing.hospital, uuid4()))
        assert (name, nowhere.status_code) == (name, 404)
    observer = browser(dealing.hospital.observer)
    assert observer.get(at("brief", dealing.hospital, dealing.id)).status_code == 200
    assert observer.get(at("rewrite_brief", dealing.hospital, dealing.id)).status_code == 403


def test_no_brief_before_both_have_said_yes_nor_after_it_is_over(cast: WebCast):
    audited(cast)
    asked = disclosure.propose_matter(cast.hospital.lead, circle=cast.circle, other=cast.churches.id, at=NOW)
    early = Dealing(cast, asked)
    assert [get(house, early).status_code for house in (cast.hospital, cast.churches)] == [404, 404]
    disclosure.say_yes(cast.churches.lead, matter=asked, at=NOW)
    assert get(cast.hospital, early).status_code == 200
    disclosure.end_matter(cast.hospital.lead, matter=asked, at=NOW)
    assert get(cast.hospital, early).status_code == 404


def test_brief_before_a_talk_with_a_listed_organisation(cast: WebCast):
    listed = kept_about_listed(audited(cast).hospital.lead, NOW)["listed"]
    answer = browser(cast.hospital.lead).get(at("brief", cast.hospital, listed))
    assert answer.status_code == 200
    assert at("listed_note", cast.hospital, listed) in answer.content.decode()


@pytest.mark.parametrize(("name", "more"), [("brief", ()), ("brief_pdf", ("ours",)), ("rewrite_brief", ())])
def test_whoever_reads_the_brief_in_any_way_has_looked(dealing: Dealing, name: str, more: tuple[str, ...]):
    assert browser(dealing.hospital.lead).get(at(name, dealing.hospital, dealing.id, *more)).status_code == 200
    assert set(Look.objects.values_list("owner", flat=True)) == {dealing.churches.id}


def test_what_is_taken_back_leaves_a_brief_that_was_rewritten(dealing: Dealing):
    lead = dealing.hospital.lead
    rewrite_brief(lead, conversation=dealing.id, version=0, words={"ours.0.0": MARK}, at=NOW)
    before = get(dealing.hospital, dealing).content.decode()
    assert MARK in before
    assert "They have said so." in before
    for code in read(dealing.hospital, dealing):
        gap = gap_of(dealing.churches, code)
        disclosure.withdraw_disclosure(dealing.churches.lead, matter=dealing.id, vulnerability=gap, at=NOW)
    after = get(dealing.hospital, dealing).content.decode()
    assert MARK not in after
    assert "They have said so." not in after
    rewrite_brief(lead, conversation=dealing.id, version=0, words={"ours.0.0": "Anew."}, at=NOW)
    assert own_brief(lead, conversation=dealing.id, at=NOW).version == 2


@pytest.mark.parametrize("words", ["word " * 790, "a\n" * 1990])
def test_brief_too_long_to_print_is_refused(dealing: Dealing, words: str):
    pages = own_brief(dealing.hospital.lead, conversation=dealing.id, at=NOW).pages
    told = {each.place: words for each in passages(pages)}
    with pytest.raises(InputError):
        rewrite_brief(dealing.hospital.lead, conversation=dealing.id, version=0, words=told, at=NOW)
    assert not BriefPages.objects.exists()


# --- Afterwards ------------------------------------------------------------------------------------------------------


def talk(house: House, matter: UUID, **answers: object) -> HttpResponse:
    given = {"held_on": timezone.localdate().isoformat(), "said": [], "came_back": "", "next_step": "", **answers}
    return browser(house.lead).post(at("hold_conversation", house, matter), given, follow=True)


def test_what_was_said_aloud_counts_as_shown(cast: WebCast):
    dealing = met(audited(cast))
    gap = gap_of(dealing.hospital, H1)
    assert read(dealing.churches, dealing) == {}
    answer = talk(dealing.hospital, dealing.id, said=[str(gap)], came_back=MARK, next_step="We call on Monday.")
    assert said(answer) == ["It is written down."]
    assert [*read(dealing.churches, dealing)] == [H1]
    shown = browser(dealing.hospital.lead).get(at("shown", dealing.hospital)).content.decode()
    assert label(H1) in shown


def test_nothing_counts_as_said_to_who_has_not_said_yes(cast: WebCast):
    audited(cast)
    asked = disclosure.propose_matter(cast.hospital.lead, circle=cast.circle, other=cast.churches.id, at=NOW)
    said_aloud = [gap_of(cast.hospital, H1)]
    with pytest.raises(NotAllowed) as refused:
        disclosure.hold_conversation(cast.hospital.lead, matter=asked, held_on=NOW.date(), said=said_aloud, at=NOW)
    assert refused.value.rule == "consent-of-both"
    assert not Grant.objects.exists()


def test_what_came_back_is_for_our_own_eyes(dealing: Dealing):
    talk(dealing.hospital, dealing.id, came_back=MARK)
    assert MARK.encode() not in bytes(ConversationNote.objects.get().sealed)
    assert [held.came_back for held in load_held(dealing.hospital.id, dealing.id)] == [MARK]
    assert load_held(dealing.churches.id, dealing.id) == ()
    assert MARK in get(dealing.hospital, dealing).content.decode()
    for name in ("brief", "dealing"):
        assert MARK not in get(dealing.churches, dealing, name).content.decode()


def test_nobody_can_write_down_what_the_other_side_is_said_to_have_said(cast: WebCast):
    """Else whoever guesses right would be told so by what opens."""
    dealing = met(audited(cast))
    theirs = gap_of(dealing.churches, C1)
    answer = talk(dealing.hospital, dealing.id, said=[str(theirs)])
    assert answer.status_code == 422
    assert Grant.objects.count() == 0


def test_conversation_was_not_tomorrow(dealing: Dealing):
    tomorrow: date = timezone.localdate() + timedelta(days=1)
    assert talk(dealing.hospital, dealing.id, held_on=tomorrow.isoformat()).status_code == 422
    assert ConversationNote.objects.count() == 0


def test_thirty_briefs_an_hour_are_printed_and_no_more(dealing: Dealing):
    """One organisation's, whoever of it asks; another one prints meanwhile, and an hour later so does the first."""
    then = timezone.now() - timedelta(hours=1)
    for moment in (then, *[timezone.now()] * (PRINTED_AN_HOUR - 1)):
        assert is_taken(
            "print_brief", str(dealing.hospital.id), most=PRINTED_AN_HOUR, within=timedelta(hours=1), at=moment
        )
    answers = [
        browser(who).get(at("brief_pdf", house, dealing.id, "ours"))
        for house, who in (
            (dealing.hospital, dealing.hospital.member),
            (dealing.hospital, dealing.hospital.lead),
            (dealing.churches, dealing.churches.lead),
        )
    ]
    assert [answer.status_code for answer in answers] == [200, 429, 200]
    assert "30 briefs within an hour" in answers[1].content.decode()
