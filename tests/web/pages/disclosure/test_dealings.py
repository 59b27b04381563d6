"""Opening up on the pages: a step at a time, previewed to the letter, and to nobody else."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from lichen.audit.values import Readiness
from lichen.brief.phrases import label
from lichen.scales import Relevance, Sensitivity
from lichen_web.accounts.models import Complaint, Organisation
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.actions import audit as writing
from lichen_web.alliances.actions import disclosure
from lichen_web.alliances.actions.circles import admit, ask_to_join
from lichen_web.alliances.actions.complaints import complain
from lichen_web.alliances.actions.host import suspend_organisation
from lichen_web.alliances.actions.membership import remove_member
from lichen_web.alliances.models import Event, Grant, Look, Mail, Matter
from tests import cast as organisations
from tests.cast import churches_audit, hospital_audit
from tests.web.confiding import C1, H1, H2, NOW, Dealing, audited, change, disclose, gap_of, met, opened
from tests.web.pages.reading import browser, heading, said
from tests.web.people import House, WebCast, address, entered, letters, membership_of

WORDS = {
    gap.code: gap.words
    for gap in (*hospital_audit.organisation.vulnerabilities, *churches_audit.organisation.vulnerabilities)
}
OF_A_DEALING = ("dealing", "dealing_fit", "say_yes", "agree_to_codes", "judge_trial", "withdraw_everything")
OF_A_DEALING += ("report_exploitation", "end_matter", "messages", "message_mails")
OF_A_GAP = ("answer_relevance", "disclose_vulnerability", "try_one_item", "withdraw_item")


def at(name: str, house: House, *takes: object) -> str:
    return reverse(name, args=[house.id, *takes])


def read(house: House, dealing: Dealing, name: str = "dealing", *takes: object) -> HttpResponse:
    return browser(house.lead).get(at(name, house, dealing.id, *takes))


def plain(answer: HttpResponse) -> str:
    """A page without what differs each time it is drawn."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]*"', "", answer.content.decode())


def sheet(answer: HttpResponse, code: str) -> str:
    """What a page says of a gap, as the other side reads it."""
    found = re.search(rf'<p class="gap-name">{label(code)}<.*?</dl>', answer.content.decode(), re.DOTALL)
    return re.sub(r"\s+", " ", found[0]) if found else ""


# --- Beginning -------------------------------------------------------------------------------------------------------


def test_two_who_know_each_other_begin_from_their_circle(cast: WebCast):
    lead = browser(cast.hospital.lead)
    circle = lead.get(reverse("circle", args=[cast.hospital.id, cast.circle]))
    ask = at("propose_matter", cast.hospital, cast.circle, cast.churches.id)
    assert circle.content.decode().count(ask) == 1
    assert Matter.objects.count() == 0
    answer = lead.post(ask, follow=True)
    assert (heading(answer), said(answer)) == (cast.churches.name, ["You have proposed it."])
    assert lead.get(ask).url == answer.redirect_chain[0][0]
    matter = Matter.objects.get().id
    mine, theirs = (
        browser(house.lead).get(at("dealings", house)).content.decode() for house in (cast.hospital, cast.churches)
    )
    assert ("you have proposed it" in mine, "proposes to deal with you" in theirs) == (True, True)
    other = browser(cast.churches.lead)
    assert at("say_yes", cast.churches, matter) in other.get(at("dealing", cast.churches, matter)).content.decode()
    other.post(at("say_yes", cast.churches, matter))
    assert Matter.objects.get().met_at is not None


def test_proposal_is_told_by_one_mail_that_names_nobody(cast: WebCast):
    for _ in range(2):
        matter = disclosure.propose_matter(cast.hospital.lead, circle=cast.circle, other=cast.churches.id, at=NOW)
        disclosure.end_matter(cast.hospital.lead, matter=matter, at=NOW)
    told = [letter for letter in letters(address(cast.churches.lead)) if letter["kind"] == "proposal"]
    assert len(told) == 1
    assert cast.hospital.name not in told[0]["text"] + told[0]["subject"]


def test_whoever_was_asked_cannot_refuse_aloud(cast: WebCast):
    matter = disclosure.propose_matter(cast.hospital.lead, circle=cast.circle, other=cast.churches.id, at=NOW)
    asked = browser(cast.churches.lead)
    assert "end_matter" not in asked.get(at("dealing", cast.churches, matter)).content.decode()
    assert asked.post(at("end_matter", cast.churches, matter)).status_code == 403
    assert Matter.objects.get().ended_at is None
    assert browser(cast.hospital.lead).post(at("end_matter", cast.hospital, matter)).status_code == 302
    for house in (cast.hospital, cast.churches):
        assert browser(house.lead).get(at("dealing", house, matter)).status_code == 404


def test_unanswered_proposal_looks_the_same_however_long_it_is_left(cast: WebCast):
    matter = disclosure.propose_matter(cast.hospital.lead, circle=cast.circle, other=cast.churches.id, at=NOW)
    lead = browser(cast.hospital.lead)
    before = plain(lead.get(at("dealing", cast.hospital, matter)))
    browser(cast.churches.lead).get(at("dealing", cast.churches, matter))
    browser(cast.churches.lead).get(at("say_yes", cast.churches, matter))
    assert plain(lead.get(at("dealing", cast.hospital, matter))) == before


# --- A step at a time ------------------------------------------------------------------------------------------------


def test_preview_is_to_the_letter_what_they_read(cast: WebCast):
    dealing = opened(audited(cast))
    gap = gap_of(cast.hospital, H1)
    before = sheet(read(cast.hospital, dealing, "disclose_vulnerability", gap), H1)
    assert WORDS[H1] not in read(cast.churches, dealing).content.decode()
    disclose(cast.hospital, dealing, H1)
    assert WORDS[H1] in before
    assert before == sheet(read(cast.churches, dealing), H1)


def test_only_what_was_previewed_is_shown(cast: WebCast):
    """A colleague changes the gap between the preview and the button."""
    dealing = opened(audited(cast))
    gap = gap_of(cast.hospital, H1)
    lead, where = browser(cast.hospital.lead), at("disclose_vulnerability", cast.hospital, dealing.id, gap)
    change(cast.hospital, H1, words="Something else altogether.")
    assert lead.post(where, {"version": 1}).status_code == 403
    assert lead.post(where, {}).status_code == 422
    assert Grant.objects.filter(part__rung=4).count() == 0
    assert lead.post(where, {"version": 2}).status_code == 302
    assert "Something else altogether." in read(cast.churches, dealing).content.decode()


def test_agreeing_keeps_back_whatever_was_not_ticked(cast: WebCast):
    dealing = met(audited(cast))
    lead, where = browser(cast.hospital.lead), at("agree_to_codes", cast.hospital, dealing.id)
    offered = re.findall(r'name="among" value="([^"]+)"', lead.get(where).content.decode())
    assert f"{gap_of(cast.hospital, H1)}:1" in offered
    assert lead.post(where, {"among": []}).status_code == 422
    assert lead.post(where, {"among": [f"{gap_of(cast.churches, C1)}:1"]}).status_code == 422
    assert lead.post(where, {"among": [f"{gap_of(cast.hospital, H1)}:7"]}).status_code == 422
    assert lead.post(where, {"among": [f"{gap_of(cast.hospital, H2)}:1"]}).status_code == 302
    disclosure.agree_to_codes(cast.churches.lead, matter=dealing.id, at=timezone.now())
    shown = read(cast.churches, dealing).content.decode()
    assert re.findall(r'class="gap-name">([^<]+)<', shown) == [label(H2)]


def test_agreeing_tells_nothing_of_what_they_can_give(cast: WebCast):
    """Every gap of ours in a field that both know can be ticked, also one that they could not ease."""
    record(audited(cast).hospital, "people.hr_systems")
    dealing = met(cast)
    page = read(cast.hospital, dealing, "agree_to_codes").content.decode()
    assert f"{gap_of(cast.hospital, 'people.hr_systems')}:1" in page
    disclosure.agree_to_codes(cast.hospital.lead, matter=dealing.id, at=NOW)
    disclosure.agree_to_codes(cast.churches.lead, matter=dealing.id, at=NOW)
    assert label("people.hr_systems") not in read(cast.churches, dealing).content.decode()


def test_relevance_is_asked_first_and_answered_for_them_alone(cast: WebCast):
    unasked = replace(
        hospital_audit,
        organisation=replace(
            hospital_audit.organisation,
            vulnerabilities=tuple(
                replace(gap, relevance=Relevance.UNASKED) for gap in hospital_audit.organisation.vulnerabilities
            ),
        ),
    )
    dealing = met(audited(cast, (unasked, churches_audit)))
    theirs = plain(read(cast.churches, dealing))
    step = re.search(r'href="([^"]+/relevance/[^"]+)"', read(cast.hospital, dealing).content.decode())[1]
    lead = browser(cast.hospital.lead)
    assert lead.get(step).status_code == 200
    assert lead.post(step, {"relevance": "perhaps"}).status_code == 422
    assert lead.post(step, {"relevance": "no"}).status_code == 302
    assert re.search(r'href="([^"]+/relevance/[^"]+)"', read(cast.hospital, dealing).content.decode())[1] != step
    assert plain(read(cast.churches, dealing)) == theirs


def test_trial_is_judged_and_they_are_not_told(cast: WebCast):
    rushed = replace(hospital_audit, readiness=Readiness(leadership_aligned=False))
    dealing = opened(audited(cast, (rushed, churches_audit)))
    page = read(cast.hospital, dealing).content.decode()
    step = re.search(r'href="([^"]+/try/[^"]+)"', page)[1]
    lead = browser(cast.hospital.lead)
    assert lead.post(step, {"version": 1}).status_code == 302
    assert at("judge_trial", cast.hospital, dealing.id) in read(cast.hospital, dealing).content.decode()
    theirs = plain(read(cast.churches, dealing))
    lead.post(at("judge_trial", cast.hospital, dealing.id), {"received": "coldly received"})
    assert at("judge_trial", cast.hospital, dealing.id) not in read(cast.hospital, dealing).content.decode()
    assert plain(read(cast.churches, dealing)) == theirs


def test_rule_is_told_before_and_refuses_after(cast: WebCast):
    dealing = opened(audited(cast))
    disclose(cast.hospital, dealing, H1)
    page = read(cast.hospital, dealing).content.decode()
    ahead = "This side is ahead already. Wait until the other side has opened an item too."
    told = f"You have told {cast.churches.name} one gap more than they told you. The next is theirs, if they wish."
    where = at("disclose_vulnerability", cast.hospital, dealing.id, gap_of(cast.hospital, H2))
    assert (told in page, where in page) == (True, False)
    lead = browser(cast.hospital.lead)
    asked = lead.get(where).content.decode()
    assert (ahead in asked, '<button type="submit">' in asked) == (True, False)
    assert lead.post(where, {"version": 1}).status_code == 403
    assert Grant.objects.filter(part__rung=4).count() == 1


def test_public_bodies_are_warned_of_on_every_preview(cast: WebCast):
    dealing = met(audited(cast))
    where = ("disclose_vulnerability", gap_of(cast.hospital, H1))
    assert "can be asked for by law" not in read(cast.hospital, dealing, *where).content.decode()
    Organisation.objects.filter(id=cast.churches.id).update(is_public_body=True)
    for name, *takes in (("agree_to_codes",), ("say_yes",)):
        assert "can be asked for by law" in read(cast.hospital, dealing, name, *takes).content.decode()
    for house in (cast.hospital, cast.churches):
        disclosure.agree_to_codes(house.lead, matter=dealing.id, at=NOW)
    assert "can be asked for by law" in read(cast.hospital, dealing, *where).content.decode()


# --- Nothing else comes through --------------------------------------------------------------------------------------


def test_hidden_gap_moves_nothing_on_any_page_of_theirs(cast: WebCast):
    """Byte for byte: a gap that is too sensitive, or not relevant, is as if it had never been named."""
    dealing = met_with_one_gap_more(cast)
    hidden = ({"sensitivity": Sensitivity.HIGH}, {"relevance": Relevance.NO})
    for step in ("met", "codes", "words"):
        pages(cast.hospital, dealing)  # that they have read what was opened stands there, too, from the second time on
        before = pages(cast.hospital, dealing)
        for said_of_it in hidden:
            gap = record(cast.churches, "tech.data_systems", **said_of_it)
            assert pages(cast.hospital, dealing) == before, (step, said_of_it)
            writing.remove_vulnerability(cast.churches.member, vulnerability=gap, at=NOW)
        for house in (cast.churches, cast.hospital) if step == "met" else ():
            disclosure.agree_to_codes(house.lead, matter=dealing.id, at=NOW)
        if step == "codes":
            disclose(cast.churches, dealing, C1)
            disclose(cast.hospital, dealing, H1)


def test_gap_that_is_not_hidden_moves_a_field(cast: WebCast):
    """What the test before would see if something did come through."""
    dealing = met_with_one_gap_more(cast)
    before = pages(cast.hospital, dealing)
    record(cast.churches, "tech.data_systems")
    after = pages(cast.hospital, dealing)
    assert ("Technology" in before[0], "Technology" in after[0]) == (False, True)
    assert before[1:] == after[1:]


def met_with_one_gap_more(cast: WebCast) -> Dealing:
    """The churches claimed one gap more with their yes, so that it counts whenever it stands in their audit."""
    gap = record(audited(cast).churches, "tech.data_systems")
    dealing = met(cast)
    writing.remove_vulnerability(cast.churches.member, vulnerability=gap, at=NOW)
    return dealing


def pages(house: House, dealing: Dealing) -> list[str]:
    """Everything that one side reads of a dealing."""
    names = ("dealing", "dealing_fit", "messages", "agree_to_codes")
    lists = [browser(house.lead).get(at(name, house)) for name in ("dealings", "shown")]
    return [plain(answer) for answer in (*(read(house, dealing, name) for name in names), *lists)]


def record(house: House, code: str, **said_of_it: object) -> UUID:
    """One gap more."""
    answers = {"relevance": Relevance.YES, "sensitivity": None, **said_of_it}
    return writing.record_vulnerability(
        house.member, code=code, words="zyxhidden", severity=5, rank=None, core=True, at=NOW, **answers
    )


def test_strangers_and_those_who_left_are_told_that_nothing_is_there(cast: WebCast):
    dealing = opened(audited(cast))
    gap = gap_of(cast.hospital, H1)
    gone = cast.churches.observer
    remove_member(cast.churches.lead, membership=membership_of(gone), at=NOW)
    ways = [
        (cast.stranger.lead, cast.stranger),
        (cast.stranger.lead, cast.hospital),
        (gone, cast.churches),
        (cast.host, cast.hospital),
        (cast.convener, cast.churches),
    ]
    for person, house in ways:
        client = browser(person)
        for name in OF_A_DEALING:
            assert {
                client.get(at(name, house, dealing.id)).status_code,
                client.post(at(name, house, dealing.id)).status_code,
            } <= {404, 405}, name
        for name in OF_A_GAP:
            assert {
                client.get(at(name, house, dealing.id, gap)).status_code,
                client.post(at(name, house, dealing.id, gap), {"version": 1, "relevance": "yes"}).status_code,
            } == {404}, name
    assert Grant.objects.filter(part__rung=4).count() == 0


def test_third_of_the_same_circle_sees_nothing_of_it(cast: WebCast):
    dealing = opened(audited(cast))
    third = entered(organisations.farmers, ("Finn Field", "Gail Grow", "Hal Hay"), NOW)
    asking = ask_to_join(third.lead, circle=cast.circle, statement="We farm.", signed_name="lead", at=NOW)
    admit(cast.convener, membership=asking, at=NOW)
    client = browser(third.lead)
    for house in (third, cast.hospital):
        for name in OF_A_DEALING:
            assert {client.get(at(name, house, dealing.id)).status_code} <= {404, 405}, name
    lists = [plain(client.get(at(name, third))) for name in ("dealings", "shown")]
    assert not [page for page in lists if cast.hospital.name in page or cast.churches.name in page]


def test_gap_of_another_organisation_is_not_there_in_any_form(cast: WebCast):
    dealing = opened(audited(cast))
    lead = browser(cast.hospital.lead)
    for gap in (gap_of(cast.churches, C1), uuid4()):
        for name in OF_A_GAP:
            where = at(name, cast.hospital, dealing.id, gap)
            assert {lead.get(where).status_code, lead.post(where, {"version": 1, "relevance": "yes"}).status_code} == {
                404
            }
    assert lead.get(at("propose_matter", cast.hospital, cast.circle, cast.stranger.id)).status_code == 404
    assert lead.post(at("propose_matter", cast.hospital, cast.circle, cast.stranger.id)).status_code == 404


def test_observer_reads_and_changes_nothing_and_facilitator_reads_nothing(cast: WebCast):
    dealing = opened(audited(cast))
    observer = browser(cast.hospital.observer)
    for name in ("dealing", "dealing_fit", "messages"):
        assert observer.get(at(name, cast.hospital, dealing.id)).status_code == 200
    for name in ("say_yes", "agree_to_codes", "withdraw_everything", "report_exploitation", "end_matter"):
        assert observer.post(at(name, cast.hospital, dealing.id)).status_code == 403
    facilitator = browser(cast.serving_hospital)
    for name in OF_A_DEALING:
        assert facilitator.post(at(name, cast.hospital, dealing.id)).status_code in {403, 404, 405}, name
        assert facilitator.get(at(name, cast.hospital, dealing.id)).status_code in {403, 404, 405}, name
    for name in ("dealings", "shown"):
        assert facilitator.get(at(name, cast.hospital)).status_code == 403


def test_suspended_organisation_is_shut_out(cast: WebCast):
    dealing = opened(audited(cast))
    suspend_organisation(cast.host, organisation=cast.churches.id, at=NOW)
    assert browser(cast.churches.lead).get(at("dealing", cast.churches, dealing.id)).status_code == 404
    assert browser(cast.hospital.lead).get(at("dealing", cast.hospital, dealing.id)).status_code == 200


# --- Taking back -----------------------------------------------------------------------------------------------------


def test_withdrawn_item_simply_is_not_there(cast: WebCast):
    """No word, no mail, no event of theirs: their page is the one they would have had without it."""
    dealing = opened(audited(cast))
    mails, events = Mail.objects.count(), Event.objects.filter(chain_id=cast.churches.id).count()
    gap = gap_of(cast.hospital, H1)
    answer = browser(cast.hospital.lead).post(at("withdraw_item", cast.hospital, dealing.id, gap))
    assert answer.status_code == 302
    page = read(cast.churches, dealing).content.decode()
    assert len(re.findall("gap-name", page)) == 2
    assert not re.search(r"withdr|[tT]aken back|no longer", re.sub(r'href="[^"]*"', "", page))
    assert (Mail.objects.count(), Event.objects.filter(chain_id=cast.churches.id).count()) == (mails, events)


def test_exploitation_shuts_everything_and_an_answer_is_owed(cast: WebCast):
    dealing = opened(audited(cast))
    disclose(cast.hospital, dealing, H1)
    lead, where = browser(cast.hospital.lead), at("report_exploitation", cast.hospital, dealing.id)
    assert "The host never reads what you confided" in lead.get(where).content.decode()
    answer = lead.post(where, {"words": "They told the paper what we had told them."}, follow=True)
    complaint = Complaint.objects.get()
    assert (Grant.objects.filter(withdrawn_at=None).count(), complaint.about_id, complaint.by_id) == (
        0,
        cast.churches.id,
        cast.hospital.id,
    )
    for house in (cast.hospital, cast.churches):
        page = read(house, dealing).content.decode()
        assert f"#complaint-{complaint.id}" in page
        assert WORDS[H1] not in page
    assert "They told the paper" in browser(cast.churches.lead).get(at("complaints", cast.churches)).content.decode()
    assert said(answer) == ["Everything is shut."]
    assert {"complaint", "exploitation_reported"} <= {
        letter["kind"] for to in (cast.churches.lead, cast.host) for letter in letters(address(to))
    }


def test_exploitation_shuts_everything_while_another_complaint_waits(cast: WebCast):
    dealing = opened(audited(cast))
    complain(cast.hospital.lead, circle=cast.circle, about=cast.churches.id, words="They were late.", at=NOW)
    lead, where = browser(cast.hospital.lead), at("report_exploitation", cast.hospital, dealing.id)
    assert 'name="words"' not in lead.get(where).content.decode()
    assert lead.post(where, {"words": "More of it."}).status_code == 302
    assert (Grant.objects.filter(withdrawn_at=None).count(), Complaint.objects.count()) == (0, 1)


def test_exploitation_without_a_word_shuts_everything_all_the_same(cast: WebCast):
    dealing = opened(audited(cast))
    browser(cast.hospital.lead).post(at("report_exploitation", cast.hospital, dealing.id), {"words": ""})
    assert (Grant.objects.filter(withdrawn_at=None).count(), Complaint.objects.count()) == (0, 0)


def test_circle_leads_to_the_dealing_where_there_is_one(cast: WebCast):
    circle = reverse("circle", args=[cast.hospital.id, cast.circle])
    propose = at("propose_matter", cast.hospital, cast.circle, cast.churches.id)
    assert propose in browser(cast.hospital.lead).get(circle).content.decode()
    dealing = met(audited(cast))
    for who in (cast.hospital.lead, cast.hospital.observer):
        page = browser(who).get(circle).content.decode()
        assert (propose in page, page.count(at("dealing", cast.hospital, dealing.id))) == (False, 1)
    disclosure.end_matter(cast.hospital.lead, matter=dealing.id, at=NOW)
    assert propose in browser(cast.hospital.lead).get(circle).content.decode()


# --- What have we shown ----------------------------------------------------------------------------------------------


def test_what_was_shown_says_how_many_have_looked(cast: WebCast):
    dealing = opened(audited(cast))
    lead = browser(cast.hospital.lead)
    assert lead.get(at("shown", cast.hospital)).content.decode().count("nobody has looked") == 3
    for person in (cast.churches.lead, cast.churches.observer, cast.churches.lead):
        browser(person).get(at("dealing", cast.churches, dealing.id))
    page = lead.get(at("shown", cast.hospital)).content.decode()
    assert page.count("2 people of theirs have looked") == 3
    assert "Ruth Adeyemi" not in page
    assert sorted(Look.objects.filter(owner=cast.hospital.id).values_list("times", flat=True)) == [1, 1, 1, 2, 2, 2]


def test_what_they_have_shown_us_is_listed_with_who_of_us_has_looked(cast: WebCast):
    dealing = opened(audited(cast))
    disclose(cast.churches, dealing, C1)
    lead, words = browser(cast.hospital.lead), Look.objects.filter(owner=cast.churches.id, grant__part__rung=4)
    page = plain(lead.get(at("shown", cast.hospital)))
    assert page.count("by name") == 5
    assert page.count("in their own words") == 1
    assert page.count("nobody of you has read the words yet") == 1
    assert not words.exists()
    assert Look.objects.filter(owner=cast.churches.id, person=cast.hospital.lead.person).count() == 3
    read(cast.hospital, dealing)
    page = plain(lead.get(at("shown", cast.hospital)))
    assert "nobody of you has read the words yet" not in page
    assert page.count("Sunil Rao on") + page.count(" of you, looked:") >= 3
    assert words.count() == 1
    assert label(C1) not in plain(browser(cast.stranger.lead).get(at("shown", cast.stranger)))
    disclosure.end_matter(cast.churches.lead, matter=dealing.id, at=NOW)
    assert "Nothing yet. What somebody opens to you" in plain(lead.get(at("shown", cast.hospital)))


def test_what_was_changed_or_taken_back_since_is_told_to_its_owner_alone(cast: WebCast):
    dealing = opened(audited(cast))
    theirs = plain(read(cast.churches, dealing))
    change(cast.hospital, H1, severity=1)
    page = browser(cast.hospital.lead).get(at("shown", cast.hospital)).content.decode()
    assert page.count("you have changed it since") == 1
    assert plain(read(cast.churches, dealing)) == theirs
    disclosure.withdraw_disclosure(
        cast.hospital.lead, matter=dealing.id, vulnerability=gap_of(cast.hospital, H2), at=NOW
    )
    page = browser(cast.hospital.lead).get(at("shown", cast.hospital)).content.decode()
    assert page.count("1 that they can read no longer") == 1


# --- How the two fit -------------------------------------------------------------------------------------------------


def make_public(house: House) -> None:
    """Everything that one side can give."""
    for own in own_audit(house.lead).offers:
        writing.open_offer(house.lead, offer=own.id, is_public=True, at=NOW)


def test_fit_is_a_table_that_can_be_heard_of_what_can_be_swapped(cast: WebCast):
    dealing = opened(audited(cast))
    make_public(cast.churches)
    page = read(cast.hospital, dealing, "dealing_fit").content.decode()
    cells = re.findall(r'<td class="shade-(\d)">([^<]+)', page)
    rows, columns = page.count('scope="row"'), page.count('scope="col"')
    assert (page.count("<caption>"), page.count('id="legend"'), len(cells)) == (1, 1, rows * columns)
    assert rows > 0
    assert all((words == "–") == (shade == "0") for shade, words in cells)
    for row in re.findall(r'<tr><th scope="row">.*?</tr>', page):
        assert "<small>" in row
    assert page.count("<meter") >= 1
    assert "style=" not in page


def test_fit_asks_once_where_nothing_can_be_counted(cast: WebCast):
    dealing = opened(audited(cast))
    page = plain(read(cast.hospital, dealing, "dealing_fit"))
    assert page.count("they have not made public how well they do it all. Ask them.") == 1
    assert page.count("they can ease it.") == 3
    assert "<table" not in page
    assert "possible" not in page


def test_fit_is_not_there_before_both_have_said_yes(cast: WebCast):
    matter = disclosure.propose_matter(cast.hospital.lead, circle=cast.circle, other=cast.churches.id, at=NOW)
    assert browser(cast.hospital.lead).get(at("dealing_fit", cast.hospital, matter)).status_code == 404
