"""The seal: editions that are whole, replaced and never changed, and what anybody may check of them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from assess.core.errors import NotAllowed, NotFound, Refused
from assess.core.runs.kinds import RunStanding
from assess.core.seals.kinds import DocumentKind, SealVerdict
from assess.services import runs, seals
from assess.services.seals import asking, sealing
from assess.services.seals.checking import NO_SUCH_CODE, SealCheck
from assess.store.queries import seals as queries
from assess.store.queries.releases import releases_of
from assess.store.queries.seals import DocumentRow
from assess.store.session import Database
from assess.store.uploads import kept_path
from tests.files.reading import text_of
from tests.services.forms import year_2026
from tests.services.runs import a_run, change, newest
from tests.services.seals import a_final_year, ask_seal, seal_all, sealed_documents, sealed_editions
from tests.years import JIANWAI


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Database]:
    """An empty database on the embedded engine."""
    opened = Database(sqlite_url)
    yield opened
    opened.close()


WHY = "更正建外街道的细颗粒物数据。"


def checked(database: Database, data: bytes) -> SealCheck:
    with database.reading() as session:
        return seals.check_file(session, data)


def data_of(folder: Path, document: DocumentRow) -> bytes:
    return kept_path(folder, document.sha256).read_bytes()


def refusal(database: Database, actor: object, reason: str = "") -> Refused:
    with pytest.raises(Refused) as caught:
        ask_seal(database, actor, reason)  # type: ignore[arg-type]
    return caught.value


def test_the_final_result_is_sealed_once_and_a_correction_is_a_new_edition_that_says_why(
    database: Database, instance: Path
):
    folder = instance / "uploads"
    people = a_final_year(database, folder, units=2)
    office = people["office"]
    with pytest.raises(NotAllowed):
        ask_seal(database, people["leader"])
    ask_seal(database, office)
    assert refusal(database, office).what == asking.UNDER_WAY
    assert sealed_editions(database) == []
    seal_all(database, folder)
    [first] = sealed_editions(database)
    documents = sealed_documents(database, first)

    assert [(each.kind, each.unit[-3:], each.language) for each in documents] == [
        (DocumentKind.BOOK, "", "zh"), (DocumentKind.BOOK, "", "en"),
        (DocumentKind.CARD, "001", "zh"), (DocumentKind.CARD, "001", "en"),
        (DocumentKind.CARD, "002", "zh"), (DocumentKind.CARD, "002", "en"),
    ]  # fmt: skip
    assert (first.edition, first.run_number, first.replaces, first.reason) == (1, 1, None, "")

    assert refusal(database, office, WHY).what == asking.NOTHING_NEW.format(run=1, edition=1)
    with database.writing() as session:
        change(session, JIANWAI, "pm25", "2026-01", "12.5")
    a_run(database, office, folder)
    assert refusal(database, office).fields == {"reason": asking.NO_REASON}
    ask_seal(database, office, f" {WHY} ")
    seal_all(database, folder)
    second, before = sealed_editions(database)
    with database.reading() as session:
        standings = [each.standing for each in releases_of(session, cycle=year_2026(session).id)]
        counting = runs.released_run(session, year_2026(session))

    assert before == first
    assert (second.edition, second.run_number, second.replaces, second.reason) == (2, 2, 1, WHY)
    assert f"本版取代第1版：{WHY}" in text_of(data_of(folder, sealed_documents(database, second)[2]))
    assert standings == [RunStanding.FINAL, RunStanding.FINAL, RunStanding.PROVISIONAL]
    assert counting is not None
    assert counting[1].number == 2
    for statement in ("UPDATE seal SET edition = 9", "DELETE FROM sealed_document"):
        with pytest.raises(DBAPIError), database.writing() as session:
            session.execute(text(statement))


def test_the_code_and_the_file_tell_what_a_document_is_and_nothing_of_other_units(sqlite: Database, instance: Path):
    folder = instance / "uploads"
    office = a_final_year(sqlite, folder, units=2)["office"]
    with sqlite.reading() as session:
        head = queries.log_head(session)
    ask_seal(sqlite, office)
    seal_all(sqlite, folder)
    [edition] = sealed_editions(sqlite)
    book, _, card, *_ = sealed_documents(sqlite, edition)
    data, lines = data_of(folder, card), text_of(data_of(folder, card)).splitlines()
    with sqlite.reading() as session:
        known = seals.check_code_typed(session, card.code.lower().replace("-", " "))
        known_book = seals.check_code_typed(session, book.code)
        with pytest.raises(NotFound) as unknown:
            seals.check_code_typed(session, "42SK-SPVW-DN6D")

    assert (known.document, known.seal, known.counting, known.is_replaced) == (card, edition, edition, False)
    assert known.result is not None
    assert (known.result.unit, known_book.result) == (JIANWAI, None)
    assert [said for said in (head, known.result.total, f"校验码 {card.code}", "建外街道") if said not in lines] == []
    assert [line for line in lines if "朝外" in line] == []
    assert unknown.value.what == NO_SUCH_CODE

    altered = data.replace(b"/Type /Page\n", b"/Type /Pagf\n", 1)
    assert checked(sqlite, data)[:2] == (SealVerdict.GENUINE, known)
    assert checked(sqlite, altered)[:2] == (SealVerdict.ALTERED, known)
    assert checked(sqlite, data + b"%")[:2] == (SealVerdict.ADDED, known)
    assert checked(sqlite, b"%PDF-1.7 nothing")[:2] == (SealVerdict.UNSEALED, None)
    assert PdfReader(BytesIO(data)).metadata.title.startswith("建外街道")  # type: ignore[union-attr]


def test_a_seal_broken_off_leaves_nothing_done_again_is_the_same_and_never_of_another_result_than_was_kept(
    sqlite: Database, instance: Path
):
    folder = instance / "uploads"
    places = seals.KeyPlaces(instance / "keys" / "seal.pem")
    office = a_final_year(sqlite, folder, units=1)["office"]
    ask_seal(sqlite, office)
    with sqlite.reading() as session:
        order = sealing.read_order(session, {"order": 1})
    made: list[int] = []

    def broken_off(done: int, of: int) -> None:
        made.append(done)
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        sealing.make_documents(folder, places, order, broken_off)
    assert (made, sealed_editions(sqlite)) == ([0, 2], [])
    touched = order._replace(run=newest(sqlite)._replace(results="0" * 64))
    with pytest.raises(Refused) as caught:
        sealing.make_documents(folder, places, touched, lambda done, of: None)
    assert caught.value.what == sealing.OTHER_RESULT.format(run=1)

    again = sealing.make_documents(folder, places, order, lambda done, of: None)
    seal_all(sqlite, folder)
    [edition] = sealed_editions(sqlite)
    kept = {(each.kind, each.unit, each.language): each.sha256 for each in sealed_documents(sqlite, edition)}

    assert {each[:3]: each.sha256 for each in again.documents} == kept
