"""Opening up: what may be shown to whom, in what order, and who has seen what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.disclosure.acts import agree_to_codes as agree_to_codes
    from lichen.disclosure.acts import agree_to_newcomer as agree_to_newcomer
    from lichen.disclosure.acts import announce_money as announce_money
    from lichen.disclosure.acts import answer_relevance as answer_relevance
    from lichen.disclosure.acts import begin_pilot as begin_pilot
    from lichen.disclosure.acts import disclose_vulnerability as disclose_vulnerability
    from lichen.disclosure.acts import end_matter as end_matter
    from lichen.disclosure.acts import hold_conversation as hold_conversation
    from lichen.disclosure.acts import join_matter as join_matter
    from lichen.disclosure.acts import judge_trial as judge_trial
    from lichen.disclosure.acts import report_exploitation as report_exploitation
    from lichen.disclosure.acts import say_yes as say_yes
    from lichen.disclosure.acts import try_one_item as try_one_item
    from lichen.disclosure.acts import withdraw_disclosure as withdraw_disclosure
    from lichen.disclosure.checks import disclosure_problems as disclosure_problems
    from lichen.disclosure.excess import OverDisclosure as OverDisclosure
    from lichen.disclosure.excess import over_disclosures as over_disclosures
    from lichen.disclosure.history import history as history
    from lichen.disclosure.history import history_for as history_for
    from lichen.disclosure.items import Unready as Unready
    from lichen.disclosure.items import unreadiness as unreadiness
    from lichen.disclosure.matched import matched_codes as matched_codes
    from lichen.disclosure.owed import material_facts_due as material_facts_due
    from lichen.disclosure.probing import Probe as Probe
    from lichen.disclosure.probing import check_probe as check_probe
    from lichen.disclosure.probing import check_publication as check_publication
    from lichen.disclosure.probing import codes_charged as codes_charged
    from lichen.disclosure.probing import codes_left as codes_left
    from lichen.disclosure.proposing import Grounds as Grounds
    from lichen.disclosure.proposing import NextDisclosure as NextDisclosure
    from lichen.disclosure.proposing import next_disclosure as next_disclosure
    from lichen.disclosure.replay import record_event as record_event
    from lichen.disclosure.replay import state_of as state_of
    from lichen.disclosure.rings import RingMatters as RingMatters
    from lichen.disclosure.rings import RingState as RingState
    from lichen.disclosure.rings import agree_in_ring as agree_in_ring
    from lichen.disclosure.rings import next_in_ring as next_in_ring
    from lichen.disclosure.rings import ring_state as ring_state
    from lichen.disclosure.rings import tell_in_ring as tell_in_ring
    from lichen.disclosure.sight import Band as Band
    from lichen.disclosure.sight import Sight as Sight
    from lichen.disclosure.sight import score_band as score_band
    from lichen.disclosure.sight import visible as visible
    from lichen.disclosure.state import Closed as Closed
    from lichen.disclosure.state import Grant as Grant
    from lichen.disclosure.state import MatterState as MatterState
    from lichen.disclosure.state import Opened as Opened
    from lichen.disclosure.state import Rung as Rung
    from lichen.disclosure.values import Act as Act
    from lichen.disclosure.values import Conversation as Conversation
    from lichen.disclosure.values import DisclosureEvent as DisclosureEvent
    from lichen.disclosure.values import DisclosureRules as DisclosureRules
    from lichen.disclosure.values import Matter as Matter
    from lichen.disclosure.values import Reception as Reception
    from lichen.disclosure.values import Said as Said

__getattr__, __all__ = lazy_face(
    __name__,
    {
        "Act": "values",
        "Band": "sight",
        "Closed": "state",
        "Conversation": "values",
        "DisclosureEvent": "values",
        "DisclosureRules": "values",
        "Grant": "state",
        "Grounds": "proposing",
        "Matter": "values",
        "MatterState": "state",
        "NextDisclosure": "proposing",
        "Opened": "state",
        "OverDisclosure": "excess",
        "Probe": "probing",
        "Reception": "values",
        "RingMatters": "rings",
        "RingState": "rings",
        "Rung": "state",
        "Said": "values",
        "Sight": "sight",
        "Unready": "items",
        "agree_in_ring": "rings",
        "agree_to_codes": "acts",
        "agree_to_newcomer": "acts",
        "announce_money": "acts",
        "answer_relevance": "acts",
        "begin_pilot": "acts",
        "check_probe": "probing",
        "check_publication": "probing",
        "codes_charged": "probing",
        "codes_left": "probing",
        "disclose_vulnerability": "acts",
        "disclosure_problems": "checks",
        "end_matter": "acts",
        "history": "history",
        "history_for": "history",
        "hold_conversation": "acts",
        "join_matter": "acts",
        "judge_trial": "acts",
        "matched_codes": "matched",
        "material_facts_due": "owed",
        "next_disclosure": "proposing",
        "next_in_ring": "rings",
        "over_disclosures": "excess",
        "record_event": "replay",
        "report_exploitation": "acts",
        "ring_state": "rings",
        "say_yes": "acts",
        "score_band": "sight",
        "state_of": "replay",
        "tell_in_ring": "rings",
        "try_one_item": "acts",
        "unreadiness": "items",
        "visible": "sight",
        "withdraw_disclosure": "acts",
    },
)
