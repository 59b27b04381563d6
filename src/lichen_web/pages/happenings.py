"""What happened, in a whole sentence for whoever reads it: who did what, to whom, where."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lichen_web.alliances.access.events import EventView, Reader
from lichen_web.pages.words import roles, scopes

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

__all__ = ["TOLD", "told"]

TOLD: Mapping[str, StrPromise] = MappingProxyType(
    {
        # an organisation and its people
        "organisation_founded": gettext_lazy("{who} entered {about}."),
        "organisation_changed": gettext_lazy("{who} changed what others may know of you."),
        "organisation_erased": gettext_lazy("{who} erased {about}; its keys are destroyed."),
        "organisation_suspended": gettext_lazy("{who} suspended {about}."),
        "suspension_lifted": gettext_lazy("{who} let {about} act again."),
        "colleague_invited": gettext_lazy("{who} invited a colleague ({role})."),
        "invitation_withdrawn": gettext_lazy("{who} took an invitation back."),
        "member_joined": gettext_lazy("{about} joined ({role})."),
        "member_left": gettext_lazy("{about} left."),
        "member_removed": gettext_lazy("{who} removed {about}."),
        "role_changed": gettext_lazy("{who} changed what {about} may do, from {before} to {after}."),
        "delegate_named": gettext_lazy("{who} put on record that {about} speaks for you."),
        "delegation_ended": gettext_lazy("Nobody speaks for you any more."),
        "delegate_went_away": gettext_lazy("{about} went away; the stand-in speaks meanwhile."),
        "delegate_came_back": gettext_lazy("{about} came back and speaks for you again."),
        "facilitator_invited": gettext_lazy("{who} invited a facilitator, opening to them: {scopes}."),
        "facilitation_began": gettext_lazy("{about} began to serve you as facilitator."),
        "facilitation_opened": gettext_lazy("{who} changed what is open to {about}: {scopes}."),
        "facilitation_ended": gettext_lazy("{who} ended the service of {about}."),
        "hand_over_offered": gettext_lazy("{who} invited a successor as your facilitator."),
        "facilitation_handed_over": gettext_lazy("{about} handed over to {who}."),
        "recovery_asked": gettext_lazy("{who} asked for a new lead for {about}."),
        "recovery_approved": gettext_lazy("{who} agreed to a new lead for {about}."),
        "recovery_refused": gettext_lazy("{who} refused a new lead for {about}."),
        # its audit
        "audit_recorded": gettext_lazy("{who} took over an audit as a whole."),
        "vulnerability_recorded": gettext_lazy("{who} named a gap."),
        "vulnerability_changed": gettext_lazy("{who} changed a gap."),
        "vulnerability_removed": gettext_lazy("{who} removed a gap."),
        "vulnerability_restored": gettext_lazy("{who} brought a removed gap back."),
        "vulnerabilities_ranked": gettext_lazy("{who} put the gaps in their order."),
        "offer_recorded": gettext_lazy("{who} named something to give."),
        "offer_changed": gettext_lazy("{who} changed something to give."),
        "offer_removed": gettext_lazy("{who} removed something to give."),
        "offer_restored": gettext_lazy("{who} brought a removed offer back."),
        "offer_opened": gettext_lazy("{who} opened an offer to the others of your circles."),
        "offer_closed": gettext_lazy("{who} closed an offer to others."),
        "sitting_recorded": gettext_lazy("{who} wrote down a sitting."),
        "audit_published": gettext_lazy("{who} let your audit be compared in a circle."),
        "audit_withdrawn": gettext_lazy("{who} took your audit out of the comparison in a circle."),
        # organisations that are no members
        "organisation_listed": gettext_lazy("{who} added an organisation to the list of those that are no members."),
        "listed_changed": gettext_lazy("{who} put right an organisation that you had added to the list."),
        "listed_withdrawn": gettext_lazy("{who} took back an organisation that you had added to the list."),
        "organisations_listed": gettext_lazy("Organisations were listed from a file."),
        "note_written": gettext_lazy("{who} noted a conversation."),
        "note_removed": gettext_lazy("{who} removed a note."),
        "note_restored": gettext_lazy("{who} brought a removed note back."),
        "search_saved": gettext_lazy("{who} saved a search."),
        "search_switched_on": gettext_lazy("{who} let a saved search write mails."),
        "search_switched_off": gettext_lazy("{who} let a saved search be silent."),
        "search_removed": gettext_lazy("{who} removed a saved search."),
        "search_restored": gettext_lazy("{who} brought a removed search back."),
        "correction_asked": gettext_lazy("Somebody asked for a listed organisation to be corrected or removed."),
        "correction_decided": gettext_lazy("{who} answered a request about a listed organisation."),
        "audit_taken_out": gettext_lazy("{who} took the audit out as a file."),
        "exclusions_changed": gettext_lazy("{who} changed with whom you are never to be compared."),
        "proposal_answered": gettext_lazy("{who} answered a blind fit."),
        "team_asked": gettext_lazy("{who} asked colleagues what each of them thinks."),
        "team_reminded": gettext_lazy("{who} reminded a colleague who had not answered."),
        "team_link_withdrawn": gettext_lazy("{who} took a colleague’s link to the questions back."),
        "team_round_closed": gettext_lazy("{who} closed the questions to colleagues."),
        "team_round_reopened": gettext_lazy("{who} opened the questions to colleagues again."),
        "team_shown": gettext_lazy("{who} looked at what the colleagues answered together."),
        "team_taken_over": gettext_lazy("{who} took over into the audit what the colleagues answered."),
        # opening up to another organisation
        "matter_proposed": gettext_lazy("{who} proposed to another organisation to deal with each other."),
        "yes_said": gettext_lazy("{who} said yes for you to dealing with another organisation."),
        "relevance_answered": gettext_lazy("{who} answered whether a gap concerns the other side."),
        "claim_made": gettext_lazy("{who} brought up to date what counts as a match in one of your dealings."),
        "ring_opened": gettext_lazy("All three of a ring had agreed, so that what they agreed to opened."),
        "codes_agreed": gettext_lazy("{who} agreed for you to show each other which kinds of gap you have."),
        "vulnerability_disclosed": gettext_lazy("{who} opened a gap to another organisation."),
        "item_tried": gettext_lazy("{who} opened one gap to another organisation, as a trial."),
        "trial_judged": gettext_lazy("{who} said how the trial went."),
        "disclosure_withdrawn": gettext_lazy("{who} took back a gap that was open to another organisation."),
        "theirs:exploitation_reported": gettext_lazy("Somebody reported that you used against them what they opened."),
        "own:exploitation_reported": gettext_lazy("{who} reported that what you opened was used against you."),
        "matter_ended": gettext_lazy("{who} ended a dealing with another organisation."),
        "message_sent": gettext_lazy("{who} wrote to the other side."),
        "message_mails_wanted": gettext_lazy("{who} wants a mail when the other side writes."),
        "message_mails_stopped": gettext_lazy("{who} wants no mail when the other side writes."),
        "brief_rewritten": gettext_lazy("{who} changed the words of your page for the first conversation."),
        "brief_renewed": gettext_lazy("{who} made your page for the first conversation anew."),
        # circles
        "circle_opened": gettext_lazy("{who} opened the circle {place}."),
        "circle_asked": gettext_lazy("{who} asked to join {place}."),
        "circle:circle_asked": gettext_lazy("{who} asked to be let in, for {about}."),
        "circle_admitted": gettext_lazy("{who} vouched for you: you are in {place}."),
        "circle:circle_admitted": gettext_lazy("{who} vouched for {about}."),
        "circle_refused": gettext_lazy("{who} did not admit you to {place}."),
        "circle:circle_refused": gettext_lazy("{who} did not admit {about}."),
        "circle_left": gettext_lazy("{who} left {place} for you."),
        "circle:circle_left": gettext_lazy("{about} left the circle."),
        "circle_put_out": gettext_lazy("{who} put you out of {place}."),
        "circle:circle_put_out": gettext_lazy("{who} put {about} out of the circle."),
        "circle_let_back": gettext_lazy("{who} let you ask again to join {place}."),
        "circle:circle_let_back": gettext_lazy("{who} let {about} ask again."),
        "circle_member_removed": gettext_lazy("{about} is out of a circle after three complaints that were upheld."),
        "circle_invitation_accepted": gettext_lazy("Somebody who was invited to the circle accepted."),
        "partner_invited": gettext_lazy("{who} invited a partner to {place}."),
        "circle:partner_invited": gettext_lazy("{who} invited somebody to the circle."),
        "convener_invited": gettext_lazy("{who} asked somebody to vouch in the circle."),
        "convener_named": gettext_lazy("{about} vouches in {place} from now on."),
        "convening_ended": gettext_lazy("{about} vouches in {place} no longer."),
        # complaints
        "complaint_made": gettext_lazy("{who} complained about {about} in {place}."),
        "theirs:complaint_made": gettext_lazy("{about} complained about you in {place}."),
        "circle:complaint_made": gettext_lazy("One member complained about another."),
        "complaint_answered": gettext_lazy("{who} answered what {about} complained about in {place}."),
        "theirs:complaint_answered": gettext_lazy("{about} answered what you complained about in {place}."),
        "circle:complaint_answered": gettext_lazy("A complaint was answered."),
        "complaint_decided": gettext_lazy("{who} decided a complaint between you and {about} in {place}: {outcome}."),
        "circle:complaint_decided": gettext_lazy("{who} decided a complaint."),
        "host:complaint_decided": gettext_lazy("{who} decided a complaint about {about} in {place}: {outcome}."),
        "complaints_forgiven": gettext_lazy("{who} let {about} ask again: what was upheld counts no longer."),
        # the host
        "host_invited": gettext_lazy("{who} invited somebody to run this host."),
        "host_named": gettext_lazy("{who} runs this host from now on."),
        "host_stepped_down": gettext_lazy("{who} stepped down and runs this host no longer."),
        "person_suspended": gettext_lazy("{who} suspended {about}."),
        "suspension_of_person_lifted": gettext_lazy("{who} let {about} sign in again."),
        "key_copy_confirmed": gettext_lazy("A second copy of the key {key} was shown."),
        "host_key_rotated": gettext_lazy("The host’s key was changed for a new one."),
        "host_key_forgotten": gettext_lazy("A key that nothing on this host needs any more was forgotten."),
        "mail_sent_again": gettext_lazy("{who} let a mail be sent again."),
        "job_run_again": gettext_lazy("{who} let a job run again."),
        "exploitation_reported": gettext_lazy("Somebody reported that what they opened was used against them."),
    }
)
"""By the name of the event; before it ``theirs:`` where the other side did it, or whose chain it is told from."""

_OF_THE_HOST = (
    "circle_opened",
    "complaint_decided",
    "complaints_",
    "organisation_suspended",
    "recovery_",
    "suspension_",
)
_OF_CONVENERS = ("circle_admitted", "circle_refused", "circle_put_out", "circle_let_back")


def told(event: EventView) -> str:
    """One event, as a sentence; what has no sentence of its own is told in the words of its name."""
    prefixes = [f"{event.reader}:", ""]
    if event.reader is Reader.OWN and not event.is_ours:
        prefixes.insert(0, "theirs:")
    sentence = next((TOLD[each + event.what] for each in prefixes if each + event.what in TOLD), None)
    if sentence is None:
        return _("{what}, by {who}.").format(what=capfirst(event.what.replace("_", " ")), who=_who(event))
    return capfirst(sentence.format_map(_words(event)))


def _words(event: EventView) -> dict[str, str]:
    known, outcomes = roles(), {"upheld": _("upheld"), "dismissed": _("dismissed")}
    opened = [scopes()[each] for each in event.more.get("scopes", "").split() if each in scopes()]
    return {
        "who": _who(event),
        "about": event.about or (_("the organisation") if event.reader is not Reader.OWN else _("somebody")),
        "place": event.place or _("a circle"),
        "role": known.get(event.more.get("role", ""), _("as agreed")),
        "before": known.get(event.more.get("from", ""), _("something else")),
        "after": known.get(event.more.get("to", ""), _("something else")),
        "scopes": "; ".join(opened) or _("nothing"),
        "outcome": outcomes.get(event.more.get("outcome", ""), _("decided")),
        "key": event.more.get("key", ""),
    }


def _who(event: EventView) -> str:
    """Whoever did it, as far as the reader may know."""
    if event.who:
        return event.who
    if event.is_by_nobody:
        return _("the server itself")
    if event.what.startswith(_OF_THE_HOST):
        return _("the host")
    if event.what in _OF_CONVENERS:
        return _("somebody who vouches there")
    return _("somebody")
