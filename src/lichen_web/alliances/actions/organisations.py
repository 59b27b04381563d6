"""Entering an organisation, and changing what anybody in a circle with it may know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from lichen.errors import InputError, Problem, refuse
from lichen.files.shapes import Country
from lichen.scales import Sector, Size
from lichen_web.accounts.models import Organisation
from lichen_web.accounts.models.organisation import Role
from lichen_web.alliances import keys
from lichen_web.alliances.access.actors import Actor, organisation_of
from lichen_web.alliances.actions.beginning import begun, held
from lichen_web.alliances.actions.given import choice_problems, line_problems, text_problems, tidy
from lichen_web.alliances.actions.telling import tell
from lichen_web.alliances.bridge.organisations import save_team
from lichen_web.alliances.team import Seat, Team, Voice

__all__ = ["change_organisation", "found_organisation"]


def found_organisation(
    actor: Actor,
    *,
    name: str,
    sector: str,
    country: str,
    region: str,
    size: str,
    website: str,
    is_public_body: bool,
    at: datetime,
) -> UUID:
    """Enter an organisation. Whoever does is its lead, and speaks for it until somebody else is named.

    Raises:
        InputError: Something typed cannot be used.
    """
    said = _said(name, sector, country, region, size, website)
    with begun(actor, "found_organisation") as founder:
        organisation = Organisation.objects.create(**said, is_public_body=is_public_body, founded_at=at).id
        keys.make_organisation_keys(organisation, at=at)
        lead = Seat(uuid4(), founder.person, Role.LEAD)
        save_team(Team(organisation), Team(organisation, (lead,), Voice(lead.membership)), at=at)
        tell("organisation_founded", by=founder, at=at, about=organisation, organisations=[organisation], is_hosts=True)
        tell("delegate_named", by=founder, at=at, about=lead.membership, organisations=[organisation])
    return organisation


def change_organisation(
    actor: Actor,
    *,
    name: str,
    sector: str,
    country: str,
    region: str,
    size: str,
    website: str,
    is_public_body: bool,
    at: datetime,
) -> None:
    """Change what anybody in a circle with the organisation may know of it.

    Raises:
        InputError: Something typed cannot be used.
        NotAllowed: The actor is no lead.
    """
    said = {**_said(name, sector, country, region, size, website), "is_public_body": is_public_body}
    with begun(actor, "change_organisation") as lead:
        row = held(Organisation.objects.filter(id=organisation_of(lead)))
        changed = sorted(field for field, value in said.items() if getattr(row, field) != value)
        if changed:
            Organisation.objects.filter(id=row.id).update(**said)
            told = {"fields": " ".join(changed)}
            tell("organisation_changed", by=lead, at=at, about=row.id, organisations=[row.id], payload=told)


def _said(name: str, sector: str, country: str, region: str, size: str, website: str) -> dict[str, str]:
    said = {
        "name": tidy(name),
        "sector": sector,
        "country": _code_of(tidy(country)),
        "region": tidy(region),
        "size": size,
        "website": tidy(website),
    }
    refuse(
        line_problems("name", said["name"], longest=200),
        choice_problems("sector", [sector], tuple(Sector)),
        _country_problems(said["country"]),
        line_problems("region", said["region"], longest=120, is_needed=False),
        choice_problems("size", [size] if size else [], tuple(Size)),
        _website_problems(said["website"]),
    )
    return said


def _code_of(country: str) -> str:
    """As a workbook has it read: “UK” is GB, or one country would count as two wherever places are compared."""
    try:
        return Country().read(country) if country else ""
    except InputError:
        return country.upper()


def _country_problems(country: str) -> Iterator[Problem]:
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        yield Problem(_("is no code of a country"), _("two letters, such as GB"), column="country")


def _website_problems(website: str) -> Iterator[Problem]:
    yield from text_problems("website", website, longest=200, is_needed=False)
    try:
        if website:
            URLValidator(schemes=["http", "https"])(website)
    except ValidationError:
        yield Problem(_("is no web address"), _("such as https://example.org"), column="website")
