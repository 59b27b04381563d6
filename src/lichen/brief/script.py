"""The script: five sentences to say aloud, the weakness first."""

from __future__ import annotations

from lichen.brief.phrases import from_us_aloud, months_long, own_words, under, within_sentence
from lichen.brief.values import Ask, Basis, Brief, FirstStep, Return
from lichen.language import _

__all__ = ["script"]


def script(brief: Brief) -> tuple[str, ...]:
    """What to say, in order; nothing where there is no reason to lead with a weakness.

    Our own words may be more than one sentence; the rest is one each.
    """
    if brief.lead is None or brief.step is None:
        return ()
    return (
        own_words(brief.lead),
        _they_may_help(brief.lead),
        _we_offer(brief.returns[0], brief) if brief.returns else _nothing_yet(),
        _small_step(brief.step),
        brief.words.reassure,
    )


def _they_may_help(lead: Ask) -> str:
    if lead.offer is None:
        return _("That is where we are weak, and I do not know whether you can help, or know who could.")
    if lead.source is not None:
        return _(
            "That is where we are weak, and from what I have read about you it looks as if you could help with it,"
            " though I may have read too much into it."
        )
    if lead.offer != lead.code:
        return _(
            "That is where we are weak, and from the outside it looks as if you have something close to what"
            " we lack: {offer}."
        ).format(offer=within_sentence(lead.offer))
    return _("That is where we are weak, and from the outside it looks as if you have what we lack.")


def _nothing_yet() -> str:
    return _("I cannot yet say what we could do for you, so I would rather ask: what do you find hard?")


def _we_offer(back: Return, brief: Brief) -> str:
    return _offered(back).format(
        offer=from_us_aloud(back),
        aim="" if back.aim is None else within_sentence(back.aim),
        called=brief.words.called,
    )


def _offered(back: Return) -> str:
    same = back.aim == back.offer
    match back.basis:
        case Basis.OPEN:
            return _("What we do have is {offer} but I do not know what you find hard, so I would rather ask.")
        case Basis.SECTOR if same:
            return _("What we do have is {offer} and people say that {called} often find that hard: is it so for you?")
        case Basis.SECTOR:
            return _("What we do have is {offer} and people say that {called} often find {aim} hard: is it so for you?")
        case Basis.SUGGESTED if same:
            return _("What we do have is {offer} and I wonder whether that is something you find hard yourselves.")
        case Basis.SUGGESTED:
            return _("What we do have is {offer} and I wonder whether {aim} is something you find hard.")
        case Basis.STATED if same:
            return _("What we do have is {offer} and I understand that you could use some of that.")
        case Basis.STATED:
            return _("What we do have is {offer} and it might help you with {aim}.")


def _small_step(step: FirstStep) -> str:
    return _(
        "Could we try one small thing: {activity}, within {months}, for less than {sum}, and then tell each other"
        " honestly whether it worked?"
    ).format(activity=step.activity, months=months_long(step.months), sum=under(step))
