"""How severe needs were and are, by their owners' own word, and what was measured beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lichen.alliance.needs import need_courses
from lichen.brief.phrases import capitalised, label, within_sentence
from lichen.language import _, ngettext
from lichen.paper import one_line, written_day
from lichen.progress.indicators import MeasuredNeed, MovedAlike, ReadingShown, measured_needs
from lichen.progress.needs import NeedCourse
from lichen.progress.reduction import Reduction, reduction, reductions
from lichen.progress.words import interval_words, number_words, percent_words, signed_words
from lichen.report.charts import Dots, Line, dots_svg, lines_svg
from lichen.report.document import Block, Chart, Items, Note, Paragraph, Table
from lichen.report.seeing import Seeing
from lichen.report.sights import Extent, ReportPart

__all__ = ["needs_blocks", "reduced_words", "tellable_needs"]


def needs_blocks(seen: Seeing) -> Iterator[Block]:
    """Needs before and now for each partner, the index over time, and what was measured beside.

    Args:
        seen: What the audience may see.
    """
    needs = tellable_needs(seen)
    yield Paragraph(reduced_words(seen))
    if seen.sees(ReportPart.SEVERITIES) is Extent.TOTALS:
        yield from _over_time(seen, [reduction(_alike(_countable(seen)))])
        yield from _allowed(seen, needs)
    else:
        found = _reductions(seen, needs)
        for one in found:
            yield from _of_partner(seen, one)
        yield from _over_time(seen, found)
        yield from _named_only(seen)
    yield from _measured(seen, needs)
    if needs or _countable(seen):
        yield _method(seen, needs)


def tellable_needs(seen: Seeing) -> list[NeedCourse]:
    """The needs whose severity the audience may know, over time."""
    return [need for need in need_courses(seen.alliance, seen.on) if seen.may_tell(need.owner, need.code)]


def reduced_words(seen: Seeing) -> str:
    """How far needs have fallen, in a sentence: a partner's own, else those that are open among all."""
    own = [need for need in need_courses(seen.alliance, seen.on) if need.owner == seen.reader]
    index = reduction(own if seen.reader else _alike(_countable(seen))).index
    if index is None and seen.reader:
        return _("Your own needs have not been rated again since the audit.")
    if index is None:
        return _("No need that is open among all partners has been rated again since the audit.")
    told = (
        _("Since the start your own needs, by your own rating: {change}.")
        if seen.reader
        else _("Since the start the needs that partners opened to one another, by their own rating: {change}.")
    )
    return told.format(change=percent_words(index))


def _countable(seen: Seeing) -> list[NeedCourse]:
    return [need for need in need_courses(seen.alliance, seen.on) if seen.may_count(need.owner, need.code)]


def _alike(needs: Sequence[NeedCourse]) -> list[NeedCourse]:
    """The needs, each counting by its severity alone: how its owner ranked it among closed ones stays closed."""
    return [replace(need, weight=1.0) for need in needs]


def _reductions(seen: Seeing, needs: Sequence[NeedCourse]) -> list[Reduction]:
    own = [need for need in needs if need.owner == seen.reader]
    others = _alike([need for need in needs if need.owner != seen.reader])
    return [*reductions(own)[:-1], *reductions(others)[:-1]]


def _of_partner(seen: Seeing, one: Reduction) -> Iterator[Block]:
    rows = [(change.need, change.percent) for change in one.changes]
    if not rows:
        return
    name = seen.name(one.owner)
    change = "" if one.index is None else percent_words(one.index)
    title = _("{name}: its needs, {change}") if change else _("{name}: its needs")
    if one.owner != seen.reader:
        title = _("{name}: the needs it opened, {change}") if change else _("{name}: the needs it opened")
    dots = [_dots(need) for need, _percent in rows]
    told = _("Each need before (hollow) and now (full), from 0, gone, to 5, total.")
    yield Chart(
        title.format(name=name, change=change),
        told,
        dots_svg(told, dots, (0, 5), (_("0 gone"), _("5 total"))),
        _needs_table(seen, one),
    )
    for need in one.new:
        words = _("New since {day}, and not in the figure: {need}, now {now} of 5.")
        yield Paragraph(
            words.format(day=written_day(need.before.on), need=within_sentence(need.code), now=need.now.severity)
        )


def _dots(need: NeedCourse) -> Dots:
    before, now = need.before.severity, need.now.severity
    told = _steps(before, now)
    return Dots(
        label(need.code), float(before), float(now), told if now <= before else _("{steps}, worse").format(steps=told)
    )


def _steps(before: int, now: int) -> str:
    return f"{before} → {now}"


def _needs_table(seen: Seeing, one: Reduction) -> Table:
    words = _own_words(seen, one.owner)
    headings = [_("need"), _("at the start"), _("now"), _("change")]
    rows = []
    for change in one.changes:
        need = change.need
        row = [label(need.code), str(need.before.severity), str(need.now.severity), percent_words(change.percent)]
        rows.append((*row, words.get(need.code, "")) if any(words.values()) else tuple(row))
    if any(words.values()):
        headings.append(_("in its owner's words"))
    caption = _("The same in figures: {name}").format(name=seen.name(one.owner))
    return Table(caption, tuple(headings), tuple(rows), (1, 2), is_detail=True)


def _own_words(seen: Seeing, owner: str) -> dict[str, str]:
    """What an owner said of each need that it opened to this audience; the reader's own is as it stands."""
    if seen.sees(ReportPart.NEED_WORDS) is Extent.NOTHING:
        return {}
    gaps = seen.alliance.partner(owner).organisation.vulnerabilities
    told = [gap for gap in gaps if gap.source is None and seen.may_tell(owner, gap.code)]
    is_own = owner == seen.reader
    return {gap.code: one_line(gap.words, None) if is_own else seen.kept(gap.words, about=gap.code) for gap in told}


def _over_time(seen: Seeing, found: Sequence[Reduction]) -> Iterator[Block]:
    lines = [
        Line(
            seen.name(one.owner) if one.owner else _("all partners, open needs"),
            tuple((wave.on, wave.index) for wave in one.waves),
        )
        for one in found
        if len(one.waves) > 1
    ]
    if not lines:
        return
    least = min(value for line in lines for _day, value in line.points)
    low = 0.0 if least >= 0 else -50.0 * (1 + int(-least // 50))
    steps = [low, 0.0, 50.0, 100.0] if low else [0.0, 25.0, 50.0, 75.0, 100.0]
    told = _("By how many per cent needs are less severe than at the start, at each check-in; 100 is all gone.")
    yield Chart(
        _("Needs over time"),
        told,
        lines_svg(told, lines, (low, 100.0), steps),
        _days_table(_("The same in figures: less severe, in per cent"), lines),
    )


def _days_table(caption: str, lines: Sequence[Line]) -> Table:
    days = sorted({day for line in lines for day, _value in line.points})
    known = [dict(line.points) for line in lines]
    rows = tuple(
        (written_day(day), *(number_words(points[day]) if day in points else "" for points in known)) for day in days
    )
    headings = (_("check-in"), *(line.label for line in lines))
    return Table(caption, headings, rows, tuple(range(1, len(lines) + 1)), is_detail=True)


def _named_only(seen: Seeing) -> Iterator[Block]:
    """Needs that may be named, and of which nobody said here how severe they are."""
    names = [
        _("{name}: {need}").format(name=seen.name(audit.organisation.id), need=within_sentence(gap.code))
        for audit in seen.alliance.partners
        for gap in audit.organisation.vulnerabilities
        if gap.source is None
        and seen.may_name(audit.organisation.id, gap.code)
        and not seen.may_tell(audit.organisation.id, gap.code)
    ]
    if names:
        yield Paragraph(_("Opened by name, and not in words, so that how severe they are is not told:"))
        yield Items(tuple(names))


def _allowed(seen: Seeing, needs: Sequence[NeedCourse]) -> Iterator[Block]:
    if needs:
        yield Paragraph(_("Needs that their owners allow this report to name:"))
        yield Items(
            tuple(
                _("{name}: {need}, {steps} of 5").format(
                    name=seen.name(need.owner),
                    need=within_sentence(need.code),
                    steps=_steps(need.before.severity, need.now.severity),
                )
                for need in needs
            )
        )


def _measured(seen: Seeing, needs: Sequence[NeedCourse]) -> Iterator[Block]:
    indicators = [one for one in seen.alliance.progress.indicators if seen.may_tell(one.owner, one.code)]
    found = measured_needs(indicators, needs, seen.on, seen.alliance.progress.rules)
    if found:
        headings = (_("what was measured"), _("first"), _("last"), _("change"), _("beside the owner's rating"))
        yield Table(_("Measured beside"), headings, tuple(_measured_row(seen, each) for each in found), (1, 2))
    elif seen.reader:
        yield Paragraph(
            _("Nothing was measured beside your ratings: add a survey or a count below progress, indicators.")
        )


def _measured_row(seen: Seeing, each: MeasuredNeed) -> tuple[str, ...]:
    indicator = each.indicator
    what = capitalised(seen.kept(indicator.what, about=indicator.code) or within_sentence(indicator.code))
    return (
        what,
        _reading(seen, each, each.first),
        _reading(seen, each, each.last),
        _change(each),
        _alike_words(each.agreement),
    )


def _reading(seen: Seeing, each: MeasuredNeed, shown: ReadingShown | None) -> str:
    if shown is None:
        return _("not measured")
    unit = seen.kept(each.indicator.unit, about=each.indicator.code)
    value = (
        f"{number_words(shown.reading.value)}%"
        if each.indicator.is_share
        else f"{number_words(shown.reading.value)} {unit}".strip()
    )
    among = "" if shown.reading.n is None else _(" (n {n:,})").format(n=shown.reading.n)
    return f"{value}{among}, {written_day(shown.reading.on)}"


def _change(each: MeasuredNeed) -> str:
    if each.change is None:
        return _("measure it again")
    if each.change_interval is None:
        return _("{change}; no interval").format(change=signed_words(each.change))
    return _("{change}; 95%: {interval}").format(
        change=signed_words(each.change), interval=interval_words(each.change_interval)
    )


def _alike_words(agreement: MovedAlike) -> str:
    return {
        MovedAlike.SAME_WAY: _("moved the same way"),
        MovedAlike.UNMOVED: _("neither moved"),
        MovedAlike.RATING_AHEAD: _("the rating went better than the measure"),
        MovedAlike.MEASURE_AHEAD: _("the measure went better than the rating"),
        MovedAlike.UNKNOWN: _("nothing to compare yet"),
    }[agreement]


def _method(seen: Seeing, needs: Sequence[NeedCourse]) -> Note:
    counted = _countable(seen)
    owners = len({need.owner for need in counted})
    of = ngettext("{needs} need", "{needs} needs", len(counted)).format(needs=len(counted))
    partners = ngettext("{owners} partner", "{owners} partners", owners).format(owners=owners)
    told = _(
        "Of {of} of {partners}, from the audit to the last check-in, those that got worse among them; a percentage of "
        "what the partners say of themselves. It was not measured, and it does not show that the alliance is the "
        "cause. Needs that stay closed are in no figure here."
    )
    own = (
        _(" Your own needs count by severity and rank at the audit, others' by severity alone.") if seen.reader else ""
    )
    return Note(told.format(of=of, partners=partners) + own)
