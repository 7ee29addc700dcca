"""Forms of documents that are loaded: the file with its limit, and the button that accepts it."""

from __future__ import annotations

from contextlib import closing
from typing import Any, Final, cast

from flask import request as flask_request
from flask_babel import lazy_gettext as _
from wtforms import FileField, HiddenField
from wtforms.validators import StopValidation

from assess.core.unseen import seen
from assess.services.documents import UploadedFile
from assess.web.forms.fields import Form, ReasonField
from assess.web.forms.seen import SeenForm

MAX_MEGABYTES: Final = 20
MEGABYTE: Final = 1024 * 1024


class DocumentField(FileField):  # type: ignore[misc]
    """One file to read, of so many megabytes at most."""

    upload: UploadedFile | None = None

    def __init__(self, label: Any, *, most: int = MAX_MEGABYTES, **options: Any) -> None:
        super().__init__(label, **options)
        self.most = most

    def pre_validate(self, form: Form) -> None:
        """Read the file; none may be chosen, or it may be too large."""
        file = flask_request.files.get(self.name)
        if file is None or not file.filename:
            raise StopValidation(_("Select a file"))
        with closing(file):
            data = file.read(self.most * MEGABYTE + 1)
        if len(data) > self.most * MEGABYTE:
            raise StopValidation(
                _("The file is larger than %(most)s MB and was not saved. Remove what is not needed.", most=self.most)
            )
        self.upload = UploadedFile(seen(file.filename), data)


class DocumentForm(Form):
    """One file to read."""

    file = DocumentField(_("File"))

    @property
    def upload(self) -> UploadedFile:
        """The file that came with a form without errors."""
        return cast("UploadedFile", self.file.upload)


class DoingForm(Form):
    """An act of the set-up, and why where that must be said."""

    reason = ReasonField(_("Reason for the change"))


class AcceptDocumentForm(DoingForm):
    """A document that was previewed."""

    document = HiddenField()


class ActForm(SeenForm, DoingForm):
    """A button, and the version of the year that was seen."""
