"""The officials' forms as they are typed: one section made from the rule sheet, the declaration, and sending back."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, NamedTuple, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectChoice, SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from assess.core.errors import Declined
from assess.core.figures.entry import MAX_TEXT_LENGTH
from assess.core.forms import AskedObject, FieldRow, FormSection, Question, rows_of_objects
from assess.core.forms import Field as Asked
from assess.core.rules.figure import Figure, FigureKind
from assess.core.text import Text
from assess.core.workflow import SubmissionState
from assess.services.forms.drafts import MAX_REMARK_LENGTH, REMARK
from assess.services.forms.showing import named
from assess.services.forms.unit_form import UnitFormPage
from assess.web.filters import localized
from assess.web.forms.fields import Form, LineField, QueryForm, ReasonField, WordsField
from assess.web.forms.seen import SeenForm, sent_text, whole_number

ANSWER: Final = "answer-"
"""What the name of the field of an answer begins with, before its key."""
ABOUT: Final = Text("{title}：{what}", "{title}: {what}")
MAX_TYPED: Final = 2 * MAX_TEXT_LENGTH
"""What the service has to find too long is still shown again."""


class AskedRow(NamedTuple):
    """An object with its cells, one a period: the field, None where the value is certified, and what it asks."""

    object: AskedObject
    cells: tuple[tuple[Field | None, Asked], ...]


class Asking(NamedTuple):
    """One question with the fields in which it is answered, those that are certified, and the field of its remark.

    `rows` hold the fields of a figure of objects; a figure of the unit has none.
    """

    question: Question
    pairs: tuple[tuple[Field, Asked], ...]
    certified: tuple[Asked, ...]
    remark: Field
    rows: tuple[AskedRow, ...]


class SectionForm(SeenForm):
    """One section of a unit's form.

    `base` holds what was saved when the page was made, and `undecided` what the sender typed where somebody else
    changed the answer too: both by name, as JSON.
    """

    base = HiddenField()
    undecided = HiddenField()

    @property
    def saved_before(self) -> dict[str, str]:
        """What the sender had before them, by the key of the field, or `remark-` and the figure."""
        return texts_by_name(sent_text(self.base))

    @property
    def to_decide(self) -> dict[str, str]:
        """What the sender typed where both changed an answer and no choice was sent yet."""
        waiting = texts_by_name(sent_text(self.undecided))
        return {name: text for name, text in waiting.items() if name not in self.everything_sent}

    @property
    def everything_sent(self) -> dict[str, str]:
        """Answers and remarks that were sent, by name."""
        return {**self.answers, **{REMARK + figure: words for figure, words in self.remarks.items()}}

    @property
    def answers(self) -> dict[str, str]:
        """What was typed, by the key of the field; fields that were not sent are left out."""
        return self.sent(ANSWER)

    @property
    def remarks(self) -> dict[str, str]:
        """The remarks that were sent, by figure."""
        return self.sent(REMARK)

    def sent(self, beginning: str) -> dict[str, str]:
        """The fields whose name begins so, as they were sent."""
        named = {name.removeprefix(beginning): self[name] for name in self._fields if name.startswith(beginning)}
        return {name: field.data or "" for name, field in named.items() if field.raw_data}

    def askings(self, section: FormSection) -> Iterator[Asking]:
        """The questions of the section with their fields."""
        for question, fields in section.questions:
            asked = {ANSWER + field.key: field for field in fields}
            pairs = tuple((self[name], field) for name, field in asked.items() if name in self)
            certified = tuple(field for name, field in asked.items() if name not in self)
            rows = tuple(self.row(each) for each in rows_of_objects(fields))
            yield Asking(question, pairs, certified, self[REMARK + question.figure], rows)

    def row(self, row: FieldRow) -> AskedRow:
        """The fields of one object."""
        return AskedRow(row.object, tuple((self._fields.get(ANSWER + asked.key), asked) for asked in row.fields))

    def problems(self, section: FormSection) -> list[dict[str, str]]:
        """What is wrong, each with the question it is about and the place of its field."""
        found = [{"text": text} for text in self.form_errors]
        for question, pairs, _certified, remark, _rows in self.askings(section):
            about = [(field, named(asked) if asked.object else question.title) for field, asked in pairs]
            for field, title in (*about, (remark, question.title)):
                anchor = f"#{field.id}-0" if isinstance(field, RadioField) else f"#{field.id}"
                found += [
                    {"text": localized(ABOUT.format(title=title, what=text)), "href": anchor} for text in field.errors
                ]
        return found

    def take(self, error: Declined) -> None:
        """Show what the service found beside the answers it is about."""
        fields = {field_name(name): what for name, what in error.fields.items()}
        super().take(type(error)(error.what, fields))


def field_name(key: str) -> str:
    """The name of the field of an answer, by its key; of a remark, by `remark-` and the figure."""
    return key if key.startswith(REMARK) else ANSWER + key


def as_json(texts: Mapping[str, str]) -> str:
    """Texts by name for a hidden field."""
    return json.dumps(texts, ensure_ascii=False)


def texts_by_name(word: str) -> dict[str, str]:
    """The texts by name that a hidden field holds as JSON; none where it holds anything else."""
    try:
        texts = json.loads(word or "{}")
    except (ValueError, RecursionError):
        return {}
    return {name: text for name, text in texts.items() if isinstance(text, str)} if isinstance(texts, dict) else {}


def section_form(page: UnitFormPage, section: FormSection) -> SectionForm:
    """The form of one section, filled with what was saved, or with what was sent; what is certified is not asked."""
    fields: dict[str, Any] = {}
    for question, asked in section.questions:
        fields |= {ANSWER + field.key: answer_field(field) for field in asked if field.key not in page.certified}
        fields[REMARK + question.figure] = WordsField(_("Remark (optional)"), most=2 * MAX_REMARK_LENGTH)
    saved: dict[str, str] = {ANSWER + key: page.answers.get(key, "") for key in page.form.fields}
    saved |= {REMARK + figure: words for figure, words in page.remarks.items()}
    made = type("OneSectionForm", (SectionForm,), fields)
    hidden = {"seen": str(page.draft(section.id).version), "base": base_of(page, section)}
    return cast("SectionForm", made(data={**saved, **hidden}))


def base_of(page: UnitFormPage, section: FormSection, *, without: Collection[str] = ()) -> str:
    """What is saved of a section, by name, for the hidden field of the next form; blank texts included."""
    saved = {field.key: page.answers.get(field.key, "") for field in section.fields}
    for question, _fields in section.questions:
        saved[REMARK + question.figure] = page.remarks.get(question.figure, "")
    return as_json({name: text for name, text in saved.items() if name not in without})


def answer_field(field: Asked) -> Field:
    """The field of one answer: buttons for yes and no and for choices, else a line."""
    label = str(_("This year")) if field.label is None else sentence_case(localized(field.label))
    if field.object is not None:
        return cell_field(label, field.question.stated)
    return value_field(label, field.question.stated, none=str(_("No entry yet")))


def value_field(label: str, stated: Figure, *, none: str = "") -> Field:
    """The field of one value of a figure; `none` is the choice of no value, where there is one."""
    if stated.kind is FigureKind.YES_NO:
        return radios(label, {"yes": str(_("Yes")), "no": str(_("No"))}, none)
    if stated.kind is FigureKind.CHOICE:
        return radios(label, {word: word for word in stated.choices or ()}, none)
    mode = "numeric" if stated.kind is FigureKind.COUNT else "decimal"
    return LineField(label, most=MAX_TYPED, render_kw={"inputmode": mode, "autocomplete": "off"})


def cell_field(label: str, stated: Figure) -> Field:
    """The field of one value in a table: a list to choose from for yes and no and for choices, else a line."""
    words = {word: word for word in stated.choices or ()} if stated.kind is FigureKind.CHOICE else None
    if stated.kind is FigureKind.YES_NO:
        words = {"yes": str(_("Yes")), "no": str(_("No"))}
    if words is None:
        return value_field(label, stated)
    choices = [SelectChoice(value, text) for value, text in {"": "", **words}.items()]
    return SelectField(label, choices=choices, validate_choice=False)


def sentence_case(words: str) -> str:
    """Words that begin with a capital."""
    return words[:1].upper() + words[1:]


def radios(label: str, words: Mapping[str, str], none: str) -> Field:
    """Words to choose one of, or none yet; the service finds what is none of them."""
    named = {**words, "": none} if none else words
    choices = [SelectChoice(value, text) for value, text in named.items()]
    return RadioField(label, choices=choices, validate_choice=False)


class CheckForm(Form):
    """The declaration under a form that is to be submitted; `seen` is the stamp of what was checked."""

    seen = HiddenField()
    leader = LineField(
        lazy_gettext("Name of the responsible leader"), render_kw={"autocomplete": "off", "list": "leadership-team"}
    )
    without = BooleanField()

    def ask_about(self, page: UnitFormPage) -> None:
        """Take the form as it stands: its stamp, and how many answers are missing."""
        self.seen.data = page.stamp
        self.without.label.text = _("We submit the form without these entries (%(n)s)", n=len(page.missing))
        self.without.render_kw = {"value": str(len(page.missing))}

    @property
    def confirmed(self) -> int:
        """How many missing answers were confirmed."""
        return whole_number(str((self.without.raw_data or ["0"])[0]), otherwise=0)


class ReturnForm(SeenForm):
    """Why a form is sent back, and which figures are meant."""

    reason = ReasonField(
        lazy_gettext("What must be changed, and why"),
        description=lazy_gettext("The unit will see this text word for word."),
    )
    figures = SelectMultipleField(
        lazy_gettext("Figures to change (optional)"),
        description=lazy_gettext("Select none to return the whole form."),
        choices=[],
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, figures: Mapping[str, Text]) -> None:
        """Let these figures be ticked."""
        self.figures.choices = [SelectChoice(figure, localized(title)) for figure, title in figures.items()]


class StateForm(QueryForm):
    """Narrows the list of submissions."""

    state = SelectField(lazy_gettext("Status"), validate_choice=False)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        states = {"": str(_("All")), **{state.value: localized(state.label) for state in SubmissionState}}
        self.state.choices = [SelectChoice(value, text) for value, text in states.items()]
