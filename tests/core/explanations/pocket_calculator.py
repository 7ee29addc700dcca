"""What somebody with a pocket calculator gets from the numbers of a sentence: its points, by every way there is.

Nothing here is taken from the engine but the templates that tell one outcome from another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from importlib import import_module
from math import ceil, floor

from assess.core.methods import (
    counting,
    interpolating,
    judged,
    looking_up,
    normalising,
    obligations,
    peers,
    progress,
    steps,
)
from assess.core.rules.nodes import Item
from assess.core.text import Language
from tests.core.explanations.reading import Clause, Printed, Sentence
from tests.core.explanations.worded import evaluated

FULL = "the full mark"
STATED = "the points that are stated"
Reckoned = Fraction | str
NEAR = Fraction(1, 1000)


def agree(reckoned: Fraction, printed: Printed, unit: Fraction = Fraction(1), of: object = None) -> None:
    """A number between agrees with what is printed, at the digits that are printed."""
    allowed = Fraction(1, 10**printed.places) * unit + NEAR * max(1, abs(reckoned)) if printed.is_cut else Fraction(0)
    cut_elsewhere = NEAR * max(1, abs(reckoned))
    assert abs(reckoned - printed.value * unit) <= max(allowed, cut_elsewhere), (reckoned, printed, of)


def reckon(sentence: Sentence, item: Item, language: Language) -> list[Reckoned]:
    """The points before floor and cap, by each way that the sentence tells.

    The calculator of a method that came later stands as `reckoned` in the test module of the method.
    """
    name = item.method.name.replace("-", "_")
    calculate = CALCULATORS.get(name) or import_module(f"tests.core.methods.test_{name}").reckoned
    return list(calculate(sentence, item, language))


def of_done(sentence: Sentence, item: Item, language: Language) -> Iterator[Reckoned]:
    last = sentence.clauses[-1]
    if last.template == progress.SOME_HOLD:
        held, n = last.texts.get("held"), last.texts.get("n")
        yield last.numbers["full"].value * (last.numbers["held"].value if held is None else int(held)) / int(n or 1)
    elif last.template in (progress.HOLDS, progress.HOLDS_NOT):
        true = bool(evaluated(last.texts["condition"], sentence.clauses[:-1]))
        assert true == (last.template == progress.HOLDS), sentence
        yield FULL if true else Fraction(0)
    else:
        yield FULL if last.template in (progress.ALL_HOLD, progress.FIGURE_DONE) else Fraction(0)


def of_ratio(sentence: Sentence, item: Item, language: Language) -> Iterator[Reckoned]:
    (clause,) = sentence.clauses
    numbers = {name: each.value for name, each in clause.numbers.items()}
    value, target = numbers["value"], numbers["target"]
    higher = item.method.better == "higher"
    met = value >= target if higher else value <= target or value <= 0
    if clause.template == progress.RATIO_MET:
        assert met or target < 0, sentence
        yield FULL
        return
    if clause.template == progress.MAX_RATIO:
        yield numbers["full"] * clause.numbers["most"].share
        return
    stated = clause.numbers["counted" if "counted" in numbers else "share"]
    share = stated.share
    quotient = (value / target if higher else target / value) if (target if higher else value) else share
    if value > 0 or higher:
        agree(quotient, Printed(stated.text), Fraction(1, 100))
    if clause.template == progress.RATIO_FULL:
        assert share >= clause.numbers["full_from"].share - NEAR
        yield FULL
    elif clause.template == progress.RATIO_ZERO:
        assert share <= clause.numbers["zero_below"].share + NEAR
        yield Fraction(0)
    else:
        factor = clause.numbers["factor"].share if clause.template == progress.RATIO_UNMET else Fraction(1)
        yield numbers["full"] * share * factor
        yield numbers["full"] * quotient * factor if value > 0 or higher else numbers["full"] * share * factor


def of_interpolate(sentence: Sentence, item: Item, language: Language) -> Iterator[Reckoned]:
    (clause,) = sentence.clauses
    numbers = {name: each.value for name, each in clause.numbers.items()}
    if clause.template == interpolating.LINE_FULL:
        yield FULL
    elif clause.template in (interpolating.LINE_ZERO, interpolating.CUT_BELOW, interpolating.CUT_ABOVE):
        yield Fraction(0)
    elif clause.template == interpolating.LINE_BEFORE:
        assert numbers["value"] <= numbers["low"] + NEAR
        yield numbers["low_points"]
    elif clause.template == interpolating.LINE_AFTER:
        assert numbers["value"] >= numbers["high"] - NEAR
        yield numbers["high_points"]
    else:
        yield from between_ends(clause)


def between_ends(clause: Clause) -> Iterator[Fraction]:
    """Points between two ends: by the share of the way, and by the ends themselves."""
    numbers = {name: each.value for name, each in clause.numbers.items()}
    span = numbers["high_points"] - numbers["low_points"]
    yield numbers["low_points"] + clause.numbers["share"].share * span
    way = (numbers["value"] - numbers["low"]) / (numbers["high"] - numbers["low"])
    yield numbers["low_points"] + way * span


def of_bands(sentence: Sentence, item: Item, language: Language) -> Iterator[Reckoned]:
    (clause,) = sentence.clauses
    way = item.method.better, item.method.edge
    value, bound, beyond = (clause.numbers[name].value if name in clause.numbers else None
                            for name in ("value", "bound", "beyond"))  # fmt: skip
    assert value is not None
    higher, reached = item.method.better == "higher", item.method.edge == "at"
    if bound is not None:
        assert is_in(value, bound, higher, reached), sentence
    if beyond is not None:
        assert not is_in(value, beyond, higher, reached), sentence
    names = {template for of in (steps.FIRST_BAND, steps.MIDDLE_BAND, steps.LAST_BAND) for template in [of[way]]}
    assert clause.template == steps.ONLY_BAND or any(clause.template.zh.endswith(each.zh) for each in names)
    yield STATED


def is_in(value: Fraction, bound: Fraction, higher: bool, reached: bool) -> bool:
    """Whether a value reaches a band."""
    if value == bound:
        return reached
    return value > bound if higher else value < bound


def of_lookup(sentence: Sentence, item: Item, language: Language) -> Iterator[Reckoned]:
    (clause,) = sentence.clauses
    assert clause.template in (looking_up.LOOKED_UP, looking_up.BOTH_LOOKED_UP)
    yield clause.numbers["points"].value


def of_direct(sentence: Sentence, item: Item, language: Language) -> Iterator[Reckoned]:
    (clause,) = sentence.clauses
    assert clause.template == judged.JUDGED
    yield clause.numbers["value"].value


def of_deduct(sentence: Sentence, item: Item, language: Language) -> Iterator[Reckoned]:
    clauses = list(sentence.clauses)
    full = clauses.pop(0).numbers["full"].value if clauses[0].template == counting.OF_FULL else None
    lines = [of_line(clause) for clause in clauses]
    if full is None:
        assert not any(stated for _, stated in lines)
        yield FULL
        return
    yield full - sum(worked for worked, _ in lines)
    yield full - sum(stated for _, stated in lines)


def of_award(sentence: Sentence, item: Item, language: Language) -> Iterator[Reckoned]:
    lines = [of_line(clause) for clause in sentence.clauses]
    yield Fraction(sum(worked for worked, _ in lines))
    yield Fraction(sum(stated for _, stated in lines))


def of_line(clause: Clause) -> tuple[Fraction, Fraction]:
    """What a line costs or gains: worked out from its numbers, and as it is stated."""
    numbers = {name: each.value for name, each in clause.numbers.items()}
    template, value, target = clause.template.zh, numbers["value"], numbers.get("target", Fraction(0))
    gap = value
    if "{gap}" in template:
        gap = abs(value - target)
        if clause.numbers["gap"].unit.startswith("%"):
            gap = gap * 100 / target
        agree(gap, clause.numbers["gap"])
    if "{points}" not in template:
        assert "{gap}" not in template or gap <= numbers["free"] + NEAR
        assert "{gap}" in template or "{free}" not in template or value <= numbers["free"]
        return Fraction(0), Fraction(0)
    counted_gap = max(Fraction(0), gap - numbers["free"]) if "free" in numbers else gap
    taken = counted_gap / per_of(clause)
    if counting.UP_IS.en in clause.template.en:
        taken = Fraction(ceil(taken))
    elif counting.DOWN_IS.en in clause.template.en:
        taken = Fraction(floor(taken))
    worth = taken * numbers["price"]
    if "{most}" in template:
        assert worth >= numbers["most"] - NEAR
        worth = numbers["most"]
    agree(worth, clause.numbers["points"], of=clause)
    return worth, numbers["points"]


def per_of(clause: Clause) -> Fraction:
    """The width of a step: one unless a number says otherwise."""
    if "per" in clause.numbers:
        return clause.numbers["per"].value
    found = re.match(r"-?\d+(?:\.\d+)?(?:/\d+)?", clause.texts.get("per", ""))
    return Fraction(found[0]) if found else Fraction(1)


def of_rank(sentence: Sentence, item: Item, language: Language) -> Iterator[Reckoned]:
    (clause,) = sentence.clauses
    numbers = {name: each.value for name, each in clause.numbers.items()}
    if clause.template == peers.FIRST:
        yield FULL
    elif clause.template == peers.BY_STEP:
        yield numbers["full"] - (numbers["rank"] - 1) * numbers["step"]
    elif clause.template == peers.TO_LAST:
        way = (numbers["rank"] - 1) / (numbers["n"] - 1)
        yield numbers["full"] - way * (numbers["full"] - numbers["last"])
    else:
        yield numbers["points"]


def of_relative(sentence: Sentence, item: Item, language: Language) -> Iterator[Reckoned]:
    (clause,) = sentence.clauses
    if clause.template in (peers.IS_BEST, peers.MEAN_MET):
        yield FULL
        return
    numbers = {name: each.value for name, each in clause.numbers.items()}
    own_first = re.match("本单位|own", clause.texts["division"])
    value, other = numbers["value"], numbers["other"]
    quotient = value / other if own_first else other / value
    yield numbers["full"] * clause.numbers["share"].share
    yield numbers["full"] * min(Fraction(1), quotient)


def of_spread(sentence: Sentence, item: Item, language: Language) -> Iterator[Reckoned]:
    (clause,) = sentence.clauses
    if clause.template in (peers.ALL_EQUAL, peers.AT_BEST):
        yield FULL
    elif clause.template == peers.AT_WORST:
        yield clause.numbers["low_points"].value
    else:
        yield from between_ends(clause)


def of_tasks(sentence: Sentence, item: Item, language: Language) -> Iterator[Reckoned]:
    clauses = list(sentence.clauses)
    cost = worked = Fraction(0)
    if clauses[-1].template in (obligations.IN_TIME, obligations.DELAYED, obligations.MAX_DELAYED):
        late = {name: each.value for name, each in clauses.pop().numbers.items()}
        cost = late.get("points", Fraction(0))
        worked = late.get("days", Fraction(0)) * late.get("price", Fraction(0))
        worked = min(worked, late.get("most", worked))
    last = clauses.pop()
    full = last.numbers["full"].value
    if last.template == obligations.ALL_DONE:
        yield full - worked
        yield full - cost
        return
    counts = [(each.numbers["n"].value, Fraction(each.numbers["coefficient"].value)) for each in clauses]
    assert sum(n for n, _ in counts) == last.numbers["n"].value
    yield full * sum(n * coefficient for n, coefficient in counts) / last.numbers["n"].value - worked
    yield full * last.numbers["share"].share - cost


def of_formula(sentence: Sentence, item: Item, language: Language) -> Iterator[Reckoned]:
    *values, last = sentence.clauses
    yield Fraction(evaluated(last.texts["formula"], tuple(values)))


def of_normalise(sentence: Sentence, item: Item, language: Language) -> Iterator[Reckoned]:
    (clause,) = sentence.clauses
    numbers = {name: each.value for name, each in clause.numbers.items()}
    template = clause.template
    if template in (normalising.IS_LOW, normalising.AT_LOW):
        yield numbers["low_points"]
    elif template in (normalising.IS_HIGH, normalising.AT_HIGH):
        yield numbers["high_points"]
    elif template == normalising.FROM_WORST:
        yield numbers["first"] + numbers["place"] - 1
    elif template == normalising.AMONG:
        way = (numbers["place"] - 1) / (numbers["n"] - 1)
        yield numbers["low_points"] + way * (numbers["high_points"] - numbers["low_points"])
    elif template == normalising.TOWARDS:
        yield from between_ends(clause)
    else:
        sign = 1 if template == normalising.BETTER_THAN_MEAN else -1
        yield numbers["mean"] + sign * numbers["z"] * numbers["deviation"]
        z = abs(numbers["value"] - numbers["average"]) / numbers["spread"]
        yield numbers["mean"] + sign * z * numbers["deviation"]


CALCULATORS: dict[str, Callable[[Sentence, Item, Language], Iterator[Reckoned]]] = {
    name.removeprefix("of_"): calculator
    for name, calculator in globals().items()
    if name.startswith("of_") and name != "of_line"
}
