"""What a rule sheet may say that no year of the service can supply yet."""

from __future__ import annotations

from collections.abc import Iterator

from assess.core.expressions import Expression
from assess.core.flaws import Flaw
from assess.core.kinds import Previous
from assess.core.rules.checking import places
from assess.core.rules.figure import BY_UNIT
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.text import Text

NO_OBJECTS_COLLECTED = Text(
    "评分表有{n}个数据项（如“{title}”）由部门按对象填报，部门模板尚不能采集，年度不能启动。"
    "请改为由单位填报，或改用不分对象的数据项，或用assess score计分。",
    "Figures of objects that departments supply, such as {title}: {n}. Templates of departments cannot collect them "
    "yet, so the year cannot open. Let the units report them, use figures of units, or score it with `assess score`.",
)
ONE_YEAR_BACK = Text(
    "这里用到两年以前的数据，系统只保存上一年度的数据。请改用previous(数据项)，或用assess score计分。",
    "This looks more than one year back, and the service keeps the year before only. Use previous(figure), or score it "
    "with `assess score`.",
)


def cannot_collect(sheet: RuleSheet) -> Text | None:
    """Why no year can be collected by a sheet, None where one can: departments' templates know no objects yet."""
    figures = sheet.figures.items()
    titles = [title_of(each, name) for name, each in figures if each.of is not None and each.from_ != BY_UNIT]
    return NO_OBJECTS_COLLECTED.format(title=titles[0], n=len(titles)) if titles else None


def beyond_the_service(sheet: RuleSheet) -> Iterator[Flaw]:
    """Figures of more than one year back, of a sheet that has passed its check."""
    far = {mention.path for mention in (*places.expressions(sheet), *places.of_items(sheet)) if is_far(mention.value)}
    yield from (Flaw(path, ONE_YEAR_BACK) for path in sorted(far, key=str))


def is_far(value: object) -> bool:
    """Whether an expression or a value position looks more than one year back."""
    if isinstance(value, Expression):
        return any(each.years > 1 for each in value.references)
    return isinstance(value, Previous) and value.years > 1
