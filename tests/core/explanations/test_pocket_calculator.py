"""Every sentence leads somebody with a pocket calculator to its points."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from assess.core import methods
from assess.core.explanations.conversion_lines import conversion_explanation, post_explanations
from assess.core.explanations.corrected import KEPT
from assess.core.explanations.endings import EARNED_FULL
from assess.core.explanations.lines import ResultLines
from assess.core.numbers import round_half_even, round_half_up
from assess.core.rules.nodes import Combine, Item, Section
from assess.core.scoring.nodes import ItemScore, SectionScore
from assess.core.scoring.run import score
from assess.core.text import Language
from assess.files.scoring_inputs import Paths, read_inputs
from tests.builders import Tree, a_sheet, an_item, units_with
from tests.builders import score as built
from tests.core.explanations.conversion_calculator import reckon_conversion
from tests.core.explanations.part_calculator import is_combined, of_unit
from tests.core.explanations.pocket_calculator import FULL, NEAR, STATED, Reckoned, reckon
from tests.core.explanations.reading import CAPS, EVEN, FLOORS, Clause, Printed, Reader, Sentence, reader_of
from tests.core.explanations.section_calculator import below, reckon_section
from tests.core.scoring.random_sheets import ALONE, COMPARING, sheets
from tests.core.scoring.test_properties import EVERY_COMBINE, Drawn, scored
from tests.rounds import examples

RULES = Path(__file__).parents[3] / "rules"
FOLDERS = sorted(path.parent.name for path in RULES.glob("*/rule-sheet.yaml"))
CUT = Fraction(1, 10**12)
"""What thirds lose in print."""
LANGUAGES: tuple[Language, Language] = ("zh", "en")


def lines_of(folder: Path, figures: Path | None = None) -> ResultLines:
    """A shipped year scored as it is shipped, or with other figures."""
    before = sorted(folder.glob("figures-????.csv"))
    paths = Paths(
        rules=folder / "rule-sheet.yaml", units=folder / "units.csv", figures=figures or folder / "figures.csv",
        previous=before[0] if before else None, previous_results=None, exemptions=None,
        objects=folder / "objects.csv" if (folder / "objects.csv").exists() else None,
    )  # fmt: skip
    return ResultLines(score(read_inputs(paths)))


def lines_with_gaps(folder: Path, room: Path) -> ResultLines:
    """A shipped year scored without every ninth line of its figures."""
    lines = (folder / "figures.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for place, line in enumerate(lines) if place == 0 or place % 9]
    (room / "figures.csv").write_text("".join(kept), encoding="utf-8")
    return lines_of(folder, room / "figures.csv")


def judge(sentence: Sentence, item: Item, full: Fraction | None, language: Language) -> None:
    """Whether every way of the sentence ends at its points.

    Raises:
        AssertionError: one does not.
    """
    for way in reckon(sentence, item, language):
        follow(way, sentence, full)


def follow(reckoned: Reckoned, sentence: Sentence, full: Fraction | None) -> None:
    """From the points by the method through floor, cap, corrections and rounding to the printed ones."""
    end, numbers = sentence.end.template, sentence.end.numbers
    points = full if reckoned == FULL else None if reckoned == STATED else Fraction(reckoned)
    printed = numbers.get("points") or numbers.get("plain") or Printed("0")
    for clause in sentence.kept:
        points = corrected(points, clause, Fraction(1, 2 * 10**printed.places))
    if points is None:
        points = numbers["exact"].value if "exact" in numbers else printed.value
    if end == EARNED_FULL:
        assert printed.value == full or is_near(full, printed)
    if end in (*FLOORS, *CAPS):
        bound = numbers.get("bound") or numbers.get("most") or printed
        assert is_near(points, numbers["exact"]), (points, sentence)
        assert points < bound.value + NEAR if end in FLOORS else points > bound.value - NEAR
        assert abs(bound.value - printed.value) <= Fraction(1, 2 * 10**printed.places)
    elif "exact" in numbers:
        rounding = round_half_even if end in EVEN else round_half_up
        assert rounding(numbers["exact"].value, printed.places) == printed.value, sentence
        assert rounding(points, printed.places) == printed.value or is_near(points, numbers["exact"]), (
            points,
            sentence,
        )
    else:
        assert is_near(points, printed) or round_half_up(points, printed.places) == printed.value, (points, sentence)


def corrected(points: Fraction | None, clause: Clause, allowed: Fraction) -> Fraction:
    """The points after a floor or cap, or after a correction that keeps a share of them."""
    if clause.template == KEPT:
        before = clause.numbers["before"]
        assert points is None or is_near(points, before, allowed), (points, clause)
        return (points if before.is_cut and points is not None else before.value) * clause.numbers["keep"].share
    assert points is None or is_near(points, clause.numbers["exact"], allowed), (points, clause)
    return clause.numbers["bound"].value


def is_near(points: Fraction, printed: Printed, allowed: Fraction = Fraction(1, 10**4)) -> bool:
    """Whether points are the printed ones but for what cut numbers leave open."""
    return abs(points - printed.value) <= max(allowed, Fraction(1, 10**4))


def judged(lines: ResultLines) -> Counter[str]:
    """How many sentences of each method were followed in both languages."""
    found: Counter[str] = Counter()
    for node, each in lines.results.scores.items():
        if not isinstance(each, ItemScore):
            continue
        reader, item = reader_of(lines, node), each.node
        assert reader
        assert isinstance(item, Item)
        for unit in reader.units:
            if each.parts is not None:
                assert is_combined(each, unit), (node, unit)
                found[item.method.name] += 1
                continue
            full = of_unit(each.full, unit)
            for language in LANGUAGES:
                judge(reader.read(unit, language), item, full, language)
                found[item.method.name] += 1
    return found


def sections_judged(lines: ResultLines) -> Counter[Combine]:
    """How many scores of sections, by their way, were reckoned from their sentence; those without one are sums."""
    found: Counter[Combine] = Counter()
    for node, each in lines.results.scores.items():
        if not isinstance(each, SectionScore):
            continue
        section, reader = each.node, reader_of(lines, node)
        assert isinstance(section, Section)
        for unit in np.flatnonzero(each.points.present).tolist():
            printed, under = Printed(lines.of(node).scores[unit] or ""), below(lines, section, unit)
            if reader is None or unit not in reader.units:
                assert abs(sum(under.points) - printed.value) <= CUT
                found[section.combine] += 1
                continue
            for language in LANGUAGES:
                sentence = reader.read(unit, language)
                follow(reckon_section(sentence, under), sentence, Fraction(0))
                found[section.combine] += 1
    return found


def has_sections(lines: ResultLines) -> bool:
    """Whether the sheet has a section."""
    return any(isinstance(each, SectionScore) for each in lines.results.scores.values())


def conversions_judged(lines: ResultLines) -> Counter[str]:
    """How many sentences of converted points and of posts were followed; a post without has the points of its unit."""
    found: Counter[str] = Counter()
    results, conversion = lines.results, conversion_explanation(lines.results)
    if conversion is None:
        return found
    assert results.converted is not None
    explained = [("units", conversion, results.converted), *(
        (post.post, explanation, post.points)
        for post, explanation in zip(results.posts, post_explanations(results), strict=True)
    )]  # fmt: skip
    for name, explanation, points in explained:
        reader = Reader(explanation)
        for unit in np.flatnonzero(points.present).tolist():
            if unit not in reader.units:
                assert points.fraction(unit) == results.converted.fraction(unit)
                continue
            for language in LANGUAGES:
                sentence = reader.read(unit, language)
                follow(reckon_conversion(sentence, unit, results), sentence, Fraction(0))
                found[name] += 1
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_sentence_of_a_shipped_year_leads_to_its_points(folder: str):
    lines = lines_of(RULES / folder)

    assert judged(lines).total() > 0
    assert (sections_judged(lines).total() > 0) == has_sections(lines)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_sentence_of_a_shipped_year_with_gaps_leads_to_its_points(folder: str, tmp_path: Path):
    lines = lines_with_gaps(RULES / folder, tmp_path)

    assert judged(lines).total() > 0
    assert (sections_judged(lines).total() > 0) == has_sections(lines)


@pytest.mark.parametrize("folder", ["chaoyang-2025", "chaoyang-2026", "method-gallery"])
def test_every_sentence_of_converted_points_leads_to_them(folder: str, tmp_path: Path):
    for lines in (lines_of(RULES / folder), lines_with_gaps(RULES / folder, tmp_path)):
        assert conversions_judged(lines)["units"] > 0
        assert len(conversions_judged(lines)) > 1


@pytest.mark.parametrize("by", ["share", "spread", "relative"])
@pytest.mark.parametrize("better", ["higher", "lower"])
@pytest.mark.parametrize("digits", [{}, {"total": 1}])
def test_converted_thirds_are_reckoned_from_their_sentences(by: str, better: str, digits: Tree):
    members = [{"post": "head", "coefficient": "1/3"}, {"post": "deputy", "items": ["item"], "cap": 4}]
    sheet = a_sheet(
        an_item("ratio", figure="panel", target=7, better="higher", points=100), rounding=digits,
        ranking={"better": better}, conversion={"by": by, "points": 7, "members": members},
    )  # fmt: skip
    lines = built(sheet, units_with("panel", a=1, b=2, c=4, d=6)).lines

    assert conversions_judged(lines).keys() == {"units", "head", "deputy"}


def test_the_gallery_shows_sentences_of_every_combination():
    assert sections_judged(lines_of(RULES / "method-gallery")).keys() == set(Combine)


def test_the_gallery_shows_sentences_of_every_method():
    assert judged(lines_of(RULES / "method-gallery")).keys() == methods.METHODS.keys()


@settings(max_examples=examples(40))
@given(sheets((*ALONE, *COMPARING), EVERY_COMBINE))
def test_sentences_of_sheets_by_chance_lead_to_their_points(drawn: Drawn):
    lines = scored(*drawn).lines
    judged(lines)
    sections_judged(lines)


WRONG = {
    "of the way": "% of the way",
    "0.6 points for each": "0.5 points for each",
    "(0.4 points)": "(0.5 points)",
    "0.06 points less": "0.05 points less",
    "times 80%": "times 70%",
    "the first 10% free": "the first 5% free",
    "40% of": "50% of",
}


def test_a_number_that_is_wrong_or_missing_is_noticed():
    noticed: Counter[str] = Counter()
    for folder in ("chaoyang-2026", "method-gallery"):
        lines = lines_of(RULES / folder)
        for node, each in lines.results.scores.items():
            if isinstance(each, ItemScore) and isinstance(each.full, Fraction):
                reader = reader_of(lines, node)
                assert reader
                for unit in reader.units:
                    sentence = reader.whys["en"][unit]
                    for right, wrong in WRONG.items():
                        if right in sentence and not is_followed(reader, unit, sentence.replace(right, wrong), each):
                            noticed[right] += 1

    assert min(noticed.values()) > 0


def is_followed(reader: Reader, unit: int, sentence: str, score: ItemScore) -> bool:
    """Whether a sentence of an item still leads to its points."""
    assert isinstance(score.node, Item)
    assert isinstance(score.full, Fraction)
    try:
        judge(reader.read(unit, "en", sentence), score.node, score.full, "en")
    except (AssertionError, KeyError):
        return False
    return True
