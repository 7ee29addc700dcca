"""The exact split: entries add up to the printed total, losses to the full mark less the printed total."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from assess.core.kinds import EXACT
from assess.core.scoring.splitting import split
from tests.builders import an_item, text_of
from tests.core.scoring.random_sheets import sheets
from tests.core.scoring.test_properties import EVERY_COMBINE, EVERY_METHOD, Drawn, scored
from tests.rounds import examples

AFTER = [
    {"id": "more", "kind": "bonus", "clause": "1", "cap": "2.5", "items": [
        an_item("formula", id="gift", points=3, points_from="2.75", missing="zero")]},
    {"id": "less", "kind": "deduction", "clause": "2", "items": [
        an_item("award", id="late", points=1, lines=[{"figure": "late", "points": "0.333"}], missing="zero")]},
    {"id": "lid", "kind": "total-cap", "when": "total >= 20", "at": "20.005", "clause": "3"},
]  # fmt: skip


@settings(max_examples=examples(150))
@given(sheets(EVERY_METHOD, EVERY_COMBINE), st.booleans(), st.sampled_from([{}, {"cap": "18.5", "floor": "3"}]))
def test_entries_add_up_to_the_total_and_losses_to_what_is_missing_from_the_full_mark(
    drawn: Drawn, adjusted: bool, bounds: dict[str, str]
):
    tree, now, before = drawn
    if adjusted:
        figures = {**tree["figures"], "late": {"kind": "count", "from": "unit"}}
        tree, now = {**tree, "figures": figures, "adjustments": text_of(AFTER)}, [{**each, "late": 2} for each in now]
    results = scored({**tree, "total": bounds}, now, before).results

    found = split(results)

    for unit in range(len(now)):
        total, shares = found.totals.fraction(unit), found.of(unit)
        if total is None:
            assert shares == []
            continue
        full = results.full if isinstance(results.full, Fraction) else results.full.fraction(unit)
        assert sum(each.points for each in shares) == total
        assert sum(each.lost for each in shares) == full - total == found.whole_loss(unit)
        if results.inputs.sheet.rounding.total != EXACT:
            assert total == results.total.fraction(unit)
