"""Who the partners are, what they came for, and who covers what."""

from __future__ import annotations

from collections.abc import Iterator

from lichen.alliance.recorded import agreed_on, begun_on
from lichen.brief.phrases import capitalised, within_sentence
from lichen.charter.agreement.phrases import listed
from lichen.language import _, ngettext
from lichen.paper import one_line, written_day
from lichen.progress.values import EndReason, Membership
from lichen.report.document import Block, Items, Note, Paragraph, Table
from lichen.report.seeing import Need, Seeing
from lichen.report.sights import Extent, ReportPart

__all__ = ["course_words", "who_blocks"]


def who_blocks(seen: Seeing) -> Iterator[Block]:
    """The partners, the course of the alliance, its purpose, and who covers which need.

    Args:
        seen: What the audience may see.
    """
    rows = tuple(_partner_row(seen, id) for id in seen.partners)
    yield Table(_("The partners"), (_("partner"), _("where"), _("in the alliance")), rows)
    yield Paragraph(" ".join(_course(seen)))
    yield from _purpose(seen)
    if seen.sees(ReportPart.COVER) is not Extent.NOTHING:
        yield from _cover(seen)


def course_words(seen: Seeing) -> str:
    """Since when the alliance lives, or until when it lived, in a sentence with its partners."""
    begun, ended = begun_on(seen.alliance), seen.alliance.course.ended_on
    if ended is not None:
        told, day = _("{partners} were allied until {day}."), written_day(ended)
    elif begun is None or begun > seen.on:
        told, day = _("{partners} have not founded their alliance yet."), ""
    else:
        told, day = _("{partners} have been allied since {day}."), written_day(begun)
    return told.format(partners=listed(map(seen.name, seen.partners)), day=day)


def _partner_row(seen: Seeing, id: str) -> tuple[str, str, str]:
    organisation = seen.alliance.partner(id).organisation
    where = ", ".join(filter(None, (one_line(organisation.region), one_line(organisation.country))))
    stays = [stay for stay in seen.alliance.course.memberships if stay.partner == id]
    return seen.name(id), where, "; ".join(_stay_words(seen, stay) for stay in stays)


def _stay_words(seen: Seeing, stay: Membership) -> str:
    joined = written_day(stay.joined_on)
    if stay.left_on is None:
        return _("since {joined}").format(joined=joined)
    told = _("{joined} to {left}").format(joined=joined, left=written_day(stay.left_on))
    return told + _because(seen, stay.left_because)


def _because(seen: Seeing, reason: EndReason | None) -> str:
    if reason is None or seen.sees(ReportPart.REASONS) is Extent.NOTHING:
        return ""
    words = {
        EndReason.GOAL_MET: _("the goal was met"),
        EndReason.NEED_PASSED: _("the need had passed"),
        EndReason.MONEY: _("money"),
        EndReason.CONFLICT: _("a conflict"),
        EndReason.MERGED: _("a merger"),
        EndReason.UNKNOWN: _("not known why"),
    }
    return _(" ({reason})").format(reason=words[reason])


def _course(seen: Seeing) -> Iterator[str]:
    course, signed = seen.alliance.course, agreed_on(seen.alliance, seen.on)
    if course.first_contact_on is not None:
        yield _("First contact: {day}.").format(day=written_day(course.first_contact_on))
    if signed is not None:
        yield _("Charter signed by all: {day}.").format(day=written_day(signed))
    pilots, held = len(seen.alliance.pilots), len(seen.alliance.checkins)
    if pilots:
        yield ngettext("{count} pilot was tried.", "{count} pilots were tried.", pilots).format(count=pilots)
    yield ngettext("{count} check-in has been held.", "{count} check-ins have been held.", held).format(count=held)
    if course.ended_on is not None:
        told = _("The alliance ended on {day}{because}. An ending is not in itself a failure.")
        yield told.format(day=written_day(course.ended_on), because=_because(seen, course.ended_because))


def _purpose(seen: Seeing) -> Iterator[Block]:
    """What all signed; a draft is nobody's word yet."""
    terms = seen.alliance.charter.terms
    if agreed_on(seen.alliance, seen.on) is None:
        return
    if purpose := seen.kept(terms.purpose):
        yield Paragraph(_("What it is for: {purpose}").format(purpose=purpose))
    if goals := tuple(filter(None, map(seen.kept, terms.goals))):
        yield Paragraph(_("Its goals, as signed:"))
        yield Items(goals)


def _cover(seen: Seeing) -> Iterator[Block]:
    rows = tuple(
        (seen.name(owner), capitalised(within_sentence(code)), _givers(seen, owner, code))
        for owner, code in _needs(seen)
    )
    if rows:
        yield Table(_("Who covers whom"), (_("partner"), _("need"), _("covered by")), rows)
        yield Note(
            _("Covered is a need for which somebody promised or gave something. Needs that stay closed are not here.")
        )
    else:
        yield Paragraph(_("No need is open here yet: open one in words, and write it below matters."))


def _needs(seen: Seeing) -> Iterator[Need]:
    for audit in seen.alliance.partners:
        owner = audit.organisation
        yield from (
            (owner.id, gap.code)
            for gap in owner.vulnerabilities
            if gap.code and gap.source is None and seen.may_name(owner.id, gap.code)
        )


def _givers(seen: Seeing, owner: str, code: str) -> str:
    """Who promised something for a need, or gave it without a promise."""
    ledger = seen.alliance.exchange
    promised = [(one.provider, one.receiver, one.code) for one in ledger.commitments if one.cancelled_on is None]
    given = [(one.provider, one.receiver, one.code) for one in ledger.events]
    givers = dict.fromkeys(giver for giver, receiver, what in promised + given if (receiver, what) == (owner, code))
    return listed(map(seen.name, givers)) or _("nobody yet")
