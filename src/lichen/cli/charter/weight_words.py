"""What ``lichen charter weights`` prints: weights and quota, the power they give beside the risk, and the rest."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from lichen.charter.votes.values import AgreedWeight, VotingMethod, VotingRule
from lichen.charter.weights.values import FairWeights, Measure, PowerDivision, WeightLimits
from lichen.cli.answers import Block, Column, Layout, Record, json_text, show
from lichen.cli.charter.power_words import named_list, power_share
from lichen.cli.charter.voting_rule import rule_lines
from lichen.language import _, ngettext
from lichen.paper import one_line

__all__ = ["RiskBearer", "show_weights"]

_TWO = 2
_OTHERS = 5
"""So many of the other ways to divide power are printed."""


@dataclass(frozen=True, slots=True)
class RiskBearer:
    """A partner and what it risks."""

    name: str
    """What to call it."""
    risk: Fraction
    """In any unit."""
    id: str = ""
    """Its id in the alliance's file; empty where there is no file."""


def show_weights(
    layout: Layout, found: FairWeights, partners: Sequence[RiskBearer], rule: VotingRule | None = None
) -> None:
    """Print the weights that were found.

    Args:
        layout: How.
        found: The answer of ``fair_weights``.
        partners: Whom it is about, in the same order.
        rule: The charter's, for the lines to adopt; None where there is no file.
    """
    if layout is Layout.JSON:
        sys.stdout.write(json_text(_whole(found, partners)))
    elif layout is Layout.CSV:
        show(layout, Block((), _records(found, partners)))
    else:
        show(layout, *_blocks(found, partners, rule))


def _whole(found: FairWeights, partners: Sequence[RiskBearer]) -> Record:
    best = found.nearest
    return {
        "players": _records(found, partners),
        "quota": best and best.game.quota,
        "index": found.measure,
        "distance": best and float(best.distance),
        "is_certified": found.is_certified,
        "is_minimal": found.is_minimal,
        "reachable": [_division_record(each) for each in found.reachable],
    }


def _records(found: FairWeights, partners: Sequence[RiskBearer]) -> list[Record]:
    best = found.nearest
    weights = best.game.weights if best else (None,) * len(partners)
    power = map(float, best.power) if best else (None,) * len(partners)
    rows = zip(partners, found.shares, weights, power, strict=True)
    return [
        {"name": each.name, "risk": float(share), "weight": weight, "power": one} for each, share, weight, one in rows
    ]


def _division_record(division: PowerDivision) -> Record:
    return {
        "quota": division.game.quota,
        "weights": list(division.game.weights),
        "power": [float(one) for one in division.power],
        "distance": float(division.distance),
    }


def _blocks(found: FairWeights, partners: Sequence[RiskBearer], rule: VotingRule | None) -> Iterator[Block]:
    yield Block((), (), empty="\n".join(_sentences(found, partners)))
    if found.nearest is not None:
        yield _nearest_block(found, partners)
        yield from _other_blocks(found)
        if rule is not None and len(partners) > _TWO:
            yield _adopting(found.nearest, partners, rule)


def _nearest_block(found: FairWeights, partners: Sequence[RiskBearer]) -> Block:
    return Block(
        heading=_("Power beside risk"),
        columns=(
            Column(_("Who"), lambda row: one_line(row["name"])),
            Column(_("Risk"), lambda row: power_share(row["risk"]), number=True),
            Column(_("Weight"), lambda row: f"{row['weight']:,}", number=True),
            Column(_("Power"), lambda row: power_share(row["power"]), number=True),
            Column(_("Off by"), lambda row: f"{100 * (row['power'] - row['risk']):+.1f}", number=True),
        ),
        records=_records(found, partners),
        note=_("Power: {index}. Off by: points of a hundred.").format(index=_measure_words(found.measure)),
    )


def _other_blocks(found: FairWeights) -> Iterator[Block]:
    others = found.reachable[1 : _OTHERS + 1]
    if others:
        yield Block(
            heading=_("The next nearest"),
            columns=(
                Column(_("Power"), lambda row: "  ".join(map(power_share, row["power"]))),
                Column(_("Weights"), lambda row: ", ".join(map(str, row["weights"]))),
                Column(_("Quota"), lambda row: str(row["quota"]), number=True),
                Column(_("Distance"), lambda row: f"{row['distance']:.3f}", number=True),
            ),
            records=[_division_record(each) for each in others],
        )


def _adopting(best: PowerDivision, partners: Sequence[RiskBearer], rule: VotingRule) -> Block:
    """The lines of the alliance's file that make them hold."""
    lines = [
        _(
            "To adopt them, if you all agree, let the rule of the charter have these lines. Before you do, see that"
            " each motion that has opened keeps the rule of its day (lichen charter votes)."
        ),
        *rule_lines(_adopted(best, partners, rule), "  "),
    ]
    return Block((), (), empty="\n".join(lines))


def _adopted(best: PowerDivision, partners: Sequence[RiskBearer], rule: VotingRule) -> VotingRule:
    """The rule with these weights, and all else as it was; cap and floor only where such a threshold allows them."""
    game = best.game
    fits = rule.most < Fraction(game.quota, game.total)
    kept = rule if fits else replace(rule, cap=VotingRule().cap, floor=None)
    return replace(
        kept,
        method=VotingMethod.BY_RISK,
        threshold=f"{game.quota}/{game.total}",
        strictly_more=False,
        weights=tuple(AgreedWeight(each.id, weight) for each, weight in zip(partners, game.weights, strict=True)),
    )


def _sentences(found: FairWeights, partners: Sequence[RiskBearer]) -> Iterator[str]:
    """The answer, how good it is, and what cannot be reached."""
    best = found.nearest
    if best is None:
        yield (
            _("No weights keep to all that is asked for.")
            if found.is_certified
            else _("The search has found no weights that keep to all that is asked for.")
        )
        yield _("Allow more: a higher cap, a lower floor, or another threshold.")
        return
    yield _("Weights {weights}; {quota} of {total} needed to pass.").format(
        weights=", ".join(map(str, best.game.weights)), quota=best.game.quota, total=best.game.total
    )
    distance = _("Power and risk differ by {distance} in all, where 0 is not at all and 2 the most.")
    yield distance.format(distance=f"{float(best.distance):.3f}")
    yield _how_sure(found)
    yield from _unlike(found, best, partners)
    if len(partners) == _TWO:
        yield _(
            "Between two, every vote lets one decide alone or gives both a veto, whatever they risk. Decide by consent."
        )


def _how_sure(found: FairWeights) -> str:
    if not found.is_certified:
        return _("That is the nearest that the search has found; among so many, others may be nearer.")
    ways, partners = len(found.reachable), len(found.shares)
    told = ngettext(
        "Nothing comes nearer: among {partners} there is only this way to divide power{kept}.",
        "Nothing comes nearer: among {partners} there are only {ways} ways to divide power{kept}.",
        ways,
    )
    return told.format(partners=partners, ways=ways, kept=_kept_words(found.limits))


def _kept_words(limits: WeightLimits) -> str:
    if limits != WeightLimits(allows_extremes=limits.allows_extremes):
        return _(", if it is to keep to what is asked for")
    return "" if limits.allows_extremes else _(", if everybody is to have some say and nobody all of it")


def _unlike(found: FairWeights, best: PowerDivision, partners: Sequence[RiskBearer]) -> Iterator[str]:
    """Who risks the same as somebody else and has other power."""
    pairs = [(share, power) for share, power in zip(found.shares, best.power, strict=True)]
    unlike = [
        one_line(partner.name)
        for partner, (share, power) in zip(partners, pairs, strict=True)
        if any(other == share and different != power for other, different in pairs)
    ]
    if unlike:
        told = _("{names}: not all who risk the same have the same power here. To give it to them: --alike")
        yield told.format(names=named_list(unlike))


def _measure_words(measure: Measure) -> str:
    return {Measure.SHAPLEY_SHUBIK: "Shapley–Shubik", Measure.BANZHAF: "Banzhaf"}[measure]
