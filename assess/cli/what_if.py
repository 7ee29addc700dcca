"""`assess rules what-if`: what another rule sheet, or another year, changes in every total and rank."""

from __future__ import annotations

import os
from pathlib import Path

import click

from assess.cli.messages import flaws_told, language_option, one_line
from assess.cli.reading import Paths, read_inputs
from assess.cli.scoring import IS_READ
from assess.core.explanations.lines import ResultLines
from assess.core.flaws import Flaw, ValidationError
from assess.core.runs.exact_changes import ResultChanges, changes_between
from assess.core.scoring.inputs import ScoringInputs
from assess.core.scoring.run import score
from assess.core.sources import TextPosition
from assess.core.text import Language, Text
from assess.files.outputs import Outputs, refused
from assess.files.rule_sheets import load_sheet
from assess.files.what_if_results import write_changes

UNKNOWN_ENDING = Text("结果文件名应以 .json 或 .xlsx 结尾。", "The name of the result file must end in .json or .xlsx.")
SUMMARY = Text(
    "共比较{units}个单位：总分有变化{changed}个，名次有变化{ranks}个，等次有变化{grades}个",
    "Units compared: {units}. Changed totals: {changed}, ranks: {ranks}, grades: {grades}",
)
path_argument = click.Path(path_type=Path)


@click.command("what-if")
@click.argument("old", type=path_argument)
@click.argument("new", type=path_argument)
@click.option("--units", required=True, type=path_argument, help="单位名单 / the units")
@click.option("--figures", required=True, type=path_argument, help="数据 / the figures")
@click.option("--previous", multiple=True, type=path_argument, help="上年度数据，可重复 / last year's, repeatable")
@click.option("--objects", type=path_argument, help="对象名单 / the objects")
@click.option("--old-units", type=path_argument, help="旧表的单位名单 / the units of OLD, default: --units")
@click.option("--old-figures", type=path_argument, help="旧表的数据 / the figures of OLD, default: --figures")
@click.option("--old-previous", multiple=True, type=path_argument, help="旧表的上年度数据 / last year's of OLD")
@click.option("--old-objects", type=path_argument, help="旧表的对象名单 / the objects of OLD, default: --objects")
@click.option("--out", required=True, type=path_argument, help="结果文件 / result file: .json .xlsx")
@language_option
def what_if(
    old: Path,
    new: Path,
    *,
    units: Path,
    figures: Path,
    previous: tuple[Path, ...],
    objects: Path | None,
    old_units: Path | None,
    old_figures: Path | None,
    old_previous: tuple[Path, ...],
    old_objects: Path | None,
    out: Path,
    language: Language,
) -> None:
    """分别按两份评分表计分，逐项分解总分和名次的变化 / Score by two sheets and split what changes."""
    of_new = paths_of(new, units, figures, previous, objects)
    with flaws_told(language):
        refuse_place(out, of_new)
        taken = old_previous or previous_of_old((old, new), previous, is_other_table=old_figures is not None)
        of_old = paths_of(old, old_units or units, old_figures or figures, taken, old_objects or objects)
        refuse_place(out, of_old)
        before, after = read_both(of_old, of_new)
        changes = changes_between(ResultLines(score(before)), ResultLines(score(after)))
        with Outputs() as outputs:
            write(changes, out, outputs.stage(out), language)
    told = SUMMARY.format(
        units=len(changes.units), changed=changes.changed, ranks=changes.ranks_changed, grades=changes.grades_changed
    )
    click.echo(one_line(told.localized(language)), err=True)


def paths_of(rules: Path, units: Path, figures: Path, previous: tuple[Path, ...], objects: Path | None) -> Paths:
    """The files of one side."""
    last = previous[0] if previous else None
    return Paths(rules=rules, units=units, figures=figures, previous=last, earlier=previous[1:], objects=objects)


def previous_of_old(sheets: tuple[Path, Path], previous: tuple[Path, ...], *, is_other_table: bool) -> tuple[Path, ...]:
    """Last year's figures of the new sheet serve the old one too, unless it has figures of another year.

    They would be of its own year then.
    """
    if not previous or not is_other_table:
        return previous
    was, now = (load_sheet(path).sheet.year for path in sheets)
    return previous if was == now else ()


def read_both(of_old: Paths, of_new: Paths) -> tuple[ScoringInputs, ScoringInputs]:
    """The inputs of both sides.

    Raises:
        ValidationError: with all flaws of both, each once.
    """
    found: list[ScoringInputs] = []
    flaws: list[Flaw] = []
    for paths in (of_old, of_new):
        try:
            found.append(read_inputs(paths))
        except ValidationError as flawed:
            flaws += [flaw for flaw in flawed.flaws if flaw not in flaws]
    if flaws:
        raise ValidationError(flaws)
    before, after = found
    return before, after


def refuse_place(out: Path, paths: Paths) -> None:
    """Refuse a result file that cannot be written, or that would overwrite what is read."""
    if out.suffix.lower() not in (".json", ".xlsx"):
        raise ValidationError([Flaw(TextPosition(str(out)), UNKNOWN_ENDING)])
    is_read = os.path.realpath(out) in {os.path.realpath(path) for path in paths.named()}
    what = IS_READ if is_read else refused(out)
    if what is not None:
        raise ValidationError([Flaw(TextPosition(str(out)), what)])


def write(changes: ResultChanges, out: Path, staged: Path, language: Language) -> None:
    """Write the result as its ending says."""
    if out.suffix.lower() == ".json":
        write_changes(changes, staged)
        return
    # slow library
    from assess.core.runs.change_tables import ChangeTables

    # slow library
    from assess.files.table_book import write_table_book

    write_table_book(ChangeTables.of(changes).made(), staged, language)
