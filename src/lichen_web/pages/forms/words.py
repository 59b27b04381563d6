"""A field for somebody's own words."""

from __future__ import annotations

from django import forms

__all__ = ["OwnWords"]


class OwnWords(forms.Textarea):
    """Several lines, which the browser does not keep for another form."""

    def __init__(self, rows: int = 6) -> None:
        """So many lines high."""
        super().__init__({"rows": rows, "autocomplete": "off"})
