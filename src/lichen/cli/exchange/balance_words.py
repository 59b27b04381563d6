"""Received over given in words: the lowest and the gap, then each partner with what its number rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lichen.cli.alliance.names import team_name
from lichen.cli.answers import Block, Column, Line, Record, styled, two_places
from lichen.exchange.fairness.balances import Balance, Fairness, WhyUndefined
from lichen.exchange.fairness.worths import Role
from lichen.language import _, ngettext
from lichen.paper import amount_words

__all__ = ["balance_blocks", "balance_records"]


def balance_records(fair: Fairness, names: Mapping[str, str]) -> list[Record]:
    """One record a partner, with every worth that was added up; the lowest ratio first, the unknown last.

    Args:
        fair: The answer of ``received_over_given``.
        names: The partners' names by their ids.
    """
    ordered = sorted(fair.balances, key=lambda one: (one.ratio is None, one.ratio or 0))
    return [_record(one, names) for one in ordered]


def balance_blocks(fair: Fairness, names: Mapping[str, str]) -> Iterator[Block]:
    """The lowest and the gap in a sentence, then a row for each partner."""
    yield Block((), (), heading=_("Is it fair, as each sees it?"), empty="\n".join(_answer(fair, names)))
    if not any(one.lines for one in fair.balances):
        return
    yield Block(
        columns=(
            Column(_("Partner"), lambda record: record["partner_name"]),
            Column(_("Received ÷ given"), lambda record: two_places(record["ratio"]), number=True),
            Column(_("Received"), lambda record: _worth(record, "received"), number=True),
            Column(_("Given"), lambda record: _worth(record, "given"), number=True),
        ),
        records=balance_records(fair, names),
        note="\n".join(_notes(fair)),
        below=_lines,
    )


def _record(one: Balance, names: Mapping[str, str]) -> Record:
    return {
        "part": "balance",
        "partner": one.partner,
        "partner_name": team_name(names, one.partner),
        "ratio": one.ratio,
        "undefined": one.undefined,
        "received": one.received,
        "given": one.given,
        "received_deliveries": one.count(Role.RECEIVER),
        "received_valued": one.valued(Role.RECEIVER),
        "given_deliveries": one.count(Role.GIVER),
        "given_valued": one.valued(Role.GIVER),
        "worths": [
            {
                "event": line.delivery.event,
                "role": line.role,
                "worth": None if line.worth is None else float(line.worth),
                "by_promise": line.commitment or None,
            }
            for line in one.lines
        ],
    }


def _answer(fair: Fairness, names: Mapping[str, str]) -> Iterator[str]:
    lowest, highest = fair.lowest, fair.highest
    if not any(one.lines for one in fair.balances):
        yield _("Nothing that counts has been delivered yet, so there is nothing to weigh.")
        return
    if lowest is None or highest is None:
        yield _("Nobody knows yet: no partner has valued both what it gave and what it received.")
        yield _("Ask each of them, on a scale of its own, what a delivery was worth to it; write it below valuations.")
        return
    words = _("Lowest: {name}, {ratio}. By its own reckoning it received {share} of the worth of what it gave.")
    told = {"ratio": two_places(lowest.ratio), "share": f"{lowest.ratio or 0:.0%}"}
    yield words.format(name=team_name(names, lowest.partner), **told)
    if fair.gap is None:
        yield _("Of the others it is not known, so there is no gap to tell.")
    else:
        name, ratio = team_name(names, highest.partner), two_places(highest.ratio)
        yield _("Highest: {name}, {ratio}. The gap: {gap}.").format(name=name, ratio=ratio, gap=two_places(fair.gap))


def _worth(record: Record, side: str) -> str:
    return amount_words(record[side]) if record[f"{side}_valued"] else "–"


def _lines(record: Record) -> Iterator[Line]:
    if record["undefined"] is not None:
        yield styled(("?", "yellow")), styled(_why(record["undefined"]))
    told = _("{given_valued} of {given_deliveries} given and {received_valued} of {received_deliveries} received are")
    yield styled(""), styled((_("{counts} valued").format(counts=told.format(**record)), "dim"))


def _why(why: WhyUndefined) -> str:
    return {
        WhyUndefined.GAVE_NOTHING: _("not a number: it has given nothing that counts yet"),
        WhyUndefined.GIVEN_NOT_VALUED: _("not known: it has not said what anything that it gave was worth to it"),
        WhyUndefined.GIVEN_WORTH_NOTHING: _("not a number: it says that what it gave is worth nothing to it"),
        WhyUndefined.RECEIVED_NOT_VALUED: _("not known: it has not said what anything it received was worth to it"),
    }[why]


def _notes(fair: Fairness) -> Iterator[str]:
    yield _("1.00 is as much as it gave. Each counts on a scale of its own: compare the ratios, never the sums.")
    if fair.attributed:
        told = ngettext(
            "With {number} partner nobody is anonymous: each view stands here with its name on it.",
            "With {number} partners nobody is anonymous: each view stands here with its name on it.",
            len(fair.balances),
        )
        yield told.format(number=len(fair.balances))
    if fair.disputed:
        told = ngettext(
            "{number} delivery is disputed and counts for nobody until the two have talked.",
            "{number} deliveries are disputed and count for nobody until the two have talked.",
            fair.disputed,
        )
        yield told.format(number=fair.disputed)
