"""Words of a list as sheets spell them: one in English, and the Chinese ones that may stand for it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from assess.core.text import Text


class WordList(tuple[str, ...]):
    """English words, each with the spellings that mean the same; of these the first is the one written in Chinese."""

    spellings: dict[str, tuple[str, ...]]
    meanings: dict[str, str]
    """The English word by each of its spellings, itself among them."""

    def __new__(cls, spellings: Mapping[str, tuple[str, ...]]) -> Self:
        words = tuple.__new__(cls, spellings)
        words.spellings = dict(spellings)
        words.meanings = {spelling: word for word, others in spellings.items() for spelling in (word, *others)}
        return words

    def meaning(self, text: str) -> str | None:
        """The English word that a text stands for; blanks around it do not count."""
        return self.meanings.get(text.strip())

    def called(self, word: str) -> Text:
        """A word in both languages; one without Chinese is the same in both."""
        return Text(next(iter(self.spellings.get(word, ())), word), word)


class ChoiceWords(StrEnum):
    """A list of choices, each with its word in Chinese and the other spellings of it."""

    chinese: str
    spellings: tuple[str, ...]

    def __new__(cls, word: str, *spellings: str) -> Self:
        choice = str.__new__(cls, word)
        choice._value_, choice.chinese, choice.spellings = word, spellings[0], spellings
        return choice

    @property
    def told(self) -> Text:
        """The word in both languages."""
        return Text(self.chinese, self.value)

    @classmethod
    def listed(cls) -> WordList:
        """All words of the list."""
        return WordList({each.value: each.spellings for each in cls})
