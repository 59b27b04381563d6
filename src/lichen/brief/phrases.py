"""Small phrases that the sentences of a brief are made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from lichen.audit.names import people_named
from lichen.brief.values import Ask, FirstStep, Return
from lichen.capabilities.taxonomy import taxonomy
from lichen.language import _, ngettext
from lichen.paper import one_line

__all__ = [
    "capitalised",
    "filled",
    "from_us",
    "from_us_aloud",
    "label",
    "months_long",
    "own_words",
    "under",
    "within_sentence",
    "words_for_them",
]

_ENDINGS = (".", "!", "?", "…", ".”", "!”", "?”")
_NAME = re.compile(r"\{(\w+)\}")


def capitalised(text: str) -> str:
    """A text with a capital first letter, and the rest as it is."""
    return text[:1].upper() + text[1:]


def own_words(ask: Ask) -> str:
    """What we say of a gap: our own words, or a suggestion where there are none."""
    said = one_line(ask.words)
    if not said:
        said = capitalised(taxonomy().capabilities[ask.code].as_gap[0])
    return said if said.endswith(_ENDINGS) else said + "."


def words_for_them(ask: Ask) -> str:
    """The same for a page that leaves our hands: the suggestion also where our own words seem to name a person."""
    return own_words(replace(ask, words="") if people_named(ask.words) else ask)


def label(code: str) -> str:
    """The name of a capability as a heading has it."""
    capability = taxonomy().capabilities.get(code)
    return one_line(code) if capability is None else capability.label


def within_sentence(code: str) -> str:
    """The name of a capability as a sentence has it: a small first letter, unless it begins an acronym."""
    name = label(code)
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def from_us(back: Return) -> str:
    """What we offer, with our spare capacity where it is known."""
    spare = one_line(back.spare, 80).rstrip(".")
    name = within_sentence(back.offer)
    return _("{offer} ({spare})").format(offer=name, spare=spare) if spare else name


def from_us_aloud(back: Return) -> str:
    """The same as it is said in the middle of a sentence, with the pause after it."""
    spare = one_line(back.spare, 80).rstrip(".")
    name = within_sentence(back.offer)
    return _("{offer} – {spare} –").format(offer=name, spare=spare) if spare else _("{offer},").format(offer=name)


def months_long(months: int) -> str:
    """A time in months."""
    return ngettext("{months} month", "{months} months", months).format(months=months)


def under(step: FirstStep) -> str:
    """The limit of the budget, with its currency where it is known."""
    amount = f"{step.budget:,}"
    if not step.currency:
        return _("{amount} in local currency").format(amount=amount)
    return step.currency + amount


def filled(text: str, names: Mapping[str, str]) -> str:
    """A text with names in curly brackets filled in; nothing else in it is ever read as a format.

    Example:
        >>> filled("We tried {step} {0.__class__}", {"step": "one fair"})
        'We tried one fair {0.__class__}'
    """
    return _NAME.sub(lambda found: names.get(found[1], found[0]), text)
