"""Two editors of one section, and a form before and after: what differs, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from assess.core.forms import Field, FormSection, merge
from assess.core.text import Text
from assess.services.forms.drafts import REMARK, by_name, check_typed
from assess.services.forms.showing import NO_ANSWER, named, shown_with_unit
from assess.services.forms.unit_form import UnitFormPage
from assess.store.queries.forms import SUBMITTED, SubmissionEventRow

REMARK_OF = Text("{title}（备注）", "{title} (remark)")


@dataclass(frozen=True)
class FieldDifference:
    """One field whose value differs: `old` and `new` as kept, and as a reader sees them."""

    name: str
    title: Text
    old: str
    new: str
    old_shown: Text
    new_shown: Text


class Overtaken(NamedTuple):
    """What was sent of a section that somebody else saved meanwhile.

    Attributes:
        conflicts: what both changed; `old` is what is saved, `new` what was sent.
        changes: what only the sender changed.
    """

    conflicts: list[FieldDifference]
    changes: list[FieldDifference]


def overtaken(form: UnitFormPage, section: FormSection, sent: Mapping[str, str], base: Mapping[str, str]) -> Overtaken:
    """Part what both changed in a section from what the sender alone changed; texts by name, as in `save_draft`.

    Raises:
        Refused: something typed is wrong.
    """
    remarks = {name.removeprefix(REMARK): words for name, words in sent.items() if name.startswith(REMARK)}
    saved = by_name(form.answers, form.remarks)
    changes, conflicts = merge(base, by_name(*check_typed(section, sent, remarks)), saved)
    differences = [each for each in section_differences(section, saved, {**saved, **changes}) if each.name in changes]
    return Overtaken(
        [each for each in differences if each.name in conflicts],
        [each for each in differences if each.name not in conflicts],
    )


def section_differences(
    section: FormSection, before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[FieldDifference]:
    """The answers and remarks of a section that differ, question by question."""
    for question, fields in section.questions:
        for field in fields:
            old, new = before.get(field.key, ""), after.get(field.key, "")
            if new != old:
                yield difference(field, old, new)
        name = REMARK + question.figure
        old, new = before.get(name, ""), after.get(name, "")
        if new != old:
            both = [Text.same(words) if words else NO_ANSWER for words in (old, new)]
            yield FieldDifference(name, REMARK_OF.format(title=question.title), old, new, *both)


def difference(field: Field, old: str, new: str) -> FieldDifference:
    """Two values of one field."""
    return FieldDifference(field.key, named(field), old, new, shown_with_unit(field, old), shown_with_unit(field, new))


def changes(form: UnitFormPage, before: Mapping[str, str], after: Mapping[str, str]) -> list[FieldDifference]:
    """The fields of a form that hold another value than before."""
    return [
        difference(field, before.get(key, ""), after.get(key, ""))
        for key, field in form.form.fields.items()
        if before.get(key, "") != after.get(key, "")
    ]


@dataclass(frozen=True)
class Submitted:
    """A form as it was submitted once."""

    event: SubmissionEventRow
    answers: dict[str, str]
    remarks: dict[str, str]


def submitted(events: Iterable[SubmissionEventRow]) -> tuple[Submitted | None, Submitted | None]:
    """A form as it was submitted last, and the time before, from its history, newest first."""
    found = [
        Submitted(each, dict((each.answers or {})["answers"]), dict((each.answers or {})["remarks"]))
        for each in events
        if each.act == SUBMITTED
    ]
    return (found[0] if found else None), (found[1] if len(found) > 1 else None)
