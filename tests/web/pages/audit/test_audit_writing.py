"""Naming and saying anew: kept as one goes, never over what a colleague said meanwhile, with nothing lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from lichen.scales import Relevance, Sensitivity
from lichen_web.alliances.access.audit import own_audit, own_readers
from tests.web.confiding import H1, audited, change, disclose, gap_of, opened
from tests.web.pages.audit.typing import GAP, OFFER, address, chosen, gaps_of, htmx, message_of, rows_of
from tests.web.pages.reading import browser, errors_of, said, typed
from tests.web.people import WebCast


def named(cast: WebCast, **more: object):
    return browser(cast.hospital.member).post(address("record_vulnerability", cast.hospital), {**GAP, **more})


def test_gap_is_kept_as_it_was_said_and_stands_last(cast: WebCast):
    audited(cast)
    answer = named(cast, core="on", sensitivity="high")
    assert answer["Location"] == address("audit", cast.hospital)
    gap = gaps_of(cast.hospital)[-1].vulnerability
    assert (gap.words, gap.code, gap.severity, gap.rank) == (GAP["words"], "assets.vehicles", 4, 7)
    assert (gap.core, gap.relevance, gap.sensitivity) == (True, Relevance.YES, Sensitivity.HIGH)


def test_what_it_is_about_is_asked_and_never_taken_for_granted(cast: WebCast):
    where = address("record_vulnerability", cast.hospital)
    answer = browser(cast.hospital.lead).post(where, {each: GAP[each] for each in GAP if each != "code"})
    assert (answer.status_code, chosen(answer)) == (422, "assets.vehicles")
    assert errors_of(answer) == {"code": "Choose what it is about, or that none of these fits."}
    assert typed(answer, "words") == GAP["words"]
    assert gaps_of(cast.hospital) == ()
    assert named(cast, code="").status_code == 302
    assert [item.code for item in gaps_of(cast.hospital)] == [""]


def test_what_is_refused_stands_beside_the_form_with_all_that_was_typed(cast: WebCast):
    named(cast)
    answer = named(cast, words="It is broken again.")
    assert answer.status_code == 422
    assert list(errors_of(answer)) == ["code"]
    assert typed(answer, "words") == "It is broken again."


def test_change_is_kept_with_its_place(cast: WebCast):
    audited(cast)
    gap = gaps_of(cast.hospital)[2]
    where = address("change_vulnerability", cast.hospital, gap.id)
    client = browser(cast.hospital.member)
    page = client.get(where)
    assert (typed(page, "words"), chosen(page)) == (gap.vulnerability.words, gap.code)
    answer = client.post(where, {**GAP, "code": gap.code, "version": gap.version})
    assert answer.status_code == 302
    now = gaps_of(cast.hospital)[2]
    assert (now.id, now.vulnerability.words, now.vulnerability.rank) == (gap.id, GAP["words"], gap.vulnerability.rank)


def test_two_who_write_at_once_see_both_and_choose(cast: WebCast):
    audited(cast)
    gap = gap_of(cast.hospital, H1)
    where = address("change_vulnerability", cast.hospital, gap)
    change(cast.hospital, H1, words="What the colleague says.")
    client, mine = browser(cast.hospital.lead), {**GAP, "code": H1, "version": 1}
    answer = client.post(where, mine)
    assert answer.status_code == 409
    assert (answer.context["theirs"].words, typed(answer, "words")) == ("What the colleague says.", GAP["words"])
    assert gaps_of(cast.hospital)[0].vulnerability.words == "What the colleague says."
    assert answer.context["version"] == 2
    assert client.post(where, {**mine, "version": 2}).status_code == 302
    assert gaps_of(cast.hospital)[0].vulnerability.words == GAP["words"]


def test_theirs_stands_beside_mine_and_the_two_can_be_joined(cast: WebCast):
    audited(cast)
    where = address("change_vulnerability", cast.hospital, gap_of(cast.hospital, H1))
    change(cast.hospital, H1, words="What the colleague says.", severity=2)
    client, mine = browser(cast.hospital.lead), {**GAP, "code": H1, "version": 1, "severity": "5"}
    answer = client.post(where, mine)
    assert (answer.context["mine"].words, answer.context["mine"].steps) == (GAP["words"], 5)
    assert {"In your own words: what are you bad at?", "How bad is it?"} <= set(map(str, answer.context["differ"]))
    assert answer.content.decode().count('class="side-by-side"') == 1
    joined = client.post(where, {**{key: mine[key] for key in mine if key != "done"}, "join": "1"})
    both = f"What the colleague says.\n{GAP['words']}"
    assert (joined.status_code, joined.context["form"]["words"].value(), joined.context["version"]) == (200, both, 2)
    assert gaps_of(cast.hospital)[0].vulnerability.words == "What the colleague says."
    assert client.post(where, {**mine, "words": both, "version": 2}).status_code == 302
    assert gaps_of(cast.hospital)[0].vulnerability.words.splitlines() == both.splitlines()


def test_offers_that_two_changed_stand_side_by_side_too(cast: WebCast):
    client, where = browser(cast.hospital.lead), address("record_offer", cast.hospital)
    client.post(where, OFFER)
    (own,) = own_audit(cast.hospital.lead).offers
    one = address("change_offer", cast.hospital, own.id)
    assert client.post(one, {**OFFER, "words": "Four halls.", "version": 1}).status_code == 302
    answer = client.post(one, {**OFFER, "kinds": ["space"], "version": 1})
    assert (answer.status_code, answer.context["theirs"].words, answer.context["mine"].words) == (
        409,
        "Four halls.",
        "Three halls.",
    )


def test_gap_that_a_colleague_removed_meanwhile_is_not_there(cast: WebCast):
    audited(cast)
    gap = gap_of(cast.hospital, H1)
    client = browser(cast.hospital.lead)
    client.post(address("remove_vulnerability", cast.hospital, gap))
    assert client.post(address("change_vulnerability", cast.hospital, gap), GAP).status_code == 404


# --- Kept as one goes ------------------------------------------------------------------------------------------------


def kept(cast: WebCast, where: str, **more: object):
    said_so_far = {name: answer for name, answer in GAP.items() if name != "done"}
    return htmx(browser(cast.hospital.lead), where, {**said_so_far, "key": "new", **more}, at=where)


def test_what_is_half_written_is_kept_sealed_and_goes_on_as_the_same(cast: WebCast):
    first = kept(cast, address("record_vulnerability", cast.hospital), version="0")
    (item,) = gaps_of(cast.hospital)
    where = address("change_vulnerability", cast.hospital, item.id)
    assert first["HX-Replace-Url"] == where
    assert message_of(first).startswith("Sealed and kept at ")
    assert (
        '<input type="hidden" name="version" value="1" id="version-new" hx-swap-oob="true">' in first.content.decode()
    )
    second = kept(cast, where, version="1", severity="5")
    assert "HX-Replace-Url" not in second
    (now,) = gaps_of(cast.hospital)
    assert (now.id, now.version, now.vulnerability.severity) == (item.id, 2, 5)


@pytest.mark.parametrize("words", ["asdf", "volunteer", "The roof and the piano are both a worry to somebody."])
def test_nothing_is_kept_in_passing_before_it_is_said_what_it_is_about(cast: WebCast, words: str):
    where = address("record_vulnerability", cast.hospital)
    typed = {each: GAP[each] for each in GAP if each not in ("code", "done")} | {"words": words, "version": "0"}
    answer = htmx(browser(cast.hospital.lead), where, typed, at=where)
    said = "Not kept yet: which of these do you mean? Choose one above, or “None of these”."
    assert message_of(answer) == said
    assert gaps_of(cast.hospital) == ()
    pressed = browser(cast.hospital.lead).post(where, {**typed, "done": "1"})
    assert errors_of(pressed) == {"code": "Choose what it is about, or that none of these fits."}
    assert (chosen(pressed), pressed.context["form"]["words"].value()) == (None, words)
    assert gaps_of(cast.hospital) == ()
    assert message_of(htmx(browser(cast.hospital.lead), where, {**typed, "code": ""}, at=where)).startswith("Sealed")
    assert [item.code for item in gaps_of(cast.hospital)] == [""]


def test_what_is_sent_twice_before_it_was_answered_is_kept_once(cast: WebCast):
    where = address("record_vulnerability", cast.hospital)
    for _ in range(2):
        kept(cast, where, code="", version="0")
    assert len(gaps_of(cast.hospital)) == 1


def test_what_cannot_be_kept_yet_says_so_and_keeps_nothing(cast: WebCast):
    where = address("record_vulnerability", cast.hospital)
    assert message_of(kept(cast, where, words="")) == "Not kept yet: press the button to see why."
    assert gaps_of(cast.hospital) == ()
    audited(cast)
    change(cast.hospital, H1, words="What the colleague says.")
    one = address("change_vulnerability", cast.hospital, gap_of(cast.hospital, H1))
    assert message_of(kept(cast, one, code=H1, version="1")) == "Not kept yet: press the button to see why."
    assert gaps_of(cast.hospital)[0].vulnerability.words == "What the colleague says."


def test_nobody_loses_in_passing_what_they_were_shown(cast: WebCast):
    dealing = opened(audited(cast))
    disclose(cast.hospital, dealing, H1)
    gap = gaps_of(cast.hospital)[0]
    where = address("change_vulnerability", cast.hospital, gap.id)
    assert own_readers(cast.hospital.lead)[gap.id] == 1
    kept(cast, where, version=gap.version)
    assert gaps_of(cast.hospital)[0].code == H1
    assert own_readers(cast.hospital.lead)[gap.id] == 1
    page = browser(cast.hospital.lead).get(where)
    assert "1 organisation reads this." in message_of(page)
    answer = browser(cast.hospital.lead).post(where, {**GAP, "version": page.context["version"]})
    assert answer.status_code == 302
    assert gap.id not in own_readers(cast.hospital.lead)


def test_row_is_written_in_its_place_or_on_a_page_of_its_own(cast: WebCast):
    audited(cast)
    gap = gaps_of(cast.hospital)[1]
    audit, where = address("audit", cast.hospital), address("change_vulnerability", cast.hospital, gap.id)
    answers = {**GAP, "code": gap.code, "version": gap.version}
    in_place = htmx(browser(cast.hospital.lead), where, answers, at=audit)
    assert (in_place.status_code, in_place["Location"]) == (302, audit)
    there = htmx(browser(cast.hospital.lead), where, {**answers, "version": gap.version + 1}, at=where)
    assert (there.status_code, there["HX-Redirect"]) == (200, audit)


# --- Offers ----------------------------------------------------------------------------------------------------------


def test_offer_is_kept_changed_and_made_public(cast: WebCast):
    client = browser(cast.hospital.lead)
    client.post(address("record_offer", cast.hospital), {**OFFER, "kinds": ["space", "in_kind"]})
    (offer,) = own_audit(cast.hospital.lead).offers
    assert (offer.offer.kinds, offer.is_public) == (("space", "in_kind"), False)
    where = address("change_offer", cast.hospital, offer.id)
    assert "If you make it public, anybody here may see it by your name" in message_of(client.get(where))
    client.post(where, {**OFFER, "evidence": "5", "spare": "most weekdays", "version": "1"})
    answer = client.post(address("open_offer", cast.hospital, offer.id), {"is_public": "yes"})
    assert said(client.get(answer["Location"])) == ["It is sealed and kept.", "It is public now."]
    (row,) = rows_of(client.get(address("audit", cast.hospital)))
    assert row.startswith("Community venue public Three halls. 4 of 5 Strong · it was measured · most weekdays")
    client.post(address("open_offer", cast.hospital, offer.id))
    assert own_audit(cast.hospital.lead).offers[0].is_public is False


def test_offer_that_came_without_words_needs_none_to_be_changed(cast: WebCast):
    audited(cast)
    offer = own_audit(cast.hospital.lead).offers[0]
    answers = {**OFFER, "words": "", "code": offer.offer.code, "version": offer.version}
    where = address("change_offer", cast.hospital, offer.id)
    assert browser(cast.hospital.lead).post(where, answers).status_code == 302


# --- Who -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["vulnerability", "offer"])
def test_only_who_may_is_asked_and_what_is_another_organisations_is_not_there(cast: WebCast, kind: str):
    audited(cast)
    own, theirs = own_audit(cast.hospital.lead), own_audit(cast.churches.lead)
    mine, foreign = (
        (own.gaps[0].id, theirs.gaps[0].id) if kind == "vulnerability" else (own.offers[0].id, theirs.offers[0].id)
    )
    where = reverse(f"change_{kind}", args=[cast.hospital.id, mine])
    actors = (cast.hospital.member, cast.hospital.observer, cast.serving_hospital, cast.stranger.lead)
    assert [browser(actor).get(where).status_code for actor in actors] == [200, 403, 403, 404]
    for act in ("change", "remove", "restore"):
        there = reverse(f"{act}_{kind}", args=[cast.hospital.id, foreign])
        assert browser(cast.hospital.lead).post(there, GAP if kind == "vulnerability" else OFFER).status_code == 404
    assert own_audit(cast.churches.lead) == theirs
