from __future__ import annotations

import json
import re
from datetime import date

import pytest

from lichen.alliance.values import Alliance
from lichen.disclosure.values import Act, Conversation, DisclosureEvent, Matter, Said
from lichen.files.alliances import read_alliance, write_alliance
from tests.cast import churches_audit, hospital_audit, stranger
from tests.core.disclosure.seated import AUDITS, MATERIAL, UNASKED
from tests.core.disclosure.told import (
    C1,
    C2,
    H1,
    H2,
    H3,
    C,
    F,
    H,
    Y,
    agreed,
    aloud,
    disclosed,
    event,
    met,
    open_codes,
    yes,
)

DAY = "2026-10-05"
TALK = DisclosureEvent(
    date(2026, 10, 2),
    Act.TALKED,
    conversation=Conversation((H, C), (Said(H, H1), Said(C, C1)), "They nodded.", "One fair in May."),
)
STORY = (*met(), TALK, agreed(H, H1, H2, H3), agreed(C, C1, C2))


@pytest.fixture
def kept(tmp_path):
    """Write an alliance with one matter, and say where."""

    def write(*events, parties=(H, C), audits=(hospital_audit, churches_audit)):
        matter = Matter("first contact", parties, date(2026, 9, 21), events)
        path = tmp_path / "alliance.yaml"
        write_alliance(Alliance("Eastfield", partners=audits, matters=(matter,)), path)
        return path

    return write


def steps(lichen, path, *more):
    told = lichen("disclosure", "next", path, "--on", DAY, "-f", "json", *more).stdout
    return [record for record in json.loads(told) if record["kind"] == "step"]


def flat(text):
    return " ".join(text.split())


def test_next_says_what_why_and_what_to_write(lichen, kept):
    result = lichen("disclosure", "next", kept(*STORY), "--on", DAY, "--from", H)
    assert result.exit_code == 0
    assert flat(result.stdout) == (
        "first contact: St Brigid's Hospital, Three Churches of Eastfield "
        "St Brigid's Hospital → Three Churches of Eastfield "
        "→ One item may be opened now, in its owner's own words: languages and translation. "
        "Of what may be opened, it needs outside help most (rank 2). The other side then answers with one item. "
        "Once it is done, write: - {on: 2026-10-05, what: disclosed, by: example-hospital, to: example-churches, "
        "code: people.languages}"
    )


def test_what_next_says_to_write_can_be_written(lichen, kept):
    path = kept()
    for _ in range(12):
        for owner in (H, C):
            told = flat(lichen("disclosure", "next", path, "--on", DAY, "--from", owner).stdout)
            for line in re.findall(r"write: (- \{.*?\})(?= |$)", told):
                text = path.read_text().replace("    events:\n", "").rstrip("\n")
                events = "" if "events:" in path.read_text() else "    events:\n"
                path.write_text(f"{text}\n{events}      {line}\n" if events else f"{path.read_text()}      {line}\n")
    codes = [event.code for event in read_alliance(path).matters[0].events if event.what is Act.DISCLOSED]
    assert codes == [H1, C1, H2, C2, H3, "service.clinical_delivery"]


def test_next_goes_up_the_rungs(lichen, kept):
    acts = [steps(lichen, kept(*events))[0]["act"] for events in ((), met(), STORY)]
    assert acts == ["said yes", "agreed to codes", "disclosed"]
    assert steps(lichen, kept(*met()))[0]["write"]["codes"] == [H1, H2, H3]


def test_next_says_whose_turn_it_is(lichen, kept):
    told = flat(lichen("disclosure", "next", kept(yes(H)), "--from", H).stdout)
    assert "It is for" not in told
    assert "This side has agreed to the next step, and it is for Three Churches of Eastfield to say." in told
    assert "(consent-of-both)" in told


def test_next_names_the_rule_that_stands_against_it(lichen, kept):
    path = kept(*STORY, disclosed(H, H2))
    told = flat(lichen("disclosure", "next", path, "--from", H, "--to", C).stdout)
    assert "× Not now. This side is ahead already. Wait until the other side has opened an item too." in told
    [record] = steps(lichen, path, "--from", H)
    assert (record["act"], record["rule"]) == (None, "one-item-ahead")


def test_next_names_what_is_answered(lichen, kept):
    told = flat(lichen("disclosure", "next", kept(*STORY, disclosed(H, H2)), "--from", C).stdout)
    assert "It answers what St Brigid's Hospital told: languages and translation." in told


def test_next_asks_about_relevance_before_anything_else(lichen, kept):
    told = flat(lichen("disclosure", "next", kept(*met(), audits=AUDITS), "--on", DAY, "--from", H).stdout)
    assert "To answer: does it affect what the two could do together" in told
    assert f"code: {UNASKED}, relevance: yes or no" in told


def test_next_lets_the_unready_try_one(lichen, kept):
    path = kept(*met(C, Y), agreed(C, C1, to=Y), agreed(Y, "funding.platform", to=C), parties=(C, Y), audits=AUDITS)
    told = flat(lichen("disclosure", "next", path, "--from", Y).stdout)
    assert "One item may be tried now, and no other until it is well received" in told
    assert "This side is not ready to be open yet: its leadership team gave the audit little time." in told


def test_money_waits_for_material_facts(lichen, kept):
    path = kept(*open_codes(), audits=AUDITS)
    before = lichen("disclosure", "next", path, "--from", H)
    assert before.exit_code == 0
    assert "Before money moves, this side has to tell of: solvency." in flat(before.stdout)
    result = lichen("disclosure", "next", path, "--money", "--on", DAY, "--from", H)
    assert result.exit_code == 1
    assert "It is a material fact, and money is about to move." in flat(result.stdout)
    assert "Before money moves, St Brigid's Hospital has to tell Three Churches of Eastfield of" in flat(result.stdout)
    assert steps(lichen, path, "--money", "--from", H)[0]["write"]["material"] is True
    told = kept(*open_codes(), disclosed(H, MATERIAL), disclosed(C, MATERIAL), audits=AUDITS)
    assert lichen("disclosure", "next", told, "--money").exit_code == 0


def test_next_for_one_party_names_nothing_of_the_others(lichen, kept):
    path = kept(*STORY, aloud(C, "governance.succession", C, H), audits=(hospital_audit, churches_audit))
    result = lichen("disclosure", "next", path, "--for", H)
    assert result.exit_code == 0
    assert [record["owner"] for record in steps(lichen, path, "--for", H)] == [H]
    assert [code for code in (C2, "fundraising", "service.clinical") if code in result.stdout] == []


def test_next_for_one_party_does_not_name_a_blind_match(lichen, kept):
    for events in ((), (yes(C),), (yes(H),)):
        for layout in ("table", "json", "csv", "md"):
            told = lichen("disclosure", "next", kept(*events), "--for", H, "-f", layout).stdout
            rows = told.replace("first contact: St Brigid's Hospital, a partner not named yet", "")
            assert [word for word in ("Churches", "example-churches", "Eastfield") if word in rows] == []


def test_matter_of_others_is_not_told_of(lichen, tmp_path):
    path = tmp_path / "alliance.yaml"
    matters = (Matter("ours", (H, C), date(2026, 9, 21)), Matter("quartet", (Y, F), date(2026, 9, 21), met(Y, F)))
    write_alliance(Alliance("Eastfield", partners=AUDITS, matters=matters), path)
    for command in ("next", "history"):
        told = lichen("disclosure", command, path, "--for", H).stdout
        assert [word for word in ("quartet", "Bright Start", "Harrow", "Churches") if word in told] == []
    told = lichen("disclosure", "next", path, "--from", H, "--to", F).stdout
    assert told == "There is no matter between these two.\n"


@pytest.fixture
def serial(tmp_path):
    """Write an alliance in which the same two deal twice, the second time from the day on which the first ended."""

    def write(first, second):
        path = tmp_path / "alliance.yaml"
        matters = (
            Matter("ours", (H, C), date(2026, 9, 21), tuple(first)),
            Matter("again", (H, C), date(2026, 10, 2), tuple(second)),
        )
        write_alliance(Alliance("Eastfield", partners=AUDITS, matters=matters), path)
        return path

    return write


def test_next_counts_what_was_seen_in_an_earlier_matter(lichen, serial):
    seen = (*open_codes(), disclosed(H, H1), event(Act.ENDED))
    _ours, _theirs, step, answer = steps(lichen, serial(seen, open_codes()))
    assert (step["owner"], step["rule"]) == (H, "one-item-ahead")
    assert (answer["owner"], answer["act"], answer["grounds"]) == (C, "disclosed", "answer")


@pytest.mark.parametrize("command", [("disclosure", "next"), ("disclosure", "history"), ("charter", "agreement")])
def test_new_matter_with_an_exploiter_is_refused_with_its_place(lichen, serial, command):
    path = serial((*open_codes(), event(Act.ENDED)), open_codes())
    before, indent, after = re.split(r"( +)what: ended\n", path.read_text())
    reported = "".join(f"{indent}{line}\n" for line in ("what: reported exploitation", f"by: {H}", f"to: {C}"))
    path.write_text(before + reported + after)
    result = lichen(*command, path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "matters, item 2, parties: the rule exploited stands against this" in flat(result.stderr)
    assert "matters, item 2, events, item 1: the rule exploited stands against this" in flat(result.stderr)
    assert lichen("alliance", "check", path).exit_code == 2


def test_next_for_one_party_does_not_say_which_codes_match_before_both_agree(lichen, kept):
    told = flat(lichen("disclosure", "next", kept(*met()), "--for", H).stdout)
    assert "To decide: may the other side see which gaps match, as codes? Both sides' open at once." in told
    assert [code for code in ("write", "trust in underserved", H1, H2) if code in told] == []


def test_next_answers_also_what_may_be_read_no_longer(lichen, kept):
    path = kept(*STORY, disclosed(H, H2), event(Act.WITHDREW, H, code=H2))
    told = flat(lichen("disclosure", "next", path, "--from", C).stdout)
    assert "St Brigid's Hospital has told one item more." in told
    assert "languages" not in told


@pytest.mark.parametrize("option", ["--from", "--to", "--for"])
def test_id_that_stands_in_no_matter_is_refused(lichen, kept, option):
    result = lichen("disclosure", "next", kept(), option, stranger.id)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nobody in a matter has this id; there are: example-hospital; example-churches" in result.stderr


@pytest.mark.parametrize("command", ["next", "history"])
def test_alliance_without_a_matter_says_how_to_begin_one(lichen, tmp_path, command):
    path = tmp_path / "alliance.yaml"
    write_alliance(Alliance("Eastfield", partners=(hospital_audit,)), path)
    told = flat(lichen("disclosure", command, path).stdout)
    assert told.startswith("No matter is written down yet. Begin one below matters:")


def test_history_says_who_has_seen_what_since_when_and_by_what(lichen, kept):
    told = lichen("disclosure", "history", kept(*STORY, disclosed(H, H2)), COLUMNS="100").stdout
    rows = [re.split(r"\s{2,}", line.strip()) for line in told.splitlines()]
    assert ["2 October 2026", "Languages and translation, in words", "its owner opened it"] in rows
    assert ["2 October 2026", "Trust in underserved communities", "said aloud"] in rows
    assert ["21 September 2026", "That there is a fit", "blind match"] in rows
    assert "They nodded." in told
    assert "One fair in May." in told


def test_history_keeps_what_was_withdrawn_and_frozen(lichen, kept):
    told = (*STORY, disclosed(H, H2), event(Act.WITHDREW, H, code=H2), event(Act.EXPLOITED, H, C))
    records = json.loads(lichen("disclosure", "history", kept(*told), "-f", "json").stdout)
    kept_words = [(each["code"], each["until"], each["closed"]) for each in records if each.get("rung") == 4]
    assert kept_words == [(H2, "2026-10-02", "withdrawn")]
    assert {each["closed"] for each in records if each.get("reader") == C} == {"withdrawn", "frozen"}


def test_history_for_one_reader_holds_only_what_that_reader_was_granted(lichen, kept):
    path = kept(*STORY, disclosed(H, H2), event(Act.WITHDREW, H, code=H3), parties=(H, C))
    for layout in ("table", "json", "csv", "md"):
        told = lichen("disclosure", "history", path, "--for", C, "-f", layout).stdout
        secrets = ("community venue", H3, "volunteers", "wellbeing", "two interpreters", "nodded", "fair in May", C2)
        assert [word for word in secrets if word in told] == []
    assert "An item that is closed" in lichen("disclosure", "history", path, "--for", C, COLUMNS="120").stdout


def test_history_for_one_reader_does_not_name_a_blind_match(lichen, kept):
    told = lichen("disclosure", "history", kept(yes(C)), "--for", H).stdout
    assert "What St Brigid's Hospital has seen of a partner not named yet" in told
    assert "Churches" not in told


def test_history_for_one_reader_says_nothing_of_the_others(lichen, kept):
    path = kept(*open_codes(H, C), *open_codes(H, F), disclosed(H, H1, to=C), parties=(H, C, F), audits=AUDITS)
    records = json.loads(lichen("disclosure", "history", path, "--for", F, "-f", "json").stdout)
    assert {record["reader"] for record in records} == {F}
    assert [record for record in records if record["rung"] == 4] == []


@pytest.mark.parametrize("command", ["next", "history"])
def test_over_disclosure_on_record_is_told_and_ends_with_1(lichen, kept, command):
    path = kept(*met(), aloud(H, "people.wellbeing", H, C))
    result = lichen("disclosure", command, path)
    assert result.exit_code == 1
    assert "To mend" in result.stdout
    assert "It does not affect what they could do together, so it should stay private. Withdraw it." in flat(
        result.stdout
    )
    withdrawn = kept(*met(), aloud(H, "people.wellbeing", H, C), event(Act.WITHDREW, H, code="people.wellbeing"))
    assert lichen("disclosure", command, withdrawn).exit_code == 0


def test_every_sentence_of_what_needs_mending_is_said(lichen, kept):
    said = [aloud(Y, code, C, Y) for code in (UNASKED, "people.wellbeing", "tech.cybersecurity", "ops.logistics")]
    told = flat(lichen("disclosure", "next", kept(*met(C, Y), *said, parties=(C, Y), audits=AUDITS)).stdout)
    for sentence in (
        "Nobody asked",
        "stay private",
        "highly sensitive",
        "more than 3",
        "more than it heard",
        "not ready",
    ):
        assert sentence in told


def test_no_words_of_a_gap_are_printed(lichen, kept):
    path = kept(*STORY, disclosed(H, H2), disclosed(C, C2))
    told = "".join(lichen("disclosure", command, path, "-f", "json").stdout for command in ("next", "history"))
    words = [gap.words for audit in (hospital_audit, churches_audit) for gap in audit.organisation.vulnerabilities]
    assert [text for text in words if text in told] == []


def test_file_that_breaks_a_rule_is_refused_with_its_place(lichen, kept):
    path = kept(*open_codes(), disclosed(H, H1))
    before, _said, after = path.read_text().rpartition("code: trust.underserved")
    path.write_text(f"{before}code: people.volunteers{after}")
    result = lichen("disclosure", "next", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "alliance.yaml, matters, item 1, events, item 5: the rule codes-before-words stands against this; right would "
        "be: Until a pilot starts, words are opened only of an item whose code the reader may see already.\n"
    )


@pytest.mark.parametrize("command", ["next", "history"])
@pytest.mark.parametrize("width", [40, 80])
def test_pages_fit_the_terminal(lichen, kept, command, width):
    told = lichen("disclosure", command, kept(*STORY, disclosed(H, H2)), COLUMNS=str(width)).stdout
    assert max(len(line.rstrip()) for line in told.splitlines()) <= width
