from __future__ import annotations

import json

import pytest

from lichen.charter.power.games import AllOf, AnyOf, VotingGame, WeightedGame, head_count
from lichen.errors import InputError
from lichen.files.games import read_game, read_game_text

COUNCIL = """
lichen: game/1
players:
  - {name: Ardmore, votes: 5, people: 410}
  - {name: Birk, votes: 3, people: 380}
  - {name: Crale, votes: 2, people: 210}
passes:
  any:
    - all:
        - votes: 7
        - people: 600
    - members: 3
vetoes: [Birk]
"""
GAME = VotingGame(
    AnyOf((AllOf((WeightedGame(7, (5, 3, 2)), WeightedGame(600, (410, 380, 210)))), head_count(3, 3))),
    ("Ardmore", "Birk", "Crale"),
    ("Birk",),
)


def told(text: str | bytes, format: str = "yaml") -> list[str]:
    with pytest.raises(InputError) as refused:
        read_game_text(text, format, "council")
    return [problem.place for problem in refused.value.problems]


def test_game_is_read_with_its_conditions_joined():
    assert read_game_text(COUNCIL) == GAME


def test_game_is_read_from_a_file_of_either_format(tmp_path):
    (tmp_path / "council.yaml").write_text(COUNCIL, encoding="utf-8")
    tree = {
        "players": [
            {"name": name, "votes": votes, "people": people}
            for name, votes, people in [("Ardmore", 5, 410), ("Birk", 3, 380), ("Crale", 2, 210)]
        ],
        "passes": {"any": [{"all": [{"votes": 7}, {"people": 600}]}, {"members": 3}]},
        "vetoes": ["Birk"],
    }
    (tmp_path / "council.json").write_text(json.dumps(tree), encoding="utf-8")
    assert read_game(tmp_path / "council.yaml") == read_game(tmp_path / "council.json") == GAME


def test_game_in_another_format_is_refused(tmp_path):
    (tmp_path / "council.csv").write_text("name,votes\n", encoding="utf-8")
    with pytest.raises(InputError, match="not kept in this format"):
        read_game(tmp_path / "council.csv")


def test_everything_wrong_with_a_game_is_told_at_once():
    text = """
players:
  - {name: Ardmore, votes: 5, people: 410}
  - {name: Ardmore, votes: -3, people: 380}
  - {votes: 2x, people: 210}
  - [a]
passes:
  all:
    - votes: 0
    - people: 99999
    - members: 9
    - {a: 1, b: 2}
    - any: []
    - unheard: 3
vetoes: [Birk, [x]]
voters: 3
"""
    assert told(text) == [
        "council, players, item 4",
        "council, players, item 2, votes",
        "council, players, item 3, votes",
        "council, players, item 4, votes",
        "council, players, item 4, people",
        "council, voters",
        "council, players, item 3, name",
        "council, players, item 4, name",
        "council, vetoes, item 2",
        "council, passes, all, 1, votes",
        "council, passes, all, 2, people",
        "council, passes, all, 3, members",
        "council, passes, all, 4",
        "council, passes, all, 5, any",
        "council, passes, all, 6, unheard",
        "council, players",
        "council, vetoes, item 1",
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[]", "council"),
        ("lichen: game/2", "council"),
        ("players: []\npasses: {members: 1}", "council, players"),
        ("players: [{name: a, votes: 1}]", "council, passes"),
        ("players: [{name: a, votes: 1}]\npasses: {votes: 1}\nvetoes: a", "council, vetoes"),
        ("players: [{" + ", ".join(f"w{key}: 1" for key in range(30)) + "}]\npasses: {w1: 1}", "council, players"),
    ],
)
def test_what_is_no_game_is_refused(text, place):
    assert told(text) == [place]


def test_conditions_in_conditions_without_end_are_refused():
    deep: object = {"members": 1}
    for _level in range(400):
        deep = {"all": [deep]}
    wide = {"any": [{"members": 1}] * 5_000}
    for passes in (deep, wide):
        places = told(json.dumps({"players": [{"name": "a"}], "passes": passes}), "json")
        assert places == ["council, passes"]


def test_weights_of_a_thousand_digits_are_read_and_longer_ones_refused():
    text = "players: [{{name: a, votes: {votes}}}]\npasses: {{votes: 1}}"
    assert read_game_text(text.format(votes="9" * 1_000)).rule.total == 10**1_000 - 1
    assert told(text.format(votes="9" * 1_001)) == ["council, players, item 1, votes"]


def test_ten_thousand_players_are_read_and_more_refused():
    def listed(many: int) -> str:
        return json.dumps({"players": [{"name": f"p{one}"} for one in range(many)], "passes": {"members": 2}})

    assert read_game_text(listed(10_000), "json").players == 10_000
    assert told(listed(10_001), "json") == ["council, players"]
