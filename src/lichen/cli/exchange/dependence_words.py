"""Who depends on whom in words; what somebody lacks is never named, only what is given to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lichen.brief.phrases import within_sentence
from lichen.cli.alliance.names import team_name
from lichen.cli.answers import Block, Column, Line, Record, percent, styled, two_places
from lichen.exchange.fairness.dependence import Dependence, MutualDependence
from lichen.language import _, ngettext

__all__ = ["dependence_blocks", "dependence_records"]

_EVEN = 0.005


def dependence_records(depends: Sequence[MutualDependence], names: Mapping[str, str]) -> list[Record]:
    """One record for each two partners.

    Args:
        depends: The answer of ``mutual_dependences``.
        names: The partners' names by their ids.
    """
    return [
        {
            "part": "dependence",
            "total": pair.total,
            "imbalance": pair.imbalance,
            "one": _record(pair.one, names),
            "other": _record(pair.other, names),
        }
        for pair in depends
    ]


def dependence_blocks(depends: Sequence[MutualDependence], names: Mapping[str, str]) -> Iterator[Block]:
    """A line for each two partners between whom anything passed, with both directions below it."""
    records = [each for each in dependence_records(depends, names) if _is_told(each)]
    if records:
        yield Block(
            columns=(Column("", _headline),),
            records=records,
            heading=_("Who depends on whom?"),
            note=_note(records),
            below=_lines,
        )


def _record(one: Dependence, names: Mapping[str, str]) -> Record:
    codes = dict.fromkeys(each.code for each in one.served)
    return {
        "of": one.of,
        "of_name": team_name(names, one.of),
        "upon": one.upon,
        "upon_name": team_name(names, one.upon),
        "importance": one.importance,
        "dependence": one.amount,
        "through": [_through(one, code) for code in codes],
        "uncoded": one.uncoded,
    }


def _through(one: Dependence, code: str) -> Record:
    served = [each for each in one.served if each.code == code]
    return {
        "code": code,
        "importance": sum(each.importance for each in served),
        "others": served[0].others,
        "as_well": min(each.as_well for each in served),
    }


def _is_told(record: Record) -> bool:
    return any(record[side]["through"] or record[side]["uncoded"] for side in ("one", "other"))


def _headline(record: Record) -> str:
    one, imbalance = record["one"], record["imbalance"]
    told = {"one": one["of_name"], "other": one["upon_name"], "gap": two_places(abs(imbalance or 0))}
    if imbalance is None:
        words = _("{one} and {other}: who has more power is not known")
    elif abs(imbalance) < _EVEN:
        words = _("{one} and {other}: about even")
    elif imbalance > 0:
        words = _("{one} depends more on {other} than the other way round, by {gap}")
    else:
        words = _("{other} depends more on {one} than the other way round, by {gap}")
    return words.format(**told)


def _lines(record: Record) -> Iterator[Line]:
    for side, sign in (("one", "→"), ("other", "←")):
        yield from ((styled((sign, "cyan")), styled(sentence)) for sentence in _sentences(record[side]))


def _sentences(one: Record) -> Iterator[str]:
    if one["through"]:
        things = ", ".join(within_sentence(each["code"]) for each in one["through"])
        words = _("{upon_name} helps with {share} of what {of_name} lacks, through {things}.")
        told = words.format(**one, share=percent(one["importance"]), things=things)
        yield f"{told} {_replaceable(one)}"
    elif not one["uncoded"]:
        yield _("{upon_name} helps with nothing yet that {of_name} has said it lacks.").format(**one)
    if one["uncoded"]:
        told = ngettext(
            "{number} delivery or promise of {name} names no capability, so what it helps with is not known.",
            "{number} deliveries and promises of {name} name no capability, so what they help with is not known.",
            one["uncoded"],
        )
        yield told.format(number=one["uncoded"], name=one["upon_name"])


def _replaceable(one: Record) -> str:
    if one["dependence"] is None:
        return _("Who could do it instead is not known.")
    amount = two_places(one["dependence"])
    others = one["through"][0]["others"]
    fewest = min(each["as_well"] for each in one["through"])
    words = ngettext(
        "Of {others} other, {fewest} could do as much for what is hardest to replace: dependence {amount}.",
        "Of {others} others, {fewest} could do as much for what is hardest to replace: dependence {amount}.",
        others,
    )
    return words.format(others=f"{others:,}", fewest=f"{fewest:,}", amount=amount)


def _note(records: Sequence[Record]) -> str:
    words = _(
        "Dependence is how much of what is lacked it helps with, by severity and rank, times how few others could, from"
        " 0 to 1. Whoever is depended on more has more power."
    )
    if all(record["imbalance"] is not None for record in records):
        return words
    return words + "\n" + _("To see who could be replaced, give the files of others: --among FILE …")
