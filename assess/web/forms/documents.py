"""A document that the office loads: uploaded, told its flaws or previewed, then accepted as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final

from flask import request as flask_request
from flask_babel import lazy_gettext as _
from wtforms import FileField, HiddenField

from assess.core.errors import NotFound, Refused, Stale
from assess.core.flaws import Flaw, ValidationError
from assess.core.text import Text
from assess.core.unseen import seen
from assess.services.documents import UploadedFile, keep_document, kept_document
from assess.web.flaws import FlawGroup, flaw_groups
from assess.web.forms.fields import Form, WordsField
from assess.web.forms.seen import SeenForm
from assess.web.request import actor, current_cycle, db, now, settings
from assess.web.signed_values import read_signed_values, sign_values
from assess.web.uploads import on_the_disk

NO_PREVIEW: Final = Text(
    "这份预览已失效，尚未保存，请重新上传文件。", "This preview has expired. Nothing was saved. Upload the file again."
)
MAX_MEGABYTES: Final = 20
MEGABYTE: Final = 1024 * 1024


class Flawable(Form):
    """A form about a document."""

    flaws: Sequence[Flaw] = ()

    @property
    def groups(self) -> list[FlawGroup]:
        """The flaws of the document as the page lists them."""
        return flaw_groups(self.flaws)


class DocumentForm(Flawable):
    """One file to read, of so many megabytes at most."""

    most: int = MAX_MEGABYTES
    file = FileField(_("File"))

    def document(self) -> UploadedFile | None:
        """The file as it came; None, with an error, where none was chosen or it is too large."""
        file = flask_request.files.get(self.file.name)
        if file is None or not file.filename:
            self.file.errors = [_("Select a file")]
            return None
        with closing(file):
            data = file.read(self.most * MEGABYTE + 1)
        if len(data) > self.most * MEGABYTE:
            self.file.errors = [
                _("The file is larger than %(most)s MB and was not saved. Remove what is not needed.", most=self.most)
            ]
            return None
        return UploadedFile(seen(file.filename), data)

    def reads(self, read: Callable[[UploadedFile], object]) -> UploadedFile | None:
        """The file that came, where it can be read; else why not stands in the form."""
        if not self.validate_on_submit() or (document := self.document()) is None:
            return None
        return document if is_done(self, lambda: read(document)) else None


class DoingForm(Flawable):
    """An act of the set-up, and why where that must be said."""

    reason = WordsField(_("Reason for the change"), most=500)

    def does(self, act: Callable[[], object]) -> bool:
        """Whether the form came and the act succeeded; else why not stands in the form."""
        return bool(self.validate_on_submit()) and is_done(self, act)


class AcceptDocumentForm(DoingForm):
    """A document that was previewed."""

    document = HiddenField()

    def accepts(self, act: Callable[..., object], kept: Held) -> bool:
        """Whether the button was pressed and a service accepted the document; else why not stands in the form."""

        def accepted() -> object:
            facts = {"document": kept.document, "seen": kept.seen, "reason": self.reason.data or ""}
            return act(db(), actor(), cycle=current_cycle(), now=now(), **facts)

        return self.does(accepted)


class ActForm(SeenForm, DoingForm):
    """A button, and the version of the year that was seen."""

    def acts(self, act: Callable[..., object], **facts: Any) -> bool:
        """Whether the button was pressed and a service did what it says; else why not stands in the form."""
        return self.does(lambda: act(db(), actor(), cycle=current_cycle(), seen=self.version, now=now(), **facts))


def is_done(form: Flawable, act: Callable[[], object]) -> bool:
    """Do something for a form; flaws and refusals stand in the form."""
    try:
        act()
    except ValidationError as flawed:
        form.flaws = flawed.flaws
        form.form_errors.append(
            _("Nothing was saved because the file has errors, listed below. Correct them and upload the file again.")
        )
    except (Refused, Stale) as error:
        form.take(error)
    return not (form.errors or form.flaws)


def status_of(form: Form) -> int:
    """How the page of a form answers."""
    return 422 if form.errors else 200


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
