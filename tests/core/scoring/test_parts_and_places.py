from __future__ import annotations

from fractions import Fraction

from hypothesis import HealthCheck, given, settings

from tests.core.scoring.interpreter.items import UnitAlone
from tests.core.scoring.interpreter.places import Tree, World
from tests.core.scoring.interpreter.random_worlds import worlds
from tests.core.scoring.interpreter.scored_by_engine import scored_by_engine
from tests.core.scoring.interpreter.standings import standings
from tests.rounds import examples


@settings(max_examples=examples(300), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(worlds())
def test_parts_calls_places_totals_and_ranks_give_what_each_unit_alone_gives_in_fractions(world: World):
    told = standings(world)
    for unit in scored_by_engine(world):
        assert unspoken(unit["scores"]) == UnitAlone.of(world, unit["unit"]).scores()
        rank = None if unit["rank"] is None else Fraction(str(unit["rank"]))
        assert {name: unit[name] for name in ("total", "of", "grade")} | {"rank": rank} == told[unit["unit"]]


def unspoken(scores: dict[str, Tree]) -> dict[str, Tree]:
    """Scores and parts without their reasons."""
    plain = {name: {key: each for key, each in entry.items() if key != "reason"} for name, entry in scores.items()}
    for entry in plain.values():
        if "parts" in entry:
            entry["parts"] = [{k: each for k, each in part.items() if k != "reason"} for part in entry["parts"]]
    return plain
