"""Filters that say what a gap is, in the words of the vocabulary."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lichen.capabilities.taxonomy import taxonomy
from lichen_web.pages.audit.words import label_of, sensitivity, severity

__all__ = ["gap_meaning", "gap_name", "register", "sensitivity_word", "severity_word", "steps_of_five"]

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
def severity_word(step: int) -> str:
    """How bad it is."""
    return severity(step)[0]


@register.filter
def sensitivity_word(step: str) -> str:
    """How early its owner would show it."""
    return sensitivity(step)[0]


@register.filter
def steps_of_five(steps: int) -> SafeString:
    """Five marks, so many of them full; said in words to whoever does not see them."""
    said = _("%(steps)s of 5") % {"steps": steps}
    marks = '<i class="full"></i>' * steps + "<i></i>" * (5 - steps)
    frame = f'<p class="steps-of-five"><span class="hidden">{{}}</span><span aria-hidden="true">{marks}</span></p>'
    return format_html(frame, said)
