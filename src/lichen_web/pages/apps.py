"""The app of the pages; it has no tables."""

from django.apps import AppConfig

from lichen_web.pages.forms.plain import say_plainly

__all__ = ["Pages"]


class Pages(AppConfig):
    """Views, forms, templates."""

    name = "lichen_web.pages"
    label = "pages"

    def ready(self) -> None:
        """Once everything is loaded."""
        say_plainly()
