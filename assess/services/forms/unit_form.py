"""The form of one unit as it stands: what is asked, what was saved, where it stands, until when."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from assess.core.actors import Actor
from assess.core.calendar import day_of
from assess.core.errors import NotFound
from assess.core.estimates import Estimate, PrintedPoints, own_inputs
from assess.core.exemptions import Exemptions
from assess.core.figures import FigureTable
from assess.core.figures.entry import read_entry
from assess.core.forms import (
    Field,
    FieldRow,
    FilledCount,
    FormSection,
    Question,
    UnitFormContent,
    field_key,
    form_of,
    rows_of_objects,
)
from assess.core.parsing import ParseError
from assess.core.text import Text
from assess.core.workflow import LabeledEnum, SubmissionState
from assess.services.forms.own_points import OwnPoints
from assess.services.forms.showing import named, shown
from assess.services.reporting_windows import ReportingWindow, window_of
from assess.services.years import Year, earlier_of, exemptions_of, previous_of, year_of
from assess.store.cache import cached
from assess.store.queries import forms as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.forms import DraftRow, SubmissionRow
from assess.store.session import Session

NO_SECTION = Text(
    "填报表中没有这一部分，可能因评分表更正而调整。请从填报表首页重新进入。",
    "There is no such section in the form. A corrected rule sheet may have changed it. Start from "
    "the first page of the form.",
)
NOTHING_YET = DraftRow("")


class SectionState(LabeledEnum):
    """Where one section of a form stands."""

    NOT_STARTED = "not-started", "未开始", "Not started"
    IN_PROGRESS = "in-progress", "填报中", "In progress"
    FILLED = "filled", "已填齐", "Filled in"
    RETURNED = "returned", "已退回", "Returned"
    SUBMITTED = "submitted", "已报送", "Submitted"
    CERTIFIED = "certified", "已核定", "Certified"
    NOT_APPLICABLE = "not-applicable", "不涉及", "Not applicable"


@dataclass(frozen=True)
class UnitFormPage:
    """The form of one unit on a day.

    Attributes:
        form: what is asked of the unit.
        drafts: what was saved, by section.
        row: where the submission stands.
        may_edit: whether the reader reports for this unit.
        exemptions: those of all units.
        previous: last year's figures of all units.
        earlier: those of the years before, the latest first.
        derived: what follows from the unit's obligations and findings; nothing unless it was asked for.
        certified: the keys of the fields whose values stay certified; none unless they were asked for.
        of_others: values that others reported of objects which they share with the unit, by the key that a field would
            have; none unless they were asked for.
        kept: what it would earn, where that was worked out before from the same.
    """

    year: Year
    unit: str
    form: UnitFormContent
    drafts: Mapping[str, DraftRow]
    row: SubmissionRow
    today: date
    may_edit: bool
    exemptions: Exemptions
    previous: FigureTable | None
    earlier: tuple[FigureTable, ...]
    derived: Mapping[str, str]
    certified: frozenset[str] = frozenset()
    of_others: Mapping[str, str] = field(default_factory=dict)
    kept: OwnPoints | None = None

    @property
    def name(self) -> Text:
        """What the unit is called."""
        return self.year.name_of(self.unit)

    @cached_property
    def answers(self) -> dict[str, str]:
        """What was saved, by the key of the field; only fields that are asked."""
        return answers_of(self.form, self.drafts, self.year.cycle.year)

    @cached_property
    def values(self) -> dict[str, str]:
        """What the unit can be scored by on its own: what was saved, and what follows from records and others."""
        return {**self.derived, **self.of_others, **self.answers}

    @cached_property
    def own(self) -> OwnPoints:
        """What its own figures would earn by what was saved."""
        if self.kept is not None:
            return self.kept
        year, place = self.year, self.year.place_of(self.unit)
        return OwnPoints(
            own_inputs(
                year.sheet, year.units, place, self.values, exemptions=self.exemptions, previous=self.previous,
                earlier=self.earlier,
                objects=year.objects,
            )
        )  # fmt: skip

    @property
    def estimate(self) -> Estimate:
        """The estimate line by line."""
        return self.own.estimate

    @property
    def points(self) -> PrintedPoints:
        """The sums of the estimate."""
        return self.own.points

    @cached_property
    def remarks(self) -> dict[str, str]:
        """What was remarked, by figure."""
        return {figure: words for draft in self.drafts.values() for figure, words in draft.remarks.items()}

    @cached_property
    def window(self) -> ReportingWindow:
        """Until when the unit may report."""
        return window_of(self.year.cycle, self.row, self.today)

    @property
    def is_open(self) -> bool:
        """Whether the reader may save and submit now."""
        return self.may_edit and self.window.locked is None

    @cached_property
    def counts(self) -> dict[str, FilledCount]:
        """How complete each section is."""
        return self.form.counts(self.answers)

    @cached_property
    def missing(self) -> tuple[Field, ...]:
        """The fields that hold nothing."""
        return tuple(field for key, field in self.form.fields.items() if key not in self.answers)

    def unanswered(self, section: FormSection) -> list[Question]:
        """The questions of a section that lack an answer."""
        return [question for question, fields in section.questions if not all(self.answered(fields))]

    def unproven(self, section: FormSection, attached: Container[str]) -> list[Question]:
        """The questions of a section whose answer needs evidence and has none among what is attached, by subject."""
        return [
            question
            for question, fields in section.questions
            if any(self.answered(fields)) and f"figure:{question.figure}" not in attached and self.needs_proof(question)
        ]

    def needs_proof(self, question: Question) -> bool:
        """Whether an answer needs evidence: where the sheet names proofs only one that has a proof."""
        return question.stated.proof is not None or not self.names_proofs

    @cached_property
    def names_proofs(self) -> bool:
        """Whether the sheet says of any figure what proves it."""
        return any(figure.proof for figure in (self.year.sheet.figures or {}).values())

    def without_evidence(self, attached: Container[str]) -> list[Question]:
        """The questions of the whole form whose answer needs evidence and has none."""
        return [question for section in self.form.sections for question in self.unproven(section, attached)]

    def answered(self, fields: Iterable[Field]) -> list[bool]:
        """Whether each field has an answer."""
        return [field.key in self.answers for field in fields]

    @cached_property
    def wrongs(self) -> dict[str, Text]:
        """What was saved and cannot be submitted: a corrected rule sheet asks otherwise."""
        found = {key: read_entry(self.form.fields[key].question.stated, text) for key, text in self.answers.items()}
        return {key: reading.what for key, reading in found.items() if isinstance(reading, ParseError)}

    @property
    def done(self) -> int:
        """How many fields are filled."""
        return len(self.answers)

    @property
    def all(self) -> int:
        """How many fields there are."""
        return len(self.form.fields)

    @cached_property
    def stamp(self) -> str:
        """A short mark of everything that was saved, by which an older page is told from a newer."""
        versions = sorted((draft.section, draft.version) for draft in self.drafts.values())
        return hashlib.sha256(f"{self.year.digest} {self.row.version} {versions}".encode()).hexdigest()[:16]

    def section(self, section: str) -> FormSection:
        """One section.

        Raises:
            NotFound: the form has none of this id.
        """
        found = self.form.section(section)
        if found is None:
            raise NotFound(NO_SECTION)
        return found

    def draft(self, section: str) -> DraftRow:
        """What was saved of a section; version 0 where nothing was."""
        return self.drafts.get(section, NOTHING_YET)

    def shown(self, field: Field) -> Text:
        """What was saved for a field, as a reader sees it."""
        return shown(field, self.answers.get(field.key, ""))

    def rows(self, fields: Iterable[Field]) -> tuple[FieldRow, ...]:
        """The fields of a figure of objects, row by row; none of a figure of the unit."""
        return rows_of_objects(fields)

    def named(self, field: Field) -> Text:
        """A field with its period."""
        return named(field)

    def shown_as(self, field: Field, text: str) -> Text:
        """An answer of a field, as a reader sees it."""
        return shown(field, text)

    def estimated(self, section: FormSection) -> Estimate:
        """The estimate of the items that rest on a section."""
        return self.own.of(frozenset(item.id for question, _ in section.questions for item in question.items))

    def next_section(self, section: str) -> str | None:
        """The section after this one that asks something; None after the last."""
        ids = [each.id for each in self.form.sections if each.fields or each.id == section]
        return next(iter(ids[ids.index(section) + 1 :]), None)

    def standing(self, section: FormSection) -> SectionState:
        """Where one section stands."""
        if not section.fields:
            return SectionState.NOT_APPLICABLE
        if self.row.state in (SubmissionState.SUBMITTED, SubmissionState.CERTIFIED):
            return SectionState(self.row.state.value)
        if self.is_sent_back(section):
            return SectionState.RETURNED
        count = self.counts[section.id]
        if count.is_complete:
            return SectionState.FILLED
        return SectionState.IN_PROGRESS if count.filled else SectionState.NOT_STARTED

    def is_sent_back(self, section: FormSection) -> bool:
        """Whether a section was sent back and not saved since."""
        named = {figure for figure in self.row.returned_figures if figure in self.figures}
        if self.row.state is not SubmissionState.RETURNED or self.row.returned_at is None:
            return False
        saved = self.draft(section.id).saved_at
        is_meant = not named or any(field.question.figure in named for field in section.fields)
        return is_meant and (saved is None or saved <= self.row.returned_at)

    @cached_property
    def figures(self) -> frozenset[str]:
        """The figures that are asked."""
        return frozenset(field.question.figure for field in self.form.fields.values())


def unit_form(session: Session, actor: Actor, *, cycle: CycleRow, unit: str, now: datetime) -> UnitFormPage:
    """The form of a unit as it stands (5 queries, one more where last year's figures or the like changed).

    Raises:
        NotFound: there is no such unit, or the reader may not see it.
        Refused: no rule sheet is published.
    """
    actor.check_sees_unit(unit)
    return unit_forms(session, actor, cycle=cycle, units=[unit], now=now)[unit]


def unit_forms(
    session: Session, actor: Actor, *, cycle: CycleRow, units: list[str], now: datetime
) -> dict[str, UnitFormPage]:
    """The forms of several units; as many queries as for one. Whoever calls has checked that they may be seen.

    Raises:
        NotFound: there is no such unit.
    """
    year, today = year_of(session, cycle), day_of(now)
    exemptions, previous = exemptions_of(session, year), previous_of(session, year)
    earlier = earlier_of(session, year)
    drafts = queries.drafts_of(session, cycle=cycle.id, units=units)
    rows = queries.submissions_of(session, cycle=cycle.id, units=units, today=today)
    found = {}
    for unit in units:
        found[unit] = UnitFormPage(
            year=year,
            unit=unit,
            form=asked_form(session, year, year.place_of(unit), exemptions, previous),
            drafts=drafts[unit],
            row=rows[unit],
            today=today,
            may_edit=unit in actor.units,
            exemptions=exemptions,
            previous=previous,
            earlier=earlier,
            derived={},
        )
    return found


def asked_form(
    session: Session, year: Year, place: int, exemptions: Exemptions, previous: FigureTable | None
) -> UnitFormContent:
    """What is asked of the unit at a place; kept in memory beside the very things that it was made of."""
    parts = (year.units, year.objects, year.tasks, previous)
    key = ("form", year.digest, place, granted_to(place, exemptions), *map(id, parts))

    def made() -> tuple[UnitFormContent, object]:
        form = form_of(
            year.sheet, year.units, place, tasks=year.tasks, exemptions=exemptions, previous=previous,
            objects=year.objects,
        )  # fmt: skip
        return form, parts

    return cached(session, key, made)[0]


def granted_to(place: int, exemptions: Exemptions) -> tuple[tuple[str, str, str], ...]:
    """What the unit at a place is exempt from, whole items and parts, with reason and approver."""
    whole = tuple((item, *found[place][:2]) for item, found in exemptions.entries.items() if place in found)
    parts = tuple(
        (f"{item} {part.object or ''} {part.period or ''}", *granted[:2])
        for item, found in exemptions.parts.items()
        for part, granted in found.items()
        if part.unit == place
    )
    return (*whole, *parts)


def answers_of(form: UnitFormContent, drafts: Mapping[str, DraftRow], year: int) -> dict[str, str]:
    """What was saved for the fields that are asked, in their order."""
    saved = {
        field_key(cell.figure, cell.period, year): text for each in drafts.values() for cell, text in each.texts.items()
    }
    return {key: saved[key] for key in form.fields if key in saved}
