"""What a review found, in words, each with the place where it can be put right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lichen.audit.findings import Finding, FindingCode, Weight
from lichen.audit.prompts import opening_prompts
from lichen.audit.review import review
from lichen_web.alliances.access.audit import OwnAudit, OwnItem, OwnOffer
from lichen_web.pages.audit.words import label_of

__all__ = ["Missing", "missing_from"]

_SHOWN_ALREADY = {FindingCode.RANK_SKIPPED, FindingCode.SHARE_LATE}
"""What the page shows by itself: the places count through, and each gap says how early it is shown."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that an audit still lacks, or that is worth another look."""

    words: str
    """What, and why it matters."""
    label: str
    """On the link to where it can be put right, or read by who may not."""
    address: str
    """Where that is."""
    is_grave: bool
    """Whether nobody should be approached before it is settled."""


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words, and where it leads: to an item, or to a page by its name."""

    words: str
    label: str
    items: Sequence[OwnItem | OwnOffer] = ()
    page: str = ""


def missing_from(own: OwnAudit, *, may_write: bool) -> list[Missing]:
    """Everything that is missing from an audit or doubtful in it, the heaviest first.

    Args:
        own: All of it.
        may_write: Whether whoever looks can put it right; else each thing leads to where it is read.
    """
    found = [finding for finding in review(own.audit) if finding.code not in _SHOWN_ALREADY]
    return [_missing(own, finding, may_write=may_write) for finding in found]


def _missing(own: OwnAudit, finding: Finding, *, may_write: bool) -> Missing:
    told = _SAYING[finding.code](own, finding.item, finding.figures)
    audit = reverse("audit", args=[own.id])
    item = told.items[0] if told.items else None
    if not may_write:
        label, address = _("Look at it"), f"{audit}#item-{item.id}" if item else audit
    elif item is None:
        label, address = told.label, reverse(told.page, args=[own.id])
    else:
        act = "change_offer" if isinstance(item, OwnOffer) else "change_vulnerability"
        label, address = told.label, reverse(act, args=[own.id, item.id])
    return Missing(told.words, label, address, is_grave=finding.weight is Weight.STOP)


# --- In words --------------------------------------------------------------------------------------------------------

_Figures = Mapping[str, Any]


def _items(own: OwnAudit, figures: _Figures, *, are_offers: bool | None = None) -> list[OwnItem | OwnOffer]:
    """The items that a finding is about, by their places."""
    if are_offers is None:
        are_offers = figures.get("sense") == "strength" or figures.get("where") == "offer"
    standing: Sequence[OwnItem | OwnOffer] = own.offers if are_offers else own.gaps
    places = figures.get("places") or (figures["place"],)
    return [standing[place - 1] for place in places]


def _name(item: OwnItem | OwnOffer) -> str:
    return f"“{label_of(item.code)}”"


def _few(_own: OwnAudit, _item: str, figures: _Figures) -> Told:
    missing = figures["wanted"] - figures["count"]
    words = ngettext(
        "{n} more gap makes an honest audit: the pattern shows in the later ones.",
        "{n} more gaps make an honest audit: the pattern shows in the later ones.",
        missing,
    )
    return Told(words.format(n=missing), _("Name a gap"), page="record_vulnerability")


def _no_offers(_own: OwnAudit, _item: str, _figures: _Figures) -> Told:
    words = _("Nothing is offered yet. What do others already come to you for? A partner has gaps, too.")
    return Told(words, _("Name an offer"), page="record_offer")


def _unrecognised(own: OwnAudit, _item: str, figures: _Figures) -> Told:
    words = _("It is not said what one of them is about, so nobody can be found for it yet.")
    return Told(words, _("Say what it is about"), _items(own, figures))


def _superseded(own: OwnAudit, _item: str, figures: _Figures) -> Told:
    words = _("The vocabulary has changed since one of them was named.")
    return Told(words, _("Choose again what it is about"), _items(own, figures))


def _both_ways(own: OwnAudit, item: str, _figures: _Figures) -> Told:
    words = _(
        "{about} stands among your gaps and among your offers. Talk about which is true, or choose narrower ones."
    )
    return Told(
        words.format(about=f"“{label_of(item)}”"),
        _("Look at the gap"),
        [each for each in own.gaps if each.code == item],
    )


def _doubled(own: OwnAudit, item: str, figures: _Figures, *, are_offers: bool) -> Told:
    words = _("{about} stands there twice. Keep one.").format(about=f"“{label_of(item)}”")
    return Told(words, _("Look at it"), _items(own, figures, are_offers=are_offers))


def _unranked(_own: OwnAudit, _item: str, _figures: _Figures) -> Told:
    words = _("The gaps are not in order yet: which of them needs outside help most?")
    return Told(words, _("Put them in order"), page="rank_vulnerabilities")


def _relevance(own: OwnAudit, _item: str, figures: _Figures) -> Told:
    items = _items(own, figures, are_offers=False)
    words = ngettext(
        "Of {n} gap it is not said whether it touches what you could do with a partner, beginning with {about}.",
        "Of {n} gaps it is not said whether they touch what you could do with a partner, beginning with {about}.",
        len(items),
    )
    return Told(words.format(n=len(items), about=_name(items[0])), _("Answer for this one"), items)


def _nothing_relevant(own: OwnAudit, _item: str, _figures: _Figures) -> Told:
    words = _("No gap touches what you could do with a partner, so there is nothing to begin a conversation with.")
    return Told(words, _("Ask of each again"), own.gaps[:1])


def _evidence(own: OwnAudit, _item: str, figures: _Figures) -> Told:
    items = _items(own, figures, are_offers=True)
    words = ngettext(
        "{n} offer rests on your own word alone, beginning with {about}. Is there an example, or somebody to vouch?",
        "{n} offers rest on your own word alone, beginning with {about}. Is there an example, or somebody to vouch?",
        len(items),
    )
    return Told(words.format(n=len(items), about=_name(items[0])), _("Say what it rests on"), items)


def _person(own: OwnAudit, _item: str, figures: _Figures) -> Told:
    if figures["where"] == "opening":
        words = _("An answer to the opening questions seems to tell who a person is. Say what is missing, not who.")
        return Told(words, _("Read it again"), page="record_sitting")
    items = _items(own, figures)
    words = _("The words of {about} seem to tell who a person is. Say what, not who.").format(about=_name(items[0]))
    return Told(words, _("Read it again"), items)


def _unconfirmed(own: OwnAudit, _item: str, figures: _Figures) -> Told:
    items = _items(own, figures)
    words = _("Lichen took the words of one to mean {about}. Is that right?").format(about=_name(items[0]))
    return Told(words, _("Confirm or correct it"), items)


def _other_sense(own: OwnAudit, _item: str, figures: _Figures) -> Told:
    items = _items(own, figures)
    reads = (
        _("{about} reads like something that you do well. If so, it is an offer.")
        if figures["sense"] == "gap"
        else _("{about} reads like something that you lack. If so, it is a gap.")
    )
    return Told(reads.format(about=_name(items[0])), _("Look at it"), items)


def _other_capability(own: OwnAudit, _item: str, figures: _Figures) -> Told:
    items = _items(own, figures)
    words = _("The words of {about} read more like “{other}”.")
    told = words.format(about=_name(items[0]), other=label_of(figures["suggested"]))
    return Told(told, _("Look at it"), items)


def _opening(_own: OwnAudit, _item: str, figures: _Figures) -> Told:
    asked = " ".join(prompt.question for prompt in opening_prompts() if prompt.id in figures["fields"])
    return Told(_("An audit opens with this: {asked}").format(asked=asked), _("Answer it"), page="record_sitting")


def _not_aligned(_own: OwnAudit, _item: str, _figures: _Figures) -> Told:
    words = _("Your leadership does not stand behind this yet. Win it first, or begin with a pilot on a single gap.")
    return Told(words, _("Say how it is now"), page="record_sitting")


def _aligned_unsaid(_own: OwnAudit, _item: str, _figures: _Figures) -> Told:
    words = _("Does your leadership stand behind this audit? Ask before anybody outside hears of it.")
    return Told(words, _("Say so"), page="record_sitting")


def _hours(_own: OwnAudit, _item: str, figures: _Figures) -> Told:
    words = _("Two hours of your leadership are a good minimum: the first answers are the easy ones.")
    return Told(words, _("Say how long it took"), page="record_sitting")


def _material(own: OwnAudit, item: str, _figures: _Figures) -> Told:
    words = _("{about} is something that a partner must know before money moves. Plan when you will tell it.")
    told = words.format(about=f"“{label_of(item)}”")
    return Told(told, _("Look at it"), [each for each in own.gaps if each.code == item])


_SAYING: Mapping[FindingCode, Callable[[OwnAudit, str, _Figures], Told]] = MappingProxyType(
    {
        FindingCode.FEW_VULNERABILITIES: _few,
        FindingCode.NO_OFFERS: _no_offers,
        FindingCode.UNKNOWN_CODE: _superseded,
        FindingCode.UNRECOGNISED: _unrecognised,
        FindingCode.LEADERSHIP_NOT_ALIGNED: _not_aligned,
        FindingCode.NOTHING_RELEVANT: _nothing_relevant,
        FindingCode.SUPERSEDED_CODE: _superseded,
        FindingCode.GAP_DOUBLED: lambda own, item, figures: _doubled(own, item, figures, are_offers=False),
        FindingCode.OFFER_DOUBLED: lambda own, item, figures: _doubled(own, item, figures, are_offers=True),
        FindingCode.GAP_AND_STRENGTH: _both_ways,
        FindingCode.RANK_MISSING: _unranked,
        FindingCode.RANK_DOUBLED: _unranked,
        FindingCode.RELEVANCE_UNASKED: _relevance,
        FindingCode.OVERCLAIMING: _evidence,
        FindingCode.EVIDENCE_MISSING: _evidence,
        FindingCode.PERSON_NAMED: _person,
        FindingCode.UNCONFIRMED: _unconfirmed,
        FindingCode.OTHER_SENSE: _other_sense,
        FindingCode.OTHER_CAPABILITY: _other_capability,
        FindingCode.OPENING_UNANSWERED: _opening,
        FindingCode.LEADERSHIP_UNSAID: _aligned_unsaid,
        FindingCode.HOURS_SHORT: _hours,
        FindingCode.HOURS_UNSAID: _hours,
        FindingCode.MATERIAL_FACT: _material,
    }
)
"""How each finding is said; those that are shown already are not."""
