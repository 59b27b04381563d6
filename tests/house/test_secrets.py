"""No message bears what somebody confessed: a mark is planted everywhere, and looked for in all that is said."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from lichen.audit.review import review
from lichen.audit.values import Audit, Offer, Opening, Source, Vulnerability
from lichen.errors import InputError
from lichen.files.reading import read_audit
from lichen.files.writing import write_audit
from tests.cast import hospital_audit

MARK = "Zyxquark"
CONFESSED = ("vulnerabilities", "offers", "opening", "readiness")


def confessed(code: str = "trust.community") -> Audit:
    """The hospital's audit with the secret in every field of text that is not its name."""
    gaps = tuple(
        replace(gap, words=f"{MARK} {gap.words}", source=Source(MARK, MARK, 0.5, MARK))
        for gap in hospital_audit.organisation.vulnerabilities
    )
    offers = tuple(replace(offer, words=MARK, spare=MARK) for offer in hospital_audit.organisation.offers)
    organisation = replace(
        hospital_audit.organisation,
        vulnerabilities=(*gaps, Vulnerability(code, words=MARK)),
        offers=(*offers, Offer(code, words=MARK)),
    )
    return replace(hospital_audit, organisation=organisation, opening=Opening(f"{MARK} Smith", MARK))


def told_in_process(path: Path) -> str:
    """What reading the file says, if it refuses."""
    try:
        read_audit(path)
    except InputError as refusal:
        return f"{refusal} {refusal.problems}"
    return ""


def told_in_a_shell(path: Path) -> str:
    """All that checking the file prints."""
    code = "from lichen.cli.main import run; run()"
    ran = subprocess.run([sys.executable, "-c", code, "audit", "check", str(path)], capture_output=True, text=True)
    assert ran.returncode in {0, 1, 2}
    return ran.stdout + ran.stderr


def leaves(tree: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where each value of a document stands, and each list or section that holds some."""
    if place:
        yield place
    below = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in below:
        yield from leaves(value, (*place, key))


def planted(tree: Any, place: tuple[Any, ...]) -> Any:
    """A copy of the document with the secret at one place."""
    copy = json.loads(json.dumps(tree))
    holder = copy
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = MARK
    return copy


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("tree") / "hospital.json"
    write_audit(hospital_audit, path)
    return json.loads(path.read_text(encoding="utf-8"))


def test_findings_bear_no_secret():
    assert MARK not in repr(review(confessed(code=MARK)))


@pytest.mark.parametrize("field", ["severity", "rank"])
def test_refused_values_bear_no_secret(field: str):
    with pytest.raises((InputError, TypeError)) as refusal:
        Vulnerability("trust.community", **{field: MARK})  # type: ignore[arg-type]
    assert MARK not in str(refusal.value)


@pytest.mark.parametrize("suffix", [".json", ".yaml"])
def test_document_with_a_secret_in_the_wrong_place_is_refused_without_it(suffix: str, tree: Any, tmp_path: Path):
    path, refused = tmp_path / f"audit{suffix}", 0
    for place in leaves(tree):
        if set(CONFESSED) & set(place):
            path.write_text(json.dumps(planted(tree, place)), encoding="utf-8")
            said = told_in_process(path)
            refused += bool(said)
            assert MARK not in said, place
    assert refused > 20


def test_table_with_secrets_in_the_wrong_places_is_refused_without_them(tmp_path: Path):
    path = tmp_path / "audit.csv"
    write_audit(hospital_audit, path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    for number in range(1, len(rows)):
        for column, cell in enumerate(rows[number]):
            changed = [[*row] for row in rows]
            changed[number][column] = MARK
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(changed)
            assert MARK not in told_in_process(path), (number, rows[0][column], cell)


def test_workbook_with_secrets_in_the_wrong_places_is_refused_without_them(tmp_path: Path):
    path = tmp_path / "audit.xlsx"
    write_audit(hospital_audit, path)
    book = load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=2, min_col=2):
            for cell in row:
                if cell.value not in {None, ""}:
                    cell.value = MARK
    book.save(path)
    assert MARK not in told_in_process(path)
    assert MARK not in told_in_a_shell(path)


def test_check_prints_findings_without_the_secret(tmp_path: Path):
    path = tmp_path / "audit.json"
    write_audit(confessed(), path)
    assert MARK not in told_in_a_shell(path)
