"""Files that were handed in and never attached go after a week; what any row needs stays."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from assess.services.evidence import forget_unclaimed
from assess.settings import Settings
from assess.store.models import AuditEntry, Batch, Job, Upload
from assess.worker import kinds_of
from tests.services.evidence import a_pdf, attach, hand_in, page_of, sha, withdraw
from tests.services.forms import an_open_year, year_2026
from tests.years import JIANWAI, NOW

WEEK = timedelta(days=7)


@pytest.fixture
def folder(instance: Path) -> Path:
    return instance / "uploads"


def kept(database, folder) -> tuple[list[str], list[str]]:
    """The files that rows tell of, and those on the disk."""
    with database.reading() as session:
        rows = sorted(upload.first_name for upload in session.query(Upload))
        names = {upload.sha256: upload.first_name for upload in session.query(Upload)}
    return rows, sorted(names.get(path.name, path.name) for path in folder.rglob("*") if path.is_file())


def forget(database, folder, now) -> int:
    with database.writing() as session:
        return forget_unclaimed(session, folder=folder, now=now)


def test_only_what_nobody_attached_goes_and_only_after_a_week(database, folder):
    people = an_open_year(database)
    files = {name: a_pdf(name) for name in ("attached.pdf", "withdrawn.pdf", "batch.pdf", "left.pdf")}
    hand_in(database, folder, people[JIANWAI], *files.items())
    attach(database, people[JIANWAI], sha(files["attached.pdf"]), sha(files["withdrawn.pdf"]))
    with database.writing() as session:
        cycle = year_2026(session).id
        upload = sha(files["batch.pdf"])
        session.add(Batch(cycle_id=cycle, kind="previous", upload=upload, facts={}, made_by=0, made_at=NOW))
    withdrawn = page_of(database, people[JIANWAI]).files[1]
    withdraw(database, people[JIANWAI], withdrawn.id)

    assert forget(database, folder, NOW + WEEK) == 0
    assert forget(database, folder, NOW + WEEK + timedelta(seconds=1)) == 1
    left = ["attached.pdf", "batch.pdf", "withdrawn.pdf"]
    assert kept(database, folder) == (left, left)
    with database.reading() as session:
        last = session.query(AuditEntry).order_by(AuditEntry.number.desc()).first()
        assert (last.actor, last.subject, last.action, last.old, last.new) == (
            "worker",
            f"upload:{sha(files['left.pdf'])}",
            "forgotten",
            {"name": "left.pdf", "size": len(files["left.pdf"]), "kept_at": NOW.isoformat()},
            None,
        )


def test_every_upload_makes_sure_of_one_job_that_forgets_and_comes_again_while_something_waits(database, folder):
    people = an_open_year(database)
    hand_in(database, folder, people[JIANWAI], ("a.pdf", a_pdf()))
    hand_in(database, folder, people["colleague"], ("b.pdf", a_pdf("b")), now=NOW + timedelta(days=6))
    with database.reading() as session:
        (job,) = session.query(Job)
        assert (job.kind, job.run_after) == ("forget-uploads", NOW + timedelta(days=8))

    kind = kinds_of(Settings(instance=folder.parent, database_url=""))[job.kind]
    for days, left in ((8, ["b.pdf"]), (16, [])):
        with database.writing() as session:
            session.query(Job).update({"state": "done"})
            kind.keep(session, {}, kind.work(kind.read(session, {}), lambda done, of: None), NOW + timedelta(days=days))
        assert kept(database, folder) == (left, left)
    with database.reading() as session:
        assert session.query(Job).filter_by(state="waiting").count() == 0


def test_who_hands_the_same_file_in_again_has_another_week(database, folder):
    people = an_open_year(database)
    hand_in(database, folder, people[JIANWAI], ("a.pdf", a_pdf()))
    hand_in(database, folder, people["colleague"], ("mine.pdf", a_pdf()), now=NOW + timedelta(days=6))

    assert forget(database, folder, NOW + timedelta(days=8)) == 0
    assert kept(database, folder) == (["a.pdf"], ["a.pdf"])
    assert forget(database, folder, NOW + timedelta(days=14)) == 1
    assert kept(database, folder) == ([], [])
    attached = hand_in(database, folder, people[JIANWAI], ("a.pdf", a_pdf()), now=NOW + timedelta(days=14))
    assert attach(database, people[JIANWAI], attached.files[0].sha256).new == ("a.pdf",)


def test_a_file_stays_where_forgetting_it_could_not_be_kept(database, folder):
    people = an_open_year(database)
    hand_in(database, folder, people[JIANWAI], ("a.pdf", a_pdf()))

    with database.writing_session() as session:
        assert forget_unclaimed(session, folder=folder, now=NOW + timedelta(days=8)) == 1
        session.rollback()
        session.commit()

    assert kept(database, folder) == (["a.pdf"], ["a.pdf"])


def test_a_file_that_comes_again_while_it_is_forgotten_stays(database, folder):
    people = an_open_year(database)
    hand_in(database, folder, people[JIANWAI], ("a.pdf", a_pdf()))

    with database.writing_session() as session:
        forget_unclaimed(session, folder=folder, now=NOW + timedelta(days=8))
        event.listen(
            session, "after_commit", lambda _: hand_in(database, folder, people["colleague"], ("b.pdf", a_pdf())),
            insert=True,
        )  # fmt: skip
        session.commit()

    assert kept(database, folder) == (["b.pdf"], ["b.pdf"])
