"""Filling an archive: every member in turn, each kept file compared with its digest on the way."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Final, get_args

import assess
from assess.core.archives import names
from assess.core.archives.manifest import (
    FORMAT,
    ArchivedEdition,
    ArchivedLog,
    ArchivedRun,
    ArchivedSource,
    Delivery,
    File,
    Manifest,
    SealedPaper,
)
from assess.core.calendar import BEIJING
from assess.core.errors import NotFound, Refused
from assess.core.explanations.lines import ResultLines
from assess.core.scorecard.book import BookMaker
from assess.core.text import Language, Text
from assess.files.archives import words
from assess.files.archives.index import index_page
from assess.files.archives.tables_book import ArchiveTable, write_tables
from assess.files.archives.writing import ArchiveWriter
from assess.files.audit_book import entry_lines
from assess.files.csv_cells import inert
from assess.files.frozen_inputs import sources_in
from assess.files.ranking_book import write_ranking_book
from assess.files.results import write_csv
from assess.files.rule_sheets.yaml_writer import yaml_text
from assess.files.sealing.keys import SealKey
from assess.services import runs
from assess.services.archives.gathering import Gathered, SealedEdition
from assess.services.archives.tables import appeal_tables, finding_tables
from assess.services.jobs import Progress
from assess.store.queries.audit import EVERYTHING, entries_after
from assess.store.queries.runs import RunRow
from assess.store.session import Database
from assess.store.uploads import kept_path

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
MAX_SOURCES: Final = 1 << 30
"""So many bytes of files that figures came from; what is beyond them is named and left out."""
STEPS: Final = 8
"""Steps beside documents and runs."""
CHANGED: Final = Text(
    "保存的文件{name}已被改动（SHA-256不符），没有生成档案。请从备份恢复后重新生成。",
    "The stored file {name} was changed (SHA-256 differs), so no archive was created. Restore the "
    "file from a backup, then try again.",
)


class Filler:
    """Writes one archive."""

    def __init__(
        self, writer: ArchiveWriter, needed: Gathered, folder: Path, database: Database, progress: Progress
    ) -> None:
        self.writer = writer
        self.needed = needed
        self.folder = folder
        self.database = database
        self.progress = progress
        self.done = 0
        self.steps = STEPS + len(needed.runs) + sum(len(each.documents) for each in needed.editions)
        self.lines = runs.lines_of_run(needed.run, folder=folder)

    def step(self) -> None:
        """One more step is done."""
        self.done += 1
        self.progress(self.done, self.steps)

    def fill(self, key: SealKey) -> Sequence[File]:
        """Write every member; gives them all.

        Raises:
            NotFound: a kept file is gone from the disk.
            Refused: a kept file was changed.
        """
        self.writer.add_text(names.README, words.README)
        manifest = self.manifest()
        tables = BookMaker(self.lines).book().listed
        for language in LANGUAGES:
            self.writer.add_text(names.INDEX[language], index_page(manifest, tables, language))
        self.writer.add_text(names.CERTIFICATE, key.certificates)
        self.writer.close(lambda hashes: replace(manifest, hashes=hashes).as_json(), key)
        return self.writer.files

    def manifest(self) -> Manifest:
        """Write what the manifest names, and make it."""
        needed, rules = self.needed, self.lines.results.inputs.sheet
        editions = tuple(self.edition(each) for each in needed.editions)
        self.workbooks()
        return Manifest(
            format=FORMAT, year=needed.cycle.year, number=needed.number, title=needed.cycle.title._asdict(),
            demonstration=needed.cycle.demonstration, engine=assess.__version__, made_at=printed(needed.asked_at),
            editions=editions, runs=tuple(self.scored(each) for each in needed.runs),
            rules=self.writer.add_text(names.RULES, yaml_text(rules)), rules_book=self.rules_book(),
            log=self.log(), evidence=self.sources(), deliveries=tuple(self.deliveries()), hashes=File(names.HASHES, ""),
        )  # fmt: skip

    def kept(self, member: str, sha256: str) -> File:
        """Write a kept file, if it is still what it was.

        Raises:
            NotFound: it is gone from the disk.
            Refused: it was changed.
        """
        made = self.writer.add_file(member, kept_path(self.folder, sha256))
        if made.sha256 != sha256:
            raise Refused(CHANGED.format(name=sha256))
        return made

    def edition(self, edition: SealedEdition) -> ArchivedEdition:
        """Write the documents of an edition and its certificates."""
        seal, places, papers = edition.seal, dict[str, int](), []
        for each in edition.documents:
            place = places.setdefault(each.unit, len(places) + 1) if each.unit else 0
            file = self.kept(names.document(seal.edition, place, each.unit, each.language), each.sha256)
            papers.append(SealedPaper(file, each.kind.value, each.unit, each.language, each.code))
            self.step()
        member = names.certificate(seal.edition)
        self.writer.add_text(member, edition.certificates)
        return ArchivedEdition(
            seal.edition, seal.run_number, printed(seal.sealed_at), seal.replaces, seal.reason, seal.log_head, member,
            tuple(papers),
        )  # fmt: skip

    def scored(self, run: RunRow) -> ArchivedRun:
        """Write inputs and results of a run."""
        lines = self.lines if run.id == self.needed.run.id else runs.lines_of_run(run, folder=self.folder)
        made = ArchivedRun(
            number=run.number, kind=run.kind.value, day=run.day.isoformat(), made_at=printed(run.made_at),
            rule_digest=run.rule_digest, inputs_digest=run.inputs_digest, engine=run.engine,
            inputs=self.kept(names.of_run(run.number, "inputs.zip"), run.inputs),
            results=self.kept(names.of_run(run.number, "results.json"), run.results), table=self.table(run, lines),
        )  # fmt: skip
        self.step()
        return made

    def table(self, run: RunRow, lines: ResultLines) -> File:
        """Write the results of a run as a table."""
        return self.writer.add_made(names.of_run(run.number, "results.csv"), lambda path: write_csv(lines, path))

    def rules_book(self) -> File:
        """Write the rule sheet as a workbook."""
        # slow library
        from assess.files.rule_sheets.book_writer import write_book

        sheet = self.lines.results.inputs.sheet
        return self.writer.add_made(names.RULES_BOOK, lambda path: write_book(sheet, path))

    def workbooks(self) -> None:
        """Write ranking, findings and appeals in each language."""
        units = self.lines.results.inputs.units
        called = dict(zip(units.codes, units.names, strict=True))
        for language in LANGUAGES:
            self.ranking(language)
            self.step()
            for name, tables in (
                ("findings", finding_tables(self.database, self.needed, called)),
                ("appeals", appeal_tables(self.needed, called, self.lines.results.inputs.sheet)),
            ):
                self.book(names.book(name, language), language, tables)
                self.step()

    def ranking(self, language: Language) -> None:
        """Write the ranking."""
        name = names.book("ranking", language)
        self.writer.add_made(name, lambda path: write_ranking_book(self.lines, path, language))

    def book(self, name: str, language: Language, tables: Sequence[ArchiveTable]) -> None:
        """Write a workbook of tables."""
        self.writer.add_made(name, lambda path: write_tables(path, language, tables))

    def log(self) -> ArchivedLog:
        """Write the log of the year."""
        needed, before = self.needed, ""
        with self.database.reading() as session:
            for row in entries_after(session, EVERYTHING, after=needed.first - 1, to=needed.first):
                before = row.before
        file = self.writer.add(names.LOG, self.entries())
        self.step()
        return ArchivedLog(file, needed.first, needed.last, before, needed.head)

    def entries(self) -> Iterator[bytes]:
        """The entries of the log, a part at a time and each read in a transaction of its own."""
        after = self.needed.first - 1
        while True:
            with self.database.reading() as session:
                rows = entries_after(session, EVERYTHING, after=after, to=self.needed.last)
            if not rows:
                return
            yield b"".join(entry_lines(rows))
            after = rows[-1].number

    def sources(self) -> tuple[ArchivedSource, ...]:
        """Write the files that figures of the newest edition came from, and their list."""
        named = sources_in(kept_path(self.folder, self.needed.run.inputs).read_bytes())
        left, made = MAX_SOURCES, []
        for sha256, name in sorted(named.items()):
            file = None
            path = self.path_of(sha256)
            if path is not None and (left := left - path.stat().st_size) >= 0:
                file = self.kept(names.evidence(sha256, name), sha256)
            made.append(ArchivedSource(name, sha256, file))
        self.writer.add_text(names.EVIDENCE_LIST, source_list(made))
        self.step()
        return tuple(made)

    def deliveries(self) -> Iterator[Delivery]:
        """Write the files of every hand-over."""
        for row, files in self.needed.deliveries:
            kept = [
                self.kept(names.delivery(row.number, each.kind.value, each.language, each.name), each.sha256)
                for each in files
            ]
            yield Delivery(row.number, row.edition, printed(row.handed_at), tuple(kept))

    def path_of(self, sha256: str) -> Path | None:
        """Where a file lies, None where it is gone."""
        try:
            return kept_path(self.folder, sha256)
        except NotFound:
            return None


def printed(moment: datetime) -> str:
    """A moment as documents print it, in the time of the district."""
    return f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M}"


def source_list(sources: Sequence[ArchivedSource]) -> str:
    """The list of the files as a table."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("file", "sha256", "member"))
    writer.writerows((inert(each.name), each.sha256, "" if each.file is None else each.file.member) for each in sources)
    return f"\ufeff{text.getvalue()}"
