"""What ``lichen audit combine`` prints: the ranking of a team, the spread, and how far it agrees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from lichen.audit.team import TeamAudit
from lichen.audit.values import Audit, Readiness
from lichen.brief.phrases import within_sentence
from lichen.cli.answers import Block, Column, Record, two_places
from lichen.language import _, ngettext

__all__ = ["team_blocks", "team_record"]


def team_blocks(merged: Audit, team: TeamAudit, said: Sequence[Readiness]) -> tuple[Block, Block]:
    """The combined ranking, and what to do about how far the team agrees.

    Args:
        merged: The audit that came of it.
        team: How it came about.
        said: What each of them said of how the audit came about.
    """
    together = _("What the team of {name} says together") if team.people > 1 else _("What one person says of {name}")
    ranking = Block(
        heading=together.format(name=merged.organisation.name),
        columns=(
            Column(_("Rank"), lambda record: str(record["rank"]), number=True),
            Column(_("You lack"), lambda record: within_sentence(record["code"])),
            Column(_("Named by"), lambda record: f"{record['named']}/{team.people}", number=True),
            Column(_("Severity"), _severity, number=True),
            Column(_("Other count"), _check, number=True),
        ),
        records=[asdict(item) for item in team.items],
        note=_(
            "Severity: the median, and the lowest and highest where they differ. "
            "Other count: the rank by Kemeny's rule; where it differs, look again."
        ),
    )
    return ranking, Block((), (), empty=" ".join((*_advice(team), *_changed(merged.readiness, said))))


def team_record(team: TeamAudit) -> dict[str, Any]:
    """The whole answer, as JSON has it; the single answers stay in their files."""
    return {
        "people": team.people,
        "method": team.method,
        "agreement": team.agreement,
        "beyond_chance": team.beyond_chance,
        "talk_first": team.talk_first,
        "kemeny_distance": team.kemeny_distance,
        "attributed": team.attributed,
        "items": [asdict(item) for item in team.items],
    }


def _severity(record: Record) -> str:
    spread = record["severity"]
    if spread is None:
        return "–"
    middle = f"{spread['median']:g}"
    if spread["low"] is None or spread["low"] == spread["high"]:
        return middle
    return _("{middle} ({low} to {high})").format(middle=middle, low=spread["low"], high=spread["high"])


def _check(record: Record) -> str:
    return "–" if record["kemeny_rank"] is None else str(record["kemeny_rank"])


def _advice(team: TeamAudit) -> Iterator[str]:
    answered = ngettext("{number} person answered.", "{number} people answered.", team.people)
    yield answered.format(number=team.people)
    if team.agreement is not None:
        yield _("Their agreement is {w} (Kendall's W; 1 is one voice).").format(w=two_places(team.agreement))
    if team.beyond_chance is not None:
        yield _beyond_chance(team.beyond_chance)
    if team.talk_first:
        yield _("That is little. Talk before you publish: the ranking hides a disagreement.")
    if team.attributed:
        yield _("With so few answers nothing is anonymous: show names, or let somebody neutral hold the answers.")
    else:
        yield _("Single answers are not shown, nor the spread where few gave a severity.")


def _beyond_chance(share: float) -> str:
    """How much of the agreement would not come about by itself, for 0 at chance or below, up to 1."""
    if share <= 0:
        return _("That is no more than chance would give.")
    return _("With chance taken out, {share} of it is left.").format(share=two_places(share))


def _changed(merged: Readiness, said: Sequence[Readiness]) -> Iterator[str]:
    """Where the merged answer is not what somebody said: one of them decides for all."""
    if merged.leadership_aligned is False and any(one.leadership_aligned is not False for one in said):
        yield _("Somebody says that the leadership does not stand behind it, so the whole says no.")
    elif merged.leadership_aligned is None and any(one.leadership_aligned for one in said):
        yield _("Not everybody says that the leadership stands behind it, so the whole leaves it open.")
    if len({one.hours for one in said if one.hours is not None}) > 1:
        yield _("Of the hours, the fewest that anybody gave stand in the whole: {hours:g}.").format(hours=merged.hours)
