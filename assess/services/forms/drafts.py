"""Drafts: one section saved at a time, whole or not at all, and never over what somebody else saved unseen."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from assess.core.actors import Actor
from assess.core.errors import Refused, Stale
from assess.core.figures.entry import UNSEEN, as_text, to_stored
from assess.core.forms import FormSection, merge, read_answers
from assess.core.text import Text
from assess.services import audit
from assess.services.cycles import lock_unit
from assess.services.forms.certified import with_certified
from assess.services.forms.unit_form import UnitFormPage, unit_form
from assess.store.models import Answer, Draft
from assess.store.queries import forms as queries
from assess.store.queries.cycles import CycleRow
from assess.store.session import OVERTAKEN, Session, flush

MAX_REMARK_LENGTH: Final = 500
REMARK: Final = "remark-"
"""What stands before a figure in the name of its remark."""
NOT_SAVED: Final = Text("填写有误，尚未保存，请按下列提示改正。", "Nothing was saved. Correct the errors below.")
CERTIFIED: Final = Text(
    "该数据已核定，不能修改。如有异议，请联系核定部门退回。",
    "This value is certified and cannot be changed. If you disagree, ask the department to return it.",
)
REMARK_TOO_LONG: Final = Text(
    "说明最多{most}字，现有{n}字，请精简。", "The remark must be {most} characters or fewer. It has {n}."
)


def save_draft(
    session: Session,
    actor: Actor,
    *,
    cycle: CycleRow,
    unit: str,
    section: str,
    answers: Mapping[str, str],
    remarks: Mapping[str, str],
    seen: int,
    base: Mapping[str, str] | None = None,
    now: datetime,
) -> int:
    """Save what was typed in one section, and tell the version it has now.

    Where somebody else saved the section meanwhile, what only one of the two changed is kept of both.

    Args:
        session: the transaction.
        actor: an official of the unit.
        cycle: the year.
        unit: the code of the unit.
        section: the id of the section.
        answers: texts as typed by the key of the field; blank is not filled in yet, a field left out stays as it is.
        remarks: notes by figure; one left out stays as it is.
        seen: the version of the draft that the person had before them, 0 for none.
        base: what that draft held, remarks by `remark-` and the figure; what it lacks counts as changed by both.
        now: the moment.

    Raises:
        NotFound: another unit, or no such section.
        Refused: reporting is closed, or something typed is wrong; names each field, and nothing is saved.
        Stale: somebody else changed the same answer meanwhile.
    """
    actor.check_unit(unit)
    lock_unit(session, cycle, unit)
    form = with_certified(session, unit_form(session, actor, cycle=cycle, unit=unit, now=now))
    check_open(form)
    whole = form.section(section)
    texts, notes = check_typed(whole, answers, remarks)
    if form.draft(section).version != seen:
        texts, notes = merged(form, base or {}, texts, notes)
    check_not_certified(form, texts)
    draft = write_draft(session, actor, form, section, now=now)
    changed = write_answers(session, draft, whole, texts, notes, by=actor.account)
    audit.record(
        session,
        actor,
        subject=f"form:{cycle.year}/{unit}/{section}",
        action="saved",
        old={key: old for key, (old, _) in changed.items()},
        new={key: new for key, (_, new) in changed.items()},
        now=now,
    )
    flush(session)
    return draft.version


def check_open(form: UnitFormPage) -> None:
    """Raise Refused where nothing can be saved or submitted today, with the reason."""
    if form.window.locked is not None:
        raise Refused(form.window.locked)


def check_not_certified(form: UnitFormPage, texts: Mapping[str, str]) -> None:
    """Let texts pass that leave certified values as they are.

    Raises:
        Refused: some change a certified value; says each at its field.
    """
    changed = [key for key, text in texts.items() if key in form.certified and text != form.answers.get(key, "")]
    if changed:
        raise Refused(NOT_SAVED, dict.fromkeys(changed, CERTIFIED))


def check_typed(
    section: FormSection, answers: Mapping[str, str], remarks: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """What is to be kept of what was typed: answers by key and remarks by figure.

    Raises:
        Refused: something is wrong; by the key of its field, remarks as `remark-` and the figure.
    """
    values, wrongs = read_answers(section, answers)
    figures = [question.figure for question, _ in section.questions]
    notes = {figure: remarks[figure].replace("\r\n", "\n").strip() for figure in figures if figure in remarks}
    for figure, words in notes.items():
        if len(words) > MAX_REMARK_LENGTH:
            wrongs[REMARK + figure] = REMARK_TOO_LONG.format(most=MAX_REMARK_LENGTH, n=len(words))
        elif any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t" for letter in words):
            wrongs[REMARK + figure] = UNSEEN
    if wrongs:
        raise Refused(NOT_SAVED, wrongs)
    stated = {field.key: field.question.stated for field in section.fields}
    stored = {key: to_stored(value) for key, value in values.items()}
    return {key: as_text(stated[key], each.millionths, each.text) for key, each in stored.items()}, notes


def merged(
    form: UnitFormPage, base: Mapping[str, str], texts: Mapping[str, str], notes: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The answers and remarks that only the sender changed since the draft of `base`.

    Raises:
        Stale: some were changed by somebody else too.
    """
    changes, conflicts = merge(base, by_name(texts, notes), by_name(form.answers, form.remarks))
    if conflicts:
        raise Stale(OVERTAKEN)
    remarks = {figure: changes[name] for figure in notes if (name := REMARK + figure) in changes}
    return {key: changes[key] for key in texts if key in changes}, remarks


def by_name(texts: Mapping[str, str], notes: Mapping[str, str]) -> dict[str, str]:
    """Answers and remarks of a section together, as a page and the audit log name them."""
    return {**texts, **{REMARK + figure: words for figure, words in notes.items()}}


def write_draft(session: Session, actor: Actor, form: UnitFormPage, section: str, *, now: datetime) -> Draft:
    """The draft of a section as saved now by this person, with its new version."""
    cycle = form.year.cycle.id
    draft = queries.draft_for_update(session, cycle=cycle, unit=form.unit, section=section)
    if draft is None:
        draft = Draft(cycle_id=cycle, unit=form.unit, section=section)
        session.add(draft)
    queries.note_saved(draft, by=actor.account, at=now)
    flush(session)
    return draft


def write_answers(
    session: Session,
    draft: Draft,
    section: FormSection,
    texts: Mapping[str, str],
    notes: Mapping[str, str],
    *,
    by: int,
) -> dict[str, tuple[str, str]]:
    """Put what somebody typed into a draft, a remark at the first period of its figure; what changed, by key."""
    rows = {(each.figure, each.period): each for each in queries.answers_for_update(session, draft=draft.id)}
    changed: dict[str, tuple[str, str]] = {}
    for question, fields in section.questions:
        for field in fields:
            row = rows.get((field.question.figure, field.period))
            old = ("", "") if row is None else (row.text, row.remark)
            remark = notes.get(question.figure, old[1]) if field is fields[0] else old[1]
            new = (texts.get(field.key, old[0]), remark)
            if new == old:
                continue
            if row is None:
                row = Answer(draft_id=draft.id, figure=question.figure, period=field.period, typed_by=by)
                session.add(row)
            if new[0] != old[0]:
                row.typed_by = by
            row.text, row.remark = new
            changed |= {name: (a, b) for name, a, b in differences(field.key, question.figure, old, new)}
    return changed


def differences(key: str, figure: str, old: tuple[str, str], new: tuple[str, str]) -> list[tuple[str, str, str]]:
    """What of an answer and its remark is another than before, as the audit log calls it."""
    named = zip((key, REMARK + figure), old, new, strict=True)
    return [(name, before, after) for name, before, after in named if before != after]
