"""What an inspector sends of a new finding: what a phone fills in quickly first, the rest behind it."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from flask import request as flask_request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import HiddenField, SelectChoice, SelectField
from wtforms.widgets import DateInput

from assess.core.calendar import BEIJING, day_of
from assess.core.findings.catalogue import Domain, FindingSource
from assess.core.findings.filing import TypedFinding
from assess.core.text import Text
from assess.services.evidence import MAX_MEGABYTES
from assess.services.findings.filing import FilingPage
from assess.services.findings.idempotency import WORD
from assess.store.queries.filing import RoundRow
from assess.web.filters import day, localized
from assess.web.forms.fields import DayField, LineField, WordsField, number_in
from assess.web.forms.finding_photos import PhotosForm

OFF: Final = {"autocomplete": "off"}
DEGREES: Final = {"inputmode": "decimal", **OFF}
PICTURES: Final = {"accept": "image/jpeg,image/png,image/webp"}
"""Telephones that keep another format turn it into one of these for a page that asks for them."""


class FindingForm(PhotosForm):
    """A new finding; what is typed is read by the service."""

    camera = MultipleFileField(_l("Take photos"), render_kw={**PICTURES, "capture": "environment"})
    photos = MultipleFileField(
        _l("Or select existing photos"),
        description=_l(
            "JPG, PNG or WebP, several at once, at most %(most)s MB each. Others see the photos without "
            "the location and camera data recorded by phones.",
            most=MAX_MEGABYTES,
        ),
        render_kw=PICTURES,
    )
    unit = SelectField(_l("Unit"), choices=[], validate_choice=False)
    kind = SelectField(_l("Type of problem"), choices=[], validate_choice=False)
    what = WordsField(_l("What was found"))
    place = LineField(_l("Address or place"), description=_l("Road and number, or stretch of river."), render_kw=OFF)
    latitude = LineField(_l("Latitude"), render_kw=DEGREES)
    longitude = LineField(_l("Longitude"), render_kw=DEGREES)
    deadline = DayField(
        _l("Deadline of correction"),
        description=_l("With a date, the finding goes to the unit at once. Without one, it waits to be assigned."),
        widget=DateInput(),
    )
    source = SelectField(_l("Source of the finding"), choices=[], validate_choice=False)
    found_on = DayField(_l("Found on"), widget=DateInput())
    patrol = SelectField(_l("Patrol"), choices=[], validate_choice=False)
    domain = SelectField(
        _l("Domain"),
        description=_l("Only if the type of problem does not belong to a particular domain."),
        choices=[],
        validate_choice=False,
    )
    standard = WordsField(_l("Rule or standard violated"))
    responsible = LineField(_l("Responsible person or company"), render_kw=OFF)
    once = HiddenField(render_kw=OFF)

    @property
    def typed(self) -> TypedFinding:
        """What was typed."""
        return TypedFinding(**{name: self[name].data or "" for name in TypedFinding._fields})

    @property
    def chosen_round(self) -> int | None:
        """The round that was chosen."""
        return number_in(self.patrol.data or "") or None

    @property
    def has_flaws_behind(self) -> bool:
        """Whether something is wrong with what stands behind the first fields."""
        behind = ("found_on", "patrol", "domain", "standard", "responsible")
        return any(self[name].errors for name in behind)

    def take_both(self) -> None:
        """Treat photos taken just now and photos chosen alike."""
        self.photos.data = [*(self.camera.data or ()), *(self.photos.data or ())]

    def start_anew(self, number: int) -> None:
        """Say that this form recorded something else before; sent once more, it is another finding."""
        self.form_errors.append(
            _(
                "Your first entry is already recorded as finding %(number)s. This one differs and is not "
                "recorded. If it is another finding, send it again to record it under its own number.",
                number=number,
            )
        )
        self.once.data = new_word()


def new_word() -> str:
    """A word for a form, by which it is known when it comes again."""
    return secrets.token_urlsafe(18)


def finding_form(page: FilingPage) -> FindingForm:
    """The form of a new finding, filled with what is usual, or with what was sent."""
    form = FindingForm(data=beginning_with(page, flask_request.args))
    kinds, units = page.catalogue.kinds, page.units
    form.unit.choices = grouped({code: page.year.name_of(code) for code in units}, page.usual_units)
    form.kind.choices = grouped({name: kind.label for name, kind in kinds.items()}, page.usual_kinds)
    form.source.choices = [SelectChoice(name, localized(text)) for name, text in page.catalogue.sources.items()]
    form.patrol.choices = [SelectChoice("", _("Not on a patrol")), *rounds_in(page)]
    form.domain.choices = [SelectChoice("", _("According to the type of problem")), *domains_in(page)]
    if page.objects:
        form.place.render_kw = {**OFF, "list": "objects"}
    if not WORD.fullmatch(form.once.data or ""):
        form.once.data = new_word()
    return form


def beginning_with(page: FilingPage, asked: Mapping[str, str]) -> dict[str, Any]:
    """What the form begins with: what the address asks for, else what is usual."""
    chosen = page.round_at(number_in(asked.get("patrol", "")) or None)
    found_on = page.today.isoformat() if page.today.year == page.year.cycle.year else ""
    usual = {"unit": "", "source": page.usual_source, "patrol": "", "found_on": found_on, "once": new_word()}
    if chosen is not None:
        of_round = {
            "source": FindingSource.CHIEF.value,
            "unit": chosen.unit,
            "found_on": day_of(chosen.started_at).isoformat(),
        }
        usual |= {**of_round, "patrol": str(chosen.id)}
    return usual | {name: asked[name] for name in ("unit", "source") if name in asked}


def grouped(names: Mapping[str, Text], usual: Collection[str]) -> list[SelectChoice]:
    """What there is to choose from, what is chosen most often before the rest."""
    often, rest = (_("Most used"), _("Others")) if usual else (None, None)
    first = [SelectChoice(each, localized(names[each]), optgroup=often) for each in usual]
    others = [SelectChoice(each, localized(name), optgroup=rest) for each, name in names.items() if each not in usual]
    return [SelectChoice("", _("Select")), *first, *others]


def rounds_in(page: FilingPage) -> Iterator[SelectChoice]:
    """Rounds to choose from."""
    return (SelectChoice(str(row.id), round_called(page, row)) for row in page.rounds)


def round_called(page: FilingPage, row: RoundRow) -> str:
    """A round in one line."""
    began, ended = (each.astimezone(BEIJING) for each in (row.started_at, row.ended_at))
    facts = {"unit": localized(page.year.name_of(row.unit)), "day": day(began.date()), "chief": row.chief}
    times = {"began": f"{began:%H:%M}", "ended": f"{ended:%H:%M}", "kind": localized(page.kind_patrolled(row))}
    return str(_("%(day)s %(began)s–%(ended)s, %(unit)s, %(kind)s, %(chief)s", **facts, **times))


def domains_in(page: FilingPage) -> Iterator[SelectChoice]:
    """Domains for a kind that has none in particular."""
    domains = page.catalogue.domains.items()
    return (SelectChoice(name, localized(text)) for name, text in domains if name != Domain.OTHER)
