"""What a case is: a function that makes the bytes of a file, and what reading it must answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

Make = Callable[[], bytes]


@dataclass(frozen=True, kw_only=True)
class Case:
    """One file and its answer.

    Attributes:
        name: what the file is, the ending of its name, and how its bytes are made.
        read: the values by `unit figure` or `unit figure period`, where the file is sound.
        counted: how many figure cells hold a value, where that is another number than that of `read`.
        flaws: `place: words` for each flaw, in the order of the file.
        warned: the same for each warning.
        refused: words of the one flaw of a file that is not read at all.
    """

    name: str
    ending: str
    make: Make
    read: Mapping[str, str]
    counted: int
    flaws: tuple[str, ...]
    warned: tuple[str, ...]
    refused: str


CASES: Final[list[Case]] = []


def sound(
    read: Mapping[str, str], *, counted: int | None = None, warned: tuple[str, ...] = (), ending: str = ".xlsx"
) -> Callable[[Make], Make]:
    """A file that is read without a flaw."""
    number = len(read) if counted is None else counted
    return listed(read=read, counted=number, warned=warned, ending=ending)


def flawed(*flaws: str, warned: tuple[str, ...] = (), ending: str = ".xlsx") -> Callable[[Make], Make]:
    """A file with flaws in it."""
    return listed(flaws=flaws, warned=warned, ending=ending)


def refused(words: str, *, ending: str = ".xlsx") -> Callable[[Make], Make]:
    """A file that is not read at all."""
    return listed(refused=words, ending=ending)


def listed(
    *,
    read: Mapping[str, str] | None = None,
    counted: int = 0,
    flaws: tuple[str, ...] = (),
    warned: tuple[str, ...] = (),
    refused: str = "",
    ending: str,
) -> Callable[[Make], Make]:
    """Put a file among the cases, under the name of the function that makes it."""

    def put(make: Make) -> Make:
        assert all(case.name != make.__name__ for case in CASES), make.__name__
        CASES.append(
            Case(
                name=make.__name__, ending=ending, make=make, read=read or {}, counted=counted, flaws=flaws,
                warned=warned, refused=refused,
            )
        )  # fmt: skip
        return make

    return put
