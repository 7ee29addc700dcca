"""Photos that come with a form: drawn anew and kept in a transaction of their own, offered again after a refusal."""

from __future__ import annotations

from collections.abc import Iterable

from werkzeug.datastructures import FileStorage

from assess.services.evidence import KeptFiles
from assess.services.findings import keep_photos, photos_waiting
from assess.web.forms.finding_photos import PhotosForm
from assess.web.request import actor, database, now, reader, settings
from assess.web.uploads import incoming, on_the_disk


def keep_photos_sent(files: Iterable[FileStorage]) -> KeptFiles:
    """Keep the photos that were handed in before the request's own transaction begins; a later refusal leaves them.

    Raises:
        Faulty: the disk is full or does not answer.
    """
    with on_the_disk(), database().writing() as session:
        return keep_photos(session, actor(), folder=settings().uploads, files=incoming(files), now=now())


def take_photos(form: PhotosForm) -> None:
    """Keep the photos that came with a form and tick them beside those that wait already.

    What is wrong with any of them stands beside their field, so that the form does not validate.
    """
    waiting = photos_waiting(reader(), actor(), form.claims) if form.claims else ()
    unknown = [claim for claim in form.claims if claim not in {row.sha256 for row in waiting}]
    kept = KeptFiles((), form.too_many) if form.too_many else keep_photos_sent(form.photos.data or ())
    form.complain(kept.wrongs)
    form.tick([*waiting, *kept.files])
    form.kept.data = [*form.claims, *unknown]
