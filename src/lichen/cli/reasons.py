"""Reasons as sentences: the library says why in codes and numbers, here they become words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.text import Text

from lichen.audit.values import Source
from lichen.brief.phrases import within_sentence
from lichen.cli.answers import Line, percent, styled
from lichen.fit.pairs import NoFit
from lichen.fit.reasons import Reason
from lichen.language import _, ngettext
from lichen.paper import one_line

__all__ = [
    "giver_sentence",
    "link_sentence",
    "no_fit_sentence",
    "quoted",
    "reason_lines",
    "reason_record",
    "reason_sentence",
    "strength_words",
]

_QUOTE_LENGTH = 400


def reason_sentence(reason: Reason, *, ours: bool) -> str:
    """Why one gap counts towards a fit, said to one of the two.

    Args:
        reason: One gap met through one offer.
        ours: Whether the gap is the reader's own, met by the other organisation; else the other way round.

    Example:
        >>> print(reason_sentence(Reason("ops.logistics", 5, 1, 0.5, 1.0, "ops.logistics", 4, 3, 1.0, 1.0), ours=True))
        You lack logistics and transport; they have it (4 of 5, a document).
    """
    lacking = {
        (True, False): _("You lack {gap}"),
        (True, True): _("You seem to lack {gap} (a guess)"),
        (False, False): _("They lack {gap}"),
        (False, True): _("They may lack {gap}"),
    }[ours, reason.gap_suggested]
    having = {
        (True, False, False): _("they have it ({how})"),
        (True, False, True): _("they have {offer}, near it ({how})"),
        (True, True, False): _("they seem to have it"),
        (True, True, True): _("they seem to have {offer}, near it"),
        (False, False, False): _("you have it ({how})"),
        (False, False, True): _("you have {offer}, near it ({how})"),
        (False, True, False): _("you seem to have it (a guess)"),
        (False, True, True): _("you seem to have {offer}, near it (a guess)"),
    }[ours, reason.offer_suggested, reason.gap != reason.offer]
    return _("{lacking}; {having}.").format(lacking=_filled(lacking, reason), having=_filled(having, reason))


def link_sentence(reason: Reason) -> str:
    """Why one organisation helps another, said to a third."""
    near = reason.gap != reason.offer
    if reason.offer_suggested:
        having = _filled(_("{gap}, it seems, by {offer}") if near else _("{gap}, it seems"), reason)
    else:
        having = _filled(_("{gap}, by {offer} ({how})") if near else _("{gap} ({how})"), reason)
    return _("perhaps {having}").format(having=having) if reason.gap_suggested else having


def giver_sentence(name: str, reason: Reason) -> str:
    """Who meets a gap, and by what if it is not the same capability."""
    near = reason.gap != reason.offer
    if reason.offer_suggested:
        return _filled(_("{name}, it seems, by {offer}") if near else _("{name}, it seems"), reason, name)
    return _filled(_("{name}, by {offer} ({how})") if near else _("{name} ({how})"), reason, name)


def reason_record(reason: Reason, sentence: str, *, shows_severity: bool) -> dict[str, Any]:
    """A reason as JSON prints it: every number from which the score can be worked out again, and the sentence.

    Args:
        reason: One gap met through one offer.
        sentence: The same in words.
        shows_severity: Whether severity and rank are told; they are the owner's own, and its weight is enough.
    """
    kept = asdict(reason) if shows_severity else {**asdict(reason), "severity": None, "rank": None}
    return {**kept, "met": reason.met, "contribution": reason.contribution, "sentence": sentence}


def reason_lines(reasons: Sequence[Mapping[str, Any]], sign: tuple[str, str], most: int) -> Iterator[Line]:
    """Reasons as lines of a table, one for each offer, with the sentences of a public record it rests on, each once.

    Args:
        reasons: What ``reason_record`` made.
        sign: What stands before each, and its style.
        most: So many offers are shown, the rest counted.
    """
    by_offer: dict[str, list[Mapping[str, Any]]] = {}
    for reason in reasons:
        by_offer.setdefault(reason["offer"], []).append(reason)
    told = set[str]()
    for first, *others in list(by_offer.values())[:most]:
        sentence = styled(first["sentence"])
        sentence.highlight_words([within_sentence(first["gap"])], "bold")
        yield styled(sign), sentence
        for source in filter(None, (first["offer_source"], first["gap_source"])):
            quotation = quoted(Source(**source))
            if quotation not in told:
                yield Text(), styled((quotation, "dim italic"))
            told.add(quotation)
        if others:
            names = ", ".join(within_sentence(reason["gap"]) for reason in others)
            yield Text(), styled(_("The same would help with {names}.").format(names=names))
    more = len(by_offer) - most
    if more > 0:
        yield Text(), styled((ngettext("and {number} more", "and {number} more", more).format(number=more), "dim"))


def quoted(source: Source) -> str:
    """The sentence of a public record that suggests an item, with how sure Lichen is of it.

    Example:
        >>> quoted(Source("Register, activities", "We run a food bank.", 0.6))
        '“We run a food bank.” (Register, activities; 60% sure)'
    """
    return _("“{sentence}” ({name}; {sure} sure)").format(
        sentence=one_line(source.sentence, _QUOTE_LENGTH), name=source.name, sure=percent(source.confidence)
    )


def strength_words(strength: int, evidence: int) -> str:
    """How strong an offer is, and what stands behind that.

    Args:
        strength: 1 to 5.
        evidence: 1 to 5, its step on the evidence ladder.

    Example:
        >>> strength_words(4, 3)
        '4 of 5, a document'
    """
    steps = (_("self-said"), _("an example"), _("a document"), _("vouched for"), _("measured"))
    return _("{strength} of 5, {evidence}").format(strength=strength, evidence=steps[evidence - 1])


def no_fit_sentence(why: NoFit) -> str:
    """Why there is no two-way fit, and what to try next."""
    return _no_fit_sentences()[why]


def _filled(frame: str, reason: Reason, name: str = "") -> str:
    how = strength_words(reason.strength, reason.evidence)
    return frame.format(name=name, gap=within_sentence(reason.gap), offer=within_sentence(reason.offer), how=how)


def _no_fit_sentences() -> Mapping[NoFit, str]:
    return {
        NoFit.NOBODY_ELSE: _("There is nobody to compare with. Give more files: --among FILE FILE …"),
        NoFit.OUR_GAPS_UNKNOWN: _(
            "Your file names no gaps, so nobody can meet them. Start with: lichen audit template my-audit.xlsx"
        ),
        NoFit.OUR_OFFERS_UNKNOWN: _(
            "Your file names no offers, so nobody would gain from you. Add what you could give, however small."
        ),
        NoFit.NOBODY_HAS_WHAT_WE_LACK: _(
            "Nobody here offers anything near what you lack. Look further afield, and in other sectors."
        ),
        NoFit.THEIR_GAPS_UNKNOWN: _(
            "Those who have what you lack have not said what they lack themselves. Ask them: see the list below."
        ),
        NoFit.NOBODY_LACKS_WHAT_WE_HAVE: _(
            "Nobody here is known to lack anything you offer. Add offers, or ask those below what they lack."
        ),
        NoFit.ONLY_ONE_WAY: _(
            "Some have what you lack, others lack what you have, but nobody both. Try a ring of three: lichen ring"
        ),
    }
