from __future__ import annotations

import json

import pytest

THREE = "# ALTERNATIVE NAME 1: Pair 1\n1,2,1.0\n2,3,1.0\n3,1,1.0\n2,1,0.5\n"


@pytest.fixture
def three(tmp_path):
    path = tmp_path / "three.wmd"
    path.write_text(THREE, encoding="utf-8")
    return str(path)


def test_preflib_file_is_solved_for_a_program(lichen, three):
    result = lichen("rings", "solve", three, "--max-length", "3", "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"optimum": 3, "status": "optimal", "gap": 0.0, "rings": [[1, 2, 3]]}


def test_rings_are_told_plainly(lichen, three):
    told = lichen("rings", "solve", three).stdout
    assert "3 of 3 are helped, in 1 rings and 0 chains" in told
    assert "1 → 2 → 3 → 1" in told
    assert "no other set of rings is worth more" in told
    assert max(map(len, told.splitlines())) <= 80


def test_ring_with_a_chance_of_dropping_out_shows_what_is_left(lichen, three):
    record = json.loads(lichen("rings", "solve", three, "--chance", "0.6", "-f", "json").stdout)
    assert record["optimum"] == pytest.approx(1.5 * 0.4**2)
    assert record["rings"] == [[1, 2]]
    assert "If some drop" in lichen("rings", "solve", three, "--chance", "0.5").stdout


def test_tables_of_requests_and_offers_are_read(lichen, tmp_path):
    head = "timebank,category_id,parent_id,category,count\n"
    (tmp_path / "requests.csv").write_text(head + "a,1,1,Cooking,2\nb,2,2,Rides,1\n", encoding="utf-8")
    (tmp_path / "offers.csv").write_text(head + "a,2,2,Rides,1\nb,1,1,Cooking,1\n", encoding="utf-8")
    places = [str(tmp_path / name) for name in ("requests.csv", "offers.csv")]
    result = lichen("rings", "solve", places[0], "--offers", places[1], "-f", "json")
    assert json.loads(result.stdout) == {"optimum": 2, "status": "optimal", "gap": 0.0, "rings": [["a", "b"]]}


@pytest.mark.parametrize("line", ["1;2;3", "1,1,1.0", "1,2,-1", "1,2,0.5"])
def test_line_that_is_no_link_is_refused_by_its_number(lichen, tmp_path, line):
    path = tmp_path / "odd.wmd"
    path.write_text(f"1,2,0.5\n{line}\n", encoding="utf-8")
    result = lichen("rings", "solve", str(path))
    assert result.exit_code == 2
    assert "line 2" in result.stderr


def test_audits_are_solved_as_a_community(lichen):
    result = lichen("rings", "solve", "startup.yaml", "churches.yaml", "hospital.yaml", "-f", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["status"] == "optimal"
