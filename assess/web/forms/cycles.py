"""Forms of years and their set-up."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from assess.core.text import Text
from assess.web.forms.documents import ActForm, DoingForm
from assess.web.forms.fields import DayField, LineField, NameField, required


class YearForm(DoingForm):
    """A year to make."""

    year = LineField(_("Year"), required(_("Enter the year")), most=4)
    title_zh = NameField(_("Title in Chinese"), required(_("Enter a title in Chinese")), most=100)
    title_en = NameField(_("Title in English"), required(_("Enter a title in English")), most=100)

    @property
    def number(self) -> int:
        """The year; 0 where none was typed."""
        text = self.year.data or ""
        return int(text) if text.isascii() and text.isdigit() else 0

    @property
    def title(self) -> Text:
        """The title in both languages."""
        return Text(self.title_zh.data or "", self.title_en.data or "")


class RenameForm(ActForm):
    """Another name for a unit from a day on."""

    name_zh = NameField(_("New name in Chinese"), required(_("Enter the new name")), most=100)
    name_en = NameField(_("New name in English"), most=100)
    begins = DayField(_("Valid from"), required(_("Enter the date from which the name is valid")), most=20)

    @property
    def name(self) -> Text:
        """The new name in both languages."""
        return Text(self.name_zh.data or "", self.name_en.data or "")
