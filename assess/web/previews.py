"""A document that was uploaded and is previewed: kept in between, then accepted as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from flask import request as flask_request

from assess.core.errors import NotFound
from assess.core.text import Text
from assess.services.documents import UploadedFile, keep_document, kept_document
from assess.web.forms.documents import AcceptDocumentForm
from assess.web.request import actor, current_cycle, db, now, settings
from assess.web.signed_values import read_signed_values, sign_values
from assess.web.submission import CompletedAction, submission
from assess.web.uploads import on_the_disk

T = TypeVar("T")
NO_PREVIEW: Final = Text(
    "这份预览已失效，尚未保存，请重新上传文件。", "This preview has expired. Nothing was saved. Upload the file again."
)


@dataclass(frozen=True)
class Held:
    """A document that is kept between its preview and its acceptance, and what it was compared with.

    Attributes:
        seen: the version of the year; of a list of people, the digest of its preview.
        word: what stands for it on the page.
    """

    document: UploadedFile
    seen: Any
    word: str


def hold(subject: str, document: UploadedFile, *, seen: str | None = None) -> str:
    """Keep a document for its preview; the word that stands for it there, good for this person, year and use only.

    `seen` is what it was compared with, where that is not the year in view.

    Raises:
        Faulty: the disk is full or does not answer.
    """
    with on_the_disk():
        sha256 = keep_document(db(), actor(), folder=settings().uploads, document=document, now=now())
    return sign_values(subject_of(subject), [sha256, document.name[-120:], seen or current_cycle().version])


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
    year = (flask_request.view_args or {}).get("year", "")
    return f"{subject}:{year}:{actor().account}"


def accepted(form: AcceptDocumentForm, accept: Callable[..., T], kept: Held) -> CompletedAction[T] | None:
    """Take a previewed document as a whole; None where the button is not pressed or a service refuses it."""
    facts = {"document": kept.document, "seen": kept.seen, "reason": form.reason.data or ""}
    return submission(form, lambda: accept(db(), actor(), cycle=current_cycle(), now=now(), **facts))
