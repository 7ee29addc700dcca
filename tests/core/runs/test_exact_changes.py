"""The exact split of changes: it adds up to the change, depends on no order, and is what one unit alone comes to."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assess.core.kinds import EXACT as UNROUNDED
from assess.core.numbers import exact
from assess.core.runs.exact_changes import RankSplit, ResultChanges, changes_between
from assess.core.scoring.splitting import EntryKind
from tests.builders import Outcome, a_bonus, a_section, a_sheet, a_unit, an_adjustment, an_item, score
from tests.core.scoring.plain import Alone, bounded
from tests.core.scoring.random_sheets import sheets
from tests.core.scoring.test_properties import EVERY_COMBINE, EVERY_METHOD, Drawn, scored
from tests.rounds import examples

Entry = tuple[str, str | None]
Split = dict[Entry, Fraction]
LEAVES = ("minimum", "harmonic", "geometric")


def between(old: Outcome, new: Outcome) -> ResultChanges:
    """What changed from one result to another."""
    return changes_between(old.lines, new.lines)


def splits(changes: ResultChanges) -> dict[str, Split]:
    """The split of every unit by its code."""
    return {unit.unit: {(kind.value, id): change for kind, id, change in unit.split} for unit in changes.units}


def lines(changes: ResultChanges, unit: str) -> list[tuple[EntryKind, str | None, str]]:
    """The split of one unit in its order, amounts as text."""
    (found,) = [each for each in changes.units if each.unit == unit]
    return [(kind, id, str(change)) for kind, id, change in found.split]


def test_every_kind_of_entry_is_told_in_the_order_of_the_new_sheet_then_of_the_old():
    gift = a_bonus(an_item(id="gift", points=9, figure="gift"), cap=5)
    lid = an_adjustment("total-cap", when="total > 20", at="20")
    old = a_sheet(
        an_item(id="gone", points=20, figure="gone"), a_section(an_item(id="one", figure="one"), id="all"),
        adjustments=[gift, lid], total={"floor": 5}, rounding={"total": 1},
    )  # fmt: skip
    new = a_sheet(
        a_section(an_item(id="one", figure="one"), id="all", cap=8), an_item(id="fresh", figure="fresh"),
        adjustments=[gift], total={"cap": 15}, rounding={"total": 1},
    )  # fmt: skip

    changes = between(score(old, a_unit(gone=14, one=4, gift=7)), score(new, a_unit(one="9.26", fresh=3, gift=1)))

    # 14 + 4 + 5 capped at 20; 8 + 3 + 1 = 12
    (unit,) = changes.units
    assert (unit.was.total, unit.now.total, unit.change) == ("20.0", "12.0", -8)
    assert lines(changes, "a") == [
        (EntryKind.SECTION, "all", "-63/50"), (EntryKind.ITEM, "one", "263/50"), (EntryKind.ITEM, "fresh", "3"),
        (EntryKind.ITEM, "gone", "-14"), (EntryKind.ADJUSTMENT, "bonus", "-4"),
        (EntryKind.ADJUSTMENT, "total-cap", "3"),
    ]  # fmt: skip
    sums = {(each.id, each.units, str(each.gained), str(each.lost)) for each in changes.by_entry}
    assert ("gone", 1, "0", "-14") in sums


def test_units_of_one_side_alone_come_without_change_and_those_of_the_old_last():
    sheet = a_sheet(an_item(figure="done", missing="block"))
    old = score(sheet, {"left": a_unit(done=3), "kept": a_unit(done=4), "lost": a_unit(done=5)})
    new = score(sheet, {"came": a_unit(done=1), "lost": a_unit(done=None), "kept": a_unit(done=4)})

    found = [(unit.unit, unit.was.total, unit.now.total, unit.change) for unit in between(old, new).units]

    assert found == [
        ("came", None, "1.00", None), ("lost", "5.00", None, None), ("kept", "4.00", "4.00", 0),
        ("left", "3.00", None, None),
    ]  # fmt: skip


def test_a_change_of_rank_is_split_into_what_the_unit_and_what_the_others_did():
    sheet = a_sheet(an_item(figure="done"), ranking={"ties": "average"})
    old = score(sheet, {code: a_unit(done=done) for code, done in {"a": 9, "b": 7, "c": 7, "d": 3}.items()})
    new = score(sheet, {code: a_unit(done=done) for code, done in {"a": 2, "b": 8, "c": 5, "d": 6}.items()})

    found = {unit.unit: unit.rank_split for unit in between(old, new).units}

    # b and c shared places 2 and 3; by its own fall c would be third, and d passes it while a falls behind it
    assert found == {
        "a": RankSplit(Fraction(3), Fraction(0)), "b": RankSplit(Fraction(-1, 2), Fraction(-1)),
        "c": RankSplit(Fraction(1, 2), Fraction(0)), "d": RankSplit(Fraction(0), Fraction(-2)),
    }  # fmt: skip


def test_a_rank_of_another_group_is_not_split():
    groups = [{"id": kind, "where": f"kind == '{kind}'"} for kind in ("street", "township")]
    sheet = a_sheet(an_item(figure="done"), groups=groups)
    old = score(sheet, {"a": a_unit(done=3), "b": a_unit(done=4)})
    new = score(sheet, {"a": a_unit(done=3, kind="township"), "b": a_unit(done=2)})

    found = {unit.unit: (unit.group, unit.rank_split) for unit in between(old, new).units}

    assert found == {"a": ("township", None), "b": ("street", RankSplit(Fraction(1), Fraction(-1)))}


@settings(max_examples=examples(60))
@given(sheets(EVERY_METHOD, EVERY_COMBINE), sheets(EVERY_METHOD, EVERY_COMBINE))
def test_the_split_of_any_two_results_adds_up_and_is_turned_round_with_them(first: Drawn, second: Drawn):
    old, new = scored(*first), scored(*second)

    there, back = between(old, new), between(new, old)

    changes = {unit.unit: unit.change for unit in there.units}
    for unit, split in splits(there).items():
        assert all(split.values())
        if changes[unit] is not None:
            assert sum(split.values()) == changes[unit] == total_of(new, unit) - total_of(old, unit)
        assert splits(back)[unit] == {entry: -change for entry, change in split.items()}


@settings(max_examples=examples(60))
@given(sheets(EVERY_METHOD), st.permutations(range(4)))
def test_the_order_of_units_changes_no_split(drawn: Drawn, order: list[int]):
    tree, now, before = drawn
    order = [n for n in order if n < len(now)]
    old, new = scored(tree, before_as_now(drawn), before), scored(tree, now, before)

    other = score(new.results.inputs.sheet, {f"u{n}": a_unit(previous=before[n], **now[n]) for n in order})

    assert splits(between(old, other)) == splits(between(old, new))


@settings(max_examples=examples(100))
@given(sheets(), sheets())
def test_the_split_is_what_each_unit_alone_comes_to_in_fractions(first: Drawn, second: Drawn):
    found = splits(between(scored(*first), scored(*second)))

    for n in range(min(len(first[1]), len(second[1]))):
        was, now = (plain_split(tree, values[n], before[n]) for tree, values, before in (first, second))
        assert found[f"u{n}"] == ({} if was is None or now is None else difference(was, now))


def before_as_now(drawn: Drawn) -> list[dict[str, Any]]:
    """This year's values with the figures of last year."""
    _, now, before = drawn
    return [{**values, **last} for values, last in zip(now, before, strict=True)]


def total_of(outcome: Outcome, unit: str) -> Fraction:
    """The total of a unit: as printed, exact where it is not rounded."""
    results = outcome.results
    column = outcome.lines.split.totals if results.inputs.sheet.rounding.total == UNROUNDED else results.total
    total = column.fraction(outcome.codes.index(unit))
    assert total is not None
    return total


def difference(was: Split, now: Split) -> Split:
    """What each entry changed, where it did."""
    changes = {entry: now.get(entry, Fraction(0)) - was.get(entry, Fraction(0)) for entry in {**was, **now}}
    return {entry: change for entry, change in changes.items() if change}


def plain_split(tree: dict[str, Any], now: dict[str, Any], before: dict[str, Any]) -> Split | None:
    """The entries of one unit's total by their definitions; None without a total."""
    alone = Alone(tree, now, before)
    _, base, total = alone.score()
    if base is None or total is None:
        return None
    full = sum((alone.mark(each["points"]) for each in tree["items"]), Fraction(0))
    entries = {
        entry: points
        for each, factor in zip(tree["items"], factors_of_sum(alone, tree["items"], full), strict=True)
        for entry, points in entries_below(alone, each, factor)
    }
    within = bounded(base, tree.get("total", {}), None, None)
    return {**entries, ("bounds", None): within - base, ("rounding", None): total - within}


def entries_below(alone: Alone, tree: dict[str, Any], factor: Fraction) -> Iterator[tuple[Entry, Fraction]]:
    """What a node and all below it put into the total."""
    points = alone.nodes[tree["id"]].points
    if points is None:
        return
    if "items" not in tree or tree.get("combine") in LEAVES:
        yield ("item", tree["id"]), points * factor
        return
    factors = factors_below(alone, tree)
    pairs = list(zip(tree["items"], factors, strict=True))
    together = sum(
        (earned * part for each, part in pairs if (earned := alone.nodes[each["id"]].points) is not None), Fraction(0)
    )
    yield ("section", tree["id"]), (points - together) * factor
    for each, part in pairs:
        yield from entries_below(alone, each, part * factor)


def factors_below(alone: Alone, tree: dict[str, Any]) -> list[Fraction]:
    """What a point of each child counts in a section."""
    children = [alone.nodes[each["id"]] for each in tree["items"]]
    combine, full = tree.get("combine", "sum"), alone.nodes[tree["id"]].full
    if combine == "sum":
        return factors_of_sum(alone, tree["items"], full)
    if combine == "rate":
        marks = sum((child.full for child in children if child.points is not None), Fraction(0))
        return [full / marks] * len(children)
    weights = [exact(each.get("weight", "1")) for each in tree["items"]]
    together = sum((w for w, child in zip(weights, children, strict=True) if child.points is not None), Fraction(0))
    return [weight / together for weight in weights]


def factors_of_sum(alone: Alone, trees: list[dict[str, Any]], full: Fraction) -> list[Fraction]:
    """What a point of each summand counts: 1 where nothing was left out."""
    children = [alone.nodes[each["id"]] for each in trees]
    if all(child.points is not None and not child.taken_out for child in children):
        return [Fraction(1)] * len(children)
    return [full / sum((child.full for child in children if child.points is not None), Fraction(0))] * len(children)
