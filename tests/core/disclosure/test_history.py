from __future__ import annotations

from datetime import date

from lichen.disclosure.history import history, history_for
from lichen.disclosure.state import Closed, Opened, Rung
from lichen.disclosure.values import Act
from tests.core.disclosure.seated import FIRST_DAY, MATERIAL, STRANGER
from tests.core.disclosure.told import (
    C1,
    H1,
    H2,
    H3,
    TODAY,
    C,
    F,
    H,
    after,
    aloud,
    disclosed,
    event,
    met,
    open_codes,
)  # fmt: skip

LATER = date(2026, 10, 20)


def told(grants):
    return [(int(grant.rung), str(grant.opened), grant.code, str(grant.closed or "")) for grant in grants]


def test_history_of_a_reader_says_what_since_when_and_by_what():
    state = after(*open_codes(), disclosed(H, H1))
    assert told(history_for(state, C)) == [
        (1, "blind match", "", ""),
        (2, "mutual yes", "", ""),
        (3, "both agreed to codes", H1, ""),
        (3, "both agreed to codes", H2, ""),
        (3, "both agreed to codes", H3, ""),
        (4, "disclosed", H1, ""),
    ]
    assert [grant.since for grant in history_for(state, C)] == [FIRST_DAY, *[TODAY] * 5]


def test_what_was_withdrawn_stays_in_the_record_and_is_no_longer_named_to_the_reader():
    state = after(*open_codes(), disclosed(H, H1), event(Act.WITHDREW, H, code=H1, on=LATER))
    kept = [grant for grant in history(state) if grant.code == H1]
    assert [(grant.rung, grant.until, grant.closed) for grant in kept] == [
        (Rung.CODES, LATER, Closed.WITHDRAWN),
        (Rung.WORDS, LATER, Closed.WITHDRAWN),
    ]
    assert [grant.code for grant in history_for(state, C)] == ["", "", "", H2, H3, ""]


def test_exploitation_freezes_every_grant_to_that_partner_and_keeps_the_record():
    before = (*open_codes(H, C), *open_codes(F, C), disclosed(H, H1, to=C), disclosed(C, C1, to=H))
    state = after(*before, event(Act.EXPLOITED, H, C, on=LATER), parties=(H, C, F))
    closed = {(grant.reader == C, grant.closed) for grant in history(state)}
    assert closed == {(True, Closed.FROZEN), (False, Closed.ENDED)}
    assert len(history(state)) == len(history(after(*before, parties=(H, C, F))))


def test_reader_is_not_told_who_a_blind_match_is():
    assert [grant.owner for grant in history_for(after(), C)] == [""]
    assert [grant.owner for grant in history_for(after(disclosed(H, MATERIAL)), C)] == ["", ""]
    assert [grant.owner for grant in history_for(after(aloud(H, H1, H, C)), C)] == [H, H]
    assert [grant.owner for grant in history_for(after(*met()), C)] == [H, H]


def test_reader_is_told_nothing_of_what_others_have_seen():
    state = after(*open_codes(H, C), disclosed(H, H1, to=C), parties=(H, C, F))
    assert told(history_for(state, F)) == [(1, "blind match", "", "")] * 2
    assert history_for(state, STRANGER) == ()


def test_said_aloud_is_in_the_history_of_all_who_were_there():
    state = after(*met(), aloud(H, H1, H, C, F), parties=(H, C, F))
    for reader in (C, F):
        assert [grant.code for grant in history_for(state, reader) if grant.opened is Opened.SAID_ALOUD] == [H1]
