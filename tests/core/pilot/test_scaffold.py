"""The scaffold: where each step stands, what comes next, and the picture of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise, product
from xml.etree import ElementTree as ET

import pytest

from lichen.paper import amount_words
from lichen.pilot.gate import gate
from lichen.pilot.picture import scaffold_svg
from lichen.pilot.scaffold import Stair, StairState, gate_place, scaffold
from lichen.pilot.stair_words import gate_words, stair_words
from lichen.pilot.values import Pilot, PilotRules, PilotTerms, Step, Worked
from tests.cast import churches, hospital
from tests.core.pilot.fairs import C, H, answered, fair, fairs, reviewed

RULES = PilotRules()
NAMES = {H: hospital.name, C: churches.name}
PROGRAMME = Step("The chronic disease programme", stake="two years", cost=90_000, scales=True)
WORKED, FAILED, AHEAD = fair(H, C), fair(H), fair(held_on=None)
SVG = "{http://www.w3.org/2000/svg}"


def climbed(*steps: Step, **more: object) -> tuple[Stair, ...]:
    return scaffold([replace(fairs, steps=steps, **more)], RULES)  # type: ignore[arg-type]


def states(stairs: tuple[Stair, ...]) -> list[str]:
    return [stair.state.value for stair in stairs]


def drawn(*steps: Step, names: dict[str, str] = NAMES, **more: object) -> ET.Element:
    pilot = replace(fairs, steps=steps, **more)  # type: ignore[arg-type]
    text = scaffold_svg(scaffold([pilot], RULES), gate([pilot], RULES), names, currency="GBP")
    return ET.fromstring(text)  # noqa: S314 - our own


def test_story_of_three_fairs_and_then_the_programme():
    three = climbed(WORKED, WORKED, WORKED, PROGRAMME)
    assert states(three) == ["done", "done", "done", "next"]
    assert [stair.opens_gate for stair in three] == [False, False, True, False]
    assert [stair.opens_gate for stair in climbed(*[WORKED] * 4)] == [False, False, True, False]
    assert states(climbed(WORKED, WORKED, AHEAD, PROGRAMME)) == ["done", "done", "next", "later"]
    assert states(climbed(WORKED, FAILED, WORKED, AHEAD, AHEAD, PROGRAMME)) == [
        "done", "tried", "done", "next", "later", "later",
    ]  # fmt: skip
    assert (
        states(climbed(WORKED, WORKED, WORKED, replace(PROGRAMME, held_on=date(2027, 9, 1), worked_for=(H, C))))
        == ["done"] * 4
    )


def test_at_most_one_step_is_next_and_it_may_be_taken():
    """Every scaffold of four steps: worked, failed, ahead, or ahead behind the gate."""
    for steps in product((WORKED, FAILED, AHEAD, PROGRAMME), repeat=4):
        stairs, is_open = climbed(*steps), gate([replace(fairs, steps=steps)], RULES).is_open
        following = [place for place, stair in enumerate(stairs) if stair.state is StairState.NEXT]
        allowed = [
            place for place, step in enumerate(steps) if step is AHEAD or (step is PROGRAMME and is_open)
        ]  # fmt: skip
        assert following == allowed[:1]
        assert sum(stair.opens_gate for stair in stairs) == is_open


def test_larger_thing_done_too_early_says_so():
    early = replace(PROGRAMME, held_on=date(2027, 1, 1), worked_for=(H, C))
    [*_fairs, last] = climbed(WORKED, early)
    assert (last.state, last.is_early, last.unsaid) == (StairState.TRIED, True, ())
    assert "It was done before the gate was open." in [*stair_words(last, NAMES)]


def test_pilot_without_steps_is_one_stair():
    bad = replace(reviewed, reviews=(answered(H, Worked.NO), answered(C)))
    found = [scaffold([pilot], RULES)[0] for pilot in (fairs, reviewed, bad)]
    assert states(tuple(found)) == ["next", "done", "tried"]
    assert {(stair.what, stair.cost) for stair in found} == {("Health fairs", 4000)}


def test_stairs_of_all_pilots_stand_in_the_order_of_their_first_day():
    first, second = (
        Pilot(id, (H, C), terms=PilotTerms(starts_on=day), steps=(replace(AHEAD, what=id),))
        for id, day in (("first", date(2026, 1, 1)), ("second", date(2027, 1, 1)))
    )
    assert [(stair.pilot, stair.what) for stair in scaffold([second, first], RULES)] == [
        ("first", "first"),
        ("second", "second"),
    ]


@pytest.mark.parametrize(
    ("steps", "place"),
    [((), 0), ((WORKED, AHEAD), 2), ((WORKED, PROGRAMME, AHEAD), 1), ((WORKED, WORKED, WORKED, AHEAD, PROGRAMME), 3)],
)
def test_gate_stands_after_what_opened_it_or_before_what_waits(steps: tuple[Step, ...], place: int):
    assert gate_place(climbed(*steps) if steps else ()) == place


def test_words_of_a_stair_say_when_what_for_and_what_it_opened():
    step = fair(H, C, stake="one Sunday", cost=800, result="41 screened", unlocks="a table every month")
    [done] = climbed(step)
    assert [*stair_words(done, NAMES, "GBP")] == [
        "8 November 2026 · one Sunday · 800 GBP",
        "41 screened",
        "It opened the door to: a table every month",
    ]
    [tried] = climbed(replace(step, worked_for=(H,)))
    assert [*stair_words(tried, NAMES)][2:] == [
        "It would open: a table every month",
        "No success yet. Who has not said that it worked for them: Three Churches of Eastfield",
    ]
    [withheld] = climbed(step, reviews=(answered(H, Worked.PARTLY), answered(C)))
    assert [*stair_words(withheld, NAMES)][-1] == (
        "It does not count until all have answered the review and what it found is settled."
    )


def test_words_of_the_gate_bear_its_arithmetic():
    withheld = replace(fairs, steps=(WORKED,), reviews=(answered(H, Worked.PARTLY), answered(C)))
    told = [gate_words(gate([pilot], RULES)) for pilot in (fairs, withheld, replace(fairs, steps=(WORKED,) * 4))]
    assert told == [
        "The gate is shut: 0 of 3 successes, 3 more to go",
        "The gate is shut: 0 of 3 successes; 1 waits until a review is settled",
        "The gate is open: 4 successes, and it takes 3",
    ]


@pytest.mark.parametrize(
    ("amount", "told"), [(0, "0"), (1e6, "1,000,000"), (2.5, "2.5"), (0.25, "0.25"), (1234.5, "1,234.5"), (-3, "-3")]
)
def test_amounts_are_written_as_people_write_them(amount: float, told: str):
    assert (amount_words(amount), amount_words(amount, "hours")) == (told, f"{told} hours")


def test_sums_of_money_have_two_places_or_none():
    assert [amount_words(sum, "GBP") for sum in (250.5, 250, 1e6)] == ["250.50 GBP", "250 GBP", "1,000,000 GBP"]


def test_picture_names_itself_and_tells_every_step_to_who_cannot_see_it():
    picture = drawn(WORKED, FAILED, AHEAD, PROGRAMME)
    assert picture.get("role") == "img"
    named = {element.get("id"): element.text or "" for element in picture if element.get("id")}
    assert picture.get("aria-labelledby", "").split() == [*named] == ["title", "desc"]
    heard = named["desc"]
    assert [heard.index(part) for part in ("Done: ", "Tried: ", "Next: ", "Later: ")] == sorted(
        heard.index(part) for part in ("Done: ", "Tried: ", "Next: ", "Later: ")
    )
    assert "The chronic disease programme" in heard


def test_picture_tells_states_by_word_and_by_border_and_never_by_colour_alone():
    picture = drawn(WORKED, FAILED, AHEAD, fair(held_on=None))
    boxes = picture.findall(f"{SVG}rect")[1:]
    borders = [(box.get("stroke-width"), box.get("stroke-dasharray"), box.get("fill")) for box in boxes]
    assert len({*borders}) == 4
    texts = [text.text or "" for text in picture.iter(f"{SVG}text")]
    assert [text.partition(":")[0] for text in texts if "Health fair" in text] == ["Done", "Tried", "Next", "Later"]


def test_picture_rises_from_the_bottom_and_stays_on_its_paper():
    picture = drawn(*[replace(AHEAD, what="A very long name of a step " * 20)] * 30, PROGRAMME)
    width, height = (float(picture.get(name, "")) for name in ("width", "height"))
    boxes = [
        tuple(float(box.get(name, "")) for name in ("x", "y", "width", "height"))
        for box in picture.findall(f"{SVG}rect")[1:]
    ]
    assert len(boxes) == 31
    assert all(x >= 0 and y >= 80 and x + wide <= width and y + high <= height for x, y, wide, high in boxes)
    for (x, y, _wide, _high), (further, above, _width, high) in pairwise(boxes):
        assert further > x
        assert above + high < y


def test_picture_keeps_its_lines_within_their_stair():
    picture = drawn(replace(AHEAD, what="W" * 300, stake="m " * 300), PROGRAMME)
    longest = max(len(text.text or "") for text in picture.iter(f"{SVG}text"))
    assert longest <= 95


def test_picture_lets_no_words_become_markup_and_fetches_nothing():
    sly = '</text><script href="https://example.org"/>&\x00\x1b]8'
    picture = drawn(replace(AHEAD, what=sly, stake=sly), replace(FAILED, unlocks=sly), names={H: sly, C: sly})
    tags = {element.tag.removeprefix(SVG) for element in picture.iter()}
    attributes = {name for element in picture.iter() for name in element.attrib}
    assert tags == {"svg", "title", "desc", "rect", "text", "line"}
    assert {"href", "src", "style", "onload"} & attributes == set()


def test_picture_of_nothing_is_an_empty_page_with_the_gate():
    text = scaffold_svg((), gate([], RULES), {})
    assert (text.count("<rect"), text.count("<line")) == (1, 1)
