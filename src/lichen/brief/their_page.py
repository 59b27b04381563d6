"""The page to leave on the table: what we ask, what we bring and a small first step, as they would put it."""

from __future__ import annotations

from collections.abc import Iterator

from lichen.brief.pages import BLANK, Facts, Items, Page, Section, Text
from lichen.brief.phrases import (
    capitalised,
    filled,
    from_us,
    label,
    months_long,
    under,
    within_sentence,
    words_for_them,
)
from lichen.brief.values import Ask, Basis, Brief, FirstStep, Part, Return
from lichen.language import _
from lichen.paper import one_line, written_day

__all__ = ["their_page"]


def their_page(brief: Brief) -> Page | None:
    """The page for them; None where there is no reason to lead with a weakness."""
    if brief.lead is None or brief.step is None:
        return None
    return Page(
        whose="theirs",
        heading=_("One small thing to try"),
        below=_("{us} and {you}").format(us=brief.me.name, you=brief.partner.name),
        sections=(
            _what_we_lack(brief.lead),
            _what_we_bring(brief),
            _first_step(brief, brief.step),
            _two_questions(),
            *_report(brief, brief.step),
            _before_money(),
        ),
        foot=_("Nothing here is a promise, by either of us. Strike out whatever does not fit."),
    )


def _what_we_lack(lead: Ask) -> Section:
    return Section(_("What we cannot do alone"), (Text(words_for_them(lead)), Text(_why_you(lead))))


def _why_you(lead: Ask) -> str:
    if lead.offer is None:
        return _("We do not know whether you can help with that. You may know somebody who can.")
    offer = within_sentence(lead.offer)
    if lead.source is not None:
        return _(
            "We came to you because of what we read about you ({source}); it made us think of {offer}."
            " If we misread it, tell us."
        ).format(source=one_line(lead.source.name), offer=offer)
    if lead.offer != lead.code:
        return _(
            "We came to you because you seem to have something that would help: {offer}. If that is not so, tell us."
        ).format(offer=offer)
    return _("We came to you because you seem to have what we lack: {offer}. If that is not so, tell us.").format(
        offer=offer
    )


def _what_we_bring(brief: Brief) -> Section:
    if not brief.returns:
        return Section(_("What we could bring"), (Text(_("We would rather ask than guess. What do you find hard?")),))
    back = brief.returns[0]
    offer = from_us(back)
    return Section(
        _("What we could bring"),
        (Text(capitalised(offer) + "."), Text(_why_this(back, brief.words.called))),
    )


def _why_this(back: Return, called: str) -> str:
    return _asked(back).format(aim="" if back.aim is None else within_sentence(back.aim), called=called)


def _asked(back: Return) -> str:
    same = back.aim == back.offer
    match back.basis:
        case Basis.OPEN:
            return _("Whether that is of use to you, only you can say. What do you find hard?")
        case Basis.SECTOR:
            return _("People say that {called} often find {aim} hard. Is it so for you, or is it something else?")
        case Basis.SUGGESTED:
            return _("Is {aim} something you find hard? If it is something else, we would rather hear that.")
        case Basis.STATED if same:
            return _("We understand that you could use some of it. If something else is harder, tell us.")
        case Basis.STATED:
            return _("It might help you with {aim}. If something else is harder, tell us.")


def _first_step(brief: Brief, step: FirstStep) -> Section:
    what = step.activity
    rows = (
        (_("What"), capitalised(what)),
        (brief.me.name, _brought(step.ours)),
        (brief.partner.name, _brought(step.theirs)),
        (_("How long"), _("{months} at most").format(months=months_long(step.months))),
        (_("How much"), _("Less than {sum} in all; who pays for what is still to be agreed").format(sum=under(step))),
        (_("Where and when"), BLANK),
        (_("Who, on each side"), BLANK),
        (_("We look back on"), BLANK if step.look_back_on is None else written_day(step.look_back_on)),
    )
    return Section(_("A first step"), (Facts(rows),))


def _brought(part: Part | None) -> str:
    if part is None:
        return _("To be agreed")
    passes = "; ".join(part.passes_as)
    return _("{offer} ({passes})").format(offer=label(part.code), passes=passes)


def _two_questions() -> Section:
    return Section(
        _("Two questions afterwards"),
        (
            Items(
                (
                    _("Did the exchange work, for each of us?"),
                    _("Did a weakness come to light that neither of us had named?"),
                ),
                numbered=True,
            ),
        ),
    )


def _report(brief: Brief, step: FirstStep) -> Iterator[Section]:
    if not brief.returns:
        return
    names = {
        "us": brief.me.name,
        "you": brief.partner.name,
        "step": step.activity,
        "gain": within_sentence(brief.returns[0].offer),
        "months": months_long(step.months),
    }
    heading = _("What you could tell your {board}").format(board=brief.words.answers_to)
    yield Section(heading, (Text("“" + filled(brief.words.report, names) + "”"),))


def _before_money() -> Section:
    return Section(
        _("Before any money moves"),
        (
            Text(
                _(
                    "Each of us tells the other of anything that could stop it from doing its part: money about"
                    " to run out, a regulator's action, a lost licence. That comes before everything else on this page."
                )
            ),
        ),
    )
