"""Rows of US Form 990 and 990-EZ returns, as the research collaboratives give them, in CSV.

What a return suggests is a question with its line of the return, never a finding; reserves, solvency and how an
organisation is governed are sensitive and never guessed from figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from lichen.audit.values import Offer, Organisation, Source, Vulnerability
from lichen.registry.entries import Entry, Item, Skip, Skipped
from lichen.registry.figures import amount
from lichen.registry.irs_bmf import employer_id
from lichen.registry.ntee import class_offers, class_sector
from lichen.registry.table_rows import table_rows
from lichen.registry.titles import readable_name
from lichen.scales import Size, size_of

__all__ = ["COLUMNS", "FilingRules", "filing_entries", "filing_rows"]

_TOTAL, _TOTAL_EZ = "F9_08_REV_TOT_TOT", "F9_01_REV_TOT_CY"
_GOVERNMENT, _DUES = "F9_08_REV_CONTR_GOVT_GRANT", "F9_08_REV_CONTR_MEMBSHIP_DUE"
_FREE, _NET = "F9_10_NAFB_UNRESTRICT_EOY", "F9_10_NAFB_TOT_EOY"
_LAND, _ASSETS = "F9_10_ASSET_LAND_BLDG_NET_EOY", "F9_10_ASSET_TOT_EOY"
_GIVEN, _RAISING, _SPENT = "F9_08_REV_CONTR_TOT", "F9_09_EXP_TOT_FUNDR", "F9_09_EXP_TOT_TOT"
_AMOUNTS = (
    _TOTAL, _TOTAL_EZ, _GOVERNMENT, _DUES, _FREE, _NET, _LAND, _ASSETS, _GIVEN, _RAISING, _SPENT,
)  # fmt: skip
COLUMNS = (
    "EIN2", "ORG_NAME_L1", "NTEE_NCCS", "CENSUS_STATE_ABBR", "RETURN_TYPE", "TAX_PERIOD_END_DATE", *_AMOUNTS,
)  # fmt: skip
"""The columns that the file must have; others do not matter."""

_CLASS = "Form 990, class"
_EPOCH = date(1970, 1, 1)
_SHORT = "990EZ"


@dataclass(frozen=True, slots=True)
class FilingRules:
    """When a figure of a return is worth a question. All are proposals but for the confidence.

    The confidence of a ratio of Form 990 is a proposal too, of docs/discussion: half, since such ratios hardly tell
    who will be in trouble.
    """

    government_share: float = 0.5
    """Of all income, from which on government grants make income hang on one payer."""
    free_share: float = 0.2
    """Of net assets, below which little is free of donors' restrictions."""
    no_fundraising: float = 100_000
    """Contributions in dollars from which on it is worth asking why nothing was spent on raising it."""
    dues_share: float = 0.2
    """Of all income, from which on members are a strength."""
    land_share: float = 0.25
    """Of all assets, from which on land and buildings are a strength."""
    confidence: float = 0.5
    """Of whatever a ratio suggests."""


RULES = FilingRules()


def filing_rows(path: Path) -> Iterator[Item]:
    """The rows of a file of returns.

    Raises:
        InputError: The file cannot be read or is not such a file.
    """
    return table_rows(path, COLUMNS)


def filing_entries(item: Item, rules: FilingRules = RULES) -> Sequence[Entry] | Skipped:
    """What a return says; of several of one organisation the latest counts.

    Source:
        The lines and shares are those of the taxonomy's ``public_evidence``; Tuckman and Chang (1991) for looking at
        such ratios at all.
    """
    cells = {name: str(item.content[name]) for name in COLUMNS}
    identifier = employer_id(cells["EIN2"])
    if not identifier:
        return Skipped(Skip.NO_ID)
    name = " ".join(filter(None, (cells["ORG_NAME_L1"], str(item.content.get("ORG_NAME_L2", "")))))
    if not name:
        return Skipped(Skip.UNNAMED)
    try:
        amounts = {each: amount(cells[each]) for each in _AMOUNTS}
        ended_on = _day(cells["TAX_PERIOD_END_DATE"])
    except (ValueError, OverflowError):
        return Skipped(Skip.VALUE)
    income = amounts[_TOTAL] if amounts[_TOTAL] is not None else amounts[_TOTAL_EZ]
    document = f"Form {cells['RETURN_TYPE']}, year to {ended_on.isoformat()}" if ended_on else "Form 990"
    is_whole = cells["RETURN_TYPE"] != _SHORT  # the short form lacks most lines, which says nothing
    organisation = Organisation(
        identifier,
        readable_name(name),
        class_sector(cells["NTEE_NCCS"]),
        "US",
        cells["CENSUS_STATE_ABBR"],
        Size.UNKNOWN if income is None else size_of(income),
        tuple(_gaps(amounts, document, rules)) if is_whole else (),
        (*class_offers(cells["NTEE_NCCS"], _CLASS), *(_offers(amounts, document, rules) if is_whole else ())),
    )
    town = str(item.content.get("CENSUS_CBSA_NAME", "")).partition(",")[0].partition("-")[0]
    return (Entry(organisation, town, edition=ended_on.isoformat() if ended_on else ""),)


def _day(text: str) -> date | None:
    """A day as those files count them: from the first of 1970."""
    days = amount(text)
    return None if days is None else _EPOCH + timedelta(days=int(days))


def _gaps(amounts: Mapping[str, float | None], document: str, rules: FilingRules) -> Iterator[Vulnerability]:
    total = amounts[_TOTAL]
    government, free = _share(amounts, _GOVERNMENT, _TOTAL), _share(amounts, _FREE, _NET)
    if government is not None and government > rules.government_share:
        sentence = f"Government grants (VIII.1e) are {government:.0%} of all income (VIII.12)."
        yield _gap("funding.stability", document, sentence, rules)
    if free is not None and 0 <= free < rules.free_share:
        sentence = f"Net assets without donor restrictions (X.27) are {free:.0%} of all net assets (X.33)."
        yield _gap("funding.flexible_income", document, sentence, rules)
    given = (amounts[_GIVEN] or 0) - (amounts[_GOVERNMENT] or 0)
    if total and given >= rules.no_fundraising and amounts[_SPENT] and not amounts[_RAISING]:
        sentence = f"Contributions (VIII.1h less 1e) are {given:,.0f} and fundraising expenses (IX.25D) none."
        yield _gap("funding.fundraising", document, sentence, rules)


def _offers(amounts: Mapping[str, float | None], document: str, rules: FilingRules) -> Iterator[Offer]:
    dues, land = _share(amounts, _DUES, _TOTAL), _share(amounts, _LAND, _ASSETS)
    if dues is not None and dues >= rules.dues_share:
        sentence = f"Membership dues (VIII.1b) are {dues:.0%} of all income (VIII.12)."
        yield _offer("reach.membership", document, sentence, rules)
    if land is not None and land >= rules.land_share:
        sentence = f"Land, buildings and equipment (X.10c) are {land:.0%} of all assets (X.16)."
        yield _offer("assets.land", document, sentence, rules)


def _share(amounts: Mapping[str, float | None], part: str, whole: str) -> float | None:
    """A share from 0 to 1 and beyond; None where either is not told or the whole is not above nothing."""
    some, every = amounts[part], amounts[whole]
    return None if some is None or every is None or every <= 0 else some / every


def _gap(code: str, document: str, sentence: str, rules: FilingRules) -> Vulnerability:
    return Vulnerability(code, source=Source(document, sentence, rules.confidence), confirmed=False)


def _offer(code: str, document: str, sentence: str, rules: FilingRules) -> Offer:
    return Offer(code, evidence=3, source=Source(document, sentence, rules.confidence), confirmed=False)
