"""What ``lichen charter votes`` prints of each motion: the outcome, then every number that led to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from lichen.charter.values import Charter
from lichen.charter.veto import veto_rule_words
from lichen.charter.votes.outcome import CountedVote, Decision, Outcome, VoteFinding, VoteGround
from lichen.charter.votes.record import DecisionRecord
from lichen.charter.votes.stances import stance_rule_words
from lichen.charter.votes.values import ConsentStep, CountedFrom, Motion, Position, Stance, VotingMethod, VotingRule
from lichen.cli.answers import Block, Column, Line, Record, styled
from lichen.language import _
from lichen.paper import one_line, written_day

__all__ = ["Names", "finding_words", "outcome_blocks", "sentence_lines", "share_words", "threshold_words"]

Names = Mapping[str, str]
"""The name of each partner, by its id."""

_STYLES = {
    Decision.PASSED: "green",
    Decision.FAILED: "red",
    Decision.BLOCKED: "red",
    Decision.UNDECIDED: "yellow",
}


def outcome_blocks(record: DecisionRecord, charter: Charter, names: Names, *, is_alone: bool) -> Iterator[Block]:
    """Two blocks for each motion of the record: the outcome with its reasons, and who stood where.

    Args:
        record: The answer of ``decision_record``.
        charter: The charter that it is about.
        names: The partners.
        is_alone: Whether it is one motion that was asked for, so that nothing about the rule stands below.
    """
    motions = {each.id: each for each in charter.motions}
    for outcome in record.outcomes:
        motion = motions[outcome.motion]
        rule = motion.rule or charter.rule or VotingRule()
        yield _outcome_block(outcome, motion, rule, names, is_alone=is_alone)
        yield _votes_block(outcome, names)


def threshold_words(rule: VotingRule) -> str:
    """The threshold, as a sentence has it."""
    told = _("more than {share}") if rule.strictly_more else _("at least {share}")
    return told.format(share=rule.threshold)


def share_words(part: int, whole: int) -> str:
    """A whole number as a share in per cent, to one place.

    Example:
        >>> share_words(2, 3), share_words(1, 2), share_words(0, 0)
        ('66.7%', '50%', '–')
    """
    return f"{100 * part / whole:.1f}".removesuffix(".0") + "%" if whole else "–"


def sentence_lines(record: Record) -> Iterator[Line]:
    """The reasons of a record as lines of a list."""
    for sentence in record["reasons"]:
        yield styled(("–", "dim")), styled(sentence)


def finding_words(finding: VoteFinding) -> str:
    """What the partners should know about a vote, and what would help."""
    return {
        VoteFinding.TWO_PARTNERS: _(
            "Between two, any weights make one of you a dictator or give each of you a veto. So it goes by consent,"
            " whatever the rule says, and each may veto what touches its own core weaknesses."
        ),
        VoteFinding.NO_RISK_DECLARED: _("Nobody has declared a risk yet, so all weigh the same."),
        VoteFinding.DECIDES_ALONE: _(
            "By the weights agreed on one partner decides every motion alone: agree on others (lichen charter weights)."
        ),
        VoteFinding.VETO_NOT_RECORDED: _(
            "A stance says veto, and no veto that keeps the rules is recorded: it counts as a vote against."
        ),
        VoteFinding.OBJECTION_INCOMPLETE: _(
            "A stance does not count as an objection: it needs `reason` and `harms`, the aim that would be harmed."
        ),
        VoteFinding.RULE_NOT_KEPT: _(
            "It is reckoned by the rule as it stands now, and a rule agreed on later would change it: write into the"
            " motion the rule and weights of the day it opened ({lines})."
        ),
    }[finding]


def _outcome_block(outcome: Outcome, motion: Motion, rule: VotingRule, names: Names, *, is_alone: bool) -> Block:
    reasons = list(_reasons(outcome, motion, rule, names, is_alone=is_alone))
    record = {
        "kind": "motion",
        "id": motion.id,
        "title": motion.title,
        "decision": outcome.decision,
        "ground": outcome.ground,
        "as_it_stands": outcome.as_it_stands,
        "method": outcome.method,
        "heads": outcome.heads,
        "heads_needed": outcome.heads_needed,
        **_weight_record(outcome),
        "vetoed_by": list(outcome.vetoed_by),
        "objections_by": [stance.by for stance in outcome.objections],
        "passed_over": [{"place": each.place, "by": each.by, "rule": each.rule} for each in outcome.passed_over],
        "refused_vetoes": [{"by": each.by, "rule": each.rule} for each in outcome.refused_vetoes],
        "review_on": None if outcome.review_on is None else outcome.review_on.isoformat(),
        "review_due": outcome.review_due,
        "next_step": outcome.next_step,
        "findings": list(outcome.findings),
        "sentence": _headline(outcome, motion, rule, names),
        "reasons": reasons,
        "votes": [_vote_record(vote) for vote in outcome.votes],
    }
    return Block(
        heading=f"{motion.title} ({motion.id})" if motion.title else motion.id,
        columns=(Column("", lambda record: styled((record["sentence"], _STYLES[outcome.decision]))),),
        records=[record],
        below=sentence_lines,
    )


def _weight_record(outcome: Outcome) -> Record:
    if outcome.method is VotingMethod.CONSENT:
        return {}
    return {
        "for": outcome.total_for,
        "against": outcome.total_against,
        "abstaining": outcome.total_abstaining,
        "all": outcome.total,
        "counted": outcome.counted,
        "needed": outcome.needed,
    }


def _vote_record(vote: CountedVote) -> Record:
    said = vote.stance
    return {
        "partner": vote.weight.partner,
        "position": vote.position,
        "weight": vote.weight.weight,
        "share": float(vote.weight.share),
        "person": said.person if said else "",
        "taken_on": said.taken_on.isoformat() if said else None,
        "on_behalf_by": said.on_behalf_by if said else "",
    }


def _headline(outcome: Outcome, motion: Motion, rule: VotingRule, names: Names) -> str:
    weight = _("those for it weigh {part} of {whole} ({share}), and {bar} was needed").format(
        part=f"{outcome.total_for:,}",
        whole=f"{outcome.counted:,}",
        share=share_words(outcome.total_for, outcome.counted),
        bar=threshold_words(rule),
    )
    told = {
        VoteGround.STANDING_VETO: _("Blocked by a veto of {partners}, until what it is about is resolved or mediated."),
        VoteGround.NOT_OPEN: _("Not open yet."),
        VoteGround.STILL_OPEN: _open_words(outcome, motion),
        VoteGround.QUORUM_MISSING: _("Undecided: too few took part. Call those who are missing, and vote anew."),
        VoteGround.REASONED_OBJECTION: _("Not passed: a reasoned objection stands."),
        VoteGround.RESOLVED_VETO: _("Not passed: it was vetoed, and the veto was resolved in another way."),
        VoteGround.NO_OBJECTION: _("Passed by consent: nobody has a reasoned objection."),
        VoteGround.ENOUGH_WEIGHT: _("Passed: {weight}."),
        VoteGround.TOO_LITTLE_WEIGHT: _("Failed: {weight}."),
    }[outcome.ground]
    return told.format(weight=weight, partners=", ".join(names.get(by, by) for by in outcome.vetoed_by))


def _open_words(outcome: Outcome, motion: Motion) -> str:
    told = {
        Decision.PASSED: _("Still open {until}. As it stands, it passes."),
        Decision.FAILED: _("Still open {until}. As it stands, it does not pass."),
        Decision.UNDECIDED: _("Still open {until}. As it stands, too few have taken part."),
        Decision.BLOCKED: "",
    }[outcome.as_it_stands]
    if motion.closes_on is None:
        return told.format(until=_("until somebody closes it"))
    return told.format(until=_("until {day}").format(day=written_day(motion.closes_on)))


def _reasons(outcome: Outcome, motion: Motion, rule: VotingRule, names: Names, *, is_alone: bool) -> Iterator[str]:
    yield _("{heads} of {all} partners took part themselves; {needed} are needed.").format(
        heads=outcome.heads, all=len(outcome.votes), needed=outcome.heads_needed
    )
    if outcome.method is not VotingMethod.CONSENT:
        yield _weights_sentence(outcome, rule)
    for stance in outcome.objections:
        told = _("{name} objects: {reason} It would harm this aim: {aim}")
        yield told.format(name=names.get(stance.by, stance.by), reason=_ended(stance.reason), aim=_ended(stance.harms))
    for veto in outcome.vetoes:
        if veto.resolved_on is not None and veto.by not in outcome.vetoed_by:
            told = _("The veto of {name} was resolved on {day}: {resolution}")
            name, resolution = names.get(veto.by, veto.by), _ended(veto.resolution)
            yield told.format(name=name, day=written_day(veto.resolved_on), resolution=resolution)
    yield from _finding_sentences(outcome, names, is_alone=is_alone)
    for over in outcome.passed_over:
        told = _("Stance {place} ({name}) does not count: {why}")
        yield told.format(place=over.place, name=names.get(over.by, over.by), why=stance_rule_words(over.rule))
    for refused in outcome.refused_vetoes:
        told = _("The veto of {name} stops nothing: {why}")
        yield told.format(name=names.get(refused.by, refused.by), why=veto_rule_words(refused.rule))
    if outcome.ground is VoteGround.RESOLVED_VETO:
        yield _("Next: what was settled instead needs a motion of its own, on the same subject.")
    elif outcome.next_step is not None and outcome.next_step is not ConsentStep.REVIEW:
        yield _step_words(outcome.next_step)
    if outcome.review_on is not None:
        yield _review_words(outcome.review_on, is_due=outcome.review_due)


def _finding_sentences(outcome: Outcome, names: Names, *, is_alone: bool) -> Iterator[str]:
    for stance in outcome.incomplete_objections:
        told = _("What {name} said on {day} does not count as an objection: it needs `reason` and `harms`; {lacks}.")
        name, day = names.get(stance.by, stance.by), written_day(stance.taken_on)
        yield told.format(name=name, day=day, lacks=_lacking_words(stance))
    elsewhere = {VoteFinding.OBJECTION_INCOMPLETE} | (set() if is_alone else {VoteFinding.TWO_PARTNERS})
    lines = _("the lines stand below") if is_alone else f"lichen charter votes --motion {outcome.motion}"
    yield from (finding_words(each).format(lines=lines) for each in outcome.findings if each not in elsewhere)


def _lacking_words(stance: Stance) -> str:
    lacking = [f"`{key}`" for key, words in (("reason", stance.reason), ("harms", stance.harms)) if not words.strip()]
    return _("{keys} is not there").format(keys=lacking[0]) if len(lacking) == 1 else _("neither is there")


def _weights_sentence(outcome: Outcome, rule: VotingRule) -> str:
    absent = outcome.total - outcome.total_for - outcome.total_against - outcome.total_abstaining
    told = {
        CountedFrom.CAST: _(
            "For {pro} and against {con} make {counted} cast; {abstaining} abstain and {absent} are absent, which"
            " changes nothing. To pass, {bar} of {counted} must be for it: {needed} or more."
        ),
        CountedFrom.ALL: _(
            "For {pro}, against {con}, abstaining {abstaining}, absent {absent}: {counted} in all. To pass, {bar} of"
            " {counted} must be for it: {needed} or more."
        ),
    }[rule.counted_from]
    return told.format(
        pro=f"{outcome.total_for:,}",
        con=f"{outcome.total_against:,}",
        abstaining=f"{outcome.total_abstaining:,}",
        absent=f"{absent:,}",
        counted=f"{outcome.counted:,}",
        needed=f"{outcome.needed:,}",
        bar=threshold_words(rule),
    )


def _step_words(step: ConsentStep) -> str:
    return {
        ConsentStep.PRESENT: _("Next in the round: present the proposal; nobody answers yet."),
        ConsentStep.CLARIFY: _("Next in the round: questions, until all understand the same."),
        ConsentStep.REACT: _("Next in the round: each says once what it thinks of it."),
        ConsentStep.CONSENT: _("Next in the round: each objects with a reason, or does not."),
        ConsentStep.INTEGRATE: _(
            "Next: work what is protected here into a better motion on the same subject; if none is found, take it to"
            " a wider circle."
        ),
    }[step]


def _review_words(review_on: date, *, is_due: bool) -> str:
    told = _("Its review has been due since {day}.") if is_due else _("It is looked at again on {day}.")
    return told.format(day=written_day(review_on))


def _votes_block(outcome: Outcome, names: Names) -> Block:
    weighty = (
        Column(_("Weight"), lambda record: f"{record['weight']:,}", number=True),
        Column(_("Share"), lambda record: share_words(record["weight"], outcome.total), number=True),
    )
    return Block(
        columns=(
            Column(_("Partner"), lambda record: names.get(record["partner"], record["partner"])),
            Column(_("Stance"), lambda record: _position_words(record["position"])),
            *(() if outcome.method is VotingMethod.CONSENT else weighty),
            Column(_("Said by"), lambda record: _said(record, names)),
        ),
        records=[_vote_record(vote) for vote in outcome.votes],
        repeats=True,
    )


def _position_words(position: Position | None) -> str:
    return {
        Position.FOR: _("for"),
        Position.AGAINST: _("against"),
        Position.ABSTAIN: _("abstains"),
        Position.OBJECTION: _("objects"),
        Position.VETO: _("veto"),
        None: _("absent"),
    }[position]


def _said(record: Record, names: Names) -> str:
    if record["taken_on"] is None:
        return ""
    told = _("{person}, {day}").format(person=record["person"], day=written_day(date.fromisoformat(record["taken_on"])))
    carrier = record["on_behalf_by"]
    return _("{said}, on behalf, for {name}").format(said=told, name=names.get(carrier, carrier)) if carrier else told


def _ended(words: str) -> str:
    """The words as a sentence of their own, on one line."""
    told = one_line(words, None)
    return told if told.endswith((".", "!", "?")) else f"{told}."
