from __future__ import annotations

from fractions import Fraction
from typing import Any

from assess.core.findings.measures import Tally, measured
from tests.builders import a_section, a_sheet, an_item

MEASURES = (
    "opened", "closed", "closed_on_time", "overdue", "returned", "repeated",
    "share_closed", "share_on_time", "mean_days",
)  # fmt: skip


def a_ledger_figure(measure: str, **given: Any) -> dict[str, Any]:
    kind = "percent" if measure.startswith("share") else "number" if measure == "mean_days" else "count"
    return {"kind": kind, "from": "ledger", "measure": measure, **given}


SHEET = a_sheet(
    a_section(*(an_item("direct", id=f"n.{name}", figure=name) for name in (*MEASURES, "dust", "dust_from_above"))),
    figures={
        **{name: a_ledger_figure(name) for name in MEASURES},
        "dust": a_ledger_figure("overdue", findings={"kind": "dust"}),
        "dust_from_above": a_ledger_figure("share_closed", findings={"kind": "dust", "source": "above"}),
    },
)
DUST = Tally("dust", "air", "patrol", opened=4, closed=2, closed_on_time=1, due=3, overdue=1, returned=2, days=9)
SEWAGE = Tally("sewage", "water", "hotline", opened=3, closed=1, closed_on_time=1, due=1, repeated=1, days=2)


def test_figures_of_the_ledger_are_exact_and_count_the_findings_they_name():
    assert measured(SHEET, {"a": [DUST, SEWAGE]}, ["a"])["a"] == {
        "opened": 7,
        "closed": 3,
        "closed_on_time": 2,
        "overdue": 1,
        "returned": 2,
        "repeated": 1,
        "share_closed": Fraction(300, 7),
        "share_on_time": 50,
        "mean_days": Fraction(11, 3),
        "dust": 1,
    }


def test_a_unit_without_findings_has_counts_of_zero_and_neither_shares_nor_a_mean():
    counts = ("opened", "closed", "closed_on_time", "overdue", "returned", "repeated", "dust")

    assert measured(SHEET, {"b": [DUST]}, ["a"])["a"] == dict.fromkeys(counts, 0)
