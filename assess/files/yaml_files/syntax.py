"""What stops a YAML file from being read at all: its encoding, its characters, its syntax."""

from __future__ import annotations

import re

import yaml

from assess.core.flaws import Flaw, ValidationError
from assess.core.sources import TextPosition
from assess.core.text import Text
from assess.files.yaml_files import wording

NOT_PRINTABLE = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
WIDE_COLON = re.compile(r"\s*(?:- +)?[\w.-]+\s*：", re.ASCII)


def decoded(file: str, content: bytes) -> str:
    """The text of a UTF-8 file, with or without a byte order mark."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise ValidationError(
            [Flaw(TextPosition(file, line), wording.NOT_UTF8, {"guess": encoding_guess(content)})]
        ) from None
    strange = NOT_PRINTABLE.search(text)
    if strange:
        facts = {"code": code_of(strange[0])}
        raise ValidationError([Flaw(spot_at(file, text, strange.start()), wording.NOT_TEXT, facts)])
    return text


def encoding_guess(content: bytes) -> Text:
    """What the encoding may be instead."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return wording.MAYBE_UTF16
    try:
        chinese = re.search("[\u4e00-\u9fff]{2}", content.decode("gb18030"))
    except UnicodeDecodeError:
        return wording.NO_GUESS
    return wording.MAYBE_GBK if chinese else wording.NO_GUESS


def code_of(character: str) -> str:
    """How a character that cannot be shown is named."""
    return f"U+{ord(character):04X}"


def spot_at(file: str, text: str, index: int) -> TextPosition:
    """The line and column of a character."""
    return TextPosition(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def syntax_flaw(file: str, text: str, wrong: yaml.MarkedYAMLError) -> Flaw:
    """What the parser stumbled over, in an author's words."""
    problem, mark, opened = wrong.problem or "", wrong.problem_mark, wrong.context_mark
    if mark is None:
        return Flaw(TextPosition(file), wording.UNREADABLE)
    what = next((cause for said, cause in wording.CAUSES if said in problem), wording.UNREADABLE)
    if what is wording.NO_COLON and opened is not None:  # the parser stops a line later, at what cannot follow
        mark = opened
    lines = text.splitlines() or [""]
    line = lines[mark.line] if mark.line < len(lines) else ""
    sign = line[mark.column : mark.column + 1]
    if sign == "\t" and what is wording.BAD_START:
        what = wording.TAB
    what = what.format(sign=sign, line=(opened or mark).line + 1)
    if any(WIDE_COLON.match(each) for each in lines[max(mark.line - 1, 0) : mark.line + 1]):
        what = wording.WIDE_COLON.format(what=what)
    return Flaw(TextPosition(file, mark.line + 1, mark.column + 1), SHOWN, {"what": what})


SHOWN = Text.same("{what}")
"""Passes on a text whose blanks are filled already."""
