"""The hand-over: the sealed result given away once, corrected by what differs, read and acknowledged by receivers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from assess.core.errors import NotAllowed, NotFound, Refused, Stale
from assess.core.handover import columns, content
from assess.core.handover.described import published_schema
from assess.core.handover.differences import applied, records_of
from assess.core.handover.words import FileKind
from assess.services import handover
from assess.services.handover import making, reading
from assess.store.queries.evidence import unclaimed_uploads
from assess.store.session import Database
from assess.store.uploads import kept_path
from tests.audit import entries
from tests.files.test_handover import made
from tests.queries import counted
from tests.services.forms import year_2026
from tests.services.handovers import (
    a_sealed_year,
    acknowledge,
    hand,
    handed,
    name_members,
    page_of,
    seal,
    seal_a_correction,
)
from tests.services.runs import newest
from tests.services.seals import a_final_year, sealed_documents, sealed_editions
from tests.years import CHAOWAI, JIANWAI, NOW


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Database]:
    """An empty database on the embedded engine."""
    opened = Database(sqlite_url)
    yield opened
    opened.close()


NOTHING: Final = object()
TABLES: Final = {
    "HandedUnit": (content.HandedUnit, columns.UNIT_COLUMNS),
    "HandedMember": (content.HandedMember, columns.MEMBER_COLUMNS),
}


def lacking(table: str, rows: Sequence[Any]) -> Iterator[str]:
    """The fields of a table's record that no column shows, or that nobody fills in."""
    record, shown = TABLES[table]
    for field in record._fields:
        if field not in {column.field for column in shown}:
            yield f"{field}: core/handover/columns.py has no column of {table} for it"
        default = record._field_defaults.get(field, NOTHING)
        if all(getattr(row, field) == default for row in rows):
            yield f"{field}: services/handover/preparing.py never fills it in"


WHY = "更正建外街道的细颗粒物数据。"
ADDED = (CHAOWAI, "head", "赵敏")


def test_every_field_of_the_tables_has_a_column_and_is_filled_in(sqlite: Database, instance: Path):
    folder = instance / "uploads"
    people = a_sealed_year(sqlite, folder)
    hand(sqlite, people["office"], folder)
    first = handed(sqlite, people["receiver"], folder)

    assert [*lacking("HandedUnit", first.units), *lacking("HandedMember", first.members)] == []


def test_the_final_result_is_handed_over_whole_and_a_new_edition_as_what_it_changes(database: Database, instance: Path):
    folder = instance / "uploads"
    people = a_sealed_year(database, folder)
    office, receiver = people["office"], people["receiver"]
    assert hand(database, office, folder) == 1
    [edition] = sealed_editions(database)
    first = handed(database, receiver, folder)

    assert (first.number, first.replaces, first.reasons, first.changes) == (1, None, (), ())
    assert (first.result.edition, first.result.run, first.result.log_head) == (1, 1, edition.log_head)
    assert {(each.kind, each.unit, each.language, each.check_code, each.sha256) for each in first.documents} == {
        (each.kind.value, each.unit, each.language, each.code, each.sha256)
        for each in sealed_documents(database, edition)
    }
    assert [(unit.code, unit.state) for unit in first.units] == [(JIANWAI, "scored"), (CHAOWAI, "scored")]
    assert [(each.unit, each.post, each.name, each.days) for each in first.members][:3] == [
        (JIANWAI, "secretary", "王建国", 365), (JIANWAI, "head", "=1+1", 365), (JIANWAI, "deputy-ecology", "", 0),
    ]  # fmt: skip
    assert all(each.points is not None for each in first.members)
    with pytest.raises(Refused) as caught:
        hand(database, office, folder)
    assert caught.value.what == making.SAME.format(number=1)

    seal_a_correction(database, office, folder, WHY)
    name_members(database, ADDED)
    assert hand(database, office, folder) == 2
    second = handed(database, receiver, folder, 2)

    assert (second.replaces, [tuple(each) for each in second.reasons]) == (1, [(2, WHY)])
    assert applied(records_of(first), second.changes) == records_of(second)
    assert second.units[0].total != first.units[0].total
    assert handed(database, receiver, folder, 1) == first
    with database.reading() as session:
        assert unclaimed_uploads(session, before=NOW.replace(year=2099)) == []
    for statement in ("UPDATE handover SET number = 9", "DELETE FROM handover_file", "DELETE FROM handover_receipt"):
        acknowledge(database, receiver)
        with pytest.raises(DBAPIError), database.writing() as session:
            session.execute(text(statement))


def test_a_correction_of_the_teams_alone_needs_a_reason_and_what_was_looked_at_must_be_what_is_handed_over(
    sqlite: Database, instance: Path
):
    folder = instance / "uploads"
    office = a_final_year(sqlite, folder, units=2)["office"]
    with pytest.raises(Refused) as unsealed:
        hand(sqlite, office, folder)
    assert unsealed.value.what == making.NOTHING_SEALED
    seal(sqlite, office, newest(sqlite), folder)
    with pytest.raises(Stale) as stale:
        hand(sqlite, office, folder, seen="0" * 64)
    assert stale.value.what == making.CHANGED
    hand(sqlite, office, folder)
    name_members(sqlite, ADDED)
    with pytest.raises(Refused) as caught:
        hand(sqlite, office, folder, reason=" \n")
    assert caught.value.fields == {"reason": making.NO_REASON}
    hand(sqlite, office, folder, reason=" the head was\nforgotten ")
    second = handed(sqlite, office, folder, 2)

    assert [tuple(each) for each in second.reasons] == [(1, "the head was forgotten")]
    assert [(each.step, each.post, each.name) for each in second.changes] == [
        ("added", "head", "赵敏"), ("removed", "head", ""),
    ]  # fmt: skip


def test_every_file_is_kept_as_it_was_made_and_one_that_was_touched_is_not_read(sqlite: Database, instance: Path):
    folder = instance / "uploads"
    people = a_sealed_year(sqlite, folder)
    hand(sqlite, people["office"], folder)
    with counted(sqlite) as asked:
        page = page_of(sqlite, people["receiver"], folder)
    assert len(asked) == 5
    made_again = made(page.handover)
    with sqlite.reading() as session:
        about = {"cycle": year_2026(session), "number": 1, "folder": folder}
        kept = {
            (each.kind.value, each.language or None): handover.file_to_send(
                session, people["receiver"], row=each.id, **about
            ).path.read_bytes()
            for each in page.files
        }
        with pytest.raises(NotFound):
            handover.file_to_send(session, people["receiver"], row=99, **about)
        sent = handover.data_to_send(session, people["receiver"], cycle=year_2026(session), folder=folder)

    assert kept == made_again
    assert sent.data == kept[FileKind.DATA.value, None]
    assert Draft202012Validator(published_schema("en", "/s")).is_valid(json.loads(sent.data))
    path = kept_path(folder, sent.row.data)
    path.chmod(0o600)
    path.write_bytes(sent.data.replace(b"\xe7\x8e\x8b", b"\xe6\x9d\x8e", 1))
    reading.READ.things.clear()
    with pytest.raises(Refused) as caught:
        handed(sqlite, people["receiver"], folder)
    assert caught.value.what == reading.ALTERED.format(number=1)


def test_receivers_acknowledge_once_and_the_office_sees_who_has_not(sqlite: Database, instance: Path):
    folder = instance / "uploads"
    people = a_sealed_year(sqlite, folder)
    office, receiver = people["office"], people["receiver"]
    hand(sqlite, office, folder)
    with pytest.raises(NotFound):
        acknowledge(sqlite, receiver, 2)
    with sqlite.reading() as session:
        assert handover.progress_of(session, office, cycle=year_2026(session)).missing == ["receiver"]
    first, again = acknowledge(sqlite, receiver), acknowledge(sqlite, receiver)
    with sqlite.reading() as session:
        progress = handover.progress_of(session, office, cycle=year_2026(session))
        told = entries(session, "handover:")

    assert (first.number, first.is_new, again) == ("2026-1-01", True, first._replace(is_new=False))
    assert (progress.missing, progress.is_behind) == ([], False)
    assert [(each.action, each.actor) for each in told] == [("handed over", "office"), ("acknowledged", "receiver")]
    assert told[1].new == {"receipt": "2026-1-01"}
    for who in (JIANWAI, "evaluator", "leader"):
        with pytest.raises(NotAllowed):
            page_of(sqlite, people[who], folder)
    for who in (office, people["leader"], people[JIANWAI]):
        with pytest.raises(NotAllowed):
            acknowledge(sqlite, who)
    for who in (receiver, people["leader"], people[JIANWAI], people["evaluator"]):
        with pytest.raises(NotAllowed):
            hand(sqlite, who, folder, seen="0" * 64)
