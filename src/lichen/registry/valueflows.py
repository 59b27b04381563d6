"""Offers and requests that organisations publish as intents in the words of Valueflows, as JSON or JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lichen.audit.values import Offer, Organisation, Source, Vulnerability
from lichen.capabilities.recognise import recognise
from lichen.registry.entries import Entry, Item, Skip, Skipped
from lichen.registry.figures import coordinates
from lichen.registry.ids import NOWHERE, jurisdiction
from lichen.registry.json_items import json_items
from lichen.registry.suggestions import LEAST_CONFIDENCE

__all__ = ["LISTS", "intent_entries", "intent_rows"]

LISTS = ("@graph", "agents", "organizations", "intents", "proposals", "offers", "requests")
"""The keys under which the lists of a file stand. A file may be a list itself."""

_DOCUMENT = "Valueflows intent"
_AGENTS = frozenset({"Agent", "Organization", "EcologicalAgent"})
_PREFIX = re.compile(r".*[:/#]")
_ID = re.compile(r"[^\s\x00-\x1f]{1,200}")
_LONGEST = 2_000


def intent_rows(path: Path) -> Iterator[Item]:
    """The agents and intents of a file.

    Raises:
        InputError: The file cannot be read or is no such list.
    """
    return json_items(path, LISTS)


def intent_entries(item: Item) -> Sequence[Entry] | Skipped:
    """What an agent or an intent says of an organisation.

    An intent with a provider alone is an offer, one with a receiver alone a request; both are published by whom
    they are about, but which capability they mean is only recognised in the words. An agent that is not said to be
    an organisation, and whatever such an agent intends, is left out when all is read.

    Source:
        Valueflows, ``vf:Intent`` (names of its fields).
    """
    found = {_PREFIX.sub("", str(key)): value for key, value in item.content.items()}
    kind = _kind(found)
    if kind == "Person":
        return Skipped(Skip.PERSON)
    if kind == "Organization":
        return _agent(found)
    if kind == "Agent" or ("provider" not in found and "receiver" not in found):
        return Skipped(Skip.NOT_ABOUT_ONE)
    if found.get("finished") is True:
        return Skipped(Skip.INACTIVE)
    return _intent(found)


def _agent(found: Mapping[str, Any]) -> Sequence[Entry] | Skipped:
    identifier = _id(found)
    if not identifier:
        return Skipped(Skip.NO_ID)
    name = _text(found.get("name"))
    if not name:
        return Skipped(Skip.UNNAMED)
    place = found.get("primaryLocation")
    place = place if isinstance(place, dict) else {}
    north, east = coordinates(place.get("lat"), place.get("long"))
    return (Entry(Organisation(identifier, name, country=_country(identifier)), "", "", north, east),)


def _intent(found: Mapping[str, Any]) -> Sequence[Entry] | Skipped:
    sides = {role: found.get(role) for role in ("provider", "receiver") if found.get(role)}
    if len(sides) != 1:
        return Skipped(Skip.NOT_ABOUT_ONE)
    role, side = next(iter(sides.items()))
    whole = {_PREFIX.sub("", str(key)): value for key, value in side.items()} if isinstance(side, dict) else {}
    if _kind(whole) == "Person":
        return Skipped(Skip.PERSON)
    identifier = _id(whole) if whole else _id({"id": side})
    if not identifier:
        return Skipped(Skip.NO_ID)
    name = _text(whole.get("name")) if _kind(whole) == "Organization" else ""
    sources = dict(_recognised(found))
    gaps = tuple(Vulnerability(code, source=source, confirmed=False) for code, source in sources.items())
    offers = tuple(Offer(code, source=source, confirmed=False) for code, source in sources.items())
    organisation = Organisation(
        identifier,
        name,
        country=_country(identifier),
        vulnerabilities=gaps if role == "receiver" else (),
        offers=offers if role == "provider" else (),
    )
    return (Entry(organisation),)


def _recognised(found: Mapping[str, Any]) -> Iterator[tuple[str, Source]]:
    resource = found.get("resourceConformsTo")
    named = resource.get("name") if isinstance(resource, dict) else resource
    classes = found.get("resourceClassifiedAs")
    parts = [found.get("name"), found.get("note"), named, *(classes if isinstance(classes, list) else [classes])]
    words = ". ".join(filter(None, (_text(part) for part in parts if not _text(part).startswith("http"))))[:_LONGEST]
    for match in recognise(words, named=None) if words else ():
        if match.score >= LEAST_CONFIDENCE:
            yield match.code, Source(_DOCUMENT, words, round(match.score, 2))


def _kind(found: Mapping[str, Any]) -> str:
    """What it is by its type, without prefix: ``Person``, ``Organization``, ``Agent`` or whatever it says."""
    said = found.get("@type", found.get("type", ""))
    kinds = {_PREFIX.sub("", str(each)) for each in (said if isinstance(said, list) else [said])}
    return next(
        (kind for kind in ("Person", "Organization", *sorted(_AGENTS)) if kind in kinds), min(kinds, default="")
    )


def _id(found: Mapping[str, Any]) -> str:
    said = str(found.get("@id") or found.get("id") or "")
    return said if _ID.fullmatch(said) else ""


def _country(identifier: str) -> str:
    country = jurisdiction(identifier)
    return "" if country in (NOWHERE, "XI") else country


def _text(found: object) -> str:
    if isinstance(found, dict):
        found = found.get("@value", "")
    return " ".join(found.split()) if isinstance(found, str) else ""
