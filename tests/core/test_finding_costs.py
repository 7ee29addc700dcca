"""What one finding costs its unit, told and recounted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.core.findings.behind import NumberedTally, Sorter
from assess.core.findings.costs import Costs, costs
from assess.core.findings.counting import Tallied
from assess.core.findings.earning import UnitFacts
from assess.core.findings.history import standing_of
from assess.core.findings.measures import measured
from assess.core.findings.states import FindingState as State
from assess.core.obligations.standing import as_texts
from assess.core.rules.sheet import RuleSheet
from tests.builders import a_deduction, a_section, a_sheet, a_unit, an_adjustment, an_item, inputs_of, score
from tests.core.test_finding_measures import a_ledger_figure
from tests.core.test_findings import HISTORIES

DAY = date(2026, 6, 30)
FIGURES = {
    "overdue": a_ledger_figure("overdue"),
    "returned": a_ledger_figure("returned"),
    "repeated": a_ledger_figure("repeated"),
    "on_time": a_ledger_figure("share_on_time"),
    "closed": a_ledger_figure("share_closed"),
    "days": a_ledger_figure("mean_days"),
    "sewage": a_ledger_figure("opened", findings={"domain": "water"}),
    "quick": {"kind": "number", "from": "formula", "formula": "20 - days"},
}
LATE = an_item(
    "deduct", id="late", points=3,
    lines=[{"figure": "overdue", "points": "0.2"}, {"figure": "returned", "points": "0.1", "at_most": "0.3"}],
)  # fmt: skip
ESCALATING = an_item(
    "deduct", id="again", points=5,
    lines=[{"figure": "repeated", "points": "0.5"}, {"figure": "repeated", "points": "0.5", "free": 1}],
)  # fmt: skip
SHEET = a_sheet(
    LATE,
    ESCALATING,
    an_item("ratio", id="share", figure="on_time", target=100, better="higher"),
    an_item("interpolate", id="filed", figure="closed", full_at=100, zero_at=50),
    an_item("formula", id="quick", points_from="quick"),
    figures=FIGURES,
    adjustments=[
        {"kind": "deduction", "id": "penalties", "clause": "9", "at_most": 100, "items": [
            an_item("award", id="water", points=4, lines=[{"figure": "sewage", "points": "0.75"}]),
        ]},
        an_adjustment("veto", when="overdue > 100", grade="fail"),
    ],
    grades=[{"id": "pass", "from": 10}, {"id": "fail"}],
    rounding={"item": 2, "total": "none"},
)  # fmt: skip


def a_finding(number: int = 1, state: State = State.ASSIGNED, **given: Any) -> Tallied:
    """Dust, found on 2 March 2026 and to be put right by the 20th."""
    about = {"kind": "dust", "domain": "air", "source": "patrol", **given}
    return Tallied(number, standing=standing_of(HISTORIES[state]), **about)


findings = st.lists(
    st.builds(
        lambda state, water, repeat_of: a_finding(
            state=state, **({"kind": "sewage", "domain": "water"} if water else {}), repeat_of=repeat_of
        ),
        st.sampled_from(State), st.booleans(), st.none() | st.just(7),
    ),
    min_size=1, max_size=12,
)  # fmt: skip


def recounted(sheet: RuleSheet, counted: Sequence[Tallied], day: date) -> Fraction:
    """The total of a unit with these findings, by the scoring of a whole sheet."""
    by_unit = {"a": [each.tally(day) for each in counted]}
    values = as_texts(sheet, measured(sheet, by_unit, ["a"]))["a"]
    total = score(sheet, a_unit(**values)).results.total.fraction(0)
    assert total is not None
    return total


def told(finding: Tallied, *others: Tallied, sheet: RuleSheet = SHEET, day: date = DAY, **given: Any) -> Costs:
    """What a finding costs a unit that has some others."""
    units = inputs_of(sheet, {"a": a_unit(), "b": a_unit(), "c": a_unit()}).units
    tallies = [each.tally(day) for each in (finding, *others)]
    return costs(finding, UnitFacts(sheet=sheet, units=units, place=0, day=day, tallies=tallies, **given))


@given(findings, st.sampled_from([date(2026, 3, 20), DAY]))
def test_what_a_finding_is_told_to_cost_is_what_the_total_gains_without_it(counted: list[Tallied], day: date):
    first, *others = counted

    found = told(first, *others, day=day)

    assert found.points == recounted(SHEET, others, day) - recounted(SHEET, counted, day)


def lines(found: Costs) -> dict[str, tuple[str, list[str]]]:
    """The English words of each item: what it costs, and why it counts."""
    return {each.item: (each.message.en, [f"{c.title.en}: {c.why.en}" for c in each.counts]) for each in found.lines}


def test_an_overdue_repeat_is_told_item_by_item_and_in_all():
    found = told(a_finding(3, repeat_of=2), a_finding(2, State.CLOSED, repeat_of=1), a_finding(1, State.CLOSED))

    assert lines(found) == {
        "late": (
            "costs 0.2 points: 2.80 of 3 now, 3.00 without this finding",
            ["overdue: overdue since 2026-03-21"],
        ),
        "again": (
            "costs 1 point: 3.50 of 5 now, 4.50 without this finding", ["repeated: repeat of no. 2"],
        ),
        "share": (
            "costs 3.33 points: 6.67 of 10 now, 10.00 without this finding",
            ["on_time: counts as not corrected on time (overdue since 2026-03-21)"],
        ),
        "filed": (
            "costs 6.67 points: 3.33 of 10 now, 10.00 without this finding",
            ["closed: counts as not closed yet"],
        ),
    }  # fmt: skip
    assert found.message.en == "Estimate: this finding currently costs 11.2 points."
    assert found.message.zh == "估算：本问题目前使得分减少11.2分。"
    assert [each.title.en for each in found.conditions] == ["Veto (1)"]
    assert [each.en for each in found.not_yet] == ["returned", "days"]
    assert found.lines[0].message.zh == "扣0.2分：现得2.80分，没有本问题为3.00分（满分3分）"
    assert found.lines[1].counts[0].why.zh == "与第2号问题重复"


@pytest.mark.parametrize(
    ("finding", "sheet", "why"),
    [
        (a_finding(state=State.VOID), SHEET, "The finding is void. It is not counted and costs no points."),
        (
            a_finding(domain="soil"),
            a_sheet(a_deduction(figure="sewage"), figures={"sewage": FIGURES["sewage"]}),
            "No figure of this year's rule sheet counts findings of this type, so this one costs no points.",
        ),
        (
            a_finding(state=State.FOUND),
            a_sheet(LATE, figures={"overdue": FIGURES["overdue"], "returned": FIGURES["returned"]}),
            "In its current state, no figure counts this finding, so it costs no points.",
        ),
        (
            a_finding(),
            a_sheet(a_deduction(1, figure="overdue", free=3), figures={"overdue": FIGURES["overdue"]}),
            "Estimate: this finding currently costs no points.",
        ),
    ],
)
def test_what_costs_nothing_says_why(finding: Tallied, sheet: RuleSheet, why: str):
    assert told(finding, sheet=sheet).message.en == why


def test_an_item_that_is_used_up_costs_nothing_more():
    sheet = a_sheet(a_deduction(1, figure="overdue"), figures={"overdue": FIGURES["overdue"]})

    (line,) = told(a_finding(2), a_finding(1), sheet=sheet).lines

    assert (line.points, line.message.en) == (
        0, "costs nothing more: the item has its minimum of 0 either way",
    )  # fmt: skip


def test_an_item_that_others_decide_too_says_what_it_waits_for():
    item = an_item(
        "deduct", lines=[{"figure": "overdue", "points": 1}, {"figure": "cases", "points": 1}],
    )  # fmt: skip
    sheet = a_sheet(
        item, departments={"a-bureau": {"title": "The bureau"}},
        figures={"overdue": FIGURES["overdue"], "cases": {"kind": "count", "from": "a-bureau"}},
    )  # fmt: skip

    found = told(a_finding(), sheet=sheet)

    assert found.message.en == "The cost of this finding is not yet known. The reasons are below."
    assert found.lines[0].message.en == "not yet known: data awaited from: The bureau"


def test_points_by_place_are_estimated_from_the_ledgers_of_all_units():
    sheet = a_sheet(an_item("rank", figure="overdue", better="lower", step=2), figures={"overdue": FIGURES["overdue"]})
    everyone = {unit: {"overdue": text} for unit, text in {"a": "1", "b": "0", "c": "5"}.items()}

    (line,) = told(a_finding(), sheet=sheet, everyone=everyone).lines
    (unknown,) = told(a_finding(), sheet=sheet).lines

    assert line.points == 2
    assert line.message.en == (
        "costs 2 points: 8 of 10 now, 10 without this finding"
        " (compared with other units; estimated from all ledgers as they are now)"
    )
    assert unknown.points is None


def test_an_item_of_a_section_that_takes_a_mean_is_told_but_not_added_up():
    sheet = a_sheet(a_section(a_deduction(figure="overdue"), combine="mean"), figures={"overdue": FIGURES["overdue"]})

    found = told(a_finding(), sheet=sheet)

    assert found.points == 0
    assert found.lines[0].message.en.endswith(
        "(its section is averaged or scaled, so the total changes by a different amount)"
    )


def test_a_figure_names_the_findings_that_it_counts_and_a_share_those_that_do_not():
    counted = [
        *(NumberedTally(number, a_finding(state=State.CLOSED).tally(DAY)) for number in range(1, 15)),
        *(NumberedTally(number, a_finding(repeat_of=1).tally(DAY)) for number in (3, 20)),
    ]
    found = {name: each.message for name, each in Sorter(SHEET).behind(counted).items()}

    assert {name: each.en for name, each in found.items()} == {
        "overdue": "nos. 3, 20",
        "returned": "none",
        "repeated": "nos. 3, 20",
        "on_time": "14 of 16, not nos. 3, 20",
        "closed": "14 of 16, not nos. 3, 20",
        "days": "nos. 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 4 more",
        "sewage": "none",
    }
    assert found["overdue"].zh == "第3、20号"
    assert found["days"].zh == "第1、2、3、4、5、6、7、8、9、10号等14个"
    assert str(Sorter(SHEET).behind(counted)["closed"].source) == "问题台账：共16个，计入14个，不含第3、20号"
