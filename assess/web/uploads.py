"""Files that come with a form: read one by one, kept in a transaction of their own, offered again after a refusal."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from flask import g
from werkzeug.datastructures import FileStorage

from assess.core.faults import Fault, Faulty
from assess.services.evidence import MAX_BYTES, Incoming, KeptFiles, keep_files
from assess.store.session import fault_of
from assess.web.request import actor, database, now, settings

log = logging.getLogger("assess")


def keep_uploads(files: Iterable[FileStorage]) -> KeptFiles:
    """Keep what was handed in before the request's own transaction begins; a later refusal leaves it here.

    Raises:
        Faulty: the disk is full or does not answer.
    """
    with on_the_disk(), database().writing() as session:
        return keep_files(session, actor(), folder=settings().uploads, files=incoming(files), now=now())


def incoming(files: Iterable[FileStorage]) -> Iterator[Incoming]:
    """Files as the service takes them, with one byte more than it takes at most."""
    for each in files:
        yield Incoming(each.filename or "", each.stream.read(MAX_BYTES + 1))


@contextmanager
def on_the_disk() -> Iterator[None]:
    """Whatever the disk refuses is logged, and told as a fault of the house and not of the reader."""
    try:
        yield
    except OSError as error:
        log.error("request %s could not keep a file", g.request_id, exc_info=error)
        raise Faulty(fault_of(error) or Fault.AWAY) from error
