"""`assess evidence check`: a department's file, read and checked on files alone."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import click

from assess.cli.messages import flaws_told, language_option, one_line
from assess.cli.reading import Paths, read_department
from assess.core.evidence.found import FoundEvidence
from assess.core.flaws import Flaw, ValidationError
from assess.core.sources import TextPosition, WorkbookCell
from assess.core.text import Language, Text
from assess.files.outputs import Outputs, refused

SOUND = Text("共{values}项数据，没有发现错误。", "Values checked: {values}. No errors found.")
MARKED = Text("已写出标注错误的Excel表格：{path}", "Created the Excel file with errors marked: {path}")
IS_READ = Text("这是要检查的文件，请另取文件名。", "This is the file to check. Enter another name.")
UNKNOWN_ENDING = Text("文件名应以 .xlsx 结尾。", "The file name must end in .xlsx.")
NOTHING_TO_MARK = Text("没有错误，未写出 {path}。", "No errors found, so {path} was not created.")

path_argument = click.Path(path_type=Path)


@click.command()
@click.argument("file", type=path_argument, metavar="FILE")
@click.option("--rules", type=path_argument, required=True, help="评分表 / rule sheet (.yaml, .xlsx)")
@click.option("--units", type=path_argument, required=True, help="单位名单 / units (.csv, .xlsx)")
@click.option("--department", required=True, help="部门编号或名称 / ID or title of the department")
@click.option("--marked", type=path_argument, help="生成标注错误的Excel表格 / create an Excel file with errors marked")
@click.option("--json", "as_json", is_flag=True, help="以JSON输出 / print JSON")
@language_option
def check(
    *, file: Path, rules: Path, units: Path, department: str, marked: Path | None, as_json: bool, language: Language
) -> None:
    """检查部门数据文件：无误的退出码为0，有误的为1 / Check a department data file; exit 0 without errors, 1 with."""
    with flaws_told(language):
        if marked is not None:
            refuse_place(marked, file)
    flaws, evidence = checked(file, Paths(rules=rules, units=units), department)
    for warning in () if evidence is None else evidence.warnings:
        click.echo(flaw_line(warning, file, language), err=True)
    if as_json:
        tell_json(flaws, evidence, file, language)
    else:
        tell(flaws, evidence, file, language)
    if marked is not None:
        with flaws_told(language):
            notices = () if evidence is None else evidence.warnings
            write_marked(file, flaws, notices, marked, language)
    if flaws:
        raise SystemExit(1)


def refuse_place(target: Path, file: Path) -> None:
    """Refuse a place for the marked workbook before any work is done."""
    what = UNKNOWN_ENDING if target.suffix.lower() != ".xlsx" else refused(target)
    if os.path.realpath(target) == os.path.realpath(file):
        what = IS_READ
    if what is not None:
        raise ValidationError([Flaw(TextPosition(str(target)), what)])


def checked(file: Path, paths: Paths, department: str) -> tuple[list[Flaw], FoundEvidence | None]:
    """Everything wrong with the file, or with what it is checked against, and what the file says."""
    # slow library
    from assess.files.evidence_book.reading import read_evidence

    try:
        asked = read_department(paths, department)
        evidence = read_evidence(file, asked.sheet, asked.units, asked.names, asked.asked.department)
    except ValidationError as flawed:
        return list(flawed.flaws), None
    return list(evidence.flaws), evidence


def flaw_line(flaw: Flaw, file: Path, language: Language) -> str:
    """A flaw in one line, without the name of the file."""
    return one_line(f"{where_of(flaw, file)}: {flaw.what.localized(language, **flaw.facts)}")


def where_of(flaw: Flaw, file: Path) -> str:
    """The place of a flaw within the file, or the file where it has no place inside."""
    where = flaw.where
    if isinstance(where, WorkbookCell | TextPosition) and where.file == str(file):
        return str(where._replace(file="")).lstrip(":") or file.name
    return str(where)


def tell(flaws: list[Flaw], evidence: FoundEvidence | None, file: Path, language: Language) -> None:
    """The result in plain lines."""
    for flaw in flaws:
        click.echo(flaw_line(flaw, file, language))
    if evidence is not None and not flaws:
        click.echo(SOUND.localized(language, values=evidence.counted))


def tell_json(flaws: list[Flaw], evidence: FoundEvidence | None, file: Path, language: Language) -> None:
    """The result as JSON."""
    listed = [{"where": where_of(flaw, file), "what": flaw.what.localized(language, **flaw.facts)} for flaw in flaws]
    counted = {"values": evidence.counted} if evidence is not None and not flaws else {}
    click.echo(json.dumps({**counted, "flaws": listed}, ensure_ascii=False))


def write_marked(file: Path, flaws: list[Flaw], notices: Sequence[Flaw], target: Path, language: Language) -> None:
    """Write the marked workbook, if there is something to mark."""
    own = [
        flaw for flaw in flaws if isinstance(flaw.where, WorkbookCell | TextPosition) and flaw.where.file == str(file)
    ]
    if flaws and not own:
        return
    if not own:
        click.echo(one_line(NOTHING_TO_MARK.localized(language, path=target)), err=True)
        return
    # slow library
    from assess.files.evidence_book.marking import mark_evidence

    marked = mark_evidence(file, own, language, notices=notices)
    with Outputs() as outputs:
        outputs.stage(target).write_bytes(marked.data)
    if marked.why is not None:
        click.echo(one_line(marked.why.localized(language)), err=True)
    click.echo(one_line(MARKED.localized(language, path=target)), err=True)
