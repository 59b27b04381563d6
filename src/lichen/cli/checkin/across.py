"""Trust across the whole alliance, and what has moved since the check-in before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lichen.checkin.network import Reciprocity, TrustNetwork, reciprocity_of, trust_network
from lichen.checkin.trust import TrustMove, TrustWave, trust_moves
from lichen.checkin.words import dimension_name
from lichen.cli.alliance.names import team_name
from lichen.cli.answers import Block, Column, Record, percent
from lichen.language import _
from lichen.paper import one_line, written_day

__all__ = ["across_blocks"]

_ALLIANCE = 3
"""From so many partners on there is more to see than one pair."""


def across_blocks(wave: TrustWave, before: TrustWave | None, names: Mapping[str, str]) -> Iterator[Block]:
    """Trust across the alliance in a check-in, and what has moved since the one before it.

    Args:
        wave: What may be shown of the check-in.
        before: What may be shown of the one before; None: there is none.
        names: The partners' names by their ids.
    """
    network = trust_network(wave)
    if network.mean is not None:
        yield _network(network.mean, network, wave.checkin.rules.tie)
    if network.known and len(wave.partners) >= _ALLIANCE:
        yield _returned(wave, before)
    if before is not None:
        yield _moves(wave, before, names)


def _network(mean: float, network: TrustNetwork, tie: float) -> Block:
    rows = [
        ("mean", mean, _mean_words(mean, network)),
        ("of_top", network.of_top, _("{share} of the top answer, 10").format(share=percent(network.of_top))),
        ("of_scale", network.of_scale, _("{share} of the way from 1 to 10").format(share=percent(network.of_scale))),
    ]
    if network.partners >= _ALLIANCE:
        rows += [("density", network.density, _density_words(network, tie))]
        rows += [("centralisation", network.centralisation, _centralisation_words(network))]
    records = [
        {"part": "network", "figure": figure, "value": value, "sentence": sentence} for figure, value, sentence in rows
    ]
    return Block(
        columns=(Column("", lambda record: "–"), Column("", lambda record: record["sentence"])),
        records=records,
        heading=_("Trust across the alliance"),
    )


def _mean_words(mean: float, network: TrustNetwork) -> str:
    told = _("{mean} of 10 is how the others trust a partner, on the mean ({rated} of {partners} may be shown)")
    return told.format(mean=f"{mean:.3g}", rated=network.rated, partners=network.partners)


def _density_words(network: TrustNetwork, tie: float) -> str:
    if network.density is None:
        return _("density: not said, since only {known} of {pairs} pairs may be shown").format(
            known=network.known, pairs=network.pairs
        )
    told = _("density {share}: {ties} of {pairs} pairs are tied, both answering {tie} or more")
    return told.format(share=percent(network.density), ties=len(network.ties), pairs=network.pairs, tie=f"{tie:g}")


def _centralisation_words(network: TrustNetwork) -> str:
    if network.centralisation is None:
        return _("centralisation: not said, for the same reason")
    told = _("centralisation {share}: 0% is all alike, 100% is all ties leading to one partner")
    return told.format(share=percent(network.centralisation))


def _returned(wave: TrustWave, before: TrustWave | None) -> Block:
    then = {} if before is None else {each.dimension: each for each in reciprocity_of(before)}
    return Block(
        columns=(
            Column(_("Returned"), lambda record: dimension_name(record["dimension"])),
            Column(_("now"), lambda record: percent(record["share"]), True),
            Column(_("before"), lambda record: percent(record["before"]), True),
            Column("", _of_words),
        ),
        records=[_reciprocity_record(each, then.get(each.dimension)) for each in reciprocity_of(wave)],
        heading=_("How often trust is returned"),
    )


def _of_words(record: Record) -> str:
    return _("{returned} of {given}").format(returned=record["returned"], given=record["given"])


def _reciprocity_record(now: Reciprocity, then: Reciprocity | None) -> Record:
    return {
        "part": "reciprocity",
        "dimension": now.dimension,
        "share": now.share,
        "before": None if then is None else then.share,
        "returned": now.returned,
        "given": now.given,
    }


def _moves(wave: TrustWave, before: TrustWave, names: Mapping[str, str]) -> Block:
    return Block(
        columns=(Column("", lambda record: "–"), Column("", lambda record: record["sentence"])),
        records=[_move_record(each, names) for each in trust_moves(before, wave)],
        heading=_("Since the check-in of {day}").format(day=written_day(before.checkin.held_on)),
        empty=_("Nothing that can be compared has moved."),
    )


def _move_record(move: TrustMove, names: Mapping[str, str]) -> Record:
    told = (
        _("{by} of {about}, {kind}: up from {before} to {now}")
        if move.change > 0
        else _("{by} of {about}, {kind}: down from {before} to {now}")
    )
    return {
        "part": "move",
        "by": move.by,
        "about": move.about,
        "dimension": move.dimension,
        "before": move.before,
        "now": move.now,
        "change": move.change,
        "sentence": told.format(
            by=one_line(team_name(names, move.by)),
            about=one_line(team_name(names, move.about)),
            kind=dimension_name(move.dimension),
            before=f"{move.before:.3g}",
            now=f"{move.now:.3g}",
        ),
    }
