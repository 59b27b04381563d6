"""The words of a brief for everybody to edit: out as a commented TOML text, and back in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any

from lichen.brief.sector_words import sector_words
from lichen.brief.step_words import CURRENCIES, first_steps, kind_words
from lichen.brief.words import SectorWords, StepWords, Words
from lichen.brief.words_check import word_problems
from lichen.errors import InputError
from lichen.language import _
from lichen.paper import one_line

__all__ = ["words_from", "words_toml"]


def words_from(edited: Mapping[str, Any] | None = None) -> Words:
    """The table of words, with the edited parts in place of those that ship.

    Args:
        edited: What ``tomllib`` reads from an edited copy; it need not hold everything. A list of first
            steps replaces the one that ships as a whole, since its order matters.

    Raises:
        InputError: The edited copy has something that cannot be used; every problem is told.

    Example:
        >>> words_from({"sector": {"funder": {"called": "trusts"}}}).sectors["funder"].called
        'trusts'
    """
    changes = {} if edited is None else edited
    problems = [*word_problems(changes)]
    if problems:
        raise InputError(problems)
    sectors = changes.get("sector", {})
    steps = changes.get("first_step")
    return Words(
        sectors={sector: _edited(words, sectors.get(sector, {})) for sector, words in sector_words().items()},
        first_steps=first_steps() if steps is None else tuple(_step(entry) for entry in steps),
        kinds=kind_words() | {kind: _tidy(text) for kind, text in changes.get("kind", {}).items()},
        currencies={**CURRENCIES, **changes.get("currency", {})},
    )


def words_toml() -> str:
    """The table that ships, as TOML with notes for whoever edits it; ``tomllib`` reads it back.

    Example:
        >>> import tomllib
        >>> words_from(tomllib.loads(words_toml())) == words_from()
        True
    """
    return "\n".join(_lines()) + "\n"


def _edited(words: SectorWords, changes: Mapping[str, Any]) -> SectorWords:
    return replace(words, **{key: _tidy(value) for key, value in changes.items()})


def _step(entry: Mapping[str, Any]) -> StepWords:
    return StepWords(_tidy(entry["brings"]), _tidy(entry["try"]))


def _tidy(value: Any) -> Any:
    """A text, or each text of a list, as one line: whoever edits may break lines where they like."""
    return tuple(one_line(text, None) for text in value) if isinstance(value, list) else one_line(value, None)


def _lines() -> Iterator[str]:
    yield from _notes(_about())
    for sector, words in sector_words().items():
        yield from ("", f"[sector.{sector}]", *_values(asdict(words)))
    yield from ("", *_notes(_about_steps()))
    for step in first_steps():
        yield from ("", "[[first_step]]", *_values({"brings": step.brings, "try": step.activity}))
    yield from ("", *_notes(_about_kinds()), "[kind]", *_values(kind_words()))
    yield from ("", *_notes(_about_currencies()), "[currency]", *_values(CURRENCIES))


def _values(table: Mapping[str, Any]) -> Iterator[str]:
    """Lines of TOML; its texts and lists of texts are written as JSON writes them."""
    return (f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in table.items())


def _notes(text: str) -> Iterator[str]:
    return (f"# {line}".rstrip() for line in text.splitlines())


def _about() -> str:
    return _(
        "The words of the brief, for anyone to edit. Change what stands between the quotation marks.\n"
        "A copy need not hold everything: what you take out stays as it ships.\n"
        "\n"
        "For each kind of organisation:\n"
        "called       what to call several of them\n"
        "answers_to   whom they answer to, after “your”\n"
        "counts       what counts as value, in their own words\n"
        "ask          how to frame what we ask of them\n"
        "offer        how to frame what we offer\n"
        "avoid        what not to say or do\n"
        "reassure     one sentence to say aloud, against the first thing they will suspect\n"
        "report       what they must be able to say to those they answer to; in it may stand\n"
        "             {us} our name, {you} their name, {step} the first step, {gain} what they get, {months}\n"
        "often_lacks  codes of what their kind is often said to lack: asked, never told\n"
        "says_who     who says so"
    )


def _about_steps() -> str:
    return _(
        "Small first steps. From the top, the first one that fits what either side brings is taken.\n"
        "If you change one, keep the others that you want: your list replaces the whole list.\n"
        "brings       codes, groups of codes or kinds of exchange; [] fits everything\n"
        "try          the step, as it stands after “Could we try one small thing:”"
    )


def _about_kinds() -> str:
    return _("How each kind of exchange passes hands, in the lines that say who does what.")


def _about_currencies() -> str:
    return _("What goes before a sum of money, by the two letters of the country.")
