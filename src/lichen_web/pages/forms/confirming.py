"""The form that asks nothing: a page that names what will happen, and a button."""

from __future__ import annotations

from lichen_web.pages.forms.plain import PlainForm

__all__ = ["Confirming"]


class Confirming(PlainForm):
    """No field; its button is the answer."""
