"""What is told of one unit, and the figures that it is told of."""

from __future__ import annotations

from typing import Any

from tests.builders import Tree, a_sheet, a_unit, score

PM25 = {"title": {"zh": "PM2.5浓度", "en": "PM2.5"}, "unit": "µg/m³"}
RATE = {"title": {"zh": "收集率", "en": "Collection rate"}, "kind": "percent"}
BURNS = {"title": {"zh": "露天焚烧", "en": "Open burning"}, "kind": "count", "unit": {"zh": "起", "en": "cases"}}
PLAN = {"title": {"zh": "实施方案", "en": "Plan"}, "kind": "yes-no"}
PANEL = {"title": {"zh": "评审组评分", "en": "Panel"}}
CLASS = {"title": {"zh": "水质类别", "en": "Water class"}, "kind": "choice", "choices": ["II", "III"]}
RESERVE = {"title": {"zh": "备用", "en": "Reserve"}}


def told(item: Tree, figures: dict[str, Any], values: dict[str, Any], *others: Any) -> tuple[str, str]:
    """The sentences of the unit with these values beside others with only the figure `x`."""
    units = {"a": a_unit(**values), **{f"other{n}": a_unit(x=x) for n, x in enumerate(others)}}
    outcome = score(a_sheet(item, figures=figures, missing="exclude", attributes=["has_river"]), units)
    return outcome.whys(item["id"], "zh")["a"], outcome.whys(item["id"])["a"]
