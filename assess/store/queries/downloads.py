"""Files of released results that were asked for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, select

from assess.core.downloads import Product
from assess.core.jobs import JobState
from assess.core.text import Language, Text
from assess.store.models import Download, Job
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
    state: JobState | None
    done: int
    of: int
    message: Text | None

    @property
    def is_under_way(self) -> bool:
        """Whether a job is at it or will be."""
        return self.sha256 is None and self.state in (JobState.WAITING, JobState.RUNNING)


def downloads() -> Select[Download, Job | None]:
    """What was asked for with its job."""
    return select(Download, Job).outerjoin(Job, Job.id == Download.job)


def download_row(row: Download, job: Job | None) -> DownloadRow:
    """A file as pages show it."""
    return DownloadRow(
        id=row.id, product=Product(row.product), language="zh" if row.language == "zh" else "en", content=row.content,
        release=row.release_id, edition=row.edition, sha256=row.sha256, size=row.size, made_at=row.made_at,
        state=None if job is None else JobState(job.state),
        done=0 if job is None else job.steps_done, of=0 if job is None else job.steps,
        message=Text(**job.message) if job is not None and job.message else None,
    )  # fmt: skip


def downloads_of(session: Session, *, contents: Collection[str]) -> list[DownloadRow]:
    """What was asked for of some contents (1 query)."""
    query = downloads().where(Download.content.in_(contents)).order_by(Download.id)
    return [download_row(*row) for row in session.execute(query)]


def download_at(session: Session, *, cycle: int, row: int) -> DownloadRow | None:
    """A file of a year by its row (1 query)."""
    found = session.execute(downloads().where(Download.id == row, Download.cycle_id == cycle)).one_or_none()
    return None if found is None else download_row(*found)


def download_to_change(session: Session, *, content: str) -> Download | None:
    """The row of a content, nobody else's until the transaction ends (1 query)."""
    return session.scalars(select(Download).where(Download.content == content).with_for_update()).one_or_none()


def downloads_made_before(session: Session, *, moment: datetime) -> list[Download]:
    """Files that were made long ago (1 query)."""
    return list(session.scalars(select(Download).where(Download.made_at < moment).order_by(Download.id)))
