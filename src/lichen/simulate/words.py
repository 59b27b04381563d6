"""What the simulation has to say, in sentences that every face shares."""

from __future__ import annotations

from lichen.language import _, ngettext
from lichen.paper import one_line
from lichen.simulate.assumptions import Assumption, Basis, Unit
from lichen.simulate.changes import Remedy
from lichen.simulate.outlook import Outlook
from lichen.simulate.running import Ending

__all__ = [
    "KEPT_FROM",
    "amount_assumed",
    "answer_words",
    "assumption_words",
    "basis_words",
    "caution_words",
    "ending_words",
    "may_be_shown_to",
    "remedy_words",
    "time_words",
]

KEPT_FROM = frozenset({"funder"})
"""Who is never shown a simulation: its figures look like evidence, and are none."""


def may_be_shown_to(audience: str) -> bool:
    """Whether a document for an audience may hold anything that a simulation answered.

    Args:
        audience: Such as ``board`` or ``funder``.

    Example:
        >>> may_be_shown_to("board"), may_be_shown_to("funder")
        (True, False)
    """
    return audience not in KEPT_FROM


def answer_words(found: Outlook) -> str:
    """The answer in a sentence, in lives of a hundred.

    Example:
        >>> from lichen.simulate.life import Ally, Life
        >>> from lichen.simulate.outlook import outlook
        >>> from lichen.simulate.running import simulated_lives
        >>> answer_words(outlook(simulated_lives(Life((Ally("a"), Ally("b"))), months=12, runs=100)))[:34]
        'Of 100 imagined lives of this alli'
    """
    alive, failed = _of_a_hundred(found.last.alive), _of_a_hundred(found.last.failed)
    told = _(
        "Of 100 imagined lives of this alliance, about {alive} are still going after {time}, {done} have ended because"
        " its goals were met or the need had passed, and {failed} have broken up."
    )
    done = max(0, 100 - alive - failed)
    return told.format(alive=alive, time=time_words(found.last.month), done=done, failed=failed)


def caution_words() -> str:
    """What must stand beside every answer of a simulation."""
    return _(
        "This is a what-if on unvalidated assumptions, not a forecast. The intervals tell how far chance alone moves a"
        " figure in the simulation; they do not tell how wrong the assumptions are."
    )


def time_words(months: int) -> str:
    """A time in years where it is whole years, else in months.

    Example:
        >>> time_words(60), time_words(12), time_words(18)
        ('5 years', '1 year', '18 months')
    """
    if months % 12 == 0 and months:
        return ngettext("{number} year", "{number} years", months // 12).format(number=months // 12)
    return ngettext("{number} month", "{number} months", months).format(number=months)


def ending_words(ending: Ending) -> str:
    """How lives ended, for a person."""
    return {
        Ending.BUDGET_CUT: _("broke up, mostly over budget cuts"),
        Ending.KEY_PERSON: _("broke up, mostly because key people left"),
        Ending.TRUST_BROKEN: _("broke up, mostly over broken trust"),
        Ending.THREAT_RECEDED: _("broke up, mostly because the threat had gone"),
        Ending.COMPLACENCY: _("broke up, mostly from complacency"),
        Ending.OTHERS_LEFT: _("broke up, mostly because others had left"),
        Ending.FULFILLED: _("ended with goals met or need passed (no failure)"),
        Ending.NONE: _("still going"),
    }[ending]


def remedy_words(remedy: Remedy, partner: str = "") -> str:
    """What one would do, for a person.

    Args:
        remedy: The kind of change.
        partner: The name of the partner whose needs would be met better.
    """
    return {
        Remedy.CHECK_INS: _("hold regular check-ins"),
        Remedy.CLAUSE: _("agree on a vulnerability clause"),
        Remedy.LIAISONS: _("name a liaison on every side that has none"),
        Remedy.SECOND_COVER: _("agree on a second partner for each need"),
        Remedy.MORE_COVER: _("meet in full the heaviest open need of {name}").format(name=one_line(partner) or "–"),
        Remedy.MORE_TRUST: _("raise everybody's trust by one step of ten"),
    }[remedy]


def basis_words(each: Assumption) -> str:
    """What an assumption is based on, for a person."""
    return {
        Basis.PUBLISHED: _("published: {source}"),
        Basis.SET: _("set so that a reference alliance ends as often as published: {source}"),
        Basis.ASSUMED: _("assumed"),
    }[each.basis].format(source=each.source)


def amount_assumed(value: float, unit: Unit) -> str:
    """A number with its unit.

    Example:
        >>> amount_assumed(0.1, Unit.TIMES_A_YEAR), amount_assumed(3, Unit.MONTHS), amount_assumed(0.055, Unit.SHARE)
        ('0.1 a year', '3 months', '0.055')
    """
    number = f"{value:g}"
    return {
        Unit.TIMES_A_YEAR: _("{number} a year"),
        Unit.MONTHS: _("{number} months"),
        Unit.SHARE: "{number}",
        Unit.SHARE_A_MONTH: _("{number} a month"),
        Unit.TIMES: _("{number} times"),
    }[unit].format(number=number)


def assumption_words(name: str) -> str:
    """What an assumption is about, for a person; at most some sixty letters."""
    return {
        "budget_cut": _("a partner's budget is cut"),
        "key_person": _("a partner loses a key person"),
        "trust_broken": _("something breaks a partner's trust"),
        "threat_recedes": _("the shared threat recedes"),
        "early_success": _("early success makes complacent"),
        "fulfilled": _("goals are met, or the need passes"),
        "budget_cut_months": _("a budget cut is felt"),
        "budget_cut_months_with_clause": _("a budget cut is felt, with a clause"),
        "key_person_months": _("losing a key person is felt"),
        "key_person_months_with_liaison": _("losing a key person is felt, with a liaison"),
        "trust_broken_months": _("broken trust is felt"),
        "trust_broken_months_with_check_ins": _("broken trust is felt, with check-ins"),
        "complacency_months": _("complacency lasts"),
        "complacency_months_with_check_ins": _("complacency lasts, with check-ins"),
        "pull": _("an unheld partner leaves over a budget cut"),
        "key_person_weight": _("pull of losing a key person"),
        "trust_broken_weight": _("pull of broken trust"),
        "threat_weight": _("pull of the threat's having gone"),
        "complacency_weight": _("pull of complacency"),
        "others_left_weight": _("pull if all others had left"),
        "cover_hold": _("how far met needs hold a partner"),
        "trust_hold": _("how far trust holds a partner"),
        "giving_when_struck": _("what a struck partner still gives"),
        "second_cover": _("what a second partner gives of the first's"),
        "unknown_cover": _("needs met, where nobody knows them"),
        "trust_at_start": _("trust, where nobody has rated it"),
        "trust_lost": _("trust lost when it is broken"),
        "trust_regained": _("missing trust comes back"),
        "trust_regained_with_check_ins": _("missing trust comes back, with check-ins"),
        "least_share": _("share of partners without which it ends"),
    }[name]


def _of_a_hundred(share: float) -> int:
    return round(100 * share)
