"""The evidence of one figure as a page shows it, and files as they are sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from assess.core.actors import Actor
from assess.core.calendar import day_of
from assess.core.errors import NotFound
from assess.core.forms import FormSection, Question, form_of
from assess.core.text import Text
from assess.files.kinds import EvidenceKind
from assess.services.evidence.repeats import told_uses
from assess.services.reporting_windows import window_of
from assess.services.years import Year, exemptions_of, year_of
from assess.store import uploads
from assess.store.queries import evidence as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.evidence import AttachedRow
from assess.store.queries.forms import submissions_of
from assess.store.session import Session

FIGURE: Final = "figure:"
TASK: Final = Text("任务{no}", "Task {no}")
APPEAL: Final = Text("申诉{number}", "Appeal {number}")
SIGNED: Final = Text("签字盖章件", "Signed form")
NO_FIGURE = Text("本单位的填报表中没有这项数据。", "There is no such figure in this unit's form.")
NO_FILE = Text("没有这个文件，或您无权查看。", "There is no such file, or you do not have permission to see it.")


@dataclass(frozen=True)
class FigureEvidencePage:
    """The evidence of one figure of a unit.

    Attributes:
        section: where the figure stands in the form.
        files: what is attached now; `withdrawn` was once.
        others: files of the unit that are attached elsewhere and may serve here too, each once.
        titles: what each subject with files is called.
        repeats: warnings by SHA-256.
        locked: why nothing can be changed now; None where it can.
    """

    unit: str
    name: Text
    section: FormSection
    question: Question
    files: tuple[AttachedRow, ...]
    withdrawn: tuple[AttachedRow, ...]
    others: tuple[AttachedRow, ...]
    titles: Mapping[str, Text]
    repeats: Mapping[str, tuple[Text, ...]]
    locked: Text | None
    may_report: bool

    @property
    def subject(self) -> str:
        """What files are attached to."""
        return FIGURE + self.question.figure

    @property
    def is_open(self) -> bool:
        """Whether the reader may attach and withdraw."""
        return self.may_report and self.locked is None


class EvidenceDownload(NamedTuple):
    """A file on its way to a reader."""

    path: Path
    name: str
    media_type: str


def figure_page(
    session: Session, actor: Actor, *, cycle: CycleRow, unit: str, figure: str, now: datetime
) -> FigureEvidencePage:
    """The evidence of a figure (7 queries).

    Raises:
        NotFound: there is no such unit or figure, or the reader may not see the unit.
        Refused: no rule sheet is published.
    """
    actor.check_sees_unit(unit)
    year = year_of(session, cycle)
    place, today = year.place_of(unit), day_of(now)
    exemptions = exemptions_of(session, year)
    form = form_of(year.sheet, year.units, place, tasks=year.tasks, exemptions=exemptions, objects=year.objects)
    section, question = place_in(form.sections, figure)
    rows = queries.all_attachments_of(session, cycle=cycle.id, unit=unit)
    uses = queries.uses_elsewhere(session, cycle=cycle.id, year=cycle.year, unit=unit)
    submission = submissions_of(session, cycle=cycle.id, units=[unit], today=today)[unit]
    here = [row for row in rows if row.subject == FIGURE + figure]
    files = tuple(row for row in here if row.withdrawn_at is None)
    return FigureEvidencePage(
        unit=unit,
        name=year.name_of(unit),
        section=section,
        question=question,
        files=files,
        withdrawn=tuple(row for row in here if row.withdrawn_at is not None),
        others=distinct_files(rows, {row.sha256 for row in files}),
        titles=titles_of(year, rows),
        repeats=told_uses(actor, unit=unit, uses=uses),
        locked=window_of(cycle, submission, today).locked,
        may_report=unit in actor.units,
    )


def place_in(sections: Iterable[FormSection], figure: str) -> tuple[FormSection, Question]:
    """The section and the question of a figure that is asked.

    Raises:
        NotFound: none asks it.
    """
    for section in sections:
        for question, _ in section.questions:
            if question.figure == figure:
                return section, question
    raise NotFound(NO_FIGURE)


def titles_of(year: Year, rows: Iterable[AttachedRow]) -> dict[str, Text]:
    """What the subjects of attachments are called."""
    return {row.subject: title_of_subject(year, row.subject) for row in rows}


def title_of_subject(year: Year, subject: str) -> Text:
    """What a subject is called: a figure by its title, a task or an appeal by its number, the signed form."""
    kind, _, name = subject.partition(":")
    figure = year.sheet.figures.get(name)
    if kind == "figure":
        return Text.same(name) if figure is None or figure.title is None else figure.title
    if kind == "appeal":
        return APPEAL.format(number=f"{year.cycle.year}-{name}")
    return TASK.format(no=name) if kind == "task" else SIGNED


def distinct_files(rows: Iterable[AttachedRow], without: set[str]) -> tuple[AttachedRow, ...]:
    """Files that are attached somewhere now, each content once, but for some."""
    found: dict[str, AttachedRow] = {}
    for row in sorted(rows, key=lambda row: row.id):
        if row.withdrawn_at is None and row.sha256 not in without:
            found.setdefault(row.sha256, row)
    return tuple(found.values())


def file_to_send(session: Session, actor: Actor, *, cycle: CycleRow, row: int, folder: Path) -> EvidenceDownload:
    """An attached file, withdrawn or not, for who may see the unit it belongs to (1 query).

    Raises:
        NotFound: there is no such attachment, the reader may not see it, or the file is lost.
    """
    found = queries.attachment_at(session, cycle=cycle.id, row=row)
    if found is None:
        raise NotFound(NO_FILE)
    try:
        actor.check_sees_unit(found.unit)
    except NotFound:
        raise NotFound(NO_FILE) from None
    path = uploads.kept_path(folder, found.sha256)
    return EvidenceDownload(path, found.file_name, EvidenceKind(found.kind).media_type)


def names_by_figure(attached: Mapping[str, Iterable[AttachedRow]]) -> dict[str, list[str]]:
    """Names of files by the figure that they prove."""
    return {
        subject.removeprefix(FIGURE): [row.file_name for row in rows]
        for subject, rows in attached.items()
        if subject.startswith(FIGURE)
    }
