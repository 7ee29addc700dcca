"""Sections, items and adjustments as the book of a rule sheet tells them, each with its clause."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from assess.core.methods.as_rule import told_as_rule
from assess.core.rule_book.content import RuleBlock, RuleHeading, RuleParagraph
from assess.core.rule_book.terms import item_terms, parts_told, section_terms
from assess.core.rule_book.wording import BookWording
from assess.core.rules.adjustments import (
    KINDS,
    NAMES,
    Adjustment,
    Bonus,
    Deduction,
    GradeCap,
    GradeDown,
    TotalCap,
    Veto,
)
from assess.core.rules.nodes import Item, Missing, Node
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.rules.titles import clause_words, number_of
from assess.core.text import Text

HEADING: Final = Text("{number} {title}（{mark}）", "{number} {title} ({mark})")
UNNUMBERED: Final = Text("{title}（{kind}）", "{title} ({kind})")
WEIGHTED: Final = Text("{mark}，权重{weight}", "{mark}, weight {weight}")
CLAUSE: Final = Text("依据：{clause}", "Clause: {clause}")
CLAUSE_TEXT: Final = Text("条文：{text}", "Text of the clause: {text}")
NOTE: Final = Text("说明：{text}", "Note: {text}")
BONUS = Text("下列各项得分计入总分。", "The points of the items below are added to the total.")
BONUS_CAP = Text(
    "下列各项得分计入总分，最多加{points}。", "The points of the items below are added to the total, at most {points}."
)
DEDUCTION = Text("下列各项得分从总分中扣除。", "The points of the items below are taken off the total.")
DEDUCTION_CAP = Text(
    "下列各项得分从总分中扣除，最多扣{points}。",
    "The points of the items below are taken off the total, at most {points}.",
)
VETO = Text("符合下列条件的，等次定为{grade}：{when}。", "The grade is {grade}, whatever the score, where {when}.")
UNRANKED = Text("该单位不参加排名。", "The unit is not ranked.")
GRADE_CAP = Text("符合下列条件的，等次不高于{grade}：{when}。", "The grade is at best {grade} where {when}.")
GRADE_DOWN = Text("符合下列条件的，下调{by}个等次：{when}。", "The grade is lowered by {by} where {when}.")
TOTAL_CAP = Text("符合下列条件的，总分不超过{points}：{when}。", "The total is at most {points} where {when}.")


def node_blocks(
    nodes: tuple[Node, ...], missing: Missing | None, words: BookWording, level: int = 1
) -> Iterator[RuleBlock]:
    """Every section and item, each section before what it holds; `missing` holds where nothing below says more."""
    for node in nodes:
        yield RuleHeading(level, heading_of(node, words))
        if isinstance(node, Item):
            yield from item_blocks(node, missing, words)
        else:
            yield from paragraphs(section_terms(node, words))
            yield from explained(node)
            own = missing if node.missing is None else node.missing
            yield from node_blocks(node.items, own, words, level + 1)


def heading_of(node: Node, words: BookWording) -> Text:
    """The number of a node as papers number it, its title, full mark and weight."""
    mark = words.full_mark(node.points)
    if node.weight != Fraction(1):
        mark = WEIGHTED.format(mark=mark, weight=words.weight(node.weight))
    return HEADING.format(number=number_of(node.path), title=title_of(node, node.id), mark=mark)


def item_blocks(item: Item, missing: Missing | None, words: BookWording) -> Iterator[RuleBlock]:
    """The method of an item, what holds around it, and what it rests on."""
    told = told_as_rule(item.method, words)
    yield from paragraphs((*parts_told(item, words), *told.sentences))
    yield from (RuleParagraph(line, is_listed=True) for line in told.lines)
    if told.table is not None:
        yield told.table
    yield from paragraphs(item_terms(item, missing, words))
    yield RuleParagraph(CLAUSE.format(clause=clause_words(item.clause)))
    yield from explained(item)


def paragraphs(sentences: Iterator[Text] | tuple[Text, ...]) -> Iterator[RuleBlock]:
    """Sentences as one paragraph; none where there are none."""
    listed = list(sentences)
    if listed:
        yield RuleParagraph(Text("".join(each.zh for each in listed), " ".join(each.en for each in listed)))


def explained(thing: Node | Adjustment) -> Iterator[RuleBlock]:
    """The words of the clause and the note."""
    if thing.text is not None:
        yield RuleParagraph(CLAUSE_TEXT.format(text=thing.text))
    if thing.note is not None:
        yield RuleParagraph(NOTE.format(text=thing.note))


def adjustment_blocks(sheet: RuleSheet, words: BookWording) -> Iterator[RuleBlock]:
    """Every adjustment in the order written, each bonus or deduction with its items."""
    for each in sheet.adjustments:
        kind, title = KINDS[NAMES[type(each)]], title_of(each, each.id)
        both = UNNUMBERED.format(title=title, kind=kind)
        yield RuleHeading(
            1, Text(*(one if one == of else told for one, of, told in zip(title, kind, both, strict=True)))
        )
        yield from paragraphs(effect_told(each, words))
        yield RuleParagraph(CLAUSE.format(clause=clause_words(each.clause)))
        yield from explained(each)
        if isinstance(each, Bonus | Deduction):
            yield from node_blocks(each.items, sheet.missing, words, 2)


def effect_told(adjustment: Adjustment, words: BookWording) -> Iterator[Text]:
    """What an adjustment does, and when."""
    match adjustment:
        case Bonus(cap=cap):
            yield BONUS if cap is None else BONUS_CAP.format(points=words.points(cap))
        case Deduction(at_most=most):
            yield DEDUCTION if most is None else DEDUCTION_CAP.format(points=words.points(most))
        case Veto(when=when, grade=grade):
            yield VETO.format(grade=words.named("grade", grade), when=words.readable(when))
            if adjustment.unranked:
                yield UNRANKED
        case GradeCap(when=when, grade=grade):
            yield GRADE_CAP.format(grade=words.named("grade", grade), when=words.readable(when))
        case GradeDown(when=when, by=by):
            yield GRADE_DOWN.format(by=by, when=words.readable(when))
        case TotalCap(when=when, at=at):
            yield TOTAL_CAP.format(points=words.points(at), when=words.readable(when))
