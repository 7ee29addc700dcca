"""Chinese words for the English ones: each list as the guide tells it, and suppliers beside departments."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assess.core.kinds import ListOf, MapOf, RecordOf, WordList
from assess.core.methods import ALL, METHOD_RECORDS, METHOD_WORDS
from assess.core.obligations.tasks import ListedTask
from assess.core.rules.adjustments import RECORDS, AdjustmentKind
from assess.core.rules.figure import SUPPLIERS_READ
from assess.core.rules.nodes import Item, Section
from assess.core.rules.sheet import RuleSheet, digest_of
from assess.core.schema import FieldType, keys_of
from assess.core.text import Language
from tests.core.rules.sheets import a_text, flaws_of, loaded
from tests.core.rules.vocabulary import LISTS, lists_of_words
from tests.guides import GUIDES

NOT_IN_THE_GUIDE = {"true": ("yes",), "false": ("no",), "at": ("reached",)}
"""Other English spellings, which no table tells."""


def lists_in_code(*records: type) -> Iterator[tuple[str, WordList]]:
    """The lists of words of records and of those inside them, by the key that takes them."""
    for record in records:
        for name, field in keys_of(record).items():
            kind = field.metadata["kind"]
            if isinstance(kind.words, WordList) and kind.words:
                yield name, kind.words
            yield from lists_in_code(*records_in(kind))


def records_in(kind: FieldType) -> tuple[type, ...]:
    """The record that a kind holds."""
    inner = kind.kind if isinstance(kind, ListOf | MapOf) else kind
    return (inner.record,) if isinstance(inner, RecordOf) else ()


@pytest.mark.parametrize("language", GUIDES)
def test_each_guide_tells_the_words_of_every_list_and_no_others(language: Language):
    own = {("method", METHOD_WORDS), ("kind", AdjustmentKind.words), ("from", SUPPLIERS_READ)}
    found = {*lists_in_code(RuleSheet, Section, Item, *ALL, *METHOD_RECORDS, *RECORDS.values(), ListedTask), *own}
    told = {
        (key, tuple((word, tuple(sorted(each))) for word, each in sorted(words.items())))
        for key, lists in lists_of_words(language).items()
        for words in lists
    }

    assert told == {
        (key, tuple((word, tuple(sorted(set(words.spellings[word]) - {*NOT_IN_THE_GUIDE.get(word, ())})))
                    for word in sorted(words)))
        for key, words in found
    }  # fmt: skip


def test_the_word_written_in_a_workbook_is_the_first_of_the_guide():
    told = {(word, words[word][0]) for lists in LISTS.values() for words in lists for word in words}
    written = lists_in_code(RuleSheet, Section, Item, *ALL)

    assert {(word, words.called(word).zh) for _, words in written for word in words} <= told


def digest(text: str) -> str:
    """The digest of a sheet without flaws."""
    assert flaws_of(text) == []
    return digest_of(loaded(text).sheet)


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("missing: ' 不计总分 '", "missing: block"),
        ("missing: 暂缓\nrounding: {mode: 四舍六入五留双, item: 不修约, total: 2}",
         "missing: block\nrounding: {mode: half-even, item: none, total: 2}"),
    ],
)  # fmt: skip
def test_a_chinese_word_gives_the_digest_of_the_english_one(chinese: str, english: str):
    assert digest(a_text(head=chinese)) == digest(a_text(head=english))


COMPUTED = "x: {kind: 数值, from: unit}\ny: {kind: 数值, from: 公式, formula: x * 2}"
USED = '- {id: item, points: 10, method: 评分, figure: y, clause: "1"}'


def supplier(text: str, figure: str = "x") -> str:
    """Who supplies a figure of a sheet."""
    return loaded(text).sheet.figures[figure].from_


def test_a_word_for_a_supplier_is_read_where_its_figure_has_the_key_that_tells_it():
    assert supplier(a_text(USED, figures=COMPUTED), "y") == "formula"
    assert supplier(a_text(figures="x: {kind: 次数, from: 台账, measure: 逾期}")) == "ledger"
    assert supplier(a_text(figures="x: {kind: 次数, from: 任务清单, measure: 逾期}")) == "task-list"
    assert supplier(a_text(figures="x: {kind: 次数, from: 台账, formula: 1 + 1}")) == "台账"


def test_without_departments_any_other_word_is_the_id_of_one():
    assert supplier(a_text(figures="x: {kind: 数值, from: 街乡}")) == "街乡"


def test_with_departments_a_word_that_is_none_of_them_is_a_supplier():
    named = "missing: zero\ndepartments: {台账: {title: 台账办公室}, urban: {title: 城管委}}"
    assert supplier(a_text(figures="x: {kind: 数值, from: 本单位}", head=named)) == "unit"
    assert supplier(a_text(figures="x: {kind: 次数, from: 台账}", head=named)) == "台账"
    assert supplier(a_text(figures="x: {kind: 次数, from: 台账, measure: 逾期}", head=named)) == "ledger"
    assert supplier(a_text(figures="x: {kind: 次数, from: 问题台账}", head=named)) == "ledger"


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        (a_text(rest="standing: 拟稿"), "9:11: “拟稿”不可用。可用：示例、征求意见、印发。",
         "9:11: “拟稿” cannot be used here. Use one of: demonstration, draft, issued."),
        (a_text(rest="standing: isued"), "9:11: “isued”不可用。是否应为“印发”？",
         "9:11: “isued” cannot be used here. Did you mean “issued”?"),
        (a_text(head="missing: 零分"), "4:10: “零分”不可用，应为得零分、不计、不计总分或{points: 分数}。",
         "4:10: “零分” cannot be used here. Use zero, exclude, block or {points: number}."),
        (a_text('- {id: item, points: 10, method: 线性插法, figure: x, clause: "1"}'),
         "8:36: 没有“线性插法”这种计分方法。是否应为“线性插值”？",
         "8:36: There is no method “线性插法”. Did you mean “interpolate”?"),
        (a_text(rest="adjustments: [{id: a, kind: 加, clause: '1'}]"),
         "9:29: 没有“加”这种加减分。是否应为“加分”？",
         "9:29: There is no adjustment “加”. Did you mean “bonus”?"),
        (a_text(head="missing: zero\ndepartments: {urban: {}}", figures="x: {kind: 数值, from: 企业}"),
         "7:23: 没有“企业”这个部门。可用：街乡、任务清单、问题台账、公式、urban。",
         "7:23: There is no department “企业”. Use one of: unit, task-list, ledger, formula, urban."),
    ],
)  # fmt: skip
def test_what_is_said_of_a_wrong_word_offers_the_words_of_the_reader(text: str, chinese: str, english: str):
    assert chinese in flaws_of(text, language="zh")
    assert english in flaws_of(text, language="en")
