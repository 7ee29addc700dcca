"""Photos that come with a form of the ledger of findings, and those of an earlier try that wait to be used."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import SelectChoice, SelectField

from assess.core.findings.photos import MAX_PHOTOS, PhotoSubject
from assess.core.text import Text
from assess.services.evidence import MAX_MEGABYTES
from assess.services.findings.photos import MAX_NOTE_LENGTH
from assess.store.queries.evidence import KeptRow
from assess.web.filters import localized
from assess.web.forms.evidence import TickedField
from assess.web.forms.fields import Form, LineField
from assess.web.request import language

AT_ONCE: Final = Text(
    "一次最多上传{most}张照片，您选了{n}张，均未上传，请分几次上传。",
    "You can upload at most {most} photos at once. You selected {n}, so none was uploaded. Upload them "
    "in several steps.",
)


class PhotosForm(Form):
    """A form to which photos may be given."""

    photos = MultipleFileField(
        _l("Photos"),
        description=_l(
            "JPG, PNG or WebP, several at once, at most %(most)s MB each. Others see the photos without "
            "the location and camera data recorded by phones.",
            most=MAX_MEGABYTES,
        ),
        render_kw={"accept": "image/jpeg,image/png,image/webp"},
    )
    kept = TickedField(_l("Photos already received (clear those you do not want)"))

    @property
    def claims(self) -> list[str]:
        """The photos that are ticked, by SHA-256."""
        return list(dict.fromkeys(self.kept.data or ()))

    @property
    def too_many(self) -> tuple[Text, ...]:
        """What to say where more come at once than one side of a finding takes."""
        count = len(self.photos.data or ())
        return (AT_ONCE.format(most=MAX_PHOTOS, n=count),) if count > MAX_PHOTOS else ()

    def complain(self, wrongs: Iterable[Text]) -> None:
        """Say beside the field what is wrong with photos that came."""
        self.photos.process_errors = [*self.photos.process_errors, *(wrong.localized(language()) for wrong in wrongs)]

    def tick(self, rows: Iterable[KeptRow]) -> None:
        """Let photos that were handed in be ticked, as they are."""
        names = {row.sha256: row.file_name for row in rows}
        self.kept.choices = [SelectChoice(sha256, name) for sha256, name in names.items()]
        self.kept.data = list(names)


class AddPhotosForm(PhotosForm):
    """More photos of a finding."""

    side = SelectField(_l("What they show"), choices=[], validate_choice=False)
    note = LineField(_l("Note (optional)"), most=MAX_NOTE_LENGTH)

    def offer(self, sides: Iterable[PhotoSubject]) -> None:
        """Let one of these sides be chosen."""
        self.side.choices = [SelectChoice(side.value, localized(side.label)) for side in sides]

    @property
    def chosen(self) -> PhotoSubject | None:
        """The side that was chosen; None where it is none."""
        return next((side for side in PhotoSubject if side.value == self.side.data), None)
