"""What a page offers next, and what the desk of a host says."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.conf import settings as ours
from django.urls import reverse
from django.utils import timezone

from lichen_web.alliances.actions.circles import ask_to_join, invite_to_circle
from lichen_web.alliances.actions.complaints import answer_complaint, complain
from lichen_web.alliances.actions.membership import accept_invitation
from tests.web.pages.reading import browser, heading, said
from tests.web.people import WebCast, address, letters, signed_up, token_for


def step_of(actor, name: str, *about: object) -> tuple[str, str] | None:
    step = browser(actor).get(reverse(name, args=about)).context["step"]
    return step and (step.words, step.address)


def invited(cast: WebCast, actor) -> None:
    invite_to_circle(cast.convener, circle=cast.circle, email=address(actor), at=timezone.now())
    accept_invitation(actor, token=token_for(address(actor)), at=timezone.now())


def test_who_was_invited_to_a_circle_is_told_to_ask_until_they_have(cast: WebCast):
    lead, here = cast.stranger.lead, cast.stranger.id
    before = step_of(lead, "organisation", here)
    invited(cast, lead)
    words = "You were invited to Eastfield table: ask to join."
    assert step_of(lead, "desk") == (words, reverse("organisation", args=[here]))
    assert step_of(lead, "organisation", here) == (words, reverse("ask_to_join", args=[here, cast.circle]))
    ask_to_join(lead, circle=cast.circle, statement="We ask.", signed_name="Alex", at=timezone.now())
    assert step_of(lead, "organisation", here) == before


def test_who_was_invited_and_has_no_organisation_enters_one(cast: WebCast):
    nina = signed_up("Nina New")
    invited(cast, nina)
    words = "You were invited to Eastfield table: enter your organisation, then ask to join."
    assert step_of(nina, "desk") == (words, reverse("found_organisation"))


def test_an_invitation_is_of_the_one_who_accepted_it(cast: WebCast):
    before = step_of(cast.stranger.lead, "desk")
    invited(cast, signed_up("Nina New"))
    assert step_of(cast.stranger.lead, "desk") == before


def test_a_complaint_that_waits_comes_first_until_it_is_answered(cast: WebCast):
    lead, here = cast.hospital.lead, cast.hospital.id
    calm = {"desk": step_of(lead, "desk"), "organisation": step_of(lead, "organisation", here)}
    words = {"circle": cast.circle, "about": here, "words": "They did not come."}
    complaint = complain(cast.churches.lead, **words, at=timezone.now())
    told = (f"1 complaint about {cast.hospital.name} waits for an answer.", reverse("complaints", args=[here]))
    assert (step_of(lead, "desk"), step_of(lead, "organisation", here)) == (told, told)
    for other in (cast.facilitator, cast.churches.lead, cast.stranger.lead):
        assert step_of(other, "desk") != told
    assert step_of(cast.serving_hospital, "organisation", here) is None
    answer_complaint(lead, complaint=complaint, words="We were ill.", at=timezone.now())
    assert {"desk": step_of(lead, "desk"), "organisation": step_of(lead, "organisation", here)} == calm


def test_the_mail_of_a_complaint_has_its_address_and_none_of_its_words(cast: WebCast):
    words = {"circle": cast.circle, "about": cast.hospital.id, "words": "They did not come."}
    complaint = complain(cast.churches.lead, **words, at=timezone.now())
    text = letters(address(cast.hospital.lead))[0]["text"]
    page = reverse("complaints", args=[cast.hospital.id])
    assert text.splitlines()[-1] == f"{ours.LICHEN.url}{page}#complaint-{complaint}"
    assert "did not come" not in text
    shown = browser(cast.hospital.lead).get(page).content.decode()
    assert shown.count(f'id="complaint-{complaint}"') == 1


def test_the_mail_of_an_invitation_says_who_invites_and_what_this_is(cast: WebCast):
    invite_to_circle(cast.convener, circle=cast.circle, email="nina@example.org", at=timezone.now())
    assert letters("nina@example.org")[0]["text"].splitlines()[0] == (
        "Cora Whitfield, for Eastfield table, invites you to bring an organisation into the circle Eastfield table"
        " on Lichen. On Lichen organisations find partners whose gaps fit theirs, and open up to them step by step."
    )


def test_the_desk_of_a_host_counts_what_waits_and_names_the_first_steps(cast: WebCast):
    host = browser(cast.host).get(reverse("desk")).context["host"]
    assert (host.has_second_factor, host.has_circle, host.has_begun) == (False, True, False)
    console = browser(cast.host).get(reverse("host")).context
    counted, work = console["console"], console["workload"]
    waits = counted.complaints + counted.recoveries + counted.leaderless + counted.unvouched + console["uncopied"]
    assert host.waiting == waits + work.mails_failed + work.jobs_failed
    complain(cast.churches.lead, circle=cast.circle, about=cast.hospital.id, words="They did not.", at=timezone.now())
    assert browser(cast.host).get(reverse("desk")).context["host"].waiting == host.waiting + 1
    assert browser(cast.hospital.lead).get(reverse("desk")).context["host"] is None


def test_who_names_themselves_vouches_at_once(cast: WebCast):
    client, page = browser(cast.host), reverse("name_convener", args=[cast.circle])
    assert said(client.post(page, {"email": address(cast.host).upper()}, follow=True)) == ["You vouch here now."]
    assert said(client.post(page, {"email": "nina@example.org"}, follow=True)) == ["The link is on its way."]


def test_a_facilitator_reads_of_herself(cast: WebCast):
    page = reverse("facilitators", args=[cast.hospital.id])
    assert heading(browser(cast.facilitator).get(page)) == f"You serve {cast.hospital.name}"


def test_the_way_is_shown_only_with_an_organisation(cast: WebCast):
    client, host = browser(cast.hospital.lead), browser(cast.host)
    shown = client.get(reverse("organisation", args=[cast.hospital.id])).content
    assert (shown.count(b'class="way"'), shown.count(b"<small>later</small>")) == (1, 5)
    assert shown.count(b'class="here"') == 0
    for answer in (client.get(reverse("desk")), host.get(reverse("host")), browser().get(reverse("account_login"))):
        assert answer.content.count(b'class="way"') == 0


@pytest.mark.parametrize(("page", "stage"), [("audit", "Audit"), ("exclusions", "Partners"), ("shown", "Dealings")])
def test_the_way_tells_on_which_stage_one_is(cast: WebCast, page: str, stage: str):
    shown = browser(cast.hospital.lead).get(reverse(page, args=[cast.hospital.id])).content.decode()
    assert re.findall(r'aria-current="step"><a href="[^"]+">([^<]+)<', shown) == [stage]


def test_the_demo_offers_to_look_around_and_no_other_host_does(cast: WebCast, settings):
    link = f'href="{reverse("demo")}"'.encode()
    pages = ((None, "front"), (cast.host, "desk"))
    assert [browser(who).get(reverse(page)).content.count(link) for who, page in pages] == [0, 0]
    settings.LICHEN = replace(ours.LICHEN, url="http://127.0.0.1:8000", demo=True)
    assert [browser(who).get(reverse(page)).content.count(link) for who, page in pages] == [1, 1]
