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


TEXT_AS_CONDITION = "A text is not a condition. Compare it with a text, as in kind == 'street'."


@pytest.mark.parametrize(
    ("text", "flaws"),
    [
        ("'a' + 'b'", [(5, "Texts cannot be added. Use numbers, or compare with ==.")]),
        ("kind * 3", [(1, "Text cannot be used with “*”. Use a number.")]),
        ("-kind", [(2, "Text cannot be used with “-”. Use a number.")]),
        ("min(pm25, kind)", [(11, "Text cannot be used with “min”. Use a number.")]),
        ("round('a', 2)", [(7, "Text cannot be used with “round”. Use a number.")]),
        ("previous(kind) / 2", [(10, "Text cannot be used with “/”. Use a number.")]),
        ("kind < 'b'", [(6, "Texts have no order. Compare them with == or !=.")]),
        ("kind == 3", [(6, "A text cannot be compared with a number. Use text on both sides, or numbers on both.")]),
        (
            "farmland != 'yes'",
            [(10, "A text cannot be compared with a number. Use text on both sides, or numbers on both.")],
        ),
        ("kind and farmland", [(1, TEXT_AS_CONDITION)]),
        ("not kind", [(5, TEXT_AS_CONDITION)]),
        ("if(kind, 1, 2)", [(4, TEXT_AS_CONDITION)]),
        (
            "if(farmland, 1, 'none')",
            [(1, "One result of this `if` is text, the other a number. Make both the same type.")],
        ),
        ("collection >= 90%", [(15, "collection is counted in percent. Write “90” instead of “90%”.")]),
        (
            "-12.5% > previous(collection)",
            [(1, "collection is counted in percent. Write “-12.5” instead of “-12.5%”.")],
        ),
        ("water_class == 'V'", [(16, "water_class has no choice “V”. Use one of II, III.")]),
        (
            "kind * 2 > 1 or collection == 1%",
            [
                (1, "Text cannot be used with “*”. Use a number."),
                (31, "collection is counted in percent. Write “1” instead of “1%”."),
            ],
        ),
    ],
)
def test_every_misfit_is_reported_at_its_place(text, flaws):
    assert flaws_in(text) == flaws


def test_a_condition_cannot_be_a_text():
    assert flaws_in("kind", ValueType.TRUTH) == [(1, "A condition is needed here, not text. Write a comparison.")]


def test_points_cannot_be_a_text():
    assert flaws_in("if(farmland, 'a', 'b')", ValueType.NUMBER) == [
        (1, "A number is needed here, not text. Write a calculation.")
    ]


def test_a_choice_cannot_be_a_number():
    assert flaws_in("pm25 + 1", ValueType.TEXT) == [(6, "Text is needed here, not a number. Write a text.")]


def test_a_thousand_terms_are_checked():
    assert flaws_in(" + ".join(["1"] * 400 + ["kind"])) == [(1601, "Text cannot be used with “+”. Use a number.")]
