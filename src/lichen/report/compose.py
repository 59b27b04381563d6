"""A report on an alliance, for one audience: its sections in their order, and what was left out of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from lichen.alliance.needs import need_courses
from lichen.alliance.values import Alliance
from lichen.language import _, ngettext
from lichen.paper import one_line, written_day
from lichen.pitfalls.looking import pitfalls
from lichen.pitfalls.values import Alert
from lichen.report.ahead import ahead_words, alerts_shown, next_blocks, watch_blocks
from lichen.report.audience import Audience, AudienceKind
from lichen.report.document import Block, Items, Note, Report, ReportSection, Section, Table
from lichen.report.exchanged import delivered_words, exchange_blocks
from lichen.report.felt import fairness_blocks, served_blocks, trust_blocks
from lichen.report.measured import goals_blocks, outcome_words, outcomes_blocks
from lichen.report.needs import needs_blocks, reduced_words
from lichen.report.seeing import Seeing, seeing
from lichen.report.sights import SIGHTS, Extent, ReportPart, part_words, reason_words, sight_words
from lichen.report.who import course_words, who_blocks

__all__ = ["left_out_words", "report_for"]


def report_for(alliance: Alliance, audience: Audience, on: date) -> Report:
    """The report on an alliance for one audience, which sees in it only what it may.

    Args:
        alliance: The alliance.
        audience: Who reads it.
        on: The day; what is dated later does not count.

    Source:
        Ours; what each audience may see is ``SIGHTS``.

    Example:
        >>> made = report_for(Alliance("Eastfield"), Audience(AudienceKind.FUNDER), date(2026, 11, 23))
        >>> made.title, made.sections[0].heading
        ('Eastfield: a report for a funder', 'In five sentences')
    """
    seen = seeing(alliance, audience, on)
    alerts = alerts_shown(seen)
    name = one_line(alliance.name) or _("The alliance")
    sections = (Section(each, _heading(each, seen), tuple(_blocks(each, seen, alerts))) for each in ReportSection)
    return Report(
        _title(seen).format(name=name),
        (_for_whom(seen), _("As of {day}.").format(day=written_day(on))),
        tuple(section for section in sections if section.blocks),
        _("{name}, {day}. Written with Lichen from the alliance's own file.").format(name=name, day=written_day(on)),
    )


def left_out_words(alliance: Alliance, audience: Audience, on: date) -> str:
    """What was left out of a report, and why, in one line.

    It is for whoever keeps the file, and no part of the report: it counts what stays closed.

    Args:
        alliance: The alliance.
        audience: Who reads the report.
        on: The day.
    """
    seen = seeing(alliance, audience, on)
    needs = [need for need in need_courses(seen.alliance, on) if not seen.may_tell(need.owner, need.code)]
    alerts = len(pitfalls(alliance, on)) - len(alerts_shown(seen))
    told = [
        ngettext("{count} need", "{count} needs", len(needs)).format(count=len(needs)) if needs else "",
        ngettext("{count} warning", "{count} warnings", alerts).format(count=alerts) if alerts else "",
        _("all trust ratings") if audience.kind is AudienceKind.FUNDER else "",
    ]
    left = ", ".join(filter(None, told))
    if not left:
        return _("Left out: notes, reviews, votes and people's names, which stay where they were said.")
    why = {
        AudienceKind.BOARD: _("not open to every partner"),
        AudienceKind.FUNDER: _("its owner has not allowed it, or it stays among the partners"),
        AudienceKind.PARTNER: _("not opened to this partner"),
    }[audience.kind]
    return _("Left out: {left} ({why}); notes, reviews, votes and people's names always.").format(left=left, why=why)


def _title(seen: Seeing) -> str:
    return {
        AudienceKind.BOARD: _("{name}: a report for its board"),
        AudienceKind.FUNDER: _("{name}: a report for a funder"),
        AudienceKind.PARTNER: _("{name}: a report for one partner"),
    }[seen.audience.kind]


def _for_whom(seen: Seeing) -> str:
    told = {
        AudienceKind.BOARD: _(
            "For the delegates of all partners. Of what partners lack it holds only what each opened to all others."
        ),
        AudienceKind.FUNDER: _("For a funder. It names what a partner lacks only where that partner allows it."),
        AudienceKind.PARTNER: _(
            "For {reader} alone: it holds what the others opened to it in confidence. Send it to no other."
        ),
    }
    return told[seen.audience.kind].format(reader=seen.name(seen.reader))


def _heading(section: ReportSection, seen: Seeing) -> str:
    covers = seen.sees(ReportPart.COVER) is not Extent.NOTHING
    return {
        ReportSection.SUMMARY: _("In five sentences"),
        ReportSection.WHO: _("Who we are, and who covers whom") if covers else _("Who we are"),
        ReportSection.EXCHANGE: _("What was promised and delivered"),
        ReportSection.NEEDS: _("What we need, over time"),
        ReportSection.GOALS: _("Goals"),
        ReportSection.OUTCOMES: _("What was reached together"),
        ReportSection.FAIRNESS: _("Satisfied, and treated fairly?"),
        ReportSection.TRUST: _("Trust"),
        ReportSection.SERVED: _("What the people served say"),
        ReportSection.WATCH: _("What to watch"),
        ReportSection.NEXT: _("What comes next"),
        ReportSection.READING: _("What this report holds, and why no more"),
    }[section]


def _blocks(section: ReportSection, seen: Seeing, alerts: Sequence[Alert]) -> Iterator[Block]:
    if section is ReportSection.SUMMARY:
        yield Items(tuple(_summary(seen, alerts)))
    elif section is ReportSection.WATCH:
        yield from watch_blocks(seen, alerts)
    elif section is ReportSection.READING:
        yield from _reading(seen)
    else:
        yield from _WRITTEN[section](seen)


def _summary(seen: Seeing, alerts: Sequence[Alert]) -> Iterator[str]:
    yield course_words(seen)
    yield delivered_words(seen)
    yield reduced_words(seen)
    yield outcome_words(seen)
    yield ahead_words(seen, alerts)


def _reading(seen: Seeing) -> Iterator[Block]:
    rows = tuple(
        (part_words(row.part), sight_words(row.of(seen.audience.kind)), reason_words(row.part))
        for row in SIGHTS
        if row.of(seen.audience.kind) is not Extent.ALL
    )
    yield Table(
        _("What is not told in full, to anybody in your place, and why"),
        (_("what"), _("told here"), _("why")),
        rows,
        is_detail=True,
    )
    yield Note(
        _(
            "The table is the same for every alliance: that something is left out does not say that there is any. A "
            "text that names a capability, or repeats what somebody confided, is left out, too."
        )
    )


_WRITTEN = {
    ReportSection.WHO: who_blocks,
    ReportSection.EXCHANGE: exchange_blocks,
    ReportSection.NEEDS: needs_blocks,
    ReportSection.GOALS: goals_blocks,
    ReportSection.OUTCOMES: outcomes_blocks,
    ReportSection.FAIRNESS: fairness_blocks,
    ReportSection.TRUST: trust_blocks,
    ReportSection.SERVED: served_blocks,
    ReportSection.NEXT: next_blocks,
}
