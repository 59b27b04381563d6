"""Whether a text names a person, so that nobody is exposed by somebody else's confession.

A rule of thumb for English prose, without a model: titles, roles, given names, pairs of capitalised words,
e-mail addresses and telephone numbers. It errs now and then in both directions, so a face asks and never
blocks. A name in capitals throughout, in small letters or in a script without capitals is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from lichen.audit.capitals import Run, Word, capital_runs, known_words

__all__ = ["Mention", "MentionKind", "people_named"]


class MentionKind(StrEnum):
    """What gave a person away."""

    TITLE = "title"
    """A title and a name, as in "Dr" and then the name."""
    ROLE = "role"
    """A role and a name, as in "our treasurer" and then the name."""
    GIVEN_NAME = "given name"
    FULL_NAME = "full name"
    EMAIL = "e-mail address"
    """The address of an office, such as ``info@``, does not count."""
    PHONE = "telephone number"


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in a text where a person is named: where and how, never the name."""

    kind: MentionKind
    """What gave the person away."""
    start: int
    """Place of its first character, from 0."""
    end: int
    """Place after its last character."""


_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PHONE = re.compile(r"(?<![\w.,/-])(?:\+|\(?0|\d{3}[-. ]\d{3}[-. ]\d{4}(?!\d))[\d ()./-]{0,22}")
_PHONE_DIGITS = range(9, 16)
_NAMING_LISTS = ("titles", "roles", "given_names", "word_names")


def people_named(text: str) -> tuple[Mention, ...]:
    """The places in a text where a person is named, in order; none if nobody is.

    Args:
        text: English prose, a sentence or a few.

    Example:
        >>> [str(mention.kind) for mention in people_named("Only Margaret knows, or ask Dr Patel.")]
        ['given name', 'title']
        >>> people_named("St Mary's rents its hall from Manchester City Council in May.")
        ()
    """
    return tuple(sorted([*_contacts(text), *_names(text)], key=lambda mention: mention.start))


def _contacts(text: str) -> Iterator[Mention]:
    for found in _EMAIL.finditer(text):
        if found[0].partition("@")[0].lower() not in known_words("offices"):
            yield Mention(MentionKind.EMAIL, found.start(), found.end())
    for found in _PHONE.finditer(text):
        if sum(character.isdigit() for character in found[0]) in _PHONE_DIGITS:
            yield Mention(MentionKind.PHONE, found.start(), found.start() + len(found[0].rstrip(" ()./-")))


def _names(text: str) -> Iterator[Mention]:
    for whole in capital_runs(_EMAIL.sub(lambda found: "_" * len(found[0]), text)):
        run = _without_opening(whole)
        kind = None if _is_body(whole) else _kind(run)
        if kind is not None:
            yield Mention(kind, run.words[0].start, run.words[-1].end)


def _kind(run: Run) -> MentionKind | None:
    return next(filter(None, (rule(run) for rule in _RULES)), None)


def _without_opening(run: Run) -> Run:
    """The run less a first word that owes its capital to opening the sentence."""
    first, *others = run.words
    if not first.opens_sentence or any(first.key in known_words(kind) for kind in _NAMING_LISTS):
        return run
    return replace(run, words=tuple(others), before=(first,))


def _is_body(run: Run) -> bool:
    """Whether the run can only be a place, a body or something of that kind, such as a church or a street."""
    keys = set(run.keys)
    phrase = f" {' '.join(run.keys)} "
    return (
        not keys.isdisjoint(known_words("bodies") | known_words("saints"))
        or any(f" {known} " in phrase for known in known_words("phrases"))
        or (run.after is not None and _shows_body(run.words[-1], run.after))
    )


def _shows_body(last: Word, after: Word) -> bool:
    """As in "Mary's Meals" or "Henry VIII": what follows tells that no colleague is meant."""
    return (last.is_possessive and after.is_capital) or after.key in known_words("numerals")


def _by_title(run: Run) -> MentionKind | None:
    return MentionKind.TITLE if _could_be_name(_after_any(run.keys, "titles")) else None


def _by_role(run: Run) -> MentionKind | None:
    capitalised = _after_any(run.keys, "roles")
    if capitalised and capitalised[0] in known_words("given_names"):
        return MentionKind.ROLE
    before = [word.key for word in run.before if word.key not in known_words("naming")]
    has_role = bool(before) and before[-1] in known_words("roles")
    return MentionKind.ROLE if has_role and _could_be_name(run.keys) else None


def _by_given_name(run: Run) -> MentionKind | None:
    keys = run.keys
    if len(keys) == 1 and _is_person(run, keys[0]):
        return MentionKind.GIVEN_NAME
    if len(keys) > 1 and keys[0] in known_words("given_names") and _could_be_name(keys[1:]):
        is_place = not known_words("surnames").isdisjoint(keys[1:]) and _is_after_place_word(run)
        return None if is_place else MentionKind.FULL_NAME
    return None


def _by_pair(run: Run) -> MentionKind | None:
    """Two capitals and more that are on no list, where no word before them says that it is a place."""
    keys = run.keys
    is_name = len(keys) > 1 and all(_could_be_name((key,)) and not _is_ordinary(key) for key in keys)
    return MentionKind.FULL_NAME if is_name and not _is_after_place_word(run) else None


_RULES: tuple[Callable[[Run], MentionKind | None], ...] = (_by_title, _by_role, _by_given_name, _by_pair)


def _is_person(run: Run, key: str) -> bool:
    """Whether a single word that can be a given name is one here."""
    acts = run.after is not None and run.after.key in known_words("person_verbs")
    if key in known_words("place_names"):
        return acts
    if key in known_words("word_names"):
        return acts or not run.words[0].opens_sentence or run.words[-1].is_possessive
    return key in known_words("given_names")


def _could_be_name(keys: tuple[str, ...]) -> bool:
    return bool(keys) and keys[0] not in known_words("capitals")


def _is_ordinary(key: str) -> bool:
    return key in known_words("surnames") or key.endswith(tuple(known_words("ordinary_endings")))


def _is_after_place_word(run: Run) -> bool:
    return bool(run.before) and run.before[-1].key in known_words("before_places")


def _after_any(keys: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """The words after the last of the run that is on a list; none if none is."""
    places = [place for place, key in enumerate(keys) if key in known_words(kind)]
    return keys[places[-1] + 1 :] if places else ()
