"""Evidence that a department's own system sends as JSON, one entry a value."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any, Final

from assess.core.evidence.found import FoundEvidence
from assess.core.evidence.records import MAX_VALUES, EvidenceRecord, PointedNotes, StatedCase, read_records
from assess.core.flaws import Path
from assess.core.naming import Guesses, quoted, trimmed
from assess.core.rules.sheet import RuleSheet
from assess.core.text import Text
from assess.core.units.unit_list import UnitNames
from assess.core.unseen import HIDDEN, UNSEEN
from assess.files.json_syntax import Members, Pointed, parsed
from assess.files.opening import whole_file
from assess.files.workbooks.books import MAX_MEGABYTES

NOT_AN_OBJECT = Text("此处应为对象，例如{example}。", "This must be an object, such as {example}.")
NOT_A_LIST = Text("此处应为列表，例如{example}。", "This must be a list, such as {example}.")
MISSING = Text("缺少{name}，请补上。", "{name} is missing. Add it.")
UNKNOWN_NAME = Text(
    "没有名为“{name}”的字段。可用的字段：{known}", "There is no field {name}. Available fields: {known}"
)
PERHAPS = Text("没有名为“{name}”的字段，是否应为“{near}”？", "There is no field {name}. Did you mean {near}?")
STANDS_TWICE = Text("“{name}”出现两次，请只保留一个。", "{name} appears twice. Keep one.")
NOT_A_TEXT = Text("{name}应为文本，例如{example}。", "{name} must be text, such as {example}.")
BLANK = Text("{name}没有内容，请填写。", "{name} is empty. Enter a value.")
NO_VALUE = Text(
    "没有数值。没有数据的，请去掉整个条目。", "There is no value. If there is no data, leave out the whole entry."
)
AS_TEXT = Text(
    '“{text}”是带小数的JSON数字，会丢失精度，请写成带引号的文本，例如"12.5"。',
    '{text} is a JSON number with decimals, which can lose digits. Write it as text, such as "12.5".',
)
NOTHING = Text("没有任何数值，请填写后再发送。", "There are no values. Add some and send again.")
TOO_MANY_VALUES = Text(
    "共有{n}项数据，一次最多{most}项，请分几次发送。",
    "There are {n} values and at most {most} can be sent at once. Send them in parts.",
)
EXAMPLES: Final = {
    "unit": '"建外街道"', "figure": '"sewage_rate"', "period": '"2026-03"', "value": '"12.5"', "remark": '"…"',
    "date": '"2026-03-15"', "place": '"…"', "what": '"…"', "photo": '"0042"',
    "occurrences": '[{"date": "2026-03-15", "place": "…", "what": "…"}]',
}  # fmt: skip
ENTRY: Final = '{"unit": "…", "figure": "…", "value": "…"}'
DOCUMENT: Final = '{"values": [' + ENTRY + "]}"
OF_ENTRY: Final = ("unit", "figure", "period", "value", "remark", "occurrences")
OF_CASE: Final = ("date", "place", "what", "photo")
UNKNOWN: Final = StatedCase(None, None, None, None)
"""A case of which nothing can be used."""


def read_evidence_json(path: FilePath, sheet: RuleSheet, names: UnitNames, department: str) -> FoundEvidence:
    """What a JSON document says of the figures that a department supplies, with every flaw at its JSON Pointer.

    Raises:
        ValidationError: with one flaw, if it is missing, empty, too large, or no JSON at all.
    """
    reader = ShapeReader(str(path))
    records = reader.records(parsed(whole_file(path, MAX_MEGABYTES), path))
    return read_records(records, sheet, names, department, reader.notes)


class ShapeReader:
    """Takes a document apart into records; what has another shape than it must is noted."""

    def __init__(self, file: str) -> None:
        self.notes = PointedNotes(file)
        self.guesses: dict[tuple[str, ...], Guesses] = {}

    def records(self, tree: Any) -> list[EvidenceRecord]:
        """The values that a document lists."""
        if not isinstance(tree, dict):
            self.notes.note((), NOT_AN_OBJECT, example=DOCUMENT)
            return []
        self.check_names(tree, ("values",), ())
        values = tree.get("values")
        if "values" not in tree:
            self.notes.note((), MISSING, name="values")
        elif not isinstance(values, list):
            self.notes.note(("values",), NOT_A_LIST, example=f"[{ENTRY}]")
        elif not values:
            self.notes.note(("values",), NOTHING)
        elif len(values) > MAX_VALUES:
            self.notes.note(("values",), TOO_MANY_VALUES, n=len(values), most=MAX_VALUES)
        else:
            return [each for number, entry in enumerate(values) if (each := self.record(number, entry)) is not None]
        return []

    def record(self, number: int, entry: Any) -> EvidenceRecord | None:
        """One entry of the list."""
        at: Path = ("values", number)
        if not isinstance(entry, dict):
            self.notes.note(at, NOT_AN_OBJECT, example=ENTRY)
            return None
        self.check_names(entry, OF_ENTRY, at)
        return EvidenceRecord(
            number=number,
            unit=self.needed(entry, "unit", at),
            figure=self.needed(entry, "figure", at),
            period=self.text(entry, "period", at),
            value=self.value(entry, at),
            remark=self.text(entry, "remark", at) or "",
            cases=self.cases(entry.get("occurrences"), (*at, "occurrences")),
        )

    def check_names(self, found: Mapping[str, Any], known: tuple[str, ...], at: Path) -> None:
        """Note names that mean nothing here, and those that stand twice."""
        for name in found.keys() - known if not found.keys() <= set(known) else ():
            near = self.guesses.setdefault(known, Guesses(known)).nearest(name)
            if near is None:
                self.notes.note(at, UNKNOWN_NAME, name=quoted(name), known=Text.listed(known))
            else:
                self.notes.note(at, PERHAPS, name=quoted(name), near=near)
        for name in found.twice if isinstance(found, Members) else ():
            self.notes.note(at, STANDS_TWICE, name=name)

    def needed(self, entry: Mapping[str, Any], name: str, at: Path) -> str | None:
        """A text that must be there."""
        if entry.get(name) is None:
            self.notes.note(at, MISSING, name=name)
            return None
        text = self.text(entry, name, at)
        if text == "":
            self.notes.note((*at, name), BLANK, name=name)
        return text or None

    def text(self, entry: Mapping[str, Any], name: str, at: Path) -> str | None:
        """A text without blanks around it, "" where none is stated; None where it is something else, which is noted."""
        found = entry.get(name, "")
        if found is None:
            return ""
        if not isinstance(found, str) or isinstance(found, Pointed):
            self.notes.note((*at, name), NOT_A_TEXT, name=name, example=EXAMPLES[name])
            return None
        if HIDDEN.search(found):
            self.notes.note((*at, name), UNSEEN)
            return None
        return trimmed(found)

    def value(self, entry: Mapping[str, Any], at: Path) -> str | None:
        """The text of a value; whole numbers, yes and no may stand without quotes."""
        found = entry.get("value")
        if isinstance(found, bool):
            return "yes" if found else "no"
        if isinstance(found, Pointed):
            self.notes.note((*at, "value"), AS_TEXT, text=quoted(found))
            return None
        if found is not None:
            text = self.text(entry, "value", at)
            if text != "":
                return text
        self.notes.note((*at, "value") if "value" in entry else at, NO_VALUE)
        return None

    def cases(self, found: Any, at: Path) -> list[StatedCase] | None:
        """The cases behind a count; None where none are stated."""
        if found is None:
            return None
        if not isinstance(found, list):
            self.notes.note(at, NOT_A_LIST, example=EXAMPLES["occurrences"])
            return None
        cases = []
        for number, each in enumerate(found):
            if not isinstance(each, dict):
                self.notes.note((*at, number), NOT_AN_OBJECT, example=EXAMPLES["occurrences"][1:-1])
                cases.append(UNKNOWN)
            else:
                self.check_names(each, OF_CASE, (*at, number))
                cases.append(StatedCase(*(self.text(each, name, (*at, number)) for name in OF_CASE)))
        return cases
