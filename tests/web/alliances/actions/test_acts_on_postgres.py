"""The same acts and looks where the database itself hides the rows of others."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lichen_web.alliances.access import circles, complaints, host, organisations
from lichen_web.alliances.access.actors import NotThere
from tests.web.alliances.actions.acts import ACTS, NOW, upheld
from tests.web.people import WebCast, cast_of

pytestmark = pytest.mark.long


@pytest.fixture
def there(on_postgres) -> WebCast:
    return cast_of(NOW - timedelta(days=2))


@pytest.mark.parametrize("name", ACTS)
def test_act_works_and_is_not_there_for_strangers(name: str, there: WebCast):
    act = ACTS[name]
    by, given = act.by(there), act.given(there)
    for stranger in act.strangers:
        with pytest.raises(NotThere):
            act.do(stranger(there), **given, at=NOW)
    act.do(by, **given, at=NOW)


def test_looks_show_what_they_show_elsewhere(there: WebCast):
    upheld(there, 2)
    for seen in (complaints.own_complaints(there.hospital.lead), complaints.own_complaints(there.churches.lead)):
        assert [(each.words, each.outcome) for each in seen] == [("zyxquark", "upheld")] * 2
    assert len(host.complaints(there.host)) == 2
    assert host.console(there.host).complaints == 0
    assert complaints.own_complaints(there.stranger.lead) == ()
    assert circles.own_circle(there.hospital.lead, there.circle).upheld == 2
    assert [each.claim.is_genuine for each in circles.convened_circle(there.convener, there.circle).members] == [
        True
    ] * 2
    assert len(organisations.own_organisation(there.hospital.lead).people) == 3
