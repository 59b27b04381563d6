"""Reading the registers of UK charities: a made-up file in the registers' format."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from lichen.audit.values import Organisation
from lichen.errors import InputError
from lichen.registry.uk_charities import ACTIVITIES, OBJECTS, RegisterProgress, read_uk_charities
from lichen.scales import Sector, Size

COLUMNS = "org_id,reg_number,name,postcode,active,date_registered,activities,objects,source,income,web,UKCAT,ICNPTSO"

SHELTER = {
    "org_id": "GB-CHC-1000001",
    "name": "EASTFIELD NIGHT SHELTER",
    "postcode": "N7 7JW ",
    "active": "True",
    "activities": "We run a night shelter for homeless people. Our volunteers give up their evenings to cook.",
    "objects": "(A) THE PROVISION OF HOSTELS FOR HOMELESS PEOPLE; (B) SUCH OTHER CHARITABLE PURPOSES AS ARE ALLOWED.",
    "source": "ccew",
    "income": "250000",
    "ICNPTSO": "D33",
}
HOMES = {
    "org_id": "GB-SC-SC000002",
    "name": "Lyle Homes",
    "postcode": "EH1 1AA",
    "active": "True",
    "objects": "to provide hostels and supported housing for homeless people",
    "source": "oscr",
    "ICNPTSO": "C31",
}
SISTERS = {
    "org_id": "GB-NIC-100003",
    "name": "Sisters of the Bread and Salt",
    "active": "true",
    "objects": "the advancement of religion",
    "source": "ccni",
    "income": "0",
}


def register(folder: Path, *rows: Mapping[str, str]) -> Path:
    path = folder / "register.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS.split(","), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def read(folder: Path, *rows: Mapping[str, str]) -> list[Organisation]:
    return list(read_uk_charities(register(folder, *rows)))


def test_the_registers_own_fields_are_read(tmp_path: Path) -> None:
    shelter, homes, sisters = read(tmp_path, SHELTER, HOMES, SISTERS)
    assert (shelter.id, shelter.name, shelter.country) == ("GB-CHC-1000001", "Eastfield Night Shelter", "GB")
    assert (shelter.sector, shelter.region, shelter.size) == (Sector.NONPROFIT, "London", Size.MEDIUM)
    assert (homes.sector, homes.region, homes.size) == (Sector.HEALTH, "Scotland", Size.UNKNOWN)
    assert (sisters.sector, sisters.region, sisters.size) == (Sector.FAITH, "Northern Ireland", Size.MICRO)


def test_offers_are_suggested_with_their_sentence_and_gaps_stay_unknown(tmp_path: Path) -> None:
    [shelter] = read(tmp_path, SHELTER)
    told = {offer.code: offer.source for offer in shelter.offers}
    assert {"service.housing", "people.volunteers"} <= set(told)
    assert not any(offer.confirmed for offer in shelter.offers)
    assert shelter.vulnerabilities == ()
    housing = told["service.housing"]
    assert housing is not None
    assert housing.name == ACTIVITIES
    assert housing.sentence == "We run a night shelter for homeless people"
    page = "https://register-of-charities.charitycommission.gov.uk/charity-details/?regid=1000001&subid=0"
    assert housing.url == page


def test_the_objects_speak_where_there_are_no_activities(tmp_path: Path) -> None:
    [homes] = read(tmp_path, HOMES)
    told = [(offer.code, offer.source.name) for offer in homes.offers if offer.source]
    assert told == [("service.housing", OBJECTS)]


def test_a_charity_of_which_the_register_tells_nothing_offers_nothing(tmp_path: Path) -> None:
    [sisters] = read(tmp_path, SISTERS)
    assert sisters.offers == ()


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    rows: Sequence[Mapping[str, str]] = (
        SHELTER,
        {**SHELTER, "org_id": "GB-CHC-1000004", "name": "Gone", "active": "False"},
        {"org_id": "GB-CHC-1000005"},
        {**SHELTER, "name": "The same id"},
        {**SHELTER, "org_id": "GB-SC-SC000006", "name": "The Eastfield Night Shelter Limited", "source": "oscr"},
        {**SHELTER, "org_id": "GB-CHC-1000007", "postcode": "M1 1AA"},
    )
    told: list[RegisterProgress] = []
    kept = list(read_uk_charities(register(tmp_path, *rows), progress=told.append))
    assert [organisation.id for organisation in kept] == ["GB-CHC-1000001", "GB-CHC-1000007"]
    assert told[-1] == RegisterProgress(of=6, rows=6, kept=2, inactive=1, unnamed=1, repeated=2)


def test_progress_is_told_on_the_way(tmp_path: Path) -> None:
    rows = [{**SISTERS, "org_id": f"GB-NIC-{number}", "name": f"Sisters {number}"} for number in range(60)]
    told: list[RegisterProgress] = []
    list(read_uk_charities(register(tmp_path, *rows), progress=told.append))
    assert [(come.rows, come.of) for come in told] == [(25, 60), (50, 60), (60, 60)]


def test_a_register_without_rows_gives_nobody(tmp_path: Path) -> None:
    told: list[RegisterProgress] = []
    assert list(read_uk_charities(register(tmp_path), progress=told.append)) == []
    assert told == [RegisterProgress(of=0)]


def test_every_problem_of_every_row_is_told_before_anyone_is_read(tmp_path: Path) -> None:
    path = register(
        tmp_path,
        SHELTER,
        {**SHELTER, "org_id": "12345", "active": "perhaps", "source": "elsewhere", "income": "much"},
        {**HOMES, "income": "nan"},
    )
    with pytest.raises(InputError) as caught:
        read_uk_charities(path)
    assert [(problem.file, problem.row, problem.column) for problem in caught.value.problems] == [
        ("register.csv", 3, "org_id"),
        ("register.csv", 3, "active"),
        ("register.csv", 3, "source"),
        ("register.csv", 3, "income"),
        ("register.csv", 4, "income"),
    ]


def test_a_refusal_repeats_no_cell(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_uk_charities(register(tmp_path, {**SHELTER, "income": "our secret"}))
    assert "our secret" not in str(caught.value)


def test_a_file_that_is_no_register_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("name,town\nOne,Two\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_uk_charities(path)
    assert len(caught.value.problems) == 7


def test_reading_goes_row_by_row(tmp_path: Path) -> None:
    path = register(tmp_path, SHELTER, HOMES)
    organisations = read_uk_charities(path)
    assert next(organisations).id == "GB-CHC-1000001"
    assert next(organisations).id == "GB-SC-SC000002"
    assert next(organisations, None) is None
