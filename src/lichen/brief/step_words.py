"""The small first steps, how each kind of exchange passes hands, and currencies: the tables that ship."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lichen.brief.words import StepWords
from lichen.language import _

__all__ = ["CURRENCIES", "first_steps", "kind_words"]

CURRENCIES: Mapping[str, str] = MappingProxyType(
    {
        "AT": "€",
        "AU": "A$",
        "BE": "€",
        "CA": "C$",
        "CH": "CHF ",
        "DE": "€",
        "DK": "DKK ",
        "ES": "€",
        "FI": "€",
        "FR": "€",
        "GB": "£",
        "GR": "€",
        "IE": "€",
        "IN": "₹",
        "IT": "€",
        "JP": "¥",
        "KE": "KSh ",
        "NG": "₦",
        "NL": "€",
        "NO": "NOK ",
        "NZ": "NZ$",
        "PT": "€",
        "SE": "SEK ",
        "US": "$",
        "ZA": "R ",
    }
)
"""What goes before a sum of money, by ISO 3166 alpha-2 code of the country."""


def first_steps() -> tuple[StepWords, ...]:
    """The first steps, in the language being spoken; the first one that fits what either side brings is taken."""
    return (*_doing(), *_informing(), *_lending())


def kind_words() -> dict[str, str]:
    """How each exchange kind passes hands, in the language being spoken."""
    return {
        "funding": _("a capped sum of money"),
        "in_kind": _("goods or services in place of money"),
        "staff_time": _("people's hours"),
        "expertise": _("know-how"),
        "network_access": _("introductions"),
        "credibility": _("a good name, lent with care"),
        "authority": _("formal backing"),
        "data": _("figures, under a written agreement"),
        "technology": _("software or equipment"),
        "space": _("a room"),
        "reach": _("a way to people they already know"),
    }


def _doing() -> tuple[StepWords, ...]:
    return (
        _step(
            "service.clinical_delivery knowledge.medical knowledge.public_health service.prevention",
            _("one joint health fair"),
        ),
        _step(
            "tech.software_development tech.software_product tech.rapid_prototyping tech.digital_services",
            _("one tool in one department"),
        ),
        _step("ops.logistics assets.vehicles ops.supply_chain", _("one delivery round a week")),
        _step("ops.perishables market.access assets.storage", _("one product from field to shelf")),
        _step(
            "funding.platform funding.fundraising funding.digital_fundraising "
            "funding.individual_giving funding.donor_retention funding.corporate_sponsorship",
            _("one joint campaign with one goal"),
        ),
        _step(
            "knowledge.curriculum service.education_delivery people.skills_training",
            _("one short course for one group"),
        ),
        _step(
            "service.housing service.hardship_relief service.advice_rights "
            "service.social_support service.mental_health service.employment_support",
            _("one drop-in afternoon a week in one place"),
        ),
        _step("service", _("one activity in one place, run together")),
    )


def _informing() -> tuple[StepWords, ...]:
    return (
        _step(
            "market.public_contracts policy.procurement policy.regulatory_navigation funding.grant_seeking",
            _("one application, written side by side"),
        ),
        _step("policy.advocacy reach.grassroots_organizing", _("one ask of one decision-maker, made together")),
        _step(
            "reach.events reach.convening reach.media reach.communications reach.digital_audience",
            _("one event with both our names on it"),
        ),
        _step(
            "knowledge.data_analytics knowledge.data_access knowledge.evaluation knowledge.research",
            _("one question answered from one set of records"),
        ),
        _step("tech", _("one broken process, mended together")),
        _step("market", _("one offer to one group of buyers")),
        _step("ops governance", _("one month in which two of your people and two of ours fix one thing")),
    )


def _lending() -> tuple[StepWords, ...]:
    return (
        _step("policy", _("one meeting with the officials concerned, held together")),
        _step("knowledge", _("one working session a month on one real problem")),
        _step("funding", _("one small sum for one named piece of work")),
        _step("assets.venue assets.office_space assets.land space", _("one room for one day a week")),
        _step("assets", _("one loan for one month")),
        _step("trust reach people", _("one open afternoon, held together in one neighbourhood")),
        _step("", _("one working day together on one real problem")),
    )


def _step(brings: str, activity: str) -> StepWords:
    return StepWords(tuple(brings.split()), activity)
