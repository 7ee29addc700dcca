"""Text in the two languages of the service, with or without blanks to fill."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

Language = Literal["zh", "en"]


class Text(NamedTuple):
    """One text in Chinese and in English; may hold `{name}` blanks."""

    zh: str
    en: str

    @classmethod
    def same(cls, plain: str) -> Text:
        """A text that reads alike in both languages."""
        return cls(plain, plain)

    @classmethod
    def listed(cls, words: Iterable[str]) -> Text:
        """Words one after the other."""
        several = tuple(words)
        return cls("、".join(several), ", ".join(several))

    @classmethod
    def run(cls, *parts: Text) -> Text:
        """Parts of a sentence, one after the other."""
        return cls("".join(part.zh for part in parts), "".join(part.en for part in parts))

    def literal(self) -> Text:
        """The text for a place inside another with blanks: its own braces stay braces."""
        return Text(*(each.replace("{", "{{").replace("}", "}}") for each in self))

    def localized(self, language: Language, **facts: object) -> str:
        """The text in one language, its blanks filled; a fact that is a Text is told in that language too."""
        template = self.zh if language == "zh" else self.en
        if not facts:
            return template
        return template.format(**{name: in_language(fact, language) for name, fact in facts.items()})

    def format(self, **facts: object) -> Text:
        """The text with its blanks filled in both languages."""
        return Text(self.localized("zh", **facts), self.localized("en", **facts))


EMPTY_TEXT: Final = Text("", "")


def in_language(fact: object, language: Language) -> object:
    """A fact as it is shown in one language."""
    return fact.localized(language) if isinstance(fact, Text) else fact
