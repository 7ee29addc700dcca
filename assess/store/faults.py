"""Which fault of the machine an error of a library stands for."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from typing import Final

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from assess.core.faults import Fault, Faulty

OF_THE_SYSTEM: Final = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), Fault.FULL),
    errno.EROFS: Fault.READ_ONLY,
    **dict.fromkeys((errno.EIO, errno.ESTALE, errno.ENODEV, errno.ENXIO, errno.EMFILE, errno.ENFILE), Fault.AWAY),
}
OF_PATHS: Final = {
    **dict.fromkeys((errno.EACCES, errno.EPERM), Fault.READ_ONLY),
    **dict.fromkeys((errno.ENOENT, errno.ENOTDIR, errno.EEXIST), Fault.AWAY),
}
"""What the system says of a file that it names; of a connection the same numbers mean something else."""
OF_SQLITE: Final = {
    **dict.fromkeys((sqlite3.SQLITE_FULL,), Fault.FULL),
    **dict.fromkeys((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL), Fault.BUSY),
    **dict.fromkeys((sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM), Fault.READ_ONLY),
    **dict.fromkeys((sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR), Fault.AWAY),
    **dict.fromkeys((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB), Fault.DAMAGED),
}
"""By the primary code, the low byte."""
OF_SQLITE_EXACTLY: Final = {
    sqlite3.SQLITE_IOERR_WRITE: Fault.FULL,
    sqlite3.SQLITE_IOERR_FSYNC: Fault.FULL,
    sqlite3.SQLITE_IOERR_TRUNCATE: Fault.FULL,
    sqlite3.SQLITE_IOERR_SHMSIZE: Fault.FULL,
    sqlite3.SQLITE_IOERR_SHMOPEN: Fault.FULL,
    sqlite3.SQLITE_READONLY_DBMOVED: Fault.AWAY,
}
"""By the whole code: what a full disk looks like from within, and a file that was taken away."""
OF_POSTGRESQL: Final = {
    "53100": Fault.FULL,
    "53": Fault.BUSY,
    "55000": Fault.AWAY,
    "40": Fault.BUSY,
    "55P03": Fault.BUSY,
    "57014": Fault.BUSY,
    "25006": Fault.READ_ONLY,
    "42501": Fault.READ_ONLY,
    "XX001": Fault.DAMAGED,
    "XX002": Fault.DAMAGED,
    **dict.fromkeys(("08", "28", "3D", "57", "58"), Fault.AWAY),
}
"""By the state that the server tells, or by its class."""


def fault_of(error: BaseException) -> Fault | None:
    """The fault that an error stands for; None where it is a mistake of somebody or of this program."""
    return next((fault for each in causes(error) if (fault := own_fault(each)) is not None), None)


def cause_of(error: BaseException) -> str:
    """What the machine itself says of an error, on one line and without what a library adds."""
    innermost = getattr(error, "orig", None) or error
    return " ".join(str(innermost).split()) or type(innermost).__name__


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those that it was raised from."""
    while error is not None:
        yield error
        error = error.__cause__


def own_fault(error: BaseException) -> Fault | None:
    """The fault that one error stands for by itself."""
    match error:
        case Faulty():
            return error.fault
        case NoConnectionFree():
            return Fault.BUSY
        case DBAPIError():
            return fault_of_database(error)
        case OSError():
            of_path = OF_PATHS.get(error.errno or 0) if error.filename is not None else None
            return OF_THE_SYSTEM.get(error.errno or 0) or of_path
        case _:
            return None


def fault_of_database(error: DBAPIError) -> Fault | None:
    """The fault that an error of a database stands for: by its code, and where a server tells none, it is away."""
    if error.connection_invalidated:
        return Fault.AWAY
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return OF_SQLITE_EXACTLY.get(code) or OF_SQLITE.get(code & 0xFF)
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return OF_POSTGRESQL.get(state) or OF_POSTGRESQL.get(state[:2])
    is_of_server = not isinstance(error.orig, sqlite3.Error)
    return Fault.AWAY if is_of_server and isinstance(error, OperationalError) else None
