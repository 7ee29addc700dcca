"""Records read straight from columns: each field of a frozen record is filled from the column of its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_type_hints

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Bundle

from assess.core.text import Text

R = TypeVar("R")
Read = Callable[[Any], Any]
"""Reads one value: of a row of the database, or of a column."""


class RecordColumns(Bundle[R]):
    """The columns of a record, which come back as one record for each row."""

    single_entity = True

    def __init__(self, record: Callable[..., R], columns: Sequence[Any]) -> None:
        super().__init__(f"{record.__module__}.{record.__qualname__}", *columns)
        self.record = record

    def create_row_processor(self, query: Any, procs: Sequence[Read], labels: Sequence[str]) -> Callable[[Row[Any]], R]:
        """Make a record of each row."""
        record = self.record
        reads = [read_as(hint, proc) for hint, proc in zip(fields_of(record).values(), procs, strict=True)]
        return lambda row: record(*[read(row) for read in reads])


def select_records(record: Callable[..., R], *tables: Any, **columns: Any) -> Select[R]:
    """A query of records; a field that no column is given for is the column of its name of the first table with one.

    A word of the database becomes the choice or the text that the field asks for. A record that is a part of another
    is given by `record_columns`; it is None where the field may be and the first column of the part is null.
    """
    return select(record_columns(record, *tables, **columns)).select_from(tables[0])


def record_columns(record: Callable[..., R], *tables: Any, **columns: Any) -> RecordColumns[R]:
    """The columns of a record, to be selected beside others or as a part of another record.

    Raises:
        TypeError: there is none for a field.
    """
    found = {
        name: getattr(table, name) for table in reversed(tables) for name in fields_of(record) if hasattr(table, name)
    }
    found |= columns
    if lacking := next((name for name in fields_of(record) if name not in found), None):
        raise TypeError(f"no column for {record.__qualname__}.{lacking}")
    return RecordColumns(record, [found[name] for name in fields_of(record)])


@cache
def fields_of(record: Callable[..., Any]) -> dict[str, Any]:
    """The types of the fields of a record by their names, in their order."""
    return get_type_hints(record)


def read_as(hint: Any, proc: Read) -> Read:
    """How a field of a type is read from a row: as the column has it, or as the choice, text or part that it means."""
    kinds = [each for each in get_args(hint) if each is not NoneType] or [hint]
    kind = kinds[0]
    if not isinstance(kind, type) or len(kinds) > 1:
        return proc
    if issubclass(kind, Enum):
        return lambda row: None if (word := proc(row)) is None else kind(word)
    if kind is Text:
        return lambda row: text_of(proc(row))
    if issubclass(kind, tuple) and len(get_args(hint)) > 1:
        return lambda row: None if (part := proc(row))[0] is None else part
    return proc


def text_of(kept: Any) -> Text | None:
    """A text of its tree, or of its two columns."""
    if isinstance(kept, dict):
        return Text(**kept)
    return None if kept is None or kept[0] is None else kept
