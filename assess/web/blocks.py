"""What the home page is made of: each subject supplies a block of what a person has to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

DAYS_AHEAD: Final = 7
"""What is due within so many days is urgent."""


@dataclass(frozen=True, kw_only=True)
class TodoEntry:
    """One thing to do: its link, a quiet line below, and how it stands; `state` colours the status (see tag).

    `days_left` until it is due, negative once it is overdue; `is_returned` where somebody sent it back to the reader;
    `is_finished` where the reader has nothing more to do.
    """

    text: str
    href: str | None
    status: str
    state: str
    hint: str | None = None
    days_left: int | None = None
    is_returned: bool = False
    is_finished: bool = False

    @property
    def is_dated(self) -> bool:
        """Whether it is overdue, or due within a week."""
        return self.days_left is not None and self.days_left <= DAYS_AHEAD

    @property
    def is_urgent(self) -> bool:
        """Whether it comes before everything else."""
        return self.is_dated or self.is_returned


@dataclass(frozen=True, kw_only=True)
class TodoBlock:
    """Things to do of one subject.

    Attributes:
        title: the heading.
        entries: the task list.
        done, all: the share complete; `all` 0 where nothing is counted.
        due: until when, in words.
        notice: what must be known before anything else, such as why a form came back.
        link: text and address of the page behind it.
    """

    title: str
    entries: tuple[TodoEntry, ...] = ()
    done: int = 0
    all: int = 0
    due: str = ""
    notice: str = ""
    link: tuple[str, str] | None = None

    @property
    def waiting(self) -> list[TodoEntry]:
        """What is neither urgent nor finished."""
        return [entry for entry in self.entries if not entry.is_urgent and not entry.is_finished]

    @property
    def finished(self) -> list[TodoEntry]:
        """What needs nothing more."""
        return [entry for entry in self.entries if entry.is_finished]


def urgent_entries(blocks: Iterable[TodoBlock]) -> list[TodoEntry]:
    """What comes first in all blocks: overdue, due within a week, then returned, each with the title of its block."""
    urgent = [(block, entry) for block in blocks for entry in block.entries if entry.is_urgent]
    urgent.sort(key=lambda pair: (not pair[1].is_dated, pair[1].days_left or 0))
    return [replace(entry, hint=" · ".join(filter(None, (block.title, entry.hint)))) for block, entry in urgent]
