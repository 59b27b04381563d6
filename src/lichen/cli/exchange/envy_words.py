"""Envy in words: who would rather have what another received, and where nobody knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from lichen.brief.phrases import within_sentence
from lichen.cli.alliance.names import team_name
from lichen.cli.answers import Block, Column, Record, styled
from lichen.exchange.fairness.envy import BundleLine, Envy, Preference, Thing
from lichen.language import _
from lichen.paper import amount_words, one_line

__all__ = ["envy_blocks", "envy_records"]

_SIGNS = {Preference.THEIRS: ("▲", "yellow"), Preference.UNKNOWN: ("?", "dim"), Preference.OWN: ("✓", "green")}
_FEW, _MANY, _BOTH_OF_A_PAIR = 3, 6, 2


def envy_records(envied: Sequence[Envy], names: Mapping[str, str]) -> list[Record]:
    """One record for each partner's judgement of each other's bundle.

    Args:
        envied: The answer of ``envies``.
        names: The partners' names by their ids.
    """
    return [
        {
            "part": "envy",
            "partner": one.partner,
            "partner_name": team_name(names, one.partner),
            "other": one.other,
            "other_name": team_name(names, one.other),
            "prefers": one.prefers,
            "own_worth": one.own_worth,
            "theirs_worth": one.theirs_worth,
            "unvalued": [_thing_words(thing) for thing in one.unvalued],
            "own": [_line(line) for line in one.own],
            "theirs": [_line(line) for line in one.theirs],
        }
        for one in envied
    ]


def envy_blocks(envied: Sequence[Envy], names: Mapping[str, str]) -> Iterator[Block]:
    """A line for each judgement, those who would rather have another's first; of many, only those and the numbers."""
    order = [Preference.THEIRS, Preference.UNKNOWN, Preference.OWN]
    passed = [record for record in envy_records(envied, names) if record["own"] or record["theirs"]]
    shown = [record for record in passed if len(passed) <= _MANY or record["prefers"] is Preference.THEIRS]
    if passed:
        yield Block(
            columns=(Column("", lambda record: styled(_SIGNS[record["prefers"]])), Column("", _sentence)),
            records=sorted(shown, key=lambda record: order.index(record["prefers"])),
            heading=_("Would anybody rather have what another received?"),
            note="\n".join(_notes(envied)),
            empty=_("Nobody is known to."),
        )
    if len(passed) > len(shown):
        yield Block((), (), empty=_tally(passed))


def _notes(envied: Sequence[Envy]) -> Iterator[str]:
    if len(envied) == _BOTH_OF_A_PAIR:
        yield _("With two partners, what the other received is what one gave itself.")
    yield _("What a partner has not valued counts like what it has valued of the same sort.")


def _tally(passed: Sequence[Record]) -> str:
    found = Counter(record["prefers"] for record in passed)
    words = _("Of {number} comparisons, {own} end with keeping one's own; {unknown} are open: not enough is valued.")
    return words.format(number=len(passed), own=found[Preference.OWN], unknown=found[Preference.UNKNOWN])


def _line(line: BundleLine) -> Record:
    return {
        "event": line.event,
        "thing": _thing_words(line.thing),
        "amount": line.amount,
        "worth": None if line.worth is None else float(line.worth),
        "per_unit": None if line.per_unit is None else float(line.per_unit),
    }


def _thing_words(thing: Thing) -> str:
    name = within_sentence(thing.code) if thing.code else one_line(thing.kind).replace("_", " ")
    return f"{name} ({one_line(thing.unit)})" if thing.unit else name


def _sentence(record: Record) -> str:
    words = {
        Preference.THEIRS: _(
            "{partner_name} would rather have what {other_name} received: worth {theirs} to it, its own {own}."
        ),
        Preference.OWN: _("{partner_name} would keep its own: worth {own} to it, what {other_name} received {theirs}."),
        Preference.UNKNOWN: _(
            "Whether {partner_name} would rather have what {other_name} received is not known: it has not valued"
            " {things}."
        ),
    }
    things = record["unvalued"]
    some = ", ".join(things[:_FEW]) + (" …" if len(things) > _FEW else "")
    figures = {"own": amount_words(record["own_worth"]), "theirs": amount_words(record["theirs_worth"])}
    return words[record["prefers"]].format(**{**record, **figures, "things": some})
