"""The advisor: which kind of alliance suits a situation, why, and when none of them does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.advisor.advising import model_advice as model_advice
    from lichen.advisor.comparison import ModelComparison as ModelComparison
    from lichen.advisor.comparison import claimed_rates_told as claimed_rates_told
    from lichen.advisor.comparison import model_comparison as model_comparison
    from lichen.advisor.rules import advice_rules as advice_rules
    from lichen.advisor.values import ANSWERS as ANSWERS
    from lichen.advisor.values import AdviceChange as AdviceChange
    from lichen.advisor.values import AdviceEffect as AdviceEffect
    from lichen.advisor.values import AdviceRule as AdviceRule
    from lichen.advisor.values import AdviceRules as AdviceRules
    from lichen.advisor.values import AdviceVerdict as AdviceVerdict
    from lichen.advisor.values import Asked as Asked
    from lichen.advisor.values import ModelAdvice as ModelAdvice
    from lichen.advisor.values import ModelReasons as ModelReasons
    from lichen.advisor.values import RuleOrigin as RuleOrigin
    from lichen.advisor.values import Situation as Situation
    from lichen.advisor.words import AskedWords as AskedWords
    from lichen.advisor.words import asked_words as asked_words
    from lichen.advisor.words import model_words as model_words

__getattr__, __all__ = lazy_face(
    __name__,
    {
        "ANSWERS": "values",
        "AdviceChange": "values",
        "AdviceEffect": "values",
        "AdviceRule": "values",
        "AdviceRules": "values",
        "AdviceVerdict": "values",
        "Asked": "values",
        "AskedWords": "words",
        "ModelAdvice": "values",
        "ModelComparison": "comparison",
        "ModelReasons": "values",
        "RuleOrigin": "values",
        "Situation": "values",
        "advice_rules": "rules",
        "asked_words": "words",
        "claimed_rates_told": "comparison",
        "model_advice": "advising",
        "model_comparison": "comparison",
        "model_words": "words",
    },
)
