"""Columns that many tables have, as the migrations write them."""

from __future__ import annotations

import uuid
from typing import Any

import django.db.models.deletion
from django.db import models

__all__ = ["identity", "to"]


def identity() -> models.Field[Any, Any]:
    """An id of its own."""
    return models.UUIDField(
        db_comment="internal: which it is", default=uuid.uuid4, editable=False, primary_key=True, serialize=False
    )


def to(model: str, comment: str, related_name: str = "+") -> models.Field[Any, Any]:
    """A reference that keeps what it leads to from being deleted."""
    return models.ForeignKey(
        db_comment=comment, on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=model
    )
