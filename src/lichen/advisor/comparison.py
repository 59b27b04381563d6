"""The article's table of the three models, with what is only its claim marked as such."""

from __future__ import annotations

from dataclasses import dataclass

from lichen.language import _
from lichen.progress.intervals import wilson_share

__all__ = ["ModelComparison", "claimed_rates_told", "model_comparison"]


@dataclass(frozen=True, slots=True)
class ModelComparison:
    """One row of the table: what is compared, and what the article says of each model."""

    feature: str
    """What is compared."""
    strength_based: str
    """What it says of strength-based alliances."""
    shared_threat: str
    """What it says of those against a shared threat."""
    uncommon_complement: str
    """What it says of the uncommon complement."""
    is_claimed: bool
    """Whether it is a figure for which no source was found."""


def model_comparison() -> tuple[ModelComparison, ...]:
    """The article's comparison table, row by row; its figures are its own claims.

    Source:
        The article, "Comparison Table". Nothing in it was measured by anybody else whom we found.
    """
    row = ModelComparison
    return (
        row(_("rests on"), _("strengths"), _("a threat"), _("weaknesses"), False),
        row(_("asks trust"), _("low to moderate"), _("moderate"), _("high"), False),
        row(_("lasts"), _("short to medium"), _("short"), _("long"), False),
        row(_("withstands"), _("little"), _("medium"), _("much"), False),
        row(_("best for"), _("simple projects"), _("advocacy, crisis"), _("complex, long work"), False),
        row(_("fails within 2 years and more"), _("~60%"), _("~50%"), _("~10%"), True),
    )


def claimed_rates_told() -> str:
    """Why the claimed rates cannot tell the models apart: 15 coalitions over three models are too few.

    Example:
        >>> print(claimed_rates_told()[:44])
        The article's rates come from 15 coalitions.
    """
    few, most = wilson_share(1, 10), wilson_share(3, 5)
    told = _(
        "The article's rates come from 15 coalitions. If 3 of 5 failed, the true rate is anything from {low:.0%} to "
        "{high:.0%}; if 1 of 10, from {least:.0%} to {most:.0%}: the two overlap (Wilson, 95%)."
    )
    return told.format(low=most.low, high=most.high, least=few.low, most=few.high)
