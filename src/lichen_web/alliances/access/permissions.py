"""Who may do what: the one table. What it does not allow is refused, and what is not the actor's is not there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lichen.errors import NotAllowed
from lichen_web.accounts.models.organisation import Role, Scope
from lichen_web.alliances.access.actors import Actor, NotThere

__all__ = ["PERMISSIONS", "Rule", "is_allowed", "may"]


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may do something."""

    name: str
    """As the refusal calls it."""
    concerns: Callable[[Actor], bool]
    """Whom it concerns at all; to everybody else it is not there."""
    is_met: Callable[[Actor], bool]
    """Who may."""
    why: str = ""
    """What is said to those whom it concerns and who may not; one whole sentence."""


def _anybody(_actor: Actor) -> bool:
    return True


def _belongs(actor: Actor) -> bool:
    return actor.role is not None


def _is_inside(actor: Actor) -> bool:
    return actor.role is not None or actor.scopes is not None


def _facilitates(actor: Actor) -> bool:
    return actor.scopes is not None


def _is_lead(actor: Actor) -> bool:
    return actor.role is Role.LEAD


def _works(actor: Actor) -> bool:
    return actor.role in {Role.LEAD, Role.MEMBER}


def _hosts(actor: Actor) -> bool:
    return actor.is_host


def _convenes(actor: Actor) -> bool:
    return bool(actor.convenes)


def _names_conveners(actor: Actor) -> bool:
    return actor.is_host or bool(actor.convenes)


def _invites_to_circles(actor: Actor) -> bool:
    return actor.speaks or bool(actor.convenes)


def _opened(scope: Scope) -> Rule:
    return Rule(
        f"{scope}-opened",
        _is_inside,
        lambda actor: _belongs(actor) or scope in (actor.scopes or ()),
        gettext_noop("The organisation has not opened this to its facilitator: ask one of its leads."),
    )


PERSON = Rule("person", _anybody, _anybody)
"""Whoever is signed in."""
INSIDE = Rule("inside", _is_inside, _is_inside)
"""Whoever belongs to the organisation, or serves it as its facilitator."""
BELONGS = Rule(
    "belongs",
    _is_inside,
    _belongs,
    gettext_noop("Only who belongs to the organisation can do this; its facilitator cannot."),
)
"""Lead, member or observer."""
WORKS = Rule(
    "lead-or-member", _is_inside, _works, gettext_noop("Only a lead or a member of the organisation can do this.")
)
LEAD = Rule(
    "lead-only", _is_inside, _is_lead, gettext_noop("Only a lead of the organisation can do this: ask one of them.")
)
LEAD_OR_FACILITATOR = Rule(
    "lead-or-facilitator",
    _is_inside,
    lambda actor: _is_lead(actor) or _facilitates(actor),
    gettext_noop("Only a lead of the organisation, or the facilitator, can do this."),
)
FACILITATOR = Rule(
    "facilitator-only", _is_inside, _facilitates, gettext_noop("Only the facilitator of the organisation can do this.")
)
SPEAKER = Rule(
    "speaker-only",
    _is_inside,
    lambda actor: actor.speaks,
    gettext_noop("Only who speaks for the organisation can do this: its delegate, or the stand-in meanwhile."),
)
OFFERS, GAPS, WORDS = map(_opened, (Scope.OFFERS, Scope.GAPS, Scope.WORDS))
"""Whoever belongs to the organisation, and a facilitator to whom it has opened that."""
INVITES = Rule(
    "speaker-or-convener",
    lambda actor: _is_inside(actor) or _convenes(actor),
    _invites_to_circles,
    gettext_noop("Only a convener of the circle, or who speaks for an organisation in it, can invite to it."),
)
CONVENER = Rule("convener-only", _convenes, _convenes)
"""Whoever vouches in a circle; which one is asked of the row."""
NAMES = Rule("convener-or-host", _names_conveners, _names_conveners)
"""Whoever vouches in a circle, or runs this host."""
HOST = Rule("host-only", _hosts, _hosts)
"""Whoever runs this host, and acts for no organisation meanwhile; to others there is nothing."""

PERMISSIONS: Mapping[str, Rule] = MappingProxyType(
    {
        # what people do for themselves
        "found_organisation": PERSON,
        "accept_invitation": PERSON,
        "facilitated_organisations": PERSON,
        # an organisation and its people
        "own_organisation": INSIDE,
        "own_events": BELONGS,
        "change_organisation": LEAD,
        "erase_organisation": LEAD,
        "invite_colleague": LEAD,
        "withdraw_invitation": PERSON,
        "change_role": LEAD,
        "remove_member": LEAD,
        "leave_organisation": BELONGS,
        "name_delegate": LEAD,
        "set_delegate_away": WORKS,
        "invite_facilitator": LEAD,
        "open_to_facilitator": LEAD,
        "end_facilitation": LEAD_OR_FACILITATOR,
        "hand_over_facilitation": FACILITATOR,
        # its audit
        "own_audit": INSIDE,
        "own_offers": OFFERS,
        "own_gaps": GAPS,
        "own_words": WORDS,
        "own_readers": BELONGS,
        "own_removed": BELONGS,
        "record_vulnerability": WORKS,
        "change_vulnerability": WORKS,
        "remove_vulnerability": WORKS,
        "restore_vulnerability": WORKS,
        "rank_vulnerabilities": WORKS,
        "record_offer": WORKS,
        "change_offer": WORKS,
        "remove_offer": WORKS,
        "restore_offer": WORKS,
        "open_offer": WORKS,
        "record_sitting": WORKS,
        "record_audit": WORKS,
        # the team, asked by link
        "own_rounds": LEAD,
        "own_round": LEAD,
        "open_round": LEAD,
        "invite_to_round": LEAD,
        "remind_round": LEAD,
        "withdraw_link": LEAD,
        "close_round": LEAD,
        "reopen_round": LEAD,
        "show_round": LEAD,
        "take_from_round": LEAD,
        # its audit as a file
        "take_out_audit": INSIDE,
        "upload_workbook": WORKS,
        "own_upload": WORKS,
        "map_columns": WORKS,
        "apply_workbook": WORKS,
        "discard_workbook": WORKS,
        # opening up to another organisation
        "own_dealings": BELONGS,
        "dealing_view": BELONGS,
        "ever_given": BELONGS,
        "visible_items": BELONGS,
        "look_at_items": BELONGS,
        "propose_matter": SPEAKER,
        "say_yes": SPEAKER,
        "answer_relevance": SPEAKER,
        "agree_to_codes": SPEAKER,
        "disclose_vulnerability": SPEAKER,
        "try_one_item": SPEAKER,
        "agree_to_ring_codes": SPEAKER,
        "disclose_in_ring": SPEAKER,
        "try_in_ring": SPEAKER,
        "judge_trial": SPEAKER,
        "withdraw_disclosure": SPEAKER,
        "report_exploitation": SPEAKER,
        "end_matter": SPEAKER,
        "own_messages": BELONGS,
        "send_message": WORKS,
        "set_message_mails": BELONGS,
        # the first conversation
        "own_brief": BELONGS,
        "rewrite_brief": WORKS,
        "renew_brief": WORKS,
        "hold_conversation": SPEAKER,
        # matching
        "own_publications": BELONGS,
        "own_proposals": BELONGS,
        "publish_audit": SPEAKER,
        "withdraw_audit": SPEAKER,
        "answer_proposal": SPEAKER,
        "own_exclusions": BELONGS,
        "exclude": SPEAKER,
        "end_exclusion": SPEAKER,
        # organisations that are no members
        "listed_organisations": INSIDE,
        "listed_notes": BELONGS,
        "add_listed": WORKS,
        "change_listed": WORKS,
        "withdraw_listed": WORKS,
        "note_listed": WORKS,
        "remove_note": WORKS,
        "restore_note": WORKS,
        "saved_searches": BELONGS,
        "save_search": WORKS,
        "switch_search": WORKS,
        "remove_search": WORKS,
        "restore_search": WORKS,
        "host_listed": HOST,
        "decide_correction": HOST,
        # circles
        "open_circles": BELONGS,
        "own_circle": BELONGS,
        "ask_to_join": SPEAKER,
        "leave_circle": SPEAKER,
        "invite_to_circle": INVITES,
        "convened_circle": CONVENER,
        "circle_events": CONVENER,
        "circle_links": NAMES,
        "admit": CONVENER,
        "refuse": CONVENER,
        "put_out": CONVENER,
        "let_back": CONVENER,
        "name_convener": NAMES,
        "end_convening": NAMES,
        # complaints
        "own_complaints": BELONGS,
        "complain": SPEAKER,
        "answer_complaint": SPEAKER,
        # the host
        "console": HOST,
        "host_events": HOST,
        "open_circle": HOST,
        "invite_another_host": HOST,
        "step_down": HOST,
        "suspend_organisation": HOST,
        "lift_suspension": HOST,
        "suspend_person": HOST,
        "lift_suspension_of_person": HOST,
        "ask_recovery": HOST,
        "approve_recovery": HOST,
        "refuse_recovery": HOST,
        "decide_complaint": HOST,
        "forgive_complaints": HOST,
        "send_again": HOST,
        "run_again": HOST,
        "confirm_key_copy": HOST,
    }
)
"""Every act and every look, by the name of its function."""


def is_allowed(actor: Actor, action: str) -> bool:
    """Whether this actor may do it; for what a page offers, never instead of :func:`may`."""
    return PERMISSIONS[action].is_met(actor)


def may(actor: Actor, action: str) -> None:
    """Let this actor go on, or not.

    Args:
        actor: Who acts, and for which organisation.
        action: The name of the function that asks.

    Raises:
        NotThere: It is none of the actor's business.
        NotAllowed: It is, and somebody else has to do it.
    """
    rule = PERMISSIONS[action]
    if rule.is_met(actor):
        return
    if not rule.concerns(actor):
        raise NotThere
    raise NotAllowed(rule.name, _(rule.why))
