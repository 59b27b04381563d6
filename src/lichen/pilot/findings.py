"""What a look at a pilot's expectations and terms can find: codes, how much they weigh, and their figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from lichen.audit.findings import Weight

__all__ = ["PILOT_WEIGHTS", "PilotFigure", "PilotFinding", "PilotFindingCode"]

PilotFigure = int | float | str | tuple[str, ...]
"""A number, a text that no confession is in, or several ids."""


class PilotFindingCode(StrEnum):
    """Everything that a look at a pilot can find; under each, the figures that come with it."""

    EXPECTATIONS_UNWRITTEN = "expectations-unwritten"
    """partners: who have not written and sealed what they expect of each."""
    EXPECTATIONS_SEALED = "expectations-sealed"
    """None: all have written, and nothing is revealed yet."""
    WRITTEN_LATE = "written-late"
    """partners: who wrote or changed theirs after the others' were open; nothing more is shown until that is undone."""
    EXPECTATIONS_CONTRADICT = "expectations-contradict"
    """count: of those that are not settled."""
    RED_LINE_CROSSED = "red-line-crossed"
    """count: of what is asked of the very owner and not settled."""
    NOTHING_EXCHANGED = "nothing-exchanged"
    """None."""
    ONE_WAY_ONLY = "one-way-only"
    """giving_nothing, receiving_nothing: partners."""
    EXPECTATIONS_DIFFER = "expectations-differ"
    """count: of those that are not settled, contradictions and questions left out."""
    INTERESTS_UNSAID = "interests-unsaid"
    """partners: who have not said what they want, will not have or would protect."""
    START_UNSAID = "start-unsaid"
    """None."""
    END_UNSAID = "end-unsaid"
    """None."""
    TOO_LONG = "too-long"
    """months: the most."""
    BUDGET_UNSAID = "budget-unsaid"
    """None."""
    BUDGET_OVER = "budget-over"
    """budget, under: the cost, and what it is to stay under."""
    HOURS_UNSAID = "hours-unsaid"
    """partners."""
    DONORS_CLASH = "donors-clash"
    """donor, partners: who would all approach it."""
    TESTS_MISSING = "tests-missing"
    """partners: whom no success test serves."""
    TEST_OPEN_ENDED = "test-open-ended"
    """tests: ids of those without a day."""
    TEST_LATE = "test-late"
    """tests: ids of those whose day is after the review."""
    REVIEW_UNSAID = "review-unsaid"
    """None."""
    REVIEW_LATE = "review-late"
    """None: it is after the end."""
    REVIEW_OVERDUE = "review-overdue"
    """partners: who have not answered although the day has passed."""
    QUESTIONS = "questions"
    """count: of what only some wrote in these words, and not settled."""
    RED_LINE_NEAR = "red-line-near"
    """count: of red lines crossed by what is expected of somebody else, and not settled."""
    SHARED_GOALS_UNSAID = "shared-goals-unsaid"
    """None."""
    STEPS_OVER_BUDGET = "steps-over-budget"
    """cost, budget: of the small steps together, and what was agreed."""


_STOPS = frozenset(
    {
        PilotFindingCode.EXPECTATIONS_UNWRITTEN,
        PilotFindingCode.EXPECTATIONS_SEALED,
        PilotFindingCode.WRITTEN_LATE,
        PilotFindingCode.EXPECTATIONS_CONTRADICT,
        PilotFindingCode.RED_LINE_CROSSED,
        PilotFindingCode.NOTHING_EXCHANGED,
        PilotFindingCode.ONE_WAY_ONLY,
    }
)
_LOOKS = frozenset(
    {
        PilotFindingCode.QUESTIONS,
        PilotFindingCode.RED_LINE_NEAR,
        PilotFindingCode.SHARED_GOALS_UNSAID,
        PilotFindingCode.STEPS_OVER_BUDGET,
    }
)


def _weight(code: PilotFindingCode) -> Weight:
    return Weight.STOP if code in _STOPS else Weight.LOOK if code in _LOOKS else Weight.MEND


PILOT_WEIGHTS: Mapping[PilotFindingCode, Weight] = MappingProxyType({code: _weight(code) for code in PilotFindingCode})
"""How much each finding weighs: begin nothing before a stop is settled; a look may be right as it is."""


@dataclass(frozen=True, slots=True)
class PilotFinding:
    """One thing that a look at a pilot found: a code and figures, which a face turns into a sentence."""

    code: PilotFindingCode
    """What was found."""
    figures: Mapping[str, PilotFigure] = field(default_factory=lambda: MappingProxyType({}))
    """What :class:`PilotFindingCode` says of the code."""

    @property
    def weight(self) -> Weight:
        """What the finding asks for."""
        return PILOT_WEIGHTS[self.code]
