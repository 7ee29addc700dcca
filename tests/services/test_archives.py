"""The archive of a year: who may have it made and when, what goes into it, and that nothing of it is ever half made."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from assess.core.actors import Actor
from assess.core.archives import names
from assess.core.archives.manifest import read_manifest
from assess.core.errors import NotAllowed, Refused
from assess.core.workflow import Stage
from assess.store.models import Cycle
from assess.store.queries.audit import newest_of
from assess.store.queries.jobs import recent_jobs
from assess.store.session import Database
from assess.store.uploads import kept_path
from tests.services.archives import an_archive, archives_made, ask_archive, make_archives
from tests.services.findings import record
from tests.services.forms import year_2026
from tests.services.imports import FIRST, a_book, a_water_year, accepted
from tests.services.seals import a_sealed_run
from tests.store.archiving import kill_at_work
from tests.web.bureau import on_sqlite
from tests.years import NOW


def a_year_of_evidence(database: Database, folder: Path) -> dict[str, Actor]:
    """A year with a file of figures and a finding; its people."""
    people = a_water_year(database, units=2)
    accepted(database, people["evaluator"], folder, a_book(*FIRST))
    record(database)
    return people


def come_to_the_end(database: Database, stage: Stage = Stage.FINAL) -> None:
    """The year is at its last stage."""
    with database.writing() as session:
        session.query(Cycle).update({Cycle.stage: stage.value})


def test_the_archive_holds_the_sealed_result_and_all_it_came_from(
    database: Database, database_url: str, instance: Path
):
    folder = instance / "uploads"
    office = a_year_of_evidence(database, folder)["office"]
    a_sealed_run(database, office, folder, now=NOW)
    come_to_the_end(database)

    path = an_archive(database, database_url, folder, office)

    with ZipFile(path) as archive:
        manifest = read_manifest(archive.read(names.MANIFEST))
        members = {name: archive.read(name) for name in archive.namelist()}
    papers = [f"sealed/edition-1/{name}-zh.pdf" for name in ("book", "card-001-110105001", "card-002-110105002")]
    books = [names.book(name, language) for language in ("zh", "en") for name in ("ranking", "findings", "appeals")]
    [source] = manifest.evidence
    assert source.file is not None
    assert list(members) == [
        names.README, *papers, "certificates/edition-1.pem", *books, "runs/run-1/inputs.zip",
        "runs/run-1/results.json", "runs/run-1/results.csv", names.RULES, names.RULES_BOOK, names.LOG,
        source.file.member, names.EVIDENCE_LIST, *names.INDEX.values(), names.CERTIFICATE, *names.UNLISTED,
    ]  # fmt: skip
    assert list(csv.reader(StringIO(members[names.EVIDENCE_LIST].decode("utf-8-sig")))) == [
        ["file", "sha256", "member"],
        ["water.xlsx", source.sha256, source.file.member],
    ]
    assert members[source.file.member] == kept_path(folder, source.sha256).read_bytes()
    findings = openpyxl.load_workbook(BytesIO(members[names.book("findings", "en")]))
    assert [each.value for each in findings["Findings"]["G"]] == ["What", "渣土未苫盖"]
    assert [each.value for each in findings["History"]["C"]] == ["Step", "found", "assigned"]
    lines, log = members[names.LOG].splitlines(), manifest.log
    assert (json.loads(lines[0])["number"], json.loads(lines[-1])["digest"]) == (log.first, log.head)
    [row] = archives_made(database)
    with database.reading() as session:
        noted = newest_of(session, subject="archive:2026/1", actions=("made",))
    assert noted is not None
    assert noted.new == {"sha256": row.sha256, "size": path.stat().st_size, "files": row.members}


@on_sqlite
def test_a_worker_killed_at_it_leaves_nothing_to_see_and_the_next_makes_it_whole(
    database: Database, database_url: str, instance: Path
):
    folder = instance / "uploads"
    people = a_year_of_evidence(database, folder)
    office = people["office"]
    with pytest.raises(Refused, match="at the stage Collecting"):
        ask_archive(database, office)
    come_to_the_end(database)
    with pytest.raises(Refused, match="not sealed"):
        ask_archive(database, office)
    with pytest.raises(NotAllowed):
        ask_archive(database, people["leader"])
    a_sealed_run(database, office, folder, now=NOW)
    ask_archive(database, office)
    left = kill_at_work(database_url, folder)
    assert (left.exists(), archives_made(database)) == (True, [])
    with pytest.raises(Refused, match="being made already"):
        ask_archive(database, office)

    while not archives_made(database):
        make_archives(database, database_url, folder)

    assert list(folder.glob(".archive-*")) == []
    [row] = archives_made(database)
    with database.reading() as session:
        assert {job.state for job in recent_jobs(session) if job.kind == "archive"} == {"done"}
        assert year_2026(session).stage is Stage.FINAL
    with ZipFile(kept_path(folder, row.sha256)) as archive:
        assert archive.testzip() is None

    come_to_the_end(database, Stage.ARCHIVED)
    one = kept_path(folder, read_back(kept_path(folder, row.sha256)))
    one.write_bytes(one.read_bytes() + b"x")
    ask_archive(database, office)
    make_archives(database, database_url, folder)
    with database.reading() as session:
        [told] = [job.told for job in recent_jobs(session) if job.state == "failed"]
    assert told is not None
    assert told.zh.startswith(f"保存的文件 {one.name} 被改动")


def read_back(path: Path) -> str:
    """The SHA-256 of the file that figures of an archive came from."""
    with ZipFile(path) as archive:
        [source] = read_manifest(archive.read(names.MANIFEST)).evidence
    return source.sha256
