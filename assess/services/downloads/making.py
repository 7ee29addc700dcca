"""The job that makes a file of the whole result: written whole or not at all, kept under its SHA-256."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final, NamedTuple

from assess.core.downloads import KEPT, Product, member_name
from assess.core.errors import NotFound, Refused
from assess.core.scorecard.content import Book
from assess.core.seals.kinds import DocumentKind
from assess.core.text import Language, Text
from assess.services import audit, runs
from assess.services.downloads.counting import CurrentResult, counting_result
from assess.services.evidence.forgetting import ask_to_forget
from assess.services.jobs import WORKER, JobType, Progress
from assess.store.models import Cycle, Download
from assess.store.queries import downloads as queries
from assess.store.queries.cycles import cycle_of_year
from assess.store.queries.seals import documents_of
from assess.store.session import Session, flush
from assess.store.upload_records import record_created_file
from assess.store.uploads import keep_made, kept_path

KIND: Final = "download"
FILE: Final = "download"
"""The kind of a kept file."""
KEPT_FOR: Final = timedelta(days=30)
"""After this a file is let go of, and made again for whoever asks."""
FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every member of a zip, so that the same cards give the same bytes."""

NOT_ASKED: Final = Text(
    "这份文件尚未申请生成，请在“结果下载”页面生成。",
    "This file has not been requested yet. Create it on the Downloads page.",
)
OVERTAKEN: Final = Text(
    "结果已有变化，这份文件不再生成，请重新下载。",
    "The current result has changed, so this file is no longer created. Request it again.",
)


class DownloadOrder(NamedTuple):
    """What was asked for, and where each sealed card of it lies: its SHA-256 by the code of the unit."""

    row: int
    product: Product
    language: Language
    counting: CurrentResult
    sealed: Mapping[str, str]


class DownloadFile(NamedTuple):
    """A file that is on the disk."""

    sha256: str
    size: int
    name: str


def downloading_in(folder: Path) -> JobType:
    """The kind of job that makes files to download, kept in a folder."""
    return JobType(read=read_wanted, work=partial(make_file, folder), keep=keep_file)


def read_wanted(session: Session, arguments: Mapping[str, Any]) -> DownloadOrder:
    """What was asked for.

    Raises:
        NotFound: nobody asked for it.
        Refused: the result is another meanwhile.
    """
    row, counting = asked_for(session, arguments)
    sealed = []
    if counting.seal is not None:
        sealed = documents_of(session, seal=counting.seal.id, kind=DocumentKind.CARD)
    language: Language = "zh" if row.language == "zh" else "en"
    cards = {each.unit: each.sha256 for each in sealed if each.language == language}
    return DownloadOrder(row.id, Product(row.product), language, counting, cards)


def asked_for(session: Session, arguments: Mapping[str, Any]) -> tuple[Download, CurrentResult]:
    """The row of a file, and the result that it is of.

    Raises:
        NotFound: nobody asked for it.
        Refused: the result is another meanwhile.
    """
    row = session.get(Download, arguments["download"])
    found = None if row is None else session.get(Cycle, row.cycle_id)
    cycle = None if found is None else cycle_of_year(session, year=found.year)
    if row is None or cycle is None:
        raise NotFound(NOT_ASKED)
    counting = counting_result(session, cycle)
    if counting is None or (counting.release.id, counting.edition) != (row.release_id, row.edition):
        raise Refused(OVERTAKEN)
    return row, counting


def make_file(folder: Path, wanted: DownloadOrder, progress: Progress) -> DownloadFile:
    """Make the file and keep it.

    Raises:
        NotFound: a kept file is gone from the disk.
    """
    write = {Product.BOOK: write_book_of, Product.CARDS: write_cards, Product.RANKING: write_ranking}[wanted.product]
    sha256, size = keep_made(folder, f"download-{wanted.row}", lambda target: write(folder, wanted, target, progress))
    return DownloadFile(sha256, size, f"{wanted.product}-{wanted.language}.{KEPT[wanted.product].ending}")


def book_here(folder: Path, counting: CurrentResult) -> Book:
    """The ranked book of the result, marked as long as it is provisional."""
    return runs.book_of_run(counting.run, folder=folder, notice=counting.notice)


def book_again(folder: Path, counting: CurrentResult) -> Callable[[], Book]:
    """How a second process makes the same book again."""
    # slow library
    from assess.files.replayed_book import replayed_book

    inputs = kept_path(folder, counting.run.inputs)
    return partial(replayed_book, inputs, counting.run.inputs_digest, notice=counting.notice)


def write_book_of(folder: Path, wanted: DownloadOrder, target: BinaryIO, progress: Progress) -> None:
    """Write the ranked book."""
    # slow library
    from assess.files.ranked_book_pdf import write_book

    again = book_again(folder, wanted.counting)
    write_book(book_here(folder, wanted.counting), target, wanted.language, progress, again=again)


def write_ranking(folder: Path, wanted: DownloadOrder, target: BinaryIO, progress: Progress) -> None:
    """Write the ranking as a workbook."""
    # slow library
    from assess.files.ranking_print_book import write_ranking_print_book

    progress(0, 1)
    with TemporaryDirectory() as made:
        path = Path(made, "ranking.xlsx")
        lines = runs.lines_of_run(wanted.counting.run, folder=folder)
        write_ranking_print_book(lines, path, wanted.language, wanted.counting.notice)
        target.write(path.read_bytes())


def write_cards(folder: Path, wanted: DownloadOrder, target: BinaryIO, progress: Progress) -> None:
    """Write the zip of single cards in rank order: the sealed ones unchanged, else each drawn."""
    # slow library
    from assess.files.scorecard_pdf.several import drawn_cards

    book = book_here(folder, wanted.counting)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed, ExitStack() as stack:
        if wanted.counting.seal is None:
            cards = drawn_cards(book, book_again(folder, wanted.counting), wanted.language, stack)
        else:
            cards = sealed_cards(folder, wanted.sealed, book)
        for done, (name, card) in enumerate(zip(names_of(book, wanted.language), cards, strict=True)):
            progress(done, len(book.cards))
            packed.writestr(zipfile.ZipInfo(name, FIRST_DAY), card)


def sealed_cards(folder: Path, sealed: Mapping[str, str], book: Book) -> Iterator[bytes]:
    """The bytes of each sealed card.

    Raises:
        NotFound: one is gone from the disk.
    """
    for unit, _, _ in book.units:
        yield kept_path(folder, sealed[unit]).read_bytes()


def names_of(book: Book, language: Language) -> Iterator[str]:
    """The name of each card in the zip."""
    places = dict[int, int]()
    for _, name, group in book.units:
        places[group] = place = places.get(group, 0) + 1
        title = "" if len(book.tables) < 2 or group < 0 else book.tables[group].title.localized(language)
        yield member_name(place, title, name.localized(language))


def keep_file(session: Session, arguments: Mapping[str, Any], made: DownloadFile, now: datetime) -> None:
    """Write that the file is there; files that were made long ago are let go of.

    Raises:
        NotFound: nobody asked for it.
        Refused: the result is another meanwhile.
    """
    row, counting = asked_for(session, arguments)
    record_created_file(session, sha256=made.sha256, size=made.size, kind=FILE, file_name=made.name, account=0, now=now)
    row.sha256, row.size, row.made_at = made.sha256, made.size, now
    flush(session)
    for old in queries.downloads_made_before(session, moment=now - KEPT_FOR):
        session.delete(old)
    ask_to_forget(session, now=now)
    flush(session)
    told = {"language": row.language, "run": counting.run.number, "sha256": made.sha256, "size": made.size}
    subject = f"download:{session.get_one(Cycle, row.cycle_id).year}/{row.product}"
    audit.record(session, WORKER, subject=subject, action="made", new=told, now=now)
