"""One person behind several organisations of a circle learns no more by them than by one."""

from __future__ import annotations

from lichen_web.accounts.models import Membership
from lichen_web.alliances.access.actors import actor_for
from lichen_web.alliances.access.fit import own_proposals
from lichen_web.alliances.actions.membership import accept_invitation, invite_colleague
from tests.web.alliances.work.circles import AT, DAY
from tests.web.people import House, WebCast, address, token_for


def found(house: House) -> int:
    return len(own_proposals(house.observer))


def test_several_that_one_person_leads_are_no_crowd(people: WebCast, compare):
    """Six in a circle are enough, unless two of them are one person's, who could work out who "somebody" is."""
    compare(people, 2)
    assert (found(people.hospital), found(people.churches)) == (1, 1)
    rows = Membership.objects.filter(person__email__in=["anna@example.org", "bela@example.org"])
    anna, bela = (actor_for(row.person_id, row.organisation_id) for row in rows.order_by("person__email"))
    invite_colleague(anna, email=address(bela), role="lead", at=AT + 2 * DAY)
    accept_invitation(bela, token=token_for(address(bela)), at=AT + 2 * DAY)
    compare(people, 3)
    assert (found(people.hospital), found(people.churches)) == (0, 0)
