"""A year of many units, made whole: released, downloaded, sealed, archived and verified.

Of more than sixty it is made on two processes where there are two cores, which no smaller year shows.
"""

from __future__ import annotations

import re
from collections import Counter
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from click.testing import CliRunner
from openpyxl import load_workbook
from pypdf import PdfReader

from assess.cli.verify import verify
from assess.core.actors import Actor
from assess.core.downloads import Product
from assess.core.runs.kinds import Origin
from assess.core.seals.kinds import DocumentKind, SealVerdict
from assess.core.workflow import Stage
from assess.files.frozen_inputs import frozen_values
from assess.services import seals
from assess.services.downloads import card_to_send, download_to_send
from assess.services.downloads.sending import DrawnDocument
from assess.store.session import Database
from assess.store.uploads import kept_path
from tests.benchmarks.large_year import a_wide_year
from tests.rounds import SOAKING
from tests.services.archives import an_archive
from tests.services.downloads import ask_file, make_files
from tests.services.forms import year_2026
from tests.services.large_years import a_large_year, come_to, release
from tests.services.runs import newest
from tests.services.seals import ask_seal, seal_all, sealed_documents, sealed_editions
from tests.stores import on_both_soaking, on_sqlite
from tests.years import code_at

UNITS, ITEMS = 61, 10
WHOLE = UNITS if SOAKING else 12
"""Units of the year that comes to its archive; a seal of 61 units is made in `tests/store/test_large_seal_kills.py`."""


@on_both_soaking
def test_a_year_with_figures_from_everywhere_is_sealed_downloaded_archived_and_verified(
    database: Database, database_url: str, instance: Path
):
    folder = instance / "uploads"
    people = a_large_year(database, folder, WHOLE)
    release(database, folder, people["office"])
    assert sources_in(database, folder) == [Origin.LEDGER, Origin.TASK_LIST, Origin.VALUE]
    come_to(database, people["office"], Stage.APPEALS, Stage.FINAL)
    ask_seal(database, people["office"])
    seal_all(database, folder)
    [edition] = sealed_editions(database)
    documents = sealed_documents(database, edition)
    data = [kept_path(folder, each.sha256).read_bytes() for each in documents]
    with database.reading() as session:
        checked = [seals.check_file(session, each) for each in data]

    assert Counter((each.kind, each.language) for each in documents) == {
        (DocumentKind.BOOK, "zh"): 1, (DocumentKind.BOOK, "en"): 1,
        (DocumentKind.CARD, "zh"): WHOLE, (DocumentKind.CARD, "en"): WHOLE,
    }  # fmt: skip
    assert [(each.verdict, each.known and each.known.document) for each in checked] == [
        (SealVerdict.GENUINE, each) for each in documents
    ]
    assert len({each.code for each in documents}) == len(documents)
    assert numbers_of_pages(data[0]) == len(PdfReader(BytesIO(data[0])).pages)

    cards = members(made(database, folder, people["leader"], Product.CARDS))
    sealed = {each.sha256 for each in documents if (each.kind, each.language) == (DocumentKind.CARD, "zh")}
    assert {sha256(each).hexdigest() for each in cards.values()} == sealed

    archive = an_archive(database, database_url, folder, people["office"])
    outcome = CliRunner().invoke(verify, [str(archive), "--lang", "en"])
    assert (outcome.exit_code, [line for line in outcome.output.splitlines() if "WRONG" in line]) == (0, [])
    assert f"Edition 1: {len(documents)} sealed documents" in outcome.output


@on_sqlite
def test_the_provisional_result_of_sixty_one_units_is_taken_away_as_book_cards_and_workbook(
    database: Database, instance: Path
):
    folder = instance / "uploads"
    people = a_wide_year(database, UNITS, ITEMS)
    release(database, folder, people["office"])
    book, zipped, workbook = (made(database, folder, people["leader"], each) for each in Product)
    with database.reading() as session:
        alone = card_to_send(
            session, people["leader"], cycle=year_2026(session), unit=code_at(UNITS - 1), language="zh", folder=folder
        )
    cards = members(zipped)

    assert len(cards) == UNITS
    assert isinstance(alone, DrawnDocument)
    assert alone.data in cards.values()
    assert numbers_of_pages(book) == len(PdfReader(BytesIO(book)).pages)
    assert load_workbook(BytesIO(workbook), read_only=True).sheetnames != []


def sources_in(database: Database, folder: Path) -> list[Origin]:
    """From where the figures of the newest run came."""
    data = kept_path(folder, newest(database).inputs).read_bytes()
    return sorted({each.origin for each in frozen_values(data).now})


def made(database: Database, folder: Path, leader: Actor, product: Product) -> bytes:
    """A file of the result that counts, asked for and made."""
    row = ask_file(database, leader, product)
    make_files(database, folder)
    with database.reading() as session:
        sent = download_to_send(session, leader, cycle=year_2026(session), row=row, folder=folder)
    return sent.path.read_bytes()


def members(zipped: bytes) -> dict[str, bytes]:
    """The files in a zip by name."""
    with ZipFile(BytesIO(zipped)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def numbers_of_pages(book: bytes) -> int:
    """Of how many pages the last page of a book says that it is the last."""
    last = PdfReader(BytesIO(book)).pages[-1].extract_text()
    [(number, of)] = re.findall(r"全册第(\d+)/(\d+)页", last)
    assert number == of
    return int(of)
