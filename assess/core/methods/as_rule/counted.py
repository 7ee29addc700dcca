"""Methods of lines that count steps, told as rules: deduct and award."""

from __future__ import annotations

from assess.core.kinds import Value
from assess.core.methods.as_rule.told import RuleTold, RuleWords
from assess.core.methods.counting import Award, CountedLine, Deduct, Partial
from assess.core.methods.scored import Better
from assess.core.text import Text

FROM_FULL = Text("从满分中扣减：", "Taken off the full mark:")
ADDED = Text("累计得分：", "Points are added up:")
PLAIN = Text("“{title}”每{per}", "{title}: ")
OVER = Text("“{title}”高于{target}的，每高{per}", "{title} above {target}: ")
UNDER = Text("“{title}”低于{target}的，每低{per}", "{title} below {target}: ")
OVER_SHARE = Text("“{title}”高于{target}的，每高出目标的{per}", "{title} above {target}, in percent of the target: ")
UNDER_SHARE = Text("“{title}”低于{target}的，每低于目标的{per}", "{title} below {target}, in percent of the target: ")
COSTS = Text("扣{points}", "{points} off for each {per}")
GAINS = Text("得{points}", "{points} for each {per}")
FREE = Text("，{free}以内不计", ", the first {free} not counted")
PART = {
    Partial.PRO_RATA: Text("，不足{per}的按比例计", ", a part of it in proportion"),
    Partial.UP: Text("，不足{per}的按{per}计", ", a part of it counted as a whole"),
    Partial.DOWN: Text("，不足{per}的不计", ", a part of it not counted"),
}
LOSES_AT_MOST = Text("，最多扣{most}", ", at most {most} off")
GAINS_AT_MOST = Text("，最多得{most}", ", at most {most}")
END = Text("。", ".")
OWN_PERCENT = Text("{value}%", "{value}%")


def deduct_told(method: Deduct, words: RuleWords) -> RuleTold:
    """What each line costs."""
    lines = tuple(line_told(line, line.better is Better.HIGHER, words, COSTS, LOSES_AT_MOST) for line in method.lines)
    return RuleTold((FROM_FULL,), lines)


def award_told(method: Award, words: RuleWords) -> RuleTold:
    """What each line gains."""
    lines = tuple(line_told(line, line.better is Better.LOWER, words, GAINS, GAINS_AT_MOST) for line in method.lines)
    return RuleTold((ADDED,), lines)


def line_told(line: CountedLine, below: bool, words: RuleWords, worth: Text, at_most: Text) -> Text:
    """One line: what is counted, what each step is worth, part steps, what is free, and the limit."""
    parts = [start_of(line, below), worth]
    if line.partial is not None:
        parts.append(PART[line.partial])
    if line.free is not None:
        parts.append(FREE)
    if line.at_most is not None:
        parts.append(at_most)
    return Text.run(*parts, END).format(**facts_of(line, words))


def start_of(line: CountedLine, below: bool) -> Text:
    """What is counted: the figure itself, or how far it lies beyond its target."""
    if line.relative:
        return UNDER_SHARE if below else OVER_SHARE
    if line.target == 0 and not below:
        return PLAIN
    return UNDER if below else OVER


def facts_of(line: CountedLine, words: RuleWords) -> dict[str, Text]:
    """What fills the sentence of a line."""
    facts = {
        "title": words.title(line.figure),
        "target": words.amount(line.figure, line.target),
        "per": step_of(line, words),
        "points": words.points(line.points),
    }
    if line.free is not None:
        facts["free"] = distance(line, line.free, words)
    if line.at_most is not None:
        facts["most"] = words.points(line.at_most)
    return facts


def step_of(line: CountedLine, words: RuleWords) -> Text:
    """The width of a step."""
    return distance(line, line.per, words) if line.relative else words.step(line.figure, line.per)


def distance(line: CountedLine, value: Value, words: RuleWords) -> Text:
    """How far two values lie apart; in percent of the target where the line counts so."""
    if line.relative:
        return OWN_PERCENT.format(value=words.number(value))
    return words.distance(line.figure, value)
