"""Quarter by quarter in words: a mark for each quarter, and what has gone one way for long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from lichen.cli.alliance.names import team_name
from lichen.cli.answers import Block, Column, Record, styled
from lichen.exchange.fairness.quarters import Leaning, QuarterCourse, QuarterView
from lichen.language import _

__all__ = ["course_blocks", "course_records", "quarter_words", "sparkline"]

_STEPS = "▁▂▃▄▅▆▇█"
_UNKNOWN, _QUIET = "?", "·"


def course_records(went: Sequence[QuarterCourse], names: Mapping[str, str]) -> list[Record]:
    """One record a course: a partner's by worth, two partners' by the number of deliveries.

    Args:
        went: The answer of ``courses``.
        names: The partners' names by their ids.
    """
    return [
        {
            "part": "course",
            "partner": one.partner,
            "partner_name": team_name(names, one.partner),
            "other": one.other or None,
            "kind": one.kind or None,
            "counted_by": "deliveries" if one.other else "worth",
            "leaning": one.leaning,
            "run": one.run,
            "is_one_sided": one.is_one_sided,
            "sparkline": sparkline(one.quarters),
            "quarters": [
                {
                    "quarter": quarter_words(each.starts_on),
                    "received": each.received,
                    "given": each.given,
                    "received_so_far": each.received_so_far,
                    "given_so_far": each.given_so_far,
                    "unvalued": each.unvalued,
                    "leaning": each.leaning,
                }
                for each in one.quarters
            ],
        }
        for one in went
    ]


def course_blocks(went: Sequence[QuarterCourse], names: Mapping[str, str]) -> Iterator[Block]:
    """A row of marks for each partner, then a line for everything that has gone one way for long."""
    by_worth = [one for one in went if not one.other]
    if not by_worth:
        return
    yield Block(
        columns=(
            Column("", lambda record: record["partner_name"]),
            Column("", lambda record: record["sparkline"]),
            Column("", lambda record: _leaning_words(record["leaning"], record["run"])),
        ),
        records=course_records(by_worth, names),
        heading=_("Does it lean to one side?"),
        note=_key(by_worth[0].quarters),
    )
    told = [*_one_sided(went, names)]
    if told:
        columns = Column("", lambda record: styled(record["sign"])), Column("", lambda record: record["sentence"])
        yield Block(columns, told, heading=_("Worth a talk"))


def sparkline(quarters: Sequence[QuarterView]) -> str:
    """A mark for each quarter: how much of all that passed so far was received, low for little and high for much.

    Example:
        >>> days = date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1)
        >>> first = QuarterView(days[0], 1, 3, 1, 3, 0, Leaning.GAVE_MORE)
        >>> second = QuarterView(days[1], 0, 0, 1, 3, 0, Leaning.QUIET)
        >>> third = QuarterView(days[2], 5, 1, 6, 4, 0, Leaning.RECEIVED_MORE)
        >>> sparkline([first, second, third])
        '▃·▅'
    """
    return "".join(map(_mark, quarters))


def quarter_words(start: date) -> str:
    """A quarter by its number and year.

    Example:
        >>> quarter_words(date(2026, 7, 1))
        'Q3 2026'
    """
    return _("Q{number} {year}").format(number=(start.month + 2) // 3, year=start.year)


def _mark(quarter: QuarterView) -> str:
    if quarter.leaning in (Leaning.UNKNOWN, Leaning.QUIET):
        return _UNKNOWN if quarter.leaning is Leaning.UNKNOWN else _QUIET
    whole = quarter.received_so_far + quarter.given_so_far
    share = quarter.received_so_far / whole if whole else 0.5
    return _STEPS[min(len(_STEPS) - 1, int(share * len(_STEPS)))]


def _key(quarters: Sequence[QuarterView]) -> str:
    words = _(
        "A mark for each quarter from {first} to {last}, by worth to the partner itself: low where it has given more"
        " than it received so far, high where it has received more; · nothing passed, ? not all is valued."
    )
    return words.format(first=quarter_words(quarters[0].starts_on), last=quarter_words(quarters[-1].starts_on))


def _leaning_words(leaning: Leaning, run: int) -> str:
    words = {
        Leaning.GAVE_MORE: _("lately gave more than it received ({run} in a row)"),
        Leaning.RECEIVED_MORE: _("lately received more than it gave ({run} in a row)"),
        Leaning.EVEN: _("lately even"),
        Leaning.UNKNOWN: _("lately not known: not all is valued"),
        Leaning.QUIET: _("nothing has passed yet"),
    }
    return words[leaning].format(run=run)


def _one_sided(went: Sequence[QuarterCourse], names: Mapping[str, str]) -> Iterator[Record]:
    """What has gone one way for long; of a single kind that is what was meant, and last."""
    for one in sorted(went, key=lambda one: bool(one.kind)):
        if one.is_one_sided:
            gives = one.leaning is Leaning.GAVE_MORE
            pair = (one.partner, one.other) if gives else (one.other, one.partner)
            told = {"run": one.run, "name": team_name(names, one.partner), "kind": one.kind.replace("_", " ")}
            told |= {"giver": team_name(names, pair[0]), "receiver": team_name(names, pair[1])}
            sign = ("·", "dim") if one.kind else ("▲", "yellow")
            yield {"sign": sign, "sentence": _one_sided_words(one, gives=gives).format(**told)}


def _one_sided_words(one: QuarterCourse, *, gives: bool) -> str:
    if one.kind:
        return _("{kind}: mostly from {giver} to {receiver}, {run} quarters in a row. As agreed, and still as wished?")
    if one.other:
        return _("{giver} gave to {receiver} and nothing came back, {run} quarters in a row.")
    if gives:
        return _("{name} gave more than it received, as it sees it, {run} quarters in a row.")
    return _("{name} received more than it gave, as it sees it, {run} quarters in a row.")
