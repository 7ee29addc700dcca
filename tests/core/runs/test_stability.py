"""Re-scorings with varied weights."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from assess.cli.reading import Paths, read_inputs
from assess.core.exact import Column
from assess.core.runs.stability import effects, range_told, rank_range, varied_factors
from assess.core.scoring.results import Results
from assess.core.scoring.run import score as score_inputs
from tests.builders import Outcome, a_bonus, a_section, a_sheet, a_unit, an_adjustment, an_item, score

RULES = Path(__file__).parents[3] / "rules"


def an_air_and_water_sheet(air: object = 10, water: object = 10, **keys: object):
    """Two ratio items whose points grow with their full mark."""
    return a_sheet(
        an_item("ratio", id="air", points=air, figure="clean", target=100, better="higher"),
        an_item("ratio", id="water", points=water, figure="clear", target=100, better="higher"),
        **keys,
    )


STREETS = {
    "a": a_unit(clean=90, clear=50),
    "b": a_unit(clean=50, clear=88),
    "c": a_unit(clean=60, clear=60),
}


def ranges(results: Results, *factors: Sequence[int]) -> dict[str, tuple[Fraction | None, Fraction | None]]:
    """Best and worst rank by unit."""
    found = rank_range(results, np.array(factors, dtype=np.int64))
    codes = results.inputs.units.codes
    return dict(zip(codes, zip(found.best.fractions(), found.worst.fractions(), strict=True), strict=True))


def test_a_unit_moves_where_the_weight_of_its_strong_item_falls():
    outcome = score(an_air_and_water_sheet(), STREETS)

    # a has 14 and b 13.8; at 0.8 and 1.2 a has 0.8 × 9 + 1.2 × 5 = 13.2 and b 0.8 × 5 + 1.2 × 8.8 = 14.56.
    assert ranges(outcome.results, [1000, 1000]) == {"a": (1, 1), "b": (2, 2), "c": (3, 3)}
    assert ranges(outcome.results, [800, 1200]) == {"a": (2, 2), "b": (1, 1), "c": (3, 3)}
    assert ranges(outcome.results, [1000, 1000], [800, 1200]) == {"a": (1, 2), "b": (1, 2), "c": (3, 3)}


def test_a_rescoring_ranks_as_the_engine_does_with_those_full_marks():
    draw = random.Random(3)
    units = {
        f"u{at}": a_unit(clean=draw.randrange(50, 100), clear=draw.randrange(50, 100), heard=draw.randrange(50, 100))
        for at in range(12)
    }

    def sheet(marks: Sequence[Fraction]):
        items = [
            an_item("ratio", id=name, points=mark, figure=name, target=100, better="higher")
            for name, mark in zip(("clean", "clear", "heard"), marks, strict=True)
        ]
        return a_sheet(a_section(*items[:2], points=marks[0] + marks[1]), items[2])

    marks = [Fraction(30), Fraction(20), Fraction(50)]
    results = score(sheet(marks), units).results
    for _ in range(20):
        factors = [draw.randrange(800, 1201) for _ in marks]
        varied = [mark * factor for mark, factor in zip(marks, factors, strict=True)]
        engine = score(sheet([mark * 100 / sum(varied) for mark in varied]), units)

        ranks = engine.results.ranks.fractions()
        assert list(ranges(results, factors).values()) == [(rank, rank) for rank in ranks]


def brute_force(points: Mapping[str, Sequence[int | None]], marks: Sequence[int], factors: Sequence[int]):
    """Ranks by the rule of the module, one unit and one fraction after another; None is left out."""
    totals = {}
    for code, earned in points.items():
        counted = [place for place, each in enumerate(earned) if each is not None]
        gained = sum(Fraction(factors[place] * (earned[place] or 0)) for place in counted)
        exact = sum(marks) * gained / sum(factors[place] * marks[place] for place in counted)
        totals[code] = (exact * 100 + Fraction(1, 2)).__floor__()
    return {code: 1 + sum(other > mine for other in totals.values()) for code, mine in totals.items()}


@pytest.mark.parametrize("seed", range(5))
def test_ranges_are_those_of_a_brute_force_with_fractions(seed: int):
    draw = random.Random(seed)
    marks = [10, 20, 30, 40]
    points = {
        f"u{at}": [None if draw.random() < 0.15 else draw.randrange(mark + 1) for mark in marks[:3]]
        + [draw.randrange(41)]
        for at in range(9)
    }
    items = [an_item(id=f"i{at}", points=mark, figure=f"f{at}", missing="exclude") for at, mark in enumerate(marks)]
    units = {code: a_unit(**{f"f{at}": each for at, each in enumerate(earned)}) for code, earned in points.items()}
    factors = [[draw.randrange(800, 1201) for _ in marks] for _ in range(40)]
    ranks = [brute_force(points, marks, row) for row in factors]

    assert ranges(score(a_sheet(*items), units).results, *factors) == {
        code: (min(each[code] for each in ranks), max(each[code] for each in ranks)) for code in points
    }


def test_equal_printed_totals_share_a_rank():
    streets = {"a": a_unit(clean=90, clear=90), "b": a_unit(clean="90.001", clear=90), "c": a_unit(clean=1, clear=1)}

    assert ranges(score(an_air_and_water_sheet(), streets).results, [800, 1200]) == {
        "a": (1, 1),
        "b": (1, 1),
        "c": (3, 3),
    }


def test_ties_are_parted_and_shared_as_the_sheet_says():
    streets = {"a": a_unit(clean=90, clear=80), "b": a_unit(clean=80, clear=90), "c": a_unit(clean=80, clear=90)}

    parted = score(an_air_and_water_sheet(ranking={"tie_break": ["air"]}), streets).results
    assert ranges(parted, [1000, 1000]) == {"a": (1, 1), "b": (2, 2), "c": (2, 2)}
    averaged = score(an_air_and_water_sheet(ranking={"ties": "average"}), streets).results
    assert ranges(averaged, [1000, 1000]) == {"a": (2, 2), "b": (2, 2), "c": (2, 2)}
    assert ranges(averaged, [900, 1100]) == {"a": (3, 3), "b": (Fraction(3, 2),) * 2, "c": (Fraction(3, 2),) * 2}


def test_the_lowest_total_is_first_where_less_is_good():
    assert ranges(score(an_air_and_water_sheet(ranking={"better": "lower"}), STREETS).results, [1000, 1000]) == {
        "a": (3, 3),
        "b": (2, 2),
        "c": (1, 1),
    }


def test_groups_are_ranked_apart():
    groups = [{"id": kind, "where": f'kind == "{kind}"'} for kind in ("street", "township")]
    units = STREETS | {"d": a_unit(kind="township", clean=1, clear=1), "e": a_unit(kind="isle", clean=9, clear=9)}

    assert ranges(score(an_air_and_water_sheet(groups=groups), units).results, [800, 1200], [1200, 800]) == {
        "a": (1, 2),
        "b": (1, 2),
        "c": (3, 3),
        "d": (1, 1),
        "e": (None, None),
    }


def test_a_blocked_unit_has_no_range():
    streets = STREETS | {"d": a_unit(clean=100)}

    assert ranges(score(an_air_and_water_sheet(missing="block"), streets).results, [1000, 1000]) == {
        "a": (1, 1),
        "b": (2, 2),
        "c": (3, 3),
        "d": (None, None),
    }


def test_adjustments_and_bounds_of_the_total_stay_as_they_were():
    sheet = an_air_and_water_sheet(
        adjustments=[
            a_bonus(an_item(id="honour", points=5, figure="honours")),
            an_adjustment("total-cap", when="clear > 85", at=13),
        ],
        total={"cap": 15},
    )
    streets = {
        code: a_unit(**unit.values, honours=honours)
        for (code, unit), honours in zip(STREETS.items(), (0, 4, 3), strict=True)
    }

    # b is held at 13 whatever its weights; c has 12 and 3; d two more than the cap of 15.
    streets["d"] = a_unit(clean=80, clear=80, honours=1)
    assert ranges(score(sheet, streets).results, [800, 1200], [1000, 1000]) == {
        "a": (3, 3),
        "b": (4, 4),
        "c": (1, 1),
        "d": (1, 1),
    }


def nested(**keys: object) -> Outcome:
    """Two means under a mean, of which one holds a lowest-of."""
    pair = [an_item(id=name, points=100, figure=name) for name in ("p", "q", "r", "s")]
    lower = a_section(*pair[2:], id="lower", combine="minimum")
    means = a_section(
        a_section(*pair[:2], id="first", combine="mean", weight=3),
        a_section(lower, an_item(id="t", points=100, figure="t"), id="second", combine="mean"),
        id="index",
        combine="mean",
    )
    units = {"a": a_unit(p=50, q=70, r=20, s=90, t=40), "b": a_unit(p=60, q=50, r=90, s=80, t=30)}
    return score(a_sheet(means, **keys), units)


def test_a_mean_is_varied_by_its_weights_and_a_lowest_as_a_whole():
    found = effects(nested().results)

    assert {each.node: (each.points.fractions(), each.full.fractions()) for each in found} == {
        "p": ([Fraction(75, 4), Fraction(45, 2)], [Fraction(75, 2)] * 2),
        "q": ([Fraction(105, 4), Fraction(75, 4)], [Fraction(75, 2)] * 2),
        "lower": ([Fraction(5, 2), Fraction(10)], [Fraction(25, 2)] * 2),
        "t": ([Fraction(5), Fraction(15, 4)], [Fraction(25, 2)] * 2),
    }


def shipped(sheet: str) -> Results:
    """The results of a shipped year."""
    folder = RULES / sheet
    paths = Paths(rules=folder / "rule-sheet.yaml", units=folder / "units.csv", figures=folder / "figures.csv")
    return score_inputs(read_inputs(paths))


@pytest.mark.parametrize("sheet", ["chaoyang-2025", "fengtai-2023-09", "method-gallery", "two-mountains-index"])
def test_with_all_factors_alike_the_ranks_are_those_of_the_result(sheet: str):
    results = shipped(sheet)
    found = rank_range(results, np.full((2, len(effects(results))), 1100))

    assert found.best.fractions() == found.worst.fractions() == results.ranks.fractions()


def test_numbers_too_large_for_64_bits_are_compared_exactly():
    units = {
        "a": a_unit(clean="99.999999999999", clear=10),
        "b": a_unit(clean="99.999999999998", clear=10),
        "c": a_unit(clean=10, clear="99.9999999999995"),
    }
    results = score(an_air_and_water_sheet(10**9, 10**9, rounding={"total": "none"}), units).results

    assert ranges(results, [1000, 1000], [1001, 999]) == {"a": (1, 2), "b": (2, 3), "c": (1, 3)}


def test_the_middle_leaves_one_rescoring_in_twenty_beyond_each_end():
    results = score(an_air_and_water_sheet(), STREETS).results
    rows = [[800, 1200]] + [[1000, 1000]] * 19
    once, twice = rank_range(results, np.array(rows)), rank_range(results, np.array([rows[0], *rows[:-1]]))

    assert once.best.fractions()[:2] == [1, 1]
    assert once.worst.fractions()[:2] == [2, 2]
    assert (once.likely_best.fractions()[1], once.likely_worst.fractions()[0]) == (2, 1)
    assert (twice.likely_best.fractions()[1], twice.likely_worst.fractions()[0]) == (1, 2)


def test_factors_come_from_the_seed_and_the_node_alone():
    factors = varied_factors("2026", ["air", "water"], 500, 200)

    assert varied_factors("2026", ["water", "air"], 500, 200).tolist() == factors[:, ::-1].tolist()
    assert varied_factors("2027", ["air", "water"], 500, 200).tolist() != factors.tolist()
    assert (factors.shape, factors.min() >= 800, factors.max() <= 1200) == ((500, 2), True, True)
    assert 985 < factors.mean() < 1015
    assert (factors[:, 0] != factors[:, 1]).sum() > 450


def test_the_order_of_units_and_items_changes_nothing():
    def found(sheet, units) -> dict[str, tuple[Fraction | None, Fraction | None]]:
        results = score(sheet, units).results
        return ranges(results, *varied_factors("a", [each.node for each in effects(results)], 50).tolist())

    items = an_air_and_water_sheet().items
    turned = a_sheet(
        an_item("ratio", id="water", points=10, figure="clear", target=100, better="higher"),
        an_item("ratio", id="air", points=10, figure="clean", target=100, better="higher"),
    )
    assert [item.id for item in items] == ["air", "water"]
    assert found(turned, dict(reversed(STREETS.items()))) == found(an_air_and_water_sheet(), STREETS)


@pytest.mark.parametrize(
    ("best", "worst", "zh", "en"),
    [
        (4, 7, "第4至第7名：与相邻单位接近", "4th to 7th: close to its neighbours"),
        (1, 1, "始终为第1名：名次稳定", "always 1st: stable"),
        (22, 113, "第22至第113名：与相邻单位接近", "22nd to 113th: close to its neighbours"),
        (Fraction(5, 2), 3, "第2.5至第3名：与相邻单位接近", "2.5th to 3rd: close to its neighbours"),
    ],
)
def test_a_range_is_told_in_both_languages(best: Fraction, worst: Fraction, zh: str, en: str):
    assert range_told(Column.of([best]), Column.of([worst]), 0) == (zh, en)


def test_a_unit_without_rank_has_no_words():
    nothing = Column.absent(1)

    assert range_told(nothing, nothing, 0) is None
