"""What a sealed document says of its seal, on the card and on the cover of the book."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest

from assess.core.rules.sheet import SheetStanding
from assess.core.scorecard.content import Sealing
from assess.core.text import Language
from assess.files.ranked_book_pdf import write_book
from assess.files.scorecard_pdf import CheckCode
from tests.files.cards import DIGEST, a_card, a_head
from tests.files.long_cards import a_long_card
from tests.files.rankings import a_book
from tests.files.reading import faults, text_of
from tests.files.written_cards import LANGUAGES, a_document

CODE = CheckCode("https://assess.example.gov.cn/check/42SK-SPVW-DN6D", "42SK-SPVW-DN6D")
LOG = "0123456789abcdef" * 4
FIRST = Sealing(1, "2027-01-20 10:03", 3, LOG)
SECOND = Sealing(2, "2027-02-03 09:00", 4, LOG, replaces=1, reason="更正前进街道第6项的数据。")
HEAD = a_head(standing=SheetStanding.ISSUED, sealing=SECOND)

SAID: dict[Language, list[str]] = {
    "zh": [
        "封存版次", "第2版（定稿）", "封存时间", "2027-02-03 09:00", "更正说明",
        "本版取代第1版：更正前进街道第6项的数据。", "操作日志摘要", LOG, "计分次数", "第4次 · 程序版本 1.0",
        "校验码 42SK-SPVW-DN6D",
    ],
    "en": [
        "Edition", "Edition 2 (final)", "Sealed", "2027-02-03 09:00", "Correction",
        "Replaces edition 1: 更正前进街道第6项的数据。", "Audit log", LOG, "Scoring run", "No. 4 · program version 1.0",
        "Check code 42SK-SPVW-DN6D",
    ],
}  # fmt: skip


def a_sealed_book(language: Language) -> bytes:
    stream = BytesIO()
    write_book(replace(a_book(6, 10), head=HEAD), stream, language, lambda done, of: None, CODE)
    return stream.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_card_and_book_say_which_edition_they_are_what_it_replaces_and_how_the_log_stood(language: Language):
    card = a_document(a_card(10, head=HEAD), language=language, code=CODE)
    book = a_sealed_book(language)

    assert [said for data in (card, book) for said in SAID[language] if said not in text_of(data).splitlines()] == []
    assert DIGEST in text_of(book)
    assert (faults(card), faults(book)) == ([], [])


def test_a_first_edition_replaces_nothing_and_a_document_that_is_not_sealed_says_nothing_of_it():
    first = text_of(a_document(a_card(10, head=a_head(sealing=FIRST)), code=CODE)).splitlines()
    plain = text_of(a_document(a_card(10))).splitlines()
    labels = ("封存版次", "封存时间", "更正说明", "操作日志摘要", "计分次数")

    assert [label for label in labels if label in first] == ["封存版次", "封存时间", "操作日志摘要", "计分次数"]
    assert [label for label in labels if label in plain] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_names_and_reasons_leave_the_code_alone(language: Language):
    head = replace(HEAD, sealing=replace(SECOND, reason="更正理由" * 100))

    assert faults(a_document(replace(a_long_card(), head=head), language=language, code=CODE)) == []
