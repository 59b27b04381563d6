"""The pilot on the command line: nothing sealed is printed, the answer comes first, and the exit status says it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from lichen.alliance.values import Alliance
from lichen.audit.values import Vulnerability
from lichen.brief.phrases import label
from lichen.files.alliances import write_alliance
from lichen.files.reading import read_audit
from lichen.pilot.proposals import audit_with_findings
from lichen.pilot.values import Expected, HiddenWeakness, Pilot, ProvedOffer, RedLine, Settled, Step, Worked
from tests.cast import churches, churches_audit, city, hospital, hospital_audit
from tests.core.pilot.fairs import C, H, answered, clinicians, expecting, fair, fairs, reviewed, volunteers, wrote

CONFESSION = "zq the roof zq"
LAYOUTS = pytest.mark.parametrize("layout", ["table", "json", "csv", "md"])
PROGRAMME = Step("The programme", cost=90_000, scales=True)
DAY = ("--on", "2026-10-10")


@pytest.fixture
def kept(tmp_path):
    """Write an alliance with these pilots, and say where."""

    def write(*pilots: Pilot) -> Path:
        path = tmp_path / "alliance.yaml"
        write_alliance(Alliance("Eastfield", "GBP", partners=(hospital_audit, churches_audit), pilots=pilots), path)
        return path

    return write


def flat(result) -> str:
    return " ".join(result.stdout.split())


def rows(result, part: str) -> list[dict[str, object]]:
    return [row for row in json.loads(result.stdout) if row["part"] == part]


DIFFERING = expecting(
    wrote(H, H, gives=[clinicians]),
    wrote(H, C, gives=[volunteers, Expected("The hall", "assets.venue"), Expected("announce it")]),
    wrote(C, H, gives=[clinicians, Expected("A grant", "funding.grantmaking")], decides=[Expected("which Sundays")]),
    wrote(
        C, C, gives=[replace(volunteers, amount=20), Expected("tell them")], does_not=[Expected("a", "assets.venue")]
    ),
    interests=(
        replace(fairs.interests[0], red_lines=(RedLine("No money", "funding.grantmaking"),)),
        fairs.interests[1],
    ),
    shared_goals=fairs.shared_goals,
    settled=(Settled("which Sundays", "The churches choose."),),
    terms=fairs.terms,
)


def test_check_of_a_ready_pilot_says_so_and_ends_with_0(lichen, kept):
    result = lichen("pilot", "check", kept(fairs), *DAY)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:3] == [
        "Health fairs: St Brigid's Hospital, Three Churches of Eastfield",
        "",
        "It is ready. Next, after each step: lichen pilot gate",
    ]


def test_check_lays_every_difference_side_by_side_and_ends_with_1(lichen, kept):
    path = kept(DIFFERING)
    result, told = lichen("pilot", "check", path, *DAY), lichen("pilot", "check", path, *DAY, "-f", "md").stdout
    assert (result.exit_code, max(map(len, result.stdout.splitlines()))) == (1, 80)
    assert told.index("Not ready yet: 3 things to put right.") < told.index("Settle this before anything begins")
    for row in (
        "| ✗ against each other | The hall | not: a |",
        "| ! not shared | – | A grant |",
        "| ≠ not the same | thirty volunteers (30 at each fair) | thirty volunteers (20 at each fair) |",
        "| ? the same in other words | announce it | tell them |",
        "| ✓ settled | – | St Brigid's Hospital: which Sundays |",
        "| = the same | four clinicians (4 at each fair) | four clinicians (4 at each fair) |",
        "- which Sundays – The churches choose.",
        f"| ? to settle | {hospital.name}: No money | {churches.name}: A grant | {hospital.name} |",
    ):
        assert row in told.splitlines()


def test_check_marks_a_red_line_that_is_settled_and_names_the_capability_whose_code_was_settled(lichen, kept):
    settled = (*DIFFERING.settled, Settled("funding.grantmaking", "No money for buildings."))
    told = lichen("pilot", "check", kept(replace(DIFFERING, settled=settled)), *DAY, "-f", "md").stdout
    assert "Red lines that an expectation touches" in told
    assert "| ✓ settled | St Brigid's Hospital: No money |" in told
    assert f"- {label('funding.grantmaking')} – No money for buildings." in told.splitlines()
    assert "funding.grantmaking" not in told


def test_check_for_one_partner_says_of_whom_it_wrote_that_it_decides(lichen, kept):
    decides = [Expected("the day")]
    sealed = replace(expecting(wrote(C, H, decides=decides), wrote(C, C, decides=decides)), revealed_on=None)
    told = flat(lichen("pilot", "check", kept(sealed), *DAY, "--for", C))
    assert [f"What {one.name} decides" in told for one in (hospital, churches)] == [True, True]


def test_check_in_json_holds_every_item_that_was_written(lichen, kept):
    found = rows(lichen("pilot", "check", kept(DIFFERING), *DAY, "-f", "json"), "expectation")
    items = [each["what"] for row in found for each in (*row["held"], *row["against"])]
    wrote_down = [item.what for each in DIFFERING.expectations for item in (*each.gives, *each.decides, *each.does_not)]
    assert sorted(items) == sorted(wrote_down)
    assert {row["concord"] for row in found} == {"contradicted", "different", "perhaps", "only-some", "agreed"}


@LAYOUTS
@pytest.mark.parametrize("reader", [(), ("--for", C)], ids=["facilitator", "partner"])
def test_check_prints_nothing_of_anothers_expectations_while_they_are_sealed(lichen, kept, layout, reader):
    secret = wrote(H, C, gives=[Expected(CONFESSION, "reach.events")])
    own = wrote(C, H, gives=[Expected("our own words")])
    interests = (replace(fairs.interests[0], wants=(CONFESSION,), red_lines=(RedLine(CONFESSION),)),)
    sealed = replace(expecting(secret, own, interests=interests), revealed_on=None)
    for pilot in (sealed, replace(sealed, expectations=sealed.expectations[:2])):
        told = lichen("pilot", "check", kept(pilot), *DAY, *reader, "-f", layout)
        assert (told.exit_code, CONFESSION in told.output, "reach.events" in told.output) == (1, False, False)
        assert ("our own words" in told.stdout) is bool(reader)


def test_check_opens_on_the_day_of_the_revelation(lichen, kept):
    path = kept(DIFFERING)
    told = ["announce it" in lichen("pilot", "check", path, "--on", day).stdout for day in ("2026-10-04", "2026-10-05")]
    assert told == [False, True]


def test_check_says_who_has_still_to_write(lichen, kept):
    pilot = replace(fairs, expectations=fairs.expectations[:2], revealed_on=None)
    told = flat(lichen("pilot", "check", kept(pilot), *DAY))
    assert "decide and not do: Three Churches of Eastfield." in told
    assert "St Brigid's Hospital has written Three Churches of Eastfield still to write" in told


def test_check_prints_the_terms(lichen, kept):
    told = lichen("pilot", "check", kept(fairs), *DAY, "-f", "md").stdout
    for part in (
        "When – from 1 November 2026, to 1 February 2027",
        "Cost – 4,000 GBP",
        "Eastfield Trust – approached by St Brigid's Hospital",
        "people screened: at least 100, by 15 January 2027",
    ):
        assert part in told


FACT = Vulnerability("funding.solvency", 4, 6, words=CONFESSION)
OWING = replace(hospital_audit, organisation=replace(hospital, vulnerabilities=(*hospital.vulnerabilities, FACT)))
TELLS = "St Brigid's Hospital has a material fact that Three Churches of Eastfield has not been told."


def owing(path: Path, budget: float) -> Path:
    pilot = replace(fairs, terms=replace(fairs.terms, budget=budget))
    write_alliance(Alliance("Eastfield", "GBP", partners=(OWING, churches_audit), pilots=(pilot,)), path)
    return path


def test_check_holds_back_a_pilot_whose_money_would_move_before_a_material_fact_is_told(lichen, tmp_path):
    result = lichen("pilot", "check", owing(tmp_path / "a.yaml", 4000), *DAY)
    assert (result.exit_code, TELLS in flat(result)) == (1, True)
    result = lichen("pilot", "check", owing(tmp_path / "b.yaml", 0), *DAY)
    assert (result.exit_code, "material fact" in flat(result)) == (0, False)


@LAYOUTS
def test_check_tells_nobody_that_another_has_a_material_fact_to_tell(lichen, tmp_path, layout):
    path = owing(tmp_path / "a.yaml", 4000)
    told = {one: lichen("pilot", "check", path, *DAY, "--for", one, "-f", layout).output for one in (H, C)}
    assert ["material fact" in told[one] for one in (H, C)] == [True, False]
    assert not any(secret in told[one] for secret in (CONFESSION, "solvency") for one in (H, C))


@LAYOUTS
def test_check_tells_nobody_before_the_revelation_that_another_expects_money(lichen, tmp_path, layout):
    """The hospital has a material fact; that it is asked for it would tell that the churches expect funding."""
    path = tmp_path / "alliance.yaml"
    expected = expecting(wrote(C, H, gives=[Expected("A grant", kind="funding")]))
    told = []
    for pilot in (expected, replace(expected, revealed_on=None)):
        write_alliance(Alliance("Eastfield", "GBP", partners=(OWING, churches_audit), pilots=(pilot,)), path)
        told.append("material fact" in lichen("pilot", "check", path, *DAY, "--for", H, "-f", layout).stdout)
    assert told == [True, False]


def test_three_partners_stand_side_by_side_within_80_columns(lichen, tmp_path):
    three = expecting(*(wrote(by, C, gives=[volunteers]) for by in (H, city.id)), partners=(H, C, city.id))
    path = tmp_path / "three.yaml"
    audits = (hospital_audit, churches_audit, replace(churches_audit, organisation=city))
    write_alliance(Alliance("Three", partners=audits, pilots=(three,)), path)
    result = lichen("pilot", "check", path, *DAY)
    assert "! not shared" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "code"),
    [((), 1), (("--pilot", "fairs"), 1), (("--pilot", "Health fairs"), 1), (("--pilot", "second"), 1)],
)
def test_pilot_is_chosen_by_id_or_name_and_is_the_latest_otherwise(lichen, kept, arguments: Sequence[str], code: int):
    later = replace(fairs.terms, starts_on=fairs.terms.review_on)
    path = kept(replace(fairs, id="second", name="Garden days", terms=later), fairs)
    result = lichen("pilot", "review", path, *arguments)
    title = "Health fairs" if arguments and arguments[1] != "second" else "Garden days"
    assert (result.exit_code, result.stdout.splitlines()[0].partition(":")[0]) == (code, title)


@pytest.mark.parametrize(
    ("pilots", "arguments", "words"),
    [
        ((), ("check",), "the alliance has no pilot yet"),
        ((fairs,), ("review", "--pilot", "x"), "there is not exactly one pilot of that id or name"),
        ((fairs, replace(fairs, id="b")), ("check", "--pilot", "Health fairs"), "right would be: fairs; b"),
        ((fairs,), ("check", "--for", "x"), "nobody who takes part in this pilot has this id"),
        ((fairs,), ("review", "--audit", "x.yaml"), "say whose audit, with --for"),
        ((fairs,), ("review", "--for", C, "--audit", "x.yaml"), "(reviewed-together)"),
        ((fairs,), ("gate", "--svg", "x.png"), "it must end in .svg"),
    ],
)
def test_what_cannot_be_used_ends_with_2_and_says_what_would_be_right(lichen, kept, pilots, arguments, words):
    command, *options = arguments
    result = lichen("pilot", command, kept(*pilots), *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


def test_review_that_is_open_shows_nobodys_answers(lichen, kept):
    told = answered(H, Worked.NO, weaknesses=(HiddenWeakness(C, "reach.events", 5, CONFESSION),))
    for reader in ((), ("--for", C)):
        result = lichen("pilot", "review", kept(replace(fairs, reviews=(told,))), *reader)
        assert result.exit_code == 1
        assert result.stdout.startswith("Health fairs: not everybody has answered\n")
        assert "Still to answer: Three Churches of Eastfield." in result.stdout
        assert [word for word in ("reach", "events", CONFESSION, "104", "no:") if word in result.stdout] == []


def test_review_that_went_well_ends_with_0(lichen, kept):
    result = lichen("pilot", "review", kept(reviewed))
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:3] == [
        "Health fairs: it went well",
        "",
        "2 of 2 directions worked, 2 of 2 tests met.",
    ]


SURPRISED = replace(
    fairs,
    reviews=(
        replace(
            answered(H, received=Worked.PARTLY),
            weaknesses=(
                HiddenWeakness(C, "reach.business_networks", 2, CONFESSION),
                HiddenWeakness(H, "people.wellbeing", 5, "zh nurses zh"),
            ),
            offers=(ProvedOffer(C, "people.volunteers", 2),),
        ),
        answered(C, number=98, weaknesses=(HiddenWeakness(C, "governance.succession", 4, "zc minister zc"),)),
    ),
)


def test_review_shows_both_answers_the_arithmetic_and_what_flows_back(lichen, kept):
    path = kept(SURPRISED)
    result, told = lichen("pilot", "review", path), lichen("pilot", "review", path, "-f", "md").stdout
    assert (result.exit_code, max(map(len, result.stdout.splitlines()))) == (1, 80)
    assert result.stdout.startswith("Health fairs: adjust first\n")
    for part in (
        "1 of 2 directions worked, 1 of 2 tests met. 2 serious weaknesses came to light.",
        "| Three Churches of Eastfield → St Brigid's Hospital (you differ) | partly | yes |",
        "| people screened: at least 100 | 104 | 98 | missed (you differ) |",
        "Add the gap business networks, severity 2 (seen by St Brigid's Hospital; 50% sure).",
        "Raise the gap succession and key-person risk from severity 3 to 4",
        "Lower the offer volunteer base from strength 4 to 2, evidence 2",
        "Next: agree on what changes",
    ):
        assert part in told


@LAYOUTS
def test_review_prints_the_words_of_a_weakness_to_nobody_but_its_owner_and_its_writer(lichen, kept, layout):
    path = kept(SURPRISED)
    told = {}
    for reader in ((), ("--for", H), ("--for", C)):
        text = lichen("pilot", "review", path, *reader, "-f", layout).stdout
        told[reader] = [word for word in (CONFESSION, "zh nurses", "zc minister") if word in text]
    assert told == {
        (): [],
        ("--for", H): [CONFESSION, "zh nurses"],
        ("--for", C): [CONFESSION, "zc minister"],
    }


@LAYOUTS
def test_review_for_one_partner_names_no_weakness_that_another_told_of_itself(lichen, kept, layout):
    told = lichen("pilot", "review", kept(SURPRISED), "--for", C, "-f", layout).stdout
    assert [word for word in ("people.wellbeing", "wellbeing", "2 serious") if word in told] == []
    told = lichen("pilot", "review", kept(SURPRISED), "--for", H, "-f", layout).stdout
    assert [word for word in ("governance.succession", "succession", "Lower the offer") if word in told] == []


def test_review_writes_the_audit_with_what_is_proposed_for_its_owner_to_confirm(lichen, kept, tmp_path):
    out = tmp_path / "churches.yaml"
    result = lichen("pilot", "review", kept(SURPRISED), "--for", C, "--audit", out)
    assert result.exit_code == 1
    assert "Written:" in result.stderr
    assert read_audit(out) == audit_with_findings(churches_audit, SURPRISED)
    assert lichen("pilot", "review", kept(SURPRISED), "--for", C, "--audit", out).exit_code == 2
    checked = lichen("audit", "check", out)
    assert "business networks" in checked.stdout


def test_adjusted_pilot_counts_and_says_what_was_changed(lichen, kept):
    adjusted = replace(
        SURPRISED, adjusted_on=SURPRISED.reviews[0].reviewed_on, adjustment="Two interpreters at the door"
    )
    result = lichen("pilot", "review", kept(adjusted))
    assert result.exit_code == 0
    assert "fell short, and was adjusted since" in result.stdout
    assert "Adjusted since: Two interpreters at the door" in result.stdout


@pytest.mark.parametrize(("count", "code", "answer"), [(2, 1, "Not yet."), (3, 0, "Yes.")])
def test_gate_says_first_whether_it_may_scale(lichen, kept, count: int, code: int, answer: str):
    steps = (*[fair(H, C, cost=800)] * count, PROGRAMME)
    result = lichen("pilot", "gate", kept(replace(fairs, steps=steps)))
    assert (result.exit_code, result.stdout.splitlines()[0]) == (code, f"May it scale? {answer}")
    assert f"{count} of 3" in result.stdout or "3 successes, and it takes 3" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_gate_draws_the_stairs_with_plain_signs_and_words(lichen, kept):
    steps = (fair(H, C), fair(H), fair(held_on=None, stake="one Sunday"), PROGRAMME)
    told = flat(lichen("pilot", "gate", kept(replace(fairs, steps=steps))))
    parts = ["■ 1. Health fair – done", "□ 2. Health fair – tried", "▶ 3. Health fair – next", "═ The gate is shut"]
    places = [told.index(part) for part in (*parts, "· 4. The programme – later", "Next: Health fair")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("pilot", "advice"),
    [
        (replace(fairs, steps=(fair(H, C),)), "Next: add another small step to the pilot, or repeat one that worked."),
        (replace(fairs, steps=(fair(H, C),) * 3), "Next: write down the larger thing"),
        (replace(SURPRISED, steps=(fair(H, C),) * 3), "Next: settle what the review found"),
        (replace(fairs, steps=(fair(H, C),) * 3 + (PROGRAMME,)), "Next: The programme"),
    ],
)
def test_gate_says_what_to_do_next(lichen, kept, pilot: Pilot, advice: str):
    assert advice in flat(lichen("pilot", "gate", kept(pilot)))


def test_gate_is_shut_while_only_one_partner_has_answered_the_review(lichen, kept):
    result = lichen("pilot", "gate", kept(replace(fairs, steps=(fair(H, C),) * 3, reviews=(answered(H, number=98),))))
    assert (result.exit_code, result.stdout.splitlines()[0]) == (1, "May it scale? Not yet.")
    assert "Next: settle what the review found, once all have answered it" in flat(result)


def test_gate_of_an_alliance_without_pilots_is_an_answer(lichen, kept):
    result = lichen("pilot", "gate", kept())
    assert result.exit_code == 1
    assert "Begin with one small thing" in result.stdout


def test_gate_counts_all_pilots_or_one(lichen, kept):
    path = kept(*(replace(fairs, id=id, steps=(fair(H, C),)) for id in ("a", "b", "c")))
    codes = [lichen("pilot", "gate", path, *arguments).exit_code for arguments in ((), ("--pilot", "a"))]
    assert codes == [0, 1]


def test_gate_follows_the_rules_in_the_file(lichen, kept):
    steps = (fair(H, C), fair(H, C), fair(H))
    found = [
        rows(lichen("pilot", "gate", kept(replace(fairs, steps=steps, rules=rules)), "-f", "json"), "gate")[0]
        for rules in (replace(fairs.rules, successes=2), replace(fairs.rules, successes=2, in_a_row=True))
    ]
    assert [(each["is_open"], each["missing"]) for each in found] == [(True, 0), (False, 2)]


def test_gate_in_json_and_csv_has_the_answer_and_every_stair(lichen, kept):
    path = kept(replace(fairs, steps=(fair(H, C), fair(H), PROGRAMME)))
    found = json.loads(lichen("pilot", "gate", path, "-f", "json").stdout)
    assert (found[0]["part"], found[0]["successes"], found[0]["wanted"]) == ("gate", 1, 3)
    assert [(each["state"], each["unsaid"]) for each in found[1:]] == [("done", []), ("tried", [C]), ("later", [])]
    assert [row["state"] for row in csv.DictReader(io.StringIO(lichen("pilot", "gate", path, "-f", "csv").stdout))][
        1:
    ] == ["done", "tried", "later"]


def test_gate_draws_the_scaffold_and_keeps_what_is_there(lichen, kept, tmp_path):
    path, svg = kept(replace(fairs, steps=(fair(H),))), tmp_path / "scaffold.svg"
    assert lichen("pilot", "gate", path, "--svg", svg).exit_code == 1
    assert churches.name in svg.read_text(encoding="utf-8")
    assert lichen("pilot", "gate", path, "--svg", svg).exit_code == 2
    assert lichen("pilot", "gate", path, "--svg", svg, "--overwrite").exit_code == 1


def test_yaml_of_the_how_to_is_a_pilot_that_every_command_can_use(lichen, kept):
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "run-a-pilot.md").read_text(encoding="utf-8")
    written = "".join(re.findall(r"```yaml\n(.*?)```", page, re.DOTALL))
    test = "    terms:\n      tests: [{id: screened, what: people screened, wanted: 100, serves: example-churches}]\n"
    path = kept()
    path.write_text(path.read_text(encoding="utf-8") + written + test, encoding="utf-8")
    codes = [lichen("pilot", command, path).exit_code for command in ("check", "review", "gate")]
    assert codes == [1, 1, 1]
    assert rows(lichen("pilot", "gate", path, "-f", "json"), "gate")[0]["wanted"] == 2
