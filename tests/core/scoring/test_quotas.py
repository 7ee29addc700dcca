"""Quotas, ties, vetoes, caps and steps down held against a walk down each list, one tie after another."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assess.core.exact import Column
from assess.core.expressions import parse
from assess.core.methods.scored import Better
from assess.core.rules.adjustments import Adjustment, GradeCap, GradeDown, Veto
from assess.core.rules.outcome import Grade, LimitTies
from assess.core.scoring.grading import grade_units


class Drawn(NamedTuple):
    """One unit of a drawn year; `steps` says for which of the adjustments its condition holds."""

    total: int | None
    group: int
    ranked: bool
    steps: tuple[bool, bool, bool, bool]


@st.composite
def sheets(draw: st.DrawFn) -> tuple[Grade, ...]:
    """Three or four grades of 10 points each from 30 down, with any quotas."""
    count = draw(st.integers(2, 4))
    quota = st.one_of(st.none(), st.sampled_from([0, Fraction(1, 4), Fraction(3, 10), Fraction(1, 2), 1]).map(Fraction))
    found = []
    for place in range(count):
        last = place == count - 1
        at_most = None if last else draw(quota)
        at_least = draw(st.one_of(st.none(), st.integers(0, 3))) if at_most is not None else None
        ties = draw(st.sampled_from(LimitTies))
        found.append(
            Grade(id=f"g{place}", from_=None if last else Fraction(30 - 10 * place), at_most=at_most,
                  at_least=at_least, limit_ties=ties)
        )  # fmt: skip
    return tuple(found)


def an_order(places: int) -> st.SearchStrategy[tuple[Adjustment, ...]]:
    """A veto, another, a cap and a step down in any order."""
    grade = st.integers(0, places - 1).map(lambda place: f"g{place}")
    common: dict[str, Any] = {"clause": "1", "when": parse("1 < 2")}
    kinds = (
        st.builds(lambda g: Veto(id="v", grade=g, **common), grade),
        st.builds(lambda g: Veto(id="w", grade=g, **common), grade),
        st.builds(lambda g: GradeCap(id="c", grade=g, **common), grade),
        st.builds(lambda by: GradeDown(id="d", by=by, **common), st.integers(0, 3)),
    )
    return st.tuples(*kinds).flatmap(lambda four: st.permutations(list(four))).map(tuple)


def before_quotas(unit: Drawn, grades: tuple[Grade, ...], order: tuple[Adjustment, ...]) -> tuple[int, bool]:
    """The place of a unit's grade after its band and the adjustments, and whether a veto named it."""
    assert unit.total is not None
    place = next((i for i, grade in enumerate(grades[:-1]) if unit.total >= (grade.from_ or 0)), len(grades) - 1)
    vetoed = False
    for adjustment, holds in zip(order, unit.steps, strict=True):
        if not holds:
            continue
        if isinstance(adjustment, Veto):
            named = int(adjustment.grade[1:])
            place, vetoed = max(place, named) if vetoed else named, True
        elif isinstance(adjustment, GradeCap) and not vetoed:
            place = max(place, int(adjustment.grade[1:]))
        elif isinstance(adjustment, GradeDown) and not vetoed:
            place = min(place + adjustment.by, len(grades) - 1)
    return place, vetoed


def expected_places(units: list[Drawn], grades: tuple[Grade, ...], order: tuple[Adjustment, ...]) -> list[int]:
    """The grade of each unit by walking down each list: as many whole ties as the quota holds, the rest go on."""
    places = [-1] * len(units)
    for group in {unit.group for unit in units}:
        members = [i for i, unit in enumerate(units) if unit.group == group and unit.total is not None]
        standing = {i: before_quotas(units[i], grades, order) for i in members}
        held = {i: place for i, (place, _) in standing.items()}
        free = [i for i in members if units[i].ranked and group >= 0 and not standing[i][1]]
        ranked = sum(units[i].ranked for i in members)
        for place, grade in enumerate(grades):
            if grade.at_most is None:
                continue
            limit = max(grade.at_most * ranked // 1, grade.at_least or 0)
            taken, full = 0, False
            for total in sorted({units[i].total or 0 for i in free}, reverse=True):
                tied = [i for i in free if held[i] == place and (units[i].total or 0) == total]
                fits = taken + len(tied) <= limit or (grade.limit_ties is LimitTies.INCLUDE and taken < limit)
                full = full or (bool(tied) and not fits)
                taken += len(tied)
                if full:
                    held.update(dict.fromkeys(tied, place + 1))
        for i in members:
            places[i] = held[i]
    return places


@given(st.data())
def test_quotas_fill_from_the_top_with_whole_ties(data: st.DataObject):
    grades = data.draw(sheets())
    order = data.draw(an_order(len(grades)))
    steps = st.tuples(*[st.sampled_from([False, False, False, True])] * 4)
    totals = st.one_of(st.none(), st.integers(0, 40), st.sampled_from([32, 33, 34, 24, 25]))
    unit = st.builds(Drawn, totals, st.integers(-1, 1), st.sampled_from([True, True, True, False]), steps)
    units = data.draw(st.lists(unit, min_size=1, max_size=14))
    ranks = [
        1 + sum(v.ranked and v.group == u.group and (v.total or -1) > u.total for v in units)
        if u.ranked and u.total is not None and u.group >= 0
        else None
        for u in units
    ]

    found = grade_units(
        Column.of(unit.total for unit in units),
        Column.of(ranks),
        np.array([unit.group for unit in units], dtype=np.int64),
        grades=grades,
        better=Better.HIGHER,
        steps=[(each, np.array([unit.steps[i] for unit in units])) for i, each in enumerate(order)],
    )

    assert found.places.tolist() == expected_places(units, grades, order)
