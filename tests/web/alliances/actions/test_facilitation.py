from __future__ import annotations

import pytest

from lichen.errors import InputError, NotAllowed
from lichen_web.accounts.models import Facilitation
from lichen_web.alliances.access.actors import Actor, NotThere, actor_for
from lichen_web.alliances.access.invitations import invitation_behind
from lichen_web.alliances.access.organisations import (
    facilitated_organisations,
    own_organisation,
)
from lichen_web.alliances.actions.facilitation import (
    end_facilitation,
    hand_over_facilitation,
    invite_facilitator,
    open_to_facilitator,
)
from lichen_web.alliances.actions.membership import accept_invitation
from tests.web.alliances.actions.acts import NOW
from tests.web.people import WebCast, address, letters, signed_up, token_for


def facilitation_of(actor: Actor):
    return Facilitation.objects.get(organisation=actor.organisation, facilitator=actor.person, ended_at=None).id


def handed_over(cast: WebCast) -> tuple[Actor, str]:
    """A successor, and the link that the hospital's facilitator sent them."""
    successor = signed_up("Vera Moss")
    given = {"facilitation": facilitation_of(cast.serving_hospital), "email": address(successor)}
    hand_over_facilitation(cast.serving_hospital, **given, at=NOW)
    return successor, token_for(address(successor))


def test_facilitator_serves_several_and_sees_what_each_opened(cast: WebCast):
    assert [(each.name, each.scopes) for each in facilitated_organisations(cast.facilitator)] == [
        ("St Brigid's Hospital", ("offers",)),
        ("Three Churches of Eastfield", ("gaps", "offers")),
    ]
    assert cast.serving_hospital.scopes == {"offers"}
    assert cast.serving_churches.scopes == {"offers", "gaps"}


def test_facilitator_sees_no_people_and_no_invitations(cast: WebCast):
    invite_facilitator(cast.hospital.lead, email="", scopes=["words"], at=NOW)
    seen = own_organisation(cast.serving_hospital)
    assert (seen.people, seen.delegation, seen.invitations) == ((), None, ())
    assert [each.is_me for each in seen.facilitators] == [True]


def test_what_a_lead_opens_and_closes_is_so_at_once(cast: WebCast):
    facilitation = facilitation_of(cast.serving_hospital)
    for scopes in (["words", "gaps"], []):
        open_to_facilitator(cast.hospital.lead, facilitation=facilitation, scopes=scopes, at=NOW)
        assert actor_for(cast.facilitator.person, cast.hospital.id).scopes == set(scopes)
    assert actor_for(cast.facilitator.person, cast.churches.id).scopes == {"offers", "gaps"}


def test_scope_that_is_none_is_refused(cast: WebCast):
    with pytest.raises(InputError) as refused:
        invite_facilitator(cast.hospital.lead, email="", scopes=["everything"], at=NOW)
    assert [each.column for each in refused.value.problems] == ["scopes"]


@pytest.mark.parametrize("ending", ["the lead", "the facilitator"])
def test_facilitation_ends_for_one_organisation_alone(ending: str, cast: WebCast):
    by = cast.hospital.lead if ending == "the lead" else cast.serving_hospital
    end_facilitation(by, facilitation=facilitation_of(cast.serving_hospital), at=NOW)
    with pytest.raises(NotThere):
        actor_for(cast.facilitator.person, cast.hospital.id)
    assert actor_for(cast.facilitator.person, cast.churches.id).scopes == {"offers", "gaps"}


def test_facilitator_ends_nobody_elses(cast: WebCast):
    invite_facilitator(cast.hospital.lead, email="", scopes=["words"], at=NOW)
    accept_invitation(cast.convener, token=token_for(address(cast.hospital.lead)), at=NOW)
    other = facilitation_of(actor_for(cast.convener.person, cast.hospital.id))
    with pytest.raises(NotThere):
        end_facilitation(cast.serving_hospital, facilitation=other, at=NOW)


def test_successor_takes_the_place_with_what_is_open_then(cast: WebCast):
    before = facilitation_of(cast.serving_hospital)
    successor, token = handed_over(cast)
    open_to_facilitator(cast.hospital.lead, facilitation=before, scopes=["gaps"], at=NOW)
    assert accept_invitation(successor, token=token, at=NOW) == cast.hospital.id
    assert actor_for(successor.person, cast.hospital.id).scopes == {"gaps"}
    with pytest.raises(NotThere):
        actor_for(cast.facilitator.person, cast.hospital.id)
    assert Facilitation.objects.get(id=before).handed_to_id == facilitation_of(
        actor_for(successor.person, cast.hospital.id)
    )


def test_leads_are_told_of_a_hand_over_and_can_refuse_it_by_ending_it(cast: WebCast):
    successor, token = handed_over(cast)
    assert [each["kind"] for each in letters(address(cast.hospital.lead))][:1] == ["hand_over"]
    end_facilitation(cast.hospital.lead, facilitation=facilitation_of(cast.serving_hospital), at=NOW)
    assert invitation_behind(token, at=NOW) is None
    with pytest.raises(NotThere):
        accept_invitation(successor, token=token, at=NOW)


def test_hand_over_does_not_survive_an_ending_that_forgot_it(cast: WebCast):
    """Even if the link stood, its place is gone."""
    successor, token = handed_over(cast)
    Facilitation.objects.filter(facilitator=cast.facilitator.person).update(ended_at=NOW)
    with pytest.raises(NotThere):
        accept_invitation(successor, token=token, at=NOW)


def test_leads_are_told_when_it_is_done(cast: WebCast):
    successor, token = handed_over(cast)
    accept_invitation(successor, token=token, at=NOW)
    told = [each["text"] for each in letters(address(cast.hospital.lead)) if each["kind"] == "hand_over"]
    assert sum("has a new facilitator" in text for text in told) == 1


def test_who_belongs_to_an_organisation_does_not_serve_it_and_the_other_way_round(cast: WebCast):
    invite_facilitator(cast.hospital.lead, email="", scopes=[], at=NOW)
    with pytest.raises(NotAllowed) as refused:
        accept_invitation(cast.hospital.member, token=token_for(address(cast.hospital.lead)), at=NOW)
    assert refused.value.rule == "already-in-it"
    with pytest.raises(NotAllowed) as refused:
        accept_invitation(cast.facilitator, token=token_for(address(cast.hospital.lead)), at=NOW)
    assert refused.value.rule == "already-serving"
