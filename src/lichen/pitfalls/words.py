"""Warnings in words: what is the matter, by which figures, and what to do next; never a word that somebody confided."""

from __future__ import annotations

from collections.abc import Mapping

from lichen.brief.phrases import within_sentence
from lichen.language import _, ngettext
from lichen.paper import one_line
from lichen.pitfalls.rules import PitfallRules, Rule
from lichen.pitfalls.values import Alert, AlertFigure, AlertMeasure, FiresWhen, RuleBasis, RuleCode

__all__ = ["alert_words", "basis_words", "figure_words", "item_words", "next_step", "threshold_words"]

_C = RuleCode


def alert_words(alert: Alert, names: Mapping[str, str]) -> str:
    """What is the matter, in a sentence without figures.

    Args:
        alert: The warning.
        names: The partners' names by their ids.

    Example:
        >>> from lichen.pitfalls.values import AlertFigure
        >>> late = Alert(RuleCode.PROMISE_LATE, ("a", "b"), (AlertFigure(AlertMeasure.DAYS, 9, 0),))
        >>> alert_words(late, {"a": "Almond House", "b": "Birch Farm"})
        'Almond House is late with what it promised Birch Farm.'
    """
    told = [one_line(names.get(id) or id) for id in alert.concerns]
    who = {"one": (told or [""])[0], "other": (told[1:] or [""])[0], "all": _listed(told)}
    return _sentences()[alert.rule].format(**who, about=_about(alert))


def figure_words(figure: AlertFigure, rule: Rule | None = None) -> str:
    """A figure, and what it crossed.

    Args:
        figure: The figure.
        rule: The rule that it fired, for the threshold; None tells the figure alone.

    Example:
        >>> from lichen.pitfalls.rules import rule_of
        >>> figure_words(AlertFigure(AlertMeasure.DAYS, 21, 14), rule_of(RuleCode.REQUEST_LATE))
        '21 days (warns above 14)'
    """
    told = _measured(figure.measure, figure.value)
    if rule is not None and rule.code is _C.NEED_OUTGROWN and figure.measure is AlertMeasure.STEPS:
        return _("severity {number}").format(number=f"{figure.value:g}")
    if rule is None or figure.threshold is None or not rule.limit:
        return told
    return _("{told} ({threshold})").format(told=told, threshold=_crossing(rule, figure.measure, figure.threshold))


def threshold_words(rule: Rule, rules: PitfallRules | None = None) -> str:
    """From where on a rule warns.

    Args:
        rule: The rule.
        rules: The thresholds; None takes the usual.

    Example:
        >>> from lichen.pitfalls.rules import rule_of
        >>> threshold_words(rule_of(RuleCode.FEW_NEEDS)), threshold_words(rule_of(RuleCode.THREAT_PASSED))
        ('warns below 5', 'warns at the first')
    """
    if not rule.limit:
        return _("warns at the first")
    measure = AlertMeasure.SHARE if rule.limit in _SHARES else AlertMeasure.ITEMS
    return _crossing(rule, measure, rule.threshold(rules or PitfallRules()))


def basis_words(rule: Rule) -> str:
    """Where the threshold of a rule is from.

    Example:
        >>> from lichen.pitfalls.rules import rule_of
        >>> basis_words(rule_of(RuleCode.OPENED_MANY)), basis_words(rule_of(RuleCode.COVER_GAP))
        ("the article's pitfall 1", 'our proposal; see Casciaro and Piskorski (2005)')
    """
    if rule.basis is RuleBasis.ARTICLE:
        return _("the article's {source}").format(source=rule.source)
    if rule.basis is RuleBasis.STUDY or not rule.source:
        return rule.source or _("our proposal")
    return _("our proposal; see {source}").format(source=rule.source)


def item_words(codes: tuple[str, ...]) -> str:
    """The items of a warning, by the names of their capabilities."""
    return "; ".join(map(within_sentence, codes))


def next_step(code: RuleCode) -> str:
    """What to do next, in one sentence.

    Args:
        code: The rule.

    Example:
        >>> next_step(RuleCode.REQUEST_LATE)
        'Answer it this week: yes, no with a reason, or a counter-proposal.'
    """
    return _steps()[code]


_SHARES = frozenset({"cover_gap", "not_to_ally", "power", "unevidenced"})


def _crossing(rule: Rule, measure: AlertMeasure, threshold: float) -> str:
    number = f"{threshold:.0%}" if measure is AlertMeasure.SHARE else f"{threshold:g}"
    told = {
        FiresWhen.MORE_THAN: _("warns above {number}"),
        FiresWhen.AT_LEAST: _("warns from {number} on"),
        FiresWhen.LESS_THAN: _("warns below {number}"),
    }
    return told[rule.crossing].format(number=number)


def _measured(measure: AlertMeasure, value: float) -> str:
    number, count = f"{value:.0%}" if measure is AlertMeasure.SHARE else f"{round(value, 1):g}", round(value)
    told = {
        AlertMeasure.ITEMS: ngettext("{number} item", "{number} items", count),
        AlertMeasure.PARTNERS: ngettext("{number} partner", "{number} partners", count),
        AlertMeasure.PROMISES: ngettext("{number} promise", "{number} promises", count),
        AlertMeasure.TIMES: ngettext("{number} check-in in a row", "{number} check-ins in a row", count),
        AlertMeasure.QUARTERS: ngettext("{number} quarter", "{number} quarters", count),
        AlertMeasure.DAYS: ngettext("{number} day", "{number} days", count),
        AlertMeasure.MONTHS: ngettext("{number} month", "{number} months", count),
        AlertMeasure.HOURS: ngettext("{number} hour", "{number} hours", count),
        AlertMeasure.STEPS: ngettext("{number} step", "{number} steps", count),
        AlertMeasure.ANSWER: _("answered {number}"),
        AlertMeasure.POINTS: ngettext("{number} point", "{number} points", count),
        AlertMeasure.SHARE: "{number}",
        AlertMeasure.RATIO: _("{number} times the quickest"),
    }
    return told[measure].format(number=number)


def _listed(things: list[str]) -> str:
    if len(things) < 2:
        return "".join(things)
    return _("{others} and {last}").format(others=", ".join(things[:-1]), last=things[-1])


def _about(alert: Alert) -> str:
    """What a warning is about; a kind of trust or a slider by its own name."""
    kinds = {
        "vulnerability": _("telling what goes badly"),
        "integrity": _("meaning what is said"),
        "reliability": _("doing what was promised"),
        "ability": _("being good at one's part"),
        "shared_aims": _("wanting the same"),
        "power_sharing": _("deciding together"),
        "reciprocity": _("giving as much as taking"),
        "pace": _("pace"),
        "deciding": _("how decisions are made"),
        "planning": _("how far ahead one plans"),
        "openness": _("how bad news is told"),
    }
    is_kind = alert.rule in (_C.TRUST_KIND_GAP, _C.SLIDER_APART)
    return kinds.get(alert.about, alert.about) if is_kind else one_line(alert.about)


def _sentences() -> Mapping[RuleCode, str]:
    return {
        _C.MATERIAL_FACT_DUE: _("{one} has not told {other} a fact that must be known before money moves."),
        _C.NOT_TO_ALLY: _("{one} needs {other} so much more than the other way round that allying may not be wise."),
        _C.EXPECTATIONS_UNEXCHANGED: _("The pilot {about} has begun, and expectations were never exchanged: {all}."),
        _C.OPENED_MANY: _("{one} has opened much to {other}, and no pilot has begun."),
        _C.OPENED_IRRELEVANT: _("{one} has opened to {other} what does not touch their work together."),
        _C.OPENED_SENSITIVE: _("{one} has opened something sensitive to {other}, and no pilot has begun."),
        _C.OPENED_AHEAD: _("{one} has told {other} much more than it heard back."),
        _C.TRUST_LOW: _("{one} trusts {other} little."),
        _C.TRUST_GAP: _("{one} trusts {other} more than it is trusted."),
        _C.TRUST_KIND_GAP: _("{one} trusts {other} more than it is trusted in one thing: {about}."),
        _C.COVER_GAP: _("{one} needs {other} much more than the other way round."),
        _C.POWER_HELD: _("{one} holds most of the say under the voting rule."),
        _C.REQUEST_UNBRIDGED: _("{one} has waited long for {other} to answer “{about}”, and a side has no liaison."),
        _C.REQUEST_LATE: _("{one} has waited long for {other} to answer “{about}”."),
        _C.REPLIES_SLOWER: _("{one} takes much longer to answer than the quickest partner."),
        _C.CULTURE_APART: _("{one} and {other} say that they work very differently."),
        _C.SLIDER_APART: _("{one} and {other} lie far apart in one thing: {about}."),
        _C.INTERESTS_UNSAID: _("Goals are shared, and not said is what each wants for itself: {all}."),
        _C.WEAKNESS_UNTAKEN: _("The review of {about} found a gap that the audit of {one} does not say."),
        _C.PROMISE_LATE: _("{one} is late with what it promised {other}."),
        _C.CLAIM_ABOVE_EVIDENCE: _("{one} claims strengths well above the evidence it names."),
        _C.CLAIMS_UNEVIDENCED: _("{one} offers much that rests on its own word alone."),
        _C.OFFER_PROVED_WEAKER: _("In {about} an offer of {one} proved weaker than its audit says."),
        _C.STRENGTH_IS_GAP: _("{one} lists the same thing as a strength and as a gap."),
        _C.LEADERSHIP_NOT_ALIGNED: _("The leadership of {one} does not stand behind its audit."),
        _C.FEW_NEEDS: _("{one} has named few needs."),
        _C.LITTLE_TIME: _("The leadership team of {one} gave its audit little time."),
        _C.CHECKIN_MISSED: _("The alliance has gone without a check-in."),
        _C.SEVERITIES_UNCHANGED: _("{one} leaves its severities as they were, time after time."),
        _C.NO_NEW_NEEDS: _("Things improve, and nobody has named a new need."),
        _C.NEED_OUTGROWN: _("{one} may have outgrown a need."),
        _C.THREAT_PASSED: _("The threat “{about}” has passed, and little else passes both ways."),
        _C.THREAT_OLD: _("The threat “{about}” is ageing, and little else passes both ways."),
        _C.SINGLE_POINT: _("If {one} left, nobody could cover what {other} needs of it."),
        _C.STAND_IN_MISSING: _("Nobody stands in for the person who votes for {all}."),
    }


def _steps() -> Mapping[RuleCode, str]:
    return {
        _C.MATERIAL_FACT_DUE: _("Tell it before any money moves, and sign nothing until then."),
        _C.NOT_TO_ALLY: _(
            "Look for another partner or a ring of three; if you go on, give the weaker side a veto on its core needs."
        ),
        _C.EXPECTATIONS_UNEXCHANGED: _(
            "Pause, let each write unseen what it will give, decide and not do, and lay it open together."
        ),
        _C.OPENED_MANY: _("Open nothing more, and begin with one small thing that needs one of them."),
        _C.OPENED_IRRELEVANT: _("Withdraw it, and ask of each next one: does it affect what we do together?"),
        _C.OPENED_SENSITIVE: _("Talk about how it was received, and keep the next one until a pilot has begun."),
        _C.OPENED_AHEAD: _("Wait until the other side has told something of its own."),
        _C.TRUST_LOW: _("Ask what happened and what would help, and make the next step smaller."),
        _C.TRUST_GAP: _("Talk about the gap with both in the room, the one that trusts less speaking first."),
        _C.TRUST_KIND_GAP: _("Talk about that one thing, with an example from each side."),
        _C.COVER_GAP: _("Find something more that the other side needs, or give the weaker side a veto."),
        _C.POWER_HELD: _("Agree on one vote each, on consent, or on a veto for what touches a partner's core needs."),
        _C.REQUEST_UNBRIDGED: _("Name a liaison on each side, and answer it this week."),
        _C.REQUEST_LATE: _("Answer it this week: yes, no with a reason, or a counter-proposal."),
        _C.REPLIES_SLOWER: _("Agree on days that both can keep, and name who answers."),
        _C.CULTURE_APART: _("Say aloud how each works, and name a liaison on each side who knows both."),
        _C.SLIDER_APART: _("Agree on how it is done in what you do together."),
        _C.INTERESTS_UNSAID: _("Let each say what it wants for itself and what it would protect under a cut."),
        _C.WEAKNESS_UNTAKEN: _("Its owner looks at the proposal and says yes or no: lichen pilot review."),
        _C.PROMISE_LATE: _("Ask whether it can still be kept; if not, make it smaller together."),
        _C.CLAIM_ABOVE_EVIDENCE: _("Add an example, a document or somebody who can vouch, or lower the strength."),
        _C.CLAIMS_UNEVIDENCED: _("Begin with the offer that the pilot rests on: what shows that it is so?"),
        _C.OFFER_PROVED_WEAKER: _("Lower the strength in the audit, and plan with what was seen."),
        _C.STRENGTH_IS_GAP: _("Ask the team which is true, or choose narrower words for the two."),
        _C.LEADERSHIP_NOT_ALIGNED: _("Try a small pilot that needs only one need to be told, and win the leadership."),
        _C.FEW_NEEDS: _("Look for more, or try a small pilot that needs only one of them."),
        _C.LITTLE_TIME: _("Take another hour together, or try a small pilot on one need first."),
        _C.CHECKIN_MISSED: _("Hold one within two weeks: what is hardest for each of us now?"),
        _C.SEVERITIES_UNCHANGED: _("Ask for an example from the last month for each need."),
        _C.NO_NEW_NEEDS: _("Ask each: what is hard now that was not a year ago?"),
        _C.NEED_OUTGROWN: _("Ask: has this been outgrown, and what shall take its place?"),
        _C.THREAT_PASSED: _("Decide what holds you together now, or part well."),
        _C.THREAT_OLD: _("Agree on what each gives and receives once it has passed."),
        _C.SINGLE_POINT: _("Look for a second partner for the gravest of them, or agree on notice."),
        _C.STAND_IN_MISSING: _("Name one for each."),
    }
