"""What ``lichen charter votes`` prints of the rule, in plain words, and of what each partner weighs under it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from lichen.charter.votes.outcome import Outcome, VoteFinding
from lichen.charter.votes.record import DecisionRecord
from lichen.charter.votes.values import AgreedWeight, CountedFrom, VotingMethod, VotingRule
from lichen.charter.votes.weighing import Bound, VoteWeight, working_method
from lichen.cli.answers import Block, Column, Record
from lichen.cli.charter.outcomes import Names, finding_words, sentence_lines, share_words, threshold_words
from lichen.files.records import entry_of_record
from lichen.files.yaml_text import text_of
from lichen.language import _, ngettext

__all__ = ["keeping_blocks", "rule_block", "rule_lines", "weights_block"]

_TWO = 2


def rule_block(rule: VotingRule, names: Names, *, is_agreed: bool) -> Block:
    """How the partners decide, so that everybody knows before a vote.

    Args:
        rule: The charter's, or the default.
        names: The partners.
        is_agreed: Whether the charter has a rule.
    """
    agreed = (
        _("How you decide") if is_agreed else _("How you would decide: no rule is agreed on yet, this is the default")
    )
    record = {
        "kind": "rule",
        "is_agreed": is_agreed,
        "method": rule.method,
        "worked_as": working_method(rule, len(names)),
        "threshold": rule.threshold,
        "strictly_more": rule.strictly_more,
        "counted_from": rule.counted_from,
        "quorum": rule.heads_needed(len(names)),
        "sentence": _method_words(rule, len(names)),
        "reasons": list(_sentences(rule, names)),
    }
    return Block(
        heading=agreed, columns=(Column("", lambda record: record["sentence"]),), records=[record], below=sentence_lines
    )


def weights_block(record: DecisionRecord, rule: VotingRule, names: Names) -> Iterator[Block]:
    """What each partner weighs, with the arithmetic; nothing where no weights are counted.

    Args:
        record: The answer of ``decision_record``.
        rule: The charter's, or the default.
        names: The partners.
    """
    if working_method(rule, len(names)) is VotingMethod.CONSENT:
        return
    total = sum(each.weight for each in record.weights)
    risk = sum(each.risk for each in record.weights)
    is_by_risk = rule.method is VotingMethod.BY_RISK and not rule.weights
    arithmetic = Column(_("Likelihood × harm"), lambda row: _sum_words(row["terms"], row["risk"], risk))
    yield Block(
        heading=_("What each of you weighs"),
        columns=(
            Column(_("Partner"), lambda row: names[row["partner"]]),
            *((arithmetic,) if is_by_risk else ()),
            Column(_("Weight"), lambda row: f"{row['weight']:,}", number=True),
            Column(_("Share"), lambda row: share_words(row["weight"], total), number=True),
            *((Column("", lambda row: _bound_words(row["bound"])),) if is_by_risk else ()),
        ),
        records=[_weight_record(each) for each in record.weights],
        note=_weights_note(rule, len(names), total, nobody_risks=is_by_risk and risk == 0),
    )


def keeping_blocks(record: DecisionRecord, rule: VotingRule) -> Iterator[Block]:
    """The lines with which a motion keeps the rule and the weights of its opening; nothing where it has them.

    Args:
        record: The answer of ``decision_record``.
        rule: The charter's, or the default.
    """
    for outcome in record.outcomes:
        if VoteFinding.RULE_NOT_KEPT in outcome.findings:
            yield Block((), (), empty="\n".join(_keeping_lines(outcome, rule)))


def rule_lines(rule: VotingRule, indent: str) -> list[str]:
    """A rule as it stands in an alliance's file, its weights last; whatever is the default is left out.

    Args:
        rule: The rule.
        indent: What the line of its key begins with.
    """
    entry = entry_of_record(replace(rule, weights=()))
    weights = _weight_lines(rule.weights, f"{indent}  ") if rule.weights else []
    return [*_yaml_lines({"rule": entry}, indent), *weights]


def _weight_lines(weights: Sequence[AgreedWeight], indent: str) -> list[str]:
    """Weights as they stand in an alliance's file.

    Args:
        weights: One for each partner.
        indent: What the line of their key begins with.
    """
    return [f"{indent}weights:", *(f"{indent}  - {{partner: {one.partner}, weight: {one.weight}}}" for one in weights)]


def _yaml_lines(tree: Mapping[str, Any], indent: str) -> list[str]:
    return [f"{indent}{line}" for line in text_of(tree).decode().splitlines()]


def _keeping_lines(outcome: Outcome, rule: VotingRule) -> Iterator[str]:
    yield _("If the rule has not changed since the day it opened, let the motion have these lines:")
    yield f"    - id: {outcome.motion}"
    yield from rule_lines(replace(rule, weights=()), " " * 6)
    yield from _weight_lines([AgreedWeight(vote.weight.partner, vote.weight.weight) for vote in outcome.votes], " " * 6)


def _weight_record(weight: VoteWeight) -> Record:
    return {
        "kind": "weight",
        "partner": weight.partner,
        "terms": [[each.likelihood, each.harm] for each in weight.exposures],
        "risk": weight.risk,
        "share_of_risk": float(weight.share_of_risk),
        "bound": weight.bound,
        "weight": weight.weight,
        "share": float(weight.share),
        "exactly": str(weight.share),
    }


def _sum_words(terms: list[list[int]], risk: int, total: int) -> str:
    if not terms:
        return _("nothing declared")
    told = " + ".join(f"{likelihood}×{harm}" for likelihood, harm in terms)
    return _("{sum} = {risk} of {total}").format(sum=told, risk=risk, total=total)


def _bound_words(bound: Bound | None) -> str:
    return {Bound.CAP: _("at the cap"), Bound.FLOOR: _("at the floor"), None: ""}[bound]


def _weights_note(rule: VotingRule, partners: int, total: int, *, nobody_risks: bool) -> str:
    if nobody_risks:
        return finding_words(VoteFinding.NO_RISK_DECLARED)
    if rule.method is not VotingMethod.BY_RISK:
        return ""
    if rule.weights:
        return _("These weights were agreed on. What say they really give: lichen charter power")
    told = _(
        "Shares of the risk, none below {floor} or above {cap}; the weights are the same as whole numbers, {total} in"
        " all. What say they really give: lichen charter power"
    )
    return told.format(floor=_share_in_words(rule, partners), cap=rule.cap, total=f"{total:,}")


def _share_in_words(rule: VotingRule, partners: int) -> str:
    return rule.floor or str(rule.least(partners))


def _method_words(rule: VotingRule, partners: int) -> str:
    return {
        VotingMethod.CONSENT: _(
            "By consent: a motion passes when nobody has a reasoned objection. An objection says why, and which aim of"
            " the alliance would be harmed; to prefer something else is none."
        ),
        VotingMethod.ONE_EACH: _("One vote each."),
        VotingMethod.BY_RISK: _("By votes that follow what each of you risks, not what you give."),
    }[working_method(rule, partners)]


def _sentences(rule: VotingRule, names: Names) -> Iterator[str]:
    if len(names) == _TWO:
        yield finding_words(VoteFinding.TWO_PARTNERS)
    if working_method(rule, len(names)) is not VotingMethod.CONSENT:
        yield _threshold_sentence(rule)
    yield _("{needed} of {all} partners must take part, counted by heads.").format(
        needed=rule.heads_needed(len(names)), all=len(names)
    )
    yield _on_behalf_words(rule)
    for one in rule.delegates:
        told = _("{person} votes for {name}, or else {stand_in}.") if one.stand_in else _("{person} votes for {name}.")
        yield told.format(name=names.get(one.partner, one.partner), person=one.person, stand_in=one.stand_in)
    yield _(
        "Each may veto what touches its own declared core weaknesses, with a reason; it need not name the weakness. A"
        " veto stands until it is resolved or mediated. Nobody may veto that a partner leaves, what the law demands, or"
        " another's wish to renegotiate."
    )
    yield _("{subject} vetoes of one partner on one subject, or {year} in a year, go to mediation.").format(
        subject=rule.vetoes_on_a_subject, year=rule.vetoes_in_a_year
    )
    yield _times(rule)


def _threshold_sentence(rule: VotingRule) -> str:
    told = {
        CountedFrom.CAST: _("To pass, {bar} of the weight that is cast for or against; to abstain changes nothing."),
        CountedFrom.ALL: _("To pass, {bar} of everybody's weight; to abstain or stay away is as good as against."),
    }[rule.counted_from]
    return told.format(bar=threshold_words(rule))


def _on_behalf_words(rule: VotingRule) -> str:
    if rule.on_behalf:
        return _("A partner may vote on behalf of another that asked; it is recorded, and is no head for the quorum.")
    return _("Nobody votes on behalf of another partner.")


def _times(rule: VotingRule) -> str:
    review = ngettext(
        "What passes is looked at again after {months} month.",
        "What passes is looked at again after {months} months.",
        rule.review_after_months,
    ).format(months=rule.review_after_months)
    answer = ngettext(
        "A change that is asked for is answered within {days} day.",
        "A change that is asked for is answered within {days} days.",
        rule.answer_days,
    ).format(days=rule.answer_days)
    return f"{review} {answer}"
