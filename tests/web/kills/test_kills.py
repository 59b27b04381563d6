"""Killed while it writes down gaps: nothing that was acknowledged is lost, nothing is half done, every chain holds."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from functools import partial
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from lichen.audit.values import Vulnerability as Gap
from lichen.scales import Relevance
from lichen_web.alliances import models as rows
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.chains import verified_chains
from lichen_web.alliances.access.transactions import acting, whole
from lichen_web.alliances.actions.audit import record_vulnerability, remove_vulnerability
from lichen_web.alliances.actions.telling import tell
from lichen_web.alliances.bridge.audit import save_vulnerability
from lichen_web.environment import Part
from tests.web.homes import Home, living_in
from tests.web.kills.conftest import AT, Inhabited
from tests.web.kills.killing import killed, moments

pytestmark = pytest.mark.long

MADE, GONE = b"+", b"-"
SHORT = 0.25
"""Within so many seconds of the first acknowledged save it is killed."""
SAID = {"code": "", "severity": 3, "rank": None, "core": False, "relevance": Relevance.YES, "sensitivity": None}
STANDING = 20
"""So many gaps stand at most; there is room for more."""

Told = Callable[[bytes], object]
Save = Callable[[Actor, str], UUID]


def save_on_and_on(home: Home, lead: Actor, save: Save, told: Told) -> None:
    """Name gaps and take the oldest out, each acknowledged once it is done."""
    with living_in(home, Part.WEB):
        standing = deque(item.id for item in own_audit(lead).gaps)
        while True:
            while len(standing) >= STANDING:
                remove_vulnerability(lead, vulnerability=standing[0], at=AT)
                told(GONE + standing.popleft().bytes)
            standing.append(save(lead, f"gap of {timezone.now()}"))
            told(MADE + standing[-1].bytes)


def by_the_action(lead: Actor, words: str) -> UUID:
    return record_vulnerability(lead, words=words, at=AT, **SAID)


def naively(lead: Actor, words: str) -> UUID:
    """The same, but that the gap and the event are saved one after the other: what somebody writes who forgets."""
    with acting(lead):
        gap = save_vulnerability(lead.organisation, Gap("", 3, None, words=words), at=AT)
    time.sleep(0.02)
    with acting(lead):
        tell("vulnerability_recorded", by=lead, at=AT, about=gap, organisations=[lead.organisation])
    return gap


def faults(home: Home, lead: Actor, acknowledged: bytes) -> Iterator[str]:
    """Everything that is not as it should be."""
    made, gone = (set(_ids(acknowledged, kind)) for kind in (MADE, GONE))
    with living_in(home):
        with whole():
            gaps = {gap.id: gap for gap in rows.Vulnerability.objects.filter(organisation=lead.organisation)}
            removed = {gap.id for gap in gaps.values() if gap.removed_at}
            parts = Counter(rows.SealedPart.objects.exclude(vulnerability=None).values_list("vulnerability", flat=True))
            events = Counter(rows.Event.objects.values_list("what", "about"))
        yield from (f"lost: {gap}" for gap in made - gaps.keys())
        yield from (f"came back: {gap}" for gap in gone - removed)
        yield from (f"half: {gap}" for gap in gaps.keys() - removed if parts[gap] != 2)
        yield from (f"made without a word: {gap}" for gap in gaps if events["vulnerability_recorded", gap] != 1)
        yield from (f"removed without a word: {gap}" for gap in removed if events["vulnerability_removed", gap] != 1)
        yield from (f"told and not done: {gap}" for what, gap in events if "vulnerab" in what and gap not in gaps)
        yield from (f"chain {chain.id}: {chain.faults}" for chain in verified_chains() if chain.faults)
        yield from _of_the_file()
    with living_in(home, Part.WEB):
        standing = {item.id: item.vulnerability for item in own_audit(lead).gaps}
        yield from (f"shut: {gap}" for gap in gaps.keys() - removed - standing.keys())
        yield from (f"other words: {gap}" for gap, said in standing.items() if not said.words.startswith("gap of "))


def _ids(acknowledged: bytes, kind: bytes) -> Iterator[UUID]:
    for start in range(0, len(acknowledged), 17):
        if acknowledged[start : start + 1] == kind:
            yield UUID(bytes=acknowledged[start + 1 : start + 17])


def _of_the_file() -> Iterator[str]:
    """What SQLite finds wrong with its own file."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            told = cursor.execute("PRAGMA integrity_check").fetchall()
            yield from (f"file: {line}" for line in told if line != ("ok",))
            yield from (f"reference: {line}" for line in cursor.execute("PRAGMA foreign_key_check").fetchall())


def test_killed_saves_are_whole_or_not_at_all(inhabited: Inhabited):
    lead, acknowledged = inhabited.cast.hospital.lead, b""
    work = partial(save_on_and_on, inhabited.home, lead, by_the_action)
    for moment in moments(SHORT):
        acknowledged += killed(work, moment, first=17)
        assert list(faults(inhabited.home, lead, acknowledged)) == []
    assert len(acknowledged) // 17 > len(moments(SHORT))


def test_saves_in_two_transactions_are_found_out(inhabited: Inhabited):
    lead, acknowledged = inhabited.cast.hospital.lead, b""
    work = partial(save_on_and_on, inhabited.home, lead, naively)
    for moment in moments(SHORT, kills=10):
        acknowledged += killed(work, moment, first=17)
    assert {fault.partition(":")[0] for fault in faults(inhabited.home, lead, acknowledged)} == {"made without a word"}
