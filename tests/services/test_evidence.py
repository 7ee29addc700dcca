"""Evidence files: who may attach what, what stays when one is withdrawn, and whose content is used twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from assess.core.errors import NotFound, Refused
from assess.core.text import Text
from assess.files.kinds import PROGRAM, TAKEN
from assess.services.evidence import attach_files, file_to_send, repeats_of
from assess.store.models import Attachment, AuditEntry, Cycle, Unit, UploadOwner
from assess.store.queries.evidence import KeptRow, attachments_of
from assess.store.session import Database
from tests.services.evidence import FIGURE, a_pdf, attach, hand_in, page_of, sha, withdraw
from tests.services.forms import an_open_year, save, submit, year_2026
from tests.years import CHAOWAI, JIANWAI, NOW

ANOTHER = Text(
    "其他单位上传过内容相同的佐证材料，请核对是否传错。",
    "Another unit uploaded a file with the same content. Check that this is the right file.",
)


@pytest.fixture
def folder(instance: Path) -> Path:
    return instance / "uploads"


def names(database: Database, people, **where) -> list[str]:
    return [row.file_name for row in page_of(database, people[JIANWAI], **where).files]


def test_a_file_is_kept_once_by_its_content_and_attached_under_the_name_of_who_handed_it_in(database, folder):
    people = an_open_year(database)
    kept = hand_in(database, folder, people[JIANWAI], ("../../台账.PDF", a_pdf()), ("again.pdf", a_pdf()))
    hand_in(database, folder, people[CHAOWAI], ("theirs.pdf", a_pdf()))

    done = attach(database, people[JIANWAI], *[file.sha256 for file in kept.files], note="第 3 页")

    assert kept == ((KeptRow(sha(a_pdf()), "台账.PDF", "pdf"),), ())
    assert done == (("台账.PDF",), (), ())
    assert [path.read_bytes() for path in folder.rglob("*") if path.is_file()] == [a_pdf()]
    (row,) = page_of(database, people["colleague"]).files
    assert (row.subject, row.file_name, row.note, row.kind, row.size, row.by, row.is_repeated) == (
        "figure:vocs_petrol", "台账.PDF", "第 3 页", "pdf", len(a_pdf()), JIANWAI, False,
    )  # fmt: skip


def test_what_is_no_evidence_is_said_file_by_file_and_the_rest_is_kept(database, folder):
    people = an_open_year(database)
    files = [("a.pdf", b""), ("b.pdf", b"MZ\x90\x00 program"), ("c.pdf", a_pdf()), ("d.pdf", a_pdf() * 300_000)]

    kept = hand_in(database, folder, people[JIANWAI], *files)

    assert [file.file_name for file in kept.files] == ["c.pdf"]
    assert [wrong.en for wrong in kept.wrongs] == [
        "a.pdf is empty. Select another file.",
        PROGRAM.localized("en", name="b.pdf", taken=TAKEN),
        "d.pdf is larger than 20 MB and was not saved. Compress or split it, then upload it again.",
    ]


@pytest.mark.parametrize("claim", ["theirs", "nobody's", "../../etc/passwd", "'; DROP TABLE upload; --", ""])
def test_nobody_learns_by_its_hash_whether_a_file_is_here(database, folder, claim):
    people = an_open_year(database)
    hand_in(database, folder, people[CHAOWAI], ("secret.pdf", a_pdf("secret")))
    attach(database, people[CHAOWAI], sha(a_pdf("secret")), unit=CHAOWAI)
    claims = {"theirs": sha(a_pdf("secret")), "nobody's": sha(b"nobody's")}

    with pytest.raises(Refused) as refused:
        attach(database, people[JIANWAI], claims.get(claim, claim))

    assert refused.value.what.en == "A selected file is no longer available. Upload it again."
    assert names(database, people) == []


def test_a_file_of_the_unit_serves_another_figure_without_being_handed_in_again(database, folder):
    people = an_open_year(database)
    hand_in(database, folder, people[JIANWAI], ("台账.pdf", a_pdf()))
    attach(database, people[JIANWAI], sha(a_pdf()))

    others = page_of(database, people["colleague"], figure="vocs_repair").others
    done = attach(database, people["colleague"], others[0].sha256, figure="vocs_repair")

    assert done.new == ("台账.pdf",)
    assert names(database, people, figure="vocs_repair") == ["台账.pdf"]
    assert page_of(database, people[JIANWAI], figure="vocs_repair").others == ()


def test_the_same_file_twice_at_one_figure_is_told_and_attached_once(database, folder):
    people = an_open_year(database)
    hand_in(database, folder, people[JIANWAI], ("a.pdf", a_pdf()), ("b.pdf", a_pdf("b")))
    attach(database, people[JIANWAI], sha(a_pdf()))

    done = attach(database, people[JIANWAI], sha(a_pdf()), sha(a_pdf("b")), sha(a_pdf("b")))

    assert (done.new, done.before) == (("b.pdf",), ("a.pdf",))
    assert names(database, people) == ["a.pdf", "b.pdf"]


def test_a_withdrawn_file_stays_in_the_history_and_may_be_attached_again(database, folder):
    people = an_open_year(database)
    hand_in(database, folder, people[JIANWAI], ("a.pdf", a_pdf()))
    attach(database, people[JIANWAI], sha(a_pdf()))
    (row,) = page_of(database, people[JIANWAI]).files

    assert withdraw(database, people["colleague"], row.id, now=NOW + timedelta(hours=1)) == "a.pdf"

    page = page_of(database, people[JIANWAI])
    assert (page.files, [(each.file_name, each.withdrawn_by, each.withdrawn_at) for each in page.withdrawn]) == (
        (),
        [("a.pdf", "colleague", NOW + timedelta(hours=1))],
    )
    with pytest.raises(NotFound):
        withdraw(database, people[JIANWAI], row.id)
    attach(database, people[JIANWAI], sha(a_pdf()))
    assert names(database, people) == ["a.pdf"]


def test_content_that_another_unit_uses_is_told_the_official_without_its_name_and_the_office_with_it(database, folder):
    people = an_open_year(database)
    for code in (CHAOWAI, JIANWAI):
        hand_in(database, folder, people[code], ("a.pdf", a_pdf()))
    first = attach(database, people[CHAOWAI], sha(a_pdf()), unit=CHAOWAI)
    second = attach(database, people[JIANWAI], sha(a_pdf()))

    assert (first.warnings, second.warnings) == ((), (Text(f"a.pdf：{ANOTHER.zh}", f"a.pdf: {ANOTHER.en}"),))
    with database.reading() as session:
        cycle = year_2026(session)
        told = {
            name: repeats_of(session, people[name], cycle=cycle, unit=JIANWAI)
            for name in (JIANWAI, "office", "evaluator")
        }
        entry = session.query(AuditEntry).filter_by(subject=f"evidence:2026/{JIANWAI}/figure:{FIGURE}").one()
    assert [row.is_repeated for row in page_of(database, people[JIANWAI]).files] == [True]
    named = Text("朝外街道在2026年也上传过内容相同的文件。", "Chaowai Subdistrict uploaded the same content in 2026.")
    assert told == {
        JIANWAI: {sha(a_pdf()): (ANOTHER,)},
        "office": {sha(a_pdf()): (named,)},
        "evaluator": {sha(a_pdf()): (named,)},
    }
    assert (entry.action, entry.new["also_used"]) == (
        "evidence attached",
        [{"year": 2026, "unit": CHAOWAI, "subject": "figure:vocs_petrol"}],
    )


def test_content_of_an_earlier_year_is_told_with_the_year(database, folder):
    people = an_open_year(database)
    hand_in(database, folder, people[JIANWAI], ("a.pdf", a_pdf()))
    with database.writing() as session:
        an_earlier_use(session, JIANWAI, sha(a_pdf()), people[JIANWAI].account)

    assert [warning.en for warning in attach(database, people[JIANWAI], sha(a_pdf())).warnings] == [
        "a.pdf: A file with the same content was uploaded in 2025. Check that it is for this year."
    ]


def an_earlier_use(session, unit: str, upload: str, account: int) -> None:
    """The year before, in which a unit attached a file."""
    cycle = Cycle(year=2025, title_zh="2025", title_en="2025", stage="archived", created_at=NOW, opened_at=NOW)
    session.add(cycle)
    session.flush()
    session.add(
        Unit(
            cycle_id=cycle.id, place=0, code=unit, name_zh="建外街道", name_en="Jianwai", kind="street",
            aliases={"aliases": []}, attributes={},
        )
    )  # fmt: skip
    session.add(
        Attachment(
            cycle_id=cycle.id, unit=unit, subject="figure:vocs_petrol", upload=upload, file_name="old.pdf",
            attached_by=account, attached_at=NOW,
        )
    )  # fmt: skip
    session.flush()


def test_at_most_twenty_files_prove_one_figure(database, folder):
    people = an_open_year(database)
    files = [(f"{n}.pdf", a_pdf(str(n))) for n in range(21)]
    hand_in(database, folder, people[JIANWAI], *files)
    attach(database, people[JIANWAI], *[sha(data) for _, data in files[:19]])

    with pytest.raises(Refused) as refused:
        attach(database, people[JIANWAI], *[sha(data) for _, data in files])

    assert refused.value.fields["files"].en == (
        "You can upload at most 20 files here. There are 19 and you added 2. Merge some files or "
        "withdraw those not needed."
    )
    attach(database, people[JIANWAI], sha(files[19][1]))
    assert len(names(database, people)) == 20


def test_nothing_is_attached_or_withdrawn_while_reporting_is_closed(database, folder):
    people = an_open_year(database)
    hand_in(database, folder, people[JIANWAI], ("a.pdf", a_pdf()))
    attach(database, people[JIANWAI], sha(a_pdf()))
    (row,) = page_of(database, people[JIANWAI]).files
    save(database, people[JIANWAI], {"hazard_ledger": "yes"})
    submit(database, people[JIANWAI])

    with pytest.raises(Refused) as attaching:
        attach(database, people[JIANWAI], sha(a_pdf()), figure="vocs_repair")
    with pytest.raises(Refused) as withdrawing:
        withdraw(database, people[JIANWAI], row.id)
    hand_in(database, folder, people[CHAOWAI], ("a.pdf", a_pdf()))
    with pytest.raises(Refused) as too_late:
        attach(database, people[CHAOWAI], sha(a_pdf()), unit=CHAOWAI, now=NOW + timedelta(days=30))

    assert attaching.value.what.en == "The form has been submitted. To change it, withdraw it first."
    assert withdrawing.value.what.en == "The form has been submitted. To change it, withdraw it first."
    assert too_late.value.what.en.startswith("Submission closed on 2026-12-10")


@pytest.mark.parametrize("who", ["office", "evaluator", CHAOWAI])
def test_only_the_unit_itself_attaches_its_evidence(database, folder, who):
    people = an_open_year(database)
    hand_in(database, folder, people[who], ("a.pdf", a_pdf()))

    with pytest.raises(NotFound):
        attach(database, people[who], sha(a_pdf()))
    with pytest.raises(NotFound):
        attach_to_task(database, people[who], "1")


@pytest.mark.parametrize("figure", ["pm25", "nothing", "outfalls_done@2026-H1"])
def test_a_figure_that_the_unit_does_not_report_has_no_evidence(database, figure):
    people = an_open_year(database)

    with pytest.raises(NotFound) as unknown:
        page_of(database, people[JIANWAI], figure=figure)

    assert unknown.value.what.en == "There is no such figure in this unit's form."


def test_a_file_is_sent_to_its_unit_the_office_and_evaluators_alone(database, folder):
    people = an_open_year(database)
    hand_in(database, folder, people[JIANWAI], ("a.pdf", a_pdf()))
    attach(database, people[JIANWAI], sha(a_pdf()))
    (row,) = page_of(database, people[JIANWAI]).files

    def sent(who: str, number: int = row.id) -> tuple[bytes, str, str]:
        with database.reading() as session:
            found = file_to_send(session, people[who], cycle=year_2026(session), row=number, folder=folder)
            return found.path.read_bytes(), found.name, found.media_type

    for who in (JIANWAI, "colleague", "office", "evaluator"):
        assert sent(who) == (a_pdf(), "a.pdf", "application/pdf")
    told = set()
    for who, number in ((CHAOWAI, row.id), ("leader", row.id), (JIANWAI, row.id + 1)):
        with pytest.raises(NotFound) as refused:
            sent(who, number)
        told.add(refused.value.what.en)
    assert told == {"There is no such file, or you do not have permission to see it."}
    next(path for path in folder.rglob("*") if path.is_file()).unlink()
    with pytest.raises(NotFound) as lost:
        sent("office")
    assert lost.value.what.en == "The file is no longer on the server. Contact the assessment office."


def attach_to_task(database: Database, actor, task: str) -> None:
    with database.writing() as session:
        attach_files(
            session, actor, cycle=year_2026(session), unit=JIANWAI, subject=f"task:{task}", claims=[sha(a_pdf())],
            note="现场照片", now=NOW,
        )  # fmt: skip


def test_the_evidence_of_tasks_stands_apart_from_that_of_figures(database, folder):
    people = an_open_year(database)
    hand_in(database, folder, people[JIANWAI], ("a.pdf", a_pdf()))
    attach_to_task(database, people[JIANWAI], "7")

    with database.reading() as session:
        found = attachments_of(session, cycle=year_2026(session).id, unit=JIANWAI)
        assert session.query(UploadOwner).count() == 1
    assert {subject: [row.note for row in rows] for subject, rows in found.items()} == {"task:7": ["现场照片"]}
