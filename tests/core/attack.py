"""Somebody who reads every figure of every check-in, knows the rule and who answered, and tries every answer there is.

People are taken to answer alike each time: it is only then that two check-ins can be subtracted from one another.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import product
from statistics import fmean

import numpy as np

from lichen.small_groups import Answerer, Round, figure_of, opened_rounds

Answers = Mapping[Answerer, int]
Took = tuple[frozenset[Answerer], bool]
"""Who took part in a check-in, and whether it was announced as attributed."""
Rule = Callable[[Sequence[Round], range], list[Hashable]]
"""Everything that is published of the rounds."""


def by_the_rule(rounds: Sequence[Round], steps: range) -> list[Hashable]:
    """Each partner's figure, every two partners' together, and that of all: with the counts, bounds and reasons."""
    groups = sorted({group for each in rounds for group, person in each.answers})
    asked = [*((group,) for group in groups), *((one, other) for one in groups for other in groups), tuple(groups)]
    return [figure_of(opened, wanted) for opened in opened_rounds(rounds, steps) for wanted in asked]


def only_five(rounds: Sequence[Round], steps: range) -> list[Hashable]:
    """What looks safe and is not: every mean over at least so many answers."""
    published: list[Hashable] = []
    for each in rounds:
        groups = sorted({group for group, person in each.answers})
        for wanted in [*((group,) for group in groups), tuple(groups)]:
            answers = [answer for (group, person), answer in each.answers.items() if group in wanted]
            published.append((len(answers), fmean(answers) if len(answers) >= each.fewest else None))
    return published


def to_whole_steps(rounds: Sequence[Round], steps: range) -> list[Hashable]:
    """The same, each mean rounded to a tenth."""
    return [
        (count, None if mean is None else round(mean, 1))
        for count, mean in only_five(rounds, steps)  # type: ignore[misc]
    ]


def worked_out(took: Sequence[Took], rule: Rule, steps: range, fewest: int) -> set[Answerer]:
    """Those whose answer some set of answers would give away, though it was never shown under their name."""
    people = sorted({who for members, attributed in took for who in members})
    fitting: dict[Hashable, list[set[int]]] = {}
    for answers in product(steps, repeat=len(people)):
        said = dict(zip(people, answers, strict=True))
        rounds = [Round({who: said[who] for who in members}, attributed, fewest) for members, attributed in took]
        seen = fitting.setdefault(tuple(rule(rounds, steps)), [set() for _ in people])
        for place, answer in enumerate(answers):
            seen[place].add(answer)
    return {
        who for seen in fitting.values() for who, answers in zip(people, seen, strict=True) if len(answers) == 1
    } - _named(took, fewest)


def _named(took: Sequence[Took], fewest: int) -> set[Answerer]:
    """Those who agreed that an answer is shown under their name, and whose answer was."""
    rounds = [Round(dict.fromkeys(members, 1), attributed, fewest) for members, attributed in took]
    return {who for opened in opened_rounds(rounds, range(1, 3)) for who in opened.named}


def solved(took: Sequence[Took], fewest: int) -> set[Answerer]:
    """Those whose answer is a sum of multiples of what was published, found with linear algebra."""
    people = sorted({who for members, attributed in took for who in members})
    steps = range(1, 1001)

    def means(said: Answers) -> np.ndarray:
        rounds = [Round({who: said[who] for who in members}, attributed, fewest) for members, attributed in took]
        figures = by_the_rule(rounds, steps)
        return np.array([0.0 if figure.mean is None else figure.mean for figure in figures])  # type: ignore[attr-defined]

    middle = dict.fromkeys(people, 500)
    columns = [means({**middle, who: 501}) - means(middle) for who in people]
    matrix = np.array(columns).T
    rank = np.linalg.matrix_rank(matrix, tol=1e-9) if matrix.size else 0
    units = np.eye(len(people))
    return {
        who
        for who, unit in zip(people, units, strict=True)
        if np.linalg.matrix_rank(np.vstack((matrix, unit)), tol=1e-9) == rank
    }
