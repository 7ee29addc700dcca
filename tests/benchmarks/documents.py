"""Scorecards and books as PDF, beside a bare reportlab document with the same texts."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from assess.core.scorecard.content import Book, Scorecard
from assess.files.pdf_style.fonts import face
from assess.files.ranked_book_pdf import write_book
from assess.files.scorecard_pdf import CheckCode, write_scorecard
from assess.files.sealing.keys import SealKey
from assess.files.sealing.signing import SealMark, seal_pdf
from tests.benchmarks.measuring import Beside, beside, once, peak_megabytes, seconds
from tests.files.cards import a_card
from tests.files.rankings import a_book
from tests.files.sealing.certificates import NOW, issued

CODE = CheckCode("https://assess.example/check/K7QM-3D2P", "K7QM-3D2P")
COLUMNS = (30, 110, 30, 30, 230, 100)


def one_card(items: int) -> Beside:
    """One scorecard with charts and QR code."""
    card = a_card(items)
    return beside(lambda: write_scorecard(card, None, BytesIO(), "zh", CODE), lambda: write_bare(card))


def write_bare(card: Scorecard) -> None:
    """The texts of a card in plain paragraphs and tables: no charts, code, marks, heads or feet."""
    name = face(False).font.fontName
    style = ParagraphStyle("plain", fontName=name, fontSize=8, leading=10, wordWrap="CJK")

    def cell(text: str | None) -> Paragraph:
        return Paragraph(text or "", style)

    lines = [
        [row.number, cell(row.title.zh), row.points, row.full, cell(row.why.zh), cell(row.clause)] for row in card.rows
    ]
    losses = [[cell(row.title.zh), row.lost, cell(row.why.zh)] for row in card.losses[:5]]
    sources = [[str(each.number), cell(each.figure.zh), each.value.zh, cell(each.source)] for each in card.evidence]
    look = [("FONT", (0, 0), (-1, -1), name, 8)]
    parts = [
        Paragraph(card.name.zh, style),
        Table(lines, COLUMNS, style=look),
        Table(losses, (150, 40, 340), style=look),
        Table(sources, (30, 200, 100, 200), style=look),
    ]
    SimpleDocTemplate(BytesIO(), pagesize=A4, leftMargin=30, rightMargin=30).build(parts)


def whole_book(units: int, items: int) -> tuple[float, float]:
    """Processor seconds and the most megabytes of one process that writes one ranked book to a file."""
    return once(partial(write, a_book(units, items))), peak_megabytes()


def write(book: Book) -> None:
    """Write a book to a file."""
    with TemporaryDirectory() as folder:
        write_book(book, Path(folder, "book.pdf"), "zh", lambda done, of: None)


def sealing(items: int) -> float:
    """Signing one card that is drawn, with a key that is open."""
    drawn, held = BytesIO(), issued("District")
    key = SealKey(held.key, held.certificate, (), Path("seal.pem"))
    write_scorecard(a_card(items), None, drawn, "zh", CODE)
    return seconds(lambda: seal_pdf(drawn.getvalue(), key, SealMark(NOW, "2026年度考核最终结果，第1版", CODE.address)))
