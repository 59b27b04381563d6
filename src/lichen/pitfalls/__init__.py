"""Pitfalls: what is about to go wrong in an alliance, by which figures, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.pitfalls.history import FirstSaid as FirstSaid
    from lichen.pitfalls.history import pitfall_history as pitfall_history
    from lichen.pitfalls.looking import pitfalls as pitfalls
    from lichen.pitfalls.rules import RULES as RULES
    from lichen.pitfalls.rules import PitfallRules as PitfallRules
    from lichen.pitfalls.rules import Rule as Rule
    from lichen.pitfalls.rules import rule_of as rule_of
    from lichen.pitfalls.showing import alerts_for as alerts_for
    from lichen.pitfalls.values import Alert as Alert
    from lichen.pitfalls.values import AlertFigure as AlertFigure
    from lichen.pitfalls.values import AlertMeasure as AlertMeasure
    from lichen.pitfalls.values import ConfidedItem as ConfidedItem
    from lichen.pitfalls.values import FiresWhen as FiresWhen
    from lichen.pitfalls.values import Pitfall as Pitfall
    from lichen.pitfalls.values import RuleBasis as RuleBasis
    from lichen.pitfalls.values import RuleCode as RuleCode
    from lichen.pitfalls.words import alert_words as alert_words
    from lichen.pitfalls.words import figure_words as figure_words
    from lichen.pitfalls.words import next_step as next_step

__getattr__, __all__ = lazy_face(
    __name__,
    {
        "Alert": "values",
        "AlertFigure": "values",
        "AlertMeasure": "values",
        "ConfidedItem": "values",
        "FiresWhen": "values",
        "FirstSaid": "history",
        "Pitfall": "values",
        "PitfallRules": "rules",
        "RULES": "rules",
        "Rule": "rules",
        "RuleBasis": "values",
        "RuleCode": "values",
        "alert_words": "words",
        "alerts_for": "showing",
        "figure_words": "words",
        "next_step": "words",
        "pitfall_history": "history",
        "pitfalls": "looking",
        "rule_of": "rules",
    },
)
