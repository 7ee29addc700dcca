"""`assess replay`: runs made again from their frozen inputs, to the same bytes or with what differs."""

from __future__ import annotations

from typing import Final

import click

from assess.cli.instance import open_instance, settings_here
from assess.cli.messages import language_option, progress_shown
from assess.core.text import Language, Text
from assess.files.result_wording import is_other_version
from assess.services.runs.replaying import replay as made_again
from assess.settings import Settings
from assess.store.queries.cycles import CycleRow, cycle_of_year, newest_year
from assess.store.queries.runs import RunRow, runs_of
from assess.store.session import Database

REPLAYING: Final = Text("重新计算", "Repeating scoring runs")
SAME: Final = Text(
    "{year}年第{number}次计分：重新计算，结果逐字节一致", "{year}, run {number}: repeated with identical results"
)
SAME_BUT_FOR_WORDING: Final = Text(
    "{year}年第{number}次计分：由版本{then}生成，重新计算的分数、名次和等次一致；说明文字与当时的结果文件一致",
    "{year}, run {number}: made by version {then}; points, ranks and grades are identical when repeated, and the "
    "explanations match the stored results",
)
DIFFERS: Final = Text("{year}年第{number}次计分：结果不一致", "{year}, run {number}: results differ")
NO_YEAR: Final = Text("没有这个年度。", "There is no such year.")
NO_RUN: Final = Text("{year}年没有第{number}次计分。", "{year} has no run {number}.")
NO_RUNS: Final = Text("{year}年尚未计分。", "{year} has not been scored yet.")


@click.command()
@click.option("--year", type=int, help="考核年度，默认最近一年 / assessment year, default: the latest")
@click.option("--run", "number", type=int, help="第几次计分，默认全部 / number of the run, default: all")
@language_option
def replay(*, year: int | None, number: int | None, language: Language) -> None:
    """用冻结的输入重新计算：一致的退出码为0，否则为1 / Repeat scoring runs; exit 0 if results agree, 1 if not."""
    settings, sound = settings_here(), True
    with open_instance(settings) as database:
        cycle, runs = chosen(database, year, number, language)
        with progress_shown(REPLAYING, language) as progress:
            for done, run in enumerate(runs, 1):
                sound &= print_replay(database, settings, cycle, run, language)
                progress(done, len(runs))
    if not sound:
        raise SystemExit(1)


def chosen(
    database: Database, year: int | None, number: int | None, language: Language
) -> tuple[CycleRow, list[RunRow]]:
    """The runs that are made again, the first of them first.

    Raises:
        ClickException: there is no such year or run.
    """
    with database.reading() as session:
        cycle = newest_year(session) if year is None else cycle_of_year(session, year=year)
        if cycle is None:
            raise click.ClickException(NO_YEAR.localized(language))
        runs = [run for run in reversed(runs_of(session, cycle=cycle.id)) if number in (None, run.number)]
    if not runs:
        what = NO_RUNS if number is None else NO_RUN
        raise click.ClickException(what.localized(language, year=cycle.year, number=number))
    return cycle, runs


def print_replay(database: Database, settings: Settings, cycle: CycleRow, run: RunRow, language: Language) -> bool:
    """Whether a run comes to the same again; what differs is printed."""
    with database.reading() as session:
        wrong = made_again(session, run, folder=settings.uploads)
    same = SAME_BUT_FOR_WORDING if is_other_version(run.engine) else SAME
    head = DIFFERS if wrong else same
    click.echo(head.localized(language, year=cycle.year, number=run.number, then=run.engine), err=bool(wrong))
    for each in wrong:
        click.echo(f"  {each.localized(language)}", err=True)
    return not wrong
