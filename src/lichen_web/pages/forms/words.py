"""A field for somebody's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["words_field"]


def words_field(label: StrOrPromise, asked: StrOrPromise, *, longest: int, required: bool = True) -> forms.CharField:
    """A field of several lines."""
    area = forms.Textarea({"rows": 6, "autocomplete": "off"})
    return forms.CharField(label=label, help_text=asked, max_length=longest, widget=area, required=required)
