from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import TypeGuard
from uuid import UUID

import pytest

from lichen.errors import NotAllowed
from lichen_web.accounts.models.organisation import Role, Scope
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.permissions import PERMISSIONS, is_allowed, may
from tests.house.source import SRC

ME, OURS, CIRCLE = (UUID(int=number) for number in (1, 2, 3))
ACTORS = {
    "person": Actor(ME),
    "observer": Actor(ME, OURS, Role.OBSERVER),
    "member": Actor(ME, OURS, Role.MEMBER),
    "lead": Actor(ME, OURS, Role.LEAD),
    "speaker": Actor(ME, OURS, Role.MEMBER, speaks=True),
    "serving": Actor(ME, OURS, scopes=frozenset()),
    "trusted": Actor(ME, OURS, scopes=frozenset(Scope)),
    "convener": Actor(ME, convenes=frozenset({CIRCLE})),
    "host": Actor(ME, is_host=True),
}
"""Everybody there is; of the two who serve as facilitators, one is trusted with everything and one with nothing."""

TABLE = """
                           person    observer  member    lead      speaker   serving   trusted   convener  host
found_organisation         yes       yes       yes       yes       yes       yes       yes       yes       yes
accept_invitation          yes       yes       yes       yes       yes       yes       yes       yes       yes
facilitated_organisations  yes       yes       yes       yes       yes       yes       yes       yes       yes
own_organisation           .         yes       yes       yes       yes       yes       yes       .         .
own_events                 .         yes       yes       yes       yes       no        no        .         .
change_organisation        .         no        no        yes       no        no        no        .         .
erase_organisation         .         no        no        yes       no        no        no        .         .
invite_colleague           .         no        no        yes       no        no        no        .         .
withdraw_invitation        yes       yes       yes       yes       yes       yes       yes       yes       yes
change_role                .         no        no        yes       no        no        no        .         .
remove_member              .         no        no        yes       no        no        no        .         .
leave_organisation         .         yes       yes       yes       yes       no        no        .         .
name_delegate              .         no        no        yes       no        no        no        .         .
set_delegate_away          .         no        yes       yes       yes       no        no        .         .
invite_facilitator         .         no        no        yes       no        no        no        .         .
open_to_facilitator        .         no        no        yes       no        no        no        .         .
end_facilitation           .         no        no        yes       no        yes       yes       .         .
hand_over_facilitation     .         no        no        no        no        yes       yes       .         .
own_audit                  .         yes       yes       yes       yes       yes       yes       .         .
own_offers                 .         yes       yes       yes       yes       no        yes       .         .
own_gaps                   .         yes       yes       yes       yes       no        yes       .         .
own_words                  .         yes       yes       yes       yes       no        yes       .         .
own_readers                .         yes       yes       yes       yes       no        no        .         .
own_removed                .         yes       yes       yes       yes       no        no        .         .
record_vulnerability       .         no        yes       yes       yes       no        no        .         .
change_vulnerability       .         no        yes       yes       yes       no        no        .         .
remove_vulnerability       .         no        yes       yes       yes       no        no        .         .
restore_vulnerability      .         no        yes       yes       yes       no        no        .         .
rank_vulnerabilities       .         no        yes       yes       yes       no        no        .         .
record_offer               .         no        yes       yes       yes       no        no        .         .
change_offer               .         no        yes       yes       yes       no        no        .         .
remove_offer               .         no        yes       yes       yes       no        no        .         .
restore_offer              .         no        yes       yes       yes       no        no        .         .
open_offer                 .         no        yes       yes       yes       no        no        .         .
record_sitting             .         no        yes       yes       yes       no        no        .         .
record_audit               .         no        yes       yes       yes       no        no        .         .
own_rounds                 .         no        no        yes       no        no        no        .         .
own_round                  .         no        no        yes       no        no        no        .         .
open_round                 .         no        no        yes       no        no        no        .         .
invite_to_round            .         no        no        yes       no        no        no        .         .
remind_round               .         no        no        yes       no        no        no        .         .
withdraw_link              .         no        no        yes       no        no        no        .         .
close_round                .         no        no        yes       no        no        no        .         .
reopen_round               .         no        no        yes       no        no        no        .         .
show_round                 .         no        no        yes       no        no        no        .         .
take_from_round            .         no        no        yes       no        no        no        .         .
take_out_audit             .         yes       yes       yes       yes       yes       yes       .         .
upload_workbook            .         no        yes       yes       yes       no        no        .         .
own_upload                 .         no        yes       yes       yes       no        no        .         .
map_columns                .         no        yes       yes       yes       no        no        .         .
apply_workbook             .         no        yes       yes       yes       no        no        .         .
discard_workbook           .         no        yes       yes       yes       no        no        .         .
own_dealings               .         yes       yes       yes       yes       no        no        .         .
dealing_view               .         yes       yes       yes       yes       no        no        .         .
ever_given                 .         yes       yes       yes       yes       no        no        .         .
visible_items              .         yes       yes       yes       yes       no        no        .         .
look_at_items              .         yes       yes       yes       yes       no        no        .         .
propose_matter             .         no        no        no        yes       no        no        .         .
say_yes                    .         no        no        no        yes       no        no        .         .
answer_relevance           .         no        no        no        yes       no        no        .         .
agree_to_codes             .         no        no        no        yes       no        no        .         .
disclose_vulnerability     .         no        no        no        yes       no        no        .         .
try_one_item               .         no        no        no        yes       no        no        .         .
agree_to_ring_codes        .         no        no        no        yes       no        no        .         .
disclose_in_ring           .         no        no        no        yes       no        no        .         .
try_in_ring                .         no        no        no        yes       no        no        .         .
judge_trial                .         no        no        no        yes       no        no        .         .
withdraw_disclosure        .         no        no        no        yes       no        no        .         .
report_exploitation        .         no        no        no        yes       no        no        .         .
end_matter                 .         no        no        no        yes       no        no        .         .
own_messages               .         yes       yes       yes       yes       no        no        .         .
send_message               .         no        yes       yes       yes       no        no        .         .
set_message_mails          .         yes       yes       yes       yes       no        no        .         .
own_brief                  .         yes       yes       yes       yes       no        no        .         .
rewrite_brief              .         no        yes       yes       yes       no        no        .         .
renew_brief                .         no        yes       yes       yes       no        no        .         .
hold_conversation          .         no        no        no        yes       no        no        .         .
own_publications           .         yes       yes       yes       yes       no        no        .         .
own_proposals              .         yes       yes       yes       yes       no        no        .         .
publish_audit              .         no        no        no        yes       no        no        .         .
withdraw_audit             .         no        no        no        yes       no        no        .         .
answer_proposal            .         no        no        no        yes       no        no        .         .
own_exclusions             .         yes       yes       yes       yes       no        no        .         .
exclude                    .         no        no        no        yes       no        no        .         .
end_exclusion              .         no        no        no        yes       no        no        .         .
listed_organisations       .         yes       yes       yes       yes       yes       yes       .         .
listed_notes               .         yes       yes       yes       yes       no        no        .         .
add_listed                 .         no        yes       yes       yes       no        no        .         .
change_listed              .         no        yes       yes       yes       no        no        .         .
withdraw_listed            .         no        yes       yes       yes       no        no        .         .
note_listed                .         no        yes       yes       yes       no        no        .         .
remove_note                .         no        yes       yes       yes       no        no        .         .
restore_note               .         no        yes       yes       yes       no        no        .         .
saved_searches             .         yes       yes       yes       yes       no        no        .         .
save_search                .         no        yes       yes       yes       no        no        .         .
switch_search              .         no        yes       yes       yes       no        no        .         .
remove_search              .         no        yes       yes       yes       no        no        .         .
restore_search             .         no        yes       yes       yes       no        no        .         .
host_listed                .         .         .         .         .         .         .         .         yes
decide_correction          .         .         .         .         .         .         .         .         yes
open_circles               .         yes       yes       yes       yes       no        no        .         .
own_circle                 .         yes       yes       yes       yes       no        no        .         .
ask_to_join                .         no        no        no        yes       no        no        .         .
leave_circle               .         no        no        no        yes       no        no        .         .
invite_to_circle           .         no        no        no        yes       no        no        yes       .
convened_circle            .         .         .         .         .         .         .         yes       .
circle_events              .         .         .         .         .         .         .         yes       .
circle_links               .         .         .         .         .         .         .         yes       yes
admit                      .         .         .         .         .         .         .         yes       .
refuse                     .         .         .         .         .         .         .         yes       .
put_out                    .         .         .         .         .         .         .         yes       .
let_back                   .         .         .         .         .         .         .         yes       .
name_convener              .         .         .         .         .         .         .         yes       yes
end_convening              .         .         .         .         .         .         .         yes       yes
own_complaints             .         yes       yes       yes       yes       no        no        .         .
complain                   .         no        no        no        yes       no        no        .         .
answer_complaint           .         no        no        no        yes       no        no        .         .
console                    .         .         .         .         .         .         .         .         yes
host_events                .         .         .         .         .         .         .         .         yes
open_circle                .         .         .         .         .         .         .         .         yes
invite_another_host        .         .         .         .         .         .         .         .         yes
step_down                  .         .         .         .         .         .         .         .         yes
suspend_organisation       .         .         .         .         .         .         .         .         yes
lift_suspension            .         .         .         .         .         .         .         .         yes
suspend_person             .         .         .         .         .         .         .         .         yes
lift_suspension_of_person  .         .         .         .         .         .         .         .         yes
ask_recovery               .         .         .         .         .         .         .         .         yes
approve_recovery           .         .         .         .         .         .         .         .         yes
refuse_recovery            .         .         .         .         .         .         .         .         yes
decide_complaint           .         .         .         .         .         .         .         .         yes
forgive_complaints         .         .         .         .         .         .         .         .         yes
send_again                 .         .         .         .         .         .         .         .         yes
run_again                  .         .         .         .         .         .         .         .         yes
confirm_key_copy           .         .         .         .         .         .         .         .         yes
"""
"""Yes; no, somebody else has to (NotAllowed); or it is not there for them (a dot)."""


def answer(actor: Actor, action: str) -> str:
    try:
        may(actor, action)
    except NotAllowed:
        return "no"
    except NotThere:
        return "."
    return "yes"


def printed() -> str:
    head = f"{'':27}" + "".join(f"{name:10}" for name in ACTORS)
    lines = [f"{each:27}" + "".join(f"{answer(actor, each):10}" for actor in ACTORS.values()) for each in PERMISSIONS]
    return "\n".join(line.rstrip() for line in ("", head, *lines, ""))


def nodes() -> Iterator[ast.AST]:
    """All the code of the house but the table itself."""
    for path in (SRC / "lichen_web").rglob("*.py"):
        if path.name != "permissions.py":
            yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def words(found: Iterable[ast.expr]) -> set[object]:
    return {each.value for each in found if isinstance(each, ast.Constant)}


def asked() -> set[object]:
    """Every name that some code asks the table for."""
    calls = (node for node in nodes() if isinstance(node, ast.Call))
    return {
        word for call in calls if ast.unparse(call.func) in {"may", "begun", "is_allowed"} for word in words(call.args)
    }


def handed_on() -> set[object]:
    """Every word that some code hands on to a call, or keeps in a table of its own."""
    given = (node.args if isinstance(node, ast.Call) else node.values for node in nodes() if is_given(node))
    return {word for each in given for word in words(each)}


def is_given(node: ast.AST) -> TypeGuard[ast.Call | ast.Dict]:
    return isinstance(node, ast.Call | ast.Dict)


def test_table_is_this():
    print(printed())
    assert printed() == TABLE


def test_every_line_is_asked_for_and_nothing_else_is():
    assert asked() - set(PERMISSIONS) == set()
    assert set(PERMISSIONS) - handed_on() == set()


def test_act_that_nobody_wrote_down_is_refused_with_a_crash():
    with pytest.raises(KeyError):
        may(ACTORS["host"], "read_everything")


@pytest.mark.parametrize("action", PERMISSIONS)
def test_question_and_refusal_agree(action: str):
    for actor in ACTORS.values():
        assert is_allowed(actor, action) == (answer(actor, action) == "yes")


def test_refusal_is_a_sentence_that_says_what_would_be_right():
    for action in PERMISSIONS:
        for actor in ACTORS.values():
            if answer(actor, action) == "no":
                with pytest.raises(NotAllowed) as refused:
                    may(actor, action)
                assert refused.value.why.endswith(".")
                assert refused.value.rule == PERMISSIONS[action].name
