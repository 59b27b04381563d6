"""What each register's rows become: who, where, and what is suggested, never more than the row says."""

from __future__ import annotations

import json

import pytest
from openpyxl import Workbook

pytest.importorskip("pyarrow", reason="the extra registry is not installed")

from lichen.errors import InputError
from lichen.registry.entries import Item
from lichen.registry.form_990 import COLUMNS, filing_entries
from lichen.registry.json_items import LARGEST_ITEM, json_items
from lichen.registry.loading import load_register
from lichen.registry.mapped import mapped_register
from lichen.registry.mapping import read_mapping
from lichen.registry.sources import REGISTERS
from lichen.registry.store import Store, read_store

ROR = {
    "id": "https://ror.org/02mp31p96",
    "status": "active",
    "types": ["funder", "education"],
    "names": [{"value": "TU", "types": ["acronym"]}, {"value": "Test University", "types": ["ror_display", "label"]}],
    "locations": [
        {
            "geonames_details": {
                "country_code": "DE",
                "country_subdivision_name": "Sachsen",
                "name": "Leipzig",
                "lat": 51.34,
                "lng": 12.37,
            }
        }
    ],
}


def loaded(tmp_path, name, content):
    path = tmp_path / "given"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    load = load_register(tmp_path / "store", REGISTERS[name], [path])
    return load, [row for table in read_store(tmp_path / "store") for row in table.to_pylist()]


def codes(row, kind):
    return [item["code"] for item in row[kind]]


def test_research_organisation_has_its_place_and_what_its_types_suggest(tmp_path):
    load, [row] = loaded(tmp_path, "ror", [ROR, ROR | {"id": "x"}, ROR | {"status": "withdrawn"}, 7])
    assert dict(load.skipped) == {"broken": 1, "inactive": 1, "no-id": 1}
    assert (row["id"], row["name"], row["sector"]) == ("XI-ROR-02mp31p96", "Test University", "education")
    assert (row["country"], row["region"], row["locality"]) == ("DE", "Sachsen", "Leipzig")
    assert (row["latitude"], row["longitude"]) == (51.34, 12.37)
    assert codes(row, "offers") == ["funding.grantmaking", "knowledge.research", "service.education_delivery"]


def test_research_organisation_of_the_old_schema_is_read_too(tmp_path):
    old = {
        "id": "https://ror.org/02mp31p96",
        "name": "Test University",
        "types": ["Education"],
        "status": "active",
        "country": {"country_code": "DE"},
        "addresses": [{"city": "Leipzig", "lat": 51.34, "lng": 12.37}],
    }
    _load, [row] = loaded(tmp_path, "ror", [old])
    assert (row["name"], row["country"], row["locality"], row["latitude"]) == (
        "Test University",
        "DE",
        "Leipzig",
        51.34,
    )


def grant(number, **other):
    return {
        "id": f"360G-x-{number}",
        "title": "Hostel",
        "description": "They run hostels for homeless people.",
        "fundingOrganization": [{"id": "GB-CHC-1", "name": "BIG FUND"}],
        "recipientOrganization": [{"id": "GB-CHC-2", "name": "Roof", "postalCode": "N7 7JW"}],
    } | other


def test_grant_suggests_what_funder_and_recipient_could_give_and_no_gap(tmp_path):
    person = {"recipientOrganization": [], "fundingOrganization": [], "recipientIndividual": {"id": "p"}}
    load, rows = loaded(tmp_path, "360giving", {"version": "1", "grants": [grant(1), grant(2), grant(3) | person]})
    assert (load.read, load.entries, dict(load.skipped)) == (3, 4, {"person": 1})
    funder, recipient = sorted(rows, key=lambda row: row["id"])
    assert (funder["name"], funder["sector"], codes(funder, "offers")) == (
        "Big Fund",
        "funder",
        ["funding.grantmaking"],
    )
    assert (recipient["name"], recipient["region"], codes(recipient, "offers")) == (
        "Roof",
        "London",
        ["service.housing"],
    )
    assert funder["gaps"] == recipient["gaps"] == []
    [offer] = Store(tmp_path / "store").organisations(["GB-CHC-2"])[0].offers
    assert offer.source is not None
    assert offer.source.sentence == "They run hostels for homeless people"


def test_grants_in_csv_say_the_same(tmp_path):
    csv = (
        "Identifier,Title,Description,Recipient Org:Identifier,Recipient Org:Name,Recipient Org:Postal Code,"
        "Funding Org:Identifier,Funding Org:Name\n"
        "360G-x-1,Hostel,They run hostels for homeless people.,GB-CHC-2,Roof,N7 7JW,GB-CHC-1,BIG FUND\n"
    )
    _load, as_csv = loaded(tmp_path, "360giving", csv)
    other = tmp_path / "other"
    other.mkdir()
    _load, as_json = loaded(other, "360giving", [grant(1)])
    assert as_csv == as_json


AGENTS = [
    {"@id": "urn:bakery", "@type": "vf:Organization", "vf:name": "Bakery"},
    {"@id": "urn:anne", "@type": "foaf:Person", "name": "Anne"},
]
INTENTS = [
    {
        "@id": "urn:1",
        "@type": "vf:Intent",
        "provider": "urn:bakery",
        "note": "We lend our van and lorry for deliveries.",
    },
    {"@id": "urn:2", "@type": "vf:Intent", "receiver": {"@id": "urn:bakery"}, "name": "Volunteers to help us"},
    {"@id": "urn:3", "@type": "vf:Intent", "provider": "urn:anne", "note": "I lend my van."},
    {"@id": "urn:4", "@type": "vf:Intent", "provider": "urn:bakery", "finished": True, "note": "A venue."},
    {
        "@id": "urn:5",
        "@type": "vf:Intent",
        "receiver": "urn:bakery",
        "note": "We are insolvent and cannot pay our debts.",
    },
    {"@id": "urn:6", "@type": "vf:EconomicEvent"},
]


@pytest.mark.parametrize("graph", [AGENTS + INTENTS, INTENTS + AGENTS], ids=["agents-first", "intents-first"])
def test_intents_are_offers_and_requests_of_organisations_alone(tmp_path, graph):
    load, rows = loaded(tmp_path, "valueflows", {"@context": {}, "@graph": graph})
    assert [row["id"] for row in rows] == ["urn:bakery"]
    assert "assets.vehicles" in codes(rows[0], "offers")
    assert "people.volunteers" in codes(rows[0], "gaps")
    assert dict(load.skipped) == {"inactive": 1, "not-about-one": 1, "person": 1}
    everything = b"".join(path.read_bytes() for path in (tmp_path / "store").rglob("*") if path.is_file())
    assert b"Anne" not in everything
    assert b"urn:anne" not in everything


def test_request_that_names_something_sensitive_is_not_kept(tmp_path):
    _load, [row] = loaded(tmp_path, "valueflows", [*AGENTS, *INTENTS])
    assert not {"funding.solvency", "funding.reserves"} & set(codes(row, "gaps"))


def filing(**amounts):
    said = dict.fromkeys(COLUMNS, "") | {"EIN2": "EIN-56-2210510", "ORG_NAME_L1": "HOPE", "NTEE_NCCS": "Z99"}
    said |= {"RETURN_TYPE": "990", "TAX_PERIOD_END_DATE": "19173", "F9_08_REV_TOT_TOT": "1000000"}
    [entry] = filing_entries(Item(2, 0, said | amounts))
    return entry


def test_filing_asks_where_its_lines_raise_a_question():
    entry = filing(F9_08_REV_CONTR_GOVT_GRANT="600000", F9_10_NAFB_UNRESTRICT_EOY="10", F9_10_NAFB_TOT_EOY="100")
    assert entry.edition == "2022-06-30"
    found = {gap.code: (gap.confidence, gap.confirmed) for gap in entry.organisation.vulnerabilities}
    assert found == {"funding.stability": (0.5, False), "funding.flexible_income": (0.5, False)}
    sentences = [gap.source.sentence for gap in entry.organisation.vulnerabilities if gap.source]
    assert sentences[0] == "Government grants (VIII.1e) are 60% of all income (VIII.12)."


def test_filing_never_guesses_at_what_is_sensitive():
    entry = filing(F9_10_NAFB_TOT_EOY="-500000", F9_10_ASSET_CASH_EOY="0", F9_09_EXP_TOT_TOT="2000000")
    assert entry.organisation.vulnerabilities == ()


def test_short_return_says_nothing_by_the_lines_it_lacks():
    entry = filing(RETURN_TYPE="990EZ", F9_08_REV_CONTR_TOT="900000", F9_09_EXP_TOT_TOT="1")
    assert entry.organisation.vulnerabilities == entry.organisation.offers == ()


MAPPING = """
source: our-members
columns: {id: Number, name: Who, sector: Kind, offers: Gives, gaps: Lacks, income: Money}
id_prefix: FR-RNA-
country: fr
sectors: {Église: faith}
"""
ROWS = [["Number", "Who", "Kind", "Gives", "Lacks", "Money"],
        ["W75 1", "Une église", "Église", "assets.venue; no.such", "funding.solvency;ops.logistics", 12000],
        ["", "No number", "", "", "", ""], ["W752", "Broken", "", "", "", "much"]]  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_any_table_becomes_a_register_by_a_mapping(tmp_path, form):
    (tmp_path / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    path = tmp_path / f"members.{form}"
    if form == "xlsx":
        book = Workbook()
        for row in ROWS:
            book.active.append(row)
        book.save(path)
    else:
        path.write_text("\n".join(",".join(map(str, row)) for row in ROWS), encoding="utf-8")
    load = load_register(tmp_path / "store", mapped_register(read_mapping(tmp_path / "mapping.yaml")), [path])
    assert dict(load.skipped) == {"no-id": 1, "value": 1}
    [row] = [row for table in read_store(tmp_path / "store") for row in table.to_pylist()]
    assert (row["id"], row["source"], row["country"], row["sector"], row["size"]) == (
        "FR-RNA-W751", "our-members", "FR", "faith", "small",
    )  # fmt: skip
    assert codes(row, "offers") == ["assets.venue"]
    assert codes(row, "gaps") == ["ops.logistics"]


@pytest.mark.parametrize(
    "content",
    ["", "[1, 2]", "source: x", "source: a b\ncolumns: {id: I}\nfoo: 1", "a: [" * 5_000, "columns: 3\nsource: 4",
     "source: x\ncolumns: {id: a, name: b}\nsector: wizard", "source: x\ncolumns: {id: a, name: b}\nconfidence: true"],
)  # fmt: skip
def test_mapping_that_cannot_be_meant_is_refused_by_name(tmp_path, content):
    (tmp_path / "mapping.yaml").write_text(content)
    with pytest.raises(InputError) as refusal:
        read_mapping(tmp_path / "mapping.yaml")
    assert {problem.file for problem in refusal.value.problems} == {"mapping.yaml"}


@pytest.mark.parametrize(
    "content",
    ["", "hello", '{"a": 1}', "[1, 2", '[{"a": 1} {"a": 2}]', "[" * 100_000,
     '[{"a": "' + "x" * (LARGEST_ITEM + 10) + '"}]',
     b"[\xff]"],
    ids=["empty", "words", "no-list", "cut", "no-comma", "deep", "huge", "not-utf-8"],
)  # fmt: skip
def test_json_that_is_no_list_of_items_is_refused(tmp_path, content):
    path = tmp_path / "a.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError, match=r"a\.json"):
        list(json_items(path, ("grants",)))


def test_json_items_are_whole_wherever_a_chunk_ends(tmp_path):
    path = tmp_path / "a.json"
    wanted = [{"n": number, "text": "é" * (number % 4_000)} for number in range(600)]
    path.write_text(
        json.dumps({"more": [1], "grants": wanted, "after": {"x": "]"}}, ensure_ascii=False), encoding="utf-8"
    )
    assert [item.content for item in json_items(path, ("grants",))] == wanted
