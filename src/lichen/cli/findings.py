"""Findings as sentences: what was found, and what to do next; never a word of what the organisation wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from lichen.audit.findings import Finding, FindingCode
from lichen.audit.prompts import opening_prompts
from lichen.brief.phrases import capitalised, within_sentence
from lichen.cli.answers import percent
from lichen.language import _, ngettext

__all__ = ["finding_sentence", "ordinal"]


def finding_sentence(finding: Finding) -> str:
    """What was found and what to do next, in a sentence or two.

    Example:
        >>> from lichen.audit.findings import Finding, FindingCode
        >>> print(finding_sentence(Finding(FindingCode.SHARE_LATE, "people.wellbeing", {"place": 6})))
        The 6th gap in your list (staff and volunteer wellbeing) is a sensitive one. Keep it for when a pilot has begun.
    """
    return _SENTENCES[finding.code](finding.item, finding.figures)


def ordinal(place: int) -> str:
    """A place in a list as people count.

    Example:
        >>> ordinal(1), ordinal(11), ordinal(22)
        ('1st', '11th', '22nd')
    """
    endings = {1: _("{number}st"), 2: _("{number}nd"), 3: _("{number}rd")}
    last = 0 if place % 100 in (11, 12, 13) else place % 10
    return endings.get(last, _("{number}th")).format(number=place)


_Figures = Mapping[str, Any]


def _few_vulnerabilities(_item: str, figures: _Figures) -> str:
    if figures["count"] == 0:
        return _("No gap is listed yet. List at least {wanted}, beginning with what you are worst at.").format(
            **figures
        )
    found = ngettext(
        "Only {count} gap is listed. Look for more until there are {wanted}: the pattern shows in the later ones.",
        "Only {count} gaps are listed. Look for more until there are {wanted}: the pattern shows in the later ones.",
        figures["count"],
    )
    return found.format(**figures)


def _no_offers(_item: str, _figures: _Figures) -> str:
    return _("No offer is listed. Add what others already come to you for: a partner has gaps too.")


def _unknown_code(_item: str, figures: _Figures) -> str:
    nearest = _listed(_named_code(code) for code in figures["nearest"])
    found = _("The code of {thing} is not in the vocabulary. The nearest are {nearest}; choose one.")
    return found.format(thing=_thing(figures), nearest=nearest)


def _unrecognised(_item: str, figures: _Figures) -> str:
    nearest = _listed(_named_code(code) for code in figures["nearest"])
    if nearest:
        found = _("No capability was recognised in {thing}: pick one in the column Capability, perhaps {nearest}.")
    else:
        found = _("No capability was recognised in {thing}: pick one in the column Capability.")
    return found.format(thing=_thing(figures), nearest=nearest)


def _leadership_not_aligned(_item: str, _figures: _Figures) -> str:
    return _(
        "The leadership does not stand behind this audit yet. Win it first, or begin with a small pilot that"
        " needs only one gap to be told."
    )


def _nothing_relevant(_item: str, _figures: _Figures) -> str:
    return _(
        "No gap is marked as relevant to what you could do with a partner, so there is nothing to begin a"
        " conversation with. Ask of each again: would it affect what we do together?"
    )


def _superseded_code(item: str, figures: _Figures) -> str:
    now = [_named_code(code) for code in figures["successors"]]
    if len(now) == 1:
        found = _("The code of {thing} has changed since; write {now} instead.")
    else:
        found = _("The code of {thing} has been split since; choose between {now}.")
    return found.format(thing=_thing(figures), now=_listed(now))


def _gap_doubled(item: str, figures: _Figures) -> str:
    found = _("{gaps} name the same capability{name}. Keep one, with the worse severity.")
    return found.format(gaps=_the_gaps(figures), name=_in_brackets(item))


def _offer_doubled(item: str, figures: _Figures) -> str:
    found = _("{offers} name the same capability{name}. Keep one.")
    return found.format(offers=_the_offers(figures), name=_in_brackets(item))


def _gap_and_strength(item: str, figures: _Figures) -> str:
    found = _(
        "One capability{name} is listed as a gap (severity {severity} of 5) and as an offer (strength {strength} of 5)."
        " Talk about which is true, or choose narrower codes for the two."
    )
    return found.format(name=_in_brackets(item), **figures)


def _rank_missing(_item: str, figures: _Figures) -> str:
    found = ngettext(
        "{gaps} has no rank. Put the gaps in order of how much outside help they need.",
        "{gaps} have no rank. Put the gaps in order of how much outside help they need.",
        len(figures["places"]),
    )
    return found.format(gaps=_the_gaps(figures))


def _rank_doubled(_item: str, figures: _Figures) -> str:
    found = _("{gaps} share rank {rank}. Decide which of them needs outside help more.")
    return found.format(gaps=_the_gaps(figures), rank=figures["rank"])


def _rank_skipped(_item: str, figures: _Figures) -> str:
    found = ngettext(
        "No gap has rank {ranks}. If none is missing, nothing needs to be done.",
        "No gaps have the ranks {ranks}. If none is missing, nothing needs to be done.",
        len(figures["ranks"]),
    )
    return found.format(ranks=_listed(figures["ranks"]))


def _relevance_unasked(_item: str, figures: _Figures) -> str:
    found = ngettext(
        "{gaps} has no answer yet to: would it affect what we do with a partner? Say yes or no; a no stays private.",
        "{gaps} have no answer yet to: would it affect what we do with a partner? Say yes or no; a no stays private.",
        len(figures["places"]),
    )
    return found.format(gaps=_the_gaps(figures))


def _overclaiming(_item: str, figures: _Figures) -> str:
    found = _(
        "{count} of {of} offers rest on your own word alone, more than {most} of them. Add an example, a document or"
        " somebody who can vouch, or lower the strength: a promise that fails costs more than a modest one."
    )
    return found.format(count=len(figures["places"]), of=figures["of"], most=percent(figures["most"]))


def _evidence_missing(_item: str, figures: _Figures) -> str:
    found = ngettext(
        "{offers} rests on your own word alone. Is there an example, a document or somebody who can vouch?",
        "{offers} rest on your own word alone. Is there an example, a document or somebody who can vouch?",
        len(figures["places"]),
    )
    return found.format(offers=_the_offers(figures))


def _person_named(item: str, figures: _Figures) -> str:
    if figures["where"] == "opening":
        found = _("An answer to the opening questions seems to tell who a person is. Say what is missing, not who.")
    elif figures["where"] == "gap":
        found = _("The words of {thing}{name} seem to tell who a person is. Say what is missing, not who.")
    else:
        found = _("The words of {thing}{name} seem to tell who a person is. Say what you can give, not who gives it.")
    thing = _offer_name(figures["place"]) if figures["where"] == "offer" else _gap_name(figures["place"])
    return found.format(thing=thing, name=_in_brackets(item))


def _unconfirmed(item: str, figures: _Figures) -> str:
    others = [_named_code(code) for code in figures["alternatives"]]
    thing = _thing(figures)
    if not item:
        found = _("What {thing} is about was not recognised. Choose its capability.")
    elif others:
        found = _("Lichen took the words of {thing} to mean {guess}. Confirm it, or choose: {others}.")
    else:
        found = _("Lichen took the words of {thing} to mean {guess}. Confirm it, or choose another.")
    return found.format(thing=thing, guess=_named_code(item) if item else "", others="; ".join(others))


def _other_sense(item: str, figures: _Figures) -> str:
    if figures["sense"] == "gap":
        found = _("{thing}{name} reads like something you do well. If so, move it to the offers.")
    else:
        found = _("{thing}{name} reads like something you lack. If so, move it to the gaps.")
    return found.format(thing=capitalised(_thing(figures)), name=_in_brackets(item))


def _other_capability(item: str, figures: _Figures) -> str:
    found = _("The words of {thing}{name} read more like {suggested}. Is the code the right one?")
    return found.format(thing=_thing(figures), name=_in_brackets(item), suggested=_named_code(figures["suggested"]))


def _opening_unanswered(_item: str, figures: _Figures) -> str:
    asked = " ".join(prompt.question for prompt in opening_prompts() if prompt.id in figures["fields"])
    return _("Begin with what opens an audit: {asked}").format(asked=asked)


def _leadership_unsaid(_item: str, _figures: _Figures) -> str:
    return _("It is not said whether the leadership stands behind this audit. Ask before anybody outside hears of it.")


def _hours_short(_item: str, figures: _Figures) -> str:
    found = _(
        "The leadership team gave it {hours:g} hours. Take at least {wanted:g}: the first answers are the easy ones."
    )
    return found.format(**figures)


def _hours_unsaid(_item: str, figures: _Figures) -> str:
    return _("Say how long the leadership team worked on this; {wanted:g} hours is a good minimum.").format(**figures)


def _share_late(item: str, figures: _Figures) -> str:
    found = _("{gap}{name} is a sensitive one. Keep it for when a pilot has begun.")
    return found.format(gap=capitalised(_gap_name(figures["place"])), name=_in_brackets(item))


def _material_fact(item: str, figures: _Figures) -> str:
    found = _("{gap}{name} is something that a partner must know before money moves. Plan when you will tell it.")
    return found.format(gap=capitalised(_gap_name(figures["place"])), name=_in_brackets(item))


_SENTENCES: Mapping[FindingCode, Callable[[str, _Figures], str]] = MappingProxyType(
    {
        FindingCode.FEW_VULNERABILITIES: _few_vulnerabilities,
        FindingCode.NO_OFFERS: _no_offers,
        FindingCode.UNKNOWN_CODE: _unknown_code,
        FindingCode.UNRECOGNISED: _unrecognised,
        FindingCode.LEADERSHIP_NOT_ALIGNED: _leadership_not_aligned,
        FindingCode.NOTHING_RELEVANT: _nothing_relevant,
        FindingCode.SUPERSEDED_CODE: _superseded_code,
        FindingCode.GAP_DOUBLED: _gap_doubled,
        FindingCode.OFFER_DOUBLED: _offer_doubled,
        FindingCode.GAP_AND_STRENGTH: _gap_and_strength,
        FindingCode.RANK_MISSING: _rank_missing,
        FindingCode.RANK_DOUBLED: _rank_doubled,
        FindingCode.RANK_SKIPPED: _rank_skipped,
        FindingCode.RELEVANCE_UNASKED: _relevance_unasked,
        FindingCode.OVERCLAIMING: _overclaiming,
        FindingCode.EVIDENCE_MISSING: _evidence_missing,
        FindingCode.PERSON_NAMED: _person_named,
        FindingCode.UNCONFIRMED: _unconfirmed,
        FindingCode.OTHER_SENSE: _other_sense,
        FindingCode.OTHER_CAPABILITY: _other_capability,
        FindingCode.OPENING_UNANSWERED: _opening_unanswered,
        FindingCode.LEADERSHIP_UNSAID: _leadership_unsaid,
        FindingCode.HOURS_SHORT: _hours_short,
        FindingCode.HOURS_UNSAID: _hours_unsaid,
        FindingCode.SHARE_LATE: _share_late,
        FindingCode.MATERIAL_FACT: _material_fact,
    }
)


def _gap_name(place: int) -> str:
    """A gap by its place in the list, as a sentence has it."""
    return _("the {ordinal} gap in your list").format(ordinal=ordinal(place))


def _offer_name(place: int) -> str:
    """An offer by its place in the list, as a sentence has it."""
    return _("the {ordinal} offer in your list").format(ordinal=ordinal(place))


def _thing(figures: _Figures) -> str:
    return _gap_name(figures["place"]) if figures["sense"] == "gap" else _offer_name(figures["place"])


def _the_gaps(figures: _Figures) -> str:
    """Several gaps by their places, at the beginning of a sentence."""
    told = ngettext("The {ordinals} gap in your list", "The {ordinals} gaps in your list", len(figures["places"]))
    return told.format(ordinals=_listed(map(ordinal, figures["places"])))


def _the_offers(figures: _Figures) -> str:
    told = ngettext("The {ordinals} offer in your list", "The {ordinals} offers in your list", len(figures["places"]))
    return told.format(ordinals=_listed(map(ordinal, figures["places"])))


def _in_brackets(item: str) -> str:
    return f" ({within_sentence(item)})" if item else ""


def _named_code(code: str) -> str:
    return f"{within_sentence(code)} ({code})"


def _listed(things: Iterable[object]) -> str:
    words = [str(thing) for thing in things]
    return (
        _("{others} and {last}").format(others=", ".join(words[:-1]), last=words[-1]) if words[1:] else "".join(words)
    )
