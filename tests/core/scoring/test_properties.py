from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assess.core.numbers import printed
from assess.core.rules.nodes import Item
from assess.core.scoring.nodes import NodeScore
from tests.builders import Outcome, Unit, read, score
from tests.core.scoring.plain import Alone
from tests.core.scoring.random_sheets import ALONE, COMPARING, EXACT, Tree, sheets
from tests.rounds import examples

Values = list[dict[str, Any]]
Drawn = tuple[Tree, Values, Values]
EVERY_METHOD = (*ALONE, *COMPARING)
EVERY_COMBINE = (*EXACT, "geometric")


def scored(tree: Tree, now: Values, before: Values) -> Outcome:
    """The engine's Units with results of last year: a drawn sheet, whose are u0, u1, …"""
    sheet, flaws = read(tree)
    told = [flaw.localized("en") for flaw in flaws]
    assert not told, told
    return score(sheet, {f"u{n}": Unit(values, before[n], {}) for n, values in enumerate(now)})


@settings(max_examples=examples(150))
@given(sheets())
def test_columns_give_what_each_unit_alone_gives_in_fractions(drawn: Drawn):
    tree, now, before = drawn
    outcome = scored(tree, now, before)

    for n, values in enumerate(now):
        nodes, base, total = Alone(tree, values, before[n]).score()
        code = f"u{n}"
        assert {name: outcome.points(name)[code] for name in outcome.results.scores} == {
            name: node.points for name, node in nodes.items()
        }
        assert {name: outcome.full(name)[code] for name in outcome.results.scores} == {
            name: node.full for name, node in nodes.items()
        }
        assert {name: outcome.states_of(name)[code] for name in outcome.results.scores} == {
            name: node.state for name, node in nodes.items()
        }
        assert outcome.bases[code] == base
        assert outcome.totals[code] == (None if total is None else printed(total, outcome.results.total_digits))


@settings(max_examples=examples(60))
@given(sheets(EVERY_METHOD, EVERY_COMBINE))
def test_earned_points_lie_within_floor_and_cap(drawn: Drawn):
    tree, now, before = drawn
    outcome = scored(without(tree, "round") | {"rounding": {}}, now, before)

    for node, node_score in outcome.results.scores.items():
        item = node_score.node
        if not isinstance(item, Item) or item.corrections:
            continue
        free = item.method.may_exceed_mark
        for code, points in outcome.points(node).items():
            floor = item.floor if item.floor is not None or free else Fraction(0)
            cap = item.cap if item.cap is not None or free else outcome.full(node)[code]
            if points is not None and outcome.states_of(node)[code] == "scored":
                assert floor is None or points >= floor
                assert cap is None or points <= cap


@settings(max_examples=examples(60))
@given(sheets(EVERY_METHOD, EVERY_COMBINE), st.randoms(use_true_random=False))
def test_the_order_of_units_and_of_items_changes_nothing(drawn: Drawn, chance: random.Random):
    tree, now, before = drawn
    outcome = scored(tree, now, before)
    order = list(range(len(now)))
    chance.shuffle(order)
    mixed = scored(shuffled(tree, chance), [now[n] for n in order], [before[n] for n in order])

    for place, n in enumerate(order):
        assert card_of(mixed, f"u{place}") == card_of(outcome, f"u{n}")


def shuffled(tree: Tree, chance: random.Random) -> Tree:
    """The same tree with its items in another order."""
    items = [shuffled(each, chance) for each in tree.get("items", ())]
    chance.shuffle(items)
    return {**tree, "items": items} if "items" in tree else tree


def card_of(outcome: Outcome, code: str) -> Any:
    """All that is told of one unit, whatever the order of its nodes."""
    nodes = sorted(outcome.results.scores)
    lines = {
        name: (outcome.scores(name)[code], outcome.states_of(name)[code], outcome.full(name)[code]) for name in nodes
    }
    whys = {
        name: [in_any_order(outcome, name, why[code]) for why in (outcome.whys(name, "zh"), outcome.whys(name))]
        for name in nodes
    }
    return lines, whys, outcome.totals[code], outcome.ranks[code], outcome.states[code]


def in_any_order(outcome: Outcome, node: str, why: str) -> str:
    """A sentence; that of a section, which lists what is below in the order of the sheet, by its letters alone."""
    return why if isinstance(outcome.results.scores[node].node, Item) else "".join(sorted(why))


@settings(max_examples=examples(60))
@given(sheets(EVERY_METHOD, ("sum",), {"mode": "half-up", "item": "2", "total": "2"}))
def test_printed_lines_add_up_to_the_printed_total_where_nothing_is_rescaled(drawn: Drawn):
    tree, now, before = drawn
    outcome = scored(without(tree, "total", "round", "floor", "cap", "availability"), now, before)

    for code, total in outcome.totals.items():
        lines = [
            outcome.scores(name)[code] for name, each in outcome.results.scores.items() if isinstance(each.node, Item)
        ]
        if total is not None and None not in lines:
            assert sum(Fraction(line or 0) for line in lines) == Fraction(total)
            assert [step.amount for step in outcome.card(code).bridge] == []


def without(tree: Any, *keys: str) -> Any:
    """The tree without these keys of the sheet and its nodes; the sheet keeps its rounding."""
    found = {key: value for key, value in tree.items() if key not in keys}
    return found | {"items": [without(each, *keys) for each in tree["items"]]} if "items" in tree else found


@st.composite
def adjusted_sheets(draw: Any) -> Drawn:
    """Sheets with a bonus, a deduction and a total cap by one more figure, in thirds."""
    tree, now, before = draw(sheets(EVERY_METHOD, EVERY_COMBINE))
    line = {"figure": "extra", "points": "1/3", "partial": "pro-rata"}
    award = {"points": "5", "clause": "1", "method": "award", "missing": "zero", "lines": [line]}
    adjustments = [
        {"kind": "bonus", "id": "more", "clause": "1", "items": [{**award, "id": "more.a"}, {**award, "id": "more.b"}]},
        {"kind": "deduction", "id": "less", "clause": "1", "at_most": "1", "items": [{**award, "id": "less.a"}]},
        {"kind": "total-cap", "id": "limit", "clause": "1", "when": "extra > 3", "at": "6.5"},
    ]
    chosen = [each for each in adjustments if draw(st.booleans())]
    if not chosen:
        return tree, now, before
    figures = {**tree["figures"], "extra": {"kind": "number", "from": "unit"}}
    counts = st.sampled_from([None, 0, 1, 4])
    return (
        {**tree, "figures": figures, "adjustments": chosen},
        [{**each, "extra": draw(counts)} for each in now],
        before,
    )


@settings(max_examples=examples(80))
@given(adjusted_sheets())
def test_elsewhere_the_bridge_of_the_card_adds_up_to_the_printed_total(drawn: Drawn):
    outcome = scored(*drawn)

    for code, total in outcome.totals.items():
        bridge = outcome.card(code).bridge
        if total is not None and bridge:
            assert sum(Fraction(step.amount) for step in bridge) == Fraction(total)
        elif total is not None:
            scores = outcome.results.scores
            lines = [outcome.scores(name)[code] for name, each in scores.items() if is_line(name, each)]
            assert sum(Fraction(line or 0) for line in lines) == Fraction(total)


@settings(max_examples=examples(80))
@given(sheets(EVERY_METHOD, EVERY_COMBINE))
def test_every_line_of_an_item_has_a_whole_sentence_in_both_languages(drawn: Drawn):
    outcome = scored(*drawn)

    for name, each in outcome.results.scores.items():
        if not isinstance(each.node, Item):
            continue
        for code in outcome.codes:
            for sentence in (outcome.whys(name, "zh")[code], outcome.whys(name)[code]):
                assert sentence
                assert not set("{}") & set(sentence)
                assert not any(blank in f"{sentence}，" for blank in ("  ", " ，", " ;", "None", "：，", "；；"))


def is_line(name: str, score: NodeScore) -> bool:
    """Whether a node is an item of the tree, and not of an adjustment."""
    return isinstance(score.node, Item) and not name.startswith(("more.", "less."))
