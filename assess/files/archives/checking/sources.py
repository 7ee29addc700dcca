"""Whether the files that figures came from are those that the frozen inputs name."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Final

from assess.core.archives.manifest import ArchivedRun, CheckOutcome, Manifest
from assess.core.text import Text
from assess.files.archives.checking.contents import shown
from assess.files.archives.checking.opening import BROKEN, Lacking, OpenedArchive
from assess.files.archives.checking.scoring import OTHER_FILE, UNREADABLE
from assess.files.frozen_inputs import sources_in

SOURCES: Final = Text("数据来源文件：{n}个", "Source files of figures: {n}")
DELIVERIES: Final = Text("移交：{n}次", "Handovers: {n}")
NOT_LISTED: Final = Text(
    "第{n}次计分的数据来自SHA-256为 {sha256} 的文件，目录中没有。",
    "Figures of run {n} came from the file with SHA-256 {sha256}, which is not in the manifest.",
)


def check_sources(archive: OpenedArchive, manifest: Manifest) -> CheckOutcome:
    """Every file by the digest that the frozen inputs of the newest edition name."""
    kept = [(each.file.member, each.sha256) for each in manifest.evidence if each.file is not None]
    wrong = [told for member, sha256 in kept for told in file_told(archive, member, sha256)]
    run, listed = manifest.run(manifest.newest.run), {each.sha256 for each in manifest.evidence}
    try:
        named = {} if run is None else sources_named(archive, run)
    except (Lacking, *BROKEN, csv.Error, KeyError):
        named = {}
    if run is not None:
        wrong += [NOT_LISTED.format(n=run.number, sha256=shown(each)) for each in sorted(set(named) - listed)]
    return CheckOutcome(SOURCES.format(n=len(manifest.evidence)), tuple(wrong))


def check_deliveries(archive: OpenedArchive, manifest: Manifest) -> CheckOutcome:
    """Every file of every hand-over by its digest."""
    files = [each for delivery in manifest.deliveries for each in delivery.files]
    wrong = [told for each in files for told in file_told(archive, each.member, each.sha256)]
    return CheckOutcome(DELIVERIES.format(n=len(manifest.deliveries)), tuple(wrong))


def file_told(archive: OpenedArchive, member: str, sha256: str) -> Iterator[Text]:
    """Whether a file is the one that is named."""
    found = archive.digest(member)
    if found is None:
        yield UNREADABLE.format(name=shown(member))
    elif found != sha256:
        yield OTHER_FILE.format(name=shown(member))


def sources_named(archive: OpenedArchive, run: ArchivedRun) -> dict[str, str]:
    """The files that the frozen inputs of a run name, by SHA-256."""
    return sources_in(archive.read(run.inputs.member))
