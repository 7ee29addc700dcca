"""Scorecards written and read back."""

from __future__ import annotations

from io import BytesIO

from assess.core.scorecard.content import RankingTable, Scorecard
from assess.core.text import Language
from assess.files.scorecard_pdf import CheckCode, write_scorecard
from tests.files.reading import text_of

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def a_document(
    card: Scorecard, ranking: RankingTable | None = None, language: Language = "zh", code: CheckCode | None = None
) -> bytes:
    stream = BytesIO()
    write_scorecard(card, ranking, stream, language, code)
    return stream.getvalue()


def texts(data: bytes) -> list[str]:
    return text_of(data).splitlines()


def after(lines: list[str], title: str, count: int) -> list[str]:
    """The lines that follow a heading."""
    at = lines.index(title) + 1
    return lines[at : at + count]
