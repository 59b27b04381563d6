"""``lichen advisor``: which kind of alliance suits you, if any."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lichen.advisor.advising import model_advice
from lichen.advisor.values import AdviceVerdict
from lichen.cli.advisor_asking import asked_situation, given_situation
from lichen.cli.advisor_words import advice_blocks, comparison_block
from lichen.cli.answers import Format, Layout, show
from lichen.cli.group import DONE, FINDINGS, Described, commands

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def advisor(
    answers: Annotated[
        Path | None, typer.Option("--answers", help="A file of answers, such as horizon: long; then nothing is asked.")
    ] = None,
    answer: Annotated[
        list[str] | None, typer.Option("--answer", "-a", metavar="QUESTION=ANSWER", help="One answer; again for more.")
    ] = None,
    table: Annotated[bool, typer.Option("--table", help="Show how the article compares the models, and end.")] = False,
    layout: Format = Layout.TABLE,
) -> None:
    """Ask which kind of alliance suits you, if any.

    A dozen plain questions, one at a time; any may be left open. The answer may be that none of these suits now. Shows
    what speaks for and against each model, where each reason is from, and which single answer would change it. Ends
    with 0 where a model suits, else with 1.

    Example:
        lichen advisor
        lichen advisor --answers situation.yaml
        lichen advisor -a horizon=short -a work=simple -a threat=none
        lichen advisor --table
    """
    if table:
        show(layout, comparison_block())
        raise typer.Exit(DONE)
    given = answers is not None or answer
    found = model_advice(given_situation(answers, answer or ()) if given else asked_situation())
    show(layout, *advice_blocks(found))
    raise typer.Exit(DONE if found.verdict is AdviceVerdict.MODEL else FINDINGS)
