"""``lichen charter weights``: the weights that give each partner power in proportion to its risk."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from itertools import islice
from typing import Annotated, Any

import typer

from lichen.charter.votes.shares import exact_share
from lichen.charter.votes.values import VotingRule
from lichen.charter.weights.nearest import fair_weights
from lichen.charter.weights.values import Measure, WeightLimits
from lichen.cli.alliance.given import given_alliance
from lichen.cli.answers import Format, Layout
from lichen.cli.charter.options import comma_parted, tried
from lichen.cli.charter.weight_words import RiskBearer, show_weights
from lichen.cli.days import On, day_given
from lichen.cli.given import waiting
from lichen.cli.group import DONE, FINDINGS, Described, commands
from lichen.errors import InputError, Problem
from lichen.language import _

__all__ = ["app"]

app = commands()

_RISK = re.compile(r"\s*\d{1,15}(\.\d{1,15})?\s*", re.ASCII)
_TOLD = 20
_OPTIONS = {"risks": "--shares", "names": "--names", "most": "--cap", "least": "--floor", "threshold": "--threshold"}


@app.command(cls=Described)
def weights(
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="The alliance's file, for its risks.", show_default="alliance.yaml"),
    ] = None,
    shares: Annotated[
        str,
        typer.Option(metavar="R1,R2,…", help="What each risks, in any unit, instead of a file.", show_default=False),
    ] = "",
    names: Annotated[
        str, typer.Option(metavar="N1,N2,…", help="What to call them, parted by commas.", show_default="1, 2, 3, …")
    ] = "",
    index: Annotated[Measure, typer.Option(help="How power is measured.")] = Measure.SHAPLEY_SHUBIK,
    cap: Annotated[str, typer.Option(help="The most power that one may have, such as 45%.", show_default=False)] = "",
    floor: Annotated[str, typer.Option(help="The least power that each must have.", show_default=False)] = "",
    threshold: Annotated[
        str,
        typer.Option(help="The share of the weight that it takes, such as 2/3.", show_default="whatever fits best"),
    ] = "",
    strictly_more: Annotated[
        bool, typer.Option("--more-than/--at-least", help="Whether more than the threshold is needed.")
    ] = True,
    alike: Annotated[bool, typer.Option("--alike", help="Give the same power to those who risk the same.")] = False,
    extremes: Annotated[bool, typer.Option("--extremes", help="Let one decide alone, or some be powerless.")] = False,
    seed: Annotated[int, typer.Option(min=0, help="What the search among many partners starts from.")] = 0,
    on: On = None,
    layout: Format = Layout.TABLE,
) -> None:
    """Find weights whose power is in proportion to each one's risk.

    Power does not follow weight, so weights in proportion to the risk miss. Here weights and quota are chosen so that
    the power comes as near to the shares of risk as it can. Up to five partners that is certain; among more it is
    searched for. Ends with 1 where no weights keep to what you ask for.

    Example:
        lichen charter weights alliance.yaml
        lichen charter weights --shares 0.6,0.25,0.15
        lichen charter weights coalition.yaml --threshold 2/3 --at-least --cap 45%
    """
    if file and shares:
        raise InputError(Problem(_("a file and --shares are both given"), _("one of them")))
    if names and not shares:
        raise InputError(Problem(_("--names goes with --shares"), _("both, or neither")))
    flags: dict[str, Any] = {"strictly_more": strictly_more, "alike": alike, "allows_extremes": extremes}
    limits, problems = tried(
        lambda: WeightLimits(**_shares(most=cap, least=floor, threshold=threshold), **flags), _OPTIONS
    )
    partners, more = tried(lambda: _given(shares, names), _OPTIONS) if shares else (None, [])
    if problems or more:
        raise InputError([*problems, *more])
    asked, rule = (partners, None) if partners else _declared(file or "alliance.yaml", day_given(on))
    with waiting(_("Searching …")):
        risks = [each.risk for each in asked]
        found, wrong = tried(lambda: fair_weights(risks, measure=index, limits=limits, seed=seed), _OPTIONS)
    if found is None:
        raise InputError(wrong)
    show_weights(layout, found, asked, rule)
    raise typer.Exit(DONE if found.nearest else FINDINGS)


def _shares(**written: str) -> dict[str, Any]:
    """The shares that were asked for."""
    shares: dict[str, Any] = {}
    problems: list[Problem] = []
    for column, text in written.items():
        try:
            shares |= {column: exact_share(text, column)} if text else {}
        except InputError as refusal:
            problems += refusal.problems
    if problems:
        raise InputError(problems)
    return shares


def _given(shares: str, names: str) -> list[RiskBearer]:
    """The partners of the options."""
    written = shares.split(",")
    called = comma_parted(names) or tuple(map(str, range(1, len(written) + 1)))
    wrong = (place for place, text in enumerate(written, 1) if not _RISK.fullmatch(text))
    problems = [
        Problem(_("this is not a risk"), _("a number such as 0.25 or 25"), row=place, column="risks")
        for place in islice(wrong, _TOLD)
    ]
    if len(called) != len(written):
        right = _("{number} names").format(number=len(written))
        problems.append(Problem(_("the names are not one for each risk"), right, column="names"))
    if problems:
        raise InputError(problems)
    return [RiskBearer(name, Fraction(text.strip())) for name, text in zip(called, written, strict=True)]


def _declared(file: str, on: date) -> tuple[list[RiskBearer], VotingRule]:
    """The partners of an alliance, with what they have declared at risk, and its rule."""
    alliance = given_alliance(file)
    counted = [each for each in alliance.charter.exposures if each.counts_on(on)]
    if not counted:
        what = _("no partner has declared what it risks")
        raise InputError(Problem(what, _("exposures in the charter, or --shares"), file=file))
    partners = [audit.organisation for audit in alliance.partners]
    risks = [
        RiskBearer(one.name, Fraction(sum(each.size for each in counted if each.partner == one.id)), one.id)
        for one in partners
    ]
    return risks, alliance.charter.rule or VotingRule()
