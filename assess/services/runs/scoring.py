"""The job that makes a run: freeze the inputs of one moment, score what was frozen, keep lines with their facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import assess
from assess.core.errors import Refused
from assess.core.explanations.lines import ResultLines
from assess.core.flaws import Flaw, ValidationError
from assess.core.rules.sheet import digest_of
from assess.core.runs.frozen import Frozen
from assess.core.runs.interim import lacks_figures, without_decisions
from assess.core.runs.kinds import RunKind
from assess.core.runs.stability import RankRange, effects, rank_range, varied_factors
from assess.core.scoring.results import Results
from assess.core.scoring.run import score
from assess.core.text import Text
from assess.core.workflow import Act, Stage, check_allowed
from assess.files.frozen_inputs import frozen_zip, read_frozen
from assess.files.results import write_json
from assess.services import audit
from assess.services.cycles import taken
from assess.services.jobs import WORKER, JobType, Progress
from assess.services.orders import ordered
from assess.services.runs.freezing import freeze
from assess.services.runs.rows import RunRows, rows_of
from assess.services.years import year_of
from assess.store.models import Run, RunCorrection, RunOrder
from assess.store.queries import runs as queries
from assess.store.queries.corrections import ids_in_force
from assess.store.queries.cycles import CycleRow
from assess.store.running import add_rows
from assess.store.session import Session, flush, see_one_moment
from assess.store.upload_records import record_created_file
from assess.store.uploads import keep_bytes

KIND: Final = "score"
INPUTS, RESULTS = "run-inputs", "run-results"
"""Kinds of kept files."""
STEPS: Final = 4

NO_ORDER: Final = Text("没有这次计分。", "There is no such run.")
FLAWED: Final = Text(
    "计分输入有错误，不能计分：{first}（共{count}处）。请按“计分前检查”逐项处理后重新计分。",
    "The inputs have errors, so nothing was scored: {first} ({count} in all). Correct them on the "
    "page Check before scoring, then score again.",
)


@dataclass(frozen=True, eq=False)
class ScoringInput:
    """What a run is made of; `corrections` are the rulings and corrections that the figures contain."""

    cycle: CycleRow
    kind: RunKind
    sheet_version: int
    digest: str
    frozen: Frozen
    corrections: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class StoredFile:
    """A file that is on the disk."""

    sha256: str
    size: int


@dataclass(frozen=True, eq=False)
class ScoredRun:
    """What a run came to; its files are on the disk already."""

    sheet_version: int
    rule_digest: str
    inputs_digest: str
    inputs: StoredFile
    results: StoredFile
    rows: RunRows
    corrections: tuple[int, ...]


def scoring_in(folder: Path) -> JobType:
    """The kind of job that makes runs, whose files are kept in a folder."""
    return JobType(read=read_needed, work=partial(make_run, folder), keep=keep_run)


def read_needed(session: Session, arguments: Mapping[str, Any]) -> ScoringInput:
    """All inputs, of one moment.

    Raises:
        NotFound: nobody asked for it.
        Refused: the stage does not allow it any more, or no rule sheet is published.
    """
    see_one_moment(session)
    order, cycle = ordered(session, RunOrder, arguments, NO_ORDER)
    check_allowed(cycle.stage, Act.SCORE)
    year = year_of(session, cycle)
    frozen = freeze(session, year, day=order.day).frozen
    return ScoringInput(
        cycle, RunKind(order.kind), year.version, year.digest, frozen, ids_in_force(session, cycle=cycle.id)
    )


def make_run(folder: Path, needed: ScoringInput, progress: Progress) -> ScoredRun:
    """Freeze, score what was frozen, and keep both on the disk.

    Raises:
        Refused: the inputs have flaws.
    """
    progress(0, STEPS)
    taken = taken_by(needed)
    frozen = frozen_zip(taken)
    lines = ResultLines(scored(frozen))
    progress(1, STEPS)
    ranges = stability_of(lines.results)
    progress(2, STEPS)
    results = results_json(lines)
    rows = rows_of(lines, taken.figures, ranges)
    progress(3, STEPS)
    return ScoredRun(
        sheet_version=needed.sheet_version,
        rule_digest=digest_of(lines.results.inputs.sheet),
        inputs_digest=lines.results.inputs.digest,
        inputs=kept(folder, frozen),
        results=kept(folder, results),
        rows=rows,
        corrections=needed.corrections,
    )


def taken_by(needed: ScoringInput) -> Frozen:
    """What a run stands on: of an interim ranking that lacks figures, with rules by which nothing is decided.

    Raises:
        Refused: the inputs have flaws.
    """
    if needed.kind is RunKind.WORKING or not lacks_figures(scored(frozen_zip(needed.frozen))):
        return needed.frozen
    return without_decisions(needed.frozen)


def scored(frozen: bytes) -> Results:
    """What frozen inputs come to.

    Raises:
        Refused: they have flaws.
    """
    try:
        return score(read_frozen(frozen))
    except ValidationError as flawed:
        raise Refused(FLAWED.format(first=told_of(flawed.flaws[0]), count=len(flawed.flaws))) from flawed


def told_of(flaw: Flaw) -> Text:
    """What is wrong, without the place in a file that nobody has seen."""
    return flaw.what.format(**flaw.facts)


def stability_of(results: Results) -> RankRange:
    """The ranks over a thousand re-scorings whose weights the digests of rules and inputs draw: always the same."""
    nodes = [each.node for each in effects(results)]
    seed = f"{digest_of(results.inputs.sheet)} {results.inputs.digest}"
    return rank_range(results, varied_factors(seed, nodes))


def results_json(lines: ResultLines) -> bytes:
    """The whole result, as `assess score` writes it."""
    with written_results(lines) as path:
        return path.read_bytes()


def digest_of_results(lines: ResultLines) -> str:
    """The SHA-256 of the whole result, which need not fit into memory for that."""
    with written_results(lines) as path, path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


@contextmanager
def written_results(lines: ResultLines) -> Iterator[Path]:
    """A file for the time being with the whole result."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "results.json"
        write_json(lines, path)
        yield path


def kept(folder: Path, data: bytes) -> StoredFile:
    """Keep a file."""
    return StoredFile(keep_bytes(folder, data), len(data))


def keep_run(session: Session, arguments: Mapping[str, Any], made: ScoredRun, now: datetime) -> None:
    """Write the run and all its rows under the next number of the year.

    Raises:
        NotFound: nobody asked for it.
        Refused: the stage does not allow it any more.
    """
    order, cycle = ordered(session, RunOrder, arguments, NO_ORDER)
    check_allowed(Stage(taken(session, cycle).stage), Act.SCORE)
    for file, kind, name in ((made.inputs, INPUTS, "inputs.zip"), (made.results, RESULTS, "results.json")):
        record_created_file(session, sha256=file.sha256, size=file.size, kind=kind, file_name=name, account=0, now=now)
    before = queries.newest_run(session, cycle=cycle.id)
    run = Run(
        cycle_id=cycle.id, number=1 if before is None else before.number + 1, order_id=order.id, kind=order.kind,
        words=order.words, day=order.day, sheet_version=made.sheet_version, rule_digest=made.rule_digest,
        inputs_digest=made.inputs_digest, engine=assess.__version__, inputs=made.inputs.sha256,
        results=made.results.sha256, supersedes=None if before is None else before.id, made_by=order.asked_by,
        made_at=now, **made.rows.summary,
    )  # fmt: skip
    session.add(run)
    flush(session)
    add_rows(session, run=run.id, rows=made.rows.tables)
    session.add_all(RunCorrection(run_id=run.id, correction_id=each) for each in made.corrections)
    told = {"kind": run.kind, "sheet": run.rule_digest, "inputs": run.inputs_digest, "sha256": run.results}
    audit.record(session, WORKER, subject=f"run:{cycle.year}/{run.number}", action="scored", new=told, now=now)
