"""What may be sealed, and what can be said of a file that claims to be sealed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assess.core.rules.sheet import SheetStanding
from assess.core.text import Text
from assess.core.workflow import LabeledEnum

NOT_ISSUED: Final[Mapping[SheetStanding, Text]] = {
    SheetStanding.DRAFT: Text(
        "评分表的性质为“草案”，结果将按草案封存，每份文件都会印明。",
        "The rule sheet is a draft, not issued. The result is sealed as a draft, and every document says so.",
    ),
    SheetStanding.DEMONSTRATION: Text(
        "评分表的性质为“演示”，本年度却不是演示年度，每份文件都会印明“演示”。",
        "The rule sheet is a demonstration, but the year is not. Every document says it is a demonstration.",
    ),
}
"""Why a standing of the rule sheet stands against a seal."""


def not_issued(standing: SheetStanding | None, *, demonstration: bool) -> Text | None:
    """Why a rule sheet should not be sealed by; None where it is issued, or a demonstration in a demonstration year."""
    if standing is None or (demonstration and standing is SheetStanding.DEMONSTRATION):
        return None
    return NOT_ISSUED.get(standing)


class SealVerdict(LabeledEnum):
    """How a file stands to our seal; only the first says that it is what was sealed."""

    GENUINE = "genuine", "与签章时一致", "Exactly as it was sealed"
    ADDED = "added", "签章后又添加了内容", "Content was added after it was sealed"
    ALTERED = "altered", "签章后被改动或损坏", "Changed or damaged after it was sealed"
    UNKNOWN = "unknown", "带有本系统的签章，但没有封存记录", "Has our seal, but we have no record of it"
    FOREIGN = "foreign", "签名不是本系统的签章", "Signed, but not with our seal"
    UNSEALED = "unsealed", "没有签章", "Not sealed"
    LOCKED = "locked", "有密码保护，无法核验", "Password-protected, so it cannot be checked"
    NO_PDF = "no-pdf", "不是PDF文件", "Not a PDF file"
    TOO_LARGE = "too-large", "文件过大", "Too large"


class DocumentKind(LabeledEnum):
    """What is sealed."""

    CARD = "card", "考核结果单", "Scorecard"
    BOOK = "book", "考核结果汇编", "Ranked results"
