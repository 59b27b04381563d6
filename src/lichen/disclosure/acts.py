"""What the parties do, each act in one function: the same matter comes back with one more event, or a refusal.

All of them take the matter, the audits of its parties as they are now, the day, and the matters before this one: what
the same two saw of each other counts over all of them. None changes what it was given.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from lichen.audit.values import Audit
from lichen.disclosure.items import item_of
from lichen.disclosure.matched import codes_to_agree, lapsed_codes
from lichen.disclosure.replay import record_event, state_of
from lichen.disclosure.state import MatterState
from lichen.disclosure.values import Act, Conversation, DisclosureEvent, Matter, Reception
from lichen.scales import Relevance

__all__ = [
    "agree_to_codes",
    "agree_to_newcomer",
    "announce_money",
    "answer_relevance",
    "begin_pilot",
    "disclose_vulnerability",
    "end_matter",
    "hold_conversation",
    "join_matter",
    "judge_trial",
    "report_exploitation",
    "say_yes",
    "try_one_item",
    "withdraw_disclosure",
]


def say_yes(
    matter: Matter, audits: Iterable[Audit], *, by: str, to: str = "", on: date, earlier: Iterable[Matter] = ()
) -> Matter:
    """Say yes to a blind match. When both have, each learns who the other is, and the matched groups.

    Raises:
        NotAllowed: A rule stands against it.
    """
    return record_event(matter, audits, DisclosureEvent(on, Act.SAID_YES, by, to), earlier=earlier)


def agree_to_codes(
    matter: Matter,
    audits: Iterable[Audit],
    *,
    by: str,
    to: str = "",
    on: date,
    but: Iterable[str] = (),
    earlier: Iterable[Matter] = (),
) -> Matter:
    """Agree that the reader may see which gaps it could ease, as codes. They open when both have agreed.

    What is agreed to is worked out here and written down: relevant gaps that the other side could ease, what needs
    outside help most first, and until a pilot starts no more than the top three of them. So is what was agreed to
    before and may no longer be opened, so that no later audit opens it.

    Args:
        matter: The dealing so far.
        audits: Those of its parties.
        by: Id of the owner.
        to: Id of the reader; needed where there are three parties or more.
        on: The day.
        but: Codes that the owner keeps back all the same.
        earlier: The matters before it.

    Raises:
        NotAllowed: A rule stands against it, or nothing of the owner's can be shown.
    """
    audits, earlier = tuple(audits), tuple(earlier)
    codes, shut = _codes_for(state_of(matter, audits, earlier=earlier), audits, by, to, frozenset(but))
    event = DisclosureEvent(on, Act.AGREED, by, to, codes=codes, shut=shut)
    return record_event(matter, audits, event, earlier=earlier)


def answer_relevance(
    matter: Matter,
    audits: Iterable[Audit],
    *,
    by: str,
    code: str,
    relevance: Relevance,
    to: str = "",
    on: date,
    earlier: Iterable[Matter] = (),
) -> Matter:
    """Write down the owner's answer to the relevance filter for one item: does it affect what we could do together?

    Raises:
        NotAllowed: A rule stands against it.
    """
    event = DisclosureEvent(on, Act.ANSWERED, by, to, code=code, relevance=relevance)
    return record_event(matter, audits, event, earlier=earlier)


def disclose_vulnerability(
    matter: Matter,
    audits: Iterable[Audit],
    *,
    by: str,
    code: str,
    to: str = "",
    on: date,
    earlier: Iterable[Matter] = (),
) -> Matter:
    """Open the words and the severity of one item to one reader, or to everyone who stands in the matter that day.

    Args:
        matter: The dealing so far.
        audits: Those of its parties.
        by: Id of the owner.
        code: The item, in the owner's audit.
        to: Id of the reader, or ``everyone``; needed where there are three parties or more.
        on: The day.
        earlier: The matters before it.

    Raises:
        NotAllowed: A rule stands against it.

    Source:
        The article's pitfall 1 and question 1; each rule has its reason in docs/discussion/disclosure.md.
    """
    audits = tuple(audits)
    owner = next((audit.organisation for audit in audits if audit.organisation.id == by), None)
    item = None if owner is None else item_of(owner, code)
    material = item is not None and item.material
    return record_event(
        matter, audits, DisclosureEvent(on, Act.DISCLOSED, by, to, code=code, material=material), earlier=earlier
    )


def try_one_item(
    matter: Matter,
    audits: Iterable[Audit],
    *,
    by: str,
    code: str,
    to: str = "",
    on: date,
    earlier: Iterable[Matter] = (),
) -> Matter:
    """Open one item to one reader as a trial, and no other until its owner has said how it was received.

    Raises:
        NotAllowed: A rule stands against it.

    Source:
        The article, question 1: share only one vulnerability, and see how it goes.
    """
    return record_event(matter, audits, DisclosureEvent(on, Act.TRIED, by, to, code=code), earlier=earlier)


def judge_trial(
    matter: Matter,
    audits: Iterable[Audit],
    *,
    by: str,
    received: Reception,
    to: str = "",
    on: date,
    earlier: Iterable[Matter] = (),
) -> Matter:
    """Write down how the one item was received, as its owner saw it.

    Raises:
        NotAllowed: A rule stands against it.
    """
    return record_event(matter, audits, DisclosureEvent(on, Act.JUDGED, by, to, received=received), earlier=earlier)


def begin_pilot(
    matter: Matter, audits: Iterable[Audit], *, by: str = "", to: str = "", on: date, earlier: Iterable[Matter] = ()
) -> Matter:
    """Write down that a pilot has started. Said by one side it counts once the other has said it too, as with a yes.

    Without names it is the facilitator's word, for all of them.

    Raises:
        NotAllowed: A rule stands against it.
    """
    return record_event(matter, audits, DisclosureEvent(on, Act.PILOT_STARTED, by, to), earlier=earlier)


def withdraw_disclosure(
    matter: Matter,
    audits: Iterable[Audit],
    *,
    by: str,
    code: str = "",
    to: str = "",
    on: date,
    earlier: Iterable[Matter] = (),
) -> Matter:
    """Let an item be read no longer; without a code, everything, and then neither reads anything of the other.

    What was seen stays in the record, since nobody can unsee it.

    Raises:
        NotAllowed: A rule stands against it.
    """
    return record_event(matter, audits, DisclosureEvent(on, Act.WITHDREW, by, to, code=code), earlier=earlier)


def report_exploitation(
    matter: Matter, audits: Iterable[Audit], *, by: str, to: str, on: date, earlier: Iterable[Matter] = ()
) -> Matter:
    """Write down that a party used against another what was confided: its grants are frozen, the matter is over.

    Args:
        matter: The dealing so far.
        audits: Those of its parties.
        by: Id of the party that was exploited.
        to: Id of the party that did it.
        on: The day.
        earlier: The matters before it.

    Raises:
        NotAllowed: A rule stands against it.

    Source:
        The article, question 1: if they exploit it, you learn early and cut losses.
    """
    return record_event(matter, audits, DisclosureEvent(on, Act.EXPLOITED, by, to), earlier=earlier)


def agree_to_newcomer(
    matter: Matter, audits: Iterable[Audit], *, by: str, newcomer: str, on: date, earlier: Iterable[Matter] = ()
) -> Matter:
    """Consent to somebody who would join. Every party of that day has to.

    Raises:
        NotAllowed: A rule stands against it.
    """
    return record_event(matter, audits, DisclosureEvent(on, Act.CONSENTED, by, newcomer), earlier=earlier)


def join_matter(
    matter: Matter, audits: Iterable[Audit], *, newcomer: str, on: date, earlier: Iterable[Matter] = ()
) -> Matter:
    """Let somebody in to whom all have consented, on the first rung with each; nothing earlier opens to it.

    Raises:
        NotAllowed: A rule stands against it.
    """
    return record_event(matter, audits, DisclosureEvent(on, Act.JOINED, newcomer), earlier=earlier)


def announce_money(
    matter: Matter, audits: Iterable[Audit], *, by: str, to: str = "", on: date, earlier: Iterable[Matter] = ()
) -> Matter:
    """Write down that a party is about to commit money, once each side has told the other its material facts.

    Raises:
        NotAllowed: A rule stands against it.
    """
    return record_event(matter, audits, DisclosureEvent(on, Act.MONEY, by, to), earlier=earlier)


def end_matter(
    matter: Matter, audits: Iterable[Audit], *, by: str = "", note: str = "", on: date, earlier: Iterable[Matter] = ()
) -> Matter:
    """End a matter: nothing in it may be read any longer, and the record stays.

    Raises:
        NotAllowed: A rule stands against it.
    """
    return record_event(matter, audits, DisclosureEvent(on, Act.ENDED, by, note=note), earlier=earlier)


def hold_conversation(
    matter: Matter, audits: Iterable[Audit], conversation: Conversation, *, on: date, earlier: Iterable[Matter] = ()
) -> Matter:
    """Write down what was said aloud at a meeting. It is never refused for what was said, and counts as told.

    Raises:
        NotAllowed: It was not in the time of the matter, or somebody was there who does not stand in it.
    """
    return record_event(matter, audits, DisclosureEvent(on, Act.TALKED, conversation=conversation), earlier=earlier)


def _codes_for(
    state: MatterState, audits: Iterable[Audit], by: str, to: str, kept_back: frozenset[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What would be agreed to now, and what lapses; nothing where one is not known, which the rules then say."""
    by_id = {audit.organisation.id: audit for audit in audits}
    others = [party for party in state.parties if party != by]
    reader = by_id.get(to or (others[0] if len(others) == 1 else ""))
    if by not in by_id or reader is None:
        return (), ()
    return codes_to_agree(state, by_id[by], reader, kept_back), lapsed_codes(state, by_id[by], reader)
