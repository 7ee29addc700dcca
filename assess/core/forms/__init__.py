"""The official's form (填报表): made from the rule sheet, and read back."""

from assess.core.forms.answers import read_answers
from assess.core.forms.form import (
    AskedObject,
    Field,
    FieldRow,
    FilledCount,
    FormSection,
    ItemUse,
    LinkedTask,
    Question,
    SharedObject,
    UnitFormContent,
    cell_of_key,
    field_key,
    rows_of_objects,
)
from assess.core.forms.making import form_of
from assess.core.forms.merging import merge

__all__ = [
    "AskedObject",
    "Field",
    "FieldRow",
    "FilledCount",
    "FormSection",
    "ItemUse",
    "LinkedTask",
    "Question",
    "SharedObject",
    "UnitFormContent",
    "cell_of_key",
    "field_key",
    "form_of",
    "merge",
    "read_answers",
    "rows_of_objects",
]
