"""The steps of a finding as they are typed: each with the fields that it needs, and no others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice

from assess.core.errors import Declined
from assess.core.findings.states import FindingState, FindingStep, Relief
from assess.core.findings.typed import TypedStep
from assess.core.text import Text
from assess.services.findings import FindingPage
from assess.web.filters import localized
from assess.web.forms.fields import LineField, ReasonField
from assess.web.forms.finding_photos import PhotosForm
from assess.web.forms.seen import RefreshedForm, whole_number

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
    FindingStep.START: _l("Start correction"),
    FindingStep.REPORT: _l("Report as corrected"),
    FindingStep.PASS: _l("Confirm as corrected"),
    FindingStep.RETURN: _l("Return it to the unit"),
    FindingStep.CLOSE: _l("Close and file"),
    FindingStep.LOOK_BACK: _l("Confirm at look-back"),
    FindingStep.REOPEN: _l("Reopen finding"),
    FindingStep.APPROVE: _l("Approve the request"),
    FindingStep.REFUSE: _l("Reject the request"),
    FindingStep.WITHDRAW: _l("Withdraw the request"),
    FindingStep.RESUME: _l("Resume correction"),
}
"""What a person does by each step."""
PUT_RIGHT_BY: Final = _l("Deadline of correction")
REMARK: Final = _l("Remark (optional)")
LABELS: Final[Mapping[tuple[str, str], Any]] = {
    (FindingStep.ASSIGN, "reason"): _l("Instructions for the unit (optional)"),
    (FindingStep.REPORT, "reason"): _l("How it was corrected"),
    (FindingStep.REPORT, "day"): _l("Corrected on"),
    (FindingStep.RETURN, "reason"): _l("What is still wrong"),
    (FindingStep.RETURN, "deadline"): _l("New deadline (optional)"),
    (FindingStep.REOPEN, "reason"): _l("Reason for reopening"),
    (FindingStep.ASK, "reason"): _l("Reason"),
    (FindingStep.ASK, "deadline"): _l("New deadline, for an extension"),
    (FindingStep.REFUSE, "reason"): _l("Reason for rejection"),
}
"""What a field is called at a step; else the day is when it happened, a deadline is one, and words are a remark."""


class StepForm(RefreshedForm, PhotosForm):
    """One step of a finding; what is typed is read by the service. `known` is how many entries the reader has seen."""

    name: str = ""
    """What its button says."""
    step = HiddenField()
    known = HiddenField()
    relief = RadioField(_l("Request"), choices=[], validate_choice=False)
    deadline = LineField(PUT_RIGHT_BY, description=_l("A date such as 2026-03-25"), render_kw={"autocomplete": "off"})
    reason = ReasonField(REMARK)
    day = LineField(
        _l("When it happened"),
        description=_l("A date such as 2026-03-25; today if left blank. The time of entry is recorded separately."),
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

    def shaped(self, page: FindingPage) -> None:
        """Keep only the fields of its step, called as they are there, each with an id of its own on the page."""
        wanted = fields_of(self.meant, page)
        self.name = "" if self.meant is None else called(self.meant, page)
        for name in [name for name in self._fields if name in ORDER and name not in wanted]:
            del self[name]
        for name in wanted:
            self._fields[name] = self._fields.pop(name)
        for name, field in self._fields.items():
            field.label.text = LABELS.get((self.step.data, name), field.label.text)
            field.id = field.label.field_id = f"{self.step.data}-{name}"
        if "relief" in self:
            self.relief.choices = [SelectChoice(each.value, localized(each.label)) for each in page.reliefs]

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


def fields_of(step: FindingStep | None, page: FindingPage) -> tuple[str, ...]:
    """The fields of a step; a new deadline is asked for only where the one that stands can be extended."""
    if step is None:
        return ()
    without = {"deadline"} if step is FindingStep.ASK and Relief.EXTENSION not in page.reliefs else set()
    return tuple(name for name in ORDER if name in FIELDS[step] and name not in without)


def called(step: FindingStep, page: FindingPage) -> str:
    """What a person does by a step."""
    if step is FindingStep.ASK:
        return str(_("Request %(what)s", what=localized(Text.listed(localized(each.label) for each in page.reliefs))))
    if step is FindingStep.ASSIGN and page.row.state is not FindingState.FOUND:
        return str(_("Change the deadline"))
    return str(NAMES[step])


def step_forms(page: FindingPage) -> dict[FindingStep, StepForm]:
    """A blank form for each step that the reader may take: first the decision on what waits, relief last."""
    first, last = (FindingStep.APPROVE, FindingStep.REFUSE), (FindingStep.ASK, FindingStep.WITHDRAW)
    steps = sorted(page.steps, key=lambda step: (step not in first, step in last))
    return {step: step_form(page, step) for step in steps}


def opened_of(page: FindingPage) -> FindingStep | None:
    """The step whose form is open at first: the next of the work, where the reader is the one to take it."""
    if page.asked is not None and FindingStep.APPROVE in page.steps:
        return FindingStep.APPROVE
    first = next((step for step in page.steps if step is not FindingStep.START), None)
    is_change = first is FindingStep.ASSIGN and page.row.state is not FindingState.FOUND
    return None if is_change or first in (FindingStep.ASK, FindingStep.WITHDRAW) else first


def step_form(page: FindingPage, step: FindingStep) -> StepForm:
    """The blank form of a step."""
    form = StepForm(formdata=None, data={"step": step.value})
    form.shaped(page)
    form.see(page)
    return form


def step_sent(page: FindingPage) -> StepForm:
    """The form that was sent."""
    form = StepForm()
    form.shaped(page)
    return form
