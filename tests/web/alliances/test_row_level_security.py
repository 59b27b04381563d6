"""PostgreSQL shows a transaction the rows of the organisation that it named, and no others, whatever the code asks."""

# ruff: noqa: S608 - the SQL that is put together here is the attack

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, models, transaction
from django.db.models import Model

from lichen_web.accounts.models import Complaint
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.transactions import acting, deciding, reading, whole, working
from lichen_web.alliances.events import HOST_CHAIN, record
from lichen_web.alliances.models import (
    EventPayload,
    Grant,
    MatchCard,
    Matter,
    MatterEvent,
    MatterParty,
    Offer,
    OrganisationKey,
    Publication,
    SealedPart,
    Vulnerability,
)
from lichen_web.alliances.models.event import ChainOf
from lichen_web.alliances.standing import POLICIES
from lichen_web.environment import Part
from tests.house.source import ROOT
from tests.web.alliances.one_of_each import (
    CIRCLE,
    GAP,
    GAP_PART,
    MATTER,
    NOON,
    OFFER,
    OURS,
    PUBLICATION,
    STRANGE,
    THEIRS,
    granted,
    part,
    refused,
    times,
)
from tests.web.postgres import Database

SECURED: dict[str, type[Model]] = {model._meta.db_table: model for model in apps.get_models()}
SECURED = {table: SECURED[table] for table in POLICIES}
CLOSED = sorted({*SECURED} - {"lichen_organisation_key", "lichen_correction_request"})
"""All but what anybody may fetch, since it is wrapped and others need its public half, and what is the host's."""
TO_THE_MATCHER = {"lichen_publication", "lichen_match_card"}

MINE = {
    "lichen_complaint": "by",
    "lichen_grant": "owner",
    "lichen_look": "reader",
    "lichen_matter_event": "by",
    "lichen_message": "by",
}
"""The field that says whose a row is, where it is not ``organisation``."""


def key_of(table: str) -> str:
    return SECURED[table]._meta.pk.attname


def seen(table: str) -> int:
    return SECURED[table].objects.values(key_of(table)).count()


# --- Nobody, somebody else, oneself ----------------------------------------------------------------------------------


@pytest.mark.parametrize("part_of_lichen", Part)
def test_without_an_organisation_there_is_no_row(rows: Database, part_of_lichen: Part):
    with rows.signed_in(part_of_lichen):
        found = {table for table in CLOSED if seen(table)}
    assert found == (TO_THE_MATCHER if part_of_lichen is Part.WORKER else set())


def test_stranger_sees_no_row(rows: Database):
    with working(STRANGE):
        assert {table for table in CLOSED if seen(table)} == set()


def test_organisation_sees_its_rows(rows: Database):
    with working(OURS):
        assert {table for table in CLOSED if seen(table)} == set(CLOSED)


def test_partner_sees_of_the_other_what_concerns_both(rows: Database):
    """The dealing itself, its own line in it, and the complaint about it; a grant that was withdrawn no more."""
    with working(THEIRS):
        assert {table for table in CLOSED if seen(table)} == {
            "lichen_complaint",
            "lichen_matter",
            "lichen_matter_party",
        }
        assert list(MatterParty.objects.values_list("organisation", flat=True)) == [THEIRS]


def test_nothing_is_told_beyond_the_transaction(rows: Database):
    with working(OURS):
        assert Offer.objects.count() == 1
    assert Offer.objects.count() == 0
    with pytest.raises(ZeroDivisionError), working(OURS):
        raise ZeroDivisionError
    assert Offer.objects.count() == 0


def test_one_transaction_within_another_tells_its_own_and_gives_it_back(rows: Database):
    with reading(Actor(uuid4(), OURS)):
        with reading(Actor(uuid4(), STRANGE)):
            assert Offer.objects.count() == 0
        assert Offer.objects.count() == 1
        with pytest.raises(ZeroDivisionError), reading(Actor(uuid4(), STRANGE)):
            raise ZeroDivisionError
        assert Offer.objects.count() == 1


def test_telling_the_database_costs_one_statement_in_a_transaction(rows: Database, django_assert_num_queries):
    for begin in (reading, acting):
        with django_assert_num_queries(len(("BEGIN", "set_config", "SELECT", "COMMIT"))), begin(Actor(uuid4(), OURS)):
            assert Offer.objects.count() == 1


# --- Foreign rows ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", sorted({*SECURED} - {"lichen_correction_request"}))
def test_foreign_row_cannot_be_changed_or_deleted(rows: Database, table: str):
    with working(STRANGE):
        assert change(table) in (0, None)
    with working(STRANGE):
        assert delete(table) in (0, None)
    with working(OURS):
        assert seen(table) >= 1


def change(table: str) -> int | None:
    """How many rows an UPDATE of every row changes; none where the role may not even try."""
    return run(f"UPDATE {table} SET {key_column(table)} = {key_column(table)}")


def delete(table: str) -> int | None:
    return run(f"DELETE FROM {table}")


def key_column(table: str) -> str:
    return str(SECURED[table]._meta.pk.column)


def run(sql: str) -> int | None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.rowcount
    except (ProgrammingError, IntegrityError):
        return None


NEW: dict[str, dict[str, object]] = {
    "lichen_complaint": {"circle_id": CIRCLE, "about_id": STRANGE, "words": b"", "made_at": NOON},
    "lichen_exclusions": {"sealed": b"", "wrapped_key": b"", "changed_at": NOON},
    "lichen_grant": {
        "reader_id": STRANGE,
        "part_id": GAP_PART,
        "matter_id": MATTER,
        "sealed_key": b"",
        "granted_at": NOON,
    },
    "lichen_matter_event": {
        "matter_id": MATTER,
        "number": 2,
        "happened_at": NOON,
        "sealed": b"",
        "wrapped_key": b"",
    },
    "lichen_matter_party": {"matter_id": MATTER},
    "lichen_offer": times(),
    "lichen_probe_charge": {"quarter": "2027Q1"},
    "lichen_proposal": {"circle_id": CIRCLE, "sealed": b"", "wrapped_key": b"", "made_at": NOON},
    "lichen_publication": {"circle_id": CIRCLE, "published_at": NOON, "stands_until": NOON},
    "lichen_sealed_part": {
        "vulnerability_id": GAP,
        "rung": 4,
        "version": 2,
        "sealed": b"",
        "wrapped_key": b"",
        "sealed_at": NOON,
    },
    "lichen_sitting": {"sealed": b"", "wrapped_key": b"", "recorded_at": NOON},
    "lichen_vulnerability": times(),
}
"""What else a new row says, besides whose it is."""


@pytest.mark.parametrize("table", sorted(NEW))
def test_row_in_the_name_of_another_is_refused(rows: Database, table: str):
    owner = f"{MINE.get(table, 'organisation')}_id"
    with working(STRANGE), pytest.raises(DatabaseError, match=r"row-level security|permission"), transaction.atomic():
        SECURED[table](**{owner: THEIRS}, **NEW[table]).save(force_insert=True)


NOT_TAKEN = {f"lichen_{name}" for name in "exclusions grant matter_party proposal publication sitting".split()}
"""What nobody simply writes in their own name, or writes once."""


@pytest.mark.parametrize("table", sorted({*NEW} - NOT_TAKEN))
def test_row_in_ones_own_name_is_taken(rows: Database, table: str):
    owner = f"{MINE.get(table, 'organisation')}_id"
    with working(OURS):
        SECURED[table](**{owner: OURS}, **NEW[table]).save(force_insert=True)


@pytest.mark.parametrize("table", ["lichen_offer", "lichen_vulnerability", "lichen_probe_charge"])
def test_own_row_cannot_be_given_away(rows: Database, table: str):
    with working(OURS), refused():
        SECURED[table].objects.update(organisation=STRANGE)


def test_card_of_a_foreign_publication_is_refused(rows: Database):
    rows.tamper("DELETE FROM lichen_match_card")
    with working(STRANGE), refused():
        MatchCard.objects.create(publication_id=PUBLICATION, sealed=b"false")


# --- Grants ----------------------------------------------------------------------------------------------------------


def test_reader_of_a_standing_grant_sees_that_part_and_its_item_alone(rows: Database):
    with working(OURS):
        grant = granted()
        part(vulnerability_id=GAP, rung=4)
    with working(THEIRS):
        assert list(SealedPart.objects.values_list("id", flat=True)) == [GAP_PART]
        assert list(Vulnerability.objects.values_list("id", flat=True)) == [GAP]
        assert Grant.objects.get().sealed_key == b"key"
    with working(OURS):
        Grant.objects.filter(id=grant.id).update(withdrawn_at=NOON, sealed_key=b"")
    with working(THEIRS):
        assert [SealedPart.objects.count(), Vulnerability.objects.count(), Grant.objects.count()] == [0, 0, 0]


def test_reader_cannot_make_a_grant_stand_again(rows: Database):
    with working(THEIRS):
        assert Grant.objects.update(withdrawn_at=None) == 0


def test_grant_of_what_one_does_not_own_is_refused(rows: Database):
    with working(OURS), refused():
        granted(owner_id=THEIRS, reader_id=OURS)


# --- Public offers ---------------------------------------------------------------------------------------------------


def test_public_offer_is_seen_by_all_as_it_is_now(rows: Database):
    with working(STRANGE):
        assert [Offer.objects.count(), SealedPart.objects.count()] == [0, 0]
    with working(OURS):
        Offer.objects.update(is_public=True, version=2)
        now = part(offer_id=OFFER, version=2)
    for other in (STRANGE, None):
        with working(other):
            assert [each.id for each in Offer.objects.all()] == [OFFER]
            assert [each.id for each in SealedPart.objects.all()] == [now.id]
    with working(OURS):
        Offer.objects.update(removed_at=NOON)
    with working(STRANGE):
        assert [Offer.objects.count(), SealedPart.objects.count()] == [0, 0]


def test_public_offer_is_changed_by_its_owner_alone(rows: Database):
    with working(OURS):
        Offer.objects.update(is_public=True)
    with working(STRANGE):
        assert Offer.objects.update(version=9) == 0


# --- Deciding --------------------------------------------------------------------------------------------------------


def test_party_sees_while_deciding_what_the_other_sealed(rows: Database):
    actor = Actor(uuid4(), THEIRS)
    with acting(actor):
        with deciding(actor, matter=MATTER):
            assert SealedPart.objects.count() == 2
            assert {SECURED[table].objects.count() for table in ("lichen_vulnerability", "lichen_offer")} == {1}
            assert set(MatterParty.objects.values_list("organisation", flat=True)) == {OURS, THEIRS}
            assert MatterEvent.objects.count() == 1
        assert SealedPart.objects.count() == 0
        with pytest.raises(ZeroDivisionError), deciding(actor, matter=MATTER):
            raise ZeroDivisionError
        assert SealedPart.objects.count() == 0


def test_party_changes_while_deciding_nothing_that_the_other_sealed(rows: Database):
    actor = Actor(uuid4(), THEIRS)
    with acting(actor), deciding(actor, matter=MATTER):
        assert Vulnerability.objects.update(version=2) == 0
        with refused():
            SealedPart.objects.update(rung=3)


def test_reading_as_oneself_within_deciding_shows_no_more_than_ever(rows: Database):
    actor = Actor(uuid4(), THEIRS)
    with acting(actor), deciding(actor, matter=MATTER), reading(actor):
        assert SealedPart.objects.count() == 0


@pytest.mark.parametrize("organisation", [STRANGE, None])
def test_who_is_no_party_decides_nothing(rows: Database, organisation: UUID | None):
    actor = Actor(uuid4(), organisation)
    with acting(actor), pytest.raises(NotThere), deciding(actor, matter=MATTER):
        pass


def test_stranger_who_names_the_matter_sees_nothing_of_it(rows: Database):
    with working(STRANGE):
        say("lichen.matter", str(MATTER))
        assert {table for table in CLOSED if seen(table)} == set()


def test_stranger_who_looks_back_sees_nothing_and_a_party_what_was_done(rows: Database):
    found = {}
    for who in (STRANGE, OURS, THEIRS):
        with working(who):
            say("lichen.matters", f"{MATTER} {uuid4()}")
            found[who] = (MatterEvent.objects.count(), SealedPart.objects.exclude(organisation=who).count())
    assert found == {STRANGE: (0, 0), OURS: (1, 0), THEIRS: (1, 0)}


def say(what: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [what, value])


def test_nobody_joins_but_the_two(rows: Database):
    with working(STRANGE):
        say("lichen.matter", str(MATTER))
        with refused():
            MatterParty.objects.create(matter_id=MATTER, organisation_id=STRANGE)
    actor = Actor(uuid4(), OURS)
    with acting(actor), deciding(actor, matter=MATTER), refused():
        MatterParty.objects.create(matter_id=MATTER, organisation_id=STRANGE)


def test_dealing_is_opened_by_its_first_party(rows: Database):
    actor, matter = Actor(uuid4(), STRANGE), uuid4()
    with acting(actor):
        Matter.objects.create(id=matter, circle_id=CIRCLE, opened_at=NOON, pair=f"{THEIRS} {STRANGE}")
        with refused():
            MatterParty.objects.create(matter_id=matter, organisation_id=THEIRS)
        MatterParty.objects.create(matter_id=matter, organisation_id=STRANGE)
        with deciding(actor, matter=matter):
            MatterParty.objects.create(matter_id=matter, organisation_id=THEIRS)
    with working(THEIRS):
        assert Matter.objects.filter(id=matter).exists()


def test_both_sides_open_at_once_by_the_act_of_one(rows: Database):
    actor = Actor(uuid4(), THEIRS)
    with acting(actor), deciding(actor, matter=MATTER):
        made = {"owner_id": OURS, "part_id": GAP_PART, "matter_id": MATTER, "sealed_key": b"key", "granted_at": NOON}
        Grant.objects.create(**made, reader_id=THEIRS)
        with refused():
            Grant.objects.create(**made, reader_id=STRANGE)
    with reading(actor):
        assert [each.id for each in SealedPart.objects.all()] == [GAP_PART]


# --- The host --------------------------------------------------------------------------------------------------------


def test_host_sees_complaints_and_no_confession(rows: Database):
    with reading(Actor(uuid4(), is_host=True)):
        assert {table for table in CLOSED if seen(table)} == {"lichen_complaint"}
        assert seen("lichen_correction_request") == 1


def test_host_who_acts_for_an_organisation_is_no_host_meanwhile(rows: Database):
    with reading(Actor(uuid4(), STRANGE, is_host=True)):
        assert Complaint.objects.count() == 0


def test_host_reads_payloads_of_its_own_chain_alone(rows: Database):
    with acting(Actor(uuid4(), is_host=True)):
        record("circle_opened", of=ChainOf.HOST, at=NOON, payload={"circle": "x"})
        assert [row.event.chain_id for row in EventPayload.objects.all()] == [HOST_CHAIN]


# --- Cards and keys --------------------------------------------------------------------------------------------------


def test_web_writes_its_card_and_reads_none(rows: Database):
    with working(OURS):
        Publication.objects.filter(id=PUBLICATION).update(withdrawn_at=NOON)
        new = Publication.objects.create(
            organisation_id=OURS, circle_id=CIRCLE, published_at=NOON, stands_until=NOON
        ).id
        MatchCard(publication_id=new, sealed=b"newer").save(force_insert=True)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            MatchCard.objects.get()
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            MatchCard.objects.filter(sealed=b"newer").exists()


def test_worker_reads_every_card(rows: Database):
    with rows.signed_in(Part.WORKER), working():
        assert MatchCard.objects.get().sealed == b"card"


def test_keys_are_fetched_by_all_and_destroyed_by_their_organisation_alone(rows: Database):
    with working(STRANGE):
        assert OrganisationKey.objects.count() == 1
        with refused():
            OrganisationKey.objects.update(host_key="x")
        assert OrganisationKey.objects.filter(organisation=OURS).delete()[0] == 0
    with working(OURS):
        assert OrganisationKey.objects.filter(organisation=OURS).delete()[0] == 1


# --- Who may see everything ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part_of_lichen", Part)
def test_owner_alone_sees_everything_and_only_if_it_says_so(rows: Database, part_of_lichen: Part):
    with rows.signed_in(part_of_lichen), whole():
        found = {table for table in CLOSED if seen(table)}
    expected = {Part.OWNER: set(CLOSED), Part.WORKER: TO_THE_MATCHER, Part.WEB: set()}
    assert found == expected[part_of_lichen]


def test_web_cannot_climb(rows: Database):
    """What an injected statement could try: there is nobody above whom it is."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT session_user, current_user")
        assert cursor.fetchone() == ("lichen_app", "lichen_app")
        for climbing in (
            "SET ROLE lichen_owner",
            "SET ROLE lichen_matcher",
            "SET SESSION AUTHORIZATION lichen_owner",
            "SET session_replication_role = replica",
            "ALTER TABLE lichen_offer DISABLE ROW LEVEL SECURITY",
            "CREATE TABLE mine (id integer)",
            "CREATE TEMPORARY TABLE mine (id integer)",
            "UPDATE django_migrations SET name = ''",
            "TRUNCATE lichen_person CASCADE",
        ):
            with pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
                cursor.execute(climbing)


def test_tables_of_later_migrations_are_the_webs_to_use(on_postgres: Database):
    with on_postgres.signed_in(Part.OWNER), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE later (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, word text)")
    try:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO later (word) VALUES ('x')")
            cursor.execute("UPDATE later SET word = 'y'")
            cursor.execute("DELETE FROM later")
    finally:
        with on_postgres.signed_in(Part.OWNER), connection.cursor() as cursor:
            cursor.execute("DROP TABLE later")


# --- Nothing forgotten -----------------------------------------------------------------------------------------------

NOT_SECURED = {
    "lichen_circle_membership": "read by others of the circle; why one was put out is sealed under the host's key",
    "lichen_invitation": "found by the secret of its link, by whoever was sent it and is in no organisation yet",
    "lichen_mail": "to one person; the host sees which failed",
    "lichen_person": "found by their address when they sign in, before they are in any organisation",
    "lichen_session": "of one browser, found by a secret that it alone has; its person may be in no organisation",
}
"""Tables with something sealed or secret that row-level security does not guard, and why."""


def test_every_table_with_something_sealed_or_secret_is_guarded_or_excused():
    def is_kept(field: models.Field) -> bool:
        return str(getattr(field, "db_comment", "") or "").startswith(("sealed", "secret"))

    ours = [model for model in apps.get_models() if model._meta.db_table.startswith("lichen_")]
    kept = {model._meta.db_table for model in ours if any(map(is_kept, model._meta.local_fields))}
    assert kept - POLICIES.keys() == NOT_SECURED.keys()


def test_reference_names_every_policy(on_postgres: Database):
    """docs/reference/row-level-security.md and PostgreSQL say the same."""
    page = (ROOT / "docs/reference/row-level-security.md").read_text(encoding="utf-8")
    every = page.partition("## Every policy")[2].partition("\n## ")[0]
    lines = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in every.splitlines()]
    told = {tuple(cells[:4]) for cells in lines if cells[0].startswith("lichen_")}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, policyname, cmd, replace(array_to_string(roles, ', '), 'public', 'all') FROM pg_policies"
        )
        assert told == set(cursor.fetchall())
