"""What ``lichen advisor`` prints: the advice, the reasons for and against each model, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lichen.advisor.comparison import claimed_rates_told, model_comparison
from lichen.advisor.values import (
    AdviceChange,
    AdviceEffect,
    AdviceRule,
    AdviceVerdict,
    ModelAdvice,
    ModelReasons,
    RuleOrigin,
)
from lichen.advisor.words import asked_words, model_words
from lichen.charter.threat import Model
from lichen.cli.answers import Block, Column, Line, Record, styled
from lichen.language import _

__all__ = ["advice_blocks", "comparison_block"]

_SIGNS = {
    AdviceEffect.VETO: ("■", "red"),
    AdviceEffect.FOR: ("+", "green"),
    AdviceEffect.AGAINST: ("−", "yellow"),
    AdviceEffect.CONDITION: ("▶", "bold"),
}
"""In the order in which the reasons of a model are told."""


def advice_blocks(found: ModelAdvice) -> Iterator[Block]:
    """The answer first, then its reasons, then what would change it.

    Args:
        found: The answer of ``model_advice``.
    """
    yield Block(
        columns=(Column("", lambda record: record["sentence"]),),
        records=[_answer_record(found)],
        heading=_headline(found),
    )
    yield Block(
        columns=(Column("", lambda record: styled((record["title"], "bold"))),),
        records=[_reasons_record(each) for each in found.reasons],
        heading=_("For and against"),
        below=_reason_lines,
        note=_("+ for it, − against it, ■ rules it out, ▶ to do first. How much each counts is our proposal."),
    )
    yield _changes_block(found)


def comparison_block() -> Block:
    """The article's table of the three models."""
    return Block(
        columns=(
            Column("", lambda record: record["feature"]),
            Column(model_words(Model.STRENGTH_BASED), lambda record: _claimed(record, "strength_based")),
            Column(model_words(Model.SHARED_THREAT), lambda record: _claimed(record, "shared_threat")),
            Column(model_words(Model.UNCOMMON_COMPLEMENT), lambda record: _claimed(record, "uncommon_complement")),
        ),
        records=[
            {
                "part": "comparison",
                "feature": row.feature,
                "strength_based": row.strength_based,
                "shared_threat": row.shared_threat,
                "uncommon_complement": row.uncommon_complement,
                "is_claimed": row.is_claimed,
            }
            for row in model_comparison()
        ],
        heading=_("The three models, as the article compares them"),
        note=_("* claimed in the article; no source found. {why}").format(why=claimed_rates_told()),
    )


def _claimed(record: Record, column: str) -> str:
    return f"{record[column]} *" if record["is_claimed"] else str(record[column])


def _headline(found: ModelAdvice) -> str:
    if found.model is not None:
        return _("{model} suits your situation").format(model=model_words(found.model))
    return _("None of these now") if found.verdict is AdviceVerdict.NONE_NOW else _("Too little is known to say")


def _answer_record(found: ModelAdvice) -> Record:
    return {
        "part": "advice",
        "verdict": found.verdict,
        "model": found.model,
        "is_provisional": found.is_provisional,
        "open": list(found.open),
        "sentence": _answer(found),
    }


def _answer(found: ModelAdvice) -> str:
    if found.verdict is AdviceVerdict.OPEN:
        return _("Answer more of the questions; those that would decide it stand below.")
    if found.verdict is AdviceVerdict.NONE_NOW:
        return _(
            "As things stand, the honest advice is not to ally in any of these ways. What stands against it is below."
        )
    if found.is_provisional:
        return _("So far: some questions are open whose answers could change it.")
    if found.open:
        return _("Some questions are open, and none of them alone would change it.")
    return _("Every question is answered.")


def _reasons_record(each: ModelReasons) -> Record:
    return {
        "part": "model",
        "model": each.model,
        "weight": each.weight,
        "is_ruled_out": each.is_ruled_out,
        "title": _title(each),
        "rules": [_rule_record(rule) for rule in each.fired],
    }


def _title(each: ModelReasons) -> str:
    told = _("{model}: ruled out") if each.is_ruled_out else _("{model}: {weight:+d}")
    return told.format(model=model_words(each.model), weight=each.weight)


def _rule_record(rule: AdviceRule) -> Record:
    return {
        "asked": rule.asked,
        "answer": rule.answer,
        "effect": rule.effect,
        "weight": rule.weight,
        "sentence": rule.sentence,
        "origin": rule.origin,
        "source": rule.source,
    }


def _reason_lines(record: Record) -> Iterator[Line]:
    """What is to be done first is told of a model that could be chosen, and of no other."""
    for effect, sign in _SIGNS.items():
        rules = [rule for rule in record["rules"] if rule["effect"] is effect]
        if effect is not AdviceEffect.CONDITION or not record["is_ruled_out"]:
            for rule in sorted(rules, key=lambda one: -one["weight"]):
                yield styled(sign), styled(rule["sentence"], (f" {_origin_words(rule)}", "dim"))
    if not record["rules"]:
        yield styled("·"), styled(_("Nothing that you answered speaks for it or against it."))


def _origin_words(rule: Record) -> str:
    words = {
        RuleOrigin.ARTICLE: _("[article: {source}]"),
        RuleOrigin.STUDY: _("[study: {source}]"),
        RuleOrigin.PROPOSAL: _("[ours]"),
    }
    return words[rule["origin"]].format(source=rule["source"])


def _changes_block(found: ModelAdvice) -> Block:
    return Block(
        columns=(
            Column("", lambda record: record["question"]),
            Column(_("if"), lambda record: record["told"]),
            Column(_("then"), lambda record: record["becomes"]),
        ),
        records=[_change_record(change) for change in _telling(found)],
        heading=_("What would change it"),
        empty=_("No single other answer would change it."),
        note=_("Questions marked ? are open."),
    )


def _telling(found: ModelAdvice) -> Sequence[AdviceChange]:
    """All of them; where it is open, those that settle it first."""
    return sorted(found.changes, key=lambda change: (not change.was_open, change.verdict is AdviceVerdict.OPEN))


def _change_record(change: AdviceChange) -> Record:
    words = asked_words()[change.asked]
    return {
        "part": "change",
        "asked": change.asked,
        "answer": change.answer,
        "was_open": change.was_open,
        "question": ("? " if change.was_open else "") + words.question,
        "told": words.answers[change.answer],
        "verdict": change.verdict,
        "model": change.model,
        "becomes": _becomes(change),
    }


def _becomes(change: AdviceChange) -> str:
    if change.model is not None:
        return model_words(change.model)
    return _("none now") if change.verdict is AdviceVerdict.NONE_NOW else _("open")
