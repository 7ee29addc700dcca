"""What the home page is made of: each subject supplies a block of what a person has to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class TodoEntry:
    """One thing to do: its link, a quiet line below, and how it stands; `state` colours the status (see tag)."""

    text: str
    href: str | None
    status: str
    state: str
    hint: str | None = None


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
