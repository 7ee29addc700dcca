"""Units and members of a hand-over by words that somebody types."""

from __future__ import annotations

from assess.core.handover.content import HandedMember, HandedUnit, Handover
from assess.core.naming import folded
from assess.core.text import Text


def units_like(handover: Handover, words: str) -> list[HandedUnit]:
    """The units of which all words tell: code, name, group or grade; every unit where there is no word."""
    return [unit for unit in handover.units if fits(words, unit.code, unit.name, unit.group_title, unit.grade_title)]


def members_like(handover: Handover, words: str) -> list[HandedMember]:
    """The members of whom all words tell: name, post or unit; every member where there is no word."""
    names = handover.names
    return [
        member
        for member in handover.members
        if fits(words, member.unit, names.get(member.unit), member.post_title, member.name)
    ]


def fits(words: str, *said: Text | str | None) -> bool:
    """Whether each word stands in what is said, in either language."""
    texts = [each for each in said if each is not None]
    plain = [folded(text) for each in texts for text in (each if isinstance(each, Text) else (each,))]
    return all(any(folded(word) in text for text in plain) for word in words.split())
