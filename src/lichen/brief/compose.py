"""Composing a brief: what may be named, what to lead with, what to offer, and a small first step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from lichen.audit.material import is_material_fact
from lichen.audit.values import Organisation
from lichen.brief.choosing import aimed_returns, asks, open_returns, sector_returns
from lichen.brief.editing import words_from
from lichen.brief.naming import hushed_codes, kept_back, our_side, their_side
from lichen.brief.step import first_step
from lichen.brief.values import Ask, Because, Brief, LeftOut, Party, Return, Way
from lichen.brief.words import SectorWords
from lichen.errors import InputError, Problem
from lichen.language import _
from lichen.paper import one_line

__all__ = ["brief_for"]

_TOP = 3
"""The article's Pitfall 1: no more than the top three."""


def brief_for(
    me: Organisation,
    partner: Organisation,
    *,
    months: int = 3,
    budget: int = 10_000,
    today: date | None = None,
    language_of_value: Mapping[str, Any] | None = None,
) -> Brief:
    """The brief for a first conversation with a partner.

    It leads with one of our gaps: one that we state ourselves, that passed the relevance filter, that is not
    of high sensitivity and that the partner can ease; the one with most weight times how well they meet it.
    At most two more follow later in the meeting, none where nobody knows what the partner offers. What we
    offer is aimed at a gap of theirs: one that they stated, else one that a source suggests, else one that is
    often said of their kind; the last two are put as questions. No fit is an answer: the brief then says
    what would make one.

    Args:
        me: Us, with our gaps and offers.
        partner: Them, with what is known of theirs; no gaps or no offers means that nobody knows.
        months: How long the first step takes at most; 1 or more.
        budget: What it stays under, in whole units of our local currency; 1 or more.
        today: When the brief is made, for the day to look back; None leaves that day open.
        language_of_value: An edited copy of the table of words, as ``tomllib`` reads it; see ``words_toml``.

    Raises:
        InputError: Months or budget are below 1, the partner is ourselves, or the edited table cannot be used.

    Source:
        Step 3 of the article's guide, its relevance filter and top three (Pitfall 1) and its pilot (step 4).

    Example:
        >>> from lichen.audit.values import Offer, Vulnerability
        >>> us = Organisation("us", "Clinic", vulnerabilities=(Vulnerability("assets.venue", relevance="yes"),))
        >>> them = Organisation("them", "Chapel", offers=(Offer("assets.venue", kinds=("space",)),))
        >>> made = brief_for(us, them)
        >>> made.lead.code, made.theirs.value, made.step.activity
        ('assets.venue', 'silent', 'one room for one day a week')
    """
    problems = [*_problems(me, partner, months, budget)]
    if problems:
        raise InputError(problems)
    words = words_from(language_of_value)
    us, them = our_side(me, partner), their_side(me, partner)
    ours, named, left = _ours(us, them, known=bool(partner.offers))
    sector = _speakable(words.sectors[partner.sector], hushed_codes(me) | hushed_codes(partner))
    theirs, returns = _theirs(us, them, sector.often_lacks)
    lead = named[0] if named and ours is not Way.UNMET else None
    step = None
    if lead is not None:
        back = returns[0] if returns else None
        step = first_step(lead, back, words, months=months, budget=budget, country=me.country, today=today)
    return Brief(
        me=_party(me),
        partner=_party(partner),
        ours=ours,
        theirs=theirs,
        lead=lead,
        later=named[1:] if lead else (),
        returns=returns,
        step=step,
        missing=tuple(ask.code for ask in named) if lead is None else (),
        left_out=kept_back(me) + left,
        material_fact=any(is_material_fact(gap) for gap in me.vulnerabilities),
        words=sector,
    )


def _ours(us: Organisation, them: Organisation, *, known: bool) -> tuple[Way, tuple[Ask, ...], tuple[LeftOut, ...]]:
    """The direction of our gaps, what to name of them, and what to leave out although it might be named."""
    if not us.vulnerabilities:
        return Way.SILENT, (), ()
    found = asks(us, them)
    beyond = _left(found.met[_TOP:], Because.LATER)
    if found.met:
        return Way.MET, found.met[:_TOP], beyond + _left(found.unmet, Because.UNMET)
    if known:
        return Way.UNMET, found.unmet[:_TOP], _left(found.unmet, Because.UNMET)
    return Way.UNKNOWN, found.unmet[:1], _left(found.unmet[1:], Because.LATER)


def _theirs(us: Organisation, them: Organisation, often_lacks: tuple[str, ...]) -> tuple[Way, tuple[Return, ...]]:
    """The direction of their gaps, and what to offer."""
    if not us.offers:
        return Way.SILENT, ()
    aimed = aimed_returns(us, them)
    if aimed:
        return Way.MET, aimed[:_TOP]
    if them.vulnerabilities:
        return Way.UNMET, open_returns(us)[:_TOP]
    return Way.UNKNOWN, (sector_returns(us, often_lacks) or open_returns(us))[:_TOP]


def _speakable(sector: SectorWords, silent: frozenset[str]) -> SectorWords:
    return replace(sector, often_lacks=tuple(code for code in sector.often_lacks if code not in silent))


def _left(found: tuple[Ask, ...], because: Because) -> tuple[LeftOut, ...]:
    return tuple(LeftOut(ask.code, because) for ask in found)


def _party(organisation: Organisation) -> Party:
    return Party(organisation.id, one_line(organisation.name) or organisation.id, organisation.sector)


def _problems(me: Organisation, partner: Organisation, months: int, budget: int) -> Iterator[Problem]:
    if me.id == partner.id:
        yield Problem(_("the partner is the organisation itself"), _("another organisation"))
    if months < 1:
        yield Problem(_("the time for the first step is too short"), _("1 month or more"), column="months")
    if budget < 1:
        yield Problem(_("the budget of the first step is too small"), _("1 or more"), column="budget")
