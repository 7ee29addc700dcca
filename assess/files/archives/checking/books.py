"""Whether the first pages and the workbooks of the ranking say what the sealed run came to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, get_args
from zipfile import ZipFile

import assess
from assess.core.archives import names
from assess.core.archives.manifest import CheckOutcome, Manifest
from assess.core.explanations.lines import ResultLines
from assess.core.scorecard.book import BookMaker
from assess.core.text import Language, Text
from assess.files.archives.checking.opening import BROKEN, Lacking, OpenedArchive
from assess.files.archives.checking.scoring import MAX_UNPACKED, UNREADABLE
from assess.files.archives.index import index_page
from assess.files.ranking_book import write_ranking_book
from assess.files.result_wording import is_other_version

BOOKS: Final = Text("首页和排名表格", "Front pages and rankings (Excel)")
NOT_COMPARED: Final = Text(
    "首页和排名表格：由版本{then}生成，本版本{now}不逐字比较，以签章和清单为准",
    "Front pages and rankings (Excel): created by version {then}; this version, {now}, does not "
    "compare their wording and relies on the seal and the list",
)
OTHER: Final = Text("{name}：内容与计分结果不符。", "{name}: The contents differ from the scoring results.")


def check_books(archive: OpenedArchive, manifest: Manifest, lines: ResultLines) -> CheckOutcome:
    """The pages and workbooks against those that are made of the same result here and now."""
    if is_other_version(manifest.engine):
        return CheckOutcome(NOT_COMPARED.format(then=manifest.engine, now=assess.__version__))
    return CheckOutcome(BOOKS, tuple(differences(archive, manifest, lines)))


def differences(archive: OpenedArchive, manifest: Manifest, lines: ResultLines) -> Iterator[Text]:
    """What is wrong with pages and workbooks."""
    tables = BookMaker(lines).book().listed
    languages: tuple[Language, ...] = get_args(Language)
    for language in languages:
        page = index_page(manifest, tables, language).encode()
        yield from content_matches(archive, names.INDEX[language], page, bytes)
        with TemporaryDirectory() as folder:
            path = Path(folder) / "ranking.xlsx"
            write_ranking_book(lines, path, language)
            made = parts_of(path.read_bytes())
        yield from content_matches(archive, names.book("ranking", language), made, parts_of)


def content_matches(
    archive: OpenedArchive, name: str, made: object, content: Callable[[bytes], object]
) -> Iterator[Text]:
    """Whether the content of a member is this."""
    try:
        kept = content(archive.read(name))
    except (Lacking, *BROKEN):
        yield UNREADABLE.format(name=name)
        return
    if kept != made:
        yield OTHER.format(name=name)


def parts_of(book: bytes) -> dict[str, bytes]:
    """The parts of a workbook, however they are packed.

    Raises:
        ValueError: they are larger than any of ours.
    """
    with ZipFile(BytesIO(book)) as inside:
        entries = inside.infolist()
        if sum(each.file_size for each in entries) > MAX_UNPACKED:
            raise ValueError("too large")
        return {each.filename: inside.read(each) for each in entries}
