"""`assess demo`: the demonstration year that ships with the project, in an instance or scored into files."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from assess.cli.messages import flaws_told, language_option
from assess.cli.reading import Paths
from assess.cli.scoring import make, write_results
from assess.core.explanations.lines import ResultLines
from assess.core.numbers import reduced
from assess.core.rules.sheet import title_of
from assess.core.text import Language, Text
from assess.core.workflow import Stage
from assess.files.outputs import unwritable

RULES = Path(__file__).parents[2] / "rules"
BEFORE, NOW = RULES / "chaoyang-2025", RULES / "chaoyang-2026"
NOTICE = Text(
    "演示数据：以下结果由虚构数据算出，不是任何街乡的真实考核结果。",
    "Demonstration: these results come from invented figures. They are not real results.",
)
ROW = "{rank:>4}  {name}  {total:>7}  {grade}"
UNRANKED = Text("不排名", "not ranked")
WROTE = Text("已写出：{paths}", "Files created: {paths}")
NAME_WIDTH = {"zh": 12, "en": 46}


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False),
              help="只计算演示年度，结果写入此文件夹 / only score the year, results into this folder")  # fmt: skip
@click.option("--units", type=click.IntRange(1, 999),
              help="单位数，超过43个的为虚构单位 / number of units; those beyond 43 are invented")  # fmt: skip
@click.option("--stage", type=click.Choice([stage.value for stage in Stage]),
              help="到哪一阶段为止，默认collecting；只填入一个年度 / stage to reach; fills one year")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="以JSON输出账号 / print the accounts as JSON")
@click.option(
    "--once", is_flag=True, help="已有数据时不报错，只列出账号 / if the instance has data, only list accounts"
)
@language_option
def demo(
    out: Path | None, *, units: int | None, stage: str | None, as_json: bool, once: bool, language: Language
) -> None:  # fmt: skip
    """向空实例填入演示年度并列出账号：2025年度已归档，2026年度正在填报 / Fill an empty instance with two demonstration
    years (2025 archived, 2026 collecting data) and list the accounts.
    """
    if out is not None:
        score_into(out, language)
        return
    # slow library
    from assess.cli.demonstration.command import fill_instance, filler_of

    filler = filler_of(units, None if stage is None else Stage(stage))
    fill_instance(filler, language, as_json=as_json, once=once)


def score_into(out: Path, language: Language) -> None:
    """Score the demonstration year, write its results and print the ranking."""
    with flaws_told(language):
        make_folder(out)
        with TemporaryDirectory() as folder:
            last_year = Path(folder) / "results-2025.json"
            paths = Paths(
                rules=BEFORE / "rule-sheet.yaml", units=BEFORE / "units.csv", figures=BEFORE / "figures.csv",
                previous=BEFORE / "figures-2024.csv",
            )  # fmt: skip
            write_results(make(paths), (last_year,), language)
            paths = Paths(
                rules=NOW / "rule-sheet.yaml", units=NOW / "units.csv", figures=NOW / "figures.csv",
                previous=NOW / "figures-2025.csv", previous_results=last_year,
            )  # fmt: skip
            lines = make(paths)
        files = tuple(out / f"{NOW.name}{ending}" for ending in (".json", ".xlsx", ".pdf"))
        write_results(lines, files, language)
        tell_ranking(lines, language)
        click.echo(WROTE.localized(language, paths=", ".join(map(str, files))))


def make_folder(out: Path) -> None:
    """The folder of the results, made where it is not there."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(out, error) from error


def tell_ranking(lines: ResultLines, language: Language) -> None:
    """The ranking of each group, best first."""
    results = lines.results
    totals = results.total.printed(results.total_digits)
    click.echo(NOTICE.localized(language))
    for number, group in enumerate(results.inputs.sheet.groups or ()):
        click.echo(f"\n{title_of(group, group.id).localized(language)}")
        members = [unit for unit in range(len(totals)) if results.groups[unit] == number]
        for unit in sorted(members, key=lambda unit: (results.ranks.fraction(unit) or len(totals), unit)):
            rank, grade = results.ranks.fraction(unit), results.grade_title(unit)
            name = results.inputs.units.names[unit].localized(language)
            click.echo(
                ROW.format(
                    rank=UNRANKED.localized(language) if rank is None else reduced(rank),
                    name=padded(name, NAME_WIDTH[language]),
                    total=totals[unit] or "",
                    grade="" if grade is None else grade.localized(language),
                )
            )


def padded(name: str, width: int) -> str:
    """A name with blanks up to a width at which a Chinese character counts two."""
    return name + " " * max(0, width - sum(2 if ord(letter) > 0x2E7F else 1 for letter in name))
