"""Which file is asked for, and whose card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectChoice, SelectField

from assess.core.downloads import Product
from assess.core.text import Language
from assess.services.downloads.offering import Named
from assess.web.filters import localized
from assess.web.forms.documents import DoingForm
from assess.web.forms.fields import QueryForm

LANGUAGES = [SelectChoice("zh", "中文"), SelectChoice("en", "English")]


def language_in(text: str | None) -> Language:
    """The language of a file; Chinese unless English is asked for."""
    return "en" if text == "en" else "zh"


class AskForm(DoingForm):
    """A button that has a file made."""

    product = SelectField(choices=[SelectChoice(each.value, each.value) for each in Product])
    language = HiddenField()

    @property
    def wanted(self) -> dict[str, Any]:
        """The same as a service takes it."""
        return {"product": Product(self.product.data), "language": language_in(self.language.data)}


class CardForm(QueryForm):
    """Whose card, in which language; it changes nothing and needs no token."""

    unit = SelectField(_("Unit"), validate_choice=False)
    language = SelectField(_("Language of the file"), choices=LANGUAGES, validate_choice=False)

    def offer(self, units: Sequence[Named]) -> None:
        """Let these units be chosen."""
        self.unit.choices = [SelectChoice(each.unit, localized(each.name)) for each in units]

    @property
    def wanted(self) -> dict[str, Any]:
        """The same as a service takes it."""
        return {"unit": self.unit.data or "", "language": language_in(self.language.data)}
