"""A run is made again from its frozen inputs and must come to the same bytes; whatever differs is named.

Another version of the program may put the explanations in other words. A run that was made by one must come to the same
points, ranks and grades, and its sentences in the database must be those of its kept results.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import assess
from assess.core.errors import NotFound
from assess.core.explanations.lines import ResultLines
from assess.core.flaws import Flaw, ValidationError
from assess.core.rules.sheet import RuleSheet, digest_of
from assess.core.runs.interim import interim_rules
from assess.core.runs.kinds import RunKind
from assess.core.runs.noting import sentence_of
from assess.core.schema import BROKEN, Tree
from assess.core.scoring.run import score
from assess.core.text import Text
from assess.files.frozen_inputs import frozen_values, read_frozen
from assess.files.result_wording import is_other_version, reasons_of, same_but_for_wording
from assess.files.rule_sheets import sheet_of_tree
from assess.services.runs.rows import RunRows, rows_of
from assess.services.runs.scoring import results_json, stability_of
from assess.store.queries.runs import RunRow
from assess.store.queries.years import sheet_tree
from assess.store.running import key_of, rows_kept
from assess.store.session import Session
from assess.store.uploads import kept_path

INPUTS: Final = Text("冻结的计分输入", "Frozen inputs")
RESULTS: Final = Text("保存的结果文件", "Stored results")
GONE: Final = Text("{what}：不在磁盘上。", "{what}: missing from the disk.")
ALTERED: Final = Text("{what}：被改动，SHA-256不符。", "{what}: changed, the SHA-256 differs.")
UNREADABLE: Final = Text("冻结的计分输入无法读取：{why}", "The frozen inputs cannot be read: {why}")
OTHER_INPUTS: Final = Text("数据摘要不符。", "The digest of the inputs differs.")
OTHER_SHEET: Final = Text(
    "数据库中的评分表与计分所用的不符。", "The rule sheet in the database is not the one used for scoring."
)
OTHER_FROZEN_SHEET: Final = Text("冻结的评分表摘要不符。", "The digest of the frozen rule sheet differs.")
OTHER_RESULTS: Final = Text(
    "重新计算的结果与保存的不同{engine}。", "The repeated result differs from the stored one{engine}."
)
OTHER_ENGINE: Final = Text("（计分程序版本：当时{then}，现在{now}）", " (program version: {then} then, {now} now)")
OTHER_ROW: Final = Text("{table}“{key}”的“{column}”：数据库中为{kept}，重新计算为{made}",
                        "{table} {key}, {column}: {kept} in the database, {made} when repeated")  # fmt: skip
OTHER_SENTENCE: Final = Text(
    "“{key}”的说明：库中为“{kept}”，结果文件中为“{made}”",
    "explanation of {key}: the database says “{kept}”, the stored results say “{made}”",
)
LACKING: Final = Text("{table}“{key}”：数据库中没有", "{table} {key}: missing from the database")
TOO_MUCH: Final = Text("{table}“{key}”：数据库中多出", "{table} {key}: only in the database")
MORE: Final = Text("……另有{count}处不同", "… and {count} more differences")
MAX_DIFFERENCES: Final = 20
Tables = Mapping[str, Sequence[Mapping[str, Any]]]
WORDED: Final = frozenset({"run_sentence", "run_warning"})
"""Tables of wording alone."""
CALLED: Final[Mapping[str, Text]] = {
    "run_unit": Text("单位结果", "result of unit"),
    "run_line": Text("得分", "item"),
    "run_sentence": Text("说明语句", "sentence"),
    "run_value": Text("数据", "figure"),
    "run_member": Text("领导班子成员得分", "points of leadership post"),
    "run_warning": Text("提示", "warning"),
}


def replay(session: Session, run: RunRow, *, folder: Path) -> list[Text]:
    """What differs when a run is made again; nothing where it comes to the same (7 queries).

    A run of this version comes to the same bytes, one of another version to the same but for the wording.
    """
    files = {what: file_told(folder, sha256, what) for what, sha256 in ((INPUTS, run.inputs), (RESULTS, run.results))}
    wrong = [each for each in files.values() if isinstance(each, Text)]
    inputs, results = files[INPUTS], files[RESULTS]
    if run.rule_digest not in digests_of_run(sheet_tree(session, run.sheet_version), run.kind):
        wrong.append(OTHER_SHEET)
    if isinstance(inputs, Text):
        return wrong
    try:
        lines = ResultLines(score(read_frozen(inputs)))
        made = rows_of(lines, frozen_values(inputs), stability_of(lines.results))
    except ValidationError as flawed:
        return [*wrong, UNREADABLE.format(why=Text(*(flawed.flaws[0].localized(each) for each in ("zh", "en"))))]
    wrong += digests_told(run, lines)
    rows = rows_kept(session, run=run.id)
    if is_other_version(run.engine):
        kept = b"" if isinstance(results, Text) else results
        return [*wrong, *other_version_told(run, kept, lines, rows, made)]
    if not isinstance(results, Text) and results != results_json(lines):
        wrong.append(OTHER_RESULTS.format(engine=""))
    return [*wrong, *rows_told(rows, made.tables)]


def other_version_told(run: RunRow, results: bytes, lines: ResultLines, rows: Tables, made: RunRows) -> list[Text]:
    """What differs, but for the wording, from what another version kept; results that are not there are left out."""
    wrong = rows_told(without_wording(rows), without_wording(made.tables))
    if not results:
        return wrong
    if not same_but_for_wording(results, results_json(lines)):
        engine = OTHER_ENGINE.format(then=run.engine, now=assess.__version__)
        wrong.insert(0, OTHER_RESULTS.format(engine=engine))
    return [*wrong, *shortened(list(sentences_told(rows, reasons_of(results))))]


def without_wording(tables: Tables) -> Tables:
    """The rows without explanations, warnings and the words of adjustments."""
    return {name: [row_without_wording(row) for row in rows] for name, rows in tables.items() if name not in WORDED}


def row_without_wording(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row without its explanation; of its adjustments id, effect and clause are left."""
    rest = {column: value for column, value in row.items() if column != "facts"}
    if "adjustments" in rest:
        rest["adjustments"] = [
            {name: value for name, value in each.items() if name != "words"} for each in rest["adjustments"]
        ]
    return rest


def sentences_told(rows: Tables, reasons: Mapping[tuple[str, str], Text]) -> Iterator[Text]:
    """Explanations in the database that are not those of the kept results."""
    sentences = {row["number"]: Text(row["zh"], row["en"]) for row in rows["run_sentence"]}
    for row in rows["run_line"]:
        told = reasons.get((row["unit"], row["node"]), Text("", ""))
        try:
            kept = sentence_of(row["facts"], sentences)
        except (LookupError, TypeError, ValueError):
            kept = Text("?", "?")
        if kept != told:
            yield OTHER_SENTENCE.format(key=f"{row['unit']} {row['node']}", kept=kept, made=told)


def digests_of_run(tree: Tree, kind: RunKind) -> tuple[str, ...]:
    """The digests that a run by a kept rule sheet may have; of an interim ranking that of interim rules too."""
    sheet = sheet_in(tree)
    if sheet is None:
        return ()
    return (digest_of(sheet), digest_of(interim_rules(sheet))) if kind is RunKind.INTERIM else (digest_of(sheet),)


def digest_of_tree(tree: Tree) -> str:
    """The digest of a kept rule sheet; empty where it is none any more."""
    sheet = sheet_in(tree)
    return "" if sheet is None else digest_of(sheet)


def sheet_in(tree: Tree) -> RuleSheet | None:
    """A kept rule sheet; None where it is none any more."""
    flaws: list[Flaw] = []
    sheet = sheet_of_tree(tree, flaws)
    return None if flaws or sheet is BROKEN else sheet


def file_told(folder: Path, sha256: str, what: Text) -> bytes | Text:
    """The bytes of a kept file, or what is wrong with it."""
    try:
        data = kept_path(folder, sha256).read_bytes()
    except NotFound:
        return GONE.format(what=what)
    return data if hashlib.sha256(data).hexdigest() == sha256 else ALTERED.format(what=what)


def digests_told(run: RunRow, lines: ResultLines) -> Iterator[Text]:
    """The digests that are not those of the run."""
    if lines.results.inputs.digest != run.inputs_digest:
        yield OTHER_INPUTS
    if digest_of(lines.results.inputs.sheet) != run.rule_digest:
        yield OTHER_FROZEN_SHEET


def rows_told(kept: Tables, made: Tables) -> list[Text]:
    """Rows of the database that are not what the run comes to, the first of them each by name."""
    return shortened([told for name, rows in made.items() for told in table_told(name, kept[name], rows)])


def shortened(found: list[Text]) -> list[Text]:
    """The first of many differences, and how many more there are."""
    rest = len(found) - MAX_DIFFERENCES
    return [*found[:MAX_DIFFERENCES], MORE.format(count=rest)] if rest > 0 else found


def table_told(name: str, kept: Sequence[Mapping[str, Any]], made: Sequence[Mapping[str, Any]]) -> Iterator[Text]:
    """Rows of one table that differ."""
    was, now = ({key_of(name, row): row for row in rows} for rows in (kept, made))
    for key in sorted(was.keys() | now.keys()):
        facts = {"table": CALLED[name], "key": " ".join(key)}
        if key not in was:
            yield LACKING.format(**facts)
        elif key not in now:
            yield TOO_MUCH.format(**facts)
        else:
            for column in (each for each in was[key] if was[key][each] != now[key].get(each)):
                yield OTHER_ROW.format(**facts, column=column, kept=was[key][column], made=now[key].get(column))
