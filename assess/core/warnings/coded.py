"""One warning with its code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from assess.core.flaws import Path
from assess.core.sources import Source
from assess.core.text import Language, Text


@dataclass(frozen=True, slots=True)
class CodedWarning:
    """Something that is allowed but most likely not meant, with what to do.

    `code` is one of the list in the format. `where` is a path in the rule sheet (of a figure, or of a node, group,
    grade or adjustment in its list) until the reader of the file turns it into the place of its id or first key.
    """

    code: str
    where: Source | Path
    what: Text
    facts: Mapping[str, Any] = field(default_factory=dict)

    def localized(self, language: Language) -> str:
        """`file:line:column: warning CODE: words`, the words in the reader's language."""
        return f"{self.where}: warning {self.code}: {self.words.localized(language)}"

    @property
    def words(self) -> Text:
        """What is said, in both languages."""
        return self.what.format(**self.facts) if self.facts else self.what

    def at(self, where: Source) -> CodedWarning:
        """The same warning at a place in a file."""
        return replace(self, where=where)
