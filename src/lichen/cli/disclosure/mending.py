"""What stands in a matter and needs mending: opened beyond the rules, or a material fact that money waits for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations

from lichen.brief.phrases import within_sentence
from lichen.cli.answers import Block, Column, Record
from lichen.cli.disclosure.given_matters import GivenMatter
from lichen.disclosure.excess import OverDisclosure, over_disclosures
from lichen.disclosure.owed import material_facts_due
from lichen.disclosure.replay import audits_by_id
from lichen.disclosure.state import Pair
from lichen.language import _

__all__ = ["mending_block", "to_mend"]


def to_mend(given: GivenMatter, among: Iterable[Pair] | None = None, *, money: bool = False) -> list[Record]:
    """Everything in a matter that needs mending, each thing with its sentence.

    Args:
        given: The matter.
        among: Owners and readers to look at; None takes all.
        money: Whether money is about to move between any of them.
    """
    pairs = [*permutations(given.state.parties, 2)] if among is None else [*among]
    beyond = (each for each in over_disclosures(given.state, given.audits) if (each.owner, each.reader) in pairs)
    return [*(_record(given, each) for each in (*_owed(given, pairs, money=money), *beyond))]


def mending_block(records: list[Record]) -> Block:
    """What needs mending, as a list."""
    return Block(
        columns=(Column("", lambda _record: "!"), Column("", lambda record: record["sentence"])),
        records=records,
        heading=_("To mend"),
    )


def _owed(given: GivenMatter, pairs: Iterable[Pair], *, money: bool) -> Iterator[OverDisclosure]:
    state, audits = given.state, audits_by_id(given.audits)
    for owner, reader in pairs:
        moves = money or {(owner, reader), (reader, owner)} & state.money
        facts = material_facts_due(state, audits[owner], reader) if moves and owner in audits else ()
        if facts:
            yield OverDisclosure("material-facts-first", owner, reader, facts)


def _record(given: GivenMatter, found: OverDisclosure) -> Record:
    return {
        "kind": "to mend",
        "matter": given.title,
        "rule": found.rule,
        "owner": found.owner,
        "reader": found.reader,
        "codes": found.codes,
        "sentence": _sentences()[found.rule].format(
            owner=given.name(found.owner),
            reader=given.name(found.reader),
            items=", ".join(map(within_sentence, found.codes)),
            most=given.state.rules.before_pilot,
        ),
    }


def _sentences() -> dict[str, str]:
    return {
        "material-facts-first": _("Before money moves, {owner} has to tell {reader} of: {items}."),
        "relevance-asked": _(
            "{reader} knows of {owner}: {items}. Nobody asked whether it affects what they could do together. Ask, and "
            "write down the answer."
        ),
        "relevant-only": _(
            "{reader} knows of {owner}: {items}. It does not affect what they could do together, so it should stay "
            "private. Withdraw it."
        ),
        "high-sensitivity": _(
            "{reader} knows of {owner}: {items}. That is highly sensitive, and no pilot has started. Withdraw it until "
            "then, or start one."
        ),
        "top-three": _(
            "{reader} knows more than {most} weaknesses of {owner}, and no pilot has started: {items}. Open nothing "
            "more before one does."
        ),
        "one-item-ahead": _(
            "{owner} has told {reader} more than it heard: {items}. Let {reader} open something before {owner} goes on."
        ),
        "one-item-trial": _(
            "{owner} is not ready to be open and has told {reader} more than one item: {items}. Open nothing more "
            "before it is written down that one was well received."
        ),
    }
