from __future__ import annotations

from collections.abc import Callable

import pytest

from lichen.audit.prompts import Prompt, evidence_question, offer_prompts, opening_prompts, sector_prompts
from lichen.audit.values import Opening
from lichen.capabilities.taxonomy import taxonomy
from lichen.scales import Sector

every_set: list[Callable[[], tuple[Prompt, ...]]] = [
    opening_prompts,
    offer_prompts,
    *[lambda sector=sector: sector_prompts(sector) for sector in Sector],
]
all_prompts = [prompt for prompts in every_set for prompt in prompts()]


def test_opening_prompts_are_the_two_of_the_article_and_name_their_fields() -> None:
    asked = {prompt.id: prompt.question for prompt in opening_prompts()}

    assert asked == {"worst_at": "What are you worst at?", "awake_at_night": "What keeps you up at night?"}
    assert list(asked) == list(Opening.__dataclass_fields__)


@pytest.mark.parametrize("sector", Sector)
def test_sector_prompts_are_eight_in_every_sector_over_six_capabilities_and_more(sector: Sector) -> None:
    prompts = sector_prompts(sector)

    assert [prompt.id for prompt in prompts] == [f"{sector}.{place}" for place in range(1, 9)]
    assert len({code for prompt in prompts for code in prompt.codes}) > 6


def test_prompts_are_questions_that_point_to_known_codes() -> None:
    assert [prompt.id for prompt in all_prompts if not prompt.question.endswith("?")] == []
    assert [code for prompt in all_prompts for code in prompt.codes if code not in taxonomy().capabilities] == []
    assert evidence_question()[-1] == "?"


def test_prompts_ask_nothing_twice() -> None:
    assert len({prompt.question for prompt in all_prompts}) == len({prompt.id for prompt in all_prompts})
    assert len({prompt.id for prompt in all_prompts}) == len(all_prompts)


def test_prompts_bear_no_answer() -> None:
    assert list(Prompt.__dataclass_fields__) == ["id", "question", "codes"]
