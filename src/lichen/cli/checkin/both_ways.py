"""Each two partners' trust as bars to both sides, what they differ in, and what to talk about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lichen.checkin.talking import TalkingPoint, talking_points
from lichen.checkin.trust import TrustGap, TrustWave, trust_gaps
from lichen.checkin.values import Dimension
from lichen.checkin.words import dimension_name, reason_words, trust_caution
from lichen.cli.alliance.names import team_name
from lichen.cli.answers import Block, Column, Line, Record, styled
from lichen.language import _, ngettext
from lichen.paper import one_line, written_day
from lichen.small_groups import Bound, Figure, Showing

__all__ = ["both_ways_blocks", "figure_words"]

Names = Mapping[str, str]
_LONG_NAME, _FEW_PARTNERS = 60, 2


def both_ways_blocks(wave: TrustWave, names: Names) -> Iterator[Block]:
    """Who trusts whom in one check-in, what to talk about, and what is not shown and why.

    Args:
        wave: What may be shown of it.
        names: The partners' names by their ids.
    """
    gaps = trust_gaps(wave)
    yield _quick(wave, gaps, names)
    yield from _kinds(wave, gaps, names)
    yield from _talk(gaps, names)
    yield from _received(wave, gaps, names)
    yield from _each_answer(wave, names)
    yield from _withheld(wave, names)


def figure_words(mean: float, bound: Bound | None = None) -> str:
    """A mean as it is read, with which way the true one may lie.

    Example:
        >>> figure_words(8.0), figure_words(4.8, Bound.MORE)
        ('8', '4.8 or more')
    """
    told = {
        None: "{mean}",
        Bound.MORE: _("{mean} or more"),
        Bound.LESS: _("{mean} or less"),
        Bound.EITHER: _("about {mean}"),
    }
    return told[bound].format(mean=f"{mean:.3g}")


def _quick(wave: TrustWave, gaps: Sequence[TrustGap], names: Names) -> Block:
    return Block(
        columns=(
            Column("", lambda record: _name(names, record["one"])),
            Column(
                "",
                lambda record: f"{figure_words(record['forth'], record['forth_bound'])} {_bar(record['forth'])}",
                True,
            ),
            Column("", lambda record: f"│{_bar(record['back'])} {figure_words(record['back'], record['back_bound'])}"),
            Column("", lambda record: _name(names, record["other"])),
            Column("", lambda record: styled((_("uneven"), "bold")) if record["is_uneven"] else ""),
        ),
        records=[_gap_record(wave, gap) for gap in gaps if gap.dimension is Dimension.TRUST],
        heading=_answer(wave, gaps),
        note=_("Each bar is how much the partner on its side trusts the other, from 1 to 10.") + " " + trust_caution(),
        empty=_("Nothing may be shown both ways on the quick question."),
        gutter=1,
    )


def _answer(wave: TrustWave, gaps: Sequence[TrustGap]) -> str:
    day = written_day(wave.checkin.held_on)
    pairs = len({(gap.one, gap.other) for gap in gaps if gap.is_uneven and gap.dimension is Dimension.TRUST})
    kinds = sum(gap.is_uneven for gap in gaps)
    if not wave.is_revealed:
        return _("Check-in of {day}: its answers are sealed.").format(day=day)
    if not gaps:
        return _("Check-in of {day}: no two partners' answers about each other may be shown.").format(day=day)
    if pairs:
        told = ngettext(
            "Check-in of {day}: trust is uneven between one pair of partners.",
            "Check-in of {day}: trust is uneven between {pairs} pairs of partners.",
            pairs,
        )
        return told.format(day=day, pairs=pairs)
    if any(gap.low for gap in gaps):
        return _("Check-in of {day}: trust is even, but low somewhere.").format(day=day)
    if kinds:
        told = ngettext(
            "Check-in of {day}: trust is even all in all, and uneven in one of its kinds.",
            "Check-in of {day}: trust is even all in all, and uneven in {kinds} of its kinds.",
            kinds,
        )
        return told.format(day=day, kinds=kinds)
    return _("Check-in of {day}: trust is even wherever it may be shown.").format(day=day)


def _kinds(wave: TrustWave, gaps: Sequence[TrustGap], names: Names) -> Iterator[Block]:
    """The seven kinds: all of them between two partners, only the uneven ones between many."""
    kinds = [gap for gap in gaps if gap.dimension is not Dimension.TRUST]
    shown = [gap for gap in kinds if gap.is_uneven or len(wave.partners) <= _FEW_PARTNERS]
    if shown:
        even = len(kinds) - len(shown)
        told = ngettext("One more is even.", "{even} more are even.", even).format(even=even) if even else ""
        yield Block(
            columns=(
                Column(_("Kind of trust"), lambda record: dimension_name(Dimension(record["dimension"]))),
                Column("", lambda record: _name(names, record["one"])),
                Column("", lambda record: figure_words(record["forth"], record["forth_bound"]), True),
                Column("", lambda record: figure_words(record["back"], record["back_bound"]), True),
                Column("", lambda record: _name(names, record["other"])),
                Column("", lambda record: styled((_("uneven"), "bold")) if record["is_uneven"] else ""),
            ),
            records=[_gap_record(wave, gap) for gap in shown],
            heading=_("Seven kinds of trust, each from 1 to 5"),
            note=told,
            gutter=1,
        )


def _talk(gaps: Sequence[TrustGap], names: Names) -> Iterator[Block]:
    points = talking_points(gaps, names)
    if points:
        yield Block(
            columns=(Column("", lambda record: styled((one_line(record["what"], None), "bold"))),),
            records=[_point_record(point) for point in points],
            heading=_("To talk about"),
            note=_("A gap is nobody's fault, and trust is seldom the same both ways. Read this aloud together."),
            below=_questions,
        )


def _point_record(point: TalkingPoint) -> Record:
    return {
        "part": "talk",
        "one": point.one,
        "other": point.other,
        "dimension": point.dimension,
        "what": point.what,
        "ask": list(point.ask),
    }


def _questions(record: Record) -> Iterator[Line]:
    yield from ((styled("–"), styled(one_line(each, None))) for each in record["ask"])


def _received(wave: TrustWave, gaps: Sequence[TrustGap], names: Names) -> Iterator[Block]:
    """How all others together rate each partner, where that is more than what is shown pair by pair."""
    pairs = len(wave.partners) * (len(wave.partners) - 1) // 2
    if len(wave.partners) <= _FEW_PARTNERS and sum(gap.dimension is Dimension.TRUST for gap in gaps) == pairs:
        return
    records = [
        {"part": "received", "about": about, "dimension": dimension, **_figure_record(figure)}
        for (about, dimension), figure in wave.received.items()
        if figure.mean is not None and dimension is Dimension.TRUST
    ]
    if records:
        yield Block(
            columns=(
                Column("", lambda record: _name(names, record["about"])),
                Column("", lambda record: _bar(record["mean"])),
                Column("", lambda record: figure_words(record["mean"], record["bound"])),
                Column("", _answers_words),
            ),
            records=records,
            heading=_("How all others together trust each partner, from 1 to 10"),
            gutter=1,
        )


def _answers_words(record: Record) -> str:
    told = ngettext("{counted} of {answered} answer", "{counted} of {answered} answers", record["answered"])
    return told.format(counted=record["counted"], answered=record["answered"])


def _each_answer(wave: TrustWave, names: Names) -> Iterator[Block]:
    """Everybody's own answer, where names are shown and a partner has more than one."""
    records = [
        {"part": "answer", "by": by, "person": person, "about": about, "dimension": dimension, "answer": answer}
        for (_by, about, dimension), figure in wave.rated.items()
        for (by, person), answer in figure.named
        if figure.counted > 1
    ]
    if records:
        yield Block(
            columns=(
                Column(_("Who"), lambda record: one_line(record["person"]) or _name(names, record["by"])),
                Column(_("of"), lambda record: _name(names, record["about"])),
                Column(_("asked for"), lambda record: dimension_name(record["dimension"])),
                Column(_("Answer"), lambda record: str(record["answer"]), True),
            ),
            records=records,
            heading=_("Each answer, under its name as was announced"),
        )


def _withheld(wave: TrustWave, names: Names) -> Iterator[Block]:
    """What is not shown of the quick question, and why."""
    records = [
        {
            "part": "withheld",
            "by": by,
            "about": about,
            "dimension": dimension,
            **_figure_record(figure),
            "sentence": _("{by} about {about}: {why}").format(
                by=one_line(team_name(names, by)),
                about=one_line(team_name(names, about)),
                why=reason_words(figure.reason, wave.checkin.rules.fewest),
            ),
        }
        for (by, about, dimension), figure in wave.rated.items()
        if figure.showing is Showing.WITHHELD and dimension is Dimension.TRUST
    ]
    if records:
        yield Block(
            columns=(Column("", lambda record: "–"), Column("", lambda record: record["sentence"])),
            records=records,
            heading=_("Not shown"),
        )


def _gap_record(wave: TrustWave, gap: TrustGap) -> Record:
    forth, back = wave.rated[gap.one, gap.other, gap.dimension], wave.rated[gap.other, gap.one, gap.dimension]
    return {
        "part": "gap",
        "held_on": wave.checkin.held_on.isoformat(),
        "dimension": gap.dimension,
        "one": gap.one,
        "other": gap.other,
        "forth": gap.forth,
        "forth_bound": forth.bound,
        "forth_answers": forth.counted,
        "back": gap.back,
        "back_bound": back.bound,
        "back_answers": back.counted,
        "size": gap.size,
        "trusts_more": gap.trusts_more,
        "is_uneven": gap.is_uneven,
        "low": list(gap.low),
    }


def _figure_record(figure: Figure) -> Record:
    return {
        "showing": figure.showing,
        "reason": figure.reason,
        "answered": figure.answered,
        "counted": figure.counted,
        "mean": figure.mean,
        "bound": figure.bound,
    }


def _bar(answer: float) -> str:
    """As many blocks as the answer says, halves rounded up so that a 1 is never nothing."""
    return "█" * int(answer + 0.5)


def _name(names: Names, id: str) -> str:
    return one_line(team_name(names, id), _LONG_NAME)
