"""What ``lichen match`` prints of the partners that were found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from rich.text import Text

from lichen.audit.values import Organisation
from lichen.brief.phrases import within_sentence
from lichen.cli.answers import Block, Column, Line, Record, percent, styled, two_places
from lichen.cli.reasons import no_fit_sentence, reason_lines, reason_record, reason_sentence
from lichen.fit.pairs import Fit, Partners
from lichen.fit.reasons import Reason
from lichen.language import _, ngettext

__all__ = ["partner_blocks"]

_REASONS_SHOWN = 3
_FOR_US, _FOR_THEM = "for-us", "for-them"


def partner_blocks(me: Organisation, found: Partners) -> tuple[Block, ...]:
    """The two-way fits, then those who could help and of whom nobody knows what they lack.

    Args:
        me: Who asked.
        found: The answer of ``best_partners``.
    """
    mutual = Block(
        heading=_("Partners for {name}").format(name=me.name),
        columns=_mutual_columns(),
        records=[_record(fit) for fit in found.mutual],
        note=_mutual_note(found),
        empty="" if found.nothing is None else no_fit_sentence(found.nothing),
        below=_lines,
    )
    unknown = _("They have what you lack. What they lack nobody knows, so there is no score for the two of you.")
    asking = Block(
        heading=_("Could help you: ask what they lack"),
        columns=_one_way_columns(),
        records=[_record(fit) for fit in found.could_help],
        note=unknown if found.mutual else f"{_counts(found)}\n{unknown}",
        below=_lines,
    )
    return (mutual, asking) if found.could_help else (mutual,)


def _mutual_columns() -> tuple[Column, ...]:
    return (
        Column(" #", lambda record: str(record["place"]), number=True),
        Column(_("Partner"), _headline),
        Column(_("Fit"), lambda record: two_places(record["fit"]), number=True),
        Column(_("For you"), lambda record: percent(record["cover_ours"]), number=True),
        Column(_("For them"), lambda record: percent(record["cover_theirs"]), number=True),
    )


def _one_way_columns() -> tuple[Column, ...]:
    place, why, _fit, for_you, _for_them = _mutual_columns()
    return place, why, for_you


def _counts(found: Partners) -> str:
    looked = ngettext("{number} other was looked at;", "{number} others were looked at;", found.considered)
    told = [looked.format(number=f"{found.considered:,}")]
    if found.offering < found.considered:
        offering = ngettext(
            "what {number} of them offers is known;", "what {number} of them offer is known;", found.offering
        )
        told.append(offering.format(number=f"{found.offering:,}"))
    fitting = ngettext("{number} fits both ways.", "{number} fit both ways.", found.fitting)
    return " ".join((*told, fitting.format(number=f"{found.fitting:,}")))


def _mutual_note(found: Partners) -> str:
    told = [
        _counts(found),
        _(
            "For you: how much of what you lack they could meet. For them: how much of theirs you could. "
            "Fit: both as one, from 0 to 1, high only when both are. In brackets: how strong it is, and what says so."
        ),
    ]
    buried = [fit.name for fit in found.mutual_without_evidence if fit not in found.mutual]
    if buried:
        strong = _("By strength alone, without asking for evidence, these would be here too: {names}.")
        told.append(strong.format(names=", ".join(buried)))
    return "\n".join(told)


def _record(fit: Fit) -> Record:
    reasons = [
        *(_reason(reason, ours=True) for reason in fit.reasons_ours),
        *(_reason(reason, ours=False) for reason in fit.reasons_theirs),
    ]
    return {
        "id": fit.id,
        "name": fit.name,
        "fit": fit.score,
        "cover_ours": fit.cover_ours,
        "cover_theirs": fit.cover_theirs,
        "imbalance": fit.imbalance,
        "reasons": reasons,
        "place": fit.place,
        "fit_without_evidence": fit.score_without_evidence,
        "place_without_evidence": fit.place_without_evidence,
        "total": fit.total,
        "shared_gaps": fit.shared_gaps,
        "substitutability": fit.substitutability,
        "substitutes": [asdict(each) for each in fit.substitutes],
        "crosses_sectors": fit.crosses_sectors,
        "kinds_received": fit.kinds_received,
        "kinds_given": fit.kinds_given,
        "suggested": fit.suggested,
        "sector": fit.sector,
        "country": fit.country,
        "region": fit.region,
        "size": fit.size,
    }


def _reason(reason: Reason, *, ours: bool) -> dict[str, Any]:
    record = reason_record(reason, reason_sentence(reason, ours=ours), shows_severity=ours)
    return {"direction": _FOR_US if ours else _FOR_THEM, **record}


def _headline(record: Record) -> Text:
    about = ", ".join(part for part in (record["sector"], record["region"] or record["country"]) if part)
    return styled((record["name"], "bold"), (f"  {about}", "dim"))


def _lines(record: Record) -> Iterator[Line]:
    for direction, sign in ((_FOR_US, ("←", "green")), (_FOR_THEM, ("→", "cyan"))):
        reasons = [reason for reason in record["reasons"] if reason["direction"] == direction]
        yield from reason_lines(reasons, sign, _REASONS_SHOWN)
    yield from _fact_lines(record)


def _fact_lines(record: Record) -> Iterator[Line]:
    if record["shared_gaps"]:
        names = ", ".join(within_sentence(code) for code in record["shared_gaps"])
        yield styled(("=", "yellow")), styled(_("Both of you lack {names}; look for it together.").format(names=names))
    facts = list(_facts(record))
    if facts:
        yield Text(), styled((" · ".join(facts), "dim"))


def _facts(record: Record) -> Iterator[str]:
    if record["place_without_evidence"] not in (None, record["place"]):
        yield _("place {n} by strength alone").format(n=record["place_without_evidence"])
    for main in record["substitutes"][:1]:
        if main["rivals"]:
            yield _substitutable(within_sentence(main["gap"]), main["as_well"], main["rivals"])


def _substitutable(gap: str, as_well: int, rivals: int) -> str:
    """How many others could do the same for the gap of ours that counts most here."""
    if as_well == 0:
        return _("nobody else here could do as much for {gap}").format(gap=gap)
    told = ngettext(
        "{number} of the {all} others that offer anything could do as much for {gap}",
        "{number} of the {all} others that offer anything could do as much for {gap}",
        as_well,
    )
    return told.format(number=f"{as_well:,}", all=f"{rivals:,}", gap=gap)
