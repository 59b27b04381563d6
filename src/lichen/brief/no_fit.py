"""What our page says where there is no reason to lead with a weakness: an answer, not an error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lichen.brief.pages import Items, Section, Text
from lichen.brief.phrases import from_us, within_sentence
from lichen.brief.values import Because, Brief, Way
from lichen.language import _, ngettext

__all__ = ["no_fit_sections"]


def no_fit_sections(brief: Brief) -> Iterator[Section]:
    """Why there is no fit, and what would make one."""
    yield Section(_("What we see"), (Text(_our_direction(brief)), Text(_their_direction(brief))))
    heading = _("What to do first") if brief.ours is Way.SILENT else _("What would make it one")
    yield Section(heading, (Items(tuple(_conditions(brief))),))


def _our_direction(brief: Brief) -> str:
    if brief.ours is Way.SILENT:
        return _silence(brief.left_out_counts)
    return _(
        "Nothing that they are known to offer eases a gap that you may name. Confessing a weakness to somebody who"
        " cannot help with it costs you something and gives them nothing to say."
    )


def _silence(left_out: Mapping[Because, int]) -> str:
    """Why there is nothing to lead with: nothing is listed, nothing is confirmed, or nothing may be named."""
    if not left_out:
        return _("Your audit names no gap, so there is nothing to lead with.")
    guesses = left_out.get(Because.UNCONFIRMED, 0)
    if not guesses:
        return _("None of the gaps in your audit may be named to them yet, so there is nothing to lead with.")
    told = ngettext(
        "Nothing that you could name to them is confirmed: {count} gap in your audit is only a guess at your words.",
        "Nothing that you could name to them is confirmed: {count} gaps in your audit are only guesses at your words.",
        guesses,
    )
    return told.format(count=guesses)


def _their_direction(brief: Brief) -> str:
    if brief.theirs is Way.MET:
        aims = "; ".join(within_sentence(back.aim) for back in brief.returns if back.aim is not None)
        return _(
            "You may be able to help them with this: {aims}. That would be a gift, and is best planned as one."
        ).format(aims=aims)
    if brief.theirs is Way.UNKNOWN:
        return _("What they lack is not known to you.")
    if brief.theirs is Way.SILENT:
        return _("Your audit names nothing that you could promise them: nothing is listed, or nothing is confirmed.")
    return _("What you offer eases nothing that they are known to lack either.")


def _conditions(brief: Brief) -> Iterator[str]:
    if brief.left_out_counts.get(Because.UNCONFIRMED) and brief.ours is Way.SILENT:
        yield _(
            "Confirm at least one capability in your audit, of a gap that is relevant to this and that they may hear."
            " lichen audit check says which are open."
        )
    elif brief.ours is Way.SILENT:
        yield _("You name at least one gap yourselves that is relevant to this and that they may hear.")
    if brief.missing:
        missing = "; ".join(within_sentence(code) for code in brief.missing)
        yield _("They turn out to have one of these, or to know somebody who has: {missing}.").format(missing=missing)
    if brief.theirs is Way.SILENT:
        yield _("You record, or confirm, something that you could offer.")
    elif brief.theirs is not Way.MET:
        offers = "; ".join(from_us(back) for back in brief.returns)
        yield _("They lack something that you can bring: {offers}.").format(offers=offers)
