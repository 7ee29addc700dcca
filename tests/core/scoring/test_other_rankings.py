"""More rankings of one sheet, each by the score of one item or section."""

from __future__ import annotations

from typing import Any

from assess.core.estimates import estimate
from assess.core.runs.interim import interim_rules
from assess.core.scorecard.book import BookMaker
from assess.core.text import Text
from tests.builders import (
    a_bonus,
    a_section,
    a_sheet,
    a_unit,
    an_adjustment,
    an_item,
    inputs_of,
    refused,
    score,
)
from tests.outcome import Outcome

AIR = an_item(id="air", figure="air", points=60)
MONEY = an_item(id="money", figure="yuan", points="none", counts=False)
GROUPS = [{"id": "north", "where": 'kind == "street"'}, {"id": "south", "where": 'kind == "town"'}]


def ranked_by(outcome: Outcome, id: str = "money") -> dict[str, tuple[Any, ...]]:
    """Rank, number of ranked units and grade of each unit in another ranking."""
    found = next(each for each in outcome.results.others if each.ranking.id == id)
    grades = [found.grade(unit) for unit in range(len(outcome.codes))]
    ranks = [None if rank is None else int(rank) for rank in found.ranks.fractions()]
    return outcome.by_unit(
        zip(ranks, found.of.tolist(), [None if each is None else each.id for each in grades], strict=True)
    )


def test_units_are_ranked_in_their_group_by_the_score_of_one_node_whatever_becomes_of_their_total():
    block = AIR | {"missing": "block"}
    results = [{"id": "money", "node": "money", "better": "lower"}]
    sheet = a_sheet(block, MONEY, results=results, groups=GROUPS, missing="exclude")
    units = {
        "a": a_unit(air=50, yuan=30), "b": a_unit(yuan=-5), "c": a_unit(air=60), "d": a_unit(air=1, yuan=30),
        "e": a_unit(kind="town", air=9, yuan=99), "f": a_unit(kind="village", yuan=1),
    }  # fmt: skip
    outcome = score(sheet, units)

    assert outcome.states["b"] == "blocked"
    assert ranked_by(outcome) == {
        "a": (2, 3, None), "b": (1, 3, None), "c": (None, 3, None), "d": (2, 3, None), "e": (1, 1, None),
        "f": (None, 3, None),
    }  # fmt: skip


def test_printed_scores_are_compared_and_graded_without_quotas_and_adjustments():
    grades = [{"id": "good", "from": 5}, {"id": "fair", "from": 3}, {"id": "poor"}]
    section = a_section(AIR, id="all")
    sheet = a_sheet(
        section, rounding={"section": 0}, adjustments=[a_bonus(an_item(id="more", figure="more"))],
        results=[{"id": "air", "node": "all", "grades": grades, "ties": "maximum"}],
    )  # fmt: skip
    units = {"a": a_unit(air="4.6"), "b": a_unit(air="5.4"), "c": a_unit(air="2.5", more=9), "d": a_unit(air=0)}
    outcome = score(sheet, units)

    assert ranked_by(outcome, "air") == {
        "a": (2, 4, "good"), "b": (2, 4, "good"), "c": (3, 4, "fair"), "d": (4, 4, "poor")
    }  # fmt: skip


def test_scores_that_are_not_rounded_are_compared_at_9_digits():
    item = an_item("formula", id="x", points_from="x", points=10)
    sheet = a_sheet(item, figures={"x": {}}, results=[{"id": "x", "node": "x"}])
    outcome = score(sheet, {"a": a_unit(x="1.0000000001"), "b": a_unit(x="1.0000000002"), "c": a_unit(x="1.00000001")})

    assert ranked_by(outcome, "x") == {"a": (2, 3, None), "b": (2, 3, None), "c": (1, 3, None)}


def test_cards_and_books_show_the_other_rankings():
    results = [
        {"id": "money", "title": {"zh": "奖惩资金", "en": "Money"}, "node": "money",
         "unit": {"zh": "万元", "en": "yuan"},
         "grades": [{"id": "winner", "title": {"zh": "获奖", "en": "Winner"}, "from": 1}, {"id": "other"}]},
    ]  # fmt: skip
    outcome = score(a_sheet(AIR, MONEY, results=results, missing="exclude"), {
        "a": a_unit(air=1, yuan=-30), "b": a_unit(air=2, yuan=30), "c": a_unit(air=3)
    })  # fmt: skip

    assert [(each.title.zh, each.told.zh) for code in "abc" for each in outcome.card(code).others] == [
        ("奖惩资金", "-30万元，第2名（共2个），第2等"),
        ("奖惩资金", "30万元，第1名（共2个），获奖"),
        ("奖惩资金", "没有得分，不参加排名"),
    ]
    (other,) = BookMaker(outcome.lines).table(0, Text.same("All")).others
    assert (other.title.en, other.of, other.mean, other.highest, other.lowest) == (
        "All · Money",
        "2",
        "0.00",
        "30",
        "-30",
    )
    assert [(row.unit, row.rank, row.total) for row in other.rows] == [
        ("b", "1", "30"), ("a", "2", "-30"), ("c", None, None)
    ]  # fmt: skip


def test_the_check_knows_the_nodes_and_the_grades_of_other_rankings():
    def told(**keys: Any) -> list[str]:
        return refused(AIR, MONEY, results=[{"id": "money", "node": "money", **keys}])

    assert told() == []
    assert told(node="mony") == ["results.0.node: There is no item or section “mony”. Did you mean “money”?"]
    assert told(grades=[{"id": "good"}, {"id": "bad"}]) == [
        "results.0.grades.0: Every grade but the last needs `from`. Add it."
    ]
    assert told(grades=[{"id": "good", "from": 3, "at_most": "30%"}, {"id": "bad"}]) == [
        "results.0.grades.0.at_most: There is no key “at_most”. Use one of: id, title, from, to."
    ]
    twice = refused(AIR, MONEY, results=[{"id": "money", "node": "money"}] * 2)
    assert twice == ["results.1.id: The ID “money” appears twice. Change one of them."]


def test_an_estimate_and_interim_rules_do_without_what_other_rankings_decide():
    results = [{"id": "money", "node": "money", "grades": [{"id": "one", "from": 1}, {"id": "two"}]}]
    sheet = a_sheet(AIR, MONEY, results=results)

    assert estimate(inputs_of(sheet, a_unit(air=5, yuan=3)), ["air"]).points == "5"
    (ranking,) = interim_rules(sheet).results or ()
    assert (ranking.id, ranking.grades) == ("money", None)


def test_vetoes_leave_other_rankings_alone():
    veto = an_adjustment("veto", when="air > 3", grade="bad", unranked=True)
    sheet = a_sheet(
        AIR, MONEY, adjustments=[veto], grades=[{"id": "good", "from": 3}, {"id": "bad"}],
        results=[{"id": "money", "node": "money"}],
    )  # fmt: skip
    outcome = score(sheet, a_unit(air=5, yuan=3))

    assert (outcome.ranks, ranked_by(outcome)) == ({"a": None}, {"a": (1, 1, None)})
