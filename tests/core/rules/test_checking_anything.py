"""Whatever stands in a sheet is read and checked without stumbling, and what passes can be scored and written again."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assess.core.explanations.lines import ResultLines
from assess.core.figures import read_figures
from assess.core.flaws import Flaw
from assess.core.rules.checking import check_sheet
from assess.core.rules.sheet import RuleSheet, digest_of, read_sheet, tree_of
from assess.core.schema import BROKEN
from assess.core.scoring.inputs import ScoringInputs
from assess.core.scoring.judging import judged_flaws
from assess.core.scoring.run import score
from assess.core.units.unit_list import UnitNames, read_units
from assess.files.tables import read_table
from assess.files.yaml_files.trees import read_yaml

GALLERY = Path(__file__).parents[3] / "rules" / "method-gallery"
TREE = read_yaml(GALLERY / "rule-sheet.yaml").tree
UNITS, _ = read_units(read_table(GALLERY / "units.csv", ("unit",)))
FIGURES = read_table(GALLERY / "figures.csv", ("unit",))

Way = tuple[str | int, ...]


def ways(tree: Any, way: Way = ()) -> Iterator[Way]:
    """The way to every value of a tree."""
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in inside:
        yield (*way, key)
        yield from ways(value, (*way, key))


WAYS = list(ways(TREE))
GONE = object()
ANYTHING = st.sampled_from(
    [GONE, "", "x", "名", "-1", "0", "5%", "1/3", "1e9", "9" * 50, "true", "none", "kind", "previous(x)", "x > 1", "(",
     [], {}, [[]], [{}], ["a"], [["1"]], {"a": "1"}, {"id": "q"}, {"zh": "a"}, {"points": "3"}]
)  # fmt: skip


def at(tree: Any, way: Way) -> Any:
    """The value at the end of a way."""
    for key in way:
        tree = tree[key]
    return tree


@st.composite
def spoilt_trees(draw: st.DrawFn) -> Any:
    """The gallery with one to three values taken out, replaced by anything or by another part of it."""
    tree = copy.deepcopy(TREE)
    for _ in range(draw(st.integers(1, 3))):
        *above, last = draw(st.sampled_from(WAYS))
        value = draw(st.one_of(ANYTHING, st.sampled_from(WAYS).map(lambda way: copy.deepcopy(at(TREE, way)))))
        try:
            holder = at(tree, tuple(above))
            if value is GONE:
                del holder[last]
            else:
                holder[last] = value
        except (KeyError, IndexError, TypeError):
            pass  # what was spoilt before has no such place any more
    return tree


def scored(sheet: RuleSheet) -> None:
    """Score the units of the gallery by a sheet that passes, and make every line."""
    figures, _ = read_figures(sheet, UNITS, UnitNames(UNITS), FIGURES, sheet.year)
    inputs = ScoringInputs(sheet, UNITS, figures)
    judged_flaws(inputs)
    lines = ResultLines(score(inputs))
    for node in lines.results.scores:
        lines.of(node)


@given(spoilt_trees())
def test_a_sheet_with_anything_in_it_is_told_or_scored(tree: Any):
    flaws: list[Flaw] = []
    sheet = read_sheet(tree, flaws)
    if sheet is not BROKEN:
        check_sheet(sheet, flaws, tree=tree, attributes=UNITS.kinds)

    told = [flaw.localized(language) for flaw in flaws for language in ("zh", "en")]
    assert [line for line in told if "{{" in line or "BROKEN" in line] == []
    if not flaws:
        assert digest_of(read_sheet(tree_of(sheet), flaws)) == digest_of(sheet)
        assert flaws == []
        scored(sheet)
