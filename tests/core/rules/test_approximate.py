"""Items that are computed with a root, a logarithm or a power of e, and how that is told."""

from __future__ import annotations

from assess.core.rules.approximate import approximate_items
from tests.builders import a_section, a_sheet, a_unit, an_item, score

BY_FORMULA = {"kind": "number", "from": "formula"}
FIGURES = {
    "a": {},
    "b": {},
    "root": {**BY_FORMULA, "formula": "sqrt(a)"},
    "double": {**BY_FORMULA, "formula": "2 * root"},
    "plain": {**BY_FORMULA, "formula": "2 * b"},
}


def formula(id: str, text: str, **keys: object) -> dict[str, object]:
    return an_item("formula", id=id, points_from=text, **keys)


def test_an_item_is_approximate_where_such_a_call_stands_anywhere_on_its_way():
    line = {"figure": "b", "points": 1, "target": "double", "better": "higher", "partial": "pro-rata"}
    items = (
        formula("own", "log10(b)"),
        formula("through-figures", "double + b"),
        formula("last-year", "previous(double)"),
        an_item("deduct", id="by-target", lines=[line]),
        an_item("direct", id="corrected", figure="b", corrections=[{"when": "root > 2", "keep": "50%", "clause": "1"}]),
        formula("exact", "plain + b"),
        an_item("direct", id="compared", figure="b"),
    )

    assert approximate_items(a_sheet(*items, figures=FIGURES)) == {
        "own", "through-figures", "last-year", "by-target", "corrected",
    }  # fmt: skip


def test_an_item_is_approximate_where_a_correction_looks_at_the_score_of_one_that_is():
    section = a_section(formula("root", "sqrt(a)"), id="section")
    halved = {"keep": "50%", "clause": "1"}
    items = (
        section,
        formula("of-section", "b", corrections=[{"when": "score(section) < 5", **halved}]),
        formula("of-that", "b", corrections=[{"when": "rate(of-section) < 50%", **halved}]),
        formula("alone", "b"),
    )

    assert approximate_items(a_sheet(*items, figures={"a": {}, "b": {}})) == {"root", "of-section", "of-that"}


def test_a_condition_that_decides_only_whether_an_item_applies_does_not_make_it_approximate():
    sheet = a_sheet(formula("item", "b", applies="sqrt(area) > 2"), figures={"b": {}})

    assert approximate_items(sheet) == frozenset()


def test_points_with_a_root_are_told_as_approximate_also_where_they_are_exact():
    used = {name: FIGURES[name] for name in ("a", "root")}
    sheet = a_sheet(formula("item", "root"), figures=used, missing="exclude", rounding={"item": 2})
    outcome = score(sheet, {"two": a_unit(a=4), "third": a_unit(a=3), "none": a_unit(a=-1)})

    note = "; ≈: with a root, logarithm or power of e, taken to 12 significant digits"
    assert outcome.whys("item") == {
        "two": f"root: 2; by the formula root; 2.00 points{note}",
        "third": f"root: ≈1.7321; by the formula root; ≈1.7321 points, rounded to 1.73{note}",
        "none": "a negative number has no square root: left out",
    }
    assert outcome.whys("item", "zh")["two"] == (
        "root 2；按公式“root”计算，得2.00分；≈：含开方、对数或指数，取12位有效数字"
    )
