"""The form that asks nothing: a page that names what will happen, and a button."""

from __future__ import annotations

from django import forms

__all__ = ["Confirming"]


class Confirming(forms.Form):
    """No field; its button is the answer."""
