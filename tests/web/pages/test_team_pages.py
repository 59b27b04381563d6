"""Asking the team, and answering by a link, page by page."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.team import answering, own_rounds
from lichen_web.alliances.actions.team import close_round, open_round, withdraw_link
from lichen_web.alliances.models import TeamAnswer, TeamLink, TeamRound
from tests.web.alliances.actions.test_team import TEAM, TRUST, VENUE, answer, look, opened, secret_for
from tests.web.confiding import NOW
from tests.web.pages.reading import browser, errors_of, heading, said
from tests.web.people import WebCast, letters

WORDS = "We have no hall to meet in."
NOWHERE = "This link leads nowhere"


def following(token: str, to: str = "") -> Client:
    """The browser of somebody who has followed their link."""
    colleague = browser()
    taken = colleague.get(f"/answer/{token}/{to}")
    assert (taken.status_code, token in taken.headers["Location"]) == (302, False)
    return colleague


def stands(colleague: Client) -> dict[str, str]:
    """What a form says of the link and the version it was made for."""
    shown = colleague.get(reverse("answering")).content.decode()
    return {name: re.search(rf'name="{name}" value="([^"]*)"', shown)[1] for name in ("link", "version")}


def keep(colleague: Client, words: str = WORDS, severity: int = 4, **more: str):
    typed = {"words": words, "severity": str(severity), "done": "1", **stands(colleague), **more}
    return colleague.post(reverse("answering"), typed, follow=True)


@pytest.fixture
def colleague(cast: WebCast) -> Client:
    opened(cast.hospital)
    return following(secret_for(TEAM[0]))


# --- Answering -------------------------------------------------------------------------------------------------------


def test_page_shows_the_name_of_whoever_asks_and_nothing_of_their_audit(cast: WebCast, colleague: Client):
    answer(TEAM[1], TRUST)
    shown = colleague.get(reverse("answering"))
    assert heading(shown) == f"Where does {cast.hospital.name} need help most?"
    for hidden in (TRUST, "We lack", TEAM[0], TEAM[1], cast.hospital.id, "Nolan"):
        assert str(hidden) not in shown.content.decode()


def test_what_is_said_is_understood_kept_and_come_back_to(cast: WebCast, colleague: Client):
    kept = keep(colleague)
    assert said(kept) == ["It is kept."]
    again = following(secret_for(TEAM[0])).get(reverse("answer_own"))
    assert WORDS in again.content.decode()
    assert "Venue" in again.content.decode() or "venue" in again.content.decode()


def test_what_was_not_understood_for_sure_is_asked_about(colleague: Client):
    asked = colleague.post(
        reverse("answering"), {"words": "It is about the books.", "severity": "3", "done": "1", **stands(colleague)}
    )
    assert (asked.status_code, TeamAnswer.objects.count()) in {(422, 0), (302, 1)}


def test_none_of_these_stands_on_ones_own_page_and_is_not_counted(cast: WebCast, colleague: Client):
    keep(colleague, code="")
    [row] = own_rounds(cast.hospital.lead)
    assert look(cast.hospital, row.id).answered == 0
    assert "In your words alone" in colleague.get(reverse("answer_own")).content.decode()


def test_things_are_put_in_order_and_taken_out(cast: WebCast, colleague: Client):
    keep(colleague, code=VENUE)
    keep(colleague, words="They do not believe us.", code=TRUST)
    colleague.post(reverse("answer_order"), {"move": "1:0", **stands(colleague)})
    token = secret_for(TEAM[0])
    assert [each.code for each in answering(token).saying.said] == [TRUST, VENUE]
    colleague.post(reverse("answer_change", args=[0]), {"remove": "1", **stands(colleague)})
    assert [each.code for each in answering(token).saying.said] == [VENUE]


@pytest.mark.parametrize("move", ["", "9:0", "-1:0", "x:y", "0"])
def test_nonsense_moves_nothing(colleague: Client, move: str):
    keep(colleague)
    assert colleague.post(reverse("answer_order"), {"move": move, **stands(colleague)}).status_code == 404


def test_one_thing_is_said_anew(colleague: Client):
    keep(colleague, code=VENUE)
    shown = colleague.get(reverse("answer_change", args=[0]))
    assert WORDS in shown.content.decode()
    changed = {"words": "No hall at all.", "severity": "5", "code": VENUE, "done": "1", **stands(colleague)}
    colleague.post(reverse("answer_change", args=[0]), changed)
    [one] = answering(secret_for(TEAM[0])).saying.said
    assert (one.words, one.severity) == ("No hall at all.", 5)


def test_second_window_is_told_and_overwrites_nothing(colleague: Client):
    old = stands(colleague)
    keep(colleague, code=VENUE)
    typed = {"words": "Else.", "severity": "1", "code": TRUST, "done": "1", **old}
    late = colleague.post(reverse("answering"), typed, follow=True)
    assert "in another window" in said(late)[0]
    assert [each.code for each in answering(secret_for(TEAM[0])).saying.said] == [VENUE]


def test_page_of_another_link_saves_nothing(cast: WebCast, colleague: Client):
    old = stands(colleague)
    colleague.get(f"/answer/{secret_for(TEAM[1])}/")
    typed = {"words": WORDS, "severity": "1", "code": VENUE, "done": "1", **old}
    assert heading(colleague.post(reverse("answering"), typed)) == NOWHERE
    assert TeamAnswer.objects.count() == 0


def test_empty_words_are_refused_beside_the_field(colleague: Client):
    refused = colleague.post(reverse("answering"), {"words": "", "severity": "3", "done": "1", **stands(colleague)})
    assert (refused.status_code, list(errors_of(refused))) == (422, ["words"])


def test_without_scripts_one_can_look_first(colleague: Client):
    looked = colleague.post(reverse("answering"), {"words": WORDS, "severity": "2", "look": "1", **stands(colleague)})
    assert (looked.status_code, TeamAnswer.objects.count()) == (200, 0)
    assert WORDS in looked.content.decode()


def test_what_is_understood_comes_as_one_types(colleague: Client):
    part = colleague.post(reverse("answer_understand"), {"words": WORDS})
    assert part.status_code == 200
    assert b"<html" not in part.content


def test_name_is_given_by_choice(colleague: Client):
    keep(colleague)
    refused = colleague.post(reverse("answer_name"), {"is_by_name": "on", "name": "", **stands(colleague)})
    assert (refused.status_code, list(errors_of(refused))) == (422, ["name"])
    colleague.post(reverse("answer_name"), {"is_by_name": "on", "name": "Mary", **stands(colleague)})
    saying = answering(secret_for(TEAM[0])).saying
    assert (saying.name, saying.is_by_name, len(saying.said)) == ("Mary", True, 1)


def test_answer_is_destroyed_when_asked(colleague: Client):
    keep(colleague)
    assert colleague.get(reverse("answer_take_back")).status_code == 200
    colleague.post(reverse("answer_take_back"), stands(colleague))
    assert TeamAnswer.objects.count() == 0


def test_link_in_the_mail_ends_the_reminders(cast: WebCast):
    opened(cast.hospital)
    colleague = following(secret_for(TEAM[0]), "no-more/")
    assert heading(colleague.get(reverse("answer_no_more"))) == "Not be asked again?"
    assert TeamLink.objects.exclude(left_alone_at=None).count() == 0
    colleague.post(reverse("answer_no_more"), stands(colleague))
    assert TeamLink.objects.exclude(left_alone_at=None).count() == 1
    assert heading(colleague.get(reverse("answer_no_more"))) == "You will not be asked again"


def test_device_forgets_the_link(colleague: Client):
    assert heading(colleague.post(reverse("answer_leave"))) == "Thank you"
    assert heading(colleague.get(reverse("answering"))) == NOWHERE
    assert following(secret_for(TEAM[0])).get(reverse("answering")).status_code == 200


def test_every_dead_link_is_the_same_page(cast: WebCast):
    round_id = opened(cast.hospital)
    withdraw_link(cast.hospital.lead, round_id=round_id, link=look(cast.hospital, round_id).links[0].id, at=NOW)
    closed = open_round(cast.hospital.lead, fewest=3, emails=["closed@example.org"], at=NOW)
    close_round(cast.hospital.lead, round_id=closed, at=NOW)
    pages = {browser().get(reverse("answering")).content}
    for token in (secret_for(TEAM[0]), secret_for("closed@example.org"), "x" * 54):
        for name in ("answering", "answer_own", "answer_name", "answer_no_more", "answer_take_back"):
            answered = following(token).get(reverse(name))
            assert (answered.status_code, "lichen_answer" in answered.cookies) == (404, True)
            pages.add(answered.content)
    assert len(pages) == 1


def test_secret_stands_in_no_page_and_no_session(cast: WebCast, colleague: Client):
    token = secret_for(TEAM[0])
    for name in ("answering", "answer_own", "answer_name", "answer_take_back", "answer_no_more"):
        shown = colleague.get(reverse(name))
        assert token not in shown.content.decode()
        assert shown.headers["Referrer-Policy"] == "same-origin"
        assert shown.headers["Cache-Control"] == "no-store"
    assert "sessionid" not in colleague.cookies
    assert colleague.cookies["lichen_answer"]["path"] == "/answering/"


# --- The lead --------------------------------------------------------------------------------------------------------


def rounds_of(cast: WebCast) -> tuple[Client, UUID]:
    return browser(cast.hospital.lead), cast.hospital.id


def test_lead_asks_by_a_form(cast: WebCast):
    lead, hospital = rounds_of(cast)
    typed = {"emails": "Ann@example.org, bob@example.org;\nann@example.org", "fewest": "4"}
    made = lead.post(reverse("open_round", args=[hospital]), typed, follow=True)
    assert (heading(made), said(made)) == ("Your team is asked", ["The links are on their way."])
    assert [len(letters(email)) for email in ("ann@example.org", "bob@example.org")] == [1, 1]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [({"emails": "nobody", "fewest": "4"}, "emails"), ({"emails": "a@example.org", "fewest": "2"}, "fewest")],
)
def test_what_cannot_be_asked_is_told_beside_the_field(cast: WebCast, typed: dict[str, str], wrong: str):
    lead, hospital = rounds_of(cast)
    refused = lead.post(reverse("open_round", args=[hospital]), typed)
    assert (refused.status_code, list(errors_of(refused)), TeamRound.objects.count()) == (422, [wrong], 0)


def test_lead_goes_from_asking_to_gaps(cast: WebCast):
    lead, hospital = rounds_of(cast)
    round_id = opened(cast.hospital, fewest=3)
    for email in TEAM[:3]:
        answer(email, TRUST, VENUE)
    here = reverse("team_round", args=[hospital, round_id])
    waiting = lead.get(here).content.decode()
    assert "3 of 5 have answered." in waiting
    assert "Enough have answered" in waiting
    assert "Venue" not in waiting
    shown = lead.post(reverse("show_round", args=[hospital, round_id]), follow=True)
    assert heading(shown) == "What your team says"
    assert "You largely agree on the order." in shown.content.decode()
    nothing = lead.post(reverse("take_from_round", args=[hospital, round_id]), follow=True)
    assert said(nothing) == ["Nothing was ticked, and nothing taken."]
    lead.post(reverse("take_from_round", args=[hospital, round_id]), {"code": [VENUE]})
    assert [item.code for item in own_audit(cast.hospital.lead).gaps] == [VENUE]
    assert "in your audit" in lead.get(here).content.decode()


def test_lead_is_told_why_nothing_is_shown(cast: WebCast):
    lead, hospital = rounds_of(cast)
    round_id = opened(cast.hospital, fewest=3)
    refused = lead.post(reverse("show_round", args=[hospital, round_id]))
    assert refused.status_code == 403
    assert "before 3 have answered" in refused.content.decode()


def test_pages_of_a_round_are_a_leads(cast: WebCast):
    round_id = opened(cast.hospital)
    link = look(cast.hospital, round_id).links[0].id
    looks = {"team_rounds": [], "open_round": [], "team_round": [round_id], "invite_to_round": [round_id]}
    looks["withdraw_link"] = [round_id, link]
    presses = ("remind_round", "close_round", "reopen_round", "show_round", "take_from_round")
    for actor, expected in ((cast.hospital.member, 403), (cast.hospital.observer, 403), (cast.stranger.lead, 404)):
        window = browser(actor)
        for name, more in looks.items():
            assert window.get(reverse(name, args=[cast.hospital.id, *more])).status_code == expected, name
        for name in presses:
            assert window.post(reverse(name, args=[cast.hospital.id, round_id])).status_code == expected, name


def test_round_of_another_organisation_is_not_there(cast: WebCast):
    theirs = opened(cast.churches)
    lead, hospital = rounds_of(cast)
    for name in ("team_round", "invite_to_round"):
        assert lead.get(reverse(name, args=[hospital, theirs])).status_code == 404
    for name in ("remind_round", "close_round", "reopen_round", "show_round"):
        assert lead.post(reverse(name, args=[hospital, theirs])).status_code == 404


@pytest.mark.parametrize("rounds", [1, 30])
def test_list_of_rounds_costs_the_same_for_one_and_thirty(cast: WebCast, rounds: int, django_assert_num_queries):
    lead, hospital = rounds_of(cast)
    for number in range(rounds):
        open_round(cast.hospital.lead, fewest=3, emails=TEAM[:3], at=NOW - timedelta(days=number))
    lead.get(reverse("team_rounds", args=[hospital]))
    with django_assert_num_queries(QUERIES["rounds"]):
        lead.get(reverse("team_rounds", args=[hospital]))


@pytest.mark.parametrize("people", [1, 30])
def test_round_costs_the_same_for_one_and_thirty(cast: WebCast, people: int, django_assert_num_queries):
    lead, hospital = rounds_of(cast)
    emails = [f"one{number}@example.org" for number in range(people)]
    round_id = open_round(cast.hospital.lead, fewest=3, emails=emails, at=NOW)
    for email in emails:
        answer(email, TRUST)
    with django_assert_num_queries(QUERIES["round"]):
        lead.get(reverse("team_round", args=[hospital, round_id]))


QUERIES = {"rounds": 8, "round": 12}
