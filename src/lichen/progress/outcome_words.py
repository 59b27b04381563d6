"""What was reached beside a comparison group, in words: the answer, how surely, what weakens it, what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from lichen.language import _, ngettext
from lichen.paper import one_line
from lichen.progress.comparison import OutcomeReading
from lichen.progress.intervals import IntervalMethod
from lichen.progress.outcomes import Arm, MissingFigure, MissingFigureName, OutcomeCaution, OutcomeDesign, OutcomeResult
from lichen.progress.permuting import Permuted
from lichen.progress.words import number_words, signed_words

__all__ = [
    "arm_words",
    "caution_words",
    "cell_words",
    "change_words",
    "method_words",
    "missing_words",
    "outcome_answer",
    "permuted_words",
]


def outcome_answer(found: OutcomeResult) -> str:
    """What was found, in a sentence."""
    if found.design is OutcomeDesign.CLAIM:
        return _("Two changes without the figures behind them: no interval is possible.")
    if found.difference is None:
        return _("Too little is written down to compare.")
    size = _amount(found, abs(found.difference))
    if found.interval is None:
        return _("The gap is {size}, and nobody can say how surely.").format(size=size)
    if found.is_better is None:
        return _("The gap is {size}, which cannot be told from chance.").format(size=size)
    better = _("Better by {size} than what changed anyway; chance hardly explains it.")
    worse = _("Worse by {size} than what changed anyway; chance hardly explains it.")
    return (better if found.is_better else worse).format(size=size)


def _amount(found: OutcomeResult, value: float) -> str:
    unit = ngettext("percentage point", "percentage points", round(value)) if found.outcome.is_share else _unit(found)
    return f"{number_words(value)} {unit}".strip()


def _unit(found: OutcomeResult) -> str:
    return one_line(found.outcome.unit)


def change_words(found: OutcomeResult, value: float) -> str:
    """A change with its sign and its unit."""
    return f"{signed_words(value)} {_('points') if found.outcome.is_share else _unit(found)}".strip()


def cell_words(found: OutcomeResult, cell: OutcomeReading) -> str:
    """A figure, and among how many."""
    value = number_words(cell.value or 0) + ("%" if found.outcome.is_share else "")
    return value if cell.n is None else _("{value} (of {n:,})").format(value=value, n=cell.n)


def method_words(found: OutcomeResult) -> str:
    """How the interval was reckoned; empty where there is none."""
    degrees = number_words(found.degrees or 0)
    words = {
        IntervalMethod.NORMAL: _("normal, four groups of different people"),
        IntervalMethod.WELCH: _("Welch's t, {degrees} degrees, four groups of different people"),
        IntervalMethod.STUDENT: _("Student's t, {degrees} degrees"),
        IntervalMethod.PERMUTATION: _("permutation"),
    }
    return "" if found.interval is None else words[found.interval.method].format(degrees=degrees)


def permuted_words(dealt: Permuted) -> str:
    """How often chance alone would give as much."""
    words = _("Had chance dealt out the places, a gap this large would come in {share} of {tried:,} ways")
    tail = _("; all were tried.") if dealt.is_exact else _(", drawn from {ways:,}.").format(ways=dealt.ways)
    share = f"{dealt.p:.1%}" if dealt.p >= 0.001 else "<0.1%"
    return words.format(share=share, tried=dealt.tried) + tail


def caution_words(caution: OutcomeCaution) -> str:
    """What weakens the answer, in a sentence."""
    words = {
        OutcomeCaution.FEW_CASES: _("In one of the four fewer than 5 did, or did not: take the interval as rough."),
        OutcomeCaution.NO_SPREAD: _("Nothing varies in any of them, so nothing says how surely."),
        OutcomeCaution.FEW_PLACES: _("So few places that nothing is unlikely by chance: measure more places."),
        OutcomeCaution.NO_EARLIER: _(
            "No figures of both from before the baseline: nobody can see whether they moved alike until then."
        ),
    }
    return words[caution]


def missing_words(found: OutcomeResult) -> Iterator[str]:
    """What is missing, gathered by group, so that it can be read."""
    for arm in Arm:
        own = [each for each in found.missing if each.arm is arm]
        if own:
            figures = dict.fromkeys(_figure_words(each) for each in own)
            yield _("of {group}: {figures}").format(group=arm_words(arm), figures=", ".join(figures))


def _figure_words(missing: MissingFigure) -> str:
    names = {
        ("before", MissingFigureName.VALUE): _("the baseline"),
        ("after", MissingFigureName.VALUE): _("the figure afterwards"),
        ("before", MissingFigureName.N): _("among how many at the baseline (n)"),
        ("after", MissingFigureName.N): _("among how many afterwards (n)"),
        ("before", MissingFigureName.SD): _("the standard deviation at the baseline (sd)"),
        ("after", MissingFigureName.SD): _("the standard deviation afterwards (sd)"),
        ("", MissingFigureName.VALUE): _("its places"),
        ("", MissingFigureName.PLACES): _("a second place"),
    }
    return names[missing.when, missing.name]


def arm_words(arm: Arm) -> str:
    """What a group is called where nobody named it."""
    return _("those reached") if arm is Arm.REACHED else _("those compared")
