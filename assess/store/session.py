"""The database: connections, transactions, and what a collision of two people becomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session as OrmSession
from sqlalchemy.orm.exc import StaleDataError

from assess.core.errors import Stale
from assess.core.text import Text
from assess.store import models  # noqa: F401 - a session knows all tables
from assess.store.audit_chain import chain_audit_entries
from assess.store.base import Versioned
from assess.store.cache import MEMORY, Cache
from assess.store.engines import IN_PASSING, WRITES, engine_of, make_sqlite_file, sqlite_file
from assess.store.faults import cause_of, fault_of

__all__ = [
    "OVERTAKEN", "Connection", "Database", "Session", "cause_of", "check_seen", "fault_of", "flush", "see_one_moment",
]  # fmt: skip

OVERTAKEN: Final = Text(
    "您填写期间，其他人已修改同一内容，本次操作未保存。请重新打开页面，核对后再提交。",
    "Someone else changed this while you were working, so nothing was saved. Open the page again, "
    "compare and save once more.",
)


class Session(OrmSession):
    """A transaction; a collision of two people is Stale whenever the change reaches the database."""

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Write what changed.

        Raises:
            Stale: somebody else changed a row or made the same one meanwhile.
        """
        try:
            super().flush(objects)
        except (StaleDataError, IntegrityError) as collision:
            raise Stale(OVERTAKEN) from collision

    def rollback(self) -> None:
        """Undo everything; a connection that is gone has kept nothing."""
        try:
            super().rollback()
        except DBAPIError:
            self.invalidate()

    def close(self) -> None:
        """Undo what was not committed, and give the connection back."""
        try:
            super().close()
        except DBAPIError:
            self.invalidate()


class Database:
    """One database, SQLite or PostgreSQL by its address; hands out sessions for reading and for writing."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = engine_of(url)
        self.info = {MEMORY: Cache()}
        self.writer = self.engine.execution_options(**WRITES)
        self.passer = self.engine.execution_options(**WRITES, **IN_PASSING)

    def reading_session(self) -> Session:
        """A session that only reads; whoever takes it closes it."""
        return Session(self.engine, expire_on_commit=False, info=self.info)

    def writing_session(self) -> Session:
        """A session that may write; whoever takes it commits or rolls back, and closes it."""
        session = Session(self.writer, expire_on_commit=False, info=self.info)
        event.listen(session, "before_commit", chain_audit_entries)
        return session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads."""
        with self.reading_session() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back where anything was raised."""
        with self.writing_session() as session, session.begin():
            yield session

    @contextmanager
    def writing_in_passing(self) -> Iterator[Session]:
        """One short transaction that does not wait for others long."""
        with Session(self.passer, expire_on_commit=False, info=self.info) as session, session.begin():
            yield session

    def bring_up_to_date(self) -> None:
        """Make what tables are missing.

        Raises:
            Refused: the database is of a newer version, or of one before the first release.
        """
        # slow library
        from assess.store.migrating import migrate

        migrate(self.url)

    def is_there(self) -> bool:
        """Whether somebody made this database: it has tables of ours."""
        # slow library
        from assess.store.migrating import revision_of

        is_a_file = self.file is None or self.file.is_file()
        return is_a_file and revision_of(self.engine) is not None

    def make(self) -> None:
        """Make the database where there is none, closed to others, and what tables are missing.

        Raises:
            Refused: the database is of a newer version, or of one before the first release.
        """
        if self.file is not None:
            make_sqlite_file(self.file)
        self.bring_up_to_date()

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database; None for a database of a server."""
        return sqlite_file(self.url) if self.url.startswith("sqlite") else None

    def answers(self) -> bool:
        """Whether the database can be asked."""
        try:
            with self.engine.connect() as connection:
                return connection.execute(text("SELECT 1")).scalar() == 1
        except Exception as error:
            if fault_of(error) is None:
                raise
            return False

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def see_one_moment(session: Session) -> None:
    """Have all that a session reads be of one moment, whatever others write meanwhile; the first thing it does."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def flush(session: Session) -> None:
    """Write what changed.

    Raises:
        Stale: somebody else changed a row or made the same one meanwhile.
    """
    session.flush()


def check_seen(row: Versioned, seen: int) -> None:
    """Raise Stale unless the version that a person saw is the newest."""
    if row.version != seen:
        raise Stale(OVERTAKEN)
