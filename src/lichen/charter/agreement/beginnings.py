"""Sections 1 to 9 of the charter: who, why, who does what, and how it grew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from lichen.charter.agreement.given import Given
from lichen.charter.agreement.phrases import blank, closed, day_or, reference, said_or, times
from lichen.charter.agreement.terms import ResourceKind, SectionName
from lichen.charter.agreement.values import Line
from lichen.charter.threat import Model, SharedThreat
from lichen.language import _
from lichen.paper import amount_words, one_line
from lichen.pilot.gate import in_order
from lichen.pilot.values import Pilot, PilotRules

__all__ = [
    "background",
    "exchange",
    "name",
    "needs_and_offers",
    "parties",
    "pilot",
    "purpose",
    "resources",
    "roles",
]


def parties(given: Given) -> Iterator[Line]:
    """Who signs."""
    for party, one in zip(given.parties, given.partners, strict=True):
        place = ", ".join(one_line(part) for part in (one.region, one.country) if part)
        yield Line(
            " ".join(closed(part) for part in (place, _("Identifier: {id}").format(id=party.id)) if part), party.name
        )
    yield Line(_("In this text they are called the parties."))


def name(given: Given) -> Iterator[Line]:
    """What it is called."""
    called = one_line(given.name) or blank(_("the name of the alliance"))
    yield Line(_("The alliance is called {name}.").format(name=called))


def background(given: Given) -> Iterator[Line]:
    """How it came about, what it rests on, and the threat that the parties share."""
    yield Line(said_or(given.terms.background, _("how the parties came together")))
    yield Line(_model(given.charter.model))
    if given.charter.model is Model.SHARED_THREAT and not given.charter.threats:
        yield Line(blank(_("which threat the parties share")), _("The threat"))
    for threat in given.charter.threats:
        yield from _threat(threat)


def purpose(given: Given) -> Iterator[Line]:
    """What for, how far, and with what goals."""
    terms = given.terms
    yield Line(said_or(terms.purpose, _("what the alliance is for")), _("Purpose"))
    yield Line(said_or(terms.scope, _("where and for whom it works, and what it leaves out")), _("Scope"))
    for goal in terms.goals or ("",):
        yield Line(said_or(goal, _("what it wants to reach")), _("Goal"))


def roles(given: Given) -> Iterator[Line]:
    """Who does what, and who is named for it."""
    stated = defaultdict[str, list[str]](list)
    for duty in given.terms.duties:
        done = said_or(duty.duty, _("what this party does"))
        stated[duty.party].append(_("{duty} In charge: {person}.").format(duty=done, person=given.named(duty.person)))
    yield from given.each(stated, _("what this party does, and who is in charge of it"))


def resources(given: Given) -> Iterator[Line]:
    """Who puts in what: money, staff time, or things in kind."""
    kinds = {
        ResourceKind.MONEY: _("Money"),
        ResourceKind.STAFF_TIME: _("Staff time"),
        ResourceKind.IN_KIND: _("In kind"),
    }
    stated = defaultdict[str, list[str]](list)
    for resource in given.terms.resources:
        sum_of_it = "" if resource.amount is None else f" ({amount_words(resource.amount, given.currency)})"
        told = (one_line(resource.what, None) or blank(_("what"))).rstrip(".")
        stated[resource.party].append(f"{kinds[resource.kind]}: {told}{sum_of_it}.")
    yield from given.each(stated, _("what this party puts in: money, staff time or things in kind"))


def needs_and_offers(_given: Given) -> Iterator[Line]:
    """What is shared with whom: it points to annexes, and never says what anybody lacks."""
    schedule, confided = reference(SectionName.SCHEDULE_ANNEX), reference(SectionName.VULNERABILITIES_ANNEX)
    yield Line(_("Each party needs something that another can give, and gives something that another needs."))
    yield Line(_("What each party gives is in {annex}.").format(annex=schedule))
    yield Line(
        _(
            "What a party lacks is its own to tell. It decides what to open, to whom and when. Nobody may ask for more"
            " than that."
        )
    )
    yield Line(
        _(
            "What has been opened is in {annex}. Each party has its own copy of that annex, with only what was opened"
            " to it. It shows that copy to nobody."
        ).format(annex=confided)
    )
    yield Line(_("A party may stop opening more at any time. This text is no list of what anybody lacks."))


def exchange(_given: Given) -> Iterator[Line]:
    """How unlike things pass hands."""
    schedule = reference(SectionName.SCHEDULE_ANNEX)
    yield Line(
        _("The parties give unlike things. Who gives what to whom, and by when, is in {annex}.").format(annex=schedule)
    )
    yield Line(_("Nothing is priced in a common currency. Each party says for itself what a thing is worth to it."))
    yield Line(_("A party that cannot keep a promise says so as soon as it knows."))


def pilot(given: Given) -> Iterator[Line]:
    """What was tried first, and the gate before anything grows."""
    pilots = in_order(given.pilots)
    for tried in pilots:
        yield _tried(tried, given)
    if not pilots:
        yield Line(blank(_("a first small pilot")))
    wanted = (pilots[-1].rules if pilots else PilotRules()).successes
    yield Line(
        _("The parties try small things first. They do more only after it has worked {times}.").format(
            times=times(wanted)
        )
    )
    yield Line(
        _(
            "After each pilot they ask two questions. Did the exchange work, each way? Did a weakness come to light"
            " that nobody had named?"
        )
    )


def _model(model: Model | None) -> str:
    if model is None:
        return blank(_("what the alliance rests on: strengths, a shared threat, or what each lacks and another has"))
    return {
        Model.STRENGTH_BASED: _("The parties ally because their strengths complement each other."),
        Model.SHARED_THREAT: _("The parties ally against a threat that all of them face."),
        Model.UNCOMMON_COMPLEMENT: _("The parties ally because each has what another lacks."),
    }[model]


def _threat(threat: SharedThreat) -> Iterator[Line]:
    yield Line(closed(one_line(threat.name)), _("The threat"))
    yield Line(said_or(threat.source, _("who or what it comes from")), _("It comes from"))
    yield Line(said_or(threat.sign_of_passing, _("by what all will see that it has passed")), _("It has passed when"))
    yield Line(said_or(threat.afterwards, _("what holds the alliance together then")), _("After that"))


def _tried(pilot: Pilot, given: Given) -> Line:
    terms = pilot.terms
    days = _("From {first} to {last}.").format(
        first=day_or(terms.starts_on, _("its first day")), last=day_or(terms.ends_on, _("its last day"))
    )
    budget = (
        "" if terms.budget is None else " " + _("Budget: {sum}.").format(sum=amount_words(terms.budget, given.currency))
    )
    return Line(days + budget, one_line(pilot.title), tuple(pilot.partners))
