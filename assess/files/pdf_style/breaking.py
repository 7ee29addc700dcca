"""Breaking text into lines by the rules of Chinese typesetting, with Latin words and numbers kept whole."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import Final

from assess.files.pdf_style.fonts import face

NO_START: Final = "，。、；：！？）》」』】〕〉〗｝”’％‰℃…—～·,.;:!?)]}%/"
"""No line begins with one of these."""

NO_END: Final = "（《「『【〔〈〖｛“‘([{￥第"
"""No line ends with one of these."""

WIDE: Final = "\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
"""Characters between which a line may break: Chinese and full-width ones."""

UNITS: Final = (
    r"(?:微克|毫克|克|吨标准煤|吨|元|万元)?/?(?:平方米|立方米|平方公里|万元|升)|[个]?百分点|吨标准煤|万立方米|平方公里|公里|公顷|"
    r"万元|亿元|小时|分钟|兆瓦时|千瓦时|微克|毫克|[分个次起件处项名位天日月年季元人户吨米台辆场篇家条页类级倍株]"
)
"""What is counted, written right after its number or a blank behind it."""

SYMBOLS: Final = r"(?:[µμmkc]?[gmtLl]|MWh|kWh|dB|ha|tce|km)(?:[²³]|/[\w²³]+)?(?![\w])|%|℃|\d{3}(?!\d)"
"""What may stand a space behind its number: symbols of units and further groups of three digits."""

OPEN: Final = f"[{re.escape(NO_END)}]"
CLOSE: Final = rf"[{re.escape(NO_START)}]| +[，。、；：！？）》」』】〕〉〗｝”’]| +[!?;:%)\]}}](?!\S)"
WESTERN: Final = rf"[^ {WIDE}]*[^ {WIDE}{re.escape(NO_END)}]"
COUNTED: Final = rf"(?<=[\d%])(?:(?: (?:{SYMBOLS}))+| ?(?:{UNITS}))"
ATOM: Final = re.compile(rf"(?:{OPEN} *)*+(?:{WESTERN}(?:{COUNTED})?|[{WIDE}])(?:{CLOSE})*+|(?:{OPEN} *)++|[^ ]")
"""What must stay on one line: a Chinese character, or a Latin word or number with its unit; and punctuation with it."""


def wrap(text: str, limit: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """The lines of a text in a column `limit` points wide; one empty line for an empty text.

    No line begins with closing punctuation or ends with opening punctuation, and no Latin word, number, or number
    with its unit is cut, unless it alone is wider than the column.
    """
    ends = list(accumulate(map(face(bold).widths.__getitem__, text)))
    room = int(limit * 1000 / size + 0.5)
    if not ends or ends[-1] <= room:
        return (text,)
    starts = [atom.start() for atom in ATOM.finditer(text)]
    lines, begin = [], starts[0] if starts else len(text)
    while begin < len(text):
        over = bisect_right(ends, (ends[begin - 1] if begin else 0) + room)
        stop = over if over >= len(text) else break_before(text, over, begin, starts)
        lines.append(text[begin:stop].rstrip(" "))
        begin = stop + len(text[stop:]) - len(text[stop:].lstrip(" "))
    return tuple(lines)


def break_before(text: str, over: int, begin: int, starts: list[int]) -> int:
    """Where the next line begins, given the first character that does not fit on this one."""
    while over < len(text) and text[over] == " ":
        over += 1
    if over == len(text):
        return over
    place = starts[bisect_right(starts, over) - 1]
    return place if place > begin else cut_anywhere(text, over, begin)


def cut_anywhere(text: str, over: int, begin: int) -> int:
    """Where a word wider than the column is cut: as late as punctuation allows, at least one character on."""
    over = max(over, begin + 1)
    place = over
    while place > begin + 1 and (text[place] in NO_START or text[place - 1] in NO_END):
        place -= 1
    return place if place > begin + 1 else over


def shortened(text: str, limit: float, size: float, bold: bool = False, lines: int = 1) -> tuple[str, ...]:
    """At most so many lines of a text; an ellipsis where there would be more."""
    all_lines = wrap(text, limit, size, bold)
    if len(all_lines) <= lines:
        return all_lines
    at = 0
    for line in all_lines[: lines - 1]:
        at = text.index(line, at) + len(line)
    last, widths = text[at:].lstrip(" "), face(bold).widths
    ends = list(accumulate(map(widths.__getitem__, last)))
    last = last[: bisect_right(ends, limit * 1000 / size - widths["…"])]
    return (*all_lines[: lines - 1], last.rstrip() + "…")
