"""What the book of a rule sheet says, before it is set: headings, paragraphs and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from assess.core.methods.as_rule import RuleTable
from assess.core.rules.sheet import SheetStanding
from assess.core.text import Text


class RuleHeading(NamedTuple):
    """A heading; those of level 0 part the book."""

    level: int
    text: Text


class RuleParagraph(NamedTuple):
    """A paragraph; a listed one is an entry of a list."""

    text: Text
    is_listed: bool = False


RuleBlock = RuleHeading | RuleParagraph | RuleTable


@dataclass(frozen=True, slots=True)
class RuleBook:
    """A rule sheet to read and print: `facts` stand at its head, each with its label."""

    title: Text
    sheet: str
    year: int
    standing: SheetStanding | None
    digest: str
    facts: tuple[tuple[Text, Text], ...]
    blocks: tuple[RuleBlock, ...]
