"""What ``lichen disclosure next`` prints of one side's next step, or of the rule that stands against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from rich.text import Text

from lichen.brief.phrases import label, within_sentence
from lichen.cli.answers import Block, Column, Line, Record, styled
from lichen.cli.disclosure.given_matters import GivenMatter
from lichen.disclosure.items import Unready, unreadiness
from lichen.disclosure.matched import codes_to_agree, lapsed_codes
from lichen.disclosure.owed import material_facts_due
from lichen.disclosure.proposing import Grounds, NextDisclosure, next_disclosure
from lichen.disclosure.replay import audits_by_id
from lichen.disclosure.state import Pair
from lichen.disclosure.values import Act, DisclosureEvent
from lichen.errors import NotAllowed
from lichen.files.records import entry_of_record
from lichen.language import _
from lichen.scales import Relevance

__all__ = ["step_block", "step_record"]

_ASKED = "yes or no"
"""Stands for an answer that has to be asked for; no reader takes it for one."""


def step_record(given: GivenMatter, pair: Pair, on: date, *, money: bool, masked: bool) -> Record:
    """The next step of the first of two towards the second, with its reasons.

    Args:
        given: The matter.
        pair: Ids of who would open something, and to whom.
        on: The day.
        money: Whether money is about to move.
        masked: Whether it is printed for the first of the two, who does not see what the audits make a match of.
    """
    owner, reader = pair
    known = reader in given.names
    audit = audits_by_id(given.audits).get(owner)
    record: dict[str, Any] = {
        "kind": "step",
        "matter": given.title,
        "owner": owner,
        "reader": reader if known else "",
        "material_facts_due": () if audit is None else material_facts_due(given.state, audit, reader),
    }
    try:
        step = next_disclosure(given.matter, given.audits, *pair, on=on, money_moves=money, earlier=given.earlier)
    except NotAllowed as refusal:
        return {**record, "act": None, "rule": refusal.rule, "sentence": _refused(refusal, given.name(reader))}
    codes, shut = _codes(given, step) if not masked else ((), ())
    return {
        **record,
        "act": step.act,
        "rule": None,
        "sentence": _STEPS[step.act](step, codes),
        "why": _GROUNDS[step.grounds](given, step),
        "rung": int(step.rung),
        "grounds": step.grounds,
        "code": step.code,
        "rank": step.rank,
        "swap": step.swap,
        "write": {} if masked else _event(step, on, codes, shut),
    }


def step_block(given: GivenMatter, records: list[Record]) -> Block:
    """The steps of one matter."""
    return Block(
        columns=(Column("", lambda record: _headline(given, record)),),
        records=records,
        heading=given.heading,
        below=_lines,
    )


def _headline(given: GivenMatter, record: Record) -> Text:
    return styled((given.name(record["owner"]), "bold"), " → ", (given.name(record["reader"]), "bold"))


def _lines(record: Record) -> Iterator[Line]:
    if record["rule"] is not None:
        told = _("Not now. {why} ({rule})").format(why=record["sentence"], rule=record["rule"])
        yield styled(("×", "yellow")), styled(told)
    else:
        yield styled(("→", "green")), styled(record["sentence"])
        yield Text(), styled((record["why"], "dim"))
        if record["write"]:
            yield Text(), styled((_("Once it is done, write: {line}").format(line=_flow(record["write"])), "dim"))
    if record["material_facts_due"] and record.get("grounds") != Grounds.MATERIAL_FACT:
        facts = ", ".join(map(within_sentence, record["material_facts_due"]))
        yield (
            styled(("!", "yellow")),
            styled(_("Before money moves, this side has to tell of: {facts}.").format(facts=facts)),
        )


def _refused(refusal: NotAllowed, reader: str) -> str:
    """Why not; where only the consent of the other side is missing, whose turn it is."""
    if refusal.rule == "consent-of-both":
        return _("This side has agreed to the next step, and it is for {reader} to say.").format(reader=reader)
    return refusal.why


def _codes(given: GivenMatter, step: NextDisclosure) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What would be agreed to and what lapses by it, for whoever keeps the file and sees both audits."""
    if step.act is not Act.AGREED:
        return (), ()
    by_id = audits_by_id(given.audits)
    sides = by_id[step.owner], by_id[step.reader]
    return codes_to_agree(given.state, *sides), lapsed_codes(given.state, *sides)


def _event(step: NextDisclosure, on: date, codes: tuple[str, ...], shut: tuple[str, ...]) -> dict[str, Any]:
    """What to write below the events of the matter."""
    asked = Relevance.YES if step.act is Act.ANSWERED else Relevance.UNASKED
    material = True if step.grounds is Grounds.MATERIAL_FACT else None
    event = DisclosureEvent(
        on, step.act, step.owner, step.reader, step.code, codes, asked, material=material, shut=shut
    )
    entry = entry_of_record(event)
    return {**entry, "relevance": _ASKED} if "relevance" in entry else entry


def _flow(entry: Mapping[str, Any]) -> str:
    """An entry on one line, as YAML takes it."""
    return "- {" + ", ".join(f"{key}: {_plain(value)}" for key, value in entry.items()) + "}"


def _plain(value: Any) -> str:
    if value is True:
        return "yes"
    return f"[{', '.join(value)}]" if isinstance(value, list | tuple) else str(value)


def _say_yes(_step: NextDisclosure, _codes: tuple[str, ...]) -> str:
    return _("To decide: does this side want to know who it is? Its yes opens nothing until the other says yes, too.")


def _agree(_step: NextDisclosure, codes: tuple[str, ...]) -> str:
    if not codes:
        return _("To decide: may the other side see which gaps match, as codes? Both sides' open at once.")
    told = _("To decide: may the other side see these, as codes: {items}? Both sides' open at once.")
    return told.format(items=", ".join(map(within_sentence, codes)))


def _answer(step: NextDisclosure, _codes: tuple[str, ...]) -> str:
    told = _("To answer: does it affect what the two could do together? {item}. A no keeps it private.")
    return told.format(item=label(step.code))


def _disclose(step: NextDisclosure, _codes: tuple[str, ...]) -> str:
    return _("One item may be opened now, in its owner's own words: {item}.").format(item=within_sentence(step.code))


def _try(step: NextDisclosure, _codes: tuple[str, ...]) -> str:
    told = _("One item may be tried now, and no other until it is well received: {item}.")
    return told.format(item=within_sentence(step.code))


_STEPS: Mapping[Act, Callable[[NextDisclosure, tuple[str, ...]], str]] = MappingProxyType(
    {
        Act.SAID_YES: _say_yes,
        Act.AGREED: _agree,
        Act.ANSWERED: _answer,
        Act.DISCLOSED: _disclose,
        Act.TRIED: _try,
    }
)


def _because_of_money(_given: GivenMatter, _step: NextDisclosure) -> str:
    return _("It is a material fact, and money is about to move. That comes before every other rule.")


def _because_of_consent(_given: GivenMatter, _step: NextDisclosure) -> str:
    return _("The next rung needs the consent of both, and this side's is still missing.")


def _because_unasked(_given: GivenMatter, _step: NextDisclosure) -> str:
    return _("Nobody has asked yet, and nothing is opened before that.")


def _because_they_answer(given: GivenMatter, step: NextDisclosure) -> str:
    if not step.swap:
        told = _("{reader} has told one item more. Of what may be opened, this needs outside help most{rank}.")
    else:
        told = _("It answers what {reader} told: {swap}. Of what may be opened, it needs outside help most{rank}.")
    return told.format(reader=given.name(step.reader), swap=within_sentence(step.swap), rank=_ranked(step))


def _because_they_begin(_given: GivenMatter, step: NextDisclosure) -> str:
    told = _("Of what may be opened, it needs outside help most{rank}. The other side then answers with one item.")
    return told.format(rank=_ranked(step))


def _because_of_the_trial(given: GivenMatter, step: NextDisclosure) -> str:
    audit = audits_by_id(given.audits)[step.owner]
    reasons = {
        Unready.LEADERSHIP: _("its leadership does not stand behind the audit"),
        Unready.FEW_GAPS: _("its audit names few gaps"),
        Unready.LITTLE_TIME: _("its leadership team gave the audit little time"),
    }
    found = unreadiness(audit, given.state.rules)
    told = _("This side is not ready to be open yet: {reasons}.")
    return told.format(reasons="; ".join(reasons[each] for each in found))


_GROUNDS: Mapping[Grounds, Callable[[GivenMatter, NextDisclosure], str]] = MappingProxyType(
    {
        Grounds.MATERIAL_FACT: _because_of_money,
        Grounds.CONSENT: _because_of_consent,
        Grounds.FILTER: _because_unasked,
        Grounds.ANSWER: _because_they_answer,
        Grounds.FIRST: _because_they_begin,
        Grounds.TRIAL: _because_of_the_trial,
    }
)


def _ranked(step: NextDisclosure) -> str:
    return "" if step.rank is None else _(" (rank {rank})").format(rank=step.rank)
