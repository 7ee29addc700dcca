"""`assess rules`: check, convert and compare rule sheets."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import click

from assess.cli.message_files import MessageFile, messages_option
from assess.cli.messages import flaws_told, language_option, tell_warnings
from assess.cli.rule_book import book
from assess.cli.what_if import what_if
from assess.core.examples import Example, objects_of, run_example
from assess.core.expressions import ValueType
from assess.core.figures import FigureTable, read_figures
from assess.core.figures.headings import OBJECT
from assess.core.flaws import Flaw, ValidationError
from assess.core.rules.checking.expressions import taken_for_attributes
from assess.core.rules.checking.marks import full_mark_told
from assess.core.rules.difference import differences
from assess.core.rules.json_schema import sheet_schema
from assess.core.rules.nodes import items_of
from assess.core.rules.sheet import RuleSheet, digest_of
from assess.core.sources import Source, TextPosition
from assess.core.tables import Table
from assess.core.text import Language, Text
from assess.core.units.objects import UnitObjects, columns_called, given_objects, read_objects
from assess.core.units.unit_list import CODE, UNIT, UnitNames, Units, given_units, read_units
from assess.core.warnings import CodedWarning
from assess.files.examples import load_examples
from assess.files.input_warnings import ListedUnits, kinds_in, places_of, warnings_of
from assess.files.outputs import Outputs
from assess.files.rule_sheets import load_sheet
from assess.files.rule_sheets.yaml_writer import write_yaml
from assess.files.starter_folders import TEMPLATES, write_starter_folder
from assess.files.tables import read_table
from assess.files.task_lists import LoadedTasks, load_tasks

PASSED = Text(
    "评分表 {id}（{year}）检查通过：{items}个考核项，满分{full}；{examples}；{digest}",
    "The rule sheet {id} ({year}) is valid: {items} items, full mark {full}; {examples}; {digest}",
)
EXAMPLES_RUN = Text("{n}个算例全部相符", "all {n} worked examples match")
UNSEEN = Text(
    "没有单位名单，以下名称按单位属性处理，未经核对：{names}。可用 --units 指定单位名单，用 --objects 指定对象名单。",
    "No list of units was given, so these names were read as unit attributes and not checked: "
    "{names}. To check them, use --units, and --objects for attributes of objects.",
)
FILES = Text("所用文件：{files}", "Files: {files}")
NO_EXAMPLES = Text("没有算例文件", "no worked examples")
CONVERTED = Text("已写出 {path}，摘要 {digest}", "Created {path}, {digest}")
BEGUN = Text(
    "已在 {folder} 写出 {files}。先修改 rule-sheet.yaml，再用 rules check 检查。",
    "Created in {folder}: {files}. Change rule-sheet.yaml, then check it with `rules check`.",
)
UNKNOWN_ENDING = Text("文件名应以 .yaml、.yml 或 .xlsx 结尾。", "The file name must end in .yaml, .yml or .xlsx.")
NO_DIFFERENCES = Text("没有差异。", "No differences.")


@click.group()
def rules() -> None:
    """评分表的检查、转换和比较 / Check, convert and compare rule sheets."""


Read = TypeVar("Read")

path_argument = click.Path(path_type=Path)


@rules.command()
@click.argument("sheet", type=path_argument, metavar="RULES")
@click.option(
    "--units", type=path_argument, help="单位名单 / list of units, default: units.csv beside the sheet if present"
)
@click.option("--objects", type=path_argument, help="对象名单 / list of objects, default: objects.csv beside the sheet")
@click.option("--tasks", type=path_argument, help="任务清单 / task list, default: tasks.yaml beside the sheet")
@click.option("--figures", type=path_argument, help="数据 / figures, default: figures.csv beside the sheet")
@click.option("--examples", type=path_argument, help="算例 / worked examples, default: examples.yaml beside the sheet")
@messages_option
@language_option
def check(
    sheet: Path,
    *,
    units: Path | None,
    objects: Path | None,
    tasks: Path | None,
    figures: Path | None,
    examples: Path | None,
    messages: Path | None,
    language: Language,
) -> None:
    """检查评分表并运行算例 / Check a rule sheet and run its worked examples."""
    others = {
        "units": units or beside(sheet, "units.csv"),
        "objects": objects or beside(sheet, "objects.csv"),
        "tasks": tasks or beside(sheet, "tasks.yaml"),
        "figures": figures or beside(sheet, "figures.csv"),
        "examples": examples or beside(sheet, "examples.yaml"),
    }
    read = [sheet, *(path for path in others.values() if path is not None)]
    file = MessageFile(messages, language)
    with flaws_told(language):
        file.refuse(read)
    try:
        with flaws_told(language, file):
            checked = CheckedSheet(sheet, **others)
            tell_warnings(checked.warnings, language)
            for told in (checked.verdict(), *checked.notes()):
                click.echo(told.localized(language), err=file.is_standard_output)
            file.write((), checked.warnings)
    finally:
        names = Text.listed(path.name for path in read)
        click.echo(FILES.localized(language, files=names), err=file.is_standard_output)


def beside(sheet: Path, name: str) -> Path | None:
    """The file of that name in the sheet's folder, if there is one."""
    path = sheet.parent / name
    return path if path.is_file() else None


class CheckedSheet:
    """A rule sheet checked together with what stands beside it.

    Raises:
        ValidationError: with all flaws of all these files.
    """

    def __init__(
        self,
        path: Path,
        *,
        units: Path | None,
        objects: Path | None,
        tasks: Path | None,
        figures: Path | None,
        examples: Path | None,
    ) -> None:
        self.flaws: list[Flaw] = []
        self.unit_places: dict[str, Source] = {}
        self.object_kinds: dict[str, Source] = {}
        self.figures = figures
        self.warnings: list[CodedWarning] = []
        self.units = self.read_units(units)
        self.object_table: Table | None = None
        self.objects = self.read_objects(objects)
        self.tasks = self.read_tasks(tasks)
        self.has_examples = examples is not None
        self.examples = self.read_examples(examples)
        self.sheet = self.read_sheet(path)

    def read_units(self, path: Path | None) -> Units | None:
        """The units, where they are known."""
        table = None if path is None else self.opened(path, lambda path: read_table(path, CODE))
        if table is None:
            return None
        units, flaws = read_units(table)
        self.flaws += flaws
        self.unit_places = places_of(table)
        return units if len(units) else None

    def read_objects(self, path: Path | None) -> UnitObjects | None:
        """The objects of the units, where both are known."""
        if path is None or self.units is None:
            return None
        table = self.opened(path, lambda path: read_table(path, OBJECT))
        if table is None:
            return None
        self.object_table = table
        objects, flaws = read_objects(self.units, UnitNames(self.units), table)
        self.flaws += flaws
        self.object_kinds = kinds_in(table)
        return objects

    def read_tasks(self, path: Path | None) -> LoadedTasks | None:
        """The annual task list, where there is one."""
        return None if path is None else self.opened(path, load_tasks)

    def read_examples(self, path: Path | None) -> list[Example]:
        """The worked examples, where there are any."""
        loaded = None if path is None else self.opened(path, load_examples)
        examples, flaws = loaded or ([], [])
        self.flaws += flaws
        return examples

    def opened(self, path: Path, read: Callable[[Path], Read]) -> Read | None:
        """What a file holds, or None where it cannot be read at all."""
        try:
            return read(path)
        except ValidationError as flawed:
            self.flaws += flawed.flaws
            return None

    def attributes(self) -> dict[str, ValueType] | None:
        """The unit attributes that the units and the examples have; None where nothing tells."""
        if self.units is None and not self.examples:
            return None
        kinds: dict[str, ValueType] = {}
        for example in self.examples:
            given, _ = given_units({code: unit.attributes for code, unit in example.units.items()}, "")
            kinds |= given.kinds
        return kinds | (dict(self.units.kinds) if self.units is not None else {})

    def object_attributes(self) -> dict[str, dict[str, ValueType]] | None:
        """The attributes that objects and those of the examples have, by kind; None where nothing tells."""
        known = [] if self.objects is None else [self.objects]
        for example in self.examples:
            units, _ = given_units({code: unit.attributes for code, unit in example.units.items()}, "")
            known.append(given_objects(units, [each.listed for each in objects_of(example)], "")[0])
        kinds: dict[str, dict[str, ValueType]] = {}
        for each in known:
            for kind, of_kind in each.kinds.items():
                kinds.setdefault(kind, {}).update(of_kind.kinds)
        return kinds or None

    def read_sheet(self, path: Path) -> RuleSheet:
        """The sheet without flaws, its links to the task list checked both ways, its examples run."""
        beside, self.flaws = self.flaws, []
        loaded = self.opened(path, load_sheet)
        if loaded is not None:
            numbers = None if self.tasks is None else frozenset(task.no for task in self.tasks.tasks)
            self.flaws += loaded.checked(self.attributes(), numbers, objects=self.object_attributes())
        if loaded is None or self.flaws:
            raise ValidationError([*self.flaws, *(self.tasks.flaws if self.tasks is not None else ()), *beside])
        if self.object_table is not None:
            beside += columns_called(self.object_table, loaded.sheet.figures)
        if self.tasks is not None:
            beside += self.tasks.checked(loaded.sheet, UnitNames(self.units) if self.units else None)
        beside += [flaw for example in self.examples for flaw in run_example(loaded.sheet, example)]
        figures = self.read_figures(loaded.sheet, beside)
        if beside:
            raise ValidationError(beside)
        listed = None if self.units is None else ListedUnits(self.units, self.unit_places, self.object_kinds)
        self.warnings = warnings_of(loaded, listed, figures, self.examples)
        return loaded.sheet

    def read_figures(self, sheet: RuleSheet, flaws: list[Flaw]) -> FigureTable | None:
        """The figures of the sheet's year, where they and the units are known; their flaws are added."""
        if self.figures is None or self.units is None:
            return None
        try:
            table = read_table(self.figures, (*UNIT, *OBJECT))
        except ValidationError as flawed:
            flaws += flawed.flaws
            return None
        names = UnitNames(self.units)
        figures, found = read_figures(sheet, self.units, names, table, sheet.year, objects=self.objects)
        flaws += found
        return figures

    def verdict(self) -> Text:
        """What to say of a sheet without flaws."""
        examples = EXAMPLES_RUN.format(n=len(self.examples)) if self.has_examples else NO_EXAMPLES
        sheet = self.sheet
        return PASSED.format(
            id=sheet.id,
            year=sheet.year,
            items=len(list(items_of(sheet.items))),
            full=full_mark_told(sheet),
            examples=examples,
            digest=digest_of(sheet),
        )

    def notes(self) -> list[Text]:
        """What could not be looked at without the units."""
        is_known = self.units is not None and (self.objects is not None or not self.sheet.objects)
        names = [] if is_known else sorted(taken_for_attributes(self.sheet))
        return [UNSEEN.format(names=", ".join(names))] if names else []


@rules.command()
@click.argument("source", type=path_argument)
@click.argument("target", type=path_argument)
@language_option
def convert(source: Path, target: Path, *, language: Language) -> None:
    """YAML 文件与 Excel 表格互相转换 / Convert between YAML file and Excel workbook without loss."""
    with flaws_told(language):
        write = writer_of(target, language)
        sheet = readable(source)
        with Outputs() as outputs:
            write(sheet, outputs.stage(target))
        click.echo(CONVERTED.localized(language, path=target, digest=digest_of(sheet)))


def writer_of(target: Path, language: Language) -> Callable[[RuleSheet, Path], None]:
    """What writes a file of that ending; a workbook has the words of lists in a language."""
    ending = target.suffix.lower()
    if ending in (".yaml", ".yml"):
        return write_yaml
    if ending == ".xlsx":
        # slow library
        from assess.files.rule_sheets.book_writer import write_book

        return partial(write_book, language=language)
    raise ValidationError([Flaw(TextPosition(str(target)), UNKNOWN_ENDING)])


def readable(path: Path) -> RuleSheet:
    """A sheet of which every key could be read."""
    loaded = load_sheet(path)
    if loaded.flaws:
        raise ValidationError(loaded.placed(loaded.flaws))
    return loaded.sheet


@rules.command()
@click.argument("old", type=path_argument)
@click.argument("new", type=path_argument)
@language_option
def diff(old: Path, new: Path, *, language: Language) -> None:
    """列出两份评分表的差异 / List the differences between two rule sheets."""
    with flaws_told(language):
        found = differences(readable(old), readable(new))
        for difference in found:
            click.echo(difference.localized(language))
        if not found:
            click.echo(NO_DIFFERENCES.localized(language))


@rules.command()
def schema() -> None:
    """输出YAML评分表的JSON Schema / Print the JSON Schema of rule sheets in YAML."""
    click.echo(json.dumps(sheet_schema(), ensure_ascii=False, indent=1))


@rules.command()
@click.argument("template", required=False)
@click.argument("folder", required=False, type=path_argument, metavar="DIR")
@language_option
def new(template: str | None, folder: Path | None, *, language: Language) -> None:
    """由模板新建评分表文件夹；不指定模板则列出全部 / Begin a rule sheet from a template; without one, list them."""
    if template is None:
        for name, about in TEMPLATES.items():
            click.echo(f"{name:<14}{about.localized(language)}")
        return
    if folder is None:
        raise click.MissingParameter(param_hint="DIR", param_type="argument")
    with flaws_told(language):
        files = Text.listed(write_starter_folder(template, folder))
        click.echo(BEGUN.localized(language, folder=folder, files=files))


rules.add_command(what_if)
rules.add_command(book)
