"""The plan of an exchange in words: who gives what to whom, what each gains, and how good the plan is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from lichen.brief.phrases import label, within_sentence
from lichen.cli.alliance.names import team_name
from lichen.cli.answers import Block, Column, Line, Record, percent, styled
from lichen.cli.reasons import strength_words
from lichen.exchange.plan.values import Certificate, Gain, Gift, Plan, PlanRules, Unserved, WhyUnserved
from lichen.language import _
from lichen.paper import amount_words

__all__ = ["plan_blocks", "plan_records"]

Names = Mapping[str, str]
_BAR = 20


def plan_records(found: Plan, names: Names) -> list[Record]:
    """Everything in a plan, one record a gift, a gain, a partner unserved, a gap uncovered, and the certificate.

    Args:
        found: The answer of ``fairest_plan``.
        names: The partners' names by their ids.
    """
    return [
        *(_gift_record(gift, names) for gift in found.gifts),
        *(_gain_record(gain, names) for gain in found.gains),
        *(_unserved_record(one, names) for one in found.unserved),
        *({"part": "uncovered", **asdict(gap)} for gap in found.uncovered),
        _certificate_record(found),
    ]


def plan_blocks(found: Plan, rules: PlanRules, names: Names, *, is_whole: bool) -> Iterator[Block]:
    """The gifts, grouped by giver; the gains; whether a better plan exists; who gets nothing; what nobody covers.

    Args:
        found: The answer of ``fairest_plan``.
        rules: What it reckoned with.
        names: The partners' names by their ids.
        is_whole: Whether gaps that are highly sensitive or not relevant were counted, too.
    """
    if found.gifts:
        yield from _giver_blocks(found, names)
        yield _gain_block(found, rules, names)
    else:
        yield Block((), (), heading=_("There is nothing to give from which anybody would gain."))
    yield Block((), (), empty="\n".join(_certificate_lines(found, names)))
    yield from _unserved_block(found, names)
    yield from _uncovered_block(found, names)
    if not is_whole:
        told = _("Gaps that are highly sensitive or not relevant are not counted. To count them: --all")
        yield Block((), (), empty=told)


def _giver_blocks(found: Plan, names: Names) -> Iterator[Block]:
    columns = (
        Column(_("To"), lambda record: styled(("→ ", "green"), record["receiver_name"])),
        Column(_("What"), lambda record: label(record["code"])),
        Column(_("Worth to them"), lambda record: percent(record["worth"]), number=True),
    )
    for gain in found.gains:
        given = [_gift_record(gift, names) for gift in found.gifts if gift.giver == gain.partner]
        if given:
            yield Block(columns, given, heading=_giving(gain, names), below=_gift_lines)


def _giving(gain: Gain, names: Names) -> str:
    return _("{name} gives {effort} of the {capacity} it can").format(
        name=team_name(names, gain.partner), effort=amount_words(gain.effort), capacity=amount_words(gain.capacity)
    )


def _gift_record(gift: Gift, names: Names) -> Record:
    return {
        "part": "gift",
        "giver": gift.giver,
        "giver_name": team_name(names, gift.giver),
        "receiver": gift.receiver,
        "receiver_name": team_name(names, gift.receiver),
        "code": gift.code,
        "kinds": gift.kinds,
        "strength": gift.strength,
        "evidence": gift.evidence,
        "effort": gift.effort,
        "cost": gift.cost,
        "worth": gift.worth,
        "meets": [{**asdict(met), "worth": met.worth} for met in gift.meets],
    }


def _gift_lines(record: Record) -> Iterator[Line]:
    """By which kinds it would be given, how strong it is, and which gaps it eases by how much of all."""
    how = strength_words(record["strength"], record["evidence"])
    kinds = _(" or ").join(kind.replace("_", " ") for kind in record["kinds"])
    told = _("as {kinds} ({how})").format(kinds=kinds, how=how) if kinds else how
    if [met["gap"] for met in record["meets"]] != [record["code"]]:
        gaps = ", ".join(f"{within_sentence(met['gap'])} ({percent(met['worth'])})" for met in record["meets"])
        told = _("{gift}, for {gaps}").format(gift=told, gaps=gaps)
    yield styled(""), styled((told, "dim"))


def _gain_record(gain: Gain, names: Names) -> Record:
    return {"part": "gain", "partner_name": team_name(names, gain.partner), **asdict(gain), "net": gain.net}


def _gain_block(found: Plan, rules: PlanRules, names: Names) -> Block:
    note = _(
        "Gets: how much of what it lacks is met. Costs: what its own gifts cost it; to give all that it can counts as"
        " much as {burden} of its gaps left open. Net: the one less the other."
    )
    return Block(
        columns=(
            Column(_("Partner"), lambda record: record["partner_name"]),
            Column(_("Gets"), lambda record: percent(record["received"]), number=True),
            Column(_("Costs"), lambda record: percent(record["cost"]), number=True),
            Column(_("Net"), lambda record: percent(record["net"]), number=True),
            Column("", lambda record: styled(("█" * round(_BAR * record["net"]), "green"))),
        ),
        records=[_gain_record(gain, names) for gain in found.gains],
        heading=_("What each gains"),
        note="\n".join((note.format(burden=percent(rules.burden)), *_idle_lines(found, names))),
    )


def _idle_lines(found: Plan, names: Names) -> Iterator[str]:
    """Who gains and gives nothing, and why."""
    unserved = {one.partner for one in found.unserved}
    for gain in found.gains:
        if not gain.effort and gain.partner not in unserved:
            told = (
                _("{name} gives nothing: what it has would leave somebody worse off than it helps.")
                if gain.could_give
                else _("{name} gives nothing: nobody here lacks what it can give.")
            )
            yield told.format(name=team_name(names, gain.partner))


def _certificate_record(found: Plan) -> Record:
    sure = found.certificate
    return {
        "part": "certificate",
        **asdict(sure),
        "smallest_gap": sure.smallest_gap,
        "mean_gap": sure.mean_gap,
        "is_optimal": sure.is_optimal,
        "lowest": [gain.partner for gain in found.lowest],
        "possible": found.possible,
    }


def _certificate_lines(found: Plan, names: Names) -> Iterator[str]:
    """Who gains least, and whether a better plan exists."""
    sure = found.certificate
    if found.lowest:
        lowest = ", ".join(team_name(names, gain.partner) for gain in found.lowest)
        told = (
            _("Of {number} partners {served} gain. Least: {names}, {net}.")
            if found.unserved
            else _("Least: {names}, {net}.")
        )
        yield told.format(number=len(found.gains), served=sure.served, names=lowest, net=percent(sure.smallest))
    if not found.gifts and sure.is_optimal:
        yield _("It is proven that no plan does better.")
    elif sure.is_optimal:
        yield _(
            "This is the best possible plan, and that is proven: in no other does the one who gains least gain more,"
            " and of those where it gains as much none makes more of all gains together (their product)."
        )
    else:
        yield from _open_lines(sure)


def _open_lines(sure: Certificate) -> Iterator[str]:
    """How much better a plan could be at most, where the search was cut short."""
    yield _("It is not proven that this is the best possible plan: the search was cut short. For longer: --seconds 120")
    if sure.served < sure.served_bound:
        told = _("At most {number} of the partners could gain; in this plan it is {served}.")
        yield told.format(number=sure.served_bound, served=sure.served)
    if sure.smallest_gap > sure.tolerance:
        told = _("At most, the one who gains least could gain {bound}; in this plan it gains {smallest}.")
        yield told.format(bound=percent(sure.smallest_bound), smallest=percent(sure.smallest))
    if sure.mean_gap > sure.tolerance:
        told = _("At most, the gains could be {share} better on the whole (their geometric mean).")
        yield told.format(share=percent(sure.mean_gap))


def _unserved_block(found: Plan, names: Names) -> Iterator[Block]:
    if found.unserved:
        yield Block(
            columns=(
                Column("", lambda record: styled((record["partner_name"], "bold"))),
                Column("", lambda record: record["sentence"]),
            ),
            records=[_unserved_record(one, names) for one in found.unserved],
            heading=_("Gets nothing, and is asked for nothing"),
        )


def _unserved_record(one: Unserved, names: Names) -> Record:
    told = {"partner_name": team_name(names, one.partner), "sentence": _why(one.why)}
    return {"part": "unserved", **asdict(one), **told}


def _uncovered_block(found: Plan, names: Names) -> Iterator[Block]:
    if found.uncovered:
        yield Block(
            columns=(
                Column(_("What nobody covers"), lambda record: label(record["code"])),
                Column(_("Who lacks it"), lambda record: record["names"]),
            ),
            records=[
                {"code": gap.code, "names": ", ".join(team_name(names, id) for id in gap.partners)}
                for gap in found.uncovered
            ],
            note=_(
                "No gift can ease these: nobody else here offers anything near. Look for another partner: lichen map"
            ),
        )


def _why(why: WhyUnserved) -> str:
    return {
        WhyUnserved.GAPS_UNKNOWN: _("It has not said what it lacks. Ask, and plan again."),
        WhyUnserved.NOBODY_OFFERS: _("Nobody else here offers anything near what it lacks. Look further: lichen match"),
        WhyUnserved.NO_CAPACITY: _("Whoever has what it lacks can give no more. Ask whether they could: --capacity"),
        WhyUnserved.GIVERS_UNSERVED: _(
            "Whoever could help it would get too little back. Find them somebody who has what they lack."
        ),
        WhyUnserved.OTHERS_FIRST: _(
            "There is not enough for everybody, and more partners gain without it. More to give would help: --capacity"
        ),
    }[why]
