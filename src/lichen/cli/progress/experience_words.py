"""What ``lichen progress experience`` prints: for each claim its own figures, beside what, and the claim itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lichen.cli.answers import Block, Column, Line, Record, percent, styled
from lichen.cli.progress.figures import finite, interval_record
from lichen.language import _, ngettext
from lichen.progress.claims import Experienced, article_claims
from lichen.progress.experience import (
    Experience,
    ExperienceContrast,
    ExperienceFigure,
    ExperienceGroup,
    ExperienceRules,
)
from lichen.progress.intervals import Interval
from lichen.progress.words import interval_words, number_words, signed_words

__all__ = ["experience_blocks"]


def experience_blocks(found: Sequence[Experience], rules: ExperienceRules) -> Iterator[Block]:
    """One entry for each claim of the article, and how to read all of them.

    Args:
        found: The answer of ``experience``.
        rules: By what it was reckoned.
    """
    claims = article_claims()
    yield Block(
        columns=(Column("", lambda record: styled((record["title"], "bold"))),),
        records=[_record(each, rules, claims[each.about]) for each in found],
        heading=_("What the article claims, measured over your own alliances"),
        below=_lines,
    )
    method = _(
        "A difference is not a cause: nobody drew lots for who did what. Partners of one alliance are alike, so the "
        "truth is less sure than the intervals. Under {enough} of anything nothing is told but the count. The "
        "article's figures are its own claims; none is a yardstick here."
    )
    yield Block((), (), empty=method.format(enough=rules.enough))


def _record(each: Experience, rules: ExperienceRules, claim: str) -> Record:
    return {
        "part": "experience",
        "about": each.about,
        "title": _title(each.about, rules),
        "figures": [_figure_record(figure, each.about) for figure in each.figures],
        "contrasts": [_contrast_record(contrast, each.about) for contrast in each.contrasts],
        "claim": claim,
    }


def _figure_record(figure: ExperienceFigure, about: Experienced) -> Record:
    return {
        "group": figure.group,
        "n": figure.n,
        "events": figure.events,
        "years": figure.years,
        "value": figure.value,
        "interval": interval_record(figure.interval),
        "too_few": figure.too_few,
        "sentence": _figure_words(figure, about),
    }


def _contrast_record(contrast: ExperienceContrast, about: Experienced) -> Record:
    return {
        "first": contrast.first,
        "second": contrast.second,
        "value": None if contrast.value is None else finite(contrast.value),
        "interval": interval_record(contrast.interval),
        "too_few": contrast.too_few,
        "sentence": _contrast_words(contrast, about),
    }


def _lines(record: Record) -> Iterator[Line]:
    yield from ((styled(""), styled(figure["sentence"])) for figure in record["figures"])
    yield from ((styled("↔"), styled(contrast["sentence"])) for contrast in record["contrasts"])
    if not record["contrasts"]:
        yield styled("↔"), styled(_("No comparator: says nothing about cause."))
    told = _("The article: {claim}. Claimed in the article; no source found.")
    yield styled(("»", "dim")), styled((told.format(claim=record["claim"]), "dim"))


def _title(about: Experienced, rules: ExperienceRules) -> str:
    titles = {
        Experienced.TURNOVER: _("Partners who leave, in a partner-year"),
        Experienced.DROP_OUT: _("Partners who drop out within {months} months").format(months=rules.drop_out_months),
        Experienced.AGREEMENT: _("Days from the first contact to a charter that all have signed"),
        Experienced.REPLIES: _("Days until a change that was asked for is answered"),
        Experienced.SATISFACTION: _("How satisfied partners are, from 1 to 7"),
    }
    return titles[about]


def _figure_words(figure: ExperienceFigure, about: Experienced) -> str:
    counted = _counted(figure, about)
    if figure.group is not ExperienceGroup.ALL:
        counted = _("{group}: {counted}").format(group=_group_words(figure.group, about), counted=counted)
    if figure.too_few:
        return _("{counted}; too few to say.").format(counted=counted)
    if figure.value is None:
        return _("{counted}; more than half still wait, so no middle is known.").format(counted=counted)
    told = _("{counted}; {value}{surely}.")
    return told.format(counted=counted, value=_value_words(figure.value, about), surely=_surely(figure.interval, about))


def _counted(figure: ExperienceFigure, about: Experienced) -> str:
    n, events = figure.n, figure.events
    words = {
        Experienced.TURNOVER: ngettext(
            "{n} partner over {years} partner-years, {events} left",
            "{n} partners over {years} partner-years, {events} left",
            n,
        ),
        Experienced.DROP_OUT: ngettext(
            "{n} partner who joined long enough ago, {events} dropped out",
            "{n} partners who joined long enough ago, {events} dropped out",
            n,
        ),
        Experienced.AGREEMENT: ngettext(
            "{n} alliance with a first contact, {events} signed",
            "{n} alliances with a first contact, {events} signed",
            n,
        ),
        Experienced.REPLIES: ngettext("{n} request, {events} answered", "{n} requests, {events} answered", n),
        Experienced.SATISFACTION: ngettext("{n} partner answered", "{n} partners answered", n),
    }
    return words[about].format(n=n, events=events, years=number_words(figure.years or 0))


def _value_words(value: float, about: Experienced) -> str:
    words = {
        Experienced.TURNOVER: _("{number} a partner-year"),
        Experienced.DROP_OUT: "{share}",
        Experienced.AGREEMENT: _("half within {number} days"),
        Experienced.REPLIES: _("half within {number} days"),
        Experienced.SATISFACTION: _("mean {number}"),
    }
    return words[about].format(number=number_words(value, _places(about)), share=percent(value))


def _places(about: Experienced) -> int:
    return {Experienced.AGREEMENT: 0, Experienced.REPLIES: 0, Experienced.SATISFACTION: 1}.get(about, 2)


def _surely(interval: Interval | None, about: Experienced) -> str:
    if interval is None:
        return ""
    ends = interval_words(interval, _places(about))
    if about is Experienced.DROP_OUT:
        ends = _("from {low} to {high}").format(low=percent(interval.low), high=percent(interval.high))
    return _(" (at 95% {ends}; {method})").format(ends=ends, method=_method_words(interval))


def _method_words(interval: Interval) -> str:
    return interval.method.value


def _contrast_words(contrast: ExperienceContrast, about: Experienced) -> str:
    groups = _("{first} beside {second}").format(
        first=_group_words(contrast.first, about), second=_group_words(contrast.second, about)
    )
    if contrast.too_few:
        return _("{groups}: too few to say.").format(groups=groups)
    if contrast.interval is None:
        return _("{groups}: nothing can be compared yet.").format(groups=groups)
    told = _("{groups}: {value}{surely}.")
    return told.format(
        groups=groups, value=_gap_words(contrast.value, about), surely=_gap_surely(contrast.interval, about)
    )


def _gap_words(value: float | None, about: Experienced) -> str:
    if value is None:
        return _("no ratio, since nobody left in the second")
    if about is Experienced.TURNOVER:
        return _("{number} times the rate").format(number=number_words(value, 2))
    if about is Experienced.DROP_OUT:
        return _("{number} percentage points").format(number=signed_words(100 * value))
    if about is Experienced.SATISFACTION:
        return _("{number} points").format(number=signed_words(value))
    return _("{number} days").format(number=signed_words(value, 0))


def _gap_surely(interval: Interval, about: Experienced) -> str:
    scale = 100 if about is Experienced.DROP_OUT else 1
    ends = interval_words(
        Interval(scale * interval.low, scale * interval.high, interval.method),
        2 if about is Experienced.TURNOVER else 1,
    )
    return _(" (at 95% {ends}; {method})").format(ends=ends, method=_method_words(interval))


def _group_words(group: ExperienceGroup, about: Experienced) -> str:
    is_rating = about is Experienced.SATISFACTION
    words = {
        ExperienceGroup.ALL: _("all"),
        ExperienceGroup.UNCOMMON: _("uncommon complement"),
        ExperienceGroup.OTHER_MODELS: _("other models"),
        ExperienceGroup.BEFORE: _("at first") if is_rating else _("before the charter"),
        ExperienceGroup.AFTER: _("at last") if is_rating else _("under the charter"),
        ExperienceGroup.WITH_LIAISONS: _("with liaisons"),
        ExperienceGroup.WITHOUT_LIAISONS: _("without"),
    }
    return words[group]
