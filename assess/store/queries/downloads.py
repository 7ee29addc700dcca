"""Files of released results that were asked for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, select

from assess.core.downloads import Product
from assess.core.text import Language
from assess.store.models import Download, Job
from assess.store.queries.jobs import JobStatus, job_status
from assess.store.records import select_records
from assess.store.session import Session


class DownloadRow(NamedTuple):
    """A file that was asked for, and how the job stands that makes it; `sha256` is None until it is made."""

    id: int
    product: Product
    language: Language
    content: str
    release: int
    edition: int
    sha256: str | None
    size: int | None
    made_at: datetime | None
    job: JobStatus | None

    @property
    def is_under_way(self) -> bool:
        """Whether a job is at it or will be."""
        return self.sha256 is None and self.job is not None and self.job.is_under_way


def downloads() -> Select[DownloadRow]:
    """What was asked for with its job."""
    query = select_records(DownloadRow, Download, release=Download.release_id, job=job_status())
    return query.outerjoin(Job, Job.id == Download.job)


def downloads_of(session: Session, *, contents: Collection[str]) -> list[DownloadRow]:
    """What was asked for of some contents (1 query)."""
    return list(session.scalars(downloads().where(Download.content.in_(contents)).order_by(Download.id)))


def download_at(session: Session, *, cycle: int, row: int) -> DownloadRow | None:
    """A file of a year by its row (1 query)."""
    return session.scalars(downloads().where(Download.id == row, Download.cycle_id == cycle)).one_or_none()


def download_to_change(session: Session, *, content: str) -> Download | None:
    """The row of a content, nobody else's until the transaction ends (1 query)."""
    return session.scalars(select(Download).where(Download.content == content).with_for_update()).one_or_none()


def downloads_made_before(session: Session, *, moment: datetime) -> list[Download]:
    """Files that were made long ago (1 query)."""
    return list(session.scalars(select(Download).where(Download.made_at < moment).order_by(Download.id)))
