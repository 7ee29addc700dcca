"""What can be taken away of a released result, and what the files are called."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from assess.core.scorecard.content import Notice, Sealing
from assess.core.text import Language, Text
from assess.core.workflow import LabeledEnum


class Product(LabeledEnum):
    """A file of the whole result."""

    BOOK = "book", "考核结果汇编", "Ranked results"
    CARDS = "cards", "各单位考核结果单", "Scorecards of all units"
    RANKING = "ranking", "考核排名表", "Ranking (Excel)"


class FileFormat(NamedTuple):
    """How a kind of file ends, and its media type."""

    ending: str
    media_type: str


PDF: Final = FileFormat("pdf", "application/pdf")
KEPT: Final = {
    Product.BOOK: PDF,
    Product.CARDS: FileFormat("zip", "application/zip"),
    Product.RANKING: FileFormat("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
CALLED: Final = {
    Product.BOOK: Text("考核结果汇编", "ranked results"),
    Product.CARDS: Text("各单位考核结果单", "scorecards"),
    Product.RANKING: Text("考核排名", "ranking"),
}
CARD: Final = Text("{unit}考核结果单", "scorecard of {unit}")
NAMED: Final = Text("{year}年度{what}（{standing}）.{ending}", "{year} {what} ({standing}).{ending}")
PROVISIONAL: Final = Text("公示稿，第{run}次计分", "provisional, run {run}")
EDITION: Final = Text("定稿第{edition}版", "final, edition {edition}")
UNWRITABLE: Final = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|]+')
"""What some system or other refuses in the name of a file."""
MAX_FILE_NAME_LENGTH: Final = 80


def product_name(product: Product, language: Language, *, year: int, standing: Text) -> str:
    """What a file of the whole result is called when it is saved."""
    return named(CALLED[product], language, year=year, standing=standing, ending=KEPT[product].ending)


def card_name(unit: Text, language: Language, *, year: int, standing: Text) -> str:
    """What a single card is called when it is saved."""
    what = Text(CARD.zh.format(unit=clean(unit.zh)), CARD.en.format(unit=clean(unit.en)))
    return named(what, language, year=year, standing=standing, ending=PDF.ending)


def named(what: Text, language: Language, *, year: int, standing: Text, ending: str) -> str:
    """The name of a file in one language."""
    return NAMED.localized(language, year=year, what=what, standing=standing, ending=ending)


def standing_of(notice: Notice | None, sealing: Sealing | None) -> Text:
    """What the name of a file says of its standing."""
    if sealing is not None:
        return EDITION.format(edition=sealing.edition)
    return PROVISIONAL.format(run=0 if notice is None else notice.run)


def member_name(place: int, group: str, unit: str) -> str:
    """The name of a card within the zip: a folder for its group, its place in the ranking, and the unit."""
    folder = f"{clean(group)}/" if group else ""
    return f"{folder}{place:03d} {clean(unit)}.pdf"


def clean(words: str) -> str:
    """Words as every system takes them for a name, and not too long for one."""
    return UNWRITABLE.sub(" ", words).strip(" .")[:MAX_FILE_NAME_LENGTH].strip(" .") or "-"
