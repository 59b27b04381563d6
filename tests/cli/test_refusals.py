"""What cannot be used is refused by every command alike: in a line, with 2, without a traceback or a confession."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

CONFESSION = "zq the treasurer gambles zq"

COMMANDS = {
    "check": ("audit", "check", "{}"),
    "combine": ("audit", "combine", "hospital.yaml", "{}"),
    "match": ("match", "{}", "--among", "hospital.yaml"),
    "match among": ("match", "hospital.yaml", "--among", "{}"),
    "matrix": ("matrix", "{}", "hospital.yaml"),
    "matrix of": ("matrix", "hospital.yaml", "{}"),
    "map": ("map", "{}", "--among", "hospital.yaml"),
    "ring": ("ring", "hospital.yaml", "--among", "{}"),
    "brief": ("brief", "{}", "hospital.yaml"),
    "brief for": ("brief", "hospital.yaml", "{}"),
    "import": ("import", "uk-charities", "{}"),
}

FILES: dict[str, bytes] = {
    "empty.yaml": b"",
    "blank.json": b" \n",
    "binary.yaml": bytes(range(256)) * 8,
    "wrong-suffix.pdf": b"%PDF-1.7",
    "no-suffix": b"organisation: {name: X}",
    "half.json": b'{"lichen": "audit/1", "organisation": {"na',
    "deep.json": b"[" * 200_000,
    "list.yaml": b"- 1\n- 2\n",
    "tag.yaml": b"!!python/object/apply:os.system ['true']\n",
    "fake.xlsx": b"PK\x03\x04 not a workbook",
    "utf16.csv": "name,code\n".encode("utf-16"),
    "quotes.csv": b'"open\n' * 3,
    "future.yaml": b"lichen: audit/99\norganisation: {name: X}\n",
    "confession.yaml": (
        f"organisation: {{name: X}}\nvulnerabilities:\n  - {{code: {CONFESSION}, severity: {CONFESSION}}}\n"
        f"  - {{words: {CONFESSION}, rank: {CONFESSION}}}\n"
    ).encode(),
    "confession.csv": f"words,severity,rank\n{CONFESSION},{CONFESSION},{CONFESSION}\n".encode(),
}


@pytest.fixture(params=[*FILES, "missing.yaml", "folder.yaml", "unreadable.yaml"])
def unusable(request, tmp_path: Path) -> str:
    path = tmp_path / request.param
    if request.param in FILES:
        path.write_bytes(FILES[request.param])
    elif request.param == "folder.yaml":
        path.mkdir()
    elif request.param == "unreadable.yaml":
        if os.geteuid() == 0:
            pytest.skip("root may read everything")
        path.write_text("organisation: {name: X}\n")
        path.chmod(0)
    return str(path)


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_unusable_file_is_refused_in_words(lichen, unusable, command, tmp_path):
    result = lichen(
        *(part.format(unusable) for part in command), *(("--out", tmp_path / "o.json") if "import" in command else ())
    )
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert "zq" not in result.stderr
    lines = result.stderr.splitlines()
    assert lines
    assert all("right would be: " in line for line in lines)


def test_unreadable_output_is_refused(lichen, tmp_path):
    for arguments in (
        ("matrix", "hospital.yaml", "churches.yaml", "--out", tmp_path / "no-such-folder" / "m.html"),
        ("brief", "hospital.yaml", "churches.yaml", "--out", tmp_path / "no-such-folder" / "b.md"),
        ("audit", "template", tmp_path / "no-such-folder" / "t.xlsx"),
        ("audit", "template", tmp_path / "t.pdf"),
        ("audit", "combine", "hospital.yaml", "--out", tmp_path / "t.pdf"),
    ):
        result = lichen(*arguments)
        assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)


def test_standard_input_that_cannot_be_used_is_refused(lichen):
    for given in (b"", b"\xff\xfe\x00", b"{", b"- 1"):
        result = lichen("audit", "check", "-", given=given)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("-")
