"""Messages between the two: sealed, few, plain, and announced without a word of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from lichen.errors import InputError, NotAllowed
from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.access.messages import MOST_A_DAY, own_messages
from lichen_web.alliances.actions import disclosure
from lichen_web.alliances.actions.keys import erase_organisation
from lichen_web.alliances.actions.messages import send_message, set_message_mails
from lichen_web.alliances.actions.stated import LONGEST
from lichen_web.alliances.models import Event, Message
from tests.web.confiding import NOW, Dealing, audited, met
from tests.web.pages.reading import browser
from tests.web.people import House, WebCast, address, letters

WORDS = "zyxletter: shall we talk on Tuesday?"
HOUR = timedelta(hours=1)


def written(house: House, dealing: Dealing, words: str = WORDS, *, at=NOW):
    return send_message(house.lead, matter=dealing.id, words=words, at=at)


def read(house: House, dealing: Dealing) -> list[tuple[bool, str]]:
    view = own_messages(house.observer, matter=dealing.id, at=NOW)
    return [(each.is_own, each.words) for each in view.messages]


def told(house: House) -> list[dict[str, str]]:
    return [letter for letter in letters(address(house.lead)) if letter["kind"] == "message_waits"]


@pytest.fixture
def dealing(cast: WebCast) -> Dealing:
    return met(audited(cast))


def test_both_read_what_both_wrote_in_its_order(dealing: Dealing):
    written(dealing.hospital, dealing, "One")
    written(dealing.churches, dealing, "Two", at=NOW + HOUR)
    assert read(dealing.hospital, dealing) == [(True, "One"), (False, "Two")]
    assert read(dealing.churches, dealing) == [(False, "One"), (True, "Two")]


def test_nothing_of_it_lies_in_clear(dealing: Dealing):
    written(dealing.hospital, dealing)
    row = Message.objects.get()
    assert WORDS.encode() not in bytes(row.sealed)
    assert "message_sent" not in Event.objects.filter(chain_id=dealing.churches.id).values_list("what", flat=True)


def test_nobody_writes_before_both_said_yes_nor_after_it_is_over(cast: WebCast):
    matter = disclosure.propose_matter(cast.hospital.lead, circle=cast.circle, other=cast.churches.id, at=NOW)
    dealing = Dealing(cast, matter)
    with pytest.raises(NotThere):
        written(cast.hospital, dealing)
    disclosure.say_yes(cast.churches.lead, matter=matter, at=NOW)
    written(cast.hospital, dealing)
    disclosure.withdraw_disclosure(cast.hospital.lead, matter=matter, at=NOW)
    for house in (cast.hospital, cast.churches):
        with pytest.raises(NotThere):
            read(house, dealing)
    disclosure.end_matter(cast.hospital.lead, matter=matter, at=NOW)
    with pytest.raises(NotThere):
        written(cast.churches, dealing)


def test_only_the_two_are_there(dealing: Dealing):
    cast = dealing.cast
    for actor in (cast.stranger.lead, cast.host, cast.convener, cast.facilitator):
        with pytest.raises(NotThere):
            send_message(actor, matter=dealing.id, words=WORDS, at=NOW)
        with pytest.raises(NotThere):
            own_messages(actor, matter=dealing.id, at=NOW)
    for actor in (cast.hospital.observer, cast.serving_hospital):
        with pytest.raises(NotAllowed):
            send_message(actor, matter=dealing.id, words=WORDS, at=NOW)
    with pytest.raises(NotAllowed):
        own_messages(cast.serving_hospital, matter=dealing.id, at=NOW)


def test_long_and_empty_ones_are_refused(dealing: Dealing):
    for words in ("", "  \n", "x" * (LONGEST + 1), "bell \a"):
        with pytest.raises(InputError):
            written(dealing.hospital, dealing, words)
    assert Message.objects.count() == 0


def test_no_browser_cuts_a_long_one_off_and_it_comes_back_whole(dealing: Dealing):
    lead, where = browser(dealing.hospital.lead), reverse("messages", args=[dealing.hospital.id, dealing.id])
    assert "maxlength" not in lead.get(where).content.decode()
    long = "a" * (LONGEST + 1)
    refused = lead.post(where, {"words": long})
    assert refused.status_code == 422
    assert long in refused.content.decode()
    assert f"This is {LONGEST + 1} characters long, and no more than {LONGEST} fit." in refused.content.decode()


def test_so_many_a_day_and_no_more(dealing: Dealing):
    for number in range(MOST_A_DAY):
        written(dealing.hospital, dealing, f"Number {number}")
    with pytest.raises(NotAllowed, match=r"\(messages-a-day\)"):
        written(dealing.hospital, dealing)
    written(dealing.churches, dealing)
    written(dealing.hospital, dealing, at=NOW + 24 * HOUR)
    assert own_messages(dealing.hospital.lead, matter=dealing.id, at=NOW).left == 0


def test_mail_says_that_one_waits_and_nothing_else(dealing: Dealing):
    written(dealing.hospital, dealing)
    (letter,) = told(dealing.churches)
    assert not {WORDS, dealing.hospital.name} & {letter["text"], letter["subject"]}
    assert dealing.hospital.name not in letter["text"] + letter["subject"]
    assert told(dealing.hospital) == []


def test_at_most_one_mail_an_hour(dealing: Dealing):
    for minutes in (0, 20, 59, 118):
        written(dealing.hospital, dealing, at=NOW + timedelta(minutes=minutes))
    assert len(told(dealing.churches)) == 1
    written(dealing.hospital, dealing, at=NOW + timedelta(minutes=179))
    assert len(told(dealing.churches)) == 2


def test_off_means_off_for_oneself_alone(dealing: Dealing):
    set_message_mails(dealing.churches.lead, is_mailed=False, at=NOW)
    written(dealing.hospital, dealing)
    assert told(dealing.churches) == []
    standing_in = [each for each in letters(address(dealing.churches.member)) if each["kind"] == "message_waits"]
    assert len(standing_in) == 1
    set_message_mails(dealing.churches.lead, is_mailed=True, at=NOW)
    written(dealing.hospital, dealing, at=NOW + 2 * HOUR)
    assert len(told(dealing.churches)) == 1


def test_page_turns_mails_off_and_shows_links_as_plain_words(dealing: Dealing):
    written(dealing.hospital, dealing, "See https://example.org <b>now</b>")
    lead, here = browser(dealing.churches.lead), [dealing.churches.id, dealing.id]
    page = lead.get(reverse("messages", args=here)).content.decode()
    assert "See https://example.org &lt;b&gt;now&lt;/b&gt;" in page
    assert lead.post(reverse("message_mails", args=here), {"mailed": "no"}).status_code == 302
    assert not own_messages(dealing.churches.lead, matter=dealing.id, at=NOW).is_mailed


def test_what_was_typed_is_not_lost_on_a_refusal(dealing: Dealing):
    lead, here = browser(dealing.hospital.lead), reverse("messages", args=[dealing.hospital.id, dealing.id])
    answer = lead.post(here, {"words": WORDS + "\a"})
    assert (answer.status_code, WORDS in answer.content.decode()) == (422, True)


def test_erasing_the_sender_shuts_what_it_wrote(dealing: Dealing):
    written(dealing.hospital, dealing)
    erase_organisation(dealing.hospital.lead, name_typed=dealing.hospital.name, at=NOW)
    with pytest.raises(NotThere):
        read(dealing.churches, dealing)
