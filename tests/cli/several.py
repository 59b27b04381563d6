"""Several alliances in files, for the commands that look over one's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lichen.alliance.values import Alliance
from lichen.charter.requests import ChangeRequest, Reply
from lichen.charter.threat import Model
from lichen.charter.values import Charter
from lichen.files.alliances import write_alliance
from lichen.progress.values import Course, EndReason, Membership, Progress, SatisfactionAnswer
from tests.cast import churches_audit, hospital_audit

H, C = "example-hospital", "example-churches"
ENDINGS = (
    (date(2024, 3, 1), EndReason.GOAL_MET),
    (date(2022, 3, 1), EndReason.MONEY),
    (date(2025, 3, 1), None),
    *[(None, None)] * 4,
)


@pytest.fixture
def several(tmp_path: Path) -> list[Path]:
    """Seven alliances founded in March 2021; three of them have ended."""
    return [_kept(tmp_path, place) for place in range(len(ENDINGS))]


def _kept(folder: Path, place: int) -> Path:
    founded, (ended_on, because) = date(2021, 3, 1), ENDINGS[place]
    left = Membership(C, founded, date(2022, 1, 1), EndReason.CONFLICT)
    named = {"liaison_asking": "T", "liaison_asked": "A"} if place % 2 else {}
    request = ChangeRequest(
        "r", H, C, "x", date(2021, 5, 1), answer=Reply.ACCEPTED, answered_on=date(2021, 5, 4 + place), **named
    )
    alliance = Alliance(
        f"Alliance {place}",
        "GBP",
        formed_on=founded,
        partners=(hospital_audit, churches_audit),
        charter=Charter(Model.UNCOMMON_COMPLEMENT if place < 4 else Model.STRENGTH_BASED, requests=(request,)),
        progress=Progress(surveys=(SatisfactionAnswer(H, date(2021, 9, 1), satisfied=1 + place),)),
        course=Course(
            first_contact_on=date(2021, 1, 1),
            memberships=(Membership(H, founded), left if place == 5 else Membership(C, founded)),
            ended_on=ended_on,
            ended_because=because,
        ),
    )
    path = folder / f"alliance-{place}.yaml"
    write_alliance(alliance, path)
    return path
