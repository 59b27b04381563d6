"""Within a dealing nobody reads the other side's offers by what becomes of their own gaps."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from lichen.audit.values import Vulnerability
from lichen.capabilities.taxonomy import taxonomy
from lichen.disclosure.claiming import CLAIM_STANDS
from lichen.disclosure.values import Act
from lichen.errors import NotAllowed
from lichen.scales import Relevance, Sensitivity
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.dealings import dealing_view
from lichen_web.alliances.actions import disclosure
from lichen_web.alliances.actions.audit import record_vulnerability, remove_vulnerability
from lichen_web.alliances.models import MatterEvent
from tests.web.confiding import NOW, Dealing, audited, met
from tests.web.people import House, WebCast


def lacking(house: House, code: str, at: datetime) -> None:
    """It says that it lacks this, and nothing else."""
    for gap in own_audit(house.lead).gaps:
        remove_vulnerability(house.lead, vulnerability=gap.id, at=at)
    answers = {"severity": 3, "rank": 1, "core": False, "relevance": Relevance.YES, "sensitivity": None}
    record_vulnerability(house.lead, code=code, words="x", **answers, at=at)


def told(dealing: Dealing, code: str, at: datetime) -> tuple[object, ...]:
    """What the churches are told once they say that they lack this alone, and ask for all that they could."""
    me = dealing.churches
    lacking(me, code, at)
    view = dealing_view(me.lead, matter=dealing.id, at=at)
    try:
        disclosure.agree_to_codes(me.lead, matter=dealing.id, at=at)
    except NotAllowed as refused:
        return view.rule, view.step, view.our_groups, len(view.agreeable), refused.rule
    return view.rule, view.step, view.our_groups, len(view.agreeable), None


def test_whatever_one_says_to_lack_meanwhile_tells_nothing_of_what_the_other_offers(cast: WebCast):
    dealing = met(audited(cast))
    offered = [own.offer.code for own in own_audit(dealing.hospital.lead).offers]
    claimed = {own.code for own in own_audit(dealing.churches.lead).gaps}
    others = [code for code in taxonomy().capabilities if code not in offered]
    asked = [code for code in (*offered, *others[:15]) if code not in claimed]
    codes = [code for code in asked if Vulnerability(code).guarded is not Sensitivity.HIGH]
    seen = {told(dealing, code, NOW + number * timedelta(minutes=1)) for number, code in enumerate(codes)}
    assert seen == {("claim-stands", None, (), 0, "claim-stands")}


def test_one_question_a_week_and_it_is_asked_even_in_vain(cast: WebCast):
    dealing = met(audited(cast))
    offered = next(own.offer.code for own in own_audit(dealing.hospital.lead).offers)
    then = NOW + CLAIM_STANDS
    before = MatterEvent.objects.filter(matter=dealing.id).count()
    asked = told(dealing, "market.sales", then)
    assert (asked[0], asked[1].act, asked[-1]) == ("", Act.AGREED, "nothing-left")
    assert MatterEvent.objects.filter(matter=dealing.id).count() == before + 1
    assert told(dealing, offered, then)[-1] == "claim-stands"
    assert told(dealing, offered, then + CLAIM_STANDS)[-1] is None


def test_a_dealing_begun_anew_is_no_new_question(cast: WebCast):
    dealing = met(audited(cast))
    offered = next(own.offer.code for own in own_audit(dealing.hospital.lead).offers)
    disclosure.end_matter(dealing.churches.lead, matter=dealing.id, at=NOW)
    lacking(dealing.churches, offered, NOW)
    again = met(cast)
    with pytest.raises(NotAllowed) as refused:
        disclosure.agree_to_codes(again.churches.lead, matter=again.id, at=NOW)
    assert refused.value.rule == "claim-stands"
