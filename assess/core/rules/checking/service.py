"""What a rule sheet may say that no year of the service can supply yet."""

from __future__ import annotations

from assess.core.rules.figure import BY_UNIT
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.text import Text

NO_OBJECTS_COLLECTED = Text(
    "评分表有{n}个数据项（如“{title}”）由部门按对象填报，部门模板尚不能采集，年度不能启动。"
    "请改为由单位填报，或改用不分对象的数据项，或用assess score计分。",
    "Figures of objects that departments supply, such as {title}: {n}. Templates of departments cannot collect them "
    "yet, so the year cannot open. Let the units report them, use figures of units, or score it with `assess score`.",
)


def cannot_collect(sheet: RuleSheet) -> Text | None:
    """Why no year can be collected by a sheet, None where one can: departments' templates know no objects yet."""
    figures = sheet.figures.items()
    titles = [title_of(each, name) for name, each in figures if each.of is not None and each.from_ != BY_UNIT]
    return NO_OBJECTS_COLLECTED.format(title=titles[0], n=len(titles)) if titles else None
