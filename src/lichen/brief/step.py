"""The small first step: what both would do, for how long, for how much, and when to look back."""

from __future__ import annotations

from datetime import date

from lichen.brief.values import Ask, FirstStep, Part, Return
from lichen.brief.words import Words
from lichen.capabilities.taxonomy import taxonomy
from lichen.days import months_after

__all__ = ["first_step"]


def first_step(
    lead: Ask,
    back: Return | None,
    words: Words,
    *,
    months: int,
    budget: int,
    country: str,
    today: date | None,
) -> FirstStep:
    """The step that the chosen swap suggests.

    Args:
        lead: The gap that we lead with.
        back: What we offer in return; None while we have nothing that may be named.
        words: The table that holds the steps.
        months: How long at most.
        budget: The cost stays under this.
        country: ISO 3166 alpha-2 code, for the currency.
        today: When the brief is made; None leaves the day to look back open.
    """
    ours = None if back is None else _part(back.offer, back.kinds, words)
    theirs = None if lead.offer is None else _part(lead.offer, lead.kinds, words)
    known = () if theirs is None else (ours, theirs)
    return FirstStep(
        activity=_activity(words, *known),
        ours=ours,
        theirs=theirs,
        months=months,
        budget=budget,
        currency=words.currencies.get(country, ""),
        look_back_on=None if today is None else months_after(today, months),
    )


def _part(code: str, kinds: tuple[str, ...], words: Words) -> Part:
    return Part(code, kinds, tuple(words.kinds[kind] for kind in kinds if kind in words.kinds))


def _activity(words: Words, *parts: Part | None) -> str:
    """The first step in the table that fits what either side brings; their code fits before its kinds do."""
    brought = {name for part in parts if part is not None for name in (part.code, *_family(part.code), *part.kinds)}
    fitting = (step.activity for step in words.first_steps if not step.brings or brought & {*step.brings})
    return next(fitting, words.first_steps[-1].activity)


def _family(code: str) -> tuple[str, ...]:
    capability = taxonomy().capabilities.get(code)
    return () if capability is None else (capability.group,)
