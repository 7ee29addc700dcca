"""The workbook of a form, read: the value of each field, and everything wrong at its cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from assess.core.figures.entry import Answer, read_entry
from assess.core.flaws import Flaw, ValidationError
from assess.core.forms import Field, UnitFormContent, cell_of_key
from assess.core.listing import NO_COLUMN
from assess.core.naming import quoted
from assess.core.parsing import ParseError
from assess.core.sources import Source
from assess.core.tables import Table
from assess.core.text import Text
from assess.files.form_book.layout import KEY, MAX_REMARK_LENGTH, REMARK, VALUE, FormStamp
from assess.files.opening import refusal
from assess.files.workbooks.stamps import stamp_of
from assess.files.workbooks.tables import read_book_table

NO_STAMP = Text(
    "这不是从本系统下载的填报表，请先下载本单位的填报表，填好后上传。",
    "This is not a form from this service. Download your unit's form, fill it in and upload that.",
)
OTHER_UNIT = Text(
    "这是其他单位（{unit}）的填报表，请上传本单位的填报表。",
    "This is the form of another unit ({unit}). Upload the form of your own unit.",
)
OTHER_CYCLE = Text(
    "这是另一考核年度（{cycle}）的填报表，请下载本年度的填报表重新填写。",
    "This is a form of another year ({cycle}). Download the form of this year and fill it in.",
)
TWO_VALUES = Text("“{title}”填了两个不同的值，请只保留一个。", "{title} has two different values. Keep one.")
NO_FIELD = Text("本行的字段编号“{key}”不存在，请重新下载填报表。", "There is no field {key}. Download the form again.")
NOT_ASKED = Text(
    "“{key}”现已不要求本单位填报，此值未读取。", "{key} is no longer asked of this unit. This value was not read."
)
OLDER = Text(
    "评分表在下载后有修订，能对应的内容已读取，请核对其余各项。",
    "The rule sheet changed after the download. What still fits was read. Check the rest.",
)
NO_VALUES = Text(
    "填报表中没有填写任何数值，请填写后上传。", "No values are filled in. Fill in the form, then upload it."
)
REMARK_TOO_LONG = Text("备注超过{most}字，请缩短。", "The remark must be {most} characters or fewer.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledForm:
    """What a workbook says.

    Attributes:
        values: by field key, None where the cell was left blank; fields whose value is wrong are not among them.
        typed: what stands in each value cell, wrong ones too.
        flaws: what must be corrected, by cell; where there is one nothing should be kept.
        warnings: what was left out, and that the form is an older one.
    """

    values: dict[str, Answer | None] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)
    warnings: list[Flaw] = field(default_factory=list)


def read_form_book(path: Path, form: UnitFormContent, stamp: FormStamp) -> FilledForm:
    """What a filled-in workbook says of the fields of a form, every flaw at its cell.

    Raises:
        ValidationError: the file cannot be read, is no form of ours, or belongs to another unit or cycle.
    """
    found = stamp_of(path)
    if found.get("kind") != "form":
        raise refusal(path, NO_STAMP)
    if found.get("cycle") != stamp.cycle:
        raise refusal(path, OTHER_CYCLE, cycle=quoted(found.get("cycle", "")))
    if found.get("unit") != stamp.unit:
        raise refusal(path, OTHER_UNIT, unit=quoted(found.get("unit", "")))
    is_older = found.get("rules") != stamp.rules
    table = read_book_table(path, KEY)
    filled = FilledForm(flaws=list(table.flaws), warnings=[Flaw(table.whole, OLDER)] if is_older else [])
    FormReader(form, is_older=is_older, filled=filled).read(table)
    return filled


class FormReader:
    """Reads the rows of one workbook into `filled`."""

    def __init__(self, form: UnitFormContent, *, is_older: bool, filled: FilledForm) -> None:
        self.form, self.is_older, self.filled = form, is_older, filled
        self.left_out = {each.figure for section in form.sections for each in section.not_applicable}

    def read(self, table: Table) -> None:
        """Read every row."""
        columns = {name: table.column_called(name) for name in (KEY, VALUE, REMARK)}
        key, value, remark = columns.values()
        if key is None or value is None:
            missing = KEY if key is None else VALUE
            raise ValidationError([Flaw(table.whole, NO_COLUMN, {"name": missing[1], "zh": missing[0]})])
        for row in range(len(table)):
            name, text = table.columns[key][row], table.columns[value][row]
            where = table.places(row, value)
            if name in self.form.fields:
                self.take(self.form.fields[name], text, where)
            elif text:
                self.pass_over(name, where)
            if remark is not None and name in self.form.fields and table.columns[remark][row]:
                self.remark(name, table.columns[remark][row], table.places(row, remark))
        if not any(self.filled.typed.values()) and not self.filled.flaws:
            self.filled.flaws.append(Flaw(table.whole, NO_VALUES))

    def take(self, each: Field, text: str, where: Source) -> None:
        """Read the value of a field; two different ones are a flaw, a blank beside a value is none."""
        before = self.filled.typed.get(each.key, "")
        if before and text and text != before:
            self.filled.flaws.append(Flaw(where, TWO_VALUES, {"title": each.question.title}))
        elif text or not before:
            self.filled.typed[each.key] = text
            reading = read_entry(each.question.stated, text)
            if isinstance(reading, ParseError):
                self.filled.flaws.append(Flaw(where, reading.what))
            elif not any(flaw.where == where for flaw in self.filled.flaws):
                self.filled.values[each.key] = reading

    def pass_over(self, name: str, where: Source) -> None:
        """Say of a value for no field of the form whether it was once asked for."""
        if self.is_older or cell_of_key(name)[0] in self.left_out:
            self.filled.warnings.append(Flaw(where, NOT_ASKED, {"key": quoted(name) or "?"}))
        else:
            self.filled.flaws.append(Flaw(where, NO_FIELD, {"key": quoted(name) or "?"}))

    def remark(self, name: str, text: str, where: Source) -> None:
        """Keep the remark of a field."""
        if len(text) > MAX_REMARK_LENGTH:
            self.filled.flaws.append(Flaw(where, REMARK_TOO_LONG, {"most": MAX_REMARK_LENGTH}))
        else:
            self.filled.remarks[name] = text
