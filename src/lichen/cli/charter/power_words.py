"""What ``lichen charter power`` prints: what the figures come to, in plain words, and the figures."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice

from lichen.charter.power.values import Method, PlayerPower, Power, Standing
from lichen.cli.answers import Block, Column, Layout, Record, json_text, show
from lichen.language import _, ngettext
from lichen.paper import one_line

__all__ = ["named_list", "number_words", "power_share", "show_power"]

_TWO = 2
_SHOWN = 60
"""So many players stand in the table."""
_NAMED = 5
_ALIKE = 3
"""Of so many groups it is said that they have the same power."""
_LONG = 10**12
_LEAST_SHARE = 0.0005


def show_power(
    layout: Layout, found: Power, names: Mapping[str, str], heading: str, after: str, *, is_named: bool
) -> None:
    """Print what say each player has.

    Args:
        layout: How. JSON has ``players``, ``method`` and ``standard_error``.
        found: The answer of ``voting_power``.
        names: What to call players, where not by the name they have in the game.
        heading: What stands above the table.
        after: What to do next; empty where there is nothing.
        is_named: Whether the players have names of their own, rather than numbers.
    """
    records = [_record(each, names, is_named=is_named) for each in found.players]
    if layout is Layout.JSON:
        whole = {"players": records, "method": found.method, "standard_error": found.standard_error}
        sys.stdout.write(json_text(whole))
    elif layout is Layout.CSV:
        show(layout, Block((), records))
    else:
        blocks = [Block((), (), empty="\n".join(_sentences(found, names))), _table(found, names, heading)]
        show(layout, *blocks, *([Block((), (), empty=after)] if after else []))


def power_share(share: float) -> str:
    """A share of power in per cent, to one place, and never nothing for what is more.

    Example:
        >>> power_share(1 / 3), power_share(0.5), power_share(0.00001), power_share(0)
        ('33.3%', '50.0%', '<0.1%', '0')
    """
    if not share:
        return "0"
    return "<0.1%" if share < _LEAST_SHARE else f"{share:.1%}"


def number_words(number: int) -> str:
    """A whole number of any size as a table has room for it.

    Example:
        >>> number_words(133_327), number_words(10**400)
        ('133,327', '1.0e400')
    """
    if number < _LONG:
        return f"{number:,}"
    digits = str(number)
    return f"{digits[0]}.{digits[1]}e{len(digits) - 1}"


def named_list(names: Sequence[str]) -> str:
    """Names as a sentence has them; of many, the first few and how many more.

    Example:
        >>> named_list(["Ada"]), named_list(["Ada", "Ben", "Cleo"])
        ('Ada', 'Ada, Ben and Cleo')
    """
    if len(names) == 1:
        return names[0]
    rest = names[_NAMED - 1 :] if len(names) > _NAMED else names[-1:]
    last = rest[0] if len(rest) == 1 else _("{number} more").format(number=len(rest))
    return _("{names} and {last}").format(names=", ".join(names[: len(names) - len(rest)]), last=last)


def _record(player: PlayerPower, names: Mapping[str, str], *, is_named: bool) -> Record:
    weights = player.weights
    return {
        **({"name": names.get(player.name, player.name)} if is_named else {}),
        "weight": weights[0] if len(weights) == 1 else list(weights),
        "shapley_shubik": float(player.shapley_shubik),
        "banzhaf": float(player.banzhaf),
        "banzhaf_absolute": float(player.banzhaf_absolute),
    }


def _table(found: Power, names: Mapping[str, str], heading: str) -> Block:
    is_single, total = len(found.players[0].weights) == 1, sum(player.weights[0] for player in found.players)
    return Block(
        heading=heading,
        columns=(
            Column(_("Who"), lambda row: one_line(row["name"])),
            Column(_("Weight"), lambda row: " / ".join(map(number_words, row["weights"])), number=True),
            *((Column(_("Share"), lambda row: power_share(row["share"]), number=True),) if is_single else ()),
            Column(_("Shapley–Shubik"), lambda row: power_share(row["shapley_shubik"]), number=True),
            Column(_("Banzhaf"), lambda row: power_share(row["banzhaf"]), number=True),
            Column("", lambda row: _standing_words(row["standing"])),
        ),
        records=[
            {
                **_record(each, names, is_named=True),
                "weights": each.weights,
                "share": float(Fraction(each.weights[0], total)),
                "standing": each.standing,
            }
            for each in found.players[:_SHOWN]
        ],
        note=_note(len(found.players)),
    )


def _note(players: int) -> str:
    told = _(
        "Power by Shapley–Shubik: if all say yes one after another, in how many orders each is the one with whom it"
        " passes. By Banzhaf: its share of all the times that a coalition wins with somebody and not without."
    )
    if players <= _SHOWN:
        return told
    more = _("{number:,} more are left out here; --format csv has all.").format(number=players - _SHOWN)
    return f"{more}\n{told}"


def _standing_words(standing: Standing) -> str:
    return {
        Standing.DICTATOR: _("decides alone"),
        Standing.VETO: _("veto"),
        Standing.UNINTENDED_VETO: _("veto, unintended"),
        Standing.ORDINARY: "",
        Standing.POWERLESS: _("powerless"),
    }[standing]


def _sentences(found: Power, names: Mapping[str, str]) -> Iterator[str]:
    """What the figures come to: the answer first."""
    standing: dict[Standing, list[str]] = {each: [] for each in Standing}
    for player in found.players:
        standing[player.standing].append(one_line(names.get(player.name, player.name)))
    nothing_said = _("Nobody decides alone, has a veto that was not declared, or is powerless.")
    yield from list(_standing_sentences(standing)) or [nothing_said]
    yield from islice(_same_power(found, names), _ALIKE)
    if len(found.players) == _TWO and not standing[Standing.VETO]:
        yield _(
            "Between two, weights mean nothing: any of them lets one decide alone or gives both a veto. Decide by"
            " consent."
        )
    if found.method is Method.SAMPLED:
        told = _(
            "There are too many coalitions to count: the figures come from random ones, and the least certain of them"
            " is off by about {error} (its standard error)."
        )
        yield told.format(error=f"{found.standard_error:.2g}")


def _standing_sentences(standing: Mapping[Standing, Sequence[str]]) -> Iterator[str]:
    dictators, agreed, unintended, powerless = (
        standing[each] for each in (Standing.DICTATOR, Standing.VETO, Standing.UNINTENDED_VETO, Standing.POWERLESS)
    )
    if dictators:
        told = _("{name} decides alone: nothing passes without it, and it needs nobody. The others have no say.")
        yield told.format(name=named_list(dictators))
    elif len(agreed) + len(unintended) == sum(map(len, standing.values())):
        yield _("Nothing passes unless all agree: everybody has a veto.")
    else:
        if unintended:
            told = ngettext(
                "Nothing passes without {names}: weights and quota give a veto that nobody has declared.",
                "Nothing passes without each of {names}: weights and quota give vetoes that nobody has declared.",
                len(unintended),
            )
            yield told.format(names=named_list(unintended))
        if powerless:
            told = ngettext(
                "{names} is powerless: it never tips a decision, whatever its weight looks like.",
                "{names} are powerless: they never tip a decision, whatever their weights look like.",
                len(powerless),
            )
            yield told.format(names=named_list(powerless))


def _same_power(found: Power, names: Mapping[str, str]) -> Iterator[str]:
    """Who has the same power with other weights, unless that has been said of vetoes and the powerless."""
    if found.method is Method.EXACT:
        alike: dict[Fraction, list[PlayerPower]] = {}
        for player in found.players:
            if player.standing is Standing.ORDINARY:
                alike.setdefault(player.shapley_shubik, []).append(player)
        for players in alike.values():
            if len({player.weights for player in players}) > 1:
                called = named_list([one_line(names.get(player.name, player.name)) for player in players])
                yield _("{names} have the same power, although their weights differ.").format(names=called)
