"""Which of those below a section were picked, told before what was made of them."""

from __future__ import annotations

from typing import Final

from assess.core.exact import Column, total
from assess.core.methods.scored import ExplanationClause, Fact, Joined, NumberFact, OutcomeSentence
from assess.core.rules.nodes import Combine, Section
from assess.core.rules.picking import Pick
from assess.core.rules.sheet import title_of
from assess.core.scoring.nodes import SectionScore
from assess.core.text import Text

WORST: Final = Text("取{by}最低的{n}项：{names}", "the {n} with the lowest {by}: {names}")
BEST: Final = Text("取{by}最高的{n}项：{names}", "the {n} with the highest {by}: {names}")
TRIM: Final = Text(
    "去掉{by}最高、最低的各{k}项，计{n}项：{names}",
    "without the highest {k} and the lowest {k} by {by}, {n} count: {names}",
)
SCORES, RATES = Text("得分", "score"), Text("得分率", "score rate")
TOO_FEW: Final = Text(
    "有得分的只有{n}项，至少须有{least}项，本类不计分",
    "only {n} have a score and at least {least} are needed, so the section has none",
)
NAMES: Final = Text("、", ", ")


def picked_told(score: SectionScore) -> tuple[ExplanationClause, ...]:
    """Which children were picked, and by what; nothing where all count."""
    section = score.node
    assert isinstance(section, Section)
    if section.pick is None:
        return ()
    number = total([Column.truths(child.points.present) for child in score.entering])
    names = tuple((child.points, as_named(title_of(child.node, child.node.id))) for child in score.entering)
    facts: dict[str, Fact] = {
        "by": RATES if section.combine is Combine.RATE else SCORES,
        "n": NumberFact(number),
        "k": str(section.pick.trim or 0),
        "names": Joined(names, NAMES),
    }
    return (ExplanationClause((OutcomeSentence(None, way_of(section.pick)),), facts),)


def way_of(pick: Pick) -> Text:
    """How it is said which count."""
    if pick.worst is not None:
        return WORST
    return BEST if pick.best is not None else TRIM


def as_named(title: Text) -> Text:
    """A title as what a number is replaced by."""
    return Text(*(each.replace("{", "{{").replace("}", "}}") for each in title))
