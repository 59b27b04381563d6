"""Filters that say what a gap is, in the words of the vocabulary."""

from __future__ import annotations

from django import template

from lichen.capabilities.taxonomy import taxonomy
from lichen_web.pages.audit.words import label_of, sensitivities, severities

__all__ = ["gap_meaning", "gap_name", "register", "sensitivity_word", "severity_word"]

register = template.Library()


@register.filter
def gap_name(code: str) -> str:
    """What it is called."""
    return label_of(code)


@register.filter
def gap_meaning(code: str) -> str:
    """What having it would mean; the same for everybody who has the gap."""
    known = taxonomy().capabilities.get(code)
    return known.definition if known else ""


@register.filter
def severity_word(severity: int) -> str:
    """How bad it is."""
    return severities()[severity][0]


@register.filter
def sensitivity_word(sensitivity: str) -> str:
    """How early its owner would show it."""
    return sensitivities()[sensitivity][0]
