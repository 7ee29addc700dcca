"""What the columns of a rule sheet's workbook are called, and what the words of their drop-downs mean."""

from __future__ import annotations

from typing import Final

from assess.core.kinds import RecordOf, Title, WordList
from assess.core.methods import METHODS
from assess.core.rules.nodes import Item
from assess.core.rules.words import KEYS, key_words
from assess.core.schema import FieldType, keys_of
from assess.core.text import Text
from assess.files.rule_sheets.book_layout import PARTS, Tab, place_of

OWN: Final[dict[str, Text]] = {
    "sheet.key": Text("键", "key"),
    "sheet.value": Text("内容", "content"),
    "methods.at_least": Text("最少得分部分数", "minimum parts with a score"),
    "items.by": Text("分期或分对象", "scored by"),
    "items.where": Text("计入条件（分期或分对象）", "parts that count"),
    "items.parent": Text("上级编号", "parent"),
    "items.method": Text("计分方法（考核项）", "method of an item"),
    "items.combine": Text("汇总方法（考核类别）", "how a section combines its parts"),
    "items.settings": Text("计分方法的其他设置", "other settings of the method"),
    "grades.result": Text("其他排名的编号（空白为总分）", "id of another ranking, blank for the total"),
    "rows.node": Text("考核项编号", "id of the item"),
    "rows.part": Text("明细类型", "type of detail"),
    "rows.no": Text("序号", "number, rising within its part"),
    "rows.key": Text("选项或状态", "choice or status"),
    "rows.across": Text("另一数据项的选项", "choice of the second figure"),
    "rows.value": Text("系数", "coefficient"),
    "rows.x": Text("数据值", "value of the figure"),
    "rows.from": Text("不低于", "from"),
    "rows.to": Text("不高于", "up to"),
    "rows.points": Text("分", "points"),
    "rows.at_most": Text("最多（分）", "most points"),
    "grades.from": Text("总分不低于", "from a total of"),
    "grades.to": Text("总分不高于", "up to a total of"),
    "adjustments.kind": Text("类型", "type"),
}
"""Columns that no record has, or that serve several records; by tab and key."""
LANGUAGES: Final = {"zh": Text("（中文）", " (Chinese)"), "en": Text("（英文）", " (English)")}


def heading_of(tab: Tab, key: str) -> Text:
    """What a key is called in a tab; a key inside another is called by both."""
    head, dot, rest = key.partition(".")
    record = next((record for record in tab.records if head in keys_of(record)), None)
    name = OWN.get(f"{tab.key}.{head}")
    if name is None:
        name = KEYS[head] if record is None else key_words(record, head)
    return inside(name, kind_of(tab, head), rest) if dot else name


def kind_of(tab: Tab, key: str) -> FieldType:
    """What a key of a tab holds."""
    place = place_of(tab.kinds, key)
    assert place is not None
    return place.kind


def inside(outer: Text, kind: FieldType, key: str) -> Text:
    """What a key inside another is called: a language, a key of a record, or a group, choice or grade."""
    if isinstance(kind, Title):
        inner = LANGUAGES[key]
        return Text(outer.zh + inner.zh, outer.en + inner.en)
    if isinstance(kind, RecordOf):
        head, dot, rest = key.partition(".")
        name = key_words(kind.record, head)
        both = Text(f"{outer.zh}·{name.zh}", f"{outer.en}: {name.en}")
        return inside(both, keys_of(kind.record)[head].metadata["kind"], rest) if dot else both
    return Text(f"{outer.zh}（{key}）", f"{outer.en} ({key})")


def words_of(tab: Tab, key: str) -> str:
    """The words a key takes, in Chinese and in English."""
    place = place_of(tab.kinds, key)
    words = () if place is None else place.kind.words
    if isinstance(words, WordList):
        return " · ".join(f"{chinese(words, word)} {word}" for word in words)
    return " · ".join(f"{PART_WORDS[word]} {word}" for word in words)


def chinese(words: WordList, word: str) -> str:
    """The Chinese spellings of a word."""
    return "、".join(each for each in words.spellings[word] if not each.isascii())


PART_WORDS: Final = {
    part: next(key_words(record, part).zh for record in (*METHODS.values(), Item) if part in keys_of(record))
    for part in PARTS
}
"""What the parts of items are called in Chinese."""
