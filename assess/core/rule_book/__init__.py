"""The book of a rule sheet: the rule to read and print, without keys, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from assess.core.methods.as_rule import RuleTable
from assess.core.rule_book.content import RuleBlock, RuleBook, RuleHeading, RuleParagraph
from assess.core.rule_book.figures import figure_table
from assess.core.rule_book.nodes import NOTE, adjustment_blocks, node_blocks
from assess.core.rule_book.outcome import outcome_blocks
from assess.core.rule_book.wording import BookWording
from assess.core.rules.checking.marks import full_mark_told
from assess.core.rules.sheet import RuleSheet, SheetStanding, digest_of, title_of
from assess.core.text import EMPTY_TEXT, Text

STANDINGS: Final = {
    SheetStanding.DEMONSTRATION: Text("示例，未印发", "demonstration, not issued"),
    SheetStanding.DRAFT: Text("征求意见稿，未印发", "draft, not issued"),
    SheetStanding.ISSUED: Text("已印发", "issued"),
}
LABELS: Final = {
    "standing": Text("性质", "Standing"),
    "basis": Text("依据文件", "Basis"),
    "issued_by": Text("印发单位", "Issued by"),
    "issued_on": Text("印发日期", "Issued on"),
    "year": Text("考核年度", "Year"),
    "full_mark": Text("满分", "Full mark"),
    "unit_of_result": Text("得分单位", "Scores counted in"),
    "version": Text("评分表编号", "Rule sheet"),
    "digest": Text("评分表摘要", "Digest"),
}
GROUPS, GROUP, WHERE = Text("分组", "Groups"), Text("分组", "Group"), Text("范围", "Units")
FIRST_MATCH = Text("按次序归入首个符合的分组。", "A unit belongs to the first group that it matches.")
OBJECTS, OBJECT, ABOUT = Text("对象类别", "Kinds of objects"), Text("对象类别", "Kind"), Text("说明", "Note")
ITEMS = Text("考核项", "Items")
BOUNDS = Text(
    "除另有说明外，每项得分不低于0、不高于满分；不设满分的和标准化的不受此限。",
    "Unless stated otherwise an item earns no less than 0 and no more than its full mark. This does not apply "
    "to items without a full mark and to normalised ones.",
)
ADJUSTMENTS = Text("加减分和一票否决", "Adjustments")
FIGURES = Text("数据项", "Figures")


def rule_book(sheet: RuleSheet) -> RuleBook:
    """The book of a sheet that was read without flaws."""
    words, digest = BookWording(sheet), digest_of(sheet)
    return RuleBook(
        title=sheet.title, sheet=sheet.id, year=sheet.year, standing=sheet.standing, digest=digest,
        facts=tuple((LABELS[name], told) for name, told in facts_of(sheet, digest)),
        blocks=tuple(blocks_of(sheet, words)),
    )  # fmt: skip


def facts_of(sheet: RuleSheet, digest: str) -> Iterator[tuple[str, Text]]:
    """What stands at the head, by its label."""
    if sheet.standing is not None:
        yield "standing", STANDINGS[sheet.standing]
    for name in ("basis", "issued_by", "issued_on"):
        text = getattr(sheet, name)
        if text is not None:
            yield name, text
    yield "year", Text.same(str(sheet.year))
    yield "full_mark", full_mark_told(sheet)
    if sheet.unit_of_result is not None:
        yield "unit_of_result", sheet.unit_of_result
    yield "version", Text.same(sheet.id)
    yield "digest", Text.same(digest)


def blocks_of(sheet: RuleSheet, words: BookWording) -> Iterator[RuleBlock]:
    """Everything below the head."""
    if sheet.note is not None:
        yield RuleParagraph(NOTE.format(text=sheet.note))
    yield from group_blocks(sheet, words)
    yield from object_blocks(sheet, words)
    yield RuleHeading(0, ITEMS)
    yield RuleParagraph(BOUNDS)
    yield from node_blocks(sheet.items, sheet.missing, words)
    if sheet.adjustments:
        yield RuleHeading(0, ADJUSTMENTS)
        yield from adjustment_blocks(sheet, words)
    yield from outcome_blocks(sheet, words)
    if sheet.figures:
        yield RuleHeading(0, FIGURES)
        yield figure_table(sheet, words)


def group_blocks(sheet: RuleSheet, words: BookWording) -> Iterator[RuleBlock]:
    """The groups and which units belong to each."""
    if sheet.groups:
        yield RuleHeading(0, GROUPS)
        yield RuleParagraph(FIRST_MATCH)
        rows = tuple((title_of(each, each.id), words.readable(each.where)) for each in sheet.groups)
        yield RuleTable((GROUP, WHERE), rows)


def object_blocks(sheet: RuleSheet, words: BookWording) -> Iterator[RuleBlock]:
    """The kinds of objects that units have."""
    if sheet.objects:
        yield RuleHeading(0, OBJECTS)
        rows = tuple((title_of(each, id), each.note or EMPTY_TEXT) for id, each in sheet.objects.items())
        yield RuleTable((OBJECT, ABOUT), rows)


__all__ = ["RuleBook", "RuleHeading", "RuleParagraph", "RuleTable", "rule_book"]
