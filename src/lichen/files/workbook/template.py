"""The template of an audit."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from lichen.errors import InputError, Problem
from lichen.files.storage import write_atomically
from lichen.files.workbook.writing import template
from lichen.language import _
from lichen.scales import Sector

__all__ = ["write_template"]


def write_template(path: str | PathLike[str], sector: Sector = Sector.OTHER) -> None:
    """Write the workbook that a director fills in, with drop-downs, help and an example.

    Args:
        path: Where to; its suffix is .xlsx.
        sector: Whose typical questions the first sheet ends with.

    Raises:
        InputError: The path is not that of a workbook, or cannot be written to.
    """
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        raise InputError(Problem(_("a template is a workbook"), _("a name that ends in .xlsx"), file=path.name))
    write_atomically(template(sector), path)
