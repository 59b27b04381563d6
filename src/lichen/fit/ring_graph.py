"""Who could help whom in a community, and every ring and chain that lies in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from lichen.audit.values import Organisation
from lichen.errors import NotAllowed, Problem, refuse
from lichen.fit.fusion import Floats
from lichen.fit.index import FitIndex, Flags, Places
from lichen.language import _

__all__ = ["LONGEST_RING", "MOST_ROUNDS", "RingGraph", "Rounds", "all_rounds", "rings_through"]

LONGEST_RING = 5
"""Longer rings are not looked for: each one more is one more who can drop out. Proposal."""
MOST_ROUNDS = 2_000_000
"""So many rings and chains, finished or not, are held at once; a computer with 4 GiB bears it. Proposal."""


_Part = tuple[Places, Floats, bool]


@dataclass(frozen=True, slots=True, eq=False)
class RingGraph:
    """A community as links, each from one who can help to one who would be helped; sorted by giver and taker."""

    ids: tuple[str, ...]
    """Who is in the community."""
    givers: Places
    """The place of the giver of each link."""
    takers: Places
    """The place of its taker."""
    weights: Floats
    """How much help the link is worth: a cover in [0, 1], or any number from 0 up."""
    funders: Flags
    """Who asks for nothing, so that a chain can begin there."""
    keys: Places = field(init=False, repr=False)
    """Giver and taker of each link as one number, so that a link is found at once."""

    def __post_init__(self) -> None:
        """Number the links."""
        object.__setattr__(self, "keys", self.givers * len(self.ids) + self.takers)

    @classmethod
    def of_links(cls, ids: Iterable[str], links: Mapping[tuple[str, str], float], funders: Iterable[str] = ()) -> Self:
        """A community from its links.

        Args:
            ids: Everybody's id.
            links: For giver and taker the worth of the link, from 0 up. Links to a funder drop out.
            funders: The ids of those who ask for nothing.

        Raises:
            InputError: An id stands twice, a link has an end that is nobody's, is from somebody to itself, or is
                worth less than nothing.

        Example:
            >>> RingGraph.of_links("ab", {("a", "b"): 0.5, ("b", "a"): 1.0}).takers.tolist()
            [1, 0]
        """
        ids, asks_nothing = tuple(ids), frozenset(funders)
        places = {each: place for place, each in enumerate(ids)}
        twice = [Problem(_("two have the same id"), _("an id of its own for each"))] if len(places) < len(ids) else []
        refuse(twice, _link_problems(places, links))
        kept = sorted((places[a], places[b], worth) for (a, b), worth in links.items() if b not in asks_nothing)
        return cls(
            ids,
            np.array([link[0] for link in kept], dtype=np.intp),
            np.array([link[1] for link in kept], dtype=np.intp),
            np.array([link[2] for link in kept], dtype=np.float64),
            np.array([each in asks_nothing for each in ids], dtype=np.bool_),
        )

    @classmethod
    def of_organisations(cls, organisations: Iterable[Organisation], *, nearest: int = 30) -> Self:
        """A community of organisations: for each, those whose gaps it meets best.

        Who has offers and no gaps at all is a funder in the sense of a chain: it helps, and asks for nothing.

        Args:
            organisations: Who is in the community.
            nearest: How many links from each at most, the heaviest; a proposal that keeps large communities sparse.
        """
        index = FitIndex(organisations)
        found: dict[tuple[str, str], float] = {}
        for me in index.organisations:
            theirs = np.where(index.others(me), np.nan_to_num(index.covers(me)[1]), 0.0)
            best = np.lexsort((index.tie_order, -theirs))[:nearest]
            found.update({(me.id, index.organisations[row].id): float(theirs[row]) for row in best if theirs[row] > 0})
        ids = tuple(one.id for one in index.organisations)
        return cls.of_links(ids, found, (one.id for one in index.organisations if not one.vulnerabilities))

    def worths(self, givers: Places, takers: Places) -> Floats:
        """What each asked-for link is worth; NaN where there is none."""
        if not len(self.givers):
            return np.full(len(givers), np.nan)
        asked = givers * len(self.ids) + takers
        found = np.minimum(np.searchsorted(self.keys, asked), len(self.keys) - 1)
        return np.where(self.keys[found] == asked, self.weights[found], np.nan)


@dataclass(frozen=True, slots=True, eq=False)
class Rounds:
    """Rings and chains: who is in each, in the order of helping, and what its links are worth."""

    members: NDArray[np.intp]
    """Shape (m, longest): places in the graph, -1 after the last."""
    links: Floats
    """Shape (m, longest): the worth of each link, NaN after the last; a chain has one fewer than members."""
    chains: Flags
    """Which of them begin at a funder and do not close."""

    def __len__(self) -> int:
        """How many there are."""
        return len(self.members)

    @property
    def helped(self) -> Places:
        """How many organisations are helped by each."""
        helped: Places = (~np.isnan(self.links)).sum(axis=1)
        return helped


def all_rounds(graph: RingGraph, max_length: int = 3, max_chain: int = 0) -> Rounds:
    """Every ring of two to ``max_length``, and every chain of at most ``max_chain`` links from a funder.

    Args:
        graph: The community.
        max_length: How many organisations are in a ring at most, 2 to 5.
        max_chain: How many a chain helps at most; 0 for no chains.

    Raises:
        InputError: The lengths are out of their range.
        NotAllowed: There are more than :data:`MOST_ROUNDS` of them, or of their beginnings.

    Example:
        >>> pair = RingGraph.of_links("ab", {("a", "b"): 0.5, ("b", "a"): 1.0})
        >>> all_rounds(pair).members.tolist(), all_rounds(pair).links.tolist()
        ([[0, 1, -1]], [[0.5, 1.0, nan]])
    """
    refuse(_length_problems(max_length, max_chain))
    width = max(max_length, max_chain + 1)
    begun = np.flatnonzero(~graph.funders)
    return _gathered([*_rings(graph, begun, max_length, above_first=True), *_chains(graph, max_chain)], width)


def rings_through(graph: RingGraph, me: str, max_length: int = 4) -> Rounds:
    """Every ring through one organisation, which comes first in each.

    Args:
        graph: The community; only what a few links reach from here is looked at, however large it is.
        me: The id of the organisation.
        max_length: How many organisations are in a ring at most, 2 to 5.

    Raises:
        InputError: The length is out of its range, or nobody has this id.
        NotAllowed: There are more than :data:`MOST_ROUNDS` of them, or of their beginnings.

    Example:
        >>> links = {("a", "b"): 1.0, ("b", "c"): 1.0, ("c", "a"): 1.0, ("b", "a"): 0.5}
        >>> rings_through(RingGraph.of_links("abc", links), "b", 3).members.tolist()
        [[1, 0, -1], [1, 2, 0]]
    """
    found = next((place for place, each in enumerate(graph.ids) if each == me), None)
    unknown = [Problem(_("nobody here has this id"), _("an id of the community"))] if found is None else []
    refuse(_length_problems(max_length, 0), unknown)
    begun = np.array([found], dtype=np.intp)
    return _gathered([*_rings(graph, begun, max_length, above_first=False)], max_length)


def _gathered(parts: Sequence[_Part], width: int) -> Rounds:
    return Rounds(
        np.concatenate([_padded(nodes, width, -1) for nodes, _links, _open in parts]),
        np.concatenate([_padded(links, width, np.nan) for _nodes, links, _open in parts]),
        np.concatenate([np.full(len(nodes), is_open) for nodes, _links, is_open in parts]),
    )


def _rings(graph: RingGraph, begun: Places, max_length: int, *, above_first: bool) -> Iterator[_Part]:
    """Each ring from one of those begun with; once, where the others are to stand above the first."""
    nodes, links = begun[:, np.newaxis], np.zeros((len(begun), 0))
    yield np.zeros((0, 1), dtype=np.intp), np.zeros((0, 1)), False
    is_begun, gives_back = np.zeros((2, len(graph.ids)), dtype=np.bool_)
    is_begun[begun] = True
    gives_back[graph.givers[is_begun[graph.takers]]] = True
    for _length in range(2, max_length + 1):
        nodes, links = _longer(graph, nodes, links, above_first=above_first)
        ready = np.flatnonzero(gives_back[nodes[:, -1]])
        back = graph.worths(nodes[ready, -1], nodes[ready, 0])
        closes = ready[~np.isnan(back)]
        yield nodes[closes], np.column_stack([links[closes], back[~np.isnan(back)]]), False


def _chains(graph: RingGraph, max_chain: int) -> Iterator[_Part]:
    nodes = np.flatnonzero(graph.funders)[:, np.newaxis]
    links = np.zeros((len(nodes), 0))
    for _length in range(max_chain):
        nodes, links = _longer(graph, nodes, links, above_first=False)
        yield nodes, links, True


def _longer(graph: RingGraph, nodes: Places, links: Floats, *, above_first: bool) -> tuple[Places, Floats]:
    """Every path with one link more that visits nobody twice."""
    first = np.searchsorted(graph.givers, nodes[:, -1])
    count = np.searchsorted(graph.givers, nodes[:, -1], side="right") - first
    if count.sum() > MOST_ROUNDS:
        why = _("there are more than {most} rings and chains here: ask for shorter ones, or for fewer links each")
        raise NotAllowed("too-many-rings", why.format(most=f"{MOST_ROUNDS:,}"))
    path = np.repeat(np.arange(len(nodes)), count)
    link = np.arange(len(path)) - np.repeat(np.cumsum(count) - count, count) + first[path]
    takers = graph.takers[link]
    fresh = (nodes[path] != takers[:, np.newaxis]).all(axis=1)
    if above_first:
        fresh &= takers > nodes[path, 0]
    path, link = path[fresh], link[fresh]
    return np.column_stack([nodes[path], graph.takers[link]]), np.column_stack([links[path], graph.weights[link]])


def _padded(rows: NDArray[Any], width: int, nothing: float) -> NDArray[Any]:
    return np.pad(rows, ((0, 0), (0, width - rows.shape[1])), constant_values=nothing)


def _length_problems(max_length: int, max_chain: int) -> Iterator[Problem]:
    if not 2 <= max_length <= LONGEST_RING:
        yield Problem(_("that is no length of a ring"), _("a number from 2 to 5"), column="max_length")
    if max_chain < 0:
        yield Problem(_("that is no length of a chain"), _("0 or more"), column="max_chain")


def _link_problems(places: Mapping[str, int], links: Mapping[tuple[str, str], float]) -> Iterator[Problem]:
    for (giver, taker), worth in links.items():
        if giver not in places or taker not in places:
            yield Problem(_("an end of this link is nobody of the community"), _("two ids"), column=f"{giver},{taker}")
        elif giver == taker:
            yield Problem(_("nobody helps itself"), _("two different ids"), column=f"{giver},{taker}")
        elif not 0 <= worth < np.inf:
            yield Problem(_("that is no worth of a link"), _("a number from 0 up"), column=f"{giver},{taker}")
