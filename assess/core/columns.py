"""The columns of a table, declared once: how programs and readers call each, how wide it is, and what it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from assess.core.text import EMPTY_TEXT, Language, Text

Row = TypeVar("Row", contravariant=True)
Value = Text | str | int | None


@dataclass(frozen=True, slots=True)
class TableColumn(Generic[Row]):
    """A column of a table whose rows are of one type.

    Attributes:
        name: its heading in files for programs; empty where it is for readers alone.
        title: its heading for readers; empty where it is for programs alone.
        width: its width in a workbook, in characters.
        value: what it holds in a row.
        shown: what readers are shown, where that is something else.
        is_number: whether readers are shown a printed number.
        is_bilingual: whether the value is a Text; files for programs have two columns of it, `name_zh` and `name_en`.
        record_field: the field of the row's record that it stands for, where that is not its name.
        meaning: what the field means, where its title does not say it all.
    """

    name: str
    title: Text
    width: int
    value: Callable[[Row], Value]
    shown: Callable[[Row], Value] | None = None
    is_number: bool = False
    is_bilingual: bool = False
    record_field: str = ""
    meaning: Text | None = None

    @property
    def field(self) -> str:
        """The field of the row's record that it stands for."""
        return self.record_field or self.name

    @property
    def is_for_readers(self) -> bool:
        """Whether readers see it."""
        return any(self.title)

    @property
    def headings(self) -> tuple[str, ...]:
        """Its headings in files for programs."""
        if not self.name:
            return ()
        return (f"{self.name}_zh", f"{self.name}_en") if self.is_bilingual else (self.name,)

    def cells(self, row: Row) -> Sequence[str | int | None]:
        """Its cells of a row in files for programs, one for each heading."""
        value = self.value(row) if self.name else None
        if isinstance(value, Text):
            return value
        return [value] * len(self.headings)

    def to_show(self, row: Row) -> Text | str:
        """What readers are shown of a row; empty for nothing."""
        value = (self.shown or self.value)(row)
        return value if isinstance(value, Text) else "" if value is None else str(value)

    def text(self, row: Row, language: Language) -> str:
        """What readers of a language are shown of a row; empty for nothing."""
        shown = self.to_show(row)
        return shown.localized(language) if isinstance(shown, Text) else shown


def for_programs(name: str, value: Callable[[Row], Value]) -> TableColumn[Row]:
    """A column that only programs read."""
    return TableColumn(name, EMPTY_TEXT, 0, value)


def for_readers(columns: Iterable[TableColumn[Row]]) -> list[TableColumn[Row]]:
    """The columns that readers see."""
    return [column for column in columns if column.is_for_readers]


def headings_of(columns: Iterable[TableColumn[Row]]) -> list[str]:
    """The headings of a table for programs."""
    return [heading for column in columns for heading in column.headings]


def cells_of(columns: Iterable[TableColumn[Row]], row: Row) -> list[str | int | None]:
    """The cells of a row for programs."""
    return [cell for column in columns for cell in column.cells(row)]


def titles_of(columns: Iterable[TableColumn[Row]]) -> dict[str, Text]:
    """What the fields of the row's record are called for readers."""
    return {column.field: column.title for column in for_readers(columns)}


def meanings_of(record: type, columns: Iterable[TableColumn[Row]]) -> Mapping[str, Text]:
    """What the fields of a record mean that do not say it themselves, as `Record.field`."""
    return {f"{record.__name__}.{column.field}": column.meaning for column in columns if column.meaning is not None}
