from __future__ import annotations

import pytest

from lichen.cli.shades import INK, STEPS, glow, ink, shade, step


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2 has it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("number", range(STEPS + 1))
def test_number_can_be_read_on_its_shade(number):
    assert contrast(shade(number), ink(number)) >= 4.5
    assert contrast(glow(number), INK) >= 4.5


def test_shades_grow_darker_on_a_page_and_brighter_in_a_terminal():
    page = [luminance(shade(number)) for number in range(STEPS + 1)]
    terminal = [luminance(glow(number)) for number in range(STEPS + 1)]
    assert page == sorted(page, reverse=True)
    assert terminal == sorted(terminal)


def test_step_is_the_nearest_tenth():
    assert [step(value) for value in (0, 0.04, 0.06, 0.94, 0.96, 1)] == [0, 0, 1, 9, 10, 10]
