from __future__ import annotations

import pytest

from lichen.errors import InputError
from lichen.registry.index_files.entries import entries_of, joined
from tests.cast import everyone


def test_parts_joined_are_the_whole():
    whole = entries_of(everyone)
    parts = joined(entries_of(everyone[at : at + 3]) for at in range(0, len(everyone), 3))
    assert (parts.ids, parts.names, parts.places) == (whole.ids, whole.names, whole.places)
    for name, array in whole.register._asdict().items():
        assert getattr(parts.register, name).tobytes() == array.tobytes()


def test_parts_with_one_id_in_two_are_refused():
    with pytest.raises(InputError, match="the id is there twice"):
        joined([entries_of(everyone[:2]), entries_of(everyone[1:3])])
