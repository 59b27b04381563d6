from __future__ import annotations

import os

import pytest

WRITERS = pytest.mark.parametrize(
    "command",
    [
        ("matrix", "hospital.yaml", "churches.yaml", "--out"),
        ("brief", "hospital.yaml", "churches.yaml", "--out"),
        ("audit", "combine", "hospital.yaml", "--out"),
        ("audit", "template"),
    ],
    ids=" ".join,
)


@WRITERS
def test_no_command_writes_to_a_pipe_or_through_a_link_unless_told_to(lichen, tmp_path, command):
    suffix = "html" if command[0] in {"matrix", "brief"} else "xlsx"
    pipe, link = tmp_path / f"pipe.{suffix}", tmp_path / f"link.{suffix}"
    os.mkfifo(pipe)
    link.symlink_to("nowhere")
    result = lichen(*command, pipe, "--overwrite")
    told = f"{pipe.name}: this is not a file; right would be: an ordinary file\n"
    assert (result.stdout, result.stderr, result.exit_code) == ("", told, 2)
    assert pipe.is_fifo()
    result = lichen(*command, link)
    told = f"{link.name}: there is such a file already; right would be: another name, or --overwrite\n"
    assert (result.stdout, result.stderr, result.exit_code) == ("", told, 2)
    assert not (tmp_path / "nowhere").exists()


@WRITERS
def test_no_command_writes_over_a_file_unless_told_to(lichen, tmp_path, command):
    path = tmp_path / ("precious.html" if command[0] in {"matrix", "brief"} else "precious.xlsx")
    path.write_bytes(b"three evenings of work")
    result = lichen(*command, path)
    told = f"{path.name}: there is such a file already; right would be: another name, or --overwrite\n"
    assert (result.stdout, result.stderr, result.exit_code) == ("", told, 2)
    assert path.read_bytes() == b"three evenings of work"
    assert lichen(*command, path, "--overwrite").exit_code == 0
    assert path.read_bytes() != b"three evenings of work"
