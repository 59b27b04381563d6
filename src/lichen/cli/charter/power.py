"""``lichen charter power``: what say each member of a voting rule really has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

import typer

from lichen.charter.power.agreed import agreed_game
from lichen.charter.power.games import MOST_PLAYERS, VotingGame, WeightedGame, head_count
from lichen.charter.power.indices import voting_power
from lichen.charter.votes.values import VotingMethod, VotingRule
from lichen.charter.votes.weighing import working_method
from lichen.cli.alliance.given import given_alliance
from lichen.cli.answers import Format, Layout
from lichen.cli.charter.options import comma_parted, tried
from lichen.cli.charter.power_words import show_power
from lichen.cli.days import On, day_given
from lichen.cli.given import waiting
from lichen.cli.group import Described, commands
from lichen.cli.plain import printable
from lichen.errors import InputError, Problem
from lichen.files.games import read_game
from lichen.language import _

__all__ = ["app"]

app = commands()

_WHOLE = re.compile(r"\s*-?[0-9]{1,1001}\s*")
_OPTIONS = {"quota": "--quota", "weights": "--weights", "names": "--names", "vetoes": "--veto"}


@app.command(cls=Described)
def power(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE", help="The alliance's file, for the rule of its charter.", show_default="alliance.yaml"
        ),
    ] = None,
    quota: Annotated[str, typer.Option(help="What it takes to pass, instead of a file.", show_default=False)] = "",
    weights: Annotated[
        str, typer.Option(metavar="W1,W2,…", help="What each weighs, parted by commas.", show_default=False)
    ] = "",
    names: Annotated[
        str, typer.Option(metavar="N1,N2,…", help="What to call them, parted by commas.", show_default="1, 2, 3, …")
    ] = "",
    veto: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Who must agree, too; once for each.", show_default=False),
    ] = None,
    game: Annotated[
        str, typer.Option(metavar="FILE", help="A voting game in a file: .yaml or .json.", show_default=False)
    ] = "",
    seed: Annotated[int, typer.Option(min=0, help="What random draws come from, where counting is out of reach.")] = 0,
    on: On = None,
    layout: Format = Layout.TABLE,
) -> None:
    """Compute what say each member of a voting rule really has.

    Weights mislead: of 50, 49 and 1 with 51 needed to pass, the one with 1 has as much say as the one with 49. Power is
    how often a member decides. The rule is that of an alliance's charter, or quota and weights, or a game in a file,
    where conditions may be joined.

    Example:
        lichen charter power alliance.yaml
        lichen charter power --quota 51 --weights 50,49,1 --names Ardmore,Birk,Crale
        lichen charter power --game council.yaml --format json
    """
    told = [given for given in (file, quota or weights, game) if given]
    if len(told) > 1:
        right = _("an alliance's file, or --quota and --weights, or --game")
        raise InputError(Problem(_("more than one voting rule is given"), right))
    if (names or veto) and not (quota or weights):
        raise InputError(Problem(_("--names and --veto go with --quota and --weights"), _("them all, or none of them")))
    if quota or weights:
        asked = _weighted(quota, weights, printable(names), [*map(printable, veto or ())])
    elif game:
        asked = _Asked(read_game(game))
    else:
        asked = _agreed(file or "alliance.yaml", day_given(on))
    with waiting(_("Counting …")):
        found = voting_power(asked.game, seed=seed)
    heading = asked.heading or _("What say each has")
    show_power(layout, found, asked.names, heading, asked.after, is_named=asked.is_named)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A game, and how to speak of it."""

    game: VotingGame
    names: Mapping[str, str] = field(default_factory=dict)
    heading: str = ""
    after: str = ""
    is_named: bool = True


def _agreed(file: str, on: date) -> _Asked:
    alliance = given_alliance(file)
    names = {audit.organisation.id: audit.organisation.name for audit in alliance.partners}
    rule, exposures = alliance.charter.rule or VotingRule(), alliance.charter.exposures
    heading = {
        True: _("What say each partner has under the rule of the charter, if all take part"),
        False: _("No rule is agreed on yet; what say each partner would have under the default, consent"),
    }[alliance.charter.rule is not None]
    game = agreed_game(rule, list(names), exposures, on=on)
    is_by_risk = working_method(rule, len(names)) is VotingMethod.BY_RISK
    after = _("Weights whose power is nearest to the risk: lichen charter weights {file}").format(file=file)
    return _Asked(game, names, heading, after if is_by_risk else "")


def _weighted(quota: str, weights: str, names: str, vetoes: Sequence[str]) -> _Asked:
    """The game of the options; everything that is wrong with them is told at once."""
    numbers, called = tuple(map(_number, weights.split(","))), comma_parted(names)
    rule, problems = tried(lambda: WeightedGame(_number(quota), numbers), _OPTIONS)
    rule = rule or head_count(1, min(len(numbers), MOST_PLAYERS))
    game, more = tried(lambda: VotingGame(rule, called, tuple(vetoes)), _OPTIONS)
    if game is None or problems:
        raise InputError([*problems, *more])
    return _Asked(game, is_named=bool(called))


def _number(text: str) -> Any:
    """The whole number in a text; any other text stays one, and is refused as what is no number."""
    return int(text) if _WHOLE.fullmatch(text) else text
