"""Two editors of one section, and a form before and after: what differs, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assess.core.forms import Field, FormSection
from assess.core.text import Text
from assess.services.forms.drafts import check_typed
from assess.services.forms.showing import NO_ANSWER, named, shown
from assess.services.forms.unit_form import UnitForm
from assess.store.queries.forms import SUBMITTED, EventRow

REMARK_OF = Text("{title}（备注）", "{title} (remark)")


@dataclass(frozen=True)
class Difference:
    """One field whose value differs: `old` and `new` as kept, and as a reader sees them."""

    name: str
    title: Text
    old: str
    new: str
    old_shown: Text
    new_shown: Text


def overtaken(
    form: UnitForm, section: FormSection, answers: Mapping[str, str], remarks: Mapping[str, str]
) -> list[Difference]:
    """What somebody else saved in a section and what was typed meanwhile, where the two differ.

    Raises:
        Refused: something typed is wrong.
    """
    texts, notes = check_typed(section, answers, remarks)
    found = []
    for question, fields in section.questions:
        for field in fields:
            old, new = form.answers.get(field.key, ""), texts.get(field.key)
            if new is not None and new != old:
                found.append(difference(field, old, new))
        old, new = form.remarks.get(question.figure, ""), notes.get(question.figure)
        if new is not None and new != old:
            title = REMARK_OF.filled(title=question.title)
            both = [Text.same(each) if each else NO_ANSWER for each in (old, new)]
            found.append(Difference(f"remark-{question.figure}", title, old, new, *both))
    return found


def difference(field: Field, old: str, new: str) -> Difference:
    """Two values of one field."""
    return Difference(field.key, named(field), old, new, shown(field, old), shown(field, new))


def changes(form: UnitForm, before: Mapping[str, str], after: Mapping[str, str]) -> list[Difference]:
    """The fields of a form that hold another value than before."""
    return [
        difference(field, before.get(key, ""), after.get(key, ""))
        for key, field in form.form.fields.items()
        if before.get(key, "") != after.get(key, "")
    ]


@dataclass(frozen=True)
class Submitted:
    """A form as it was submitted once."""

    event: EventRow
    answers: dict[str, str]
    remarks: dict[str, str]


def submitted(events: Iterable[EventRow]) -> tuple[Submitted | None, Submitted | None]:
    """A form as it was submitted last, and the time before, from its history, newest first."""
    found = [
        Submitted(each, dict((each.answers or {})["answers"]), dict((each.answers or {})["remarks"]))
        for each in events
        if each.act == SUBMITTED
    ]
    return (found[0] if found else None), (found[1] if len(found) > 1 else None)
