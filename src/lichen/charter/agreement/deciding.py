"""Sections 10 to 15 of the charter: who decides, what is at risk, who may say no, and who comes and goes."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from lichen.charter.agreement.given import Given
from lichen.charter.agreement.phrases import (
    blank,
    days_long,
    months_long,
    reference,
    said_or,
    share_of_parties,
    times,
)
from lichen.charter.agreement.terms import SectionName
from lichen.charter.agreement.values import Line, Row, Table
from lichen.charter.power.games import WeightedGame
from lichen.charter.power.indices import shapley_shubik
from lichen.charter.votes.values import CountedFrom, VotingMethod, VotingRule
from lichen.charter.votes.weighing import vote_weights, working_method
from lichen.language import _
from lichen.paper import one_line

__all__ = ["conflicts_of_interest", "decisions", "membership", "officers", "risks", "vetoes"]

_TWO = 2


def decisions(given: Given) -> Iterator[Line | Table]:
    """How the parties decide."""
    rule, many = given.charter.rule, len(given.partners)
    if rule is None or many < _TWO:
        yield Line(blank(_("how the parties decide: by consent, one vote each, or votes by risk")))
        return
    method = working_method(rule, many)
    yield from _method(method, rule, many)
    if method is VotingMethod.BY_RISK:
        yield from _weights(given, rule)
    yield Line(_quorum(rule.heads_needed(many), many))
    if rule.on_behalf:
        yield Line(_("A party may ask another to vote on its behalf. Each such vote is recorded as one."))
    yield Line(_("Each decision is looked at again after {time}.").format(time=months_long(rule.review_after_months)))
    yield Line(
        _(
            "A party that is asked for a change answers within {time}. The liaisons on both sides help ({annex})."
        ).format(time=days_long(rule.answer_days), annex=reference(SectionName.CONTACTS_ANNEX))
    )


def risks(given: Given) -> Iterator[Line | Table]:
    """What each party risks by being in the alliance."""
    counted = [exposure for exposure in given.charter.exposures if exposure.counts_on(given.on)]
    rows = tuple(
        Row(
            (
                given.called(exposure.partner),
                one_line(exposure.risk, None) or _("(not told here)"),
                str(exposure.likelihood),
                str(exposure.harm),
                str(exposure.size),
            ),
            (exposure.partner,),
        )
        for exposure in counted
    )
    if rows:
        yield Table((_("Party"), _("What could happen"), _("Likelihood"), _("Harm"), _("Size")), rows)
        yield Line(_("Likelihood and harm are from 1 to 5. Size is likelihood times harm."))
    for party in given.parties:
        if all(exposure.partner != party.id for exposure in counted):
            yield Line(blank(_("what this party risks")), party.name, (party.id,))


def vetoes(given: Given) -> Iterator[Line]:
    """Who may say no to what, and to what nobody may."""
    yield Line(
        _(
            "A party may veto a motion that touches one of its core weaknesses, as it has declared them itself. It"
            " gives its reason in writing. It need not name the weakness to anybody to whom it has not opened it."
        )
    )
    yield Line(_("A veto stands until the matter is resolved or mediated. It cannot be waited out."))
    yield Line(
        _(
            "Nobody may veto that a party leaves, what the law demands of a party, or another party's request for other"
            " terms ({section})."
        ).format(section=reference(SectionName.VULNERABILITY_CLAUSE))
    )
    rule = given.charter.rule
    if rule is None:
        yield Line(blank(_("after how many vetoes of one party all go to mediation")))
        return
    told = _("When one party has vetoed {subject} on one subject, or {year} within a year, all go to mediation.")
    yield Line(told.format(subject=times(rule.vetoes_on_a_subject), year=times(rule.vetoes_in_a_year)))


def officers(given: Given) -> Iterator[Line]:
    """Who does something for all."""
    for officer in given.terms.officers:
        home = f" ({given.called(officer.party)})" if officer.party else ""
        yield Line(f"{given.named(officer.person)}{home}.", one_line(officer.office).capitalize())
    if not given.terms.officers:
        yield Line(blank(_("who chairs, who keeps the minutes, who keeps the money")))


def membership(given: Given) -> Iterator[Line]:
    """How one joins, leaves and is removed."""
    terms = given.terms
    yield Line(said_or(terms.joining, _("how another organisation joins, and who must agree")), _("Joining"))
    yield Line(
        _("What a party has opened to others stays closed to a newcomer until that party opens it to the newcomer."),
        _("Joining"),
    )
    days = blank(_("how many days")) if terms.leaving_days is None else days_long(terms.leaving_days)
    yield Line(_("A party may leave at any time. It says so in writing {days} before.").format(days=days), _("Leaving"))
    if len(given.partners) <= _TWO:
        yield Line(_("Between two parties nobody is removed; either may leave."), _("Removal"))
        return
    yield Line(said_or(terms.removal, _("for what a party may be removed")), _("Removal"))
    yield Line(
        share_of_parties(
            terms.removal_percent,
            _("how many of the other parties must be for it"),
            _("All other parties must be for it. The party is heard first."),
            _("At least {percent}% of the other parties must be for it. The party is heard first."),
        ),
        _("Removal"),
    )


def conflicts_of_interest(given: Given) -> Iterator[Line]:
    """What somebody does whose own interest is touched."""
    yield Line(
        said_or(given.terms.conflicts_of_interest, _("what a person does whose own interest is touched by a decision"))
    )


def _quorum(needed: int, many: int) -> str:
    if needed < many:
        told = _("At least {needed} of the {many} parties must take part. They are counted by heads, not by votes.")
        return told.format(needed=needed, many=many)
    return _("Both parties must take part.") if many == _TWO else _("All parties must take part.")


def _method(method: VotingMethod, rule: VotingRule, many: int) -> Iterator[Line]:
    if method is VotingMethod.CONSENT:
        yield Line(
            _(
                "The parties decide by consent. A motion passes when no party has a reasoned objection. An objection"
                " says why, and which aim of the alliance would be harmed. To prefer something else is no objection."
            )
        )
        if many == _TWO:
            yield Line(_("There are two parties, so votes are not weighed against each other."))
        return
    if method is VotingMethod.ONE_EACH:
        yield Line(_("Each party has one vote."))
    else:
        risks_section = reference(SectionName.RISKS)
        yield Line(
            _("Votes follow what each party risks ({section}), not what it gives.").format(section=risks_section)
        )
    yield Line(_threshold(rule))


def _threshold(rule: VotingRule) -> str:
    cast = rule.counted_from is CountedFrom.CAST
    if rule.strictly_more:
        told = _("A motion passes with more than {share} of the votes that are cast for or against it.")
        of_all = _("A motion passes with more than {share} of all votes. To stay away counts as being against.")
    else:
        told = _("A motion passes with at least {share} of the votes that are cast for or against it.")
        of_all = _("A motion passes with at least {share} of all votes. To stay away counts as being against.")
    return (told if cast else of_all).format(share=one_line(rule.threshold))


def _weights(given: Given, rule: VotingRule) -> Iterator[Line | Table]:
    """What each party weighs, and what say that gives it: the two are seldom the same."""
    weights = vote_weights(rule, [one.id for one in given.partners], given.charter.exposures, on=given.on)
    exactly = rule.needed * sum(each.weight for each in weights)
    quota = floor(exactly) + 1 if rule.strictly_more else ceil(exactly)
    says = shapley_shubik(WeightedGame(quota, tuple(each.weight for each in weights))).values
    yield Table(
        (_("Party"), _("Share of the votes"), _("Say")),
        tuple(
            Row((given.called(each.partner), f"{float(each.share):.1%}", f"{float(say):.1%}"), (each.partner,))
            for each, say in zip(weights, says, strict=True)
        ),
    )
    yield Line(_("Say is how often a party tips the balance when all vote (the Shapley–Shubik index)."))
