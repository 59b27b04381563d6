"""The app of what organisations confess and do together."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

__all__ = ["Alliances"]


class Alliances(AppConfig):
    """Tables and acts."""

    name = "lichen_web.alliances"
    label = "alliances"

    def ready(self) -> None:
        """Load what Django asks when it is asked whether all is well; it stands on the tables, so not before them."""
        import_module(f"{self.name}.queue").keep_plain()
        for module in ("hosting", "standing"):
            import_module(f"{self.name}.{module}")
