"""The check of all that an instance keeps: the log, every kept file, rule sheets, runs made again, sealed documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from assess.core.archives.manifest import CheckOutcome
from assess.core.errors import NotFound
from assess.core.seals.kinds import DocumentKind, SealVerdict
from assess.core.text import Text
from assess.files.pdf_style.statement import facts_of, stated_in
from assess.files.result_wording import is_other_version
from assess.files.sealing.checking import check_seal
from assess.services.audit.checking import ChainCheck, check_chain
from assess.services.runs.replaying import digest_of_tree, replay
from assess.store.queries import keeping as queries
from assess.store.queries.keeping import SealKept
from assess.store.queries.runs import RunRow, runs_of
from assess.store.queries.seals import DocumentRow, SealRow, documents_of, seals_of
from assess.store.session import Database
from assess.store.uploads import digest_of_file, kept_path

LOG: Final = Text("操作日志：{n}条，末条摘要 {head}", "Audit log: {n} entries, last digest {head}")
EMPTY: Final = Text("操作日志为空。", "The audit log is empty.")
FILES: Final = Text("保存的文件：{n}个", "Stored files: {n}")
GONE: Final = Text("文件{name}（{sha256}）不在磁盘上。", "The file {name} ({sha256}) is missing from the disk.")
CHANGED: Final = Text(
    "文件{name}（{sha256}）被改动，SHA-256不符。", "The file {name} ({sha256}) was changed. Its SHA-256 differs."
)
SHEETS: Final = Text("评分表：{n}个版本", "Rule sheets: {n} versions")
OTHER_SHEET: Final = Text(
    "{year}年评分表第{number}版被改动，摘要不符。",
    "Version {number} of the rule sheet of {year} was changed. Its digest differs.",
)
RUN: Final = Text("{year}年第{n}次计分：重新计算", "{year}, run {n}: repeated")
RUN_OF_OTHER: Final = Text(
    "{year}年第{n}次计分：由版本{then}生成，重新计算并比较分数、名次和等次；说明文字与当时的结果文件比较",
    "{year}, run {n}: made by version {then}; points, ranks and grades repeated, explanations compared with the "
    "stored results",
)
EDITION: Final = Text("{year}年第{n}版封存文件：{count}份", "{year}, edition {n}: {count} sealed documents")
DOCUMENT: Final = Text("{kind}{unit}（{lang}，{code}）", "{kind} {unit} ({lang}, {code})")
PAPER_GONE: Final = Text("{document}：不在磁盘上。", "{document}: Missing from the disk.")
NOT_GENUINE: Final = Text("{document}：{verdict}", "{document}: {verdict}")
STATES_OTHER: Final = Text(
    "{document}：文件载明的版次、单位或摘要与数据库不符。",
    "{document}: The edition, unit or digests stated in the document differ from the database.",
)
NO_HEAD: Final = Text(
    "封存文件上印的日志摘要在日志中找不到，日志被改写过。",
    "The log digest printed on the sealed document is not in the audit log. The log was rewritten.",
)
NO_ENTRY: Final = Text(
    "日志中没有这次封存的记录，或所记与数据库不符。",
    "The audit log has no entry of this seal, or the entry differs from the database.",
)


def check_instance(database: Database, *, folder: Path) -> Iterator[CheckOutcome]:
    """Everything that can be checked, one thing after the other; what is read is read in short transactions."""
    yield log_checked(check_chain(database, silent))
    yield files_checked(database, folder)
    yield sheets_checked(database)
    with database.reading() as session:
        years = queries.years_kept(session)
    for cycle, year in years:
        with database.reading() as session:
            runs, seals = runs_of(session, cycle=cycle), seals_of(session, cycle=cycle)
        for run in reversed(runs):
            yield run_checked(database, folder, year, run)
        by_row = {run.id: run for run in runs}
        for seal in reversed(seals):
            yield edition_checked(database, folder, year, seal, by_row[seal.run])


def silent(done: int, of: int) -> None:
    """Progress that nobody asks for."""


def log_checked(checked: ChainCheck) -> CheckOutcome:
    """The chain of the log."""
    what = LOG.format(n=checked.last.number, head=checked.last.digest or "–")
    if checked.broken is not None:
        return CheckOutcome(what, (checked.broken.message,))
    return CheckOutcome(what, () if checked.last.number else (EMPTY,))


def files_checked(database: Database, folder: Path) -> CheckOutcome:
    """Every kept file by its digest."""
    with database.reading() as session:
        kept = queries.files_kept(session)
    wrong = []
    for sha256, name in kept:
        try:
            found = digest_of_file(kept_path(folder, sha256))
        except (NotFound, OSError):
            wrong.append(GONE.format(name=name, sha256=sha256))
            continue
        if found != sha256:
            wrong.append(CHANGED.format(name=name, sha256=sha256))
    return CheckOutcome(FILES.format(n=len(kept)), tuple(wrong))


def sheets_checked(database: Database) -> CheckOutcome:
    """Every version of every rule sheet by its digest."""
    with database.reading() as session:
        sheets = queries.sheets_kept(session)
    wrong = [
        OTHER_SHEET.format(year=year, number=number)
        for year, number, digest, tree in sheets
        if digest_of_tree(tree) != digest
    ]
    return CheckOutcome(SHEETS.format(n=len(sheets)), tuple(wrong))


def run_checked(database: Database, folder: Path, year: int, run: RunRow) -> CheckOutcome:
    """A run made again."""
    with database.reading() as session:
        wrong = tuple(replay(session, run, folder=folder))
    what = RUN_OF_OTHER if is_other_version(run.engine) else RUN
    return CheckOutcome(what.format(year=year, n=run.number, then=run.engine), wrong)


def edition_checked(database: Database, folder: Path, year: int, seal: SealRow, run: RunRow) -> CheckOutcome:
    """The documents of an edition, and what the log says of it."""
    with database.reading() as session:
        documents = documents_of(session, seal=seal.id)
        kept = queries.seal_kept(session, cycle=seal.cycle, edition=seal.edition, year=year)
        has_head = not seal.log_head or queries.has_digest(session, digest=seal.log_head)
    wrong = [told for each in documents for told in document_told(folder, seal, run, each, kept.certificates)]
    if not has_head:
        wrong.append(NO_HEAD)
    if not is_noted(kept, seal, run, len(documents)):
        wrong.append(NO_ENTRY)
    return CheckOutcome(EDITION.format(year=year, n=seal.edition, count=len(documents)), tuple(wrong))


def document_told(folder: Path, seal: SealRow, run: RunRow, row: DocumentRow, pem: str) -> Iterator[Text]:
    """What is wrong with one document."""
    facts = {"kind": row.kind.label, "unit": row.unit, "lang": row.language, "code": row.code}
    document = DOCUMENT.format(**facts)
    try:
        data = kept_path(folder, row.sha256).read_bytes()
    except (NotFound, OSError):
        yield PAPER_GONE.format(document=document)
        return
    verdict = check_seal(data, [pem])
    if verdict is not SealVerdict.GENUINE:
        yield NOT_GENUINE.format(document=document, verdict=verdict.label)
    elif stated_in(data) != wanted_of(seal, run, row):
        yield STATES_OTHER.format(document=document)


def wanted_of(seal: SealRow, run: RunRow, row: DocumentRow) -> Mapping[str, str]:
    """What a document must state."""
    return facts_of(
        DocumentKind(row.kind), row.unit, row.language, edition=seal.edition, run=run.number,
        rules=run.rule_digest, inputs=run.inputs_digest, log=seal.log_head,
    )  # fmt: skip


def is_noted(kept: SealKept, seal: SealRow, run: RunRow, count: int) -> bool:
    """Whether the log says of an edition what the database says."""
    wanted = {"run": seal.run_number, "documents": count, "rules": run.rule_digest, "inputs": run.inputs_digest}
    return all(kept.noted.get(name) == value for name, value in wanted.items())
