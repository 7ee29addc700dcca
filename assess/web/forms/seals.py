"""The code and the file of the public check page, and the reason of a later edition."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from assess.core.reasons import MAX_PRINTED_REASON_LENGTH
from assess.web.forms.documents import DocumentField, DocumentForm, DoingForm
from assess.web.forms.fields import Form, LineField, ReasonField, WithoutToken


class CodeForm(Form):
    """A check code that somebody typed."""

    code = LineField(_("Check code"))

    @classmethod
    def holding(cls, code: str) -> CodeForm:
        """The form with a code in it; it changes nothing and needs no token."""
        return cls(formdata=None, data={"code": code}, meta={"csrf": False})


class FileForm(WithoutToken, DocumentForm):
    """A PDF file that somebody wants to know about; it changes nothing and needs no token."""

    file = DocumentField(_("File"), most=40)


class SealForm(DoingForm):
    """The button that seals, and why where it replaces an edition."""

    reason = ReasonField(_("Reason for the correction"), most=MAX_PRINTED_REASON_LENGTH)
    unissued = ReasonField(_("Reason for sealing with a rule sheet that is not issued"), most=MAX_PRINTED_REASON_LENGTH)
