"""`assess score`: from files to results, without the service."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path

import click

from assess.cli.interrupting import interrupts_heeded
from assess.cli.message_files import MessageFile, messages_option
from assess.cli.messages import Progress, flaws_told, language_option, one_line, progress_shown, tell_warnings
from assess.cli.reading import Paths, read_inputs, read_with_warnings
from assess.core.explanations.lines import ResultLines
from assess.core.flaws import Flaw, ValidationError
from assess.core.scorecard.content import Book
from assess.core.scoring.run import score as score_units
from assess.core.sources import TextPosition
from assess.core.text import Language, Text
from assess.core.warnings.results import summary
from assess.files.outputs import Outputs, refused
from assess.files.results import write_csv, write_json

UNKNOWN_ENDING = Text(
    "结果文件名应以 .json、.csv、.xlsx 或 .pdf 结尾。",
    "The name of a result file must end in .json, .csv, .xlsx or .pdf.",
)
IS_READ = Text("这是要读取的文件，结果请另取文件名。", "This is an input file. Enter another name for the results.")
DRAWING = Text("正在生成考核结果单", "Creating scorecards")

Write = Callable[[ResultLines, Path, Language, Progress], Sequence[Text]]
"""Writes one result file and returns what a reader should know of it."""


def to_json(lines: ResultLines, path: Path, language: Language, progress: Progress) -> Sequence[Text]:
    """The result as JSON; both languages stand in it."""
    write_json(lines, path)
    return ()


def to_json_with_headroom(lines: ResultLines, path: Path, language: Language, progress: Progress) -> Sequence[Text]:
    """The same with what figures would have gained points."""
    # slow library
    from assess.core.headroom.making import headroom_of

    write_json(lines, path, headroom_of(lines.results))
    return ()


def to_csv(lines: ResultLines, path: Path, language: Language, progress: Progress) -> Sequence[Text]:
    """The result as CSV."""
    write_csv(lines, path)
    return ()


def to_excel(lines: ResultLines, path: Path, language: Language, progress: Progress) -> Sequence[Text]:
    """The result as a workbook."""
    # slow library
    from assess.files.ranking_book import write_ranking_book

    write_ranking_book(lines, path, language)
    return ()


def to_pdf(
    paths: Paths | None, lines: ResultLines, path: Path, language: Language, progress: Progress
) -> Sequence[Text]:
    """The ranked book of scorecards; returns which characters the fonts lack."""
    # slow library
    from assess.core.scorecard.book import BookMaker

    # slow library
    from assess.files.ranked_book_pdf import write_book

    again = None if paths is None else partial(book_of, paths)
    return write_book(BookMaker(lines).book(), path, language, progress, again=again)


def book_of(paths: Paths) -> Book:
    """The ranked book of what the files come to, as a second process makes it again."""
    # slow library
    from assess.core.scorecard.book import BookMaker

    return BookMaker(make(paths)).book()


HEADROOM_IN_JSON = Text(
    "--headroom只写入JSON，其他结果文件中没有。请再加一个--out，文件名以.json结尾。",
    "--headroom is written into JSON only; the other result files are without it. Add an --out that ends in .json.",
)

WRITERS: dict[str, Write] = {".json": to_json, ".csv": to_csv, ".xlsx": to_excel, ".pdf": partial(to_pdf, None)}

WITH_HEADROOM: dict[str, Write] = {**WRITERS, ".json": to_json_with_headroom}


@click.command()
@click.argument("rules", type=click.Path(path_type=Path))
@click.option("--units", required=True, type=click.Path(path_type=Path), help="单位名单 / the units (CSV, Excel)")
@click.option("--figures", required=True, type=click.Path(path_type=Path), help="数据 / the figures (CSV, Excel)")
@click.option("--objects", type=click.Path(path_type=Path), help="对象名单 / the objects of the units (CSV, Excel)")
@click.option("--previous", "previous", multiple=True, type=click.Path(path_type=Path),
              help="上年度数据，再往前的依次重复 / last year's figures, repeatable for earlier years")  # fmt: skip
@click.option("--through", help="计到哪一期，如2026-06 / the last period that counts, such as 2026-06")
@click.option("--previous-results", type=click.Path(path_type=Path), help="上年度结果 / last year's results (JSON)")
@click.option(
    "--exemptions", type=click.Path(path_type=Path), help="不涉及事项 / exemptions: unit, item, reason, approver"
)
@click.option("--out", "outs", required=True, multiple=True, type=click.Path(path_type=Path),
              help="结果文件，可重复 / result file, repeatable: .json .csv .xlsx .pdf")  # fmt: skip
@click.option("--headroom", is_flag=True,
              help="在JSON中写出各数据项改善多少即可多得分 / how little would gain points, in JSON")  # fmt: skip
@messages_option
@language_option
def score(
    rules: Path,
    *,
    units: Path,
    figures: Path,
    objects: Path | None,
    previous: tuple[Path, ...],
    through: str | None,
    previous_results: Path | None,
    exemptions: Path | None,
    outs: tuple[Path, ...],
    headroom: bool,
    messages: Path | None,
    language: Language,
) -> None:
    """按评分表计分、排名，写出结果 / Score and rank by a rule sheet, and write the results."""
    file = MessageFile(messages, language)
    paths = Paths(
        rules=rules,
        units=units,
        figures=figures,
        objects=objects,
        previous=previous[0] if previous else None,
        earlier=previous[1:],
        through=through,
        previous_results=previous_results,
        exemptions=exemptions,
    )
    with flaws_told(language):
        file.refuse((*outs, *paths.named()))
    with flaws_told(language, file):
        refuse_places(outs, paths)
        inputs, warnings = read_with_warnings(paths)
        lines = ResultLines(score_units(inputs))
        write_results(lines, outs, language, paths, WITH_HEADROOM if headroom else WRITERS)
        file.write((), warnings)
    if headroom and not any(out.suffix.lower() == ".json" for out in outs):
        click.echo(HEADROOM_IN_JSON.localized(language), err=True)
    tell_warnings(warnings, language)
    click.echo(one_line(summary(lines.results).localized(language)), err=True)


def make(paths: Paths) -> ResultLines:
    """Read the files and score them."""
    return ResultLines(score_units(read_inputs(paths)))


def write_results(
    lines: ResultLines,
    outs: tuple[Path, ...],
    language: Language,
    paths: Paths | None = None,
    by_ending: Mapping[str, Write] = WRITERS,
) -> None:
    """Write every result file, all of them or none, then tell on standard error what a reader should know of them.

    A large book is made on two processes where `paths` name the files that were scored.
    """
    told: list[str] = []
    writers: dict[str, Write] = {**by_ending, ".pdf": partial(to_pdf, paths)}
    with progress_shown(DRAWING, language) as show, Outputs() as outputs, interrupts_heeded() as heed:

        def progress(done: int, of: int) -> None:
            heed()
            show(done, of)

        for out in outs:
            warnings = writers[out.suffix.lower()](lines, outputs.stage(out), language, progress)
            heed()
            told += [f"{out}: {warning.localized(language)}" for warning in warnings]
    for each in told:
        click.echo(one_line(each), err=True)


def refuse_places(outs: tuple[Path, ...], paths: Paths) -> None:
    """Refuse result files that cannot be written, or that would overwrite what is read, before any work is done."""
    read = {os.path.realpath(path) for path in paths.named()}
    wrong = [Flaw(TextPosition(str(out)), what) for out in outs if (what := refusal_of(out, read)) is not None]
    if wrong:
        raise ValidationError(wrong)


def refusal_of(out: Path, read: Collection[str]) -> Text | None:
    """Why a result file cannot be written, or None."""
    if out.suffix.lower() not in WRITERS:
        return UNKNOWN_ENDING
    return IS_READ if os.path.realpath(out) in read else refused(out)
