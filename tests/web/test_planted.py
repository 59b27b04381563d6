"""Words and a code are planted in every place where somebody can confess, and looked for in all that a host keeps.

Whoever adds a place where something is kept adds it to the scene, or to what is searched.
"""

from __future__ import annotations

import base64
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.urls import reverse
from psycopg import sql

from lichen.audit.values import Audit, Offer, Opening, Readiness, Source, Vulnerability
from lichen.disclosure.values import Reception
from lichen.errors import LichenError
from lichen.scales import Relevance, Sensitivity
from lichen_web.alliances.access.dealings import dealing_view
from lichen_web.alliances.access.team import answering
from lichen_web.alliances.actions import audit as writing
from lichen_web.alliances.actions import disclosure
from lichen_web.alliances.actions.answering import answer_round
from lichen_web.alliances.actions.brief import rewrite_brief
from lichen_web.alliances.actions.complaints import answer_complaint, decide_complaint
from lichen_web.alliances.actions.corrections import ask_correction
from lichen_web.alliances.actions.listed_notes import note_listed, save_search
from lichen_web.alliances.actions.messages import send_message
from lichen_web.alliances.actions.team import open_round, show_round
from lichen_web.alliances.actions.workbooks import upload_workbook
from lichen_web.alliances.copies.tables import bring_up
from lichen_web.alliances.models import Mail
from lichen_web.alliances.rounds import Said as TeamSaid
from lichen_web.alliances.rounds import TeamSaying
from lichen_web.alliances.work.running import run_job
from lichen_web.environment import Part
from tests.cast import churches_audit, hospital_audit
from tests.needs import missing
from tests.web.confiding import C1, H2, H3, NOW, Dealing, change, disclose, gap_of, ids_of, read
from tests.web.homes import Home, home_beside, home_on_postgres, living_in
from tests.web.listing import depot, id_of, listed
from tests.web.pages.reading import browser
from tests.web.people import WebCast, cast_of, letters
from tests.web.postgres import Cluster, Database, programs, running_cluster

WORD, CODE, OTHER_CODE = "zyxquark", "governance.ethics_controls", "tech.rapid_prototyping"
OFFERED = "quoxwing"
"""What is offered, in words; the hospital has opened its offers to its facilitator."""
PLANTED = (WORD, OFFERED, CODE, OTHER_CODE, "trust.underserved", hospital_audit.organisation.vulnerabilities[0].words)
WORKBOOK = f"kind,code,words,severity\nvulnerability,{CODE},Our {WORD} in a file.,4\n,,{WORD} again,\n"
KNOWN = "St Brigid's Hospital"
"""Stands in the clear where it may, so that whoever finds nothing else is known to have looked."""


@dataclass(frozen=True)
class Told:
    """All that there is of a host after a day on which everything happened."""

    folders: tuple[Path, ...]
    """Whatever it keeps stands in these: its home, and that of its database."""
    journal: Path
    """Where the database writes down first what it is about to change."""
    settle: Callable[[], None]
    """Has the database put what it has changed into its tables."""
    spoken: str
    """What was logged and printed."""
    shown: dict[str, str]
    """What pages told whom, by page: addresses, headers, and the pages of those who may not see."""


def planted(audit: Audit) -> Audit:
    """The audit with the words and the codes in every place that it has."""
    source = Source(WORD, f"A sentence of {WORD}.", 0.5, f"https://{WORD}.example.org")
    more = (
        Vulnerability(CODE, 4, 7, words=f"Our {WORD}.", relevance=Relevance.YES, sensitivity=Sensitivity.LOW),
        Vulnerability("", 2, 8, words=f"No code for {WORD}.", source=source, confirmed=False),
    )
    offers = (Offer(OTHER_CODE, 4, 2, words=OFFERED, spare=f"{OFFERED} a week"), Offer(CODE, 2))
    said = audit.organisation
    said = replace(said, vulnerabilities=(*said.vulnerabilities, *more), offers=(*said.offers, *offers))
    return Audit(said, Readiness(True, 3.0, 4), Opening(f"At {WORD}.", WORD), NOW.date())


def everything_happens(cast: WebCast) -> Dealing:
    """Every act that has to do with a confession, those that are refused among them."""
    for house, audit in ((cast.hospital, hospital_audit), (cast.churches, churches_audit)):
        writing.record_audit(house.lead, audit=planted(audit), at=NOW)
    change(cast.hospital, H2, words=f"{WORD} again")
    writing.remove_vulnerability(cast.hospital.member, vulnerability=gap_of(cast.hospital, H3), at=NOW)
    order = list(ids_of(cast.hospital).values())
    writing.rank_vulnerabilities(cast.hospital.lead, order=order, seen=order, at=NOW)
    matter = disclosure.propose_matter(cast.hospital.lead, circle=cast.circle, other=cast.churches.id, at=NOW)
    dealing = Dealing(cast, matter)
    disclosure.say_yes(cast.churches.lead, matter=matter, at=NOW)
    own = {"matter": matter, "vulnerability": gap_of(cast.hospital, CODE), "at": NOW}
    disclosure.answer_relevance(cast.hospital.lead, **own, relevance=Relevance.YES)
    for house in (cast.hospital, cast.churches):
        disclosure.agree_to_codes(house.lead, matter=matter, at=NOW)
    disclose(cast.churches, dealing, C1)
    for code in ids_of(cast.hospital):
        refused_or_not(disclosure.disclose_vulnerability, cast.hospital, dealing, code)
    refused_or_not(disclosure.try_one_item, cast.churches, dealing, CODE)
    with pytest.raises(LichenError):
        disclosure.judge_trial(cast.churches.lead, matter=matter, received=Reception.WELL_RECEIVED, at=NOW)
    change(cast.hospital, CODE, words=f"{WORD} once more")
    assert {*read(cast.churches, dealing), *read(cast.hospital, dealing)} >= {"trust.underserved", C1}
    return dealing


def everything_else_is_said(dealing: Dealing) -> None:
    """Whatever else people can write down, one place after another; what was opened is open still."""
    lead, matter = dealing.cast.hospital.lead, dealing.id
    listed(depot, at=NOW)
    note = {"who": WORD, "where": f"{WORD} hall", "on": NOW.date(), "words": f"They said {WORD}.", "evidence": 2}
    note_listed(lead, listed=id_of(depot), **note, offers=OTHER_CODE, lacks=OTHER_CODE, at=NOW)
    save_search(lead, name=WORD, sectors=[], place=WORD, sizes=[], world="", at=NOW)
    send_message(lead, matter=matter, words=f"About {WORD}.", at=NOW)
    aloud = [gap_of(dealing.cast.hospital, CODE)]
    noted = {"came_back": f"{WORD} came back", "next_step": f"more {WORD}"}
    disclosure.hold_conversation(lead, matter=matter, held_on=NOW.date(), said=aloud, **noted, at=NOW)
    rewrite_brief(lead, conversation=matter, version=0, words={"ours.0.0": f"We say {WORD}."}, at=NOW)
    upload_workbook(lead, raw=WORKBOOK.encode(), format="csv", at=NOW)
    colleagues = [f"colleague{number}@example.org" for number in range(1, 7)]
    team = open_round(lead, fewest=5, emails=colleagues, at=NOW)
    for colleague in colleagues:
        token = next(filter(None, (team_token_in(letter) for letter in letters(colleague))))
        saying = TeamSaying((TeamSaid(WORD, CODE, 4), TeamSaid(f"No code: {WORD}.", "", 2)), WORD, is_by_name=True)
        answer_round(token, link=answering(token).link, version=0, saying=saying, at=NOW)
    show_round(lead, round_id=team, at=NOW)
    ask_correction(organisation=WORD, words=f"Wrong about {WORD}.", name=WORD, email="a@example.org", at=NOW)


def the_worst_is_reported(dealing: Dealing) -> None:
    """Exploitation, with a complaint in words, its answer, and what the host decides."""
    words = f"They used {WORD}, our {CODE}, against us."
    disclosure.report_exploitation(dealing.churches.lead, matter=dealing.id, words=words, at=NOW)
    complaint = dealing_view(dealing.churches.lead, matter=dealing.id, at=NOW).complaint
    answer_complaint(dealing.hospital.lead, complaint=complaint, words=f"Not {WORD}.", at=NOW)
    decide_complaint(dealing.cast.host, complaint=complaint, outcome="dismissed", reason=f"Not {WORD}.", at=NOW)


def team_token_in(letter: dict[str, str]) -> str:
    found = re.search(r"/answer/([\w-]+)/", letter["text"])
    return found[1] if found else ""


def refused_or_not(act, house, dealing: Dealing, code: str) -> None:
    with suppress(LichenError):
        act(house.lead, matter=dealing.id, vulnerability=gap_of(house, code), at=NOW)


def pages_are_asked(cast: WebCast) -> dict[str, str]:
    """The hospital confesses on a page, well and badly; those who may not see ask for the same page."""
    audit = reverse("audit", args=[cast.hospital.id])
    new = reverse("record_vulnerability", args=[cast.hospital.id])
    lead = browser(cast.hospital.lead, raise_request_exception=False)
    own = lead.get(audit).content.decode()
    assert WORD in own
    said = {"code": "reach.events", "words": WORD, "severity": "4", "rank": "", "relevance": "yes", "sensitivity": ""}
    answers = [lead.post(new, said), lead.post(new, {**said, "severity": "9"}), lead.post(new, said)]
    assert {answer.status_code for answer in answers} <= {200, 302, 303, 422}
    told = {f"answer {number}": f"{answer.headers} {answer.cookies}" for number, answer in enumerate(answers)}
    names = ("churches", "stranger", "host", "convener", "facilitator")
    others = (cast.churches.lead, cast.stranger.lead, cast.host, cast.convener, cast.facilitator)
    for name, other in zip(names, others, strict=True):
        answer = browser(other, raise_request_exception=False).get(audit)
        told[name] = f"{answer.headers} {answer.content.decode()}"
    return told


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Iterator[Told]:
    home = home_beside(tmp_path_factory.mktemp("planted") / "home")
    with django_db_blocker.unblock(), ExitStack() as until_the_end:
        if request.param == "sqlite":
            folders, journal, settle = (home.folder,), home.folder / "lichen.sqlite3-wal", write_back
        else:
            cluster = until_the_end.enter_context(cluster_of_its_own())
            home = home_on_postgres(home, Database(cluster, cluster.prepared("planted")), "planted")
            rows = tmp_path_factory.mktemp("rows")
            folders, journal = (home.folder, cluster.folder, rows), next(cluster.folder.rglob("pg_wal"))
            settle = partial(write_out, cluster, rows)
        with living_in(home):
            bring_up("default")
            spoken, shown = a_day_in(home)
            yield Told(folders, journal, settle, spoken, shown)


def a_day_in(home: Home) -> tuple[str, dict[str, str]]:
    """What was logged and printed, and what pages told whom."""
    spoken = Spoken()
    logging.getLogger().addHandler(spoken)
    try:
        with living_in(home, Part.WEB):
            dealing = everything_happens(cast_of(NOW))
            everything_else_is_said(dealing)
            shown = pages_are_asked(dealing.cast)
            the_worst_is_reported(dealing)
            mails = list(Mail.objects.values_list("id", flat=True))
        with living_in(home, Part.WORKER):
            for mail in mails:
                run_job("send_mail", str(mail))
    finally:
        logging.getLogger().removeHandler(spoken)
    return "\n".join(spoken.lines), shown


def write_back() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone() == (1,)


def write_out(cluster: Cluster, rows: Path) -> None:
    """Besides, every row as text: in the files of PostgreSQL itself what is long stands compressed."""
    with psycopg.connect(cluster.administrator("planted"), autocommit=True) as administrator:
        administrator.execute("CHECKPOINT")
        tables = administrator.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        every_row = sql.SQL("SELECT row::text FROM {} AS row")
        for (table,) in tables:
            found = administrator.execute(every_row.format(sql.Identifier(table))).fetchall()
            (rows / table).write_text("\n".join(text for (text,) in found))


@contextmanager
def cluster_of_its_own() -> Iterator[Cluster]:
    """In that of the other tests stands what they wrote."""
    if programs() is None:
        missing("postgresql")
    with running_cluster() as cluster:
        yield cluster


class Spoken(logging.Handler):
    """Everything that is logged, with all that hangs on it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.getMessage()} {record.__dict__}")


def forms_of(text: str) -> set[bytes]:
    """A text as it may stand in a file: plain, in two bytes a letter, in hexadecimal digits, in base64 wherever."""
    plain = text.encode()
    base64s = {base64.b64encode(b"x" * shift + plain)[4 * bool(shift) :].rstrip(b"=")[:-1] for shift in range(3)}
    digits = plain.hex()
    return {plain, plain.lower(), text.encode("utf-16-le"), digits.encode(), digits.upper().encode(), *base64s}


def found_in(folders: Iterable[Path], text: str) -> list[str]:
    """The files of folders in which a text stands, in whatever form."""
    forms = forms_of(text)
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if any(form in path.read_bytes() for form in forms)]


@pytest.mark.parametrize("text", PLANTED)
def test_nothing_that_was_confessed_stands_in_any_file(told: Told, text: str):
    journal = [told.journal, *told.journal.rglob("*")]
    assert sum(path.stat().st_size for path in journal if path.is_file()) > 0
    assert found_in(told.folders, text) == []


@pytest.mark.parametrize("text", PLANTED)
def test_nor_does_it_once_the_log_of_writes_is_taken_over(told: Told, text: str):
    told.settle()
    assert found_in(told.folders, text) == []


@pytest.mark.parametrize("text", PLANTED)
def test_nothing_of_it_is_logged_or_told_to_those_who_may_not_see(told: Told, text: str):
    assert text not in told.spoken
    assert [page for page, said in told.shown.items() if text in said] == ["facilitator"] * (text == OFFERED)


def test_what_may_stand_there_is_found(told: Told):
    assert found_in(told.folders, KNOWN) != []


@pytest.mark.parametrize("form", sorted(forms_of(WORD)))
def test_every_form_of_a_planted_word_is_found(tmp_path: Path, form: bytes):
    (tmp_path / "file").write_bytes(b"..." + form + b"...")
    assert found_in([tmp_path], WORD) == ["file"]
