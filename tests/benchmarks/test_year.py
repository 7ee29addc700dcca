"""What the benchmarks measure is a valid year, and the bare work set beside is the same work."""

from __future__ import annotations

import numpy as np

from assess.cli.reading import Paths, read_inputs
from assess.core.scoring.nodes import ItemScore
from assess.core.scoring.run import score
from tests.benchmarks import floats
from tests.benchmarks.scoring import write_year
from tests.benchmarks.year import figures, inputs, monthly_inputs


def test_the_year_scores_every_unit_on_every_item():
    results = score(inputs(60, 75))

    assert [results.state(unit) for unit in range(60)] == ["scored"] * 60
    assert [node for node, scored in results.scores.items() if scored.state.any()] == []
    assert results.warnings == ()


def test_the_year_by_months_scores_every_unit_in_every_month_that_counts():
    results = score(monthly_inputs(30, 20, 3))

    assert [results.state(unit) for unit in range(30)] == ["scored"] * 30
    assert {
        len(each.parts.of_unit(0)) for each in results.scores.values() if isinstance(each, ItemScore) and each.parts
    } == {3}


def test_the_bare_floats_score_the_same_year_but_for_halves():
    results = score(inputs(60, 75))
    totals, ranks = floats.score(figures(60, 75) / 100, results.groups)

    assert np.abs(totals - results.total.to_floats()).max() < 0.15
    assert np.abs(ranks - results.ranks.to_floats()).max() <= 2


def test_the_year_as_files_is_the_year_in_memory(tmp_path):
    rules, listed, table = write_year(tmp_path, 20, 30)
    read = score(read_inputs(Paths(rules=rules, units=listed, figures=table)))

    assert read.total.fractions() == score(inputs(20, 30)).total.fractions()
    assert read.ranks.fractions() == score(inputs(20, 30)).ranks.fractions()
