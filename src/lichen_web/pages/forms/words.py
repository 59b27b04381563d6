"""A field for somebody's own words."""

from __future__ import annotations

from django import forms
from django.utils.functional import _StrPromise

__all__ = ["words_field"]


def words_field(
    label: str | _StrPromise, asked: str | _StrPromise, *, longest: int, required: bool = True
) -> forms.CharField:
    """A field of several lines."""
    area = forms.Textarea({"rows": 6, "autocomplete": "off"})
    return forms.CharField(label=label, help_text=asked, max_length=longest, widget=area, required=required)
