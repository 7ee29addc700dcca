"""What is looked for in a year."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from assess.web.forms.fields import LineField, QueryForm


class YearSearchForm(QueryForm):
    """The words that are looked for; it changes nothing and needs no token."""

    words = LineField(_l("Search for"), most=100)
