"""`assess evidence`: the workbook of a department, written and read on files alone."""

from __future__ import annotations

import os
from pathlib import Path

import click

from assess.cli.evidence_check import check
from assess.cli.messages import flaws_told, language_option, one_line
from assess.cli.reading import OfDepartment, Paths, read_department
from assess.core.evidence.known import known_of
from assess.core.evidence.left_out import left_out
from assess.core.figures.periods import year_label
from assess.core.flaws import Flaw, ValidationError
from assess.core.rules.figure import PeriodKind
from assess.core.rules.sheet import digest_of
from assess.core.sources import TextPosition
from assess.core.text import Language, Text
from assess.files.outputs import Outputs, refused

WRITTEN = Text(
    "已写出 {path}：{department}，{figures}项数据，{units}个单位",
    "Created {path}: {department}. Figures: {figures}. Units: {units}.",
)
WHOLE_YEAR = Text(
    "“{title}”分期填报，{n}个单位的全年数值未写入模板。",
    "{title} is supplied by period, so yearly values were left out of the template. Units affected: {n}.",
)
UNKNOWN_ENDING = Text("文件名应以 .xlsx 结尾。", "The file name must end in .xlsx.")
IS_READ = Text("这是要读取的文件，请另取文件名。", "This is an input file. Enter another name.")

path_option = click.Path(path_type=Path)
rules_option = click.option("--rules", required=True, type=path_option, help="评分表 / the rule sheet (YAML, Excel)")
units_option = click.option("--units", required=True, type=path_option, help="单位名单 / the units (CSV, Excel)")
department_option = click.option("--department", required=True, help="部门编号或名称 / ID or title of the department")


@click.group()
def evidence() -> None:
    """部门数据的模板和检查 / Templates and checks of department data."""


evidence.add_command(check)


@evidence.command()
@rules_option
@units_option
@department_option
@click.option("--figures", type=path_option, help="已有数据 / figures already known (CSV, Excel)")
@click.option("--due", default="", help="截止日期，写在说明中 / due date, shown in the instructions")
@click.option("--contact", default="", help="联系方式，写在说明中 / contact, shown in the instructions")
@click.option("--out", required=True, type=path_option, help="模板 / the template to create (.xlsx)")
@language_option
def template(
    *,
    rules: Path,
    units: Path,
    department: str,
    figures: Path | None,
    due: str,
    contact: str,
    out: Path,
    language: Language,
) -> None:
    """生成部门报送数据用的Excel模板 / Create the Excel template that a department fills in."""
    with flaws_told(language):
        paths = Paths(rules=rules, units=units, figures=figures)
        refuse_place(out, paths)
        found = read_department(paths, department)
        write_template(found, out, language, due=due, contact=contact)
        told = {"path": out, "department": found.asked.title, "figures": len(found.asked.figures)}
        click.echo(WRITTEN.localized(language, **told, units=len(found.units)))
        for note in notes(found):
            click.echo(one_line(note.localized(language)), err=True)


def refuse_place(out: Path, paths: Paths) -> None:
    """Refuse a file that cannot be written, or that would overwrite what is read, before any work is done."""
    what = UNKNOWN_ENDING if out.suffix.lower() != ".xlsx" else refused(out)
    if os.path.realpath(out) in {os.path.realpath(path) for path in paths.named()}:
        what = IS_READ
    if what is not None:
        raise ValidationError([Flaw(TextPosition(str(out)), what)])


def write_template(found: OfDepartment, out: Path, language: Language, *, due: str, contact: str) -> None:
    """Write the workbook of a department with the figures that are known."""
    # slow library
    from assess.files.evidence_book.layout import EvidenceStamp

    # slow library
    from assess.files.evidence_book.writing import EarlierValue, Filled, write_evidence_book

    sheet, asked = found.sheet, found.asked
    known = {} if found.figures is None else known_of(asked, found.figures)
    filled = Filled(
        known={key: EarlierValue(text) for key, text in known.items()}, left_out=left_out(sheet, found.units)
    )
    stamp = EvidenceStamp(
        sheet=sheet.id,
        year=str(sheet.year),
        rules=digest_of(sheet),
        department=asked.department,
        language=language,
    )
    with Outputs() as outputs:
        path = outputs.stage(out)
        write_evidence_book(path, asked, found.units, filled, stamp, title=sheet.title, due=due, contact=contact)


def notes(found: OfDepartment) -> list[Text]:
    """Which known values the workbook has no cell for."""
    whole = year_label(found.asked.year)
    parted = [each for each in found.asked.figures if each.stated.period is not PeriodKind.YEAR]
    layers = {} if found.figures is None else found.figures.layers
    return [
        WHOLE_YEAR.format(title=each.title, n=int((~layer.values.missing).sum()))
        for each in parted
        for layer in layers.get(each.id, ())
        if layer.label == whole
    ]
