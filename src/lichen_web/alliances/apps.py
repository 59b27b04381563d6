"""The app of what organisations confess and do together."""

from django.apps import AppConfig

__all__ = ["Alliances"]


class Alliances(AppConfig):
    """Tables and acts."""

    name = "lichen_web.alliances"
    label = "alliances"
