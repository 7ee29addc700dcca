"""Leaders and the office take the whole result away, officials their own card."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipFile

import openpyxl
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from assess.core.actors import Actor
from assess.core.downloads import Product
from assess.core.workflow import Stage
from assess.services import runs
from assess.settings import Settings
from assess.store.models import Grant, Job
from assess.store.queries.accounts import account_called
from assess.store.session import Database
from assess.store.uploads import kept_path
from tests.files.reading import bookmarks, reader, text_of
from tests.queries import counted
from tests.services.downloads import ask_file, make_files
from tests.services.forms import year_2026
from tests.services.moves import move_on
from tests.services.runs import a_run, a_supplied_year
from tests.services.seals import ask_seal, seal_all, sealed_documents, sealed_editions
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.forms import PageForm
from tests.web.pages import Page, submit, visit
from tests.years import CHAOWAI, JIANWAI, VERIFIED

PAGE = "/2026/downloads"


def press(client: FlaskClient, product: str, language: str) -> None:
    """Have a file made."""
    [form] = [each for each in visit(client, PAGE).forms if (product, language) == wanted(each)]
    submit(client, form, {})


def wanted(form: PageForm) -> tuple[str, str]:
    """What the button of a form asks for."""
    return form.values.get("product", ""), form.values.get("language", "")


def name_of(answer: TestResponse) -> str:
    """What a file is called when it is saved."""
    said = answer.headers["Content-Disposition"]
    return unquote(said.rpartition("UTF-8''")[2]) if "UTF-8''" in said else said.split('"')[1]


def card(client: FlaskClient, unit: str, language: str = "zh") -> TestResponse:
    """A single card."""
    return client.get(f"{PAGE}/card?unit={unit}&language={language}", buffered=True)


def files_on(page: Page) -> list[str]:
    """The addresses of the files that can be taken away."""
    return [link for link in reversed(page.links.values()) if link.startswith((f"{PAGE}/", "/2026/seal/"))]


def taken_by(client: FlaskClient) -> dict[str, bytes]:
    """All files of the whole result that a person finds on the page, by name."""
    answers = [client.get(address, buffered=True) for address in files_on(visit(client, PAGE))]
    return {name_of(answer): answer.data for answer in answers}


def packed_in(data: bytes) -> dict[str, bytes]:
    """The members of a zip."""
    with ZipFile(BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_a_released_result_is_taken_away_made_once_and_marked_until_it_is_sealed(
    database: Database, settings: Settings, sign_in_as: SignInAs
):
    people = a_supplied_year(database, units=2)
    leader, office, official = (english(sign_in_as(who)) for who in ("leader", "office", JIANWAI))
    number = a_run(database, people["office"], settings.uploads).number
    for who in (leader, office, official):
        assert "Nothing is released yet." in visit(who, PAGE).main
        assert card(who, JIANWAI).status_code == 404
    with database.writing() as session:
        runs.release_provisional(session, people["office"], cycle=year_2026(session), number=number, now=VERIFIED)

    for product in ("book", "cards", "ranking"):
        press(leader, product, "zh")
        assert (product, "zh") not in [wanted(form) for form in visit(office, PAGE).forms]
    press(office, "cards", "en")
    ask_file(database, people["office"], Product.BOOK)
    assert visit(leader, PAGE).main.lower().count("waiting") == 4
    make_files(database, settings.uploads)
    ask_file(database, people["office"], Product.BOOK)
    assert states_of_jobs(database) == ["done"] * 4
    with counted(leader.application.extensions["database"]) as asked:
        provisional = files_on(visit(leader, PAGE))
    assert len(asked) <= 12
    check_marked(taken_by(leader), card(official, JIANWAI))
    assert [card(official, unit).status_code for unit in (CHAOWAI, "nobody", "")] == [404, 404, 404]
    assert [card(leader, unit).status_code for unit in (CHAOWAI, "nobody", "")] == [200, 404, 404]
    assert [official.get(address).status_code for address in provisional] == [403] * 4
    assert files_on(visit(official, PAGE)) == []

    documents = sealed(database, people["office"], settings)
    assert [office.get(address).status_code for address in provisional] == [404] * 4
    for language in ("zh", "en"):
        press(office, "cards", language)
    make_files(database, settings.uploads)
    check_unchanged(taken_by(office), documents)
    assert card(official, JIANWAI, "en").data == documents[JIANWAI, "en"]
    no_leader_any_more(database)
    assert [leader.get(address).status_code for address in (PAGE, *files_on(visit(office, PAGE)))] == [403] * 5


def states_of_jobs(database: Database) -> list[str]:
    """How the jobs stand that make files."""
    with database.reading() as session:
        return [job.state for job in session.query(Job).filter(Job.kind == "download")]


def check_marked(files: dict[str, bytes], own: TestResponse) -> None:
    """Every file says that it is not final, by its name too; the single card is that of the zip."""
    assert list(files) == [
        "2026年度考核结果汇编（公示稿，第1次计分）.pdf",
        "2026年度各单位考核结果单（公示稿，第1次计分）.zip",
        "2026 scorecards (provisional, run 1).zip",
        "2026年度考核排名（公示稿，第1次计分）.xlsx",
    ]
    book, cards, english_cards, ranking = files.values()
    single = packed_in(cards)
    assert bookmarks(reader(book))[0] == (0, "封面", 1)
    assert sorted(name.partition(" ")[2] for name in single) == ["建外街道.pdf", "朝外街道.pdf"]
    assert len(packed_in(english_cards)) == 2
    assert own.data in single.values()
    assert name_of(own) == "2026年度建外街道考核结果单（公示稿，第1次计分）.pdf"
    for document in (book, *single.values()):
        assert "公示稿 · 非最终结果" in text_of(document)
        assert "第1次计分（公示稿）" in text_of(document)
    assert "公示稿，非最终结果" in str(openpyxl.load_workbook(BytesIO(ranking)).worksheets[0]["A2"].value)


def sealed(database: Database, office: Actor, settings: Settings) -> dict[tuple[str, str], bytes]:
    """The documents of the year once it is sealed, by unit and language."""
    for stage in (Stage.APPEALS, Stage.FINAL):
        move_on(database, office, stage)
    ask_seal(database, office)
    seal_all(database, settings.uploads)
    return {
        (each.unit, each.language): kept_path(settings.uploads, each.sha256).read_bytes()
        for each in sealed_documents(database, sealed_editions(database)[0])
    }


def check_unchanged(files: dict[str, bytes], documents: dict[tuple[str, str], bytes]) -> None:
    """Books and zips hold the sealed documents as they are."""
    assert list(files) == [
        "2026 考核结果汇编.pdf",
        "2026 Ranked results.pdf",
        "2026年度各单位考核结果单（定稿第1版）.zip",
        "2026 scorecards (final, edition 1).zip",
    ]
    book, english_book, *zips = files.values()
    assert [book, english_book] == [documents["", "zh"], documents["", "en"]]
    for data, language in zip(zips, ("zh", "en"), strict=True):
        cards = [data for (unit, spoken), data in documents.items() if unit and spoken == language]
        assert sorted(packed_in(data).values()) == sorted(cards)


def no_leader_any_more(database: Database) -> None:
    """The roles of a person are taken away."""
    with database.writing() as session:
        account = account_called(session, username="leader")
        assert account is not None
        session.query(Grant).filter(Grant.account_id == account.id).delete()
