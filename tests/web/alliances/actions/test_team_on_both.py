"""A team is asked and a file is taken in, on each of the two databases."""

from __future__ import annotations

from datetime import timedelta

from lichen.audit.values import Audit
from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.team import own_round
from lichen_web.alliances.access.workbooks import own_upload
from lichen_web.alliances.actions.audit import record_audit
from lichen_web.alliances.actions.team import close_round, show_round, take_from_round
from lichen_web.alliances.actions.workbooks import apply_workbook, take_out_audit, upload_workbook
from lichen_web.alliances.models import TeamAnswer, TeamLink, TeamRound, Upload
from tests.cast import hospital_audit
from tests.web.alliances.actions.test_team import TEAM, TRUST, VENUE, answer, opened
from tests.web.confiding import NOW
from tests.web.people import cast_of


def test_team_is_asked_on_both_databases(any_database: str):
    house = cast_of(NOW - timedelta(days=2)).hospital
    round_id = opened(house, fewest=3)
    for email in TEAM[:3]:
        answer(email, TRUST, VENUE)
    answer(TEAM[0], VENUE, TRUST)
    close_round(house.lead, round_id=round_id, at=NOW)
    show_round(house.lead, round_id=round_id, at=NOW)
    assert own_round(house.lead, round_id=round_id).shown.team.people == 3
    assert take_from_round(house.lead, round_id=round_id, codes=[VENUE], at=NOW) == 1
    unseen = any_database == "postgresql"
    assert all((not table.objects.exists()) == unseen for table in (TeamRound, TeamLink, TeamAnswer))


def test_file_is_taken_in_on_both_databases(any_database: str):
    cast = cast_of(NOW - timedelta(days=2))
    house = cast.hospital
    record_audit(house.lead, audit=hospital_audit, at=NOW)
    upload = upload_workbook(house.member, raw=take_out_audit(house.lead, format="xlsx", at=NOW), format="xlsx", at=NOW)
    seen = own_upload(house.member, upload=upload, at=NOW)
    assert {each.kind for each in (*seen.added, *seen.whole)} == {"same"}
    apply_workbook(house.member, upload=upload, is_whole=True, state=seen.state, at=NOW)
    assert isinstance(own_audit(house.lead).audit, Audit)
    assert not Upload.objects.exists()
    try:
        own_upload(cast.stranger.lead, upload=upload, at=NOW)
    except NotThere:
        return
    raise AssertionError("a stranger saw it")
