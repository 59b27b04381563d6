"""``lichen charter votes``: what was decided and why, what stands against it, and what waits for somebody."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from lichen.charter.values import Charter
from lichen.charter.votes.record import DecisionRecord, decision_record
from lichen.charter.votes.values import Motion, VotingRule
from lichen.cli.alliance.given import AllianceFile, given_alliance
from lichen.cli.answers import Format, Layout, show
from lichen.cli.charter.outcomes import outcome_blocks
from lichen.cli.charter.standing import standing_blocks
from lichen.cli.charter.voting_rule import keeping_blocks, rule_block, weights_block
from lichen.cli.days import On, day_given
from lichen.cli.group import DONE, FINDINGS, Described, commands
from lichen.errors import InputError, Problem
from lichen.language import _

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def votes(
    file: AllianceFile = "alliance.yaml",
    motion: Annotated[str, typer.Option(metavar="ID", help="Only this motion.", show_default="all, and the rule")] = "",
    on: On = None,
    layout: Format = Layout.TABLE,
) -> None:
    """Work out a vote, with its arithmetic.

    For each motion the outcome comes first, then what it rests on; then the vetoes that stand, and what waits for
    somebody; then the rule, and without any motion also what each partner weighs. Ends with 1 where something needs
    mending: a veto that stands, an objection that lacks something, a request or a review that is overdue, a mediation
    that is due, a quorum that was missed.

    Example:
        lichen charter votes alliance.yaml
        lichen charter votes alliance.yaml --motion second-fair --on 2026-11-22
    """
    alliance = given_alliance(file)
    charter, partners = alliance.charter, [audit.organisation for audit in alliance.partners]
    rule, names = charter.rule or VotingRule(), {one.id: one.name for one in partners}
    record = decision_record(
        partners, rule, charter.exposures, charter.motions, charter.vetoes, charter.requests, on=day_given(on)
    )
    if motion:
        record = _about(record, _chosen(charter, motion))
    blocks = [
        *outcome_blocks(record, charter, names, is_alone=bool(motion)),
        *standing_blocks(record, charter, names),
    ]
    if motion:
        blocks += keeping_blocks(record, rule)
    else:
        blocks.append(rule_block(rule, names, is_agreed=charter.rule is not None))
    if not charter.motions:
        blocks += weights_block(record, rule, names)
    show(layout, *blocks)
    raise typer.Exit(FINDINGS if record.needs_mending else DONE)


def _chosen(charter: Charter, id: str) -> Motion:
    found = next((each for each in charter.motions if each.id == id), None)
    if found is None:
        right = "; ".join(each.id for each in charter.motions) or _("no motion stands in the file yet")
        raise InputError(Problem(_("there is no motion of this id"), right))
    return found


def _about(record: DecisionRecord, motion: Motion) -> DecisionRecord:
    """What of the record is about one motion."""
    return replace(
        record,
        outcomes=tuple(each for each in record.outcomes if each.motion == motion.id),
        vetoes=tuple(each for each in record.vetoes if each.motion == motion.id),
        mediation=tuple(each for each in record.mediation if each.subject == motion.about),
        requests=(),
    )
