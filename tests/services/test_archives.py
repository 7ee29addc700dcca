"""The archive of a year: who may have it made and when, what goes into it, and that nothing of it is ever half made."""

from __future__ import annotations

import csv
import json
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from assess.core.actors import Actor
from assess.core.archives import names
from assess.core.archives.manifest import Manifest, read_manifest
from assess.core.errors import NotAllowed, Refused
from assess.core.text import Text
from assess.core.workflow import Stage
from assess.services import archives
from assess.services.archives.gathering import gather
from assess.services.archives.tables import finding_tables
from assess.services.seals import KeyPlaces
from assess.store.models import ArchiveOrder, Cycle, StageMove
from assess.store.queries.audit import newest_of
from assess.store.queries.jobs import recent_jobs
from assess.store.session import Database
from assess.store.uploads import kept_path
from tests.services.archives import archives_made, ask_archive, make_archives
from tests.services.findings import record
from tests.services.forms import year_2026
from tests.services.handovers import hand_at_any_stage
from tests.services.imports import FIRST, a_book, a_water_year, accepted
from tests.services.seals import a_sealed_run
from tests.store.archiving import kill_at_work
from tests.stores import on_sqlite
from tests.years import JIANWAI, NOW

HANDED = ("book-zh.xlsx", "book-en.xlsx", "units.csv", "members.csv", "data.json")


def a_year_of_evidence(database: Database, folder: Path) -> dict[str, Actor]:
    """A year with a file of figures and a finding; its people."""
    people = a_water_year(database, units=2)
    accepted(database, people["evaluator"], folder, a_book(*FIRST))
    record(database)
    return people


def come_to(database: Database, stage: Stage) -> None:
    """The year is at a stage."""
    with database.writing() as session:
        session.query(Cycle).update({Cycle.stage: stage.value})


def test_an_archive_is_asked_for_at_the_end_by_the_office_and_what_goes_into_it_is_of_that_moment(
    database: Database, instance: Path
):
    folder = instance / "uploads"
    people = a_year_of_evidence(database, folder)
    office = people["office"]
    for stage, told in ((Stage.VERIFYING, "at the stage Certifying"), (Stage.FINAL, "are not sealed")):
        come_to(database, stage)
        with pytest.raises(Refused, match=told):
            ask_archive(database, office)
    a_sealed_run(database, office, folder, now=NOW)
    with pytest.raises(NotAllowed):
        ask_archive(database, people["leader"])
    ask_archive(database, office)
    with pytest.raises(Refused, match="already being created"):
        ask_archive(database, office)

    with database.reading() as session:
        order, cycle = session.query(ArchiveOrder).one(), year_2026(session)
        needed = gather(session, order, cycle)
        asked = newest_of(session, subject="archive:2026/1", actions=("asked",))
    assert asked is not None
    assert (needed.last, needed.head, needed.first < needed.last) == (asked.number - 1, asked.before, True)
    assert [(each.seal.edition, len(each.documents)) for each in needed.editions] == [(1, 3)]
    assert ([run.number for run in needed.runs], needed.run.number, needed.appeals) == ([1], 1, [])
    called = Text("建外", "Jianwai")
    ledger, history = (list(table.rows) for table in finding_tables(database, needed, {JIANWAI: called}))
    assert [(row[0], row[1], row[6]) for row in ledger] == [(1, called, "渣土未苫盖")]
    assert [row[2] for row in history] == [Text("发现", "found"), Text("交办", "assigned")]


@on_sqlite
def test_a_worker_killed_at_it_leaves_nothing_to_see_and_the_next_makes_it_whole(
    database: Database, database_url: str, instance: Path
):
    folder = instance / "uploads"
    office = a_year_of_evidence(database, folder)["office"]
    a_sealed_run(database, office, folder, now=NOW)
    hand_at_any_stage(database, office, folder)
    come_to(database, Stage.ARCHIVED)
    ended_early(database, office)
    ask_archive(database, office)
    left = kill_at_work(database_url, folder)
    assert (left.exists(), archives_made(database)) == (True, [])

    while not archives_made(database):
        make_archives(database, database_url, folder)

    assert list(folder.glob(".archive-*")) == []
    [row] = archives_made(database)
    path = kept_path(folder, row.sha256)
    assert made_again(database, database_url, folder) == row.sha256
    with database.reading() as session:
        noted = newest_of(session, subject="archive:2026/1", actions=("made",))
        assert {job.state for job in recent_jobs(session) if job.kind == "archive"} == {"done"}
    assert noted is not None
    assert noted.new == {"sha256": row.sha256, "size": path.stat().st_size, "files": row.members}
    with ZipFile(path) as archive:
        manifest = read_manifest(archive.read(names.MANIFEST))
        check_contents(manifest, {name: archive.read(name) for name in archive.namelist()}, folder)
    check_that_a_changed_file_is_not_archived(database, database_url, office, folder, manifest.evidence[0].sha256)


def ended_early(database: Database, office: Actor) -> None:
    """The time to appeal was ended early."""
    with database.writing() as session:
        session.add(
            StageMove(
                cycle_id=year_2026(session).id, origin="appeals", target="final", reason="All units agreed.",
                cut_short=date(2027, 1, 10), moved_by=office.account, approved_by=office.account, moved_at=NOW,
            )
        )  # fmt: skip


def check_contents(manifest: Manifest, members: dict[str, bytes], folder: Path) -> None:
    """Every member is there, and says what it must."""
    papers = [f"sealed/edition-1/{name}-zh.pdf" for name in ("book", "card-001-110105001", "card-002-110105002")]
    books = [names.book(name, language) for language in ("zh", "en") for name in ("ranking", "findings", "appeals")]
    [source] = manifest.evidence
    assert source.file is not None
    assert list(members) == [
        names.README, *papers, "certificates/edition-1.pem", *books, "runs/run-1/inputs.zip",
        "runs/run-1/results.json", "runs/run-1/results.csv", names.RULES, names.RULES_BOOK, names.LOG,
        source.file.member, names.EVIDENCE_LIST, *(f"handover/1/{name}" for name in HANDED),
        *names.INDEX.values(), names.CERTIFICATE, *names.UNLISTED,
    ]  # fmt: skip
    assert list(csv.reader(StringIO(members[names.EVIDENCE_LIST].decode("utf-8-sig")))) == [
        ["file", "sha256", "member"],
        ["water.xlsx", source.sha256, source.file.member],
    ]
    assert members[source.file.member] == kept_path(folder, source.sha256).read_bytes()
    findings = openpyxl.load_workbook(BytesIO(members[names.book("findings", "en")]))
    assert [each.value for each in findings["Findings"]["G"]] == ["Finding", "渣土未苫盖"]
    assert [each.value for each in findings["History"]["C"]] == ["Step", "found", "assigned"]
    moves = openpyxl.load_workbook(BytesIO(members[names.book("appeals", "en")]))["Stages"]
    assert [[each.value for each in row] for row in moves.iter_rows(min_row=2)][-1] == [
        "Appeals",
        "Final",
        "2026-11-27",
        "office",
        "office",
        "All units agreed.",
        "2027-01-10",
        None,
        None,
        "yes",
    ]
    lines, log = members[names.LOG].splitlines(), manifest.log
    assert (json.loads(lines[0])["number"], json.loads(lines[-1])["digest"]) == (log.first, log.head)


def made_again(database: Database, url: str, folder: Path) -> str:
    """The SHA-256 of what the first order comes to when it is worked on once more."""
    kind = archives.archiving_in(folder, KeyPlaces(folder.parent / "keys" / "seal.pem"), url)
    with database.reading() as session:
        needed = kind.read(session, {"order": 1})
    return str(kind.work(needed, lambda _done, _of: None).sha256)


def check_that_a_changed_file_is_not_archived(
    database: Database, url: str, office: Actor, folder: Path, sha256: str
) -> None:
    """The job fails for good, and says which file it is."""
    path = kept_path(folder, sha256)
    path.write_bytes(path.read_bytes() + b"x")
    ask_archive(database, office)
    make_archives(database, url, folder)
    with database.reading() as session:
        [told] = [job.message for job in recent_jobs(session) if job.state == "failed"]
    assert told is not None
    assert told.zh.startswith(f"保存的文件{sha256}已被改动")
