"""The article's cases in words: what Lichen would have said of each, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping

from lichen.advisor.values import AdviceVerdict, ModelAdvice
from lichen.advisor.words import model_words
from lichen.cases.summary import CasesSummary
from lichen.cases.telling import Bearing, CaseTold, Foresight, Foretold, Saying
from lichen.cases.values import CaseBasis, ToldAs
from lichen.charter.clause.triggers import Trigger
from lichen.cli.alliance.names import team_name
from lichen.cli.charter.clause_words import ground_words
from lichen.language import _, ngettext
from lichen.pitfalls.rules import rule_of
from lichen.pitfalls.words import alert_words, figure_words

__all__ = [
    "advised_words",
    "basis_words",
    "bearing_words",
    "caution",
    "foresight_words",
    "foretold_words",
    "said_figures",
    "said_words",
    "summary_words",
    "told_as_words",
]


def foresight_words(told: CaseTold) -> str:
    """What Lichen would have said of a case, in one line."""
    first = next((each for each in told.foretold if each.before), None)
    if first is None:
        return _silences()[told.foresight]
    if told.foresight is Foresight.PARTLY:
        warned = sum(bool(each.before) for each in told.foretold)
        partly = _("warned of {warned} of {all} troubles, the first {lead}")
        return partly.format(warned=warned, all=len(told.foretold), lead=_lead(first))
    return _("warned {lead}").format(lead=_lead(first))


def foretold_words(foretold: Foretold) -> str:
    """Whether a trouble would have been told of before, and by how long."""
    if not foretold.before:
        return _("Lichen would have said nothing of it before.")
    if foretold.rests_on_ours:
        return _("Lichen would have warned {lead}, by what we filled in ourselves.").format(lead=_lead(foretold))
    return _("Lichen would have warned {lead}.").format(lead=_lead(foretold))


def said_words(saying: Saying, names: Mapping[str, str]) -> str:
    """What would have been said."""
    if isinstance(saying.said, Trigger):
        told, trigger = _("{partner} has reason to ask for other terms: {ground}."), saying.said
        return told.format(partner=team_name(names, trigger.partner), ground=ground_words(trigger.ground, trigger.what))
    return alert_words(saying.said, names)


def said_figures(saying: Saying) -> str:
    """The figures that it rests on, and that they are ours where they are."""
    if isinstance(saying.said, Trigger):
        return ""
    rule = rule_of(saying.said.rule)
    figures = "; ".join(figure_words(each, rule) for each in saying.said.figures)
    return _("{figures}; figures of ours").format(figures=figures) if saying.rests_on_ours else figures


def told_as_words(told_as: ToldAs) -> str:
    """How the article tells of a case."""
    return {ToldAs.GOOD: _("good"), ToldAs.POOR: _("poor"), ToldAs.NOT_SAID: _("not said")}[told_as]


def basis_words(basis: CaseBasis) -> str:
    """Who says so."""
    return {
        CaseBasis.STATED: _("the article"),
        CaseBasis.INFERRED: _("inferred"),
        CaseBasis.OURS: _("ours"),
    }[basis]


def advised_words(advice: ModelAdvice) -> str:
    """Which model the advisor would have named."""
    if advice.model is not None:
        model = model_words(advice.model)
        return _("{model}, as far as it had been told").format(model=model) if advice.is_provisional else model
    none_now = advice.verdict is AdviceVerdict.NONE_NOW
    return _("none of these now") if none_now else _("too little is told to name a model")


def summary_words(found: CasesSummary) -> str:
    """All cases in a few sentences, the answer first."""
    told = _(
        "Of {came} troubles that came, Lichen would have warned before {came_warned}, and said nothing before "
        "{missed}. Of {averted} that were averted, it would have warned before {averted_warned}. {on_ours} of all "
        "these it would have known only by answers or days that the article does not give and we filled in. "
        "{nothing_told} warnings are of something of which the article tells nothing. {silence} more are left out: "
        "what they miss may be missing in the article alone."
    )
    return told.format(
        came=found.came,
        came_warned=found.came_warned,
        missed=found.came - found.came_warned,
        averted=found.averted,
        averted_warned=found.averted_warned,
        on_ours=found.on_ours,
        nothing_told=found.nothing_told,
        silence=found.silence,
    )


def caution() -> str:
    """What all of this shows, and what it does not."""
    return _(
        "The same people made the cases into files and made the rules, knowing how each case ended. So this shows that "
        "the two agree, and not that the rules are right. Every day is ours: the article gives none."
    )


def bearing_words(saying: Saying) -> str:
    """What a warning has to do with what became of the case; nothing where the trouble itself tells it."""
    if saying.came_of is not None:
        return saying.came_of.what
    if saying.bearing is Bearing.NOTHING_TOLD:
        return _("Of this the article tells nothing.")
    return ""


def _lead(foretold: Foretold) -> str:
    days = foretold.lead_days or 0
    if foretold.trouble.is_averted:
        told = ngettext("{days} day before it would have come", "{days} days before it would have come", days)
    else:
        told = ngettext("{days} day before", "{days} days before", days)
    return told.format(days=days)


def _silences() -> Mapping[Foresight, str]:
    return {
        Foresight.MISSED: _("nothing before the trouble"),
        Foresight.WARNED_WITHOUT: _("warned, and no trouble is told of"),
        Foresight.QUIET: _("nothing, and no trouble is told of"),
        Foresight.NOTHING_TO_KNOW: _("nothing: too little is told"),
    }
