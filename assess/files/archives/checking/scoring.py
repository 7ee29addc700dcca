"""Whether the runs of an archive come to their results again, and the rule sheet is the one they were scored by."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from zipfile import ZipFile

import assess
from assess.core.archives import names
from assess.core.archives.manifest import ArchivedRun, CheckOutcome, File, Manifest
from assess.core.explanations.lines import ResultLines
from assess.core.flaws import ValidationError
from assess.core.rules.sheet import digest_of
from assess.core.schema import BROKEN as BROKEN_SHEET
from assess.core.scoring.run import score
from assess.core.text import Text
from assess.files.archives.checking.contents import shown
from assess.files.archives.checking.opening import BROKEN, Lacking, OpenedArchive
from assess.files.frozen_inputs import frozen_values, read_frozen
from assess.files.result_wording import is_other_version, same_but_for_warnings, same_but_for_wording
from assess.files.results import write_csv, write_json
from assess.files.rule_sheets import load_sheet

MAX_UNPACKED: Final = 512 << 20

RULES: Final = Text("评分表，摘要 {digest}", "Rule sheet, {digest}")
RUN: Final = Text("第{n}次计分：用冻结的输入重新计算", "Run {n}: repeated from its frozen inputs")
RUN_OF_OTHER: Final = Text(
    "第{n}次计分：由版本{then}生成，用冻结的输入重新计算并比较分数、名次和等次；说明文字以签章和清单为准",
    "Run {n}: made by version {then}; points, ranks and grades repeated from its frozen inputs. Explanations rely on "
    "the seal and the list",
)
UNREADABLE: Final = Text("{name}：无法读取，未核验。", "{name}: The file cannot be read and was not checked.")
OTHER_FILE: Final = Text("{name}：SHA-256与目录不符。", "{name}: The SHA-256 differs from the manifest.")
OTHER_SHEET: Final = Text(
    "{name}：摘要为 {digest}，不是计分所用的评分表。",
    "{name}: This is not the rule sheet used for scoring. It has the {digest}.",
)
BAD_SHEET: Final = Text("{name}：不是完整的评分表。", "{name}: This is not a complete rule sheet.")
BAD_INPUTS: Final = Text("{name}：不能重新计分：{why}", "{name}: It cannot be scored again: {why}")
TOO_LARGE: Final = Text("解压后过大", "too large when unpacked")
OTHER_INPUTS: Final = Text(
    "{name}：数据摘要为 {digest}，与目录不符。",
    "{name}: The input digest {digest} differs from the manifest.",
)
OTHER_RULES: Final = Text(
    "{name}：其中的评分表与目录不符。", "{name}: It contains another rule sheet than the manifest states."
)
OTHER_RESULTS: Final = Text(
    "{name}：重新计算的结果与其不同{engine}。", "{name}: Scoring the frozen inputs again gives another result{engine}."
)
OTHER_ENGINE: Final = Text("（计分程序版本：当时{then}，现在{now}）", " (program version: {then} then, {now} now)")


def check_rules(archive: OpenedArchive, manifest: Manifest) -> CheckOutcome:
    """Both forms of the rule sheet against the run of the newest edition."""
    run = manifest.run(manifest.newest.run)
    wanted = "" if run is None else run.rule_digest
    wrong = [told for file in (manifest.rules, manifest.rules_book) for told in sheet_told(archive, file, wanted)]
    return CheckOutcome(RULES.format(digest=wanted), tuple(wrong))


def sheet_told(archive: OpenedArchive, file: File, wanted: str) -> Iterator[Text]:
    """What is wrong with one form of the sheet."""
    name = shown(file.member)
    try:
        data = archive.read(file.member)
    except Lacking:
        yield UNREADABLE.format(name=name)
        return
    yield from named_told(archive, file)
    with TemporaryDirectory() as folder:
        path = Path(folder) / ("sheet.xlsx" if file.member == names.RULES_BOOK else "sheet.yaml")
        path.write_bytes(data)
        try:
            loaded = load_sheet(path)
        except ValidationError:
            yield BAD_SHEET.format(name=name)
            return
    if loaded.sheet is BROKEN_SHEET or loaded.flaws:
        yield BAD_SHEET.format(name=name)
    elif (digest := digest_of(loaded.sheet)) != wanted:
        yield OTHER_SHEET.format(name=name, digest=digest)


def named_told(archive: OpenedArchive, file: File) -> Iterator[Text]:
    """That a member is another than the manifest names; nothing of one that cannot be read at all."""
    if archive.digest(file.member) not in (None, file.sha256):
        yield OTHER_FILE.format(name=shown(file.member))


def check_run(archive: OpenedArchive, run: ArchivedRun) -> tuple[CheckOutcome, ResultLines | None]:
    """A run made again, and what it came to; None where it could not be."""
    what = (RUN_OF_OTHER if is_other_version(run.engine) else RUN).format(n=run.number, then=shown(run.engine))
    files = (run.inputs, run.results, run.table)
    wrong = [told for each in files for told in named_told(archive, each)]
    try:
        lines = made_again(archive, run)
    except Lacking as lacking:
        return CheckOutcome(what, (*wrong, UNREADABLE.format(name=shown(str(lacking))))), None
    except ValidationError as flawed:
        why = Text(*(flawed.flaws[0].localized(each) for each in ("zh", "en")))
        return CheckOutcome(what, (*wrong, BAD_INPUTS.format(name=shown(run.inputs.member), why=why))), None
    return CheckOutcome(what, (*wrong, *digests_told(run, lines), *results_told(archive, run, lines))), lines


def made_again(archive: OpenedArchive, run: ArchivedRun) -> ResultLines:
    """What the frozen inputs of a run come to.

    Raises:
        Lacking: they are not there, or no zip of a size that can be.
        ValidationError: they are not such inputs.
    """
    data = archive.read(run.inputs.member)
    try:
        with ZipFile(BytesIO(data)) as inside:
            size = sum(each.file_size for each in inside.infolist())
    except BROKEN:
        raise Lacking(run.inputs.member) from None
    if size > MAX_UNPACKED:
        raise Lacking(run.inputs.member)
    frozen_values(data)
    return ResultLines(score(read_frozen(data)))


def digests_told(run: ArchivedRun, lines: ResultLines) -> Iterator[Text]:
    """The digests that are not those of the manifest."""
    name = shown(run.inputs.member)
    if lines.results.inputs.digest != run.inputs_digest:
        yield OTHER_INPUTS.format(name=name, digest=lines.results.inputs.digest)
    if digest_of(lines.results.inputs.sheet) != run.rule_digest:
        yield OTHER_RULES.format(name=name)


def results_told(archive: OpenedArchive, run: ArchivedRun, lines: ResultLines) -> Iterator[Text]:
    """Where the results, as JSON and as a table, are not what the run comes to now."""
    other, engine = is_other_version(run.engine), Text("", "")
    if other:
        engine = OTHER_ENGINE.format(then=shown(run.engine), now=assess.__version__)
    for file, write, is_same in (
        (run.results, write_json, same_but_for_wording),
        (run.table, write_csv, same_but_for_warnings),
    ):
        with TemporaryDirectory() as folder:
            path = Path(folder) / "results"
            write(lines, path)
            made = path.read_bytes()
        try:
            kept = archive.read(file.member)
        except Lacking:
            yield UNREADABLE.format(name=shown(file.member))
            continue
        if kept != made and not (other and is_same(kept, made)):
            yield OTHER_RESULTS.format(name=shown(file.member), engine=engine)
