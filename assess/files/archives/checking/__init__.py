"""The check of an archive: offline, without a database, and without trusting anything that it says of itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from cryptography import x509

from assess.core.archives.manifest import CheckOutcome, Manifest
from assess.core.explanations.lines import ResultLines
from assess.files.archives.checking.books import check_books
from assess.files.archives.checking.contents import check_digests, check_manifest
from assess.files.archives.checking.documents import check_edition
from assess.files.archives.checking.log import check_log
from assess.files.archives.checking.opening import OpenedArchive, opened
from assess.files.archives.checking.scoring import check_rules, check_run
from assess.files.archives.checking.sealing import check_archive_seal
from assess.files.archives.checking.sources import check_deliveries, check_sources

__all__ = ["check_archive"]


def check_archive(path: Path, given: Collection[x509.Certificate]) -> Iterator[CheckOutcome]:
    """Everything that an archive can be checked for, one thing after the other.

    Args:
        path: the archive.
        given: certificates known from elsewhere, of which its seals must be; none where only the archive is asked.

    Raises:
        Refused: there is no such file, or it is no whole zip.
    """
    with opened(path) as archive:
        yield check_archive_seal(archive, given)
        yield check_digests(archive)
        outcome, manifest = check_manifest(archive)
        yield outcome
        if manifest is not None:
            yield from check_parts(archive, manifest, given)


def check_parts(
    archive: OpenedArchive, manifest: Manifest, given: Collection[x509.Certificate]
) -> Iterator[CheckOutcome]:
    """What the manifest names, by what it must come to."""
    yield check_rules(archive, manifest)
    made: dict[int, ResultLines | None] = {}
    sealed = {each.run for each in manifest.editions}
    for run in manifest.runs:
        outcome, lines = check_run(archive, run)
        yield outcome
        if run.number in sealed:
            made[run.number] = lines
    for edition in manifest.editions:
        if (run_of := manifest.run(edition.run)) is not None:
            yield check_edition(archive, edition, run_of, made[edition.run], given)
    yield check_log(archive, manifest)
    yield check_sources(archive, manifest)
    yield check_deliveries(archive, manifest)
    if (result := made[manifest.newest.run]) is not None:
        yield check_books(archive, manifest, result)
