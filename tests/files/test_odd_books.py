"""Every odd workbook gets the answer that it must: its values, each flaw at its cell, or one refusal."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from assess.core.evidence.found import FoundEvidence
from assess.core.figures.entry import as_text
from assess.core.flaws import Flaw, ValidationError
from assess.core.text import Text
from assess.files.evidence_book.reading import read_evidence
from tests.benchmarks.measuring import alone, peak_megabytes
from tests.files.odd_books import CASES, large
from tests.files.odd_books.cases import Case
from tests.files.odd_books.year import DEPARTMENT, NAMES, SHEET, UNITS

CHINESE = re.compile("[\u4e00-\u9fff]")
LARGE = [case for case in CASES if case.make.__module__ == large.__name__]
MAX_MEGABYTES = 300


class Answer(NamedTuple):
    """What reading a file answered: its values and how many, flaws and warnings as told, or why it was rejected."""

    values: dict[str, str]
    counted: int
    flaws: list[str]
    warnings: list[str]
    refused: list[str]


def answer_of(path: Path) -> Answer:
    """What reading a file answers."""
    try:
        found = read_evidence(path, SHEET, UNITS, NAMES, DEPARTMENT)
    except ValidationError as flawed:
        return Answer({}, 0, [], [], [told(flaw, path) for flaw in flawed.flaws])
    flaws, warnings = ([told(each, path) for each in every] for every in (found.flaws, found.warnings))
    return Answer({} if flaws else values_of(found), 0 if flaws else found.counted, flaws, warnings, [])


def values_of(evidence: FoundEvidence) -> dict[str, str]:
    """The values by unit, figure and, within the year, period."""
    return {
        " ".join(word for word in (each.unit, each.figure, each.period) if word != "2026"): as_text(
            SHEET.figures[each.figure], each.millionths, each.word
        )
        for each in evidence.values
    }


def told(flaw: Flaw, path: Path) -> str:
    """A flaw in English, without the file; what it says is whole in both languages."""
    words = Text(flaw.what.localized("zh", **flaw.facts), flaw.what.localized("en", **flaw.facts))
    assert CHINESE.search(words.zh), words
    assert not re.search(r"\{[a-z_]*\}", "".join(words)), words
    assert all(word.isprintable() for word in words), words
    assert max(map(len, words)) < 400, words
    place = str(flaw.where).removeprefix(str(path)).removeprefix(":")
    return f"{place}: {words.en}"


def assert_answers(answer: Answer, case: Case) -> None:
    """The file was answered as it must be."""
    assert [case.refused in each for each in answer.refused] == ([True] if case.refused else []), answer.refused
    assert_told(answer.flaws, case.flaws)
    assert_told(answer.warnings, case.warned)
    assert (answer.values, answer.counted) == (case.read, case.counted)


def assert_told(found: list[str], expected: tuple[str, ...]) -> None:
    """Places are the same in the same order, and the words stand in what is told."""
    pairs = [(each, *each.partition(": ")[::2]) for each in expected]
    places = [each.partition(": ")[0] for each in found]
    assert places == [place for _, place, _ in pairs], found
    assert [each for each, (_, _, words) in zip(found, pairs, strict=True) if words not in each] == [], expected


def written(folder: Path, case: Case) -> Path:
    """The file of a case in a folder."""
    path = folder / f"{case.name}{case.ending}"
    path.write_bytes(case.make())
    return path


@pytest.mark.parametrize("case", [case for case in CASES if case not in LARGE], ids=lambda case: case.name)
def test_an_odd_workbook_gets_its_answer(tmp_path: Path, case: Case) -> None:
    assert_answers(answer_of(written(tmp_path, case)), case)


def test_a_file_that_is_large_once_unzipped_gets_its_answer_in_little_memory(tmp_path: Path) -> None:
    answers, megabytes = alone(answers_and_memory, [written(tmp_path, case) for case in LARGE])

    for case, answer in zip(LARGE, answers, strict=True):
        assert_answers(answer, case)
    assert megabytes < MAX_MEGABYTES


def answers_and_memory(paths: list[Path]) -> tuple[list[Answer], float]:
    """What reading several files answers, and the most memory that this process needed for it."""
    return [answer_of(path) for path in paths], peak_megabytes()
