"""The demonstration year of `rules/`, read once for the tests that need a whole rule sheet."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from assess.cli.reading import Paths, read_inputs
from assess.core.obligations.tasks import TaskList
from assess.core.scoring.inputs import ScoringInputs
from assess.files.task_lists import load_tasks

FOLDER = Path(__file__).parents[1] / "rules" / "chaoyang-2026"


class Year(NamedTuple):
    """Everything that a scoring of the year stands on, and its task list."""

    inputs: ScoringInputs
    tasks: TaskList

    def place(self, name: str) -> int:
        """Where the unit of this English name stands."""
        return [each.en for each in self.inputs.units.names].index(name)


@lru_cache
def year_2026() -> Year:
    """The year 2026 with last year's figures."""
    paths = Paths(
        rules=FOLDER / "rule-sheet.yaml",
        units=FOLDER / "units.csv",
        figures=FOLDER / "figures.csv",
        previous=FOLDER / "figures-2025.csv",
    )
    return Year(read_inputs(paths), TaskList(tasks=tuple(load_tasks(FOLDER / "tasks.yaml").tasks)))
