"""Rule sheets from YAML files and from workbooks, alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path as File

from assess.core.expressions import ValueType
from assess.core.flaws import Flaw, Path
from assess.core.rules.checking import check_sheet
from assess.core.rules.sheet import RuleSheet, read_sheet
from assess.core.schema import BROKEN, Found, Tree
from assess.core.sources import Source, WorkbookCell
from assess.files.placed_trees import in_file_order
from assess.files.unit_columns import UNIT_COLUMN_TITLES
from assess.files.workbooks.packages import OLE, ZIP
from assess.files.yaml_files.trees import read_yaml

BOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".xltx"})


@dataclass(frozen=True, slots=True)
class LoadedSheet:
    """A rule sheet as read, its plain tree, and what reading found.

    `locate` puts a flaw at its line or cell; `begun` is where a thing begins and `place` where a value stands, by path.
    """

    sheet: RuleSheet
    tree: Tree
    flaws: tuple[Flaw, ...]
    locate: Callable[[Flaw], Flaw]
    begun: Callable[[Path], Source]
    place: Callable[[Path], Source]

    def checked(
        self,
        attributes: Mapping[str, ValueType] | None = None,
        tasks: frozenset[str] | None = None,
        *,
        objects: Mapping[str, Mapping[str, ValueType]] | None = None,
    ) -> list[Flaw]:
        """Every flaw of reading and of the check, located, in the order of the file."""
        flaws = list(self.flaws)
        if self.sheet is not BROKEN:
            check_sheet(self.sheet, flaws, tree=self.tree, attributes=attributes, objects=objects, tasks=tasks)
        return self.placed(flaws)

    def placed(self, flaws: Iterable[Flaw]) -> list[Flaw]:
        """Flaws at their lines or cells, in the order of the file; those of a workbook once, at their cause."""
        located = [self.locate(flaw) for flaw in flaws]
        if any(isinstance(flaw.where, WorkbookCell) for flaw in located):
            # slow library
            from assess.files.rule_sheets.book_causes import first_causes

            located = first_causes(located)
        return sorted(located, key=in_file_order)


def load_sheet(path: File) -> LoadedSheet:
    """Read a rule sheet of either form.

    Raises:
        ValidationError: the file is neither.
    """
    if path.suffix.lower() in BOOKS or begins_as_book(path):
        # slow library
        from assess.files.rule_sheets.book_reader import read_book

        document = read_book(path)
    else:
        document = read_yaml(path)
    flaws = list(document.flaws)
    return LoadedSheet(
        sheet_of_tree(document.tree, flaws),
        document.tree,
        tuple(flaws),
        document.located,
        document.begun,
        document.locate,
    )


def sheet_of_tree(tree: Tree, flaws: Found) -> RuleSheet:
    """The sheet that a plain tree describes, with the titles of the columns of units; what is wrong is reported."""
    sheet = read_sheet(tree, flaws)
    return sheet if sheet is BROKEN else replace(sheet, column_titles=UNIT_COLUMN_TITLES)


def begins_as_book(path: File) -> bool:
    """Whether the file is a workbook whatever its name says."""
    try:
        with path.open("rb") as file:
            return file.read(8).startswith((ZIP, OLE))
    except OSError:
        return False
