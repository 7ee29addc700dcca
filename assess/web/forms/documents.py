"""A document that the office loads: uploaded, told its flaws or previewed, then accepted as a whole."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

from flask import request as flask_request
from flask_babel import lazy_gettext as _
from wtforms import FileField, HiddenField
from wtforms.validators import StopValidation

from assess.core.errors import NotFound
from assess.core.text import Text
from assess.core.unseen import seen
from assess.services.documents import UploadedFile, keep_document, kept_document
from assess.web.forms.fields import Form, ReasonField
from assess.web.forms.seen import SeenForm
from assess.web.request import actor, current_cycle, db, now, settings
from assess.web.signed_values import read_signed_values, sign_values
from assess.web.submission import Done, submission
from assess.web.uploads import on_the_disk

NO_PREVIEW: Final = Text(
    "这份预览已失效，尚未保存，请重新上传文件。", "This preview has expired. Nothing was saved. Upload the file again."
)
MAX_MEGABYTES: Final = 20
MEGABYTE: Final = 1024 * 1024
T = TypeVar("T")


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


@dataclass(frozen=True)
class Held:
    """A document that is kept between its preview and its acceptance, and the version of the year it was seen at."""

    document: UploadedFile
    seen: int
    word: str


def hold(subject: str, document: UploadedFile) -> str:
    """Keep a document for its preview; the word that stands for it there, good for this person, year and use only.

    Raises:
        Faulty: the disk is full or does not answer.
    """
    with on_the_disk():
        sha256 = keep_document(db(), actor(), folder=settings().uploads, document=document, now=now())
    cycle = current_cycle()
    return sign_values(subject_of(subject), [sha256, document.name[-120:], cycle.version])


def held(subject: str) -> Held:
    """The document that the page is about, read again from what was kept.

    Raises:
        NotFound: the word is none of ours, or stands for another person, year or use, or the file is gone.
    """
    word = (flask_request.form if flask_request.method == "POST" else flask_request.args).get("document", "")
    facts = read_signed_values(subject_of(subject), word)
    if facts is None:
        raise NotFound(NO_PREVIEW)
    sha256, name, seen = facts
    return Held(kept_document(settings().uploads, sha256=sha256, name=name), seen, word)


def subject_of(subject: str) -> str:
    """What a word is good for."""
    return f"{subject}:{current_cycle().year}:{actor().account}"


def accepted(form: AcceptDocumentForm, accept: Callable[..., T], kept: Held) -> Done[T] | None:
    """Take a previewed document as a whole; None where the button is not pressed or a service refuses it."""
    facts = {"document": kept.document, "seen": kept.seen, "reason": form.reason.data or ""}
    return submission(form, lambda: accept(db(), actor(), cycle=current_cycle(), now=now(), **facts))
