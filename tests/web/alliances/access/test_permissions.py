from __future__ import annotations

import ast
from uuid import UUID

import pytest

from lichen.errors import NotAllowed
from lichen_web.accounts.models.organisation import Role, Scope
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.permissions import PERMISSIONS, is_allowed, may
from tests.house.source import SRC

ME, OURS, CIRCLE = (UUID(int=number) for number in (1, 2, 3))
ACTORS = {
    "person": Actor(ME),
    "observer": Actor(ME, OURS, Role.OBSERVER),
    "member": Actor(ME, OURS, Role.MEMBER),
    "lead": Actor(ME, OURS, Role.LEAD),
    "speaker": Actor(ME, OURS, Role.MEMBER, speaks=True),
    "facilitator": Actor(ME, OURS, scopes=frozenset()),
    "trusted": Actor(ME, OURS, scopes=frozenset(Scope)),
    "convener": Actor(ME, convenes=frozenset({CIRCLE})),
    "host": Actor(ME, is_host=True),
}
"""Everybody there is; the trusted facilitator has everything opened to them."""

TABLE = """
"""
"""Yes; no, somebody else has to (NotAllowed); or it is not there for them (a dot)."""


def answer(actor: Actor, action: str) -> str:
    try:
        may(actor, action)
    except NotAllowed:
        return "no"
    except NotThere:
        return "."
    return "yes"


def printed() -> str:
    head = f"{'':27}" + "".join(f"{name:12}" for name in ACTORS)
    lines = [f"{each:27}" + "".join(f"{answer(actor, each):12}" for actor in ACTORS.values()) for each in PERMISSIONS]
    return "\n".join(line.rstrip() for line in ("", head, *lines, ""))


def asked() -> set[str]:
    """Every name that some code asks the table for."""
    calls = (
        node
        for path in (SRC / "lichen_web").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"may", "begun", "is_allowed"}
    )
    return {each.value for call in calls for each in call.args if isinstance(each, ast.Constant)}


def test_table_is_this():
    print(printed())
    assert printed() == TABLE


def test_every_line_is_asked_for_and_nothing_else_is():
    assert asked() == set(PERMISSIONS)


def test_act_that_nobody_wrote_down_is_refused_with_a_crash():
    with pytest.raises(KeyError):
        may(ACTORS["host"], "read_everything")


@pytest.mark.parametrize("action", PERMISSIONS)
def test_question_and_refusal_agree(action: str):
    for actor in ACTORS.values():
        assert is_allowed(actor, action) == (answer(actor, action) == "yes")


def test_refusal_is_a_sentence_that_says_what_would_be_right():
    for action in PERMISSIONS:
        for actor in ACTORS.values():
            if answer(actor, action) == "no":
                with pytest.raises(NotAllowed) as refused:
                    may(actor, action)
                assert refused.value.why.endswith(".")
                assert refused.value.rule == PERMISSIONS[action].name
