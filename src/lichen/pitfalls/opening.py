"""Too much told too early, and what must be told and is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import permutations

from lichen.disclosure.excess import over_disclosures
from lichen.disclosure.items import items_of
from lichen.disclosure.owed import material_facts_due
from lichen.disclosure.state import MatterState, Opened
from lichen.pilot.looking import moves_money
from lichen.pitfalls.situation import Situation
from lichen.pitfalls.values import Alert, AlertMeasure, ConfidedItem, RuleCode

__all__ = ["over_disclosure", "withheld_facts"]

_MONEY = "funding"
_LOOKED_BACK_AT = {
    "relevant-only": RuleCode.OPENED_IRRELEVANT,
    "high-sensitivity": RuleCode.OPENED_SENSITIVE,
}


def over_disclosure(situation: Situation) -> Iterator[Alert]:
    """What stands open and should not, or not yet; and who has told much more than the other."""
    for state in situation.states:
        if not state.ended:
            yield from _beyond_the_rules(situation, state)
            for owner, reader in permutations(sorted(state.parties), 2):
                yield from _many(situation, state, owner, reader)
                yield from _ahead(situation, state, owner, reader)


def withheld_facts(situation: Situation) -> Iterator[Alert]:
    """Material facts that a partner has not been told although money is about to move between the two.

    That there is one is told to its owner alone.
    """
    for state in situation.states:
        for owner, reader in permutations(sorted(state.parties), 2):
            audit = situation.audits.get(owner)
            due = () if audit is None else material_facts_due(state, audit, reader)
            if due and _moves_money(situation, state, owner, reader):
                yield from situation.raised(
                    RuleCode.MATERIAL_FACT_DUE,
                    AlertMeasure.ITEMS,
                    len(due),
                    (owner, reader),
                    items=(ConfidedItem(owner, code) for code in due),
                    may_see=(owner,),
                    confided_by=(owner,),
                )


def _beyond_the_rules(situation: Situation, state: MatterState) -> Iterator[Alert]:
    """That an item is called irrelevant or sensitive is its owner's own answer, so the reader is not told."""
    found: dict[tuple[RuleCode, str, str], list[str]] = defaultdict(list)
    for each in over_disclosures(state, situation.alliance.partners):
        if each.rule in _LOOKED_BACK_AT:
            found[_LOOKED_BACK_AT[each.rule], each.owner, each.reader] += each.codes
    for owner, reader in permutations(sorted(state.parties), 2):
        found[RuleCode.OPENED_SENSITIVE, owner, reader] += _told_before_it_was_owed(situation, state, owner, reader)
    for (code, owner, reader), codes in found.items():
        opened = [grant.since for grant in state.between(owner, reader) if grant.code in codes]
        yield from situation.raised(
            code,
            AlertMeasure.ITEMS,
            len(codes),
            (owner, reader),
            since=min(opened, default=None),
            items=(ConfidedItem(owner, each) for each in codes),
            may_see=(owner,),
            confided_by=(owner,),
        )


def _told_before_it_was_owed(situation: Situation, state: MatterState, owner: str, reader: str) -> Iterator[str]:
    """Material facts said aloud while no money is in sight, as the article's nonprofit did at its first meeting.

    Where money is about to move they must be told, and no rule stands against that.
    """
    audit = situation.audits.get(owner)
    if audit is None or state.has_pilot(owner, reader) or _moves_money(situation, state, owner, reader):
        return
    said = {grant.code for grant in state.between(owner, reader) if grant.opened is Opened.SAID_ALOUD}
    for item in items_of(audit.organisation):
        if item.material and item.is_high and item.code in said & {*state.open_codes(owner, reader)}:
            yield item.code


def _many(situation: Situation, state: MatterState, owner: str, reader: str) -> Iterator[Alert]:
    if state.has_pilot(owner, reader):
        return
    first = {grant.code: grant.since for grant in reversed([*state.between(owner, reader)]) if grant.code}
    owed = {grant.code for grant in state.between(owner, reader) if grant.is_owed}
    opened = [code for code in state.open_codes(owner, reader) if code not in owed]
    yield from situation.raised(
        RuleCode.OPENED_MANY,
        AlertMeasure.ITEMS,
        len(opened),
        (owner, reader),
        since=situation.crossed_on(RuleCode.OPENED_MANY, (first[code] for code in opened)),
        items=(ConfidedItem(owner, code) for code in opened),
        may_see=(owner, reader),
    )


def _ahead(situation: Situation, state: MatterState, owner: str, reader: str) -> Iterator[Alert]:
    told, answered = state.told(owner, reader), state.told(reader, owner)
    yield from situation.raised(
        RuleCode.OPENED_AHEAD,
        AlertMeasure.ITEMS,
        len(told) - len(answered),
        (owner, reader),
        since=_ahead_since(situation, state, owner, reader),
        may_see=(owner, reader),
    )


def _ahead_since(situation: Situation, state: MatterState, owner: str, reader: str) -> date | None:
    """The first day of the last stretch on which one side was so far ahead."""
    days = {pair: _told_on(state, *pair) for pair in ((owner, reader), (reader, owner))}
    since = None
    for day in sorted({*days[owner, reader], *days[reader, owner]}):
        ahead = sum(each <= day for each in days[owner, reader]) - sum(each <= day for each in days[reader, owner])
        is_ahead = situation.is_crossed(RuleCode.OPENED_AHEAD, ahead)
        since = (since or day) if is_ahead else None
    return since


def _told_on(state: MatterState, owner: str, reader: str) -> tuple[date, ...]:
    """The day on which each item was told, for as many as were."""
    first: dict[str, date] = {}
    for grant in state.ever_between(owner, reader):
        if grant.tells and not grant.is_owed:
            first.setdefault(grant.code, grant.since)
    return tuple(first.values())


def _moves_money(situation: Situation, state: MatterState, owner: str, reader: str) -> bool:
    """Whether money has been announced between two, stands in a pilot of both, or is promised either way."""
    two = {owner, reader}
    return (
        bool({(owner, reader), (reader, owner)} & state.money)
        or any(two <= {*pilot.partners} and moves_money(pilot, situation.on) for pilot in situation.alliance.pilots)
        or any(
            {one.provider, one.receiver} == two and one.kind == _MONEY and one.cancelled_on is None
            for one in situation.alliance.exchange.commitments
        )
    )
