"""The app of the pages; it has no tables."""

from django.apps import AppConfig

__all__ = ["Pages"]


class Pages(AppConfig):
    """Views, forms, templates."""

    name = "lichen_web.pages"
    label = "pages"
