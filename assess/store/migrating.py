"""Bringing a database to the newest tables."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from assess.core.errors import Refused
from assess.core.text import Text
from assess.store.engines import WRITES, engine_of

MIGRATIONS: Final = Path(__file__).parent / "migrations"
NEWER: Final = Text(
    "数据库已由更新版本的系统使用（版本{theirs}，本系统最高为{ours}），未作任何改动。"
    "请安装新版本后再启动，或用本版本的备份恢复到空的实例。",
    "The database was used by a newer version of the service (schema {theirs}; this version supports "
    "up to {ours}). It was not changed. Install the newer version, or restore a backup of this "
    "version into an empty instance.",
)
OLDER: Final = Text(
    "数据库由正式发布前的旧版本建立（版本{theirs}，本系统最低为{oldest}），未作任何改动。"
    "请先安装提交 a6ff18e（2026年12月2日）的版本并启动一次，再安装本版本；如不需要其中的数据，请改用空的数据库。",
    "The database was created before the first release of the service (schema {theirs}; this version supports "
    "{oldest} or later). It was not changed. Install the version of commit a6ff18e (2 December 2026), start it "
    "once, then install this version; or use an empty database if you do not need the data.",
)
ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(7461823)")
"""Two services that start together migrate one after the other."""


def migrate(url: str) -> None:
    """Bring the database at an address to the newest tables; one that has them is only read.

    Raises:
        Refused: it has tables of a newer version, or of one before the first release.
    """
    engine = engine_of(url)
    try:
        if not is_newest(engine):
            migrate_engine(engine.execution_options(**WRITES))
    finally:
        engine.dispose()


def newest_revision() -> str:
    """The newest migration that this version knows."""
    return str(scripts().get_current_head())


def known_revisions() -> set[str]:
    """Every migration that this version can go on from."""
    return {str(script.revision) for script in scripts().walk_revisions()}


def scripts() -> ScriptDirectory:
    """Every migration that this version knows."""
    return ScriptDirectory(str(MIGRATIONS))


def revision_of(engine: Engine) -> str | None:
    """The newest migration that a database has; None where it has no tables of ours."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_newest(engine: Engine) -> bool:
    """Whether a database has the newest tables.

    Raises:
        Refused: its tables are of a newer version, or of one before the first release.
    """
    theirs, ours, oldest = revision_of(engine), newest_revision(), str(scripts().get_base())
    if theirs is not None and theirs < oldest:
        raise Refused(OLDER.format(theirs=theirs, oldest=oldest))
    if theirs is not None and theirs not in known_revisions():
        raise Refused(NEWER.format(theirs=theirs, ours=ours))
    return theirs == ours


def migrate_engine(engine: Engine, *, to: str = "head") -> None:
    """Bring an open database to the newest tables or to those of a revision, wholly or not at all."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(ONE_AT_A_TIME)
        config.attributes["connection"] = connection
        command.upgrade(config, to)
