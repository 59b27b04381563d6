"""Where trust is low, and where it goes one way; only what the check-ins may show of their answers is used."""

from __future__ import annotations

from collections.abc import Iterator

from lichen.checkin.trust import trust_gaps, trust_waves
from lichen.checkin.values import Dimension
from lichen.pitfalls.situation import Situation
from lichen.pitfalls.values import Alert, AlertFigure, AlertMeasure, RuleCode

__all__ = ["trust_asymmetry"]


def trust_asymmetry(situation: Situation) -> Iterator[Alert]:
    """Low trust, and how differently two partners answer about each other, in the last check-in that was laid open.

    The two are told, once the answers have been laid open to both at once. Who trusts more stands first.
    """
    waves = trust_waves(situation.alliance.checkins, situation.everybody, situation.on)
    wave = next((each for each in reversed(waves) if each.is_revealed), None)
    if wave is None:
        return
    since = wave.checkin.revealed_on
    for (by, about, dimension), figure in sorted(wave.rated.items()):
        if dimension is Dimension.TRUST and figure.mean is not None:
            yield from situation.raised(
                RuleCode.TRUST_LOW, AlertMeasure.ANSWER, figure.mean, (by, about), since=since, may_see=(by, about)
            )
    for gap in trust_gaps(wave):
        two = (gap.trusts_more, gap.trusts_less) if gap.size else (gap.one, gap.other)
        answers = (AlertFigure(AlertMeasure.ANSWER, each) for each in sorted((gap.forth, gap.back), reverse=True))
        quick = gap.dimension is Dimension.TRUST
        yield from situation.raised(
            RuleCode.TRUST_GAP if quick else RuleCode.TRUST_KIND_GAP,
            AlertMeasure.STEPS,
            gap.size,
            two,
            *answers,
            since=since,
            about=gap.dimension.value,
            may_see=two,
        )
