"""``lichen charter agreement``: the text on the one hand, what is open on the other."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lichen.alliance.values import Alliance
from lichen.audit.values import Audit
from lichen.charter.agreement.terms import Duty, Signature, Version
from lichen.charter.values import Charter
from lichen.cli.group import DONE, FINDINGS, UNUSABLE
from lichen.disclosure.values import Act, DisclosureEvent, Matter
from lichen.exchange.values import Ledger
from lichen.files.alliances import write_alliance
from lichen.scales import Relevance
from tests.cli.conftest import Run
from tests.core.charter.drafted import CHARTER, LEDGER, PARTNERS, PILOT, C, H, drafted, with_terms
from tests.core.charter.test_agreement_confidences import BUSY, SEEN, TRIO, betrayed

ON = ("--on", "2026-11-22")
HOSPITAL, CHURCHES = "St Brigid's Hospital", "Three Churches of Eastfield"


@pytest.fixture
def alliance(tmp_path: Path) -> Any:
    """Write an alliance's file with a charter, and say where it is."""

    def write(
        charter: Charter = CHARTER, name: str = "alliance", partners: tuple[Audit, ...] = PARTNERS, **more: Any
    ) -> str:
        path = tmp_path / f"{name}.yaml"
        parts = {"pilots": (PILOT,), "exchange": LEDGER, **more}
        write_alliance(Alliance("Well Eastfield", "GBP", None, partners, charter=charter, **parts), path)
        return str(path)

    return write


def opened() -> Matter:
    def happened(what: Act, by: str, **more: Any) -> DisclosureEvent:
        return DisclosureEvent(date(2026, 10, 1), what, by, **more)

    return Matter(
        "talks",
        (H, C),
        date(2026, 9, 21),
        (
            happened(Act.SAID_YES, H),
            happened(Act.SAID_YES, C),
            happened(Act.ANSWERED, H, code="trust.underserved", relevance=Relevance.YES),
            happened(Act.ANSWERED, C, code="knowledge.medical", relevance=Relevance.YES),
            happened(Act.AGREED, H, codes=("trust.underserved",)),
            happened(Act.AGREED, C, codes=("knowledge.medical",)),
            happened(Act.DISCLOSED, H, code="trust.underserved"),
        ),
    )


def test_text_is_printed_and_what_is_open_beside_it(lichen: Run, alliance: Any):
    result = lichen("charter", "agreement", alliance(), *ON)
    assert result.exit_code == DONE
    assert result.stdout.startswith("# Charter of Well Eastfield\n")
    assert result.stderr.splitlines()[0] == "Ready to sign."
    assert f"Still to sign: {HOSPITAL} and {CHURCHES}." in result.stderr
    assert f"Version {drafted().digest}" in result.stderr


@pytest.mark.parametrize(("suffix", "start"), [("md", "# Charter of"), ("html", "<!DOCTYPE html>"), ("json", "{")])
def test_text_is_written_where_it_is_wanted(lichen: Run, alliance: Any, tmp_path: Path, suffix: str, start: str):
    out = tmp_path / f"charter.{suffix}"
    result = lichen("charter", "agreement", alliance(), *ON, "--out", out)
    assert (result.stdout, result.stderr.splitlines()[0]) == ("", f"Written: {out}")
    assert out.read_text().startswith(start)
    assert out.read_text() == lichen("charter", "agreement", alliance(), *ON, "-f", suffix).stdout
    again = lichen("charter", "agreement", alliance(), *ON, "--out", out)
    assert (again.exit_code, again.stderr) == (
        UNUSABLE,
        f"charter.{suffix}: there is such a file already; right would be: another name, or --overwrite\n",
    )


def test_blanks_are_listed_and_those_that_bind_stop_it(lichen: Run, alliance: Any):
    result = lichen("charter", "agreement", alliance(with_terms(law="", scope="")), *ON)
    assert result.exit_code == FINDINGS
    assert [line.rstrip() for line in result.stderr.splitlines()[:5]] == [
        "Not ready to sign.",
        "■ Section 29 (What binds) binds. To be agreed: which law applies.",
        "□ Section 4 (Purpose, scope and goals). To be agreed: where and for whom it",
        "  works, and what it leaves out.",
        f"Still to sign: {HOSPITAL} and {CHURCHES}.",
    ]


def test_copy_of_a_reader_ends_with_what_was_opened_to_it(lichen: Run, alliance: Any):
    path = alliance(matters=(opened(),))
    copies = {reader: lichen("charter", "agreement", path, *ON, "--for", reader).stdout for reader in (H, C)}
    annexes = {reader: text.partition("## Annex F")[2] for reader, text in copies.items()}
    assert "Trust in underserved communities. Severity 5 of 5. People in the poorest" in annexes[C]
    assert "Trust in underserved" not in copies[H]
    assert "Medical" in annexes[H]
    assert "Severity" not in annexes[H]
    assert "Annex F:" not in lichen("charter", "agreement", path, *ON).stdout


def test_reader_who_is_no_partner_is_refused(lichen: Run, alliance: Any):
    assert lichen("charter", "agreement", alliance(), "--for", "nobody").exit_code == UNUSABLE


def test_no_face_of_the_text_bears_a_confession(lichen: Run, alliance: Any, tmp_path: Path):
    empty = Ledger()
    path = alliance(BUSY, partners=TRIO, pilots=(SEEN,), exchange=empty)
    old = alliance(BUSY, "old", (*TRIO, PARTNERS[0]), pilots=(SEEN,), exchange=empty)
    for reader in ("", "one", "two", "three"):
        for form in ("md", "html", "json"):
            result = lichen("charter", "agreement", path, *ON, "-f", form, "--for", reader)
            assert betrayed(result.stdout + result.stderr) == []
    for form in ("md", "json"):
        result = lichen("charter", "agreement", path, *ON, "--compare", old, "-f", form)
        assert betrayed(result.stdout + result.stderr) == []
    # What the old file bears of the hospital is kept out, too.
    assert "believe us" not in lichen("charter", "agreement", path, *ON, "--compare", old).stdout


def test_text_that_repeats_a_confession_is_left_out_and_told(lichen: Run, alliance: Any):
    words = PARTNERS[0].organisation.vulnerabilities[1].words
    told = lichen(
        "charter", "agreement", alliance(with_terms(duties=(Duty(C, words, "all"), CHARTER.terms.duties[0]))), *ON
    )
    assert "two interpreters" not in told.stdout + told.stderr
    assert "■ Section 5 (Roles and responsibilities): a text repeats what a party told" in told.stderr


def test_comparison_says_what_changed_and_who_signs_again(lichen: Run, alliance: Any):
    before = alliance(name="before")
    changed = with_terms(duties=(Duty(H, "runs everything", "Dr Ada Cole"), CHARTER.terms.duties[1]))
    result = lichen("charter", "agreement", alliance(changed), *ON, "--compare", before)
    assert result.exit_code == FINDINGS
    assert "\n".join(line.rstrip() for line in result.stdout.splitlines()) == (
        f"""\
What has changed

Section 5 (Roles and responsibilities), not binding
    − St Brigid's Hospital: Runs the screenings. In charge: Dr Ada Cole.
    + St Brigid's Hospital: Runs everything. In charge: Dr Ada Cole.
    → Because of it signs again: St Brigid's Hospital.

Who signs again

Party                 Because of                              So far
St Brigid's Hospital  Section 5 (Roles and responsibilities)  not signed

Once it is agreed, write this below charter, versions, with the day:

- digest: {drafted(changed).digest}
  agreed_on: …
  unaffected: [example-churches]"""
    )


def test_party_that_has_signed_again_is_waited_for_no_more(lichen: Run, alliance: Any):
    before = drafted()
    changed = with_terms(duties=(Duty(H, "runs everything", "Dr Ada Cole"), CHARTER.terms.duties[1]))
    digest = drafted(changed).digest
    charter = replace(
        changed,
        signatures=(
            *(Signature(party, before.digest, date(2026, 11, 1)) for party in (H, C)),
            Signature(H, digest, date(2026, 11, 22)),
        ),
        versions=(Version(before.digest, date(2026, 11, 1)), Version(digest, date(2026, 11, 21), unaffected=(C,))),
    )
    assert (
        lichen("charter", "agreement", alliance(charter), *ON, "--compare", alliance(name="before")).exit_code == DONE
    )
    assert f"Signed: {HOSPITAL} and {CHURCHES}." in lichen("charter", "agreement", alliance(charter), *ON).stderr


def test_comparison_in_json_has_every_line_and_the_version(lichen: Run, alliance: Any):
    before, after = alliance(name="before"), alliance(with_terms(leaving_days=30))
    records = json.loads(lichen("charter", "agreement", after, *ON, "--compare", before, "-f", "json").stdout)
    assert [(each["part"], each.get("section"), each.get("party")) for each in records] == [
        ("change", "membership", None),
        ("signing", None, H),
        ("signing", None, C),
        ("version", None, None),
    ]
    assert records[0]["concerns"] == [H, C]


def test_same_file_twice_has_no_change(lichen: Run, alliance: Any):
    result = lichen("charter", "agreement", alliance(), *ON, "--compare", alliance(name="before"))
    assert result.exit_code == DONE
    assert [line for line in result.stdout.splitlines() if line.strip()] == [
        "What has changed",
        "Nothing has changed.",
        "Who signs again",
        "Nobody has to sign again.",
    ]


def test_party_whose_vetoes_changed_signs_again(lichen: Run, alliance: Any):
    gaps = PARTNERS[1].organisation.vulnerabilities
    widened = replace(PARTNERS[1].organisation, vulnerabilities=(gaps[0], replace(gaps[1], core=True), *gaps[2:]))
    now = alliance(partners=(PARTNERS[0], replace(PARTNERS[1], organisation=widened)))
    told = lichen("charter", "agreement", now, *ON, "--compare", alliance(name="before")).stdout
    assert re.search(rf"{CHURCHES}\s+it is new, or its vetoes have changed\s+not signed", told)


def test_suffix_that_is_no_page_is_refused(lichen: Run, alliance: Any, tmp_path: Path):
    result = lichen("charter", "agreement", alliance(), "--out", tmp_path / "charter.docx")
    assert result.exit_code == UNUSABLE
    assert "it must end in .md, .html or .json" in result.stderr
