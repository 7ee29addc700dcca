"""The book of a rule sheet as PDF, Word and HTML: the words that the book holds, and nothing needed beside it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from io import BytesIO
from itertools import combinations
from pathlib import Path
from zipfile import ZipFile

import pytest
from defusedxml.ElementTree import fromstring

from assess.core.rule_book import RuleBook, RuleTable, rule_book
from assess.core.text import Language
from assess.files.rule_book.docx import write_rule_docx
from assess.files.rule_book.html import write_rule_html
from assess.files.rule_book.pdf import write_rule_pdf
from assess.files.rule_sheets import load_sheet
from tests.core.rules.books import told
from tests.files.reading import lines_of, reader

WHOLE = Path(__file__).parents[1] / "core" / "rules" / "whole_book" / "rule-sheet.yaml"
LANGUAGES: list[Language] = ["zh", "en"]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SIGNS = re.compile(r"^(#+|-) |\|", re.MULTILINE)


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return rule_book(load_sheet(WHOLE).sheet)


def letters(text: str) -> str:
    """A text without blanks, ends of lines and signs of lists, which setting it may change."""
    return "".join(SIGNS.sub("", text).replace("·", "").split())


def pdf_of(book: RuleBook, language: Language) -> bytes:
    """The bytes of the PDF document."""
    target = BytesIO()
    assert write_rule_pdf(book, target, language) == ()
    return target.getvalue()


class PageWords(HTMLParser):
    """The words of an HTML page below its head, and the addresses that it names."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.addresses: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_endtag(self, tag: str) -> None:
        while self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "main" in self.inside:
            self.words.append(data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_says_every_word_of_the_book(book: RuleBook, language: Language) -> None:
    document = reader(pdf_of(book, language))
    shown = letters("".join(line.text for page in lines_of(document) for line in page))
    missing = [line for line in told(book, language).splitlines() if "|" not in line and letters(line) not in shown]
    assert missing == []
    assert document.metadata is not None
    assert document.metadata.title == book.title.localized(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_a_draft_says_that_it_is_one(book: RuleBook, language: Language) -> None:
    mark = {"zh": "征求意见稿 · 尚未印发", "en": "Draft – not issued"}[language]
    pages = lines_of(reader(pdf_of(book, language)))
    assert len(pages) > 3
    assert all(any(letters(line.text) == letters(mark) for line in page) for page in pages)


def test_no_text_lies_on_another(book: RuleBook) -> None:
    for page in lines_of(reader(pdf_of(book, "zh"))):
        upright = [line for line in page if line.upright]
        assert [(one.text, two.text) for one, two in combinations(upright, 2) if one.covers(two)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_html_says_the_whole_book_and_needs_nothing_beside_it(book: RuleBook, language: Language) -> None:
    target = BytesIO()
    write_rule_html(book, target, language)
    page = PageWords()
    page.feed(target.getvalue().decode())
    mark = {"zh": "征求意见稿 · 尚未印发", "en": "Draft – not issued"}[language]
    assert letters("".join(page.words)) == letters(mark + told(book, language))
    assert page.addresses == []
    assert b"@import" not in target.getvalue()
    assert b"url(" not in target.getvalue()


def test_signs_of_html_in_a_title_are_only_text(book: RuleBook, tmp_path: Path) -> None:
    text = WHOLE.read_text(encoding="utf-8").replace("街乡考核细则", "'<b>细则</b> & {表}'")
    changed = tmp_path / "rule-sheet.yaml"
    changed.write_text(text, encoding="utf-8")
    target = BytesIO()
    write_rule_html(rule_book(load_sheet(changed).sheet), target, "zh")
    assert "<h1>&lt;b&gt;细则&lt;/b&gt; &amp; {表}</h1>" in target.getvalue().decode()


def docx_of(book: RuleBook, language: Language) -> bytes:
    """The bytes of the Word document."""
    target = BytesIO()
    write_rule_docx(book, target, language)
    return target.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_document_says_the_whole_book_in_parts_that_are_all_there(book: RuleBook, language: Language) -> None:
    with ZipFile(BytesIO(docx_of(book, language))) as package:
        parts = {name: fromstring(package.read(name)) for name in package.namelist()}
    named = {f"/{name}" for name in parts if name.startswith("word/") and not name.endswith(".rels")}
    assert {each.get("PartName") for each in parts["[Content_Types].xml"] if each.get("PartName")} == named
    referred = {f"/word/{each.get('Target')}" for each in parts["word/_rels/document.xml.rels"]}
    assert referred == named - {"/word/document.xml"}
    assert letters("".join(parts["word/document.xml"].itertext())) == letters(told(book, language))
    styles = {each.get(f"{W}styleId") for each in parts["word/styles.xml"]}
    used = {each.get(f"{W}val") for part in parts.values() for each in part.iter(f"{W}pStyle")}
    assert used <= styles
    rows = [len(list(row.iter(f"{W}tc"))) for row in parts["word/document.xml"].iter(f"{W}tr")]
    assert rows == [2] * len(book.facts) + [
        len(row) for block in book.blocks if isinstance(block, RuleTable) for row in (block.heads, *block.rows)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_sheet_gives_the_same_bytes(book: RuleBook, language: Language) -> None:
    again = rule_book(load_sheet(WHOLE).sheet)
    assert pdf_of(book, language) == pdf_of(again, language)
    assert docx_of(book, language) == docx_of(again, language)
