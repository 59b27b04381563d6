"""What is wrong between the parts of an alliance's file that are about deciding: all of it, at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lichen.audit.values import Organisation
from lichen.capabilities.taxonomy import taxonomy
from lichen.charter.requests import ChangeRequest
from lichen.charter.veto import Veto
from lichen.charter.votes.values import Exposure, Motion, VotingMethod, VotingRule
from lichen.charter.votes.weighing import VoteWeight, bounded_shares, motion_weights, working_method
from lichen.errors import InputError, Problem
from lichen.language import _

__all__ = ["deciding_problems"]

_TWO = 2


def deciding_problems(
    partners: Sequence[Organisation],
    rule: VotingRule,
    exposures: Sequence[Exposure] = (),
    motions: Sequence[Motion] = (),
    vetoes: Sequence[Veto] = (),
    requests: Sequence[ChangeRequest] = (),
) -> list[Problem]:
    """Everything in these values that does not agree with the others, or with the partners.

    A stance or a veto that breaks a rule of voting is none: it is kept, does not count, and the outcome says so.

    Args:
        partners: The alliance's.
        rule: The charter's.
        exposures: As the file has them.
        motions: As the file has them.
        vetoes: As the file has them.
        requests: As the file has them.

    Returns:
        One for each thing that is wrong, with its place in the file; none where all is well.
    """
    check = _Check([one.id for one in partners])
    return [
        *check.rule(rule),
        *(problem for row, each in enumerate(exposures, 1) for problem in check.exposure(row, each)),
        *(problem for row, each in enumerate(motions, 1) for problem in check.motion(row, each)),
        *(problem for row, each in enumerate(motions, 1) for problem in check.weighing(row, each, rule, exposures)),
        *_repeated("charter, motions", [each.id for each in motions]),
        *(problem for row, each in enumerate(vetoes, 1) for problem in check.veto(row, each, motions)),
        *(problem for row, each in enumerate(requests, 1) for problem in check.request(row, each)),
        *_repeated("charter, requests", [each.id for each in requests]),
    ]


class _Check:
    """The looks at each part, among the partners with these ids."""

    def __init__(self, partners: Sequence[str]) -> None:
        self.partners = partners

    def rule(self, rule: VotingRule) -> Iterator[Problem]:
        yield from self.strangers("charter, rule.delegates", "partner", [one.partner for one in rule.delegates])
        yield from self.strangers("charter, rule.weights", "partner", [one.partner for one in rule.weights])
        if len(self.partners) >= _TWO:
            yield from self._unworkable(rule)

    def _unworkable(self, rule: VotingRule) -> Iterator[Problem]:
        if rule.heads_needed(len(self.partners)) > len(self.partners):
            right = _("no more than there are partners")
            yield _problem("charter", None, "rule.quorum", _("so many cannot take part"), right)
        if rule.weights and sorted(one.partner for one in rule.weights) != sorted(self.partners):
            what, right = _("the agreed weights are not one for each partner"), _("each partner once")
            yield _problem("charter", None, "rule.weights", what, right)
        if working_method(rule, len(self.partners)) is VotingMethod.BY_RISK and not rule.weights:
            yield from self._out_of_bounds(rule)

    def _out_of_bounds(self, rule: VotingRule) -> Iterator[Problem]:
        try:
            bounded_shares([0] * len(self.partners), rule.least(len(self.partners)), rule.most)
        except InputError as refusal:
            for each in refusal.problems:
                yield _problem("charter", None, f"rule.{each.column}", each.what, each.right)

    def exposure(self, row: int, exposure: Exposure) -> Iterator[Problem]:
        yield from self.stranger("charter, exposures", row, "partner", exposure.partner)

    def motion(self, row: int, motion: Motion) -> Iterator[Problem]:
        place = f"charter, motions, item {row}"
        weighed = [one.partner for one in motion.weights]
        yield from self.stranger("charter, motions", row, "by", motion.by)
        yield from _unknown_codes("charter, motions", row, "touches", motion.touches)
        yield from self.strangers(f"{place}, weights", "partner", weighed)
        yield from self.strangers(f"{place}, stances", "by", [stance.by for stance in motion.stances])
        yield from self.strangers(f"{place}, stances", "on_behalf_by", [one.on_behalf_by for one in motion.stances])
        if len(set(weighed)) < len(weighed):
            what, right = _("a partner has two weights"), _("each partner once")
            yield _problem("charter, motions", row, "weights", what, right)

    def weighing(self, row: int, motion: Motion, rule: VotingRule, exposures: Sequence[Exposure]) -> Iterator[Problem]:
        """Weights that the motion's rule did not give when it opened, or by which one partner decides alone.

        Where the charter's own rule lets one decide alone, all have agreed to it, and each outcome says so.
        """
        voters = [one.partner for one in motion.weights] or self.partners
        if motion.opened_on is None or len(set(voters)) < max(len(voters), _TWO):
            return
        try:
            has = motion_weights(motion, rule, voters, exposures, on=motion.opened_on)
            given = motion_weights(replace(motion, weights=()), rule, voters, exposures, on=motion.opened_on)
        except InputError as refusal:
            if motion.weights or motion.rule is not None:
                yield from (
                    _problem("charter, motions", row, "weights", one.what, one.right) for one in refusal.problems
                )
            return
        own = motion.rule or rule
        if [one.share for one in has] != [one.share for one in given]:
            what = _("its rule did not give these weights on the day on which it opened")
            yield _problem("charter, motions", row, "weights", what, _("those that it gave, or none"))
        elif own != rule and _is_alone(own, has):
            what = _("by its weights one partner decides alone")
            yield _problem("charter, motions", row, "weights", what, _("weights by which nobody does"))

    def veto(self, row: int, veto: Veto, motions: Sequence[Motion]) -> Iterator[Problem]:
        yield from self.stranger("charter, vetoes", row, "by", veto.by)
        yield from _unknown_codes("charter, vetoes", row, "codes", veto.codes)
        if all(motion.id != veto.motion for motion in motions):
            what, right = _("there is no motion of this id"), _("the id of one of the motions")
            yield _problem("charter, vetoes", row, "motion", what, right)

    def request(self, row: int, request: ChangeRequest) -> Iterator[Problem]:
        yield from self.stranger("charter, requests", row, "by", request.by)
        yield from self.stranger("charter, requests", row, "to", request.to)
        if request.by == request.to:
            yield _problem("charter, requests", row, "to", _("it asks itself"), _("another partner"))

    def strangers(self, sheet: str, column: str, ids: Sequence[str]) -> Iterator[Problem]:
        for row, id in enumerate(ids, 1):
            yield from self.stranger(sheet, row, column, id)

    def stranger(self, sheet: str, row: int, column: str, id: str) -> Iterator[Problem]:
        """A problem where no partner has the id; an empty one names nobody."""
        if id and id not in self.partners:
            what, right = _("no partner of the alliance has this id"), "; ".join(self.partners)
            yield _problem(sheet, row, column, what, right)


def _is_alone(rule: VotingRule, weights: Sequence[VoteWeight]) -> bool:
    is_by_risk = working_method(rule, len(weights)) is VotingMethod.BY_RISK
    return is_by_risk and any(rule.is_enough(each.share) for each in weights)


def _repeated(sheet: str, ids: Sequence[str]) -> Iterator[Problem]:
    counts = Counter(ids)
    for row, one in enumerate(ids, 1):
        if counts[one] > 1:
            yield _problem(sheet, row, "id", _("another one has this id, too"), _("an id of its own"))


def _unknown_codes(sheet: str, row: int, column: str, codes: Sequence[str]) -> Iterator[Problem]:
    if not taxonomy().capabilities.keys() >= set(codes):
        what, right = _("not every one is a code"), _("codes of the vocabulary: lichen capabilities")
        yield _problem(sheet, row, column, what, right)


def _problem(sheet: str, row: int | None, column: str, what: str, right: str) -> Problem:
    return Problem(what, right, sheet=sheet, row=row, column=column, document=True)
