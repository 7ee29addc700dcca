"""The office seals the result, and anybody checks a document by its code or by the file."""

from __future__ import annotations

from io import BytesIO

from flask.testing import FlaskClient

from assess.core.rules.sheet import SheetStanding
from assess.core.seals.kinds import NOT_ISSUED, SealVerdict
from assess.services.seals.asking import NOT_CONFIRMED
from assess.services.seals.checking import MAX_LOOKS
from assess.services.seals.sealing import KIND
from assess.settings import Settings
from assess.store.models import Cycle, Job
from assess.store.queries import runs as run_queries
from assess.store.session import Database
from assess.store.uploads import kept_path
from tests.audit import entries
from tests.queries import counted
from tests.services.runs import a_run
from tests.services.seals import a_final_year, seal_all, sealed_documents, sealed_editions
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.pages import Page, read, submit, visit

SEAL = "/2026/seal"
WHY = "A trial of the whole year."


def sent(client: FlaskClient, data: bytes) -> Page:
    """The answer of the check page to a file."""
    [form] = [each for each in visit(client, "/check").forms if each.multipart]
    return submit(client, form, {"file": (BytesIO(data), "card.pdf")}, status=200)


def seal_by_an_unissued_sheet(database: Database, office: FlaskClient) -> None:
    """The sheet is a demonstration and the year is not: pages say so, and a seal needs a reason, which is kept."""
    with database.writing() as session:
        session.query(Cycle).update({Cycle.demonstration: False})
    for path in ("/2026/runs/new", "/2026/runs/1", "/2026/runs/1/release"):
        assert "The rule sheet is for demonstration. Results state this on every page." in visit(office, path).main
    page = visit(office, SEAL)
    assert "Nothing is sealed yet." in page.main
    assert "The rule sheet is a demonstration, but the year is not" in page.main
    page = submit(office, page.form(), {"unissued": " "}, status=422)
    assert page.errors == [NOT_CONFIRMED.localized("en", what=NOT_ISSUED[SheetStanding.DEMONSTRATION].en)]
    submit(office, page.form(), {"unissued": WHY})
    with database.reading() as session:
        entry = next(each for each in reversed(entries(session)) if each.subject == "seal:2026/1")
        assert (entry.action, entry.new["unissued"]) == ("asked", WHY)


def while_it_is_made(database: Database, office: FlaskClient) -> None:
    """The page says that the edition is being made and how far it is, and offers no other."""
    with database.writing() as session:
        session.query(Job).filter_by(kind=KIND).update({Job.steps: 4, Job.steps_done: 1})
    page = visit(office, SEAL)
    assert "Waiting Edition 1, requested by" in page.main
    assert "The documents are being created and sealed." in page.main
    assert "1 of 4 complete" in page.main
    assert [form.action for form in page.forms if form.in_main] == []


def nothing_to_correct(office: FlaskClient) -> None:
    """The page offers no corrected edition of the run that is sealed, and says why."""
    page = visit(office, SEAL)
    assert "so there is no correction to seal" in page.main
    assert [form.action for form in page.forms if form.in_main] == []


def as_the_paper_says(database: Database, card: Page, unit: str, book: Page) -> None:
    """Standing of both, grade and converted points of the card stand on the check page."""
    with database.reading() as session:
        [result] = run_queries.results_of(session, run=sealed_editions(database)[0].run, unit=unit)
    assert f"Grade {(result.grade or '').capitalize()} Converted points {result.converted}" in card.main
    assert "Status of the result Demonstration Unit Jianwai" in card.main
    assert ("This is the current edition." in card.main, "Chaowai" in card.main) == (True, False)
    assert "Status of the result Demonstration" in book.main


def test_the_office_seals_and_anybody_checks_what_was_sealed(
    database: Database, settings: Settings, sign_in_as: SignInAs, client: FlaskClient
):
    people = a_final_year(database, settings.uploads, units=2)
    office = english(sign_in_as("office"))
    app = office.application.extensions["database"]
    seal_by_an_unissued_sheet(database, office)
    while_it_is_made(database, office)
    seal_all(database, settings.uploads)
    with counted(app) as asked:
        sealed = visit(office, SEAL)
    assert len(asked) <= 12
    assert f"Sealed although the rule sheet was not issued: {WHY}" in sealed.main
    documents = sealed_documents(database, sealed_editions(database)[0])
    assert [row[2] for row in sealed.tables["Documents of edition 1"][1:]] == [each.code for each in documents]
    book, _, card, _, other, _ = documents
    leader, official = sign_in_as("leader"), sign_in_as(card.unit)
    wanted = [(leader, book), (leader, card), (official, card), (official, other), (official, book)]
    answers = [who.get(f"{SEAL}/documents/{each.id}", buffered=True) for who, each in wanted]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 404, 404]
    own = visit(english(official), f"/2026/result/{card.unit}")
    assert own.links["Scorecard, sealed, in Chinese"] == f"{SEAL}/documents/{card.id}"
    assert ("This is the final result." in own.main, card.code in own.main) == (True, True)
    assert "only if at least three of its units have points" in own.main
    data = answers[1].data
    assert data == kept_path(settings.uploads, card.sha256).read_bytes()

    public = english(client)
    by_code = read(public.get(f"/check?code={card.code}", follow_redirects=True), 200)
    assert by_code.h1 == "This document was sealed"
    as_the_paper_says(database, by_code, card.unit, visit(public, f"/check/{book.code}"))
    assert sent(public, data).h1 == "Exactly as it was sealed"
    assert sent(public, data[:-9] + b"x" + data[-8:]).h1 == "Changed or damaged after it was sealed"
    assert sent(public, b"%PDF-1.7").h1 == SealVerdict.UNSEALED.label.en

    nothing_to_correct(office)
    a_run(database, people["office"], settings.uploads)
    assert submit(office, visit(office, SEAL).form(), {"reason": ""}, status=422).errors
    submit(office, visit(office, SEAL).form(), {"reason": "One figure was corrected.", "unissued": WHY})
    seal_all(database, settings.uploads)
    assert "This edition is no longer valid. Edition 2 of" in visit(public, f"/check/{card.code}").main
    assert "Reason: One figure was corrected." in sent(public, data).main
    assert "本版已失效" in visit(client.application.test_client(), f"/check/{card.code}", language="zh").main


def test_who_guesses_codes_is_told_to_wait(database: Database, client: FlaskClient):
    public = english(client)
    wrong = visit(public, "/check/42SK-SPVW-DN6E", status=422)
    unknown = visit(public, "/check/42SK-SPVW-DN6D", status=404)

    assert wrong.errors == [
        "At least one character of this code is wrong. Compare it with the paper and enter it again."
    ]
    assert "No document with this check code was sealed here" in unknown.errors[0]
    for _ in range(MAX_LOOKS - 2):
        assert public.get("/check/42SK-SPVW-DN6D").status_code == 404
    assert visit(public, "/check/42SK-SPVW-DN6D", status=429).errors == [
        "Too many attempts from here. Wait 15 minutes, then try again."
    ]


def test_anybody_checks_a_file_from_a_page_open_for_long_or_without_cookies(client: FlaskClient):
    answer = client.post("/check", data={"file": (BytesIO(b"a photo"), "card.jpg")}, headers={"Accept-Language": "en"})

    assert "This is not a PDF file" in read(answer, 200).main
