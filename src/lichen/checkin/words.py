"""The questions of a check-in in plain words, what their ends mean, and why a figure is not shown."""

from __future__ import annotations

from collections.abc import Mapping

from lichen.checkin.values import Dimension, Slider
from lichen.language import _
from lichen.small_groups import Reason

__all__ = [
    "dimension_ends",
    "dimension_item",
    "dimension_name",
    "reason_words",
    "slider_ends",
    "slider_name",
    "trust_caution",
]


def dimension_name(dimension: Dimension) -> str:
    """What a kind of trust is called.

    Example:
        >>> dimension_name(Dimension.TRUST)
        'trust, all in all'
    """
    return {
        Dimension.TRUST: _("trust, all in all"),
        Dimension.VULNERABILITY: _("being open"),
        Dimension.INTEGRITY: _("meaning it"),
        Dimension.RELIABILITY: _("keeping promises"),
        Dimension.ABILITY: _("being good at it"),
        Dimension.SHARED_AIMS: _("wanting the same"),
        Dimension.POWER_SHARING: _("deciding together"),
        Dimension.RECIPROCITY: _("give and take"),
    }[dimension]


def dimension_item(dimension: Dimension, name: str) -> str:
    """What is asked about a partner, in one sentence.

    Args:
        dimension: Which kind of trust.
        name: The name of the partner who is rated.

    Source:
        The sentences are ours; the kinds are those of Gilfoyle et al. (2022), the quick question the article's.

    Example:
        >>> dimension_item(Dimension.ABILITY, "Almond House")
        'Almond House is good at its part of the work.'
    """
    return {
        Dimension.TRUST: _("All in all, how much do you trust {name}?"),
        Dimension.VULNERABILITY: _("We could tell {name} what goes badly with us, and not regret it."),
        Dimension.INTEGRITY: _("{name} means what it says, also when we are not in the room."),
        Dimension.RELIABILITY: _("{name} does what it promised, by the day it promised."),
        Dimension.ABILITY: _("{name} is good at its part of the work."),
        Dimension.SHARED_AIMS: _("{name} wants what all of us came for."),
        Dimension.POWER_SHARING: _("What concerns us both, {name} decides with us, not for us."),
        Dimension.RECIPROCITY: _("{name} gives about as much as it takes."),
    }[dimension].format(name=name)


def dimension_ends(dimension: Dimension) -> tuple[str, str]:
    """What the lowest and the highest answer mean.

    Example:
        >>> dimension_ends(Dimension.TRUST)
        ('not at all', 'entirely')
    """
    return (_("not at all"), _("entirely")) if dimension is Dimension.TRUST else (_("not so at all"), _("entirely so"))


def slider_name(slider: Slider) -> str:
    """What a slider is called."""
    return {
        Slider.PACE: _("pace"),
        Slider.DECIDING: _("deciding"),
        Slider.PLANNING: _("planning"),
        Slider.OPENNESS: _("openness"),
    }[slider]


def slider_ends(slider: Slider) -> tuple[str, str]:
    """What 0 and 100 mean on a slider.

    Example:
        >>> slider_ends(Slider.DECIDING)
        ('one person decides', 'all agree first')
    """
    return {
        Slider.PACE: (_("slow and thorough"), _("quick and rough")),
        Slider.DECIDING: (_("one person decides"), _("all agree first")),
        Slider.PLANNING: (_("sees as it goes"), _("plans beforehand")),
        Slider.OPENNESS: (_("bad news waits"), _("bad news at once")),
    }[slider]


def reason_words(reason: Reason, fewest: int) -> str:
    """Why a figure is shown as it is, in a sentence.

    Args:
        reason: The reason.
        fewest: From so many answers on they may be shown without names.
    """
    told: Mapping[Reason, str] = {
        Reason.ENOUGH: _("{fewest} or more stand together in it, without names."),
        Reason.ANNOUNCED: _("Shown under names, as all were told before they answered."),
        Reason.SEALED: _("Sealed until all have answered and the answers are laid open to all at once."),
        Reason.NOBODY: _("Nobody has answered."),
        Reason.TOO_FEW: _(
            "Fewer than {fewest} answered, and without names. Another time, tell all beforehand that names are shown."
        ),
        Reason.SUBTRACTABLE: _(
            "Not the same people answered as before: somebody's answer could be found by subtracting."
        ),
        Reason.PROMISED: _("They answered without names before, and that holds."),
    }
    return told[reason].format(fewest=fewest)


def trust_caution() -> str:
    """What to keep in mind with every figure of trust.

    Source:
        McEvily and Tortoriello (2011): 129 measures in 171 papers.
    """
    return _(
        "There is no standard measure of trust: compare these figures with your own of another day, not with other "
        "alliances. The thresholds are proposals."
    )
