"""Whether the audit log of an archive holds together, and says of runs and seals what the archive says."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from assess.core.archives.manifest import ArchivedEdition, ArchivedRun, CheckOutcome, Manifest
from assess.core.audit.chain import Break, ChainFault, ChainPosition, LogEntry, break_at, canonical
from assess.core.text import Text
from assess.files.archives.checking.contents import shown
from assess.files.archives.checking.opening import Lacking, OpenedArchive
from assess.files.archives.checking.scoring import UNREADABLE, named_told

MAX_LINE_BYTES: Final = 16 << 20
"""So long is a line at most."""

LOG: Final = Text(
    "操作日志：第{first}至{last}条，末条摘要 {head}", "Audit log: entries {first} to {last}, last digest {head}"
)
BROKEN: Final = Text("{name}：{what}", "{name}: {what}")
NOT_WHOLE: Final = Text(
    "{name}：末条应为第{last}条，实为第{found}条或摘要不符。",
    "{name}: The log should end with entry {last} and its digest, but ends with {found}.",
)
NO_HEAD: Final = Text(
    "第{n}版封存文件上印的日志摘要在日志中找不到，日志被改写过。",
    "The log digest printed on edition {n} is not in the log. The log was rewritten.",
)
NO_ENTRY: Final = Text("日志中没有“{subject}”的记录“{action}”。", "The log has no entry {subject}, {action}.")
OTHER_ENTRY: Final = Text(
    "日志第{number}条（{subject}）所记与档案不符。",
    "Entry {number} of the log ({subject}) differs from the archive.",
)


def check_log(archive: OpenedArchive, manifest: Manifest) -> CheckOutcome:
    """The chain, and what it says of runs and seals."""
    log, reader = manifest.log, LogReader(manifest)
    name = shown(log.file.member)
    what = LOG.format(first=log.first, last=log.last, head=shown(log.head))
    wrong = list(named_told(archive, log.file))
    lines = lines_of(archive, log.file.member)
    try:
        broken = reader.follow(lines)
        deque(lines, maxlen=0)  # a member tells only at its end that it is damaged
    except Lacking:
        return CheckOutcome(what, (*wrong, UNREADABLE.format(name=name)))
    if broken is not None:
        return CheckOutcome(what, (*wrong, BROKEN.format(name=name, what=broken.message)))
    if (reader.last.number, reader.last.digest) != (log.last, log.head):
        wrong.append(NOT_WHOLE.format(name=name, last=log.last, found=reader.last.number))
    return CheckOutcome(what, (*wrong, *reader.missed()))


def lines_of(archive: OpenedArchive, member: str) -> Iterator[bytes]:
    """The lines of the log, one in memory at a time.

    Raises:
        Lacking: the member is not there, or damaged.
    """
    with archive.stream(member) as file:
        while line := file.readline(MAX_LINE_BYTES):
            yield line


def read_entry(line: bytes) -> LogEntry | None:
    """The entry on a line, None where it is none."""
    try:
        told = json.loads(line)
        if f"{canonical(told)}\n".encode() != line:
            return None
        at, account = datetime.fromisoformat(told.pop("at")), told.pop("account")
        return LogEntry(at=at, account_id=account, **told)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


class LogReader:
    """Follows the log and notes what it says of runs and seals."""

    def __init__(self, manifest: Manifest) -> None:
        self.manifest = manifest
        self.last = ChainPosition(manifest.log.first - 1, manifest.log.before)
        self.heads = {each.log_head for each in manifest.editions}
        self.met = self.heads & {self.last.digest}
        self.wanted = {
            **{(f"run:{manifest.year}/{each.number}", "scored"): said_of_run(each) for each in manifest.runs},
            **{(f"seal:{manifest.year}/{each.edition}", "sealed"): said_of_seal(each, manifest)
               for each in manifest.editions},
        }  # fmt: skip
        self.found: dict[tuple[str, str], tuple[int, bool]] = {}

    def follow(self, lines: Iterator[bytes]) -> Break | None:
        """Follow the chain to its end or to the first broken link."""
        for line in lines:
            entry = read_entry(line)
            if entry is None:
                return Break(self.last.number + 1, self.last.number, ChainFault.UNREADABLE)
            if broken := break_at(self.last, entry):
                return broken
            self.last = ChainPosition(entry.number, entry.digest)
            self.note(entry)
        return None

    def note(self, entry: LogEntry) -> None:
        """What an entry tells of the archive."""
        self.met |= self.heads & {entry.digest}
        key = (entry.subject, entry.action)
        if key in self.wanted:
            new = entry.new if isinstance(entry.new, dict) else {}
            same = all(new.get(name) == value for name, value in self.wanted[key].items())
            self.found[key] = (entry.number, same)

    def missed(self) -> Iterator[Text]:
        """What the log should say and does not."""
        for edition in self.manifest.editions:
            if edition.log_head not in self.met:
                yield NO_HEAD.format(n=edition.edition)
        for subject, action in self.wanted:
            number, same = self.found.get((subject, action), (0, False))
            if not number:
                yield NO_ENTRY.format(subject=subject, action=action)
            elif not same:
                yield OTHER_ENTRY.format(number=number, subject=subject)


def said_of_run(run: ArchivedRun) -> dict[str, Any]:
    """What the log says of a run."""
    return {"sheet": run.rule_digest, "inputs": run.inputs_digest, "sha256": run.results.sha256}


def said_of_seal(edition: ArchivedEdition, manifest: Manifest) -> dict[str, Any]:
    """What the log says of an edition."""
    run = manifest.run(edition.run)
    digests = {} if run is None else {"rules": run.rule_digest, "inputs": run.inputs_digest}
    return {"run": edition.run, "documents": len(edition.documents), **digests}
