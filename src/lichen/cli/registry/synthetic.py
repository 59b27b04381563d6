"""Make up a register."""

from __future__ import annotations

from typing import Annotated

import typer

from lichen.cli.group import Described, commands
from lichen.cli.registry.loading import Folder, load_with_bar
from lichen.registry.synthetic import Made, load_synthetic

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def synthetic(
    store: Folder,
    organisations: Annotated[int, typer.Option(min=1, max=10**8, help="How many.")] = 10_000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed makes the same register.")] = 0,
) -> None:
    """Make up a register of any size, to try things on.

    Nobody in it exists.

    Example:
        lichen registry synthetic --organisations 100000 --store tried
    """
    made = Made(organisations, seed)
    load_with_bar(lambda step: load_synthetic(store, made, progress=step), store)
