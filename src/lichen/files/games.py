"""A voting game in a file: who votes with which weights, and what it takes to pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from lichen.charter.power.games import MOST_PLAYERS, AllOf, AnyOf, Rule, VotingGame, WeightedGame, head_count
from lichen.errors import InputError, Problem
from lichen.files import json_text, yaml_text
from lichen.files.draft import Reading, shown_name
from lichen.files.storage import checked_size, read_bounded
from lichen.language import _

__all__ = ["FORM", "read_game", "read_game_text"]

FORM = "game/1"
"""What the file is, and by which version of the format."""

_LARGEST = 2 * 10**6  # bytes
_DEEPEST, _MOST_CONDITIONS, _MOST_KEYS = 20, 100, 20
_LONGEST_NAME, _MOST_DIGITS = 200, 1_000
_WHOLE = re.compile(rf"\d{{1,{_MOST_DIGITS}}}", re.ASCII)
_TOP = ("lichen", "players", "passes", "vetoes")
_NAME, _HEADS = "name", "members"
_SECTIONS = {"names": "players", "vetoes": "vetoes"}
_JOINED: Mapping[str, type[AllOf | AnyOf]] = MappingProxyType({"all": AllOf, "any": AnyOf})

Made = TypeVar("Made")


def read_game(path: str | PathLike[str]) -> VotingGame:
    """The voting game in a file, whose suffix says the format: .yaml or .json.

    ::

        players:
          - {name: Ardmore, votes: 5, people: 410}
          - {name: Birk, votes: 3, people: 380}
          - {name: Crale, votes: 2, people: 210}
        passes:
          all:
            - votes: 7
            - people: 600
            - members: 2
        vetoes: [Birk]

    Each player has a name and, under names of your own, what it weighs. ``passes`` says how much of which weight it
    takes; ``members`` counts heads; ``all`` and ``any`` join such conditions, in any depth. Who stands under ``vetoes``
    must agree besides.

    Args:
        path: The file.

    Raises:
        InputError: The file cannot be used; bears every problem at once, each with its place.
    """
    path = Path(path)
    suffix = path.suffix[1:].lower()
    if suffix not in ("yaml", "yml", "json"):
        raise InputError(Problem(_("a game is not kept in this format"), ".yaml, .json", file=path.name))
    raw = read_bounded(path, _LARGEST, Reading(path.name))
    return read_game_text(raw, "json" if suffix == "json" else "yaml", path.name)


def read_game_text(text: str | bytes, format: str = "yaml", name: str = "") -> VotingGame:
    """The voting game in a text.

    Args:
        text: What a file of the format would hold (see ``read_game``).
        format: ``yaml`` or ``json``.
        name: What to call the text in messages.

    Raises:
        InputError: The text cannot be used; bears every problem at once.

    Example:
        >>> text = '''
        ... players: [{name: Ardmore, votes: 5}, {name: Birk, votes: 3}, {name: Crale, votes: 2}]
        ... passes: {votes: 7}
        ... '''
        >>> read_game_text(text).rule
        WeightedGame(quota=7, weights=(5, 3, 2))
    """
    reading = Reading(name)
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    reader = json_text if format == "json" else yaml_text
    tree = reader.tree_in(checked_size(raw, _LARGEST, reading), reading)
    if not isinstance(tree, Mapping) or tree.get("lichen", FORM) != FORM:
        right = _("keys and answers, beginning with lichen: {form}").format(form=FORM)
        raise reading.refusal(_("this is not a voting game"), right)
    game = _Tree(tree, reading).game()
    reading.finish()
    return game


class _Tree:
    """Reads a game from the tree of a document; what is wrong is told, and something stands in for it meanwhile."""

    def __init__(self, tree: Mapping[str, Any], reading: Reading) -> None:
        self.tree = tree
        self.reading = reading
        self.conditions = 0
        self.players = self._players()
        keys = dict.fromkeys(key for player in self.players for key in player if key != _NAME)
        if len(keys) > _MOST_KEYS:
            raise reading.refusal(_("the players have too many weights"), _("a few"), sheet="players")
        self.weights = {key: tuple(self._weights(key)) for key in keys}

    def game(self) -> VotingGame:
        """The game; worth something only where nothing was told."""
        for key in islice((key for key in self.tree if key not in _TOP), _MOST_KEYS):
            self._tell(_("there is no such field"), ", ".join(_TOP), column=shown_name(key))
        names, vetoes = tuple(self._names()), tuple(self._vetoes())
        rule = self._rule(self.tree.get("passes"), ("passes",))
        game = self._made(lambda: VotingGame(rule, names, vetoes))
        return game or VotingGame(rule)

    def _players(self) -> list[Mapping[str, Any]]:
        given = self.tree.get("players")
        if not isinstance(given, list) or not given:
            raise self.reading.refusal(_("there are no players"), _("a list, with one entry for each"), sheet="players")
        if len(given) > MOST_PLAYERS:
            right = _("at most {most:,}").format(most=MOST_PLAYERS)
            raise self.reading.refusal(_("there are too many players"), right, sheet="players")
        for place, player in enumerate(given, 1):
            if not isinstance(player, Mapping):
                right = _("a name and weights")
                self._tell(_("this is not a group of answers"), right, sheet="players", row=place)
        return [player if isinstance(player, Mapping) else {} for player in given]

    def _names(self) -> Iterator[str]:
        for place, player in enumerate(self.players, 1):
            name = player.get(_NAME)
            if isinstance(name, str) and 0 < len(name.strip()) <= _LONGEST_NAME:
                yield name
            else:
                self._tell(_("the player has no name"), _("a short text"), sheet="players", row=place, column=_NAME)
                yield f"{place}?"

    def _weights(self, key: str) -> Iterator[int]:
        for place, player in enumerate(self.players, 1):
            yield self._whole(player.get(key), sheet="players", row=place, column=shown_name(key))

    def _vetoes(self) -> Iterator[str]:
        given = self.tree.get("vetoes") or []
        if not isinstance(given, list):
            self._tell(_("this is not a list"), _("a list of names"), sheet="vetoes")
            return
        for place, name in enumerate(given, 1):
            if isinstance(name, str):
                yield name
            else:
                self._tell(_("this is not a name"), _("the name of a player"), sheet="vetoes", row=place)

    def _rule(self, node: Any, way: tuple[str, ...]) -> Rule:
        """The rule that a condition states; ``way`` is how to come there."""
        self.conditions += 1
        if self.conditions > _MOST_CONDITIONS or len(way) > _DEEPEST:
            raise self.reading.refusal(_("there are too many conditions"), _("a few, side by side"), sheet="passes")
        key, answer = next(iter(node.items())) if isinstance(node, Mapping) and len(node) == 1 else ("", None)
        at = {"sheet": ", ".join(way), "column": shown_name(key)}
        players = len(self.players)
        if key in _JOINED and isinstance(answer, list) and answer:
            parts = (self._rule(part, (*way, key, str(place))) for place, part in enumerate(answer, 1))
            return _JOINED[key](tuple(parts))
        if key == _HEADS or key in self.weights:
            weights = (1,) * players if key == _HEADS else self.weights[key]
            quota = self._whole(answer, **at)
            return self._made(lambda: WeightedGame(quota, weights), **at) or head_count(1, players)
        right = _("one of these, with what it takes: {keys}").format(keys=", ".join((*self.weights, _HEADS, *_JOINED)))
        self._tell(_("this is not one condition"), right, **at)
        return head_count(1, players)

    def _whole(self, answer: Any, **place: Any) -> int:
        if isinstance(answer, str) and _WHOLE.fullmatch(answer):
            return int(answer)
        right = _("a whole number of 0 or more, of at most {digits:,} digits").format(digits=_MOST_DIGITS)
        self._tell(_("this is not a whole number"), right, **place)
        return 1

    def _made(self, make: Callable[[], Made], **place: Any) -> Made | None:
        """What is made, or nothing once it is told why it cannot be."""
        try:
            return make()
        except InputError as refusal:
            for problem in refusal.problems:
                self.reading.tell(replace(problem, **(place or {"sheet": _SECTIONS[problem.column], "column": ""})))
            return None

    def _tell(self, what: str, right: str, **place: Any) -> None:
        self.reading.tell(Problem(what, right, **place))
