"""One story of two who confess to each other, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lichen.errors import NotAllowed
from lichen_web.alliances.access.transactions import reading
from lichen_web.alliances.actions import audit as writing
from lichen_web.alliances.actions import disclosure
from lichen_web.alliances.models import SealedPart
from lichen_web.alliances.work.housekeeping import keep_house
from tests.cast import hospital_audit
from tests.web.alliances.actions.test_audit import GAP
from tests.web.confiding import C1, C2, C3, H1, NOW, audited, change, disclose, gap_of, met, opened, read
from tests.web.people import cast_of


def test_story_is_told_alike(any_database: str):
    """On PostgreSQL the rows of the other side are there while a rule is applied, and not a moment longer."""
    cast = cast_of(NOW - timedelta(days=2))
    dealing = opened(audited(cast))
    disclose(cast.hospital, dealing, H1)
    disclose(cast.churches, dealing, C1)
    change(cast.hospital, H1, words="It is worse.")
    assert read(cast.churches, dealing)[H1].vulnerability == hospital_audit.organisation.vulnerabilities[0]
    writing.remove_vulnerability(cast.churches.lead, vulnerability=gap_of(cast.churches, C1), at=NOW)
    assert {*read(cast.hospital, dealing)} == {C2, C3}
    disclosure.withdraw_disclosure(cast.churches.lead, matter=dealing.id, at=NOW)
    assert (read(cast.churches, dealing), read(cast.hospital, dealing)) == ({}, {})
    for house in (cast.hospital, cast.churches):
        disclosure.say_yes(house.lead, matter=dealing.id, at=NOW)
    disclosure.report_exploitation(cast.hospital.lead, matter=dealing.id, at=NOW)
    with pytest.raises(NotAllowed, match="exploited"):
        met(cast)


def test_what_nobody_reads_is_thrown_away_at_night(any_database: str):
    lead = cast_of(NOW - timedelta(days=2)).hospital.lead
    gap = writing.record_vulnerability(lead, **GAP, at=NOW)
    writing.remove_vulnerability(lead, vulnerability=gap, at=NOW)
    for nights, left in ((29, 2), (30, 0)):
        keep_house(at=NOW + timedelta(days=nights))
        with reading(lead):
            assert SealedPart.objects.count() == left
