"""Who leans on whom: cover that is far apart, say that one partner has alone, needs that only one can meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from lichen.charter.power.agreed import agreed_game
from lichen.charter.power.indices import voting_power
from lichen.errors import InputError
from lichen.fit.cover import best_offer, cover
from lichen.pitfalls.situation import Pair, Situation
from lichen.pitfalls.values import Alert, AlertFigure, AlertMeasure, ConfidedItem, RuleCode

__all__ = ["missing_stand_ins", "power_imbalance", "single_points"]

_FEW, _MANY = 2, 3


def power_imbalance(situation: Situation) -> Iterator[Alert]:
    """One side that needs the other much more, and a partner that decides for the others."""
    for one, other in situation.dealing:
        yield from _covers(situation, one, other)
    yield from _say(situation)


def single_points(situation: Situation) -> Iterator[Alert]:
    """Needs that nobody would cover if one partner left; each is told of its own alone.

    Who offers what is closed until it is published. So an owner is told once the two have shown each other their codes,
    from when on it knows anyway which of its needs that partner could ease. Between two it is always so, and nothing to
    be told.
    """
    audits = situation.audits
    if len(audits) < _MANY:
        return
    lost: dict[Pair, list[ConfidedItem]] = defaultdict(list)
    for owner, audit in audits.items():
        others = [each.organisation for id, each in audits.items() if id != owner]
        for gap in audit.organisation.vulnerabilities:
            covering = [one.id for one in others if best_offer(gap.code, one.offers) is not None]
            if len(covering) == 1 and gap.source is None:
                lost[covering[0], owner].append(ConfidedItem(owner, gap.code))
    for (leaver, owner), items in lost.items():
        yield from situation.raised(
            RuleCode.SINGLE_POINT,
            AlertMeasure.ITEMS,
            len(items),
            (leaver, owner),
            items=items,
            may_see=(owner,) if situation.has_shown_codes(leaver, owner) else (),
            confided_by=(leaver, owner),
        )


def missing_stand_ins(situation: Situation) -> Iterator[Alert]:
    """Partners whose say hangs on one person, or on nobody."""
    rule = situation.alliance.charter.rule
    if rule is not None:
        named = {each.partner for each in rule.delegates if each.person.strip() and each.stand_in.strip()}
        missing = tuple(id for id in situation.everybody if id not in named)
        everybody = situation.everybody
        yield from situation.raised(
            RuleCode.STAND_IN_MISSING, AlertMeasure.PARTNERS, len(missing), missing, may_see=everybody
        )


def _covers(situation: Situation, one: str, other: str) -> Iterator[Alert]:
    """Who needs the other more stands first; for the facilitator alone, since gaps count that neither opened.

    Who may change one's own audit could else ask again and again, and learn of the other's gaps by whether it warns.
    """
    first, second = (situation.audits[id].organisation for id in (one, other))
    ours, theirs = cover(first, second), cover(second, first)
    if ours is None or theirs is None:
        return
    leaning = (one, other) if ours >= theirs else (other, one)
    audited = [each for id in leaning if (each := situation.audits[id].audited_on) is not None]
    for code in (RuleCode.NOT_TO_ALLY, RuleCode.COVER_GAP):
        yield from situation.raised(
            code,
            AlertMeasure.SHARE,
            abs(ours - theirs),
            leaning,
            *(AlertFigure(AlertMeasure.SHARE, each) for each in sorted((ours, theirs), reverse=True)),
            since=max(audited) if len(audited) == _FEW else None,
            confided_by=leaning,
        )


def _say(situation: Situation) -> Iterator[Alert]:
    charter, ids = situation.alliance.charter, situation.everybody
    if charter.rule is None or len(ids) < _FEW:
        return
    try:
        game = agreed_game(charter.rule, ids, charter.exposures, on=situation.on)
    except InputError:
        # Weights that cannot be worked out give nobody a say yet; the charter's own command tells why.
        return
    for player in voting_power(game).players:
        yield from situation.raised(
            RuleCode.POWER_HELD, AlertMeasure.SHARE, float(player.shapley_shubik), (player.name,), may_see=ids
        )
