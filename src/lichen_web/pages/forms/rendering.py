"""How a form is drawn: one template for all, one for each field."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting

__all__ = ["Renderer"]


class Renderer(TemplatesSetting):
    """Our templates instead of Django's; no page draws a field by hand."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
