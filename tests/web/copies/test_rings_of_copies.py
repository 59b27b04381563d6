"""The dealings of a ring after a restore, an erasure and another key: what stood open stands open, and no more."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest

from lichen.errors import NotAllowed
from lichen_web.alliances.access.dealings import dealing_view
from lichen_web.alliances.actions.keys import erase_organisation, rotate_host_key
from lichen_web.alliances.copies.backing_up import back_up
from lichen_web.alliances.copies.restoring import restore
from lichen_web.alliances.models import Grant, MatterEvent
from lichen_web.keyring import add_host_key, host_keyring
from tests.web.copies.conftest import copied
from tests.web.copies.scene import Scene
from tests.web.homes import Home, living_in
from tests.web.ringing import AROUND, NOW, Ring, agree, read, ringed, tell

LATER = NOW + timedelta(days=30)
TOLD = {((owner + 1) % 3, owner): {code: code == AROUND[owner][0] for code in AROUND[owner]} for owner in range(3)}
"""What whoever helps reads, by reader and owner, and whether in its words; between the others nothing is open."""


@pytest.fixture(scope="module")
def with_ring(
    furnished: tuple[Home, Scene], tmp_path_factory: pytest.TempPathFactory, django_db_blocker
) -> tuple[Home, Ring]:
    """A home with a ring, all of which have agreed and told one gap; made once, and never changed."""
    there, scene = furnished
    home = Home(replace(there.environment, home=tmp_path_factory.mktemp("ring") / "home"))
    shutil.copytree(there.folder, home.folder)
    with django_db_blocker.unblock(), living_in(home):
        ring = ringed(scene.cast)
        agree(ring, 0, 1, 2)
        for who in range(3):
            tell(ring, who)
    return home, ring


@pytest.fixture
def ring(with_ring: tuple[Home, Ring]) -> Ring:
    return with_ring[1]


@pytest.fixture
def home(with_ring: tuple[Home, Ring], tmp_path: Path, django_db_blocker) -> Iterator[Home]:
    """A home of this test's own with that ring."""
    yield from copied(with_ring[0], tmp_path / "home", django_db_blocker)


def open_in(ring: Ring, readers: Iterable[int] = range(3)) -> dict[tuple[int, int], dict[str, bool]]:
    """As :data:`TOLD`, for some of the readers."""
    found = {pair: read(ring, *pair) for pair in permutations(range(3), 2) if pair[0] in readers}
    return {
        pair: {code: item.vulnerability is not None for code, item in sorted(items.items())}
        for pair, items in found.items()
        if items
    }


def brought(elsewhere: Home, file: Path) -> None:
    with living_in(elsewhere):
        restore(file, host_keyring(elsewhere.environment), at=LATER)


@pytest.fixture
def backup(home: Home, ring: Ring, tmp_path: Path) -> Path:
    file = tmp_path / "lichen.backup"
    with living_in(home):
        back_up(file, host_keyring(home.environment), at=NOW)
    return file


def goes_on(ring: Ring) -> bool:
    """Each tells the second gap, and whoever helps reads it."""
    for who in range(3):
        tell(ring, who, 1)
    return open_in(ring) == {pair: dict.fromkeys(codes, True) for pair, codes in TOLD.items()}


def test_restored_ring_reads_the_same_and_goes_on(home: Home, elsewhere: Home, ring: Ring, backup: Path):
    brought(elsewhere, backup)
    with living_in(elsewhere):
        assert open_in(ring) == TOLD
        assert goes_on(ring)


def test_ring_of_which_one_was_erased_rests_after_a_restore_and_what_the_others_showed_stays(
    home: Home, elsewhere: Home, ring: Ring, backup: Path
):
    with living_in(home):
        erase_organisation(ring.three[2], name_typed="Tia Ring's", at=LATER)
    shutil.copy(home.folder / "erasures", elsewhere.folder)
    brought(elsewhere, backup)
    with living_in(elsewhere):
        assert open_in(ring, readers=(0, 1)) == {(1, 0): TOLD[1, 0]}
        view = dealing_view(ring.three[0], matter=ring.matter(0, 1), at=LATER)
        assert (view.ring.is_at_rest, view.ring.awaited, view.ring.behind) == (True, (), ())
        before = MatterEvent.objects.count(), Grant.objects.count()
        with pytest.raises(NotAllowed, match="rests"):
            tell(ring, 0, 1)
        assert (MatterEvent.objects.count(), Grant.objects.count()) == before


def test_ring_reads_the_same_under_another_key_and_goes_on(home: Home, ring: Ring):
    with living_in(home):
        before = host_keyring(home.environment).current.id
        new = add_host_key(home.environment)
        rotate_host_key(to=new.id, at=LATER)
        assert open_in(ring) == TOLD
        assert goes_on(ring)
        assert host_keyring(home.environment).current.id == new.id != before
