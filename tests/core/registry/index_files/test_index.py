from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.audit.values import Organisation
from lichen.errors import InputError
from lichen.fit.listing import Wanted, World
from lichen.fit.pairs import best_partners
from lichen.registry.index_files.entries import entries_of
from lichen.registry.index_files.index import RegisterIndex, write_index
from lichen.registry.index_files.sections import Sections
from tests.cast import everyone, hospital
from tests.strategies import modest, organisations


def told(me: Organisation, others: list[Organisation], top: int = 50) -> list[tuple[str, float | None]]:
    return [(fit.id, fit.score) for fit in best_partners(me, others, top=top).mutual]


def found(me: Organisation, index: RegisterIndex, top: int = 50) -> list[tuple[str, float]]:
    return [(hit.id, round(hit.score, 12)) for hit in index.best(me, top=top)]


def rounded(pairs: list[tuple[str, float | None]]) -> list[tuple[str, float]]:
    return [(id, round(score or 0.0, 12)) for id, score in pairs]


@pytest.fixture
def index(tmp_path: Path) -> RegisterIndex:
    write_index(tmp_path / "cast.index", entries_of(everyone, {everyone[1].id: (51.5, -0.1)}))
    return RegisterIndex(tmp_path / "cast.index")


def test_partners_on_disk_are_those_of_best_partners(index):
    for me in everyone:
        assert found(me, index) == rounded(told(me, list(everyone)))


def test_index_has_a_length_and_keeps_it_through_changes(index):
    assert (len(index), index.changed) == (len(everyone), 0)
    index.remove([everyone[0].id, "nobody"])
    index.put([replace(everyone[1], name="Renamed"), Organisation("new", "New")])
    assert (len(index), index.changed) == (len(everyone), 4)


drawn = st.lists(organisations("One", least=1), min_size=1, max_size=8)


def as_ids(given: list[Organisation], first: int) -> list[Organisation]:
    return [replace(one, id=f"id-{first + row}", name=f"Name {row % 3}") for row, one in enumerate(given)]


@modest
@given(organisations("Me", least=1), drawn, drawn, st.integers(0, 8), st.sets(st.integers(0, 15)))
def test_changes_give_what_an_index_built_anew_gives(tmp_path_factory, me, old, new, first, removed):
    folder = tmp_path_factory.mktemp("index")
    old, new = as_ids(old, 0), as_ids(new, first)
    write_index(folder / "r.index", entries_of(old))
    index = RegisterIndex(folder / "r.index")
    index.put(new)
    index.remove(f"id-{number}" for number in removed)
    standing = {one.id: one for one in [*old, *new] if int(one.id[3:]) not in removed}
    expected = rounded(told(me, list(standing.values())))
    assert found(me, index) == expected
    index.fold()
    assert (found(me, index), index.changed) == (expected, 0)
    assert found(me, RegisterIndex(folder / "r.index")) == expected
    index.verify()


def test_filters_hold_for_what_was_put_in_lately(index):
    twin = replace(everyone[1], id="twin", country="FR")
    index.put([twin], {"twin": (48.9, 2.4)})
    assert [hit.id for hit in index.best(hospital, Wanted(place="fr"))] == ["twin"]
    assert [hit.id for hit in index.best(hospital, near=((48.9, 2.4), 10.0))] == ["twin"]
    assert [hit.id for hit in index.best(hospital, near=((51.5, -0.1), 10.0))] == [everyone[1].id]
    assert "twin" not in [hit.id for hit in index.best(hospital, without=["twin"])]
    own = [hit.id for hit in index.best(hospital, Wanted(world=World.OWN))]
    assert own == [id for id, _ in found(hospital, index) if next(
        one.sector for one in (*everyone, twin) if one.id == id) == hospital.sector]  # fmt: skip


def test_open_reader_sees_its_version_until_it_refreshes(index):
    reader = RegisterIndex(index.path)
    before = found(hospital, reader)
    index.remove([id for id, _ in before])
    assert (found(hospital, index), found(hospital, reader)) == ([], before)
    index.fold()
    assert found(hospital, reader) == before
    reader.refresh()
    assert found(hospital, reader) == []


def test_id_that_is_there_twice_is_refused():
    with pytest.raises(InputError, match="row 2, column id: the id is there twice"):
        entries_of([Organisation("a", "A"), Organisation("a", "B")])


def flipped(path: Path, at: int) -> None:
    whole = bytearray(path.read_bytes())
    whole[at] ^= 1
    path.write_bytes(whole)


def test_flipped_byte_of_any_section_is_refused_by_its_name(index):
    sections = Sections(index.path)
    for name, (_kind, _shape, offset, _sum) in sections._sections.items():
        if sections.arrays[name].nbytes:
            for place in (offset, offset + sections.arrays[name].nbytes - 1):
                flipped(index.path, place)
                with pytest.raises(InputError, match=rf"cast\.index: damaged: {name}"):
                    RegisterIndex(index.path).verify()
                flipped(index.path, place)
    RegisterIndex(index.path).verify()


@pytest.mark.parametrize("at", [0, 9, 13, 20, 60, 300])
def test_flipped_byte_of_the_header_is_refused_when_it_is_opened(index, at):
    flipped(index.path, at)
    with pytest.raises(InputError, match=r"cast\.index: .*(damaged|version)"):
        RegisterIndex(index.path)


def test_flipped_byte_between_the_sections_is_refused(index):
    name, (_kind, _shape, offset, _sum) = next(iter(Sections(index.path)._sections.items()))
    flipped(index.path, offset + Sections(index.path).arrays[name].nbytes)
    with pytest.raises(InputError, match="damaged: padding"):
        RegisterIndex(index.path).verify()


@pytest.mark.parametrize("left", [0, 30, 5_000, -1])
def test_file_cut_short_is_refused_by_its_name(index, left):
    os.truncate(index.path, left % index.path.stat().st_size)
    with pytest.raises(InputError, match=r"cast\.index: "):
        RegisterIndex(index.path)


def test_every_flipped_byte_of_the_log_is_refused(index):
    index.put([Organisation("new", "New")])
    log = index.path.with_name("cast.index.changes")
    for at in range(log.stat().st_size):
        flipped(log, at)
        with pytest.raises(InputError, match=r"cast\.index\.changes: "):
            RegisterIndex(index.path)
        flipped(log, at)


def test_change_half_written_by_a_killed_writer_is_left_out_and_overwritten(index):
    log = index.path.with_name("cast.index.changes")
    index.put([Organisation("first", "First")])
    whole = log.stat().st_size
    index.put([Organisation("second", "Second")])
    for size in range(log.stat().st_size - 1, whole - 1, -1):
        os.truncate(log, size)
        assert RegisterIndex(index.path).changed == 1
    index.put([Organisation("third", "Third")])
    assert RegisterIndex(index.path).changed == 2


def test_log_of_an_older_base_is_left_out(index):
    index.put([Organisation("new", "New")])
    write_index(index.path, entries_of(everyone[:3]))
    assert (len(RegisterIndex(index.path)), RegisterIndex(index.path).changed) == (3, 0)


BUILDING = """
import sys
from pathlib import Path
from lichen.registry.index_files.index import RegisterIndex
index = RegisterIndex(Path(sys.argv[1]))
print("begun", flush=True)
while True:
    index.fold()
"""


def test_killed_build_leaves_a_whole_index(index):
    index.put([Organisation("new", "New")])
    expected = found(hospital, index)
    for _ in range(2):
        builder = subprocess.Popen([sys.executable, "-c", BUILDING, str(index.path)], stdout=subprocess.PIPE)
        assert builder.stdout
        assert builder.stdout.readline() == b"begun\n"
        for _ in range(10):
            RegisterIndex(index.path).verify()
        builder.send_signal(signal.SIGKILL)
        builder.wait()
        builder.stdout.close()
        opened = RegisterIndex(index.path)
        opened.verify()
        assert (len(opened), found(hospital, opened)) == (len(everyone) + 1, expected)
    index.fold()
    assert len(RegisterIndex(index.path)) == len(everyone) + 1
