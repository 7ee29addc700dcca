"""Narrowing the log."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField

from assess.core.audit.words import SUBJECTS
from assess.services.audit.reading import AuditSearch
from assess.web.filters import localized
from assess.web.forms.fields import DayField, LineField, QueryForm


class AuditFilterForm(QueryForm):
    """Which entries are listed."""

    who = LineField(_l("Who"), description=_l("A name, a username, a token such as wang#3, or worker (jobs)"))
    what = SelectField(_l("Act"), validate_choice=False)
    name = LineField(_l("Which"), description=_l("A unit, a number, or a complete subject such as finding:2026/3"))
    year = SelectField(_l("Year"), validate_choice=False)
    since = DayField(_l("From date"))
    until = DayField(_l("To date"))
    words = LineField(_l("Contains"))

    def offer(self, years: Iterable[int]) -> None:
        """Let these years be chosen, and every kind of act."""
        everything = str(_("All"))
        self.year.choices = [SelectChoice("", everything), *(SelectChoice(str(each), str(each)) for each in years)]
        self.what.choices = {"": [("", everything)], **{localized(of.label): acts_of(kind) for kind, of in by_name()}}

    @property
    def wanted(self) -> AuditSearch:
        """What is looked for; a field that is filled in wrongly narrows nothing."""
        good = {name: field.data or "" for name, field in self._fields.items() if not field.errors}
        year = good.get("year", "")
        return AuditSearch(
            who=good.get("who", ""),
            what=good.get("what", ""),
            name=good.get("name", ""),
            year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
            begins=None if self.since.errors else self.since.day,
            ends=None if self.until.errors else self.until.day,
            words=good.get("words", ""),
        )

    @property
    def asked(self) -> dict[str, str]:
        """The same as an address holds it."""
        return {name: field.data for name, field in self._fields.items() if field.data}


def by_name() -> list[tuple[str, Any]]:
    """The kinds of subjects in the order of what they are called."""
    return sorted(SUBJECTS.items(), key=lambda pair: localized(pair[1].label))


def acts_of(kind: str) -> list[tuple[str, str]]:
    """All that is done to a kind of subject, the whole of it first."""
    called = localized(SUBJECTS[kind].label)
    whole = (kind, str(_("%(subject)s: all", subject=called)))
    acts = SUBJECTS[kind].acts.items()
    return [
        whole,
        *((f"{kind}:{act}", _("%(subject)s: %(act)s", subject=called, act=localized(text))) for act, text in acts),
    ]
