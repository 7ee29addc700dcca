"""The ledger of findings as it is narrowed, and the steps of a finding as they are typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, SelectField
from wtforms import Form as Plain

from assess.core.errors import Declined
from assess.core.findings.listing import Show
from assess.core.findings.states import FindingStep, Relief
from assess.core.findings.steps import LONGEST_REASON
from assess.core.findings.typed import TypedStep
from assess.core.text import Text
from assess.services.findings import FindingPage, Findings
from assess.store.queries.finding_lists import Narrowed
from assess.web.filters import told
from assess.web.forms.fields import DayField, LineField, WordsField, number_in
from assess.web.forms.finding_photos import PhotosForm
from assess.web.forms.forms import SeenForm, whole_number


class FilterForm(Plain):  # type: ignore[misc]
    """Which findings are listed; it changes nothing and needs no token."""

    show = HiddenField()
    unit = SelectField(_l("Unit"), validate_choice=False)
    kind = SelectField(_l("Kind"), validate_choice=False)
    domain = SelectField(_l("Domain"), validate_choice=False)
    source = SelectField(_l("Source"), validate_choice=False)
    words = LineField(_l("Words or number"))
    begins = DayField(_l("Found from"), name="from", render_kw={"placeholder": "2026-03-25"})
    ends = DayField(_l("Found until"), name="to", render_kw={"placeholder": "2026-03-25"})
    repeated = BooleanField(_l("Repeats only"))
    patrol = HiddenField()

    @property
    def shown(self) -> Show:
        """Which list is asked for; what is open where nothing is said."""
        return next((show for show in Show if show.value == self.show.data), Show.OPEN)

    @property
    def asked(self) -> dict[str, str]:
        """What an address holds of it: whatever is given and can be read."""
        given = {field.name: field.data for field in self if field.data and not field.errors}
        return given | ({"repeated": "yes"} if self.repeated.data else {})

    @property
    def narrowed(self) -> Narrowed:
        """The same as it is looked for."""
        asked = self.asked
        days = (self.begins.day or date.min, self.ends.day or date.max)
        return Narrowed(
            units=[asked["unit"]] if "unit" in asked else None,
            **{name: asked.get(name, "") for name in ("kind", "domain", "source", "words")},
            patrol=number_in(asked["patrol"]) if "patrol" in asked else None,
            repeated=bool(self.repeated.data),
            found=days if {"from", "to"} & asked.keys() else None,
        )

    def offer(self, page: Findings) -> None:
        """Let what there is be chosen; who sees one unit chooses none."""
        self.show.data = page.show.value
        year, catalogue = page.year, page.catalogue
        self.unit.choices = choices(_("all units"), {code: year.name_of(code) for code in page.units})
        self.kind.choices = choices(_("all kinds"), {each.id: each.called for each in catalogue.kinds.values()})
        self.domain.choices = choices(_("all domains"), catalogue.domains)
        self.source.choices = choices(_("all sources"), catalogue.sources)
        for field in (self.kind, self.domain, self.source):
            if field.data and field.data not in {each.value for each in field.choices}:
                field.choices.append(SelectChoice(field.data, field.data))
        if len(page.units) < 2:
            del self.unit


def choices(everything: str, titles: Mapping[str, Text]) -> list[SelectChoice]:
    """All of a kind, or one of them."""
    return [SelectChoice("", everything), *(SelectChoice(name, told(title)) for name, title in titles.items())]


DATED: Final = ("day", "reason")
"""What most steps say: the day, and words where there is something to say."""
PICTURED: Final = ("photos", "kept")
FIELDS: Final[Mapping[FindingStep, tuple[str, ...]]] = {
    FindingStep.ASSIGN: (*DATED, "deadline"),
    FindingStep.START: DATED,
    FindingStep.REPORT: (*DATED, *PICTURED),
    FindingStep.PASS: (*DATED, *PICTURED),
    FindingStep.RETURN: (*DATED, "deadline", *PICTURED),
    FindingStep.CLOSE: DATED,
    FindingStep.LOOK_BACK: (*DATED, *PICTURED),
    FindingStep.REOPEN: (*DATED, "deadline", *PICTURED),
    FindingStep.ASK: ("relief", "deadline", "reason"),
    FindingStep.APPROVE: ("reason",),
    FindingStep.REFUSE: ("reason",),
    FindingStep.WITHDRAW: (),
    FindingStep.RESUME: DATED,
}
"""The fields of each step besides what every step holds."""
ORDER: Final = ("relief", "deadline", "reason", *PICTURED, "day")
"""The fields of a step as they stand on the page."""
NAMES: Final[Mapping[FindingStep, Any]] = {
    FindingStep.ASSIGN: _l("Assign it to the unit"),
    FindingStep.START: _l("Start work on it"),
    FindingStep.REPORT: _l("Report it as put right"),
    FindingStep.PASS: _l("Pass it at review"),
    FindingStep.RETURN: _l("Return it to the unit"),
    FindingStep.CLOSE: _l("Close and file it"),
    FindingStep.LOOK_BACK: _l("Confirm it at the look-back"),
    FindingStep.REOPEN: _l("Open it again"),
    FindingStep.ASK: _l("Ask for more time, a suspension or voiding"),
    FindingStep.APPROVE: _l("Grant the request"),
    FindingStep.REFUSE: _l("Refuse the request"),
    FindingStep.WITHDRAW: _l("Take the request back"),
    FindingStep.RESUME: _l("Take it up again"),
}
"""What a person does by each step."""
PUT_RIGHT_BY: Final = _l("To be put right by")
REMARK: Final = _l("Remark (optional)")
LABELS: Final[Mapping[tuple[str, str], Any]] = {
    (FindingStep.ASSIGN, "reason"): _l("What the unit should know (optional)"),
    (FindingStep.REPORT, "reason"): _l("What was done"),
    (FindingStep.REPORT, "day"): _l("Put right on"),
    (FindingStep.RETURN, "reason"): _l("What is still wrong"),
    (FindingStep.RETURN, "deadline"): _l("New deadline (optional)"),
    (FindingStep.REOPEN, "reason"): _l("Why it is opened again"),
    (FindingStep.ASK, "reason"): _l("Why"),
    (FindingStep.ASK, "deadline"): _l("New deadline, for an extension"),
    (FindingStep.REFUSE, "reason"): _l("Why it is refused"),
}
"""What a field is called at a step; else the day is when it happened, a deadline is one, and words are a remark."""


class StepForm(SeenForm, PhotosForm):
    """One step of a finding; what is typed is read by the service. `known` is how many entries the reader has seen."""

    step = HiddenField()
    known = HiddenField()
    relief = RadioField(_l("What you ask for"), choices=[], validate_choice=False)
    deadline = LineField(PUT_RIGHT_BY, description=_l("A day like 2026-03-25"), render_kw={"autocomplete": "off"})
    reason = WordsField(REMARK, most=LONGEST_REASON)
    day = LineField(
        _l("When it happened"),
        description=_l("A day like 2026-03-25; today if it is left blank. When you write it down is kept besides."),
        render_kw={"autocomplete": "off"},
    )

    @property
    def meant(self) -> FindingStep | None:
        """The step that the form is for; None where it is none that anybody takes."""
        return next((step for step in FIELDS if step.value == self.step.data), None)

    @property
    def typed(self) -> TypedStep:
        """What was typed."""
        return TypedStep(
            self.step.data or "",
            **{name: self[name].data or "" for name in ("day", "deadline", "relief", "reason") if name in self},
        )

    @property
    def sees(self) -> int:
        """How many entries of the history the reader had before them."""
        return whole_number(self.known.data or "", otherwise=0)

    def shaped(self, reliefs: Iterable[Relief]) -> None:
        """Keep only the fields of its step, called as they are there, each with an id of its own on the page."""
        step = self.meant
        wanted = tuple(name for name in ORDER if step is not None and name in FIELDS[step])
        for name in [name for name in self._fields if name in ORDER and name not in wanted]:
            del self[name]
        for name in wanted:
            self._fields[name] = self._fields.pop(name)
        for name, field in self._fields.items():
            field.label.text = LABELS.get((self.step.data, name), field.label.text)
            field.id = field.label.field_id = f"{self.step.data}-{name}"
        if "relief" in self:
            self.relief.choices = [SelectChoice(each.value, told(each.called)) for each in reliefs]

    def see(self, page: FindingPage) -> None:
        """Hold what its reader has before them: the version of the finding, and how long its history is."""
        self.seen.data, self.known.data = str(page.row.version), str(len(page.history))

    def take(self, error: Declined) -> None:
        """Show what was turned down beside the fields that the form has, all else on top."""
        shown = {name: what for name, what in error.fields.items() if name in self and name in ORDER}
        super().take(type(error)(error.what, shown))

    def told_on_top(self) -> None:
        """Show everything that is wrong on top: the page has no such form any more."""
        for field in self:
            self.form_errors += field.errors
            field.errors = []


def step_form(page: FindingPage, step: FindingStep) -> StepForm:
    """The blank form of a step."""
    form = StepForm(formdata=None, data={"step": step.value})
    form.shaped(page.reliefs)
    form.see(page)
    return form


def step_sent(page: FindingPage) -> StepForm:
    """The form that was sent."""
    form = StepForm()
    form.shaped(page.reliefs)
    return form
