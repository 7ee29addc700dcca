"""Fields that every form is made of: trimmed, bounded, free of control characters, in words people understand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Self

from flask import request as flask_request
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField
from wtforms.validators import InputRequired, StopValidation, ValidationError

from assess.core.errors import Declined
from assess.core.flaws import Flaw
from assess.core.parsing import read_date
from assess.core.reasons import MAX_REASON_LENGTH, NO_REASON, wrong_with_reason
from assess.core.text import Text
from assess.core.unseen import HIDDEN, WIDTHLESS
from assess.web.flaws import FlawGroup, flaw_groups
from assess.web.request import language

LINE, WORDS = 200, 4000
"""The most characters of one line, and of several."""
DIGITS = 18
"""So many digits has the number of a row or a version at most."""


class Form(FlaskForm):  # type: ignore[misc]
    """A form with its token; errors that a service tells of a field stand beside that field.

    Attributes:
        flaws: what is wrong in the document that came with it.
        is_stale: whether somebody else changed the same thing meanwhile.
    """

    flaws: Sequence[Flaw] = ()
    is_stale = False

    @property
    def groups(self) -> list[FlawGroup]:
        """The flaws of the document as the page lists them."""
        return flaw_groups(self.flaws)

    def take(self, error: Declined) -> None:
        """Show what a service turned down: beside its fields where it names them, on top otherwise."""
        told = {name: what.localized(language()) for name, what in error.fields.items() if name in self}
        for name, what in told.items():
            self[name].errors = [*self[name].errors, what]
        if not told:
            self.form_errors.append(error.what.localized(language()))


class WithoutToken:
    """What a form does that changes nothing: it needs no token, so its address can be kept and sent."""

    class Meta:
        """WTForms' settings of a form."""

        csrf = False


class QueryForm(WithoutToken, Form):
    """A form whose fields are the query of an address."""

    @classmethod
    def of_address(cls) -> Self:
        """The form of this request's address; what is filled in wrongly says so."""
        form = cls(flask_request.args)
        form.validate()
        return form


class PlainLine:
    """Refuses what no text may hold, and what is too long."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, form: Form, field: Field) -> None:
        text = field.data or ""
        if HIDDEN.search(text):
            raise StopValidation(_("Remove the invisible control characters"))
        if len(text) > self.most:
            raise StopValidation(
                _("Enter at most %(most)s characters. You have entered %(n)s.", most=self.most, n=len(text))
            )


def trimmed(text: str | None) -> str | None:
    """Without blanks at both ends."""
    return text.strip() if isinstance(text, str) else text


def number_in(text: str) -> int:
    """The number of a row or a version that a field holds; 0, which none has, where it holds none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < DIGITS else 0


def required(what: Any) -> list[Any]:
    """A field that must be filled, with the words that say so."""
    return [InputRequired(what)]


class LineField(StringField):  # type: ignore[misc]
    """One line of text."""

    def __init__(self, label: Any, validators: list[Any] | None = None, *, most: int = LINE, **options: Any) -> None:
        super().__init__(label, [*(validators or []), PlainLine(most)], filters=[trimmed], **options)


class NameField(LineField):
    """What somebody or something is called, without the characters of no width that come along in copying."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([WIDTHLESS.sub("", text) for text in valuelist])


class WordsField(TextAreaField):  # type: ignore[misc]
    """Several lines of text."""

    def __init__(self, label: Any, validators: list[Any] | None = None, *, most: int = WORDS, **options: Any) -> None:
        super().__init__(label, [*(validators or []), PlainLine(most)], filters=[trimmed], **options)


class ReasonField(TextAreaField):  # type: ignore[misc]
    """The reason for an act; where one must be given, `missing` says so, else the service does."""

    def __init__(
        self, label: Any, *, missing: Text | None = None, most: int = MAX_REASON_LENGTH, **options: Any
    ) -> None:
        super().__init__(label, filters=[trimmed], **options)
        self.missing, self.most = missing, most

    def post_validate(self, form: Form, validation_stopped: bool) -> None:
        text = self.data or ""
        if not text and self.missing is None:
            return
        what = wrong_with_reason(text, missing=self.missing or NO_REASON, most=self.most)
        if what is not None:
            raise ValidationError(what.localized(language()))


class DayField(LineField):
    """A day such as 2026-03-25."""

    @property
    def day(self) -> date | None:
        """The day that was typed; None where nothing was, or no day."""
        found = read_date(self.data or "")
        return found if isinstance(found, date) else None

    def post_validate(self, form: Form, validation_stopped: bool) -> None:
        if not validation_stopped and self.data and self.day is None:
            raise ValidationError(_("Enter a date such as 2026-03-25"))
