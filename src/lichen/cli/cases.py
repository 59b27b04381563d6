"""``lichen cases``: the article's twenty cases, and what would have been said of each, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from lichen.brief.phrases import label, within_sentence
from lichen.cases.collection import article_case, article_cases, case_text
from lichen.cases.summary import cases_summary
from lichen.cases.telling import Bearing, CaseFit, CaseTold, Saying, case_told
from lichen.cases.values import CaseBasis, CaseFact, CaseItem, ItemPart
from lichen.charter.clause.triggers import Trigger
from lichen.cli.alliance.names import names_of, team_name
from lichen.cli.answers import Block, Column, Format, Layout, Record, say, show, styled, two_places
from lichen.cli.cases_words import (
    advised_words,
    basis_words,
    bearing_words,
    caution,
    foresight_words,
    foretold_words,
    said_figures,
    said_words,
    summary_words,
    told_as_words,
)
from lichen.cli.group import Described, commands
from lichen.cli.keeping import Overwrite, check_free
from lichen.files.storage import write_atomically
from lichen.language import _, ngettext

__all__ = ["app"]

app = commands()

_SIGNS = {
    "fact": (" ", ""),
    "said": ("▲", "yellow"),
    "trouble": ("■", "red"),
    "averted": ("□", "green"),
}


@app.command(cls=Described)
def cases(
    id: Annotated[str, typer.Argument(metavar="ID", help="One case in full.", show_default="all, in short")] = "",
    out: Annotated[
        Path | None, typer.Option(metavar="FILE.yaml", help="Write the case's alliance here, to begin from.")
    ] = None,
    overwrite: Overwrite = False,
    layout: Format = Layout.TABLE,
) -> None:
    """See the article's cases, and what would have been said.

    Each of its twenty cases is an alliance with days, the failures included. Lichen is asked on each day with what was
    known then. The days are ours, and so are severities and strengths; what the article claims in figures is marked as
    its claim, and nothing is reckoned from it.

    Example:
        lichen cases
        lichen cases water_access
        lichen cases water_access --out water.yaml
    """
    if not id:
        if out is not None:
            raise typer.BadParameter(
                _("it needs the case to write: lichen cases ID --out FILE.yaml"), param_hint="--out"
            )
        show(layout, _all_cases())
        return
    case = article_case(id)
    if out is None:
        show(layout, *_one_case(case_told(case)))
        return
    if out.suffix.lower() not in (".yaml", ".yml"):
        raise typer.BadParameter(_("it must end in .yaml"), param_hint="--out")
    check_free(out, overwrite)
    write_atomically(case_text(id).encode(), out)
    say(_("Written: {path}").format(path=out))
    asked = _("Ask it anything, such as: lichen pitfalls {path} --history --on {day}")
    say(asked.format(path=quote(str(out)), day=case.head.until))


def _all_cases() -> Block:
    told = [case_told(case) for case in article_cases()]
    return Block(
        columns=(
            Column(_("case"), lambda record: record["case"]),
            Column(_("article"), lambda record: told_as_words(record["told_as"])),
            Column(_("what Lichen would have said"), lambda record: record["sentence"]),
        ),
        records=[_case_record(each) for each in told],
        heading=_("The article's cases, and what Lichen would have said"),
        note="\n".join(
            (summary_words(cases_summary(told)), "", caution(), "", _("One in full: lichen cases water_access"))
        ),
    )


def _case_record(told: CaseTold) -> Record:
    head = told.case.head
    return {
        "part": "case",
        "case": told.case.id,
        "title": head.title,
        "section": head.section,
        "model": head.model,
        "told_as": head.told_as,
        "year": head.year,
        "until": head.until.isoformat(),
        "foresight": told.foresight,
        "sentence": foresight_words(told),
        "story": head.story,
        "advised": told.advice.model or told.advice.verdict,
        "hangs_on": head.hangs_on,
    }


def _one_case(told: CaseTold) -> Iterator[Block]:
    names = names_of(told.case.alliance)
    yield _answer(told)
    yield _timeline(told, names)
    yield _known(told, names)
    if told.case.head.items:
        yield _items(told, names)
    yield _unknown(told)
    if told.case.head.claims:
        yield _claims(told)


def _answer(told: CaseTold) -> Block:
    head = told.case.head
    of = _("The article tells of it as {told_as}, under “{section}”; it rests on: {model}.")
    lines = (
        _("What Lichen would have said: {sentence}.").format(sentence=foresight_words(told)),
        head.story,
        of.format(told_as=told_as_words(head.told_as), section=head.section, model=head.model),
    )
    return Block(
        columns=(Column("", lambda record: "\n".join(lines)),), records=[_case_record(told)], heading=head.title
    )


def _timeline(told: CaseTold, names: Mapping[str, str]) -> Block:
    head = told.case.head
    silent = sum(each.bearing is Bearing.SILENCE for each in told.sayings)
    left_out = ngettext(
        "Left out is {count} warning of something missing: it may be missing in the article alone.",
        "Left out are {count} warnings of something missing: it may be missing in the article alone.",
        silent,
    )
    given = _("Every day is ours; the article gives the year {year}.").format(year=head.year)
    note = (
        _("▲ what Lichen would have said, ■ trouble, □ trouble averted. Told by the article unless marked."),
        given if head.year else _("Every day is ours."),
        left_out.format(count=silent) if silent else "",
    )
    return Block(
        columns=(
            Column("", lambda record: record["on"], number=True),
            Column("", lambda record: styled(_SIGNS[record["part"]]), number=True),
            Column("", lambda record: styled((record["sentence"], _weight(record)), _beside(record))),
        ),
        records=sorted(_entries(told, names), key=lambda record: str(record["on"])),
        heading=_("What happened, and what would have been said"),
        note=" ".join(filter(None, note)),
    )


def _entries(told: CaseTold, names: Mapping[str, str]) -> Iterator[Record]:
    yield from map(_fact, told.case.head.facts)
    for one in told.foretold:
        what = one.trouble.what
        yield {
            "part": "averted" if one.trouble.is_averted else "trouble",
            "on": one.trouble.on.isoformat(),
            "sentence": _("Averted: {what}").format(what=what) if one.trouble.is_averted else what,
            "basis": one.trouble.basis,
            "lead_days": one.lead_days,
            "beside": [_marked(one.trouble.basis), foretold_words(one)],
        }
    counted = told.counted
    same_as_next = [_is_same(one, other) for one, other in pairwise(counted)] + [False] * bool(counted)
    for saying, has_next in zip(counted, same_as_next, strict=True):
        outcome = "" if has_next else bearing_words(saying)
        yield {
            "part": "said",
            "on": saying.first_on.isoformat(),
            "sentence": said_words(saying, names),
            "rule": saying.said.ground if isinstance(saying.said, Trigger) else saying.said.rule,
            "bearing": saying.bearing,
            "rests_on_ours": saying.rests_on_ours,
            "beside": [said_figures(saying), _("→ {outcome}").format(outcome=outcome) if outcome else ""],
        }


def _fact(fact: CaseFact) -> Record:
    return {
        "part": "fact",
        "on": fact.on.isoformat(),
        "sentence": fact.what,
        "basis": fact.basis,
        "beside": [_marked(fact.basis)],
    }


def _is_same(one: Saying, other: Saying) -> bool:
    return one.came_of is not None and one.came_of == other.came_of and one.first_on == other.first_on


def _marked(basis: CaseBasis) -> str:
    return "" if basis is CaseBasis.STATED else f"[{basis_words(basis)}]"


def _weight(record: Record) -> str:
    return "" if record["part"] == "fact" else "bold"


def _beside(record: Record) -> str:
    return "".join(f" {each}" if each.startswith("[") else f"\n{each}" for each in record["beside"] if each)


def _known(told: CaseTold, names: Mapping[str, str]) -> Block:
    fits = [record for each in told.fits if (record := _fit(each, names))["sentence"]]
    advised = {
        "part": "advice",
        "sentence": _("The advisor would have said: {advised}.").format(advised=advised_words(told.advice)),
        "answers": [
            {"asked": each.asked, "answer": each.answer, "basis": each.basis} for each in told.case.head.answers
        ],
    }
    return Block(
        columns=(Column("", lambda record: record["sentence"]),),
        records=[*fits, advised],
        heading=_("What else Lichen would have said"),
    )


def _fit(each: CaseFit, names: Mapping[str, str]) -> Record:
    fit, one = each.fit, team_name(names, each.one)
    parts = []
    if fit.score is not None:
        told = _("{one} and {other} fit to {score} of 1.")
        parts.append(told.format(one=one, other=fit.name, score=two_places(fit.score)))
    if fit.shared_gaps:
        told = _("Both lack {gaps}.")
        parts.append(told.format(gaps=_listed(fit.shared_gaps)))
    for name, gaps in ((one, fit.uncovered_ours), (fit.name, fit.uncovered_theirs)):
        if gaps:
            parts.append(_("Not covered for {name}: {gaps}.").format(name=name, gaps=_listed(gaps)))
    return {
        "part": "fit",
        "one": each.one,
        "other": fit.id,
        "on": None if each.on is None else each.on.isoformat(),
        "score": fit.score,
        "shared_gaps": list(fit.shared_gaps),
        "sentence": " ".join(parts),
    }


def _listed(codes: tuple[str, ...]) -> str:
    return "; ".join(map(within_sentence, codes))


def _items(told: CaseTold, names: Mapping[str, str]) -> Block:
    parts = {ItemPart.NEED: _("lacks"), ItemPart.STRENGTH: _("has"), ItemPart.LATER: _("lacks, it came out")}

    def record(item: CaseItem) -> Record:
        return {
            "part": "item",
            "owner": item.owner,
            "owner_name": team_name(names, item.owner),
            "kind": item.part,
            "code": item.code,
            "basis": item.basis,
        }

    return Block(
        columns=(
            Column(_("partner"), lambda record: record["owner_name"]),
            Column("", lambda record: parts[record["kind"]]),
            Column(_("what"), lambda record: label(record["code"])),
            Column(_("who says so"), lambda record: basis_words(record["basis"])),
        ),
        records=[record(item) for item in told.case.head.items],
        heading=_("What the partners lack and have"),
        note=_("How severe and how strong is ours."),
    )


def _unknown(told: CaseTold) -> Block:
    head = told.case.head
    hangs_on = [{"part": "hangs on", "sentence": _("It hangs on this: {what}").format(what=head.hangs_on)}]
    return Block(
        columns=(Column("", lambda record: record["sentence"]),),
        records=[{"part": "unknown", "sentence": each} for each in head.unknown] + (hangs_on if head.hangs_on else []),
        heading=_("What Lichen could not know"),
        note=caution(),
    )


def _claims(told: CaseTold) -> Block:
    return Block(
        columns=(
            Column("", lambda record: record["figure"], number=True),
            Column("", lambda record: record["what"]),
        ),
        records=[{"part": "claim", "figure": each.figure, "what": each.what} for each in told.case.head.claims],
        heading=_("Claimed in the article; no source found"),
        note=_("Nothing is reckoned from these."),
    )
