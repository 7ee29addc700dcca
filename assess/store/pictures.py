"""Rows of photos: what was made of each that was handed in; safe for several people at once."""

from __future__ import annotations

from datetime import date

from assess.store.models import Photo
from assess.store.session import Session
from assess.store.upload_records import INSERT


def note_photo(
    session: Session, *, upload: str, picture: str, thumbnail: str, width: int, height: int, taken_on: date | None
) -> None:
    """Say what was made of a photo; made again by a newer library, the newer pictures count."""
    insert = INSERT[session.get_bind().dialect.name]
    made = {"picture": picture, "thumbnail": thumbnail, "width": width, "height": height, "taken_on": taken_on}
    noted = insert(Photo).values(upload=upload, **made)
    session.execute(noted.on_conflict_do_update(index_elements=["upload"], set_=made))
