"""Narrowing the matrix, and writing a reminder."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import SelectField, SelectMultipleField

from assess.services.completeness import MAX_MESSAGE_LENGTH
from assess.web.forms.fields import Form, QueryForm, WordsField, required

ALL, INCOMPLETE, NOT_STARTED = "all", "incomplete", "not-started"


class CompletenessFilterForm(QueryForm):
    """Whose figures, of which section, and which units; it changes nothing and needs no token."""

    supplier = SelectField(_("Supplier"), validate_choice=False)
    section = SelectField(_("Section"), validate_choice=False)
    show = SelectField(_("Units"), validate_choice=False)


class ReminderForm(Form):
    """Which units are reminded, and of what."""

    units = SelectMultipleField(_("Units to remind"), validate_choice=False)
    words = WordsField(_("Reminder"), required(_("Enter the reminder")), most=MAX_MESSAGE_LENGTH)
