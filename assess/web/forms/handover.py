"""Handing over, acknowledging, and looking for a unit or a member."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from assess.core.reasons import MAX_PRINTED_REASON_LENGTH
from assess.web.forms.documents import DoingForm
from assess.web.forms.fields import LineField, QueryForm, ReasonField


class HandOverForm(DoingForm):
    """The button that hands over, what was looked at before, and why where only the teams differ."""

    reason = ReasonField(_("Reason for the correction"), most=MAX_PRINTED_REASON_LENGTH)
    mark = HiddenField()


class FindForm(QueryForm):
    """Words that narrow the units or members; not sent, but part of the address."""

    words = LineField(_("Unit, name, post or grade"))
