"""Words of the book of a rule sheet that stand around its text."""

from __future__ import annotations

from typing import Final

from assess.core.rule_book import RuleBook
from assess.core.rules.sheet import SheetStanding
from assess.core.text import Text

RULES: Final = Text("考核细则", "Assessment rules")
AUTHOR: Final = Text("考核评分表", "Assessment rule sheets")
FOOT: Final = Text("评分表{sheet}（{year}年） · 评分表摘要 {digest}", "Rule sheet {sheet} ({year}) · digest {digest}")
MARKS: Final = {
    SheetStanding.DEMONSTRATION: Text("示例 · 尚未印发", "Demonstration – not issued"),
    SheetStanding.DRAFT: Text("征求意见稿 · 尚未印发", "Draft – not issued"),
}


def mark_of(book: RuleBook) -> Text | None:
    """What must be said on every page of a rule that is not in force."""
    return None if book.standing is None else MARKS.get(book.standing)
