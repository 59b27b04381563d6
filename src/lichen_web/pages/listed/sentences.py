"""Why a listed organisation is shown, in sentences; what is only guessed says so, and says from what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from lichen.audit.values import Offer, Source, Vulnerability
from lichen.brief.phrases import within_sentence
from lichen.fit.listing import Filter, World
from lichen.fit.matrix import Excelling, MapRow
from lichen.fit.pairs import NoFit
from lichen.fit.reasons import Reason
from lichen_web.alliances.access.listed import Note

__all__ = [
    "Candidate",
    "Item",
    "MapLine",
    "ToldNote",
    "Why",
    "filters_left_out",
    "items_told",
    "map_lines",
    "notes_told",
    "nothing_found",
    "sureness",
    "their_need",
    "whys",
    "worlds",
]


@dataclass(frozen=True, slots=True)
class Why:
    """One reason, for people to read."""

    sentence: str
    """The reason."""
    guess: str
    """How sure the guess is; empty for what they said themselves."""
    quote: str
    """The sentence in the public record."""
    url: str
    """Where to look it up, or empty."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a record suggests of an organisation, or that it told us."""

    code: str
    """Which capability."""
    name: str
    """What it is."""
    guess: str
    """How sure the guess is; empty for what they told us."""
    quote: str
    """The sentence in the public record."""
    source: str
    """Which record it is."""
    url: str
    """Where to look it up, or empty."""


@dataclass(frozen=True, slots=True)
class ToldNote:
    """A note, for people to read."""

    note: Note
    """It."""
    offers: str
    """What they said that they can give, or empty."""
    lacks: str
    """What they said that they lack, or empty."""
    sure: str
    """How sure it is."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One organisation in a line of the map."""

    id: str
    """Which."""
    name: str
    """Its name."""
    sector: str
    """What it is."""
    has: str
    """What it has, or seems to have."""
    guess: str
    """How sure the guess is; empty for what they said."""
    lacks: str
    """What it lacks, as far as anybody knows."""


@dataclass(frozen=True, slots=True)
class MapLine:
    """One of our gaps, and who excels at it."""

    place: int
    """1 is our heaviest."""
    gap: str
    """What we lack."""
    candidates: tuple[Candidate, ...]
    """Best first."""


def whys(reasons: Sequence[Reason], *, ours: bool, most: int = 99) -> tuple[Why, ...]:
    """Reasons as sentences: one for each thing that is offered, what counts most first.

    Args:
        reasons: Of a fit.
        ours: Whether the gaps are ours, met by them; else the other way round.
        most: So many at most.
    """
    first: dict[str, Reason] = {}
    for reason in reasons:
        first.setdefault(reason.offer if ours else reason.gap, reason)
    return tuple(_why(reason, ours=ours) for reason in list(first.values())[:most])


def their_need(reasons: Sequence[Reason], *, is_known: bool) -> str:
    """What they lack, in one sentence."""
    if not is_known:
        return _("What they lack: unknown. Ask.")
    if not reasons:
        return _("Nothing that they are known to lack is something that you offer.")
    return _why(reasons[0], ours=False).sentence


def items_told(items: Iterable[Offer | Vulnerability]) -> tuple[Item, ...]:
    """What an organisation has or lacks, each with where it stands."""
    return tuple(_item(each) for each in items)


def notes_told(notes: Iterable[Note]) -> tuple[ToldNote, ...]:
    """Notes with their codes in words."""
    sure = sureness()
    return tuple(ToldNote(note, _named(note.offers), _named(note.lacks), str(sure[note.evidence])) for note in notes)


def sureness() -> dict[int, str]:
    """How sure something is that was heard or seen, by the steps of the evidence ladder."""
    return {
        1: _("they said so themselves"),
        2: _("there is an example that one can name"),
        3: _("it stands in a document"),
        4: _("somebody else says so, too"),
        5: _("it was measured"),
    }


def map_lines(rows: Iterable[MapRow]) -> tuple[MapLine, ...]:
    """The map, line by line."""
    return tuple(
        MapLine(place, capfirst(within_sentence(row.gap.code)), tuple(map(_candidate, row.excelling)))
        for place, row in enumerate(rows, 1)
    )


def nothing_found(why: NoFit) -> tuple[str, str]:
    """Why nobody is found at all, and what would change that."""
    return {
        NoFit.NOBODY_ELSE: (
            _("Nobody is listed here yet."),
            _("Your host can list organisations from a public register, and you can add those that you know."),
        ),
        NoFit.OUR_GAPS_UNKNOWN: (
            _("None of your gaps can be looked at here, so nobody can be found who has what you lack."),
            _("Name what you lack in your audit; or look whom you could help."),
        ),
        NoFit.OUR_OFFERS_UNKNOWN: (
            _("None of your offers can be looked at here, so nobody can be found whom you could help."),
            _("Name what you can give in your audit, however small."),
        ),
        NoFit.NOBODY_HAS_WHAT_WE_LACK: (
            _("Nobody who is listed seems to have anything near what you lack."),
            _(
                "A note that somebody told you they have it would change that; so would another register, or another"
                " country’s. Add an organisation that you know."
            ),
        ),
        NoFit.THEIR_GAPS_UNKNOWN: (
            _("What those who are listed lack, nobody knows: public records hardly ever say it."),
            _("Ask one of those who could help you, and note what they told you. Then they are found here."),
        ),
        NoFit.NOBODY_LACKS_WHAT_WE_HAVE: (
            _("Nobody who is listed is known to lack anything that you offer."),
            _("Add an offer to your audit, or ask those who could help you what they lack, and note it."),
        ),
    }.get(why, (_("Nobody is found."), _("Look further afield, and in other sectors.")))


def filters_left_out(counts: Mapping[Filter, int]) -> tuple[str, ...]:
    """How many there would be without one filter, in sentences."""
    names = {
        Filter.SECTORS: _("whatever they are"),
        Filter.PLACE: _("wherever they are"),
        Filter.SIZES: _("of any size"),
        Filter.WORLD: _("however near or far from your own world"),
    }
    told = (
        ngettext("{number} is found {anyhow}.", "{number} are found {anyhow}.", count).format(
            number=f"{count:,}", anyhow=names[each]
        )
        for each, count in counts.items()
    )
    return tuple(told)


def worlds() -> dict[str, str]:
    """How far from our own world."""
    return {
        World.OWN: _("Our own world: the same kind of organisation as we"),
        World.OTHER: _("Another world: another kind of organisation, wherever it is"),
        World.FAR: _("Far from ours: another kind of organisation, and in another region or country"),
    }


def _why(reason: Reason, *, ours: bool) -> Why:
    source = reason.offer_source if ours else reason.gap_source
    guess = _guess(source)
    return Why(_sentence(reason, ours=ours), guess, source.sentence if source else "", source.url if source else "")


_FRAMES = {
    (True, True, False): gettext_noop("You lack {gap}; they seem to have it."),
    (True, True, True): gettext_noop("You lack {gap}; they seem to have {offer}, which is near it."),
    (True, False, False): gettext_noop("You lack {gap}; they told you that they have it."),
    (True, False, True): gettext_noop("You lack {gap}; they told you that they have {offer}, which is near it."),
    (False, True, False): gettext_noop("They seem to lack {gap}; you have it."),
    (False, True, True): gettext_noop("They seem to lack {gap}; you have {offer}, which is near it."),
    (False, False, False): gettext_noop("They told you that they lack {gap}; you have it."),
    (False, False, True): gettext_noop("They told you that they lack {gap}; you have {offer}, which is near it."),
}
"""How a reason is said: by whether the gap is ours, whether it is a guess, and whether what meets it is only near."""


def _sentence(reason: Reason, *, ours: bool) -> str:
    near = reason.gap != reason.offer
    suggested = reason.offer_suggested if ours else reason.gap_suggested
    return _(_FRAMES[ours, suggested, near]).format(
        gap=within_sentence(reason.gap), offer=within_sentence(reason.offer)
    )


def _guess(source: Source | None) -> str:
    return _("{percent}% sure").format(percent=round(source.confidence * 100)) if source else ""


def _item(item: Offer | Vulnerability) -> Item:
    source = item.source
    name = capfirst(within_sentence(item.code))
    if source is None:
        return Item(item.code, name, "", "", "", "")
    return Item(item.code, name, _guess(source), source.sentence, source.name, source.url)


def _named(code: str) -> str:
    return within_sentence(code) if code else ""


def _candidate(one: Excelling) -> Candidate:
    has = within_sentence(one.reason.offer)
    return Candidate(one.id, one.name, one.sector, has, _guess(one.reason.offer_source), "; ".join(_lacks(one)))


def _lacks(one: Excelling) -> Iterator[str]:
    if one.lacks is None:
        yield _("unknown: ask")
        return
    for lack in one.lacks[:3]:
        name = within_sentence(lack.code)
        yield _("perhaps {name}").format(name=name) if lack.suggested else name
