"""What Lichen understood, while somebody types and without JavaScript: three at most, never a list of all."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from lichen.capabilities.taxonomy import taxonomy
from lichen_web.pages.audit.choosing import choices_among
from tests.web.pages.audit.typing import TOWN, address, chosen, labels, message_of
from tests.web.pages.reading import browser
from tests.web.people import WebCast

VAN = "Our van is broken and nobody drives any more."


def understood(cast: WebCast, **typed: str):
    where = address("understand_vulnerability", cast.hospital)
    return browser(cast.hospital.member).post(where, typed)


def test_words_become_choices_with_their_meaning(cast: WebCast):
    answer = understood(cast, words=VAN)
    assert labels(answer) == ["Vehicles and fleet", "Equipment", "Logistics and transport", "None of these"]
    assert chosen(answer) == "assets.vehicles"
    assert "Usually shown early: as soon as both sides have said yes." in message_of(answer)


def test_nothing_is_understood_before_anything_is_said(cast: WebCast):
    assert labels(understood(cast)) == []
    assert "Lichen does not know these words yet." in message_of(understood(cast, words="Xyz blub."))


def test_single_words_bring_the_names_that_they_are_or_begin(cast: WebCast):
    named = understood(cast, words="Fundraising")
    assert (chosen(named), labels(named)[0]) == ("funding.fundraising", "Fundraising capacity")
    assert "belongs among your offers" not in message_of(named)
    begun = understood(cast, words="volunteer")
    assert (chosen(begun), labels(begun)[:2]) == (None, ["Volunteer base", "Volunteer management"])
    assert "Lichen is not sure. Is it one of these?" in message_of(begun)


def test_every_name_of_the_vocabulary_is_chosen_for_a_gap_and_for_an_offer():
    for capability in taxonomy().capabilities.values():
        for sense in ("gap", "strength"):
            typed = QueryDict(mutable=True)
            typed["words"] = capability.label.lower()
            found = choices_among(typed, sense)
            assert (found.chosen, found.is_sure, found.reads_otherwise) == (capability.code, True, False)


def test_unsure_is_said_and_nothing_is_chosen(cast: WebCast):
    answer = understood(cast, words="People are tired and the roof leaks on the piano.")
    assert chosen(answer) is None


def test_own_choice_stays_while_the_words_change_and_a_suggestion_does_not(cast: WebCast):
    own = understood(cast, words=VAN, code="people.volunteers", suggested="assets.vehicles")
    assert (chosen(own), labels(own)[0]) == ("people.volunteers", "Volunteer base")
    theirs = understood(
        cast, words="We have nobody who can write grant bids.", code="assets.vehicles", suggested="assets.vehicles"
    )
    assert chosen(theirs) == "funding.grant_seeking"
    none = understood(cast, words=VAN, code="", suggested="assets.vehicles")
    assert chosen(none) == ""


def test_search_finds_by_a_word_that_is_only_begun(cast: WebCast):
    found = labels(understood(cast, search="volun"))
    assert "Volunteer base" in found
    assert len(found) <= 8
    assert "Nothing more was found." in message_of(understood(cast, search="zzzz"))


def test_what_sounds_like_the_other_is_said(cast: WebCast):
    assert "If this is something you do well, it belongs among your offers." in message_of(
        understood(cast, words="We are excellent at writing grant bids.")
    )


def test_code_that_is_none_is_not_shown(cast: WebCast):
    answer = understood(cast, words=VAN, code="<script>", suggested="")
    assert "<script>" not in answer.content.decode()
    assert chosen(answer) == "assets.vehicles"


@pytest.mark.parametrize("name", ["understand_vulnerability", "understand_offer"])
def test_only_who_may_write_is_answered(cast: WebCast, name: str):
    where = address(name, cast.hospital)
    asked = {
        who: browser(actor).post(where, {"words": VAN}).status_code
        for who, actor in {
            "lead": cast.hospital.lead,
            "observer": cast.hospital.observer,
            "facilitator": cast.facilitator,
            "stranger": cast.stranger.lead,
        }.items()
    }
    assert asked == {"lead": 200, "observer": 403, "facilitator": 403, "stranger": 404}
    assert browser(cast.hospital.lead).get(where).status_code == 405


def test_without_javascript_a_button_brings_the_choices_and_loses_nothing(cast: WebCast):
    where = address("record_vulnerability", cast.hospital)
    typed = {"words": VAN, "severity": "5", "core": "on", "look": "1"}
    answer = browser(cast.hospital.lead).post(where, typed)
    assert (answer.status_code, chosen(answer)) == (200, "assets.vehicles")
    form = answer.context["form"]
    assert (form["words"].value(), form["severity"].value(), form["core"].value()) == (VAN, "5", True)


def test_page_begins_with_a_question_that_was_asked_for(cast: WebCast):
    where = address("record_vulnerability", cast.hospital)
    client = browser(cast.hospital.lead)
    first = client.get(where).context["starters"][0]
    assert first.id == "health.1"
    assert f'<p class="question">{first.question}</p>' in client.get(f"{where}?question=health.1").content.decode()
    assert client.get(f"{where}?question={TOWN}").context["question"] is None
