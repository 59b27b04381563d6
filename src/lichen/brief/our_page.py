"""The page to keep in our own hand: what to say, why, what may follow and what was kept back."""

from __future__ import annotations

from collections.abc import Iterator

from lichen.audit.names import people_named
from lichen.brief.no_fit import no_fit_sections
from lichen.brief.pages import Block, Facts, Items, Page, Section, Speech, Text
from lichen.brief.phrases import capitalised, from_us, label, own_words, within_sentence
from lichen.brief.script import script
from lichen.brief.values import Ask, Basis, Because, Brief, Return, Way
from lichen.language import _, ngettext
from lichen.paper import one_line
from lichen.scales import Relevance

__all__ = ["our_page"]


def our_page(brief: Brief) -> Page:
    """The page for us; where there is no reason to lead with a weakness it says so, and what would change that."""
    fits = brief.lead is not None
    ready = brief.ours is not Way.SILENT
    heading = _("No fit yet with {partner}") if ready else _("Not ready to talk with {partner}")
    if fits:
        heading = _("First conversation with {partner}")
    below = (
        _("For {us}, to keep in your own hand. The other page is for them: print it on a sheet of its own.")
        if fits
        else _("For {us} alone.")
    )
    sections = _sections(brief, brief.lead) if brief.lead is not None else no_fit_sections(brief)
    return Page(
        whose="ours",
        heading=heading.format(partner=brief.partner.name),
        below=below.format(us=brief.me.name),
        sections=(*sections, *_kept_back(brief), _before_money(brief)),
        foot=_("Made from your audit and from what is known of them. It suggests; what you say is yours to decide."),
    )


def _sections(brief: Brief, lead: Ask) -> Iterator[Section]:
    yield Section(_("Say, more or less"), (Speech(script(brief)), *_notes(brief, lead)))
    if brief.theirs is not Way.MET:
        yield Section(_("Not yet an alliance"), (Text(_one_way(brief.theirs)),))
    yield Section(_("Why this one"), (Facts((*_theirs_for_ours(lead), *_ours_for_theirs(brief))),))
    yield from _then(brief)
    words = brief.words
    yield Section(
        _("How {called} count value").format(called=words.called),
        (
            Facts(
                (
                    (_("What counts"), "; ".join(words.counts)),
                    (_("Asking"), words.ask),
                    (_("Offering"), words.offer),
                    (_("Avoid"), words.avoid),
                )
            ),
        ),
    )


def _notes(brief: Brief, lead: Ask) -> Iterator[Block]:
    yield Text(_("Then stop, and let them answer."), quiet=True)
    if not one_line(lead.words):
        yield Text(
            _("The first sentence is a suggestion. Put it in your own words: the more exact, the better."), quiet=True
        )
    if any(people_named(ask.words) for ask in (lead, *brief.later)):
        yield Text(_("Your own words seem to name a person. Say it without the name."), quiet=True)
    if any(ask.relevance is Relevance.UNASKED for ask in (lead, *brief.later)):
        yield Text(
            _(
                "Not everything on this page has been through the relevance filter. Ask of each, before you go:"
                " does it affect what we could do together?"
            ),
            quiet=True,
        )


def _one_way(theirs: Way) -> str:
    if theirs is Way.SILENT:
        return _("Your audit names nothing that you could give back. Without that it is a favour, not an alliance.")
    if theirs is Way.UNMET:
        return _(
            "What you offer eases nothing that they are known to lack. Without that it is a favour, not an"
            " alliance: ask what they find hard before you ask for more."
        )
    return _("Nobody knows what they lack. It becomes an alliance when they name something that you can ease.")


def _theirs_for_ours(lead: Ask) -> Iterator[tuple[str, str]]:
    yield _("You lack"), label(lead.code)
    if lead.offer is None or lead.share is None or lead.evidence is None:
        yield _("They may have"), _("Nobody knows what they have. Ask.")
        return
    found = _("{offer}. {match}, going by {evidence}.").format(
        offer=label(lead.offer), match=_match(lead.share), evidence=_evidence(lead.evidence)
    )
    if lead.source is None:
        yield (_("They have") if lead.stated else _("They may have")), found
        return
    yield (
        _("They may have"),
        _("{found} Suggested by “{sentence}” ({source}).").format(
            found=found, sentence=one_line(lead.source.sentence, 120), source=one_line(lead.source.name)
        ),
    )


def _ours_for_theirs(brief: Brief) -> Iterator[tuple[str, str]]:
    for back in brief.returns[:1]:
        yield _("You can bring"), capitalised(from_us(back))
        yield (_("They lack") if back.basis is Basis.STATED else _("They may lack")), _their_gap(back, brief)


def _their_gap(back: Return, brief: Brief) -> str:
    if back.aim is None:
        return _open_question(brief)
    aim = label(back.aim)
    if back.basis is Basis.STATED:
        return _("{aim}. They have said so.").format(aim=aim)
    if back.basis is Basis.SUGGESTED:
        source = one_line(back.source)
        return _("{aim}? Suggested by {source}. Ask; do not tell.").format(aim=aim, source=source)
    return _("{aim}? Often said of {called} ({who}). Ask; do not tell.").format(
        aim=aim, called=brief.words.called, who=brief.words.says_who
    )


def _open_question(brief: Brief) -> str:
    """What to ask, and what to listen for where their kind is often said to lack something."""
    if brief.theirs is not Way.UNKNOWN:
        return _("Nothing of the kind, going by what they have said. Ask what else is hard.")
    ask = _("Nobody knows what they lack. Ask.")
    if not brief.words.often_lacks:
        return ask
    often = "; ".join(within_sentence(code) for code in brief.words.often_lacks)
    return _("{ask} Often said of {called}: {often} ({who}).").format(
        ask=ask, called=brief.words.called, often=often, who=brief.words.says_who
    )


def _match(share: float) -> str:
    if share >= 0.5:
        return _("A good match on paper")
    return _("A partial match on paper") if share >= 0.25 else _("A slight match on paper")


def _evidence(step: int) -> str:
    ladder = (
        _("their own word"),
        _("a named example"),
        _("a document"),
        _("a third party"),
        _("a measured result"),
    )
    return ladder[step - 1]


def _then(brief: Brief) -> Iterator[Section]:
    if brief.later:
        rule = Text(_("In this order, one for one, never more than one ahead of them:"))
        later = Items(tuple(own_words(ask) for ask in brief.later), numbered=True)
        yield Section(_("Only if they answer with one of theirs"), (rule, later))
    if brief.returns[1:]:
        yield Section(_("What else you could bring"), (Items(tuple(_else(back) for back in brief.returns[1:])),))


def _else(back: Return) -> str:
    offer = capitalised(from_us(back))
    if back.aim is None:
        return offer
    if back.aim == back.offer:
        return _("{offer}, if they speak of that").format(offer=offer)
    return _("{offer}, if they speak of {aim}").format(offer=offer, aim=within_sentence(back.aim))


def _kept_back(brief: Brief) -> Iterator[Section]:
    if not brief.left_out:
        return
    counted = "; ".join(_counted(because, count) for because, count in brief.left_out_counts.items())
    yield Section(_("Left out here"), (Text(_("{counted}.").format(counted=counted)),))


def _counted(because: Because, count: int) -> str:
    reasons = {
        Because.SENSITIVE: _("high sensitivity, so not before a pilot starts"),
        Because.IRRELEVANT: _("not relevant to what you could do together"),
        Because.SUGGESTED: _("suggested by a record, and not stated by you"),
        Because.HUSHED: _("the same as one that stays unsaid"),
        Because.UNCONFIRMED: _("not yet confirmed by you"),
        Because.UNMET: _("nothing that they seem able to help with"),
        Because.LATER: _("kept for another day"),
    }
    return ngettext("{count} gap ({reason})", "{count} gaps ({reason})", count).format(
        count=count, reason=reasons[because]
    )


def _before_money(brief: Brief) -> Section:
    always = _(
        "Money about to run out, a regulator's action, a lost licence: each side tells the other before any money"
        " moves, and that comes before everything else here."
    )
    if not brief.material_fact:
        return Section(_("Before any money moves"), (Text(always),))
    held = _(
        "Your own audit holds something that may be of this kind. It is not named here. Decide with your"
        " leadership how you will tell them; until you have, agree to no money in either direction."
    )
    return Section(_("Before any money moves"), (Text(always), Text(held)))
