"""The table by which a model is chosen: an answer, a model, what it does, why, and where that is from."""

from __future__ import annotations

from functools import partial

from lichen.advisor.values import AdviceEffect, AdviceRule, Asked, RuleOrigin
from lichen.charter.threat import Model
from lichen.language import _

__all__ = ["advice_rules"]

_STRENGTH, _THREAT, _UNCOMMON = Model.STRENGTH_BASED, Model.SHARED_THREAT, Model.UNCOMMON_COMPLEMENT
_FOR, _AGAINST, _VETO, _FIRST = AdviceEffect.FOR, AdviceEffect.AGAINST, AdviceEffect.VETO, AdviceEffect.CONDITION

_article = partial(AdviceRule, origin=RuleOrigin.ARTICLE)
_study = partial(AdviceRule, origin=RuleOrigin.STUDY)
_ours = partial(AdviceRule, origin=RuleOrigin.PROPOSAL)


def advice_rules() -> tuple[AdviceRule, ...]:
    """Every rule, in the order of the questions; the sentences are in the language being spoken.

    Source:
        The article's comparison of models ("best for", "avoid if"), its question 1 and question 3; studies as named;
        the weights are ours.
    """
    return (
        *_of_the_work(),
        *_of_the_reliance(),
        *_of_the_threat(),
        *_of_the_fit(),
        *_of_openness(),
        *_of_the_history(),
        *_of_the_house(),
        *_of_the_balance(),
        *_of_dangers(),
    )


def _of_the_work() -> tuple[AdviceRule, ...]:
    a, b, c = "Model A", "Model B", "Model C"
    horizon, work = Asked.HORIZON, Asked.WORK
    return (
        _article(horizon, "short", _STRENGTH, _FOR, 2, _("It works well for short work."), source=a),
        _article(horizon, "short", _THREAT, _FOR, 1, _("It works well for short bursts."), source=b),
        _article(horizon, "short", _UNCOMMON, _AGAINST, 1, _("It takes more time to build at first."), source=c),
        _article(horizon, "medium", _STRENGTH, _FOR, 1, _("It lasts from short to medium."), source="comparison table"),
        _article(horizon, "long", _STRENGTH, _AGAINST, 2, _("It is to be avoided for a long commitment."), source=a),
        _article(horizon, "long", _THREAT, _AGAINST, 2, _("It is to be avoided for a long partnership."), source=b),
        _article(horizon, "long", _UNCOMMON, _FOR, 2, _("It is meant for the long term."), source=c),
        _article(work, "simple", _STRENGTH, _FOR, 2, _("It is best for simple work with clear results."), source=a),
        _ours(
            work, "simple", _UNCOMMON, _AGAINST, 1, _("It asks more openness than simple work needs."), source="ours"
        ),
        _article(work, "complex", _STRENGTH, _AGAINST, 1, _("It is fragile when things get difficult."), source=a),
        _article(work, "complex", _UNCOMMON, _FOR, 2, _("It is meant for difficult work."), source=c),
    )


def _of_the_reliance() -> tuple[AdviceRule, ...]:
    a, c, reliance = "Model A", "Model C", Asked.RELIANCE
    return (
        _article(reliance, "little", _STRENGTH, _FOR, 1, _("It asks little trust."), source="comparison table"),
        _ours(
            reliance,
            "little",
            _UNCOMMON,
            _AGAINST,
            1,
            _("Baring weaknesses is not worth it for so little."),
            source="ours",
        ),
        _article(
            reliance, "deep", _STRENGTH, _AGAINST, 2, _("It is to be avoided where much trust is needed."), source=a
        ),
        _article(reliance, "deep", _UNCOMMON, _FOR, 2, _("It is meant for partners who rely on each other."), source=c),
    )


def _of_the_threat() -> tuple[AdviceRule, ...]:
    b, threat = "Model B", Asked.THREAT
    return (
        _ours(threat, "none", _THREAT, _VETO, 0, _("There is no threat that you share."), source="ours"),
        _article(threat, "passing", _THREAT, _FOR, 3, _("It is best for a campaign or a crisis."), source=b),
        _article(
            threat,
            "passing",
            _THREAT,
            _FIRST,
            0,
            _("Say now what shall hold you together once the threat has passed; such alliances tend to break up then."),
            source=b,
        ),
        _article(threat, "lasting", _THREAT, _FOR, 2, _("A threat from outside gives urgency and focus."), source=b),
        _article(
            threat, "lasting", _THREAT, _AGAINST, 1, _("It is hard to keep up for long, and puts others off."), source=b
        ),
    )


def _of_the_fit() -> tuple[AdviceRule, ...]:
    fit = Asked.FIT
    both = _("Each has what the other lacks.")
    return (
        _study(fit, "both-ways", _UNCOMMON, _FOR, 2, both, source="Gulati and Sytch 2007"),
        _article(fit, "both-ways", _STRENGTH, _FOR, 1, _("Your strengths complement each other."), source="Model A"),
        _study(
            fit,
            "one-way",
            _UNCOMMON,
            _VETO,
            0,
            _("Only one of you needs the other: that is help, not an exchange. Look for a partner who also needs you."),
            source="Casciaro and Piskorski 2005",
        ),
        _ours(fit, "one-way", _STRENGTH, _AGAINST, 1, _("Only one side would gain what it lacks."), source="ours"),
        _ours(
            fit,
            "neither",
            _UNCOMMON,
            _VETO,
            0,
            _("You lack the same: a gap that both share is not a match. Look for a third who has it."),
            source="ours",
        ),
        _ours(fit, "neither", _STRENGTH, _VETO, 0, _("Neither has a strength that the other lacks."), source="ours"),
    )


def _of_openness() -> tuple[AdviceRule, ...]:
    showing, shown = Asked.SHOWING, Asked.SHOWN
    trial = _("Begin with one weakness and a small pilot; if it is used against you, you learn it early.")
    return (
        _article(
            showing, "yes", _UNCOMMON, _FOR, 2, _("You are willing to show where you are weak."), source="Model C"
        ),
        _article(showing, "one", _UNCOMMON, _FOR, 1, _("You would show one weakness, which is enough."), source="Q1"),
        _article(showing, "one", _UNCOMMON, _FIRST, 0, trial, source="Q1"),
        _article(
            showing,
            "no",
            _UNCOMMON,
            _VETO,
            0,
            _("You would not show a weakness, and it rests on that."),
            source="Model C",
        ),
        _article(shown, "yes", _UNCOMMON, _FOR, 1, _("They would show theirs in return."), source="Model C"),
        _article(
            shown,
            "no",
            _UNCOMMON,
            _VETO,
            0,
            _("They would not show theirs; you would be open alone."),
            source="Model C",
        ),
    )


def _of_the_history() -> tuple[AdviceRule, ...]:
    history = Asked.HISTORY
    return (
        _article(
            history,
            "can-be-mended",
            None,
            _FIRST,
            0,
            _("Speak of what happened first, and try something small: two rivals of the article began so."),
            source="Case study 1",
        ),
        _article(
            history,
            "cannot",
            _UNCOMMON,
            _VETO,
            0,
            _("A distrust that cannot be overcome rules it out."),
            source="Model C",
        ),
        _article(
            history,
            "cannot",
            _THREAT,
            _AGAINST,
            2,
            _("Even a shared threat asks some trust."),
            source="comparison table",
        ),
        _article(
            history, "cannot", _STRENGTH, _AGAINST, 2, _("Even simple work asks some trust."), source="comparison table"
        ),
    )


def _of_the_house() -> tuple[AdviceRule, ...]:
    leadership, hours = Asked.LEADERSHIP, Asked.HOURS
    return (
        _article(leadership, "aligned", _UNCOMMON, _FOR, 1, _("Your leadership is of one mind."), source="Q1"),
        _article(
            leadership,
            "not-aligned",
            _UNCOMMON,
            _VETO,
            0,
            _("Your leadership is not of one mind, and openness begins at the top. Agree among yourselves first."),
            source="Q1",
        ),
        _ours(
            leadership, "not-aligned", _STRENGTH, _AGAINST, 1, _("Nobody could promise for all of you."), source="ours"
        ),
        _ours(
            leadership, "not-aligned", _THREAT, _AGAINST, 1, _("Nobody could promise for all of you."), source="ours"
        ),
        _article(hours, "yes", _UNCOMMON, _FOR, 1, _("You have the hours it takes."), source="Step 1"),
        _article(
            hours,
            "no",
            _UNCOMMON,
            _VETO,
            0,
            _("It takes two hours for an honest audit and time to meet; without them, wait until there are."),
            source="Step 1",
        ),
    )


def _of_the_balance() -> tuple[AdviceRule, ...]:
    balance = Asked.BALANCE
    small_side = _("Give the smaller side a veto over what touches its core weaknesses, or one vote each.")
    stand_off = _(
        "The imbalance is too great: such an alliance may not be worth pursuing. Find a partner nearer to you."
    )
    return (
        _article(balance, "unequal", None, _FIRST, 0, small_side, source="Q3"),
        _study(
            balance,
            "unequal",
            _UNCOMMON,
            _AGAINST,
            1,
            _("Uneven dependence harms what mutual dependence helps."),
            source="Casciaro and Piskorski 2005",
        ),
        _article(balance, "too-unequal", None, _VETO, 0, stand_off, source="Q3"),
    )


def _of_dangers() -> tuple[AdviceRule, ...]:
    facts, papers = Asked.FACTS, Asked.PAPERS
    show_it = _(
        "Something that they must know before money moves would stay hidden: solvency, misconduct, a regulator, a lost "
        "licence. Show it, or do not ally."
    )
    aloud = _("Agree first what is written down and what is only said: papers could be demanded of one of you.")
    return (
        _ours(facts, "hidden", None, _VETO, 0, show_it, source="ours"),
        _ours(papers, "settled", _UNCOMMON, _FIRST, 0, _("Keep to what you agreed to put on paper."), source="ours"),
        _ours(
            papers, "unsettled", _UNCOMMON, _AGAINST, 2, _("A weakness on paper could come out by law."), source="ours"
        ),
        _ours(papers, "unsettled", _UNCOMMON, _FIRST, 0, aloud, source="ours"),
    )
