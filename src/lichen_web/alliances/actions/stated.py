"""What people state of their gaps and offers, made tidy, and everything that is wrong with it at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from lichen.audit.values import Audit, Offer, Source, Vulnerability
from lichen.capabilities.taxonomy import taxonomy
from lichen.errors import Problem
from lichen.scales import FIVE_STEPS, Relevance, Sensitivity
from lichen_web.alliances.actions.given import choice_problems, text_problems, tidy

__all__ = [
    "LONGEST",
    "MOST",
    "audit_problems",
    "doubled_problems",
    "offer_problems",
    "room_problems",
    "tidied",
    "vulnerability_problems",
]

LONGEST = 4_000
"""So many characters may the words of an item have."""
MOST = 60
"""So many gaps, and so many offers, may one organisation have at a time."""


def tidied(**said: Any) -> dict[str, Any]:
    """The same answers, texts in the form that everybody writes."""
    return {name: tidy(answer) if type(answer) is str else answer for name, answer in said.items()}


def vulnerability_problems(
    *, code: str, words: str, severity: int, rank: int | None, relevance: str, sensitivity: str | None, **_more: object
) -> Iterator[Problem]:
    """Everything that is wrong with a gap."""
    yield from _item_problems(code, words)
    yield from _step_problems("severity", severity)
    if rank is not None and (type(rank) is not int or not 1 <= rank <= MOST):
        yield Problem(_("is no rank"), _("1 for what needs outside help most, then 2, 3, …"), column="rank")
    yield from choice_problems("relevance", [relevance], list(Relevance))
    yield from choice_problems("sensitivity", [sensitivity] if sensitivity else [], list(Sensitivity))


def offer_problems(
    *, code: str, words: str, strength: int, evidence: int, kinds: Collection[str], spare: str, **_more: object
) -> Iterator[Problem]:
    """Everything that is wrong with an offer."""
    yield from _item_problems(code, words)
    yield from _step_problems("strength", strength)
    yield from _step_problems("evidence", evidence)
    yield from choice_problems("kinds", kinds, list(taxonomy().kinds))
    yield from text_problems("spare", spare, longest=LONGEST, is_needed=False)


def doubled_problems(code: str, others: Iterable[str]) -> Iterator[Problem]:
    """Whether a code stands there already; what has no code can stand there often."""
    if code and code in set(others):
        yield Problem(
            _("stands in the audit already"), _("another code, or a change to what stands there"), column="code"
        )


def room_problems(standing: Collection[object]) -> Iterator[Problem]:
    """Whether there is room for one more."""
    if len(standing) >= MOST:
        right = _("at most {most}: take out what matters least").format(most=MOST)
        yield Problem(_("there are too many already"), right, column="code")


def audit_problems(audit: Audit) -> Iterator[Problem]:
    """Everything that is wrong with a whole audit, each with its place."""
    said = audit.organisation
    sheets: dict[str, tuple[Vulnerability | Offer, ...]] = {
        "vulnerabilities": said.vulnerabilities,
        "offers": said.offers,
    }
    for sheet, items in sheets.items():
        found = ((row, problem) for row, item in enumerate(items, 1) for problem in _problems_of(item))
        yield from (replace(problem, sheet=sheet, row=row, document=True) for row, problem in found)
        yield from _doubled_rows(sheet, [item.code for item in items])
        if len(items) > MOST:
            yield Problem(_("there are too many"), _("at most {most}").format(most=MOST), sheet=sheet, document=True)
    for column in ("worst_at", "awake_at_night"):
        found_in_text = text_problems(column, getattr(audit.opening, column), longest=LONGEST, is_needed=False)
        yield from (replace(problem, sheet="opening", document=True) for problem in found_in_text)


def _problems_of(item: Vulnerability | Offer) -> Iterator[Problem]:
    said = {name: getattr(item, name) for name in item.__slots__}
    yield from vulnerability_problems(**said) if isinstance(item, Vulnerability) else offer_problems(**said)
    if item.source is not None:
        yield from _source_problems(item.source)


def _source_problems(source: Source) -> Iterator[Problem]:
    for column in ("name", "sentence", "url"):
        yield from text_problems(column, getattr(source, column), longest=LONGEST, is_needed=False)


def _item_problems(code: str, words: str) -> Iterator[Problem]:
    if not code and not words:
        yield Problem(_("nothing was said"), _("a capability from the list, or a few words of your own"), column="code")
    if code and code not in taxonomy().capabilities:
        yield Problem(_("is no capability of the vocabulary"), _("one from the list"), column="code")
    yield from text_problems("words", words, longest=LONGEST, is_needed=False)


def _step_problems(column: str, step: int) -> Iterator[Problem]:
    if type(step) is not int or step not in FIVE_STEPS:
        yield Problem(_("is out of range"), _("1, 2, 3, 4 or 5"), column=column)


def _doubled_rows(sheet: str, codes: list[str]) -> Iterator[Problem]:
    often = {code for code, times in Counter(codes).items() if code and times > 1}
    for row, code in enumerate(codes, 1):
        if code in often and code in codes[: row - 1]:
            what, right = _("stands there twice"), _("each capability once")
            yield Problem(what, right, sheet=sheet, row=row, column="code", document=True)
