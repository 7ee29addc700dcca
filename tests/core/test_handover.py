"""Hand-overs: days in a post, the differences of a correction, and the shape that is published."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from assess.core.handover.content import HandedMember, Handover, HandoverChange, HandoverFieldChange, Points
from assess.core.handover.described import published_schema
from assess.core.handover.differences import applied, differences, records_of
from assess.core.handover.members import Teams, handed_members
from assess.core.handover.searching import members_like, units_like
from assess.core.handover.trees import as_tree, from_tree, schema_of
from assess.core.leadership import PostHolder
from assess.core.text import EMPTY_TEXT
from tests.handovers import EXCELLENT, GOOD, MONEY, NAMES, POSTS, A, B, a_handover, a_member, a_unit
from tests.rounds import examples


class LaterUnit(NamedTuple):
    """The result of a unit, with a column that did not always exist."""

    code: str
    base: Points | None = None


SCORES = st.sampled_from([None, *map(Points, ("93.50", "88.00", "60.125"))])
UNITS = st.builds(
    lambda code, total, rank, of: a_unit(code, total=total, rank=rank, of=of),
    st.sampled_from([A, B]), SCORES, st.sampled_from([None, Points("1"), Points("1.5")]), st.sampled_from([None, 2]),
)  # fmt: skip
MEMBERS = st.builds(
    lambda unit, post, name, days: a_member(unit, post, name, days=days),
    st.sampled_from([A, B]), st.sampled_from(list(POSTS)), st.sampled_from(["王建国", "=1+1", ""]), st.integers(0, 365),
)  # fmt: skip
STATES = st.tuples(st.lists(UNITS, unique_by=lambda unit: unit.code), st.lists(MEMBERS, max_size=6))


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(STATES, min_size=1, max_size=4))
def test_the_first_hand_over_with_the_changes_of_every_later_one_is_the_newest(states):
    given = [a_handover(units=tuple(units), members=tuple(members)) for units, members in states]
    held = records_of(given[0])
    for before, after in pairwise(given):
        changes = differences(before, after)
        held = applied(held, changes)
        untouched = [change for change in changes if all(each.old == each.new for each in change.fields)]
        assert untouched == []

    assert held == records_of(given[-1])


def test_a_correction_holds_exactly_what_differs():
    first = a_handover(members=(a_member(), a_member(B, name="李明"), a_member(B, "secretary", "")))
    second = a_handover(
        after=first,
        units=(first.units[0]._replace(grade="good", grade_title=GOOD), first.units[1]),
        members=(a_member(), a_member(name="王建国", days=10), a_member(B, "secretary", "赵敏")),
    )

    def shape(change: HandoverChange) -> tuple[object, ...]:
        fields = {each.field: (each.old, each.new) for each in change.fields}
        return (change.step, change.unit, change.post, change.name, change.turn, fields)

    came = {name: (None, value) for name, value in as_tree(second.members[1]).items()}
    assert shape(second.changes[0]) == (
        "changed", A, "", "", 0,
        {"grade": ("excellent", "good"), "grade_title": (as_tree(EXCELLENT), as_tree(GOOD))},
    )  # fmt: skip
    assert shape(second.changes[1]) == ("added", A, "head", "王建国", 1, came)
    assert [(change.step, change.name) for change in second.changes[2:]] == [
        ("added", "赵敏"), ("removed", "李明"), ("removed", ""),
    ]  # fmt: skip
    assert second.changes[0][:7] == ("unit", "changed", A, NAMES[A], "", EMPTY_TEXT, "")
    assert second.changes[3].fields[0] == HandoverFieldChange("unit", B, None)
    assert differences(second, second) == ()


def test_members_have_the_days_of_the_year_in_a_post_and_its_points_whoever_else_held_it():
    def holder(name: str, first: date | None = None, last: date | None = None, post: str = "head") -> PostHolder:
        return PostHolder(A, post, POSTS.get(post, NAMES[A]), name, first, last)

    points = {(unit, post): Points(text) for unit, post, text in ((A, "head", "9"), (A, "secretary", "8"))}
    holders = [
        holder("second", date(2028, 7, 1)), holder("first", date(2025, 5, 1), date(2028, 6, 30)),
        holder("gone", None, date(2027, 12, 31)), holder("to come", date(2029, 1, 1)), holder("third", post="other"),
    ]  # fmt: skip

    found = list(handed_members([A, B], Teams(2028, POSTS, points | {(B, "head"): None}, holders)))

    assert [(each.post, each.name, each.first, each.last, each.days, each.points) for each in found] == [
        ("head", "first", "2028-01-01", "2028-06-30", 182, "9"),
        ("head", "second", "2028-07-01", "2028-12-31", 184, "9"),
        ("secretary", "", None, None, 0, "8"),
        ("other", "third", "2028-01-01", "2028-12-31", 366, None),
    ]
    assert {each.of_days for each in found} == {366}


def test_a_hand_over_has_the_published_shape_and_is_read_again_as_it_was():
    first = a_handover(units=(a_unit(total=None, rank=None, group=None, group_title=None),))
    validator = Draft202012Validator(published_schema("en", "https://assess.example/s"), format_checker=FormatChecker())
    validator.check_schema(validator.schema)
    for each in (first, a_handover(after=first), a_handover(converting=None), a_handover(rankings=(MONEY,))):
        tree = as_tree(each)
        assert [error.message for error in validator.iter_errors(tree)] == []
        assert from_tree(Handover, tree) == each
        odd = [tree | {"more": 1}, tree | {"number": "1"}, tree | {"units": [as_tree(a_unit(total="93,5"))]}]
        assert [validator.is_valid(wrong) for wrong in (*odd, {**tree, "format": "other"})] == [False] * 4

    described = published_schema("zh", "/s")["properties"]
    assert described["replaces"]["description"] == "更正的是第几号；首次移交为空"
    assert set(described["members"]["items"]["properties"]) == set(HandedMember._fields)


def test_a_hand_over_that_was_kept_before_a_column_came_is_read_and_keeps_the_published_shape():
    assert from_tree(LaterUnit, {"code": A}) == LaterUnit(A, None)
    assert from_tree(LaterUnit, as_tree(LaterUnit(A, Points("9.5")))) == LaterUnit(A, Points("9.5"))
    assert schema_of(LaterUnit, {}, "en")["required"] == ["code"]


def test_a_sheet_that_counts_in_points_and_ranks_once_leaves_no_trace_of_what_came_later():
    tree = as_tree(a_handover())

    assert "rankings" not in tree
    assert "unit_of_result" not in tree["rules"]


def test_words_find_units_and_members_in_either_language_whatever_their_width_and_case():
    handover = a_handover()
    found = {
        words: ([unit.code for unit in units_like(handover, words)], [m.name for m in members_like(handover, words)])
        for words in ("", "chaowai", "１１０105001", "urban good", "王 head", "优秀", "nobody")
    }

    assert found == {
        "": ([A, B], ["王建国", "=1+1"]), "chaowai": ([B], ["=1+1"]), "１１０105001": ([A], ["王建国"]),
        "urban good": ([B], []), "王 head": ([], ["王建国"]), "优秀": ([A], []), "nobody": ([], []),
    }  # fmt: skip
