"""Every odd workbook gets the answer that it must: its values, each flaw at its cell, or one refusal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assess.core.entry import as_text
from assess.core.evidence.found import Evidence
from assess.core.flaws import Flaw, Flawed
from assess.core.text import Text
from assess.files.evidence_book.reading import read_evidence
from tests.files.odd_books import CASES
from tests.files.odd_books.cases import Case
from tests.files.odd_books.year import DEPARTMENT, NAMES, SHEET, UNITS

CHINESE = re.compile("[\u4e00-\u9fff]")


def read(path: Path) -> Evidence:
    """What a file says, its values made."""
    return read_evidence(path, SHEET, UNITS, NAMES, DEPARTMENT)


def values_of(evidence: Evidence) -> dict[str, str]:
    """The values by unit, figure and, within the year, period."""
    return {
        " ".join(word for word in (each.unit, each.figure, each.period) if word != "2026"): as_text(
            SHEET.figures[each.figure], each.millionths, each.word
        )
        for each in evidence.values
    }


def told(flaw: Flaw, path: Path) -> str:
    """A flaw in English, without the file; what it says is whole in both languages."""
    words = Text(flaw.what.told("zh", **flaw.facts), flaw.what.told("en", **flaw.facts))
    assert CHINESE.search(words.zh), words
    assert not re.search(r"\{[a-z_]*\}", "".join(words)), words
    assert all(word.isprintable() for word in words), words
    assert max(map(len, words)) < 400, words
    place = str(flaw.where).removeprefix(str(path)).removeprefix(":")
    return f"{place}: {words.en}"


def assert_told(found: list[str], expected: tuple[str, ...]) -> None:
    """Places are the same in the same order, and the words stand in what is told."""
    pairs = [(each, *each.partition(": ")[::2]) for each in expected]
    places = [each.partition(": ")[0] for each in found]
    assert places == [place for _, place, _ in pairs], found
    assert [each for each, (_, _, words) in zip(found, pairs, strict=True) if words not in each] == [], expected


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_an_odd_workbook_gets_its_answer(tmp_path: Path, case: Case) -> None:
    path = tmp_path / f"t{case.ending}"
    path.write_bytes(case.make())

    if case.refused:
        with pytest.raises(Flawed) as caught:
            read(path)
        (flaw,) = caught.value.flaws
        assert case.refused in told(flaw, path)
        return

    evidence = read(path)

    assert_told([told(flaw, path) for flaw in evidence.flaws], case.flaws)
    assert_told([told(flaw, path) for flaw in evidence.warnings], case.warned)
    if not case.flaws:
        assert (values_of(evidence), evidence.counted) == (case.read, case.counted)
