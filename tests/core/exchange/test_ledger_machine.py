"""The ledger against a model that shares nothing with it, over long random histories; and bugs that must be found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from lichen.errors import LichenError
from lichen.exchange.checks import ledger_problems
from lichen.exchange.ledger import actions
from lichen.exchange.ledger.deliveries import Delivery, DeliveryState, deliveries
from lichen.exchange.ledger.standings import PromiseStanding, PromiseState, promise_standings
from lichen.exchange.values import Claim, Commitment, EconomicEvent, Intent, Ledger, Period, Response
from tests.core.exchange.by_hand import Asked, fits
from tests.core.exchange.given import CHURCHES, HOSPITAL, YOUTH, says

NAMES = ("east", "west")
PARTNERS = (HOSPITAL, CHURCHES, YOUTH)
FIRST = date(2026, 3, 2)
MOST = 3

sides = st.sampled_from([(HOSPITAL, CHURCHES), (HOSPITAL, YOUTH), (CHURCHES, HOSPITAL), (YOUTH, CHURCHES)])
amounts = st.integers(1, 10).map(lambda number: number / 5)
names = st.sampled_from(NAMES)
days = st.integers(0, 25)
picks = st.integers(0, 3)
roles = st.sampled_from(("receiver", "receiver", "provider", "neither"))


@dataclass
class Owed:
    """What the model knows of a promise or a claim."""

    provider: str
    receiver: str
    amount: Fraction
    due_on: date
    opens_on: date
    is_claim: bool
    given_up_on: date | None = None


@dataclass
class Passed:
    """What the model knows of a delivery."""

    provider: str
    receiver: str
    amount: Fraction
    on: str
    said: list[bool] = field(default_factory=list)
    is_undone: bool = False

    @property
    def state(self) -> str:
        told = {True: "accepted", False: "disputed"}
        return "reversed" if self.is_undone else told[self.said[-1]] if self.said else "unanswered"


def somebody(who: str, one: Owed | Passed) -> str:
    """The id of one of the two sides, or of the partner who is neither."""
    return str(getattr(one, who, None) or next(id for id in PARTNERS if id not in (one.provider, one.receiver)))


class Model:
    """What one ledger should hold."""

    def __init__(self) -> None:
        self.owed: dict[str, Owed] = {}
        self.passed: dict[str, Passed] = {}
        self.ids: list[str] = []
        self.worths = 0

    def sums(self, id: str) -> dict[str, Fraction]:
        found = dict.fromkeys(("accepted", "unanswered", "disputed", "reversed"), Fraction(0))
        for each in self.passed.values():
            if each.on == id:
                found[each.state] += each.amount
        return found

    def delivered(self, id: str) -> Fraction:
        return self.sums(id)["accepted"] + self.sums(id)["unanswered"]

    def state(self, id: str, today: date) -> str:
        one, sums = self.owed[id], self.sums(id)
        if one.given_up_on:
            return "given up"
        if sums["disputed"]:
            return "disputed"
        missing = one.amount - self.delivered(id)
        if missing <= 0:
            return "over-delivered" if missing < 0 else "delivered"
        return "late" if one.due_on < today else "open"

    def asked_of(self, provider: str) -> list[Asked]:
        return [
            Asked(self.delivered(id) if one.given_up_on else one.amount, one.opens_on, one.due_on)
            for id, one in self.owed.items()
            if one.provider == provider and not one.is_claim
        ]


class Exchange:
    """What the machine tests; a planted bug takes the place of one of these."""

    make_promise = staticmethod(actions.make_promise)
    record_delivery = staticmethod(actions.record_delivery)
    accept_delivery = staticmethod(actions.accept_delivery)
    dispute_delivery = staticmethod(actions.dispute_delivery)
    correct_delivery = staticmethod(actions.correct_delivery)
    cancel_promise = staticmethod(actions.cancel_promise)
    waive_claim = staticmethod(actions.waive_claim)
    promise_standings = staticmethod(promise_standings)
    deliveries = staticmethod(deliveries)


class LedgerMachine(RuleBasedStateMachine):
    """Two alliances side by side; the hospital says in both of them what it can spare each month."""

    exchange: type[Exchange] = Exchange

    @initialize()
    def begin(self) -> None:
        spare = [
            Intent("hours", HOSPITAL, "staff_time", amount=amount, unit="hours", per=Period.MONTH)
            for amount in (MOST, MOST - 1)
        ]
        self.ledgers = {name: Ledger(intents=(one,)) for name, one in zip(NAMES, spare, strict=True)}
        self.models = {name: Model() for name in NAMES}
        self.today = FIRST
        self.count = 0
        for name in NAMES:
            self.promise(name, (CHURCHES, HOSPITAL), 2.0, 0, 20)
            self.deliver(name, 0, 1.0, to_claim=False)
            self.claim(name, 0, 1.0, 20)

    def new_id(self) -> str:
        self.count += 1
        return f"n{self.count}"

    def tried(self, name: str, action: Callable[[Ledger], Ledger]) -> bool:
        """Whether the action was allowed; the ledger grows if so."""
        before = self.ledgers[name]
        try:
            after = action(before)
        except LichenError:
            return False
        for section in ("commitments", "events", "claims", "valuations"):
            ids = [getattr(each, "id", each) for each in getattr(before, section)]
            assert [getattr(each, "id", each) for each in getattr(after, section)][: len(ids)] == ids
        for old, new in zip(before.events, after.events, strict=False):
            assert replace(new, responses=()) == replace(old, responses=())
            assert new.responses[: len(old.responses)] == old.responses
        self.ledgers[name] = after
        return True

    def pick(self, name: str, place: int, *, is_claim: bool = False) -> str | None:
        found = [id for id, one in self.models[name].owed.items() if one.is_claim is is_claim]
        return found[place % len(found)] if found else None

    def pick_delivery(self, name: str, place: int) -> str | None:
        found = list(self.models[name].passed)
        return found[place % len(found)] if found else None

    @rule(name=names, sides=sides, amount=amounts, start=days, length=days)
    def promise(self, name: str, sides: tuple[str, str], amount: float, start: int, length: int) -> None:
        id, opens = self.new_id(), self.today + timedelta(days=start)
        due = opens + timedelta(days=length)
        new = Commitment(id, *sides, "staff_time", self.today, due, amount, "hours", starts_on=opens)
        beside = {other: self.ledgers[other] for other in NAMES if other != name}
        asked = [one for model in self.models.values() for one in model.asked_of(sides[0])]
        wanted = Asked(Fraction(str(amount)), opens, due)
        may = sides[0] != HOSPITAL or fits([*asked, wanted], Fraction(MOST))
        assert self.tried(name, lambda ledger: self.exchange.make_promise(ledger, new, beside=beside)) is may
        if may:
            self.models[name].owed[id] = Owed(*sides, Fraction(str(amount)), due, opens, is_claim=False)

    @rule(name=names, place=picks, amount=st.none() | amounts, to_claim=st.booleans())
    def deliver(self, name: str, place: int, amount: float | None, to_claim: bool) -> None:
        id, model = self.pick(name, place, is_claim=to_claim), self.models[name]
        if id is not None:
            event, one = self.new_id(), model.owed[id]
            told = {"settles": id} if to_claim else {"fulfils": id}
            may = one.given_up_on is None or one.given_up_on >= self.today
            new = EconomicEvent(event, self.today, amount, **told)
            assert self.tried(name, lambda ledger: self.exchange.record_delivery(ledger, new)) is may
            if may:
                given = one.amount if amount is None else Fraction(str(amount))
                model.passed[event] = Passed(one.provider, one.receiver, given, id)
                model.ids.append(event)

    @rule(name=names, sides=sides, amount=amounts)
    def give(self, name: str, sides: tuple[str, str], amount: float) -> None:
        event = self.new_id()
        new = EconomicEvent(event, self.today, amount, "", "", "", *sides, "staff_time", "hours")
        assert self.tried(name, lambda ledger: self.exchange.record_delivery(ledger, new))
        self.models[name].passed[event] = Passed(*sides, Fraction(str(amount)), "")
        self.models[name].ids.append(event)

    @rule(name=names, place=picks)
    def deliver_again(self, name: str, place: int) -> None:
        """The same delivery, sent in twice."""
        event = self.pick_delivery(name, place)
        if event is not None:
            same = next(one for one in self.ledgers[name].events if one.id == event)
            assert not self.tried(name, lambda ledger: self.exchange.record_delivery(ledger, same))

    @rule(name=names, place=picks, who=roles, said=st.lists(st.booleans(), min_size=1, max_size=3))
    def respond(self, name: str, place: int, who: str, said: list[bool]) -> None:
        """One word, or one word and then another."""
        event = self.pick_delivery(name, place)
        for accepted in said if event is not None else ():
            one = self.models[name].passed[event]
            by, may = somebody(who, one), who == "receiver" and not one.is_undone
            act = partial(self.exchange.accept_delivery if accepted else self.exchange.dispute_delivery, event=event)
            assert self.tried(name, lambda ledger, act=act, by=by: act(ledger, by=by, on=self.today)) is may
            if may:
                one.said.append(accepted)

    @rule(name=names, place=picks)
    def correct(self, name: str, place: int) -> None:
        event, id = self.pick_delivery(name, place), self.new_id()
        if event is not None:
            one = self.models[name].passed[event]
            may = not one.is_undone
            act = self.exchange.correct_delivery
            assert self.tried(name, lambda ledger: act(ledger, event, id=id, on=self.today)) is may
            if may:
                one.is_undone = True
                self.models[name].ids.append(id)

    @rule(name=names, place=picks)
    def cancel(self, name: str, place: int) -> None:
        id, model = self.pick(name, place), self.models[name]
        if id is not None:
            one = model.owed[id]
            may = one.given_up_on is None and model.delivered(id) < one.amount
            assert self.tried(name, lambda ledger: self.exchange.cancel_promise(ledger, id, on=self.today)) is may
            if may:
                one.given_up_on = self.today

    @rule(name=names, place=picks, amount=amounts, length=days)
    def claim(self, name: str, place: int, amount: float, length: int) -> None:
        event = self.pick_delivery(name, place)
        if event is not None:
            one, id, due = self.models[name].passed[event], self.new_id(), self.today + timedelta(days=length)
            pair = one.receiver, one.provider
            new = Claim(id, *pair, "staff_time", event, self.today, due, amount, "hours")
            assert self.tried(name, lambda ledger: actions.make_claim(ledger, new))
            told = Owed(*pair, Fraction(str(amount)), due, self.today, is_claim=True)
            self.models[name].owed[id] = told

    @rule(name=names, place=picks, who=roles)
    def waive(self, name: str, place: int, who: str) -> None:
        id, model = self.pick(name, place, is_claim=True), self.models[name]
        if id is not None:
            one = model.owed[id]
            by = somebody(who, one)
            may = by == one.receiver and one.given_up_on is None and model.delivered(id) < one.amount
            assert self.tried(name, lambda ledger: self.exchange.waive_claim(ledger, id, by=by, on=self.today)) is may
            if may:
                one.given_up_on = self.today

    @rule(name=names, place=picks, by=st.sampled_from(PARTNERS), worth=amounts)
    def value(self, name: str, place: int, by: str, worth: float) -> None:
        event = self.pick_delivery(name, place)
        if event is not None:
            one = self.models[name].passed[event]
            may, told = by in (one.provider, one.receiver), says(by, worth, event, self.today)
            assert self.tried(name, lambda ledger: actions.record_valuation(ledger, told)) is may
            self.models[name].worths += may

    @rule(later=st.integers(1, 25))
    def wait(self, later: int) -> None:
        self.today += timedelta(days=later)

    @invariant()
    def every_promise_is_in_the_one_state_that_the_model_knows(self) -> None:
        for name, model in self.models.items():
            found = self.exchange.promise_standings(self.ledgers[name], on=self.today)
            told = {each.promise.id: str(each.state) for each in found}
            assert len(told) == len(found)
            assert told == {id: model.state(id, self.today) for id in model.owed}

    @invariant()
    def nothing_is_lost_and_nothing_is_below_nothing(self) -> None:
        for name, model in self.models.items():
            for each in self.exchange.promise_standings(self.ledgers[name], on=self.today):
                sums = {
                    "accepted": each.accepted,
                    "unanswered": each.unanswered,
                    "disputed": each.disputed,
                    "reversed": each.reversed,
                }
                assert sums == {state: float(amount) for state, amount in model.sums(each.promise.id).items()}
                assert min(each.owed, each.over, each.days_late, *sums.values()) >= 0
                owed = model.owed[each.promise.id]
                missing = owed.amount - model.delivered(each.promise.id)
                assert each.owed == (0 if owed.given_up_on else max(0, float(missing)))
                assert each.over == max(0, float(-missing))

    @invariant()
    def every_delivery_is_there_once(self) -> None:
        for name, model in self.models.items():
            assert [each.id for each in self.ledgers[name].events] == model.ids
            found = self.exchange.deliveries(self.ledgers[name])
            assert {each.event: str(each.state) for each in found} == {
                id: one.state for id, one in model.passed.items()
            }
            assert len(found) == len(model.passed)
            assert len(self.ledgers[name].valuations) == model.worths

    @invariant()
    def capacity_is_never_exceeded(self) -> None:
        live = [
            Asked(one.amount, one.opens_on, one.due_on)
            for model in self.models.values()
            for one in model.owed.values()
            if one.provider == HOSPITAL and not one.is_claim and one.given_up_on is None
        ]
        assert fits(live, Fraction(MOST))

    @invariant()
    def nothing_is_wrong_with_the_ledger(self) -> None:
        for ledger in self.ledgers.values():
            assert ledger_problems(ledger, PARTNERS) == []


def run(machine: type[RuleBasedStateMachine], examples: int, steps: int) -> None:
    phases = (Phase.explicit, Phase.generate)
    told = settings(max_examples=examples, stateful_step_count=steps, deadline=None, phases=phases, database=None)
    run_state_machine_as_test(machine, settings=told)


def test_ledger_agrees_with_the_model() -> None:
    run(LedgerMachine, 15, 25)


@pytest.mark.long
def test_ledger_agrees_with_the_model_over_long_histories() -> None:
    run(LedgerMachine, 100, 50)


def counted_twice(ledger: Ledger, event: EconomicEvent) -> Ledger:
    """The same delivery may be sent in again."""
    return replace(ledger, events=(*ledger.events, event))


def taken_out(ledger: Ledger, event: str, **_told: object) -> Ledger:
    """A correction deletes."""
    return replace(ledger, events=tuple(one for one in ledger.events if one.id != event))


def undone_again(ledger: Ledger, event: str, *, id: str, on: date) -> Ledger:
    """What was corrected can be corrected once more."""
    return replace(ledger, events=(*ledger.events, EconomicEvent(id, on, reverses=event)))


def on_my_own(ledger: Ledger, new: Commitment, *, beside: Mapping[str, Ledger]) -> Ledger:
    """Only this alliance's promises count against the capacity."""
    return actions.make_promise(ledger, new)


def without_capacity(ledger: Ledger, new: Commitment, *, beside: Mapping[str, Ledger]) -> Ledger:
    """Whoever promises is believed."""
    return replace(ledger, commitments=(*ledger.commitments, new))


def by_anybody(ledger: Ledger, event: str, *, by: str, on: date) -> Ledger:
    """The giver may accept its own delivery."""
    receiver = next(one.receiver for one in deliveries(ledger) if one.event == event)
    return actions.accept_delivery(ledger, event, by=receiver, on=on)


def forgotten(ledger: Ledger, event: str, *, by: str, on: date) -> Ledger:
    """A dispute takes the place of what was said before."""
    actions.dispute_delivery(ledger, event, by=by, on=on)
    said = (Response(accepted=False, responded_on=on),)
    return replace(ledger, events=tuple(replace(e, responses=said) if e.id == event else e for e in ledger.events))


def with_its_deliveries(ledger: Ledger, id: str, *, on: date) -> Ledger:
    """Cancelling a promise takes its deliveries along."""
    kept = tuple(one for one in ledger.events if one.fulfils != id)
    return replace(actions.cancel_promise(ledger, id, on=on), events=kept)


def disputed_is_delivered(ledger: Ledger) -> tuple[Delivery, ...]:
    """A dispute changes nothing."""
    quiet = DeliveryState.UNANSWERED
    return tuple(replace(one, state=quiet) if one.state == "disputed" else one for one in deliveries(ledger))


def late_on_the_last_day(ledger: Ledger, *, on: date) -> tuple[PromiseStanding, ...]:
    """The last day is a day too late."""
    return tuple(
        replace(one, state=PromiseState.LATE) if one.state == "open" and one.promise.due_on == on else one
        for one in promise_standings(ledger, on=on)
    )


def waived_by_who_owes(ledger: Ledger, claim: str, *, by: str, on: date) -> Ledger:
    """Whoever owes may let itself off."""
    receiver = next(one.receiver for one in ledger.claims if one.id == claim)
    return actions.waive_claim(ledger, claim, by=receiver, on=on)


def given_up_is_forgotten(ledger: Ledger, *, on: date) -> tuple[PromiseStanding, ...]:
    """A promise that was given up is no longer shown."""
    return tuple(one for one in promise_standings(ledger, on=on) if one.state != "given up")


PLANTED: list[tuple[str, Callable[..., Any]]] = [
    ("record_delivery", counted_twice),
    ("correct_delivery", taken_out),
    ("correct_delivery", undone_again),
    ("make_promise", on_my_own),
    ("make_promise", without_capacity),
    ("accept_delivery", by_anybody),
    ("dispute_delivery", forgotten),
    ("cancel_promise", with_its_deliveries),
    ("deliveries", disputed_is_delivered),
    ("promise_standings", late_on_the_last_day),
    ("waive_claim", waived_by_who_owes),
    ("promise_standings", given_up_is_forgotten),
]


@pytest.mark.long
@pytest.mark.parametrize(("where", "bug"), PLANTED, ids=lambda each: getattr(each, "__name__", ""))
def test_planted_bug_is_found(where: str, bug: Callable[..., Any]) -> None:
    broken = type("Broken", (Exchange,), {where: staticmethod(bug)})
    machine = type("BrokenMachine", (LedgerMachine,), {"exchange": broken})
    with pytest.raises(AssertionError):
        run(machine, 300, 30)
