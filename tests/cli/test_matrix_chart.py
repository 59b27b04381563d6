from __future__ import annotations

import json
import re
import struct
from dataclasses import replace

import pytest

from lichen.cli.matrix_chart import matrix_picture, matrix_spec
from lichen.errors import ExtraNeeded
from lichen.fit.matrix import matrix
from lichen.fit.showing import showable
from tests.cast import churches, hospital, meadow, stranger

OTHERS = (churches, meadow, stranger)
FOUND = matrix(showable(hospital), [showable(one) for one in OTHERS])


def test_drawing_has_a_heat_map_for_everyone_whose_gaps_are_known():
    spec = matrix_spec(hospital, OTHERS, FOUND)
    assert len(spec["vconcat"]) == 2
    cells = [cell for heat_map in spec["vconcat"] for cell in heat_map["data"]["values"]]
    told = [cell["told"] for cell in cells if cell["told"] != "·"]
    assert sorted(told) == sorted(f"{cell.value:.2f}" for row in FOUND.cells for cell in row if cell)
    assert json.loads(json.dumps(spec)) == spec


def test_svg_has_its_numbers_as_text():
    drawn = matrix_picture(hospital, OTHERS, FOUND, "svg").decode()
    assert drawn.count(">0.79<") == 1
    assert "The vulnerability matrix of St Brigid" in drawn


def test_png_is_drawn_at_twice_the_size():
    drawn = matrix_picture(hospital, [churches], matrix(hospital, churches), "png")
    width, height = struct.unpack(">II", drawn[16:24])
    assert drawn[:4] == b"\x89PNG"
    assert width > 800
    assert height > 400


def test_picture_without_its_extra_names_it(monkeypatch):
    def missing(name: str) -> object:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr("lichen.cli.matrix_chart.import_module", missing)
    with pytest.raises(ExtraNeeded, match=r"lichen\[charts\]") as refusal:
        matrix_picture(hospital, OTHERS, FOUND, "png")
    assert refusal.value.extra == "charts"


@pytest.mark.parametrize("name", ["a\nb", "a\u2028b", 'x\\"+(6*7)+"y', "x\\u0022+(6*7)+\\u0022", "x\\", "a\0b"])
def test_a_name_stays_text_whatever_it_is(name: str):
    """Vega-Lite puts titles into expressions that it runs, and a line break ends them."""
    them, shown = replace(churches, name=name), re.sub("\\W", "", name)
    drawn = matrix_picture(hospital, [them], matrix(hospital, [them]), "svg").decode()
    [title] = re.findall(">What ([^<]*) lacks<", drawn)
    assert re.sub("\\W", "", title) == shown
    assert not {*title} & {*'\\"\n\u2028\0'}
