"""A brief that was put in other words goes with what it was made of: no row of it is left that could be opened."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from uuid import UUID

import pytest

from lichen_web.alliances.access.brief import own_brief
from lichen_web.alliances.access.disclosure import visible_items
from lichen_web.alliances.access.transactions import reading
from lichen_web.alliances.actions import disclosure
from lichen_web.alliances.actions.brief import rewrite_brief
from lichen_web.alliances.actions.keys import erase_organisation
from lichen_web.alliances.models import BriefPages
from lichen_web.alliances.work.housekeeping import keep_house
from lichen_web.alliances.work.running import run_job
from lichen_web.environment import Part
from tests.web.confiding import C1, NOW, Dealing, audited, gap_of, opened
from tests.web.people import cast_of
from tests.web.queued import queued_jobs

AsWorker = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def as_worker(any_database: str, request: pytest.FixtureRequest) -> AsWorker:
    if any_database == "sqlite":
        return nullcontext
    return partial(request.getfixturevalue("on_postgres").signed_in, Part.WORKER)


@pytest.fixture
def dealing(any_database: str) -> Dealing:
    """The hospital has rewritten the brief that leads with what the churches opened."""
    told = opened(audited(cast_of(NOW)))
    rewrite(told)
    return told


def rewrite(dealing: Dealing) -> None:
    brief = own_brief(dealing.hospital.lead, conversation=dealing.id, at=NOW)
    words = {"ours.0.0": f"Said anew {brief.version}."}
    rewrite_brief(dealing.hospital.lead, conversation=dealing.id, version=brief.version, words=words, at=NOW)


def kept(dealing: Dealing) -> list[UUID]:
    with reading(dealing.hospital.lead):
        return list(BriefPages.objects.order_by("changed_at").values_list("about", flat=True))


def withdraw_one(dealing: Dealing) -> None:
    gap = gap_of(dealing.churches, C1)
    disclosure.withdraw_disclosure(dealing.churches.lead, matter=dealing.id, vulnerability=gap, at=NOW)


ENDS = {
    "one gap withdrawn": withdraw_one,
    "everything withdrawn": lambda it: disclosure.withdraw_disclosure(it.churches.lead, matter=it.id, at=NOW),
    "exploited": lambda it: disclosure.report_exploitation(it.churches.lead, matter=it.id, at=NOW),
    "ended": lambda it: disclosure.end_matter(it.churches.lead, matter=it.id, at=NOW),
    "erased": lambda it: erase_organisation(it.churches.lead, name_typed=it.churches.name, at=NOW),
}


@pytest.mark.parametrize("end", ENDS)
def test_brief_goes_with_its_ground_once_the_worker_hears_of_it(dealing: Dealing, as_worker: AsWorker, end: str):
    assert kept(dealing) == [dealing.id]
    ENDS[end](dealing)
    jobs = [job for job in queued_jobs() if job[0] == "drop_briefs"]
    assert ("drop_briefs", str(dealing.hospital.id)) in jobs
    with as_worker():
        for job in jobs:
            run_job(*job)
    assert kept(dealing) == []


@pytest.mark.parametrize("end", ENDS)
def test_brief_goes_by_night_at_the_latest(dealing: Dealing, as_worker: AsWorker, end: str):
    ENDS[end](dealing)
    with as_worker():
        keep_house(at=NOW)
    assert kept(dealing) == []


def test_brief_whose_ground_stands_stays(dealing: Dealing, as_worker: AsWorker):
    rewrite(dealing)
    with as_worker():
        keep_house(at=NOW)
    brief = own_brief(dealing.hospital.lead, conversation=dealing.id, at=NOW)
    assert (kept(dealing), brief.version) == ([dealing.id], 2)
    assert visible_items(dealing.hospital.lead, matter=dealing.id)
