"""What a thing of a rule sheet is called where its author gave it no title: words, never its id."""

from __future__ import annotations

import re
from typing import Any, Final

from assess.core.flaws import Path
from assess.core.rules.adjustments import KINDS, NAMES, Adjustment
from assess.core.rules.nodes import Item, Section
from assess.core.rules.outcome import Grade, NodeRanking, ResultGrade
from assess.core.text import Text

ADJUSTMENT: Final = Text("{kind}（{clause}）", "{kind} ({clause})")
ITEM: Final = Text("考核项{number}（{clause}）", "Item {number} ({clause})")
SECTION: Final = Text("考核类别{number}", "Section {number}")
GRADE: Final = Text("第{number}等", "Grade {number}")
RANKING: Final = Text("其他排名{number}", "Ranking {number}")
HAN: Final = re.compile("[\u4e00-\u9fff]")


def words_for(thing: Any) -> Text | None:
    """Words made of the kind, the place and the clause; None for what is called by its id."""
    match thing:
        case Adjustment():
            return ADJUSTMENT.format(kind=KINDS[NAMES[type(thing)]], clause=clause_words(thing.clause))
        case Item():
            return ITEM.format(number=number_of(thing.path), clause=clause_words(thing.clause))
        case Section():
            return SECTION.format(number=number_of(thing.path))
        case Grade():
            return GRADE.format(number=number_of(thing.path))
        case ResultGrade():
            return GRADE.format(number=number_of(thing.path[2:]))
        case NodeRanking():
            return RANKING.format(number=number_of(thing.path))
    return None


def number_of(path: Path) -> str:
    """The number of a thing as papers number it, 1.2.3; of an item of an adjustment its place in that."""
    places = [str(step + 1) for step in path if isinstance(step, int)]
    return ".".join(places[1:] if path[:1] == ("adjustments",) else places)


def clause_words(clause: str) -> Text:
    """A clause written as `Chinese / English` in each of the languages; any other as it stands in both."""
    chinese, slash, english = clause.partition(" / ")
    if not slash or " / " in english or HAN.search(english) or not HAN.search(chinese):
        return Text.same(clause)
    return Text(chinese, english)
