"""How content and how trusting partners are, and what the people served say: each as far as its giver allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from lichen.checkin.served import ServedSeries, served_series
from lichen.checkin.trust import TrustGap, TrustWave, trust_gaps, trust_waves
from lichen.checkin.values import Dimension
from lichen.checkin.words import trust_caution
from lichen.language import _, ngettext
from lichen.paper import written_day
from lichen.progress.satisfaction import Question, QuestionRound, SurveyRound, satisfaction
from lichen.progress.words import number_words, question_words
from lichen.report.charts import Line, lines_svg
from lichen.report.document import Block, Chart, Items, Note, Paragraph, Table
from lichen.report.seeing import Seeing
from lichen.report.sights import Extent, ReportPart
from lichen.scales import FIVE_STEPS
from lichen.small_groups import Bound

__all__ = ["fairness_blocks", "served_blocks", "trust_blocks"]

_MOST_LINES = 4
"""More cannot be told apart without colour."""


def fairness_blocks(seen: Seeing) -> Iterator[Block]:
    """The answers on satisfaction and fairness that their givers share: the lowest and the gap, round by round.

    Args:
        seen: What the audience may see.
    """
    asked = [one for one in seen.alliance.progress.surveys if one.answered_on <= seen.on]
    if not asked:
        if seen.sees(ReportPart.FAIRNESS) is not Extent.TOTALS:
            yield Paragraph(_("Nobody was asked yet: ask each partner at the next refresher, below progress, surveys."))
        return
    rules = seen.alliance.progress.rules
    last = satisfaction(asked, seen.on, rules)[-1]
    heard = {one.by for one in asked if one.answered_on >= last.begun_on}
    yield Paragraph(
        _asked_words(len(satisfaction(asked, seen.on, rules)), len(heard), len(seen.partners), last.begun_on)
    )
    if seen.sees(ReportPart.FAIRNESS) is Extent.TOTALS:
        yield Note(_("What each answered is its own; a funder is told how many were asked."))
        return
    shown = [one for one in asked if not one.unnamed and (one.by == seen.reader or one.shared)]
    rounds = satisfaction(shown, seen.on, rules)
    if rounds:
        yield from _rounds(seen, rounds)
    yield Note(_fairness_method(seen, len({one.by for one in shown})))


def trust_blocks(seen: Seeing) -> Iterator[Block]:
    """Who trusts whom over time, wherever it may be shown, and where it is uneven.

    Args:
        seen: What the audience may see.
    """
    if seen.sees(ReportPart.TRUST) is Extent.NOTHING:
        return
    waves = [wave for wave in trust_waves(seen.alliance.checkins, seen.partners, seen.on) if wave.is_revealed]
    lines = _trust_lines(seen, waves)
    if not lines:
        yield Paragraph(
            _("Nothing on trust may be shown: tell all beforehand that names are shown, or wait for five answers.")
        )
        return
    told = _("How much each trusts the other, all in all, from 1, not at all, to 10, entirely.")
    table = _trust_table(lines)
    title = _("Who trusts whom")
    if len(lines) <= _MOST_LINES:
        yield Chart(title, told, lines_svg(told, lines, (1.0, 10.0), (1.0, 4.0, 7.0, 10.0)), table)
    else:
        yield table
    gaps = [gap for gap in trust_gaps(waves[-1]) if gap.dimension is Dimension.TRUST]
    if sentences := tuple(filter(None, (_gap_words(seen, gap) for gap in gaps))):
        yield Items(sentences)
    yield Note(_trust_method(len(waves)))


def served_blocks(seen: Seeing) -> Iterator[Block]:
    """What the people served answered over time.

    Args:
        seen: What the audience may see.
    """
    series = [one for one in served_series(seen.alliance.checkins, seen.on) if _points(one)]
    if not series:
        if seen.sees(ReportPart.FAIRNESS) is not Extent.TOTALS:
            yield Paragraph(_("The people served were not asked yet: ask one question at a check-in, below served."))
        return
    for one in series:
        question, told = seen.kept(one.question) or _("A question"), _("Mean answers from 1 to 5.")
        asked_of = seen.kept(one.asked_of)
        title = _("{question} – asked of {whom}") if asked_of else "{question}"
        line = Line(asked_of or _("people served"), tuple(_points(one)))
        svg = lines_svg(told, [line], (1.0, 5.0), (1.0, 2.0, 3.0, 4.0, 5.0))
        yield Chart(title.format(question=question, whom=asked_of), told, svg, _served_table(one))
    yield Note(
        _(
            "Nobody's name is kept, so it may be other people each time; from five answers on, and not where one "
            "answer could be found by subtracting."
        )
    )


def _asked_words(rounds: int, heard: int, partners: int, last_on: date) -> str:
    told = ngettext(
        "The partners were asked {rounds} time; in the last round, from {day} on, {heard} of {partners} answered.",
        "The partners were asked {rounds} times; in the last round, from {day} on, {heard} of {partners} answered.",
        rounds,
    )
    return told.format(rounds=rounds, day=written_day(last_on), heard=heard, partners=partners)


def _rounds(seen: Seeing, rounds: Sequence[SurveyRound]) -> Iterator[Block]:
    lines = _satisfied_lines(seen, rounds)
    table = Table(
        _("The lowest answer, and how far the highest lies above it"),
        (_("round"), *map(question_words, Question)),
        tuple((written_day(one.begun_on), *map(_lowest_words, one.questions)) for one in rounds),
        (1, 2, 3, 4),
    )
    told = _("How satisfied each is with the alliance, from 1, not at all, to 7, entirely.")
    if lines and len(lines) <= _MOST_LINES:
        yield Chart(
            _("Satisfied with the alliance"),
            told,
            lines_svg(told, lines, (1.0, 7.0), (1.0, 4.0, 7.0)),
            _lines_table(lines),
        )
    yield table


def _satisfied_lines(seen: Seeing, rounds: Sequence[SurveyRound]) -> list[Line]:
    heard: dict[str, list[tuple[date, float]]] = {}
    for one in rounds:
        for voice in one.questions[0].voices:
            heard.setdefault(voice.partner, []).append((one.begun_on, voice.mean))
    return [Line(seen.name(id), tuple(points)) for id, points in heard.items()]


def _lowest_words(asked: QuestionRound) -> str:
    if asked.lowest is None:
        return "–"
    lowest = number_words(asked.lowest.mean)
    return lowest if asked.gap is None else _("{lowest}, gap {gap}").format(lowest=lowest, gap=number_words(asked.gap))


def _fairness_method(seen: Seeing, shown: int) -> str:
    if not shown:
        return _("No answer stands here: each is its giver's, who may share it with all partners (shared: true).")
    of = _("From 1 not at all to 7 entirely; answers shown here: of {shown} of {partners} partners.")
    why = _("Each answer is its giver's: it stands here where the giver shares it (shared: true).")
    own = _("Your own answers stand here, and those that others share.") if seen.reader else why
    read = _("Read who is lowest and ask why, rather than compare means.")
    return " ".join((of.format(shown=shown, partners=len(seen.partners)), own, read))


def _trust_lines(seen: Seeing, waves: Sequence[TrustWave]) -> list[Line]:
    lines = []
    for by in seen.partners:
        for about in seen.partners:
            means = [(wave.checkin.held_on, wave.mean(by, about)) for wave in waves] if by != about else []
            points = tuple((day, mean) for day, mean in means if mean is not None)
            if points:
                lines.append(Line(_("{by} trusts {about}").format(by=seen.name(by), about=seen.name(about)), points))
    return lines


def _lines_table(lines: Sequence[Line], heading: str = "") -> Table:
    days = sorted({day for line in lines for day, _value in line.points})
    known = [dict(line.points) for line in lines]
    rows = tuple(
        (written_day(day), *(number_words(each[day]) if day in each else "–" for each in known)) for day in days
    )
    headings = (heading or _("round"), *(line.label for line in lines))
    return Table(_("The same in figures"), headings, rows, tuple(range(1, len(lines) + 1)), is_detail=True)


def _trust_table(lines: Sequence[Line]) -> Table:
    if len(lines) <= _MOST_LINES:
        return _lines_table(lines, _("check-in"))
    rows = tuple(
        (line.label, number_words(line.points[0][1]), number_words(line.points[-1][1]), written_day(line.points[-1][0]))
        for line in lines
    )
    return Table(_("Who trusts whom, from 1 to 10"), (_("who"), _("first"), _("last"), _("on")), rows, (1, 2))


def _gap_words(seen: Seeing, gap: TrustGap) -> str:
    if not gap.is_uneven:
        return ""
    told = _("{more} trusts {less} more than it is trusted: {high} against {low}. Talk about it with both in the room.")
    high, low = max(gap.forth, gap.back), min(gap.forth, gap.back)
    return told.format(
        more=seen.name(gap.trusts_more),
        less=seen.name(gap.trusts_less),
        high=number_words(high),
        low=number_words(low),
    )


def _trust_method(waves: int) -> str:
    told = ngettext("From {waves} check-in laid open to all.", "From {waves} check-ins laid open to all.", waves)
    return " ".join((told.format(waves=waves), trust_caution()))


def _points(one: ServedSeries) -> list[tuple[date, float]]:
    return [(point.on, point.mean) for point in one.points if point.mean is not None]


def _served_table(one: ServedSeries) -> Table:
    words = {Bound.MORE: _("{mean} or more"), Bound.LESS: _("{mean} or less"), Bound.EITHER: _("about {mean}")}
    rows = []
    for point in one.points:
        if point.mean is not None:
            shown = words.get(point.bound, "{mean}") if point.bound is not None else "{mean}"
            rows.append((written_day(point.on), shown.format(mean=number_words(point.mean)), str(point.answered)))
    steps = _("mean, {low} to {high}").format(low=min(FIVE_STEPS), high=max(FIVE_STEPS))
    return Table(_("The same in figures"), (_("asked on"), steps, _("answers")), tuple(rows), (1, 2), is_detail=True)
