from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from lichen.errors import InputError, NotAllowed
from lichen_web.accounts.models import Circle, CircleMembership, Claim, Organisation, Person
from lichen_web.alliances import keys
from lichen_web.alliances.keys import (
    Sealed,
    Unopened,
    erase_keys,
    host_key_uses,
    is_signed,
    key_for_reader,
    make_organisation_keys,
    mark_erased,
    open_all_granted,
    open_all_own,
    open_as_matcher,
    open_for_host,
    open_granted,
    open_own,
    replay_erasures,
    require_key_copy,
    rewrap,
    seal,
    seal_for_host,
    seal_to_matcher,
    sign_for,
)
from lichen_web.alliances.models.fit import MatchCard, Publication
from lichen_web.alliances.models.key import Erasure, KeyCopy, OrganisationKey
from lichen_web.environment import Environment, Part
from lichen_web.keyring import add_host_key, host_keyring, key_file, put_first
from lichen_web.sealing import Place, box_pair, boxed, signing_pair

pytestmark = pytest.mark.django_db

DAY, LATER = datetime(2026, 11, 22, 9, tzinfo=UTC), datetime(2026, 11, 29, 9, tzinfo=UTC)
PART: Place = ("lichen_sealed_part", "7f", "3", "1")
CONFESSED = {"code": "funding.solvency", "sensitivity": "high"}
OTHER_PLACES = [
    ("lichen_offer", "7f", "3", "1"),
    ("lichen_sealed_part", "80", "3", "1"),
    ("lichen_sealed_part", "7f", "4", "1"),
    ("lichen_sealed_part", "7f", "3", "2"),
    (),
]
elsewhere = pytest.mark.parametrize("place", OTHER_PLACES, ids=["table", "row", "rung", "version", "none"])


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Environment:
    settings.LICHEN = Environment(home=tmp_path / "home")
    return settings.LICHEN


def organisation(name: str) -> UUID:
    made = Organisation.objects.create(name=name, sector="health", founded_at=DAY).id
    make_organisation_keys(made, at=DAY)
    return made


@pytest.fixture
def hospital() -> UUID:
    return organisation("St Brigid's Hospital")


@pytest.fixture
def churches() -> UUID:
    return organisation("Three Churches of Eastfield")


@pytest.fixture
def stranger() -> UUID:
    return organisation("Nobody Knows")


def shut(*acts: Callable[[], object]) -> None:
    for act in acts:
        with pytest.raises(Unopened):
            act()


# --- An organisation's own -------------------------------------------------------------------------------------------


def test_owner_opens_what_it_sealed(hospital: UUID):
    part = seal(hospital, CONFESSED, bound_to=PART)
    assert open_own(hospital, part.sealed, part.wrapped_key, bound_to=PART) == CONFESSED


def test_nobody_else_opens_it(hospital: UUID, churches: UUID):
    part = seal(hospital, CONFESSED, bound_to=PART)
    shut(lambda: open_own(churches, part.sealed, part.wrapped_key, bound_to=PART))


@elsewhere
def test_it_opens_at_its_own_place_alone(hospital: UUID, place: Place):
    part = seal(hospital, CONFESSED, bound_to=PART)
    shut(lambda: open_own(hospital, part.sealed, part.wrapped_key, bound_to=place))


@elsewhere
def test_parts_of_one_owner_cannot_be_swapped(hospital: UUID, place: Place):
    here, there = seal(hospital, CONFESSED, bound_to=PART), seal(hospital, {"code": "x"}, bound_to=place)
    shut(
        lambda: open_own(hospital, there.sealed, here.wrapped_key, bound_to=PART),
        lambda: open_own(hospital, here.sealed, there.wrapped_key, bound_to=PART),
        lambda: open_own(hospital, there.sealed, there.wrapped_key, bound_to=PART),
    )


def test_two_versions_at_one_place_do_not_share_a_key(hospital: UUID):
    first, second = seal(hospital, CONFESSED, bound_to=PART), seal(hospital, CONFESSED, bound_to=PART)
    assert first.wrapped_key != second.wrapped_key
    shut(lambda: open_own(hospital, second.sealed, first.wrapped_key, bound_to=PART))


@pytest.mark.parametrize("planted", [b"", b'{"code":"x"}', b"\x01" + b'{"code":"x"}', b"\x01" * 300])
def test_planted_text_does_not_open(hospital: UUID, planted: bytes):
    part = seal(hospital, CONFESSED, bound_to=PART)
    shut(
        lambda: open_own(hospital, planted, part.wrapped_key, bound_to=PART),
        lambda: open_own(hospital, part.sealed, planted, bound_to=PART),
    )


def test_every_code_is_sealed_to_the_same_length(hospital: UUID):
    codes = ("ops.it", "trust.underserved", "funding.digital_fundraising")
    parts = [seal(hospital, {"code": code, "sensitivity": "low"}, bound_to=PART) for code in codes]
    assert {(len(part.sealed), len(part.wrapped_key)) for part in parts} == {(285, 41)}


def test_nothing_sealed_bears_the_confession(hospital: UUID):
    part = seal(hospital, CONFESSED, bound_to=PART)
    assert b"solvency" not in part.sealed + part.wrapped_key


def test_many_are_opened_with_one_look_at_the_keys(hospital: UUID, django_assert_num_queries: Any):
    places = [("lichen_sealed_part", str(number)) for number in range(30)]
    parts = [seal(hospital, {"number": number}, bound_to=place) for number, place in enumerate(places)]
    closed = [(part.sealed, part.wrapped_key, place) for part, place in zip(parts, places, strict=True)]
    with django_assert_num_queries(1):
        assert [each["number"] for each in open_all_own(hospital, closed)] == list(range(30))


def test_organisation_without_keys_seals_and_opens_nothing(hospital: UUID):
    part, nobody = seal(hospital, CONFESSED, bound_to=PART), uuid4()
    shut(
        lambda: seal(nobody, CONFESSED, bound_to=PART),
        lambda: open_own(nobody, part.sealed, part.wrapped_key, bound_to=PART),
        lambda: key_for_reader(hospital, part.wrapped_key, nobody, bound_to=PART),
        lambda: sign_for(nobody, "text"),
    )
    assert not is_signed(nobody, "text", b"")


@pytest.mark.parametrize("column", ["data_key", "private_key", "signing_key"])
def test_keys_of_two_organisations_cannot_be_swapped(hospital: UUID, churches: UUID, column: str):
    part = seal(hospital, CONFESSED, bound_to=PART)
    granted = key_for_reader(hospital, part.wrapped_key, churches, bound_to=PART)
    theirs = OrganisationKey.objects.values_list(column, flat=True).get(organisation=hospital)
    OrganisationKey.objects.filter(organisation=churches).update(**{column: theirs})
    if column == "signing_key":
        shut(lambda: sign_for(churches, "text"))
    else:
        shut(lambda: open_granted(hospital, churches, part.sealed, granted, bound_to=PART))


# --- To a reader -----------------------------------------------------------------------------------------------------


def granted_to(reader: UUID, owner: UUID, place: Place = PART) -> tuple[Sealed, bytes]:
    part = seal(owner, CONFESSED, bound_to=place)
    return part, key_for_reader(owner, part.wrapped_key, reader, bound_to=place)


def test_reader_opens_what_it_was_granted(hospital: UUID, churches: UUID):
    part, key = granted_to(churches, hospital)
    assert open_granted(hospital, churches, part.sealed, key, bound_to=PART) == CONFESSED


def test_many_grants_are_opened_with_one_look_at_the_keys(
    hospital: UUID, churches: UUID, django_assert_num_queries: Any
):
    places = [("lichen_sealed_part", str(number)) for number in range(10)]
    granted = [(*granted_to(churches, hospital, place), place) for place in places]
    with django_assert_num_queries(1):
        opened = open_all_granted(hospital, churches, [(part.sealed, key, place) for part, key, place in granted])
    assert opened == (CONFESSED,) * 10


def test_nobody_opens_with_the_grant_of_another(hospital: UUID, churches: UUID, stranger: UUID):
    part, key = granted_to(churches, hospital)
    shut(
        lambda: open_granted(hospital, stranger, part.sealed, key, bound_to=PART),
        lambda: open_granted(stranger, churches, part.sealed, key, bound_to=PART),
        lambda: open_granted(churches, hospital, part.sealed, key, bound_to=PART),
        lambda: open_own(churches, part.sealed, key, bound_to=PART),
        lambda: open_own(churches, part.sealed, part.wrapped_key, bound_to=PART),
    )


@elsewhere
def test_grant_opens_one_part_and_no_other(hospital: UUID, churches: UUID, place: Place):
    part, key = granted_to(churches, hospital)
    other = seal(hospital, {"words": "Nobody has told the bank."}, bound_to=place)
    shut(
        lambda: open_granted(hospital, churches, other.sealed, key, bound_to=place),
        lambda: open_granted(hospital, churches, other.sealed, key, bound_to=PART),
        lambda: open_granted(hospital, churches, part.sealed, key, bound_to=place),
    )


def test_later_version_is_not_opened_by_an_earlier_grant(hospital: UUID, churches: UUID):
    _, key = granted_to(churches, hospital)
    later = seal(hospital, CONFESSED, bound_to=PART)
    shut(lambda: open_granted(hospital, churches, later.sealed, key, bound_to=PART))


@elsewhere
def test_who_grants_one_part_never_gives_away_the_key_of_another(hospital: UUID, churches: UUID, place: Place):
    """Somebody who can write in the database puts another part's key beside the one that is granted."""
    other = seal(hospital, {"words": "Nobody has told the bank."}, bound_to=place)
    shut(lambda: key_for_reader(hospital, other.wrapped_key, churches, bound_to=PART))


def test_forged_grant_does_not_open(hospital: UUID, churches: UUID):
    part, _ = granted_to(churches, hospital)
    to = OrganisationKey.objects.get(organisation=churches).public_key
    shut(lambda: open_granted(hospital, churches, part.sealed, boxed(b"k" * 32, to), bound_to=PART))


def test_planted_part_does_not_open_with_a_forged_grant(hospital: UUID, churches: UUID, stranger: UUID):
    """Whoever knows an item key lacks the owner's secret, and cannot put words into its mouth."""
    part, key = granted_to(churches, stranger)
    shut(lambda: open_granted(hospital, churches, part.sealed, key, bound_to=PART))


def test_nothing_is_granted_to_a_planted_public_key(hospital: UUID, churches: UUID):
    OrganisationKey.objects.filter(organisation=churches).update(public_key=box_pair().public)
    part = seal(hospital, CONFESSED, bound_to=PART)
    shut(lambda: key_for_reader(hospital, part.wrapped_key, churches, bound_to=PART))


@pytest.mark.parametrize("name", ["sealed", "wrapped_key", "key"])
def test_change_of_any_stored_byte_shuts(name: str, hospital: UUID, churches: UUID):
    part, key = granted_to(churches, hospital)
    stored = {"sealed": part.sealed, "wrapped_key": part.wrapped_key, "key": key}
    for place in range(0, len(stored[name]), 3):
        changed = bytearray(stored[name])
        changed[place] ^= 1 << place % 8
        new = {**stored, name: bytes(changed)}
        if name != "key":
            shut(lambda new=new: open_own(hospital, new["sealed"], new["wrapped_key"], bound_to=PART))
        if name != "wrapped_key":
            shut(lambda new=new: open_granted(hospital, churches, new["sealed"], new["key"], bound_to=PART))


# --- Signing ---------------------------------------------------------------------------------------------------------


def test_signature_is_of_one_organisation_and_one_text(hospital: UUID, churches: UUID):
    mark = sign_for(hospital, "We serve Eastfield.")
    assert is_signed(hospital, "We serve Eastfield.", mark)
    assert not is_signed(hospital, "We serve Westfield.", mark)
    assert not is_signed(churches, "We serve Eastfield.", mark)


def test_signature_by_a_planted_key_counts_for_nothing(hospital: UUID):
    """Somebody who can write in the database signs a claim with a key of their own, and puts it there."""
    forged = signing_pair()
    mark = keys.signature("We are rich.", forged.private)
    OrganisationKey.objects.filter(organisation=hospital).update(verify_key=forged.public)
    assert not is_signed(hospital, "We are rich.", mark)


# --- The host and the matcher ----------------------------------------------------------------------------------------


def test_host_opens_what_it_sealed_for_that_purpose_and_place():
    sealed = seal_for_host("mail", {"to": "anna@example.org"}, bound_to=("lichen_mail", "7f"))
    assert open_for_host("mail", sealed, bound_to=("lichen_mail", "7f")) == {"to": "anna@example.org"}
    shut(
        lambda: open_for_host("complaint", sealed, bound_to=("lichen_mail", "7f")),
        lambda: open_for_host("mail", sealed, bound_to=("lichen_mail", "80")),
    )


def test_worker_alone_opens_a_card(settings: Any, home: Environment):
    card = seal_to_matcher({"gaps": ["trust.community"]}, bound_to=("lichen_match_card", "7f"))
    with pytest.raises(NotAllowed, match="only the worker opens match cards"):
        open_as_matcher(card, bound_to=("lichen_match_card", "7f"))
    settings.LICHEN = replace(home, part=Part.WORKER)
    assert open_as_matcher(card, bound_to=("lichen_match_card", "7f")) == {"gaps": ["trust.community"]}
    shut(lambda: open_as_matcher(card, bound_to=("lichen_match_card", "80")))


def test_host_s_key_alone_does_not_open_a_card():
    """The web has the host's key; it must not be able to read a card by it."""
    card = seal_to_matcher({"gaps": ["trust.community"]}, bound_to=("lichen_match_card", "7f"))
    shut(lambda: open_for_host("match card", card, bound_to=("lichen_match_card", "7f")))


def test_card_that_this_host_did_not_make_does_not_open(settings: Any, home: Environment):
    """The matcher's public half is no secret: whoever has it still cannot plant a card."""
    seal_to_matcher({}, bound_to=())
    settings.LICHEN = replace(home, part=Part.WORKER)
    planted = boxed(keys.padded({"gaps": []}), keys.keyring.matcher_public_key(home))
    shut(lambda: open_as_matcher(planted, bound_to=()))


def test_cards_have_one_length():
    few, many = ({"gaps": ["a.b"] * number} for number in (1, 5))
    assert len(seal_to_matcher(few, bound_to=())) == len(seal_to_matcher(many, bound_to=()))


# --- A second copy ---------------------------------------------------------------------------------------------------


@pytest.fixture
def hosted(settings: Any, home: Environment) -> Environment:
    settings.LICHEN = replace(home, url="https://lichen.example.org")
    add_host_key(settings.LICHEN)
    return settings.LICHEN


def copy_of(key_id: str) -> None:
    KeyCopy.objects.create(host_key=key_id, kept_by="Anna", kept_where="the bank's safe", confirmed_at=DAY)


def test_host_that_others_reach_takes_no_confession_without_a_second_copy(hosted: Environment):
    with pytest.raises(NotAllowed, match="second copy of its key") as refusal:
        require_key_copy()
    assert refusal.value.rule == "key-copied"
    copy_of("a-key-of-long-ago")
    with pytest.raises(NotAllowed):
        require_key_copy()
    copy_of(host_keyring(hosted).current.id)
    require_key_copy()


def test_new_current_key_needs_a_copy_of_its_own(hosted: Environment):
    copy_of(host_keyring(hosted).current.id)
    new = add_host_key(hosted)
    require_key_copy()
    with pytest.raises(NotAllowed):
        require_key_copy(of=new.id)
    put_first(hosted, new.id)
    with pytest.raises(NotAllowed):
        require_key_copy()


def test_laptop_needs_no_second_copy():
    require_key_copy()


# --- Another host's key ----------------------------------------------------------------------------------------------


def test_rewrapped_keys_open_all_that_was_sealed_and_the_old_key_none_of_them(home: Environment):
    owners = [organisation(f"Organisation {number}") for number in range(5)]
    parts = [seal(owner, CONFESSED, bound_to=PART) for owner in owners]
    put_first(home, add_host_key(home).id)
    assert [rewrap(2), rewrap(2), rewrap(2), rewrap(2)] == [2, 2, 1, 0]
    current = host_keyring(home).current
    key_file(home).write_text(keys.keyring.Keyring((current,)).text)
    for owner, part in zip(owners, parts, strict=True):
        assert open_own(owner, part.sealed, part.wrapped_key, bound_to=PART) == CONFESSED
    assert set(OrganisationKey.objects.values_list("host_key", flat=True)) == {current.id}


def test_half_rewrapped_organisations_all_open(home: Environment):
    owners = [organisation(f"Organisation {number}") for number in range(4)]
    parts = [seal(owner, CONFESSED, bound_to=PART) for owner in owners]
    put_first(home, add_host_key(home).id)
    rewrap(2)
    for owner, part in zip(owners, parts, strict=True):
        assert open_own(owner, part.sealed, part.wrapped_key, bound_to=PART) == CONFESSED


def test_key_that_is_missing_from_the_ring_is_named(home: Environment, hospital: UUID):
    lost = host_keyring(home).current.id
    key_file(home).write_text(keys.keyring.Keyring((keys.keyring.HostKey(b"\x07" * 32),)).text)
    with pytest.raises(Unopened, match=f"the host's key {lost} is not in the ring"):
        seal(hospital, CONFESSED, bound_to=PART)
    with pytest.raises(Unopened, match=lost):
        rewrap(10)


def test_uses_tell_what_hangs_on_which_key(home: Environment, hospital: UUID):
    old = host_keyring(home).current.id
    new, waiting = add_host_key(home).id, add_host_key(home).id
    put_first(home, new)
    organisation("Green Futures")
    OrganisationKey.objects.filter(organisation=organisation("Gone")).update(host_key="missing")
    copy_of(old)
    copy_of(old)
    told = [(use.id, use.is_in_ring, use.is_current, use.organisations, use.kept_by) for use in host_key_uses()]
    assert told == [
        (new, True, True, 1, ()),
        (old, True, False, 1, ("Anna",)),
        (waiting, True, False, 0, ()),
        ("missing", False, False, 1, ()),
    ]


# --- Erasing ---------------------------------------------------------------------------------------------------------


def in_a_circle(member: UUID) -> CircleMembership:
    circle = Circle.objects.create(name="Eastfield", opened_at=DAY)
    person = Person.objects.create_user(f"{member}@example.org")
    claim = Claim.objects.create(
        organisation_id=member, circle=circle, statement="We are.", signed_by=person, signed_at=DAY, signature=b""
    )
    published = Publication.objects.create(organisation_id=member, circle=circle, published_at=DAY, stands_until=LATER)
    MatchCard.objects.create(publication=published, sealed=b"card")
    return CircleMembership.objects.create(circle=circle, organisation_id=member, claim=claim, asked_at=DAY)


def test_erased_owner_is_shut_to_every_reader_and_itself(hospital: UUID, churches: UUID):
    part, key = granted_to(churches, hospital)
    mark = sign_for(hospital, "text")
    erase_keys(hospital)
    shut(
        lambda: open_granted(hospital, churches, part.sealed, key, bound_to=PART),
        lambda: open_own(hospital, part.sealed, part.wrapped_key, bound_to=PART),
        lambda: seal(hospital, CONFESSED, bound_to=PART),
    )
    assert not is_signed(hospital, "text", mark)


def test_new_keys_of_an_erased_owner_open_nothing_of_before(hospital: UUID, churches: UUID):
    part, key = granted_to(churches, hospital)
    erase_keys(hospital)
    make_organisation_keys(hospital, at=LATER)
    shut(
        lambda: open_granted(hospital, churches, part.sealed, key, bound_to=PART),
        lambda: open_own(hospital, part.sealed, part.wrapped_key, bound_to=PART),
    )


def test_erasing_one_leaves_the_others_open(hospital: UUID, churches: UUID, stranger: UUID):
    part, key = granted_to(churches, hospital)
    in_a_circle(churches)
    mark_erased(stranger, at=LATER)
    assert open_granted(hospital, churches, part.sealed, key, bound_to=PART) == CONFESSED
    assert (MatchCard.objects.count(), CircleMembership.objects.filter(left_at=None).count()) == (1, 1)


def test_erasure_is_written_into_the_database_and_outside_it(home: Environment, hospital: UUID):
    membership = in_a_circle(hospital)
    mark_erased(hospital, at=LATER)
    assert list(Erasure.objects.values_list("organisation", "erased_at")) == [(hospital, LATER)]
    assert (home.home / "erasures").read_text() == f"\n{hospital} {LATER.isoformat()}\n"
    assert (home.home / "erasures").stat().st_mode & 0o777 == 0o600
    assert Organisation.objects.get(id=hospital).erased_at == LATER
    assert CircleMembership.objects.get(id=membership.id).left_at == LATER
    assert Publication.objects.get(organisation=hospital).withdrawn_at == LATER
    assert MatchCard.objects.count() == 0


def restored(organisation: UUID, rows: list[OrganisationKey]) -> None:
    """The database as it was before the erasure."""
    Erasure.objects.all().delete()
    Organisation.objects.filter(id=organisation).update(erased_at=None)
    OrganisationKey.objects.bulk_create(rows)


def test_erasures_are_replayed_after_a_restore(hospital: UUID, churches: UUID):
    part, key = granted_to(churches, hospital)
    before = list(OrganisationKey.objects.filter(organisation=hospital))
    mark_erased(hospital, at=DAY)
    restored(hospital, before)
    in_a_circle(hospital)
    assert open_own(hospital, part.sealed, part.wrapped_key, bound_to=PART) == CONFESSED
    assert replay_erasures() == 1
    shut(
        lambda: open_granted(hospital, churches, part.sealed, key, bound_to=PART),
        lambda: open_own(hospital, part.sealed, part.wrapped_key, bound_to=PART),
    )
    assert Organisation.objects.get(id=hospital).erased_at == DAY
    assert CircleMembership.objects.get(organisation=hospital).left_at == DAY
    assert list(Erasure.objects.values_list("organisation", "erased_at")) == [(hospital, DAY)]
    assert MatchCard.objects.count() == 0


def test_replaying_twice_changes_nothing_more(hospital: UUID):
    mark_erased(hospital, at=DAY)
    assert (replay_erasures(), replay_erasures()) == (0, 0)
    assert Organisation.objects.get(id=hospital).erased_at == DAY


def test_replaying_without_a_file_tells_it_what_the_database_knows(home: Environment, hospital: UUID):
    """A backup was restored on another machine, whose home knows of nothing."""
    mark_erased(hospital, at=DAY)
    told = (home.home / "erasures").read_text()
    (home.home / "erasures").unlink()
    assert replay_erasures() == 0
    assert (home.home / "erasures").read_text() == told


def test_replaying_on_a_host_where_nobody_was_erased_does_nothing(home: Environment, hospital: UUID):
    assert replay_erasures() == 0
    assert (home.home / "erasures").read_text(encoding="ascii") == ""
    assert Organisation.objects.get(id=hospital).erased_at is None


def test_erasure_of_somebody_whom_the_backup_does_not_know_is_kept(home: Environment, hospital: UUID):
    mark_erased(hospital, at=DAY)
    OrganisationKey.objects.all().delete()
    Organisation.objects.all().delete()
    Erasure.objects.all().delete()
    assert replay_erasures() == 0
    assert list(Erasure.objects.values_list("organisation", flat=True)) == [hospital]


@pytest.mark.parametrize(
    "line", ["half-a-line", str(UUID(int=7)), f"{UUID(int=7)} someday", f"x{UUID(int=7)} {DAY.isoformat()}"]
)
def test_line_that_cannot_be_read_stops_the_replay_before_it_begins(home: Environment, hospital: UUID, line: str):
    before = list(OrganisationKey.objects.filter(organisation=hospital))
    mark_erased(hospital, at=DAY)
    restored(hospital, before)
    with (home.home / "erasures").open("a") as file:
        file.write(line)
    with pytest.raises(InputError, match="erasures, row 3: this line cannot be read"):
        replay_erasures()
    assert OrganisationKey.objects.filter(organisation=hospital).count() == 1


def test_line_after_one_that_was_cut_off_stands_for_itself(home: Environment, hospital: UUID, churches: UUID):
    mark_erased(hospital, at=DAY)
    cut = (home.home / "erasures").read_text()[:-20]
    (home.home / "erasures").write_text(cut)
    mark_erased(churches, at=DAY)
    assert (home.home / "erasures").read_text().splitlines()[-1] == f"{churches} {DAY.isoformat()}"
