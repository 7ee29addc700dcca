"""Numbers, truths and texts in expressions, and where one stands for another."""

import pytest

from assess.core.expressions import ValueType, check_kinds, parse

KINDS = {
    "pm25": ValueType.NUMBER,
    "collection": ValueType.NUMBER,
    "farmland": ValueType.TRUTH,
    "kind": ValueType.TEXT,
    "water_class": ValueType.TEXT,
    "river": ValueType.ANY,
}


def flaws_in(text: str, wanted: ValueType = ValueType.ANY) -> list[tuple[int, str]]:
    """Column and English words of every flaw of kind."""
    flaws = check_kinds(
        parse(text),
        KINDS.__getitem__,
        wanted,
        is_percent={"collection"}.__contains__,
        choices_of=lambda name: ["II", "III"] if name == "water_class" else [],
    )
    return [(flaw.column, flaw.what.en) for flaw in flaws]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("pm25 + farmland * 2", ValueType.NUMBER),
        ("farmland == true and farmland == 1", ValueType.TRUTH),
        ("pm25", ValueType.TRUTH),
        ("farmland", ValueType.NUMBER),
        ("pm25 > 35 and not farmland", ValueType.NUMBER),
        ("kind == 'street' or kind != river", ValueType.TRUTH),
        ("river + 1 > previous(pm25)", ValueType.TRUTH),
        ("river", ValueType.TEXT),
        ("if(farmland, pm25, no)", ValueType.NUMBER),
        ("if(pm25, kind, 'other') == 'street'", ValueType.TRUTH),
        ("if(farmland, river, 'x') == 'y'", ValueType.TRUTH),
        ("if(farmland, 'x', river) == 'y'", ValueType.TRUTH),
        ("if(farmland, river, 1) + 1", ValueType.NUMBER),
        ("rate(air) >= 90% and score(air) > 3", ValueType.TRUTH),
        ("collection >= 90", ValueType.TRUTH),
        ("collection * 90% > 1", ValueType.TRUTH),
        ("pm25 > 90%", ValueType.TRUTH),
        ("water_class == 'II' or previous(water_class) == 'III'", ValueType.TRUTH),
    ],
)
def test_numbers_and_truths_pass_for_each_other(text, wanted):
    assert flaws_in(text, wanted) == []


TEXT_AS_CONDITION = "text is no condition: compare it with a text, as in kind == 'street'"


@pytest.mark.parametrize(
    ("text", "flaws"),
    [
        ("'a' + 'b'", [(5, "texts cannot be joined: use numbers, or compare with ==")]),
        ("kind * 3", [(1, "text cannot be used with *: use a number")]),
        ("-kind", [(2, "text cannot be used with -: use a number")]),
        ("min(pm25, kind)", [(11, "text cannot be used with min: use a number")]),
        ("round('a', 2)", [(7, "text cannot be used with round: use a number")]),
        ("previous(kind) / 2", [(10, "text cannot be used with /: use a number")]),
        ("kind < 'b'", [(6, "texts have no order: compare them with == or !=")]),
        ("kind == 3", [(6, "text is compared with a number: put text on both sides, or numbers on both")]),
        ("farmland != 'yes'", [(10, "text is compared with a number: put text on both sides, or numbers on both")]),
        ("kind and farmland", [(1, TEXT_AS_CONDITION)]),
        ("not kind", [(5, TEXT_AS_CONDITION)]),
        ("if(kind, 1, 2)", [(4, TEXT_AS_CONDITION)]),
        ("if(farmland, 1, 'none')", [(1, "one result of this if is text, the other a number: make both alike")]),
        ("collection >= 90%", [(15, "collection is counted in percent: write 90 instead of 90%")]),
        ("-12.5% > previous(collection)", [(1, "collection is counted in percent: write -12.5 instead of -12.5%")]),
        ("water_class == 'V'", [(16, "water_class has no choice V: use one of II, III")]),
        (
            "kind * 2 > 1 or collection == 1%",
            [
                (1, "text cannot be used with *: use a number"),
                (31, "collection is counted in percent: write 1 instead of 1%"),
            ],
        ),
    ],
)
def test_every_misfit_is_reported_at_its_place(text, flaws):
    assert flaws_in(text) == flaws


def test_a_condition_cannot_be_a_text():
    assert flaws_in("kind", ValueType.TRUTH) == [(1, "a condition is needed here, not text: write a comparison")]


def test_points_cannot_be_a_text():
    assert flaws_in("if(farmland, 'a', 'b')", ValueType.NUMBER) == [
        (1, "a number is needed here, not text: write a calculation")
    ]


def test_a_choice_cannot_be_a_number():
    assert flaws_in("pm25 + 1", ValueType.TEXT) == [(6, "text is needed here, not a number: write a text")]


def test_a_thousand_terms_are_checked():
    assert flaws_in(" + ".join(["1"] * 400 + ["kind"])) == [(1601, "text cannot be used with +: use a number")]
