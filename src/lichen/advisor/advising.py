"""Which model suits a situation: what speaks for and against each, and which single answer would change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lichen.advisor.rules import advice_rules
from lichen.advisor.values import (
    ANSWERS,
    AdviceChange,
    AdviceEffect,
    AdviceRule,
    AdviceRules,
    AdviceVerdict,
    Asked,
    ModelAdvice,
    ModelReasons,
    Situation,
)
from lichen.charter.threat import Model

__all__ = ["model_advice"]

_LIGHTEST = tuple(Model)
"""By how much trust each asks, the least first: between two that suit alike, the one that asks less is tried."""

_Table = Mapping[tuple[Asked, str], Sequence[AdviceRule]]
"""The rules by the answer that fires them."""


def model_advice(situation: Situation, rules: AdviceRules | None = None) -> ModelAdvice:
    """Which model suits a situation, or that none of these does now.

    Each answer speaks for a model or against it, or rules it out, by the table of ``advice_rules``. The model with the
    most for it suits, if there is enough for it; where nothing is enough and nothing that is still open could make it
    so, the advice is not to ally in any of these ways now.

    Args:
        situation: What was answered.
        rules: What is set differently; None takes all as it is.

    Source:
        The article's comparison of models, question 1 and question 3; the reckoning is ours.

    Example:
        >>> simple = Situation({Asked.HORIZON: "short", Asked.WORK: "simple", Asked.THREAT: "none"})
        >>> model_advice(simple).model.value
        'strength-based'
        >>> model_advice(simple.but(Asked.FACTS, "hidden")).verdict.value
        'none of these now'
    """
    rules = rules or AdviceRules()
    table = _by_answer(advice_rules())
    reasons = _reasons(situation, table)
    verdict, model = _decided(situation, reasons, table, rules)
    return ModelAdvice(
        verdict, model, reasons, situation.open, tuple(_changes(situation, verdict, model, table, rules))
    )


def _by_answer(rules: Sequence[AdviceRule]) -> _Table:
    table: dict[tuple[Asked, str], list[AdviceRule]] = {}
    for rule in rules:
        table.setdefault((rule.asked, rule.answer), []).append(rule)
    return table


def _reasons(situation: Situation, table: _Table) -> tuple[ModelReasons, ...]:
    """The best model first, those that are ruled out last."""
    answered = ((asked, situation.answers.get(asked, "")) for asked in Asked)
    fired = [rule for each in answered for rule in table.get(each, ())]
    found = [ModelReasons(model, tuple(rule for rule in fired if rule.model in (None, model))) for model in Model]
    return tuple(sorted(found, key=lambda one: (one.is_ruled_out, -one.weight, _LIGHTEST.index(one.model))))


def _decided(
    situation: Situation, reasons: Sequence[ModelReasons], table: _Table, rules: AdviceRules
) -> tuple[AdviceVerdict, Model | None]:
    best = reasons[0]
    if not best.is_ruled_out and best.weight >= rules.enough:
        return AdviceVerdict.MODEL, best.model
    could_be = any(not one.is_ruled_out and _most(one, situation, table) >= rules.enough for one in reasons)
    return (AdviceVerdict.OPEN if could_be else AdviceVerdict.NONE_NOW), None


def _most(one: ModelReasons, situation: Situation, table: _Table) -> int:
    """What a model would have for it, were each open question answered as well for it as can be."""
    return one.weight + sum(
        max(_for_one(one.model, asked, answer, table) for answer in (*ANSWERS[asked], "")) for asked in situation.open
    )


def _for_one(model: Model, asked: Asked, answer: str, table: _Table) -> int:
    fired = tuple(rule for rule in table.get((asked, answer), ()) if rule.model in (None, model))
    return 0 if any(rule.effect is AdviceEffect.VETO for rule in fired) else ModelReasons(model, fired).weight


def _changes(
    situation: Situation, verdict: AdviceVerdict, model: Model | None, table: _Table, rules: AdviceRules
) -> Iterator[AdviceChange]:
    is_open = situation.open
    for asked in (*is_open, *(each for each in Asked if each not in is_open)):
        for answer in ANSWERS[asked]:
            other = situation.but(asked, answer)
            found = _decided(other, _reasons(other, table), table, rules)
            if answer != situation.answers.get(asked) and found != (verdict, model):
                yield AdviceChange(asked, answer, asked in is_open, *found)
