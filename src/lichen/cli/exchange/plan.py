"""``lichen exchange plan``: who could give what to whom; or how two parties divide what they hold together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from lichen.audit.values import Organisation
from lichen.cli.alliance.given import AllianceFile, given_alliance
from lichen.cli.alliance.names import names_of
from lichen.cli.answers import Block, Format, Layout, show
from lichen.cli.exchange.division_words import division_blocks, division_records
from lichen.cli.exchange.plan_words import plan_blocks, plan_records
from lichen.cli.exchange.stray import without_stray_lines
from lichen.cli.given import waiting
from lichen.cli.group import DONE, FINDINGS, Described, commands
from lichen.exchange.adjusted_winner import adjusted_winner
from lichen.exchange.plan.proposal import fairest_plan
from lichen.exchange.plan.values import PlanRules
from lichen.files.points import read_points
from lichen.fit.showing import showable
from lichen.language import _

__all__ = ["app"]

app = commands()

_ENDLESS = 10**9
"""Branches that the search may take: here the time ends it, and not their number."""


@app.command(cls=Described)
def plan(
    file: AllianceFile = "alliance.yaml",
    capacity: Annotated[
        list[str] | None,
        typer.Option(
            metavar="[PARTNER=]N", help="How many gifts each, or this partner, can give; again for each. [default: 3]"
        ),
    ] = None,
    effort: Annotated[
        list[str] | None,
        typer.Option(
            metavar="[PARTNER:CODE=]N", help="What each gift, or this one, takes of the capacity. [default: 1]"
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Count and show also gaps that are highly sensitive or not relevant.")
    ] = False,
    seconds: Annotated[float, typer.Option(min=0.1, help="At most so long may each step of the search take.")] = 20,
    divide: Annotated[
        str, typer.Option(metavar="POINTS", help="Divide the items of this file between two parties instead.")
    ] = "",
    layout: Format = Layout.TABLE,
) -> None:
    """Propose who gives what to whom, so that nobody is left out.

    The one who gains least gains as much as it can; after that, all together do well. The answer says whether it is
    proven that no plan is better. To reckon in hours, say how many hours each can give and each gift takes. The plan is
    for the facilitator: it follows from what each partner lacks. Ends with 1 where somebody gets nothing.

    With --divide no alliance is needed: the file (.csv, .yaml) has the items, and the points that each of two parties,
    unseen by the other, gives to them out of 100. Neither will envy the other, and at most one item is split.

    Example:
        lichen exchange plan examples/alliances/coalition.yaml
        lichen exchange plan alliance.yaml --capacity 2 --capacity example-hospital=5
        lichen exchange plan --divide points.csv
    """
    if divide:
        _show_division(divide, layout)
        return
    alliance = given_alliance(file)
    names = names_of(alliance)
    partners = [audit.organisation for audit in alliance.partners]
    rules = _rules(capacity or (), effort or (), seconds, names)
    with waiting(_("Weighing the gifts …")), without_stray_lines():
        found = fairest_plan(_shown(partners, everything), rules=rules)
    if layout in (Layout.JSON, Layout.CSV):
        show(layout, Block((), plan_records(found, names)))
    else:
        show(layout, *plan_blocks(found, rules, names, is_whole=everything))
    raise typer.Exit(FINDINGS if found.unserved else DONE)


def _shown(partners: Sequence[Organisation], everything: bool) -> Sequence[Organisation]:
    return partners if everything else [showable(one) for one in partners]


def _rules(capacity: Sequence[str], effort: Sequence[str], seconds: float, names: Mapping[str, str]) -> PlanRules:
    default, capacities, efforts = PlanRules(), dict[str, float](), dict[tuple[str, str], float]()
    for_each, for_gift = default.capacity, default.effort
    for stated in capacity:
        partner, amount = _stated(stated, "--capacity")
        if partner:
            capacities[_id(partner, names)] = amount
        else:
            for_each = amount
    for stated in effort:
        gift, amount = _stated(stated, "--effort")
        if gift:
            partner, _colon, code = gift.rpartition(":")
            efforts[_id(partner, names), code] = amount
        else:
            for_gift = amount
    return PlanRules(
        capacity=for_each, capacities=capacities, effort=for_gift, efforts=efforts, nodes=_ENDLESS, seconds=seconds
    )


def _stated(text: str, option: str) -> tuple[str, float]:
    """What an amount is for, if that is said, and the amount."""
    what, _equals, amount = text.rpartition("=")
    try:
        return what, float(amount)
    except ValueError:
        raise typer.BadParameter(_("it must end in a number"), param_hint=option) from None


def _id(partner: str, names: Mapping[str, str]) -> str:
    """The id of a partner who is called by its id or its name; what is neither is refused later on."""
    return next((id for id, name in names.items() if partner in (id, name)), partner)


def _show_division(points: str, layout: Layout) -> None:
    (first, of_first), (second, of_second) = read_points(points).items()
    found = adjusted_winner(of_first, of_second)
    if layout in (Layout.JSON, Layout.CSV):
        show(layout, Block((), division_records(found, (first, second))))
    else:
        show(layout, *division_blocks(found, (first, second)))
