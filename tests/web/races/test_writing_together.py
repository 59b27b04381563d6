"""Colleagues who write at the same moment: one is taken, the others are told, and nobody's words are lost."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest

from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.brief import own_brief
from lichen_web.alliances.access.team import answering
from lichen_web.alliances.access.transactions import reading
from lichen_web.alliances.access.workbooks import own_upload
from lichen_web.alliances.actions.answering import answer_round
from lichen_web.alliances.actions.audit import rank_vulnerabilities, record_audit
from lichen_web.alliances.actions.brief import rewrite_brief
from lichen_web.alliances.actions.workbooks import apply_workbook, take_out_audit, upload_workbook
from lichen_web.alliances.models import TeamAnswer, Upload
from lichen_web.alliances.rounds import TeamSaying
from tests.cast import hospital_audit
from tests.web.alliances.actions.test_team import TEAM, TRUST, said, secret_for
from tests.web.alliances.actions.test_team import opened as asked
from tests.web.confiding import NOW, audited, met
from tests.web.people import House, cast_of
from tests.web.races.racing import DONE, NOT_THERE, naive, race, right
from tests.web.races.test_people import PROCESSES, Race, Step

LATEST: list[tuple[House, UUID]] = []
"""The house that was prepared last, and what it writes at."""


def prepared(house: House, about: UUID | None = None) -> House:
    LATEST[:] = [(house, about or house.id)]
    return house


def latest() -> tuple[House, UUID]:
    return LATEST[0]


def by_turns(house: House) -> list[Actor]:
    """Two colleagues, four times."""
    return [house.lead, house.member] * (PROCESSES // 2)


# --- Eight who put the gaps in order ---------------------------------------------------------------------------------


def eight_orders() -> list[Step]:
    house = prepared(audited(cast_of(NOW)).hospital)
    seen = [item.id for item in own_audit(house.lead).gaps]
    turned = [seen[number % len(seen) :] + seen[: number % len(seen)] for number in range(1, PROCESSES + 1)]
    orders = [[*reversed(each)] for each in turned]
    pairs = zip(by_turns(house), orders, strict=True)
    return [partial(rank_vulnerabilities, who, order=order, seen=seen, at=NOW) for who, order in pairs]


def one_order_stands(outcomes: Counter[str]) -> bool:
    ranks = [item.vulnerability.rank for item in own_audit(latest()[0].lead).gaps]
    return outcomes == {DONE: 1, "changed-meanwhile": 7} and ranks == [*range(1, len(ranks) + 1)]


# --- Eight who put a brief in their own words ------------------------------------------------------------------------


def eight_rewrite() -> list[Step]:
    dealing = met(audited(cast_of(NOW)))
    house = prepared(dealing.hospital, dealing.id)
    words = [{"ours.0.0": f"As {number} says."} for number in range(PROCESSES)]
    pairs = zip(by_turns(house), words, strict=True)
    return [partial(rewrite_brief, who, conversation=dealing.id, version=0, words=each, at=NOW) for who, each in pairs]


def one_brief_stands(outcomes: Counter[str]) -> bool:
    house, matter = latest()
    return (
        outcomes == {DONE: 1, "changed-meanwhile": 7} and own_brief(house.lead, conversation=matter, at=NOW).version > 0
    )


# --- A file taken in eight times -------------------------------------------------------------------------------------


def one_file() -> list[Step]:
    house = prepared(cast_of(NOW).hospital)
    record_audit(house.lead, audit=hospital_audit, at=NOW)
    raw = take_out_audit(house.lead, format="json", at=NOW).replace(b"Half of those", b"Most of those")
    upload = upload_workbook(house.member, raw=raw, format="json", at=NOW)
    seen = own_upload(house.member, upload=upload, at=NOW)
    return [partial(apply_workbook, house.member, upload=upload, is_whole=True, state=seen.state, at=NOW)] * PROCESSES


def taken_in_once(outcomes: Counter[str]) -> bool:
    house, _ = latest()
    versions = Counter(item.version for item in own_audit(house.lead).gaps)
    with reading(house.lead):
        is_gone = not Upload.objects.exists()
    return outcomes == {DONE: 1, NOT_THERE: 7} and versions == {1: 5, 2: 1} and is_gone


# --- Two files of two colleagues, looked over at the same time -------------------------------------------------------


def two_files() -> list[Step]:
    house = prepared(cast_of(NOW).hospital)
    record_audit(house.lead, audit=hospital_audit, at=NOW)
    out, steps = take_out_audit(house.lead, format="json", at=NOW), list[Step]()
    for who, words in ((house.lead, b"Most of"), (house.member, b"All of")):
        upload = upload_workbook(who, raw=out.replace(b"Half of", words), format="json", at=NOW)
        state = own_upload(who, upload=upload, at=NOW).state
        steps.append(partial(apply_workbook, who, upload=upload, is_whole=True, state=state, at=NOW))
    return steps * (PROCESSES // 2)


def one_file_is_taken_in(outcomes: Counter[str]) -> bool:
    versions = Counter(item.version for item in own_audit(latest()[0].lead).gaps)
    return outcomes == {DONE: 1, NOT_THERE: 3, "changed-meanwhile": 4} and versions == {1: 5, 2: 1}


# --- One link, followed on eight devices -----------------------------------------------------------------------------


def one_answer_sent_eight_times() -> list[Step]:
    house = prepared(cast_of(NOW - timedelta(days=2)).hospital)
    asked(house)
    token = secret_for(TEAM[0])
    link = answering(token).link
    sayings = [TeamSaying(said(TRUST, severity=1 + number % 5)) for number in range(PROCESSES)]
    return [partial(answer_round, token, link=link, version=0, saying=each, at=NOW) for each in sayings]


def answered_once(outcomes: Counter[str]) -> bool:
    with reading(latest()[0].lead):
        versions = list(TeamAnswer.objects.values_list("version", flat=True))
    return outcomes == {DONE: 1, "changed-meanwhile": 7} and versions == [1]


RACES = {
    "one order stands": Race(eight_orders, one_order_stands),
    "one brief stands": Race(eight_rewrite, one_brief_stands),
    "a file is taken in once": Race(one_file, taken_in_once),
    "one of two files is taken in": Race(two_files, one_file_is_taken_in),
    "a link is answered once": Race(one_answer_sent_eight_times, answered_once),
}


@pytest.mark.parametrize("name", RACES)
def test_words_that_meet(name: str, each_database):
    outcomes = race(RACES[name].prepare(), right)
    assert RACES[name].holds(outcomes), outcomes


@pytest.mark.long
@pytest.mark.parametrize("name", RACES)
def test_words_without_locks_are_lost(name: str, on_postgres):
    outcomes = race(RACES[name].prepare(), naive)
    assert not RACES[name].holds(outcomes), outcomes
