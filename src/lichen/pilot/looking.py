"""Is a pilot ready to begin? Every finding about its expectations and its terms at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from math import fsum

from lichen.audit.findings import Weight
from lichen.days import months_after
from lichen.pilot.differences import Concord, compared_expectations, plain_words
from lichen.pilot.findings import PilotFigure, PilotFinding
from lichen.pilot.findings import PilotFindingCode as Code
from lichen.pilot.red_lines import crossed_red_lines
from lichen.pilot.sealing import is_revealed, still_to_review, still_to_write
from lichen.pilot.values import DonorApproach, Pilot

__all__ = ["clashing_donors", "moves_money", "pilot_findings"]

_BY_WEIGHT = tuple(Weight)
_MONEY = "funding"
"""The exchange kind that is money."""


def pilot_findings(pilot: Pilot, on: date) -> tuple[PilotFinding, ...]:
    """Everything that stands in the way of a pilot, or that is worth another look, the heaviest first.

    Until the expectations are revealed, nothing is found in them but who has still to write.

    Args:
        pilot: The pilot, held to its own ``rules``.
        on: The day to reckon with.

    Source:
        The article's step 4 (three months, under 10,000, two questions afterwards), case study 1 (one donor pool) and
        its "strengths-based fallacy"; which finding weighs how much is ours.

    Example:
        >>> found = pilot_findings(Pilot("p", ("a", "b")), date(2026, 10, 5))
        >>> [(str(each.weight), str(each.code)) for each in found][:2]
        [('stop', 'expectations-unwritten'), ('stop', 'nothing-exchanged')]
    """
    found = [
        *_of_expectations(pilot, on),
        *_of_exchange(pilot),
        *_of_interests(pilot),
        *_of_time(pilot),
        *_of_money(pilot),
        *_of_tests(pilot),
        *_of_review(pilot, on),
    ]
    return tuple(sorted(found, key=lambda finding: _BY_WEIGHT.index(finding.weight)))


def moves_money(pilot: Pilot, on: date) -> bool:
    """Whether money moves in a pilot, so that material facts must be shown before it begins.

    It does where there is a budget, where funding passes hands, or, once the expectations are revealed, where anybody
    expects that it will: before that, the answer would tell what somebody wrote unseen.

    Args:
        pilot: The pilot.
        on: The day to reckon with.

    Example:
        >>> from lichen.pilot.values import PilotTerms
        >>> pilots = (Pilot("p", ("a", "b"), terms=PilotTerms(budget=budget)) for budget in (None, 1))
        >>> [moves_money(pilot, date(2026, 10, 5)) for pilot in pilots]
        [False, True]
    """
    known = pilot.expectations if is_revealed(pilot, on) else ()
    expected = (item.kind for each in known for item in each.gives)
    kinds = {*(each.kind for each in pilot.terms.exchanged), *expected}
    return bool(pilot.terms.budget) or _MONEY in kinds or any(step.cost for step in pilot.steps)


def clashing_donors(donors: Iterable[DonorApproach]) -> Mapping[str, tuple[str, ...]]:
    """The donors whom more than one partner would approach, with the ids of those partners.

    Names are compared by their letters, so that capitals, stops and spaces do not hide a clash.

    Args:
        donors: Who approaches whom.

    Example:
        >>> asked = DonorApproach("Eastfield Trust", "a"), DonorApproach("eastfield trust.", "b")
        >>> dict(clashing_donors(asked))
        {'Eastfield Trust': ('a', 'b')}
    """
    found: dict[str, list[DonorApproach]] = defaultdict(list)
    for each in donors:
        found[plain_words(each.donor)].append(each)
    asking = {
        approaches[0].donor: tuple(dict.fromkeys(each.by for each in approaches)) for approaches in found.values()
    }
    return {donor: partners for donor, partners in asking.items() if len(partners) > 1}


def _of_expectations(pilot: Pilot, on: date) -> Iterator[PilotFinding]:
    if is_revealed(pilot, on):
        yield from _of_differences(pilot, on)
        yield from _of_red_lines(pilot, on)
        return
    unwritten = still_to_write(pilot)
    late = {each.by for each in pilot.expectations if _is_late(each.written_on, pilot.revealed_on)}
    if unwritten:
        yield PilotFinding(Code.EXPECTATIONS_UNWRITTEN, {"partners": unwritten})
    if late:
        yield PilotFinding(Code.WRITTEN_LATE, {"partners": tuple(sorted(late))})
    if not unwritten and not late:
        yield PilotFinding(Code.EXPECTATIONS_SEALED)


def _is_late(written_on: date | None, revealed_on: date | None) -> bool:
    return written_on is not None and revealed_on is not None and written_on > revealed_on


def _of_differences(pilot: Pilot, on: date) -> Iterator[PilotFinding]:
    compared = compared_expectations(pilot, on)
    concords = [each.concord for each in compared if each.is_open and not each.is_mirrored]
    yield from _counted(Code.EXPECTATIONS_CONTRADICT, concords.count(Concord.CONTRADICTED))
    yield from _counted(Code.EXPECTATIONS_DIFFER, concords.count(Concord.DIFFERENT) + concords.count(Concord.ONLY_SOME))
    yield from _counted(Code.QUESTIONS, concords.count(Concord.PERHAPS))


def _of_red_lines(pilot: Pilot, on: date) -> Iterator[PilotFinding]:
    asked = [crossing.is_asked_of_owner for crossing in crossed_red_lines(pilot, on) if crossing.settled is None]
    yield from _counted(Code.RED_LINE_CROSSED, asked.count(True))
    yield from _counted(Code.RED_LINE_NEAR, asked.count(False))


def _of_exchange(pilot: Pilot) -> Iterator[PilotFinding]:
    if not pilot.terms.exchanged:
        yield PilotFinding(Code.NOTHING_EXCHANGED)
        return
    silent = {
        "giving_nothing": _others(pilot, (each.giver for each in pilot.terms.exchanged)),
        "receiving_nothing": _others(pilot, (each.receiver for each in pilot.terms.exchanged)),
    }
    if any(silent.values()):
        yield PilotFinding(Code.ONE_WAY_ONLY, silent)


def _of_interests(pilot: Pilot) -> Iterator[PilotFinding]:
    said = (each.by for each in pilot.interests if each.wants or each.red_lines or each.protects)
    yield from _lacking(Code.INTERESTS_UNSAID, _others(pilot, said))
    if not pilot.shared_goals:
        yield PilotFinding(Code.SHARED_GOALS_UNSAID)


def _of_time(pilot: Pilot) -> Iterator[PilotFinding]:
    terms = pilot.terms
    if terms.starts_on is None:
        yield PilotFinding(Code.START_UNSAID)
    if terms.ends_on is None:
        yield PilotFinding(Code.END_UNSAID)
    if terms.starts_on and terms.ends_on and _is_longer(terms.starts_on, terms.ends_on, pilot.rules.months):
        yield PilotFinding(Code.TOO_LONG, {"months": pilot.rules.months})
    yield from _lacking(Code.HOURS_UNSAID, _others(pilot, (each.partner for each in terms.hours)))


def _is_longer(starts_on: date, ends_on: date, months: int) -> bool:
    begun = (ends_on.year - starts_on.year) * 12 + ends_on.month - starts_on.month
    return begun > months or (begun == months and ends_on > months_after(starts_on, months))


def _of_money(pilot: Pilot) -> Iterator[PilotFinding]:
    budget = pilot.terms.budget
    cost = fsum(step.cost or 0 for step in pilot.steps if not step.scales)
    if budget is None:
        yield PilotFinding(Code.BUDGET_UNSAID)
    elif budget >= pilot.rules.budget:
        yield PilotFinding(Code.BUDGET_OVER, {"budget": budget, "under": pilot.rules.budget})
    if budget is not None and cost > budget:
        yield PilotFinding(Code.STEPS_OVER_BUDGET, {"cost": cost, "budget": budget})
    for donor, partners in clashing_donors(pilot.terms.donors).items():
        yield PilotFinding(Code.DONORS_CLASH, {"donor": donor, "partners": partners})


def _of_tests(pilot: Pilot) -> Iterator[PilotFinding]:
    tests, look_back = pilot.terms.tests, pilot.terms.review_on
    yield from _lacking(Code.TESTS_MISSING, _others(pilot, (test.serves for test in tests)))
    yield from _lacking(Code.TEST_OPEN_ENDED, tuple(test.id for test in tests if test.by is None), "tests")
    late = tuple(test.id for test in tests if test.by and look_back and test.by > look_back)
    yield from _lacking(Code.TEST_LATE, late, "tests")


def _of_review(pilot: Pilot, on: date) -> Iterator[PilotFinding]:
    review_on, ends_on = pilot.terms.review_on, pilot.terms.ends_on
    if review_on is None:
        yield PilotFinding(Code.REVIEW_UNSAID)
        return
    if ends_on is not None and review_on > ends_on:
        yield PilotFinding(Code.REVIEW_LATE)
    if on > review_on:
        yield from _lacking(Code.REVIEW_OVERDUE, still_to_review(pilot))


def _others(pilot: Pilot, partners: Iterable[str]) -> tuple[str, ...]:
    """The pilot's partners who are not among these."""
    named = {*partners}
    return tuple(partner for partner in pilot.partners if partner not in named)


def _lacking(code: Code, ids: tuple[str, ...], name: str = "partners") -> Iterator[PilotFinding]:
    if ids:
        yield PilotFinding(code, {name: ids})


def _counted(code: Code, count: int) -> Iterator[PilotFinding]:
    if count:
        figures: Mapping[str, PilotFigure] = {"count": count}
        yield PilotFinding(code, figures)
